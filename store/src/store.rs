//! The store as the rest of the house sees it: read, write, stop. `open` makes one.

mod open;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use domain::time::Clock;
use futures::future::BoxFuture;
use sqlx::postgres::PgPool;
use sqlx::sqlite::SqlitePool;
use tokio::sync::{Mutex, Semaphore, mpsc, oneshot, watch};
use tokio::task::JoinHandle;

pub use open::{OpenOptions, Role, grant, migrate};

use crate::blobs::Blobs;
use crate::checkpoints::Checkpoints;
use crate::engine::{self, Address, Conn, EngineKind};
use crate::entropy::Entropy;
use crate::error::Fault;
use crate::keys::Keys;
use crate::lock::Lock;
use crate::tx::{LogEnd, Reading, Shared, Tx};
use crate::writer::{self, Pending, Queued, RERUNS};
use crate::{Error, Result};

/// A city's store. Cheap to clone; all clones are one store.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

pub(crate) struct Inner {
    address: Address,
    engine: Engine,
    shared: Shared,
    blobs: Blobs,
    checkpoints: Checkpoints,
    data_dir: PathBuf,
    position: watch::Receiver<u64>,
    tasks: Mutex<Vec<JoinHandle<()>>>,
    stopping: watch::Sender<bool>,
    lock: std::sync::Mutex<Option<Lock>>,
}

enum Engine {
    Sqlite {
        readers: SqlitePool,
        /// How long a statement that reads may run.
        limit: Option<Duration>,
        /// `None` once stopped, or when opened to look.
        queue: std::sync::Mutex<Option<mpsc::Sender<Box<dyn Queued>>>>,
    },
    Postgres {
        pool: PgPool,
        admission: Semaphore,
        writes: bool,
    },
}

impl Store {
    /// Which database stands behind.
    pub fn engine(&self) -> EngineKind {
        self.0.address.kind()
    }

    /// The folder of keys, photos, checkpoints and search index.
    pub fn data_dir(&self) -> &Path {
        &self.0.data_dir
    }

    /// The photos.
    pub fn blobs(&self) -> &Blobs {
        &self.0.blobs
    }

    /// The secrets.
    pub fn keys(&self) -> &Keys {
        &self.0.shared.keys
    }

    /// The signed checkpoints of this folder.
    pub fn checkpoints(&self) -> &Checkpoints {
        &self.0.checkpoints
    }

    /// The clock the store was opened with.
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.0.shared.clock
    }

    /// The source of chance the store was opened with.
    pub fn entropy(&self) -> &Arc<dyn Entropy> {
        &self.0.shared.entropy
    }

    /// The last position of the log that this process knows of. Cheap: the page cache asks it for
    /// every request. On PostgreSQL it may be up to 20 ms behind this process's own writes.
    pub fn log_position(&self) -> u64 {
        *self.0.position.borrow()
    }

    /// Changes whenever the log grows.
    pub fn watch_log(&self) -> watch::Receiver<u64> {
        self.0.position.clone()
    }

    /// `true` once [`Store::stop`] was called; followers end then.
    pub fn watch_stop(&self) -> watch::Receiver<bool> {
        self.0.stopping.subscribe()
    }

    /// A connection to read with; statements see what is committed when each of them begins.
    ///
    /// # Errors
    /// [`Error::Busy`] if no connection becomes free within two seconds. Of its statements,
    /// [`Error::TooLong`] where one runs longer than a server lets it.
    pub async fn read(&self) -> Result<Reading> {
        let conn = match &self.0.engine {
            Engine::Sqlite { readers, limit, .. } => {
                let mut conn = readers.acquire().await?;
                let watch = engine::watched(&mut conn, *limit).await?;
                Conn::SqlitePooled(conn, watch)
            }
            Engine::Postgres { pool, .. } => Conn::PostgresPooled(pool.acquire().await?),
        };
        Ok(Reading::new(conn, self.0.shared.clone()))
    }

    /// A connection whose statements all see one moment.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub async fn snapshot(&self) -> Result<Reading> {
        let conn = match &self.0.engine {
            Engine::Sqlite { readers, limit, .. } => {
                let mut conn = readers.begin().await?;
                let watch = engine::watched(&mut conn, *limit).await?;
                Conn::SqliteSnapshot(conn, watch)
            }
            Engine::Postgres { pool, .. } => Conn::PostgresTx(
                pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                    .await?,
            ),
        };
        let mut reading = Reading::new(conn, self.0.shared.clone());
        reading.begin_snapshot().await?;
        Ok(reading)
    }

    /// Runs `work` in a transaction and answers when its changes are on the disk.
    ///
    /// `work` loads, decides, appends and projects, and awaits nothing but its `Tx`: everybody who
    /// writes to SQLite waits for it. It may be run more than once, so all it changes must be in
    /// the `Tx`. Its error, or a panic, undoes its changes and nobody else's.
    ///
    /// # Errors
    /// The work's own, or [`Error::Busy`], [`Error::Full`], [`Error::Stopped`], [`Error::Panicked`].
    pub async fn write<W, T, E>(&self, work: W) -> Result<T, E>
    where
        W: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send + Sync + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        match &self.0.engine {
            Engine::Sqlite { queue, .. } => {
                let sender = queue
                    .lock()
                    .unwrap_or_else(std::sync::PoisonError::into_inner)
                    .clone()
                    .ok_or_else(|| E::from(Error::Stopped))?;
                let (answer, result) = oneshot::channel();
                let pending = Pending {
                    work,
                    result: None,
                    answer,
                };
                sender.try_send(Box::new(pending)).map_err(|refused| {
                    E::from(match refused {
                        mpsc::error::TrySendError::Full(_) => Error::Busy,
                        mpsc::error::TrySendError::Closed(_) => Error::Stopped,
                    })
                })?;
                drop(sender);
                result
                    .await
                    .unwrap_or_else(|_| Err(E::from(Error::Stopped)))
            }
            Engine::Postgres {
                pool,
                admission,
                writes,
            } => {
                if !writes || *self.0.stopping.borrow() {
                    return Err(E::from(Error::Stopped));
                }
                let _admitted = admission.try_acquire().map_err(|_| E::from(Error::Busy))?;
                self.write_postgres(pool, &work).await
            }
        }
    }

    async fn write_postgres<W, T, E>(&self, pool: &PgPool, work: &W) -> Result<T, E>
    where
        W: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send + Sync,
        E: From<Error>,
    {
        let mut run = 0;
        loop {
            let tx = pool.begin().await.map_err(|error| E::from(error.into()))?;
            let mut tx = Tx::new(Conn::PostgresTx(tx), self.0.shared.clone(), LogEnd::EMPTY);
            let result = writer::catch(work, &mut tx).await;
            let fault = tx.fault;
            let Conn::PostgresTx(transaction) = tx.into_conn() else {
                return Err(E::from(Error::Stopped));
            };
            let error = match result {
                Ok(value) => match transaction.commit().await {
                    Ok(()) => return Ok(value),
                    Err(error) if Fault::of(&error) == Fault::Retry => E::from(error.into()),
                    Err(error) => return Err(E::from(error.into())),
                },
                Err(error) => {
                    // The connection may be gone; then the server rolls back by itself.
                    let _ = transaction.rollback().await;
                    if fault != Fault::Retry {
                        return Err(error);
                    }
                    error
                }
            };
            if run == RERUNS {
                return Err(error);
            }
            run += 1;
            // Whoever was faster is done after a moment; a little spread keeps two from meeting
            // again and again.
            let spread: [u8; 1] = crate::entropy::draw(&*self.0.shared.entropy);
            tokio::time::sleep(Duration::from_millis(
                u64::from(run) * 2 + u64::from(spread[0] % 8),
            ))
            .await;
        }
    }

    /// Stops: no new work, the queue is worked off, a last checkpoint is signed.
    ///
    /// # Errors
    /// If the checkpoint cannot be written; everything acknowledged is on the disk all the same.
    pub async fn stop(&self) -> Result<()> {
        // A look changes nothing, so there is nothing to sign.
        let writes = self.writes();
        if let Engine::Sqlite { queue, .. } = &self.0.engine {
            queue
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner)
                .take();
        }
        self.0.stopping.send_replace(true);
        for task in self.0.tasks.lock().await.drain(..) {
            if let Err(error) = task.await {
                tracing::error!("a task of the store ended badly: {error}");
            }
        }
        if writes {
            self.checkpoint().await?;
        }
        match &self.0.engine {
            Engine::Sqlite { readers, .. } => readers.close().await,
            Engine::Postgres { pool, .. } => pool.close().await,
        }
        self.0
            .lock
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .take();
        Ok(())
    }

    pub(crate) fn writes(&self) -> bool {
        match &self.0.engine {
            Engine::Sqlite { queue, .. } => queue
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner)
                .is_some(),
            Engine::Postgres { writes, .. } => *writes && !*self.0.stopping.borrow(),
        }
    }

    /// Lets `task` end with the store.
    pub(crate) async fn keep_task(&self, task: JoinHandle<()>) {
        self.0.tasks.lock().await.push(task);
    }
}
