//! The drafts of this phone, as a list above the form: go on with one, open a receipt, delete all.

use js_sys::{Date, Object};
use leptos::web_sys::Element;
use wasm_bindgen_futures::spawn_local;

use super::{
    acts,
    face::{Item, State},
    kept::Trouble,
    sender,
    words::{AnywhereWords, Speech},
};
use crate::islands::{dom, object::set};

/// Id of the place above the form.
pub const PLACE: &str = "kept-drafts";

/// Shows these drafts.
pub fn draw(words: &Speech, items: &[Item], unopened: bool) {
    let Some((line, rest)) = dom::by_id(PLACE).and_then(|place| parts(&place)) else {
        return;
    };
    dom::say(&line, &said(words, items, unopened));
    if items.is_empty() {
        return dom::refill(&rest, []);
    }
    let list = dom::make("ul", "list", "");
    if let Some(list) = &list {
        for item in items {
            dom::put(list, row(words, item));
        }
    }
    let hint = dom::make("p", "small soft", &words.here.wipe_hint);
    let wipe = named("wipe-drafts", dom::button(&words.here.wipe, acts::wipe));
    dom::refill(&rest, [list, hint, wipe]);
}

/// The line that says how it stands, and the place of the rest; made when first asked for.
pub fn parts(place: &Element) -> Option<(Element, Element)> {
    if place.first_element_child().is_none() {
        let line = dom::make("p", "", "")?;
        dom::set(&line, "role", Some("status"));
        dom::put(place, Some(line));
        dom::put(place, dom::make("div", "", ""));
    }
    Some((place.first_element_child()?, place.last_element_child()?))
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

fn row(words: &Speech, item: &Item) -> Option<Element> {
    let row = dom::make("li", "", "")?;
    let head = dom::make("p", "", "")?;
    dom::set(&head, "dir", Some("auto"));
    dom::put(&head, dom::make("b", "", &item.head));
    let state = match &item.state {
        State::Kept => words.here.state_kept.clone(),
        other => state_text(&words.anywhere, other),
    };
    let when = moment(&words.here.lang, item.at);
    let when = words.here.when.replace('#', &when);
    let buttons = dom::make("div", "btns", "")?;
    match item.state {
        State::Filed(_) => dom::put(&buttons, receipt_button(&words.anywhere, &item.key)),
        State::Waiting => {
            let again = dom::button(&words.here.try_now, acts::try_now)?;
            again.set_class_name("btn");
            dom::put(&buttons, named(&format!("try-{}", item.key), Some(again)));
            dom::put(&buttons, go_on_button(words, &item.key));
        }
        State::Kept | State::Stuck(_) => dom::put(&buttons, go_on_button(words, &item.key)),
    }
    for part in [
        Some(head),
        dom::make("p", "small", &state),
        dom::make("p", "small soft", &when),
        Some(buttons),
    ] {
        dom::put(&row, part);
    }
    Some(row)
}

fn go_on_button(words: &Speech, key: &str) -> Option<Element> {
    let owned = key.to_owned();
    let button = dom::button(&words.here.go_on, move || acts::go_on(owned.clone()));
    named(&format!("go-on-{key}"), button)
}

/// The button that opens the receipt of a filed draft.
pub fn receipt_button(words: &AnywhereWords, key: &str) -> Option<Element> {
    let owned = key.to_owned();
    let open = move || spawn_local(sender::open_receipt(owned.clone()));
    let button = dom::button(&words.receipt, open)?;
    button.set_class_name("btn");
    named(&format!("receipt-{key}"), Some(button))
}

/// Whoever stands on a button stands on it again when the list is drawn anew: it has an id.
fn named(id: &str, button: Option<Element>) -> Option<Element> {
    let button = button?;
    button.set_id(id);
    Some(button)
}

/// Where a draft stands, on any page.
pub fn state_text(words: &AnywhereWords, state: &State) -> String {
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
