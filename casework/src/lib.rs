//! Use cases: one function for each thing a person can do. Each authorises through
//! [`domain::access`], decides through [`domain::decide`] and appends through [`store`], in one
//! transaction.
//!
//! To add a verb: a row in [`domain::verb::TABLE`], its decision, and, if it needs more than
//! [`act::act`] gives (a receipt, a second case), a function here.

pub mod account;
pub mod act;
pub mod authenticator;
pub mod board;
mod cities;
pub mod city;
pub mod city_files;
pub mod contract;
pub mod cover;
mod desk;
pub mod duplicates;
mod error;
pub mod file;
pub mod lists;
pub mod live;
pub mod look;
pub mod offers;
pub mod offices;
pub mod passwords;
pub mod people;
pub mod photos;
pub mod routing;
pub mod scores;
pub mod sign_in;
pub mod simulate;
pub mod staffing;
pub mod stage;
pub mod supervision;
pub mod sweep;
pub mod tell;
pub mod tick;
pub mod tickets;
pub mod track;
pub mod views;
pub mod worklist;

pub use desk::Desk;
pub use error::{Error, Result, is_busy};
pub use store::{Error as StoreError, PhotoSize};
