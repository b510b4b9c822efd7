//! Sends what waits, from whatever page is open.
//!
//! One page at a time sends a draft: it holds a lease in the draft itself, renewed while it sends.
//! Two pages that sent it all the same would file one case, for the key is the same.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use js_sys::{Date, Function, Promise};
use leptos::{wasm_bindgen::JsValue, web_sys::window};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::{
    chest,
    face::{self, Stage},
    form::Form,
    kept::{Kept, Trouble},
    post::{Answer, Contact, RECEIPT, last_receipt, number_on, post},
};
use crate::islands::{
    dom::{self, document},
    net::sleep,
};

/// How long a page alone may send a draft without saying that it still does, in milliseconds.
const LEASE: f64 = 15_000.0;
const RENEWED: i32 = 5_000;
/// How soon to look again whether another page has sent it, in milliseconds.
const LOOK: f64 = 3_000.0;
/// Pauses between two tries, in seconds; the last one stays.
const PAUSES: [u32; 6] = [2, 5, 10, 20, 40, 60];
/// How long a form that the browser itself sent may still end on the receipt, in milliseconds.
const NATIVE: f64 = 120_000.0;

/// The draft in the form of this page, while it is being sent or waits.
struct Here {
    key: String,
    contact: Contact,
    _lease: Lease,
}

thread_local! {
    static HERE: RefCell<Option<Here>> = const { RefCell::new(None) };
    static RUNNING: Cell<bool> = const { Cell::new(false) };
    /// Something was added while a round went on.
    static AGAIN: Cell<bool> = const { Cell::new(false) };
    static LISTENING: Cell<bool> = const { Cell::new(false) };
    static TRIES: Cell<usize> = const { Cell::new(0) };
    static WAKE: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Sends the draft in the form first, with what is not kept.
pub fn send_from_here(key: &str, contact: Contact) {
    let here = Here {
        key: key.to_owned(),
        contact,
        _lease: Lease::hold(key),
    };
    HERE.set(Some(here));
    start();
}

/// The draft in the form is no longer being sent.
pub fn leave_form() {
    HERE.set(None);
}

/// Looks after the drafts from now on, and tries at once.
pub fn start() {
    listen();
    TRIES.set(0);
    if RUNNING.replace(true) {
        // A round that goes on may have looked before this was there.
        AGAIN.set(true);
        wake();
    } else {
        spawn_local(run());
    }
}

/// Shows what is on the phone now.
pub async fn look() {
    if let Ok(drafts) = chest::all().await {
        face::show(&drafts);
    }
}

/// Whoever sees the receipt of a draft has its code: the draft has done its work.
pub async fn seen() {
    let shown = receipt_here().or_else(case_here);
    let Some(shown) = shown else { return };
    let drafts = chest::all().await.unwrap_or_default();
    let is_shown = |number: &String| !number.is_empty() && shown.contains(number.as_str());
    for kept in drafts
        .iter()
        .filter(|kept| kept.filed.as_ref().is_some_and(is_shown))
    {
        let _ = chest::forget(&kept.key).await;
    }
}

/// Opens the receipt of a filed draft: the browser may still have it, else the same key gets the
/// same receipt again.
pub async fn open_receipt(key: String) {
    let found = chest::all().await.unwrap_or_default();
    let Some(kept) = found.into_iter().find(|kept| kept.key == key) else {
        return look().await;
    };
    face::unopened(false);
    if kept.filed.is_some() && last_receipt().await == kept.filed {
        return go_to_receipt();
    }
    match post(&kept.key, &kept.told, &Contact::new()).await {
        Answer::Receipt(_) => go_to_receipt(),
        Answer::Arrived | Answer::Mend => {
            let stuck = |kept: &mut Kept| {
                kept.filed = None;
                kept.trouble = Some(Trouble::Arrived);
                true
            };
            let _ = chest::amend(&key, stuck).await;
            look().await;
        }
        Answer::Later { .. } | Answer::Lost => face::unopened(true),
    }
}

fn go_to_receipt() {
    if let Some(window) = window() {
        let _ = window.location().assign(RECEIPT);
    }
}

/// The number on the receipt that is shown here.
fn receipt_here() -> Option<String> {
    let path = window()?.location().pathname().ok()?;
    (path == RECEIPT).then(|| number_on(&document()?)).flatten()
}

/// What one's own case says of itself: who follows it has its code.
fn case_here() -> Option<String> {
    let path = window()?.location().pathname().ok()?;
    let main = document()?.query_selector("#live-facts").ok()??;
    (path == "/track").then(|| main.text_content()).flatten()
}

/// This page is the receipt.
pub fn on_receipt() -> bool {
    let path = window().and_then(|window| window.location().pathname().ok());
    path.as_deref() == Some(RECEIPT)
}

/// A line that comes back, and a page that is looked at again, are worth a try at once.
fn listen() {
    if LISTENING.replace(true) {
        return;
    }
    let again = || {
        TRIES.set(0);
        wake();
    };
    // For as long as the page is there.
    dom::of_window("online", move |_| again());
    dom::of_window("visibilitychange", move |_| again());
    // Whoever opens another page need not wait until this one is given up.
    dom::of_window("pagehide", |_| let_go());
}

/// Another page may send what this one was sending.
fn let_go() {
    if let Some(here) = HERE.take() {
        spawn_local(async move {
            let free = |kept: &mut Kept| {
                kept.lease = 0.0;
                true
            };
            let _ = chest::amend(&here.key, free).await;
        });
    }
}

fn wake() {
    if let Some(resolve) = WAKE.take() {
        let _ = resolve.call0(&JsValue::UNDEFINED);
    }
}

async fn run() {
    loop {
        AGAIN.set(false);
        let next = round().await;
        if AGAIN.get() {
            continue;
        }
        let Some(next) = next else { break };
        rest(next.wait.max(if next.tried { pause() } else { 0.0 })).await;
    }
    RUNNING.set(false);
}

/// The pause after a try that came to nothing, in milliseconds; longer each time.
fn pause() -> f64 {
    let tries = TRIES.get();
    TRIES.set(tries.saturating_add(1));
    f64::from(PAUSES[tries.min(PAUSES.len() - 1)]) * 1000.0
}

/// Waits so many milliseconds, or until somebody calls [`wake`].
async fn rest(millis: f64) {
    const LONGEST: f64 = 60_000.0;
    #[expect(clippy::cast_possible_truncation, reason = "a minute at most")]
    let millis = millis.clamp(0.0, LONGEST) as i32;
    let pause = Promise::new(&mut |resolve, _| {
        if let Some(window) = window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis);
        }
        WAKE.set(Some(resolve));
    });
    let _ = JsFuture::from(pause).await;
}

/// When another round is worth it.
struct Next {
    /// In so many milliseconds.
    wait: f64,
    /// Something was tried in vain.
    tried: bool,
}

/// Tries every draft that waits, once. Nothing when nothing waits any more.
async fn round() -> Option<Next> {
    let drafts = chest::all().await.ok()?;
    face::show(&drafts);
    let mut next: Option<Next> = None;
    for kept in drafts.iter().filter(|kept| is_ours(kept)) {
        let (wait, tried) = match claim(kept).await {
            Claim::Ours(kept) => (send(*kept).await, true),
            Claim::In(wait) => (Some(wait), false),
        };
        if let Some(wait) = wait {
            let soonest = next.as_ref().map_or(wait, |next| next.wait.min(wait));
            let tried = tried || next.is_some_and(|next| next.tried);
            next = Some(Next {
                wait: soonest,
                tried,
            });
        }
    }
    look().await;
    next
}

/// Whether this page may send it at all.
fn is_ours(kept: &Kept) -> bool {
    if !kept.is_waiting() {
        return false;
    }
    if on_receipt() {
        // Another receipt would take the place of the one that is read here. Only the form that
        // led here may be asked after.
        return Date::now() - kept.native < NATIVE;
    }
    // Somebody writes in the form: that is sent when they press.
    let in_form = Form::here().is_some_and(|form| form.key() == kept.key);
    !in_form || is_here(&kept.key)
}

fn is_here(key: &str) -> bool {
    HERE.with_borrow(|here| here.as_ref().is_some_and(|here| here.key == key))
}

enum Claim {
    /// This page sends it now.
    Ours(Box<Kept>),
    /// Not before so many milliseconds.
    In(f64),
}

async fn claim(kept: &Kept) -> Claim {
    let here = is_here(&kept.key);
    let now = Date::now();
    // The browser had its answer meanwhile: nothing is to be waited for on the receipt.
    let rest = |kept: &Kept| if on_receipt() { 0.0 } else { kept.rest };
    let taken = |kept: &Kept| {
        if here {
            rest(kept)
        } else {
            rest(kept).max(kept.lease)
        }
    };
    if rest(kept) > now {
        return Claim::In(rest(kept) - now);
    }
    if taken(kept) > now {
        return Claim::In((taken(kept) - now).min(LOOK));
    }
    let mine = |kept: &mut Kept| {
        if !kept.is_waiting() || taken(kept) > now {
            return false;
        }
        kept.lease = now + LEASE;
        kept.tried = true;
        true
    };
    match chest::amend(&kept.key, mine).await {
        Ok(Some(kept)) => Claim::Ours(Box::new(kept)),
        // Another page was faster, or it was deleted: that shows when one looks again.
        _ => Claim::In(LOOK),
    }
}

/// One try, and what follows from it. How long to wait before another, if one is needed.
async fn send(kept: Kept) -> Option<f64> {
    let lease = Lease::hold(&kept.key);
    let contact = HERE.with_borrow(|here| {
        let here = here.as_ref().filter(|here| here.key == kept.key);
        here.map(|here| here.contact.clone()).unwrap_or_default()
    });
    let answer = post(&kept.key, &kept.told, &contact).await;
    drop(lease);
    let here = is_here(&kept.key);
    let now = Date::now();
    let after = |kept: &mut Kept| {
        follow(kept, &answer, now);
        if here && matches!(answer, Answer::Lost) {
            kept.lease = now + LEASE;
        }
        true
    };
    // Where it cannot be written down, another try tells the same again.
    let kept = chest::amend(&kept.key, after).await.ok().flatten();
    if here {
        return after_form(answer);
    }
    if let Answer::Receipt(number) = &answer
        && receipt_here().as_ref() == Some(number)
    {
        seen().await;
    }
    kept.filter(Kept::is_waiting)
        .map(|kept| (kept.rest - now).max(0.0))
}

/// What an answer changes in the draft.
fn follow(kept: &mut Kept, answer: &Answer, now: f64) {
    kept.lease = 0.0;
    match answer {
        Answer::Receipt(number) => kept.filed = Some(number.clone()),
        Answer::Later { wait, ticket, ours } => {
            kept.rest = now + wait;
            if let Some(ticket) = ticket {
                kept.told.hold(ticket.clone());
            }
            if *ours {
                kept.native = now;
            }
        }
        // What stood there before it was changed has arrived, and its receipt is to be got.
        Answer::Arrived => match kept.before.take() {
            Some(before) => kept.told = before,
            None => kept.trouble = Some(Trouble::Arrived),
        },
        Answer::Mend => {
            kept.tried = false;
            kept.trouble = Some(Trouble::Mend);
        }
        Answer::Lost => {}
    }
}

/// The form of this page was sent: its person sees the receipt, or the server's own page, or that
/// it waits.
fn after_form(answer: Answer) -> Option<f64> {
    match answer {
        Answer::Receipt(_) => {
            leave_form();
            go_to_receipt();
            None
        }
        Answer::Later { ours: true, .. } | Answer::Arrived | Answer::Mend => {
            leave_form();
            if let Some(form) = Form::here() {
                form.submit();
            }
            None
        }
        Answer::Later { wait, .. } => {
            face::turn(Stage::Waiting);
            Some(wait)
        }
        Answer::Lost => {
            face::turn(Stage::Waiting);
            Some(0.0)
        }
    }
}

/// Held as long as it lives.
struct Lease(Rc<Cell<bool>>);

impl Lease {
    fn hold(key: &str) -> Self {
        let held = Rc::new(Cell::new(true));
        let (lease, key) = (Rc::clone(&held), key.to_owned());
        spawn_local(async move {
            loop {
                sleep(RENEWED).await;
                if !lease.get() {
                    return;
                }
                let renew = |kept: &mut Kept| {
                    kept.lease = Date::now() + LEASE;
                    kept.is_waiting()
                };
                let _ = chest::amend(&key, renew).await;
            }
        });
        Self(held)
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.0.set(false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waiting() -> Kept {
        Kept {
            key: "k".to_owned(),
            wanted: true,
            tried: true,
            lease: 9.0,
            ..Kept::default()
        }
    }

    fn after(mut kept: Kept, answer: &Answer) -> Kept {
        follow(&mut kept, answer, 1000.0);
        kept
    }

    #[test]
    fn what_nobody_answered_for_goes_on_waiting() {
        let kept = after(waiting(), &Answer::Lost);
        assert!(kept.is_waiting() && kept.tried && kept.lease < 1.0);
        let later = Answer::Later {
            wait: 20_000.0,
            ticket: Some("t".to_owned()),
            ours: false,
        };
        let kept = after(waiting(), &later);
        assert!(kept.is_waiting() && (kept.rest - 21_000.0).abs() < 1.0);
        assert_eq!(kept.told.field("ticket"), "t");
    }

    #[test]
    fn what_is_filed_waits_for_somebody_to_see_its_receipt() {
        let kept = after(waiting(), &Answer::Receipt("n".to_owned()));
        assert_eq!(kept.filed.as_deref(), Some("n"));
        assert!(!kept.is_waiting());
    }

    #[test]
    fn what_arrived_before_it_was_changed_is_asked_for_again() {
        let told = |place: &str| super::super::kept::Told {
            fields: vec![("place".to_owned(), place.to_owned())],
            ..Default::default()
        };
        let mut kept = waiting();
        kept.told = told("先写的");
        kept.tell(told("改过的"));
        let kept = after(kept, &Answer::Arrived);
        assert!(kept.is_waiting() && kept.told.field("place") == "先写的");
        let kept = after(kept, &Answer::Arrived);
        assert_eq!(kept.trouble, Some(Trouble::Arrived));
    }

    #[test]
    fn what_is_to_be_mended_waits_for_its_person() {
        let kept = after(waiting(), &Answer::Mend);
        assert_eq!(kept.trouble, Some(Trouble::Mend));
        assert!(!kept.is_waiting() && !kept.tried);
    }
}
