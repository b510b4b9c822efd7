//! What lists, clocks and look-ups read of a case: rows that are folded from its events and can be
//! folded again (`rebuild`).

use domain::case::{Case, Part};
use domain::chain::Hash;
use domain::clock::{Owner, RunningClock};
use domain::event::{Event, Fact};
use domain::ids::{AreaCode, CategoryCode, ExternalNo, PhotoId, UnitCode};
use domain::time::Timestamp;

use crate::cases::number;
use crate::engine::{execute, fetch_optional, statements};
use crate::later::execute_later;
use crate::rows::{Rows, insert_rows};
use crate::tx::Tx;
use crate::{Error, Result};

statements! {
    VERSION = "SELECT version FROM case_row WHERE id = $1";
    UPDATE_ROW = "UPDATE case_row SET version = $3, head = $4, state = $5, detail = $6, \
                  line = $7, updated_at = $8, outcome = $9, reporters = $10, \
                  snapshot = $11, quarantined = $12, \
                  words_version = COALESCE($13, words_version) WHERE id = $1 AND version = $2";
    REINDEX_ROW = "UPDATE case_row SET done = $2, listed = $3, category = $4, due_at = $5, \
                   awaits = $6, community = $7, answer_due = $8 WHERE id = $1";
}

pub(crate) static CASE_ROWS: Rows = Rows::new(
    "INSERT INTO case_row (id, number, version, head, kind, state, done, listed, detail, category, \
     community, line, filed_at, updated_at, outcome, due_at, reporters, snapshot, quarantined, \
     words_version, lat_e7, lng_e7, awaits, external, answer_due)",
    25,
    "",
);
pub(crate) static CLOCKS: Rows = Rows::new(
    "INSERT INTO clock (case_id, id, stage, owner, due, running, first_due)",
    7,
    "ON CONFLICT (case_id, id) DO UPDATE SET owner = excluded.owner, due = excluded.due, \
     running = excluded.running, first_due = excluded.first_due",
);
pub(crate) static PARTS: Rows = Rows::new(
    "INSERT INTO case_part (case_id, no, unit, returned)",
    4,
    "ON CONFLICT (case_id, no) DO UPDATE SET returned = excluded.returned",
);
pub(crate) static PHOTOS: Rows = Rows::new("INSERT INTO photo (id, case_id, version, no)", 4, "");

/// A case and what of its words its row needs.
#[derive(Debug, Clone)]
pub(crate) struct Projected {
    pub(crate) case: Case,
    pub(crate) head: Hash,
    pub(crate) seen: Seen,
}

/// What the row of a case takes from words and kinds of events, not from the fold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    /// The event whose words the public reads; none is the filing.
    pub(crate) words_version: Option<u32>,
    /// The place of the filing, in 10⁻⁷ degrees.
    pub(crate) position: Option<(i64, i64)>,
}

impl Seen {
    /// Looks at one more event.
    pub(crate) fn see(&mut self, version: u32, event: &Event) {
        if matches!(event.fact, Fact::Redacted { version: 1 }) {
            self.words_version = Some(version);
        }
        if version == 1 {
            let place = event.words.as_ref().and_then(|words| words.place.as_ref());
            self.position = place
                .and_then(|place| place.position)
                .map(|at| (i64::from(at.lat_e7()), i64::from(at.lng_e7())));
        }
    }
}

/// The columns of a case's row that indexes hold and events may change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Indexed {
    done: bool,
    listed: bool,
    category: CategoryCode,
    community: AreaCode,
    due_at: Option<Timestamp>,
    awaits: u32,
    answer_due: Option<Timestamp>,
}

impl Indexed {
    pub(crate) fn of(case: &Case) -> Self {
        Self {
            done: case.state.tag().is_ended(),
            listed: case.is_listed(),
            category: case.category.clone(),
            community: case.community.clone(),
            due_at: due_at(case),
            awaits: case.awaits().bits(),
            answer_due: case.answer_due(),
        }
    }
}

impl Tx {
    /// Inserts the rows of new cases, with their clocks and parts.
    pub(crate) async fn insert_projected(&mut self, cases: &[Projected]) -> Result<()> {
        let columns = cases
            .iter()
            .map(|of| Columns::of(&of.case))
            .collect::<Result<Vec<_>>>()?;
        let rows: Vec<(&Projected, &Columns)> = cases.iter().zip(&columns).collect();
        insert_rows!(
            self,
            CASE_ROWS,
            rows,
            |(Projected { case, head, seen }, columns)| case.id.to_string(),
            case.number.to_string(),
            i64::from(case.version),
            head.as_slice(),
            case.kind.as_str(),
            columns.state,
            columns.done,
            columns.listed,
            columns.detail,
            case.category.as_str(),
            case.community.as_str(),
            case.line.as_str(),
            case.filed_at.millis(),
            case.updated_at.millis(),
            columns.outcome,
            columns.due_at,
            columns.reporters,
            columns.snapshot.as_str(),
            columns.quarantined,
            i64::from(seen.words_version.unwrap_or(1)),
            seen.position.map(|(lat, _)| lat),
            seen.position.map(|(_, lng)| lng),
            i64::from(case.awaits().bits()),
            case.external.as_ref().map(ExternalNo::as_str),
            case.answer_due().map(Timestamp::millis),
        )
        .await?;
        for of in cases {
            let id = of.case.id.to_string();
            self.project_clocks(&id, &[], &of.case.clocks).await?;
            self.project_parts(&id, &[], &of.case.parts).await?;
        }
        Ok(())
    }

    /// Writes how a case stands now. The columns that indexes hold are written only if one of them
    /// changed, which few events do: seven indexes are left alone.
    pub(crate) async fn update_row(
        &mut self,
        id: &str,
        case: &Case,
        head: &Hash,
        words_version: Option<u32>,
        before: &Indexed,
        version: u32,
    ) -> Result<()> {
        let columns = Columns::of(case)?;
        let touched = execute!(
            self,
            UPDATE_ROW,
            id,
            i64::from(version),
            i64::from(case.version),
            head.as_slice(),
            columns.state,
            columns.detail,
            case.line.as_str(),
            case.updated_at.millis(),
            columns.outcome,
            columns.reporters,
            columns.snapshot.as_str(),
            columns.quarantined,
            words_version.map(i64::from),
        )?;
        let now = Indexed::of(case);
        if touched == 1 && now != *before {
            let (category, community) = (now.category.as_str(), now.community.as_str());
            execute_later!(
                self,
                REINDEX_ROW,
                id,
                columns.done,
                columns.listed,
                category,
                columns.due_at,
                i64::from(now.awaits),
                community,
                now.answer_due.map(Timestamp::millis)
            )?;
        }
        if touched == 1 {
            return Ok(());
        }
        let row = fetch_optional!(self, (i64,), VERSION, id)?;
        Err(Error::Conflict {
            current: row.map_or(0, |(version,)| number(version)),
        })
    }

    /// Writes the clocks that are new or differ.
    pub(crate) async fn project_clocks(
        &mut self,
        id: &str,
        before: &[RunningClock],
        after: &[RunningClock],
    ) -> Result<()> {
        let changed: Vec<&RunningClock> = after
            .iter()
            .filter(|clock| {
                before
                    .iter()
                    .find(|old| old.id == clock.id)
                    .is_none_or(|old| {
                        late_from(old) != late_from(clock)
                            || is_running(old) != is_running(clock)
                            || old.owner != clock.owner
                            || old.first_due != clock.first_due
                    })
            })
            .collect();
        if changed.is_empty() {
            return Ok(());
        }
        insert_rows!(
            self,
            CLOCKS,
            changed,
            |clock| id,
            i64::from(clock.id),
            clock.stage.as_str(),
            owner_text(&clock.owner),
            late_from(clock).millis(),
            i64::from(is_running(clock)),
            clock.first_due.millis(),
        )
        .await
    }

    /// Writes the parts that are new or were returned.
    pub(crate) async fn project_parts(
        &mut self,
        id: &str,
        before: &[Part],
        after: &[Part],
    ) -> Result<()> {
        let changed: Vec<&Part> = after
            .iter()
            .filter(|part| {
                before
                    .iter()
                    .find(|old| old.no == part.no)
                    .is_none_or(|old| old.returned != part.returned)
            })
            .collect();
        if changed.is_empty() {
            return Ok(());
        }
        insert_rows!(
            self,
            PARTS,
            changed,
            |part| id,
            i64::from(part.no),
            part.unit.as_str(),
            i64::from(part.returned),
        )
        .await
    }

    pub(crate) async fn insert_photos(
        &mut self,
        id: &str,
        version: u32,
        photos: &[PhotoId],
    ) -> Result<()> {
        if photos.is_empty() {
            return Ok(());
        }
        let numbered: Vec<(i64, &PhotoId)> = (1..).zip(photos).collect();
        insert_rows!(
            self,
            PHOTOS,
            numbered,
            |(no, photo)| photo.to_string(),
            id,
            i64::from(version),
            *no,
        )
        .await
    }
}

pub(crate) fn is_running(clock: &RunningClock) -> bool {
    clock.stopped.is_none() && !clock.cancelled
}

/// From when on a running clock is late if nothing more happens: while it stands still, from when
/// the longest wait would have moved its due instant to.
pub(crate) fn late_from(clock: &RunningClock) -> Timestamp {
    let waits = clock.pauses.last().filter(|pause| pause.from < clock.due);
    waits
        .and_then(|_| clock.pause_ends())
        .map_or(clock.due, |ends| clock.due_at(ends))
}

/// When the promise to the reporter of a case is broken; none while none runs.
fn due_at(case: &Case) -> Option<Timestamp> {
    case.resolve_clock()
        .filter(|clock| is_running(clock))
        .map(late_from)
}

/// The office of a text that [`owner_text`] wrote.
pub(crate) fn owner_of(text: &str) -> Option<Owner> {
    match text.split_once(':') {
        Some(("community", code)) => AreaCode::new(code).ok().map(Owner::Community),
        Some(("station", code)) => AreaCode::new(code).ok().map(Owner::Station),
        Some(("unit", code)) => UnitCode::new(code).ok().map(Owner::Unit),
        None if text == "city" => Some(Owner::City),
        _ => None,
    }
}

/// An owner as a column: `unit:…`, `community:…`, `station:…`, `city`.
pub(crate) fn owner_text(owner: &Owner) -> String {
    match owner {
        Owner::Community(area) => format!("community:{area}"),
        Owner::Station(area) => format!("station:{area}"),
        Owner::Unit(unit) => format!("unit:{unit}"),
        Owner::City => "city".to_owned(),
    }
}

/// The columns that are computed from a case.
pub(crate) struct Columns {
    pub(crate) state: &'static str,
    pub(crate) done: i64,
    pub(crate) listed: i64,
    pub(crate) detail: i64,
    pub(crate) outcome: Option<&'static str>,
    pub(crate) due_at: Option<i64>,
    pub(crate) reporters: i64,
    pub(crate) quarantined: i64,
    pub(crate) snapshot: String,
}

impl Columns {
    pub(crate) fn of(case: &Case) -> Result<Self> {
        let tag = case.state.tag();
        Ok(Self {
            state: tag.as_str(),
            done: i64::from(tag.is_ended()),
            listed: i64::from(case.is_listed()),
            detail: i64::from(case.words_are_public()),
            outcome: case.state.outcome().map(domain::case::Outcome::as_str),
            due_at: due_at(case).map(Timestamp::millis),
            reporters: i64::try_from(case.parties.len()).unwrap_or(i64::MAX),
            quarantined: i64::from(case.quarantined),
            snapshot: serde_json::to_string(case)
                .map_err(|_| Error::corrupt("case_row", "snapshot", case.id))?,
        })
    }
}
