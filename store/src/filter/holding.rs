//! Open cases whose words hold what somebody at the desk looks for. The index of the search holds
//! released words only; what a secretary looks for is mostly not released yet. Nothing is kept for
//! this: the open cases of a scope are few enough to be read through.

use domain::access::{LineFilter, Scope, ScopeFilter};
use domain::ids::CaseId;

use super::{CaseFilter, ORDER, PAGE_CAP, Sql, Value, WORDS, composed};
use crate::tx::Reading;
use crate::{Error, Result};

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

impl Reading {
    /// Open cases of a scope of staff that hold `wanted` in their words, place or number, the newest
    /// first, at most [`PAGE_CAP`]. Nobody finds by words they may not read.
    ///
    /// # Errors
    /// The database's.
    pub async fn open_cases_holding(&mut self, scope: &Scope, wanted: &str) -> Result<Vec<CaseId>> {
        let ScopeFilter::Staff { any_of } = scope.filter() else {
            return Ok(Vec::new());
        };
        let reads = |(line, _): &&(LineFilter, _)| *line != LineFilter::Listed;
        let any_of: Vec<_> = any_of.iter().filter(reads).cloned().collect();
        if any_of.is_empty() || wanted.chars().count() < 2 {
            return Ok(Vec::new());
        }
        let wanted = wanted.to_lowercase();
        // Words stand as JSON, which writes quotes and backslashes in its own way.
        let quoted = serde_json::Value::from(wanted.as_str()).to_string();
        let in_words = anywhere(quoted.trim_matches('"'));
        let mut sql = Sql::new(self.engine());
        sql.push("SELECT r.id FROM case_row r");
        sql.push(WORDS);
        sql.condition("r.done = 0");
        sql.condition("(LOWER(w.words) LIKE ");
        sql.bind(Value::Text(in_words));
        sql.push(" ESCAPE '\\' OR r.number LIKE ");
        sql.bind(Value::Text(anywhere(&wanted)));
        sql.push(" ESCAPE '\\')");
        CaseFilter::scope(&mut sql, &ScopeFilter::Staff { any_of });
        sql.push(ORDER);
        sql.number(PAGE_CAP);
        type Row = (String,);
        composed!(self, Row, sql)?
            .into_iter()
            .map(|(id,)| {
                let parsed = id.parse();
                parsed.map_err(|_| Error::corrupt("case_row", "id", id))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_looked_for_is_no_pattern() {
        assert_eq!(anywhere("50%_\\"), "%50\\%\\_\\\\%");
    }
}
