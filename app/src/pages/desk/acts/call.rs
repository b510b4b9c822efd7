//! 吹哨: whom the community calls, why, and until when. The register's entries are the first choice,
//! with their reason; units by hand go before them, or come on top.

use casework::{
    offers::Offer,
    views::{Branch, DutyView},
};
use domain::{
    case::CallClass,
    lang::Lang,
    time::{Timestamp, next_day, parse_date},
    verb::Verb,
};
use leptos::prelude::*;

use super::{
    Acts, KeptAct,
    form::{field_id, form_id},
    kept::error_of,
};
use crate::{
    explain, format,
    here::Here,
    pages::desk::fields::{Spot, checks, choice, line, plain, radios, select},
    parts::Callout,
    texts::t,
    words::{self, staff},
};

/// The value of "by hand".
const BY_HAND: &str = "other";

impl Acts<'_> {
    pub(super) fn call(&self, offer: &Offer, kept: Option<&KeptAct>) -> AnyView {
        let (lang, case) = (self.lang(), self.case);
        let policy = case.policy_due.map(|(limit, at)| {
            let until = format::due(lang, &self.here.site.time, at);
            t::due_policy(lang, explain::limit(lang, limit), until)
        });
        let fields = CallFields {
            here: self.here,
            form: form_id(offer),
            leads_already: self.leads_already(),
            duties: &case.duties,
            picked: self.picked(kept),
            units: &case.units,
            policy,
            own_due: case.own_due,
            kept,
        };
        fields.view()
    }

    fn leads_already(&self) -> bool {
        let mut parts = self.case.parts.iter();
        parts.any(|part| part.lead && !part.returned)
    }

    /// The words of an opinion, for the form of the first call: what was written once need not be typed
    /// again. None once the form comes back with words of its own.
    pub(super) fn carried(&self, offer: &Offer, kept: Option<&KeptAct>) -> Option<&str> {
        let first = offer.verb == Verb::Call && kept.is_none() && !self.leads_already();
        let (_, words) = self.case.opinion.as_ref().filter(|_| first)?;
        words.as_deref()
    }

    /// The entry that is picked: as it was sent, else the one an opinion names, else the first that fits.
    fn picked<'a>(&'a self, kept: Option<&'a KeptAct>) -> Option<&'a str> {
        if kept.is_some() {
            return sent_entry(&self.case.duties, kept);
        }
        let named = self.case.opinion.as_ref().and_then(|it| it.0.as_deref());
        let mut duties = self.case.duties.iter().map(|duty| duty.code.as_str());
        let first = duties.clone().next();
        named
            .and_then(|named| duties.find(|code| *code == named))
            .or(first)
    }
}

/// The entry of the register that a form was sent with; what is none of them counts as "by hand".
pub(in crate::pages::desk) fn sent_entry<'a>(
    duties: &'a [DutyView],
    kept: Option<&KeptAct>,
) -> Option<&'a str> {
    let sent = kept?.value("duty")?;
    let found = duties.iter().find(|duty| duty.code == sent);
    Some(found.map_or(BY_HAND, |duty| duty.code.as_str()))
}

/// The fields of a call, of one case or of several.
pub(in crate::pages::desk) struct CallFields<'a> {
    pub here: &'a Here,
    /// The id of the form, with which those of its fields begin.
    pub form: String,
    /// Somebody leads already: who else does is not asked.
    pub leads_already: bool,
    /// What the register says.
    pub duties: &'a [DutyView],
    /// The entry of it that is picked, or `other`.
    pub picked: Option<&'a str>,
    /// Whom one may call.
    pub units: &'a [Branch],
    /// What the limit of the policy comes to; none where it says nothing.
    pub policy: Option<String>,
    /// Until when the case itself is promised; none of several.
    pub own_due: Option<Timestamp>,
    /// What was typed.
    pub kept: Option<&'a KeptAct>,
}

impl CallFields<'_> {
    fn lang(&self) -> Lang {
        self.here.lang()
    }

    fn spot(&self, name: &'static str, label: &'static str) -> Spot {
        Spot {
            name,
            id: field_id(&self.form, name),
            label: label.to_owned(),
            error: error_of(self.lang(), self.kept, name),
        }
    }

    pub(in crate::pages::desk) fn view(&self) -> AnyView {
        let lang = self.lang();
        let spot = |name, label| self.spot(name, label);
        let typed = |name: &str| self.kept.and_then(|kept| kept.value(name));
        let leads_already = self.leads_already;
        let classes = CallClass::ALL
            .iter()
            .map(|class| choice(class.as_str(), staff::class(lang, *class)))
            .collect();
        let register = (!leads_already && !self.duties.is_empty())
            .then(|| self.register(spot("duty", t::field_call_whom(lang))));
        let by_hand = view! {
            {(!leads_already).then(|| select(
                spot("lead", t::field_lead(lang)), self.units, typed("lead"),
                Some(t::field_choose(lang)),
            ))}
            {checks(
                spot("support", t::field_support(lang)), self.units,
                &self.kept.map(|kept| kept.values("support")).unwrap_or_default(),
            )}
        };
        let by_hand = match &register {
            None => by_hand.into_any(),
            Some(_) => {
                let typed_there = ["lead", "support"].iter().any(|name| {
                    typed(name).is_some_and(|value| !value.is_empty())
                        || spot(name, "").error.is_some()
                });
                let open = typed_there || typed("duty") == Some(BY_HAND);
                view! {
                    <details class="fold small-fold" open=open>
                        <summary>{t::desk_call_by_hand(lang)}</summary>
                        <div class="body">{by_hand}</div>
                    </details>
                }
                .into_any()
            }
        };
        view! {
            {radios(spot("class", t::field_class(lang)), classes, typed("class"))}
            {register}
            {by_hand}
            {self.until_when()}
        }
        .into_any()
    }

    /// The entries of the duty register, each with its situation, and why they fit.
    fn register(&self, spot: Spot) -> AnyView {
        let lang = self.lang();
        let chosen = self.picked;
        let mut picks: Vec<AnyView> = Vec::new();
        for (at, duty) in self.duties.iter().enumerate() {
            let id = if at == 0 {
                spot.id.clone()
            } else {
                format!("{}-{}", spot.id, at + 1)
            };
            let checked = chosen == Some(duty.code.as_str());
            picks.push(
                view! {
                    <label class="pick">
                        <input type="radio" id=id name=spot.name value=duty.code.clone() checked=checked />
                        <span>{duty_line(lang, duty)}</span>
                    </label>
                }
                .into_any(),
            );
        }
        let checked = chosen == Some(BY_HAND);
        let traces: Vec<_> = self
            .duties
            .iter()
            .map(|duty| trace(self.here, duty))
            .collect();
        view! {
            <fieldset class=spot.class() aria-describedby=spot.described()>
                <legend>{spot.label.clone()}</legend>
                <p class="hint">{t::desk_duty(lang)}</p>
                {spot.error_line()}
                <div class="picks">
                    {picks}
                    <label class="pick">
                        <input type="radio" id=format!("{}-other", spot.id) name=spot.name value=BY_HAND checked=checked />
                        <span><b>{t::desk_call_other(lang)}</b></span>
                    </label>
                </div>
                <details class="fold small-fold">
                    <summary>{t::desk_duty_trace(lang)}</summary>
                    <ul class="body plain">{traces}</ul>
                </details>
            </fieldset>
        }
        .into_any()
    }

    /// As the policy has it, with what that comes to; or so long, or until a day.
    fn until_when(&self) -> AnyView {
        let lang = self.lang();
        let spot = |name, label| self.spot(name, label);
        let typed = |name: &str| self.kept.and_then(|kept| kept.value(name));
        let mut choices = Vec::new();
        if let Some(policy) = &self.policy {
            choices.push(choice("policy", policy.clone()));
        }
        choices.push(choice("within", t::due_within(lang)));
        choices.push(choice("until", t::due_until(lang)));
        let first = choices.first().map(|choice| choice.value.clone());
        let chosen = typed("due").map(str::to_owned);
        // Where the policy says nothing, whoever calls has to.
        let chosen = chosen.or_else(|| first.filter(|_| self.policy.is_some()));
        let units = vec![
            choice("hours", t::time_hours(lang)),
            choice("days", t::time_days(lang)),
            choice("working-days", t::time_working_days(lang)),
        ];
        view! {
            {radios(spot("due", t::field_due(lang)), choices, chosen.as_deref())}
            {self.beside_own(typed("until"))}
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

    /// Until when the case itself is promised: a department may be given longer, and nothing moves by it.
    /// Where a later day was typed, it says so.
    fn beside_own(&self, until: Option<&str>) -> Option<AnyView> {
        let own = self.own_due?;
        let (lang, time) = (self.lang(), &self.here.site.time);
        let due = format::due(lang, time, own);
        let day = until.and_then(|day| parse_date(day.trim()).ok());
        let is_past = day.is_some_and(|day| time.start_of_day(next_day(day)) > own);
        Some(if is_past {
            view! { <Callout kind="wait"><p>{t::due_past(lang, due)}</p></Callout> }.into_any()
        } else {
            view! { <p class="soft">{t::due_own(lang, due)}</p> }.into_any()
        })
    }
}

/// In which situation who leads and who supports.
fn duty_line(lang: Lang, duty: &DutyView) -> AnyView {
    let supports: Vec<String> = duty.supports.iter().map(|unit| unit.text.clone()).collect();
    view! {
        <b>{duty.situation.clone()}</b>
        <br/>{t::desk_duty_lead(lang, &duty.lead.text)}
        {(!supports.is_empty()).then(|| view! {
            <br/>{t::desk_duty_support(lang, words::list(lang, &supports))}
        })}
    }
    .into_any()
}

/// Why it is this entry: for what and where it is, since when, by which rule.
fn trace(here: &Here, duty: &DutyView) -> AnyView {
    let lang = here.lang();
    let since = format::day(lang, &here.site.time, duty.since);
    let place = if duty.areas.is_empty() {
        t::desk_duty_everywhere(lang).to_owned()
    } else {
        words::list(lang, &duty.areas)
    };
    view! {
        <li>
            <b>{duty.situation.clone()}</b>
            <br/><span class="soft">{t::desk_duty_why(lang, &duty.category, place, since)}</span>
            {(!duty.basis.is_empty()).then(|| view! {
                <br/><span class="soft">{t::desk_duty_basis(lang, &duty.basis)}</span>
            })}
        </li>
    }
    .into_any()
}
