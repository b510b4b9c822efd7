//! A report on a bad line: kept on the phone, sent as soon as there is a line, filed once.
//!
//! From "send" or "keep" on, a draft lies in the browser's database: words and photos, never name
//! or number, seven days at most. The page with the form, and after that any page of the site,
//! sends it under the key it has, until the server says what became of it. A filed draft stays
//! until somebody has seen its receipt, for the code is on no other page.
//!
//! `kept` says what a draft is, `chest` where it lies, `post` is one try, `sender` tries again;
//! `acts` is what a person does, `face` what they see: on a page with the form the `shelf` above it
//! and the `tools` below it, on any other page a `notice`.

mod acts;
mod chest;
mod face;
mod form;
mod kept;
mod notice;
mod post;
mod sender;
mod shelf;
mod tools;
mod words;

use leptos::{prelude::*, wasm_bindgen::JsCast};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;

use self::{form::Form, words::Speech};
pub use self::{
    shelf::PLACE as SHELF,
    tools::PLACE as TOOLS,
    words::{AnywhereWords, DraftWords},
};
use super::{dom, words::attribute};
use crate::in_browser;

/// Keeps the form, and takes over sending where a browser would lose it. Needs a place with the id
/// [`SHELF`] above the form and one with the id [`TOOLS`] below it, which bears the words: those of
/// this page in `data-words`, those of any page in `data-anywhere`.
#[island]
pub fn OfflineDraft() -> impl IntoView {
    in_browser(|| {
        let Some(place) = dom::by_id(TOOLS) else {
            return;
        };
        let anywhere = attribute(&place, "data-anywhere");
        let here = DraftWords::read(&attribute(&place, "data-words"));
        let Some((here, known)) = here.zip(AnywhereWords::read(&anywhere)) else {
            return;
        };
        face::wake(Speech {
            here,
            anywhere: known,
            sent: anywhere,
        });
        dom::of_window("submit", |event| {
            if let Some(event) = event.dyn_ref() {
                acts::submitting(event);
            }
        });
        dom::of_window("online", |_| acts::line_is_back());
        dom::of_window("pageshow", acts::came_back);
        sender::start();
    });
}

/// Called by the boot script on a page without the form, when a draft lies on this phone.
#[wasm_bindgen]
pub fn watch_drafts() {
    if Form::here().is_some() {
        return;
    }
    spawn_local(async {
        sender::seen().await;
        notice::look().await;
        sender::start();
    });
}
