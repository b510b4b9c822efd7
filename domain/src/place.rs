//! Where it is: in words, and perhaps as a position.

use serde::{Deserialize, Serialize};

use crate::text::PlaceText;

/// Mean radius of the earth in metres (IUGG).
const EARTH_M: f64 = 6_371_008.8;
/// Steps of a position in one degree.
const E7: f64 = 1e7;

/// A position on the ground, WGS-84 (CGCS2000 is the same within a metre), in steps of 10⁻⁷
/// degrees. Never GCJ-02: that one is off by hundreds of metres and is converted at the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "RawPosition")]
pub struct Position {
    lat_e7: i32,
    lng_e7: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    accuracy_m: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPosition {
    lat_e7: i32,
    lng_e7: i32,
    #[serde(default)]
    accuracy_m: Option<u32>,
}

/// Numbers are not a position on the earth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("latitude is within 90 degrees and longitude within 180")]
pub struct PositionError;

impl TryFrom<RawPosition> for Position {
    type Error = PositionError;
    fn try_from(raw: RawPosition) -> Result<Self, PositionError> {
        Self::new(raw.lat_e7, raw.lng_e7, raw.accuracy_m)
    }
}

/// `value` rounded to a whole number, if it is one that fits.
fn whole(value: f64) -> Option<i32> {
    let rounded = value.round();
    let fits = rounded >= f64::from(i32::MIN) && rounded <= f64::from(i32::MAX);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "rounded and within the range"
    )]
    fits.then_some(rounded as i32)
}

/// A decimal number times 10⁷, halves rounded away from zero; exact, where a float would not be.
fn decimal_e7(text: &str) -> Option<i32> {
    const DECIMALS: usize = 7;
    let (negative, digits) = match text.strip_prefix(['-', '+']) {
        Some(rest) => (text.starts_with('-'), rest),
        None => (false, text),
    };
    let (units, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    if units.is_empty() && decimals.is_empty() {
        return None;
    }
    let mut value = 0_i32;
    let padded = decimals
        .chars()
        .chain(std::iter::repeat('0'))
        .take(DECIMALS);
    for digit in units.chars().chain(padded) {
        let digit = i32::try_from(digit.to_digit(10)?).ok()?;
        value = value.checked_mul(10)?.checked_add(digit)?;
    }
    let mut rest = decimals.chars().skip(DECIMALS);
    if rest.clone().any(|digit| !digit.is_ascii_digit()) {
        return None;
    }
    if rest.next().is_some_and(|digit| digit >= '5') {
        value = value.checked_add(1)?;
    }
    Some(if negative { -value } else { value })
}

impl Position {
    /// A position in steps of 10⁻⁷ degrees, with the device's accuracy in metres if it told one.
    ///
    /// # Errors
    /// [`PositionError`] if it is not on the earth.
    pub fn new(lat_e7: i32, lng_e7: i32, accuracy_m: Option<u32>) -> Result<Self, PositionError> {
        let on_earth = (-900_000_000..=900_000_000).contains(&lat_e7)
            && (-1_800_000_000..=1_800_000_000).contains(&lng_e7);
        if on_earth {
            Ok(Self {
                lat_e7,
                lng_e7,
                accuracy_m,
            })
        } else {
            Err(PositionError)
        }
    }

    /// A position in degrees.
    ///
    /// # Errors
    /// [`PositionError`] if it is not on the earth, or not a number.
    pub fn from_degrees(
        lat: f64,
        lng: f64,
        accuracy_m: Option<u32>,
    ) -> Result<Self, PositionError> {
        let lat_e7 = whole(lat * E7).ok_or(PositionError)?;
        let lng_e7 = whole(lng * E7).ok_or(PositionError)?;
        Self::new(lat_e7, lng_e7, accuracy_m)
    }

    /// A position in degrees as people write and copy them: an optional sign, digits, and perhaps a
    /// point with more digits. What goes beyond the seventh decimal is rounded.
    ///
    /// # Errors
    /// [`PositionError`] if it is not on the earth, or not a number of that kind.
    pub fn parse(lat: &str, lng: &str, accuracy_m: Option<u32>) -> Result<Self, PositionError> {
        let lat_e7 = decimal_e7(lat).ok_or(PositionError)?;
        let lng_e7 = decimal_e7(lng).ok_or(PositionError)?;
        Self::new(lat_e7, lng_e7, accuracy_m)
    }

    /// Degrees north times 10⁷.
    pub fn lat_e7(self) -> i32 {
        self.lat_e7
    }

    /// Degrees east times 10⁷.
    pub fn lng_e7(self) -> i32 {
        self.lng_e7
    }

    /// Latitude and longitude in degrees.
    pub fn degrees(self) -> (f64, f64) {
        (f64::from(self.lat_e7) / E7, f64::from(self.lng_e7) / E7)
    }

    /// What the device said of its accuracy, in metres.
    pub fn accuracy_m(self) -> Option<u32> {
        self.accuracy_m
    }

    /// Distance over the ground in metres, on a sphere: within half a percent of the true one.
    pub fn distance_m(self, other: Self) -> f64 {
        let (lat_a, lng_a) = self.degrees();
        let (lat_b, lng_b) = other.degrees();
        let half_lat = ((lat_b - lat_a).to_radians() / 2.0).sin();
        let half_lng = ((lng_b - lng_a).to_radians() / 2.0).sin();
        let chord = half_lat.powi(2)
            + lat_a.to_radians().cos() * lat_b.to_radians().cos() * half_lng.powi(2);
        2.0 * EARTH_M * chord.clamp(0.0, 1.0).sqrt().asin()
    }

    /// The position as the public sees it: rounded to three decimals of a degree (about 100 m),
    /// without the accuracy.
    #[must_use]
    pub fn public(self) -> Self {
        Self {
            lat_e7: thousandth(self.lat_e7),
            lng_e7: thousandth(self.lng_e7),
            accuracy_m: None,
        }
    }
}

/// Rounded to the nearest 10⁻³ degree, halves away from zero.
fn thousandth(e7: i32) -> i32 {
    const STEP: i32 = 10_000;
    let rest = e7 % STEP;
    let down = e7 - rest;
    if rest.abs() * 2 >= STEP {
        down + STEP * rest.signum()
    } else {
        down
    }
}

/// Where a case is, as the reporter told it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// In words; may be empty.
    #[serde(default)]
    pub text: PlaceText,
    /// The device's position, if it was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lat: f64, lng: f64) -> Position {
        Position::from_degrees(lat, lng, None).unwrap()
    }

    #[test]
    fn a_position_is_on_the_earth() {
        assert!(Position::from_degrees(90.0, -180.0, None).is_ok());
        for (lat, lng) in [
            (90.000_000_1, 0.0),
            (0.0, 180.000_000_1),
            (f64::NAN, 0.0),
            (0.0, f64::INFINITY),
            (1e300, 0.0),
        ] {
            assert_eq!(
                Position::from_degrees(lat, lng, None),
                Err(PositionError),
                "{lat} {lng}"
            );
        }
        for bad in [
            r#"{"lat_e7":900000001,"lng_e7":0}"#,
            r#"{"lat_e7":0,"lng_e7":0,"alt":1}"#,
        ] {
            assert!(serde_json::from_str::<Position>(bad).is_err(), "{bad}");
        }
        let position = Position::from_degrees(27.5774, 120.5484, Some(12)).unwrap();
        let json = serde_json::to_string(&position).unwrap();
        assert_eq!(
            json,
            r#"{"lat_e7":275774000,"lng_e7":1205484000,"accuracy_m":12}"#
        );
        assert_eq!(serde_json::from_str::<Position>(&json).unwrap(), position);
    }

    #[test]
    fn degrees_are_read_as_they_are_written() {
        for (typed, e7) in [
            ("27.5774", Some(275_774_000)),
            ("-27.5774", Some(-275_774_000)),
            ("+27", Some(270_000_000)),
            ("27.", Some(270_000_000)),
            (".5", Some(5_000_000)),
            ("0.12345675", Some(1_234_568)),
            ("0.12345674999", Some(1_234_567)),
            ("-0.99999999", Some(-10_000_000)),
            ("120.548412345678901234567890", Some(1_205_484_123)),
            ("", None),
            (".", None),
            ("-", None),
            ("1e1", None),
            ("inf", None),
            ("NaN", None),
            ("27,5", None),
            ("27.57.7", None),
            ("２７", None),
            ("0.1234567x", None),
            ("0.12345678x", None),
            ("27.5°", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(decimal_e7(typed), e7, "{typed}");
        }
    }

    #[test]
    fn distances_are_those_of_the_ground() {
        // One minute of latitude is a nautical mile within half a percent.
        let mile = at(27.5, 120.5).distance_m(at(27.5 + 1.0 / 60.0, 120.5));
        assert!((mile - 1852.0).abs() < 9.0, "{mile}");
        let east = at(60.0, 0.0).distance_m(at(60.0, 1.0));
        let north = at(60.0, 0.0).distance_m(at(61.0, 0.0));
        assert!((east / north - 0.5).abs() < 0.01);
        let across = at(27.5, 179.9999).distance_m(at(27.5, -179.9999));
        assert!((across - 19.7).abs() < 0.2, "over the date line: {across}");
        let half = at(0.0, 0.0).distance_m(at(0.0, 180.0));
        assert!((half - std::f64::consts::PI * EARTH_M).abs() < 1.0);
    }

    #[test]
    fn the_public_sees_three_decimals_and_no_accuracy() {
        for (exact, shown) in [
            (275_774_999, 275_770_000),
            (275_775_000, 275_780_000),
            (-275_775_000, -275_780_000),
            (-275_774_999, -275_770_000),
            (900_000_000, 900_000_000),
            (4_999, 0),
        ] {
            let public = Position::new(exact, exact, Some(5)).unwrap().public();
            assert_eq!(public, Position::new(shown, shown, None).unwrap());
            assert_eq!(public.public(), public);
        }
    }
}
