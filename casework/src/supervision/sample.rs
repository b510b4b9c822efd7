//! A second look at results that their reporters were content with: a sample that nobody picks. 抽查回访

use std::collections::BTreeSet;

use domain::{
    access::Viewer,
    case::{Case, Recheck},
    chain::Hash,
    event::Fact,
    ids::{CaseId, PartyNo},
    lang::Lang,
    share::Share,
    time::{Millis, Timestamp, Week},
};
use sha2::{Digest as _, Sha256};

use super::{allowed, countable, within};
use crate::{Desk, Result, views::Label};

/// One in so many is looked at again.
const ONE_IN: usize = 10;
/// And at least so many, or all.
const LEAST: usize = 5;
/// And at most so many.
const MOST: usize = 40;
/// How long after a week the log may still take what was of the week, twice over.
const SETTLED: Millis = Millis::minutes(20);
/// Events read at a time along the log.
const STEP: u32 = 2_000;

/// A case of the sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sampled {
    /// Its number.
    pub number: String,
    /// What it is about.
    pub category: String,
    /// Where.
    pub community: String,
    /// What the second look found, if there was one since.
    pub recheck: Option<Recheck>,
}

/// The sample of a week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Which week.
    pub week: Week,
    /// How many reporters said in it that it is fixed, each case once.
    pub of: u64,
    /// What it was drawn with: the chain of the log at this position, which nobody knew before.
    pub seed: Option<(u64, String)>,
    /// The cases that were drawn.
    pub cases: Vec<Sampled>,
}

impl Sample {
    /// How many results hold, of those that somebody looked at and could tell.
    #[must_use]
    pub fn holds(&self) -> Share {
        let told = self.cases.iter().filter_map(|it| it.recheck?.holds);
        let (of, all) = told.fold((0, 0), |(of, all), holds| (of + u64::from(holds), all + 1));
        Share { of, all }
    }
}

/// The order in which cases are drawn: by the SHA-256 of the seed and the case.
fn draw(seed: &Hash, case: CaseId) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(b"recheck/1");
    hash.update(seed);
    hash.update(case.to_bytes());
    hash.finalize().into()
}

const fn size(all: usize) -> usize {
    let wanted = all.div_ceil(ONE_IN);
    let wanted = if wanted < LEAST { LEAST } else { wanted };
    let wanted = if wanted > MOST { MOST } else { wanted };
    if wanted > all { all } else { wanted }
}

/// The sample of a week that is over; of one under way nothing is drawn yet.
///
/// # Errors
/// [`crate::Error::Forbidden`] for others than the city's supervisors and commission; the store's.
pub async fn sample(desk: &Desk, viewer: &Viewer, week: Week, lang: Lang) -> Result<Sample> {
    allowed(viewer)?;
    let span = week.span(&desk.city.time);
    let nothing = Sample {
        week,
        of: 0,
        seed: None,
        cases: Vec::new(),
    };
    if desk.now() < span.1 {
        return Ok(nothing);
    }
    let mut reading = desk.store.read().await?;
    let mut from = reading.position_before(span.0).await?;
    // The first that is written once nothing of the week can be written any more.
    let end = reading.position_before(span.1.plus(SETTLED)).await? + 1;
    let Some(seed) = reading.chain_at(end).await? else {
        return Ok(nothing);
    };
    let until = span.1.plus(Millis::minutes(10));
    let mut content: BTreeSet<CaseId> = BTreeSet::new();
    'log: loop {
        let events = reading.log_after(from, STEP).await?;
        let Some(last) = events.last() else { break };
        from = last.position;
        for logged in &events {
            let (recorded, reporter) = (&logged.recorded, PartyNo::REPORTER);
            if recorded.at >= until {
                break 'log;
            }
            let said =
                matches!(recorded.event.fact, Fact::Confirmed { party } if party == reporter);
            if said && within(span, recorded.at) {
                content.insert(recorded.case);
            }
        }
    }
    let ids: Vec<CaseId> = content.into_iter().collect();
    // Whoever took it back in the meantime is content no longer, and is in the figures as such.
    let mut cases = countable(&mut reading, &ids).await?;
    // Of a case that goes on in another there is nothing to look at.
    cases.retain(|case| case.state.merged_into().is_none());
    drop(reading);
    cases.sort_by_key(|case| draw(&seed, case.id));
    let of = u64::try_from(cases.len()).unwrap_or(u64::MAX);
    cases.truncate(size(cases.len()));
    Ok(Sample {
        week,
        of,
        seed: Some((end, hex::encode(seed))),
        cases: cases
            .iter()
            .map(|case| sampled(desk, case, span.1, lang))
            .collect(),
    })
}

fn sampled(desk: &Desk, case: &Case, since: Timestamp, lang: Lang) -> Sampled {
    let label = |label: Label| label.text;
    Sampled {
        number: case.number.to_string(),
        category: label(desk.category_label(&case.category, lang)),
        community: label(desk.community_label(case, lang)),
        recheck: case.recheck.filter(|recheck| recheck.at >= since),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenth_is_drawn_and_never_more_than_there_are() {
        for (all, drawn) in [
            (0, 0),
            (3, 3),
            (5, 5),
            (40, 5),
            (51, 6),
            (400, 40),
            (9_000, 40),
        ] {
            assert_eq!(size(all), drawn, "{all}");
        }
    }
}
