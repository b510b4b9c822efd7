//! A history that could have happened: every event comes out of the same decisions, by people who
//! may take them, at times a city keeps.
//!
//! The shares are those the city reports of itself (seed article 002): of 8,402 events 93.18 %
//! handled, 12.54 % with a department. They hold exactly for any number of cases, by drawing from
//! what is left to draw.

mod chance;
mod ending;
mod life;
mod plan;
mod told;

use std::{collections::HashSet, sync::Arc};

use domain::{
    access::{self, Viewer},
    reference::CaseNumber,
    time::{Millis, Timestamp},
};
use futures::FutureExt as _;
use store::History;

use crate::{Desk, Error, Result, staffing::Staffing};
use chance::Chance;
use life::Life;
use plan::Quotas;

/// How far back a history of the demo city begins.
pub const SPAN: Millis = Millis::days(420);
/// Cases written in one transaction. SQLite walks the whole journal of a savepoint after every
/// statement inside it: ten times as many cost twice the time.
const BATCH: usize = 200;

/// Writes a history of `cases` cases that ends at the desk's present. The same seed over the same
/// city gives the same history.
///
/// # Errors
/// The store's, or a refusal, which would mean that the simulation breaks a rule.
pub async fn simulate(
    desk: &Desk,
    cases: usize,
    seed: u64,
    mut progress: impl FnMut(usize),
) -> Result<usize> {
    let now = desk.now();
    let begin = now.plus(Millis::new(-SPAN.millis()));
    let staffing = Staffing::of(&desk.city, begin);
    let mut chance = Chance::new(seed);
    let mut quotas = Quotas::of(cases);
    let mut numbers = Numbers::of(desk);
    let mut written = 0;
    while written < cases {
        let batch = BATCH.min(cases - written);
        let mut histories = Vec::with_capacity(batch);
        for at in written..written + batch {
            let filed_at = filed_at(begin, now, at, cases, &mut chance);
            let plan = quotas.draw(at, &mut chance);
            let life = Life {
                city: &desk.city,
                staffing: &staffing,
                now,
            };
            let number = numbers.draw(desk, filed_at, &mut chance).await?;
            histories.push(life.live(filed_at, number, plan, &mut chance)?);
        }
        write(desk, histories).await?;
        written += batch;
        progress(written);
    }
    Ok(written)
}

/// The numbers given so far: a busy day draws one twice.
struct Numbers {
    given: HashSet<CaseNumber>,
    /// Others were given before this history.
    others: bool,
}

impl Numbers {
    fn of(desk: &Desk) -> Self {
        let others = desk.store.log_position() > 0;
        Self {
            given: HashSet::new(),
            others,
        }
    }

    async fn draw(
        &mut self,
        desk: &Desk,
        at: Timestamp,
        chance: &mut Chance,
    ) -> Result<CaseNumber> {
        let date = desk.city.time.civil(at).date;
        loop {
            let number = CaseNumber::new(date, u32::from_be_bytes(chance.bytes()));
            if !self.given.insert(number) {
                continue;
            }
            if self.others {
                let all = access::scope(&Viewer::System);
                let known = desk.store.read().await?.case(&all, &number).await?;
                if known.is_some() {
                    continue;
                }
            }
            return Ok(number);
        }
    }
}

/// The days fill evenly, the hours as people are awake.
fn filed_at(
    begin: Timestamp,
    now: Timestamp,
    at: usize,
    cases: usize,
    chance: &mut Chance,
) -> Timestamp {
    let whole = u128::try_from(now.since(begin).millis()).unwrap_or(1);
    let along = whole * at as u128 / cases.max(1) as u128;
    let along = i64::try_from(along).unwrap_or(0);
    let day = Millis::DAY.millis();
    let jitter = i64::try_from(chance.below(3 * 60 * 60 * 1000)).unwrap_or(0);
    let mut at = begin.plus(Millis::new(along));
    // Nights are quiet: what falls between 22:00 and 6:00 moves to the day before it ends.
    let city_minute = (at.millis() + 8 * 60 * 60 * 1000).rem_euclid(day);
    if !(6 * 60 * 60 * 1000..22 * 60 * 60 * 1000).contains(&city_minute) {
        at = at.plus(Millis::new(-(8 * 60 * 60 * 1000)));
    }
    let spread = at.plus(Millis::new(-jitter));
    if spread < begin { begin } else { spread }
}

async fn write(desk: &Desk, histories: Vec<History>) -> Result<()> {
    let histories = Arc::new(histories);
    desk.store
        .write::<_, (), Error>(move |tx| {
            let histories = Arc::clone(&histories);
            async move {
                tx.append_histories((*histories).clone()).await?;
                Ok(())
            }
            .boxed()
        })
        .await
}
