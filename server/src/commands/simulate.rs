//! `huiyin simulate` and `huiyin seed`: people and a history for a demonstration or a measurement.

use std::io::Write as _;

use casework::{people, simulate, staffing::Staffing};
use domain::time::Millis;
use store::Role;

use crate::settings::Settings;

/// Writes a history of `cases` cases. It takes the store's lock, so no server runs beside it.
///
/// # Errors
/// If the store is in use, or the history breaks a rule.
pub async fn run(settings: &Settings, cases: usize, seed: u64) -> anyhow::Result<()> {
    let desk = settings.open_desk(Role::Maintain, true).await?;
    let mut out = std::io::stderr();
    let written = simulate::simulate(&desk, cases, seed, |done| {
        if done % 10_000 == 0 || done == cases {
            let _ = write!(out, "\r{done} of {cases}");
        }
    })
    .await?;
    // Figures and search are there when the server starts, not some seconds after.
    desk.catch_up().await?;
    desk.store.stop().await?;
    eprintln!();
    println!("Wrote {written} cases.");
    Ok(())
}

/// Writes the staff of the demo city: one secretary and one grid officer for each community, a
/// dispatcher for each unit, an officer for each module. Nobody can sign in with them yet.
///
/// # Errors
/// If the store is in use.
pub async fn seed(settings: &Settings) -> anyhow::Result<()> {
    let desk = settings.open_desk(Role::Maintain, true).await?;
    let from = desk.now().plus(Millis::new(-simulate::SPAN.millis()));
    let count = people::seed(&desk, Staffing::of(&desk.city, from)).await?;
    desk.store.stop().await?;
    println!("Appointed {count} people of the demo city.");
    Ok(())
}
