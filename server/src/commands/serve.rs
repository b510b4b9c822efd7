//! `huiyin serve`.

use std::sync::Arc;

use anyhow::Context as _;
use axum::Router;
use store::{Entropy as _, OsEntropy};
use tokio::net::TcpListener;

use crate::clock::SystemClock;
use crate::files::Files;
use crate::health::{Health, disk};
use crate::net::accept::{Ended, serve, told_to_stop};
use crate::net::gate::{Gate, plain_failure};
use crate::settings::Settings;
use crate::startup::{Foundation, assemble, plain_not_found};
use crate::well_known::WellKnown;

/// Serves until told to stop.
///
/// # Errors
/// If the address cannot be listened on or a file cannot be read.
pub async fn run(settings: Settings) -> anyhow::Result<()> {
    let stop = told_to_stop().context("listening for signals")?;
    std::fs::create_dir_all(&settings.data_dir).context("making the data folder")?;
    let foundation = foundation(&settings, false)?;
    let files = foundation.files.clone();
    tokio::task::spawn_blocking(move || files.compress());

    let mut start = [0; 4];
    OsEntropy.fill(&mut start);
    let router = assemble(Router::new(), foundation, plain_not_found());
    let gate = Gate::new(
        router,
        settings.gate_rules(false, start, Arc::new(plain_failure)),
    );
    let listener = TcpListener::bind(settings.addr)
        .await
        .with_context(|| format!("listening on {}", settings.addr))?;
    tracing::info!(target: "huiyin", address = %listener.local_addr()?, "serving");
    let ended = serve(listener, Arc::new(gate), settings.net_limits(), stop).await;
    match ended {
        Ended::Clean => tracing::info!(target: "huiyin", "stopped, every request answered"),
        Ended::Late => tracing::warn!(target: "huiyin", "stopped, some requests cut off"),
    }
    Ok(())
}

/// What is served without any page.
///
/// # Errors
/// If a built file cannot be read.
pub fn foundation(settings: &Settings, demo: bool) -> anyhow::Result<Foundation> {
    let mut files = Files::public();
    files
        .add_built(&settings.site_dir)
        .context("reading the built browser files")?;
    Ok(Foundation {
        files,
        health: Health::default().with(
            "disk",
            disk(settings.data_dir.clone(), settings.disk_min_percent),
        ),
        well_known: WellKnown {
            base_url: settings.base_url.clone(),
            demo,
            security_contact: settings.security_contact.clone(),
            pages: Vec::new(),
            clock: Arc::new(SystemClock),
        },
    })
}
