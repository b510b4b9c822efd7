//! What the form offers, asked for once a page, when somebody begins to fill the form in.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use domain::city::{Offer, OfferRows};
use leptos::{task::spawn_local, wasm_bindgen::JsCast, web_sys};
use wasm_bindgen_futures::JsFuture;

use crate::islands::dom;

/// Where the server tells what it offers.
const ADDRESS: &str = "/whistle/offer";

/// What waits for the offer.
type Waiting = Vec<Box<dyn Fn()>>;

thread_local! {
    static HELD: RefCell<Option<Rc<Offer>>> = const { RefCell::new(None) };
    static WAITING: RefCell<Waiting> = const { RefCell::new(Vec::new()) };
    static ASKED: Cell<bool> = const { Cell::new(false) };
}

/// The offer, if it is there by now.
pub fn offer() -> Option<Rc<Offer>> {
    HELD.with_borrow(Clone::clone)
}

/// Runs something when the offer comes: what was typed before is looked at then.
pub fn when_there(run: impl Fn() + 'static) {
    WAITING.with_borrow_mut(|waiting| waiting.push(Box::new(run)));
}

/// Asks for the offer when somebody first touches a field.
pub fn wake() {
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
    if ASKED.replace(true) {
        return;
    }
    spawn_local(async {
        let Some(offer) = fetched().await else {
            // No line: the next field that is touched asks again.
            ASKED.set(false);
            return;
        };
        HELD.set(Some(Rc::new(offer)));
        WAITING.with_borrow(|waiting| waiting.iter().for_each(|run| run()));
    });
}

async fn fetched() -> Option<Offer> {
    let window = web_sys::window()?;
    let answer = JsFuture::from(window.fetch_with_str(ADDRESS)).await.ok()?;
    let answer: web_sys::Response = answer.dyn_into().ok()?;
    if !answer.ok() {
        return None;
    }
    let text = JsFuture::from(answer.text().ok()?).await.ok()?;
    let rows: OfferRows = serde_json::from_str(&text.as_string()?).ok()?;
    Offer::new(rows).ok()
}
