//! What a viewer may see of a case, event by event, and what they may do with it.

use std::collections::BTreeMap;

use domain::{
    access::{self, Viewer},
    case::{Case, EvidenceKind, Release},
    decide::{has_result, reopens},
    event::{Actor, Fact, PassedOn, Recorded, Words},
    ids::{PartyNo, PhotoId},
    place::Position,
    time::Timestamp,
    verb::{self, Verb},
    visibility::Visibility,
};

use super::ruling::{Ruling, rulings};
use crate::{
    views::{ClaimView, Publicly},
    worklist::metres,
};

/// What one viewer may read of one case, event by event.
///
/// A release covers what had been said when a named person looked at it: what reporters add later
/// waits for the next one. Words that were redacted are read as the redaction put them. Who has
/// the same problem reads what everybody reads, and what they wrote themself.
pub(super) struct Eyes<'e> {
    viewer: &'e Viewer,
    case: &'e Case,
    /// The words are public, or the viewer reads them anyway.
    readable: bool,
    /// The one who told it.
    reporter: bool,
    /// One of the case's people.
    pub(super) party: Option<PartyNo>,
    /// Staff whose case it is; for other staff it is a public case like any other.
    inside: bool,
    /// Works on it under contract: the words and photos of the case, and of the rest its own part.
    contracted: bool,
    /// The words of the filing are there, not erased.
    has_words: bool,
    /// The last event that a release covers.
    released: u32,
    /// What the public reads instead of an event's own words.
    redacted: BTreeMap<u32, Option<&'e Words>>,
    /// What was ruled that the public gets of a photo, by event and number within it.
    ruled: BTreeMap<(u32, u8), Ruling>,
}

/// How one photo is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sight {
    /// As it was taken.
    Whole,
    /// Another in its place.
    Covered(PhotoId),
    /// Not at all.
    Hidden,
}

impl<'e> Eyes<'e> {
    pub(super) fn of(viewer: &'e Viewer, case: &'e Case, events: &'e [Recorded]) -> Self {
        let party = match viewer {
            Viewer::Party { case: own, party } if *own == case.id => Some(*party),
            _ => None,
        };
        let released = events
            .iter()
            .rev()
            .find(|recorded| matches!(recorded.event.fact, Fact::Released {}));
        let redacted = events
            .iter()
            .filter_map(|recorded| match recorded.event.fact {
                Fact::Redacted { version } => Some((version, recorded.event.words.as_ref())),
                _ => None,
            });
        Self {
            viewer,
            case,
            readable: access::reads_words(viewer, case),
            reporter: party.is_some_and(|no| access::is_reporter(case, no)),
            party,
            inside: access::is_inside(viewer, case),
            contracted: access::is_contracted(viewer, case),
            has_words: events
                .first()
                .is_some_and(|filed| filed.event.words.is_some()),
            released: released.map_or(0, |recorded| recorded.version),
            redacted: redacted.collect(),
            ruled: rulings(events),
        }
    }

    /// Whether the place is shown exactly: to who told it and to who has to go there.
    pub(super) fn exact_place(&self) -> bool {
        self.reporter || self.inside || self.contracted
    }

    /// Whether what is internal in an event is shown.
    fn internal(&self, recorded: &Recorded) -> bool {
        access::reads_internal(self.viewer, self.case, &recorded.event)
    }

    /// Whether the words of an event are shown as they were written.
    fn reads_whole(&self, recorded: &Recorded) -> bool {
        if self.inside || self.reporter {
            return self.readable;
        }
        if self
            .party
            .is_some_and(|no| recorded.event.actor == Actor::Party(no))
        {
            return true;
        }
        // What staff told for a resident is the resident's word.
        let theirs = matches!(recorded.event.actor, Actor::Party(_)) || recorded.version == 1;
        // Who works on it does not wait for a release, but reads no more than the public of what
        // was struck out: a firm needs no names.
        let waits = theirs && recorded.version > self.released && !self.contracted;
        self.readable && !waits && !self.redacted.contains_key(&recorded.version)
    }

    /// The words of an event as this viewer reads them.
    pub(super) fn words(&self, recorded: &'e Recorded) -> Option<&'e Words> {
        if self.reads_whole(recorded) {
            return recorded.event.words.as_ref();
        }
        let instead = self.redacted.get(&recorded.version).copied().flatten();
        instead.filter(|_| self.readable)
    }

    /// Whether the photos of an event are shown. What staff photographed is shown outside only
    /// where it is meant for outside, and to others than the reporter and a contractor only when a
    /// named person has looked at it since: a photo of the work has number plates and neighbours in
    /// it too.
    pub(super) fn sees_photos(&self, recorded: &Recorded) -> bool {
        let fact = &recorded.event.fact;
        if !self.reads_whole(recorded) {
            return false;
        }
        let by_staff = !matches!(recorded.event.actor, Actor::Party(_));
        if self.internal(recorded) || recorded.version == 1 || !by_staff {
            return recorded.version == 1 || self.told(recorded);
        }
        let for_outside = matches!(
            fact,
            Fact::Updated { .. }
                | Fact::Resolved { .. }
                | Fact::EvidenceAdded {
                    evidence: EvidenceKind::PhotoBefore | EvidenceKind::PhotoAfter,
                    ..
                }
        );
        for_outside && (self.reporter || self.contracted || recorded.version < self.released)
    }

    /// How the photo of this number (from 1) of an event is seen, whose photos are seen at all. The
    /// offices and whoever told it see it as it was taken, others as it was covered: a contractor
    /// needs no faces either.
    pub(super) fn sight(&self, recorded: &Recorded, photo: u8) -> Sight {
        let own = self
            .party
            .is_some_and(|no| recorded.event.actor == Actor::Party(no));
        if self.inside || self.reporter || own {
            return Sight::Whole;
        }
        self.sight_outside(recorded, photo)
    }

    fn sight_outside(&self, recorded: &Recorded, photo: u8) -> Sight {
        let ruled = self.ruled.get(&(recorded.version, photo));
        ruled.copied().unwrap_or_default().sight()
    }

    /// What was ruled that others get of a photo, where that is not the photo: for the offices and whoever
    /// told it.
    pub(super) fn publicly(&self, recorded: &Recorded, photo: u8) -> Option<Publicly> {
        if !self.inside && !self.reporter {
            return None;
        }
        // Whose words were struck out, their photos go with them.
        let struck = self.redacted.contains_key(&recorded.version);
        match self.sight_outside(recorded, photo) {
            Sight::Covered(_) if !struck => Some(Publicly::Covered),
            Sight::Whole if !struck => None,
            _ => Some(Publicly::Withheld),
        }
    }

    /// Whether it is told which departments an event calls. A firm need not know whom it works beside.
    pub(super) fn names_departments(&self, recorded: &Recorded) -> bool {
        !self.contracted || self.internal(recorded)
    }

    /// Whether there is anything of the case that this viewer sees and others see covered.
    pub(super) const fn sees_whole(&self) -> bool {
        self.inside || self.party.is_some()
    }

    /// Which events this viewer is told of.
    pub(super) fn told(&self, recorded: &Recorded) -> bool {
        match &recorded.event.fact {
            fact if is_for_offices(fact) => self.internal(recorded),
            Fact::Held {}
            | Fact::Redacted { .. }
            | Fact::PhotoCovered { .. }
            | Fact::PhotoShown { .. }
            | Fact::VisibilityChanged { .. } => self.reporter || self.internal(recorded),
            _ => true,
        }
    }

    /// The text of an event: the reporters' words as far as they are released, the city's own
    /// words to all, internal words to those whose they are.
    pub(super) fn text(&self, recorded: &'e Recorded) -> Option<String> {
        let text = |words: Option<&Words>| words.and_then(|words| words.text.clone());
        let allowed = match &recorded.event.fact {
            Fact::Answered { .. } | Fact::InformationAdded { .. } | Fact::Disputed { .. } => {
                return text(self.words(recorded));
            }
            Fact::Asked {}
            | Fact::Held {}
            | Fact::Rejected { .. }
            | Fact::ReviewAsked {}
            | Fact::Moved { .. }
            | Fact::VisibilityChanged { .. } => self.reporter || self.internal(recorded),
            Fact::Updated { .. }
            | Fact::Resolved { .. }
            | Fact::RatingAnswered {}
            | Fact::Parked { .. }
            | Fact::TransferredOut { .. }
            | Fact::AnswerRelayed {}
            | Fact::SentBack {}
            | Fact::RejectionReviewed { .. }
            | Fact::Supervised { .. } => {
                if self.redacted.contains_key(&recorded.version) {
                    return text(self.words(recorded));
                }
                self.reads_the_citys(recorded)
            }
            // Why somebody was not content is between them and the offices.
            Fact::Rated { party, .. } => self.party == Some(*party) || self.internal(recorded),
            _ => self.internal(recorded),
        };
        text(recorded.event.words.as_ref()).filter(|_| allowed)
    }

    /// Whether what the city says to all is shown: once the words of the case are, and to its people.
    fn reads_the_citys(&self, recorded: &Recorded) -> bool {
        self.party.is_some() || self.readable || self.internal(recorded)
    }

    /// To whom the case was transferred, and by what right. What was put in place of the words of that
    /// event says what there is to say to who does not read them.
    pub(super) fn passed_on(&self, recorded: &'e Recorded) -> Option<&'e PassedOn> {
        if self.redacted.contains_key(&recorded.version) {
            return self.words(recorded)?.passed.as_ref();
        }
        let words = recorded.event.words.as_ref();
        words
            .filter(|_| self.reads_the_citys(recorded))?
            .passed
            .as_ref()
    }

    /// When and where an event was done, by the word of whoever did it, and how far that is from the
    /// scene. A matter of the offices: where an officer stood is nobody else's business. Where the place
    /// of the filing is erased, the same doorstep is not told by who went there.
    pub(super) fn claimed(
        &self,
        recorded: &Recorded,
        scene: Option<Position>,
    ) -> Option<ClaimView> {
        let own = access::reads_claims(self.viewer, self.case);
        let words = recorded.event.words.as_ref().filter(|_| own)?;
        let claimed = words.claimed?;
        let place = claimed.place.filter(|_| self.has_words);
        Some(ClaimView {
            at: claimed.at,
            place: place.map(Position::degrees),
            accuracy: place.and_then(Position::accuracy_m),
            away: place
                .zip(scene)
                .map(|(at, scene)| metres(at.distance_m(scene))),
        })
    }

    /// What happened, as this viewer may know it: what enforcement did is private (K3), whoever may
    /// read the rest.
    pub(super) fn fact(&self, recorded: &Recorded) -> Fact {
        let mut fact = recorded.event.fact.clone();
        if let Fact::Resolved { enforcement, .. } = &mut fact
            && !self.internal(recorded)
        {
            *enforcement = None;
        }
        fact
    }
}

/// Whether an event is a matter of the offices, of which nobody outside is told.
#[must_use]
pub fn is_for_offices(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::Noted {}
            | Fact::RejectionProposed { .. }
            | Fact::QuarantineProposed {}
            | Fact::Quarantined { .. }
            | Fact::HandedOver { .. }
            | Fact::DirectLined {}
            | Fact::CalledBack { .. }
            | Fact::EngagementEnded { .. }
    )
}

/// What this viewer may do now, in the order of the table; `into` is the case in which it goes on.
pub(super) fn actions(
    viewer: &Viewer,
    case: &Case,
    into: Option<&Case>,
    now: Timestamp,
) -> Vec<Verb> {
    let judges = case.judged_by_resident() && has_result(into.unwrap_or(case));
    Verb::ALL
        .iter()
        .copied()
        .filter(|verb| verb::row_of(*verb).from.contains(&case.state.tag()))
        .filter(|verb| access::may(viewer, *verb, case).is_ok())
        .filter(|verb| match verb {
            Verb::Answer => case.waiting_since.is_some(),
            Verb::Urge => case.is_overdue(now),
            Verb::Reopen => reopens(case, now),
            Verb::Publish => {
                case.visibility == Visibility::Public
                    && (matches!(case.release, Release::Waiting | Release::Held)
                        || case.more_to_release)
            }
            Verb::Confirm | Verb::Dispute | Verb::Rate => judges,
            _ => true,
        })
        .collect()
}
