//! Supervision: how the city handles what it is told, for those who look after all of it.
//!
//! What stands now (the four queues of 统一分办、联合执法、应急、督办, what is late by stage and office, where nobody
//! is appointed) and what a week came to ([`bulletin`]). Every figure is a count with what it is of.
//! Offices are named, people never.

mod bulletin;
mod grids;
mod returns;
mod sample;

use std::collections::BTreeMap;

use domain::{
    access::{self, Appointment, Role, Viewer},
    area::AreaKind,
    case::{Awaits, Case},
    city::UnitKind,
    clock::{Owner, Stage},
    ids::CaseId,
    lang::Lang,
    time::{Timestamp, Week},
};
use store::{COUNT_CAP, CaseFilter, ElsewhereFilter, Reading, StateGroup};

pub(crate) use bulletin::Reckoned;
pub use bulletin::{Bulletin, CommunityRow, Counts, OfficeRow, Promises, bulletin};
pub use grids::{GridStaffing, UnstaffedGrids};
pub use returns::{ReturnRow, Returns};
pub use sample::{Sample, Sampled, sample};

use crate::{
    Desk, Error, Result, people,
    scores::{self, ScoreLine},
    views::Total,
    worklist::{List, total_of},
};

/// Weeks that a page offers to look back at.
const WEEKS: usize = 8;

/// Something late, by stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LateStage {
    /// What is late.
    pub stage: Stage,
    /// How many clocks.
    pub clocks: u64,
    /// Whose, the most first.
    pub offices: Vec<(String, u64)>,
}

/// An office that nobody holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unstaffed {
    /// Which role is missing.
    pub role: Role,
    /// Where.
    pub office: String,
}

/// How things stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// The four queues, with how many cases each holds.
    pub queues: Vec<(List, Total)>,
    /// What was transferred out and has no answer yet, and how much of it is over.
    pub elsewhere: (Total, Total),
    /// What is late, in the order of a case.
    pub late: Vec<LateStage>,
    /// Offices that nobody holds.
    pub unstaffed: Vec<Unstaffed>,
    /// Grids that nobody looks after.
    pub grids: GridStaffing,
    /// What offices say of each other, where enough was said.
    pub scores: Vec<ScoreLine>,
    /// The last weeks, the one under way first.
    pub weeks: Vec<Week>,
}

fn allowed(viewer: &Viewer) -> Result<()> {
    if access::supervises(viewer) {
        Ok(())
    } else {
        Err(Error::Forbidden)
    }
}

/// The week under way.
#[must_use]
pub fn this_week(desk: &Desk) -> Week {
    Week::of(desk.city.time.civil(desk.now()).date)
}

/// How things stand now.
///
/// # Errors
/// [`Error::Forbidden`] for others than the city's supervisors and commission; the store's.
pub async fn overview(desk: &Desk, viewer: &Viewer, lang: Lang) -> Result<Overview> {
    allowed(viewer)?;
    let scope = access::scope(viewer);
    let mut reading = desk.store.read().await?;
    let mut queues = Vec::new();
    for list in List::QUEUES {
        let filter = CaseFilter {
            awaits: list.queue(),
            ..CaseFilter::default()
        };
        let count = reading.count_cases(&scope, &filter).await?;
        queues.push((list, total_of(count, COUNT_CAP)));
    }
    let all = ElsewhereFilter::default();
    let over = ElsewhereFilter {
        before: Some(desk.now()),
        ..all.clone()
    };
    let all = reading.count_elsewhere_to(&scope, &all, COUNT_CAP).await?;
    let over = reading.count_elsewhere_to(&scope, &over, COUNT_CAP).await?;
    let mut late: BTreeMap<usize, LateStage> = BTreeMap::new();
    for found in reading.late_clocks(desk.now()).await? {
        let at = Stage::ALL.iter().position(|stage| *stage == found.stage);
        let entry = late.entry(at.unwrap_or(usize::MAX)).or_insert(LateStage {
            stage: found.stage,
            clocks: 0,
            offices: Vec::new(),
        });
        entry.clocks += found.clocks;
        let office = desk.office_name(&found.owner, lang);
        entry.offices.push((office, found.clocks));
    }
    let mut late: Vec<LateStage> = late.into_values().collect();
    for stage in &mut late {
        stage
            .offices
            .sort_by_key(|(_, clocks)| std::cmp::Reverse(*clocks));
    }
    let held = reading.held().await?;
    drop(reading);
    // An office of somebody who may not sign in is held by nobody.
    let filled: Vec<Appointment> = held.iter().map(people::as_filled).collect();
    let this = this_week(desk);
    let weeks = std::iter::successors(Some(this), |week| Some(week.before()));
    Ok(Overview {
        queues,
        elsewhere: (total_of(all, COUNT_CAP), total_of(over, COUNT_CAP)),
        late,
        unstaffed: unstaffed(desk, &filled, lang),
        grids: grids::staffing(desk, &filled, lang),
        scores: scores::all(desk, viewer, lang).await?,
        weeks: weeks.take(WEEKS).collect(),
    })
}

/// Communities without a secretary or a grid officer, units without a dispatcher, modules without an
/// officer: what is told or called there waits for nobody.
fn unstaffed(desk: &Desk, filled: &[Appointment], lang: Lang) -> Vec<Unstaffed> {
    let now = desk.now();
    let held = filled.iter().filter(|held| held.holds(now));
    let held: Vec<(Role, &Owner)> = held.map(|held| (held.role, &held.home)).collect();
    let areas = &desk.city.areas;
    let communities = areas.of_kind(AreaKind::Community, now).into_iter();
    let communities = communities.map(|area| Owner::Community(area.code.clone()));
    let stations = areas.of_kind(AreaKind::Unit, now).into_iter();
    let stations = stations.map(|area| Owner::Station(area.code.clone()));
    let modules = desk.city.units.iter().filter(|unit| {
        let holds = unit.valid_from <= now && unit.valid_to.is_none_or(|until| now < until);
        unit.kind == UnitKind::Module && holds
    });
    let modules = modules.map(|unit| Owner::Unit(unit.code.clone()));
    let wanted = communities
        .clone()
        .map(|home| (Role::Secretary, home))
        .chain(communities.map(|home| (Role::GridOfficer, home)))
        .chain(stations.map(|home| (Role::Dispatcher, home)))
        .chain(modules.map(|home| (Role::Officer, home)));
    wanted
        .filter(|(role, home)| !held.contains(&(*role, home)))
        .map(|(role, home)| Unstaffed {
            role,
            office: desk.office_name(&home, lang),
        })
        .collect()
}

/// Cases by id, of those that may be counted with others: no sealed tip, nothing out of sight.
async fn countable(reading: &mut Reading, ids: &[CaseId]) -> Result<Vec<Case>> {
    let all = access::scope(&Viewer::System);
    let mut cases = Vec::new();
    for some in ids.chunks(store::PAGE_CAP as usize) {
        let filter = CaseFilter {
            ids: Some(some.to_vec()),
            state: StateGroup::All,
            limit: store::PAGE_CAP,
            ..CaseFilter::default()
        };
        let lines = reading.cases(&all, &filter).await?;
        cases.extend(lines.into_iter().map(|line| line.case));
    }
    cases.retain(|case| case.kind != domain::case::Kind::Tip && !case.quarantined);
    Ok(cases)
}

/// What a queue of the city holds.
impl List {
    /// The four queues of the city.
    pub const QUEUES: [Self; 4] = [
        Self::Triage,
        Self::JointEnforcement,
        Self::Emergency,
        Self::Demands,
    ];

    pub(crate) fn queue(self) -> Awaits {
        match self {
            Self::Triage => Awaits::TRIAGE,
            Self::JointEnforcement => Awaits::JOINT_ENFORCEMENT,
            Self::Emergency => Awaits::EMERGENCY,
            Self::Demands => Awaits::ANSWER_TO_DEMAND,
            _ => Awaits::NOTHING,
        }
    }
}

/// Whether a moment lies in a time, its end not.
fn within((from, to): (Timestamp, Timestamp), at: Timestamp) -> bool {
    from <= at && at < to
}
