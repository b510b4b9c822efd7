//! Photos of a post, for every form that takes them: through the same gate, staged under its key.

use casework::{file::FilingKey, photos::PhotoError, stage};
use domain::{
    draft::{Field, FieldError, MAX_PHOTOS},
    ids::PhotoId,
};

use super::{Ask, Doors, Oops};
use crate::{
    form::{Fault, PhotoFault},
    http::body::{FileRefusal, FormBody},
};

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
                Some(PhotoError::NotAPicture | PhotoError::Damaged) => {
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
