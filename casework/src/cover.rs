//! Covering what a photo shows too much of, before the public sees it, or cutting it off: faces,
//! number plates, a door.
//!
//! What is covered is filled and written anew, as one picture: nothing of it is left behind the
//! fill. It is not blurred, since some of that can be undone. What is cut is another picture as
//! well, of what was kept alone. The photo as it was taken stays with the offices and with whoever
//! took it.

use std::collections::BTreeSet;

use bytes::Bytes;
use domain::{
    access::{self, Viewer},
    case::Case,
    decide::{Act, Command, Refusal},
    event::{Fact, Words},
    ids::PhotoId,
    reference::CaseNumber,
    verb::Verb,
};
use store::PhotoSize;

use crate::{
    Desk, Error, Result, act,
    file::FilingKey,
    look::{all_photos, nth_photo, rulings},
    photos::{self, PhotoError},
    stage,
};

/// Fields across a photo.
pub const COLUMNS: u32 = 12;
/// Fields down a photo.
pub const ROWS: u32 = 9;

/// A field: column and row, from 0.
pub type Cell = (u32, u32);

/// What is to become of a photo for the public.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cover {
    /// These fields are covered.
    Cells(BTreeSet<Cell>),
    /// Only the rectangle around these fields is kept.
    Keep(BTreeSet<Cell>),
    /// It is not shown.
    Withheld,
    /// It was not shown, and is again, as it was before.
    Shown,
}

/// The first and the last field of the rectangle around these; none around none.
fn around(cells: &BTreeSet<Cell>) -> Option<(Cell, Cell)> {
    let columns = || cells.iter().map(|(column, _)| *column);
    let rows = || cells.iter().map(|(_, row)| *row);
    Some((
        (columns().min()?, rows().min()?),
        (columns().max()?, rows().max()?),
    ))
}

/// Whether the rectangle around these fields is all of a photo: then there is nothing to cut off.
#[must_use]
pub fn is_all(cells: &BTreeSet<Cell>) -> bool {
    around(cells) == Some(((0, 0), (COLUMNS - 1, ROWS - 1)))
}

/// A photo that is the viewer's to cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The event it came with.
    event: u32,
    /// Its number within that event.
    within: u8,
    /// As it was taken.
    id: PhotoId,
    /// What the public gets in its place, or would if it were not withheld: the number of that picture
    /// within the case, and the picture.
    instead: Option<(u32, PhotoId)>,
    /// The public does not get it at all.
    withheld: bool,
}

impl Found {
    /// The number of the picture that is shown in its place, or would be if it were not withheld.
    #[must_use]
    pub fn shown_instead(&self) -> Option<u32> {
        self.instead.map(|(number, _)| number)
    }

    /// Whether the public does not get it at all.
    #[must_use]
    pub const fn is_withheld(&self) -> bool {
        self.withheld
    }
}

/// Covers or cuts a photo, by its number in the case, keeps it from the public or shows it again. What was
/// covered or cut before stays so, withheld meanwhile or not, unless it is begun `anew`, with the photo as it
/// was taken. `key` is the form's, `address` the network address.
///
/// # Errors
/// As [`act::act`]; [`Error::NotFound`] for a photo that is none, or is itself what another is covered
/// with; [`Refusal::AlreadyDone`] where it is shown already; [`Error::Photo`] where the picture cannot be
/// drawn, or too little of it would be left.
pub async fn cover(
    desk: &Desk,
    viewer: &Viewer,
    (key, address): (&FilingKey, &[u8]),
    number: CaseNumber,
    photo: u32,
    version: Option<u32>,
    (cover, anew): (Cover, bool),
) -> Result<Case> {
    let found = find(desk, viewer, number, photo).await?;
    let act = |withheld| Act::Cover {
        version: found.event,
        photo: found.within,
        withheld,
    };
    let instead = found.instead.filter(|_| !anew);
    let id = instead.map_or(found.id, |(_, instead)| instead);
    let grid = (COLUMNS, ROWS);
    let drawn = match cover {
        Cover::Withheld => return act::act(desk, viewer, number, version, act(true)).await,
        Cover::Shown if !found.withheld => return Err(Refusal::AlreadyDone.into()),
        Cover::Shown => {
            let again = Act::ShowPhoto {
                version: found.event,
                photo: found.within,
            };
            return act::act(desk, viewer, number, version, again).await;
        }
        Cover::Cells(cells) => {
            let full = picture(desk, id).await?;
            let work = move || photos::cover(&full, &cells, grid);
            desk.gate.draw(work).await?
        }
        Cover::Keep(cells) => {
            let full = picture(desk, id).await?;
            let part = around(&cells).ok_or(PhotoError::TooSmall)?;
            let work = move || photos::crop(&full, part, grid);
            desk.gate.draw(work).await?
        }
    };
    let staged = stage::stage(desk, key, address, Bytes::from(drawn)).await?;
    let words = Words {
        photos: vec![staged],
        ..Words::default()
    };
    let command = Command {
        act: act(false),
        words: Some(words),
    };
    act::act_with_photos(desk, viewer, key, number, version, command).await
}

/// The photo, if it is the viewer's to cover.
///
/// # Errors
/// [`Error::NotFound`] and [`Error::Forbidden`].
pub async fn find(desk: &Desk, viewer: &Viewer, number: CaseNumber, photo: u32) -> Result<Found> {
    let mut reading = desk.store.read().await?;
    let case = reading.case(&access::scope(viewer), &number).await?;
    let case = case.filter(|case| access::is_inside(viewer, case));
    let case = case.ok_or(Error::NotFound)?;
    access::may(viewer, Verb::Redact, &case)?;
    let events = reading.events(&case).await?;
    let found = nth_photo(&events, photo);
    let found =
        found.filter(|(recorded, ..)| !matches!(recorded.event.fact, Fact::PhotoCovered { .. }));
    let (recorded, within, id) = found.ok_or(Error::NotFound)?;
    let event = recorded.version;
    let ruling = rulings(&events).get(&(event, within)).copied();
    let ruling = ruling.unwrap_or_default();
    let cover = ruling.instead.map(|(by, _)| by);
    let mut pictures = (1..).zip(all_photos(&events));
    let instead = pictures.find(|(_, (by, ..))| Some(by.version) == cover);
    Ok(Found {
        event,
        within,
        id,
        instead: instead.map(|(number, (.., picture))| (number, picture)),
        withheld: ruling.withheld,
    })
}

async fn picture(desk: &Desk, id: PhotoId) -> Result<Bytes> {
    let full = desk.store.blobs().get(id, PhotoSize::Full).await?;
    full.ok_or(Error::NotFound)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_corners_say_which_part_is_kept() {
        let around_of = |cells: &[Cell]| around(&cells.iter().copied().collect());
        assert_eq!(around_of(&[]), None);
        assert_eq!(around_of(&[(3, 7)]), Some(((3, 7), (3, 7))));
        assert_eq!(around_of(&[(3, 7), (9, 2)]), Some(((3, 2), (9, 7))));
        let between = [(3, 2), (4, 5), (9, 7)];
        assert_eq!(around_of(&between), Some(((3, 2), (9, 7))));
    }

    #[test]
    fn all_of_a_photo_is_all_of_it_by_its_corners_too() {
        let is_all_of = |cells: &[Cell]| is_all(&cells.iter().copied().collect());
        assert!(is_all_of(&[(0, 0), (COLUMNS - 1, ROWS - 1)]));
        assert!(is_all_of(&[(COLUMNS - 1, 0), (0, ROWS - 1)]));
        assert!(!is_all_of(&[(0, 0), (COLUMNS - 1, ROWS - 2)]));
        assert!(!is_all_of(&[]));
    }
}
