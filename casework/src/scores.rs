//! 互评: after a case is closed, its community says how a called unit did its part, and the unit how it
//! was to work with the community. Shown in sums over whole months, of an
//! office that five others and more spoke of, and never by whom.

use domain::{
    access::{self, Role, Viewer},
    case::{Case, StateTag},
    clock::Owner,
    decide::Refusal,
    ids::UnitCode,
    lang::Lang,
    reference::CaseNumber,
};
use futures::FutureExt as _;
use store::day;
pub use store::{FEWEST_SCORES as FEWEST, Toward};

use crate::{Desk, Error, Result};

/// A score that this viewer may still give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToScore {
    /// For which part.
    pub part: u32,
    /// Whom.
    pub toward: Toward,
    /// What they are called.
    pub office: String,
}

/// What others said of an office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScoreLine {
    /// The office.
    pub office: String,
    /// How often.
    pub count: u64,
    /// The mean, in tenths of a point of five.
    pub tenths: u64,
}

/// Who says something of whom: the community's secretary of each unit that came, an officer of such a
/// unit of the community. Only of a case that is closed.
fn may(viewer: &Viewer, case: &Case) -> Vec<(u32, Toward)> {
    if case.state.tag() != StateTag::Closed || !access::is_inside(viewer, case) {
        return Vec::new();
    }
    let Viewer::Staff(staff) = viewer else {
        return Vec::new();
    };
    let holds = |role, home: &Owner| {
        let mut held = staff.appointments().iter();
        held.any(|held| {
            held.role == role && (held.home == *home || held.terms.stands_for.contains(home))
        })
    };
    let secretary = holds(Role::Secretary, &Owner::Community(case.community.clone()));
    let officer = |unit: &UnitCode| holds(Role::Officer, &Owner::Unit(unit.clone()));
    let came = case.parts.iter();
    came.filter(|part| part.reported_in.is_some() && !part.returned)
        .flat_map(|part| {
            let unit = secretary.then_some((part.no, Toward::Unit));
            let community = officer(&part.unit).then_some((part.no, Toward::Community));
            [unit, community]
        })
        .flatten()
        .collect()
}

/// Who says it, and of whom.
fn between(case: &Case, part: u32, toward: Toward) -> Option<(Owner, Owner)> {
    let community = Owner::Community(case.community.clone());
    let unit = Owner::Unit(case.part(part)?.unit.clone());
    Some(match toward {
        Toward::Community => (unit, community),
        Toward::Unit => (community, unit),
    })
}

/// The scores of a case that this viewer may still give.
///
/// # Errors
/// The store's.
pub(crate) async fn open(
    desk: &Desk,
    viewer: &Viewer,
    case: &Case,
    lang: Lang,
) -> Result<Vec<ToScore>> {
    let mut wanted = may(viewer, case);
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let given = desk.store.read().await?.scored(case.id).await?;
    wanted.retain(|it| !given.contains(it));
    Ok(wanted
        .into_iter()
        .filter_map(|(part, toward)| {
            let (_, office) = between(case, part, toward)?;
            Some(ToScore {
                part,
                toward,
                office: desk.office_name(&office, lang),
            })
        })
        .collect())
}

/// Gives a score of one to five.
///
/// # Errors
/// [`Error::NotFound`] where it is not the viewer's to give, [`Refusal::NotARating`] for other numbers,
/// [`Refusal::OnlyOnce`] a second time.
pub async fn give(
    desk: &Desk,
    viewer: &Viewer,
    number: CaseNumber,
    (part, toward): (u32, Toward),
    points: u8,
) -> Result<()> {
    if !(1..=5).contains(&points) {
        return Err(Refusal::NotARating.into());
    }
    let (viewer, time) = (viewer.clone(), desk.city.time.clone());
    desk.store
        .write::<_, (), Error>(move |tx| {
            let (viewer, time) = (viewer.clone(), time.clone());
            async move {
                let standing = tx.load_case_by_number(&number).await?;
                let case = standing.ok_or(Error::NotFound)?;
                if !may(&viewer, &case).contains(&(part, toward)) {
                    return Err(Error::NotFound);
                }
                let (by, of) = between(&case, part, toward).ok_or(Error::NotFound)?;
                let day = day(&time, tx.now());
                let which = (case.id, part, toward);
                if tx.score(which, (&by, &of), points, day).await? {
                    Ok(())
                } else {
                    Err(Refusal::OnlyOnce.into())
                }
            }
            .boxed()
        })
        .await
}

/// What was said until the end of last month of every office of which enough others said something, the
/// best first.
///
/// # Errors
/// [`Error::Forbidden`] for others than the city's supervisors and commission; the store's.
pub async fn all(desk: &Desk, viewer: &Viewer, lang: Lang) -> Result<Vec<ScoreLine>> {
    if !access::supervises(viewer) {
        return Err(Error::Forbidden);
    }
    // Over whole months: of a sum that grows by one, the one is no secret.
    let today = desk.city.time.civil(desk.now()).date;
    let first = today.replace_day(1).unwrap_or(today);
    let month = day(&desk.city.time, desk.city.time.start_of_day(first));
    let scores = desk.store.read().await?.office_scores(month).await?;
    let mut lines: Vec<ScoreLine> = scores
        .into_iter()
        .map(|score| ScoreLine {
            office: desk.office_name(&score.office, lang),
            count: score.count,
            tenths: (score.points * 20 + score.count) / (score.count * 2),
        })
        .collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.tenths));
    Ok(lines)
}
