//! `huiyin demo`: the demo city, labelled as one on every page and answer.

use std::path::Path;

use anyhow::{Context as _, bail};
use casework::{Desk, people, simulate, staffing::Staffing};
use domain::time::Millis;
use store::{Role, SchemaError};

use crate::commands::serve::run_desk;
use crate::settings::Settings;

/// Where the demo city lives if no folder is named: never in a real city's folder.
const FOLDER: &str = "demo";

/// As many events as seed article 002 reports.
const CASES: usize = 8_402;
const SEED: u64 = 1;

/// Serves the demo city until told to stop.
///
/// # Errors
/// As `serve`; and if the folder holds a city that is not a demonstration.
pub async fn run(mut settings: Settings) -> anyhow::Result<()> {
    if settings.data_dir == Settings::default().data_dir {
        settings.data_dir = settings.data_dir.join(FOLDER);
    }
    if is_real(&settings.data_dir) {
        bail!(
            "{} holds a city that is not a demonstration; name another folder with --data-dir",
            settings.data_dir.display()
        );
    }
    // Before anything else: a folder that was given up half made is a demonstration's too.
    mark(&settings.data_dir)?;
    // A demonstration owns its tables on both engines, and follows the program.
    store::migrate(&settings.database(), &settings.data_dir)
        .await
        .context("making the database")?;
    let desk = open(&settings).await?;
    fill(&desk).await?;
    tell(&settings, &desk);
    run_desk(&settings, desk, true).await
}

/// A kept folder follows the program: what an older one folded is folded again.
async fn open(settings: &Settings) -> anyhow::Result<Desk> {
    let refused = match settings.open_desk(Role::Serve, true).await {
        Ok(desk) => return Ok(desk),
        Err(refused) => refused,
    };
    let folded = matches!(
        refused.downcast_ref(),
        Some(store::Error::Schema(SchemaError::Folded))
    );
    if !folded {
        return Err(refused);
    }
    eprintln!("Folding the kept history of the demo city again…");
    super::verify::rebuild(settings).await?;
    settings.open_desk(Role::Serve, true).await
}

/// The first time: the staff of the demo city and its history, as the articles report it.
async fn fill(desk: &Desk) -> anyhow::Result<()> {
    // Asked of the database: what this process knows of the log may be a moment behind on
    // PostgreSQL, and a second history would not fit beside the first.
    let (end, _) = desk.store.read().await?.log_end().await?;
    let from = desk.now().plus(Millis::new(-simulate::SPAN.millis()));
    // A kept city that had nobody to sign in gets them too.
    people::seed(desk, Staffing::of(&desk.city, from)).await?;
    if end > 0 {
        return Ok(());
    }
    eprintln!("Writing the history of the demo city ({CASES} cases)…");
    simulate::simulate(desk, CASES, SEED, |_| {}).await?;
    desk.catch_up().await?;
    Ok(())
}

/// Who can sign in: these people exist in a demonstration only.
fn tell(settings: &Settings, desk: &Desk) {
    let at = settings.base();
    eprintln!(
        "演示账号 / demonstration logins at {at}/sign-in, all with the password {}:",
        people::DEMO_PASSWORD
    );
    let people = people::demo_sign_ins(desk, desk.city.default_lang);
    for person in people.iter().filter(|person| person.is_first) {
        eprintln!("  {:<32} {}", person.login, person.office);
    }
    let others = people.iter().filter(|person| !person.is_first).count();
    eprintln!(
        "  另有 {others} 个部门模块的账号，见该页 / and {others} more of departments, on that page"
    );
}

/// The file that says a folder is a demonstration's.
const MARK: &str = "this-is-a-demonstration";

/// Whether a folder holds a database that `demo` did not make.
fn is_real(folder: &Path) -> bool {
    let is_used = folder.join("keys").exists() || folder.join("huiyin.sqlite").exists();
    is_used && !is_marked(folder)
}

/// Whether `demo` made this folder.
pub(crate) fn is_marked(folder: &Path) -> bool {
    folder.join(MARK).exists()
}

/// Makes a folder a demonstration's.
pub(crate) fn mark(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    std::fs::write(
        folder.join(MARK),
        "演示数据，可以删除。 Demonstration data; may be deleted.\n",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_real_citys_folder_is_not_taken_for_a_demonstration() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!is_real(folder.path()), "an empty folder may become one");
        std::fs::write(folder.path().join("huiyin.sqlite"), "").unwrap();
        assert!(is_real(folder.path()));
        mark(folder.path()).unwrap();
        assert!(!is_real(folder.path()));
    }
}
