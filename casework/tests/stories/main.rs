//! Stories of cases through the use cases, with roles, on both engines and with a moved clock.
//!
//! `town` is the city they happen in, `posts` who serves there, `told` what people tell it, and
//! `matter` a case that has come some way already; the others are the stories.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod matter;
mod posts;
mod time_passes;
mod told;
mod town;

mod at_once;
mod by_staff;
mod city;
mod city_list;
mod commands;
mod contract;
mod contractor;
mod elsewhere;
mod eyes;
mod field;
mod filing;
mod finding;
mod following;
mod given;
mod grids;
mod k_cases;
mod merging;
mod names;
mod near;
mod offices;
mod others;
mod private;
mod queue;
mod releasing;
mod reporter;
mod returning;
mod reused;
mod routing;
mod scores;
mod sealed;
mod seconded;
mod seen;
mod several;
mod supervision;
mod sweep;
mod two_people;
mod verbs;
