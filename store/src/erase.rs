//! Forgetting: the words of an event, and how to reach who said them, go; the event, its hash and
//! every figure stay (design §5).

use domain::event::{Actor, Event, Fact};
use domain::ids::{CaseId, PhotoId};

use crate::engine::{execute, fetch_all, fetch_optional, statements};
use crate::tx::{Reading, Tx};
use crate::{Error, Result, Store};

statements! {
    FACTS = "SELECT kind, facts FROM case_event WHERE case_id = $1 AND version = $2";
    COVERS = "SELECT version, facts FROM case_event WHERE case_id = $1 AND kind = 'photo_covered.1'";
    PHOTOS = "SELECT id FROM photo WHERE case_id = $1 AND version = $2 ORDER BY no";
    DELETE_WORDS = "DELETE FROM case_words WHERE case_id = $1 AND version = $2";
    DELETE_PRINTS = "DELETE FROM photo_print WHERE id IN \
                     (SELECT id FROM photo WHERE case_id = $1 AND version = $2)";
    DELETE_PHOTOS = "DELETE FROM photo WHERE case_id = $1 AND version = $2";
    FORGET_PLACE = "UPDATE case_row SET lat_e7 = NULL, lng_e7 = NULL WHERE id = $1";
    NOTE = "INSERT INTO erasure (case_id, version, at) VALUES ($1, $2, $3)";
    AFTER = "SELECT no, case_id FROM erasure WHERE no > $1 ORDER BY no LIMIT 500";
}

/// What an erasure left to do outside the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erased {
    /// There were words.
    pub words: bool,
    /// Photos whose blobs have to go once the transaction is on the disk.
    pub photos: Vec<PhotoId>,
}

impl Tx {
    /// Erases the words of one event and the contact of the party who said them; `None` if there is
    /// no such event. [`Store::erase_words`] also removes the blobs.
    pub async fn erase_words(&mut self, case: CaseId, version: u32) -> Result<Option<Erased>> {
        let id = case.to_string();
        let no = i64::from(version);
        let Some((kind, facts)) = fetch_optional!(self, (String, String), FACTS, id.as_str(), no)?
        else {
            return Ok(None);
        };
        let event = Event::decode(&kind, &facts, None)
            .map_err(|_| Error::corrupt("case_event", "facts", format!("{case}/{version}")))?;
        let rows = fetch_all!(self, (String,), PHOTOS, id.as_str(), no)?;
        let photos = rows
            .iter()
            .map(|(photo,)| {
                photo
                    .parse()
                    .map_err(|_| Error::corrupt("photo", "id", photo))
            })
            .collect::<Result<Vec<PhotoId>>>()?;
        let words = execute!(self, DELETE_WORDS, id.as_str(), no)? > 0;
        execute!(self, DELETE_PRINTS, id.as_str(), no)?;
        execute!(self, DELETE_PHOTOS, id.as_str(), no)?;
        if version == 1 {
            execute!(self, FORGET_PLACE, id.as_str())?;
        }
        // What its photos were covered with shows the rest of them.
        let mut photos = photos;
        for (cover, facts) in fetch_all!(self, (i64, String), COVERS, id.as_str())? {
            let fact = Event::decode("photo_covered.1", &facts, None).map(|event| event.fact);
            if matches!(fact, Ok(Fact::PhotoCovered { version: of, .. }) if of == version) {
                for (photo,) in fetch_all!(self, (String,), PHOTOS, id.as_str(), cover)? {
                    let parsed = photo.parse();
                    photos.push(parsed.map_err(|_| Error::corrupt("photo", "id", photo))?);
                }
                let gone = execute!(self, DELETE_WORDS, id.as_str(), cover)?;
                execute!(self, DELETE_PRINTS, id.as_str(), cover)?;
                execute!(self, DELETE_PHOTOS, id.as_str(), cover)?;
                if gone > 0 {
                    let at = self.now().millis();
                    execute!(self, NOTE, id.as_str(), cover, at)?;
                }
            }
        }
        if let Actor::Party(party) = event.actor {
            self.erase_contact(case, party).await?;
        }
        if words {
            let at = self.now().millis();
            execute!(self, NOTE, id.as_str(), no, at)?;
        }
        Ok(Some(Erased { words, photos }))
    }
}

impl Reading {
    /// Cases of which words were erased after erasure number `after`, for search indexes.
    pub(crate) async fn erasures_after(&mut self, after: i64) -> Result<Vec<(i64, String)>> {
        fetch_all!(self, (i64, String), AFTER, after)
    }
}

impl Store {
    /// Erases the words of one event, the contact of who said them, and the photos; `false` if there
    /// is no such event.
    pub async fn erase_words(&self, case: CaseId, version: u32) -> Result<bool> {
        let erased = self
            .write::<_, _, Error>(move |tx| Box::pin(tx.erase_words(case, version)))
            .await?;
        let Some(erased) = erased else {
            return Ok(false);
        };
        for photo in erased.photos {
            self.blobs().delete(photo).await?;
        }
        Ok(true)
    }
}
