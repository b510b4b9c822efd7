//! To whom a case was handed on. Its events say it already, so nothing is written down twice; who reads
//! of it is told as of a look.

use domain::{
    case::Case,
    clock::Owner,
    event::{Fact, Recorded},
    ids::{EngagementNo, UnitCode},
    lang::Lang,
};
use store::Look;

use crate::{Desk, views::Saw};

/// Who got it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum To {
    /// An office of the city.
    Office(Owner),
    /// A firm under contract, by its link.
    Firm(EngagementNo),
    /// A body that is none of the city's offices here.
    Outside,
}

impl To {
    /// Its name, as `office` names the offices; none for whoever is outside: what staff wrote of that
    /// stands in the words of the case.
    pub(super) fn name(
        &self,
        desk: &Desk,
        case: &Case,
        lang: Lang,
        office: impl Fn(&Owner) -> String,
    ) -> Option<String> {
        match self {
            Self::Office(owner) => Some(office(owner)),
            Self::Firm(no) => Some(desk.contractor_name(*no, case, lang)),
            Self::Outside => None,
        }
    }
}

/// Each step that opened the case to somebody else, in the order of the events, as a look by who took
/// it. The text of the step belongs to the case and is not among it. To a deputy a case goes within
/// its office, whose people see it anyway.
pub(super) fn on(events: &[Recorded]) -> Vec<(Look, To)> {
    let mut line = None;
    let mut handed = Vec::new();
    for recorded in events {
        for to in receivers(&recorded.event.fact, &mut line) {
            let saw = match to {
                To::Outside => Saw::PassedOutside,
                To::Office(_) | To::Firm(_) => Saw::Passed,
            };
            let step = Look {
                at: recorded.at,
                party: None,
                by: recorded.event.actor,
                what: saw.as_str().to_owned(),
                reason: String::new(),
            };
            handed.push((step, to));
        }
    }
    handed
}

/// Whom an event opens the case to; `line` is the module whose matter it was before, and is moved on.
fn receivers(fact: &Fact, line: &mut Option<UnitCode>) -> Vec<To> {
    let unit = |unit: &UnitCode| To::Office(Owner::Unit(unit.clone()));
    match fact {
        Fact::Filed { line: first, .. } => {
            *line = Some(first.clone());
            Vec::new()
        }
        Fact::Reclassified { line: next, .. } => {
            let before = line.replace(next.clone());
            let another = before.is_none_or(|before| before != *next);
            another.then(|| unit(next)).into_iter().collect()
        }
        Fact::Called { parts, .. } => parts.iter().map(|part| unit(&part.unit)).collect(),
        Fact::Assigned { part, .. } => vec![unit(&part.unit)],
        Fact::Engaged { engagement, .. } => vec![To::Firm(*engagement)],
        Fact::Moved { community, .. } => {
            vec![To::Office(Owner::Community(community.clone()))]
        }
        Fact::TransferredOut { .. } => vec![To::Outside],
        _ => Vec::new(),
    }
}
