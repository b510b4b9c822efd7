//! What can go wrong between a rule and the disk. Absence is an `Option`, never an error.

use std::path::PathBuf;

/// Everything the store may answer instead of a result.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The driver or the database refused; nothing was written.
    #[error("database: {0}")]
    Driver(#[source] sqlx::Error),
    /// A row holds what this version cannot read.
    #[error("{table}.{column} of {row} cannot be read")]
    Corrupt {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The key of the row.
        row: String,
    },
    /// Somebody else changed the case first.
    #[error("the case is at version {current}")]
    Conflict {
        /// The version that stands now.
        current: u32,
    },
    /// The rules refused an event that a use case wanted to append.
    #[error("the event does not apply: {0}")]
    DoesNotApply(String),
    /// More work waits than can be taken; try again later (503).
    #[error("too much work is waiting")]
    Busy,
    /// A statement ran longer than it may and was ended; nothing was written (503).
    #[error("a statement took too long")]
    TooLong,
    /// The disk is full; nothing was written (507).
    #[error("the disk is full")]
    Full,
    /// The database cannot be reached just now. Whether a write that was under way is kept is not
    /// known; asked again under its key it is answered as if nothing had been (503).
    #[error("the database is away: {0}")]
    Away(#[source] sqlx::Error),
    /// The store is stopping or has stopped (503).
    #[error("the store has stopped")]
    Stopped,
    /// A write failed so that nobody knows what is on the disk; the process ends.
    #[error("a write failed beyond repair: {0}")]
    Fatal(String),
    /// The work panicked; its changes were undone.
    #[error("the work panicked")]
    Panicked,
    /// A file of the data folder could not be read or written.
    #[error("{path}: {source}")]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The database has another schema than this program.
    #[error("{0}")]
    Schema(SchemaError),
    /// Another process holds the data folder.
    #[error("{0} is in use by another huiyin process")]
    Locked(PathBuf),
    /// The database is set up so that an accepted filing could be lost, or a grant is too wide.
    #[error("{0}")]
    Unsafe(String),
    /// The key files cannot be used.
    #[error("keys: {0}")]
    Keys(String),
    /// The address of the database is not understood.
    #[error("database address: {0}")]
    Address(String),
    /// A blob could not be read or written.
    #[error("blob: {0}")]
    Blob(#[source] object_store::Error),
    /// The search index could not be read or written.
    #[error("search index: {0}")]
    Search(String),
    /// Something sealed cannot be opened: wrong key or changed bytes.
    #[error("a sealed value cannot be opened")]
    Sealed,
}

/// How the schema in the database and the one this program knows differ.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SchemaError {
    /// Migrations are missing.
    #[error("the database has schema {found}, this program needs {known}: run `huiyin migrate`")]
    Older {
        /// Version in the database; 0 is an empty one.
        found: i64,
        /// Version of this program.
        known: i64,
    },
    /// A newer program has been here.
    #[error("the database has schema {found}, this program knows {known}: use a newer program")]
    Newer {
        /// Version in the database.
        found: i64,
        /// Version of this program.
        known: i64,
    },
    /// The rows, snapshots and figures were folded from the events by other rules.
    #[error(
        "the rows of this database were folded by another version of this program: run `huiyin rebuild`"
    )]
    Folded,
    /// A migration that was applied is not the one this program carries.
    #[error("migration {0} was changed after it was applied")]
    Changed(i64),
}

/// The store's result.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match Fault::of(&error) {
            Fault::Full => Self::Full,
            Fault::Fatal => Self::Fatal(error.to_string()),
            Fault::None | Fault::Retry => match error {
                sqlx::Error::PoolTimedOut => Self::Busy,
                sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => Self::Stopped,
                long if is_too_long(&long) => Self::TooLong,
                away if is_away(&away) => Self::Away(away),
                other => Self::Driver(other),
            },
        }
    }
}

impl From<object_store::Error> for Error {
    fn from(error: object_store::Error) -> Self {
        let mut source: Option<&(dyn std::error::Error + 'static)> = Some(&error);
        while let Some(cause) = source {
            if cause.downcast_ref::<std::io::Error>().is_some_and(is_full) {
                return Self::Full;
            }
            source = cause.source();
        }
        Self::Blob(error)
    }
}

impl Error {
    /// For `map_err` on file operations.
    pub(crate) fn file(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| {
            if is_full(&source) {
                Self::Full
            } else {
                Self::File { path, source }
            }
        }
    }

    /// For columns that this version cannot read.
    pub(crate) fn corrupt(table: &'static str, column: &'static str, row: impl ToString) -> Self {
        Self::Corrupt {
            table,
            column,
            row: row.to_string(),
        }
    }
}

fn is_full(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{QuotaExceeded, StorageFull};
    matches!(error.kind(), StorageFull | QuotaExceeded)
}

/// Whether the database ended the statement since it ran too long: SQLite is told to interrupt it,
/// PostgreSQL cancels it.
fn is_too_long(error: &sqlx::Error) -> bool {
    let sqlx::Error::Database(error) = error else {
        return false;
    };
    // https://sqlite.org/rescode.html#interrupt; 57014: query_canceled
    let code = error.code().unwrap_or_default();
    let sqlite = error.try_downcast_ref::<sqlx::sqlite::SqliteError>();
    code == if sqlite.is_some() { "9" } else { "57014" }
}

/// Whether PostgreSQL went away, is going, or is not back yet. A file of SQLite does not go away.
fn is_away(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) => true,
        // 08: connection exception; 57P01 to 57P03: shut down, crashed, not up yet.
        // https://www.postgresql.org/docs/15/errcodes-appendix.html
        sqlx::Error::Database(error) => error.code().is_some_and(|code| {
            code.starts_with("08") || ["57P01", "57P02", "57P03"].contains(&code.as_ref())
        }),
        _ => false,
    }
}

/// What a driver error means for the transaction it happened in. The order is the severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) enum Fault {
    /// The statement failed and nothing else.
    #[default]
    None,
    /// Another transaction was faster; running the work again may succeed.
    Retry,
    /// No space is left. SQLite may have rolled the whole transaction back.
    Full,
    /// What is on the disk is unknown (security.md R4): stop, never retry.
    Fatal,
}

impl Fault {
    pub(crate) fn of(error: &sqlx::Error) -> Self {
        let sqlx::Error::Database(error) = error else {
            return Self::None;
        };
        let code = error.code().unwrap_or_default();
        if error
            .try_downcast_ref::<sqlx::sqlite::SqliteError>()
            .is_some()
        {
            // https://sqlite.org/rescode.html
            const FULL: i32 = 13;
            const IOERR: i32 = 10;
            const IOERR_SHMSIZE: i32 = 4874; // growing the WAL index on a full disk
            const CORRUPT: i32 = 11;
            const NOTADB: i32 = 26;
            const TAKEN: [i32; 2] = [2067, 1555]; // a unique index, a primary key
            let code: i32 = code.parse().unwrap_or(0);
            match (code, code & 0xff) {
                (_, FULL) | (IOERR_SHMSIZE, _) => Self::Full,
                (_, IOERR | CORRUPT | NOTADB) => Self::Fatal,
                _ if TAKEN.contains(&code) => Self::Retry,
                _ => Self::None,
            }
        } else {
            // https://www.postgresql.org/docs/15/errcodes-appendix.html
            match code.as_ref() {
                "40001" | "40P01" | "23505" => Self::Retry,
                "53100" => Self::Full,
                _ => Self::None,
            }
        }
    }
}
