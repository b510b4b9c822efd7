//! `huiyin jobs`: what is owed to the outside and was put aside after its last try.

use anyhow::bail;

use crate::control;
use crate::settings::Settings;

/// Lists what was put aside, or has all of it tried again.
///
/// # Errors
/// If the store does not answer.
pub async fn run(settings: &Settings, again: bool) -> anyhow::Result<()> {
    let word = if again { "jobs-again" } else { "jobs" };
    let mut answered = String::new();
    control::ask(settings, &[vec![word.to_owned()]], |_, answer| {
        answer.clone_into(&mut answered);
    })
    .await?;
    let Some(found) = answered.strip_prefix("put aside") else {
        bail!("{answered}");
    };
    let jobs: Vec<&str> = found.split('\t').filter(|job| !job.is_empty()).collect();
    for job in &jobs {
        println!("{job}");
    }
    eprintln!(
        "{} put aside{}",
        jobs.len(),
        if again { ", to be tried again now" } else { "" }
    );
    Ok(())
}
