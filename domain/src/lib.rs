//! The words and rules of a city that answers: plain Rust, run by the server and, compiled to
//! WASM, by the browser. No input, no output, no clock and no chance of its own: time and random
//! bytes are handed in.

pub mod ids;
pub mod lang;
pub mod reference;
pub mod text;
pub mod time;
