//! SQLite's one writer. Works queue up; the writer takes all that wait, runs them in one
//! `BEGIN IMMEDIATE`, each under its own savepoint (set before its first change), commits once, and only then answers: one fsync
//! for a whole batch, and nobody hears "accepted" before it.
//!
//! The surprise: an error of one work leaves the others alone, but a failed `COMMIT` fails them all
//! and ends the process (security.md R4: after a failed fsync nobody knows what is on the disk, and
//! asking the page cache would be told a lie). A full disk is the exception: then nothing of the
//! batch was written, everybody is told so, and the writer goes on.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures::FutureExt as _;
use futures::future::BoxFuture;
use tokio::sync::{mpsc, oneshot, watch};

use crate::engine::fetch_optional;
use crate::error::Fault;
use crate::tx::{LogEnd, Tx};
use crate::{Error, Result};

/// Works that may wait. Beyond it: [`Error::Busy`].
pub(crate) const QUEUE: usize = 256;
/// Works of one batch: enough to share an fsync, few enough that the first does not wait long.
const BATCH: usize = 128;
/// Times a work is run again when a random number it drew was taken.
pub(crate) const RERUNS: u32 = 3;

/// Called when nobody knows any more what is on the disk. The default ends the process; a test's
/// remembers it.
pub type OnFatal = Arc<dyn Fn(&str) + Send + Sync>;

/// A work in the queue, its types hidden.
pub(crate) trait Queued: Send {
    /// Whether somebody still waits for the answer.
    fn wanted(&self) -> bool;
    /// Runs the work; `true` if its changes are to be kept.
    fn run<'t>(&'t mut self, tx: &'t mut Tx) -> BoxFuture<'t, bool>;
    /// Tells whoever waits: the work's own result, or why the batch failed.
    fn answer(self: Box<Self>, failed: Option<Error>);
}

/// A work that runs in a transaction.
pub(crate) struct Pending<W, T, E> {
    pub(crate) work: W,
    pub(crate) result: Option<Result<T, E>>,
    pub(crate) answer: oneshot::Sender<Result<T, E>>,
}

impl<W, T, E> Queued for Pending<W, T, E>
where
    W: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send + Sync,
    T: Send,
    E: From<Error> + Send,
{
    fn wanted(&self) -> bool {
        !self.answer.is_closed()
    }

    fn run<'t>(&'t mut self, tx: &'t mut Tx) -> BoxFuture<'t, bool> {
        Box::pin(async move {
            let result = catch(&self.work, tx).await;
            let keep = result.is_ok();
            self.result = Some(result);
            keep
        })
    }

    fn answer(self: Box<Self>, failed: Option<Error>) {
        let result = match failed {
            Some(error) => Err(E::from(error)),
            None => self.result.unwrap_or_else(|| Err(E::from(Error::Stopped))),
        };
        // Whoever asked may have gone; the work is done all the same.
        let _ = self.answer.send(result);
    }
}

/// Runs a work and turns a panic into an error.
pub(crate) async fn catch<W, T, E>(work: &W, tx: &mut Tx) -> Result<T, E>
where
    W: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send + Sync,
    E: From<Error>,
{
    let whole = async {
        let value = work(tx).await?;
        // What waited may fail only now, and then fails this work.
        tx.end_work().await?;
        Ok(value)
    };
    AssertUnwindSafe(whole)
        .catch_unwind()
        .await
        .unwrap_or_else(|_| {
            tracing::error!("a work panicked; its changes are undone");
            Err(E::from(Error::Panicked))
        })
}

/// What the writer task owns.
pub(crate) struct Writer {
    pub(crate) tx: Tx,
    pub(crate) queue: mpsc::Receiver<Box<dyn Queued>>,
    pub(crate) position: watch::Sender<u64>,
    pub(crate) on_fatal: OnFatal,
}

/// Why a batch did not commit.
enum Lost {
    /// Nothing was written; the writer goes on.
    Full,
    /// Nobody knows; the process ends.
    Fatal(String),
}

const LOG_END: &str = "SELECT position, chain FROM log ORDER BY position DESC LIMIT 1";

/// Reads the end of the log.
pub(crate) async fn log_end(reading: &mut crate::Reading) -> Result<LogEnd> {
    let row = fetch_optional!(reading, (i64, Vec<u8>), LOG_END)?;
    row.map_or(Ok(LogEnd::EMPTY), |(position, chain)| {
        let corrupt = || Error::corrupt("log", "chain", position);
        Ok(LogEnd {
            position: u64::try_from(position).map_err(|_| corrupt())?,
            chain: chain.try_into().map_err(|_| corrupt())?,
        })
    })
}

impl Writer {
    /// Works until every sender has gone and the queue is empty.
    pub(crate) async fn run(mut self) {
        while let Some(first) = self.queue.recv().await {
            let mut batch = vec![first];
            while batch.len() < BATCH {
                match self.queue.try_recv() {
                    Ok(next) => batch.push(next),
                    Err(_) => break,
                }
            }
            batch.retain(|work| work.wanted());
            if batch.is_empty() {
                continue;
            }
            match self.batch(&mut batch).await {
                Ok(()) => {
                    let position = self.tx.log_end.position;
                    self.position
                        .send_if_modified(|known| std::mem::replace(known, position) != position);
                    for work in batch {
                        work.answer(None);
                    }
                }
                Err(Lost::Full) => {
                    tracing::error!("the disk is full: {} works were refused", batch.len());
                    for work in batch {
                        work.answer(Some(Error::Full));
                    }
                }
                Err(Lost::Fatal(why)) => {
                    // First the end, then the answers: in a running server nobody hears them.
                    (self.on_fatal)(&why);
                    for work in batch {
                        work.answer(Some(Error::Fatal(why.clone())));
                    }
                    self.queue.close();
                    while let Some(work) = self.queue.recv().await {
                        work.answer(Some(Error::Stopped));
                    }
                    return;
                }
            }
        }
    }

    /// Runs a batch up to and with its COMMIT.
    async fn batch(&mut self, batch: &mut [Box<dyn Queued>]) -> Result<(), Lost> {
        let before = self.tx.log_end;
        self.tx.fault = Fault::None;
        let done = self.works(batch).await;
        if let Err(lost) = done {
            // SQLite may have rolled back already; then there is nothing to undo.
            let _ = self.tx.frame("ROLLBACK").await;
            self.tx.log_end = before;
            return Err(lost);
        }
        Ok(())
    }

    async fn works(&mut self, batch: &mut [Box<dyn Queued>]) -> Result<(), Lost> {
        self.statement("BEGIN IMMEDIATE").await?;
        for work in batch {
            for run in 0..=RERUNS {
                let before = self.tx.log_end;
                self.tx.fault = Fault::None;
                self.tx.begin_work();
                let keep = work.run(&mut self.tx).await;
                let fault = std::mem::take(&mut self.tx.fault);
                if fault == Fault::Fatal {
                    return Err(Lost::Fatal("a statement of the writer failed".to_owned()));
                }
                if keep {
                    if self.tx.is_waiting() {
                        return Err(Lost::Fatal("a work left statements behind".to_owned()));
                    }
                    break;
                }
                self.tx.log_end = before;
                if self.tx.give_up_work() {
                    if self.statement("ROLLBACK TO work").await.is_err() {
                        // The savepoint has gone: SQLite rolled the whole transaction back.
                        return Err(if fault == Fault::Full {
                            Lost::Full
                        } else {
                            Lost::Fatal("a savepoint could not be undone".to_owned())
                        });
                    }
                    self.statement("RELEASE work").await?;
                }
                if fault != Fault::Retry || run == RERUNS {
                    break;
                }
            }
        }
        self.statement("COMMIT").await
    }

    async fn statement(&mut self, sql: &'static str) -> Result<(), Lost> {
        match self.tx.frame(sql).await {
            Ok(()) => Ok(()),
            Err(Error::Full) => Err(Lost::Full),
            Err(error) => Err(Lost::Fatal(format!("{sql}: {error}"))),
        }
    }
}
