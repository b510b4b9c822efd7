//! Waiting tickets and proofs of work count once.

use domain::time::Timestamp;
use futures::FutureExt as _;

use crate::{Desk, Error, Result};

/// Uses a ticket up; false if it was used before.
///
/// # Errors
/// If the store does not answer: nobody passes on a ticket that cannot be checked.
pub async fn spend(desk: &Desk, id: [u8; 32], until: Timestamp) -> Result<bool> {
    desk.store
        .write::<_, bool, Error>(move |tx| {
            async move { Ok(tx.use_ticket(id, until).await?) }.boxed()
        })
        .await
}
