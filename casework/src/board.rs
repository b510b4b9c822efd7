//! Figures that anybody can recompute from the open data.

use domain::ids::AreaCode;
use store::{Measure, day};

use crate::{
    Desk, Result,
    views::{Figures, Results},
};

/// Below so many cases a community shows no figures: among two or three, each new one would say of
/// somebody that they told something, private or not, and how it came out (security.md A6).
pub const FEWEST: u64 = 5;

/// The figures of a community, or nothing while they are too few to tell.
///
/// # Errors
/// If the store does not answer.
pub async fn community(desk: &Desk, code: &AreaCode) -> Result<Option<Figures>> {
    let figures = figures(desk, Some(code)).await?;
    Ok(Some(figures).filter(|figures| figures.filed >= FEWEST))
}

/// The figures of the city or of one community, so far. They follow the log within a moment.
///
/// # Errors
/// If the store does not answer.
pub async fn figures(desk: &Desk, community: Option<&AreaCode>) -> Result<Figures> {
    let now = desk.now();
    let today = day(&desk.city.time, now);
    let mut reading = desk.store.read().await?;
    let sums = match community {
        None => reading.city_figures(today).await?,
        Some(code) => reading.area_figures(code, today).await?,
    };
    let overdue = reading.overdue_cases(now, community).await?;
    drop(reading);
    let count = |measure| u64::try_from(sums.get(measure)).unwrap_or(0);
    let (fixed, not_fixed) = (count(Measure::SaidFixed), count(Measure::SaidNotFixed));
    Ok(Figures {
        filed: count(Measure::Filed),
        handled: count(Measure::Handled),
        results: Results {
            solved: count(Measure::Solved),
            partly_solved: count(Measure::PartlySolved),
            lawfully_refused: count(Measure::LawfullyRefused),
            not_found: count(Measure::NotFound),
            untrue: count(Measure::Untrue),
            other: count(Measure::OtherResult),
        },
        on_time: count(Measure::OnTime),
        late: count(Measure::Late),
        overdue,
        linked: count(Measure::HandledLinked),
        open: count(Measure::Open),
        fixed,
        not_fixed,
        silent: count(Measure::Judgeable).saturating_sub(fixed + not_fixed),
        as_of: now,
        since: None,
    })
}
