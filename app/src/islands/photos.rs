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
mod say;
mod state;

use leptos::{mount::mount_to, prelude::*, wasm_bindgen::JsCast};

use self::{canvas::Change, desk::Desk, editor::editor};
use super::words::words;

words! {
    /// Every sentence and button of [`PhotoDesk`], in the language of the page. `#1` and so on in
    /// a sentence are its numbers, sizes and names.
    pub struct PhotoWords {
        /// Which photo is being made ready: its number.
        pub working: String,
        /// All are ready: how many, bytes before and after; where they were taken is gone.
        pub ready: String,
        /// The same, where some go as they came.
        pub ready_as_is: String,
        /// The form is sent as soon as the photos are ready.
        pub held: String,
        /// The form was not sent, because a photo was left out.
        pub stopped: String,
        /// More than the form takes: the most.
        pub too_many: String,
        /// No picture that can be opened: name of the file.
        pub unread: String,
        /// Too large to be sent as it is, and it cannot be opened: name of the file.
        pub heavy: String,
        /// It goes as it came, because this browser cannot open it.
        pub as_it_came: String,
        /// A photo could not be changed: what it is called.
        pub failed: String,
        /// What a photo is called: its number.
        pub name: String,
        /// Bytes before and after.
        pub size: String,
        /// The button that turns by 90 degrees.
        pub turn: String,
        /// Said when it is turned.
        pub turned: String,
        /// The button that opens the editor.
        pub edit: String,
        /// How to lay the frame.
        pub hint: String,
        /// A slider: how far the frame is from the left.
        pub left: String,
        /// A slider: how far it is from the top.
        pub top: String,
        /// A slider: how wide it is.
        pub width: String,
        /// A slider: how high it is.
        pub height: String,
        /// The button that covers what is framed.
        pub cover: String,
        /// Said when it is covered.
        pub covered: String,
        /// The button that keeps what is framed only.
        pub keep: String,
        /// Said when the rest is cut off.
        pub kept: String,
        /// The button that takes the last step back.
        pub undo: String,
        /// Said when it is taken back.
        pub undone: String,
        /// The button that closes the editor.
        pub done: String,
        /// The button that leaves a photo out.
        pub remove: String,
        /// Said when it is left out: what it was called.
        pub removed: String,
    }
}

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
    let id = format!("{field}-shots");
    let place = id.clone();
    Effect::new(move |_| {
        let place = files::element(&place).and_then(|place| place.dyn_into().ok());
        if let Some((place, desk)) = place.zip(Desk::wake(&field, words.clone())) {
            // Nothing of this was ever drawn by the server. Drawn here from the start it needs no
            // code to take over what is there already, which would be most of its weight.
            mount_to(place, move || shots(desk)).forget();
        }
    });
    view! { <div class="shots" id=id></div> }
}

fn shots(desk: Desk) -> impl IntoView {
    view! {
        <div role="alert">
            {move || {
                let lines = desk.refused().into_iter();
                lines.map(|line| view! { <p class="error">{line}</p> }).collect::<Vec<_>>()
            }}
        </div>
        <p class="shots-said" role="status">{move || desk.said()}</p>
        <ul>
            <For each=move || desk.ids() key=|id| *id children=move |id| shot(desk, id) />
        </ul>
    }
}

/// A photo with its buttons, and its editor while that is open.
fn shot(desk: Desk, id: u32) -> impl IntoView {
    // One that cannot be opened here can only be left out, and never becomes another.
    let opened = !desk.thumb(id).is_empty();
    let picture = opened.then(|| {
        view! { <img src=move || desk.thumb(id) alt=move || desk.name(id) /> }
    });
    let tools = opened.then(|| {
        view! {
            {button(desk, id, |words| &words.turn, move || desk.ask(id, Change::Turn))}
            <button
                type="button"
                class="btn quiet"
                id=format!("edit-shot-{id}")
                aria-expanded=move || if desk.is_open(id) { "true" } else { "false" }
                on:click=move |_| desk.edit(id)
            >
                {desk.word(|words| &words.edit)}
                <span class="unseen">{move || desk.name(id)}</span>
            </button>
        }
    });
    let is_open = Memo::new(move |_| desk.is_open(id));
    view! {
        <li>
            <div class="shot">
                {picture}
                <p><b>{move || desk.name(id)}</b> <small>{move || desk.about(id)}</small></p>
            </div>
            <div class="btns">
                {tools}
                {button(desk, id, |words| &words.remove, move || desk.remove(id))}
            </div>
            {move || is_open.get().then(|| editor(desk, id))}
        </li>
    }
}

/// A button about one photo; it is told from its likes by the name of the photo.
fn button(
    desk: Desk,
    id: u32,
    text: fn(&PhotoWords) -> &String,
    pressed: impl Fn() + 'static,
) -> impl IntoView {
    // One type of button for all of them.
    let pressed: Box<dyn Fn()> = Box::new(pressed);
    view! {
        <button type="button" class="btn quiet" on:click=move |_| pressed()>
            {desk.word(text)}
            <span class="unseen">{move || desk.name(id)}</span>
        </button>
    }
}
