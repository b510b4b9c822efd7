//! Clock presets that contradict themselves.

use ::time::Date;

use super::{Fault, Report};
use crate::clock::{Limit, Policy, Stage, due};
use crate::time::Timestamp;

/// A step, and the one by whose end it must be over: their clocks start together, or its own later.
/// What comes after another step (the call after the acceptance, the check after the result) is
/// measured from there, and may take longer than it.
const WITHIN: [(Stage, Stage); 5] = [
    (Stage::Respond, Stage::Resolve),
    (Stage::Dispatch, Stage::Resolve),
    (Stage::ReportIn, Stage::Resolve),
    (Stage::SetOut, Stage::Arrive),
    (Stage::Arrive, Stage::Resolve),
];

/// Days looked at.
const DAYS: i32 = 14;
/// They begin so many days before the calendar ends: in a November no holiday makes all limits long.
const BEFORE_END: i32 = 60;

impl Report<'_> {
    pub(super) fn policies(&mut self) {
        let city = self.city;
        self.twice("policy", city.policies.iter().map(|p| p.code.as_str()));
        let mornings = self.mornings();
        for (at, policy) in city.policies.iter().enumerate() {
            self.names("policy", &policy.code, "names", &policy.names);
            self.two_limits(&city.policies[..at], policy);
            self.outlasting(policy, &mornings);
        }
    }

    /// Of two rows of one code, or two limits of one row, the first would hold.
    fn two_limits(&mut self, before: &[Policy], policy: &Policy) {
        let same = before.iter().filter(|other| other.code == policy.code);
        let mut held: Vec<(Stage, Limit)> = same.flat_map(Policy::running).collect();
        for (stage, other) in policy.running() {
            match held.iter().find(|(of, _)| *of == stage) {
                None => held.push((stage, other)),
                Some((_, limit)) if *limit == other => {}
                Some((_, limit)) => {
                    let limit = *limit;
                    let fault = Fault::TwoLimits {
                        stage,
                        limit,
                        other,
                    };
                    self.add("policy", &policy.code, fault);
                }
            }
        }
    }

    /// Limits count different things: of two, one is longer where it ends later whenever both begin.
    fn outlasting(&mut self, policy: &Policy, mornings: &[Timestamp]) {
        let city = self.city;
        let ends = |limit: Limit, from: Timestamp| {
            let hours = &city.default_hours;
            due(from, &limit, hours, &city.calendar, &city.time).map(|due| due.at)
        };
        for (stage, of) in WITHIN {
            let (Some(limit), Some(whole)) = (policy.limit(stage), policy.limit(of)) else {
                continue;
            };
            // A date is set when a unit is called, and compared with nothing before.
            let is_longer = |from: &Timestamp| {
                let ends = (ends(limit, *from), ends(whole, *from));
                matches!(ends, (Some(part), Some(all)) if part > all)
            };
            if !mornings.is_empty() && mornings.iter().all(is_longer) {
                let fault = Fault::Outlasts {
                    stage,
                    limit,
                    of,
                    whole,
                };
                self.add("policy", &policy.code, fault);
            }
        }
    }

    /// When the city's offices open on some ordinary working days.
    fn mornings(&self) -> Vec<Timestamp> {
        let city = self.city;
        let first = city.calendar.covers_until().to_julian_day() - BEFORE_END;
        (first..first + DAYS)
            .filter_map(|day| Date::from_julian_day(day).ok())
            .filter(|date| city.calendar.is_working_day(*date))
            .filter_map(|date| {
                let (opens, _) = city.default_hours.on(date, &city.calendar).first()?;
                Some(city.time.instant(date, *opens))
            })
            .collect()
    }
}
