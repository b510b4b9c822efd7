//! `huiyin route`: a duty register tried on cases that were.

use std::path::Path;

use anyhow::bail;

use crate::control;
use crate::settings::Settings;

/// Prints, for each category, whom the register has lead and who led; fails where nobody leads.
///
/// # Errors
/// If the city's files are wrong, the store does not answer, or a case is led by nobody.
pub async fn run(settings: &Settings, days: u32, city: Option<&Path>) -> anyhow::Result<()> {
    let city = match city {
        Some(city) => std::path::absolute(city)?.display().to_string(),
        None => String::new(),
    };
    let mut answered = String::new();
    let request = vec!["route".to_owned(), days.to_string(), city];
    control::ask(settings, &[request], |_, answer| {
        answer.clone_into(&mut answered);
    })
    .await?;
    let Some(found) = answered.strip_prefix("routed") else {
        bail!("{answered}");
    };
    let mut nobody = 0_u64;
    for line in found.split('\t').filter(|line| !line.is_empty()) {
        match line.strip_prefix("nobody ") {
            Some(cases) => nobody = cases.parse().unwrap_or(u64::MAX),
            None => println!("{line}"),
        }
    }
    if nobody > 0 {
        bail!("{nobody} cases are led by nobody");
    }
    Ok(())
}
