//! The binary of Huiyin as a library, so that tests can start the whole of it.
//!
//! [`cli`] reads what is asked, [`settings`] how, [`startup`] puts the router together, and [`net`]
//! serves it. What a page shows and what a case may do is decided in other crates.

pub mod api;
pub mod cli;
pub mod clock;
pub mod commands;
pub mod control;
pub mod couriers;
pub mod doors;
pub mod files;
pub mod health;
pub mod jobs;
pub mod net;
pub mod open;
pub mod settings;
pub mod sign_on;
pub mod startup;
pub mod telemetry;
pub mod well_known;
