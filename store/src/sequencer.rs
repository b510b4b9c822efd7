//! PostgreSQL only: many writers commit at once, so none of them can know an event's place in the
//! log. Each leaves a line in `unsequenced`; one sequencer, holding a lease, moves the lines to
//! `log` every 20 milliseconds.
//!
//! Two sequencers do no harm: the lease row is locked while one moves lines, and the primary key on
//! `position` stops whoever believes in an old lease. The versions of a case stay in order because
//! the line of version n takes its number after version n-1 was committed.

use std::time::Duration;

use domain::chain::{self, Hash};
use domain::time::Millis;
use sqlx::postgres::PgPool;
use tokio::sync::watch;

use crate::engine::{Conn, execute, fetch_all, fetch_optional};
use crate::entropy::draw;
use crate::error::Fault;
use crate::rows::{Rows, insert_rows};
use crate::tx::{LogEnd, Shared, Tx};
use crate::{Error, Result, log, writer};

/// How long an event may wait for its place.
const EVERY: Duration = Duration::from_millis(20);
/// How long others leave a sequencer alone that does not renew its lease.
const LEASE: Millis = Millis::seconds(2);
/// Lines of one turn.
const TURN: usize = 500;

#[cfg(any(test, feature = "testing"))]
pub(crate) const POSTGRES_STATEMENTS: &[(&str, &str)] = &[
    ("TAKE_LEASE", TAKE_LEASE),
    ("RELEASE", RELEASE),
    ("WAITING", WAITING),
    ("DONE", DONE),
    ("END", END),
];
const TAKE_LEASE: &str = "UPDATE sequencer SET holder = $1, until = $2 \
                          WHERE id = 1 AND (holder = $1 OR until < $3)";
const RELEASE: &str = "UPDATE sequencer SET until = 0 WHERE id = 1 AND holder = $1";
const WAITING: &str = "SELECT u.id, u.case_id, u.version, e.hash FROM unsequenced u \
                       JOIN case_event e ON e.case_id = u.case_id AND e.version = u.version \
                       ORDER BY u.id LIMIT 500";
/// How many events wait for their place.
pub(crate) const COUNT_WAITING: &str = "SELECT COUNT(*) FROM unsequenced";
const DONE: &str = "DELETE FROM unsequenced WHERE id <= $1";
const END: &str = "SELECT position FROM log ORDER BY position DESC LIMIT 1";

static LOG: Rows = Rows::new("INSERT INTO log (position, case_id, version, chain)", 4, "");

pub(crate) struct Sequencer {
    pool: PgPool,
    shared: Shared,
    holder: String,
    position: watch::Sender<u64>,
    stop: watch::Receiver<bool>,
}

impl Sequencer {
    pub(crate) fn new(
        pool: PgPool,
        shared: Shared,
        position: watch::Sender<u64>,
        stop: watch::Receiver<bool>,
    ) -> Self {
        let holder = hex::encode(draw::<16>(&*shared.entropy));
        Self {
            pool,
            shared,
            holder,
            position,
            stop,
        }
    }

    /// Sequences until the store stops, and a last time then.
    pub(crate) async fn run(mut self) {
        loop {
            let stopping = *self.stop.borrow();
            match self.turn().await {
                // A full turn: more may wait.
                Ok(TURN) => continue,
                Ok(_) => {}
                // Another node moved lines at the same time.
                Err(Error::Driver(error)) if Fault::of(&error) == Fault::Retry => {}
                Err(error) => {
                    tracing::error!("the sequencer could not move events to the log: {error}");
                    tokio::time::sleep(Duration::from_millis(500)).await;
                }
            }
            if stopping {
                // Others need not wait for the lease to run out.
                let gone = sqlx::query(RELEASE)
                    .bind(&self.holder)
                    .execute(&self.pool)
                    .await;
                if let Err(error) = gone {
                    tracing::warn!("the sequencer's lease stays until it runs out: {error}");
                }
                return;
            }
            // Woken by the stop as well.
            let _ = tokio::time::timeout(EVERY, self.stop.changed()).await;
        }
    }

    /// Moves what waits; answers how many lines.
    async fn turn(&mut self) -> Result<usize> {
        // One snapshot for the whole turn: a line with a lower number may be committed while it runs,
        // and must be neither removed nor passed by.
        let tx = self
            .pool
            .begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ")
            .await?;
        let mut tx = Tx::new(Conn::PostgresTx(tx), self.shared.clone(), LogEnd::EMPTY);
        let moved = self.move_lines(&mut tx).await;
        let Conn::PostgresTx(transaction) = tx.into_conn() else {
            return Err(Error::Stopped);
        };
        match moved {
            Ok((moved, end)) => {
                transaction.commit().await?;
                self.position
                    .send_if_modified(|known| std::mem::replace(known, end) != end);
                Ok(moved)
            }
            Err(error) => {
                transaction.rollback().await?;
                Err(error)
            }
        }
    }

    async fn move_lines(&self, tx: &mut Tx) -> Result<(usize, u64)> {
        let now = self.shared.clock.now();
        let until = now.plus(LEASE).millis();
        let held = execute!(tx, TAKE_LEASE, self.holder.as_str(), until, now.millis())? == 1;
        type Line = (i64, String, i64, Vec<u8>);
        let lines: Vec<Line> = if held {
            fetch_all!(tx, Line, WAITING)?
        } else {
            Vec::new()
        };
        let Some((last, ..)) = lines.last() else {
            let end = fetch_optional!(tx, (i64,), END)?;
            return Ok((0, end.map_or(0, |(position,)| log::position(position))));
        };
        let last = *last;
        let mut end = writer::log_end(tx).await?;
        let mut rows = Vec::with_capacity(lines.len());
        for (_, case, version, hash) in &lines {
            let hash: Hash = hash
                .as_slice()
                .try_into()
                .map_err(|_| Error::corrupt("case_event", "hash", format!("{case}/{version}")))?;
            end.position += 1;
            end.chain = chain::next(&end.chain, &hash);
            rows.push((
                log::column(end.position),
                case.as_str(),
                *version,
                end.chain,
            ));
        }
        insert_rows!(
            tx,
            LOG,
            rows,
            |(position, case, version, chain)| *position,
            *case,
            *version,
            chain.as_slice()
        )
        .await?;
        execute!(tx, DONE, last)?;
        Ok((lines.len(), end.position))
    }
}
