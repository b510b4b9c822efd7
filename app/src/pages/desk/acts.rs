//! The verbs of a case as forms: one a verb, or one for each called part, clock or demand. All post
//! to the case's own address with `act` (the verb's word), `version` (what of the case was seen)
//! and the fields that `domain::decide::typed` reads.

use casework::{
    offers::Offer,
    views::{DeskCase, DutyView},
};
use domain::{
    case::{Awaits, CallClass, EnforcementOutcome, Ground, Outcome, VerifyMethod},
    city::EvidenceKind,
    decide::typed::Amiss,
    draft::MAX_PHOTOS,
    lang::Lang,
    verb::Verb,
    visibility::Visibility,
};
use leptos::prelude::*;

use super::fields::{Spot, checks, choice, line, plain, radios, select};
use crate::{
    form::Fault,
    format,
    here::Here,
    pages::{StagedPhoto, track::staged_list, whistle::PhotoInput},
    parts::{Hidden, SubmitButton, SummaryItem, TextArea},
    texts::t,
    words::{self, staff},
};

/// What moves a case on, in the order in which it is wanted.
const FIRST: [Verb; 23] = [
    Verb::RuleOnReturn,
    Verb::RuleOnExtension,
    Verb::ReviewRejection,
    Verb::AnswerSupervision,
    Verb::Sign,
    Verb::ReportIn,
    Verb::SetOut,
    Verb::Arrive,
    Verb::Accept,
    Verb::Take,
    Verb::Call,
    Verb::Assign,
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
    Refused(domain::decide::Refusal),
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
            Self::Field(amiss) => staff::wrong(lang, amiss.field, amiss.what).to_owned(),
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
                text: fault.text(self.lang()),
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
    }

    /// Buttons first, then the forms that move the case on.
    pub(super) fn first(&self) -> AnyView {
        let offers: Vec<&Offer> = self
            .seconds()
            .into_iter()
            .chain(FIRST)
            .flat_map(|verb| {
                self.case
                    .offers
                    .iter()
                    .filter(move |offer| offer.verb == verb)
            })
            .filter(|offer| !self.comes_later(offer))
            .collect();
        if offers.is_empty() {
            return view! { <p class="soft">{t::desk_nothing(self.lang())}</p> }.into_any();
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
        }
        .into_any()
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
        let on_the_way = matches!(offer.verb, Verb::SetOut | Verb::Arrive | Verb::FeedBack);
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
        (!forms.is_empty()).then(|| {
            view! {
                <section class="more noprint">
                    <h2>{t::desk_more(self.lang())}</h2>
                    {forms}
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
            Verb::Reject if self.seconds().contains(&Verb::Reject) => t::desk_agree_reject(lang),
            Verb::Quarantine if self.seconds().contains(&Verb::Quarantine) => {
                t::desk_agree_quarantine(lang)
            }
            verb => staff::verb(lang, verb),
        };
        let verb = verb.to_owned();
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
            {offer.part.map(|part| view! { <Hidden name="part" value=part.to_string() /> })}
            {offer.demand.map(|no| view! { <Hidden name="demand" value=no.to_string() /> })}
        }
        .into_any()
    }

    fn action(&self) -> String {
        format!("/desk/cases/{}", self.case.story.card.number)
    }

    fn blocked(&self, offer: &Offer) -> Option<AnyView> {
        let refusal = offer.blocked?;
        let (lang, title) = (self.lang(), self.title(offer));
        Some(
            view! { <p class="soft blocked"><b>{title}</b>" · "{staff::refusal(lang, refusal)}</p> }
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
            <form method="post" action=self.action()>
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

    fn strike_out(&self, offer: &Offer, event: u32, text: &str) -> AnyView {
        let lang = self.lang();
        let kept = self.kept.filter(|kept| {
            kept.verb == Some(Verb::Redact) && kept.value("event") == Some(&event.to_string())
        });
        let value = kept
            .and_then(|kept| kept.value("text"))
            .unwrap_or(text)
            .to_owned();
        let id = format!("text-redact-{event}");
        let head: String = text.chars().take(20).collect();
        view! {
            <details class="fold" open=kept.is_some()>
                <summary>{staff::verb(lang, Verb::Redact)}" · "{head}</summary>
                <div class="body">
                    <form method="post" action=self.action() novalidate>
                        {self.seen(offer)}
                        <Hidden name="event" value=event.to_string() />
                        <div class="field">
                            <label for=id.clone()>{t::say_redact(lang)}</label>
                            <TextArea name="text" id=id value=value rows=4 />
                        </div>
                        <div class="btns">
                            <SubmitButton
                                text=staff::verb(lang, Verb::Redact) act=Verb::Redact.as_str() quiet=true
                            />
                        </div>
                    </form>
                </div>
            </details>
        }
        .into_any()
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
                    >
                        {self.seen(offer)}
                        {has_general.then(|| view! { <div id=field_id(&id, "act")>{general}</div> })}
                        {self.fields(offer, kept)}
                        {self.text(offer, kept)}
                        {photos.then(|| self.photos(&id, kept))}
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

    fn spot(
        &self,
        offer: &Offer,
        kept: Option<&KeptAct>,
        name: &'static str,
        label: &'static str,
    ) -> Spot {
        Spot {
            name,
            id: field_id(&form_id(offer), name),
            label: label.to_owned(),
            error: error_of(self.lang(), kept, name),
        }
    }

    /// The words as they would be read, and that somebody has looked: nothing takes them back.
    fn publish(&self, offer: &Offer, kept: Option<&KeptAct>) -> AnyView {
        let lang = self.lang();
        let words = self.case.story.detail.as_ref();
        let words = words.map(|detail| words::paragraphs(lang, &detail.text));
        let error = error_of(lang, kept, "checked");
        let class = if error.is_some() {
            "field bad"
        } else {
            "field"
        };
        let id = field_id(&form_id(offer), "checked");
        view! {
            {words.map(|words| view! { <div class="words">{words}</div> })}
            <div class=class>
                {error.map(|error| view! { <p class="error">{error}</p> })}
                <label class="pick">
                    <input type="checkbox" id=id name="checked" value="yes" />
                    <span><b>{t::desk_publish_checked(lang)}</b></span>
                </label>
            </div>
        }
        .into_any()
    }

    fn fields(&self, offer: &Offer, kept: Option<&KeptAct>) -> AnyView {
        let (lang, case) = (self.lang(), self.case);
        let spot = |name, label| self.spot(offer, kept, name, label);
        let typed = |name: &str| kept.and_then(|kept| kept.value(name));
        let choose = Some(t::field_choose(lang));
        let yes_no = |name, label, yes, no| {
            radios(
                spot(name, label),
                vec![choice("yes", yes), choice("no", no)],
                typed(name),
            )
        };
        let date = |label| {
            line(
                spot("until", label),
                typed("until").unwrap_or_default(),
                "date",
                Some(t::field_date_hint(lang)),
            )
        };
        match offer.verb {
            Verb::Call => self.call(offer, kept),
            Verb::Publish => self.publish(offer, kept),
            Verb::Reject => {
                let first = case.rejection.as_ref();
                let proposed = first.map(|(ground, text)| {
                    let said = t::desk_proposed(lang, words::ground(lang, *ground));
                    view! {
                        <p><b>{said}</b></p>
                        {text.clone().map(|text| view! { <div class="words">{words::paragraphs(lang, &text)}</div> })}
                    }
                });
                let grounds = Ground::ALL
                    .iter()
                    .map(|ground| choice(ground.as_str(), words::ground(lang, *ground)))
                    .collect();
                let chosen = typed("ground").or(first.map(|(ground, _)| ground.as_str()));
                view! { {proposed}{radios(spot("ground", t::field_ground(lang)), grounds, chosen)} }
                    .into_any()
            }
            Verb::ReviewRejection => yes_no(
                "uphold",
                t::field_ruling(lang),
                t::rejection_stands(lang),
                t::rejection_wrong(lang),
            ),
            Verb::RuleOnReturn => yes_no(
                "uphold",
                t::field_ruling(lang),
                t::return_yes(lang),
                t::return_no(lang),
            ),
            Verb::RuleOnExtension => {
                let asked = case.extension.as_ref().map(|ask| {
                    let until = format::moment(lang, &self.here.site.time, ask.until);
                    view! {
                        <p><b>{t::desk_extension_asked(lang, until, &ask.who)}</b></p>
                        {ask.text.clone().map(|text| view! { <div class="words">{words::paragraphs(lang, &text)}</div> })}
                    }
                });
                let ruling = yes_no(
                    "grant",
                    t::field_ruling(lang),
                    t::extension_yes(lang),
                    t::extension_no(lang),
                );
                view! { {asked}{ruling} }.into_any()
            }
            Verb::Assess | Verb::AskReturn if !case.duties.is_empty() => {
                let duties = case
                    .duties
                    .iter()
                    .map(|duty| choice(duty.code.clone(), duty.situation.clone()))
                    .collect();
                select(
                    spot("duty", t::field_duty(lang)),
                    &plain(duties),
                    typed("duty"),
                    Some(t::field_none(lang)),
                )
            }
            Verb::Assign => view! {
                {select(spot("unit", t::field_unit(lang)), &case.units, typed("unit"), choose)}
                {yes_no("leads", t::field_leads(lang), t::leads_yes(lang), t::leads_no(lang))}
            }
            .into_any(),
            Verb::AskExtension => {
                let clocks: Vec<_> = case
                    .clocks
                    .iter()
                    .filter(|clock| {
                        let offered = |other: &Offer| {
                            other.verb == Verb::AskExtension && other.clock == Some(clock.id)
                        };
                        case.offers.iter().any(offered)
                    })
                    .map(|clock| {
                        let text = words::clock(self.here, &clock.line, case.story.card.filed_at);
                        choice(clock.id.to_string(), text)
                    })
                    .collect();
                let only = clocks.first().map(|clock| clock.value.clone());
                let chosen = typed("clock").map(str::to_owned).or(only);
                view! {
                    {radios(spot("clock", t::field_clock(lang)), clocks, chosen.as_deref())}
                    {date(t::field_until(lang))}
                }
                .into_any()
            }
            Verb::Park => view! {
                {select(spot("owner", t::field_owner(lang)), &case.units, typed("owner"), choose)}
                {date(t::field_until(lang))}
            }
            .into_any(),
            Verb::TransferOut | Verb::Supervise => date(t::field_until(lang)),
            Verb::AnswerSupervision => self.demand(offer),
            Verb::AddEvidence => {
                let kinds = [
                    ("photo_before", EvidenceKind::PhotoBefore),
                    ("photo_after", EvidenceKind::PhotoAfter),
                    ("document", EvidenceKind::Document),
                ]
                .map(|(word, kind)| choice(word, staff::evidence(lang, kind)))
                .to_vec();
                radios(
                    spot("evidence", t::field_evidence(lang)),
                    kinds,
                    typed("evidence"),
                )
            }
            Verb::Resolve => self.resolve(offer, kept),
            Verb::Verify => {
                let methods = VerifyMethod::ALL
                    .iter()
                    .map(|method| choice(method.as_str(), staff::method(lang, *method)))
                    .collect();
                radios(
                    spot("method", t::field_method(lang)),
                    methods,
                    typed("method"),
                )
            }
            Verb::CallBack => yes_no(
                "reached",
                t::field_reached(lang),
                t::reached_yes(lang),
                t::reached_no(lang),
            ),
            Verb::Reclassify => select(
                spot("category", t::field_category(lang)),
                &case.categories,
                typed("category"),
                choose,
            ),
            Verb::Merge => line(
                spot("into", t::field_into(lang)),
                typed("into").unwrap_or_default(),
                "text",
                None,
            ),
            Verb::ChangeVisibility => {
                let less = Visibility::ALL
                    .into_iter()
                    .filter(|kind| *kind > case.story.card.visibility)
                    .map(|kind| choice(kind.as_str(), words::visibility(lang, kind)))
                    .collect();
                radios(
                    spot("visibility", t::whistle_visibility(lang)),
                    less,
                    typed("visibility"),
                )
            }
            Verb::HandOver => select(
                spot("to", t::field_to(lang)),
                &plain(case.deputies.clone()),
                typed("to"),
                choose,
            ),
            _ => ().into_any(),
        }
    }

    fn demand(&self, offer: &Offer) -> AnyView {
        let lang = self.lang();
        let demand = self
            .case
            .demands
            .iter()
            .find(|demand| Some(demand.no) == offer.demand);
        demand
            .map(|demand| {
                let due = format::moment(lang, &self.here.site.time, demand.due);
                view! {
                    <p><b>{t::desk_demand(lang, due, demand.no)}</b></p>
                    {demand.text.clone().map(|text| view! { <div class="words">{words::paragraphs(lang, &text)}</div> })}
                }
            })
            .into_any()
    }

    fn resolve(&self, offer: &Offer, kept: Option<&KeptAct>) -> AnyView {
        let (lang, case) = (self.lang(), self.case);
        let typed = |name: &str| kept.and_then(|kept| kept.value(name));
        let needed: Vec<String> = case
            .evidence
            .iter()
            .map(|kind| staff::evidence(lang, *kind).to_owned())
            .chain(case.on_scene.then(|| t::desk_on_scene(lang).to_owned()))
            .collect();
        let outcomes = Outcome::ALL
            .iter()
            // No power is transferred, planned is parked.
            .filter(|outcome| !matches!(outcome, Outcome::NoPower | Outcome::Planned))
            .map(|outcome| choice(outcome.as_str(), words::outcome(lang, *outcome)))
            .collect();
        let enforcement = EnforcementOutcome::ALL
            .iter()
            .map(|outcome| choice(outcome.as_str(), staff::enforcement(lang, *outcome)))
            .collect();
        let by_officer = case.parts.iter().any(|part| part.mine && !part.returned);
        view! {
            {(!needed.is_empty()).then(|| view! {
                <p class="soft">{t::desk_evidence_needed(lang, words::list(lang, &needed))}</p>
            })}
            {select(
                self.spot(offer, kept, "outcome", t::field_outcome(lang)),
                &plain(outcomes),
                typed("outcome").or(Some("solved")),
                None,
            )}
            {by_officer.then(|| select(
                self.spot(offer, kept, "enforcement", t::field_enforcement(lang)),
                &plain(enforcement),
                typed("enforcement"),
                Some(t::field_none(lang)),
            ))}
        }
        .into_any()
    }

    /// The call, with what the duty register suggests filled in and its reason beside it.
    fn call(&self, offer: &Offer, kept: Option<&KeptAct>) -> AnyView {
        let (lang, case) = (self.lang(), self.case);
        let spot = |name, label| self.spot(offer, kept, name, label);
        let typed = |name: &str| kept.and_then(|kept| kept.value(name));
        let suggested = case.duties.first().filter(|_| kept.is_none());
        let called = |unit: &str| {
            case.parts
                .iter()
                .any(|part| !part.returned && part.unit == unit)
        };
        let leads_already = case.parts.iter().any(|part| part.lead && !part.returned);
        let lead = typed("lead").map(str::to_owned).or_else(|| {
            suggested
                .filter(|duty| !leads_already && !called(&duty.lead.text))
                .map(|duty| duty.lead.value.clone())
        });
        let supports: Vec<String> = match kept {
            Some(kept) => kept.values("support"),
            None => suggested
                .map(|duty| {
                    duty.supports
                        .iter()
                        .map(|unit| unit.value.clone())
                        .collect()
                })
                .unwrap_or_default(),
        };
        let classes = CallClass::ALL
            .iter()
            .map(|class| choice(class.as_str(), staff::class(lang, *class)))
            .collect();
        let due = vec![
            choice("policy", t::due_policy(lang)),
            choice("within", t::due_within(lang)),
            choice("until", t::due_until(lang)),
        ];
        let units = vec![
            choice("hours", t::time_hours(lang)),
            choice("days", t::time_days(lang)),
            choice("working-days", t::time_working_days(lang)),
        ];
        let duties: Vec<_> = case
            .duties
            .iter()
            .map(|duty| duty_line(lang, duty))
            .collect();
        view! {
            {(!duties.is_empty()).then(|| view! {
                <div class="callout plain" role="note">
                    <h3>{t::desk_duty(lang)}</h3>
                    <ul>{duties}</ul>
                </div>
            })}
            {radios(spot("class", t::field_class(lang)), classes, typed("class"))}
            {(!leads_already).then(|| select(
                spot("lead", t::field_lead(lang)), &case.units, lead.as_deref(),
                Some(t::field_choose(lang)),
            ))}
            {checks(spot("support", t::field_support(lang)), &case.units, &supports)}
            {radios(spot("due", t::field_due(lang)), due, typed("due").or(Some("policy")))}
            <div class="beside">
                {line(spot("amount", t::field_amount(lang)), typed("amount").unwrap_or_default(), "number", None)}
                {select(spot("unit_of_time", t::field_unit_of_time(lang)), &plain(units), typed("unit_of_time"), None)}
                {line(
                    spot("until", t::field_until(lang)), typed("until").unwrap_or_default(), "date",
                    Some(t::field_date_hint(lang)),
                )}
            </div>
        }
        .into_any()
    }
}

/// The reason of a suggestion: situation, who leads, who supports, by which rule.
fn duty_line(lang: Lang, duty: &DutyView) -> AnyView {
    let supports: Vec<String> = duty.supports.iter().map(|unit| unit.text.clone()).collect();
    view! {
        <li>
            <b>{t::desk_duty_lead(lang, &duty.lead.text, &duty.situation)}</b>
            {(!supports.is_empty()).then(|| view! {
                <br/>{t::desk_duty_support(lang, words::list(lang, &supports))}
            })}
            {(!duty.basis.is_empty()).then(|| view! {
                <br/><span class="soft">{t::desk_duty_basis(lang, &duty.basis)}</span>
            })}
        </li>
    }
    .into_any()
}

fn form_id(offer: &Offer) -> String {
    let verb = offer.verb.as_str();
    match offer.part.or(offer.demand) {
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
