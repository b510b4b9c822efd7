//! What was transferred out and has no answer yet: by the day on which the other body must give it, what
//! is over first. It walks `case_row_answer_due`.

use domain::access::Scope;
use domain::event::PassedOn;
use domain::ids::{AreaCode, CaseId, CategoryCode};
use domain::time::Timestamp;

use super::{CaseLine, DueCursor, Sql, Value, composed, line};
use crate::cases::number;
use crate::engine::EngineKind;
use crate::tx::Reading;
use crate::{Error, PAGE_CAP, Result};

/// What of it is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ElsewhereFilter {
    /// Only what is due by then: what is over.
    pub before: Option<Timestamp>,
    /// In any of these communities.
    pub communities: Option<Vec<AreaCode>>,
    /// In any of these categories.
    pub category_in: Vec<CategoryCode>,
    /// Only these: the hits of a search.
    pub ids: Option<Vec<CaseId>>,
    /// After the end of the page before.
    pub after: Option<DueCursor>,
    /// At most this many.
    pub limit: u32,
}

/// One line of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ElsewhereLine {
    /// The case.
    pub line: CaseLine,
    /// To whom and by what right; nothing where it was written as one text, or the words are erased.
    /// Whether it may be read is for whoever knows the viewer.
    pub on: Option<PassedOn>,
    /// When they must answer.
    pub due: Timestamp,
}

impl ElsewhereLine {
    /// Where a page that ends with this line ends.
    pub fn cursor(&self) -> DueCursor {
        DueCursor {
            due: self.due,
            id: self.line.case.id,
        }
    }
}

impl ElsewhereFilter {
    fn is_empty(&self) -> bool {
        self.ids.as_ref().is_some_and(Vec::is_empty)
            || self.communities.as_ref().is_some_and(Vec::is_empty)
    }

    fn conditions(&self, sql: &mut Sql, scope: &Scope) {
        sql.condition("r.answer_due IS NOT NULL");
        if let Some(before) = self.before {
            sql.condition("r.answer_due <= ");
            sql.bind(Value::Whole(before.millis()));
        }
        if let Some(after) = self.after {
            sql.condition("(r.answer_due, r.id) > (");
            sql.bind(Value::Whole(after.due.millis()));
            sql.push(", ");
            sql.bind(Value::Text(after.id.to_string()));
            sql.push(")");
        }
        if let Some(ids) = &self.ids {
            sql.condition("r.id IN ");
            let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
            sql.list(ids.iter().map(String::as_str));
        }
        if let Some(communities) = &self.communities {
            sql.condition(sql.passive("r.community || '' IN ", "r.community IN "));
            sql.list(communities.iter().map(AreaCode::as_str));
        }
        if !self.category_in.is_empty() {
            sql.condition(sql.passive("r.category || '' IN ", "r.category IN "));
            sql.list(self.category_in.iter().map(CategoryCode::as_str));
        }
        super::CaseFilter::scope(sql, scope.filter());
    }

    /// The page is chosen first, and only of what is on it are the long rows and the words read. Nothing
    /// leads on from a transfer, so that a case has one at most.
    fn list_sql(&self, engine: EngineKind, scope: &Scope) -> Sql {
        let mut sql = Sql::new(engine);
        sql.push(
            "SELECT r.snapshot, w.words, p.words, r.answer_due FROM (SELECT r.id FROM case_row r",
        );
        self.conditions(&mut sql, scope);
        sql.push(" ORDER BY r.answer_due, r.id LIMIT ");
        sql.number(self.limit.clamp(1, PAGE_CAP));
        sql.push(
            ") AS k JOIN case_row r ON r.id = k.id \
             LEFT JOIN case_words w ON w.case_id = r.id AND w.version = r.words_version \
             LEFT JOIN case_event e ON e.case_id = r.id AND e.kind = 'transferred_out.1' \
             LEFT JOIN case_words p ON p.case_id = e.case_id AND p.version = e.version",
        );
        sql
    }

    fn count_sql(&self, engine: EngineKind, scope: &Scope, cap: u32) -> Sql {
        let mut sql = Sql::new(engine);
        sql.push("SELECT COUNT(*) FROM (SELECT 1 FROM case_row r");
        self.conditions(&mut sql, scope);
        sql.push(" LIMIT ");
        sql.number(cap);
        sql.push(") AS counted");
        sql
    }
}

type Row = (String, Option<String>, Option<String>, i64);

fn passed((snapshot, words, told, due): Row) -> Result<ElsewhereLine> {
    let line = line((snapshot, words))?;
    let told: Option<domain::event::Words> = told
        .map(|told| serde_json::from_str(&told))
        .transpose()
        .map_err(|_| Error::corrupt("case_words", "words", line.case.id))?;
    Ok(ElsewhereLine {
        line,
        on: told.and_then(|told| told.passed),
        due: Timestamp::from_millis(due),
    })
}

impl Reading {
    /// A page of what waits for another body's answer, what is over first.
    pub async fn elsewhere(
        &mut self,
        scope: &Scope,
        filter: &ElsewhereFilter,
    ) -> Result<Vec<ElsewhereLine>> {
        if filter.is_empty() {
            return Ok(Vec::new());
        }
        let sql = filter.list_sql(self.engine(), scope);
        let mut lines = composed!(self, Row, sql)?
            .into_iter()
            .map(passed)
            .collect::<Result<Vec<_>>>()?;
        // A join need not keep the order in which the page was chosen.
        lines.sort_by_cached_key(|line| (line.due, line.line.case.id.to_string()));
        Ok(lines)
    }

    /// How many there are without regard to pages, `cap` at most.
    pub async fn count_elsewhere_to(
        &mut self,
        scope: &Scope,
        filter: &ElsewhereFilter,
        cap: u32,
    ) -> Result<u32> {
        if filter.is_empty() {
            return Ok(0);
        }
        let filter = ElsewhereFilter {
            after: None,
            ..filter.clone()
        };
        let sql = filter.count_sql(self.engine(), scope, cap);
        let counted = composed!(self, (i64,), sql)?;
        Ok(counted.first().map_or(0, |(n,)| number(*n)))
    }
}

/// The plan of a page of it. For `tests/explain.rs`.
#[cfg(any(test, feature = "testing"))]
pub(crate) async fn explain(
    reading: &mut Reading,
    scope: &Scope,
    filter: &ElsewhereFilter,
) -> Result<String> {
    let sql = filter.list_sql(reading.engine(), scope);
    Ok(super::plan_of(reading, sql).await?)
}
