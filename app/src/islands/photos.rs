//! Photos before they are sent: seen, turned, made small, covered and cut in the browser.
//!
//! The island stands below a file input and puts what it made back into that input, so the form
//! is sent as ever. What leaves the browser was drawn anew, pixel by pixel: it says neither where
//! nor by whom it was taken. The server's own gate trusts none of it and does its work again.
//!
//! Whoever else puts files into the input must let it say `change`, or they are lost here.

mod canvas;
mod desk;
mod editor;
mod files;
mod frame;
mod words;

use leptos::prelude::*;

pub use self::words::PhotoWords;
use self::{canvas::Change, desk::Desk, editor::editor};

/// Stands below the file input with id `field`. Empty until photos are chosen; where the browser
/// cannot do all it needs, it stays empty and the form is as without it. An element with the id
/// `field-look` is hidden while it works.
#[island]
pub fn PhotoDesk(
    /// Id of the file input.
    field: String,
    /// What it says.
    words: PhotoWords,
) -> impl IntoView {
    let desk = Desk::new(words);
    Effect::new(move |_| desk.wake(&field));
    view! {
        <div class="shots">
            <div class="shots-refused" role="alert">
                {move || {
                    desk.refused
                        .get()
                        .into_iter()
                        .map(|line| view! { <p class="error">{line}</p> })
                        .collect::<Vec<_>>()
                }}
            </div>
            <p class="shots-said" role="status">{move || desk.said.get()}</p>
            <ul>
                <For each=move || desk.ids() key=|id| *id children=move |id| shot(desk, id) />
            </ul>
        </div>
    }
}

/// A photo with its buttons, and its editor while that is open.
fn shot(desk: Desk, id: u32) -> AnyView {
    // One that cannot be opened here can only be left out, and never becomes another.
    let opened = !desk.card(id).thumb.is_empty();
    let is_open = Memo::new(move |_| desk.open.get() == Some(id));
    let picture = opened.then(|| {
        view! { <img src=move || desk.card(id).thumb alt=move || desk.name(id) /> }
    });
    let tools = opened.then(|| {
        view! {
            {button(desk, id, desk.word(|words| &words.turn), move || desk.ask(id, Change::Turn))}
            <button
                type="button"
                class="btn quiet"
                id=format!("edit-shot-{id}")
                aria-expanded=move || if is_open.get() { "true" } else { "false" }
                on:click=move |_| desk.edit(id)
            >
                {desk.word(|words| &words.edit)}
                <span class="unseen">{move || desk.name(id)}</span>
            </button>
        }
    });
    view! {
        <li>
            <div class="shot">
                {picture}
                <p><b>{move || desk.name(id)}</b> <small>{move || desk.about(id)}</small></p>
            </div>
            <div class="btns">
                {tools}
                {button(desk, id, desk.word(|words| &words.remove), move || desk.remove(id))}
            </div>
            {move || is_open.get().then(|| editor(desk, id))}
        </li>
    }
    .into_any()
}

/// A button about one photo; it is told from its likes by the name of the photo.
fn button(desk: Desk, id: u32, text: String, pressed: impl Fn() + Clone + 'static) -> AnyView {
    view! {
        <button type="button" class="btn quiet" on:click=move |_| pressed()>
            {text}
            <span class="unseen">{move || desk.name(id)}</span>
        </button>
    }
    .into_any()
}
