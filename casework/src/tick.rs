//! What happens because time passes: clocks that have run out since it was last looked, and promises
//! that were not kept and so go one level up.
//!
//! It is looked every half minute. Where it was looked last stands in the store, so that nothing is
//! passed over while the server stands, and nothing is found twice.

use domain::{
    access::Viewer,
    case::{Case, Kind, Level},
    clock::RunningClock,
    decide::Act,
    ids::CaseId,
    time::{Millis, Timestamp},
};
use futures::FutureExt as _;
use store::{DueClock, Job, Tx};

use crate::{Desk, Error, Result, act::act, sweep::settle};

/// The job that takes a case one level up.
const GO_UP: &str = "clock.up";
/// Until when promises that ran out were looked for.
const LOOKED: &str = "clock.looked";
/// A clock that was set back by more than this was set wrong before: then it begins anew, and does not
/// wait until the wrong time has come.
const SET_WRONG: Millis = Millis::hours(1);

/// Clocks that came within `before` of their end since the fact `name` was last moved, and those that
/// ran out (`before` zero). Moves the fact. Begins with nothing: what was before is no news.
pub(crate) async fn passed(
    tx: &mut Tx,
    name: &str,
    before: &[Millis],
) -> store::Result<Vec<(Millis, DueClock)>> {
    let now = tx.now();
    let last = tx.fact(name).await?.and_then(|text| text.parse().ok());
    let last = last.map(Timestamp::from_millis);
    if last.is_some_and(|last| now <= last && last.since(now) < SET_WRONG) {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    if let Some(last) = last.filter(|last| *last < now) {
        for before in before {
            let (from, to) = (last.plus(*before), now.plus(*before));
            let mut after: Option<DueClock> = None;
            loop {
                let page = tx.clocks_due(from, to, after.as_ref()).await?;
                let Some(end) = page.last().cloned() else {
                    break;
                };
                after = Some(end);
                found.extend(page.into_iter().map(|clock| (*before, clock)));
            }
        }
    }
    tx.set_fact(name, &now.millis().to_string()).await?;
    Ok(found)
}

/// A job's recipient: this clock with this end, once.
pub(crate) fn name_of(found: &DueClock) -> String {
    format!("{}/{}/{}", found.case, found.clock, found.due.millis())
}

/// The clock of a recipient as it stands, if it still runs and its end has not moved.
pub(crate) async fn find(tx: &mut Tx, name: &str) -> store::Result<Option<(Case, RunningClock)>> {
    let due = name.split('/').nth(2).and_then(|due| due.parse().ok());
    let found = find_running(tx, name).await?;
    Ok(found.filter(|(_, clock)| Some(clock.due_at(tx.now()).millis()) == due))
}

/// The clock of a recipient as it stands, if it still runs.
async fn find_running(tx: &mut Tx, name: &str) -> store::Result<Option<(Case, RunningClock)>> {
    let mut words = name.split('/');
    let (case, clock) = (words.next(), words.next());
    let case = case.and_then(|case| case.parse::<CaseId>().ok());
    let clock = clock.and_then(|clock| clock.parse::<u32>().ok());
    let (Some(case), Some(clock)) = (case, clock) else {
        return Ok(None);
    };
    let Some(standing) = tx.load_case(case).await? else {
        return Ok(None);
    };
    let case = standing.into_case();
    let found = case.clocks.iter().find(|one| one.id == clock);
    let found = found.filter(|clock| clock.is_running()).cloned();
    Ok(found.map(|clock| (case, clock)))
}

/// Owes what follows from promises that are over already: of a result that was sent back, a rejection
/// that was overturned, a merge that was undone. No look at what runs out now would find them.
pub(crate) async fn owe_what_is_over(tx: &mut Tx, case: &Case) -> store::Result<()> {
    let now = tx.now();
    for clock in case.clocks.iter().filter(|clock| clock.is_running()) {
        let due = clock.due_at(now);
        if due <= now
            && goes_up(case)
            && let Some(at) = clock.goes_up_at(Level::Unit)
        {
            let found = DueClock {
                case: case.id,
                clock: clock.id,
                due,
            };
            owe(tx, &name_of(&found), Level::Unit, at).await?;
        }
    }
    Ok(())
}

/// A sealed tip goes up to nobody, who may not even know of it, nor what is out of sight.
fn goes_up(case: &Case) -> bool {
    case.kind != Kind::Tip && !case.quarantined && case.level < Level::City
}

/// Takes cases whose promise ran out one level up.
///
/// # Errors
/// The store's; what was found until then goes up at the next tick.
pub async fn tick(desk: &Desk) -> Result<()> {
    desk.store
        .write::<_, (), Error>(|tx| {
            async move {
                for (_, found) in passed(tx, LOOKED, &[Millis::ZERO]).await? {
                    let name = name_of(&found);
                    if let Some((case, clock)) = find(tx, &name).await?
                        && goes_up(&case)
                        && let Some(at) = clock.goes_up_at(Level::Unit)
                    {
                        owe(tx, &name, Level::Unit, at).await?;
                    }
                }
                Ok(())
            }
            .boxed()
        })
        .await?;
    go_up(desk).await
}

async fn owe(tx: &mut Tx, name: &str, level: Level, at: Timestamp) -> store::Result<()> {
    let recipient = format!("{name}/{}", level.as_str());
    tx.add_job(0, GO_UP, &recipient, level.as_str(), at).await?;
    Ok(())
}

/// Does what is owed. Twice is once: a case that is there already, was done, or was given more time
/// stays as it is.
async fn go_up(desk: &Desk) -> Result<()> {
    loop {
        let jobs = desk
            .store
            .write::<_, _, Error>(|tx| async move { Ok(tx.take_jobs_of(GO_UP).await?) }.boxed())
            .await?;
        if jobs.is_empty() {
            return Ok(());
        }
        for job in jobs {
            let why = match one(desk, &job).await {
                Ok(()) => None,
                Err(error) => Some(error.to_string()),
            };
            settle(desk, job, why).await?;
        }
    }
}

async fn one(desk: &Desk, job: &Job) -> Result<()> {
    let name = job.recipient.clone();
    let Ok(to) = job.payload.parse::<Level>() else {
        return Err(Error::NotFound);
    };
    // What comes next is owed before this is done: a crash in between repeats, and loses nothing.
    let case = desk
        .store
        .write::<_, Option<CaseId>, Error>(move |tx| {
            let name = name.clone();
            async move {
                let Some((case, clock)) = find_running(tx, &name).await? else {
                    return Ok(None);
                };
                if !goes_up(&case) {
                    return Ok(None);
                }
                let now = tx.now();
                let due = clock.due_at(now);
                let moved = DueClock {
                    case: case.id,
                    clock: clock.id,
                    due,
                };
                let own = name.rsplit_once('/').map(|(clock, _)| clock);
                if own != Some(name_of(&moved).as_str()) {
                    // More time, or a question in between: it goes up when that is over.
                    let span = due.since(clock.due).at_least_zero();
                    if let Some(at) = clock.goes_up_at(to) {
                        owe(tx, &name_of(&moved), to, at.plus(span)).await?;
                    }
                    return Ok(None);
                }
                if to == Level::Unit
                    && let Some(at) = clock.goes_up_at(Level::City)
                {
                    let clock = name
                        .rsplit_once('/')
                        .map_or(name.as_str(), |(clock, _)| clock);
                    owe(tx, clock, Level::City, at).await?;
                }
                Ok((case.level < to).then_some(case.id))
            }
            .boxed()
        })
        .await?;
    let Some(case) = case else {
        return Ok(());
    };
    // From the grid to the unit are two steps, and each is told.
    for _ in 0..3 {
        match step(desk, case, to).await {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            // It ended meanwhile, or somebody else took it up.
            Err(Error::Refused(_) | Error::Forbidden) => return Ok(()),
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// One step up, unless it is there.
async fn step(desk: &Desk, case: CaseId, to: Level) -> Result<bool> {
    let all = domain::access::scope(&Viewer::System);
    let standing = desk.store.read().await?.case_by_id(&all, case).await?;
    let standing = standing.ok_or(Error::NotFound)?;
    if standing.level >= to {
        return Ok(false);
    }
    let next = domain::case::raise(standing.level);
    let version = Some(standing.version);
    act(
        desk,
        &Viewer::System,
        case,
        version,
        Act::Escalate { to: next },
    )
    .await?;
    Ok(true)
}
