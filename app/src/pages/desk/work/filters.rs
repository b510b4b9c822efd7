//! Searching and narrowing down, and filters one comes back to.

use casework::{
    account::{FILTERS, Unsaved},
    views::Choice,
    worklist::{Asked, Worklist},
};
use domain::lang::Lang;
use leptos::prelude::*;

use crate::{
    here::Here,
    parts::{Hidden, Icon, SubmitButton},
    texts::t,
};

/// What narrows the list down, and the way back to all of it.
pub(super) fn search(lang: Lang, shown: &Worklist) -> AnyView {
    let asked = &shown.asked;
    let options = |choices: &[Choice], chosen: &str| -> Vec<AnyView> {
        choices
            .iter()
            .map(|choice| {
                let selected = choice.value == chosen;
                view! { <option value=choice.value.clone() selected=selected>{choice.text.clone()}</option> }
                    .into_any()
            })
            .collect()
    };
    let open = is_narrowed(asked);
    let all = if asked.overdue {
        "/desk?overdue=1".to_owned()
    } else {
        format!("/desk?list={}", asked.list.as_str())
    };
    view! {
        <details class="fold narrow-down" open=open>
        <summary>{t::desk_narrow(lang)}</summary>
        <form class="filters body" role="search" aria-label=t::desk_filter(lang) action="/desk" method="get">
            <Hidden name="list" value=asked.list.as_str() />
            {asked.overdue.then(|| view! { <Hidden name="overdue" value="1" /> })}
            <div class="field">
                <label for="q">{t::desk_search(lang)}</label>
                <input
                    class="input" id="q" name="q" type="search" value=asked.words.clone()
                    maxlength="100" autocomplete="off" enterkeyhint="search"
                />
            </div>
            {(!shown.areas.is_empty()).then(|| view! {
                <div class="field">
                    <label for="area">{t::desk_area(lang)}</label>
                    <select class="input" id="area" name="area">
                        <option value="">{t::desk_any_area(lang)}</option>
                        {options(&shown.areas, &asked.area)}
                    </select>
                </div>
            })}
            <div class="field">
                <label for="category">{t::desk_category(lang)}</label>
                <select class="input" id="category" name="category">
                    <option value="">{t::desk_any_category(lang)}</option>
                    {options(&shown.categories, &asked.category)}
                </select>
            </div>
            <button class="btn quiet" type="submit">{Icon::Lens.draw()}<span>{t::desk_filter(lang)}</span></button>
            {open.then(|| view! { <a class="clear" href=all>{t::desk_clear(lang)}</a> })}
        </form>
        </details>
    }
    .into_any()
}

/// Whether something was typed or chosen that narrows a list.
fn is_narrowed(asked: &Asked) -> bool {
    [&asked.words, &asked.area, &asked.category]
        .iter()
        .any(|typed| !typed.is_empty())
}

/// A filter that could not be saved: under which name, and why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnsavedFilter {
    /// The name as typed.
    pub name: String,
    /// Why not.
    pub why: Unsaved,
}

impl UnsavedFilter {
    /// Id of the field it is about.
    pub(super) const FIELD: &'static str = "filter-name";

    /// What to do about it.
    pub(super) fn text(&self, lang: Lang) -> String {
        match self.why {
            Unsaved::NoName => t::desk_save_missing(lang).to_owned(),
            Unsaved::TooLong => t::desk_save_long(lang).to_owned(),
            Unsaved::TooMany => t::desk_save_full(lang, FILTERS),
        }
    }
}

/// Filters one comes back to, and the form that saves this one.
pub(super) fn saved_filters(
    here: &Here,
    asked: &Asked,
    saved: &[(String, String)],
    unsaved: Option<&UnsavedFilter>,
) -> AnyView {
    let lang = here.lang();
    let links: Vec<_> = saved
        .iter()
        .map(|(name, query)| {
            let drop = t::desk_save_drop(lang, name);
            view! {
                <li>
                    <a href=format!("/desk?{query}")>{name.clone()}</a>
                    <form method="post" action="/desk">
                        <Hidden name="name" value=name.clone() />
                        <button class="link" type="submit" name="act" value="drop-filter" aria-label=drop.clone() title=drop>"×"</button>
                    </form>
                </li>
            }
        })
        .collect();
    let has = !links.is_empty();
    view! {
        {has.then(|| view! {
            <nav class="saved" aria-label=t::desk_saved(lang)><ul>{links}</ul></nav>
        })}
        {is_narrowed(asked).then(|| save(here, unsaved))}
    }
    .into_any()
}

fn save(here: &Here, unsaved: Option<&UnsavedFilter>) -> AnyView {
    let lang = here.lang();
    // The list from its beginning, whichever page of it is seen; and back to it if something is wrong.
    let action = here.address(&[("after", ""), ("done", "")]);
    let query = action.split_once('?').map_or("", |(_, query)| query);
    let id = UnsavedFilter::FIELD;
    let error = unsaved.map(|unsaved| unsaved.text(lang));
    let bad = error.is_some();
    let described = bad.then(|| format!("{id}-error"));
    let name = unsaved.map(|unsaved| unsaved.name.clone());
    view! {
        <details class="fold small-fold" open=bad>
            <summary>{t::desk_save(lang)}</summary>
            <div class="body">
                <form method="post" action=action.clone() class="inline-form" novalidate>
                    <Hidden name="query" value=query.to_owned() />
                    <div class=if bad { "field bad" } else { "field" }>
                        <label for=id>{t::desk_save_name(lang)}</label>
                        {error.map(|error| view! { <p class="error" id=format!("{id}-error")>{error}</p> })}
                        <input
                            class="input short" id=id name="name" type="text" maxlength="30"
                            value=name.unwrap_or_default() autocomplete="off"
                            aria-describedby=described aria-invalid=bad.then_some("true")
                        />
                    </div>
                    <SubmitButton text=t::desk_save(lang) act="save-filter" quiet=true />
                </form>
            </div>
        </details>
    }
    .into_any()
}
