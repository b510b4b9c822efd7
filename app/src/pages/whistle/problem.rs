//! The questions of `/whistle` about the problem: danger, kind, what happened.

use domain::{draft::FieldError, lang::Lang, text::Description};
use leptos::prelude::*;

use super::{CategoryChoice, WhistleForm};
use crate::{
    here::Here,
    islands::{COUNT, CountWords, DescriptionCount},
    parts::{Callout, Choice, EmergencyLines, Field, Radio, RadioGroup, SubmitButton, TextArea},
    texts::t,
};

/// Danger first; the numbers stand there before anything is answered.
#[component]
pub fn DangerPart(here: Here, form: WhistleForm) -> impl IntoView {
    let lang = here.lang();
    let danger = form.draft.danger.clone();
    let alarmed = form
        .faults
        .iter()
        .any(|fault| matches!(fault, crate::form::Fault::Draft(_, FieldError::Danger)))
        || danger == "yes";
    let lines = here.site.emergency.clone();
    let choices = vec![
        Choice::new("no", t::whistle_danger_no(lang)).checked(danger == "no"),
        Choice::new("yes", t::whistle_danger_yes(lang)).checked(danger == "yes"),
    ];
    view! {
        <RadioGroup
            name="danger"
            legend=t::whistle_danger(lang)
            hint=t::whistle_danger_hint(lang)
            error=form.error(lang, "danger").unwrap_or_default()
            choices
            inline=true
        >
            <div class=if alarmed { "callout alarm numbers" } else { "numbers" }>
                {alarmed.then(|| view! { <h2>{t::whistle_danger_now(lang)}</h2> })}
                <ul><EmergencyLines lines lang /></ul>
                {alarmed.then(|| view! { <p>{t::whistle_danger_after(lang)}</p> })}
            </div>
        </RadioGroup>
    }
    .into_any()
}

fn choice(lang: Lang, item: &CategoryChoice, chosen: &str) -> Choice {
    let hint = match &item.why {
        Some(word) => format!("{} · {}", item.plain, t::whistle_category_why(lang, word)),
        None => item.plain.clone(),
    };
    Choice::new(&item.code, &item.name)
        .hint(hint)
        .checked(item.code == chosen)
}

/// What was looked for among the kinds; of a whole description its beginning.
fn searched_words(form: &WhistleForm) -> String {
    const ENOUGH: usize = 20;
    let words = form.category_words.trim();
    if !words.is_empty() {
        return words.to_owned();
    }
    let told = form.draft.description.trim();
    match told.char_indices().nth(ENOUGH) {
        Some((end, _)) => format!("{}…", &told[..end]),
        None => told.to_owned(),
    }
}

/// The kind of problem: a search in plain words, and families that fold away on a phone.
#[component]
pub fn CategoryPart(lang: Lang, form: WhistleForm) -> impl IntoView {
    let chosen = form.draft.category.clone();
    let error = form.error(lang, "category");
    let bad = error.is_some();
    let found = form.categories_found.clone();
    // What is chosen stands on top with what was found, and the families stay folded: the page
    // stays short whatever was chosen in it.
    let mut top = found.clone().unwrap_or_default();
    if !top.iter().any(|item| item.code == chosen) {
        let mut all = form.groups.iter().flat_map(|group| &group.items);
        top.splice(0..0, all.find(|item| item.code == chosen).cloned());
    }
    // Radios of one name share one answer, so a category shown above is not shown again below.
    let shown: Vec<String> = top.iter().map(|item| item.code.clone()).collect();
    let mut first = true;
    let searched = found.map(|items| {
        let count = u64::try_from(items.len()).unwrap_or(u64::MAX);
        view! {
            <p class="hint" role="status">
                {t::whistle_category_found(lang, count, searched_words(&form))}
            </p>
        }
    });
    let radios: Vec<_> = top
        .iter()
        .map(|item| {
            let at_top = std::mem::take(&mut first);
            view! { <Radio name="category" choice=choice(lang, item, &chosen) first=at_top /> }
        })
        .collect();
    let found_view = view! {
        {searched}
        {(!radios.is_empty()).then(|| view! { <div class="picks">{radios}</div> })}
    };
    let groups: Vec<_> = form
        .groups
        .iter()
        .map(|group| {
            let radios: Vec<_> = group
                .items
                .iter()
                .filter(|item| !shown.contains(&item.code))
                .map(|item| {
                    let at_top = std::mem::take(&mut first);
                    view! { <Radio name="category" choice=choice(lang, item, &chosen) first=at_top /> }
                })
                .collect();
            (!radios.is_empty()).then(|| {
                view! {
                    <details class="fold">
                        <summary>
                            <span>
                                {group.name.clone()}
                                <small>{group.plain.clone()}</small>
                            </span>
                        </summary>
                        <div class="body picks">{radios}</div>
                    </details>
                }
            })
        })
        .collect();
    // In sight, since it is for whoever looked and found nothing.
    let other = form.other.as_ref();
    let other = other.filter(|item| !shown.contains(&item.code));
    let other = other.map(|item| {
        let at_top = std::mem::take(&mut first);
        view! {
            <p class="hint">{t::whistle_category_other(lang)}</p>
            <div class="picks">
                <Radio name="category" choice=choice(lang, item, &chosen) first=at_top />
            </div>
        }
    });
    let help = (!form.help_lines.is_empty()).then(|| {
        view! {
            <Callout kind="alarm" title=t::whistle_help_lines(lang)>
                <ul><EmergencyLines lines=form.help_lines.clone() lang /></ul>
            </Callout>
        }
    });
    view! {
        <fieldset
            class=if bad { "field bad" } else { "field" }
            aria-describedby=if bad { "category-hint category-error" } else { "category-hint" }
        >
            <legend>{t::whistle_category(lang)}</legend>
            <p class="hint" id="category-hint">{t::whistle_category_hint(lang)}</p>
            {error.map(|error| view! { <p class="error" id="category-error">{error}</p> })}
            <div class="search small-search">
                <label class="unseen" for="category_words">{t::whistle_category_search(lang)}</label>
                <input
                    id="category_words" name="category_words" type="search" maxlength="60"
                    value=form.category_words.clone() autocomplete="off"
                />
                <SubmitButton
                    text=t::whistle_category_find(lang) act="find-category" quiet=true
                />
            </div>
            <div class="guess" id="guess" role="status"></div>
            {form.category.clone().map(|label| {
                view! { <p class="chosen"><b>{t::whistle_category_chosen(lang, label.text)}</b></p> }
            })}
            {help}
            {found_view}
            // Twenty groups are a long way on a phone: they wait behind one line, unless something
            // is to be chosen there now.
            <details class="fold folds" open=bad>
                <summary><span>{t::form_category_all(lang)}</span></summary>
                <div class="body">{groups}</div>
            </details>
            {other}
        </fieldset>
    }
    .into_any()
}

/// What happened, in the reporter's words.
#[component]
pub fn WhatPart(lang: Lang, form: WhistleForm) -> impl IntoView {
    let error = form.error(lang, "description");
    let bad = error.is_some();
    let (least, most) = (Description::MIN, Description::MAX);
    let limit = t::whistle_what_limit(lang, least, most);
    let words = CountWords {
        left: t::whistle_what_left(lang).to_owned(),
        over: t::whistle_what_over(lang).to_owned(),
    };
    let described = if bad {
        "description-hint description-error description-limit"
    } else {
        "description-hint description-limit"
    };
    view! {
        <Field
            name="description"
            label=t::whistle_what(lang)
            hint=t::whistle_what_hint(lang)
            error=error.unwrap_or_default()
        >
            <TextArea
                name="description"
                value=form.draft.description.clone()
                described_by=described
                invalid=bad
            />
            <p class="count" id=COUNT data-words=words.sent()>{limit}</p>
            <DescriptionCount />
        </Field>
    }
    .into_any()
}
