//! The verbs of a case as forms: one a verb, or one for each called part, clock or demand. All post
//! to the case's own address with `act` (the verb's word), `version` (what of the case was seen)
//! and the fields that `domain::decide::typed` reads.

mod call;
mod fields;
mod redact;

use casework::{
    offers::Offer,
    views::{DeskCase, EngagedView},
};
use domain::{
    case::Awaits,
    decide::{Refusal, typed::Amiss},
    draft::MAX_PHOTOS,
    lang::Lang,
    verb::Verb,
};
use leptos::prelude::*;

use crate::{
    form::Fault,
    here::Here,
    pages::{StagedPhoto, track::staged_list, whistle::PhotoInput},
    parts::{Hidden, SubmitButton, SummaryItem, TextArea},
    texts::t,
    words::staff,
};

/// What moves a case on, in the order in which it is wanted.
const FIRST: [Verb; 25] = [
    Verb::RuleOnReturn,
    Verb::RuleOnExtension,
    Verb::ReviewRejection,
    Verb::AnswerSupervision,
    Verb::AnswerRating,
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

/// One mistake of a form of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActFault {
    /// A field.
    Field(Amiss),
    /// The rules say no.
    Refused(Refusal),
    /// Not theirs to do now.
    Forbidden,
    /// The text, or the photos.
    Form(Fault),
}

impl ActFault {
    /// The name of the field it is about.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Field(amiss) => amiss.field,
            Self::Refused(_) | Self::Forbidden => "act",
            Self::Form(fault) => fault.field(),
        }
    }

    /// What to do about it.
    pub fn text(self, lang: Lang) -> String {
        match self {
            Self::Field(amiss) => staff::wrong(lang, amiss.field, amiss.what),
            Self::Refused(refusal) => staff::refusal(lang, refusal),
            Self::Forbidden => t::staff_forbidden(lang).to_owned(),
            Self::Form(fault) => fault.text(lang),
        }
    }
}

/// An act that did not go through, as it was typed.
#[derive(Clone, Debug, Default)]
pub struct KeptAct {
    /// The verb; none for something that is no verb.
    pub verb: Option<Verb>,
    /// All fields.
    pub fields: Vec<(String, String)>,
    /// The key under which its photos wait.
    pub key: String,
    /// Its photos.
    pub staged: Vec<StagedPhoto>,
    /// What was wrong.
    pub faults: Vec<ActFault>,
}

impl KeptAct {
    fn value(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    fn values(&self, name: &str) -> Vec<String> {
        self.fields
            .iter()
            .filter(|(key, _)| key == name)
            .map(|(_, value)| value.clone())
            .collect()
    }
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
                text: self.named(*fault),
            })
            .collect()
    }

    /// A mistake with the name of its field, for where they stand together.
    fn named(&self, fault: ActFault) -> String {
        let (lang, text) = (self.lang(), fault.text(self.lang()));
        match staff::field(lang, fault.field()) {
            Some(field) => t::wrong_of(lang, field, text),
            None => text,
        }
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

    fn seen(&self, offer: &Offer) -> AnyView {
        view! {
            <Hidden name="version" value=self.case.story.version.to_string() />
            {self.field.map(|whose| view! { <Hidden name="whose" value=whose.to_owned() /> })}
            {offer.part.map(|part| view! { <Hidden name="part" value=part.to_string() /> })}
            {offer.demand.map(|no| view! { <Hidden name="demand" value=no.to_string() /> })}
            {offer.engagement.map(|no| view! { <Hidden name="engagement" value=no.0.to_string() /> })}
        }
        .into_any()
    }

    fn action(&self) -> String {
        self.action.clone()
    }

    fn blocked(&self, offer: &Offer) -> Option<AnyView> {
        let refusal = offer.blocked?;
        let (lang, title) = (self.lang(), self.title(offer));
        let why = match (offer.verb, refusal) {
            (Verb::Move, Refusal::PartsOpen) => t::staff_parts_called(lang).to_owned(),
            (_, Refusal::PartsOpen) if self.firm => t::staff_arrive_first(lang).to_owned(),
            _ => staff::refusal(lang, refusal),
        };
        // Where its form lies ready for the time without a line, this goes when that comes to light.
        let until = self.waits_as(offer).map(|_| part_of(offer));
        Some(
            view! { <p class="soft blocked" data-until=until><b>{title}</b>" · "{why}</p> }
                .into_any(),
        )
    }

    fn button(&self, offer: &Offer, quiet: bool) -> AnyView {
        if let Some(blocked) = self.blocked(offer) {
            return blocked;
        }
        let id = form_id(offer);
        let fault = self.kept.filter(|_| self.is_kept(offer)).map(|kept| {
            let errors: Vec<_> = kept
                .faults
                .iter()
                .map(|fault| view! { <p class="error">{fault.text(self.lang())}</p> })
                .collect();
            view! { <div id=field_id(&id, "act")>{errors}</div> }
        });
        view! {
            <form method="post" action=self.action() data-step=self.waits_as(offer)>
                {self.seen(offer)}
                {fault}
                <SubmitButton text=self.title(offer) act=offer.verb.as_str() quiet=quiet />
            </form>
        }
        .into_any()
    }

    /// A verb is one fold; striking out words has one for each text.
    fn folds(&self, offer: &Offer) -> Vec<AnyView> {
        if offer.verb != Verb::Redact {
            return vec![self.fold(offer)];
        }
        self.case
            .redactable
            .iter()
            .map(|(event, text)| self.strike_out(offer, *event, text))
            .collect()
    }

    /// The button that ends an engagement, beside it.
    pub(super) fn end_of(&self, engaged: &EngagedView) -> Option<AnyView> {
        let mut offers = self.case.offers.iter();
        let offer = offers.find(|offer| offer.engagement == Some(engaged.no))?;
        Some(self.button(offer, true))
    }

    fn fold(&self, offer: &Offer) -> AnyView {
        if let Some(blocked) = self.blocked(offer) {
            return blocked;
        }
        let lang = self.lang();
        let kept = self.kept.filter(|_| self.is_kept(offer));
        let id = form_id(offer);
        let general: Vec<_> = kept
            .map(|kept| {
                kept.faults
                    .iter()
                    .filter(|fault| fault.field() == "act")
                    .map(|fault| view! { <p class="error">{fault.text(lang)}</p> })
                    .collect::<Vec<_>>()
            })
            .unwrap_or_default();
        let has_general = !general.is_empty();
        let photos = offer.verb.takes_photos();
        let open = kept.is_some() || self.seconds().contains(&offer.verb);
        view! {
            <details class="fold" id=id.clone() open=open>
                <summary>{self.title(offer)}</summary>
                <div class="body">
                    <form
                        method="post" action=self.action() novalidate
                        enctype=photos.then_some("multipart/form-data")
                        data-step=self.waits_as(offer)
                    >
                        {self.seen(offer)}
                        {has_general.then(|| view! { <div id=field_id(&id, "act")>{general}</div> })}
                        {self.fields(offer, kept)}
                        {self.text(offer, kept)}
                        {photos.then(|| self.photos(&id, kept))}
                        {self.claim(offer, kept)}
                        <div class="btns">
                            <SubmitButton
                                text=staff::verb(lang, offer.verb) act=offer.verb.as_str()
                            />
                        </div>
                    </form>
                </div>
            </details>
        }
        .into_any()
    }

    fn text(&self, offer: &Offer, kept: Option<&KeptAct>) -> Option<AnyView> {
        let lang = self.lang();
        let label = staff::say(lang, offer.verb)?;
        let form = form_id(offer);
        let id = field_id(&form, "text");
        let error = error_of(lang, kept, "text");
        let described = error.as_ref().map(|_| format!("{id}-error"));
        let value = kept
            .and_then(|kept| kept.value("text"))
            .unwrap_or_default()
            .to_owned();
        let bad = error.is_some();
        Some(
            view! {
                <div class=if bad { "field bad" } else { "field" }>
                    <label for=id.clone()>{label}</label>
                    {error.map(|error| view! { <p class="error" id=format!("{id}-error")>{error}</p> })}
                    <TextArea
                        name="text" id=id.clone() value=value rows=3
                        described_by=described.unwrap_or_default() invalid=bad
                    />
                </div>
            }
            .into_any(),
        )
    }

    fn photos(&self, form: &str, kept: Option<&KeptAct>) -> AnyView {
        let lang = self.lang();
        let id = field_id(form, "photos");
        let (key, staged) = match kept {
            Some(kept) => (kept.key.clone(), kept.staged.clone()),
            None => (self.key.to_owned(), Vec::new()),
        };
        let error = error_of(lang, kept, "photos");
        let hint = format!("{id}-hint");
        let described = match &error {
            Some(_) => format!("{hint} {id}-error"),
            None => hint.clone(),
        };
        let class = if error.is_some() {
            "field bad"
        } else {
            "field"
        };
        view! {
            <Hidden name="key" value=key />
            <div class=class>
                <label for=id.clone()>{t::file_photos(lang)}</label>
                <p class="hint" id=hint>{t::field_photos_hint(lang, MAX_PHOTOS)}</p>
                {error.map(|error| view! { <p class="error" id=format!("{id}-error")>{error}</p> })}
                {staged_list(lang, staged)}
                <PhotoInput lang id=id described_by=described />
            </div>
        }
        .into_any()
    }
}

/// The part an act is for; empty for one of the whole case.
fn part_of(offer: &Offer) -> String {
    offer.part.map(|part| part.to_string()).unwrap_or_default()
}

fn form_id(offer: &Offer) -> String {
    let verb = offer.verb.as_str();
    match offer
        .part
        .or(offer.demand)
        .or(offer.engagement.map(|no| no.0))
    {
        Some(no) => format!("do-{verb}-{no}"),
        None => format!("do-{verb}"),
    }
}

fn field_id(form: &str, field: &str) -> String {
    format!("{form}-{field}")
}

fn error_of(lang: Lang, kept: Option<&KeptAct>, field: &str) -> Option<String> {
    let faults = &kept?.faults;
    faults
        .iter()
        .find(|fault| fault.field() == field)
        .map(|fault| fault.text(lang))
}
