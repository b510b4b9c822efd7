//! A report on a bad line: kept on the phone, sent as soon as there is a line, filed once.
//!
//! From "send" or "keep" on, a draft lies in the browser's database: words and photos, never name
//! or number, seven days at most. The page with the form, and after that any page of the site,
//! sends it under the key it has, until the server says what became of it. A filed draft stays
//! until somebody has seen its receipt, for the code is on no other page.
//!
//! `kept` says what a draft is, `chest` where it lies, `post` is one try, `sender` tries again;
//! `form`, `face`, `acts` and `shelf` are what a person sees and does.

mod acts;
mod chest;
mod face;
mod form;
mod kept;
mod object;
mod post;
mod sender;
mod shelf;
mod words;

use std::sync::Arc;

use leptos::{ev, html, prelude::*};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;

pub use self::words::{AnywhereWords, DraftWords};
use self::{face::Stage, form::Form, shelf::Shelf, words::Speech};

/// Stands above the form: the drafts of this phone, once there are any. Its words come with
/// [`OfflineDraft`], so that the page carries them once.
#[island]
pub fn KeptDrafts() -> impl IntoView {
    let awake = RwSignal::new(false);
    Effect::new(move |_| {
        awake.set(true);
        sender::start();
    });
    view! {
        {move || {
            let words = awake.get().then(|| face::words().get()).flatten();
            words.map(|words| view! { <Shelf words /> })
        }}
    }
    .into_any()
}

/// Stands below the form: keeps it, and takes over sending where a browser would lose it.
#[island]
pub fn OfflineDraft(
    /// What it says.
    words: DraftWords,
    /// What any page says of a kept draft.
    anywhere: AnywhereWords,
) -> impl IntoView {
    let here = words;
    let words = Arc::new(Speech { here, anywhere });
    let awake = RwSignal::new(false);
    let handed = Arc::clone(&words);
    Effect::new(move |_| {
        face::words().set(Some(Arc::clone(&handed)));
        awake.set(true);
        let sent = window_event_listener(ev::submit, |event| acts::submitting(&event));
        let back = window_event_listener(ev::online, |_| acts::line_is_back());
        let shown = window_event_listener_untyped("pageshow", |event| acts::came_back(&event));
        on_cleanup(move || {
            sent.remove();
            back.remove();
            shown.remove();
        });
    });
    view! { {move || awake.get().then(|| view! { <Tools words=Arc::clone(&words) /> })} }.into_any()
}

/// Words and buttons below the form.
#[component]
fn Tools(words: Arc<Speech>) -> impl IntoView {
    let stage = face::stage();
    let status = NodeRef::<html::P>::new();
    // The form cannot be used while it waits: whoever stood in it stands here now.
    let watched = stage.clone();
    Effect::new(move |_| {
        let waits = watched.with(|stage| *stage == Stage::Waiting);
        if let Some(status) = status.get().filter(|_| waits) {
            let _ = status.focus();
        }
    });
    let said = {
        let (stage, words) = (stage.clone(), Arc::clone(&words));
        move || said(&words.here, &stage.get())
    };
    view! {
        <div class="draft">
            <p role="status" tabindex="-1" node_ref=status>{said}</p>
            {move || tools(&words.here, &stage.get())}
        </div>
    }
}

fn said(words: &DraftWords, stage: &Stage) -> String {
    match stage {
        Stage::Idle => String::new(),
        Stage::Kept => words.kept.clone(),
        Stage::Refused => words.refused.clone(),
        Stage::Sending => words.sending.clone(),
        Stage::Waiting => {
            let contact = Form::here().is_some_and(|form| !form.contact().is_empty());
            let more = if contact {
                words.waiting_contact.as_str()
            } else {
                ""
            };
            words.sentences(&[&words.waiting, more])
        }
        Stage::Unkept => words.unkept.clone(),
        Stage::Missing(questions) => words.missing(questions),
        Stage::NeedsLine => words.needs_line.clone(),
        Stage::Danger => words.call.clone(),
        Stage::Wiped => words.wiped.clone(),
    }
}

fn tools(words: &DraftWords, stage: &Stage) -> AnyView {
    match stage {
        Stage::Sending => ().into_any(),
        Stage::Waiting => view! {
            <div class="btns">
                <button class="btn" type="button" on:click=|_| acts::try_now()>{words.try_now.clone()}</button>
                <button class="btn quiet" type="button" on:click=|_| acts::edit()>{words.edit.clone()}</button>
                <button class="btn quiet" type="button" on:click=|_| acts::wipe()>{words.wipe.clone()}</button>
            </div>
        }
        .into_any(),
        _ => view! {
            <button
                class="btn quiet" type="submit" form="whistle-form" name="act" value="keep"
                aria-describedby="draft-hint"
            >
                {words.keep.clone()}
            </button>
            <p class="hint" id="draft-hint">{words.keep_hint.clone()}</p>
        }
        .into_any(),
    }
}

/// Called by the boot script on a page without the form, when a draft lies on this phone.
#[wasm_bindgen]
pub fn watch_drafts() {
    if Form::here().is_some() {
        return;
    }
    spawn_local(async {
        sender::seen().await;
        shelf::notice().await;
        sender::start();
    });
}
