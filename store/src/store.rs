//! The store as the rest of the house sees it: open, read, write, stop.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use domain::time::Clock;
use futures::future::BoxFuture;
use sqlx::postgres::PgPool;
use sqlx::sqlite::SqlitePool;
use tokio::sync::{Mutex, Semaphore, mpsc, oneshot, watch};
use tokio::task::JoinHandle;

use crate::blobs::Blobs;
use crate::checkpoints::Checkpoints;
use crate::engine::{self, Address, Conn, EngineKind};
use crate::entropy::Entropy;
use crate::error::Fault;
use crate::keys::Keys;
use crate::lock::Lock;
use crate::sequencer;
use crate::tx::{LogEnd, Reading, Shared, Tx};
use crate::writer::{self, OnFatal, Pending, QUEUE, Queued, RERUNS, Writer};
use crate::{Error, Result, meta, schema};

/// What the store is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// `serve` and whatever works beside a running server's database: the schema must fit.
    Serve,
    /// `migrate`, `simulate`, `rebuild` and whatever must be alone: missing migrations are applied.
    Maintain,
    /// `verify`, `export`, `who-saw` and whatever only looks beside a running server: takes no
    /// lock and refuses to write.
    Look,
}

/// How to open a store.
#[derive(Clone)]
pub struct OpenOptions {
    /// `sqlite:path` or `postgres://…`.
    pub url: String,
    /// Folder of keys, photos, checkpoints, search index and lock.
    pub data_dir: PathBuf,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Chance: must be [`crate::OsEntropy`] wherever a secret is made.
    pub entropy: Arc<dyn Entropy>,
    /// What for.
    pub role: Role,
    /// The demo city: its database role may own the tables.
    pub demo: bool,
    /// Accept a PostgreSQL that may lose what it acknowledged.
    pub allow_unsafe_postgres: bool,
    /// What to do when a write failed beyond repair; `None` ends the process.
    pub on_fatal: Option<OnFatal>,
    /// Connections for reading (SQLite) or for everything (PostgreSQL).
    pub connections: u32,
}

impl OpenOptions {
    /// The usual: a server over `url` and `data_dir`.
    pub fn new(
        url: impl Into<String>,
        data_dir: impl Into<PathBuf>,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Self {
        Self {
            url: url.into(),
            data_dir: data_dir.into(),
            clock,
            entropy,
            role: Role::Serve,
            demo: false,
            allow_unsafe_postgres: false,
            on_fatal: None,
            connections: 8,
        }
    }
}

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
        /// `None` once stopped, or when opened to look.
        queue: std::sync::Mutex<Option<mpsc::Sender<Box<dyn Queued>>>>,
    },
    Postgres {
        pool: PgPool,
        admission: Semaphore,
        writes: bool,
    },
}

/// Applies the migrations that are missing, all or none; answers their names. Takes the folder's
/// lock, so a server on it must be stopped first.
///
/// # Errors
/// [`Error::Locked`], [`Error::Schema`], or whatever the database says.
pub async fn migrate(url: &str, data_dir: &Path) -> Result<Vec<&'static str>> {
    std::fs::create_dir_all(data_dir).map_err(Error::file(data_dir))?;
    let _lock = Lock::take(data_dir)?;
    schema::migrate(&Address::parse(url)?).await
}

/// PostgreSQL: lets `role` serve. It may do everything with projections and sessions, add to
/// `case_event` and `log`, and change neither. To be run with the owner's address after `migrate`.
///
/// # Errors
/// [`Error::Address`] on SQLite or for a role name of other than `a-z`, `0-9` and `_`; whatever the
/// database says.
pub async fn grant(url: &str, role: &str) -> Result<()> {
    use sqlx::{ConnectOptions as _, Connection as _};
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if role.is_empty() || !role.chars().all(plain) {
        return Err(Error::Address(
            "a role is named with a-z, 0-9 and _".to_owned(),
        ));
    }
    let Address::Postgres(options) = Address::parse(url)? else {
        return Err(Error::Address("only PostgreSQL has roles".to_owned()));
    };
    let mut conn = options.connect().await?;
    for statement in [
        "GRANT USAGE ON SCHEMA public TO {role}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}",
        "REVOKE UPDATE, DELETE, TRUNCATE ON case_event, log FROM {role}",
        "REVOKE INSERT, UPDATE, DELETE ON schema_version FROM {role}",
    ] {
        let sql = sqlx::AssertSqlSafe(statement.replace("{role}", role));
        sqlx::raw_sql(sql).execute(&mut conn).await?;
    }
    conn.close().await?;
    Ok(())
}

impl Store {
    /// Opens a store.
    ///
    /// # Errors
    /// [`Error::Locked`], [`Error::Schema`], [`Error::Unsafe`], [`Error::Keys`], or whatever the
    /// database or the disk says.
    pub async fn open(options: OpenOptions) -> Result<Self> {
        let data_dir = options.data_dir.clone();
        std::fs::create_dir_all(&data_dir).map_err(Error::file(&data_dir))?;
        let address = Address::parse(&options.url)?;
        let lock = match options.role {
            Role::Look => None,
            Role::Serve | Role::Maintain => Some(Lock::take(&data_dir)?),
        };
        if options.role == Role::Maintain {
            schema::migrate(&address).await?;
        }
        schema::check(&address).await?;

        let keys_dir = data_dir.join("keys");
        let may_make_keys = options.role != Role::Look && !meta::knows_keys(&address).await?;
        let keys = Arc::new(Keys::open(&keys_dir, may_make_keys, &*options.entropy)?);
        let shared = Shared {
            clock: options.clock,
            entropy: options.entropy,
            keys,
        };
        let blobs = Blobs::open(&data_dir.join("photos"))?;
        let checkpoints = Checkpoints::open(&data_dir.join("checkpoints"), &shared.keys)?;

        let (position, known) = watch::channel(0);
        let (stopping, stop) = watch::channel(false);
        let mut tasks = Vec::new();
        let writes = options.role != Role::Look;
        let engine = match &address {
            Address::Sqlite(connect) => {
                let queue = if writes {
                    let conn = engine::sqlite_writer(connect).await?;
                    let mut tx = Tx::new(Conn::Sqlite(conn), shared.clone(), LogEnd::EMPTY);
                    tx.log_end = writer::log_end(&mut tx).await?;
                    position.send_replace(tx.log_end.position);
                    let (queue, works) = mpsc::channel(QUEUE);
                    let on_fatal = options.on_fatal.unwrap_or_else(end_process);
                    let writer = Writer {
                        tx,
                        queue: works,
                        position,
                        on_fatal,
                    };
                    tasks.push(tokio::spawn(writer.run()));
                    Some(queue)
                } else {
                    None
                };
                let readers = engine::sqlite_readers(connect, options.connections).await?;
                Engine::Sqlite {
                    readers,
                    queue: std::sync::Mutex::new(queue),
                }
            }
            Address::Postgres(connect) => {
                let pool =
                    engine::postgres(connect, options.connections, options.allow_unsafe_postgres)
                        .await?;
                if options.role == Role::Serve
                    && !options.demo
                    && engine::postgres_role_owns_events(&pool).await?
                {
                    return Err(Error::Unsafe(
                        "the database role owns case_event and could change what happened; \
                         serve with a role that was only granted INSERT and SELECT on it"
                            .to_owned(),
                    ));
                }
                if writes {
                    let sequencer =
                        sequencer::Sequencer::new(pool.clone(), shared.clone(), position, stop);
                    tasks.push(tokio::spawn(sequencer.run()));
                }
                Engine::Postgres {
                    pool,
                    admission: Semaphore::new(QUEUE),
                    writes,
                }
            }
        };
        let store = Self(Arc::new(Inner {
            address,
            engine,
            shared,
            blobs,
            checkpoints,
            data_dir,
            position: known,
            tasks: Mutex::new(tasks),
            stopping,
            lock: std::sync::Mutex::new(lock),
        }));
        if writes {
            store.remember_keys().await?;
        }
        if options.role == Role::Serve {
            store.refuse_older_than_signed().await?;
        }
        Ok(store)
    }

    /// A log that ends before what was signed has lost events: yesterday's copy was put back, or
    /// its tail was cut. Going on would write another history over the signed one.
    async fn refuse_older_than_signed(&self) -> Result<()> {
        let Some(signed) = self.checkpoints().last()? else {
            return Ok(());
        };
        let (end, _) = self.read().await?.log_end().await?;
        if signed.position <= end {
            return Ok(());
        }
        Err(Error::Unsafe(format!(
            "the log ends at {end}, but {} was signed: this database is older than its \
             checkpoints. Run `huiyin verify`; if an older copy was restored on purpose, move the \
             newer files of checkpoints/ away first",
            signed.position
        )))
    }

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
    /// [`Error::Busy`] if no connection becomes free within two seconds.
    pub async fn read(&self) -> Result<Reading> {
        let conn = match &self.0.engine {
            Engine::Sqlite { readers, .. } => Conn::SqlitePooled(readers.acquire().await?),
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
            Engine::Sqlite { readers, .. } => Conn::SqliteSnapshot(readers.begin().await?),
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

fn end_process() -> OnFatal {
    Arc::new(|why| {
        tracing::error!("ending the process, a write failed beyond repair: {why}");
        std::process::abort();
    })
}
