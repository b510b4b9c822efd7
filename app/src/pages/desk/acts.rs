//! The verbs of a case as forms: one a verb, or one for each called part, clock or demand. All post
//! to the case's own address with `act` (the verb's word), `version` (what of the case was seen)
//! and the fields that `domain::decide::typed` reads.

mod call;
mod fields;
mod form;
mod kept;
mod redact;

use casework::{offers::Offer, views::DeskCase};
use domain::{case::Awaits, lang::Lang, verb::Verb};
use leptos::prelude::*;

pub(super) use self::call::{CallFields, sent_entry};
use self::form::{field_id, form_id, part_of};
pub use self::kept::{ActFault, KeptAct};
use crate::{here::Here, parts::SummaryItem, texts::t, words::staff};

/// What moves a case on, in the order in which it is wanted.
const FIRST: [Verb; 26] = [
    Verb::RuleOnReturn,
    Verb::RuleOnExtension,
    Verb::ReviewRejection,
    Verb::AnswerSupervision,
    Verb::AnswerRating,
    Verb::RelayAnswer,
    Verb::Sign,
    Verb::ReportIn,
    Verb::SetOut,
    Verb::Arrive,
    Verb::Accept,
    Verb::Take,
    Verb::Call,
    Verb::Assign,
    Verb::Engage,
    Verb::FeedBack,
    Verb::Resolve,
    Verb::Verify,
    Verb::SendBack,
    Verb::Close,
    Verb::Publish,
    Verb::Hold,
    Verb::Ask,
    Verb::Update,
    Verb::CallBack,
    Verb::Unmerge,
];

/// What needs no more than a button.
const fn is_a_button(verb: Verb) -> bool {
    matches!(
        verb,
        Verb::Accept
            | Verb::Take
            | Verb::Sign
            | Verb::ReportIn
            | Verb::SetOut
            | Verb::Arrive
            | Verb::Close
    )
}

/// The forms of one case.
pub(super) struct Acts<'a> {
    pub(super) here: &'a Here,
    /// Where the forms post to.
    pub(super) action: String,
    /// A firm works on it by its link: photos are the first thing it has to show.
    pub(super) firm: bool,
    /// Whose own phone it is on: what they do in the field may wait there for a line.
    pub(super) field: Option<&'a str>,
    pub(super) case: &'a DeskCase,
    pub(super) key: &'a str,
    pub(super) kept: Option<&'a KeptAct>,
}

impl Acts<'_> {
    fn lang(&self) -> Lang {
        self.here.lang()
    }

    /// The mistakes, each with the id of its field on the page.
    pub(super) fn mistakes(&self) -> Vec<SummaryItem> {
        let Some(kept) = self.kept else {
            return Vec::new();
        };
        let form = self
            .case
            .offers
            .iter()
            .find(|offer| self.is_kept(offer))
            .map_or_else(|| "nowhere".to_owned(), form_id);
        kept.faults
            .iter()
            .map(|fault| SummaryItem {
                field: field_id(&form, fault.field()),
                text: fault.named(self.lang()),
            })
            .collect()
    }

    /// Whether the act that did not go through has its form here.
    pub(super) fn keeps_its_place(&self) -> bool {
        self.case.offers.iter().any(|offer| self.is_kept(offer))
    }

    fn is_kept(&self, offer: &Offer) -> bool {
        let Some(kept) = self.kept else { return false };
        let number = |name: &str| kept.value(name).and_then(|value| value.parse().ok());
        kept.verb == Some(offer.verb)
            && (offer.part.is_none() || offer.part == number("part"))
            && (offer.demand.is_none() || offer.demand == number("demand"))
            && (offer
                .engagement
                .is_none_or(|it| Some(it.0) == number("engagement")))
    }

    /// Buttons first, then the forms that move the case on.
    pub(super) fn first(&self) -> AnyView {
        let offers: Vec<&Offer> = self
            .seconds()
            .into_iter()
            .chain(FIRST)
            .chain(self.firm.then_some(Verb::AddEvidence))
            .flat_map(|verb| {
                self.case
                    .offers
                    .iter()
                    .filter(move |offer| offer.verb == verb)
            })
            .filter(|offer| !self.comes_later(offer))
            .collect();
        let later = self.later();
        if offers.is_empty() {
            return view! { <p class="soft">{t::desk_nothing(self.lang())}</p> {later} }.into_any();
        }
        let buttons: Vec<_> = offers
            .iter()
            .filter(|offer| is_a_button(offer.verb))
            .enumerate()
            .map(|(at, offer)| self.button(offer, at > 0))
            .collect();
        let forms: Vec<_> = offers
            .iter()
            .filter(|offer| !is_a_button(offer.verb))
            .map(|offer| self.fold(offer))
            .collect();
        view! {
            {(!buttons.is_empty()).then(|| view! { <div class="btns steps">{buttons}</div> })}
            {forms}
            {later}
        }
        .into_any()
    }

    /// Steps that the rules allow only after another. Without a line nobody can ask them again, so they
    /// lie ready on the phone and come to light when a step of the same part waits there.
    fn later(&self) -> Vec<AnyView> {
        let of_the_field = |offer: &&Offer| self.field.is_some() && offer.verb.is_of_the_field();
        let offers = self.case.offers.iter().filter(of_the_field);
        let blocked = offers.filter(|offer| offer.blocked.is_some());
        blocked
            .map(|offer| {
                let open = Offer {
                    blocked: None,
                    ..offer.clone()
                };
                let form = if is_a_button(open.verb) {
                    self.button(&open, true)
                } else {
                    self.fold(&open)
                };
                view! { <div hidden data-later=part_of(offer)>{form}</div> }.into_any()
            })
            .collect()
    }

    /// What a form bears that may wait on the phone: how its act is called there.
    fn waits_as(&self, offer: &Offer) -> Option<String> {
        let waits = self.field.is_some() && offer.verb.is_of_the_field();
        waits.then(|| self.title(offer))
    }

    /// What a first person proposed and waits for a second.
    fn seconds(&self) -> Vec<Verb> {
        let mut verbs = Vec::new();
        if self.case.awaits.meets(Awaits::SECOND_FOR_REJECTION) {
            verbs.push(Verb::Reject);
        }
        if self.case.awaits.meets(Awaits::SECOND_FOR_QUARANTINE) {
            verbs.push(Verb::Quarantine);
        }
        verbs
    }

    /// A step of the way that nobody can take before their unit has reported in.
    fn comes_later(&self, offer: &Offer) -> bool {
        let on_the_way = matches!(
            offer.verb,
            Verb::SetOut | Verb::Arrive | Verb::FeedBack | Verb::Engage
        );
        let first = |other: &Offer| {
            other.verb == Verb::ReportIn && other.part == offer.part && other.blocked.is_none()
        };
        on_the_way && offer.blocked.is_some() && self.case.offers.iter().any(first)
    }

    /// Whatever else may be done.
    pub(super) fn more(&self) -> Option<AnyView> {
        let mut clocks_asked = false;
        let forms: Vec<_> = self
            .case
            .offers
            .iter()
            .filter(|offer| offer.verb != Verb::EndEngagement)
            .filter(|offer| !(self.firm && offer.verb == Verb::AddEvidence))
            .filter(|offer| !FIRST.contains(&offer.verb) && !self.seconds().contains(&offer.verb))
            .filter(|offer| {
                // One form asks about all clocks.
                if offer.verb == Verb::AskExtension {
                    return !std::mem::replace(&mut clocks_asked, true);
                }
                offer.verb != Verb::HandOver || !self.case.deputies.is_empty()
            })
            .flat_map(|offer| self.folds(offer))
            .collect();
        // What waits for its release has them there.
        let publishes = self
            .case
            .offers
            .iter()
            .any(|offer| offer.verb == Verb::Publish);
        let photos = if publishes { None } else { self.photo_links() };
        (!forms.is_empty() || photos.is_some()).then(|| {
            view! {
                <section class="more noprint">
                    <h2>{t::desk_more(self.lang())}</h2>
                    {forms}
                    {photos}
                </section>
            }
            .into_any()
        })
    }

    /// The head of an act, with the unit where there are several.
    fn title(&self, offer: &Offer) -> String {
        let lang = self.lang();
        let verb = match offer.verb {
            Verb::Publish => t::desk_publish(lang),
            Verb::AddEvidence if self.firm => t::verb_add_evidence_firm(lang),
            Verb::Reject if self.seconds().contains(&Verb::Reject) => t::desk_agree_reject(lang),
            Verb::Quarantine if self.seconds().contains(&Verb::Quarantine) => {
                t::desk_agree_quarantine(lang)
            }
            verb => staff::verb(lang, verb),
        };
        let verb = verb.to_owned();
        if let Some(no) = offer.engagement {
            let engaged = self.case.engaged.iter().find(|it| it.no == no);
            return engaged.map_or(verb.clone(), |it| format!("{verb} · {}", it.firm));
        }
        let several = self
            .case
            .offers
            .iter()
            .filter(|other| other.verb == offer.verb)
            .count()
            > 1
            || matches!(offer.verb, Verb::RuleOnReturn);
        let unit = offer
            .part
            .filter(|_| several)
            .and_then(|no| self.case.parts.iter().find(|part| part.no == no));
        match (unit, offer.demand) {
            (Some(part), _) => format!("{verb} · {}", part.unit),
            (None, Some(no)) if several => format!("{verb} {no}"),
            _ => verb,
        }
    }
}
