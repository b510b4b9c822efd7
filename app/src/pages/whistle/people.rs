//! The questions of `/whistle` about people: who told it already, who may see it, how to reach the
//! reporter.

use domain::{
    lang::Lang,
    text::{Description, PlaceText},
    visibility::Visibility,
};
use leptos::prelude::*;

use super::{WhistleForm, photos::StagedPicture};
use crate::{
    here::Here,
    pages::case::Told,
    parts::{Callout, CaseCardItem, Check, Choice, Field, RadioGroup, SubmitButton},
    texts::t,
    words,
};

/// Reports that look the same, each with a button to join it.
#[component]
pub fn DuplicatesPart(here: Here, form: WhistleForm) -> impl IntoView {
    let lang = here.lang();
    let found = form.duplicates.map(|cards| {
        if cards.is_empty() {
            return view! { <p role="status">{t::whistle_duplicates_none(lang)}</p> }.into_any();
        }
        let count = u64::try_from(cards.len()).unwrap_or(u64::MAX);
        let items: Vec<_> = cards
            .into_iter()
            .map(|card| {
                let act = format!("me-too-{}", card.number);
                view! {
                    <CaseCardItem here=here.clone() card />
                    <li class="join">
                        <SubmitButton text=t::whistle_me_too(lang) act quiet=true />
                    </li>
                }
            })
            .collect();
        view! {
            <Callout kind="wait" title=t::whistle_duplicates_title(lang, count)>
                <p>{t::whistle_duplicates_hint(lang)}</p>
                <ul class="list same">{items}</ul>
            </Callout>
        }
        .into_any()
    });
    view! {
        <div class="field">
            {found}
            <div class="btns">
                <SubmitButton
                    text=t::whistle_check_duplicates(lang) act="check-duplicates" quiet=true
                />
            </div>
        </div>
    }
    .into_any()
}

/// Who may see it, and on request what that means for this very report.
#[component]
pub fn VisibilityPart(here: Here, form: WhistleForm) -> impl IntoView {
    let lang = here.lang();
    let chosen = Visibility::parse(&form.draft.visibility);
    let only_private = form.must_be_private;
    let choices: Vec<Choice> = Visibility::ALL
        .into_iter()
        .filter(|kind| !only_private || *kind == Visibility::Private)
        .map(|kind| {
            let hint = match kind {
                Visibility::Public => t::whistle_visibility_public_hint(lang),
                Visibility::PublicWithoutDetail => t::whistle_visibility_without_detail_hint(lang),
                Visibility::Private => t::whistle_visibility_private_hint(lang),
            };
            let usual = (form.usual == Some(kind))
                .then(|| format!(" · {}", t::whistle_visibility_usual(lang)))
                .unwrap_or_default();
            Choice::new(
                kind.as_str(),
                format!("{}{usual}", words::visibility(lang, kind)),
            )
            .hint(hint)
            .checked(chosen == Some(kind) || only_private)
        })
        .collect();
    let preview = form.preview.then(|| preview(lang, &form));
    view! {
        <RadioGroup
            name="visibility"
            legend=t::whistle_visibility(lang)
            hint=t::whistle_visibility_hint(lang)
            error=form.error(lang, "visibility").unwrap_or_default()
            choices
        >
            <div class="btns">
                <SubmitButton text=t::whistle_preview(lang) act="preview" quiet=true />
            </div>
            {preview}
        </RadioGroup>
    }
    .into_any()
}

fn preview(lang: Lang, form: &WhistleForm) -> impl IntoView + use<> {
    let dash = "–".to_owned();
    let category = form
        .category
        .as_ref()
        .map_or_else(|| dash.clone(), |c| c.text.clone());
    let community = form
        .community
        .as_ref()
        .map_or_else(|| dash.clone(), |c| c.text.clone());
    let visibility = form.visibility().unwrap_or_default();
    // As it is kept: tidied, the position rounded.
    let tidy = |typed: &str, kept: Option<String>| kept.unwrap_or_else(|| typed.to_owned());
    let draft = &form.draft;
    let what = Description::new(&draft.description).ok();
    let what = tidy(&draft.description, what.map(String::from));
    let place = PlaceText::new(&draft.place).ok();
    let place = tidy(&draft.place, place.map(String::from));
    let position = draft.checked_position().map(|at| at.public().degrees());
    let photos: Vec<_> = form
        .staged
        .iter()
        .enumerate()
        .map(|(at, photo)| {
            let alt = t::photo_alt(lang, at + 1);
            view! { <li><StagedPicture photo=photo.clone() alt /></li> }
        })
        .collect();
    view! {
        <section class="seen stack" id="preview" aria-labelledby="preview-title">
            <h2 id="preview-title">{t::whistle_preview_title(lang)}</h2>
            {if visibility == Visibility::Private {
                view! { <p>{t::whistle_preview_private(lang)}</p> }.into_any()
            } else {
                view! {
                    <p class="small soft">{t::whistle_preview_now(lang)}</p>
                    <p>
                        <b>{t::case_title_plain(lang, &category, &community)}</b>
                        " "
                        <span class="tag wait">{t::state_filed(lang)}</span>
                    </p>
                }
                .into_any()
            }}
            {(visibility == Visibility::Public).then(|| view! {
                <p class="small soft">{t::whistle_preview_later(lang)}</p>
                <Told lang text=what place position />
                {(!photos.is_empty()).then(|| view! { <ul class="photos">{photos}</ul> })}
            })}
            <p class="small soft">{t::whistle_preview_never(lang)}</p>
        </section>
    }
    .into_any()
}

/// How to reach the reporter; what leaving nothing means is said before it matters.
#[component]
pub fn ContactPart(lang: Lang, form: WhistleForm) -> impl IntoView {
    let draft = form.draft.clone();
    let (name_error, email_error) = (form.error(lang, "name"), form.error(lang, "email"));
    let is_filled = !draft.name.is_empty() || !draft.email.is_empty();
    let more = is_filled || name_error.is_some() || email_error.is_some();
    view! {
        <fieldset class="field" aria-describedby="contact-hint">
            <legend>{t::whistle_contact(lang)}</legend>
            <p class="hint" id="contact-hint">{t::whistle_contact_hint(lang)}</p>
            <Field
                name="phone" label=t::whistle_phone(lang) value=draft.phone kind="tel"
                autocomplete="tel" inputmode="tel" maxlength=30
                error=form.error(lang, "phone").unwrap_or_default()
            />
            <div class="field">
                <Check
                    name="may_call" text=t::whistle_may_call(lang)
                    hint=t::whistle_may_call_hint(lang) checked=draft.may_call
                />
            </div>
            <details class="fold folds" open=more>
                <summary><span>{t::form_contact_more(lang)}</span></summary>
                <div class="body">
                    <Field
                        name="name" label=t::whistle_name(lang) value=draft.name autocomplete="name" maxlength=60
                        error=name_error.unwrap_or_default()
                    />
                    <Field
                        name="email" label=t::whistle_email(lang) value=draft.email kind="email"
                        autocomplete="email" inputmode="email" maxlength=254
                        error=email_error.unwrap_or_default()
                    />
                </div>
            </details>
        </fieldset>
    }
    .into_any()
}
