//! Room for photos on their way in.
//!
//! A form with photos is held in memory until the gate has written them anew. Fifty residents who
//! send at once would otherwise take what the machine has; so whoever brings much waits until there
//! is room, and after a while is read without photos: what was typed always arrives.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;
use http::header::CONTENT_LENGTH;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;

/// Bytes of all large bodies that are read at once: two forms full of photos, or forty telephones
/// with one each.
const BYTES: usize = 128 * 1024 * 1024;
/// How long somebody waits for room. In this time what is before him is read, unless it crawls.
const WAIT: Duration = Duration::from_secs(10);
/// Bodies up to here are read at once; a form without photos is one of them.
const SMALL: u64 = 512 * 1024;

/// The room of this process.
static ROOM: Semaphore = Semaphore::const_new(BYTES);

/// A place in the room, free again when dropped.
#[derive(Debug)]
pub struct Place {
    /// None for a small body, which takes none of the room.
    _permit: Option<SemaphorePermit<'static>>,
}

/// Waits for room for the body these headers announce, at most `most` bytes of it.
///
/// First come, first served; who announces no length needs all that could come.
///
/// # Errors
/// [`NoRoom`] when none became free in ten seconds.
pub async fn place(headers: &HeaderMap, most: u64) -> Result<Place, NoRoom> {
    place_in(&ROOM, WAIT, headers, most).await
}

/// So much is being read at the moment that no more fits beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no room for another large body")]
pub struct NoRoom;

async fn place_in(
    room: &'static Semaphore,
    wait: Duration,
    headers: &HeaderMap,
    most: u64,
) -> Result<Place, NoRoom> {
    let announced = headers.get(CONTENT_LENGTH);
    let announced = announced.and_then(|value| value.to_str().ok()?.parse().ok());
    let needed = announced.unwrap_or(most).min(most);
    if needed <= SMALL {
        return Ok(Place { _permit: None });
    }
    let needed = u32::try_from(needed.min(BYTES as u64)).map_err(|_| NoRoom)?;
    match timeout(wait, room.acquire_many(needed)).await {
        Ok(Ok(permit)) => Ok(Place {
            _permit: Some(permit),
        }),
        _ => Err(NoRoom),
    }
}

/// Bytes that keep their place as long as anybody holds them.
struct Kept {
    bytes: Bytes,
    _place: Arc<Place>,
}

impl AsRef<[u8]> for Kept {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

/// `bytes`, which hold `place` until the last of them is dropped.
pub(super) fn keep(bytes: Bytes, place: &Arc<Place>) -> Bytes {
    Bytes::from_owner(Kept {
        bytes,
        _place: Arc::clone(place),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn announced(length: u64) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_LENGTH, length.into());
        headers
    }

    #[tokio::test]
    async fn what_does_not_fit_waits_and_then_gives_up() {
        let room: &'static Semaphore = Box::leak(Box::new(Semaphore::new(10 << 20)));
        let soon = Duration::from_millis(30);
        let ask = async |length| place_in(room, soon, &announced(length), 64 << 20).await;
        let first = ask(8 << 20).await.unwrap();
        assert_eq!(ask(3 << 20).await.err(), Some(NoRoom));
        assert!(ask(2 << 20).await.is_ok(), "beside it there is some");
        assert!(
            ask(SMALL).await.is_ok(),
            "a form without photos never waits"
        );

        // Whoever holds the bytes holds the place.
        let photo = keep(Bytes::from_static(b"a photo"), &Arc::new(first));
        let other = photo.clone();
        drop(photo);
        assert_eq!(ask(8 << 20).await.err(), Some(NoRoom));
        drop(other);
        assert!(ask(8 << 20).await.is_ok());
        assert_eq!(
            place_in(room, soon, &HeaderMap::new(), 64 << 20)
                .await
                .err(),
            Some(NoRoom),
            "no length needs all that could come"
        );
    }
}
