//! Clocks by example: the real cases by the real calendar, and every rule of pausing, extending and
//! stopping.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

#[path = "../clock_parts/mod.rs"]
mod clock_parts;
mod limits;
mod real_cases;
mod running;
mod told;
