//! When and where something was done, as whoever did it says: fields beside the act, never beside the
//! clocks.

use super::{Amiss, Typed, Wrong};
use crate::{
    event::Claimed,
    place::Position,
    time::{CityTime, Millis, Timestamp},
};

/// How many days ago something may have been done that is only told now.
pub const CLAIM_REACHES: u8 = 30;
/// Sooner than this is now: forms are not filled in within a second.
const JUST_NOW: Millis = Millis::minutes(1);

/// Reads what is claimed.
///
/// | field | what |
/// |---|---|
/// | `claimed_at` | when, as RFC 3339 or as the city's clocks showed it (`2026-12-01T14:03`) |
/// | `claimed_ago` | how many seconds ago instead, from a device whose clock may be wrong |
/// | `claimed_lat`, `claimed_lng` | where, in degrees (WGS 84); neither is needed |
/// | `claimed_accuracy` | how exact the device holds that to be, in metres |
///
/// Nothing is claimed by whoever says that it was just now.
///
/// # Errors
/// Every field to mend: a time to come, one more than [`CLAIM_REACHES`] days ago, half a position.
pub fn claimed(
    typed: &(impl Typed + ?Sized),
    time: &CityTime,
    now: Timestamp,
) -> Result<Option<Claimed>, Vec<Amiss>> {
    let (at, place) = (when(typed, time, now), position(typed));
    match (at, place) {
        (Ok(at), Ok(place)) => {
            let claimed = Claimed { at, place };
            Ok(Some(claimed).filter(|claimed| *claimed != Claimed::default()))
        }
        (at, place) => Err(at.err().into_iter().chain(place.err()).collect()),
    }
}

fn when(
    typed: &(impl Typed + ?Sized),
    time: &CityTime,
    now: Timestamp,
) -> Result<Option<Timestamp>, Amiss> {
    let (field, ago) = match (typed.value("claimed_ago"), typed.value("claimed_at")) {
        (Some(seconds), _) => {
            let field = "claimed_ago";
            let seconds: u32 = seconds.parse().map_err(|_| Amiss {
                field,
                what: Wrong::NotANumber,
            })?;
            (field, Millis::seconds(i64::from(seconds)))
        }
        (None, Some(text)) => {
            let field = "claimed_at";
            let at = time.parse_rfc3339(text).map_err(|_| Amiss {
                field,
                what: Wrong::NotATime,
            })?;
            (field, now.since(at))
        }
        (None, None) => return Ok(None),
    };
    let wrong = |what| Err(Amiss { field, what });
    if ago > Millis::days(i64::from(CLAIM_REACHES)) {
        return wrong(Wrong::LongAgo);
    }
    // A form shows minutes, and clocks differ by one.
    if ago < Millis::new(-JUST_NOW.millis()) {
        return wrong(Wrong::ToCome);
    }
    let at = now.plus(Millis::new(-ago.millis()));
    Ok(Some(at).filter(|_| ago >= JUST_NOW))
}

fn position(typed: &(impl Typed + ?Sized)) -> Result<Option<Position>, Amiss> {
    let (lat, lng) = (typed.value("claimed_lat"), typed.value("claimed_lng"));
    if lat.is_none() && lng.is_none() {
        return Ok(None);
    }
    let accuracy = typed.value("claimed_accuracy");
    let accuracy = accuracy.and_then(|metres| metres.parse().ok());
    let place = Position::parse(lat.unwrap_or_default(), lng.unwrap_or_default(), accuracy);
    place.map(Some).map_err(|_| Amiss {
        field: "claimed_lat",
        what: Wrong::NotAPlace,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::parse_date;

    fn noon() -> Timestamp {
        let date = parse_date("2026-12-01").unwrap();
        CityTime::china().instant(date, 12 * 60)
    }

    fn read(fields: &[(&str, &str)]) -> Result<Option<Claimed>, Vec<Amiss>> {
        let fields: Vec<(String, String)> = fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        claimed(fields.as_slice(), &CityTime::china(), noon())
    }

    fn at(fields: &[(&str, &str)]) -> Option<i64> {
        let claimed = read(fields).unwrap();
        claimed
            .and_then(|it| it.at)
            .map(|at| noon().since(at).millis() / 60_000)
    }

    fn amiss(fields: &[(&str, &str)]) -> Vec<(&'static str, Wrong)> {
        let amiss = read(fields).unwrap_err();
        amiss.iter().map(|it| (it.field, it.what)).collect()
    }

    #[test]
    fn nothing_is_claimed_by_who_says_nothing_or_now() {
        assert_eq!(read(&[]), Ok(None));
        assert_eq!(read(&[("claimed_at", ""), ("claimed_lat", " ")]), Ok(None));
        assert_eq!(read(&[("claimed_ago", "59")]), Ok(None));
        assert_eq!(read(&[("claimed_at", "2026-12-01T12:00")]), Ok(None));
        // The minute that a phone shows already.
        assert_eq!(read(&[("claimed_at", "2026-12-01T12:01")]), Ok(None));
    }

    #[test]
    fn a_time_is_told_by_the_citys_clocks_or_by_how_long_ago_it_was() {
        assert_eq!(at(&[("claimed_at", "2026-12-01T10:30")]), Some(90));
        assert_eq!(at(&[("claimed_at", "2026-12-01T02:30:00Z")]), Some(90));
        assert_eq!(at(&[("claimed_ago", "5400")]), Some(90));
        let both = [("claimed_ago", "5400"), ("claimed_at", "2030-01-01T00:00")];
        assert_eq!(at(&both), Some(90), "the clock of a phone may be years off");
    }

    #[test]
    fn what_cannot_have_been_is_to_be_mended() {
        let (when, ago) = ("claimed_at", "claimed_ago");
        for (field, value, what) in [
            (when, "2026-12-01T12:02", Wrong::ToCome),
            (when, "2026-10-01T12:00", Wrong::LongAgo),
            (when, "gestern", Wrong::NotATime),
            (ago, "-5", Wrong::NotANumber),
            (ago, "99999999999", Wrong::NotANumber),
            (ago, "2678400", Wrong::LongAgo),
        ] {
            assert_eq!(amiss(&[(field, value)]), [(field, what)], "{value}");
        }
    }

    #[test]
    fn half_a_position_is_none() {
        let place = read(&[
            ("claimed_lat", "27.5789"),
            ("claimed_lng", "120.5534"),
            ("claimed_accuracy", "12"),
        ]);
        let place = place.unwrap().unwrap().place.unwrap();
        assert_eq!(
            (place.lat_e7(), place.accuracy_m()),
            (275_789_000, Some(12))
        );
        for half in [
            &[("claimed_lat", "27.5")][..],
            &[("claimed_lng", "120.5")],
            &[("claimed_lat", "91"), ("claimed_lng", "1")],
        ] {
            assert_eq!(amiss(half), [("claimed_lat", Wrong::NotAPlace)]);
        }
        let both = amiss(&[("claimed_at", "x"), ("claimed_lat", "y")]);
        assert_eq!(both.len(), 2, "all that is to be mended at once");
    }
}
