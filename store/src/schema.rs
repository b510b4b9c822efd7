//! The schema: migrations, applied all or none, and the check at start that program and database
//! know the same one.
//!
//! To add a migration: put `NNNN_name.sql` into both folders of `store/migrations`, add one line to
//! [`MIGRATIONS`], and never touch a file that was released: its checksum is in databases.

use sha2::{Digest, Sha256};
use sqlx::Connection as _;

use crate::engine::{Address, EngineKind};
use crate::error::SchemaError;
use crate::{Error, Result};

/// One step of the schema, in both dialects.
pub(crate) struct Migration {
    pub(crate) version: i64,
    pub(crate) name: &'static str,
    pub(crate) sqlite: &'static str,
    pub(crate) postgres: &'static str,
}

macro_rules! migration {
    ($version:literal, $name:literal) => {
        Migration {
            version: $version,
            name: $name,
            sqlite: include_str!(concat!("../migrations/sqlite/", $name, ".sql")),
            postgres: include_str!(concat!("../migrations/postgres/", $name, ".sql")),
        }
    };
}

pub(crate) const MIGRATIONS: &[Migration] = &[
    migration!(1, "0001_walls"),
    migration!(2, "0002_totals"),
    migration!(3, "0003_desk"),
    migration!(4, "0004_engagement"),
    migration!(5, "0005_supervision"),
    migration!(6, "0006_city"),
    migration!(7, "0007_lists"),
    migration!(8, "0008_queue"),
    migration!(9, "0009_elsewhere"),
    migration!(10, "0010_people"),
    migration!(11, "0011_letters"),
    migration!(12, "0012_few"),
];

/// The version this program knows.
pub const KNOWN: i64 = MIGRATIONS[MIGRATIONS.len() - 1].version;

const CREATE: &str = "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL PRIMARY KEY, \
                      name TEXT NOT NULL, checksum TEXT NOT NULL)";
const APPLIED: &str = "SELECT version, checksum FROM schema_version ORDER BY version";
const RECORD: &str = "INSERT INTO schema_version (version, name, checksum) VALUES ($1, $2, $3)";

impl Migration {
    fn sql(&self, engine: EngineKind) -> &'static str {
        match engine {
            EngineKind::Sqlite => self.sqlite,
            EngineKind::Postgres => self.postgres,
        }
    }

    fn checksum(&self, engine: EngineKind) -> String {
        hex::encode(Sha256::digest(self.sql(engine)))
    }
}

/// Which migrations are missing, given those that were applied.
fn pending(
    engine: EngineKind,
    applied: &[(i64, String)],
) -> Result<&'static [Migration], SchemaError> {
    for (version, checksum) in applied {
        match MIGRATIONS.iter().find(|known| known.version == *version) {
            None => {
                return Err(SchemaError::Newer {
                    found: *version,
                    known: KNOWN,
                });
            }
            Some(known) if known.checksum(engine) != *checksum => {
                return Err(SchemaError::Changed(*version));
            }
            Some(_) => {}
        }
    }
    let found = applied.last().map_or(0, |(version, _)| *version);
    let first = MIGRATIONS.iter().position(|known| known.version > found);
    Ok(first.map_or(&[], |first| &MIGRATIONS[first..]))
}

/// Brings the database to the schema of this program, in one transaction; answers the names of the
/// migrations it applied.
pub(crate) async fn migrate(address: &Address) -> Result<Vec<&'static str>> {
    migrate_with(address, Migration::sql).await
}

/// As [`migrate`], with the text of each migration chosen by `text` (a test breaks one).
pub(crate) async fn migrate_with(
    address: &Address,
    text: impl Fn(&Migration, EngineKind) -> &'static str,
) -> Result<Vec<&'static str>> {
    let engine = address.kind();
    macro_rules! run {
        ($conn:expr, $begin:expr) => {{
            let mut conn = $conn;
            let mut tx = conn.begin_with($begin).await?;
            sqlx::query(CREATE).execute(&mut *tx).await?;
            let applied: Vec<(i64, String)> = sqlx::query_as(APPLIED).fetch_all(&mut *tx).await?;
            let missing = pending(engine, &applied).map_err(Error::Schema)?;
            for step in missing {
                sqlx::raw_sql(text(step, engine)).execute(&mut *tx).await?;
                sqlx::query(RECORD)
                    .bind(step.version)
                    .bind(step.name)
                    .bind(step.checksum(engine))
                    .execute(&mut *tx)
                    .await?;
            }
            tx.commit().await?;
            conn.close().await?;
            Ok(missing.iter().map(|step| step.name).collect())
        }};
    }
    match address {
        Address::Sqlite(options) => {
            run!(
                crate::engine::sqlite_writer(options).await?,
                "BEGIN IMMEDIATE"
            )
        }
        Address::Postgres(options) => {
            use sqlx::ConnectOptions as _;
            let mut conn = options.connect().await?;
            // A migration of many rows may take longer than a request.
            sqlx::query("SET statement_timeout = 0")
                .execute(&mut conn)
                .await?;
            // Two `migrate` at once wait for each other; the number is arbitrary.
            sqlx::query("SELECT pg_advisory_lock(4841)")
                .execute(&mut conn)
                .await?;
            run!(conn, "BEGIN")
        }
    }
}

/// Refuses a database whose schema is older, newer or other than this program's.
pub(crate) async fn check(address: &Address) -> Result<()> {
    use sqlx::ConnectOptions as _;
    let applied: Vec<(i64, String)> = match address {
        Address::Sqlite(options) => {
            let mut conn = options.connect().await?;
            let tables: Vec<(String,)> =
                sqlx::query_as("SELECT name FROM sqlite_master WHERE name = 'schema_version'")
                    .fetch_all(&mut conn)
                    .await?;
            let applied = if tables.is_empty() {
                Vec::new()
            } else {
                sqlx::query_as(APPLIED).fetch_all(&mut conn).await?
            };
            conn.close().await?;
            applied
        }
        Address::Postgres(options) => {
            let mut conn = options.connect().await?;
            let (there,): (bool,) =
                sqlx::query_as("SELECT to_regclass('schema_version') IS NOT NULL")
                    .fetch_one(&mut conn)
                    .await?;
            let applied = if there {
                sqlx::query_as(APPLIED).fetch_all(&mut conn).await?
            } else {
                Vec::new()
            };
            conn.close().await?;
            applied
        }
    };
    let missing = pending(address.kind(), &applied).map_err(Error::Schema)?;
    if missing.is_empty() {
        Ok(())
    } else {
        let found = applied.last().map_or(0, |(version, _)| *version);
        Err(Error::Schema(SchemaError::Older {
            found,
            known: KNOWN,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn applied() -> Vec<(i64, String)> {
        MIGRATIONS
            .iter()
            .map(|step| (step.version, step.checksum(EngineKind::Sqlite)))
            .collect()
    }

    #[test]
    fn a_newer_schema_is_refused() {
        let mut rows = applied();
        rows.push((KNOWN + 1, String::new()));
        let found = KNOWN + 1;
        assert_eq!(
            pending(EngineKind::Sqlite, &rows).err(),
            Some(SchemaError::Newer {
                found,
                known: KNOWN
            })
        );
    }

    #[test]
    fn a_changed_migration_is_refused() {
        let mut rows = applied();
        rows[0].1 = "other".to_owned();
        assert_eq!(
            pending(EngineKind::Sqlite, &rows).err(),
            Some(SchemaError::Changed(1))
        );
    }

    #[test]
    fn what_is_missing_is_what_follows() {
        assert_eq!(
            pending(EngineKind::Sqlite, &[]).unwrap().len(),
            MIGRATIONS.len()
        );
        assert!(pending(EngineKind::Sqlite, &applied()).unwrap().is_empty());
    }

    #[test]
    fn migrations_count_upwards() {
        assert!(
            MIGRATIONS
                .windows(2)
                .all(|pair| pair[0].version < pair[1].version)
        );
    }
}
