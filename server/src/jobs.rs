//! What the server does by the clock: checkpoints, and sweeping what has had its time.

use std::time::Duration;

use casework::Desk;
use tokio::time::{MissedTickBehavior, interval};

/// A signed checkpoint every five minutes (design §5 "The log").
const CHECKPOINT: Duration = Duration::from_mins(5);
/// Promises that ran out go one level up.
const TICK: Duration = Duration::from_secs(30);
/// Staged photos, sessions and tickets that have had their time.
const SWEEP: Duration = Duration::from_mins(10);

/// What the city changed about itself, here or at another process, and what begins today.
const CITY: Duration = Duration::from_secs(1);

/// Starts the jobs; they end with the store.
pub fn start(desk: &Desk) {
    let city = desk.clone();
    spawn(desk, CITY, move || {
        let desk = city.clone();
        async move {
            if let Err(error) = desk.renew().await {
                tracing::error!(target: "huiyin", %error, "the city stays as it was");
            }
        }
    });
    let checkpoints = desk.clone();
    spawn(desk, CHECKPOINT, move || {
        let desk = checkpoints.clone();
        async move {
            if let Err(error) = desk.store.checkpoint().await {
                tracing::error!(target: "huiyin", %error, "the checkpoint could not be written");
            }
        }
    });
    let ticking = desk.clone();
    spawn(desk, TICK, move || {
        let desk = ticking.fresh();
        async move {
            if let Err(error) = casework::tick::tick(&desk).await {
                tracing::error!(target: "huiyin", %error, "a tick of the clocks did not end");
            }
        }
    });
    let sweeping = desk.clone();
    spawn(desk, SWEEP, move || {
        let desk = sweeping.fresh();
        async move {
            if let Err(error) = casework::sweep::all(&desk).await {
                tracing::error!(target: "huiyin", %error, "sweeping did not end");
            }
        }
    });
}

fn spawn<F, T>(desk: &Desk, every: Duration, mut job: F)
where
    F: FnMut() -> T + Send + 'static,
    T: Future<Output = ()> + Send,
{
    let mut stopping = desk.store.watch_stop();
    tokio::spawn(async move {
        let mut ticks = interval(every);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        // The first tick comes at once; a server that starts has nothing to do yet.
        ticks.tick().await;
        loop {
            let stopped = async { stopping.wait_for(|stopping| *stopping).await.is_ok() };
            tokio::select! {
                _ = ticks.tick() => {}
                _ = stopped => return,
            }
            job().await;
        }
    });
}
