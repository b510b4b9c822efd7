//! Keeps the steps of a page, sends what waits, and shows both.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use js_sys::Date;
use leptos::{
    wasm_bindgen::JsCast,
    web_sys::{Element, HtmlButtonElement, HtmlElement, HtmlFormElement, SubmitEvent, window},
};
use wasm_bindgen_futures::spawn_local;

use super::{
    FieldWords,
    page::{NOTE, PASSED, leave, note, noted, pass, say_at, uncover},
    post::{Answer, post},
    spot::{add_place, add_switch, with_place},
    step::{self, Step},
};
use crate::islands::{dom, net::sleep, words::attribute};

/// How soon after a press its person is still looking at that form and nothing else, in milliseconds.
const AT_ONCE: f64 = 8_000.0;
/// The first pause between two rounds while something waits, in milliseconds; each is twice the one before.
const PAUSE: i32 = 15_000;
const LONGEST_PAUSE: i32 = 240_000;

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
    /// Which row of tries counts: a newer one makes older ones void.
    turn: Cell<u32>,
}

/// Takes over the forms of this page, and sends what waits on this phone.
pub fn wake(place: Element, words: FieldWords, whose: String) {
    add_switch(&words, &whose);
    let queue = Rc::new(Queue {
        place,
        words,
        whose,
        sending: RefCell::default(),
        said: RefCell::default(),
        signed_out: Cell::default(),
        turn: Cell::default(),
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
        let form = dom::form_of(event).filter(|form| form.has_attribute("data-step"));
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

    /// Keeps a step and tries it at once.
    async fn take(self: &Rc<Self>, mut step: Step, form: &HtmlFormElement, button: &HtmlElement) {
        let before = step::all(&self.whose).await.unwrap_or_default();
        for other in before.iter().filter(|other| other.repeats(&step)) {
            if other.refused.is_none() {
                note(form, &other.key);
                return self.say(&[&self.words.again]);
            }
            // What is pressed again takes the place of what was not done.
            let _ = step::forget(&other.key).await;
        }
        step.no = before.last().map_or(0.0, |last| last.no) + 1.0;
        let waits = |other: &Step| other.path == step.path && other.refused.is_none();
        let first = !before.iter().any(waits);
        if step::keep(&step).await.is_err() {
            return self.send_unkept(&step, form, button).await;
        }
        note(form, &step.key);
        if with_place(&self.whose) {
            // Nobody sends it while the device looks.
            self.sending.replace(Some(step.key.clone()));
            self.draw();
            add_place(&mut step).await;
            self.sent(&step);
            if step::find(&step).await.is_none() {
                // Its person gave it up meanwhile.
                return self.draw();
            }
            let _ = step::keep(&step).await;
        }
        uncover(step.field("part"));
        // What was done before it is told before it.
        if !first {
            leave(form, &step);
            return self.go();
        }
        let answer = self.send(&step).await;
        let at_once = Date::now() - step.at < AT_ONCE;
        match answer {
            Answer::Done(address) => {
                self.done(&step).await;
                if at_once {
                    return go_to(&address);
                }
            }
            // It is all in the form still, to be mended there.
            Answer::Refused(why) if at_once => {
                let _ = step::forget(&step.key).await;
                say_at(form, &with(&self.words.refused, &why));
                form.set_inert(false);
                return self.draw();
            }
            // The server's own page says what others did.
            Answer::Moved(_) if at_once => {
                let _ = step::forget(&step.key).await;
                return pass(form, button);
            }
            Answer::Refused(why) => self.refuse(&step, why).await,
            // It waited, and stands whatever happened meanwhile.
            Answer::Moved(_) | Answer::Later | Answer::Lost => self.go(),
            Answer::SignedOut => self.draw(),
        }
        leave(form, &step);
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
            Answer::Later | Answer::Lost => {
                form.set_inert(false);
                say_at(form, &self.words.unkept);
            }
            Answer::Refused(_) | Answer::Moved(_) | Answer::SignedOut => pass(form, button),
        }
    }

    async fn send(self: &Rc<Self>, step: &Step) -> Answer {
        self.sending.replace(Some(step.key.clone()));
        self.draw();
        let answer = post(step, Date::now()).await;
        self.sent(step);
        // Only who is signed in is told what became of it.
        if !matches!(answer, Answer::Later | Answer::Lost) {
            self.signed_out.set(answer == Answer::SignedOut);
        }
        answer
    }

    /// Nothing is on its way any more, if it was this.
    fn sent(&self, step: &Step) {
        let mut sending = self.sending.borrow_mut();
        if sending.as_deref() == Some(step.key.as_str()) {
            *sending = None;
        }
    }

    /// It is done: nothing of it stays on the phone, and the form says so.
    async fn done(self: &Rc<Self>, step: &Step) {
        let _ = step::forget(&step.key).await;
        let sent = with(&self.words.sent, &step.title);
        for line in noted(&step.key) {
            dom::set(&line, NOTE, Some(""));
            dom::say(&line, &sent);
        }
    }

    /// Writes down why a step was not done, unless its person gave it up meanwhile.
    async fn refuse(self: &Rc<Self>, step: &Step, why: String) {
        if let Some(kept) = step::find(step).await {
            let refused = Step {
                refused: Some(why),
                ..kept
            };
            // Where it cannot be written down, another try is told the same.
            let _ = step::keep(&refused).await;
        }
        self.draw();
    }

    /// Tries what waits from now on, until nothing does.
    fn go(self: &Rc<Self>) {
        let turn = self.turn.get().wrapping_add(1);
        self.turn.set(turn);
        let me = Rc::clone(self);
        spawn_local(async move {
            let mut pause = PAUSE;
            while me.round().await {
                sleep(pause).await;
                pause = (pause * 2).min(LONGEST_PAUSE);
                // Somebody else has begun anew; and nobody looks at a page that is not seen.
                let hidden = dom::document().is_some_and(|page| page.hidden());
                if hidden || me.turn.get() != turn {
                    break;
                }
            }
        });
    }

    /// Tries everything that waits, each case in its order. Whether another round is worth it.
    async fn round(self: &Rc<Self>) -> bool {
        let mut tried: Vec<String> = Vec::new();
        // Cases of which a step did not get through: what follows it waits as well.
        let mut held: Vec<String> = Vec::new();
        let mut sent = Vec::new();
        let again = loop {
            // Each time anew: somebody may have given one up.
            let steps = step::all(&self.whose).await.unwrap_or_default();
            let due = |step: &Step| {
                step.refused.is_none() && !tried.contains(&step.key) && !held.contains(&step.path)
            };
            let Some(step) = steps.into_iter().find(due) else {
                break !held.is_empty();
            };
            if self.sending.borrow().is_some() {
                break true;
            }
            tried.push(step.key.clone());
            match self.send(&step).await {
                Answer::Done(_) => {
                    self.done(&step).await;
                    sent.push(with(&self.words.sent, &step.title));
                }
                Answer::Refused(why) | Answer::Moved(why) => self.refuse(&step, why).await,
                Answer::Later => held.push(step.path),
                Answer::Lost => break true,
                Answer::SignedOut => break false,
            }
        };
        if sent.is_empty() {
            self.draw();
        } else {
            let sent: Vec<&String> = sent.iter().collect();
            self.say(&sent);
        }
        again
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
        let Some((line, rest)) = self.parts() else {
            return;
        };
        // What cannot be read now is not gone.
        let Ok(steps) = step::all(&self.whose).await else {
            return;
        };
        let mut said = self.said.borrow().clone();
        if self.signed_out.get() && !steps.is_empty() {
            said.push(self.words.signed_out.clone());
        }
        dom::say(&line, &said.join(" "));
        self.say_beside(&steps);
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

    /// How a step stands.
    fn state(&self, step: &Step) -> String {
        let sending = self.sending.borrow().as_deref() == Some(step.key.as_str());
        match &step.refused {
            Some(why) => with(&self.words.refused, why),
            None if sending => self.words.sending.clone(),
            None if self.signed_out.get() => self.words.signed_out.clone(),
            None => self.words.waits.clone(),
        }
    }

    /// The same beside the forms of this page, where their person looks.
    fn say_beside(&self, steps: &[Step]) {
        for line in dom::all::<Element>(&format!("[{NOTE}]:not([{NOTE}=\"\"])")) {
            let key = attribute(&line, NOTE);
            match steps.iter().find(|step| step.key == key) {
                Some(step) => dom::say(&line, &self.state(step)),
                None => line.remove(),
            }
        }
    }

    fn row(self: &Rc<Self>, step: &Step) -> Option<Element> {
        let row = dom::make("li", "", "")?;
        let head = dom::make("p", "", "")?;
        let link = dom::make("a", "", &step.title)?;
        dom::set(&link, "href", Some(&step.path));
        link.set_id(&format!("step-{}", step.key));
        dom::put(&head, Some(link));
        let state = self.state(step);
        let class = if step.refused.is_some() {
            "error"
        } else {
            "small"
        };
        dom::put(&row, Some(head));
        dom::put(&row, dom::make("p", class, &state));
        let (me, key) = (Rc::clone(self), step.key.clone());
        let sure = with(&self.words.sure, &step.title);
        let remove = dom::button(&self.words.drop, move || {
            let asked = window().and_then(|window| window.confirm_with_message(&sure).ok());
            if asked == Some(true) {
                let (me, key) = (Rc::clone(&me), key.clone());
                spawn_local(async move {
                    let _ = step::forget(&key).await;
                    me.said.replace(Vec::new());
                    for line in noted(&key) {
                        // The form before it can be pressed anew.
                        if let Some(form) = line.previous_element_sibling() {
                            dom::set(&form, "inert", None);
                        }
                        line.remove();
                    }
                    me.draw();
                });
            }
        })?;
        remove.set_id(&format!("remove-{}", step.key));
        let heard = with(&self.words.remove, &step.title);
        dom::set(&remove, "aria-label", Some(&heard));
        let buttons = dom::make("div", "btns", "")?;
        if step.refused.is_some() {
            dom::put(&buttons, self.once_more(step));
        }
        dom::put(&buttons, Some(remove));
        dom::put(&row, Some(buttons));
        Some(row)
    }

    /// The button that tries a step again that was not done.
    fn once_more(self: &Rc<Self>, step: &Step) -> Option<Element> {
        let (me, id) = (Rc::clone(self), format!("again-{}", step.key));
        let step = step.clone();
        let button = dom::button(&self.words.retry, move || {
            let (me, step) = (Rc::clone(&me), step.clone());
            spawn_local(async move {
                let wanted = Step {
                    refused: None,
                    ..step
                };
                let _ = step::keep(&wanted).await;
                me.go();
            });
        })?;
        button.set_id(&id);
        Some(button)
    }

    /// Try now, or sign in first.
    fn way_on(self: &Rc<Self>) -> Option<Element> {
        let row = dom::make("div", "btns", "")?;
        if self.signed_out.get() {
            let link = dom::make("a", "btn", &self.words.sign_in)?;
            let here = window()?.location().pathname().ok()?;
            dom::set(
                &link,
                "href",
                Some(&format!("/sign-in?own-phone=1&next={here}")),
            );
            link.set_id("field-sign-in");
            dom::put(&row, Some(link));
            return Some(row);
        }
        let me = Rc::clone(self);
        let retry = dom::button(&self.words.retry, move || me.go())?;
        retry.set_id("field-retry");
        dom::put(&row, Some(retry));
        Some(row)
    }
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
