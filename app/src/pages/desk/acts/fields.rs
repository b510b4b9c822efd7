//! The fields that each verb asks for.

use casework::{offers::Offer, views::DutyView};
use domain::{
    case::{CallClass, EnforcementOutcome, Ground, Outcome, VerifyMethod},
    city::EvidenceKind,
    lang::Lang,
    verb::Verb,
    visibility::Visibility,
};
use leptos::prelude::*;

use super::{Acts, KeptAct, error_of, field_id, form_id};
use crate::{
    format,
    pages::desk::fields::{Spot, checks, choice, line, plain, radios, select},
    texts::t,
    words::{self, staff},
};

impl Acts<'_> {
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
