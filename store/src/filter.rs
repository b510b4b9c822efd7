//! The lists a screen offers: any mixture of filters, newest first, page by page.
//!
//! This room (the queue of the desk is `due`, what waits for another body `elsewhere`) is the only one that composes SQL. Every piece is a text of the program; only the numbers
//! of parameters and of a page's lines are made, and values are always bound. (The number of lines
//! is written out because SQLite reads a bound `LIMIT` while it plans, and so would plan every list
//! anew, each time.) SQLite keeps no statistics unless asked, so
//! which index a list walks is decided here: the most selective filter drives, and the columns of
//! the others are written `col || ''`, which no index answers. PostgreSQL knows its data and gets
//! the plain columns; the expressions would only spoil its estimates. `tests/explain.rs` looks at
//! every combination.

mod due;
mod elsewhere;
mod holding;

use std::fmt::Write as _;

use domain::access::{AreaFilter, LineFilter, Scope, ScopeFilter};
use domain::case::{Awaits, Case};
use domain::event::Words;
use domain::ids::{AreaCode, CaseId, CategoryCode, UnitCode};
use domain::time::Timestamp;

use crate::cases::number;
use crate::engine::EngineKind;
use crate::tx::Reading;
use crate::{Error, Result};
#[cfg(any(test, feature = "testing"))]
pub(crate) use due::explain as explain_due;
pub use due::{DueCursor, DueFilter, DueLine};
#[cfg(any(test, feature = "testing"))]
pub(crate) use elsewhere::explain as explain_elsewhere;
pub use elsewhere::{ElsewhereFilter, ElsewhereLine};
pub use holding::FiledIn;
#[cfg(any(test, feature = "testing"))]
pub(crate) use holding::explain as explain_ended;

/// What is out of sight, or wanted there.
pub(crate) const OUT_OF_SIGHT: Awaits = Awaits::OUT_OF_SIGHT.and(Awaits::SECOND_FOR_QUARANTINE);

/// Beyond this a list does not count: "1,000+".
pub const COUNT_CAP: u32 = 1_001;
/// Most cases of a page.
pub const PAGE_CAP: u32 = 100;

/// Open, ended, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StateGroup {
    /// Something is still owed.
    Open,
    /// Nothing is owed any more.
    Done,
    /// Both.
    #[default]
    All,
}

/// Where a page ended; the next begins after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// When its last case was filed.
    pub filed_at: Timestamp,
    /// Its last case.
    pub id: CaseId,
}

/// What a list is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CaseFilter {
    /// In this community.
    pub community: Option<AreaCode>,
    /// In any of these (a unit's), past ones included.
    pub communities: Option<Vec<AreaCode>>,
    /// In any of these categories (a branch of the tree).
    pub category_in: Vec<CategoryCode>,
    /// Open, ended or both.
    pub state: StateGroup,
    /// Only those that wait for any of this; [`Awaits::NOTHING`] narrows nothing.
    pub awaits: Awaits,
    /// Filed at or after.
    pub filed_from: Option<Timestamp>,
    /// Filed before.
    pub filed_to: Option<Timestamp>,
    /// Only these: the hits of a text search.
    pub ids: Option<Vec<CaseId>>,
    /// After the end of the page before.
    pub after: Option<Cursor>,
    /// Within these degrees: south, north, west and east, in tenths of a millionth.
    pub inside: Option<[i64; 4]>,
    /// At most this many, [`PAGE_CAP`] at most.
    pub limit: u32,
}

/// One line of a list: the case as it stands, and the words of its filing.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseLine {
    /// The case.
    pub case: Case,
    /// The reporter's words, if this scope may read them and they are not erased.
    pub words: Option<Words>,
}

impl std::ops::Deref for CaseLine {
    type Target = Case;
    fn deref(&self) -> &Case {
        &self.case
    }
}

impl CaseLine {
    /// Where a page that ends with this line ends.
    pub fn cursor(&self) -> Cursor {
        Cursor {
            filed_at: self.filed_at,
            id: self.id,
        }
    }
}

/// A value bound to a composed statement.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Value {
    Text(String),
    Whole(i64),
}

/// A statement under composition.
#[derive(Debug)]
struct Sql {
    engine: EngineKind,
    text: String,
    values: Vec<Value>,
    conditions: usize,
}

impl Sql {
    fn new(engine: EngineKind) -> Self {
        Self {
            engine,
            text: String::new(),
            values: Vec::new(),
            conditions: 0,
        }
    }

    /// A column that is only looked at while another one drives.
    fn passive(&self, sqlite: &'static str, postgres: &'static str) -> &'static str {
        match self.engine {
            EngineKind::Sqlite => sqlite,
            EngineKind::Postgres => postgres,
        }
    }

    fn push(&mut self, fragment: &'static str) {
        self.text.push_str(fragment);
    }

    fn bind(&mut self, value: Value) {
        self.values.push(value);
        // Writing to a String cannot fail.
        let _ = write!(self.text, "${}", self.values.len());
    }

    /// A number of the program's own in the text itself.
    fn number(&mut self, number: u32) {
        let _ = write!(self.text, "{number}");
    }

    fn condition(&mut self, fragment: &'static str) {
        self.push(if self.conditions == 0 {
            " WHERE "
        } else {
            " AND "
        });
        self.conditions += 1;
        self.push(fragment);
    }

    fn list<'v>(&mut self, values: impl Iterator<Item = &'v str>) {
        self.push("(");
        for (n, value) in values.enumerate() {
            if n > 0 {
                self.push(", ");
            }
            self.bind(Value::Text(value.to_owned()));
        }
        self.push(")");
    }
}

const COLUMNS: &str = "SELECT r.snapshot, w.words FROM ";
/// What [`Awaits::FEW`] is stored as: an index holds those alone, and a statement has to repeat its condition to the
/// letter.
const WAITS_FOR_FEW: &str = "(r.awaits & 16319) <> 0";
const WORDS: &str = " LEFT JOIN case_words w ON w.case_id = r.id AND w.version = r.words_version";
const ORDER: &str = " ORDER BY r.filed_at DESC, r.id DESC LIMIT ";

/// What a list walks along; the other filters only look at what passes by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Driver {
    Ids,
    Community,
    CommunityAndCategory,
    Category,
    Filed,
}

impl CaseFilter {
    fn driver(&self) -> Driver {
        match (&self.ids, &self.community, self.category_in.len()) {
            (Some(_), ..) => Driver::Ids,
            (None, Some(_), 1) => Driver::CommunityAndCategory,
            (None, Some(_), _) => Driver::Community,
            (None, None, 1) => Driver::Category,
            (None, None, _) => Driver::Filed,
        }
    }

    /// A filter that cannot match anything needs no statement.
    fn is_empty(&self) -> bool {
        self.ids.as_ref().is_some_and(Vec::is_empty)
            || self.communities.as_ref().is_some_and(Vec::is_empty)
    }

    /// What is open within a box: south, north, west and east, in tenths of a millionth of a degree.
    fn inside(sql: &mut Sql, [south, north, west, east]: [i64; 4]) {
        sql.condition("r.lat_e7 IS NOT NULL AND r.lat_e7 BETWEEN ");
        sql.bind(Value::Whole(south));
        sql.push(" AND ");
        sql.bind(Value::Whole(north));
        sql.push(" AND r.lng_e7 BETWEEN ");
        sql.bind(Value::Whole(west));
        sql.push(" AND ");
        sql.bind(Value::Whole(east));
    }

    fn conditions(&self, sql: &mut Sql, scope: &ScopeFilter) {
        let driver = self.driver();
        if let Some(ids) = &self.ids {
            sql.condition("r.id IN ");
            let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
            sql.list(ids.iter().map(String::as_str));
        }
        if let Some(community) = &self.community {
            let passive = sql.passive("r.community || '' = ", "r.community = ");
            sql.condition(if driver == Driver::Ids {
                passive
            } else {
                "r.community = "
            });
            sql.bind(Value::Text(community.to_string()));
        }
        if let Some(communities) = &self.communities {
            sql.condition(sql.passive("r.community || '' IN ", "r.community IN "));
            sql.list(communities.iter().map(AreaCode::as_str));
        }
        match (self.category_in.as_slice(), driver) {
            ([], _) => {}
            ([one], Driver::Category | Driver::CommunityAndCategory) => {
                sql.condition("r.category = ");
                sql.bind(Value::Text(one.to_string()));
            }
            (many, _) => {
                sql.condition(sql.passive("r.category || '' IN ", "r.category IN "));
                sql.list(many.iter().map(CategoryCode::as_str));
            }
        }
        match self.state {
            StateGroup::Open => sql.condition("r.done = 0"),
            StateGroup::Done => sql.condition("r.done = 1"),
            StateGroup::All => {}
        }
        if let Some(inside) = self.inside {
            Self::inside(sql, inside);
        }
        if self.awaits != Awaits::NOTHING {
            if Awaits::FEW.holds(self.awaits) {
                sql.condition(WAITS_FOR_FEW);
            }
            sql.condition("r.awaits <> 0 AND (r.awaits & ");
            sql.bind(Value::Whole(i64::from(self.awaits.bits())));
            sql.push(") <> 0");
        }
        if let Some(from) = self.filed_from {
            sql.condition("r.filed_at >= ");
            sql.bind(Value::Whole(from.millis()));
        }
        if let Some(to) = self.filed_to {
            sql.condition("r.filed_at < ");
            sql.bind(Value::Whole(to.millis()));
        }
        if let Some(after) = self.after {
            sql.condition("(r.filed_at, r.id) < (");
            sql.bind(Value::Whole(after.filed_at.millis()));
            sql.push(", ");
            sql.bind(Value::Text(after.id.to_string()));
            sql.push(")");
        }
        Self::scope(sql, scope);
    }

    fn scope(sql: &mut Sql, scope: &ScopeFilter) {
        match scope {
            ScopeFilter::All => {}
            ScopeFilter::Public => sql.condition("r.listed = 1"),
            ScopeFilter::Party { case } | ScopeFilter::One { case } => {
                sql.condition("r.quarantined = 0 AND r.id = ");
                sql.bind(Value::Text(case.to_string()));
            }
            ScopeFilter::Staff { any_of } if any_of.is_empty() => sql.condition("1 = 0"),
            ScopeFilter::Staff { any_of } => {
                sql.condition("(");
                for (n, (line, area)) in any_of.iter().enumerate() {
                    sql.push(if n == 0 { "(" } else { " OR (" });
                    if *line != LineFilter::OutOfSight {
                        sql.push("r.quarantined = 0 AND ");
                    }
                    match line {
                        // A tip is sealed: it is seen by its line and by nobody above it.
                        LineFilter::All => sql.push("r.kind <> 'tip'"),
                        LineFilter::Listed => sql.push("r.listed = 1"),
                        LineFilter::OutOfSight => {
                            sql.push("r.awaits <> 0 AND (r.awaits & ");
                            sql.bind(Value::Whole(i64::from(OUT_OF_SIGHT.bits())));
                            sql.push(") <> 0");
                        }
                        LineFilter::Units { units, .. } if units.is_empty() => sql.push("1 = 0"),
                        LineFilter::Units { units, tips } => {
                            if !tips {
                                sql.push("r.kind <> 'tip' AND ");
                            }
                            sql.push("(r.line IN ");
                            sql.list(units.iter().map(UnitCode::as_str));
                            sql.push(" OR ");
                            Self::called(sql, units);
                            sql.push(")");
                        }
                        LineFilter::Called { units } if units.is_empty() => sql.push("1 = 0"),
                        LineFilter::Called { units } => {
                            sql.push("r.kind <> 'tip' AND r.done = 0 AND ");
                            Self::called(sql, units);
                        }
                    }
                    match area {
                        AreaFilter::All => {}
                        AreaFilter::Communities(codes) if codes.is_empty() => {
                            sql.push(" AND 1 = 0");
                        }
                        AreaFilter::Communities(codes) => {
                            sql.push(
                                sql.passive(" AND r.community || '' IN ", " AND r.community IN "),
                            );
                            sql.list(codes.iter().map(AreaCode::as_str));
                        }
                    }
                    sql.push(")");
                }
                sql.push(")");
            }
        }
    }

    /// Cases to which any of these units is called and not let go.
    fn called(sql: &mut Sql, units: &[UnitCode]) {
        sql.push(
            "EXISTS (SELECT 1 FROM case_part p WHERE p.case_id = r.id \
             AND p.returned = 0 AND p.unit IN ",
        );
        sql.list(units.iter().map(UnitCode::as_str));
        sql.push(")");
    }

    fn list_sql(&self, engine: EngineKind, scope: &ScopeFilter) -> Sql {
        let mut sql = Sql::new(engine);
        sql.push(COLUMNS);
        // PostgreSQL reads the long row of each case that it passes over, even where the index holds all it
        // asks for: so there the page is chosen first, from the index alone.
        let first = engine == EngineKind::Postgres;
        if first {
            sql.push("(SELECT r.id FROM case_row r");
            self.conditions(&mut sql, scope);
            self.order(&mut sql);
            sql.push(") AS page JOIN case_row r ON r.id = page.id");
        } else {
            sql.push("case_row r");
        }
        sql.push(WORDS);
        // Whose words this scope may read, as `access::reads_words` has it.
        match scope {
            ScopeFilter::Public => sql.push(" AND r.detail = 1"),
            ScopeFilter::Party { .. } | ScopeFilter::One { .. } => {
                sql.push(" AND r.kind <> 'tip'");
            }
            ScopeFilter::Staff { .. } | ScopeFilter::All => {}
        }
        if !first {
            self.conditions(&mut sql, scope);
        }
        self.order(&mut sql);
        sql
    }

    fn order(&self, sql: &mut Sql) {
        sql.push(ORDER);
        sql.number(self.limit.clamp(1, PAGE_CAP));
    }

    fn count_sql(&self, engine: EngineKind, scope: &ScopeFilter, cap: u32) -> Sql {
        let mut sql = Sql::new(engine);
        sql.push("SELECT COUNT(*) FROM (SELECT 1 FROM case_row r");
        self.conditions(&mut sql, scope);
        sql.push(" LIMIT ");
        sql.number(cap);
        sql.push(") AS counted");
        sql
    }
}

type Row = (String, Option<String>);

fn line((snapshot, words): Row) -> Result<CaseLine> {
    let case: Case = serde_json::from_str(&snapshot)
        .map_err(|_| Error::corrupt("case_row", "snapshot", "of a list"))?;
    let words = words
        .map(|words| serde_json::from_str(&words))
        .transpose()
        .map_err(|_| Error::corrupt("case_words", "words", case.id))?;
    Ok(CaseLine { case, words })
}

macro_rules! bound {
    ($query:expr, $values:expr) => {{
        let mut query = $query;
        for value in $values {
            query = match value {
                Value::Text(text) => query.bind(text),
                Value::Whole(n) => query.bind(n),
            };
        }
        query
    }};
}

pub(crate) use bound;

/// All rows of a composed statement as `$row`.
macro_rules! composed {
    ($reading:expr, $row:ty, $sql:expr) => {{
        let $crate::filter::Sql { text, values, .. } = $sql;
        let text = sqlx::AssertSqlSafe(text);
        $reading.flush().await?;
        let rows = match $reading.conn.on() {
            $crate::engine::On::Sqlite(conn) => {
                $crate::filter::bound!(sqlx::query_as::<_, $row>(text), values)
                    .fetch_all(conn)
                    .await
            }
            $crate::engine::On::Postgres(conn) => {
                $crate::filter::bound!(sqlx::query_as::<_, $row>(text), values)
                    .fetch_all(conn)
                    .await
            }
        };
        rows.map_err(|error| $reading.failed(error))
    }};
}

pub(crate) use composed;

impl Reading {
    /// A page of the cases a scope may know of, newest first.
    pub async fn cases(&mut self, scope: &Scope, filter: &CaseFilter) -> Result<Vec<CaseLine>> {
        if filter.is_empty() {
            return Ok(Vec::new());
        }
        let sql = filter.list_sql(self.engine(), scope.filter());
        composed!(self, Row, sql)?.into_iter().map(line).collect()
    }

    /// How many there are without regard to pages, [`COUNT_CAP`] at most.
    pub async fn count_cases(&mut self, scope: &Scope, filter: &CaseFilter) -> Result<u32> {
        self.count_cases_to(scope, filter, COUNT_CAP).await
    }

    /// The same, `cap` at most: what stands beside a list need not be more exact than it is read.
    pub async fn count_cases_to(
        &mut self,
        scope: &Scope,
        filter: &CaseFilter,
        cap: u32,
    ) -> Result<u32> {
        if filter.is_empty() {
            return Ok(0);
        }
        let filter = CaseFilter {
            after: None,
            ..filter.clone()
        };
        let sql = filter.count_sql(self.engine(), scope.filter(), cap);
        let counted = composed!(self, (i64,), sql)?;
        Ok(counted.first().map_or(0, |(n,)| number(*n)))
    }
}

/// The plan of a list, as the database tells it. For `tests/explain.rs`.
#[cfg(any(test, feature = "testing"))]
pub(crate) async fn explain(
    reading: &mut Reading,
    scope: &Scope,
    filter: &CaseFilter,
) -> Result<String> {
    let sql = filter.list_sql(reading.engine(), scope.filter());
    Ok(plan_of(reading, sql).await?)
}

#[cfg(any(test, feature = "testing"))]
async fn plan_of(reading: &mut Reading, sql: Sql) -> sqlx::Result<String> {
    use crate::engine::On;
    use sqlx::{AssertSqlSafe, Row as _};
    let Sql { text, values, .. } = sql;
    Ok(match reading.conn.on() {
        On::Sqlite(conn) => {
            let text = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {text}"));
            let rows = bound!(sqlx::query(text), values).fetch_all(conn).await?;
            rows.iter()
                .map(|row| row.get::<String, _>("detail") + "\n")
                .collect()
        }
        On::Postgres(conn) => {
            // Asked is whether an index can serve; a small table may well be read whole.
            sqlx::query("SET enable_seqscan = off")
                .execute(&mut *conn)
                .await?;
            let text = AssertSqlSafe(format!("EXPLAIN {text}"));
            let rows = bound!(sqlx::query(text), values).fetch_all(conn).await?;
            rows.iter()
                .map(|row| row.get::<String, _>(0) + "\n")
                .collect()
        }
    })
}
