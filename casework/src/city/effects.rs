//! What follows from a change for the cases there are and the people who have them.

use domain::{
    access::{self, Role, Viewer},
    city::{
        City,
        change::{Change, Dated},
    },
    clock::Owner,
    ids::{AreaCode, CategoryCode, UnitCode},
    time::Timestamp,
};
use store::{COUNT_CAP, CaseFilter, StateGroup};

use crate::{Desk, Result, routing, views::Total, worklist::total_of};

/// Days of cases on which a register is tried.
const TRIED: u32 = 30;

/// What follows from a change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// Open cases of the area that stay with it, or go to the one it is merged into.
    pub open: Option<Total>,
    /// Offices that end with their area.
    pub leaves: Vec<Leaves>,
    /// Who would have led the cases of the category told lately.
    pub led: Vec<Led>,
}

/// An office that ends with its area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaves {
    /// Whose, by login.
    pub login: String,
    /// As what.
    pub role: Role,
}

/// A module, and how many of the cases told lately it would have led.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Led {
    /// Which.
    pub unit: UnitCode,
    /// As the register is.
    pub before: u64,
    /// As it would be.
    pub after: u64,
}

pub(super) async fn of(
    desk: &Desk,
    viewer: &Viewer,
    changes: &[Dated],
    next: &Dated,
) -> Result<Effects> {
    let mut effects = Effects::default();
    match &next.change {
        Change::MergeAreas { area, .. } => {
            effects.open = Some(open_in(desk, viewer, area).await?);
            effects.leaves = leaving(desk, area, next.from).await?;
        }
        Change::SplitArea { area, .. } | Change::MoveArea { area, .. } => {
            effects.open = Some(open_in(desk, viewer, area).await?);
        }
        Change::SetDuty { category, .. } => {
            effects.led = led(desk, changes, next, category).await?;
        }
        Change::EndDuty { duty } => {
            if let Some(duty) = desk.city.duty(duty) {
                effects.led = led(desk, changes, next, &duty.category).await?;
            }
        }
        _ => {}
    }
    Ok(effects)
}

async fn open_in(desk: &Desk, viewer: &Viewer, area: &AreaCode) -> Result<Total> {
    let inside = desk.city.areas.communities_of(area, desk.now());
    let filter = CaseFilter {
        state: StateGroup::Open,
        communities: Some(inside.into_iter().collect()),
        ..CaseFilter::default()
    };
    let scope = access::scope(viewer);
    let count = desk
        .store
        .read()
        .await?
        .count_cases(&scope, &filter)
        .await?;
    Ok(total_of(count, COUNT_CAP))
}

async fn leaving(desk: &Desk, area: &AreaCode, from: Timestamp) -> Result<Vec<Leaves>> {
    let mut reading = desk.store.read().await?;
    let mut found = Vec::new();
    for (appointment, person) in reading.appointments().await? {
        let theirs = matches!(&appointment.home, Owner::Community(code) | Owner::Station(code)
            if code == area);
        if !theirs || !appointment.holds(from) {
            continue;
        }
        let holder = reading.person(&person).await?;
        if let Some(holder) = holder.filter(|holder| holder.active) {
            found.push(Leaves {
                login: holder.login,
                role: appointment.role,
            });
        }
    }
    Ok(found)
}

async fn led(
    desk: &Desk,
    changes: &[Dated],
    next: &Dated,
    category: &CategoryCode,
) -> Result<Vec<Led>> {
    let with: Vec<Dated> = changes.iter().chain([next]).cloned().collect();
    let base = &desk.cities.base;
    let (before, after) = (
        base.changed(changes, next.from)?,
        base.changed(&with, next.from)?,
    );
    let mut led: Vec<Led> = Vec::new();
    for (city, is_after) in [(&before, false), (&after, true)] {
        for (unit, cases) in leads(desk, city, category, next.from).await? {
            let at = led.iter().position(|led| led.unit == unit);
            let at = at.unwrap_or_else(|| {
                led.push(Led {
                    unit,
                    before: 0,
                    after: 0,
                });
                led.len() - 1
            });
            if is_after {
                led[at].after = cases;
            } else {
                led[at].before = cases;
            }
        }
    }
    Ok(led)
}

async fn leads(
    desk: &Desk,
    city: &City,
    category: &CategoryCode,
    at: Timestamp,
) -> Result<Vec<(UnitCode, u64)>> {
    let routed = routing::simulate_of(desk, city, TRIED, Some(category), at).await?;
    Ok(routed.into_iter().flat_map(|of| of.leads).collect())
}
