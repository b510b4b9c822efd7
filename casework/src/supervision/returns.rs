//! Returns by the office that had called: whose calls go to units whose work it is not. 退单
//!
//! Read from the events of the cases alone, so that anybody who has the log comes to the same figures.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    clock::Owner,
    event::{Actor, Fact, Recorded},
    ids::{AppointmentNo, CaseId},
    lang::Lang,
    time::Timestamp,
};
use store::Reading;

use super::{countable, within};
use crate::{Desk, Result};

/// What became in a week of returns from units that one office had called. Those that are not ruled on
/// yet are in `asked` alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Returns {
    /// Asked.
    pub asked: u64,
    /// Right: by ruling, or since the commission assigned another unit.
    pub upheld: u64,
    /// Not right.
    pub refused: u64,
}

/// One office's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnRow {
    /// The office that had called.
    pub office: String,
    /// What became of it.
    pub returns: Returns,
}

/// A step of a return.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    Asked,
    Upheld,
    Refused,
}

/// Whether an event is a step of a return, or may be the end of one.
pub(super) const fn is_step(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::ReturnAsked { .. } | Fact::ReturnRuled { .. } | Fact::Assigned { .. }
    )
}

/// The steps of a case's returns in a time, each with who had called the unit.
fn turns(events: &[Recorded], span: (Timestamp, Timestamp)) -> Vec<(Option<AppointmentNo>, Turn)> {
    let mut called: BTreeMap<u32, AppointmentNo> = BTreeMap::new();
    let mut waiting: BTreeSet<u32> = BTreeSet::new();
    let mut turns = Vec::new();
    for recorded in events {
        let steps: Vec<(u32, Turn)> = match &recorded.event.fact {
            Fact::Called { parts, .. } => {
                if let Actor::Appointment(by) = recorded.event.actor {
                    called.extend(parts.iter().map(|part| (part.part, by)));
                }
                Vec::new()
            }
            Fact::ReturnAsked { part, .. } => {
                waiting.insert(*part);
                vec![(*part, Turn::Asked)]
            }
            Fact::ReturnRuled { part, upheld } => {
                waiting.remove(part);
                let turn = if *upheld { Turn::Upheld } else { Turn::Refused };
                vec![(*part, turn)]
            }
            // Who asked to be let go is let go, unless it is the one that is assigned.
            Fact::Assigned { part, .. } => std::mem::take(&mut waiting)
                .into_iter()
                .map(|no| {
                    let is_kept = no == part.part;
                    (no, if is_kept { Turn::Refused } else { Turn::Upheld })
                })
                .collect(),
            _ => Vec::new(),
        };
        if within(span, recorded.at) {
            let by = steps
                .into_iter()
                .map(|(part, turn)| (called.get(&part).copied(), turn));
            turns.extend(by);
        }
    }
    turns
}

/// The returns of a time in these cases, by the office that had called; the most upheld first.
pub(super) async fn by_office(
    desk: &Desk,
    reading: &mut Reading,
    cases: BTreeSet<CaseId>,
    span: (Timestamp, Timestamp),
    lang: Lang,
) -> Result<Vec<ReturnRow>> {
    let ids: Vec<CaseId> = cases.into_iter().collect();
    let mut offices: BTreeMap<Owner, Returns> = BTreeMap::new();
    for case in countable(reading, &ids).await? {
        let events = reading.events(&case).await?;
        for (by, turn) in turns(&events, span) {
            let by = match by {
                Some(no) => reading.appointment(no).await?,
                None => None,
            };
            // An appointment that is not known was the community's: it has the case.
            let community = || Owner::Community(case.community.clone());
            let office = offices.entry(by.map_or_else(community, |by| by.home));
            let returns = office.or_default();
            match turn {
                Turn::Asked => returns.asked += 1,
                Turn::Upheld => returns.upheld += 1,
                Turn::Refused => returns.refused += 1,
            }
        }
    }
    let mut rows: Vec<ReturnRow> = offices
        .into_iter()
        .map(|(owner, returns)| ReturnRow {
            office: desk.office_name(&owner, lang),
            returns,
        })
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse((row.returns.upheld, row.returns.asked)));
    Ok(rows)
}
