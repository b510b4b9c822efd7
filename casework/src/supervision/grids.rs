//! Grids that nobody looks after: neither a head nor an officer, whoever else looks in.

use domain::{
    access::{Appointment, Kept},
    area::AreaKind,
    clock::Owner,
    lang::Lang,
    time::Timestamp,
};

use crate::Desk;

/// Grids of a community for which nobody answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnstaffedGrids {
    /// The community.
    pub community: String,
    /// The grids, each with the day since which it has nobody.
    pub grids: Vec<(String, Timestamp)>,
}

/// How the grids of the city are staffed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridStaffing {
    /// How many grids there are today.
    pub all: u64,
    /// Of them those that have nobody, by community.
    pub unstaffed: Vec<UnstaffedGrids>,
}

impl GridStaffing {
    /// How many have nobody.
    #[must_use]
    pub fn count(&self) -> u64 {
        let counts = self.unstaffed.iter().map(|of| of.grids.len());
        u64::try_from(counts.sum::<usize>()).unwrap_or(u64::MAX)
    }
}

/// By all appointments there ever were, each as its office was filled.
pub(super) fn staffing(desk: &Desk, filled: &[Appointment], lang: Lang) -> GridStaffing {
    let (areas, now) = (&desk.city.areas, desk.now());
    let kept = Kept::of(areas, filled);
    let mut found = GridStaffing {
        all: 0,
        unstaffed: Vec::new(),
    };
    for community in areas.of_kind(AreaKind::Community, now) {
        let inside = areas.grids_of(&community.code, now);
        found.all += u64::try_from(inside.len()).unwrap_or(u64::MAX);
        let grids: Vec<_> = inside
            .into_iter()
            .filter_map(|grid| {
                let since = kept.nobody_since(&grid.code, now)?;
                Some((desk.grid_name(grid, &community.code, lang), since))
            })
            .collect();
        if !grids.is_empty() {
            let office = Owner::Community(community.code.clone());
            found.unstaffed.push(UnstaffedGrids {
                community: desk.office_name(&office, lang),
                grids,
            });
        }
    }
    found
}
