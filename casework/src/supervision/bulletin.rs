//! What a week came to. 周报

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use domain::{
    access::Viewer,
    area::AreaKind,
    case::{Case, Ground, Kind},
    clock::{Owner, RunningClock, Stage},
    event::{Actor, Fact},
    ids::{AreaCode, CaseId},
    lang::Lang,
    time::{Timestamp, Week},
};

use super::{
    allowed, countable,
    returns::{self, ReturnRow},
    within,
};
use crate::{Desk, Result};

/// Events read at a time along the log.
const STEP: u32 = 2_000;

/// Promises whose first due instant lay in the week, by what became of them. What was no longer needed
/// before it was due counts nowhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Promises {
    /// Done before it was due.
    pub kept: u64,
    /// Done, too late.
    pub late: u64,
    /// Due, and not done to this day; or never done, since it was no longer needed after.
    pub missed: u64,
    /// Not due yet: of a week that is under way.
    pub open: u64,
}

impl Promises {
    /// Those whose time has come.
    #[must_use]
    pub const fn due(self) -> u64 {
        self.kept + self.late + self.missed
    }

    fn add(&mut self, clock: &RunningClock, now: Timestamp) {
        let place = if clock.cancelled {
            return;
        } else if clock.is_missed() {
            &mut self.missed
        } else if clock.stopped_late() {
            &mut self.late
        } else if clock.stopped.is_some() {
            &mut self.kept
        } else if clock.is_late(now) {
            &mut self.missed
        } else {
            &mut self.open
        };
        *place += 1;
    }
}

/// What happened in the week, each a count of steps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Told by residents, or for them.
    pub told: u64,
    /// Found by staff on patrol.
    pub found: u64,
    /// Tasks of the city for its communities.
    pub tasks: u64,
    /// Whistles: cases in which departments were called.
    pub calls: u64,
    /// Departments that were called.
    pub called: u64,
    /// Reports in.
    pub reported_in: u64,
    /// Asked to be let go.
    pub returns_asked: u64,
    /// Let go.
    pub returns_upheld: u64,
    /// Not let go.
    pub returns_refused: u64,
    /// Assigned by the commission.
    pub assigned: u64,
    /// More time asked for.
    pub extensions_asked: u64,
    /// More time given.
    pub extensions_granted: u64,
    /// Results.
    pub resolved: u64,
    /// Results that a check did not hold.
    pub sent_back: u64,
    /// Went one level up by themselves, since nobody kept the promise.
    pub gone_up: u64,
    /// Reporters who said that it is fixed.
    pub fixed: u64,
    /// Reporters who said that it is not.
    pub not_fixed: u64,
    /// Ratings, by stars from one to five.
    pub stars: [u64; 5],
    /// Urged by reporters.
    pub urged: u64,
    /// Demands for an answer.
    pub demands: u64,
    /// Demands that were answered.
    pub answered: u64,
    /// Put on a plan.
    pub parked: u64,
    /// Handed to another body.
    pub transferred: u64,
    /// Not accepted, by ground.
    pub rejected: Vec<(Ground, u64)>,
}

/// One office's promises.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeRow {
    /// Its name.
    pub office: String,
    /// All its promises of the week.
    pub promises: Promises,
    /// Of them the reports in: who came, and who did not.
    pub report_in: Promises,
}

/// What came to one community.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommunityRow {
    /// Its name.
    pub community: String,
    /// Cases told or found there.
    pub filed: u64,
    /// Put on it from above: tasks, demands, cases passed on to it.
    pub from_above: u64,
    /// Departments that it called.
    pub called: u64,
    /// Its own promises of the week.
    pub promises: Promises,
}

/// What a week came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bulletin {
    /// Which week.
    pub week: Week,
    /// It is not over.
    pub under_way: bool,
    /// When the figures were made.
    pub at: Timestamp,
    /// What happened.
    pub counts: Counts,
    /// Promises by stage, in the order of a case.
    pub stages: Vec<(Stage, Promises)>,
    /// Promises by department and station, the most missed first.
    pub offices: Vec<OfficeRow>,
    /// What came to each community, the most from above first.
    pub communities: Vec<CommunityRow>,
    /// Returns by the office that had called, the most upheld first.
    pub returns: Vec<ReturnRow>,
}

/// What a week came to, from the events of the log and the promises that came due in it.
///
/// # Errors
/// [`crate::Error::Forbidden`] for others than the city's supervisors and commission; the store's.
pub async fn bulletin(desk: &Desk, viewer: &Viewer, week: Week, lang: Lang) -> Result<Bulletin> {
    allowed(viewer)?;
    // A week is a lot to read: one at a time, and not again while nothing has changed.
    let mut last = desk.week.lock().await;
    let minute = desk.now().millis().div_euclid(60_000);
    let true_for = (week, lang, desk.store.log_position(), minute);
    if let Some(known) = last.as_ref().filter(|known| known.true_for == true_for) {
        return Ok(known.bulletin.clone());
    }
    let bulletin = reckon(desk, week, lang).await?;
    *last = Some(Reckoned {
        true_for,
        bulletin: bulletin.clone(),
    });
    Ok(bulletin)
}

/// A bulletin, and what it is true for.
#[derive(Debug)]
pub(crate) struct Reckoned {
    /// The week, the language, the position of the log, and the minute.
    true_for: (Week, Lang, u64, i64),
    bulletin: Bulletin,
}

async fn reckon(desk: &Desk, week: Week, lang: Lang) -> Result<Bulletin> {
    let now = desk.now();
    let span = week.span(&desk.city.time);
    let mut reading = desk.store.read().await?;
    let promised = reading.promised(span.0, span.1).await?;
    let promised = countable(&mut reading, &promised).await?;
    let mut week_of = Happened::default();
    let mut from = reading.position_before(span.0).await?;
    // What is written a little later may be of a little earlier.
    let end = span.1.plus(domain::time::Millis::minutes(10));
    'log: loop {
        let events = reading.log_after(from, STEP).await?;
        let Some(last) = events.last() else { break };
        from = last.position;
        let ids: HashSet<CaseId> = events.iter().map(|it| it.recorded.case).collect();
        let ids: Vec<CaseId> = ids.into_iter().collect();
        let cases = countable(&mut reading, &ids).await?;
        let cases: HashMap<CaseId, Case> = cases.into_iter().map(|it| (it.id, it)).collect();
        for logged in &events {
            let recorded = &logged.recorded;
            if recorded.at >= end {
                break 'log;
            }
            let case = cases.get(&recorded.case);
            if let Some(case) = case.filter(|_| within(span, recorded.at)) {
                week_of.add(case, recorded.event.actor, &recorded.event.fact);
            }
        }
    }
    let returned = std::mem::take(&mut week_of.returned);
    let returns = returns::by_office(desk, &mut reading, returned, span, lang).await?;
    drop(reading);
    let mut stages: BTreeMap<usize, (Stage, Promises)> = BTreeMap::new();
    let mut offices: BTreeMap<Owner, (Promises, Promises)> = BTreeMap::new();
    let clocks = promised.iter().flat_map(|case| &case.clocks);
    for clock in clocks.filter(|clock| within(span, clock.first_due)) {
        let at = Stage::ALL.iter().position(|stage| *stage == clock.stage);
        let of_stage = stages.entry(at.unwrap_or(usize::MAX));
        of_stage
            .or_insert((clock.stage, Promises::default()))
            .1
            .add(clock, now);
        let (all, report_in) = offices.entry(clock.owner.clone()).or_default();
        all.add(clock, now);
        if clock.stage == Stage::ReportIn {
            report_in.add(clock, now);
        }
    }
    let communities = desk.city.areas.of_kind(AreaKind::Community, now);
    let mut communities: Vec<CommunityRow> = communities
        .into_iter()
        .map(|area| {
            let came = week_of
                .communities
                .get(&area.code)
                .copied()
                .unwrap_or_default();
            let own = offices.remove(&Owner::Community(area.code.clone()));
            CommunityRow {
                community: area.names.get(lang).to_owned(),
                filed: came.filed,
                from_above: came.from_above,
                called: came.called,
                promises: own.unwrap_or_default().0,
            }
        })
        .filter(|row| row.filed + row.from_above + row.called > 0 || row.promises.due() > 0)
        .collect();
    let burden = |row: &CommunityRow| (row.from_above, row.promises.missed, row.filed);
    communities.sort_by_key(|row| std::cmp::Reverse(burden(row)));
    let mut offices: Vec<OfficeRow> = offices
        .into_iter()
        .map(|(owner, (promises, report_in))| OfficeRow {
            office: desk.office_name(&owner, lang),
            promises,
            report_in,
        })
        .collect();
    offices.sort_by_key(|row| std::cmp::Reverse((row.promises.missed, row.promises.late)));
    Ok(Bulletin {
        week,
        under_way: now < span.1,
        at: now,
        counts: week_of.counts(),
        stages: stages.into_values().collect(),
        offices,
        communities,
        returns,
    })
}

/// What came to a community.
#[derive(Clone, Copy, Debug, Default)]
struct Came {
    filed: u64,
    from_above: u64,
    called: u64,
}

#[derive(Default)]
struct Happened {
    counts: Counts,
    rejected: BTreeMap<&'static str, (Ground, u64)>,
    communities: HashMap<AreaCode, Came>,
    /// The case that went back to work with the event before this one.
    reopened: Option<CaseId>,
    /// Cases in which something was said of a return.
    returned: BTreeSet<CaseId>,
}

impl Happened {
    fn counts(self) -> Counts {
        Counts {
            rejected: self.rejected.into_values().collect(),
            ..self.counts
        }
    }

    fn add(&mut self, case: &Case, actor: Actor, fact: &Fact) {
        let counts = &mut self.counts;
        let reopened = self.reopened.take();
        if matches!(fact, Fact::Reopened { .. }) {
            self.reopened = Some(case.id);
        }
        if returns::is_step(fact) {
            self.returned.insert(case.id);
        }
        let came = self.communities.entry(case.community.clone()).or_default();
        match fact {
            Fact::Filed { case_kind, .. } => {
                came.filed += 1;
                match case_kind {
                    Kind::Task => {
                        counts.tasks += 1;
                        came.from_above += 1;
                    }
                    _ if case.judged_by_resident() => counts.told += 1,
                    _ => counts.found += 1,
                }
            }
            Fact::Called { parts, .. } => {
                let parts = u64::try_from(parts.len()).unwrap_or(u64::MAX);
                counts.calls += 1;
                counts.called += parts;
                came.called += parts;
            }
            Fact::ReportedIn { .. } => counts.reported_in += 1,
            Fact::ReturnAsked { .. } => counts.returns_asked += 1,
            Fact::ReturnRuled { upheld: true, .. } => counts.returns_upheld += 1,
            Fact::ReturnRuled { upheld: false, .. } => counts.returns_refused += 1,
            Fact::Assigned { .. } => counts.assigned += 1,
            Fact::ExtensionAsked { .. } => counts.extensions_asked += 1,
            Fact::ExtensionRuled { granted: true, .. } => counts.extensions_granted += 1,
            Fact::Resolved { .. } => counts.resolved += 1,
            Fact::SentBack {} => counts.sent_back += 1,
            // What goes up with a "not fixed" kept its promise, such as it was.
            Fact::Escalated { .. } if actor == Actor::System && reopened != Some(case.id) => {
                counts.gone_up += 1;
            }
            Fact::Confirmed { .. } => counts.fixed += 1,
            Fact::Disputed { .. } => counts.not_fixed += 1,
            Fact::Rated { stars, .. } => {
                let at = usize::from(stars.saturating_sub(1)).min(4);
                counts.stars[at] += 1;
            }
            Fact::Urged { .. } => counts.urged += 1,
            Fact::Supervised { .. } => {
                counts.demands += 1;
                came.from_above += 1;
            }
            Fact::SupervisionAnswered { .. } => counts.answered += 1,
            // The one that gave it away is not known any more; the one that has it has more to do.
            Fact::Moved { .. } => came.from_above += 1,
            Fact::Parked { .. } => counts.parked += 1,
            Fact::TransferredOut { .. } => counts.transferred += 1,
            Fact::Rejected { ground, .. } => {
                let entry = self.rejected.entry(ground.as_str());
                entry.or_insert((*ground, 0)).1 += 1;
            }
            _ => {}
        }
    }
}
