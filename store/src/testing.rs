//! Fresh stores for tests, on either engine, and small cases to put into them.

use std::sync::Arc;

use domain::case::{Channel, Filer, Kind};
use domain::clock::{Limit, Owner, RunningClock, Stage};
use domain::event::{Actor, Event, Fact, Words};
use domain::ids::{AreaCode, CaseId, CategoryCode, PartyNo, PolicyCode, UnitCode};
use domain::place::{Place, Position};
use domain::reference::CaseNumber;
use domain::text::PlaceText;
use domain::time::{CityTime, Millis, MovedClock, Timestamp};
use domain::visibility::Visibility;
use sqlx::{ConnectOptions as _, Connection as _};

use crate::engine::{Address, execute};
use crate::entropy::draw;
use crate::{EngineKind, Entropy, Error, OpenOptions, Result, Role, SeededEntropy, Store, Tx};

/// A store of its own, gone with its folder (and database) when dropped.
pub struct Fresh {
    /// The store.
    pub store: Store,
    /// Its clock.
    pub clock: Arc<MovedClock>,
    /// Its folder.
    pub folder: tempfile::TempDir,
    /// Its address, to open it again.
    pub url: String,
    /// The server's address and the database to remove.
    postgres: Option<(String, String)>,
}

/// 2026-11-21 09:05 in China: when every test begins.
pub const BEGINNING: Timestamp = Timestamp::from_millis(1_795_223_100_000);

impl Fresh {
    async fn open(url: String, postgres: Option<(String, String)>) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let url = url.replace("{folder}", &folder.path().display().to_string());
        let clock = Arc::new(MovedClock::new(BEGINNING));
        let options = Self::options(&url, folder.path(), &clock);
        let store = Store::open(options).await.expect("the store opens");
        Self {
            store,
            clock,
            folder,
            url,
            postgres,
        }
    }

    /// The options the store was opened with.
    pub fn options(url: &str, folder: &std::path::Path, clock: &Arc<MovedClock>) -> OpenOptions {
        OpenOptions {
            role: Role::Maintain,
            demo: true,
            ..OpenOptions::new(
                url,
                folder,
                Arc::clone(clock) as Arc<dyn domain::time::Clock>,
                Arc::new(SeededEntropy::new(1)),
            )
        }
    }

    /// Stops the store and opens it again on the same files, as after a restart.
    pub async fn reopen(&mut self) {
        self.store.stop().await.expect("the store stops");
        self.open_again().await;
    }

    /// Opens the stopped store again. Its chance goes on where no other run was.
    pub async fn open_again(&mut self) {
        let seed = u64::from_be_bytes(draw(&**self.store.entropy()));
        let mut options = Self::options(&self.url, self.folder.path(), &self.clock);
        options.entropy = Arc::new(SeededEntropy::new(seed));
        self.store = Store::open(options).await.expect("the store opens again");
    }

    /// Waits until the log holds `position`: at once on SQLite, within a moment on PostgreSQL.
    pub async fn logged(&self, position: u64) {
        let mut log = self.store.watch_log();
        let wait = log.wait_for(|known| *known >= position);
        tokio::time::timeout(std::time::Duration::from_secs(10), wait)
            .await
            .expect("the log grows within ten seconds")
            .expect("the store is open");
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        let Some((admin, name)) = self.postgres.take() else {
            return;
        };
        // A test's runtime is ending, so the database is removed by one of its own.
        let remove = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            let Ok(runtime) = runtime else { return };
            runtime.block_on(async {
                let Ok(Address::Postgres(options)) = Address::parse(&admin) else {
                    return;
                };
                let Ok(mut conn) = options.connect().await else {
                    return;
                };
                let sql = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
                // The name is ours: letters and digits. What stays behind is only a test database.
                let _ = sqlx::raw_sql(sqlx::AssertSqlSafe(sql))
                    .execute(&mut conn)
                    .await;
            });
        });
        let _ = remove.join();
    }
}

/// A fresh store in one SQLite file.
pub async fn fresh_sqlite() -> Fresh {
    Fresh::open("sqlite:{folder}/huiyin.db".to_owned(), None).await
}

/// A fresh database on the server that `HUIYIN_TEST_POSTGRES` names (`scripts/postgres.sh start`);
/// `None`, and a line that says so, if it is not set.
///
/// # Panics
/// If it is not set and `CI` is: there a skipped engine is a failure.
#[expect(
    clippy::disallowed_methods,
    reason = "tests are told by their environment"
)]
pub async fn fresh_postgres() -> Option<Fresh> {
    let Ok(admin) = std::env::var("HUIYIN_TEST_POSTGRES") else {
        assert!(
            std::env::var("CI").is_err(),
            "CI runs on both engines: set HUIYIN_TEST_POSTGRES"
        );
        eprintln!("SKIPPED on PostgreSQL: HUIYIN_TEST_POSTGRES is not set");
        return None;
    };
    let Ok(Address::Postgres(options)) = Address::parse(&admin) else {
        panic!("HUIYIN_TEST_POSTGRES is no postgres:// address")
    };
    let name = format!("t{}", hex::encode(draw::<12>(&crate::OsEntropy)));
    let mut conn = options.connect().await.expect("the test server answers");
    let sql = format!("CREATE DATABASE {name} TEMPLATE template0 LOCALE 'C' ENCODING 'UTF8'");
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql))
        .execute(&mut conn)
        .await
        .expect("a fresh database");
    conn.close().await.expect("the test server answers");
    let (server, rest) = split_database(&admin);
    let url = format!("{server}/{name}{rest}");
    Some(Fresh::open(url, Some((admin.clone(), name))).await)
}

/// Splits `postgres://user@host/database?query` into what stands before the database and the
/// query, which may hold a socket's path.
fn split_database(url: &str) -> (&str, &str) {
    let start = url.find("://").map_or(0, |at| at + 3);
    let slash = url[start..].find('/').map_or(url.len(), |at| start + at);
    let query = url[slash..].find('?').map_or("", |at| &url[slash + at..]);
    (&url[..slash], query)
}

/// Runs a test on every engine there is.
pub async fn each_engine<F, Fut>(test: F)
where
    F: Fn(Fresh) -> Fut,
    Fut: Future<Output = ()>,
{
    test(fresh_sqlite().await).await;
    if let Some(fresh) = fresh_postgres().await {
        test(fresh).await;
    }
}

/// A filing as a test needs it.
#[derive(Debug, Clone)]
pub struct Filing {
    /// Who may see it.
    pub visibility: Visibility,
    /// Its category.
    pub category: String,
    /// Its community.
    pub community: String,
    /// Whose line.
    pub line: String,
    /// What was written.
    pub text: String,
    /// Where.
    pub place: Option<(f64, f64)>,
    /// What kind of case.
    pub kind: Kind,
}

impl Default for Filing {
    fn default() -> Self {
        Self {
            visibility: Visibility::Public,
            category: "street-vending".to_owned(),
            community: "330383198023".to_owned(),
            line: "enforcement".to_owned(),
            text: "象岗路口有人占道经营，挡住了盲道".to_owned(),
            place: None,
            kind: Kind::Whistle,
        }
    }
}

impl Filing {
    /// The event of this filing at `at`.
    pub fn event(&self, at: Timestamp, random: u32) -> Event {
        let date = CityTime::china().civil(at).date;
        let clock = RunningClock {
            id: 1,
            stage: Stage::Resolve,
            part: None,
            owner: Owner::Community(code(&self.community)),
            started: at,
            limit: Limit::Hours(96),
            due: at.plus(Millis::hours(96)),
            first_due: at.plus(Millis::hours(96)),
            provisional: false,
            policy: PolicyCode::new("ordinary").expect("a code"),
            calendar: "test".to_owned(),
            stopped: None,
            cancelled: false,
            lapsed: None,
            pauses: Vec::new(),
            pause_rule: domain::clock::PauseRule::default(),
            extended: false,
        };
        let fact = Fact::Filed {
            number: CaseNumber::new(date, random),
            case_kind: self.kind,
            channel: Channel::Web,
            filer: Filer::Resident,
            category: CategoryCode::new(self.category.as_str()).expect("a code"),
            community: code(&self.community),
            grid: None,
            line: UnitCode::new(self.line.as_str()).expect("a code"),
            visibility: self.visibility,
            always_private: false,
            photos: 0,
            may_call: false,
            recurrence_of: None,
            external: None,
            consent: None,
            clocks: vec![clock],
        };
        let place = self.place.map(|(lat, lng)| Place {
            text: PlaceText::new("象岗路口").expect("a place"),
            position: Some(Position::from_degrees(lat, lng, None).expect("a position")),
        });
        let words = Words {
            place,
            ..Words::text(self.text.as_str())
        };
        Event {
            actor: Actor::Party(PartyNo::REPORTER),
            fact,
            words: Some(words),
        }
    }
}

fn code(text: &str) -> AreaCode {
    AreaCode::new(text).expect("a code")
}

/// Files a case at the clock's time and answers how it stands.
pub async fn file(store: &Store, filing: &Filing) -> Result<crate::Appended> {
    let filing = filing.clone();
    store
        .write::<_, _, Error>(move |tx| {
            let filing = filing.clone();
            Box::pin(async move { file_in(tx, &filing).await })
        })
        .await
}

/// As [`file`], inside a work.
pub async fn file_in(tx: &mut Tx, filing: &Filing) -> Result<crate::Appended> {
    let at = tx.now();
    let mut random = [0; 14];
    tx.random(&mut random);
    let (id, number) = random.split_at(10);
    let id = CaseId::new(at, id.try_into().expect("10 bytes"));
    let number = u32::from_be_bytes(number.try_into().expect("4 bytes"));
    tx.append(id, None, vec![filing.event(at, number)], at)
        .await
}

/// Appends one event to a case.
pub async fn add(store: &Store, case: CaseId, event: Event) -> Result<crate::Appended> {
    store
        .write::<_, _, Error>(move |tx| {
            let event = event.clone();
            Box::pin(async move {
                let standing = tx.load_case(case).await?;
                let at = tx.now();
                tx.append(case, standing, vec![event], at).await
            })
        })
        .await
}

/// An event of an appointment.
pub fn by_staff(fact: Fact) -> Event {
    Event::new(Actor::Appointment(domain::ids::AppointmentNo(7)), fact)
}

impl Tx {
    /// Runs any text, for tests that break things on purpose.
    pub async fn raw(&mut self, sql: &'static str) -> Result<u64> {
        execute!(self, sql)
    }
}

/// Prepares every statement of the program on this engine; answers the names of those that the
/// database does not take, and why.
pub async fn prepare_all(fresh: &Fresh) -> Vec<String> {
    use sqlx::Executor as _;
    let mut wrong = Vec::new();
    let mut all: Vec<(String, String)> = crate::all_statements()
        .into_iter()
        .map(|(name, sql)| (name, sql.to_owned()))
        .collect();
    if fresh.store.engine() == EngineKind::Postgres {
        let only = crate::cases::POSTGRES_STATEMENTS
            .iter()
            .chain(crate::sequencer::POSTGRES_STATEMENTS)
            .chain(crate::jobs::POSTGRES_STATEMENTS);
        all.extend(only.map(|(name, sql)| ((*name).to_owned(), (*sql).to_owned())));
    }
    match Address::parse(&fresh.url).expect("the address of the test") {
        Address::Sqlite(options) => {
            let mut conn = options.connect().await.expect("the database answers");
            for (name, sql) in all {
                let sql = sqlx::SqlSafeStr::into_sql_str(sqlx::AssertSqlSafe(sql));
                if let Err(error) = (&mut conn).prepare(sql).await {
                    wrong.push(format!("{name}: {error}"));
                }
            }
        }
        Address::Postgres(options) => {
            let mut conn = options.connect().await.expect("the database answers");
            for (name, sql) in all {
                let sql = sqlx::SqlSafeStr::into_sql_str(sqlx::AssertSqlSafe(sql));
                if let Err(error) = (&mut conn).prepare(sql).await {
                    wrong.push(format!("{name}: {error}"));
                }
            }
        }
    }
    wrong
}

/// Random bytes of the operating system, for tests that must not repeat.
pub fn chance() -> Arc<dyn Entropy> {
    Arc::new(crate::OsEntropy)
}

/// The plan of a list as the database tells it.
pub async fn explain(
    reading: &mut crate::Reading,
    scope: &domain::access::Scope,
    filter: &crate::CaseFilter,
) -> Result<String> {
    crate::filter::explain(reading, scope, filter).await
}

/// The plan of a page of the desk's queue as the database tells it.
pub async fn explain_due(
    reading: &mut crate::Reading,
    scope: &domain::access::Scope,
    filter: &crate::DueFilter,
) -> Result<String> {
    crate::filter::explain_due(reading, scope, filter).await
}

/// The plan of a page of what waits for another body, as the database tells it.
pub async fn explain_elsewhere(
    reading: &mut crate::Reading,
    scope: &domain::access::Scope,
    filter: &crate::ElsewhereFilter,
) -> Result<String> {
    crate::filter::explain_elsewhere(reading, scope, filter).await
}

/// The plans of a look back over ended cases: how far it reaches, and what it finds.
pub async fn explain_ended(
    reading: &mut crate::Reading,
    scope: &domain::access::Scope,
    filed: crate::FiledIn,
) -> Result<[String; 2]> {
    crate::filter::explain_ended(reading, scope, filed).await
}

/// The plan of the statement of this name, with these values in the places of `$1`, `$2` and so on.
pub async fn plan(reading: &mut crate::Reading, name: &str, values: &[&str]) -> Result<String> {
    use crate::engine::On;
    let (_, sql) = crate::all_statements()
        .into_iter()
        .find(|(known, _)| known == name)
        .expect("a statement of the program");
    let mut sql = sql.to_owned();
    for (no, value) in (1..).zip(values) {
        sql = sql.replace(&format!("${no}"), value);
    }
    // Asked is whether an index can serve; an empty table may well be read whole.
    let settle = "SELECT set_config('enable_seqscan', 'off', false)";
    let rows: Vec<String> = match reading.conn.on() {
        On::Sqlite(conn) => {
            let sql = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"));
            let rows: Vec<(i64, i64, i64, String)> = sqlx::query_as(sql).fetch_all(conn).await?;
            rows.into_iter().map(|(.., detail)| detail).collect()
        }
        On::Postgres(conn) => {
            sqlx::query(settle).execute(&mut *conn).await?;
            let sql = sqlx::AssertSqlSafe(format!("EXPLAIN {sql}"));
            let rows: Vec<(String,)> = sqlx::query_as(sql).fetch_all(conn).await?;
            rows.into_iter().map(|(line,)| line).collect()
        }
    };
    Ok(rows.join("\n"))
}

/// Tries to write over a connection for reading.
pub async fn write_with_a_reader(fresh: &Fresh) -> Result<u64> {
    let mut reading = fresh.store.read().await?;
    execute!(reading, "INSERT INTO meta (name, value) VALUES ('x', 'y')")
}

/// Counts so far in the database, row by row: a statement that takes as long as one wants.
///
/// # Errors
/// The database's.
pub async fn count(reading: &mut crate::Reading, far: i64) -> Result<i64> {
    let sql = "WITH RECURSIVE n (i) AS (SELECT CAST($1 AS BIGINT) UNION ALL \
               SELECT i - 1 FROM n WHERE i > 1) SELECT COUNT(*) FROM n";
    let row = crate::engine::fetch_optional!(reading, (i64,), sql, far)?;
    Ok(row.map_or(0, |(count,)| count))
}

/// Tables and their columns, sorted, and the names of the indexes, as this database has them.
pub async fn shape(fresh: &Fresh) -> Result<(Vec<(String, String)>, Vec<String>)> {
    let mut reading = fresh.store.read().await.expect("the database answers");
    let (columns, indexes) = match fresh.store.engine() {
        EngineKind::Sqlite => (
            "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c \
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY 1, 2",
            "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY 1",
        ),
        EngineKind::Postgres => (
            "SELECT table_name::text, column_name::text FROM information_schema.columns \
             WHERE table_schema = 'public' ORDER BY 1, 2",
            "SELECT indexname::text FROM pg_indexes i WHERE schemaname = 'public' AND NOT EXISTS \
             (SELECT 1 FROM pg_constraint c WHERE c.conname = i.indexname) ORDER BY 1",
        ),
    };
    let mut columns = crate::engine::fetch_all!(reading, (String, String), columns)?;
    let mut indexes: Vec<String> = crate::engine::fetch_all!(reading, (String,), indexes)?
        .into_iter()
        .map(|(name,)| name)
        .collect();
    columns.sort();
    indexes.sort();
    Ok((columns, indexes))
}

/// How many photos would be known again.
///
/// # Errors
/// The database's.
pub async fn prints(store: &Store) -> Result<i64> {
    let mut reading = store.read().await?;
    let row = crate::engine::fetch_optional!(reading, (i64,), "SELECT COUNT(*) FROM photo_print")?;
    Ok(row.map_or(0, |(count,)| count))
}

/// Runs a text in a work of its own, for tests that break things on purpose.
pub async fn break_with(store: &Store, sql: &'static str) -> Result<u64> {
    store
        .write::<_, _, Error>(move |tx| Box::pin(tx.raw(sql)))
        .await
}

/// Migrates an empty database with a second migration that fails half-way; answers the error and how
/// many tables were left.
pub async fn migrate_half(url: &str) -> (Result<Vec<&'static str>>, i64) {
    use std::sync::atomic::{AtomicBool, Ordering};
    let address = Address::parse(url).expect("the address of the test");
    let broken = AtomicBool::new(false);
    let done = crate::schema::migrate_with(&address, |step, engine| {
        broken.store(true, Ordering::SeqCst);
        let _ = (step, engine);
        "CREATE TABLE half (a BIGINT); INSERT INTO nowhere VALUES (1);"
    })
    .await;
    assert!(broken.load(Ordering::SeqCst), "a migration ran");
    let count = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table'";
    let Address::Sqlite(options) = address else {
        return (done, -1);
    };
    let mut conn = options.connect().await.expect("the database answers");
    let (tables,): (i64,) = sqlx::query_as(count)
        .fetch_one(&mut conn)
        .await
        .expect("a count");
    (done, tables)
}

/// Twelve random letters and digits.
pub fn hex_name() -> String {
    hex::encode(draw::<6>(&crate::OsEntropy))
}

async fn on_postgres(fresh: &Fresh, sql: String) {
    let Ok(Address::Postgres(options)) = Address::parse(&fresh.url) else {
        return;
    };
    let mut conn = options.connect().await.expect("the database answers");
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql))
        .execute(&mut conn)
        .await
        .expect("the statement runs");
    conn.close().await.expect("the database answers");
}

/// Creates a role that may sign in and nothing else.
pub async fn create_role(fresh: &Fresh, role: &str) {
    on_postgres(fresh, format!("CREATE ROLE {role} LOGIN")).await;
}

/// Removes a role and what it was granted.
pub async fn drop_role(fresh: &Fresh, role: &str) {
    on_postgres(fresh, format!("DROP OWNED BY {role}; DROP ROLE {role}")).await;
}
