//! The end of the log in memory: the places, how their cases stand, and who may be told.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use domain::case::Case;
use domain::ids::CaseId;
use domain::reference::CaseNumber;
use store::Logged;

use super::KEPT;
use crate::look;

/// A place in the log, and who may be told of it.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) position: u64,
    pub(super) case: CaseId,
    pub(super) number: CaseNumber,
    /// Everybody may know of the case, as it stands now.
    pub(super) public: bool,
    /// People outside the offices are told of the event.
    pub(super) outside: bool,
}

/// The end of the log.
#[derive(Debug, Default)]
pub(super) struct Lately {
    /// Every place after this position is here that has a case.
    pub(super) from: u64,
    /// How far it was read.
    pub(super) at: u64,
    places: VecDeque<Place>,
    /// The cases of the places, as they stand.
    pub(super) cases: Cases,
}

/// How a case stands: its number, and whether everybody may know of it.
pub(super) type Standing = BTreeMap<CaseId, (CaseNumber, bool)>;
/// The cases themselves, for whoever watches from the desk.
pub(super) type Cases = BTreeMap<CaseId, Arc<Case>>;

impl Lately {
    /// Takes what came after a position.
    pub(super) fn take(
        &mut self,
        after: u64,
        logged: &[Logged],
        standing: &Standing,
        cases: Cases,
    ) {
        if after != self.at {
            self.places.clear();
            self.cases.clear();
            self.from = after;
        }
        self.cases.extend(cases);
        for place in &mut self.places {
            if let Some((_, public)) = standing.get(&place.case) {
                place.public = *public;
            }
        }
        self.at = after;
        for Logged { position, recorded } in logged {
            self.at = *position;
            if let Some((number, public)) = standing.get(&recorded.case) {
                self.places.push_back(Place {
                    position: *position,
                    case: recorded.case,
                    number: *number,
                    public: *public,
                    outside: !look::is_for_offices(&recorded.event.fact),
                });
            }
        }
        while self.places.len() > KEPT {
            if let Some(gone) = self.places.pop_front() {
                self.from = gone.position;
            }
        }
        if self.cases.len() > 2 * KEPT {
            let kept: BTreeSet<CaseId> = self.places.iter().map(|place| place.case).collect();
            self.cases.retain(|id, _| kept.contains(id));
        }
    }

    pub(super) fn after(&self, position: u64) -> impl Iterator<Item = &Place> {
        let start = self
            .places
            .partition_point(|place| place.position <= position);
        self.places.range(start..)
    }
}

#[cfg(test)]
mod tests {
    use domain::event::{Actor, Event, Fact, Recorded};
    use domain::time::Timestamp;

    use super::*;

    fn id(no: u8) -> CaseId {
        CaseId::new(Timestamp::from_millis(1), [no; 10])
    }

    fn number(no: u32) -> CaseNumber {
        let date = domain::time::CityTime::china()
            .civil(Timestamp::from_millis(1_795_223_100_000))
            .date;
        CaseNumber::new(date, no)
    }

    fn logged(position: u64, case: u8, fact: Fact) -> Logged {
        Logged {
            position,
            recorded: Recorded {
                case: id(case),
                version: 2,
                at: Timestamp::from_millis(1),
                event: Event::new(Actor::System, fact),
            },
        }
    }

    fn standing(public: bool) -> Standing {
        Standing::from([(id(1), (number(1), public)), (id(2), (number(2), true))])
    }

    fn public(lately: &Lately) -> Vec<(u64, bool)> {
        let places = lately.after(0);
        places.map(|place| (place.position, place.public)).collect()
    }

    #[test]
    fn a_case_made_private_is_private_in_every_place_kept() {
        let mut lately = Lately::default();
        let events = [
            logged(1, 1, Fact::Released {}),
            logged(2, 2, Fact::Released {}),
        ];
        lately.take(0, &events, &standing(true), Cases::new());
        assert_eq!(public(&lately), [(1, true), (2, true)]);
        lately.take(
            2,
            &[logged(3, 1, Fact::Released {})],
            &Standing::from([(id(1), (number(1), false))]),
            Cases::new(),
        );
        assert_eq!(public(&lately), [(1, false), (2, true), (3, false)]);
        assert_eq!((lately.from, lately.at), (0, 3));
    }

    #[test]
    fn no_more_is_kept_than_promised_and_a_gap_starts_anew() {
        let mut lately = Lately::default();
        let more = KEPT as u64 + 7;
        for position in 1..=more {
            lately.take(
                position - 1,
                &[logged(position, 1, Fact::Released {})],
                &standing(true),
                Cases::new(),
            );
        }
        assert_eq!(
            (lately.places.len(), lately.from, lately.at),
            (KEPT, 7, more)
        );
        assert_eq!(lately.after(more - 2).count(), 2);
        lately.take(
            more + 50,
            &[logged(more + 51, 2, Fact::Released {})],
            &standing(true),
            Cases::new(),
        );
        assert_eq!((lately.places.len(), lately.from), (1, more + 50));
    }

    #[test]
    fn what_only_the_offices_know_of_is_told_to_nobody() {
        let mut lately = Lately::default();
        let events = [
            logged(1, 1, Fact::Noted {}),
            logged(2, 1, Fact::Released {}),
        ];
        lately.take(0, &events, &standing(true), Cases::new());
        let outside: Vec<bool> = lately.after(0).map(|place| place.outside).collect();
        assert_eq!(outside, [false, true]);
    }
}
