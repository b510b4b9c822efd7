//! Figures for boards, kept as deltas so that a board never reads the cases.
//!
//! A case counts under its area, line and category. Each event moves what a case counts for from
//! *before* to *after*; only the difference is written, on the day of the event. So `as_of = D` is
//! the sum of all days up to D, a reclassification is −1 there and +1 here, and a reopened case
//! stops being handled on the day it was reopened, not in the past.
//!
//! Three grains of the same numbers: everything apart (for curves and open data), each community by
//! day, and the city by day; `*` stands for "all". The sums of all days stand in a table of their own,
//! so that what a page asks for, the figures as of today, is one row a measure.

use std::array;
use std::collections::{BTreeMap, HashMap};

use domain::case::{Case, apply};
use domain::event::Recorded;
use domain::ids::{AreaCode, CaseId, CategoryCode, UnitCode};
use domain::time::{CityTime, Timestamp};
use futures::future::BoxFuture;

use crate::engine::{fetch_all, fetch_optional, statements};
use crate::followers::Follower;
use crate::rows::{Rows, insert_rows};
use crate::tx::Reading;
use crate::{Error, Result, Store};

mod measure;

pub use measure::Measure;
use measure::{Counts, measures};

/// Name of the follower and its cursor.
pub const NAME: &str = "rollups";

statements! {
    // As of a day: all days, less what came later. Today nothing came later.
    AREA = "SELECT t.measure, CAST(t.amount - COALESCE((SELECT SUM(r.amount) FROM rollup r \
            WHERE r.area = t.area AND r.line = '*' AND r.category = '*' \
            AND r.measure = t.measure AND r.event_day > $2), 0) AS BIGINT) \
            FROM rollup_total t WHERE t.area = $1";
    AREAS = "SELECT t.area, CAST(t.amount - COALESCE((SELECT SUM(r.amount) FROM rollup r \
             WHERE r.area = t.area AND r.line = '*' AND r.category = '*' \
             AND r.measure = t.measure AND r.event_day > $2), 0) AS BIGINT) \
             FROM rollup_total t WHERE t.area <> '*' AND t.measure = $1 ORDER BY t.area";
    DAYS = "SELECT event_day, CAST(SUM(amount) AS BIGINT) FROM rollup WHERE area = '*' \
            AND line = '*' AND category = '*' AND measure = $1 AND event_day BETWEEN $2 AND $3 \
            GROUP BY event_day ORDER BY event_day";
    OVERDUE = "SELECT COUNT(*) FROM case_row WHERE due_at <= $1";
    // `|| ''`: what is overdue is little, what a community ever had is much; no index answers it.
    OVERDUE_IN = "SELECT COUNT(*) FROM case_row WHERE due_at <= $1 AND community || '' = $2";
    ALL = "SELECT area, line, category, measure, event_day, filed_day, lag, amount FROM rollup \
           WHERE amount <> 0 ORDER BY area, line, category, measure, event_day, filed_day, lag";
}

static DELTAS: Rows = Rows::new(
    "INSERT INTO rollup (area, line, category, measure, event_day, filed_day, lag, amount)",
    8,
    "ON CONFLICT (area, line, category, measure, event_day, filed_day, lag) \
     DO UPDATE SET amount = rollup.amount + excluded.amount",
);

static TOTALS: Rows = Rows::new(
    "INSERT INTO rollup_total (area, measure, amount)",
    3,
    "ON CONFLICT (area, measure) DO UPDATE SET amount = rollup_total.amount + excluded.amount",
);

/// The whole city, and every line and category, in their columns.
const ALL_OF: &str = "*";
/// Events of one step: enough that catching up on a million cases takes minutes, few enough that a
/// filing beside it waits for tenths of a second.
const STEP: u32 = 4_000;
/// Lags beyond this many days count together.
const LONGEST_LAG: i64 = 400;
/// Cases remembered between steps, so that most events need no folding from the start.
const REMEMBERED: usize = 20_000;

/// Where a delta counts: area, line, category, measure, event day, filed day, lag.
type Place = (String, String, String, Measure, i64, i64, i64);

/// Sums over all days: of the city and of each community.
fn totals(deltas: &[(Place, i64)]) -> Vec<((&str, Measure), i64)> {
    let mut totals: BTreeMap<(&str, Measure), i64> = BTreeMap::new();
    for ((area, line, category, measure, ..), amount) in deltas {
        if line == ALL_OF && category == ALL_OF {
            *totals.entry((area, *measure)).or_default() += amount;
        }
    }
    totals.into_iter().collect()
}

/// A case's heading, and what the case counts for under it.
struct Counted {
    area: AreaCode,
    line: UnitCode,
    category: CategoryCode,
    counts: Counts,
}

impl Counted {
    fn of(case: &Case) -> Self {
        Self {
            area: case.community.clone(),
            line: case.line.clone(),
            category: case.category.clone(),
            counts: measures(case),
        }
    }

    /// Whether both stand under the same heading.
    fn is_beside(&self, other: &Self) -> bool {
        self.area == other.area && self.line == other.line && self.category == other.category
    }
}

/// The follower that keeps the figures.
pub struct Rollups {
    time: CityTime,
    cases: HashMap<CaseId, Case>,
}

/// The number of a city day: days since 1970-01-01.
pub fn day(time: &CityTime, at: Timestamp) -> i64 {
    const EPOCH: i64 = 2_440_588; // Julian day of 1970-01-01
    i64::from(time.civil(at).date.to_julian_day()) - EPOCH
}

impl Rollups {
    /// For a city with this time.
    pub fn new(time: CityTime) -> Self {
        Self {
            time,
            cases: HashMap::new(),
        }
    }

    /// Counts what an event at `at` changed.
    fn count(
        &self,
        deltas: &mut BTreeMap<Place, i64>,
        (before, after): (Option<Counted>, Counted),
        (filed_at, at): (Timestamp, Timestamp),
    ) {
        let (event_day, filed_day) = (day(&self.time, at), day(&self.time, filed_at));
        let lag = (event_day - filed_day).clamp(0, LONGEST_LAG);
        let all = || ALL_OF.to_owned();
        let mut add = |under: &Counted, amounts: &Counts| {
            let area = || under.area.to_string();
            for (measure, amount) in Measure::ALL.into_iter().zip(amounts) {
                if *amount == 0 {
                    continue;
                }
                let line = under.line.to_string();
                let category = under.category.to_string();
                for place in [
                    (area(), line, category, measure, event_day, filed_day, lag),
                    (area(), all(), all(), measure, event_day, -1, -1),
                    (all(), all(), all(), measure, event_day, -1, -1),
                ] {
                    *deltas.entry(place).or_default() += amount;
                }
            }
        };
        match before {
            None => add(&after, &after.counts),
            Some(before) if before.is_beside(&after) => {
                add(
                    &after,
                    &array::from_fn(|n| after.counts[n] - before.counts[n]),
                );
            }
            Some(before) => {
                add(&before, &before.counts.map(|amount| -amount));
                add(&after, &after.counts);
            }
        }
    }

    async fn case_before(
        &mut self,
        reading: &mut Reading,
        recorded: &Recorded,
    ) -> Result<Option<Case>> {
        if recorded.version == 1 {
            return Ok(None);
        }
        if let Some(case) = self.cases.remove(&recorded.case)
            && case.version + 1 == recorded.version
        {
            return Ok(Some(case));
        }
        let mut case = None;
        for earlier in reading.events_of(recorded.case).await? {
            if earlier.version >= recorded.version {
                break;
            }
            case = Some(fold(case, &earlier)?);
        }
        Ok(case)
    }
}

fn fold(case: Option<Case>, recorded: &Recorded) -> Result<Case> {
    apply(case, recorded).map_err(|broken| {
        Error::DoesNotApply(format!("{}/{}: {broken}", recorded.case, recorded.version))
    })
}

impl Follower for Rollups {
    fn name(&self) -> &'static str {
        NAME
    }

    fn step<'s>(&'s mut self, store: &'s Store) -> BoxFuture<'s, Result<bool>> {
        Box::pin(async move {
            let mut reading = store.read().await?;
            let from = reading.cursor(NAME).await?;
            let events = reading.log_after(from, STEP).await?;
            let Some(last) = events.last() else {
                return Ok(false);
            };
            let to = last.position;
            if self.cases.len() > REMEMBERED {
                self.cases.clear();
            }
            let mut deltas = BTreeMap::new();
            for logged in &events {
                let before = self.case_before(&mut reading, &logged.recorded).await?;
                let was = before.as_ref().map(Counted::of);
                let after = fold(before, &logged.recorded)?;
                let times = (after.filed_at, logged.recorded.at);
                self.count(&mut deltas, (was, Counted::of(&after)), times);
                self.cases.insert(after.id, after);
            }
            drop(reading);
            deltas.retain(|_, amount| *amount != 0);
            let deltas: Vec<(Place, i64)> = deltas.into_iter().collect();
            let written = store
                .write::<_, (), Error>(move |tx| {
                    let deltas = deltas.clone();
                    Box::pin(async move {
                        insert_rows!(
                            tx,
                            DELTAS,
                            deltas,
                            |((area, line, category, measure, event, filed, lag), amount)| area
                                .as_str(),
                            line.as_str(),
                            category.as_str(),
                            measure.as_str(),
                            *event,
                            *filed,
                            *lag,
                            *amount,
                        )
                        .await?;
                        insert_rows!(
                            tx,
                            TOTALS,
                            totals(&deltas),
                            |((area, measure), amount)| *area,
                            measure.as_str(),
                            *amount,
                        )
                        .await?;
                        tx.move_cursor(NAME, from, to).await
                    })
                })
                .await;
            if written.is_err() {
                // What was remembered may be ahead of what was written.
                self.cases.clear();
            }
            written.map(|()| true)
        })
    }
}

/// Sums by measure; a measure nobody counted is 0.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures(HashMap<String, i64>);

impl Figures {
    /// The sum of a measure.
    pub fn get(&self, measure: Measure) -> i64 {
        self.0.get(measure.as_str()).copied().unwrap_or(0)
    }
}

/// A row of the finest grain: area, line, category, measure, event day, filed day, lag, amount.
pub type Delta = (String, String, String, String, i64, i64, i64, i64);

impl Reading {
    /// The city's figures as of the end of a day.
    pub async fn city_figures(&mut self, as_of: i64) -> Result<Figures> {
        self.figures(ALL_OF, as_of).await
    }

    /// A community's figures as of the end of a day.
    pub async fn area_figures(&mut self, area: &AreaCode, as_of: i64) -> Result<Figures> {
        self.figures(area.as_str(), as_of).await
    }

    async fn figures(&mut self, area: &str, as_of: i64) -> Result<Figures> {
        let rows = fetch_all!(self, (String, i64), AREA, area, as_of)?;
        Ok(Figures(rows.into_iter().collect()))
    }

    /// Cases of the city, or of one community, whose promise to the reporter is broken at `now` and
    /// still runs. From the rows and not the log: a clock runs out without an event.
    pub async fn overdue_cases(&mut self, now: Timestamp, area: Option<&AreaCode>) -> Result<u64> {
        let now = now.millis();
        let row: Option<(i64,)> = match area {
            None => fetch_optional!(self, (i64,), OVERDUE, now)?,
            Some(area) => fetch_optional!(self, (i64,), OVERDUE_IN, now, area.as_str())?,
        };
        Ok(row.map_or(0, |(cases,)| u64::try_from(cases).unwrap_or(0)))
    }

    /// One measure for every community that ever had any, as of the end of a day.
    pub async fn figure_by_area(
        &mut self,
        measure: Measure,
        as_of: i64,
    ) -> Result<Vec<(AreaCode, i64)>> {
        let rows = fetch_all!(self, (String, i64), AREAS, measure.as_str(), as_of)?;
        rows.into_iter()
            .map(|(area, amount)| {
                let code = AreaCode::new(area.as_str())
                    .map_err(|_| Error::corrupt("rollup", "area", area))?;
                Ok((code, amount))
            })
            .collect()
    }

    /// What one measure gained on each day from `first` to `last`, days without change left out.
    pub async fn figure_by_day(
        &mut self,
        measure: Measure,
        first: i64,
        last: i64,
    ) -> Result<Vec<(i64, i64)>> {
        fetch_all!(self, (i64, i64), DAYS, measure.as_str(), first, last)
    }

    /// Every delta that is not zero, in one order: for open data, and to compare two stores.
    pub async fn deltas(&mut self) -> Result<Vec<Delta>> {
        fetch_all!(self, Delta, ALL)
    }
}
