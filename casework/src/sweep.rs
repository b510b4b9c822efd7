//! Sweeping what has had its time.

use futures::FutureExt as _;

use crate::{Desk, Error, Result};

/// Staged photos after a day, blobs that nothing names, idle sessions, used tickets.
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
                Ok(())
            }
            .boxed()
        })
        .await
}
