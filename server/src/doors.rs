//! The doors of this server: every router that is not the foundation, put together.

use std::sync::Arc;

use app::http::table::RouteLine;
use axum::Router;
use casework::Desk;

use crate::commands::serve::Doors;
use crate::net::gate::plain_failure;
use crate::settings::Settings;
use crate::startup::plain_not_found;

/// Puts the doors together over an open desk.
///
/// # Errors
/// If something a door needs cannot be made.
pub fn open(_settings: &Settings, _desk: &Desk, _demo: bool) -> anyhow::Result<Doors> {
    Ok(Doors {
        router: Router::new(),
        lines: lines(),
        pages: Vec::new(),
        not_found: plain_not_found(),
        failure: Arc::new(plain_failure),
    })
}

/// The rows of all doors, without anything being opened.
pub fn lines() -> Vec<RouteLine> {
    Vec::new()
}
