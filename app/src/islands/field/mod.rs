//! What staff do on their own phone where there is no line: kept on it, sent in order as soon as there
//! is one, done once.
//!
//! The forms that may wait bear `data-step`. From "press" on, their act lies in the browser's database
//! with its words and photos, for the person whose phone it is and nobody else, until it arrived. The page
//! it was pressed on, and after that any page of the desk, sends it under a key of its own until the server
//! says what became of it. How long ago it was done is told by the phone's clock against itself: one that is
//! wrong by years tells no lie.
//!
//! `step` says what waits and where it lies, `post` is one try, `queue` keeps, sends and shows; `page` is what
//! becomes of the forms meanwhile, `spot` where their person is.

mod page;
mod post;
mod queue;
mod spot;
mod step;

use leptos::{prelude::*, web_sys::Element};

use super::{
    dom,
    words::{attribute, words},
};
use crate::in_browser;

/// Id of the place on a page of the desk that bears the words of [`FieldQueue`] and whose phone it is.
pub const FIELD: &str = "field-queue";

words! {
    /// What [`FieldQueue`] says. `#1` is what a step is called, or why it was not done.
    pub struct FieldWords {
        /// Above what waits.
        pub title: String,
        /// It waits for a line.
        pub waits: String,
        /// It is on its way.
        pub sending: String,
        /// It arrived.
        pub sent: String,
        /// The server said no.
        pub refused: String,
        /// It was pressed while it waits already.
        pub again: String,
        /// Neither a line nor room on the phone.
        pub unkept: String,
        /// What becomes of what waits, and which time counts.
        pub stays: String,
        /// The session is over.
        pub signed_out: String,
        /// The link that opens another.
        pub sign_in: String,
        /// The button that tries now.
        pub retry: String,
        /// The button that gives a step up, as it is seen.
        pub drop: String,
        /// The same as it is heard, with the step.
        pub remove: String,
        /// Asked before it is given up.
        pub sure: String,
        /// The switch that adds the device's position to each step.
        pub place_on: String,
        /// Who sees that position.
        pub place_hint: String,
    }
}

/// Fills the place with the id [`FIELD`] and takes over sending the forms that may wait.
#[island]
pub fn FieldQueue() -> impl IntoView {
    in_browser(|| {
        let Some(place) = dom::by_id::<Element>(FIELD) else {
            return;
        };
        if let Some(words) = FieldWords::read(&attribute(&place, "data-words")) {
            queue::wake(place.clone(), words, attribute(&place, "data-whose"));
        }
    });
}
