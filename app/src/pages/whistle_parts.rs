//! The questions of `/whistle` about the problem, one component each, in the order they are asked.
//! Those about people stand in `whistle_people`.

use domain::{
    draft::{FieldError, MAX_PHOTOS},
    lang::Lang,
    text::Description,
};
use leptos::prelude::*;

use super::whistle::{CategoryChoice, StagedPhoto, WhistleForm, photos_left};
use crate::{
    here::Here,
    islands::DescriptionCount,
    parts::{
        Callout, Choice, EmergencyLines, Field, Hidden, Radio, RadioGroup, SubmitButton, TextArea,
    },
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
                {t::whistle_category_found(lang, count, &form.category_words)}
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
            {form.category.clone().map(|label| {
                view! { <p class="chosen"><b>{t::whistle_category_chosen(lang, label.text)}</b></p> }
            })}
            {help}
            {found_view}
            <div class="folds">{groups}</div>
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
            <p class="count" id="description-limit">
                <DescriptionCount
                    field="description".to_owned()
                    limit=t::whistle_what_limit(lang, least, most)
                    left=t::whistle_what_left(lang).to_owned()
                    over=t::whistle_what_over(lang).to_owned()
                    most=u32::try_from(most).unwrap_or(u32::MAX)
                />
            </p>
        </Field>
    }
    .into_any()
}

/// The community: typed with the browser's own list, or chosen from what the server matched.
#[component]
pub fn CommunityPart(lang: Lang, form: WhistleForm) -> impl IntoView {
    let options: Vec<_> = form
        .communities
        .iter()
        .map(|c| view! { <option value=c.name.clone()>{c.about.clone()}</option> })
        .collect();
    let typed = form.draft.community.clone();
    let shown = form
        .communities
        .iter()
        .find(|c| c.code == typed)
        .map_or_else(|| typed.clone(), |c| c.name.clone());
    let matches = form.communities_found.clone().map(|found| {
        if found.is_empty() {
            return view! {
                <p class="hint" role="status">{t::whistle_community_none(lang, &typed)}</p>
            }
            .into_any();
        }
        let chosen = form.community.as_ref().map(|label| label.code.clone());
        let mut choices: Vec<Choice> = found
            .iter()
            .map(|c| {
                Choice::new(&c.code, &c.name)
                    .hint(c.about.clone())
                    .checked(chosen.as_ref() == Some(&c.code))
            })
            .collect();
        choices.push(Choice::new("", t::whistle_community_typed(lang)));
        view! {
            <RadioGroup
                name="community_choice"
                legend=t::whistle_community_matches(lang)
                choices
            />
        }
        .into_any()
    });
    view! {
        <Field
            name="community"
            label=t::whistle_community(lang)
            hint=t::whistle_community_hint(lang)
            error=form.error(lang, "community").unwrap_or_default()
            value=shown
            list="communities"
            autocomplete="off"
            maxlength=60
        />
        <datalist id="communities">{options}</datalist>
        {matches}
        <div class="btns">
            <SubmitButton text=t::whistle_community_find(lang) act="find-place" quiet=true />
        </div>
    }
    .into_any()
}

/// The place in words, and a position for those who have one.
#[component]
pub fn PlacePart(lang: Lang, form: WhistleForm) -> impl IntoView {
    let error = form.error(lang, "lat");
    let open =
        error.is_some() || !form.draft.latitude.is_empty() || !form.draft.longitude.is_empty();
    view! {
        <Field
            name="place"
            label=t::whistle_place(lang)
            hint=t::whistle_place_hint(lang)
            error=form.error(lang, "place").unwrap_or_default()
            value=form.draft.place.clone()
            autocomplete="off"
            maxlength=200
        />
        <details class="fold position" open=open>
            <summary>{t::whistle_position(lang)}</summary>
            <div class="body">
                <p class="hint">{t::whistle_position_hint(lang)}</p>
                <Field
                    name="lat" label=t::whistle_lat(lang) value=form.draft.latitude.clone()
                    error=error.unwrap_or_default() inputmode="decimal" autocomplete="off" maxlength=20 short=true
                />
                <Field
                    name="lng" label=t::whistle_lng(lang) value=form.draft.longitude.clone()
                    inputmode="decimal" autocomplete="off" maxlength=20 short=true
                />
                <Field
                    name="accuracy" label=t::whistle_accuracy(lang) value=form.draft.accuracy.clone()
                    inputmode="numeric" autocomplete="off" maxlength=10 short=true
                />
            </div>
        </details>
    }
    .into_any()
}

/// Photos: files to add, thumbnails of those that wait, a button to take each away.
#[component]
pub fn PhotosPart(lang: Lang, form: WhistleForm) -> impl IntoView {
    let left = photos_left(&form);
    let error = form.error(lang, "photos");
    let described = if error.is_some() {
        "photos-hint photos-error"
    } else {
        "photos-hint"
    };
    let thumbs: Vec<_> = form
        .staged
        .iter()
        .enumerate()
        .map(|(at, photo)| {
            let number = at + 1;
            view! {
                <li>
                    <StagedPicture photo=photo.clone() alt=t::whistle_photo_staged(lang, number) />
                    <Hidden name="staged" value=photo.id.clone() />
                    <SubmitButton
                        text=t::whistle_photo_remove(lang, number)
                        act=format!("remove-photo-{number}")
                        quiet=true
                    />
                </li>
            }
        })
        .collect();
    view! {
        <Field
            name="photos"
            label=t::whistle_photos(lang)
            hint=t::whistle_photos_hint(lang, MAX_PHOTOS)
            error=error.unwrap_or_default()
        >
            {(!thumbs.is_empty()).then(|| view! { <ul class="photos staged">{thumbs}</ul> })}
            {(left > 0).then(|| view! {
                <input
                    class="input" id="photos" name="photos" type="file" multiple
                    accept="image/jpeg,image/png,image/webp" aria-describedby=described
                />
                <div class="btns">
                    <SubmitButton text=t::whistle_photos_add(lang) act="add-photos" quiet=true />
                </div>
            })}
        </Field>
    }
    .into_any()
}

/// A photo that waits; where its picture cannot be read now, the words that stand for it.
#[component]
pub fn StagedPicture(photo: StagedPhoto, alt: String) -> impl IntoView {
    if photo.thumb.is_empty() {
        view! { <p>{alt}</p> }.into_any()
    } else {
        view! { <img src=photo.thumb alt=alt width="320" height="240" /> }.into_any()
    }
}
