//! Photos, as the image gate made them, outside the database. A blob is on the disk before the row
//! that names it, so a case never points at a photo that a power cut took.

use bytes::Bytes;
use domain::ids::PhotoId;
use futures::TryStreamExt as _;
use object_store::local::LocalFileSystem;
use object_store::path::Path as BlobPath;
use object_store::{ObjectStore, ObjectStoreExt as _};
use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use crate::{Error, Result};
use domain::time::Timestamp;

/// The two sizes kept of each photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhotoSize {
    /// As large as it is shown.
    Full,
    /// For lists and forms.
    Small,
}

impl PhotoSize {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Full, Self::Small];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Small => "small",
        }
    }
}

/// The photos of a city.
#[derive(Debug, Clone)]
pub struct Blobs(Arc<dyn ObjectStore>);

impl Blobs {
    /// Photos as files under `folder`.
    pub(crate) fn open(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder).map_err(Error::file(folder))?;
        let files = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
        Ok(Self(Arc::new(files)))
    }

    fn path(id: PhotoId, size: PhotoSize) -> BlobPath {
        let id = id.to_string();
        // Two levels: no folder gets more than a 256th of all photos.
        BlobPath::from_iter([&id[..2], &format!("{id}-{}", size.as_str())])
    }

    /// Keeps both sizes of a photo; they are on the disk when this returns.
    ///
    /// # Errors
    /// [`Error::Full`] if there is no space; then neither size is kept.
    pub async fn put(&self, id: PhotoId, full: Bytes, small: Bytes) -> Result<()> {
        let put = async {
            self.0
                .put(&Self::path(id, PhotoSize::Full), full.into())
                .await?;
            self.0
                .put(&Self::path(id, PhotoSize::Small), small.into())
                .await?;
            Ok(())
        };
        let done: Result<()> = put.await;
        if done.is_err() {
            // Best effort: the sweep takes what stays behind.
            let _ = self.delete(id).await;
        }
        done
    }

    /// One size of a photo; `None` if it is not there.
    pub async fn get(&self, id: PhotoId, size: PhotoSize) -> Result<Option<Bytes>> {
        match self.0.get(&Self::path(id, size)).await {
            Ok(found) => Ok(Some(found.bytes().await?)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether both sizes of a photo are there and not empty.
    pub async fn has(&self, id: PhotoId) -> Result<bool> {
        for size in PhotoSize::ALL {
            match self.0.head(&Self::path(id, size)).await {
                Ok(found) if found.size > 0 => {}
                Ok(_) | Err(object_store::Error::NotFound { .. }) => return Ok(false),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(true)
    }

    /// Removes a photo; one that is not there is no error.
    pub async fn delete(&self, id: PhotoId) -> Result<()> {
        for size in PhotoSize::ALL {
            match self.0.delete(&Self::path(id, size)).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// The photos last written before `before`.
    pub async fn written_before(&self, before: Timestamp) -> Result<HashSet<PhotoId>> {
        let mut found = HashSet::new();
        let mut list = self.0.list(None);
        while let Some(meta) = list.try_next().await? {
            let name = meta.location.filename().unwrap_or_default();
            let Some(id) = name.split('-').next().and_then(|id| id.parse().ok()) else {
                continue;
            };
            if meta.last_modified.timestamp_millis() < before.millis() {
                found.insert(id);
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_photo_is_kept_in_two_sizes_and_goes_whole() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(folder.path()).unwrap();
        let id = PhotoId::new([7; 16]);
        assert!(!blobs.has(id).await.unwrap());
        blobs
            .put(
                id,
                Bytes::from_static(b"full"),
                Bytes::from_static(b"small"),
            )
            .await
            .unwrap();
        assert!(blobs.has(id).await.unwrap());
        let small = blobs.get(id, PhotoSize::Small).await.unwrap().unwrap();
        assert_eq!(&small[..], b"small");
        let later = Timestamp::from_millis(i64::MAX);
        assert_eq!(
            blobs.written_before(later).await.unwrap(),
            HashSet::from([id])
        );
        assert!(
            blobs
                .written_before(Timestamp::from_millis(0))
                .await
                .unwrap()
                .is_empty()
        );
        blobs.delete(id).await.unwrap();
        blobs.delete(id).await.unwrap();
        assert!(blobs.get(id, PhotoSize::Full).await.unwrap().is_none());
    }
}
