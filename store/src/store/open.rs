//! Opening a store, and what comes before it: the schema, and the role that may serve.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use domain::time::Clock;
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use tokio::sync::{Mutex, Semaphore, mpsc, watch};
use tokio::task::JoinHandle;

use super::{Engine, Inner, Store};
use crate::blobs::Blobs;
use crate::checkpoints::Checkpoints;
use crate::engine::{self, Address, Conn};
use crate::entropy::Entropy;
use crate::error::SchemaError;
use crate::keys::Keys;
use crate::lock::Lock;
use crate::sequencer::Sequencer;
use crate::tx::{LogEnd, Reading, Shared, Tx};
use crate::writer::{self, OnFatal, QUEUE, Writer};
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
    /// How long a statement of whoever serves may run: on SQLite those that read, since a work writes
    /// no more than a command.
    pub statement_limit: Duration,
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
            statement_limit: engine::SERVED_WITHIN,
        }
    }

    /// Whoever works through everything, alone or beside a server, takes the time it takes.
    fn limit(&self) -> Option<Duration> {
        (self.role == Role::Serve).then_some(self.statement_limit)
    }
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
        "REVOKE UPDATE, DELETE, TRUNCATE ON case_event, log, staff_log, city_change FROM {role}",
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
            clock: Arc::clone(&options.clock),
            entropy: Arc::clone(&options.entropy),
            keys,
        };
        let on_fatal = options.on_fatal.clone().unwrap_or_else(end_process);
        let blobs = Blobs::open(&data_dir.join("photos"), Arc::clone(&on_fatal))?;
        let checkpoints = Checkpoints::open(&data_dir.join("checkpoints"), &shared.keys)?;

        let (stopping, stop) = watch::channel(false);
        let opened = match &address {
            Address::Sqlite(connect) => sqlite(connect, &options, &shared, on_fatal).await?,
            Address::Postgres(connect) => postgres(connect, &options, &shared, stop).await?,
        };
        let store = Self(Arc::new(Inner {
            address,
            engine: opened.engine,
            shared,
            blobs,
            checkpoints,
            data_dir,
            position: opened.position,
            tasks: Mutex::new(opened.tasks),
            stopping,
            lock: std::sync::Mutex::new(lock),
        }));
        if options.role != Role::Look {
            store.remember_keys().await?;
        }
        // Also where it is written first: what is empty is folded by whoever fills it.
        let folded = options.role == Role::Look || store.is_folded_now().await?;
        if options.role == Role::Serve {
            if !folded {
                store.stop().await?;
                return Err(Error::Schema(SchemaError::Folded));
            }
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
}

/// An engine at work: what writes to it, and how far its log is known.
struct Opened {
    engine: Engine,
    position: watch::Receiver<u64>,
    tasks: Vec<JoinHandle<()>>,
}

async fn sqlite(
    connect: &SqliteConnectOptions,
    options: &OpenOptions,
    shared: &Shared,
    on_fatal: OnFatal,
) -> Result<Opened> {
    let mut writing = None;
    let mut tasks = Vec::new();
    if options.role != Role::Look {
        let conn = engine::sqlite_writer(connect).await?;
        writing = Some(Tx::new(Conn::Sqlite(conn), shared.clone(), LogEnd::EMPTY));
    }
    let readers = engine::sqlite_readers(connect, options.connections).await?;
    let conn = Conn::SqlitePooled(readers.acquire().await?, None);
    let end = writer::log_end(&mut Reading::new(conn, shared.clone())).await?;
    let (position, known) = watch::channel(end.position);
    let queue = writing.map(|mut tx| {
        tx.log_end = end;
        let (queue, works) = mpsc::channel(QUEUE);
        let writer = Writer {
            tx,
            queue: works,
            position,
            on_fatal,
        };
        tasks.push(tokio::spawn(writer.run()));
        queue
    });
    let queue = std::sync::Mutex::new(queue);
    Ok(Opened {
        engine: Engine::Sqlite {
            readers,
            limit: options.limit(),
            queue,
        },
        position: known,
        tasks,
    })
}

async fn postgres(
    connect: &PgConnectOptions,
    options: &OpenOptions,
    shared: &Shared,
    stop: watch::Receiver<bool>,
) -> Result<Opened> {
    let (n, unsafe_too) = (options.connections, options.allow_unsafe_postgres);
    let pool = engine::postgres(connect, n, options.limit(), unsafe_too).await?;
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
    // Read now, not by the sequencer's first turn: what asks at once must not be told of an
    // empty log.
    let conn = Conn::PostgresPooled(pool.acquire().await?);
    let end = writer::log_end(&mut Reading::new(conn, shared.clone())).await?;
    let (position, known) = watch::channel(end.position);
    let writes = options.role != Role::Look;
    let mut tasks = Vec::new();
    if writes {
        let sequencer = Sequencer::new(pool.clone(), shared.clone(), position, stop);
        tasks.push(tokio::spawn(sequencer.run()));
    }
    Ok(Opened {
        engine: Engine::Postgres {
            pool,
            admission: Semaphore::new(QUEUE),
            writes,
        },
        position: known,
        tasks,
    })
}

fn end_process() -> OnFatal {
    Arc::new(|why| {
        tracing::error!("ending the process, a write failed beyond repair: {why}");
        std::process::abort();
    })
}
