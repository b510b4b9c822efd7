//! Policies, calendar and duties in force, and the clocks they start.

use crate::{
    area::AreaKind,
    case::{Case, Part},
    city::{Category, City, Contractor, Unit},
    clock::{Limit, Owner, PauseRule, Policy, RunningClock, Stage, due},
    decide::{CallDue, Refusal},
    event::CalledPart,
    fold::key,
    ids::{AreaCode, CategoryCode, UnitCode},
    lang::Lang,
    time::Timestamp,
};

/// The city's rules at a moment.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a> {
    /// The city.
    pub city: &'a City,
}

struct Start<'a> {
    policy: &'a Policy,
    community: &'a AreaCode,
    stage: Stage,
    part: Option<u32>,
    owner: Owner,
    now: Timestamp,
}

impl<'a> Rules<'a> {
    /// The rules of a city.
    #[must_use]
    pub fn new(city: &'a City) -> Self {
        Self { city }
    }

    /// # Errors
    /// [`Refusal::Unknown`] for a code the city does not have.
    pub fn category(&self, code: &CategoryCode) -> Result<&'a Category, Refusal> {
        self.city.category(code).ok_or(Refusal::Unknown("category"))
    }

    /// # Errors
    /// [`Refusal::Unknown`] for a code the city does not have.
    pub fn unit(&self, code: &UnitCode) -> Result<&'a Unit, Refusal> {
        self.city.unit(code).ok_or(Refusal::Unknown("unit"))
    }

    /// Whether the city has a unit of this name at `now`: in whichever language it is called so, however it is
    /// spaced and punctuated, and with the name of the city anywhere in it.
    #[must_use]
    pub fn is_own_unit(&self, name: &str, now: Timestamp) -> bool {
        self.city.units.iter().any(|unit| {
            let holds = unit.valid_from <= now && unit.valid_to.is_none_or(|end| now < end);
            let called = |lang: Lang| {
                let (name, city) = (key(name), key(self.city.names.get(lang)));
                let own = key(unit.names.get(lang));
                let bare = name.replace(&city, "");
                // 龙港 as well as 龙港市.
                let barer = bare.replace(city.trim_end_matches('市'), "");
                [name, bare, barer].contains(&own)
            };
            holds && Lang::ALL.into_iter().any(called)
        })
    }

    /// The firms under contract at `now` that the department of a unit supervises.
    #[must_use]
    pub fn contractors(&self, unit: &UnitCode, now: Timestamp) -> Vec<&'a Contractor> {
        let city = self.city;
        let department = city.department_of(unit);
        city.contractors
            .iter()
            .filter(|firm| city.department_of(&firm.supervised_by) == department)
            .filter(|firm| firm.valid_from <= now && firm.valid_to.is_none_or(|end| now < end))
            .collect()
    }

    /// Until when a called unit may say "not ours"; none if the city sets no limit.
    #[must_use]
    pub fn return_limit(&self, case: &Case, part: &Part) -> Option<Timestamp> {
        let limit = self.policy(&case.category)?.limit(Stage::Return)?;
        let hours = self.city.hours_for(&case.community, part.called_at);
        let city = self.city;
        due(part.called_at, &limit, hours, &city.calendar, &city.time).map(|due| due.at)
    }

    /// The clock of the check, owed by whoever may check: of what a called unit did the community,
    /// of what the community did itself the station above it.
    #[must_use]
    pub fn check_clocks(&self, case: &Case, now: Timestamp) -> Vec<RunningClock> {
        let mut clocks = self.clocks_of(case, &[Stage::Verify], now);
        if case.parts.iter().all(|part| part.returned) {
            self.by_station(&mut clocks, &case.community, now);
        }
        clocks
    }

    /// Hands these clocks to the station of a community's governance unit, if it has one.
    pub(super) fn by_station(
        &self,
        clocks: &mut [RunningClock],
        community: &AreaCode,
        now: Timestamp,
    ) {
        let above = self.city.areas.ancestors(community, now);
        let unit = above.iter().find(|area| area.kind == AreaKind::Unit);
        for clock in clocks {
            if let Some(unit) = unit {
                clock.owner = Owner::Station(unit.code.clone());
            }
        }
    }

    fn policy(&self, category: &CategoryCode) -> Option<&'a Policy> {
        self.city
            .category(category)
            .and_then(|category| self.city.policy(&category.policy))
    }

    fn start(&self, id: u32, start: Start<'_>, limit: &Limit) -> Option<RunningClock> {
        let hours = self.city.hours_for(start.community, start.now);
        let due = due(
            start.now,
            limit,
            hours,
            &self.city.calendar,
            &self.city.time,
        )?;
        Some(self.running(id, start, *limit, due.at, due.provisional))
    }

    fn running(
        &self,
        id: u32,
        start: Start<'_>,
        limit: Limit,
        due: Timestamp,
        provisional: bool,
    ) -> RunningClock {
        RunningClock {
            id,
            stage: start.stage,
            part: start.part,
            owner: start.owner,
            started: start.now,
            limit,
            due,
            first_due: due,
            provisional,
            policy: start.policy.code.clone(),
            calendar: self.city.calendar.version().to_owned(),
            stopped: None,
            cancelled: false,
            lapsed: None,
            pauses: Vec::new(),
            pause_rule: PauseRule::default(),
            extended: false,
        }
    }

    /// The clocks of a new case: the first answer, the result, and the release of its words.
    #[must_use]
    pub fn filing_clocks(
        &self,
        category: &CategoryCode,
        community: &AreaCode,
        public: bool,
        now: Timestamp,
    ) -> Vec<RunningClock> {
        let stages = [Stage::Respond, Stage::Resolve, Stage::Release];
        let owed = if public { &stages[..] } else { &stages[..2] };
        self.community_clocks(category, community, owed, 0, now)
    }

    /// The clocks of these stages under the case's own category.
    #[must_use]
    pub fn clocks_of(&self, case: &Case, stages: &[Stage], now: Timestamp) -> Vec<RunningClock> {
        self.clocks_under(case, &case.category, stages, now)
    }

    /// The clocks of these stages under a category.
    #[must_use]
    pub fn clocks_under(
        &self,
        case: &Case,
        category: &CategoryCode,
        stages: &[Stage],
        now: Timestamp,
    ) -> Vec<RunningClock> {
        let before = case.next_clock_id() - 1;
        self.community_clocks(category, &case.community, stages, before, now)
    }

    /// The clocks of these stages, owed by the community and numbered after `before`; a stage for
    /// which the policy has no limit has no clock.
    #[must_use]
    pub fn community_clocks(
        &self,
        category: &CategoryCode,
        community: &AreaCode,
        stages: &[Stage],
        before: u32,
        now: Timestamp,
    ) -> Vec<RunningClock> {
        let Some(policy) = self.policy(category) else {
            return Vec::new();
        };
        let mut clocks = Vec::new();
        for stage in stages {
            let Some(limit) = policy.limit(*stage) else {
                continue;
            };
            let start = Start {
                policy,
                community,
                stage: *stage,
                part: None,
                owner: Owner::Community(community.clone()),
                now,
            };
            clocks.extend(self.start(id_after(&clocks, before), start, &limit));
        }
        clocks
    }

    /// The clocks of called parts. All start at the call: a unit that acts late cannot thereby
    /// put off its own clocks.
    #[must_use]
    pub fn part_clocks(
        &self,
        case: &Case,
        parts: &[CalledPart],
        due_by: &CallDue,
        now: Timestamp,
    ) -> Vec<RunningClock> {
        let Some(policy) = self.policy(&case.category) else {
            return Vec::new();
        };
        let community = &case.community;
        let mut clocks: Vec<RunningClock> = Vec::new();
        for part in parts {
            let start = |stage| Start {
                policy,
                community,
                stage,
                part: Some(part.part),
                owner: Owner::Unit(part.unit.clone()),
                now,
            };
            let before = case.next_clock_id() - 1;
            for stage in [Stage::ReportIn, Stage::SetOut, Stage::Arrive] {
                if let Some(limit) = policy.limit(stage) {
                    clocks.extend(self.start(id_after(&clocks, before), start(stage), &limit));
                }
            }
            let id = id_after(&clocks, before);
            match due_by {
                CallDue::Policy => {
                    if let Some(limit) = policy.limit(Stage::Resolve) {
                        clocks.extend(self.start(id, start(Stage::Resolve), &limit));
                    }
                }
                CallDue::Within(limit) => {
                    clocks.extend(self.start(id, start(Stage::Resolve), limit));
                }
                CallDue::Until(at) => {
                    clocks.push(self.running(id, start(Stage::Resolve), Limit::Date, *at, false));
                }
            }
        }
        clocks
    }

    /// The limit of a called part that has to do it again: the one it was called with, or the
    /// policy's where that was a date, which does not come twice. `started` clocks of the same
    /// command come before it.
    #[must_use]
    pub fn redo_clock(
        &self,
        case: &Case,
        part: &Part,
        started: usize,
        now: Timestamp,
    ) -> Option<RunningClock> {
        let policy = self.policy(&case.category)?;
        let of = |clock: &&RunningClock| {
            clock.stage == Stage::Resolve
                && clock.part == Some(part.no)
                && !matches!(clock.limit, Limit::Date)
        };
        let given = case.clocks.iter().rev().find(of).map(|clock| clock.limit);
        let limit = given.or_else(|| policy.limit(Stage::Resolve))?;
        let start = Start {
            policy,
            community: &case.community,
            stage: Stage::Resolve,
            part: Some(part.no),
            owner: Owner::Unit(part.unit.clone()),
            now,
        };
        let id = case.next_clock_id() + u32::try_from(started).unwrap_or(0);
        self.start(id, start, &limit)
    }
}

fn id_after(clocks: &[RunningClock], before: u32) -> u32 {
    clocks.last().map_or(before, |clock| clock.id) + 1
}
