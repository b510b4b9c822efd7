//! What staff find by words: released words by the index, what is open and not released by reading through it,
//! and what has ended by reading back through it, so many cases at a time. How far back one look reached is
//! told in days, and the next look goes on from there.

use domain::{
    access::{Scope, Viewer},
    ids::{CaseId, ExternalNo},
    reference::CaseNumber,
    time::{CityTime, Timestamp, date_text, next_day, parse_date},
};
use store::{CaseFilter, Cursor, FiledIn, PAGE_CAP, Reading};

use super::{Asked, List, is_theirs};
use crate::{Desk, Result};

/// Ended cases that one look goes back through. Of a community they are years; of a city of a million cases
/// in three years, eleven days.
const LOOK_BACK: u32 = 10_000;

/// Which of the ended cases were looked through: those filed in whole days of the city.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LookedBack {
    /// Only those filed before this day began; all where there is none.
    pub before: Option<Timestamp>,
    /// Only those filed since this day began; all where there is none.
    pub from: Option<Timestamp>,
    /// That day, from which the next look goes on.
    pub further: Option<String>,
}

/// What was found by words.
pub(super) struct Found {
    /// The cases.
    pub(super) ids: Vec<CaseId>,
    /// Which ended ones were looked through; none where they were not asked for.
    pub(super) back: Option<LookedBack>,
}

/// Finds what is asked for; none where nothing is.
pub(super) async fn find(
    desk: &Desk,
    viewer: &Viewer,
    scope: &Scope,
    asked: &Asked,
) -> Result<Option<Found>> {
    let words = asked.words.trim();
    if words.is_empty() {
        return Ok(None);
    }
    let mut reading = desk.store.read().await?;
    if let Ok(number) = words.parse::<CaseNumber>() {
        let case = reading.case(scope, &number).await?;
        let ids = case.map(|case| case.id).into_iter().collect();
        let ids = theirs(&mut reading, scope, viewer, ids).await?;
        return Ok(Some(Found { ids, back: None }));
    }
    let before = parse_date(&asked.back).ok();
    let before = before.map(|day| desk.city.time.start_of_day(day));
    let mut ids = Vec::new();
    // A further look back brings what is further back.
    if before.is_none() {
        ids = desk.find(words)?;
        let open = reading.open_cases_holding(scope, words).await?;
        add(&mut ids, theirs(&mut reading, scope, viewer, open).await?);
        // A hotline asks by its own number.
        if let Ok(external) = ExternalNo::new(words) {
            let same = reading.cases_of_external(scope, &external).await?;
            let same = same.into_iter().filter(|case| is_theirs(viewer, case));
            add(&mut ids, same.map(|case| case.id));
        }
    }
    let mut back = None;
    if asked.list != List::Open {
        let (ended, looked) = look_back(desk, &mut reading, scope, words, before).await?;
        add(&mut ids, theirs(&mut reading, scope, viewer, ended).await?);
        back = Some(looked);
    }
    Ok(Some(Found { ids, back }))
}

fn add(ids: &mut Vec<CaseId>, more: impl IntoIterator<Item = CaseId>) {
    for id in more {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
}

/// Those that are the viewer's own, at most a page of the store's: what is in their scope and not theirs is not
/// even counted.
async fn theirs(
    reading: &mut Reading,
    scope: &Scope,
    viewer: &Viewer,
    ids: Vec<CaseId>,
) -> Result<Vec<CaseId>> {
    let filter = CaseFilter {
        ids: Some(ids),
        limit: PAGE_CAP,
        ..CaseFilter::default()
    };
    let lines = reading.cases(scope, &filter).await?;
    let own = lines.iter().filter(|line| is_theirs(viewer, &line.case));
    Ok(own.map(|line| line.case.id).collect())
}

/// Goes back through ended cases, from the beginning of a day, or from now.
async fn look_back(
    desk: &Desk,
    reading: &mut Reading,
    scope: &Scope,
    words: &str,
    before: Option<Timestamp>,
) -> Result<(Vec<CaseId>, LookedBack)> {
    let time = &desk.city.time;
    let end = before.unwrap_or_else(|| next_morning(time, desk.now()));
    let last = reading.ended_back(scope, before, LOOK_BACK).await?;
    let mut from = last.map(|last| whole_day(time, last, end));
    let filed = FiledIn { from, before };
    let mut found = reading.ended_cases_holding(scope, words, filed).await?;
    if let Some(last) = last_of_many(&found) {
        // More of its day may have been left out.
        let first = whole_day(time, last, end);
        found.retain(|hit| hit.filed_at >= first);
        from = Some(first);
    }
    let looked = LookedBack {
        before,
        from,
        further: from.map(|from| date_text(time.civil(from).date)),
    };
    Ok((found.into_iter().map(|hit| hit.id).collect(), looked))
}

/// When the last hit was filed, where there are as many as are told.
fn last_of_many(found: &[Cursor]) -> Option<Timestamp> {
    let many = found.len() >= PAGE_CAP as usize;
    found.last().filter(|_| many).map(|last| last.filed_at)
}

/// When the day after an instant begins.
fn next_morning(time: &CityTime, at: Timestamp) -> Timestamp {
    time.start_of_day(next_day(time.civil(at).date))
}

/// When the first day began that was looked through whole, where a look from `end` back, which is the beginning
/// of a day, got as far as `last`. A day that holds more than one look is looked through all the same: else
/// nobody would get past it.
fn whole_day(time: &CityTime, last: Timestamp, end: Timestamp) -> Timestamp {
    let next = next_morning(time, last);
    if next < end {
        next
    } else {
        time.start_of_day(time.civil(last).date)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_ends_with_a_whole_day_and_each_gets_further() {
        let time = CityTime::china();
        let at = |text: &str| time.parse_rfc3339(text).unwrap();
        let day = |text: &str| at(&format!("{text}T00:00:00+08:00"));
        let last = at("2026-11-20T15:00:00+08:00");
        // Of the 20th a part was looked through: the next look has it again.
        assert_eq!(whole_day(&time, last, day("2026-11-24")), day("2026-11-21"));
        assert_eq!(whole_day(&time, last, day("2026-11-22")), day("2026-11-21"));
        // No further than where it began: the day is looked through whole.
        assert_eq!(whole_day(&time, last, day("2026-11-21")), day("2026-11-20"));
        // A day of the city begins eight hours before that of Greenwich.
        let early = at("2026-11-20T00:30:00+08:00");
        assert_eq!(
            whole_day(&time, early, day("2026-11-21")),
            day("2026-11-20")
        );
    }
}
