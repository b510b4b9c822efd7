//! `huiyin demo`: the demo city, labelled as one on every page and answer.

use std::path::Path;

use anyhow::{Context as _, bail};
use store::Role;

use crate::commands::serve::run_desk;
use crate::settings::Settings;

/// Where the demo city lives if no folder is named: never in a real city's folder.
const FOLDER: &str = "demo";

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
    let desk = settings.open_desk(Role::Serve, true).await?;
    run_desk(&settings, desk, true).await
}

/// The file that says a folder is a demonstration's.
const MARK: &str = "this-is-a-demonstration";

/// Whether a folder holds a database that `demo` did not make.
fn is_real(folder: &Path) -> bool {
    let is_used = folder.join("keys").exists() || folder.join("huiyin.sqlite").exists();
    is_used && !folder.join(MARK).exists()
}

fn mark(folder: &Path) -> std::io::Result<()> {
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
