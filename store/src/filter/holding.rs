//! Cases whose words hold what somebody at the desk looks for. The index of the search holds released words
//! only; what a secretary looks for is mostly not released yet, and some of it never will be. Nothing is kept
//! for this, so that words lie in one place and are gone when they are erased there: the open cases of a scope
//! are few enough to be read through, and those that have ended are read back through so many at a time.

use domain::access::{AreaFilter, LineFilter, Scope, ScopeFilter};
use domain::fold::fold;
use domain::ids::{AreaCode, CaseId};
use domain::time::Timestamp;

use super::{CaseFilter, Cursor, ORDER, PAGE_CAP, Sql, Value, WORDS, composed};
use crate::tx::Reading;
use crate::{Error, Result};

/// Most words of a search; the rest narrows nothing.
const MOST_WORDS: usize = 8;
/// Where a scope has no more communities than this, each is walked by an index of its own; else the city is.
const WALKED_APART: usize = 8;
/// Beside `WHERE`, of a row that has ended and that an area may know of.
const ENDED: &str = "r.done = 1 AND r.quarantined = 0";
/// As [`ORDER`], of what was chosen from several walks.
const ORDER_ALL: &str = " ORDER BY filed_at DESC, id DESC LIMIT ";

/// When a case was filed: from one instant on, and before another. Either may be open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FiledIn {
    /// At this instant or later.
    pub from: Option<Timestamp>,
    /// Before this instant.
    pub before: Option<Timestamp>,
}

/// `wanted` anywhere in a text, for `LIKE … ESCAPE '\'`.
fn anywhere(wanted: &str) -> String {
    let mut pattern = String::from("%");
    for c in wanted.chars() {
        if matches!(c, '\\' | '%' | '_') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

/// The same in words, which stand as JSON: it writes quotes and backslashes in its own way.
fn in_words(wanted: &str) -> String {
    let quoted = serde_json::Value::from(wanted).to_string();
    let inside = quoted
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    anywhere(inside.unwrap_or(&quoted))
}

/// What is looked for in words is at least two characters.
fn is_enough(wanted: &str) -> bool {
    wanted.trim().chars().count() >= 2
}

/// Whether the words `w` or the number of `r` hold every word that is looked for, as it is written or in
/// simplified characters.
fn holds(sql: &mut Sql, wanted: &str) {
    for word in wanted.split_whitespace().take(MOST_WORDS) {
        let word = word.to_lowercase();
        let folded = fold(&word);
        sql.condition("(LOWER(w.words) LIKE ");
        sql.bind(Value::Text(in_words(&word)));
        if folded != word {
            sql.push(" ESCAPE '\\' OR LOWER(w.words) LIKE ");
            sql.bind(Value::Text(in_words(&folded)));
        }
        sql.push(" ESCAPE '\\' OR r.number LIKE ");
        sql.bind(Value::Text(anywhere(&word)));
        sql.push(" ESCAPE '\\')");
    }
}

/// The part of a scope whose words may be read, as far as it has cases in this state.
fn reads(scope: &Scope, ended: bool) -> Vec<(LineFilter, AreaFilter)> {
    let ScopeFilter::Staff { any_of } = scope.filter() else {
        return Vec::new();
    };
    let reads = |line: &LineFilter| match line {
        LineFilter::Listed => false,
        LineFilter::Called { .. } => !ended,
        LineFilter::All | LineFilter::Units { .. } | LineFilter::OutOfSight => true,
    };
    let any_of = any_of.iter().filter(|(line, _)| reads(line));
    any_of.cloned().collect()
}

/// The communities to walk apart; none where the whole city is walked.
fn walks(any_of: &[(LineFilter, AreaFilter)]) -> Option<Vec<AreaCode>> {
    let mut all: Vec<AreaCode> = Vec::new();
    for (_, area) in any_of {
        match area {
            AreaFilter::All => return None,
            AreaFilter::Communities(codes) => {
                for code in codes {
                    if !all.contains(code) {
                        all.push(code.clone());
                    }
                }
            }
        }
    }
    (all.len() <= WALKED_APART).then_some(all)
}

/// Writes one statement over all walks, the newest first; `one` writes that of a community, or of the city,
/// and ends with its limit.
fn over(sql: &mut Sql, walks: Option<&[AreaCode]>, one: impl Fn(&mut Sql, Option<&AreaCode>)) {
    let walks: Vec<Option<&AreaCode>> = match walks {
        Some(codes) => codes.iter().map(Some).collect(),
        None => vec![None],
    };
    for (n, community) in walks.into_iter().enumerate() {
        sql.push(if n == 0 {
            "SELECT * FROM ("
        } else {
            " UNION ALL SELECT * FROM ("
        });
        sql.conditions = 0;
        one(sql, community);
        sql.push(") AS own");
    }
}

fn filed_in(sql: &mut Sql, filed: FiledIn) {
    if let Some(from) = filed.from {
        sql.condition("r.filed_at >= ");
        sql.bind(Value::Whole(from.millis()));
    }
    if let Some(before) = filed.before {
        sql.condition("r.filed_at < ");
        sql.bind(Value::Whole(before.millis()));
    }
}

fn of_community(sql: &mut Sql, community: Option<&AreaCode>) {
    if let Some(community) = community {
        sql.condition("r.community = ");
        sql.bind(Value::Text(community.to_string()));
    }
}

impl Reading {
    /// Open cases of a scope of staff that hold `wanted` in their words, place or number, the newest
    /// first, at most [`PAGE_CAP`]. Nobody finds by words they may not read.
    ///
    /// # Errors
    /// The database's.
    pub async fn open_cases_holding(&mut self, scope: &Scope, wanted: &str) -> Result<Vec<CaseId>> {
        let any_of = reads(scope, false);
        if any_of.is_empty() || !is_enough(wanted) {
            return Ok(Vec::new());
        }
        let mut sql = Sql::new(self.engine());
        sql.push("SELECT r.id FROM case_row r");
        sql.push(WORDS);
        sql.condition("r.done = 0");
        holds(&mut sql, wanted);
        CaseFilter::scope(&mut sql, &ScopeFilter::Staff { any_of });
        sql.push(ORDER);
        sql.number(PAGE_CAP);
        type Row = (String,);
        let rows = composed!(self, Row, sql)?;
        rows.into_iter().map(|(id,)| case_id(id)).collect()
    }

    /// When the last of so many `rows` of ended cases was filed, counted back from `before`: how far one look
    /// reaches. Counted are the cases of the communities of the scope, or of the whole city where it has more
    /// than a few, whatever their line; sealed ones only where the scope has its own. None where there are not
    /// so many, and for whoever reads no words of ended cases.
    ///
    /// # Errors
    /// The database's.
    pub async fn ended_back(
        &mut self,
        scope: &Scope,
        before: Option<Timestamp>,
        rows: u32,
    ) -> Result<Option<Timestamp>> {
        let any_of = reads(scope, true);
        let walks = walks(&any_of);
        if any_of.is_empty() || walks.as_ref().is_some_and(Vec::is_empty) {
            return Ok(None);
        }
        let sql = back_sql(self, &any_of, walks.as_deref(), before, rows);
        let found = composed!(self, (i64,), sql)?;
        Ok(found.first().map(|(at,)| Timestamp::from_millis(*at)))
    }

    /// Ended cases of a scope of staff that hold `wanted`, as [`Reading::open_cases_holding`] finds the open
    /// ones, of those that were filed in this time; the newest first, at most [`PAGE_CAP`].
    ///
    /// # Errors
    /// The database's.
    pub async fn ended_cases_holding(
        &mut self,
        scope: &Scope,
        wanted: &str,
        filed: FiledIn,
    ) -> Result<Vec<Cursor>> {
        let any_of = reads(scope, true);
        let walks = walks(&any_of);
        let nowhere = walks.as_ref().is_some_and(Vec::is_empty);
        if any_of.is_empty() || nowhere || !is_enough(wanted) {
            return Ok(Vec::new());
        }
        let sql = ended_sql(self, any_of, walks.as_deref(), wanted, filed);
        type Row = (i64, String);
        let rows = composed!(self, Row, sql)?;
        let cursor = |(at, id): Row| -> Result<Cursor> {
            let (filed_at, id) = (Timestamp::from_millis(at), case_id(id)?);
            Ok(Cursor { filed_at, id })
        };
        rows.into_iter().map(cursor).collect()
    }
}

fn back_sql(
    reading: &Reading,
    any_of: &[(LineFilter, AreaFilter)],
    walks: Option<&[AreaCode]>,
    before: Option<Timestamp>,
    rows: u32,
) -> Sql {
    let sealed = |(line, _): &(LineFilter, _)| matches!(line, LineFilter::Units { tips: true, .. });
    let sealed = any_of.iter().any(sealed);
    let mut sql = Sql::new(reading.engine());
    sql.push("SELECT filed_at FROM (");
    over(&mut sql, walks, |sql, community| {
        sql.push("SELECT r.filed_at, r.id FROM case_row r");
        sql.condition(ENDED);
        if !sealed {
            sql.condition("r.kind <> 'tip'");
        }
        of_community(sql, community);
        filed_in(sql, FiledIn { from: None, before });
        sql.push(ORDER);
        sql.number(rows);
    });
    sql.push(") AS walked");
    sql.push(ORDER_ALL);
    sql.number(1);
    sql.push(" OFFSET ");
    sql.number(rows.saturating_sub(1));
    sql
}

fn ended_sql(
    reading: &Reading,
    any_of: Vec<(LineFilter, AreaFilter)>,
    walks: Option<&[AreaCode]>,
    wanted: &str,
    filed: FiledIn,
) -> Sql {
    let scope = ScopeFilter::Staff { any_of };
    let mut sql = Sql::new(reading.engine());
    sql.push("SELECT filed_at, id FROM (");
    over(&mut sql, walks, |sql, community| {
        sql.push("SELECT r.filed_at, r.id FROM case_row r");
        sql.push(WORDS);
        sql.condition("r.done = 1");
        of_community(sql, community);
        filed_in(sql, filed);
        holds(sql, wanted);
        CaseFilter::scope(sql, &scope);
        sql.push(ORDER);
        sql.number(PAGE_CAP);
    });
    sql.push(") AS walked");
    sql.push(ORDER_ALL);
    sql.number(PAGE_CAP);
    sql
}

fn case_id(id: String) -> Result<CaseId> {
    id.parse().map_err(|_| Error::corrupt("case_row", "id", id))
}

/// The plans of both halves of a look back. For `tests/explain.rs`.
#[cfg(any(test, feature = "testing"))]
pub(crate) async fn explain(
    reading: &mut Reading,
    scope: &Scope,
    filed: FiledIn,
) -> Result<[String; 2]> {
    let any_of = reads(scope, true);
    let walks = walks(&any_of);
    let back = back_sql(reading, &any_of, walks.as_deref(), filed.before, 10_000);
    let found = ended_sql(reading, any_of, walks.as_deref(), "路灯", filed);
    Ok([
        super::plan_of(reading, back).await?,
        super::plan_of(reading, found).await?,
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_looked_for_is_no_pattern() {
        assert_eq!(anywhere("50%_\\"), "%50\\%\\_\\\\%");
    }
}
