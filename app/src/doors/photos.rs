//! Photos of a post, for every form that takes them: through the same gate, staged under its key.

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use casework::{file::FilingKey, photos::PhotoError, stage};
use domain::{
    draft::{Field, FieldError, MAX_PHOTOS},
    ids::PhotoId,
};

use super::{Ask, Doors, Oops};
use crate::{
    form::{Fault, PhotoFault},
    http::body::{FileRefusal, FormBody},
    pages::StagedPhoto,
};

/// The photos of a form that may come back: those that wait under its key, and what was wrong.
pub(super) struct Waiting {
    /// What they wait under.
    pub(super) key: FilingKey,
    /// Those that are to go along.
    pub(super) staged: Vec<PhotoId>,
    /// Those that the form showed and that were unticked.
    dropped: Vec<PhotoId>,
    /// What was wrong.
    pub(super) faults: Vec<Fault>,
}

impl Waiting {
    /// What of a form says which photos wait.
    pub(super) fn read(doors: &Doors, form: &FormBody) -> Self {
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
    pub(super) async fn take(
        &mut self,
        doors: &Doors,
        ask: &Ask,
        form: &FormBody,
    ) -> Result<(), Oops> {
        if !doors.read_only {
            for id in std::mem::take(&mut self.dropped) {
                stage::unstage(&doors.desk, &self.key, id).await?;
            }
        }
        let (staged, faults) = (&mut self.staged, &mut self.faults);
        take(doors, ask, &self.key, form, staged, faults).await
    }

    /// Says so if a photo waits no more: after a day, or because it went with another post.
    ///
    /// # Errors
    /// If the store does not answer.
    pub(super) async fn miss(&mut self, doors: &Doors) -> Result<bool, Oops> {
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

    /// Whether all that is wrong with the photos is that nobody can take them in at the moment.
    pub(super) fn lacks_only_room(&self) -> bool {
        let no_room = |fault: &Fault| {
            matches!(
                fault,
                Fault::Photo(PhotoFault::NoRoom | PhotoFault::NotKept)
            )
        };
        !self.faults.is_empty() && self.faults.iter().all(no_room)
    }

    /// As a page gives them back, with the key of the form that holds them. A key under which
    /// nothing waits is not used again: it may have been used up.
    pub(super) async fn keep(&self, doors: &Doors) -> (String, Vec<StagedPhoto>) {
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
            FilingKey::draw(&doors.desk).as_str().to_owned()
        } else {
            self.key.as_str().to_owned()
        };
        (key, staged)
    }
}

fn ids<'f>(form: &'f FormBody, name: &'f str) -> impl Iterator<Item = PhotoId> {
    form.all(name).filter_map(|id| id.parse().ok())
}

/// Takes the photos of a post in, whatever else is wrong with it, and adds them to `staged`, which
/// holds those of earlier posts of the same form. What is wrong with a photo is added to `faults`;
/// the good ones stay.
///
/// # Errors
/// If nothing can be kept at the moment. What was staged before that stays in `staged`, and a
/// fault says that photos are to be chosen again: a browser cannot be handed back its files.
pub(super) async fn take(
    doors: &Doors,
    ask: &Ask,
    key: &FilingKey,
    form: &FormBody,
    staged: &mut Vec<PhotoId>,
    faults: &mut Vec<Fault>,
) -> Result<(), Oops> {
    let too_big = Fault::Photo(PhotoFault::TooBig(doors.forms.file >> 20));
    let too_many = Fault::Draft(Field::Photos, FieldError::TooMany(MAX_PHOTOS));
    faults.extend(form.refused.iter().map(|refused| match refused.why {
        FileRefusal::TooLarge => too_big,
        FileRefusal::TooMany => too_many,
        FileRefusal::NoRoom => Fault::Photo(PhotoFault::NoRoom),
    }));
    let address = ask.network.to_bytes();
    let mut answer = Ok(());
    for file in form.files.iter().filter(|file| file.field == "photos") {
        if staged.len() >= MAX_PHOTOS {
            faults.push(too_many);
            break;
        }
        if doors.read_only {
            answer = Err(Oops::ReadOnly);
            break;
        }
        match stage::stage(&doors.desk, key, &address, file.bytes.clone()).await {
            Ok(id) if staged.contains(&id) => {}
            Ok(id) => staged.push(id),
            Err(error) => match stage::photo_error(&error) {
                Some(PhotoError::TooLarge) => faults.push(too_big),
                Some(PhotoError::NotAPicture | PhotoError::Damaged | PhotoError::TooSmall) => {
                    faults.push(Fault::Photo(PhotoFault::NotAPhoto));
                }
                Some(PhotoError::Busy) => faults.push(Fault::Photo(PhotoFault::NoRoom)),
                None => {
                    answer = Err(error.into());
                    break;
                }
            },
        }
    }
    if answer.is_err() {
        faults.push(Fault::Photo(PhotoFault::NotKept));
    }
    faults.dedup();
    answer
}
