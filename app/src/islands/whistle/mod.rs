//! What makes `/whistle` quicker in a browser: the form's own checks and searches, run at once
//! over what the form offers. Every answer is a proposal; the server's word stands.
//!
//! The page brings empty places, and one island fills them by hand: each view of its own would
//! bring its own code to draw, wake and update it, several times the size of what it does.

mod checks;
mod community;
mod guess;
mod offer;
mod position;

use std::rc::Rc;

use domain::lang::Lang;
use leptos::prelude::*;

use super::words::words;

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
        /// The button that asks the device for its position.
        pub locate: String,
        /// While the device looks.
        pub locating: String,
        /// The position is there, exact to `#` metres.
        pub located: String,
        /// It is there, and only exact to `#` metres.
        pub coarse: String,
        /// The person or the device does not allow it.
        pub denied: String,
        /// It could not be found.
        pub failed: String,
        /// The button that takes the position away again.
        pub remove: String,
    }
}

/// Proposes the kind of problem and the community, fills in the device's position, and tells
/// mistakes while one fills the form in.
#[island]
pub fn FormHelp(
    /// The reader's language.
    lang: Lang,
    /// What it says.
    words: FormWords,
    /// The sentence for each of [`domain::draft::FAULTS`], in that order.
    sentences: Vec<String>,
    /// Title of the summary for one mistake, for two, and so on up to one in every field.
    titles: Vec<String>,
) -> impl IntoView {
    let given = StoredValue::new((words, sentences, titles));
    Effect::new(move |_| {
        let (words, sentences, titles) = given.get_value();
        let words = Rc::new(words);
        offer::wake();
        guess::wake(lang, &words);
        community::wake(lang, &words);
        position::wake(&words);
        checks::wake(sentences, titles);
    });
}
