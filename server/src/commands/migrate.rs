//! `huiyin migrate`: brings the schema up to this program, all of it or nothing.

use anyhow::Context as _;

use crate::settings::Settings;

/// Applies what is missing and says what it was. On PostgreSQL run it as the owner of the tables.
///
/// # Errors
/// If the database is newer than this program, is being used, or refuses.
pub async fn run(settings: &Settings, serve_role: Option<&str>) -> anyhow::Result<()> {
    std::fs::create_dir_all(&settings.data_dir)
        .with_context(|| format!("making the folder {}", settings.data_dir.display()))?;
    let applied = store::migrate(&settings.database(), &settings.data_dir)
        .await
        .context("migrating")?;
    if applied.is_empty() {
        println!("The schema is up to date.");
    }
    for name in applied {
        println!("Applied {name}.");
    }
    if let Some(role) = serve_role {
        store::grant(&settings.database(), role)
            .await
            .with_context(|| format!("letting {role} serve"))?;
        println!("The role {role} may serve.");
    }
    Ok(())
}
