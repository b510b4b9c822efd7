//! The queue itself: emergencies first, then everything else, page by page.

use domain::{access::Scope, ids::CategoryCode, time::Timestamp};
use store::{DueCursor, DueFilter, DueLine, Reading};

use crate::{Desk, Result};

/// Where a page of the queue ended, and whether among the emergencies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct QueuePlace {
    emergency: bool,
    cursor: DueCursor,
}

impl QueuePlace {
    pub(super) fn of(text: &str) -> Option<Self> {
        let (emergency, text) = match text.strip_prefix('e') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let cursor = due_of(text)?;
        Some(Self { emergency, cursor })
    }

    pub(super) fn text(self) -> String {
        let first = if self.emergency { "e" } else { "" };
        format!("{first}{}", due_text(self.cursor))
    }
}

/// A place in a list by days, from an address.
pub(super) fn due_of(text: &str) -> Option<DueCursor> {
    let (due, id) = text.split_once('.')?;
    Some(DueCursor {
        due: Timestamp::from_millis(due.parse().ok()?),
        id: id.parse().ok()?,
    })
}

/// A place in a list by days, for an address.
pub(super) fn due_text(cursor: DueCursor) -> String {
    format!("{}.{}", cursor.due.millis(), cursor.id)
}

/// A page of the queue: emergencies first, then everything else; each by the clock that runs out
/// first. A fresh emergency would else stand behind all that is late already.
pub(super) async fn queue(
    desk: &Desk,
    reading: &mut Reading,
    scope: &Scope,
    filter: DueFilter,
    after: Option<QueuePlace>,
) -> Result<(Vec<DueLine>, Option<QueuePlace>)> {
    let limit = filter.limit;
    let of = |emergency: bool, found: u32| DueFilter {
        emergencies: Some(emergency),
        emergency_in: emergencies(desk),
        after: after
            .filter(|place| place.emergency == emergency)
            .map(|place| place.cursor),
        limit: limit.saturating_sub(found),
        ..filter.clone()
    };
    let mut lines = Vec::new();
    if after.is_none_or(|place| place.emergency) {
        lines = reading.due_cases(scope, &of(true, 0)).await?;
    }
    let first = lines.len();
    let found = u32::try_from(first).unwrap_or(limit);
    if found < limit {
        lines.extend(reading.due_cases(scope, &of(false, found)).await?);
    }
    let full = u32::try_from(lines.len()).is_ok_and(|all| all >= limit);
    let last = lines.last().filter(|_| full);
    let next = last.map(|line| QueuePlace {
        emergency: lines.len() == first,
        cursor: line.cursor(),
    });
    Ok((lines, next))
}

/// Categories that are an emergency by themselves.
fn emergencies(desk: &Desk) -> Vec<CategoryCode> {
    let leaves = desk.city.leaf_categories().into_iter();
    let emergency = leaves.filter(|leaf| leaf.emergency);
    emergency.map(|leaf| leaf.code.clone()).collect()
}
