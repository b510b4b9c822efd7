//! Cases: load one, append what happened to it, and keep its row in step, in one transaction.
//!
//! The row of a case is a projection: columns for lists, and the folded [`Case`] whole, so that
//! loading it for a command reads one row instead of all its events.

use std::ops::Deref;

use domain::access::{AreaFilter, LineFilter, Scope, ScopeFilter};
use domain::case::{Case, Kind, Part, apply};
use domain::chain::{self, EventHead, GENESIS, Hash, Salt};
use domain::clock::RunningClock;
use domain::event::{Event, Recorded};
use domain::ids::{CaseId, ExternalNo, PhotoId, UnitCode};
use domain::reference::CaseNumber;
use domain::time::Timestamp;

use crate::engine::{EngineKind, fetch_all, fetch_optional, statements};
use crate::entropy::draw;
use crate::filter::OUT_OF_SIGHT;
use crate::later::execute_later;
use crate::projection::{Indexed, Projected, Seen};
use crate::tx::{Reading, Tx};
use crate::{Error, Result};

statements! {
    CASE_BY_ID = "SELECT snapshot, head FROM case_row WHERE id = $1";
    CASE_BY_NUMBER = "SELECT snapshot, head FROM case_row WHERE number = $1";
    CASES_BY_EXTERNAL = "SELECT snapshot, head FROM case_row WHERE external = $1 \
                         ORDER BY filed_at, id LIMIT 20";
    INSERT_EVENT = "INSERT INTO case_event (case_id, version, kind, at, facts, facts_salt, \
                    words_hash, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    INSERT_WORDS = "INSERT INTO case_words (case_id, version, words, salt) VALUES ($1, $2, $3, $4)";
    INSERT_LOG = "INSERT INTO log (position, case_id, version, chain) VALUES ($1, $2, $3, $4)";
    EVENTS = "SELECT e.version, e.kind, e.at, e.facts, w.words FROM case_event e \
              LEFT JOIN case_words w ON w.case_id = e.case_id AND w.version = e.version \
              WHERE e.case_id = $1 ORDER BY e.version";
    HASHES = "SELECT hash FROM case_event WHERE case_id = $1 ORDER BY version";
    IS_PHOTO = "SELECT case_id, version FROM photo WHERE id = $1";
}

/// PostgreSQL only: SQLite's one writer needs no row lock and keeps its log itself.
#[cfg(any(test, feature = "testing"))]
pub(crate) const POSTGRES_STATEMENTS: &[(&str, &str)] = &[
    ("LOCK_BY_ID", LOCK_BY_ID),
    ("LOCK_BY_NUMBER", LOCK_BY_NUMBER),
    ("INSERT_UNSEQUENCED", INSERT_UNSEQUENCED),
];
const LOCK_BY_ID: &str = "SELECT snapshot, head FROM case_row WHERE id = $1 FOR UPDATE";
const LOCK_BY_NUMBER: &str = "SELECT snapshot, head FROM case_row WHERE number = $1 FOR UPDATE";
const INSERT_UNSEQUENCED: &str = "INSERT INTO unsequenced (case_id, version) VALUES ($1, $2)";

/// A case loaded for a change: the case, and what its next event must follow.
#[derive(Debug, Clone)]
pub struct Standing {
    case: Case,
    head: Hash,
}

impl Standing {
    /// The case alone.
    pub fn into_case(self) -> Case {
        self.case
    }

    /// The hash of its last event.
    pub fn head(&self) -> &Hash {
        &self.head
    }
}

impl Deref for Standing {
    type Target = Case;
    fn deref(&self) -> &Case {
        &self.case
    }
}

/// What an append left behind.
#[derive(Debug, Clone)]
pub struct Appended {
    /// The case as it stands now.
    pub case: Case,
    /// The hash of each appended event, in order. The receipt prints the filing's.
    pub hashes: Vec<Hash>,
}

fn standing((snapshot, head): (String, Vec<u8>), key: &impl ToString) -> Result<Standing> {
    let case = serde_json::from_str(&snapshot)
        .map_err(|_| Error::corrupt("case_row", "snapshot", key.to_string()))?;
    let head = head
        .try_into()
        .map_err(|_| Error::corrupt("case_row", "head", key.to_string()))?;
    Ok(Standing { case, head })
}

/// Whether a scope may know of a case: the same question that `filter.rs` asks in SQL.
pub(crate) fn in_scope(scope: &Scope, case: &Case) -> bool {
    match scope.filter() {
        ScopeFilter::All => true,
        ScopeFilter::Public => case.is_listed(),
        ScopeFilter::Party { case: own } => {
            (*own == case.id && !case.quarantined) || case.is_listed()
        }
        ScopeFilter::One { case: own } => *own == case.id && !case.quarantined,
        ScopeFilter::Staff { any_of } => {
            case.is_listed()
                || any_of.iter().any(|(line, area)| {
                    (!case.quarantined || *line == LineFilter::OutOfSight)
                        && (match line {
                            // A tip is sealed: it is seen by its line and by nobody above it.
                            LineFilter::All => case.kind != Kind::Tip,
                            LineFilter::Units { units, tips } => {
                                (*tips || case.kind != Kind::Tip)
                                    && (units.contains(&case.line) || called(case, units))
                            }
                            LineFilter::Listed => case.is_listed(),
                            LineFilter::OutOfSight => case.awaits().meets(OUT_OF_SIGHT),
                            LineFilter::Called { units } => {
                                case.kind != Kind::Tip
                                    && !case.state.tag().is_ended()
                                    && called(case, units)
                            }
                        })
                        && match area {
                            AreaFilter::All => true,
                            AreaFilter::Communities(codes) => codes.contains(&case.community),
                        }
                })
        }
    }
}

/// Whether any of these units is called to the case and was not let go.
fn called(case: &Case, units: &[UnitCode]) -> bool {
    case.parts
        .iter()
        .any(|part| !part.returned && units.contains(&part.unit))
}

impl Reading {
    /// The case of a number, if the scope may know of it.
    pub async fn case(&mut self, scope: &Scope, number: &CaseNumber) -> Result<Option<Case>> {
        let row = fetch_optional!(self, (String, Vec<u8>), CASE_BY_NUMBER, number.to_string())?;
        let found = row.map(|row| standing(row, number)).transpose()?;
        Ok(found
            .map(Standing::into_case)
            .filter(|case| in_scope(scope, case)))
    }

    /// The case of an id, if the scope may know of it.
    pub async fn case_by_id(&mut self, scope: &Scope, id: CaseId) -> Result<Option<Case>> {
        let row = fetch_optional!(self, (String, Vec<u8>), CASE_BY_ID, id.to_string())?;
        let found = row.map(|row| standing(row, &id)).transpose()?;
        Ok(found
            .map(Standing::into_case)
            .filter(|case| in_scope(scope, case)))
    }

    /// The cases that bear this number in the system they came from, of those the scope may know of.
    pub async fn cases_of_external(
        &mut self,
        scope: &Scope,
        external: &ExternalNo,
    ) -> Result<Vec<Case>> {
        let rows = fetch_all!(
            self,
            (String, Vec<u8>),
            CASES_BY_EXTERNAL,
            external.as_str()
        )?;
        let mut found = Vec::new();
        for row in rows {
            let case = standing(row, &external.as_str())?.into_case();
            if in_scope(scope, &case) {
                found.push(case);
            }
        }
        Ok(found)
    }

    /// The case in which a merged one goes on in the end: that one may have been merged as well.
    ///
    /// It takes the case, as whoever told it may know whether there is a result; what more of the other
    /// they may see, `domain::access` says.
    pub async fn goes_on_in(&mut self, case: &Case) -> Result<Option<Case>> {
        let mut found = None;
        let mut next = case.state.merged_into();
        while let Some(id) = next {
            let row = fetch_optional!(self, (String, Vec<u8>), CASE_BY_ID, id.to_string())?;
            let other = row.map(|row| standing(row, &id)).transpose()?;
            found = other.map(Standing::into_case);
            next = found.as_ref().and_then(|other| other.state.merged_into());
        }
        Ok(found)
    }

    /// All that happened to a case, oldest first, with the words that have not been erased.
    ///
    /// It takes the case, not its id: whoever holds one came through a scope. What of the words may
    /// be shown, `domain::access` says.
    pub async fn events(&mut self, case: &Case) -> Result<Vec<Recorded>> {
        self.events_of(case.id).await
    }

    pub(crate) async fn events_of(&mut self, id: CaseId) -> Result<Vec<Recorded>> {
        type Row = (i64, String, i64, String, Option<String>);
        let rows = fetch_all!(self, Row, EVENTS, id.to_string())?;
        rows.into_iter()
            .map(|(version, kind, at, facts, words)| {
                let event = Event::decode(&kind, &facts, words.as_deref()).map_err(|_| {
                    Error::corrupt("case_event", "facts", format!("{id}/{version}"))
                })?;
                Ok(Recorded {
                    case: id,
                    version: number(version),
                    at: Timestamp::from_millis(at),
                    event,
                })
            })
            .collect()
    }

    /// The hashes of a case's events, oldest first.
    pub async fn hashes(&mut self, case: &Case) -> Result<Vec<Hash>> {
        let rows = fetch_all!(self, (Vec<u8>,), HASHES, case.id.to_string())?;
        rows.into_iter()
            .map(|(hash,)| {
                hash.try_into()
                    .map_err(|_| Error::corrupt("case_event", "hash", case.id))
            })
            .collect()
    }

    /// The case and event that a photo belongs to.
    pub async fn photo(&mut self, id: PhotoId) -> Result<Option<(CaseId, u32)>> {
        let row = fetch_optional!(self, (String, i64), IS_PHOTO, id.to_string())?;
        row.map(|(case, version)| {
            let case = case
                .parse()
                .map_err(|_| Error::corrupt("photo", "case_id", id))?;
            Ok((case, number(version)))
        })
        .transpose()
    }
}

/// A version or number from its column: they are written from `u32` only.
pub(crate) fn number(column: i64) -> u32 {
    u32::try_from(column).unwrap_or(u32::MAX)
}

impl Tx {
    /// Loads a case to change it; on PostgreSQL nobody else changes it until this transaction ends.
    /// No scope: what follows is always [`domain::access::may`].
    pub async fn load_case(&mut self, id: CaseId) -> Result<Option<Standing>> {
        let sql = if self.engine() == EngineKind::Postgres {
            LOCK_BY_ID
        } else {
            CASE_BY_ID
        };
        let row = fetch_optional!(self, (String, Vec<u8>), sql, id.to_string())?;
        row.map(|row| standing(row, &id)).transpose()
    }

    /// As [`Tx::load_case`], by the number people know.
    pub async fn load_case_by_number(&mut self, number: &CaseNumber) -> Result<Option<Standing>> {
        let sql = if self.engine() == EngineKind::Postgres {
            LOCK_BY_NUMBER
        } else {
            CASE_BY_NUMBER
        };
        let row = fetch_optional!(self, (String, Vec<u8>), sql, number.to_string())?;
        row.map(|row| standing(row, number)).transpose()
    }

    /// Appends what happened: events with words, log, the case's row, parts, clocks and photos.
    ///
    /// `before` is the case as this transaction loaded it, or `None` for a filing under `id`.
    ///
    /// # Errors
    /// [`Error::Conflict`] if somebody else changed the case meanwhile, [`Error::DoesNotApply`] if
    /// an event cannot follow.
    pub async fn append(
        &mut self,
        id: CaseId,
        before: Option<Standing>,
        events: Vec<Event>,
        at: Timestamp,
    ) -> Result<Appended> {
        let known = before.as_ref().map(|before| Known {
            version: before.case.version,
            indexed: Indexed::of(&before.case),
            clocks: before.case.clocks.clone(),
            parts: before.case.parts.clone(),
        });
        let (mut case, mut head) = match before {
            Some(Standing { case, head }) => (Some(case), head),
            None => (None, GENESIS),
        };
        let id_text = id.to_string();
        let mut hashes = Vec::with_capacity(events.len());
        let mut seen = Seen::default();
        for event in events {
            let version = case.as_ref().map_or(1, |case| case.version + 1);
            let recorded = Recorded {
                case: id,
                version,
                at,
                event,
            };
            head = self.append_event(&id_text, &recorded, &head).await?;
            hashes.push(head);
            case = Some(
                apply(case, &recorded).map_err(|broken| Error::DoesNotApply(broken.to_string()))?,
            );
            seen.see(version, &recorded.event);
            if let Some(words) = recorded.event.words {
                self.insert_photos(&id_text, version, &words.photos).await?;
            }
        }
        let case = case.ok_or_else(|| Error::DoesNotApply("no event".to_owned()))?;
        let Some(known) = known else {
            let projected = Projected { case, head, seen };
            self.insert_projected(std::slice::from_ref(&projected))
                .await?;
            return Ok(Appended {
                case: projected.case,
                hashes,
            });
        };
        self.update_row(
            &id_text,
            &case,
            &head,
            seen.words_version,
            &known.indexed,
            known.version,
        )
        .await?;
        self.project_clocks(&id_text, &known.clocks, &case.clocks)
            .await?;
        self.project_parts(&id_text, &known.parts, &case.parts)
            .await?;
        Ok(Appended { case, hashes })
    }

    async fn append_event(&mut self, id: &str, recorded: &Recorded, prev: &Hash) -> Result<Hash> {
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
        let version = i64::from(recorded.version);
        execute_later!(
            self,
            INSERT_EVENT,
            id,
            version,
            encoded.kind,
            recorded.at.millis(),
            encoded.facts.as_str(),
            facts_salt.as_slice(),
            words_hash.as_slice(),
            hash.as_slice(),
        )?;
        if let Some(words) = &encoded.words {
            execute_later!(
                self,
                INSERT_WORDS,
                id,
                version,
                words.as_str(),
                words_salt.as_slice()
            )?;
        }
        match self.engine() {
            EngineKind::Sqlite => {
                self.log_end.position += 1;
                self.log_end.chain = chain::next(&self.log_end.chain, &hash);
                let end = self.log_end;
                let position = i64::try_from(end.position)
                    .map_err(|_| Error::corrupt("log", "position", end.position))?;
                execute_later!(
                    self,
                    INSERT_LOG,
                    position,
                    id,
                    version,
                    end.chain.as_slice()
                )?;
            }
            EngineKind::Postgres => {
                execute_later!(self, INSERT_UNSEQUENCED, id, version)?;
            }
        }
        Ok(hash)
    }
}

/// What of the case before is needed after it was given to `apply`.
struct Known {
    version: u32,
    indexed: Indexed,
    clocks: Vec<RunningClock>,
    parts: Vec<Part>,
}
