//! The words and rules of a city that answers: plain Rust, run by the server and, compiled to
//! WASM, by the browser. No input, no output, no clock and no chance of its own: time and random
//! bytes are handed in.
//!
//! Where to look: [`verb`] has the one transition table, [`decide`] the decisions, [`case`] the
//! fold, [`event`] what is written down, [`clock`] the arithmetic of time limits, [`access`] who
//! may do and see what, [`city`] everything a city decides for itself.

pub mod access;
pub mod area;
pub mod calendar;
pub mod case;
pub mod chain;
pub mod city;
pub mod clock;
pub mod decide;
pub mod draft;
pub mod duplicate;
pub mod event;
pub mod fold;
pub mod ids;
pub mod lang;
pub mod photo;
pub mod place;
pub mod reference;
pub mod share;
pub mod text;
pub mod time;
pub mod verb;
pub mod visibility;
