//! What the events of cases fold to, held against the rows beside them.

use std::collections::HashMap;

use domain::case::Case;
use domain::time::Timestamp;

use super::{Bad, CLOCKS, Folded, PARTS, PHOTOS, PLACES, ROWS, Stop};
use crate::engine::fetch_all;
use crate::projection::{Columns, is_running, late_from, owner_text};
use crate::tx::Reading;

impl Reading {
    pub(super) async fn compare_rows(
        &mut self,
        after: &str,
        last: &str,
        folded: &HashMap<String, Folded>,
    ) -> Result<(), Stop> {
        let rows = fetch_all!(self, CaseRow, ROWS, after, last)?;
        if rows.len() < folded.len() {
            let known: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
            let missing = folded
                .keys()
                .filter(|id| !known.contains(&id.as_str()))
                .min();
            let missing = missing.map_or("?", String::as_str);
            return Err(Bad::new("a case has no row").case(missing).into());
        }
        for row in rows {
            let bad = |what: &str| Bad::new(what).case(&row.id).version(row.version);
            let folded = folded
                .get(&row.id)
                .ok_or_else(|| bad("a row belongs to no event"))?;
            let columns = Columns::of(&folded.case)?;
            let snapshot: Case = serde_json::from_str(&row.snapshot)
                .map_err(|_| bad("the case in the row cannot be read"))?;
            if snapshot != folded.case {
                return Err(bad("the events fold to another case than the row says").into());
            }
            let same = row.number == folded.case.number.to_string()
                && row.version == i64::from(folded.case.version)
                && row.head == folded.head
                && row.state == columns.state
                && row.done == columns.done
                && row.listed == columns.listed
                && row.detail == columns.detail
                && row.category == folded.case.category.as_str()
                && row.line == folded.case.line.as_str()
                && row.outcome.as_deref() == columns.outcome
                && row.due_at == columns.due_at
                && row.reporters == columns.reporters
                && row.quarantined == columns.quarantined
                && row.words_version == i64::from(folded.seen.words_version.unwrap_or(1));
            if !same {
                return Err(bad("a column of the row is not what the events say").into());
            }
        }
        type Place = (
            String,
            String,
            String,
            i64,
            i64,
            Option<i64>,
            Option<i64>,
            i64,
            Option<i64>,
        );
        for (id, kind, community, filed, updated, lat, lng, awaits, answer_due) in
            fetch_all!(self, Place, PLACES, after, last)?
        {
            let Some(folded) = folded.get(&id) else {
                continue;
            };
            let same = kind == folded.case.kind.as_str()
                && community == folded.case.community.as_str()
                && filed == folded.case.filed_at.millis()
                && updated == folded.case.updated_at.millis()
                && (lat, lng) == folded.seen.position.unzip()
                && awaits == i64::from(folded.case.awaits().bits())
                && answer_due == folded.case.answer_due().map(Timestamp::millis);
            if !same {
                return Err(Bad::new("a column of the row is not what the events say")
                    .case(&id)
                    .into());
            }
        }
        Ok(())
    }

    pub(super) async fn compare_beside(
        &mut self,
        after: &str,
        last: &str,
        folded: &HashMap<String, Folded>,
    ) -> Result<(), Stop> {
        type Clock = (String, i64, String, String, i64, i64, i64);
        let mut clocks: Vec<Clock> = folded
            .iter()
            .flat_map(|(id, folded)| {
                folded.case.clocks.iter().map(move |clock| {
                    (
                        id.clone(),
                        i64::from(clock.id),
                        clock.stage.as_str().to_owned(),
                        owner_text(&clock.owner),
                        late_from(clock).millis(),
                        i64::from(is_running(clock)),
                        clock.first_due.millis(),
                    )
                })
            })
            .collect();
        clocks.sort_unstable();
        differ(
            "clock",
            &clocks,
            &fetch_all!(self, Clock, CLOCKS, after, last)?,
            |row| &row.0,
        )?;

        type Part = (String, i64, String, i64);
        let mut parts: Vec<Part> = folded
            .iter()
            .flat_map(|(id, folded)| {
                folded.case.parts.iter().map(move |part| {
                    (
                        id.clone(),
                        i64::from(part.no),
                        part.unit.to_string(),
                        i64::from(part.returned),
                    )
                })
            })
            .collect();
        parts.sort_unstable();
        differ(
            "part",
            &parts,
            &fetch_all!(self, Part, PARTS, after, last)?,
            |row| &row.0,
        )?;

        type Photo = (String, i64, i64, String);
        let mut photos: Vec<Photo> = folded
            .iter()
            .flat_map(|(id, folded)| {
                folded.photos.iter().map(move |(version, no, photo)| {
                    (id.clone(), i64::from(*version), *no, photo.to_string())
                })
            })
            .collect();
        photos.sort_unstable();
        differ(
            "photo",
            &photos,
            &fetch_all!(self, Photo, PHOTOS, after, last)?,
            |row| &row.0,
        )
    }
}

/// Names the first case in which what should be and what is differ.
fn differ<T: PartialEq + Ord>(
    what: &str,
    should: &[T],
    is: &[T],
    case: impl Fn(&T) -> &String,
) -> Result<(), Stop> {
    if should == is {
        return Ok(());
    }
    let at = should.iter().zip(is).position(|(should, is)| should != is);
    let at = at.unwrap_or(should.len().min(is.len()));
    let row = [should.get(at), is.get(at)].into_iter().flatten().min();
    let bad = Bad::new(format!("a {what} is not what the events say"));
    Err(row
        .map_or_else(|| bad.clone(), |row| bad.clone().case(case(row)))
        .into())
}

#[derive(sqlx::FromRow)]
struct CaseRow {
    id: String,
    number: String,
    version: i64,
    head: Vec<u8>,
    state: String,
    done: i64,
    listed: i64,
    detail: i64,
    category: String,
    line: String,
    outcome: Option<String>,
    due_at: Option<i64>,
    reporters: i64,
    snapshot: String,
    quarantined: i64,
    words_version: i64,
}
