//! A case that changes while its page stands open.
//!
//! The stream tells only that something happened. The server's own parts of the page are then
//! fetched, and what differs takes the place of what is there, so that focus, open folds and typed
//! words stay. The stream is open only while the page is seen. Whatever fails leaves the page as it
//! was; where streams are refused, the tries to come back look at the case as well.

mod morph;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::{
    prelude::*,
    wasm_bindgen::{JsCast, JsValue, closure::Closure},
    web_sys::{
        Document, Element, Event, EventSource, HtmlElement, HtmlInputElement, HtmlSelectElement,
        HtmlTextAreaElement, MessageEvent, NodeList, Response,
    },
};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::{
    dom,
    net::parsed,
    words::{attribute, words},
};
use crate::in_browser;

/// Parts of the page that change by themselves; each has an id.
const PARTS: &str = "[data-live]";
/// Tries to come back before the page is left alone until it is seen again.
const TRIES: u32 = 8;

/// Id of the place where news is said. It bears `data-kept` where the fields hold what was sent and came back.
pub const NEWS: &str = "live-news";

words! {
    /// What [`LiveStory`] asks for and says.
    pub struct LiveWords {
        /// Address of the stream.
        pub source: String,
        /// Address of the parts.
        pub part: String,
        /// Said when something other than the list of what happened changed.
        pub changed: String,
        /// Said beside the news to somebody who is writing on this page; empty where nobody can.
        pub keep: String,
        /// The link to the page as it is now, for who is not writing; empty where there is no need.
        pub again: String,
        /// Where that link leads.
        pub page: String,
        /// Said when the page may not be seen any more; empty where nothing is said.
        pub gone: String,
        /// After how many seconds it is looked at in any case, because what it says of time grows old;
        /// empty where that is not so.
        pub every: String,
    }
}

/// Says what is new in the place with the id [`NEWS`], a status line that bears the words: screen
/// readers announce it when they have time.
#[island]
pub fn LiveStory() -> impl IntoView {
    in_browser(|| {
        let place = dom::by_id::<Element>(NEWS);
        let words = place.and_then(|place| LiveWords::read(&attribute(&place, "data-words")));
        if let Some(words) = words {
            let follow = Rc::new(Follow {
                words,
                ..Follow::default()
            });
            follow.begin();
        }
    });
}

/// What one open page knows. It lives as long as the page.
#[derive(Default)]
struct Follow {
    words: LiveWords,
    said: RefCell<String>,
    stream: RefCell<Option<EventSource>>,
    hear: RefCell<Option<JsValue>>,
    /// Id of the last message.
    last: RefCell<String>,
    tries: Cell<u32>,
    /// Which wait counts: a newer one makes older ones void.
    turn: Cell<u32>,
    fetching: Cell<bool>,
    /// A look that was wanted while one went on, and whether something was known to be new.
    again: Cell<Option<bool>>,
    /// The same of a look that came to nothing: it is made up for.
    owed: Cell<Option<bool>>,
    /// The case cannot be seen here any more.
    gone: Cell<bool>,
    /// Something was chosen in a list of choices.
    chosen: Cell<bool>,
    /// A part is older than it could be, because somebody is writing in it.
    held: Cell<bool>,
}

impl Follow {
    fn begin(self: &Rc<Self>) {
        let me = Rc::clone(self);
        let hear = Closure::<dyn FnMut(Event)>::new(move |event: Event| me.heard(&event));
        *self.hear.borrow_mut() = Some(hear.into_js_value());
        for name in ["visibilitychange", "online"] {
            let me = Rc::clone(self);
            dom::of_window(name, move |_| {
                me.tries.set(0);
                me.open();
            });
        }
        let me = Rc::clone(self);
        dom::of_window("input", move |event| {
            let field = event.target();
            if field.is_some_and(|field| field.has_type::<HtmlSelectElement>()) {
                me.chosen.set(true);
            }
            if me.held.get() && !me.is_busy() {
                me.look(true);
            }
            me.draw();
        });
        self.open();
        self.again_soon();
    }

    /// Looks again after a while, and so on, where what is said of time grows old.
    fn again_soon(self: &Rc<Self>) {
        let Ok(seconds) = self.words.every.parse::<i32>() else {
            return;
        };
        let me = Rc::clone(self);
        dom::later(seconds.saturating_mul(1_000), move || {
            if !document().hidden() && !me.gone.get() {
                me.look(false);
            }
            me.again_soon();
        });
    }

    /// Whether somebody is writing or choosing.
    fn is_busy(&self) -> bool {
        let kept = || dom::by_id::<Element>(NEWS).is_some_and(|it| it.has_attribute("data-kept"));
        self.chosen.get() || is_typing() || kept()
    }

    fn close(&self) {
        if let Some(stream) = self.stream.borrow_mut().take() {
            stream.close();
        }
    }

    fn is_open(&self) -> bool {
        let stream = self.stream.borrow();
        stream
            .as_ref()
            .is_some_and(|stream| stream.ready_state() == EventSource::OPEN)
    }

    /// Opens the stream where it was left, if the page is seen.
    fn open(&self) {
        self.close();
        self.turn.set(self.turn.get().wrapping_add(1));
        if document().hidden() || self.gone.get() {
            return;
        }
        let last = self.last.borrow();
        let address = if last.is_empty() {
            self.words.source.clone()
        } else {
            let mark = if self.words.source.contains('?') {
                '&'
            } else {
                '?'
            };
            format!("{}{mark}after={last}", self.words.source)
        };
        // A browser without streams keeps the page it has.
        let Ok(stream) = EventSource::new(&address) else {
            return;
        };
        if let Some(hear) = self.hear.borrow().as_ref() {
            for name in ["here", "case", "list", "reset", "error"] {
                let _ = stream.add_event_listener_with_callback(name, hear.unchecked_ref());
            }
        }
        *self.stream.borrow_mut() = Some(stream);
    }

    fn heard(self: &Rc<Self>, event: &Event) {
        let Some(message) = event.dyn_ref::<MessageEvent>() else {
            // Cut off or refused. Looking tells which: what is gone is not asked for again.
            self.close();
            if self.tries.get() > 0 {
                self.look(false);
            }
            self.come_back();
            return;
        };
        let first = self.last.replace(message.last_event_id()).is_empty();
        match event.type_().as_str() {
            "case" | "list" => self.look(true),
            "reset" => self.look(false),
            // Between the making of the page and the opening of its stream something may have
            // happened.
            _ if first => self.look(false),
            _ => match self.owed.get() {
                Some(told) => self.look(told),
                None => self.tries.set(0),
            },
        }
    }

    /// Comes back after a while, longer each time and never all pages at once.
    fn come_back(self: &Rc<Self>) {
        let tries = self.tries.get();
        if tries >= TRIES {
            return;
        }
        self.tries.set(tries + 1);
        let turn = self.turn.get();
        let wait = f64::from(1_u32 << tries.min(6)) * (0.5 + js_sys::Math::random()) * 1000.0;
        let me = Rc::clone(self);
        let open = move || {
            if me.turn.get() == turn {
                me.open();
            }
        };
        #[expect(clippy::cast_possible_truncation, reason = "two minutes at most")]
        dom::later(wait as i32, open);
    }

    /// Fetches the parts and puts them in their places; `told` if something is known to be new.
    fn look(self: &Rc<Self>, mut told: bool) {
        if self.fetching.replace(true) {
            self.again.set(Some(told || self.again.get() == Some(true)));
            return;
        }
        let me = Rc::clone(self);
        spawn_local(async move {
            loop {
                me.looked(fetch(&me.words.part).await, told);
                match me.again.take().filter(|_| !me.gone.get()) {
                    Some(next) => told = next,
                    None => break,
                }
            }
            me.fetching.set(false);
        });
    }

    fn looked(self: &Rc<Self>, answer: Answer, told: bool) {
        match answer {
            Answer::Parts(html) => {
                self.owed.set(None);
                if self.is_open() {
                    self.tries.set(0);
                }
                self.put(&html, told);
            }
            Answer::Gone => {
                self.gone.set(true);
                self.close();
                if !self.words.gone.is_empty() {
                    self.said.replace(self.words.gone.clone());
                    self.draw();
                }
            }
            Answer::None => {
                self.owed.set(Some(told || self.owed.get() == Some(true)));
                self.come_back();
            }
        }
    }

    fn put(&self, html: &str, told: bool) {
        let page = document();
        let Some(newer) = parsed(html).filter(|newer| speak_alike(&page, newer)) else {
            return;
        };
        let count = |document: &Document| said_by(document, "data-count");
        let happened = count(&page) != count(&newer);
        let mut changed = false;
        let stood_on = page.active_element();
        self.held.set(false);
        let parts = newer.query_selector_all(PARTS).ok();
        for at in 0..parts.as_ref().map_or(0, NodeList::length) {
            let new = parts
                .as_ref()
                .and_then(|parts| parts.item(at)?.dyn_into::<Element>().ok());
            let Some(new) = new else { continue };
            let Some(old) = page.get_element_by_id(&new.id()) else {
                continue;
            };
            if new.has_attribute("data-careful") && self.is_busy() {
                self.held.set(true);
                continue;
            }
            changed |= morph::take_over(&page, &old, &new);
        }
        changed |= self.held.get();
        stand_again(&page, stood_on);
        let news = if happened {
            said_by(&page, "data-news").unwrap_or_default()
        } else if changed && told {
            self.words.changed.clone()
        } else {
            return;
        };
        self.said.replace(news);
        self.draw();
    }

    /// What is new, and what can be done about it without losing what is being written.
    fn draw(&self) {
        let said = self.said.borrow();
        let Some(place) = dom::by_id::<Element>(NEWS).filter(|_| !said.is_empty()) else {
            return;
        };
        let (advice, link) = if self.is_busy() && !self.gone.get() {
            (&self.words.keep, false)
        } else {
            (&self.words.again, true)
        };
        if place.text_content() == Some(format!("{said}{advice}")) {
            return;
        }
        let line = (!advice.is_empty()).then(|| dom::make("p", "", if link { "" } else { advice }));
        let line = line.flatten();
        if let (Some(line), true) = (&line, link) {
            let again = dom::make("a", "", advice);
            if let Some(again) = &again {
                dom::set(again, "href", Some(&self.words.page));
                // Whoever stands on it stays there when more happens.
                again.set_id("live-again");
            }
            dom::put(line, again);
        }
        dom::refill(&place, [dom::make("p", "", &said), line]);
    }
}

/// What came of fetching the parts.
enum Answer {
    Parts(String),
    /// The case cannot be seen here: it went private, or the session ended.
    Gone,
    /// Nothing, this time.
    None,
}

async fn fetch(address: &str) -> Answer {
    let answered = JsFuture::from(window().fetch_with_str(address)).await;
    let Some(response) = answered.ok().and_then(|it| it.dyn_into::<Response>().ok()) else {
        return Answer::None;
    };
    if response.status() == 404 {
        return Answer::Gone;
    }
    let Some(text) = response.text().ok().filter(|_| response.ok()) else {
        return Answer::None;
    };
    let text = JsFuture::from(text).await.ok();
    text.and_then(|text| text.as_string())
        .map_or(Answer::None, Answer::Parts)
}

/// Whether both are in one language: it may have been changed in another window.
fn speak_alike(page: &Document, newer: &Document) -> bool {
    let lang = |element: Option<Element>| element.and_then(|it| it.get_attribute("lang"));
    lang(page.document_element()) == lang(newer.get_element_by_id("live"))
}

fn said_by(document: &Document, name: &str) -> Option<String> {
    let story = document.query_selector("[data-live][data-count]");
    story.ok()??.get_attribute(name)
}

/// Whoever stood on a link that was put there anew stands on it again.
fn stand_again(page: &Document, stood_on: Option<Element>) {
    let href = stood_on
        .filter(|it| !it.is_connected())
        .and_then(|it| it.get_attribute("href"));
    let Some(href) = href.filter(|href| !href.contains(['"', '\\'])) else {
        return;
    };
    let again = page.query_selector(&format!("[data-live] [href=\"{href}\"]"));
    if let Some(again) = again
        .ok()
        .flatten()
        .and_then(|it| it.dyn_into::<HtmlElement>().ok())
    {
        let _ = again.focus();
    }
}

/// Whether somebody has begun to write or to choose in a form of this page.
fn is_typing() -> bool {
    let Ok(fields) =
        document().query_selector_all("form[method=post] textarea, form[method=post] input")
    else {
        return false;
    };
    (0..fields.length())
        .filter_map(|at| fields.item(at))
        .any(|field| {
            if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
                // What the page itself put there was written by nobody.
                return area.default_value().ok() != Some(area.value());
            }
            field
                .dyn_ref::<HtmlInputElement>()
                .is_some_and(|input| match input.type_().as_str() {
                    "hidden" => false,
                    "radio" | "checkbox" => input.checked() != input.default_checked(),
                    _ => input.value() != input.default_value(),
                })
        })
}
