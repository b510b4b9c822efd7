//! What the clock tests share: the real calendar, two kinds of opening hours, a started clock.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::LazyLock;

use domain::calendar::Calendar;
use domain::clock::{Limit, Owner, PauseRule, RunningClock, ServiceHours, Stage, due};
use domain::ids::{AreaCode, PolicyCode};
use domain::time::{CityTime, Timestamp};

pub static CALENDAR: LazyLock<Calendar> =
    LazyLock::new(|| Calendar::from_csv(include_str!("../../../demo/calendar.csv")).unwrap());
pub static CHINA: LazyLock<CityTime> = LazyLock::new(CityTime::china);

pub fn at(text: &str) -> Timestamp {
    CHINA.parse_rfc3339(&format!("{text}:00+08:00")).unwrap()
}

/// Monday to Friday 8:30-12:00 and 14:00-17:30, shut on days off.
pub fn office() -> ServiceHours {
    let mut weekly: [Vec<(u16, u16)>; 7] = Default::default();
    weekly[..5].fill(vec![(510, 720), (840, 1050)]);
    ServiceHours {
        weekly,
        working_days_only: true,
    }
}

/// Every day, also on days off, an hour around noon and the last of the day.
pub fn kiosk() -> ServiceHours {
    ServiceHours {
        weekly: std::array::from_fn(|_| vec![(690, 750), (1430, 1440)]),
        working_days_only: false,
    }
}

pub fn clock(stage: Stage, start: Timestamp, limit: Limit, due: Timestamp) -> RunningClock {
    RunningClock {
        id: 1,
        stage,
        part: None,
        owner: Owner::Community(AreaCode::new("330383198023").unwrap()),
        started: start,
        limit,
        due,
        first_due: due,
        provisional: false,
        policy: PolicyCode::new("test").unwrap(),
        calendar: CALENDAR.version().to_owned(),
        stopped: None,
        cancelled: false,
        lapsed: None,
        pauses: Vec::new(),
        pause_rule: PauseRule::default(),
        extended: false,
    }
}

pub fn started(stage: Stage, start: Timestamp, limit: Limit) -> RunningClock {
    let due = due(start, &limit, &office(), &CALENDAR, &CHINA).unwrap();
    clock(stage, start, limit, due.at)
}
