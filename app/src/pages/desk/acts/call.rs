//! 吹哨: whom the community calls, why, and until when. The register's entries are the first choice,
//! with their reason; units by hand go before them, or come on top.

use casework::{
    offers::Offer,
    views::{Branch, DutyView},
};
use domain::{case::CallClass, lang::Lang};
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
            leads_already: case.parts.iter().any(|part| part.lead && !part.returned),
            duties: &case.duties,
            units: &case.units,
            policy,
            kept,
            fresh: self.kept.is_none(),
        };
        fields.view()
    }
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
    /// Whom one may call.
    pub units: &'a [Branch],
    /// What the limit of the policy comes to; none where it says nothing.
    pub policy: Option<String>,
    /// What was typed.
    pub kept: Option<&'a KeptAct>,
    /// Nothing was typed yet: the first entry of the register is picked.
    pub fresh: bool,
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
            .then(|| self.register(spot("duty", t::field_call_whom(lang)), typed("duty")));
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

    /// The entries of the duty register, each with its situation and its law.
    fn register(&self, spot: Spot, typed: Option<&str>) -> AnyView {
        let lang = self.lang();
        let chosen = typed.map(str::to_owned);
        let mut picks: Vec<AnyView> = Vec::new();
        for (at, duty) in self.duties.iter().enumerate() {
            let id = if at == 0 {
                spot.id.clone()
            } else {
                format!("{}-{}", spot.id, at + 1)
            };
            let checked = match &chosen {
                Some(code) => *code == duty.code,
                None => at == 0 && self.fresh,
            };
            picks.push(
                view! {
                    <label class="pick">
                        <input type="radio" id=id name=spot.name value=duty.code.clone() checked=checked />
                        <span>{duty_line(self.here, duty)}</span>
                    </label>
                }
                .into_any(),
            );
        }
        let checked = chosen.as_deref() == Some(BY_HAND);
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
        let group = format!("{}-time", self.form);
        view! {
            {radios(spot("due", t::field_due(lang)), choices, chosen.as_deref())}
            <div class="beside" id=group>
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

/// Who leads and why it is this row: for what and where it is, since when, by which rule.
fn duty_line(here: &Here, duty: &DutyView) -> AnyView {
    let lang = here.lang();
    let since = format::day(lang, &here.site.time, duty.since);
    let place = if duty.areas.is_empty() {
        t::desk_duty_everywhere(lang).to_owned()
    } else {
        words::list(lang, &duty.areas)
    };
    let supports: Vec<String> = duty.supports.iter().map(|unit| unit.text.clone()).collect();
    view! {
        <b>{duty.situation.clone()}</b>
        <br/>{t::desk_duty_lead(lang, &duty.lead.text)}
        {(!supports.is_empty()).then(|| view! {
            <br/>{t::desk_duty_support(lang, words::list(lang, &supports))}
        })}
        <br/><span class="soft">{t::desk_duty_why(lang, &duty.category, place, since)}</span>
        {(!duty.basis.is_empty()).then(|| view! {
            <br/><span class="soft">{t::desk_duty_basis(lang, &duty.basis)}</span>
        })}
    }
    .into_any()
}
