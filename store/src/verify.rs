//! Is everything still as it was written? `verify` recomputes every hash, folds every case, and
//! compares with rows, photos and signed checkpoints. It looks at one snapshot, so it works beside
//! a running server.
//!
//! It stops at the first thing that is wrong and names it: after that every later comparison would
//! only repeat it.

mod compare;

use std::collections::HashMap;

use domain::case::{Case, apply};
use domain::chain::{self, EventHead, GENESIS, Hash};
use domain::event::{Event, Recorded};
use domain::ids::{CaseId, PhotoId};
use domain::time::Timestamp;

use crate::cases::number;
use crate::engine::{EngineKind, fetch_all, fetch_optional, statements};
use crate::log;
use crate::projection::Seen;
use crate::tx::Reading;
use crate::{Checkpoint, Error, Result, Store};

statements! {
    LOG = "SELECT l.position, l.case_id, l.version, l.chain, e.hash FROM log l \
           LEFT JOIN case_event e ON e.case_id = l.case_id AND e.version = l.version \
           WHERE l.position > $1 ORDER BY l.position LIMIT 2000";
    EVENTS = "SELECT COUNT(*) FROM case_event";
    IDS = "SELECT case_id FROM case_event WHERE version = 1 AND case_id > $1 \
           ORDER BY case_id LIMIT 200";
    EVENT = "SELECT e.case_id, e.version, e.kind, e.at, e.facts, e.facts_salt, e.words_hash, \
             e.hash, w.words, w.salt FROM case_event e \
             LEFT JOIN case_words w ON w.case_id = e.case_id AND w.version = e.version \
             WHERE e.case_id > $1 AND e.case_id <= $2 ORDER BY e.case_id, e.version";
    ROWS = "SELECT id, number, version, head, state, done, listed, detail, category, line, outcome, \
            due_at, reporters, snapshot, quarantined, words_version FROM case_row \
            WHERE id > $1 AND id <= $2 ORDER BY id";
    PLACES = "SELECT id, kind, community, filed_at, updated_at, lat_e7, lng_e7, awaits, answer_due \
              FROM case_row \
              WHERE id > $1 AND id <= $2 ORDER BY id";
    CLOCKS = "SELECT case_id, id, stage, owner, due, running, first_due FROM clock \
              WHERE case_id > $1 AND case_id <= $2 ORDER BY case_id, id";
    PARTS = "SELECT case_id, no, unit, returned FROM case_part \
             WHERE case_id > $1 AND case_id <= $2 ORDER BY case_id, no";
    PHOTOS = "SELECT case_id, version, no, id FROM photo \
              WHERE case_id > $1 AND case_id <= $2 ORDER BY case_id, version, no";
    STRAY_WORDS = "SELECT w.case_id, w.version FROM case_words w WHERE NOT EXISTS (SELECT 1 FROM \
                   case_event e WHERE e.case_id = w.case_id AND e.version = w.version) LIMIT 1";
    STRAY_PARTY = "SELECT p.case_id, p.no FROM party p LEFT JOIN case_row r ON r.id = p.case_id \
                   WHERE r.id IS NULL OR p.no < 1 OR p.no > r.reporters LIMIT 1";
    STRAY_FILING = "SELECT f.case_id, f.party FROM filing_key f LEFT JOIN party p \
                    ON p.case_id = f.case_id AND p.no = f.party LEFT JOIN case_row r \
                    ON r.id = f.case_id WHERE p.no IS NULL AND (r.id IS NULL OR f.party BETWEEN 1 AND r.reporters) LIMIT 1";
    STRAY_CONTACT = "SELECT c.case_id, c.party FROM contact c LEFT JOIN case_row r \
                     ON r.id = c.case_id WHERE r.id IS NULL OR c.party > r.reporters LIMIT 1";
    KEY_IDS = "SELECT DISTINCT 'lookup', lookup_key FROM party \
               UNION SELECT DISTINCT 'filing', body_key FROM filing_key \
               UNION SELECT DISTINCT 'contact', key_id FROM contact";
}

/// What `verify` is doing, for whoever waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Positions of the log whose chain is right so far.
    Log(u64),
    /// Cases that fold to their rows so far.
    Cases(u64),
}

/// What `verify` found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Events of the log.
    pub events: u64,
    /// Cases.
    pub cases: u64,
    /// Events without words: they never had any, or these were erased.
    pub without_words: u64,
    /// Photos that are there in both sizes.
    pub photos: u64,
    /// Checkpoints that agree.
    pub checkpoints: u64,
    /// The first thing that is wrong.
    pub first_bad: Option<Bad>,
}

impl Report {
    /// Nothing is wrong.
    pub fn is_good(&self) -> bool {
        self.first_bad.is_none()
    }
}

/// Where something is wrong, as exactly as is known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what} (position {position:?}, case {case:?}, version {version:?})")]
pub struct Bad {
    /// What is wrong.
    pub what: String,
    /// Position in the log.
    pub position: Option<u64>,
    /// The case's id.
    pub case: Option<String>,
    /// The event's number within the case.
    pub version: Option<u32>,
}

impl Bad {
    fn new(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            position: None,
            case: None,
            version: None,
        }
    }

    fn case(mut self, case: &str) -> Self {
        self.case = Some(case.to_owned());
        self
    }

    fn version(mut self, version: i64) -> Self {
        self.version = Some(number(version));
        self
    }

    fn position(mut self, position: i64) -> Self {
        self.position = Some(log::position(position));
        self
    }
}

/// Something is wrong, or could not be looked at.
enum Stop {
    Bad(Bad),
    Failed(Error),
}

impl From<Bad> for Stop {
    fn from(bad: Bad) -> Self {
        Self::Bad(bad)
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl Store {
    /// Verifies everything.
    ///
    /// # Errors
    /// If something could not be looked at; what is wrong is in the report.
    pub async fn verify(&self, progress: impl Fn(Progress) + Send) -> Result<Report> {
        let mut report = Report::default();
        match self.verify_all(&mut report, &progress).await {
            Ok(()) => {}
            Err(Stop::Bad(bad)) => report.first_bad = Some(bad),
            Err(Stop::Failed(error)) => return Err(error),
        }
        Ok(report)
    }

    async fn verify_all(
        &self,
        report: &mut Report,
        progress: &(impl Fn(Progress) + Send),
    ) -> Result<(), Stop> {
        let checkpoints = match self.checkpoints().all() {
            Ok(checkpoints) => checkpoints,
            Err(Error::Corrupt { row, .. }) => {
                return Err(Bad::new(format!("{row} is no checkpoint")).into());
            }
            Err(error) => return Err(error.into()),
        };
        for checkpoint in &checkpoints {
            if !self.checkpoints().is_ours(checkpoint) {
                let what = "a checkpoint is not signed by a key of this city";
                return Err(Bad::new(what)
                    .position(log::column(checkpoint.position))
                    .into());
            }
        }
        // On PostgreSQL what was committed a moment ago may not have its place yet.
        let mut reading = self.snapshot().await?;
        reading.verify_log(&checkpoints, report, progress).await?;
        reading.verify_cases(report, progress).await?;
        reading.verify_parties().await?;
        drop(reading);
        self.verify_photos(report).await
    }

    async fn verify_photos(&self, report: &mut Report) -> Result<(), Stop> {
        let mut after = String::new();
        loop {
            let mut reading = self.read().await?;
            let ids = fetch_all!(reading, (String,), IDS, after.as_str())?;
            let Some((last,)) = ids.last() else {
                return Ok(());
            };
            type Row = (String, i64, i64, String);
            let photos = fetch_all!(reading, Row, PHOTOS, after.as_str(), last.as_str())?;
            drop(reading);
            for (case, version, _, photo) in photos {
                let id: PhotoId = photo
                    .parse()
                    .map_err(|_| Bad::new("a photo has no id").case(&case).version(version))?;
                if !self.blobs().has(id).await? {
                    let what = format!("photo {photo} is not there");
                    return Err(Bad::new(what).case(&case).version(version).into());
                }
                report.photos += 1;
            }
            after.clone_from(last);
        }
    }
}

impl Reading {
    async fn verify_log(
        &mut self,
        checkpoints: &[Checkpoint],
        report: &mut Report,
        progress: &(impl Fn(Progress) + Send),
    ) -> Result<(), Stop> {
        type Row = (i64, String, i64, Vec<u8>, Option<Vec<u8>>);
        let mut end = (0_i64, GENESIS);
        let mut checkpoints = checkpoints.iter().peekable();
        loop {
            let rows = fetch_all!(self, Row, LOG, end.0)?;
            if rows.is_empty() {
                break;
            }
            for (position, case, version, chain, hash) in rows {
                let bad = |what: &str| {
                    Bad::new(what)
                        .position(position)
                        .case(&case)
                        .version(version)
                };
                if position != end.0 + 1 {
                    return Err(bad("a position is missing before this one").into());
                }
                let hash: Hash = hash
                    .ok_or_else(|| bad("the log names an event that is not there"))?
                    .try_into()
                    .map_err(|_| bad("the hash of the event is none"))?;
                let next = chain::next(&end.1, &hash);
                if chain != next {
                    return Err(bad("the chain of the log is broken").into());
                }
                end = (position, next);
                while let Some(point) = checkpoints.peek() {
                    if log::column(point.position) != position {
                        break;
                    }
                    if point.chain != next {
                        return Err(bad("the log is not the one that was signed").into());
                    }
                    report.checkpoints += 1;
                    checkpoints.next();
                }
            }
            report.events = log::position(end.0);
            progress(Progress::Log(report.events));
        }
        if let Some(point) = checkpoints.next() {
            let what = "the log ends before a signed checkpoint: its tail was cut";
            return Err(Bad::new(what).position(log::column(point.position)).into());
        }
        let events = fetch_optional!(self, (i64,), EVENTS)?.map_or(0, |(n,)| n);
        let waiting = if self.engine() == EngineKind::Postgres {
            fetch_optional!(self, (i64,), crate::sequencer::COUNT_WAITING)?.map_or(0, |(n,)| n)
        } else {
            0
        };
        if events != end.0 + waiting {
            let what = format!("{events} events, but {} places in the log", end.0 + waiting);
            return Err(Bad::new(what).into());
        }
        Ok(())
    }

    async fn verify_cases(
        &mut self,
        report: &mut Report,
        progress: &(impl Fn(Progress) + Send),
    ) -> Result<(), Stop> {
        let mut after = String::new();
        loop {
            let ids = fetch_all!(self, (String,), IDS, after.as_str())?;
            // The last turn looks beyond the last case, for rows that belong to none.
            let last = ids.last().map_or("g".to_owned(), |(last,)| last.clone());
            let folded = self.fold_range(&after, &last, report).await?;
            self.compare_rows(&after, &last, &folded).await?;
            self.compare_beside(&after, &last, &folded).await?;
            report.cases += folded.len() as u64;
            progress(Progress::Cases(report.cases));
            if ids.is_empty() {
                return Ok(());
            }
            after = last;
        }
    }

    async fn fold_range(
        &mut self,
        after: &str,
        last: &str,
        report: &mut Report,
    ) -> Result<HashMap<String, Folded>, Stop> {
        let rows = fetch_all!(self, EventRow, EVENT, after, last)?;
        let mut folded: HashMap<String, Folded> = HashMap::new();
        for row in rows {
            if row.words.is_none() {
                report.without_words += 1;
            }
            let before = folded.remove(&row.case_id);
            let id = row.case_id.clone();
            let next = check_event(row, before)?;
            folded.insert(id, next);
        }
        Ok(folded)
    }

    async fn verify_parties(&mut self) -> Result<(), Stop> {
        for (what, sql) in [
            ("words belong to no event", STRAY_WORDS),
            ("a receipt belongs to no party", STRAY_PARTY),
            ("a filing key belongs to no receipt", STRAY_FILING),
            ("a contact belongs to no party", STRAY_CONTACT),
        ] {
            if let Some((case, _)) = fetch_optional!(self, (String, i64), sql)? {
                return Err(Bad::new(what).case(&case).into());
            }
        }
        let keys = std::sync::Arc::clone(&self.shared.keys);
        for (purpose, id) in fetch_all!(self, (String, String), KEY_IDS)? {
            let ring = match purpose.as_str() {
                "lookup" => &keys.lookup,
                "filing" => &keys.filing,
                _ => &keys.contact,
            };
            if ring.by_id(&id).is_none() {
                return Err(Bad::new(format!("the {purpose} key {id} is missing")).into());
            }
        }
        Ok(())
    }
}

#[derive(sqlx::FromRow)]
struct EventRow {
    case_id: String,
    version: i64,
    kind: String,
    at: i64,
    facts: String,
    facts_salt: Vec<u8>,
    words_hash: Vec<u8>,
    hash: Vec<u8>,
    words: Option<String>,
    salt: Option<Vec<u8>>,
}

/// A case as far as its events were folded.
struct Folded {
    case: Case,
    head: Hash,
    seen: Seen,
    photos: Vec<(u32, i64, PhotoId)>,
}

fn check_event(row: EventRow, before: Option<Folded>) -> Result<Folded, Bad> {
    let bad = |what: String| Bad::new(what).case(&row.case_id).version(row.version);
    let wrong = |what: &str| bad(what.to_owned());
    let id: CaseId = row
        .case_id
        .parse()
        .map_err(|_| wrong("the case has no id"))?;
    let expected = before
        .as_ref()
        .map_or(1, |before| i64::from(before.case.version) + 1);
    if row.version != expected {
        return Err(wrong("a version is missing before this one"));
    }
    let facts_salt: [u8; 32] = row
        .facts_salt
        .as_slice()
        .try_into()
        .map_err(|_| wrong("the salt of the facts is none"))?;
    let words_hash: Hash = row
        .words_hash
        .as_slice()
        .try_into()
        .map_err(|_| wrong("the hash of the words is none"))?;
    if let Some(words) = &row.words {
        let salt = row.salt.as_deref().unwrap_or_default();
        let salt: [u8; 32] = salt
            .try_into()
            .map_err(|_| wrong("the salt of the words is none"))?;
        if chain::commit(&salt, words) != words_hash {
            return Err(wrong("the words were changed"));
        }
    }
    let prev = before.as_ref().map_or(GENESIS, |before| before.head);
    let version = number(row.version);
    let at = Timestamp::from_millis(row.at);
    let head = chain::event_hash(EventHead {
        prev: &prev,
        case: id,
        version,
        kind: &row.kind,
        at,
        facts: &chain::commit(&facts_salt, &row.facts),
        words: &words_hash,
    });
    if row.hash != head {
        return Err(wrong("the event was changed: its hash is another"));
    }
    let event = Event::decode(&row.kind, &row.facts, row.words.as_deref())
        .map_err(|error| bad(format!("the event cannot be read: {error}")))?;
    let (case, mut seen, mut photos) = match before {
        Some(before) => (Some(before.case), before.seen, before.photos),
        None => (None, Seen::default(), Vec::new()),
    };
    let recorded = Recorded {
        case: id,
        version,
        at,
        event,
    };
    let case = apply(case, &recorded)
        .map_err(|broken| bad(format!("the event cannot follow: {broken}")))?;
    seen.see(version, &recorded.event);
    if let Some(words) = recorded.event.words {
        photos.extend(
            (1..)
                .zip(words.photos)
                .map(|(no, photo)| (version, no, photo)),
        );
    }
    Ok(Folded {
        case,
        head,
        seen,
        photos,
    })
}
