//! Work that is owed to the outside: mail, web hooks, escalations. A job is added in the transaction
//! of whatever owes it and unique by position, kind and recipient; it is done at least once and must
//! therefore be harmless twice.

use domain::ids::CaseId;
use domain::time::{Millis, Timestamp};

use crate::cases::number;
use crate::engine::{EngineKind, execute, fetch_all, statements};
use crate::log::column;
use crate::tx::{Reading, Tx};
use crate::{Error, Result};

statements! {
    ADD = "INSERT INTO job (id, position, kind, recipient, payload, attempts, next_at, done_at, \
           dead, last_error) VALUES ($1, $2, $3, $4, $5, 0, $6, NULL, 0, '') \
           ON CONFLICT (position, kind, recipient) DO NOTHING";
    DUE = "SELECT id, position, kind, recipient, payload, attempts FROM job \
           WHERE done_at IS NULL AND dead = 0 AND next_at <= $1 ORDER BY next_at, id LIMIT 20";
    DUE_OF = "SELECT id, position, kind, recipient, payload, attempts FROM job \
              WHERE done_at IS NULL AND dead = 0 AND next_at <= $1 AND kind = $2 \
              ORDER BY next_at, id LIMIT 20";
    BEFORE = "SELECT id FROM job WHERE done_at IS NULL AND dead = 0 AND kind = $1 \
              AND recipient = $2 AND position < $3";
    TAKE = "UPDATE job SET next_at = $2, attempts = attempts + 1 WHERE id = $1";
    DONE = "UPDATE job SET done_at = $2 WHERE id = $1";
    FAIL = "UPDATE job SET next_at = $2, last_error = $3, dead = $4 WHERE id = $1";
    DEAD = "SELECT kind, recipient, attempts, last_error FROM job WHERE dead = 1 \
            ORDER BY next_at LIMIT 100";
    REVIVE = "UPDATE job SET dead = 0, attempts = 0, next_at = $1 WHERE dead = 1";
    SWEEP = "DELETE FROM job WHERE done_at < $1";
    CLOCKS_DUE = "SELECT case_id, id, due FROM clock WHERE running = 1 AND due <= $1 \
                  AND (due, case_id, id) > ($2, $3, $4) ORDER BY due, case_id, id LIMIT 200";
}

/// PostgreSQL only: two nodes take different jobs.
#[cfg(any(test, feature = "testing"))]
pub(crate) const POSTGRES_STATEMENTS: &[(&str, &str)] = &[
    ("DUE_SKIP_LOCKED", DUE_SKIP_LOCKED),
    ("DUE_OF_SKIP_LOCKED", DUE_OF_SKIP_LOCKED),
];
const DUE_OF_SKIP_LOCKED: &str = "SELECT id, position, kind, recipient, payload, attempts FROM job \
                                  WHERE done_at IS NULL AND dead = 0 AND next_at <= $1 AND kind = $2 \
                                  ORDER BY next_at, id LIMIT 20 FOR UPDATE SKIP LOCKED";
const DUE_SKIP_LOCKED: &str = "SELECT id, position, kind, recipient, payload, attempts FROM job \
                               WHERE done_at IS NULL AND dead = 0 AND next_at <= $1 \
                               ORDER BY next_at, id LIMIT 20 FOR UPDATE SKIP LOCKED";

/// Until when a taken job is left to whoever took it.
const TAKEN_FOR: Millis = Millis::minutes(5);
/// After this many tries a job is put aside, where an administrator sees it.
pub const ATTEMPTS: u32 = 10;

/// Something owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its id.
    pub id: String,
    /// The event it came from; 0 for a clock's.
    pub position: u64,
    /// What kind.
    pub kind: String,
    /// To whom: never a person's address, only what one is looked up by.
    pub recipient: String,
    /// What else is needed, as the kind has it.
    pub payload: String,
    /// Tries, this one included.
    pub attempts: u32,
}

/// A job that was put aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadJob {
    /// What kind.
    pub kind: String,
    /// To whom, as in [`Job::recipient`].
    pub recipient: String,
    /// Tries.
    pub attempts: u32,
    /// Why the last one failed; names no address.
    pub why: String,
}

/// A clock that runs and is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueClock {
    /// The case.
    pub case: CaseId,
    /// The clock's number within it.
    pub clock: u32,
    /// When it is late, or would be if it stood still as long as it may.
    pub due: Timestamp,
}

type Row = (String, i64, String, String, String, i64);

fn job((id, position, kind, recipient, payload, attempts): Row) -> Job {
    Job {
        id,
        position: crate::log::position(position),
        kind,
        recipient,
        payload,
        attempts: number(attempts),
    }
}

impl Tx {
    /// Owes something, not before `at`; `false` if it is owed already.
    pub async fn add_job(
        &mut self,
        position: u64,
        kind: &str,
        recipient: &str,
        payload: &str,
        at: Timestamp,
    ) -> Result<bool> {
        let mut random = [0; 10];
        self.random(&mut random);
        let id = CaseId::new(self.now(), random).to_string();
        let added = execute!(
            self,
            ADD,
            id,
            column(position),
            kind,
            recipient,
            payload,
            at.millis()
        )?;
        Ok(added == 1)
    }

    /// Takes jobs that are due, for five minutes: one that is neither finished nor failed by then
    /// is taken again.
    pub async fn take_jobs(&mut self) -> Result<Vec<Job>> {
        let now = self.now();
        let sql = if self.engine() == EngineKind::Postgres {
            DUE_SKIP_LOCKED
        } else {
            DUE
        };
        let rows = fetch_all!(self, Row, sql, now.millis())?;
        self.take(rows, now).await
    }

    /// As [`Tx::take_jobs`], of one kind alone.
    pub async fn take_jobs_of(&mut self, kind: &str) -> Result<Vec<Job>> {
        let now = self.now();
        let sql = if self.engine() == EngineKind::Postgres {
            DUE_OF_SKIP_LOCKED
        } else {
            DUE_OF
        };
        let rows = fetch_all!(self, Row, sql, now.millis(), kind)?;
        self.take(rows, now).await
    }

    async fn take(&mut self, rows: Vec<Row>, now: Timestamp) -> Result<Vec<Job>> {
        let mut jobs = Vec::with_capacity(rows.len());
        for row in rows {
            let mut job = job(row);
            execute!(self, TAKE, job.id.as_str(), now.plus(TAKEN_FOR).millis())?;
            job.attempts += 1;
            jobs.push(job);
        }
        Ok(jobs)
    }

    /// The ids of what is owed to a recipient from before a position, due or not.
    pub async fn jobs_before(
        &mut self,
        kind: &str,
        recipient: &str,
        position: u64,
    ) -> Result<Vec<String>> {
        type Row = (String,);
        let rows = fetch_all!(self, Row, BEFORE, kind, recipient, column(position))?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }

    /// It was done.
    pub async fn finish_job(&mut self, id: &str) -> Result<()> {
        let now = self.now().millis();
        execute!(self, DONE, id, now).map(|_| ())
    }

    /// It could not be done: try again later, each time twice as late, at last put it aside.
    pub async fn fail_job(&mut self, job: &Job, why: &str) -> Result<()> {
        let wait = Millis::seconds(30 << job.attempts.min(11));
        let next = self.now().plus(wait).millis();
        let dead = i64::from(job.attempts >= ATTEMPTS);
        execute!(self, FAIL, job.id.as_str(), next, why, dead).map(|_| ())
    }

    /// Has everything that was put aside tried again, as if for the first time.
    pub async fn revive_jobs(&mut self) -> Result<u64> {
        let now = self.now().millis();
        execute!(self, REVIVE, now)
    }

    /// Forgets jobs that were done before `before`.
    pub async fn sweep_jobs(&mut self, before: Timestamp) -> Result<u64> {
        execute!(self, SWEEP, before.millis())
    }
}

impl Reading {
    /// At most 100 jobs that were put aside.
    pub async fn dead_jobs(&mut self) -> Result<Vec<DeadJob>> {
        type Row = (String, String, i64, String);
        let rows = fetch_all!(self, Row, DEAD)?;
        Ok(rows
            .into_iter()
            .map(|(kind, recipient, attempts, why)| DeadJob {
                kind,
                recipient,
                attempts: number(attempts),
                why,
            })
            .collect())
    }

    /// At most 200 clocks that run and run out after `from`, at `to` at the latest: soonest first, after
    /// the one given.
    pub async fn clocks_due(
        &mut self,
        from: Timestamp,
        to: Timestamp,
        after: Option<&DueClock>,
    ) -> Result<Vec<DueClock>> {
        type Row = (String, i64, i64);
        let first = from.plus(Millis::new(1)).millis();
        let (due, case, clock) = after.map_or((first, String::new(), -1), |after| {
            (
                after.due.millis(),
                after.case.to_string(),
                i64::from(after.clock),
            )
        });
        let rows = fetch_all!(self, Row, CLOCKS_DUE, to.millis(), due, case, clock)?;
        rows.into_iter()
            .map(|(case, clock, due)| {
                Ok(DueClock {
                    case: case
                        .parse()
                        .map_err(|_| Error::corrupt("clock", "case_id", &case))?,
                    clock: number(clock),
                    due: Timestamp::from_millis(due),
                })
            })
            .collect()
    }
}
