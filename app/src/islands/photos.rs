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
mod shots;
mod state;

use leptos::{prelude::*, web_sys::Element};

use super::{
    dom,
    words::{attribute, words},
};
use crate::in_browser;

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

/// Fills every empty place of the class `shots`: below the file input whose id it names in
/// `data-field`, with the words in `data-words`. Where the browser cannot do all it needs, the place
/// stays empty and the form is as without it. An element with the input's id and `-look` behind it
/// is hidden while it works.
#[island]
pub fn PhotoDesk() -> impl IntoView {
    in_browser(|| {
        while let Some(place) = dom::first::<Element>(".shots:not([data-awake])") {
            dom::set(&place, "data-awake", Some(""));
            if let Some(words) = PhotoWords::read(&attribute(&place, "data-words")) {
                desk::wake(&attribute(&place, "data-field"), &place, words);
            }
        }
    });
}
