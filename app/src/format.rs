//! Dates, spans and numbers as each language writes them, in city time.
//!
//! Pages are cached and compared by their bytes, so nothing here says "three minutes ago": a date
//! reads the same whenever it is read.

use ::time::Date;
use domain::{
    lang::Lang,
    time::{CityTime, Civil, Millis, Timestamp},
};

use crate::texts::t;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec",
];

/// A count in groups of three: `12,345`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `part` of `whole` in per cent with one decimal, or nothing where there is no whole.
///
/// Never rounds up to 100 or down to 0: a figure says "all" or "none" only when it is so.
pub fn percent(part: u64, whole: u64) -> Option<String> {
    if whole == 0 {
        return None;
    }
    let (part, whole) = (u128::from(part), u128::from(whole));
    let mut tenths = (part * 1000 + whole / 2) / whole;
    if part < whole {
        tenths = tenths.min(999);
    }
    if part > 0 {
        tenths = tenths.max(1);
    }
    Some(match tenths {
        0 => "0".to_owned(),
        1000 => "100".to_owned(),
        _ => format!("{}.{}", tenths / 10, tenths % 10),
    })
}

/// A date without its year: `11月21日`, `21 Nov`.
pub fn date(lang: Lang, date: Date) -> String {
    date_of(lang, date, false)
}

fn day_of(lang: Lang, civil: &Civil, with_year: bool) -> String {
    date_of(lang, civil.date, with_year)
}

fn date_of(lang: Lang, date: Date, with_year: bool) -> String {
    let (year, month, day) = (date.year(), u8::from(date.month()), date.day());
    match lang {
        Lang::En => {
            let name = MONTHS[usize::from(month - 1)];
            if with_year {
                format!("{day} {name} {year}")
            } else {
                format!("{day} {name}")
            }
        }
        Lang::ZhHans | Lang::ZhHant => {
            if with_year {
                format!("{year}年{month}月{day}日")
            } else {
                format!("{month}月{day}日")
            }
        }
    }
}

/// The day with its year: `2026年11月21日`, `21 Nov 2026`.
pub fn day(lang: Lang, time: &CityTime, at: Timestamp) -> String {
    day_of(lang, &time.civil(at), true)
}

/// The last day of what ends at `until`: ends are exclusive, and what ends as a day begins was over with
/// the day before.
pub fn last_day(lang: Lang, time: &CityTime, until: Timestamp) -> String {
    day(lang, time, until.plus(Millis::new(-1)))
}

/// Day, year, hour and minute: `2026年11月21日 14:05`, `21 Nov 2026, 14:05`.
pub fn moment(lang: Lang, time: &CityTime, at: Timestamp) -> String {
    moment_of(lang, &time.civil(at), true)
}

/// Like [`moment`], without the year where it is the year of `base`: `11月21日 14:05`.
pub fn moment_beside(lang: Lang, time: &CityTime, at: Timestamp, base: Timestamp) -> String {
    let civil = time.civil(at);
    let with_year = civil.date.year() != time.civil(base).date.year();
    moment_of(lang, &civil, with_year)
}

/// When a time limit ends, as [`moment`]. Ends are exclusive: the first instant of a day is the end of
/// the day before, and people read that as its 24:00.
pub fn due(lang: Lang, time: &CityTime, at: Timestamp) -> String {
    moment_of(lang, &end_of(time, at), true)
}

/// Like [`due`], without the year where it is the year of `base`.
pub fn due_beside(lang: Lang, time: &CityTime, at: Timestamp, base: Timestamp) -> String {
    let civil = end_of(time, at);
    let with_year = civil.date.year() != time.civil(base).date.year();
    moment_of(lang, &civil, with_year)
}

fn end_of(time: &CityTime, at: Timestamp) -> Civil {
    let civil = time.civil(at);
    if civil.minute > 0 || at != time.start_of_day(civil.date) {
        return civil;
    }
    let before = time.civil(at.plus(Millis::new(-1)));
    Civil {
        date: before.date,
        minute: 24 * 60,
        ..before
    }
}

fn moment_of(lang: Lang, civil: &Civil, with_year: bool) -> String {
    let day = day_of(lang, civil, with_year);
    let (hour, minute) = (civil.minute / 60, civil.minute % 60);
    match lang {
        Lang::En => format!("{day}, {hour}:{minute:02}"),
        Lang::ZhHans | Lang::ZhHant => format!("{day} {hour}:{minute:02}"),
    }
}

/// A span in its two largest units: `3 天 2 小时`, `45 分钟`, `3 days 2 hours`. Negative spans read
/// as their length; the sentence around them says "late" or "left".
pub fn span(lang: Lang, span: Millis) -> String {
    let minutes = u64::try_from(span.millis().saturating_abs() / 60_000).unwrap_or(0);
    let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    let parts = match (days, hours, rest) {
        (0, 0, 0) => return t::span_under_a_minute(lang).to_owned(),
        (0, 0, m) => vec![t::span_minutes(lang, m)],
        (0, h, 0) => vec![t::span_hours(lang, h)],
        (0, h, m) => vec![t::span_hours(lang, h), t::span_minutes(lang, m)],
        (d, 0, _) => vec![t::span_days(lang, d)],
        (d, h, _) => vec![t::span_days(lang, d), t::span_hours(lang, h)],
    };
    parts.join(" ")
}

/// The machine's form for `<time datetime>`.
pub fn machine(time: &CityTime, at: Timestamp) -> String {
    time.rfc3339(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        CityTime::china().parse_rfc3339(text).unwrap()
    }

    #[test]
    fn a_limit_that_ends_with_a_day_is_read_as_its_end() {
        let time = CityTime::china();
        let midnight = time.parse_rfc3339("2026-12-01T00:00:00+08:00").unwrap();
        let noon = midnight.plus(Millis::hours(12));
        assert_eq!(due(Lang::ZhHans, &time, midnight), "2026年11月30日 24:00");
        assert_eq!(due(Lang::En, &time, midnight), "30 Nov 2026, 24:00");
        assert_eq!(
            due_beside(Lang::ZhHans, &time, midnight, noon),
            "11月30日 24:00"
        );
        assert_eq!(due(Lang::ZhHans, &time, noon), "2026年12月1日 12:00");
        let second = midnight.plus(Millis::seconds(1));
        assert_eq!(due(Lang::ZhHans, &time, second), "2026年12月1日 0:00");
        assert_eq!(moment(Lang::ZhHans, &time, midnight), "2026年12月1日 0:00");
    }

    #[test]
    fn numbers_are_grouped() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1000, "1,000"),
            (8_402_123, "8,402,123"),
        ] {
            assert_eq!(grouped(number), text);
        }
    }

    #[test]
    fn a_per_cent_never_lies_at_its_ends() {
        assert_eq!(percent(0, 0), None);
        assert_eq!(percent(7829, 8402).as_deref(), Some("93.2"));
        assert_eq!(percent(9999, 10_000).as_deref(), Some("99.9"));
        assert_eq!(percent(1, 100_000).as_deref(), Some("0.1"));
        assert_eq!(percent(3, 3).as_deref(), Some("100"));
        assert_eq!(percent(0, 3).as_deref(), Some("0"));
    }

    #[test]
    fn dates_are_written_in_city_time() {
        let time = CityTime::china();
        let late = at("2026-11-20T18:05:00Z");
        assert_eq!(moment(Lang::ZhHans, &time, late), "2026年11月21日 2:05");
        assert_eq!(moment(Lang::En, &time, late), "21 Nov 2026, 2:05");
        assert_eq!(day(Lang::ZhHant, &time, late), "2026年11月21日");
        let filed = at("2026-01-02T00:00:00+08:00");
        assert_eq!(
            moment_beside(Lang::ZhHans, &time, late, filed),
            "11月21日 2:05"
        );
        let older = at("2025-12-31T23:59:00+08:00");
        assert_eq!(
            moment_beside(Lang::En, &time, older, filed),
            "31 Dec 2025, 23:59"
        );
    }

    #[test]
    fn spans_keep_their_two_largest_units() {
        let text = |minutes| span(Lang::ZhHans, Millis::minutes(minutes));
        assert_eq!(text(45), "45 分钟");
        assert_eq!(text(3 * 1440 + 2 * 60 + 7), "3 天 2 小时");
        assert_eq!(text(-60), "1 小时");
        assert_eq!(text(0), "不到 1 分钟");
        assert_eq!(span(Lang::En, Millis::minutes(1501)), "1 day 1 hour");
    }
}
