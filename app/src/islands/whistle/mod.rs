//! What makes `/whistle` quicker in a browser: the form's own checks and searches, run at once
//! over what the form offers. Every answer is a proposal; the server's word stands.

mod checks;
mod community;
mod guess;
mod offer;

use std::rc::Rc;

use leptos::prelude::*;

use super::{
    dom,
    words::{attribute, texts, words},
};
use crate::in_browser;

words! {
    /// What [`FormHelp`] says; `#` is a word, a name or a number.
    pub struct FormWords {
        /// Because `#` was written, it may be one of these.
        pub because: String,
        /// What was searched for fits these.
        pub found: String,
        /// Nothing fits `#`.
        pub none: String,
        /// `#` is chosen.
        pub chosen: String,
        /// What was written sounds like a danger happening now.
        pub danger: String,
        /// For those who do not see the list of communities: `#` fit.
        pub count: String,
        /// The place that was written names `#`.
        pub named: String,
        /// The button that takes the community that was named.
        pub take: String,
    }
}

/// Id of the place that bears what [`FormHelp`] says: its words in `data-words`; in
/// `data-sentences` the sentence for each of [`domain::draft::FAULTS`], in that order; in
/// `data-titles` the title of the summary for one mistake, for two, and so on.
pub const HELP: &str = "form-help";

/// Proposes the kind of problem and the community, and tells
/// mistakes while one fills the form in.
#[island]
pub fn FormHelp() -> impl IntoView {
    in_browser(|| {
        let Some(place) = dom::by_id(HELP) else {
            return;
        };
        let Some(words) = FormWords::read(&attribute(&place, "data-words")) else {
            return;
        };
        let words = Rc::new(words);
        let lang = dom::lang();
        offer::wake();
        guess::wake(lang, &words);
        community::wake(lang, &words);
        let told = |name| texts(&attribute(&place, name));
        checks::wake(told("data-sentences"), told("data-titles"));
    });
}
