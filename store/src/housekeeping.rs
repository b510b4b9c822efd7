//! What a running server does by itself: sign checkpoints and throw away what has had its time.

use std::time::Duration;

use domain::time::{Millis, Timestamp};

use crate::engine::{fetch_optional, statements};
use crate::tx::Reading;
use crate::{Error, Result, Store};

statements! {
    LAST_EVENT = "SELECT e.at FROM log l JOIN case_event e ON e.case_id = l.case_id \
                  AND e.version = l.version ORDER BY l.position DESC LIMIT 1";
}

/// How often a checkpoint is signed.
const CHECKPOINT_EVERY: Duration = Duration::from_secs(5 * 60);
/// Every how many checkpoints the blobs are looked through: once a day.
const BLOBS_EVERY: u32 = 288;
/// How long a job that was done is remembered.
const JOBS_FOR: Millis = Millis::days(30);

impl Store {
    /// Keeps house until the store stops: a checkpoint every five minutes, and sweeps of sessions,
    /// tickets, staged photos, done jobs and blobs nobody names.
    pub async fn keep_house(&self) {
        let store = self.clone();
        let mut stop = self.watch_stop();
        let task = tokio::spawn(async move {
            let mut round: u32 = 0;
            loop {
                if tokio::time::timeout(CHECKPOINT_EVERY, stop.wait_for(|stop| *stop))
                    .await
                    .is_ok()
                {
                    return;
                }
                round = round.wrapping_add(1);
                if let Err(error) = store
                    .keep_house_once(round.is_multiple_of(BLOBS_EVERY))
                    .await
                {
                    tracing::error!("housekeeping: {error}");
                }
            }
        });
        self.keep_task(task).await;
    }

    /// One round of housekeeping; `blobs` also looks through all photos.
    ///
    /// # Errors
    /// The first thing that could not be done; what comes after it waits for the next round.
    pub async fn keep_house_once(&self, blobs: bool) -> Result<()> {
        self.checkpoint().await?;
        let before = Timestamp::from_millis(self.clock().now().millis() - JOBS_FOR.millis());
        self.write::<_, (), Error>(move |tx| {
            Box::pin(async move {
                tx.sweep_tracking().await?;
                tx.sweep_staff().await?;
                tx.sweep_tickets().await?;
                tx.sweep_jobs(before).await?;
                Ok(())
            })
        })
        .await?;
        self.sweep_staging().await?;
        if blobs {
            self.sweep_blobs().await?;
        }
        Ok(())
    }

    /// Whether the store takes writes now, for `/readyz`: a transaction that changes nothing is
    /// begun, committed and answered like any other.
    pub async fn can_write(&self) -> bool {
        let write = self.write::<_, (), Error>(|_tx| Box::pin(async { Ok(()) }));
        matches!(
            tokio::time::timeout(Duration::from_secs(2), write).await,
            Ok(Ok(()))
        )
    }
}

impl Reading {
    /// When the last event of the log happened: a clock that is before it was set back.
    pub async fn last_event_at(&mut self) -> Result<Option<Timestamp>> {
        let row = fetch_optional!(self, (i64,), LAST_EVENT)?;
        Ok(row.map(|(at,)| Timestamp::from_millis(at)))
    }
}
