//! What the drafts say; the server hands it over.

use super::kept::Question;
use crate::islands::words::words;

words! {
    /// Words of the page with the form. `#` is a number, a time or a list.
    pub struct DraftWords {
        /// The language of all of them.
        pub lang: String,
        /// Button: keep what is in the form.
        pub keep: String,
        /// What keeping means.
        pub keep_hint: String,
        /// It was kept.
        pub kept: String,
        /// This browser keeps nothing.
        pub refused: String,
        /// It is on its way.
        pub sending: String,
        /// It waits, on the phone.
        pub waiting: String,
        /// Added to that where a name or number was typed.
        pub waiting_contact: String,
        /// It waits, only on this page.
        pub unkept: String,
        /// `#` has to be answered before it can be sent.
        pub missing: String,
        /// The question about danger.
        pub danger: String,
        /// The question of the kind.
        pub category: String,
        /// The question of what happened.
        pub description: String,
        /// The question of the community.
        pub community: String,
        /// What was pressed needs a line.
        pub needs_line: String,
        /// Danger: call.
        pub call: String,
        /// Button: try now.
        pub try_now: String,
        /// Button: change it.
        pub edit: String,
        /// Above the drafts: `#` are kept on this phone.
        pub shelf: String,
        /// When it was kept: `#`.
        pub when: String,
        /// It is kept, not to be sent yet.
        pub state_kept: String,
        /// Button: go on writing.
        pub go_on: String,
        /// Button: delete all.
        pub wipe: String,
        /// What deleting means.
        pub wipe_hint: String,
        /// They are deleted.
        pub wiped: String,
    }
}

words! {
    /// Words of any page: kept beside the draft, so that no page carries them for those who kept
    /// nothing.
    pub struct AnywhereWords {
        /// It waits and is sent by itself.
        pub waiting: String,
        /// It is filed, under number `#`.
        pub filed: String,
        /// Something is to be mended.
        pub mend: String,
        /// It had arrived before, with a name or number.
        pub arrived: String,
        /// Button: open the receipt.
        pub receipt: String,
        /// The receipt could not be opened.
        pub unopened: String,
        /// Link: to the form.
        pub form: String,
    }
}

/// All of them.
pub struct Speech {
    /// For the page with the form.
    pub here: DraftWords,
    /// For any page.
    pub anywhere: AnywhereWords,
    /// The same as the page brought them: so they lie beside a draft.
    pub sent: String,
}

impl DraftWords {
    /// Sentences behind each other: Chinese puts no space between them.
    pub fn sentences(&self, all: &[&str]) -> String {
        let between = if self.lang.starts_with("zh") { "" } else { " " };
        all.join(between).trim().to_owned()
    }

    /// What has to be answered first.
    pub fn missing(&self, questions: &[Question]) -> String {
        let names: Vec<&str> = questions
            .iter()
            .map(|question| match question {
                Question::Danger => self.danger.as_str(),
                Question::Category => self.category.as_str(),
                Question::Description => self.description.as_str(),
                Question::Community => self.community.as_str(),
            })
            .collect();
        self.missing.replace('#', &names.join(" · "))
    }
}
