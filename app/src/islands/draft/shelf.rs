//! The drafts of this phone, as a list above the form or as a notice on any other page.

use std::sync::Arc;

use js_sys::{Date, Object};
use leptos::{mount::mount_to, prelude::*, wasm_bindgen::JsCast, web_sys::HtmlElement};
use wasm_bindgen_futures::spawn_local;

use super::{
    acts, chest,
    face::{self, Item, State},
    kept::{Kept, Trouble},
    object::set,
    post::FORM,
    sender,
    words::{AnywhereWords, Speech},
};
use crate::islands::dom::document;

/// The drafts above the form: go on with one, open a receipt, delete all.
#[component]
pub fn Shelf(words: Arc<Speech>) -> impl IntoView {
    let items = face::items();
    let unopened = face::unopened();
    let said = {
        let (items, words) = (items.clone(), Arc::clone(&words));
        move || said(&words, &items.get(), unopened.get())
    };
    view! {
        <div class="drafts">
            <p role="status">{said}</p>
            {move || {
                let items = items.get();
                (!items.is_empty()).then(|| list(&words, items))
            }}
        </div>
    }
}

fn said(words: &Speech, items: &[Item], unopened: bool) -> String {
    if items.is_empty() {
        return String::new();
    }
    let shelf = words.here.shelf.replace('#', &items.len().to_string());
    if unopened {
        words.here.sentences(&[&shelf, &words.anywhere.unopened])
    } else {
        shelf
    }
}

fn list(words: &Speech, items: Vec<Item>) -> AnyView {
    let rows: Vec<_> = items.into_iter().map(|item| row(words, item)).collect();
    view! {
        <ul class="list">{rows}</ul>
        <p class="small soft">{words.here.wipe_hint.clone()}</p>
        <button class="btn quiet" type="button" on:click=|_| acts::wipe()>{words.here.wipe.clone()}</button>
    }
    .into_any()
}

fn row(words: &Speech, item: Item) -> AnyView {
    let state = match &item.state {
        State::Kept => words.here.state_kept.clone(),
        other => state_text(&words.anywhere, other),
    };
    let when = words
        .here
        .when
        .replace('#', &moment(&words.here.lang, item.at));
    let key = item.key.clone();
    let button = match item.state {
        State::Filed(_) => receipt_button(&words.anywhere, key),
        State::Waiting => view! {
            <button class="btn" type="button" on:click=|_| acts::try_now()>{words.here.try_now.clone()}</button>
            {go_on_button(words, key)}
        }
        .into_any(),
        State::Kept | State::Stuck(_) => go_on_button(words, key),
    };
    view! {
        <li>
            <p dir="auto"><b>{item.head}</b></p>
            <p class="small">{state}</p>
            <p class="small soft">{when}</p>
            <div class="btns">{button}</div>
        </li>
    }
    .into_any()
}

fn go_on_button(words: &Speech, key: String) -> AnyView {
    view! {
        <button class="btn quiet" type="button" on:click=move |_| acts::go_on(key.clone())>
            {words.here.go_on.clone()}
        </button>
    }
    .into_any()
}

fn receipt_button(words: &AnywhereWords, key: String) -> AnyView {
    let open = move |_| spawn_local(sender::open_receipt(key.clone()));
    view! { <button class="btn" type="button" on:click=open>{words.receipt.clone()}</button> }
        .into_any()
}

fn state_text(words: &AnywhereWords, state: &State) -> String {
    match state {
        State::Kept => String::new(),
        State::Waiting => words.waiting.clone(),
        State::Filed(number) => words.filed.replace('#', number),
        State::Stuck(Trouble::Mend) => words.mend.clone(),
        State::Stuck(Trouble::Arrived) => words.arrived.clone(),
    }
}

/// Day and time in the reader's language, by the phone's own clock.
fn moment(lang: &str, at: f64) -> String {
    let options = Object::new().into();
    for (part, how) in [
        ("month", "long"),
        ("day", "numeric"),
        ("hour", "2-digit"),
        ("minute", "2-digit"),
    ] {
        set(&options, part, &how.into());
    }
    let day = Date::new(&at.into());
    day.to_locale_string(lang, &options).into()
}

/// Puts a notice on top of a page that has no form, and keeps it true.
pub fn put_notice(kept: &Kept) {
    let Ok(words) = serde_json::from_str::<AnywhereWords>(&kept.words) else {
        return;
    };
    let place = || {
        let document = document()?;
        let main = document.query_selector("main").ok()??;
        let place = document
            .create_element("div")
            .ok()?
            .dyn_into::<HtmlElement>()
            .ok()?;
        place.set_lang(&kept.lang);
        main.prepend_with_node_1(&place).ok()?;
        Some(place)
    };
    if let Some(place) = place() {
        mount_to(place, move || view! { <Notice words /> }).forget();
    }
}

/// What a page without the form says. A draft that only lies there is not its business.
#[component]
fn Notice(words: AnywhereWords) -> impl IntoView {
    let items = face::items();
    let unopened = face::unopened();
    let worth = move || {
        let shown = items.get().into_iter().filter(|item| match item.state {
            State::Kept => false,
            // Beside a receipt only another receipt matters.
            State::Waiting => !sender::on_receipt(),
            State::Filed(_) | State::Stuck(_) => true,
        });
        shown.collect::<Vec<_>>()
    };
    let said = {
        let (worth, words) = (worth.clone(), words.clone());
        move || {
            let mut said: Vec<String> = worth()
                .iter()
                .map(|item| state_text(&words, &item.state))
                .collect();
            said.dedup();
            if unopened.get() {
                said.push(words.unopened.clone());
            }
            said.join(" ")
        }
    };
    let buttons = move || {
        let shown = worth();
        let filed = shown
            .iter()
            .find(|item| matches!(item.state, State::Filed(_)));
        let filed = filed.map(|item| receipt_button(&words, item.key.clone()));
        let others = shown
            .iter()
            .any(|item| !matches!(item.state, State::Filed(_)));
        let link = others.then(|| view! { <a href=FORM>{words.form.clone()}</a> });
        (!shown.is_empty()).then(|| view! { <div class="btns">{filed}{link}</div> })
    };
    view! {
        <div class="drafts">
            <p role="status">{said}</p>
            {buttons}
        </div>
    }
}

/// Shows the notice, once there is something on the phone.
pub async fn notice() {
    let drafts = chest::all().await.unwrap_or_default();
    if let Some(kept) = drafts.iter().rev().find(|kept| !kept.words.is_empty()) {
        face::show(&drafts);
        put_notice(kept);
    }
}
