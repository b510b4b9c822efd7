//! What the form offers, asked for once a page, when somebody begins to fill the form in.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use domain::{
    city::{Offer, OfferRows, OfferedCategory, OfferedCommunity},
    ids::{AreaCode, CategoryCode},
    lang::Names,
    visibility::Visibility,
};
use leptos::{
    wasm_bindgen::{JsCast, JsValue},
    web_sys,
};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::islands::{
    dom,
    object::{flag, get, items, text},
};

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

/// Asks for the offer when somebody first touches a field; at once where somebody stands in one
/// already, on a line so slow that they began before this was there.
pub fn wake() {
    dom::listen("focusin", |event| {
        let touched = event.target().and_then(|target| target.dyn_into().ok());
        if touched.as_ref().is_some_and(is_field) {
            ask();
        }
    });
    let stands = dom::document().and_then(|document| document.active_element());
    if stands.as_ref().is_some_and(is_field) {
        ask();
    }
}

fn is_field(element: &web_sys::Element) -> bool {
    element.closest("form").ok().flatten().is_some()
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
    let sent = JsFuture::from(answer.json().ok()?).await.ok()?;
    // A network that wants to be signed in to answers with something else.
    let rows =
        rows(&sent).filter(|rows| !rows.categories.is_empty() && !rows.communities.is_empty());
    Offer::new(rows?).ok()
}

/// Reads what the server wrote. The browser has a reader of its own: another would be a good part
/// of what a phone has to load.
fn rows(sent: &JsValue) -> Option<OfferRows> {
    Some(OfferRows {
        categories: items(sent, "categories")
            .map(category)
            .collect::<Option<_>>()?,
        communities: items(sent, "communities")
            .map(community)
            .collect::<Option<_>>()?,
    })
}

fn category(row: JsValue) -> Option<OfferedCategory> {
    Some(OfferedCategory {
        code: CategoryCode::new(text(&row, "code")?).ok()?,
        names: names(&get(&row, "names"))?,
        plain: names(&get(&row, "plain"))?,
        group: names(&get(&row, "group")),
        synonyms: texts(&row, "synonyms"),
        usual: Visibility::parse(&text(&row, "usual")?)?,
        always_private: flag(&row, "always_private"),
        danger: flag(&row, "danger"),
    })
}

fn community(row: JsValue) -> Option<OfferedCommunity> {
    Some(OfferedCommunity {
        code: AreaCode::new(text(&row, "code")?).ok()?,
        names: names(&get(&row, "names"))?,
        unit: names(&get(&row, "unit")),
        formerly: texts(&row, "formerly"),
        pinyin: text(&row, "pinyin")?,
    })
}

fn names(row: &JsValue) -> Option<Names> {
    Some(Names {
        zh_hans: text(row, "zh_hans")?,
        zh_hant: text(row, "zh_hant")?,
        en: text(row, "en")?,
    })
}

fn texts(row: &JsValue, name: &str) -> Vec<String> {
    items(row, name)
        .filter_map(|text| text.as_string())
        .collect()
}
