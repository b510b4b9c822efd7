//! Photos, as the image gate made them, outside the database. A blob is on the disk before the row
//! that names it, so a case never points at a photo that a power cut took.
//!
//! A photo that could not be written is an answer like any other only where the disk says that it
//! is full, or never began. Anything else (a failed fsync above all) ends the process, as a failed
//! commit does: the same disk holds the database, and asking it again would be told a lie.

use bytes::Bytes;
use domain::ids::PhotoId;
use futures::TryStreamExt as _;
use object_store::local::LocalFileSystem;
use object_store::path::Path as BlobPath;
use object_store::{ObjectStore, ObjectStoreExt as _};
use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use crate::writer::OnFatal;
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
#[derive(Clone)]
pub struct Blobs {
    files: Arc<dyn ObjectStore>,
    on_fatal: OnFatal,
}

impl Blobs {
    /// Photos as files under `folder`.
    pub(crate) fn open(folder: &Path, on_fatal: OnFatal) -> Result<Self> {
        std::fs::create_dir_all(folder).map_err(Error::file(folder))?;
        let files = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
        Ok(Self {
            files: Arc::new(files),
            on_fatal,
        })
    }

    fn path(id: PhotoId, size: PhotoSize) -> BlobPath {
        let id = id.to_string();
        // Two levels: no folder gets more than a 256th of all photos.
        BlobPath::from_iter([&id[..2], &format!("{id}-{}", size.as_str())])
    }

    /// Keeps both sizes of a photo; they are on the disk when this returns.
    ///
    /// # Errors
    /// [`Error::Full`] if there is no space; then neither size is kept. [`Error::Fatal`] if nobody
    /// knows what is on the disk: in a running server nobody hears it.
    pub async fn put(&self, id: PhotoId, full: Bytes, small: Bytes) -> Result<()> {
        let put = async {
            for (size, bytes) in [(PhotoSize::Full, full), (PhotoSize::Small, small)] {
                self.files.put(&Self::path(id, size), bytes.into()).await?;
            }
            Ok(())
        };
        let done: Result<(), object_store::Error> = put.await;
        let Err(error) = done else { return Ok(()) };
        if leaves_doubt(&error) {
            let why = format!("a photo could not be written: {error}");
            (self.on_fatal)(&why);
            return Err(Error::Fatal(why));
        }
        // Best effort: the sweep takes what stays behind.
        let _ = self.delete(id).await;
        Err(error.into())
    }

    /// One size of a photo; `None` if it is not there.
    pub async fn get(&self, id: PhotoId, size: PhotoSize) -> Result<Option<Bytes>> {
        match self.files.get(&Self::path(id, size)).await {
            Ok(found) => Ok(Some(found.bytes().await?)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether both sizes of a photo are there and not empty.
    pub async fn has(&self, id: PhotoId) -> Result<bool> {
        for size in PhotoSize::ALL {
            match self.files.head(&Self::path(id, size)).await {
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
            match self.files.delete(&Self::path(id, size)).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// The photos last written before `before`.
    pub async fn written_before(&self, before: Timestamp) -> Result<HashSet<PhotoId>> {
        let mut found = HashSet::new();
        let mut list = self.files.list(None);
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

/// Whether a failed write leaves open what is on the disk. `object_store` does not tell an fsync
/// that failed from a write that did, so it goes by what the system said: these never began, or
/// did not fit.
fn leaves_doubt(error: &object_store::Error) -> bool {
    use std::io::ErrorKind::{NotFound, OutOfMemory, PermissionDenied, QuotaExceeded, StorageFull};
    /// Too many open files, of the machine and of the process (errno.h).
    const TOO_MANY_FILES: [i32; 2] = [23, 24];
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(cause) = source {
        if let Some(error) = cause.downcast_ref::<std::io::Error>() {
            let harmless = matches!(
                error.kind(),
                NotFound | OutOfMemory | PermissionDenied | QuotaExceeded | StorageFull
            );
            let files = error.raw_os_error();
            return !harmless && !files.is_some_and(|code| TOO_MANY_FILES.contains(&code));
        }
        source = cause.source();
    }
    // Not said by the disk.
    false
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::Mutex;

    use super::*;

    fn watched(folder: &Path) -> (Blobs, Arc<Mutex<Vec<String>>>) {
        let ended = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&ended);
        let on_fatal: OnFatal = Arc::new(move |why| seen.lock().unwrap().push(why.to_owned()));
        (Blobs::open(folder, on_fatal).unwrap(), ended)
    }

    async fn put(blobs: &Blobs, id: PhotoId) -> Result<()> {
        let (full, small) = (Bytes::from_static(b"full"), Bytes::from_static(b"small"));
        blobs.put(id, full, small).await
    }

    #[tokio::test]
    async fn a_photo_that_may_or_may_not_be_on_the_disk_ends_the_process() {
        let folder = tempfile::tempdir().unwrap();
        let (blobs, ended) = watched(folder.path());
        let id = PhotoId::new([7; 16]);
        // A file lies where the folder of the photo belongs.
        let in_the_way = folder.path().join(&id.to_string()[..2]);
        std::fs::write(&in_the_way, b"").unwrap();
        let answer = put(&blobs, id).await;
        assert!(matches!(answer, Err(Error::Fatal(_))), "{answer:?}");
        assert_eq!(ended.lock().unwrap().len(), 1);
    }

    #[test]
    fn only_what_never_began_or_did_not_fit_is_an_answer() {
        let failed = |error: io::Error| object_store::Error::Generic {
            store: "test",
            source: Box::new(error),
        };
        // From errno.h: I/O, read-only, corrupted, remote I/O, timed out.
        for code in [5, 30, 117, 121, 110] {
            let error = io::Error::from_raw_os_error(code);
            assert!(leaves_doubt(&failed(error)), "{code}");
        }
        // Not there, not allowed, no memory, no space, over quota, too many files.
        for code in [2, 13, 12, 28, 122, 23, 24] {
            let error = io::Error::from_raw_os_error(code);
            assert!(!leaves_doubt(&failed(error)), "{code}");
        }
    }

    #[tokio::test]
    async fn a_photo_is_kept_in_two_sizes_and_goes_whole() {
        let folder = tempfile::tempdir().unwrap();
        let (blobs, ended) = watched(folder.path());
        let id = PhotoId::new([7; 16]);
        assert!(!blobs.has(id).await.unwrap());
        put(&blobs, id).await.unwrap();
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
        assert!(ended.lock().unwrap().is_empty());
    }
}
