//! Whole histories at once, for `simulate` and `import`: the same hashes and the same rows as one
//! command after the other would write, in a fraction of the statements.

use domain::case::{Case, apply};
use domain::chain::{self, EventHead, GENESIS, Hash, Salt};
use domain::event::{Event, Recorded};
use domain::ids::{CaseId, PhotoId};
use domain::time::Timestamp;

use crate::engine::EngineKind;
use crate::entropy::draw;
use crate::projection::{PHOTOS, Projected, Seen};
use crate::rows::{Rows, insert_rows};
use crate::tx::Tx;
use crate::{Error, Result, log};

pub(crate) static EVENTS: Rows = Rows::new(
    "INSERT INTO case_event (case_id, version, kind, at, facts, facts_salt, words_hash, hash)",
    8,
    "",
);
pub(crate) static WORDS: Rows = Rows::new(
    "INSERT INTO case_words (case_id, version, words, salt)",
    4,
    "",
);
pub(crate) static LOG: Rows =
    Rows::new("INSERT INTO log (position, case_id, version, chain)", 4, "");
pub(crate) static UNSEQUENCED: Rows =
    Rows::new("INSERT INTO unsequenced (case_id, version)", 2, "");

/// All that ever happened to one case.
#[derive(Debug, Clone)]
pub struct History {
    /// The case.
    pub id: CaseId,
    /// Its events with their times, which never go backwards.
    pub events: Vec<(Timestamp, Event)>,
}

struct EventRow {
    case: String,
    version: i64,
    kind: &'static str,
    at: Timestamp,
    facts: String,
    facts_salt: Salt,
    words: Option<String>,
    words_salt: Salt,
    words_hash: Hash,
    hash: Hash,
}

impl Tx {
    /// Appends the whole histories of new cases and answers how they stand. In the log the events
    /// of one call stand in the order of their times.
    ///
    /// # Errors
    /// [`Error::DoesNotApply`] if an event cannot follow; nothing of the call is kept then.
    pub async fn append_histories(&mut self, histories: Vec<History>) -> Result<Vec<Case>> {
        let mut rows = Vec::new();
        let mut photos: Vec<PhotoRow> = Vec::new();
        let mut projected = Vec::with_capacity(histories.len());
        for History { id, events } in histories {
            let id_text = id.to_string();
            let mut case = None;
            let mut head = GENESIS;
            let mut seen = Seen::default();
            for (version, (at, event)) in (1..).zip(events) {
                let recorded = Recorded {
                    case: id,
                    version,
                    at,
                    event,
                };
                let row = self.event_row(&id_text, &recorded, &head);
                head = row.hash;
                rows.push(row);
                case =
                    Some(apply(case, &recorded).map_err(|broken| {
                        Error::DoesNotApply(format!("{id}/{version}: {broken}"))
                    })?);
                seen.see(version, &recorded.event);
                if let Some(words) = recorded.event.words {
                    let numbered = (1..).zip(words.photos);
                    photos.extend(
                        numbered
                            .map(|(no, photo)| (photo, id_text.clone(), i64::from(version), no)),
                    );
                }
            }
            let case = case.ok_or_else(|| Error::DoesNotApply(format!("{id}: no event")))?;
            projected.push(Projected { case, head, seen });
        }
        // Stable: the versions of a case stay in order even where their times are equal.
        rows.sort_by_key(|row| row.at);
        self.insert_history_rows(&rows).await?;
        insert_photo_rows(self, &photos).await?;
        self.insert_projected(&projected).await?;
        Ok(projected.into_iter().map(|of| of.case).collect())
    }

    fn event_row(&self, id: &str, recorded: &Recorded, prev: &Hash) -> EventRow {
        let encoded = recorded.event.encode();
        let facts_salt: Salt = draw(&*self.shared.entropy);
        let words_salt: Salt = draw(&*self.shared.entropy);
        let words_hash = chain::commit(&words_salt, encoded.words.as_deref().unwrap_or_default());
        let hash = chain::event_hash(EventHead {
            prev,
            case: recorded.case,
            version: recorded.version,
            kind: encoded.kind,
            at: recorded.at,
            facts: &chain::commit(&facts_salt, &encoded.facts),
            words: &words_hash,
        });
        EventRow {
            case: id.to_owned(),
            version: i64::from(recorded.version),
            kind: encoded.kind,
            at: recorded.at,
            facts: encoded.facts,
            facts_salt,
            words: encoded.words,
            words_salt,
            words_hash,
            hash,
        }
    }

    async fn insert_history_rows(&mut self, rows: &[EventRow]) -> Result<()> {
        insert_rows!(
            self,
            EVENTS,
            rows,
            |row| row.case.as_str(),
            row.version,
            row.kind,
            row.at.millis(),
            row.facts.as_str(),
            row.facts_salt.as_slice(),
            row.words_hash.as_slice(),
            row.hash.as_slice(),
        )
        .await?;
        let words: Vec<(&EventRow, &str)> = rows
            .iter()
            .filter_map(|row| Some((row, row.words.as_deref()?)))
            .collect();
        insert_rows!(
            self,
            WORDS,
            words,
            |(row, words)| row.case.as_str(),
            row.version,
            *words,
            row.words_salt.as_slice(),
        )
        .await?;
        match self.engine() {
            EngineKind::Sqlite => {
                let mut places = Vec::with_capacity(rows.len());
                for row in rows {
                    self.log_end.position += 1;
                    self.log_end.chain = chain::next(&self.log_end.chain, &row.hash);
                    places.push((log::column(self.log_end.position), row, self.log_end.chain));
                }
                insert_rows!(
                    self,
                    LOG,
                    places,
                    |(position, row, chain)| *position,
                    row.case.as_str(),
                    row.version,
                    chain.as_slice(),
                )
                .await
            }
            EngineKind::Postgres => {
                insert_rows!(
                    self,
                    UNSEQUENCED,
                    rows,
                    |row| row.case.as_str(),
                    row.version
                )
                .await
            }
        }
    }
}

/// Photo, case, version, number within the event.
pub(crate) type PhotoRow = (PhotoId, String, i64, i64);

pub(crate) async fn insert_photo_rows(tx: &mut Tx, photos: &[PhotoRow]) -> Result<()> {
    insert_rows!(
        tx,
        PHOTOS,
        photos,
        |(photo, case, version, no)| photo.to_string(),
        case.as_str(),
        *version,
        *no,
    )
    .await
}
