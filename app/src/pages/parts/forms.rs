//! The parts of forms, empty, filled in and with mistakes.

use domain::lang::Lang;
use leptos::prelude::*;

use crate::{
    parts::{Check, Choice, ErrorSummary, Field, RadioGroup, Select, SummaryItem, TextArea},
    texts::t,
};

/// The mistakes of the fields and choices below.
pub(super) fn summary(lang: Lang) -> AnyView {
    let items = [
        ("parts-bad", t::error_place(lang)),
        ("parts-words-bad", t::error_description(lang)),
        ("parts-one-bad", t::error_danger(lang)),
    ];
    let items = items.map(|(field, text)| SummaryItem {
        field: field.to_owned(),
        text: text.to_owned(),
    });
    view! { <ErrorSummary title=t::error_title(lang, 3) items=items.into() first=false /> }
        .into_any()
}

/// Lines, boxes and lists to fill in.
pub(super) fn fields(lang: Lang) -> AnyView {
    let communities = vec![
        Choice::new("", t::cases_any_community(lang)),
        Choice::new("1", t::parts_community(lang)),
    ];
    view! {
        <div class="narrow">
            <Field name="parts-plain" label=t::whistle_name(lang) />
            <Field
                name="parts-hint" label=t::whistle_place(lang) hint=t::whistle_place_hint(lang)
                value=t::parts_place(lang)
            />
            <Field
                name="parts-bad" label=t::whistle_place(lang) hint=t::whistle_place_hint(lang)
                error=t::error_place(lang)
            />
            <Field name="parts-short" label=t::whistle_phone(lang) kind="tel" short=true />
            <Field name="parts-words" label=t::whistle_what(lang) hint=t::whistle_what_hint(lang)>
                <TextArea
                    name="parts-words" value=t::parts_headline(lang) rows=3
                    described_by="parts-words-hint"
                />
            </Field>
            <Field
                name="parts-words-bad" label=t::whistle_what(lang)
                error=t::error_description(lang)
            >
                <TextArea
                    name="parts-words-bad" value="" rows=3 invalid=true
                    described_by="parts-words-bad-error"
                />
            </Field>
            <Select name="parts-select" label=t::case_community(lang) choices=communities />
        </div>
    }
    .into_any()
}

/// One of several, and one to tick.
pub(super) fn choices(lang: Lang) -> AnyView {
    let danger = |chosen: bool| {
        vec![
            Choice::new("no", t::whistle_danger_no(lang)).checked(chosen),
            Choice::new("yes", t::whistle_danger_yes(lang)),
        ]
    };
    let seen = vec![
        Choice::new("public", t::visibility_public(lang))
            .hint(t::whistle_visibility_public_hint(lang))
            .checked(true),
        Choice::new("private", t::visibility_private(lang))
            .hint(t::whistle_visibility_private_hint(lang)),
    ];
    view! {
        <div class="narrow">
            <RadioGroup
                name="parts-one" legend=t::whistle_danger(lang) hint=t::whistle_danger_hint(lang)
                choices=danger(true) inline=true
            />
            <RadioGroup
                name="parts-one-bad" legend=t::whistle_danger(lang) error=t::error_danger(lang)
                choices=danger(false) inline=true
            />
            <RadioGroup name="parts-long" legend=t::whistle_visibility(lang) choices=seen />
            <div class="picks more">
                <Check name="parts-tick" text=t::whistle_may_call(lang) />
                <Check
                    name="parts-ticked" text=t::whistle_may_call(lang)
                    hint=t::whistle_may_call_hint(lang) checked=true
                />
            </div>
        </div>
    }
    .into_any()
}
