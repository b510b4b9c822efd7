//! What a piece of work holds while it runs: [`Reading`] to look, [`Tx`] to look and write.
//!
//! A `Tx` can do all a `Reading` can, so a rule is checked against exactly the rows it changes.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use domain::chain::{GENESIS, Hash};
use domain::time::{Clock, Timestamp};

use crate::engine::{Conn, EngineKind, On};
use crate::entropy::Entropy;
use crate::error::Fault;
use crate::keys::Keys;
use crate::later::Later;
use crate::{Error, Result};

/// What every transaction needs besides its connection.
#[derive(Clone)]
pub(crate) struct Shared {
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) keys: Arc<Keys>,
}

/// A connection to read with.
pub struct Reading {
    pub(crate) conn: Conn,
    pub(crate) shared: Shared,
    /// The worst that happened on this connection since it was last cleared.
    pub(crate) fault: Fault,
    /// SQLite: statements that wait to be sent together.
    pub(crate) later: Later,
}

impl Reading {
    pub(crate) fn new(conn: Conn, shared: Shared) -> Self {
        Self {
            conn,
            shared,
            fault: Fault::None,
            later: Later::default(),
        }
    }

    /// Notes what a driver error means for the transaction, and makes it ours.
    pub(crate) fn failed(&mut self, error: sqlx::Error) -> Error {
        self.fault = self.fault.max(Fault::of(&error));
        error.into()
    }

    /// Which database this is. For tests and reports; statements do not ask.
    pub fn engine(&self) -> EngineKind {
        self.conn.kind()
    }

    /// The secrets.
    pub fn keys(&self) -> &Keys {
        &self.shared.keys
    }

    /// The time, from the clock the store was opened with.
    pub fn now(&self) -> Timestamp {
        self.shared.clock.now()
    }
}

/// The end of the log as SQLite's writer knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LogEnd {
    pub(crate) position: u64,
    pub(crate) chain: Hash,
}

impl LogEnd {
    pub(crate) const EMPTY: Self = Self {
        position: 0,
        chain: GENESIS,
    };
}

/// A connection inside a writing transaction, as a work of [`crate::Store::write`] gets it.
pub struct Tx {
    reading: Reading,
    /// SQLite: the log's end, moved by every append. PostgreSQL: not used, the sequencer knows.
    pub(crate) log_end: LogEnd,
}

impl Deref for Tx {
    type Target = Reading;
    fn deref(&self) -> &Reading {
        &self.reading
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Reading {
        &mut self.reading
    }
}

impl Tx {
    pub(crate) fn new(conn: Conn, shared: Shared, log_end: LogEnd) -> Self {
        Self {
            reading: Reading::new(conn, shared),
            log_end,
        }
    }

    pub(crate) fn into_conn(self) -> Conn {
        self.reading.conn
    }

    /// Runs a statement that frames works (`BEGIN`, `COMMIT`, …) past what waits.
    pub(crate) async fn frame(&mut self, sql: &'static str) -> Result<()> {
        let done = match self.conn.on() {
            On::Sqlite(conn) => sqlx::query(sql).execute(conn).await.map(|_| ()),
            On::Postgres(conn) => sqlx::query(sql).execute(conn).await.map(|_| ()),
        };
        done.map_err(|error| self.failed(error))
    }

    /// Fills `bytes` from the source of chance the store was opened with.
    pub fn random(&self, bytes: &mut [u8]) {
        self.shared.entropy.fill(bytes);
    }
}
