//! What was typed for an act, from its form to the page that gives it back.

use casework::views::{CaseStory, Entry, Who};
use domain::{event::Fact, reference::CaseNumber, verb::Verb};

use super::super::{Ask, Doors, Oops, photos::Waiting};
use crate::{form::Fault, http::body::FormBody, pages::Kept};

/// An act as it was posted.
pub(super) struct Typed {
    pub(super) verb: Verb,
    /// The case the form was made for, if it says so.
    pub(super) number: Option<String>,
    /// The version the person had seen, if the form says so.
    pub(super) version: Option<u32>,
    pub(super) text: String,
    stars: String,
    visibility: String,
    /// Its photos, and all that was wrong.
    pub(super) waiting: Waiting,
}

impl Typed {
    pub(super) fn read(doors: &Doors, form: &FormBody, verb: Verb) -> Self {
        let text = |name: &str| form.get(name).unwrap_or_default().to_owned();
        Self {
            verb,
            number: number(form),
            version: form.get("version").and_then(|version| version.parse().ok()),
            text: text("text"),
            stars: text("stars"),
            visibility: text("visibility"),
            waiting: Waiting::read(doors, form),
        }
    }

    /// Takes the photos of this post in and lets go of those that were unticked.
    ///
    /// # Errors
    /// If nothing can be kept at the moment; what waits goes on waiting.
    pub(super) async fn take_photos(
        &mut self,
        doors: &Doors,
        ask: &Ask,
        form: &FormBody,
    ) -> Result<(), Oops> {
        if !self.verb.takes_photos() {
            return Ok(());
        }
        self.waiting.take(doors, ask, form).await
    }

    /// What happened since the person looked, as far as they are told; that somebody else has the
    /// same problem changes nothing for what they were about to say.
    pub(super) fn news(&self, story: &CaseStory) -> Vec<Entry> {
        let seen = self.version.filter(|_| !self.is_for_another(story));
        seen.map_or_else(Vec::new, |seen| story.since(seen))
    }

    /// Whether the form was made for another case than this.
    pub(super) fn is_for_another(&self, story: &CaseStory) -> bool {
        let number = self.number.as_ref();
        number.is_some_and(|number| *number != story.card.number)
    }

    /// Whether the reporter's same words arrived meanwhile: the button was pressed twice. With
    /// photos nobody can say, so those are asked about.
    pub(super) fn was_said(&self, news: &[Entry]) -> bool {
        let same = |entry: &Entry| {
            let verb = match entry.fact {
                Fact::Answered { .. } => Verb::Answer,
                Fact::InformationAdded { .. } => Verb::AddInformation,
                _ => return false,
            };
            let text = entry.text.as_deref().map(str::trim);
            let plain = entry.photos.is_empty() && entry.who == Who::Reporter;
            plain && verb == self.verb && text == Some(self.text.trim())
        };
        self.waiting.staged.is_empty() && news.iter().any(same)
    }

    /// As the page gives it back.
    pub(super) async fn keep(self, doors: &Doors) -> (Kept, Vec<Fault>) {
        let (key, staged) = self.waiting.keep(doors).await;
        let kept = Kept {
            verb: self.verb,
            number: self.number.unwrap_or_default(),
            version: self.version,
            text: self.text,
            stars: self.stars,
            visibility: self.visibility,
            key,
            staged,
        };
        (kept, self.waiting.faults)
    }
}

/// The number of a case that a form of ours bears; anything else is nothing.
pub(super) fn number(form: &FormBody) -> Option<String> {
    let number = form.get("number")?.parse::<CaseNumber>().ok()?;
    Some(number.to_string())
}
