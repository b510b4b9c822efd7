//! Waiting tickets and proofs of work that were used: each opens the door once.

use domain::time::Timestamp;

use crate::Result;
use crate::engine::{execute, statements};
use crate::tx::Tx;

statements! {
    USE = "INSERT INTO ticket (id, until) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING";
    SWEEP = "DELETE FROM ticket WHERE until < $1";
}

impl Tx {
    /// Uses a ticket; `false` if it was used before. It is remembered until `until`, after which
    /// its own signature no longer holds.
    pub async fn use_ticket(&mut self, id: [u8; 32], until: Timestamp) -> Result<bool> {
        Ok(execute!(self, USE, id.as_slice(), until.millis())? == 1)
    }

    /// Forgets tickets that would not be accepted any more.
    pub async fn sweep_tickets(&mut self) -> Result<u64> {
        let now = self.now().millis();
        execute!(self, SWEEP, now)
    }
}
