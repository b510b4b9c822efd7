//! The words and rules of a city that answers: plain Rust, run by the server and, compiled to
//! WASM, by the browser. No input, no output, no clock and no chance of its own: time and random
//! bytes are handed in.

pub mod area;
pub mod calendar;
pub mod clock;
pub mod duplicate;
pub mod fold;
pub mod ids;
pub mod lang;
pub mod place;
pub mod reference;
pub mod text;
pub mod time;
