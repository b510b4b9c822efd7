//! Followers read the log in order and make something of it: figures, a search index, mail. The log
//! is the outbox; a follower's cursor says how far it came.
//!
//! What a follower writes to the database moves in one transaction with its cursor, so each event
//! counts once, also when two nodes run the same follower: the one that moves the cursor first wins
//! and the other reads on from there.

use std::time::Duration;

use futures::future::BoxFuture;

use crate::engine::{execute, fetch_optional, statements};
use crate::log::{column, position};
use crate::tx::{Reading, Tx};
use crate::{Error, Result, Store};

statements! {
    GET = "SELECT position FROM follower WHERE name = $1";
    BEGIN = "INSERT INTO follower (name, position, updated_at) VALUES ($1, 0, $2) \
             ON CONFLICT (name) DO NOTHING";
    MOVE = "UPDATE follower SET position = $3, updated_at = $4 WHERE name = $1 AND position = $2";
}

/// Without a sign from the log a follower looks by itself, in case another node wrote.
const LOOK: Duration = Duration::from_millis(500);
/// After an error.
const RECOVER: Duration = Duration::from_secs(2);

/// Something that follows the log.
pub trait Follower: Send + 'static {
    /// Its name, also of its cursor.
    fn name(&self) -> &'static str;
    /// How long it rests after a step, so that others get the disk and more events gather for the
    /// next one.
    fn rest(&self) -> Duration {
        Duration::from_millis(100)
    }
    /// Makes something of the next events; `true` if there were any.
    fn step<'s>(&'s mut self, store: &'s Store) -> BoxFuture<'s, Result<bool>>;
}

impl Reading {
    /// How far a follower came; 0 if it never ran.
    pub async fn cursor(&mut self, name: &str) -> Result<u64> {
        Ok(fetch_optional!(self, (i64,), GET, name)?.map_or(0, |(at,)| position(at)))
    }
}

impl Tx {
    /// Moves a cursor from where the follower read to where it came.
    ///
    /// # Errors
    /// [`Error::Conflict`] if another node was faster; then all it wrote is undone.
    pub async fn move_cursor(&mut self, name: &str, from: u64, to: u64) -> Result<()> {
        let now = self.now().millis();
        if from == 0 {
            execute!(self, BEGIN, name, now)?;
        }
        if execute!(self, MOVE, name, column(from), column(to), now)? == 1 {
            Ok(())
        } else {
            Err(Error::Conflict { current: 0 })
        }
    }
}

impl Store {
    /// Lets a follower run until the store stops.
    pub async fn follow(&self, mut follower: impl Follower) {
        let store = self.clone();
        let mut log = self.watch_log();
        let mut stop = self.watch_stop();
        let task = tokio::spawn(async move {
            loop {
                if *stop.borrow_and_update() {
                    return;
                }
                log.mark_unchanged();
                let rest = match follower.step(&store).await {
                    Ok(true) => follower.rest(),
                    Ok(false) => Duration::ZERO,
                    // Another node was faster: read on from where it came.
                    Err(Error::Conflict { .. }) => follower.rest(),
                    Err(Error::Stopped) => return,
                    Err(error) => {
                        tracing::error!("follower {} stands still: {error}", follower.name());
                        RECOVER
                    }
                };
                if rest > Duration::ZERO {
                    let _ = tokio::time::timeout(rest, stop.changed()).await;
                } else {
                    tokio::select! {
                        _ = stop.changed() => {}
                        changed = log.changed() => if changed.is_err() { return },
                        () = tokio::time::sleep(LOOK) => {}
                    }
                }
            }
        });
        self.keep_task(task).await;
    }

    /// Steps a follower until nothing is left, for `rebuild`, `simulate` and tests.
    pub async fn catch_up(&self, follower: &mut impl Follower) -> Result<()> {
        while follower.step(self).await? {}
        Ok(())
    }
}
