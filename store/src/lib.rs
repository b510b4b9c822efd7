//! Persistence of a city on `SQLite` and `PostgreSQL`. It knows SQL and nothing of HTTP or Leptos.
//!
//! - The truth is `case_event` (insert-only) and `log` (its order, insert-only, chained). All else
//!   about cases is a projection of them.
//! - All writes are [`Store::write`]; all reads are functions of [`Reading`], which [`Tx`] is too.
//! - What a person may see is decided by `domain::access`; reads of cases take its `Scope`.
//!
//! # To add a query
//! 1. Find the file named after the noun (`contacts.rs`, `staging.rs`); a new noun gets a new file.
//! 2. Put the text into its `statements!` block: one text for both engines. Use `$1` parameters,
//!    `ON CONFLICT`, CTEs, window functions, `COALESCE`, `CASE`, `FILTER (WHERE …)`; not `now()`,
//!    intervals, `ILIKE`, `->>`, arrays or `ANY($1)`. All numbers are `i64`, truth is 0 or 1, an
//!    instant is unix milliseconds, an id is its text.
//! 3. Write `impl Reading` (looks) or `impl Tx` (changes) with `execute!`, `fetch_all!` or
//!    `fetch_optional!`. Absence is an `Option`; what cannot be read is `Error::Corrupt`.
//! 4. `tests/schema.rs` prepares it on both engines by itself; add what it should do to
//!    `tests/conformance/`, which runs on both.
//! 5. A list that a screen offers with filters belongs into `filter.rs`, and gets a line in
//!    `tests/explain.rs`.
//!
//! # To add a kind of event
//! Nothing to do here: events are stored as the text that `domain` encodes. If lists need a new
//! column for it, add a migration, fill the column in `cases.rs` (`Columns`) and let `rebuild` fill
//! it for the cases there are.
//!
//! # To add a follower
//! Implement `followers::Follower`: it gets the log in order and writes in the transaction that
//! moves its cursor, so that each event counts exactly once.

mod access_log;
mod alike;
mod api_tokens;
mod blobs;
mod bulk;
mod cases;
mod checkpoints;
mod cipher;
mod city_changes;
mod contacts;
mod engine;
mod entropy;
mod erase;
mod error;
mod filing_keys;
mod filter;
mod followers;
mod health;
mod jobs;
mod keys;
mod later;
mod lock;
mod log;
mod meta;
mod parties;
mod projection;
mod rebuild;
mod rollups;
mod rows;
mod schema;
mod scores;
mod seal;
mod search;
mod sequencer;
mod sign_in;
mod staff;
mod staff_log;
mod staging;
mod store;
mod supervision;
mod telling;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod tickets;
mod tracking;
mod tx;
mod under_way;
mod verify;
mod writer;

pub use access_log::Look;
pub use api_tokens::ApiToken;
pub use blobs::{Blobs, PhotoSize};
pub use bulk::History;
pub use cases::{Appended, Standing};
pub use checkpoints::{Checkpoint, Checkpoints};
pub use city_changes::CityChange;
pub use contacts::Contact;
pub use engine::EngineKind;
pub use entropy::{Entropy, OsEntropy, SeededEntropy, draw};
pub use erase::Erased;
pub use error::{Error, Result, SchemaError};
pub use filing_keys::{Filed, NO_PARTY};
pub use filter::{
    COUNT_CAP, CaseFilter, CaseLine, Cursor, DueCursor, DueFilter, DueLine, ElsewhereFilter,
    ElsewhereLine, FiledIn, PAGE_CAP, StateGroup,
};
pub use followers::Follower;
pub use jobs::{ATTEMPTS, DeadJob, DueClock, Job};
pub use keys::{Key, KeyRing, Keys};
pub use log::Logged;
pub use rollups::{Delta, Figures, Measure, Rollups, day};
pub use schema::KNOWN as SCHEMA_VERSION;
pub use scores::{FEWEST as FEWEST_SCORES, OfficeScore, Toward};
pub use search::{HITS, Hits, Indexer, Search, tokens};
pub use sign_in::{RecoveryHash, Subject, Tries};
pub use staff::{Held, OpenSession, Person, STAFF_ABSOLUTE, STAFF_IDLE, StaffSession};
pub use staff_log::StaffEntry;
pub use staging::{STAGED_FOR, Staged};
pub use store::{OpenOptions, Role, Store, grant, migrate};
pub use supervision::LateClocks;
pub use telling::{AddressHash, OneTimeHash};
pub use tracking::{TRACKING_IDLE, Token, Tracking};
pub use tx::{Reading, Tx};
pub use under_way::{SIGN_IN_LASTS, UnderWay};
pub use verify::{Bad, Progress, Report};
pub use writer::OnFatal;

/// Every statement of the program by file and name, for the test that prepares them all.
#[cfg(any(test, feature = "testing"))]
pub(crate) fn all_statements() -> Vec<(String, &'static str)> {
    let mut all = Vec::new();
    macro_rules! collect {
        ($($module:ident),+ $(,)?) => {$(
            all.extend($module::STATEMENTS.iter().map(|(name, sql)| {
                (format!("{}::{name}", stringify!($module)), *sql)
            }));
        )+};
    }
    collect!(
        access_log,
        alike,
        api_tokens,
        cases,
        city_changes,
        contacts,
        erase,
        filing_keys,
        followers,
        health,
        jobs,
        log,
        meta,
        parties,
        projection,
        rebuild,
        rollups,
        scores,
        sign_in,
        under_way,
        staff,
        staff_log,
        staging,
        supervision,
        telling,
        tickets,
        tracking,
        verify,
    );
    all
}
