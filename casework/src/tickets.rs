//! Waiting tickets and proofs of work count once.

use domain::time::Timestamp;
use futures::FutureExt as _;

use crate::{Desk, Error, Result};

/// Uses a ticket up; false if it was used before.
///
/// # Errors
/// If the store does not answer: nobody passes on a ticket that cannot be checked.
pub async fn spend(desk: &Desk, ticket: &[u8; 16], until: Timestamp) -> Result<bool> {
    let mut id = [0; 32];
    id[..16].copy_from_slice(ticket);
    desk.store
        .write::<_, bool, Error>(move |tx| {
            async move { Ok(tx.use_ticket(id, until).await?) }.boxed()
        })
        .await
}
