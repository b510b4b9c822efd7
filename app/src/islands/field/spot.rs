//! Where whoever works here is, if they want that told with each step.

use js_sys::{Array, Promise};
use leptos::{
    wasm_bindgen::{JsCast, JsValue, closure::Closure},
    web_sys::{Element, HtmlInputElement, Position, window},
};
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use super::{FieldWords, step::Step};
use crate::islands::{dom, near, net::sleep};

/// How long the device may look for where it is, in milliseconds: a step does not wait longer.
const LOOKS: i32 = 10_000;
/// Under which the phone remembers, for each of its people, that they add where they are.
const WITH_PLACE: &str = "huiyin-with-place-";

/// Above the steps of a page: whether each says where its person is.
pub fn add_switch(words: &FieldWords, whose: &str) -> Option<()> {
    dom::first::<Element>("form[data-step]")?;
    let window = window()?;
    if !window.is_secure_context() || window.navigator().geolocation().is_err() {
        return None;
    }
    let label = dom::make("label", "tick field-place", "")?;
    let input = dom::make("input", "", "")?;
    dom::set(&input, "type", Some("checkbox"));
    dom::set(&input, "checked", with_place(whose).then_some(""));
    let (name, switch) = (format!("{WITH_PLACE}{whose}"), input.clone());
    dom::on(&input, "change", move |_| {
        let switch: Option<&HtmlInputElement> = switch.dyn_ref();
        if let Some((memory, switch)) = dom::memory().zip(switch) {
            // Where nothing is remembered, the next page asks again.
            let _ = if switch.checked() {
                memory.set_item(&name, "1")
            } else {
                memory.remove_item(&name)
            };
        }
    });
    dom::put(&label, Some(input));
    let text = dom::make("span", "", &words.place_on)?;
    dom::put(&text, dom::make("small", "soft", &words.place_hint));
    dom::put(&label, Some(text));
    let steps = dom::first::<Element>("#live-acts")?;
    steps.before_with_node_1(&label).ok()
}

pub fn with_place(whose: &str) -> bool {
    let name = format!("{WITH_PLACE}{whose}");
    dom::memory().is_some_and(|memory| matches!(memory.get_item(&name), Ok(Some(_))))
}

/// Where the device is, if it says so soon enough.
pub async fn add_place(step: &mut Step) {
    let found = Promise::new(&mut |resolve, _| {
        let none = resolve.clone();
        let refused = Closure::once_into_js(move |_: JsValue| {
            let _ = none.call0(&JsValue::UNDEFINED);
        });
        if near::ask(&resolve, refused.unchecked_ref(), LOOKS.unsigned_abs()).is_none() {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
    });
    // A device that asks its person first takes its time, and may never answer.
    let late = future_to_promise(async {
        sleep(LOOKS).await;
        Ok(JsValue::UNDEFINED)
    });
    let first = Promise::race(&Array::of2(&found, &late));
    let position = JsFuture::from(first).await.ok();
    // Browsers do not agree on the name of its class.
    let Some(position) = position.filter(JsValue::is_object) else {
        return;
    };
    let at = position.unchecked_into::<Position>().coords();
    let accuracy = near::fixed(at.accuracy(), 0);
    for (name, value) in [
        ("claimed_lat", near::degrees(at.latitude())),
        ("claimed_lng", near::degrees(at.longitude())),
        ("claimed_accuracy", accuracy),
    ] {
        step.fields.push((name.to_owned(), value));
    }
}
