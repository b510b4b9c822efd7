//! What the form offers, asked for once a page, when somebody begins to fill the form in.

use std::{cell::Cell, sync::Arc};

use domain::city::{Offer, OfferRows};
use leptos::{prelude::*, wasm_bindgen::JsCast, web_sys};
use wasm_bindgen_futures::JsFuture;

use crate::islands::dom;

/// Where the server tells what it offers.
const ADDRESS: &str = "/whistle/offer";

thread_local! {
    static HELD: ArcRwSignal<Option<Arc<Offer>>> = ArcRwSignal::new(None);
    static ASKED: Cell<bool> = const { Cell::new(false) };
}

/// The offer, once it is there. Whoever asks within an effect is asked again when it comes.
pub fn offer() -> Option<Arc<Offer>> {
    HELD.with(ArcRwSignal::get)
}

/// The offer as it is now, for an event.
pub fn offer_now() -> Option<Arc<Offer>> {
    HELD.with(ArcRwSignal::get_untracked)
}

/// Asks for the offer when somebody first touches a field. To be called in an effect.
pub fn when_touched() {
    if offer_now().is_some() {
        return;
    }
    dom::listen("focusin", |event| {
        let within = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
            .is_some_and(|element| element.closest("form").ok().flatten().is_some());
        if within {
            ask();
        }
    });
}

fn ask() {
    if ASKED.with(|asked| asked.replace(true)) {
        return;
    }
    leptos::task::spawn_local(async {
        let offer = fetched().await;
        if offer.is_none() {
            // No line: the next field that is touched asks again.
            ASKED.with(|asked| asked.set(false));
        }
        HELD.with(|held| held.set(offer.map(Arc::new)));
    });
}

async fn fetched() -> Option<Offer> {
    let window = web_sys::window()?;
    let answer = JsFuture::from(window.fetch_with_str(ADDRESS)).await.ok()?;
    let answer: web_sys::Response = answer.dyn_into().ok()?;
    if !answer.ok() {
        return None;
    }
    let text = JsFuture::from(answer.text().ok()?)
        .await
        .ok()?
        .as_string()?;
    let rows: OfferRows = serde_json::from_str(&text).ok()?;
    Offer::new(rows).ok()
}
