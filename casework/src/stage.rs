//! Photos on their way: through the gate, onto the disk, bound to a form, for a day at most.

use std::sync::Arc;

use bytes::Bytes;
use domain::{draft::MAX_PHOTOS, ids::PhotoId};
use futures::FutureExt as _;
use sha2::{Digest as _, Sha256};
use store::PhotoSize;

use crate::{Desk, Error, Result, file::FilingKey, photos::PhotoError};

/// How much may wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Photos that one network address may stage in an hour.
    pub per_address: u64,
    /// Bytes that may be staged in all; beyond it text can still be filed.
    pub in_all: u64,
}

impl Default for Room {
    fn default() -> Self {
        Self {
            per_address: 60,
            in_all: 1_000_000_000,
        }
    }
}

/// The id of an upload: the same picture under the same key is the same photo, so that a retry
/// names what the first try named; nobody else can guess it.
fn photo_id(desk: &Desk, key: &FilingKey, upload: &[u8]) -> PhotoId {
    let keys = desk.store.keys();
    let mac = keys
        .session
        .current()
        .mac(&[b"photo/1", key.as_str().as_bytes(), upload]);
    let mut id = [0; 16];
    id.copy_from_slice(&mac[..16]);
    PhotoId::new(id)
}

/// What a picture is recognised by when it is handed in again.
fn print(full: &[u8]) -> [u8; 16] {
    let digest = Sha256::digest(full);
    let mut print = [0; 16];
    print.copy_from_slice(&digest[..16]);
    print
}

/// Takes a photo for a form. `address` is the network address, counted and not kept.
///
/// # Errors
/// [`Error::Photo`] from the gate, [`Error::NoRoomForPhotos`] beyond the limits, and the store's.
pub async fn stage(desk: &Desk, key: &FilingKey, address: &[u8], upload: Bytes) -> Result<PhotoId> {
    let id = photo_id(desk, key, &upload);
    let mut reading = desk.store.read().await?;
    if reading.filed_with(key.as_str(), b"").await?.is_some() {
        // A retry of an accepted filing: the photo is the case's already.
        return Ok(id);
    }
    let waiting = reading.staged_photos(key.as_str()).await?;
    if waiting.contains(&id) {
        return Ok(id);
    }
    let staged = reading.staged(key.as_str(), address).await?;
    drop(reading);
    let room = desk.room;
    let full = staged.of_address >= room.per_address || staged.bytes >= room.in_all;
    if waiting.len() >= MAX_PHOTOS || full {
        return Err(Error::NoRoomForPhotos);
    }
    let gated = desk.gate.pass(upload).await?;
    let print = print(&gated.full);
    let bytes = (gated.full.len() + gated.thumb.len()) as u64;
    let (full, thumb) = (Bytes::from(gated.full), Bytes::from(gated.thumb));
    // The blob is on the disk before any row names it.
    desk.store.blobs().put(id, full, thumb).await?;
    let work = Arc::new((key.clone(), address.to_vec()));
    desk.store
        .write::<_, (), Error>(move |tx| {
            let work = Arc::clone(&work);
            async move {
                let (key, address) = &*work;
                if tx.staged_photos(key.as_str()).await?.contains(&id) || tx.is_kept(id).await? {
                    return Ok(());
                }
                Ok(tx
                    .stage_photo((id, print), key.as_str(), address, bytes)
                    .await?)
            }
            .boxed()
        })
        .await?;
    Ok(id)
}

/// Takes a photo off a form again.
///
/// # Errors
/// If the store does not answer.
pub async fn unstage(desk: &Desk, key: &FilingKey, id: PhotoId) -> Result<()> {
    let key = key.clone();
    let removed = desk
        .store
        .write::<_, bool, Error>(move |tx| {
            let key = key.clone();
            async move { Ok(tx.unstage_photo(key.as_str(), id).await?) }.boxed()
        })
        .await?;
    if removed {
        desk.store.blobs().delete(id).await?;
    }
    Ok(())
}

/// The small pictures of the photos a form waits with, in the order they came.
///
/// # Errors
/// If the store does not answer.
pub async fn staged(desk: &Desk, key: &FilingKey) -> Result<Vec<(PhotoId, Bytes)>> {
    let ids = desk.store.read().await?.staged_photos(key.as_str()).await?;
    let mut photos = Vec::with_capacity(ids.len());
    for id in ids {
        if let Some(bytes) = desk.store.blobs().get(id, PhotoSize::Small).await? {
            photos.push((id, bytes));
        }
    }
    Ok(photos)
}

/// Why a photo was not taken, when its form goes on without it.
#[must_use]
pub fn photo_error(error: &Error) -> Option<PhotoError> {
    match error {
        Error::Photo(error) => Some(*error),
        Error::NoRoomForPhotos => Some(PhotoError::Busy),
        _ => None,
    }
}
