//! `huiyin routes`: every route and who may ask it.

use std::io::Write as _;

use crate::commands::serve::foundation;
use crate::doors;
use crate::settings::Settings;
use crate::startup::route_lines;

/// Prints the table, as text or as JSON.
///
/// # Errors
/// If standard output is closed.
pub fn run(settings: &Settings, json: bool) -> anyhow::Result<()> {
    let lines = route_lines(&foundation(settings, false)?, doors::lines());
    let mut out = std::io::stdout().lock();
    if json {
        serde_json::to_writer_pretty(&mut out, &lines)?;
        writeln!(out)?;
    } else {
        for line in lines {
            writeln!(
                out,
                "{:<6} {:<40} {}",
                line.method, line.path, line.permission
            )?;
        }
    }
    Ok(())
}
