//! The form of one change: its fields, what is wrong, and what it would do before it is put down.

use casework::{city::Trial, views::Choice};
use domain::{
    city::{
        EvidenceKind,
        change::{Change, Topic},
    },
    clock::Stage,
    lang::Lang,
    visibility::Visibility,
};
use leptos::prelude::*;

use super::CityForm;
use crate::{
    format,
    here::Here,
    pages::desk::fields::{Spot, checks, choice, line, plain, radios, select},
    parts::{Callout, Hidden, SubmitButton, TextArea},
    texts::t,
    words::{self, city as said, staff},
};

/// The form with what was typed.
struct Fields<'f> {
    lang: Lang,
    form: &'f CityForm,
}

pub(super) fn form(here: &Here, form: &CityForm) -> AnyView {
    let lang = here.lang();
    let fields = Fields { lang, form };
    let found: Vec<_> = form
        .findings
        .iter()
        .map(|finding| view! { <li>{finding.clone()}</li> })
        .collect();
    let trial = form.trial.as_ref().map(|trial| tried(here, form, trial));
    let seen = form.trial.as_ref().map(|trial| {
        view! {
            <Hidden name="seen" value=trial.seen.to_string() />
            <Hidden name="print" value=form.print.clone() />
        }
    });
    let quiet = form.trial.is_some();
    // So that the language can be changed on the page of a form that was sent.
    let action = format!(
        "/desk/city?topic={}&of={}",
        form.of.topic.as_str(),
        form.of.code
    );
    view! {
        {(!found.is_empty()).then(|| view! {
            <Callout kind="late" title=t::cw_findings(lang)><ul class="each">{found}</ul></Callout>
        })}
        {trial}
        <form id=FORM method="post" action=action class="stack" novalidate>
            <Hidden name="topic" value=form.of.topic.as_str() />
            <Hidden name="of" value=form.of.code.clone() />
            {fields.of_topic()}
            {(form.of.topic != Topic::TakeBack).then(|| {
                fields.text("from", t::cf_from(lang), "date", Some(t::cf_from_hint(lang)))
            })}
            {fields.text("reason", t::cf_reason(lang), "text", Some(t::cf_reason_hint(lang)))}
            {seen}
            <div class="btns">
                // Meant when somebody presses enter in a field: looking keeps nothing.
                <SubmitButton text=t::city_try(lang) act="try" quiet=quiet />
                <a class="btn quiet" href=form.of.back.clone()>{t::city_back(lang)}</a>
            </div>
        </form>
    }
    .into_any()
}

/// The id of the form, for the button above it.
const FORM: &str = "city-form";

/// What it would do.
fn tried(here: &Here, form: &CityForm, trial: &Trial) -> AnyView {
    let lang = here.lang();
    let effects = &trial.effects;
    let day = format::day(lang, &here.site.time, trial.from);
    let mut lines: Vec<String> = Vec::new();
    if let Some(open) = effects.open {
        let text = match &trial.change {
            Change::MergeAreas { into, .. } => {
                let heir = name_in(&form.choices.areas, into.as_str());
                t::city_tried_open(lang, heir, words::total(open))
            }
            _ => t::city_tried_stay(lang, &form.of.name, words::total(open)),
        };
        lines.push(text);
    }
    if !effects.leaves.is_empty() {
        let who = effects.leaves.iter();
        let who = who.map(|who| format!("{} ({})", who.login, staff::role(lang, who.role)));
        lines.push(t::city_tried_leaves(
            lang,
            who.collect::<Vec<_>>().join(", "),
        ));
    }
    let led: Vec<_> = effects
        .led
        .iter()
        .map(|led| {
            let unit = name_in(&form.choices.modules, led.unit.as_str());
            view! { <li>{t::city_tried_led_line(lang, led.after, led.before, unit)}</li> }
        })
        .collect();
    let nothing = effects.open.is_none() && lines.is_empty() && led.is_empty();
    let differs: Vec<_> = form
        .differs
        .iter()
        .map(|(field, before, after)| {
            let field = said::field(lang, field);
            view! { <li>{t::city_differs(lang, after, before, field)}</li> }
        })
        .collect();
    let (subject, object) = (&trial.about.0, &trial.about.1);
    let sentence = said::sentence(lang, form.of.topic, (subject, object));
    let typed_since = form.typed_since;
    let kind = if effects.leaves.is_empty() {
        "done"
    } else {
        "wait"
    };
    let lines: Vec<_> = lines
        .into_iter()
        .map(|line| view! { <p>{line}</p> })
        .collect();
    view! {
        <div id="tried" tabindex="-1" autofocus=true>
        <Callout kind=kind title=t::city_tried(lang)>
            {typed_since.then(|| view! { <p><b>{t::city_typed_since(lang)}</b></p> })}
            <p><b>{t::city_named(lang, t::city_from(lang, day), sentence)}</b></p>
            {(!differs.is_empty()).then(|| view! { <ul class="each">{differs}</ul> })}
            <p>{t::city_tried_sound(lang)}</p>
            {lines}
            {(!led.is_empty()).then(|| view! {
                <p>{t::city_tried_led(lang)}</p><ul>{led}</ul>
            })}
            {nothing.then(|| view! { <p>{t::city_tried_none(lang)}</p> })}
            <p class="btns">
                <button class="btn" type="submit" form=FORM name="act" value="keep">
                    {t::city_keep(lang)}
                </button>
            </p>
        </Callout>
        </div>
    }
    .into_any()
}

/// The name of a choice by its code.
fn name_in(branches: &[casework::views::Branch], code: &str) -> String {
    let choices = branches.iter().flat_map(|branch| &branch.choices);
    let found = choices.into_iter().find(|choice| choice.value == code);
    found.map_or_else(|| code.to_owned(), |choice| choice.text.clone())
}

impl Fields<'_> {
    fn typed(&self, name: &str) -> &str {
        let all = self.form.typed.iter();
        let found = all.filter(|(key, _)| key == name).map(|(_, value)| value);
        found.map(String::as_str).next().unwrap_or_default()
    }

    fn all(&self, name: &str) -> Vec<String> {
        let all = self.form.typed.iter().filter(|(key, _)| key == name);
        all.map(|(_, value)| value.clone()).collect()
    }

    fn spot(&self, name: &'static str, label: impl Into<String>) -> Spot {
        let error = self.form.mistakes.iter().find(|(field, _)| *field == name);
        Spot {
            name,
            id: name.to_owned(),
            label: label.into(),
            error: error.map(|(_, text)| text.clone()),
        }
    }

    fn text(
        &self,
        name: &'static str,
        label: impl Into<String>,
        kind: &'static str,
        hint: Option<&'static str>,
    ) -> AnyView {
        line(self.spot(name, label), self.typed(name), kind, hint)
    }

    /// A text of several lines.
    fn area(
        &self,
        name: &'static str,
        label: &'static str,
        rows: u8,
        hint: Option<&'static str>,
    ) -> AnyView {
        let spot = self.spot(name, label);
        let hint_id = format!("{name}-hint");
        let described = [hint.map(|_| hint_id.clone()), spot.described()];
        let described = described
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ");
        let invalid = spot.error.is_some();
        view! {
            <div class=spot.class()>
                <label for=name>{label}</label>
                {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
                {spot.error_line()}
                <TextArea name value=self.typed(name) rows described_by=described invalid />
            </div>
        }
        .into_any()
    }

    fn hidden(&self, name: &'static str) -> AnyView {
        view! { <Hidden name value=self.typed(name) /> }.into_any()
    }

    /// A box that is ticked or not.
    fn tick(&self, name: &'static str, label: &'static str) -> AnyView {
        let checked = self.typed(name) == "yes";
        view! {
            <label class="pick">
                <input type="checkbox" id=name name=name value="yes" checked=checked />
                <span>{label}</span>
            </label>
        }
        .into_any()
    }

    fn names(&self) -> AnyView {
        let lang = self.lang;
        view! {
            {self.text("name-zh-hans", t::cf_name_hans(lang), "text", None)}
            {self.text("name-zh-hant", t::cf_name_hant(lang), "text", None)}
            {self.text("name-en", t::cf_name_en(lang), "text", None)}
        }
        .into_any()
    }

    fn area_names(&self) -> AnyView {
        view! {
            {self.names()}
            {self.text("pinyin", t::cf_pinyin(self.lang), "text", None)}
        }
        .into_any()
    }

    fn plain(&self) -> AnyView {
        let lang = self.lang;
        view! {
            {self.area("plain-zh-hans", t::cf_plain_hans(lang), 2, None)}
            {self.area("plain-zh-hant", t::cf_plain_hant(lang), 2, None)}
            {self.area("plain-en", t::cf_plain_en(lang), 2, None)}
        }
        .into_any()
    }

    fn new_code(&self) -> AnyView {
        self.text(
            "code",
            t::cf_code(self.lang),
            "text",
            Some(t::cf_code_hint(self.lang)),
        )
    }

    fn one_of(
        &self,
        name: &'static str,
        label: &'static str,
        branches: &[casework::views::Branch],
    ) -> AnyView {
        let chosen = self.typed(name);
        let chosen = (!chosen.is_empty()).then_some(chosen);
        let empty = Some(t::field_choose(self.lang));
        select(self.spot(name, label), branches, chosen, empty)
    }

    fn of_topic(&self) -> AnyView {
        let lang = self.lang;
        let choices = &self.form.choices;
        match self.form.of.topic {
            Topic::RenameArea => view! { {self.hidden("area")}{self.area_names()} }.into_any(),
            Topic::MoveArea => view! {
                {self.hidden("area")}
                {self.one_of("to", t::cf_to(lang), &choices.areas)}
            }
            .into_any(),
            Topic::SplitArea => view! {
                {self.hidden("area")}
                {self.new_code()}
                {self.area_names()}
                {checks(
                    self.spot("takes", t::cf_takes(lang)), &plain(choices.inside.clone()),
                    &self.all("takes"),
                )}
            }
            .into_any(),
            Topic::MergeAreas => view! {
                {self.hidden("area")}
                {self.one_of("into", t::cf_into(lang), &choices.areas)}
            }
            .into_any(),
            Topic::AddArea => view! {
                {self.hidden("within")}
                {self.new_code()}
                {self.area_names()}
            }
            .into_any(),
            Topic::SetOffice => view! {
                {self.hidden("area")}
                {self.text("phone", t::cf_phone(lang), "text", None)}
                {self.text("address-zh-hans", t::cf_address_hans(lang), "text", None)}
                {self.text("address-zh-hant", t::cf_address_hant(lang), "text", None)}
                {self.text("address-en", t::cf_address_en(lang), "text", None)}
                {self.text("note-zh-hans", t::cf_note_hans(lang), "text", None)}
                {self.text("note-zh-hant", t::cf_note_hant(lang), "text", None)}
                {self.text("note-en", t::cf_note_en(lang), "text", None)}
            }
            .into_any(),
            Topic::SetHours => self.hours(),
            Topic::SetClocks => self.clocks(),
            Topic::SetCategory => view! {
                {self.hidden("category")}
                {self.category()}
            }
            .into_any(),
            Topic::AddCategory => view! {
                {self.hidden("within")}
                {self.text("category", t::cf_category(lang), "text", Some(t::cf_own_code_hint(lang)))}
                {self.category()}
                {self.text("duty", t::cf_duty(lang), "text", None)}
                {self.area("basis", t::cf_basis(lang), 2, None)}
            }
            .into_any(),
            Topic::OpenCategory => view! {
                {self.hidden("category")}
                {radios(
                    self.spot("open", t::cf_open(lang)),
                    vec![
                        choice("yes", t::cf_open_yes(lang)),
                        choice("no", t::cf_open_no(lang)),
                    ],
                    Some(self.typed("open")),
                )}
            }
            .into_any(),
            Topic::SetDuty => self.duty(),
            Topic::EndDuty => self.hidden("duty"),
            Topic::SetLineGrids => view! {
                {self.one_of("unit", t::cf_unit(lang), &choices.units)}
                {self.area("grids", t::cf_grids(lang), 12, None)}
            }
            .into_any(),
            Topic::TakeBack => self.hidden("number"),
        }
    }

    fn hours(&self) -> AnyView {
        const DAYS: [&str; 7] = [
            "day-1", "day-2", "day-3", "day-4", "day-5", "day-6", "day-7",
        ];
        let lang = self.lang;
        let of_city = self.typed("area").is_empty();
        let days: Vec<_> = DAYS
            .into_iter()
            .enumerate()
            .map(|(at, name)| self.text(name, said::weekday(lang, at), "text", None))
            .collect();
        view! {
            {self.hidden("area")}
            {(!of_city).then(|| self.tick("as-above", t::cf_as_above(lang)))}
            <p class="hint">{t::cf_hours_hint(lang)}</p>
            {days}
            {self.tick("working-days-only", t::cf_working_days_only(lang))}
        }
        .into_any()
    }

    fn clocks(&self) -> AnyView {
        let lang = self.lang;
        let units: Vec<Choice> = said::UNITS
            .into_iter()
            .map(|unit| {
                let (value, text) = said::unit(lang, unit);
                choice(value, text)
            })
            .collect();
        let limits: Vec<_> = STAGES
            .into_iter()
            .map(|(stage, amount, unit)| {
                let name = words::stage(lang, stage);
                let chosen = self.typed(unit);
                let chosen = (!chosen.is_empty()).then_some(chosen);
                view! {
                    <div class="beside">
                        {self.text(amount, t::cf_limit(lang, name), "number", None)}
                        {select(
                            self.spot(unit, t::cf_limit_unit(lang, name)), &plain(units.clone()),
                            chosen, Some(t::cf_no_limit(lang)),
                        )}
                    </div>
                }
            })
            .collect();
        let code = if self.form.of.code.is_empty() {
            self.text(
                "policy",
                t::cf_code(lang),
                "text",
                Some(t::cf_code_hint(lang)),
            )
        } else {
            self.hidden("policy")
        };
        view! {
            {code}
            {self.names()}
            {limits}
            {self.tick("staffed-only", t::cf_staffed_only(lang))}
            {self.area("basis", t::cf_basis(lang), 2, None)}
        }
        .into_any()
    }

    fn category(&self) -> AnyView {
        let lang = self.lang;
        let visibilities = Visibility::ALL
            .into_iter()
            .map(|visibility| choice(visibility.as_str(), words::visibility(lang, visibility)))
            .collect();
        let evidence = [
            ("photo_before", EvidenceKind::PhotoBefore),
            ("photo_after", EvidenceKind::PhotoAfter),
            ("document", EvidenceKind::Document),
        ]
        .map(|(value, kind)| choice(value, staff::evidence(lang, kind)));
        view! {
            {self.names()}
            {self.plain()}
            {self.area("synonyms", t::cf_synonyms(lang), 2, Some(t::cf_synonyms_hint(lang)))}
            {radios(
                self.spot("visibility", t::cf_visibility(lang)), visibilities,
                Some(self.typed("visibility")),
            )}
            {self.one_of("policy", t::cf_policy(lang), &plain(self.form.choices.policies.clone()))}
            {self.one_of("lead", t::cf_lead(lang), &self.form.choices.modules)}
            {self.tick("on-scene", t::cf_on_scene(lang))}
            {checks(
                self.spot("evidence", t::cf_evidence(lang)), &plain(evidence.to_vec()),
                &self.all("evidence"),
            )}
        }
        .into_any()
    }

    fn duty(&self) -> AnyView {
        let lang = self.lang;
        view! {
            {self.hidden("replaces")}
            {self.hidden("category")}
            {self.text("duty", t::cf_duty(lang), "text", None)}
            <h2>{t::cf_situation(lang)}</h2>
            {self.plain()}
            {self.one_of("lead", t::cf_lead(lang), &self.form.choices.modules)}
            {checks(
                self.spot("support", t::cf_support(lang)), &self.form.choices.modules,
                &self.all("support"),
            )}
            {checks(
                self.spot("area", t::cf_only_areas(lang)), &self.form.choices.communities,
                &self.all("area"),
            )}
            {self.area("basis", t::cf_basis(lang), 2, None)}
        }
        .into_any()
    }
}

/// The fields of each stage's limit.
const STAGES: [(Stage, &str, &str); 10] = [
    (Stage::Respond, "respond", "respond-unit"),
    (Stage::Dispatch, "dispatch", "dispatch-unit"),
    (Stage::ReportIn, "report_in", "report_in-unit"),
    (Stage::SetOut, "set_out", "set_out-unit"),
    (Stage::Arrive, "arrive", "arrive-unit"),
    (Stage::Resolve, "resolve", "resolve-unit"),
    (Stage::Verify, "verify", "verify-unit"),
    (Stage::Release, "release", "release-unit"),
    (Stage::Return, "return", "return-unit"),
    (Stage::Answer, "answer", "answer-unit"),
];
