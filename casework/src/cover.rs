//! Covering what a photo shows too much of, before the public sees it: faces, number plates, a door.
//!
//! What is covered is filled and written anew, as one picture: nothing of it is left behind the
//! fill. The photo as it was taken stays with the offices and with whoever took it.

use std::{collections::BTreeSet, sync::Arc};

use bytes::Bytes;
use domain::{
    access::{self, Viewer},
    case::Case,
    decide::{Act, Command},
    event::{Fact, Words},
    ids::PhotoId,
    reference::CaseNumber,
    verb::Verb,
};
use store::PhotoSize;

use crate::{Desk, Error, Result, act, file::FilingKey, look::nth_photo, photos, stage};

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
    /// It is not shown.
    Withheld,
}

/// Covers a photo, by its number in the case. `key` is the form's, `address` the network address.
///
/// # Errors
/// As [`act::act`]; [`Error::NotFound`] for a photo that is none, or is itself what another is covered
/// with; [`Error::Photo`] where the picture cannot be drawn.
pub async fn cover(
    desk: &Desk,
    viewer: &Viewer,
    (key, address): (&FilingKey, &[u8]),
    number: CaseNumber,
    photo: u32,
    version: Option<u32>,
    cover: Cover,
) -> Result<Case> {
    let (event, within, id) = find(desk, viewer, number, photo).await?;
    let act = |withheld| Act::Cover {
        version: event,
        photo: within,
        withheld,
    };
    let Cover::Cells(cells) = cover else {
        return act::act(desk, viewer, number, version, act(true)).await;
    };
    let full = desk.store.blobs().get(id, PhotoSize::Full).await?;
    let full = full.ok_or(Error::NotFound)?;
    let drawn = draw(desk, full, cells).await?;
    let staged = stage::stage(desk, key, address, drawn).await?;
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
pub async fn find(
    desk: &Desk,
    viewer: &Viewer,
    number: CaseNumber,
    photo: u32,
) -> Result<(u32, u8, PhotoId)> {
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
    Ok((recorded.version, within, id))
}

async fn draw(desk: &Desk, full: Bytes, cells: BTreeSet<Cell>) -> Result<Bytes> {
    let work = Arc::new(cells);
    let drawn = desk
        .gate
        .draw(move || photos::cover(&full, &work, (COLUMNS, ROWS)));
    Ok(Bytes::from(drawn.await?))
}
