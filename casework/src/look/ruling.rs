//! What somebody ruled that the public gets of each photo, as the events tell it.

use std::collections::BTreeMap;

use domain::{
    event::{Fact, Recorded},
    ids::PhotoId,
};

use super::eyes::Sight;

/// The last word on one photo.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ruling {
    /// The event of the picture that stands in its place, and that picture, unless it is gone.
    pub(crate) instead: Option<(u32, Option<PhotoId>)>,
    /// It is not shown at all. What stood in its place before will stand there when it is shown again.
    pub(crate) withheld: bool,
}

impl Ruling {
    /// How it is seen outside. Where the picture in its place is gone, nothing is: never the whole.
    pub(super) const fn sight(self) -> Sight {
        match (self.withheld, self.instead) {
            (false, None) => Sight::Whole,
            (false, Some((_, Some(instead)))) => Sight::Covered(instead),
            (true, _) | (false, Some((_, None))) => Sight::Hidden,
        }
    }
}

/// The rulings by the event of the photo and its number (from 1) within that event; a photo of which
/// nothing was said has none.
pub(crate) fn rulings(events: &[Recorded]) -> BTreeMap<(u32, u8), Ruling> {
    let mut rulings = BTreeMap::<(u32, u8), Ruling>::new();
    for recorded in events {
        match recorded.event.fact {
            Fact::PhotoCovered {
                version,
                photo,
                withheld,
            } => {
                let ruling = rulings.entry((version, photo)).or_default();
                ruling.withheld = withheld;
                if !withheld {
                    let words = recorded.event.words.as_ref();
                    let instead = words.and_then(|words| words.photos.first().copied());
                    ruling.instead = Some((recorded.version, instead));
                }
            }
            Fact::PhotoShown { version, photo } => {
                rulings.entry((version, photo)).or_default().withheld = false;
            }
            _ => {}
        }
    }
    rulings
}

#[cfg(test)]
mod tests {
    use domain::{
        event::{Actor, Event, Words},
        ids::{AppointmentNo, CaseId},
        time::Timestamp,
    };

    use super::*;

    const CUT: PhotoId = PhotoId::new([1; 16]);

    /// What was ruled of the first photo of the filing, in this order; a picture for what is covered.
    fn ruled(facts: &[(Fact, Option<PhotoId>)]) -> Ruling {
        let at = Timestamp::from_millis(0);
        let events: Vec<Recorded> = (2..)
            .zip(facts)
            .map(|(version, (fact, picture))| {
                let words = picture.map(|picture| Words {
                    photos: vec![picture],
                    ..Words::default()
                });
                let actor = Actor::Appointment(AppointmentNo(1));
                Recorded {
                    case: CaseId::new(at, [0; 10]),
                    version,
                    at,
                    event: Event::new(actor, fact.clone()).saying(words),
                }
            })
            .collect();
        rulings(&events).get(&(1, 1)).copied().unwrap_or_default()
    }

    fn covered(withheld: bool) -> Fact {
        Fact::PhotoCovered {
            version: 1,
            photo: 1,
            withheld,
        }
    }

    #[test]
    fn what_is_shown_again_is_shown_as_it_was_before() {
        let shown = Fact::PhotoShown {
            version: 1,
            photo: 1,
        };
        let cut = (covered(false), Some(CUT));
        let withheld = (covered(true), None);
        let again = (shown, None);
        for (facts, sight) in [
            (vec![], Sight::Whole),
            (vec![cut.clone()], Sight::Covered(CUT)),
            (vec![withheld.clone()], Sight::Hidden),
            (vec![withheld.clone(), again.clone()], Sight::Whole),
            (vec![cut.clone(), withheld.clone()], Sight::Hidden),
            (
                vec![cut.clone(), withheld.clone(), again.clone()],
                Sight::Covered(CUT),
            ),
            (vec![withheld, cut], Sight::Covered(CUT)),
            // The picture is gone: nothing is shown, and to show it again brings nothing to light.
            (vec![(covered(false), None)], Sight::Hidden),
            (vec![(covered(false), None), again], Sight::Hidden),
        ] {
            assert_eq!(ruled(&facts).sight(), sight, "{facts:?}");
        }
    }
}
