//! The fields that each verb asks for.

use casework::offers::Offer;
use domain::{
    case::{EnforcementOutcome, Ground, Outcome, VerifyMethod},
    city::EvidenceKind,
    time::{Millis, date_text},
    verb::Verb,
    visibility::Visibility,
};
use leptos::prelude::*;

use super::{
    Acts, KeptAct,
    form::{field_id, form_id},
    kept::error_of,
};
use crate::{
    format,
    pages::desk::fields::{Spot, choice, line, plain, radios, select},
    texts::t,
    words::{self, staff},
};

impl Acts<'_> {
    pub(super) fn spot(
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

    /// When it was done, if that is not now.
    pub(super) fn claim(&self, offer: &Offer, kept: Option<&KeptAct>) -> Option<AnyView> {
        if !offer.verb.is_of_the_field() {
            return None;
        }
        let lang = self.lang();
        let spot = self.spot(offer, kept, "claimed_at", t::claim_at(lang));
        let value = kept.and_then(|kept| kept.value("claimed_at"));
        let open = value.is_some_and(|value| !value.is_empty()) || spot.error.is_some();
        let value = value.unwrap_or_default();
        let field = line(spot, value, "datetime-local", Some(t::claim_hint(lang)));
        Some(
            view! {
                <details class="fold" open=open>
                    <summary>{t::claim_title(lang)}</summary>
                    <div class="body">{field}</div>
                </details>
            }
            .into_any(),
        )
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
        let as_public = format!("{}/public", self.action());
        view! {
            {words.map(|words| view! { <div class="words">{words}</div> })}
            {self.release_photos()}
            <p><a href=as_public>{t::as_public_link(lang)}</a></p>
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

    pub(super) fn fields(&self, offer: &Offer, kept: Option<&KeptAct>) -> AnyView {
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
            Verb::RuleOnReturn => {
                let asked = case.parts.iter().find(|part| Some(part.no) == offer.part);
                let reason = asked.and_then(|part| part.return_reason.clone());
                let ruling = yes_no(
                    "uphold",
                    t::field_ruling(lang),
                    t::return_yes(lang),
                    t::return_no(lang),
                );
                view! {
                    {reason.map(|text| view! { <div class="words">{words::paragraphs(lang, &text)}</div> })}
                    {ruling}
                }
                .into_any()
            }
            Verb::RuleOnExtension => {
                let asked = case.extension.as_ref().map(|ask| {
                    let until = format::due(lang, &self.here.site.time, ask.until);
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
            Verb::Engage => {
                let firms = case.firms.iter().find(|it| Some(it.part) == offer.part);
                let until = firms.map(|it| {
                    // A day holds to its end.
                    let last = it.until.plus(-Millis::minutes(1));
                    date_text(self.here.site.time.civil(last).date)
                });
                let firms = firms.map(|it| it.firms.clone()).unwrap_or_default();
                let only = firms.first().filter(|_| firms.len() == 1);
                let chosen = typed("contractor").or(only.map(|it| it.value.as_str()));
                let until = typed("until").map(str::to_owned).or(until);
                view! {
                    <p class="soft">{t::desk_engage_note(lang)}</p>
                    {radios(spot("contractor", t::field_contractor(lang)), firms.clone(), chosen)}
                    {line(
                        spot("until", t::field_engaged_until(lang)),
                        until.as_deref().unwrap_or_default(),
                        "date",
                        Some(t::field_date_hint(lang)),
                    )}
                }
                .into_any()
            }
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
            Verb::TransferOut => view! {
                {line(
                    spot("destination", t::field_destination(lang)),
                    typed("destination").unwrap_or_default(),
                    "text",
                    Some(t::field_destination_hint(lang)),
                )}
                {line(
                    spot("basis", t::field_basis(lang)),
                    typed("basis").unwrap_or_default(),
                    "text",
                    Some(t::field_basis_hint(lang)),
                )}
                {date(t::field_answer_until(lang))}
            }
            .into_any(),
            Verb::Supervise => date(t::field_until(lang)),
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
            Verb::CallBack => view! {
                {yes_no(
                    "reached",
                    t::field_reached(lang),
                    t::reached_yes(lang),
                    t::reached_no(lang),
                )}
                {case.rechecks.then(|| yes_no(
                    "holds",
                    t::field_holds(lang),
                    t::holds_yes(lang),
                    t::holds_no(lang),
                ))}
            }
            .into_any(),
            Verb::Move => view! {
                <p class="soft">{t::desk_move_note(lang)}</p>
                {select(
                    spot("community", t::field_community(lang)), &case.communities,
                    typed("community"), choose,
                )}
            }
            .into_any(),
            Verb::Reclassify => select(
                spot("category", t::field_category(lang)),
                &case.categories,
                typed("category"),
                choose,
            ),
            Verb::Merge => self.merge(offer, kept),
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
                let due = format::due(lang, &self.here.site.time, demand.due);
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

    /// Open cases that it may be the same as, and a number by hand, which goes before them.
    fn merge(&self, offer: &Offer, kept: Option<&KeptAct>) -> AnyView {
        let lang = self.lang();
        let typed: Vec<String> = kept.map(|kept| kept.values("into")).unwrap_or_default();
        let is_offered = |value: &String| self.case.alike.iter().any(|it| it.value == *value);
        let chosen = typed.iter().find(|value| is_offered(value)).cloned();
        let by_hand = typed.iter().find(|value| !is_offered(value)).cloned();
        let spot = self.spot(offer, kept, "into", t::field_into(lang));
        let number = Spot {
            label: if self.case.alike.is_empty() {
                spot.label.clone()
            } else {
                t::field_into_other(lang).to_owned()
            },
            id: format!("{}-other", spot.id),
            error: spot.error.clone().filter(|_| self.case.alike.is_empty()),
            ..spot.clone()
        };
        let number = line(number, by_hand.as_deref().unwrap_or_default(), "text", None);
        let alike = (!self.case.alike.is_empty())
            .then(|| radios(spot, self.case.alike.clone(), chosen.as_deref()));
        view! { {alike}{number} }.into_any()
    }
}
