//! The worklist of the desk: what is mine to do, emergencies first, then by the clock that runs out first.
//!
//! "Mine" are the clocks of the viewer's own offices ([`access::clocks`]): a list turns red for its
//! owner only. Beside it stand lists of what waits for a decision, a check or a release, which no
//! clock may measure, and of everything in the viewer's scope.

mod choices;
mod find;
mod lines;
mod list;
mod near;
mod queue;
pub mod several;

use domain::{
    access::{self, Clocks, Scope, Viewer},
    case::{Awaits, Case},
    clock::Stage,
    lang::Lang,
    reference::CaseNumber,
    time::Timestamp,
};
use store::{CaseFilter, DueFilter, ElsewhereFilter, Reading, StateGroup};

pub use find::LookedBack;
pub use list::List;
pub use near::near;

use choices::{areas, categories_in, families};
use lines::{Found, show, with_clock};
pub(crate) use near::metres;
use queue::{QueuePlace, due_of, due_text, queue};

use crate::{
    Desk, Result,
    lists::{cursor_of, cursor_text, known_area},
    look,
    views::{CaseCard, Choice, ClockLine, PassedView, Total},
};

/// Cases on a page.
pub const PAGE: u32 = 25;
/// How far the lists of the desk are counted: beyond two hundred nobody plans by the number.
const COUNTED: u32 = 201;
/// Cases of a list for paper.
const ON_PAPER: u32 = 60;

/// What is asked for, as typed. What cannot be understood narrows nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Which list.
    pub list: List,
    /// Only what has run out already; of my clocks only.
    pub overdue: bool,
    /// Words or a number.
    pub words: String,
    /// A community or unit.
    pub area: String,
    /// A category, of a leaf or a family.
    pub category: String,
    /// Where the page starts.
    pub after: String,
    /// Of words: a day before which ended cases are looked through.
    pub back: String,
}

/// A line of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkLine {
    /// The case.
    pub card: CaseCard,
    /// Of my clocks: the one that runs out first.
    pub clock: Option<ClockLine>,
    /// What it waits for beside its clocks.
    pub awaits: Awaits,
    /// As it stands, for what is done to several at once.
    pub version: u32,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// The first day that was named and has gone by ([`Case::date_over`]).
    pub date_over: Option<Timestamp>,
    /// Whom it was transferred to and until when they must answer.
    pub passed: Option<PassedView>,
}

/// A page of the worklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worklist {
    /// What was asked for.
    pub asked: Asked,
    /// The cases.
    pub items: Vec<WorkLine>,
    /// Where the next page starts.
    pub next: Option<String>,
    /// How many each list holds, without filters.
    pub counts: Vec<(List, Total)>,
    /// How many of my clocks have run out.
    pub overdue: Total,
    /// How many match.
    pub total: Total,
    /// Which ended cases were looked through for words; none where they were not.
    pub back: Option<LookedBack>,
    /// Communities to filter by.
    pub areas: Vec<Choice>,
    /// Families of categories to filter by.
    pub categories: Vec<Choice>,
}

/// A page of the viewer's worklist.
///
/// # Errors
/// If the store does not answer.
pub async fn page(desk: &Desk, viewer: &Viewer, asked: Asked, lang: Lang) -> Result<Worklist> {
    let scope = access::scope(viewer);
    let now = desk.now();
    let mine = mine_of(viewer);
    let overdue = DueFilter {
        before: Some(now),
        ..mine.clone()
    };
    let (found, back) = match find::find(desk, viewer, &scope, &asked).await? {
        Some(found) => (Some(found.ids), found.back),
        None => (None, None),
    };
    // A search looks everywhere in the scope, whatever list it was begun on.
    let list = match (&found, asked.list) {
        (Some(_), List::Mine) => None,
        (_, list) => Some(list),
    };
    let communities = known_area(desk, &asked.area).map(|code| {
        let inside = desk.city.areas.communities_of(&code, desk.now());
        if inside.is_empty() {
            vec![code]
        } else {
            inside.into_iter().collect()
        }
    });
    let category_in = categories_in(desk, &asked.category);
    let mut reading = desk.store.read().await?;
    let (lines, next, total) = if list == Some(List::Mine) {
        let filter = DueFilter {
            communities: communities.clone(),
            category_in: category_in.clone(),
            limit: PAGE,
            ..if asked.overdue {
                overdue.clone()
            } else {
                mine.clone()
            }
        };
        let total = reading.count_due_to(&scope, &filter, COUNTED).await?;
        let after = QueuePlace::of(&asked.after);
        let (lines, next) = queue(desk, &mut reading, &scope, filter, after).await?;
        let next = next.map(QueuePlace::text);
        let lines = lines
            .into_iter()
            .filter(|due| is_theirs(viewer, &due.line.case))
            .map(|due| with_clock(desk, due, lang))
            .collect::<Vec<_>>();
        (lines, next, total)
    } else if list == Some(List::Elsewhere) {
        let filter = ElsewhereFilter {
            communities,
            category_in,
            ids: found,
            after: due_of(&asked.after),
            limit: PAGE,
            ..ElsewhereFilter::default()
        };
        let lines = reading.elsewhere(&scope, &filter).await?;
        let total = reading.count_elsewhere_to(&scope, &filter, COUNTED).await?;
        let next = lines.last().filter(|_| lines.len() == PAGE as usize);
        let next = next.map(|line| due_text(line.cursor()));
        let lines = lines
            .into_iter()
            .filter(|line| is_theirs(viewer, &line.line.case))
            .map(Found::from)
            .collect();
        (lines, next, total)
    } else {
        let filter = CaseFilter {
            communities,
            category_in,
            ids: found,
            after: cursor_of(&asked.after),
            limit: PAGE,
            ..filter_of(list.unwrap_or(List::Open), list.is_none(), viewer)
        };
        let lines = reading.cases(&scope, &filter).await?;
        let total = reading.count_cases_to(&scope, &filter, COUNTED).await?;
        let next = lines.last().filter(|_| lines.len() == PAGE as usize);
        let next = next.map(|line| cursor_text(line.cursor()));
        let lines = lines
            .into_iter()
            .filter(|line| is_theirs(viewer, &line.case))
            .map(Found::from)
            .collect();
        (lines, next, total)
    };
    let counts = counts(&mut reading, &scope, viewer, &mine).await?;
    let overdue = total_of(
        reading.count_due_to(&scope, &overdue, COUNTED).await?,
        COUNTED,
    );
    drop(reading);
    let items = show(desk, viewer, &lines, lang).await;
    Ok(Worklist {
        items,
        next,
        counts,
        overdue,
        total: total_of(total, COUNTED),
        back,
        areas: areas(desk, viewer, lang),
        categories: families(desk, lang),
        asked,
    })
}

/// How many each list holds.
async fn counts(
    reading: &mut Reading,
    scope: &Scope,
    viewer: &Viewer,
    mine: &DueFilter,
) -> Result<Vec<(List, Total)>> {
    let mut counts = Vec::new();
    for list in List::ALL {
        let count = match list {
            // What has ended is many, and nothing to be done; the queues of the city have a page of their own.
            List::Ended => continue,
            list if List::QUEUES.contains(&list) => continue,
            List::Mine => reading.count_due_to(scope, mine, COUNTED).await?,
            List::Elsewhere => {
                let all = ElsewhereFilter::default();
                reading.count_elsewhere_to(scope, &all, COUNTED).await?
            }
            list => {
                let filter = filter_of(list, false, viewer);
                reading.count_cases_to(scope, &filter, COUNTED).await?
            }
        };
        counts.push((list, total_of(count, COUNTED)));
    }
    Ok(counts)
}

/// A scope is drawn wider than what somebody works on: of a case without its details an editor knows
/// what everybody knows, and whoever wants a case out of sight does not see it by that.
fn is_theirs(viewer: &Viewer, case: &Case) -> bool {
    access::is_inside(viewer, case) || access::is_contracted(viewer, case)
}

/// The clocks that are the viewer's own to keep.
fn mine_of(viewer: &Viewer) -> DueFilter {
    match access::clocks(viewer) {
        Clocks::All => DueFilter::default(),
        Clocks::Of { owners, releases } => DueFilter {
            owners: Some(owners),
            without: (!releases).then_some(Stage::Release),
            ..DueFilter::default()
        },
    }
}

/// The viewer's own list for paper, what runs out first first: at most so many as fit on a few sheets.
///
/// # Errors
/// The store's; where nobody can write down that it was printed, there is no list.
pub async fn for_paper(desk: &Desk, viewer: &Viewer, lang: Lang) -> Result<Vec<WorkLine>> {
    let filter = DueFilter {
        limit: ON_PAPER,
        ..mine_of(viewer)
    };
    let scope = access::scope(viewer);
    let mut reading = desk.store.read().await?;
    let (lines, _) = queue(desk, &mut reading, &scope, filter, None).await?;
    drop(reading);
    let lines: Vec<_> = lines
        .into_iter()
        .filter(|due| is_theirs(viewer, &due.line.case))
        .map(|due| with_clock(desk, due, lang))
        .collect();
    let cases: Vec<_> = lines.iter().map(|found| &found.line.case).collect();
    look::note_printed(desk, viewer, &cases).await?;
    Ok(show(desk, viewer, &lines, lang).await)
}

/// The case of the viewer's own that runs out first, besides this one: what to do next.
///
/// # Errors
/// If the store does not answer.
pub async fn next(
    desk: &Desk,
    viewer: &Viewer,
    besides: CaseNumber,
    lang: Lang,
) -> Result<Option<CaseCard>> {
    let filter = DueFilter {
        limit: 2,
        ..mine_of(viewer)
    };
    let scope = access::scope(viewer);
    let mut reading = desk.store.read().await?;
    let (lines, _) = queue(desk, &mut reading, &scope, filter, None).await?;
    drop(reading);
    let next = lines.iter().find(|due| due.line.case.number != besides);
    Ok(next.map(|due| desk.card(&due.line.case, None, viewer, lang)))
}

fn filter_of(list: List, everything: bool, viewer: &Viewer) -> CaseFilter {
    CaseFilter {
        awaits: if everything {
            Awaits::NOTHING
        } else {
            list.awaits(viewer)
        },
        state: match list {
            _ if everything => StateGroup::All,
            List::Open => StateGroup::Open,
            List::Ended => StateGroup::Done,
            _ => StateGroup::All,
        },
        limit: PAGE,
        ..CaseFilter::default()
    }
}

/// A count that went no further than `cap`.
pub(crate) fn total_of(count: u32, cap: u32) -> Total {
    if count < cap {
        Total::Exactly(u64::from(count))
    } else {
        Total::MoreThan(u64::from(cap - 1))
    }
}
