//! What a person does with drafts: keep, send, change, go on, delete.

use js_sys::Date;
use leptos::{
    wasm_bindgen::{JsCast, JsValue},
    web_sys::{Event, HtmlButtonElement, HtmlFormElement, SubmitEvent, window},
};
use wasm_bindgen_futures::spawn_local;

use super::{
    chest,
    face::{self, Stage},
    form::Form,
    kept::{Kept, Question, Told},
    post::{Answer, RECEIPT, post},
    sender, tools,
};
use crate::islands::{dom, net::sleep, object::flag};

/// How soon to look again whether photos are ready, in milliseconds.
const SOON: i32 = 100;

fn online() -> bool {
    window().is_none_or(|window| window.navigator().on_line())
}

/// Keeps what is in the form; it is not sent until its person says so.
fn keep(form: Form) {
    spawn_local(async move {
        let kept = put_away(form.key(), form.told(), false).await;
        face::turn(match kept {
            Ok(_) => Stage::Kept,
            Err(_) => Stage::Refused,
        });
        sender::look().await;
    });
}

/// Keeps what was told under its key, with the words for pages that have none.
async fn put_away(key: String, told: Told, wanted: bool) -> Result<Kept, JsValue> {
    let words = face::words();
    let said = words.as_ref().map(|words| words.sent.clone());
    let said = said.unwrap_or_default();
    let lang = words
        .map(|words| words.here.lang.clone())
        .unwrap_or_default();
    let name = key.clone();
    chest::keep(&name, move |before| {
        let mut kept = before.unwrap_or_default();
        kept.tell(told);
        Kept {
            key,
            at: Date::now(),
            wanted,
            rest: 0.0,
            words: said,
            lang,
            ..kept
        }
    })
    .await
}

/// The form is about to be sent: what a browser would lose with a bad line is taken over, all else
/// goes as it always does.
pub fn submitting(event: &SubmitEvent) {
    let sent = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
    let Some(form) = Form::here().filter(|form| sent.is_some_and(|sent| form.is(&sent))) else {
        return;
    };
    if event.default_prevented() {
        return;
    }
    let act = act_of(event);
    if act == "keep" {
        event.prevent_default();
        return keep(form);
    }
    if act != "file" {
        if !online() {
            event.prevent_default();
            face::turn(Stage::NeedsLine);
        }
        return;
    }
    if form.danger() == "yes" {
        // Never kept, never sent later. With a line the server says so.
        if !online() {
            event.prevent_default();
            face::turn(Stage::Danger);
        }
        return;
    }
    event.prevent_default();
    let missing = missing(&form);
    if !online() && !missing.is_empty() {
        face::turn(Stage::Missing(missing));
        return;
    }
    send(form);
}

fn act_of(event: &SubmitEvent) -> String {
    let button = event
        .submitter()
        .and_then(|button| button.dyn_into::<HtmlButtonElement>().ok());
    let act = button.map(|button| button.value()).unwrap_or_default();
    if act.is_empty() {
        "file".to_owned()
    } else {
        act
    }
}

fn missing(form: &Form) -> Vec<Question> {
    let unanswered = form.danger() != "no";
    let danger = unanswered.then_some(Question::Danger);
    danger.into_iter().chain(form.told().missing()).collect()
}

/// First on the phone, then on its way.
fn send(form: Form) {
    face::turn(Stage::Sending);
    form.hold(true);
    spawn_local(async move {
        // Who did not say that nobody is in danger is asked by the server first.
        let wanted = form.danger() == "no";
        match put_away(form.key(), form.told(), wanted).await {
            _ if !wanted => form.submit(),
            Ok(kept) => sender::send_from_here(&kept.key, form.contact()),
            Err(_) => send_unkept(form).await,
        }
    });
}

/// Where the phone keeps nothing: over the line, and if that breaks everything stays in the form.
async fn send_unkept(form: Form) {
    let answer = post(&form.key(), &form.told(), &form.contact()).await;
    match answer {
        Answer::Receipt(_) => {
            if let Some(window) = window() {
                let _ = window.location().assign(RECEIPT);
            }
        }
        Answer::Lost | Answer::Later { ours: false, .. } => {
            form.hold(false);
            face::turn(Stage::Unkept);
        }
        Answer::Later { .. } | Answer::Arrived | Answer::Mend => form.submit(),
    }
}

/// A line is back: what is only on this page is sent again.
pub fn line_is_back() {
    let unkept = face::stage() == Stage::Unkept;
    if let Some(form) = Form::here().filter(|_| unkept) {
        send(form);
    }
}

/// Tries at once.
pub fn try_now() {
    spawn_local(async {
        for kept in chest::all().await.unwrap_or_default() {
            let _ = chest::amend(&kept.key, |kept| {
                kept.rest = 0.0;
                true
            })
            .await;
        }
        sender::start();
    });
}

/// Back to the form: what waits is not sent while it is changed.
pub fn edit() {
    let Some(form) = Form::here() else { return };
    sender::leave_form();
    form.hold(false);
    face::turn(Stage::Idle);
    form.focus("description");
    spawn_local(async move {
        let _ = chest::amend(&form.key(), pause).await;
    });
}

fn pause(kept: &mut Kept) -> bool {
    kept.wanted = false;
    kept.lease = 0.0;
    true
}

/// Puts a kept draft into the form. What stood there is kept in its place.
pub fn go_on(key: String) {
    let Some(form) = Form::here() else { return };
    // What waits or is on its way lies on the phone already, and is no longer this page's form.
    let is_kept = form.is_held();
    sender::leave_form();
    form.hold(false);
    spawn_local(async move {
        // A photo that is being covered is kept covered.
        while form.is_busy() {
            sleep(SOON).await;
        }
        let now = form.told();
        let is_begun = !now.field("description").trim().is_empty();
        if !is_kept && is_begun && form.key() != key {
            let _ = put_away(form.key(), now, false).await;
        }
        if let Ok(Some(kept)) = chest::amend(&key, pause).await {
            form.fill(&kept);
            form.focus("description");
        }
        face::turn(Stage::Idle);
        sender::look().await;
    });
}

/// Deletes every draft on this phone.
pub fn wipe() {
    sender::leave_form();
    if let Some(form) = Form::here() {
        form.hold(false);
    }
    spawn_local(async {
        let gone = chest::wipe().await.is_ok();
        face::turn(if gone { Stage::Wiped } else { Stage::Refused });
        sender::look().await;
        dom::focus_if_lost(tools::SAID);
    });
}

/// The page came back as it was left: nothing of it is on its way.
pub fn came_back(event: &Event) {
    if flag(event, "persisted") {
        sender::leave_form();
        if let Some(form) = Form::here() {
            form.hold(false);
        }
        face::turn(Stage::Idle);
        spawn_local(sender::look());
    }
}
