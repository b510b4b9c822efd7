//! The two real drivers behind one enum. A statement is one text, written in the subset both
//! understand, and [`execute!`] and its sisters expand the call once for each.
//!
//! The surprise: there is no generic over `Database` and no `sqlx::Any`. Both were tried by others
//! and given up (bounds explode; types are lost); a `match` of two arms is dull and holds.

use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use sqlx::{ConnectOptions, Postgres, Sqlite, Transaction};

use crate::{Error, Result};

/// Which database stands behind the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EngineKind {
    /// One file.
    Sqlite,
    /// A server.
    Postgres,
}

/// A connection in whatever form it is held.
pub(crate) enum Conn {
    /// The writer's only connection, and those of tests and migrations.
    Sqlite(SqliteConnection),
    SqlitePooled(PoolConnection<Sqlite>, Option<Watch>),
    SqliteSnapshot(Transaction<'static, Sqlite>, Option<Watch>),
    PostgresPooled(PoolConnection<Postgres>),
    PostgresTx(Transaction<'static, Postgres>),
}

/// A borrowed connection of one of the two drivers.
pub(crate) enum On<'c> {
    Sqlite(&'c mut SqliteConnection),
    Postgres(&'c mut PgConnection),
}

impl Conn {
    /// The connection, for the next statement.
    pub(crate) fn on(&mut self) -> On<'_> {
        if let Self::SqlitePooled(_, Some(watch)) | Self::SqliteSnapshot(_, Some(watch)) = self {
            watch.statement_begins();
        }
        match self {
            Self::Sqlite(conn) => On::Sqlite(conn),
            Self::SqlitePooled(conn, _) => On::Sqlite(conn),
            Self::SqliteSnapshot(conn, _) => On::Sqlite(conn),
            Self::PostgresPooled(conn) => On::Postgres(conn),
            Self::PostgresTx(conn) => On::Postgres(conn),
        }
    }

    pub(crate) fn kind(&self) -> EngineKind {
        match self {
            Self::Sqlite(_) | Self::SqlitePooled(..) | Self::SqliteSnapshot(..) => {
                EngineKind::Sqlite
            }
            Self::PostgresPooled(_) | Self::PostgresTx(_) => EngineKind::Postgres,
        }
    }
}

/// Runs one statement; answers the number of rows it touched.
macro_rules! execute {
    ($reading:expr, $sql:expr $(, $arg:expr)* $(,)?) => {{
        $reading.flush_before_change().await?;
        let done = match $reading.conn.on() {
            $crate::engine::On::Sqlite(conn) => {
                sqlx::query($sql)$(.bind($arg))*.execute(conn).await.map(|done| done.rows_affected())
            }
            $crate::engine::On::Postgres(conn) => {
                sqlx::query($sql)$(.bind($arg))*.execute(conn).await.map(|done| done.rows_affected())
            }
        };
        done.map_err(|error| $reading.failed(error))
    }};
}

/// All rows of one statement as `$row`.
macro_rules! fetch_all {
    ($reading:expr, $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => {{
        $reading.flush().await?;
        let rows = match $reading.conn.on() {
            $crate::engine::On::Sqlite(conn) => {
                sqlx::query_as::<_, $row>($sql)$(.bind($arg))*.fetch_all(conn).await
            }
            $crate::engine::On::Postgres(conn) => {
                sqlx::query_as::<_, $row>($sql)$(.bind($arg))*.fetch_all(conn).await
            }
        };
        rows.map_err(|error| $reading.failed(error))
    }};
}

/// The row of one statement, if there is one.
macro_rules! fetch_optional {
    ($reading:expr, $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => {{
        $reading.flush().await?;
        let row = match $reading.conn.on() {
            $crate::engine::On::Sqlite(conn) => {
                sqlx::query_as::<_, $row>($sql)$(.bind($arg))*.fetch_optional(conn).await
            }
            $crate::engine::On::Postgres(conn) => {
                sqlx::query_as::<_, $row>($sql)$(.bind($arg))*.fetch_optional(conn).await
            }
        };
        row.map_err(|error| $reading.failed(error))
    }};
}

/// Names the statements of a file and lists them, so that tests prepare each on both engines.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:expr;)+) => {
        $($(#[$doc])* const $name: &str = $sql;)+
        #[cfg(any(test, feature = "testing"))]
        pub(crate) const STATEMENTS: &[(&str, &str)] = &[$((stringify!($name), $sql)),+];
    };
}

pub(crate) use {execute, fetch_all, fetch_optional, statements};

/// Where the database is.
#[derive(Debug, Clone)]
pub(crate) enum Address {
    Sqlite(SqliteConnectOptions),
    Postgres(PgConnectOptions),
}

/// How long a statement of a server may run: one that takes longer was asked for too much, and others wait
/// for its connection (security.md F6). Commands that work through everything have more.
pub(crate) const SERVED_WITHIN: Duration = Duration::from_secs(5);
/// How long a statement of any program may run, wait for a lock, or leave a transaction idle on PostgreSQL.
const STATEMENT_LIMIT: &str = "15s";
const LOCK_LIMIT: &str = "5s";
const IDLE_LIMIT: &str = "15s";
/// How long a request waits for a connection before it is told to come back.
const ACQUIRE_LIMIT: Duration = Duration::from_secs(2);

impl Address {
    /// Understands `sqlite:path` and `postgres://…`.
    pub(crate) fn parse(url: &str) -> Result<Self> {
        let wrong = |error: sqlx::Error| Error::Address(error.to_string());
        if url.starts_with("sqlite:") {
            let options = SqliteConnectOptions::from_str(url)
                .map_err(wrong)?
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(5))
                .pragma("temp_store", "MEMORY")
                .pragma("mmap_size", "268435456")
                .pragma("cache_size", "-16384")
                // An erased text leaves no copy in a free page (security.md R32).
                .pragma("secure_delete", "ON")
                .pragma("journal_size_limit", "67108864")
                .statement_cache_capacity(256)
                .disable_statement_logging();
            Ok(Self::Sqlite(options))
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let options = PgConnectOptions::from_str(url)
                .map_err(wrong)?
                .application_name("huiyin")
                .options([
                    ("statement_timeout", STATEMENT_LIMIT),
                    ("lock_timeout", LOCK_LIMIT),
                    ("idle_in_transaction_session_timeout", IDLE_LIMIT),
                ])
                .statement_cache_capacity(256)
                .disable_statement_logging();
            Ok(Self::Postgres(options))
        } else {
            Err(Error::Address(
                "it must begin with sqlite: or postgres:// (the address is not repeated here, it \
                 may hold a password)"
                    .to_owned(),
            ))
        }
    }

    pub(crate) fn kind(&self) -> EngineKind {
        match self {
            Self::Sqlite(_) => EngineKind::Sqlite,
            Self::Postgres(_) => EngineKind::Postgres,
        }
    }
}

/// Opens SQLite's readers. They cannot write: `query_only` makes a forgotten write an error.
pub(crate) async fn sqlite_readers(options: &SqliteConnectOptions, n: u32) -> Result<SqlitePool> {
    Ok(SqlitePoolOptions::new()
        .max_connections(n)
        .acquire_timeout(ACQUIRE_LIMIT)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .connect_with(options.clone().pragma("query_only", "ON"))
        .await?)
}

/// Steps of SQLite's machine between two looks at the time: less than a millisecond's work.
const STEPS: i32 = 10_000;

/// Since when a statement runs on a connection of SQLite's.
#[derive(Clone)]
pub(crate) struct Watch {
    begun: Instant,
    /// Milliseconds after `begun`.
    since: Arc<AtomicU64>,
}

impl Watch {
    fn statement_begins(&self) {
        self.since.store(self.millis(), Ordering::Relaxed);
    }

    fn runs(&self) -> Duration {
        let since = self.since.load(Ordering::Relaxed);
        Duration::from_millis(self.millis().saturating_sub(since))
    }

    fn millis(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

/// Has SQLite end each statement of a connection that takes longer than `limit`, if there is one: what
/// PostgreSQL does by itself (`statement_timeout`). [`Conn::on`] says when the next one begins.
pub(crate) async fn watched(
    conn: &mut SqliteConnection,
    limit: Option<Duration>,
) -> Result<Option<Watch>> {
    let Some(limit) = limit else {
        return Ok(None);
    };
    let watch = Watch {
        begun: Instant::now(),
        since: Arc::default(),
    };
    let seen = watch.clone();
    let mut handle = conn.lock_handle().await?;
    handle.set_progress_handler(STEPS, move || seen.runs() <= limit);
    Ok(Some(watch))
}

/// Opens SQLite's one writing connection and refuses settings under which a power cut loses what
/// was acknowledged.
pub(crate) async fn sqlite_writer(options: &SqliteConnectOptions) -> Result<SqliteConnection> {
    let mut conn = options.connect().await?;
    let (synchronous,): (i64,) = sqlx::query_as("PRAGMA synchronous")
        .fetch_one(&mut conn)
        .await?;
    let (journal,): (String,) = sqlx::query_as("PRAGMA journal_mode")
        .fetch_one(&mut conn)
        .await?;
    if synchronous < 2 || !journal.eq_ignore_ascii_case("wal") {
        return Err(Error::Unsafe(format!(
            "SQLite runs with synchronous={synchronous}, journal_mode={journal}; FULL (2) and wal \
             are needed to keep accepted filings through a power cut"
        )));
    }
    Ok(conn)
}

/// Opens PostgreSQL and refuses settings under which a crash loses what was acknowledged. A statement
/// may run as long as `limit`, where there is one.
pub(crate) async fn postgres(
    options: &PgConnectOptions,
    n: u32,
    limit: Option<Duration>,
    allow_unsafe: bool,
) -> Result<PgPool> {
    // Of two the later one holds.
    let limit = limit.map(|limit| ("statement_timeout", limit.as_millis().to_string()));
    let pool = PgPoolOptions::new()
        .max_connections(n)
        .acquire_timeout(ACQUIRE_LIMIT)
        .connect_with(options.clone().options(limit))
        .await?;
    let (commit, fsync, full_page): (String, String, String) = sqlx::query_as(
        "SELECT current_setting('synchronous_commit'), current_setting('fsync'), \
         current_setting('full_page_writes')",
    )
    .fetch_one(&pool)
    .await?;
    let safe = matches!(commit.as_str(), "on" | "remote_write" | "remote_apply")
        && fsync == "on"
        && full_page == "on";
    if !safe && !allow_unsafe {
        return Err(Error::Unsafe(format!(
            "PostgreSQL runs with synchronous_commit={commit}, fsync={fsync}, \
             full_page_writes={full_page}: an accepted filing could be lost"
        )));
    }
    Ok(pool)
}

/// Whether the connected PostgreSQL role could remove the triggers that keep events unchanged.
pub(crate) async fn postgres_role_owns_events(pool: &PgPool) -> Result<bool> {
    let (owns,): (bool,) = sqlx::query_as(
        "SELECT COALESCE(bool_or(pg_has_role(current_user, relowner, 'USAGE')), false) \
         OR (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) \
         FROM pg_class WHERE oid = to_regclass('case_event')",
    )
    .fetch_one(pool)
    .await?;
    Ok(owns)
}
