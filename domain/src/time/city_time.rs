//! The city's wall clock and its dates.

use ::time::{Date, Month};
use serde::{Deserialize, Serialize};

use super::{DAY, MINUTE, SECOND, Timestamp};

/// Julian day number of 1970-01-01.
const EPOCH_JULIAN: i64 = 2_440_588;

/// What the city's clocks and calendars show at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Civil {
    /// The date.
    pub date: Date,
    /// Minute of the day, 0 to 1439.
    pub minute: u16,
    /// Second of the minute, 0 to 59.
    pub second: u8,
}

/// A text is not a date or an instant, or offsets are not in order.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TimeError {
    /// Not `YYYY-MM-DD`, or no such day.
    #[error("not a date: {0:?}")]
    Date(String),
    /// Not an RFC 3339 date and time.
    #[error("not a date and time: {0:?}")]
    Instant(String),
    /// A city time needs at least one offset, each later than the one before, within 18 hours.
    #[error("offsets must be dated in rising order and within 18 hours of UTC")]
    Offsets,
}

/// Reads `YYYY-MM-DD`, years 0000 to 9999.
///
/// # Errors
/// [`TimeError::Date`] for another form or a day that does not exist.
pub fn parse_date(text: &str) -> Result<Date, TimeError> {
    let error = || TimeError::Date(text.chars().take(40).collect());
    let [year, month, day] = split_digits(text, [4, 2, 2], b'-').ok_or_else(error)?;
    date_of(year, month, day).ok_or_else(error)
}

/// Writes `YYYY-MM-DD`.
pub fn date_text(date: Date) -> String {
    format!(
        "{:04}-{:02}-{:02}",
        date.year(),
        u8::from(date.month()),
        date.day()
    )
}

/// The day after, or the last day of the calendar itself.
pub fn next_day(date: Date) -> Date {
    date.next_day().unwrap_or(date)
}

fn date_of(year: u32, month: u32, day: u32) -> Option<Date> {
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    Date::from_calendar_date(i32::try_from(year).ok()?, month, u8::try_from(day).ok()?).ok()
}

/// `text` as three runs of ASCII digits of the given lengths with `between` between them.
fn split_digits(text: &str, lengths: [usize; 3], between: u8) -> Option<[u32; 3]> {
    let bytes = text.as_bytes();
    let mut out = [0; 3];
    let mut at = 0;
    for (i, length) in lengths.into_iter().enumerate() {
        if i > 0 {
            if bytes.get(at) != Some(&between) {
                return None;
            }
            at += 1;
        }
        for _ in 0..length {
            let digit = bytes.get(at).filter(|b| b.is_ascii_digit())?;
            out[i] = out[i] * 10 + u32::from(digit - b'0');
            at += 1;
        }
    }
    (at == bytes.len()).then_some(out)
}

/// A date in configuration and in the log: `#[serde(with = "iso_date")]` writes `2026-11-21`.
pub mod iso_date {
    use ::time::Date;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    /// Writes `YYYY-MM-DD`.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn serialize<S: Serializer>(date: &Date, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&super::date_text(*date))
    }

    /// Reads `YYYY-MM-DD`.
    ///
    /// # Errors
    /// Those of the deserializer, and a text that is no date.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        let text = String::deserialize(deserializer)?;
        super::parse_date(&text).map_err(D::Error::custom)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Offsets {
    offsets: Vec<(Timestamp, i32)>,
}

/// The city's wall clock: from when which offset (minutes east of UTC) was or is in force.
///
/// The first offset also holds before its own instant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Offsets", into = "Offsets")]
pub struct CityTime {
    offsets: Vec<(Timestamp, i32)>,
}

impl TryFrom<Offsets> for CityTime {
    type Error = TimeError;
    fn try_from(raw: Offsets) -> Result<Self, TimeError> {
        Self::new(raw.offsets)
    }
}

impl From<CityTime> for Offsets {
    fn from(time: CityTime) -> Self {
        Self {
            offsets: time.offsets,
        }
    }
}

impl CityTime {
    /// A wall clock from dated offsets.
    ///
    /// # Errors
    /// [`TimeError::Offsets`] if there is none, they are not in rising order, or one is beyond
    /// 18 hours.
    pub fn new(offsets: Vec<(Timestamp, i32)>) -> Result<Self, TimeError> {
        let rising = offsets.windows(2).all(|pair| pair[0].0 < pair[1].0);
        let sane = offsets.iter().all(|(_, minutes)| minutes.abs() <= 18 * 60);
        if offsets.is_empty() || !rising || !sane {
            return Err(TimeError::Offsets);
        }
        Ok(Self { offsets })
    }

    /// China: eight hours east of UTC since 1991-09-15 and, for a system that holds nothing
    /// older, always.
    pub fn china() -> Self {
        Self {
            offsets: vec![(Timestamp(0), 8 * 60)],
        }
    }

    /// The dated offsets, minutes east of UTC.
    pub fn offsets(&self) -> &[(Timestamp, i32)] {
        &self.offsets
    }

    fn offset_at(&self, instant: Timestamp) -> i64 {
        let after = self.offsets.partition_point(|(from, _)| *from <= instant);
        i64::from(self.offsets[after.saturating_sub(1)].1)
    }

    /// What the city's clocks show at `instant`. Instants outside the years 0 to 9999 show the
    /// first or last minute of those.
    pub fn civil(&self, instant: Timestamp) -> Civil {
        let local = instant.0.saturating_add(self.offset_at(instant) * MINUTE);
        let (first, last) = (days_of(first_date()), days_of(last_date()));
        let local = local.clamp(first * DAY, (last + 1) * DAY - 1);
        let of_day = local.rem_euclid(DAY);
        Civil {
            date: date_at(local.div_euclid(DAY)),
            minute: u16::try_from(of_day / MINUTE).expect("a day has 1440 minutes"),
            second: u8::try_from(of_day % MINUTE / SECOND).expect("a minute has 60 seconds"),
        }
    }

    /// The instant at which the city's clocks show `minute_of_day` on `date`; 1440 is the next
    /// midnight. Of two such instants the earlier; where the clocks jump over that minute, the
    /// instant of the jump.
    pub fn instant(&self, date: Date, minute_of_day: u16) -> Timestamp {
        let local = days_of(date) * DAY + i64::from(minute_of_day) * MINUTE;
        let (earlier, last) = self.offsets.split_at(self.offsets.len() - 1);
        let mut begun = Timestamp(i64::MIN);
        for (i, (_, minutes)) in earlier.iter().enumerate() {
            let candidate = Timestamp(local - i64::from(*minutes) * MINUTE);
            let until = self.offsets[i + 1].0;
            if candidate < until {
                return candidate.max(begun);
            }
            begun = until;
        }
        // Before `begun` the clocks jumped over this minute.
        Timestamp(local - i64::from(last[0].1) * MINUTE).max(begun)
    }

    /// The first instant of `date` in the city.
    pub fn start_of_day(&self, date: Date) -> Timestamp {
        self.instant(date, 0)
    }

    /// `2026-11-21T09:05:00+08:00`; fractions of a second are cut off.
    pub fn rfc3339(&self, instant: Timestamp) -> String {
        let civil = self.civil(instant);
        let offset = self.offset_at(instant);
        format!(
            "{}T{:02}:{:02}:{:02}{}{:02}:{:02}",
            date_text(civil.date),
            civil.minute / 60,
            civil.minute % 60,
            civil.second,
            if offset < 0 { '-' } else { '+' },
            offset.abs() / 60,
            offset.abs() % 60,
        )
    }

    /// Reads `2026-11-21T09:05:00+08:00`, also with `Z` or a fraction (kept to the millisecond).
    /// Without an offset it is the city's wall clock, and seconds may be left out, which is what
    /// an HTML `datetime-local` field sends.
    ///
    /// # Errors
    /// [`TimeError::Instant`] for another form or a time that does not exist.
    pub fn parse_rfc3339(&self, text: &str) -> Result<Timestamp, TimeError> {
        self.read_instant(text)
            .ok_or_else(|| TimeError::Instant(text.chars().take(40).collect()))
    }

    fn read_instant(&self, text: &str) -> Option<Timestamp> {
        if !text.is_ascii() || text.len() < 16 || !matches!(text.as_bytes()[10], b'T' | b't') {
            return None;
        }
        let date = parse_date(&text[..10]).ok()?;
        let (clock, zone) = match text[11..].find(['Z', 'z', '+', '-']) {
            Some(at) => (&text[11..11 + at], Some(&text[11 + at..])),
            None => (&text[11..], None),
        };
        let (whole, fraction) = match clock.split_once('.') {
            Some((whole, digits)) => (whole, Some(digits)),
            None => (clock, None),
        };
        let [hour, minute, second] = match whole.len() {
            5 if zone.is_none() && fraction.is_none() => {
                split_digits(&format!("{whole}:00"), [2, 2, 2], b':')?
            }
            _ => split_digits(whole, [2, 2, 2], b':')?,
        };
        // A leap second is told as the last second before it.
        if hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let millis = match fraction {
            None => 0,
            Some(digits) => {
                if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
                    return None;
                }
                let padded = format!("{digits}00");
                padded[..3].parse::<i64>().ok()?
            }
        };
        let of_day = u16::try_from(hour * 60 + minute).ok()?;
        let rest = i64::from(second.min(59)) * SECOND + millis;
        let Some(zone) = zone else {
            return Some(Timestamp(self.instant(date, of_day).0 + rest));
        };
        let east = if matches!(zone, "Z" | "z") {
            0
        } else {
            let [hours, minutes, _] = split_digits(&format!("{}:0", &zone[1..]), [2, 2, 1], b':')?;
            if !zone.starts_with(['+', '-']) || hours > 23 || minutes > 59 {
                return None;
            }
            let east = i64::from(hours * 60 + minutes);
            if zone.starts_with('-') { -east } else { east }
        };
        let local = days_of(date) * DAY + i64::from(of_day) * MINUTE + rest;
        Some(Timestamp(local - east * MINUTE))
    }
}

fn first_date() -> Date {
    Date::from_calendar_date(0, Month::January, 1).expect("0000-01-01 exists")
}

fn last_date() -> Date {
    Date::from_calendar_date(9999, Month::December, 31).expect("9999-12-31 exists")
}

fn days_of(date: Date) -> i64 {
    i64::from(date.to_julian_day()) - EPOCH_JULIAN
}

fn date_at(days: i64) -> Date {
    i32::try_from(days + EPOCH_JULIAN)
        .ok()
        .and_then(|julian| Date::from_julian_day(julian).ok())
        .expect("clamped to the years 0 to 9999")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Millis;

    fn day(text: &str) -> Date {
        parse_date(text).unwrap()
    }

    #[test]
    fn dates_have_one_form_and_must_exist() {
        for good in ["2021-05-08", "2024-02-29", "0000-01-01", "9999-12-31"] {
            assert_eq!(date_text(day(good)), good);
        }
        for bad in [
            "2023-02-29",
            "2021-13-01",
            "2021-5-8",
            "21-05-08",
            "2021-05-08 ",
            "",
            "２０２１-05-08",
        ] {
            assert!(parse_date(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn the_city_is_eight_hours_east() {
        let china = CityTime::china();
        let t = china.parse_rfc3339("2026-11-21T09:05:00+08:00").unwrap();
        assert_eq!(t, china.parse_rfc3339("2026-11-21T01:05:00Z").unwrap());
        assert_eq!(t.millis(), 1_795_223_100_000);
        let civil = china.civil(t);
        assert_eq!(
            (civil.date, civil.minute, civil.second),
            (day("2026-11-21"), 9 * 60 + 5, 0)
        );
        assert_eq!(china.instant(day("2026-11-21"), 9 * 60 + 5), t);
        assert_eq!(china.rfc3339(t), "2026-11-21T09:05:00+08:00");
        assert_eq!(
            china.instant(day("2026-11-21"), 1440),
            china.start_of_day(day("2026-11-22"))
        );
    }

    #[test]
    fn other_forms_of_an_instant() {
        let china = CityTime::china();
        let t = china.parse_rfc3339("2026-11-21T09:05:00+08:00").unwrap();
        for (text, ahead) in [
            ("2026-11-21t09:05:00.5+08:00", 500),
            ("2026-11-21T01:05:00.123456z", 123),
            ("2026-11-20T20:35:00-04:30", 0),
            ("2026-11-21T09:05", 0),
            ("2026-11-21T09:05:07", 7000),
        ] {
            assert_eq!(
                china.parse_rfc3339(text),
                Ok(t.plus(Millis::new(ahead))),
                "{text}"
            );
        }
        for bad in [
            "",
            "2026-11-21",
            "2026-11-21 09:05:00+08:00",
            "2026-11-21T24:00:00+08:00",
            "2026-11-21T09:60:00+08:00",
            "2026-11-21T09:05+08:00",
            "2026-11-21T09:05:00+8:00",
            "2026-11-21T09:05:00.+08:00",
            "2026-11-21T09:05:00.x+08:00",
            "2026-11-21T09:05:00+08:00x",
            "2026-02-30T09:05:00+08:00",
            "2026-11-21T09:05:00Ｚ",
            "2026-11-21T09:05:00Z08:00",
        ] {
            assert!(china.parse_rfc3339(bad).is_err(), "{bad:?}");
        }
    }

    /// Summer time as China had it in 1991, to try jumps forward and back.
    fn with_summer() -> CityTime {
        let utc = CityTime::new(vec![(Timestamp(0), 0)]).unwrap();
        let spring = utc.parse_rfc3339("1991-04-13T18:00:00Z").unwrap(); // 02:00 -> 03:00
        let autumn = utc.parse_rfc3339("1991-09-14T17:00:00Z").unwrap(); // 02:00 -> 01:00
        CityTime::new(vec![(Timestamp(0), 480), (spring, 540), (autumn, 480)]).unwrap()
    }

    #[test]
    fn a_minute_that_is_jumped_over_is_the_jump_and_a_doubled_one_is_the_first() {
        let city = with_summer();
        let spring = city.offsets()[1].0;
        let autumn = city.offsets()[2].0;
        assert_eq!(city.instant(day("1991-04-14"), 2 * 60 + 30), spring);
        assert_eq!(city.instant(day("1991-04-14"), 3 * 60), spring);
        assert_eq!(city.instant(day("1991-04-14"), 2 * 60), spring);
        let doubled = city.instant(day("1991-09-15"), 60 + 30);
        assert_eq!(autumn.since(doubled), Millis::minutes(30));
        assert_eq!(city.civil(doubled).minute, 90);
        assert_eq!(city.civil(doubled.plus(Millis::HOUR)).minute, 90);
        assert_eq!(city.rfc3339(doubled), "1991-09-15T01:30:00+09:00");
    }

    #[test]
    fn offsets_out_of_order_are_refused() {
        for bad in [
            "{\"offsets\":[]}",
            "{\"offsets\":[[5,480],[5,540]]}",
            "{\"offsets\":[[0,2000]]}",
        ] {
            assert!(serde_json::from_str::<CityTime>(bad).is_err(), "{bad}");
        }
        let city = with_summer();
        let json = serde_json::to_string(&city).unwrap();
        assert_eq!(serde_json::from_str::<CityTime>(&json).unwrap(), city);
    }

    #[test]
    fn the_ends_of_the_number_do_not_break_the_wall_clock() {
        let city = with_summer();
        assert_eq!(
            date_text(city.civil(Timestamp(i64::MAX)).date),
            "9999-12-31"
        );
        assert_eq!(
            date_text(city.civil(Timestamp(i64::MIN)).date),
            "0000-01-01"
        );
    }
}
