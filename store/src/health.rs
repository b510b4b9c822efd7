//! What `/readyz` asks.

use std::time::Duration;

use domain::time::Timestamp;

use crate::engine::{fetch_optional, statements};
use crate::tx::Reading;
use crate::{Error, Result, Store};

statements! {
    LAST_EVENT = "SELECT e.at FROM log l JOIN case_event e ON e.case_id = l.case_id \
                  AND e.version = l.version ORDER BY l.position DESC LIMIT 1";
}

impl Store {
    /// Whether the store takes writes now: a transaction that changes nothing is begun, committed
    /// and answered like any other, within two seconds.
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
