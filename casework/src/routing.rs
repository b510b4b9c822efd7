//! Trying a duty register on cases that were: whom it would call, beside who was called.
//!
//! Nothing is changed by it. The cases are the city's own, told lately; the register is the one in force,
//! or one that a city is about to put in force.

use std::collections::BTreeMap;

use domain::{
    access::{self, Viewer},
    case::{Case, Kind},
    city::City,
    ids::{CategoryCode, UnitCode},
    time::{Millis, Timestamp},
};
use store::{CaseFilter, PAGE_CAP, StateGroup};

use crate::{Desk, Result};

/// One category under the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Routed {
    /// Which.
    pub category: CategoryCode,
    /// Cases told in the time.
    pub cases: u64,
    /// Whom the register would have lead, and in how many; the most first.
    pub leads: Vec<(UnitCode, u64)>,
    /// Cases in which nobody leads by the register.
    pub nobody: u64,
    /// Cases in which departments were called.
    pub called: u64,
    /// Of those: the one that led then is the register's first, or another of its situations.
    pub as_called: u64,
    /// Of those: led by nobody whom the register names; an example each, by number.
    pub otherwise: Vec<(UnitCode, u64, String)>,
}

/// Which unit led a case first.
fn led(case: &Case) -> Option<&UnitCode> {
    let lead = case.parts.iter().find(|part| part.lead && !part.returned);
    lead.map(|part| &part.unit)
}

/// Tries the register of `city` on the cases told in the last days, by category. Sealed tips and cases
/// out of sight are not tried: their numbers are nobody's to see.
///
/// # Errors
/// The store's.
pub async fn simulate(desk: &Desk, city: &City, days: u32) -> Result<Vec<Routed>> {
    simulate_of(desk, city, days, None, desk.now()).await
}

/// The same for one category alone, by the rows of the register that hold at `at`.
///
/// # Errors
/// The store's.
pub async fn simulate_of(
    desk: &Desk,
    city: &City,
    days: u32,
    category: Option<&CategoryCode>,
    at: Timestamp,
) -> Result<Vec<Routed>> {
    let now = desk.now();
    let since = now.plus(-Millis::days(i64::from(days)));
    let all = access::scope(&Viewer::System);
    let mut found: BTreeMap<CategoryCode, Routed> = BTreeMap::new();
    let mut after = None;
    loop {
        let filter = CaseFilter {
            state: StateGroup::All,
            filed_from: Some(since),
            category_in: category.into_iter().cloned().collect(),
            after,
            limit: PAGE_CAP,
            ..CaseFilter::default()
        };
        let lines = desk.store.read().await?.cases(&all, &filter).await?;
        let Some(last) = lines.last() else { break };
        after = Some(last.cursor());
        for line in &lines {
            let case = &line.case;
            if case.kind != Kind::Tip && !case.quarantined {
                let entry = found.entry(case.category.clone());
                let routed = entry.or_insert_with(|| Routed {
                    category: case.category.clone(),
                    cases: 0,
                    leads: Vec::new(),
                    nobody: 0,
                    called: 0,
                    as_called: 0,
                    otherwise: Vec::new(),
                });
                one(routed, case, city, at);
            }
        }
    }
    let mut routed: Vec<Routed> = found.into_values().collect();
    for of in &mut routed {
        of.leads.sort_by_key(|(_, cases)| std::cmp::Reverse(*cases));
        of.otherwise
            .sort_by_key(|(_, cases, _)| std::cmp::Reverse(*cases));
    }
    routed.sort_by_key(|of| std::cmp::Reverse(of.cases));
    Ok(routed)
}

fn one(routed: &mut Routed, case: &Case, city: &City, at: Timestamp) {
    routed.cases += 1;
    // As it would be called then.
    let duties = city.duties_for(&case.category, &case.community, at);
    match duties.first() {
        None => routed.nobody += 1,
        Some(first) => match routed
            .leads
            .iter_mut()
            .find(|(unit, _)| *unit == first.lead)
        {
            Some((_, cases)) => *cases += 1,
            None => routed.leads.push((first.lead.clone(), 1)),
        },
    }
    let Some(lead) = led(case) else { return };
    routed.called += 1;
    if duties.iter().any(|duty| duty.lead == *lead) {
        routed.as_called += 1;
        return;
    }
    match routed.otherwise.iter_mut().find(|(unit, ..)| unit == lead) {
        Some((_, cases, _)) => *cases += 1,
        None => {
            let example = case.number.to_string();
            routed.otherwise.push((lead.clone(), 1, example));
        }
    }
}
