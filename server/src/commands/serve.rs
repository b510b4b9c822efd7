//! `huiyin serve`, and what `huiyin demo` has in common with it.

use std::sync::Arc;

use anyhow::Context as _;
use app::assets;
use app::http::headers::SPECULATION_PATH;
use app::http::table::RouteLine;
use axum::Router;
use bytes::Bytes;
use casework::Desk;
use store::Role;
use tokio::net::TcpListener;

use crate::clock::SystemClock;
use crate::files::Files;
use crate::health::Health;
use crate::net::accept::{Ended, serve, told_to_stop};
use crate::net::gate::{FailurePage, Gate};
use crate::settings::Settings;
use crate::startup::{Foundation, Nowhere, Refusal, assemble};
use crate::well_known::WellKnown;

/// The pages and machine doors, put together over an open desk.
pub struct Doors {
    /// Their router, its state given.
    pub router: Router,
    /// Their rows, for `huiyin routes`.
    pub lines: Vec<RouteLine>,
    /// Public pages without parameters, for the site map.
    pub pages: Vec<&'static str>,
    /// The answer for an address nobody has.
    pub not_found: Nowhere,
    /// The answer for a method an address does not take.
    pub wrong_way: Refusal,
    /// The page for a request that failed.
    pub failure: FailurePage,
}

/// Serves until told to stop.
///
/// # Errors
/// If the store cannot be opened, the address not be listened on, or a file not be read.
pub async fn run(settings: Settings) -> anyhow::Result<()> {
    settings.make_fresh_database().await?;
    if super::demo::is_marked(&settings.data_dir) {
        tracing::warn!(target: "huiyin", "this folder is a demonstration's: everybody knows its passwords");
    }
    let desk = settings.open_desk(Role::Serve, false).await?;
    run_desk(&settings, desk, false).await
}

/// Serves `desk` until told to stop, then stops its store.
///
/// # Errors
/// As [`run`].
pub async fn run_desk(settings: &Settings, desk: Desk, demo: bool) -> anyhow::Result<()> {
    let stop = told_to_stop().context("listening for signals")?;
    let listener = match TcpListener::bind(settings.addr).await {
        Ok(listener) => listener,
        Err(error) => {
            desk.store.stop().await.context("stopping the store")?;
            return Err(error).with_context(|| format!("listening on {}", settings.addr));
        }
    };
    let desk = desk.following().await.context("opening the search index")?;
    crate::jobs::start(&desk);
    crate::control::listen(&desk)?;
    let doors = crate::doors::open(settings, &desk, demo)?;
    let mut foundation = foundation(settings, demo)?;
    foundation.health = settings.health(&desk);
    foundation.well_known.pages = doors.pages;
    let files = foundation.files.clone();
    tokio::task::spawn_blocking(move || files.compress());

    let mut start = [0; 4];
    desk.entropy().fill(&mut start);
    let router = assemble(doors.router, foundation, doors.not_found, doors.wrong_way);
    let gate = Gate::new(router, settings.gate_rules(demo, start, doors.failure));
    tracing::info!(target: "huiyin", address = %listener.local_addr()?, "serving");
    let live = desk.live.clone();
    let stop = async move {
        stop.await;
        // Streams never end by themselves; browsers come back when another server is there.
        live.end();
    };
    let ended = serve(listener, Arc::new(gate), settings.net_limits(), stop).await;
    if ended == Ended::Late {
        tracing::warn!(target: "huiyin", "some requests were cut off");
    }
    desk.store.stop().await.context("stopping the store")?;
    tracing::info!(target: "huiyin", "stopped");
    Ok(())
}

/// What is served without any page; health and the pages of the site map are added by [`run_desk`].
///
/// # Errors
/// If a built file cannot be read.
pub fn foundation(settings: &Settings, demo: bool) -> anyhow::Result<Foundation> {
    let mut files = Files::public();
    for (path, text) in [
        (assets::css_path(), assets::CSS),
        (assets::boot_path(), assets::BOOT_JS),
    ] {
        files.add(path, Bytes::from_static(text.as_bytes()), true);
    }
    let rules = Bytes::from_static(assets::SPECULATION_RULES.as_bytes());
    files.add(SPECULATION_PATH, rules, false);
    files
        .add_built(&settings.site_dir)
        .context("reading the built browser files")?;
    Ok(Foundation {
        files,
        health: Health::default(),
        well_known: WellKnown {
            base_url: settings.base_url.clone(),
            demo,
            security_contact: settings.security_contact.clone(),
            pages: Vec::new(),
            clock: Arc::new(SystemClock),
        },
    })
}
