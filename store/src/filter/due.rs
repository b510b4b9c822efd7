//! The queue of the desk: cases by the clock that runs out first, one line a case; the emergencies
//! alone, or all others.
//!
//! It walks `clock_owner` where whoever asks owns clocks, else `clock_due`; of the clocks of one
//! case that are theirs only the first makes a line.

use domain::access::Scope;
use domain::case::Awaits;
use domain::clock::{Owner, Stage};
use domain::ids::{AreaCode, CaseId, CategoryCode};
use domain::time::Timestamp;

use super::{CaseLine, Sql, Value, composed, line};
use crate::cases::number;
use crate::projection::owner_text;
use crate::tx::Reading;
use crate::{COUNT_CAP, PAGE_CAP, Result};

/// As in `case_row_emergency`; the number is [`Awaits::EMERGENCY`].
const EMERGENCIES: &str = "SELECT id FROM case_row WHERE (awaits & 65536) <> 0";
/// The same of the row `r`, denied.
const NO_EMERGENCY: &str = "(r.awaits & 65536) = 0";
const _: () = assert!(Awaits::EMERGENCY.bits() == 65536);

/// Where a page of the queue ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueCursor {
    /// When the clock of its last line runs out.
    pub due: Timestamp,
    /// Its last case.
    pub id: CaseId,
}

/// What of the queue is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DueFilter {
    /// Clocks of these offices; of all within the scope where there is none.
    pub owners: Option<Vec<Owner>>,
    /// Without the clocks of this stage.
    pub without: Option<Stage>,
    /// Only what runs out before.
    pub before: Option<Timestamp>,
    /// Only what runs out at or after.
    pub from: Option<Timestamp>,
    /// In any of these communities.
    pub communities: Option<Vec<AreaCode>>,
    /// In any of these categories.
    pub category_in: Vec<CategoryCode>,
    /// Only emergencies, or all but them: cases to which units are called in an emergency, and
    /// those of [`DueFilter::emergency_in`].
    pub emergencies: Option<bool>,
    /// Categories that are an emergency by themselves.
    pub emergency_in: Vec<CategoryCode>,
    /// After the end of the page before.
    pub after: Option<DueCursor>,
    /// At most this many.
    pub limit: u32,
}

/// One line of the queue.
#[derive(Debug, Clone, PartialEq)]
pub struct DueLine {
    /// The case.
    pub line: CaseLine,
    /// Which of its clocks runs out first.
    pub clock: u32,
    /// When: while it stands still, when it would run out if it stood as long as it may.
    pub due: Timestamp,
}

impl DueLine {
    /// Where a page that ends with this line ends.
    pub fn cursor(&self) -> DueCursor {
        DueCursor {
            due: self.due,
            id: self.line.case.id,
        }
    }
}

impl DueFilter {
    fn is_empty(&self) -> bool {
        self.owners.as_ref().is_some_and(Vec::is_empty)
            || self.communities.as_ref().is_some_and(Vec::is_empty)
    }

    fn owned_by(sql: &mut Sql, owners: &[Owner]) {
        let owners: Vec<String> = owners.iter().map(owner_text).collect();
        sql.list(owners.iter().map(String::as_str));
    }

    /// What a clock of `owner`, or else of any of the owners, has to be.
    fn conditions(&self, sql: &mut Sql, scope: &Scope, owner: Option<&Owner>) {
        sql.condition("k.running = 1 AND r.id = k.case_id");
        if let Some(owner) = owner {
            sql.condition("k.owner = ");
            sql.bind(Value::Text(owner_text(owner)));
        } else if let Some(owners) = &self.owners {
            // The clocks of a few emergencies are looked up by their case, not by whose they are.
            let looked_up = self.emergencies == Some(true);
            let passive = sql.passive("k.owner || '' IN ", "k.owner IN ");
            sql.condition(if looked_up { passive } else { "k.owner IN " });
            Self::owned_by(sql, owners);
        }
        if let Some(stage) = self.without {
            sql.condition("k.stage <> ");
            sql.bind(Value::Text(stage.as_str().to_owned()));
        }
        if let Some(before) = self.before {
            sql.condition("k.due <= ");
            sql.bind(Value::Whole(before.millis()));
        }
        if let Some(from) = self.from {
            sql.condition("k.due > ");
            sql.bind(Value::Whole(from.millis()));
        }
        if let Some(after) = self.after {
            sql.condition("(k.due, k.case_id) > (");
            sql.bind(Value::Whole(after.due.millis()));
            sql.push(", ");
            sql.bind(Value::Text(after.id.to_string()));
            sql.push(")");
        }
        if let Some(communities) = &self.communities {
            sql.condition(sql.passive("r.community || '' IN ", "r.community IN "));
            sql.list(communities.iter().map(AreaCode::as_str));
        }
        if !self.category_in.is_empty() {
            sql.condition(sql.passive("r.category || '' IN ", "r.category IN "));
            sql.list(self.category_in.iter().map(CategoryCode::as_str));
        }
        if self.emergencies == Some(false) {
            sql.condition(NO_EMERGENCY);
            if !self.emergency_in.is_empty() {
                sql.condition(sql.passive("r.category || '' NOT IN ", "r.category NOT IN "));
                sql.list(self.emergency_in.iter().map(CategoryCode::as_str));
            }
        }
        super::CaseFilter::scope(sql, scope.filter());
        sql.condition(
            "NOT EXISTS (SELECT 1 FROM clock e WHERE e.case_id = k.case_id AND e.running = 1 \
             AND (e.due, e.id) < (k.due, k.id)",
        );
        if let Some(owners) = &self.owners {
            sql.push(" AND e.owner || '' IN ");
            Self::owned_by(sql, owners);
        }
        if let Some(stage) = self.without {
            sql.push(" AND e.stage <> ");
            sql.bind(Value::Text(stage.as_str().to_owned()));
        }
        sql.push(")");
    }

    fn list_sql(&self, reading: &Reading, scope: &Scope) -> Sql {
        let mut sql = Sql::new(reading.engine());
        // The page is chosen first, from the first clocks of each office in their order, and only of what is
        // on it are the long rows read: an office may have clocks by the thousand.
        sql.push("SELECT r.snapshot, w.words, k.id, k.due FROM (");
        match &self.owners {
            _ if self.emergencies == Some(true) => self.first_emergencies(&mut sql, scope),
            Some(owners) => {
                for (n, owner) in owners.iter().enumerate() {
                    sql.push(if n == 0 {
                        "SELECT * FROM ("
                    } else {
                        " UNION ALL SELECT * FROM ("
                    });
                    self.first_clocks(&mut sql, scope, Some(owner));
                    sql.push(") AS own");
                }
                sql.push(" ORDER BY due, case_id LIMIT ");
                sql.number(self.limit.clamp(1, PAGE_CAP));
            }
            None => self.first_clocks(&mut sql, scope, None),
        }
        sql.push(
            ") AS k JOIN case_row r ON r.id = k.case_id \
             LEFT JOIN case_words w ON w.case_id = r.id AND w.version = r.words_version",
        );
        sql
    }

    /// SQLite keeps the order of a CROSS JOIN: the clocks lead.
    fn first_clocks(&self, sql: &mut Sql, scope: &Scope, owner: Option<&Owner>) {
        sql.push("SELECT k.case_id, k.id, k.due FROM clock k CROSS JOIN case_row r");
        sql.conditions = 0;
        self.conditions(sql, scope, owner);
        sql.push(" ORDER BY k.due, k.case_id LIMIT ");
        sql.number(self.limit.clamp(1, PAGE_CAP));
    }

    /// Emergencies are few: they lead, by indexes of their own, and their clocks are looked up.
    fn first_emergencies(&self, sql: &mut Sql, scope: &Scope) {
        sql.push("SELECT k.case_id, k.id, k.due FROM (");
        sql.push(EMERGENCIES);
        if !self.emergency_in.is_empty() {
            sql.push(" UNION SELECT id FROM case_row WHERE done = 0 AND category IN ");
            sql.list(self.emergency_in.iter().map(CategoryCode::as_str));
        }
        sql.push(") AS u CROSS JOIN clock k CROSS JOIN case_row r");
        sql.conditions = 0;
        sql.condition("k.case_id = u.id");
        self.conditions(sql, scope, None);
        sql.push(" ORDER BY k.due, k.case_id LIMIT ");
        sql.number(self.limit.clamp(1, PAGE_CAP));
    }

    fn count_sql(&self, reading: &Reading, scope: &Scope, cap: u32) -> Sql {
        let mut sql = Sql::new(reading.engine());
        sql.push("SELECT COUNT(*) FROM (SELECT 1 FROM clock k CROSS JOIN case_row r");
        self.conditions(&mut sql, scope, None);
        sql.push(" LIMIT ");
        sql.number(cap);
        sql.push(") AS counted");
        sql
    }
}

type Row = (String, Option<String>, i64, i64);

impl Reading {
    /// A page of the queue, what runs out first first.
    pub async fn due_cases(&mut self, scope: &Scope, filter: &DueFilter) -> Result<Vec<DueLine>> {
        if filter.is_empty() {
            return Ok(Vec::new());
        }
        let sql = filter.list_sql(self, scope);
        let mut lines = composed!(self, Row, sql)?
            .into_iter()
            .map(|(snapshot, words, clock, due)| {
                Ok(DueLine {
                    line: line((snapshot, words))?,
                    clock: number(clock),
                    due: Timestamp::from_millis(due),
                })
            })
            .collect::<Result<Vec<_>>>()?;
        // A join need not keep the order in which the page was chosen.
        lines.sort_by_cached_key(|line| (line.due, line.line.case.id.to_string()));
        Ok(lines)
    }

    /// How many cases the queue holds without regard to pages, [`COUNT_CAP`] at most.
    pub async fn count_due(&mut self, scope: &Scope, filter: &DueFilter) -> Result<u32> {
        self.count_due_to(scope, filter, COUNT_CAP).await
    }

    /// The same, `cap` at most.
    pub async fn count_due_to(
        &mut self,
        scope: &Scope,
        filter: &DueFilter,
        cap: u32,
    ) -> Result<u32> {
        if filter.is_empty() {
            return Ok(0);
        }
        let filter = DueFilter {
            after: None,
            ..filter.clone()
        };
        let sql = filter.count_sql(self, scope, cap);
        let counted = composed!(self, (i64,), sql)?;
        Ok(counted.first().map_or(0, |(n,)| number(*n)))
    }
}

/// The plan of a page of the queue. For `tests/explain.rs`.
#[cfg(any(test, feature = "testing"))]
pub(crate) async fn explain(
    reading: &mut Reading,
    scope: &Scope,
    filter: &DueFilter,
) -> Result<String> {
    let sql = filter.list_sql(reading, scope);
    Ok(super::plan_of(reading, sql).await?)
}
