//! `huiyin release`: a named person lets the words, place and photos of cases be seen, without the
//! desk.

use anyhow::bail;

use crate::control;
use crate::settings::Settings;

/// Releases the cases of these numbers as the person named `by`.
///
/// # Errors
/// If a number is not one, or a case cannot be released; the others are done all the same.
pub async fn run(settings: &Settings, by: &str, numbers: &[String]) -> anyhow::Result<()> {
    let requests: Vec<Vec<String>> = numbers
        .iter()
        .map(|number| vec!["release".to_owned(), by.to_owned(), number.clone()])
        .collect();
    let mut failed = 0;
    control::ask(settings, &requests, |request, answer| {
        failed += usize::from(answer != "released");
        println!("{}: {answer}", request[2]);
    })
    .await?;
    if failed > 0 {
        bail!("{failed} of {} were not released", numbers.len());
    }
    Ok(())
}
