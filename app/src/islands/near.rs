//! What is near: the device's position into the form that asks for it. Nothing else keeps it.

use js_sys::Function;
use leptos::{
    prelude::*,
    wasm_bindgen::{JsCast, closure::Closure},
    web_sys::{self, Element, HtmlFormElement, Position, PositionError, PositionOptions},
};

use super::{
    dom,
    words::{attribute, words},
};
use crate::in_browser;

words! {
    /// What [`NearMe`] says.
    pub struct NearWords {
        /// The button.
        pub ask: String,
        /// While the device looks.
        pub asking: String,
        /// The person or the device does not allow it.
        pub denied: String,
        /// It could not be found.
        pub failed: String,
    }
}

/// Id of the place that bears what [`NearMe`] says.
pub const NEAR: &str = "near";

/// How long the device may look, in milliseconds.
const PATIENCE: u32 = 20_000;

/// A button that asks the device where it is, fills the form in and sends it.
#[island]
pub fn NearMe() -> impl IntoView {
    in_browser(|| {
        wake();
    });
}

fn wake() -> Option<()> {
    let place = dom::by_id::<Element>(NEAR)?;
    let words = NearWords::read(&attribute(&place, "data-words"))?;
    let window = web_sys::window()?;
    // Without a safe connection browsers tell no position.
    if !window.is_secure_context() || window.navigator().geolocation().is_err() {
        return None;
    }
    let line = dom::make("p", "hint", "")?;
    dom::set(&line, "role", Some("status"));
    let said = line.clone();
    let label = words.ask.clone();
    let ask = dom::button(&label, move || {
        said.set_text_content(Some(&words.asking));
        if look(&said, &words).is_none() {
            said.set_text_content(Some(&words.failed));
        }
    });
    dom::put(&place, ask);
    dom::put(&place, Some(line));
    Some(())
}

/// Fills the form with where the device is. None if it has no way to know.
fn look(line: &Element, words: &NearWords) -> Option<()> {
    let (denied, failed) = (words.denied.clone(), words.failed.clone());
    let refused = line.clone();
    let found = Closure::once_into_js(move |position: Position| {
        let at = position.coords();
        dom::type_in("lat", &degrees(at.latitude()));
        dom::type_in("lng", &degrees(at.longitude()));
        if let Some(form) = dom::by_id::<HtmlFormElement>("near-form")
            && let Some(button) = dom::first::<web_sys::HtmlElement>("#near-form button")
        {
            let _ = form.request_submit_with_submitter(Some(&button));
        }
    });
    let told = Closure::once_into_js(move |error: PositionError| {
        let is_denied = error.code() == PositionError::PERMISSION_DENIED;
        let text = if is_denied { &denied } else { &failed };
        refused.set_text_content(Some(text));
    });
    ask(found.unchecked_ref(), told.unchecked_ref(), PATIENCE)
}

/// Asks the device where it is, once, for so many milliseconds. None if it has no way to know.
pub fn ask(found: &Function, refused: &Function, patience: u32) -> Option<()> {
    let geolocation = web_sys::window()?.navigator().geolocation().ok()?;
    let options = PositionOptions::new();
    options.set_enable_high_accuracy(true);
    options.set_timeout(patience);
    geolocation
        .get_current_position_with_error_callback_and_options(found, Some(refused), &options)
        .ok()
}

/// Five decimals are a metre: enough to sort by.
pub fn degrees(angle: f64) -> String {
    fixed(angle, 5)
}

/// A number with so many decimals. The browser writes it: our own way to is twenty kilobytes.
pub fn fixed(number: f64, decimals: u8) -> String {
    let number = js_sys::Number::from(number);
    number
        .to_fixed(decimals)
        .map_or_else(|_| String::new(), String::from)
}
