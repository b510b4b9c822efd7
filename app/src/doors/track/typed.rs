//! What was typed for an act, from its form to the page that gives it back.

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use casework::{
    file::FilingKey,
    stage,
    views::{CaseStory, Entry, Who},
};
use domain::{draft::MAX_PHOTOS, event::Fact, ids::PhotoId, reference::CaseNumber, verb::Verb};

use super::super::{Ask, Doors, Oops, photos};
use crate::{
    form::{Fault, PhotoFault},
    http::body::FormBody,
    pages::{Kept, StagedPhoto, takes_photos},
};

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
    /// What its photos wait under.
    pub(super) key: FilingKey,
    pub(super) staged: Vec<PhotoId>,
    /// Photos that the form showed and that were unticked.
    dropped: Vec<PhotoId>,
    pub(super) faults: Vec<Fault>,
}

impl Typed {
    pub(super) fn read(doors: &Doors, form: &FormBody, verb: Verb) -> Self {
        let text = |name: &str| form.get(name).unwrap_or_default().to_owned();
        let key = form.get("key").and_then(|key| FilingKey::new(key).ok());
        let mut staged = Vec::new();
        // Without its key nothing waits.
        if key.is_some() {
            for id in ids(form, "staged") {
                if staged.len() < MAX_PHOTOS && !staged.contains(&id) {
                    staged.push(id);
                }
            }
        }
        let dropped = ids(form, "offered").filter(|id| !staged.contains(id));
        Self {
            verb,
            number: number(form),
            version: form.get("version").and_then(|version| version.parse().ok()),
            text: text("text"),
            stars: text("stars"),
            visibility: text("visibility"),
            dropped: dropped.take(MAX_PHOTOS).collect(),
            key: key.unwrap_or_else(|| FilingKey::draw(&doors.desk)),
            staged,
            faults: Vec::new(),
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
        if !takes_photos(self.verb) {
            return Ok(());
        }
        if !doors.read_only {
            for id in std::mem::take(&mut self.dropped) {
                stage::unstage(&doors.desk, &self.key, id).await?;
            }
        }
        let (staged, faults) = (&mut self.staged, &mut self.faults);
        photos::take(doors, ask, &self.key, form, staged, faults).await
    }

    /// Says so if a photo waits no more: after a day, or because it went with another post.
    ///
    /// # Errors
    /// If the store does not answer.
    pub(super) async fn miss_photos(&mut self, doors: &Doors) -> Result<bool, Oops> {
        let waiting = stage::staged(&doors.desk, &self.key).await?;
        let before = self.staged.len();
        self.staged
            .retain(|id| waiting.iter().any(|(staged, _)| staged == id));
        let missed = self.staged.len() < before;
        if missed {
            self.faults.push(Fault::Photo(PhotoFault::Gone));
        }
        Ok(missed)
    }

    /// What happened since the person looked, as far as they are told; that somebody else has the
    /// same problem changes nothing for what they were about to say.
    pub(super) fn news(&self, story: &CaseStory) -> Vec<Entry> {
        let Some(seen) = self.version.filter(|_| !self.is_for_another(story)) else {
            return Vec::new();
        };
        let news = story
            .timeline
            .iter()
            .filter(|entry| entry.version > seen && !matches!(entry.fact, Fact::Joined { .. }));
        news.cloned().collect()
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
        self.staged.is_empty() && news.iter().any(same)
    }

    /// As the page gives it back. A key under which nothing waits is not used again: it may have
    /// been used up.
    pub(super) async fn keep(self, doors: &Doors) -> (Kept, Vec<Fault>) {
        let waiting = stage::staged(&doors.desk, &self.key).await;
        let staged: Vec<StagedPhoto> = waiting
            .unwrap_or_default()
            .into_iter()
            .filter(|(id, _)| self.staged.contains(id))
            .map(|(id, bytes)| StagedPhoto {
                id: id.to_string(),
                thumb: format!("data:image/jpeg;base64,{}", BASE64.encode(&bytes)),
            })
            .collect();
        let key = if staged.is_empty() {
            FilingKey::draw(&doors.desk)
        } else {
            self.key
        };
        let kept = Kept {
            verb: self.verb,
            number: self.number.unwrap_or_default(),
            version: self.version,
            text: self.text,
            stars: self.stars,
            visibility: self.visibility,
            key: key.as_str().to_owned(),
            staged,
        };
        (kept, self.faults)
    }
}

/// The number of a case that a form of ours bears; anything else is nothing.
pub(super) fn number(form: &FormBody) -> Option<String> {
    let number = form.get("number")?.parse::<CaseNumber>().ok()?;
    Some(number.to_string())
}

fn ids<'f>(form: &'f FormBody, name: &'f str) -> impl Iterator<Item = PhotoId> {
    form.all(name).filter_map(|id| id.parse().ok())
}
