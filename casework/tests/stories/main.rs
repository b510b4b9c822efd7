//! Stories of cases through the use cases, with roles, on both engines and with a moved clock.

mod eyes;
mod filing;
mod k_cases;
mod sealed;
mod sweep;
mod town;
mod verbs;
