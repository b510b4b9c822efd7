//! Photos that wait for their filing. They are blobs already; the row binds them to the form's key
//! (its hash) and counts them by network address (a keyed hash), because they cost space before
//! anybody has filed anything.

use domain::ids::{CaseId, PhotoId};
use domain::time::{Millis, Timestamp};

use crate::engine::{execute, fetch_all, fetch_optional, statements};
use crate::filing_keys::key_hash;
use crate::tx::{Reading, Tx};
use crate::{Error, Result, Store};

statements! {
    INSERT = "INSERT INTO staged_photo (id, form, address, bytes, staged_at) \
              VALUES ($1, $2, $3, $4, $5)";
    OF_FORM = "SELECT id FROM staged_photo WHERE form = $1 AND staged_at > $2 ORDER BY staged_at, id";
    REMOVE = "DELETE FROM staged_photo WHERE form = $1 AND id = $2";
    TAKE = "DELETE FROM staged_photo WHERE form = $1";
    BY_ADDRESS = "SELECT COUNT(*) FROM staged_photo WHERE address = $1 AND staged_at > $2";
    SUM = "SELECT CAST(COALESCE(SUM(bytes), 0) AS BIGINT) FROM staged_photo";
    OLD = "SELECT id FROM staged_photo WHERE staged_at <= $1 ORDER BY staged_at LIMIT 500";
    REMOVE_ID = "DELETE FROM staged_photo WHERE id = $1";
    KEPT = "SELECT id FROM photo WHERE id = $1";
    PRINT = "INSERT INTO photo_print (id, print, at) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING";
    FORGET_PRINT = "DELETE FROM photo_print WHERE id = $1";
    SAME = "SELECT mine.id, theirs.case_id FROM photo mine \
            JOIN photo_print a ON a.id = mine.id \
            JOIN photo_print b ON b.print = a.print AND b.id <> a.id \
                              AND (b.at < a.at OR (b.at = a.at AND b.id < a.id)) \
            JOIN photo theirs ON theirs.id = b.id \
            WHERE mine.case_id = $1 ORDER BY mine.version, mine.no, b.at LIMIT 100";
    KNOWN = "SELECT id FROM photo WHERE id = $1 UNION ALL SELECT id FROM staged_photo WHERE id = $1";
}

/// How long a staged photo waits.
pub const STAGED_FOR: Millis = Millis::hours(24);

/// How much is staged, asked before more is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Staged {
    /// Photos of this form.
    pub of_form: u64,
    /// Photos of this address in the last hour.
    pub of_address: u64,
    /// Bytes of all forms.
    pub bytes: u64,
}

fn count(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}

impl Reading {
    /// What a network address is counted under: a keyed hash, so that no address is stored.
    pub fn address_hash(&self, address: &[u8]) -> [u8; 32] {
        self.shared
            .keys
            .session
            .current()
            .mac(&[b"address/1", address])
    }

    /// How much is staged.
    pub async fn staged(&mut self, form: &str, address: &[u8]) -> Result<Staged> {
        let of_form = self.staged_photos(form).await?.len() as u64;
        let address = self.address_hash(address);
        let since = self.now().millis() - Millis::hours(1).millis();
        let of_address = fetch_optional!(self, (i64,), BY_ADDRESS, address.as_slice(), since)?;
        let bytes = fetch_optional!(self, (i64,), SUM)?;
        Ok(Staged {
            of_form,
            of_address: of_address.map_or(0, |(n,)| count(n)),
            bytes: bytes.map_or(0, |(n,)| count(n)),
        })
    }

    /// The photos staged for a form, in the order they came. Only these may be named by it.
    pub async fn staged_photos(&mut self, form: &str) -> Result<Vec<PhotoId>> {
        let since = self.now().millis() - STAGED_FOR.millis();
        let rows = fetch_all!(self, (String,), OF_FORM, key_hash(form).as_slice(), since)?;
        rows.into_iter()
            .map(|(id,)| {
                id.parse()
                    .map_err(|_| Error::corrupt("staged_photo", "id", &id))
            })
            .collect()
    }
}

impl Reading {
    /// Photos of a case that look like one that was handed in before, to the byte, and the case it
    /// was handed in with: the earliest first. A picture that was made anew is another picture.
    ///
    /// # Errors
    /// The database's.
    pub async fn handed_in_before(&mut self, case: CaseId) -> Result<Vec<(PhotoId, CaseId)>> {
        let rows = fetch_all!(self, (String, String), SAME, case.to_string())?;
        rows.into_iter()
            .map(|(photo, case)| {
                let corrupt = |_| Error::corrupt("photo", "id", &photo);
                Ok((
                    photo.parse().map_err(corrupt)?,
                    case.parse().map_err(corrupt)?,
                ))
            })
            .collect()
    }
}

impl Tx {
    /// Remembers a photo that was put for a form, and what it looks like.
    pub async fn stage_photo(
        &mut self,
        (id, print): (PhotoId, [u8; 16]),
        form: &str,
        address: &[u8],
        bytes: u64,
    ) -> Result<()> {
        let address = self.address_hash(address);
        let now = self.now().millis();
        execute!(self, PRINT, id.to_string(), print.as_slice(), now)?;
        execute!(
            self,
            INSERT,
            id.to_string(),
            key_hash(form).as_slice(),
            address.as_slice(),
            i64::try_from(bytes).unwrap_or(i64::MAX),
            now,
        )
        .map(|_| ())
    }

    /// Whether a photo is a case's already: it never waits again, since what waits in vain goes with
    /// its blob.
    pub async fn is_kept(&mut self, id: PhotoId) -> Result<bool> {
        Ok(fetch_optional!(self, (String,), KEPT, id.to_string())?.is_some())
    }

    /// Forgets one photo of a form; the caller deletes the blob if this was true.
    pub async fn unstage_photo(&mut self, form: &str, id: PhotoId) -> Result<bool> {
        let touched = execute!(self, REMOVE, key_hash(form).as_slice(), id.to_string())?;
        if touched == 1 {
            execute!(self, FORGET_PRINT, id.to_string())?;
        }
        Ok(touched == 1)
    }

    /// Ends the waiting of a form's photos: those named in the filing are the case's now, blobs of
    /// the others are swept.
    pub async fn end_staging(&mut self, form: &str) -> Result<u64> {
        execute!(self, TAKE, key_hash(form).as_slice())
    }
}

impl Store {
    /// Removes staged photos that waited too long; answers how many.
    pub async fn sweep_staging(&self) -> Result<u64> {
        let before = self.clock().now().millis() - STAGED_FOR.millis();
        let mut reading = self.read().await?;
        let old = fetch_all!(reading, (String,), OLD, before)?;
        drop(reading);
        let mut swept = 0;
        for (id,) in old {
            let photo: PhotoId = id
                .parse()
                .map_err(|_| Error::corrupt("staged_photo", "id", &id))?;
            // Row first: a row without its blob would offer a photo that is not there.
            self.write::<_, (), Error>(move |tx| {
                let id = id.clone();
                Box::pin(async move {
                    execute!(tx, FORGET_PRINT, id.as_str())?;
                    execute!(tx, REMOVE_ID, id.as_str()).map(|_| ())
                })
            })
            .await?;
            self.blobs().delete(photo).await?;
            swept += 1;
        }
        Ok(swept)
    }

    /// Removes blobs that no row names and that are older than a day, left behind by a crash
    /// between blob and row; answers how many.
    pub async fn sweep_blobs(&self) -> Result<u64> {
        let before = Timestamp::from_millis(self.clock().now().millis() - STAGED_FOR.millis());
        let mut swept = 0;
        for id in self.blobs().written_before(before).await? {
            let mut reading = self.read().await?;
            if fetch_optional!(reading, (String,), KNOWN, id.to_string())?.is_none() {
                drop(reading);
                self.write::<_, (), Error>(move |tx| {
                    Box::pin(async move { execute!(tx, FORGET_PRINT, id.to_string()).map(|_| ()) })
                })
                .await?;
                self.blobs().delete(id).await?;
                swept += 1;
            }
        }
        Ok(swept)
    }
}
