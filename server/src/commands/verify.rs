//! `huiyin verify` and `huiyin rebuild`: what happened, checked and folded again.

use std::io::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::bail;
use store::{Progress, Role};

use crate::settings::Settings;

/// Checks chain, log, projections, photos and checkpoints, beside a running server.
///
/// # Errors
/// If anything is not as it was written; the first bad place is named.
pub async fn verify(settings: &Settings) -> anyhow::Result<()> {
    let store = settings.open_store(Role::Look, true).await?;
    let steps = AtomicU64::new(0);
    let report = store
        .verify(move |_: Progress| {
            if steps.fetch_add(1, Ordering::Relaxed).is_multiple_of(16) {
                let _ = write!(std::io::stderr(), ".");
            }
        })
        .await?;
    store.stop().await?;
    eprintln!();
    println!(
        "{} events of {} cases, {} without words, {} photos, {} checkpoints.",
        report.events, report.cases, report.without_words, report.photos, report.checkpoints
    );
    match report.first_bad {
        None => {
            println!("Nothing has been changed.");
            Ok(())
        }
        Some(bad) => bail!("not as it was written: {bad}"),
    }
}

/// Folds all events into fresh projections. It takes the store's lock.
///
/// # Errors
/// If the store is in use, or an event cannot follow.
pub async fn rebuild(settings: &Settings) -> anyhow::Result<()> {
    let desk = settings.open_desk(Role::Maintain, true).await?;
    let cases = desk.store.rebuild(|_| {}).await?;
    desk.catch_up().await?;
    desk.store.stop().await?;
    println!("Folded {cases} cases again.");
    Ok(())
}
