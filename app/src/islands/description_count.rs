//! How many characters may still be written, while one writes.

use domain::{
    draft::{FieldError, check_description},
    text::Description,
};
use leptos::{
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{Element, HtmlTextAreaElement},
};

use super::{
    dom,
    words::{attribute, words},
};
use crate::in_browser;

/// Id of the place below the text box.
pub const COUNT: &str = "description-limit";

words! {
    /// What [`DescriptionCount`] says; `#` is a number.
    pub struct CountWords {
        /// Said while there is room.
        pub left: String,
        /// Said when there is too much.
        pub over: String,
    }
}

/// Counts along while one types what happened, by the server's own rule, in the place with the id
/// [`COUNT`], which bears the words and what it says without WASM.
#[island]
pub fn DescriptionCount() -> impl IntoView {
    in_browser(|| {
        let Some(place) = dom::by_id::<Element>(COUNT) else {
            return;
        };
        let Some(words) = CountWords::read(&attribute(&place, "data-words")) else {
            return;
        };
        let limit = place.text_content().unwrap_or_default();
        let count = move |area: &HtmlTextAreaElement| {
            dom::say(&place, &said(&words, &limit, &area.value()));
        };
        // Somebody may have begun before this was there.
        if let Some(area) = dom::first("textarea[name=description]") {
            count(&area);
        }
        dom::listen("input", move |event| {
            let area = event.target();
            let area = area.and_then(|area| area.dyn_into::<HtmlTextAreaElement>().ok());
            if let Some(area) = area.filter(|area| area.name() == "description") {
                count(&area);
            }
        });
    });
}

fn said(words: &CountWords, limit: &str, text: &str) -> String {
    let typed = text.trim().chars().count();
    match check_description(text) {
        Err(FieldError::TooLong(_)) => {
            let over = typed.saturating_sub(Description::MAX);
            words.over.replace('#', &over.to_string())
        }
        Ok(_) => {
            let left = Description::MAX.saturating_sub(typed);
            words.left.replace('#', &left.to_string())
        }
        Err(_) => limit.to_owned(),
    }
}
