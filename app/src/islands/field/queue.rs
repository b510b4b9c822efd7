//! Keeps the steps of a page, sends what waits, and shows both.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use js_sys::{Date, Promise};
use leptos::{
    wasm_bindgen::{JsCast, JsValue, closure::Closure},
    web_sys::{
        Element, HtmlButtonElement, HtmlElement, HtmlFormElement, NodeList, Position, Storage,
        SubmitEvent, window,
    },
};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::{
    FieldWords,
    post::{Answer, post},
    step::{self, Step},
};
use crate::islands::{dom, near, net::sleep};

/// Borne by a form that goes its usual way.
const PASSED: &str = "data-passed";
/// How soon after a press its person is still looking at that form and nothing else, in milliseconds.
const AT_ONCE: f64 = 8_000.0;
/// Pause between two rounds while something waits, in milliseconds.
const PAUSE: i32 = 15_000;
/// How long the device may look for where it is, in milliseconds: a step does not wait longer.
const PATIENCE: u32 = 10_000;
/// Under which the phone remembers that its person adds where they are.
const WITH_PLACE: &str = "huiyin-with-place";

/// The queue of an open page. It lives as long as the page.
struct Queue {
    place: Element,
    words: FieldWords,
    whose: String,
    /// The key of the step that is on its way.
    sending: RefCell<Option<String>>,
    /// What is said above the list.
    said: RefCell<Vec<String>>,
    signed_out: Cell<bool>,
    running: Cell<bool>,
    /// Another round is owed.
    again: Cell<bool>,
}

/// Takes over the forms of this page, and sends what waits on this phone.
pub fn wake(place: Element, words: FieldWords, whose: String) {
    add_switch(&words);
    let queue = Rc::new(Queue {
        place,
        words,
        whose,
        sending: RefCell::default(),
        said: RefCell::default(),
        signed_out: Cell::default(),
        running: Cell::default(),
        again: Cell::default(),
    });
    let me = Rc::clone(&queue);
    dom::of_window("submit", move |event| {
        if let Some(event) = event.dyn_ref() {
            me.pressed(event);
        }
    });
    for name in ["online", "visibilitychange", "pageshow"] {
        let me = Rc::clone(&queue);
        dom::of_window(name, move |_| me.go());
    }
    queue.go();
}

impl Queue {
    /// A form was pressed: one that may wait is kept before it is sent.
    fn pressed(self: &Rc<Self>, event: &SubmitEvent) {
        let form = dom::form_of(event).filter(|form| form.has_attribute("data-field"));
        let Some(form) = form.filter(|_| !event.default_prevented()) else {
            return;
        };
        if form.has_attribute(PASSED) {
            dom::set(&form, PASSED, None);
            return;
        }
        let button = event.submitter().and_then(|it| it.dyn_into().ok());
        let Some(button): Option<HtmlButtonElement> = button else {
            return;
        };
        let step = Step::of(&form, &button.value(), &self.whose, Date::now());
        let Some(step) = step else { return };
        event.prevent_default();
        form.set_inert(true);
        let me = Rc::clone(self);
        spawn_local(async move { me.take(step, &form, &button).await });
    }

    async fn take(self: &Rc<Self>, mut step: Step, form: &HtmlFormElement, button: &HtmlElement) {
        let before = step::all(&self.whose).await;
        let waits = before.as_ref().map_or(&[][..], Vec::as_slice);
        if waits.iter().any(|other| other.repeats(&step)) {
            return self.say(&[&self.words.again]);
        }
        let first = !waits.iter().any(|other| other.path == step.path);
        let mut kept = step::keep(&step).await;
        if with_place() {
            // It lies on the phone already; nobody sends it while the device looks.
            self.sending.replace(Some(step.key.clone()));
            add_place(&mut step).await;
            kept = step::keep(&step).await;
        }
        if kept.is_err() {
            return self.send_unkept(&step, form, button).await;
        }
        uncover(step.field("part"));
        // What was done before it is told before it.
        if !first {
            self.sending.replace(None);
            self.go();
            return self.draw();
        }
        let begun = Date::now();
        let answer = self.send(&step).await;
        let at_once = Date::now() - begun < AT_ONCE;
        match answer {
            Answer::Done(address) => {
                let _ = step::forget(&step.key).await;
                if at_once {
                    return go_to(&address);
                }
                self.say(&[&with(&self.words.sent, &step.title)]);
            }
            // The server's own page says it best, with the fields to mend.
            Answer::Refused(_) | Answer::SignedOut if at_once => {
                let _ = step::forget(&step.key).await;
                pass(form, button);
            }
            Answer::Refused(why) => self.refuse(step, why).await,
            Answer::SignedOut | Answer::Later => {
                self.signed_out.set(answer == Answer::SignedOut);
                self.draw();
                self.go();
            }
        }
    }

    /// Where the phone keeps nothing: over the line, or it stays in the form.
    async fn send_unkept(
        self: &Rc<Self>,
        step: &Step,
        form: &HtmlFormElement,
        button: &HtmlElement,
    ) {
        match self.send(step).await {
            Answer::Done(address) => go_to(&address),
            Answer::Later => {
                form.set_inert(false);
                self.say(&[&self.words.unkept]);
            }
            Answer::Refused(_) | Answer::SignedOut => pass(form, button),
        }
    }

    async fn send(self: &Rc<Self>, step: &Step) -> Answer {
        self.sending.replace(Some(step.key.clone()));
        self.draw();
        let answer = post(step, Date::now()).await;
        self.sending.replace(None);
        answer
    }

    async fn refuse(self: &Rc<Self>, step: Step, why: String) {
        let refused = Step {
            refused: Some(why),
            ..step
        };
        // Where it cannot be written down, another try is told the same.
        let _ = step::keep(&refused).await;
        self.draw();
    }

    /// Tries what waits from now on, until nothing does.
    fn go(self: &Rc<Self>) {
        self.again.set(true);
        if self.running.replace(true) {
            return;
        }
        let me = Rc::clone(self);
        spawn_local(async move {
            while me.again.take() {
                if me.round().await {
                    sleep(PAUSE).await;
                    me.again.set(true);
                }
            }
            me.running.set(false);
        });
    }

    /// Tries everything that waits, in order. Whether something still does.
    async fn round(self: &Rc<Self>) -> bool {
        let steps = step::all(&self.whose).await.unwrap_or_default();
        let mut sent = Vec::new();
        let mut waits = false;
        for step in steps.into_iter().filter(|step| step.refused.is_none()) {
            // The page it was pressed on is sending it.
            let busy = self.sending.borrow().is_some();
            if waits || busy {
                waits = true;
                break;
            }
            match self.send(&step).await {
                Answer::Done(_) => {
                    self.signed_out.set(false);
                    let _ = step::forget(&step.key).await;
                    sent.push(with(&self.words.sent, &step.title));
                }
                Answer::Refused(why) => self.refuse(step, why).await,
                answer @ (Answer::SignedOut | Answer::Later) => {
                    self.signed_out.set(answer == Answer::SignedOut);
                    waits = true;
                }
            }
        }
        if sent.is_empty() {
            self.draw();
        } else {
            let sent: Vec<&String> = sent.iter().collect();
            self.say(&sent);
        }
        waits
    }

    fn say(self: &Rc<Self>, lines: &[&String]) {
        self.said
            .replace(lines.iter().map(|line| (*line).clone()).collect());
        self.draw();
    }

    /// The list as it stands.
    fn draw(self: &Rc<Self>) {
        let me = Rc::clone(self);
        spawn_local(async move { me.drawn().await });
    }

    async fn drawn(self: &Rc<Self>) {
        let steps = step::all(&self.whose).await.unwrap_or_default();
        let Some((line, rest)) = self.parts() else {
            return;
        };
        let mut said = self.said.borrow().clone();
        if self.signed_out.get() && !steps.is_empty() {
            said.push(self.words.signed_out.clone());
        }
        dom::say(&line, &said.join(" "));
        let waits = steps.iter().any(|step| step.refused.is_none());
        let mut shown = Vec::new();
        if !steps.is_empty() {
            shown.push(dom::make("h2", "", &self.words.title));
            let list = dom::make("ul", "list", "");
            if let Some(list) = &list {
                for step in &steps {
                    dom::put(list, self.row(step));
                }
            }
            shown.push(list);
        }
        if waits {
            shown.push(dom::make("p", "small soft", &self.words.stays));
            shown.push(self.way_on());
        }
        dom::refill(&rest, shown);
    }

    /// The line that says what became of something, and the place of the rest.
    fn parts(&self) -> Option<(Element, Element)> {
        if self.place.first_element_child().is_none() {
            let line = dom::make("p", "", "")?;
            dom::set(&line, "role", Some("status"));
            dom::put(&self.place, Some(line));
            dom::put(&self.place, dom::make("div", "", ""));
        }
        Some((
            self.place.first_element_child()?,
            self.place.last_element_child()?,
        ))
    }

    fn row(self: &Rc<Self>, step: &Step) -> Option<Element> {
        let row = dom::make("li", "", "")?;
        let head = dom::make("p", "", "")?;
        let link = dom::make("a", "", &step.title)?;
        dom::set(&link, "href", Some(&step.path));
        link.set_id(&format!("step-{}", step.key));
        dom::put(&head, Some(link));
        let sending = self.sending.borrow().as_deref() == Some(step.key.as_str());
        let state = match &step.refused {
            Some(why) => with(&self.words.refused, why),
            None if sending => self.words.sending.clone(),
            None => self.words.waits.clone(),
        };
        let class = if step.refused.is_some() {
            "error"
        } else {
            "small"
        };
        dom::put(&row, Some(head));
        dom::put(&row, dom::make("p", class, &state));
        let (me, key) = (Rc::clone(self), step.key.clone());
        let sure = with(&self.words.sure, &step.title);
        let remove = dom::button(&with(&self.words.remove, &step.title), move || {
            let asked = window().and_then(|window| window.confirm_with_message(&sure).ok());
            if asked == Some(true) {
                let (me, key) = (Rc::clone(&me), key.clone());
                spawn_local(async move {
                    let _ = step::forget(&key).await;
                    me.said.replace(Vec::new());
                    me.draw();
                });
            }
        })?;
        remove.set_id(&format!("remove-{}", step.key));
        dom::put(&row, Some(remove));
        Some(row)
    }

    /// Try now, or sign in first.
    fn way_on(self: &Rc<Self>) -> Option<Element> {
        let row = dom::make("div", "btns", "")?;
        if self.signed_out.get() {
            let link = dom::make("a", "btn", &self.words.sign_in)?;
            let here = window()?.location().pathname().ok()?;
            dom::set(&link, "href", Some(&format!("/sign-in?next={here}")));
            link.set_id("field-sign-in");
            dom::put(&row, Some(link));
            return Some(row);
        }
        let me = Rc::clone(self);
        let retry = dom::button(&self.words.retry, move || {
            let me = Rc::clone(&me);
            spawn_local(async move {
                // The loop may be resting.
                me.round().await;
            });
        })?;
        retry.set_id("field-retry");
        dom::put(&row, Some(retry));
        Some(row)
    }
}

/// Above the steps of a page: whether each says where its person is.
fn add_switch(words: &FieldWords) -> Option<()> {
    dom::first::<Element>("form[data-field]")?;
    let window = window()?;
    if !window.is_secure_context() || window.navigator().geolocation().is_err() {
        return None;
    }
    let label = dom::make("label", "tick field-place", "")?;
    let input = dom::make("input", "", "")?;
    dom::set(&input, "type", Some("checkbox"));
    dom::set(&input, "checked", with_place().then_some(""));
    dom::on(&input, "change", |_| {
        if let Some(memory) = memory() {
            // Where nothing is remembered, the next page asks again.
            let _ = if with_place() {
                memory.remove_item(WITH_PLACE)
            } else {
                memory.set_item(WITH_PLACE, "1")
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

/// A sentence with the one thing it is about.
fn with(sentence: &str, what: &str) -> String {
    sentence.replace("#1", what)
}

fn go_to(address: &str) {
    if let Some(window) = window() {
        let _ = window.location().assign(address);
    }
}

/// Lets the browser send a form, as without a script.
fn pass(form: &HtmlFormElement, button: &HtmlElement) {
    form.set_inert(false);
    dom::set(form, PASSED, Some(""));
    let _ = form.request_submit_with_submitter(Some(button));
}

/// The forms that follow a step of this part: whether they are due yet is for the server to say, later.
fn uncover(part: &str) {
    let found = dom::document().and_then(|page| page.query_selector_all("[data-later]").ok());
    for at in 0..found.as_ref().map_or(0, NodeList::length) {
        let later = found.as_ref().and_then(|found| found.item(at));
        if let Some(later) = later.and_then(|it| it.dyn_into::<Element>().ok())
            && later
                .get_attribute("data-later")
                .is_some_and(|of| of.is_empty() || of == part)
        {
            dom::set(&later, "hidden", None);
        }
    }
}

fn memory() -> Option<Storage> {
    window()?.local_storage().ok()?
}

fn with_place() -> bool {
    memory().is_some_and(|memory| matches!(memory.get_item(WITH_PLACE), Ok(Some(_))))
}

/// Where the device is, if it says so soon enough.
async fn add_place(step: &mut Step) {
    let found = Promise::new(&mut |resolve, _| {
        let none = resolve.clone();
        let refused = Closure::once_into_js(move |_: JsValue| {
            let _ = none.call0(&JsValue::UNDEFINED);
        });
        if near::ask(&resolve, refused.unchecked_ref(), PATIENCE).is_none() {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
    });
    let position = JsFuture::from(found).await.ok();
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
