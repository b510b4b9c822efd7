//! Instants, spans and the city's wall clock.
//!
//! An instant is unix milliseconds in UTC and nothing else. City time is a dated list of offsets
//! from UTC, so the rules need no zone database and give the same answer in the browser. Nothing
//! here knows what time it is: [`Clock`] is handed in.

use std::ops::{Add, Neg, Sub};
use std::sync::atomic::{AtomicI64, Ordering};

use serde::{Deserialize, Serialize};

mod city_time;
mod week;

pub use city_time::{CityTime, Civil, TimeError, date_text, iso_date, next_day, parse_date};
pub use week::Week;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const DAY: i64 = 24 * 60 * MINUTE;

/// An instant: milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The instant `millis` milliseconds after 1970-01-01T00:00:00Z.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// The instant `span` later (earlier if negative); stops at the ends of the number.
    #[must_use]
    pub const fn plus(self, span: Millis) -> Self {
        Self(self.0.saturating_add(span.0))
    }

    /// The span from `earlier` to here; negative if `earlier` is in fact later.
    pub const fn since(self, earlier: Self) -> Millis {
        Millis(self.0.saturating_sub(earlier.0))
    }
}

/// A span of time in milliseconds; may be negative.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Millis(i64);

impl Millis {
    /// No time.
    pub const ZERO: Self = Self(0);
    /// One second.
    pub const SECOND: Self = Self(SECOND);
    /// One minute.
    pub const MINUTE: Self = Self(MINUTE);
    /// One hour.
    pub const HOUR: Self = Self(60 * MINUTE);
    /// Twenty-four hours.
    pub const DAY: Self = Self(DAY);

    /// `n` milliseconds.
    pub const fn new(n: i64) -> Self {
        Self(n)
    }

    /// `n` seconds.
    pub const fn seconds(n: i64) -> Self {
        Self(n.saturating_mul(SECOND))
    }

    /// `n` minutes.
    pub const fn minutes(n: i64) -> Self {
        Self(n.saturating_mul(MINUTE))
    }

    /// `n` hours.
    pub const fn hours(n: i64) -> Self {
        Self(n.saturating_mul(60 * MINUTE))
    }

    /// `n` times 24 hours.
    pub const fn days(n: i64) -> Self {
        Self(n.saturating_mul(DAY))
    }

    /// The span as a number of milliseconds.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Whether the span runs backwards.
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// The span, or none if it runs backwards.
    #[must_use]
    pub fn at_least_zero(self) -> Self {
        self.max(Self::ZERO)
    }
}

impl Add for Millis {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Millis {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for Millis {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl std::iter::Sum for Millis {
    fn sum<I: Iterator<Item = Self>>(spans: I) -> Self {
        spans.fold(Self::ZERO, Add::add)
    }
}

/// Where the time comes from. The server reads the machine; tests move it by hand.
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> Timestamp;
}

/// A clock that stands where it was put.
#[derive(Debug, Default)]
pub struct MovedClock(AtomicI64);

impl MovedClock {
    /// A clock that shows `at`.
    pub const fn new(at: Timestamp) -> Self {
        Self(AtomicI64::new(at.0))
    }

    /// Moves it to `at`, forwards or backwards.
    pub fn set(&self, at: Timestamp) {
        self.0.store(at.0, Ordering::SeqCst);
    }

    /// Moves it by `span`.
    pub fn advance(&self, span: Millis) {
        self.0.fetch_add(span.0, Ordering::SeqCst);
    }
}

impl Clock for MovedClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_stop_at_the_ends_of_the_number() {
        assert_eq!(Timestamp(i64::MAX).plus(Millis::DAY), Timestamp(i64::MAX));
        assert_eq!(
            Timestamp(i64::MAX).since(Timestamp(i64::MIN)),
            Millis(i64::MAX)
        );
        assert_eq!(-Millis(i64::MIN), Millis(i64::MAX));
        assert_eq!(Millis::days(i64::MAX), Millis(i64::MAX));
    }

    #[test]
    fn a_moved_clock_stands_still_until_moved() {
        let clock = MovedClock::new(Timestamp(5));
        assert_eq!((clock.now(), clock.now()), (Timestamp(5), Timestamp(5)));
        clock.advance(Millis::SECOND);
        assert_eq!(clock.now(), Timestamp(1005));
        clock.set(Timestamp(3));
        assert_eq!(clock.now(), Timestamp(3));
    }
}
