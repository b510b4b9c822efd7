//! Sweeping what has had its time.

use domain::time::Millis;
use futures::FutureExt as _;

use crate::{Desk, Error, Result};

/// How long a job that was done is remembered: for whoever asks whether the mail went out, and so
/// that what owes it twice in this time owes it once. Jobs that were put aside stay.
pub const DONE_JOBS_KEPT: Millis = Millis::days(30);

/// Staged photos after a day, blobs that nothing names, idle sessions, used tickets, and jobs that
/// were done [`DONE_JOBS_KEPT`] ago.
///
/// # Errors
/// The store's; what was swept until then stays swept.
pub async fn all(desk: &Desk) -> Result<()> {
    desk.store.sweep_staging().await?;
    desk.store.sweep_blobs().await?;
    desk.store
        .write::<_, (), Error>(|tx| {
            async move {
                tx.sweep_tracking().await?;
                tx.sweep_staff().await?;
                tx.sweep_tickets().await?;
                let before = tx.now().plus(Millis::new(-DONE_JOBS_KEPT.millis()));
                tx.sweep_jobs(before).await?;
                Ok(())
            }
            .boxed()
        })
        .await
}
