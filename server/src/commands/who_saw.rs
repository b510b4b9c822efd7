//! `huiyin who-saw`: who looked at what is not public of a case, by name, and to whom it was handed on: for
//! whoever answers to the law for it. The reporter reads the offices on their own page.

use anyhow::bail;

use crate::control;
use crate::settings::Settings;

/// Prints every look at a case and every step that handed it on, oldest first.
///
/// # Errors
/// If there is no such case, or the store does not answer.
pub async fn run(settings: &Settings, number: &str) -> anyhow::Result<()> {
    let mut answered = String::new();
    let request = vec!["who-saw".to_owned(), number.to_owned()];
    control::ask(settings, &[request], |_, answer| {
        answer.clone_into(&mut answered);
    })
    .await?;
    let Some(found) = answered.strip_prefix("looks") else {
        bail!("{answered}");
    };
    let looks: Vec<&str> = found.split('\t').filter(|look| !look.is_empty()).collect();
    for look in &looks {
        println!("{look}");
    }
    eprintln!("{} looks", looks.len());
    Ok(())
}
