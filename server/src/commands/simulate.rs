//! `huiyin simulate` and `huiyin seed`: people and a history for a demonstration or a measurement.

use std::io::Write as _;

use anyhow::bail;
use casework::{Desk, people, simulate, staffing::Staffing};
use domain::time::Millis;
use store::Role;

use super::demo;
use crate::settings::Settings;

/// Opens the city for people whose password everybody knows and for a history that never was. An empty
/// one becomes a demonstration's by it.
///
/// # Errors
/// If the store is in use, or the city has accounts or cases of its own.
async fn demonstration(settings: &Settings) -> anyhow::Result<Desk> {
    let desk = settings.open_desk(Role::Maintain, true).await?;
    if demo::is_marked(&settings.data_dir) {
        return Ok(desk);
    }
    let mut reading = desk.store.read().await?;
    let (end, _) = reading.log_end().await?;
    let used = end > 0 || !reading.people().await?.is_empty();
    drop(reading);
    if used {
        desk.store.stop().await?;
        bail!(
            "{} holds a city that is not a demonstration; everybody knows the passwords of one",
            settings.data_dir.display()
        );
    }
    demo::mark(&settings.data_dir)?;
    Ok(desk)
}

/// Writes a history of `cases` cases. It takes the store's lock, so no server runs beside it.
///
/// # Errors
/// If the store is in use, the city is a real one, or the history breaks a rule.
pub async fn run(settings: &Settings, cases: usize, seed: u64) -> anyhow::Result<()> {
    let desk = demonstration(settings).await?;
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
/// dispatcher for each unit, an officer for each module, all with the password of a demonstration.
///
/// # Errors
/// If the store is in use, or the city is a real one.
pub async fn seed(settings: &Settings) -> anyhow::Result<()> {
    let desk = demonstration(settings).await?;
    let from = desk.now().plus(Millis::new(-simulate::SPAN.millis()));
    let count = people::seed(&desk, Staffing::of(&desk.city, from)).await?;
    desk.store.stop().await?;
    println!("Appointed {count} people of the demo city.");
    Ok(())
}
