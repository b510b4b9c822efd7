//! How long: a number and what it counts.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A limit, before it is laid on a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Limit {
    /// Elapsed minutes, day and night: `45m`.
    Minutes(u32),
    /// Elapsed hours: `2h`.
    Hours(u32),
    /// Elapsed days of 24 hours: `4d` is 96 hours.
    Days(u32),
    /// Minutes of the office's opening hours: `service 240m`.
    ServiceMinutes(u32),
    /// Calendar days as statutes count them (Civil Code [民法典] art. 201 and 203): the first day
    /// does not count, the last ends at 24:00 and moves past days off: `calendar-days 15`.
    CalendarDays(u32),
    /// Working days by the State Council's calendar, the first day not counted, the last ending
    /// at 24:00: `working-days 5`.
    WorkingDays(u32),
    /// As [`Limit::CalendarDays`], but the last day ends when the office shuts (Civil Code art. 203:
    /// 有业务时间的，停止业务活动的时间为截止时间): `calendar-days 15 close`.
    CalendarDaysToClose(u32),
    /// As [`Limit::WorkingDays`], but the last day ends when the office shuts:
    /// `working-days 5 close`.
    WorkingDaysToClose(u32),
    /// A date set when the unit is called: `date`.
    Date,
}

/// What a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitUnit {
    /// Elapsed minutes.
    Minutes,
    /// Elapsed hours.
    Hours,
    /// Elapsed days of 24 hours.
    Days,
    /// Minutes of opening hours.
    ServiceMinutes,
    /// Statutory calendar days.
    CalendarDays,
    /// Working days.
    WorkingDays,
    /// Statutory calendar days, the last one ending when the office shuts.
    CalendarDaysToClose,
    /// Working days, the last one ending when the office shuts.
    WorkingDaysToClose,
    /// A set date.
    Date,
}

/// A text is not a limit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "a limit is like 45m, 2h, 4d, service 240m, calendar-days 15, working-days 5, working-days 5 close or date: {0:?}"
)]
pub struct LimitError(pub String);

impl Limit {
    /// What it counts.
    pub const fn unit(self) -> LimitUnit {
        match self {
            Self::Minutes(_) => LimitUnit::Minutes,
            Self::Hours(_) => LimitUnit::Hours,
            Self::Days(_) => LimitUnit::Days,
            Self::ServiceMinutes(_) => LimitUnit::ServiceMinutes,
            Self::CalendarDays(_) => LimitUnit::CalendarDays,
            Self::WorkingDays(_) => LimitUnit::WorkingDays,
            Self::CalendarDaysToClose(_) => LimitUnit::CalendarDaysToClose,
            Self::WorkingDaysToClose(_) => LimitUnit::WorkingDaysToClose,
            Self::Date => LimitUnit::Date,
        }
    }

    /// How many of them; none for a set date.
    pub const fn amount(self) -> Option<u32> {
        match self {
            Self::Minutes(n)
            | Self::Hours(n)
            | Self::Days(n)
            | Self::ServiceMinutes(n)
            | Self::CalendarDays(n)
            | Self::WorkingDays(n)
            | Self::CalendarDaysToClose(n)
            | Self::WorkingDaysToClose(n) => Some(n),
            Self::Date => None,
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Minutes(n) => write!(f, "{n}m"),
            Self::Hours(n) => write!(f, "{n}h"),
            Self::Days(n) => write!(f, "{n}d"),
            Self::ServiceMinutes(n) => write!(f, "service {n}m"),
            Self::CalendarDays(n) => write!(f, "calendar-days {n}"),
            Self::WorkingDays(n) => write!(f, "working-days {n}"),
            Self::CalendarDaysToClose(n) => write!(f, "calendar-days {n} close"),
            Self::WorkingDaysToClose(n) => write!(f, "working-days {n} close"),
            Self::Date => f.write_str("date"),
        }
    }
}

/// A count of at least one, written the one way a number is written.
fn count(text: &str) -> Option<u32> {
    let plain = text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
    if plain { text.parse().ok() } else { None }
}

fn read(text: &str) -> Option<Limit> {
    if text == "date" {
        return Some(Limit::Date);
    }
    if let Some((unit, amount)) = text.split_once(' ') {
        return match unit {
            "service" => amount
                .strip_suffix('m')
                .and_then(count)
                .map(Limit::ServiceMinutes),
            "calendar-days" => match amount.strip_suffix(" close") {
                Some(amount) => count(amount).map(Limit::CalendarDaysToClose),
                None => count(amount).map(Limit::CalendarDays),
            },
            "working-days" => match amount.strip_suffix(" close") {
                Some(amount) => count(amount).map(Limit::WorkingDaysToClose),
                None => count(amount).map(Limit::WorkingDays),
            },
            _ => None,
        };
    }
    let unit = text.chars().last()?;
    let amount = count(text.strip_suffix(unit)?)?;
    match unit {
        'm' => Some(Limit::Minutes(amount)),
        'h' => Some(Limit::Hours(amount)),
        'd' => Some(Limit::Days(amount)),
        _ => None,
    }
}

impl FromStr for Limit {
    type Err = LimitError;
    fn from_str(text: &str) -> Result<Self, LimitError> {
        read(text).ok_or_else(|| LimitError(text.chars().take(40).collect()))
    }
}

impl TryFrom<String> for Limit {
    type Error = LimitError;
    fn try_from(text: String) -> Result<Self, LimitError> {
        text.parse()
    }
}

impl From<Limit> for String {
    fn from(limit: Limit) -> Self {
        limit.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_written_in_one_way() {
        for (text, limit) in [
            ("45m", Limit::Minutes(45)),
            ("2h", Limit::Hours(2)),
            ("4d", Limit::Days(4)),
            ("service 240m", Limit::ServiceMinutes(240)),
            ("calendar-days 15", Limit::CalendarDays(15)),
            ("working-days 5", Limit::WorkingDays(5)),
            ("calendar-days 15 close", Limit::CalendarDaysToClose(15)),
            ("working-days 5 close", Limit::WorkingDaysToClose(5)),
            ("date", Limit::Date),
        ] {
            assert_eq!(text.parse(), Ok(limit));
            assert_eq!(limit.to_string(), text);
            assert_eq!(
                serde_json::to_string(&limit).unwrap(),
                format!("\"{text}\"")
            );
            let back = serde_json::from_str::<Limit>(&format!("\"{text}\"")).unwrap();
            assert_eq!((back.unit(), back.amount()), (limit.unit(), limit.amount()));
        }
        for bad in [
            "",
            "m",
            "0m",
            "045m",
            "+5m",
            "-5m",
            "5",
            "5 m",
            "5w",
            "5分",
            "4294967296m",
            "service 5",
            "service 0m",
            "working-days",
            "working-days  5",
            "working-days 5 ",
            "working-days close",
            "working-days 5  close",
            "working-days 5 closed",
            "4d close",
            "Date",
            "date 5",
        ] {
            assert!(bad.parse::<Limit>().is_err(), "{bad:?}");
        }
    }
}
