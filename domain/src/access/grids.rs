//! Who serves which grid (网格). A grid officer's appointment names grids of its community, or means
//! all of them. It decides whose a grid is and nothing of what anybody may see or do.

use std::collections::BTreeMap;

use super::{Appointment, GridRole, Role};
use crate::{
    area::{Area, AreaKind, Areas},
    clock::Owner,
    ids::AreaCode,
    time::Timestamp,
};

impl Areas {
    /// The grids that lie in a community at `at`, by code.
    #[must_use]
    pub fn grids_of(&self, community: &AreaCode, at: Timestamp) -> Vec<&Area> {
        let mut inside = self.children(community, at);
        inside.retain(|area| area.kind == AreaKind::Grid);
        inside
    }
}

impl Appointment {
    /// The grids it serves at `at`, of those that lie in its community then: the ones it names, or all
    /// where it names none. Whether it holds is another question.
    #[must_use]
    pub fn grids<'a>(&self, areas: &'a Areas, at: Timestamp) -> Vec<&'a Area> {
        let Some(community) = self.grid_community() else {
            return Vec::new();
        };
        let mut served = areas.grids_of(community, at);
        served.retain(|grid| self.serves(&grid.code));
        served
    }

    /// Whether who holds it answers for the grids it serves.
    #[must_use]
    pub fn answers_for_grids(&self) -> bool {
        let part = self.terms.grid_role;
        self.role == Role::GridOfficer && part.is_none_or(GridRole::answers)
    }

    fn grid_community(&self) -> Option<&AreaCode> {
        match &self.home {
            Owner::Community(code) if self.role == Role::GridOfficer => Some(code),
            _ => None,
        }
    }

    fn serves(&self, grid: &AreaCode) -> bool {
        self.terms.grids.is_empty() || self.terms.grids.contains(grid)
    }
}

/// Who answers for the grids of a city, and who did.
pub struct Kept<'a> {
    areas: &'a Areas,
    by_community: BTreeMap<&'a AreaCode, Vec<&'a Appointment>>,
}

impl<'a> Kept<'a> {
    /// Of all appointments there ever were, each with the end that it really had.
    pub fn of(areas: &'a Areas, ever: impl IntoIterator<Item = &'a Appointment>) -> Self {
        let mut by_community: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for held in ever.into_iter().filter(|held| held.answers_for_grids()) {
            if let Some(community) = held.grid_community() {
                by_community.entry(community).or_default().push(held);
            }
        }
        Self {
            areas,
            by_community,
        }
    }

    /// Since when nobody answers for a grid: since the last who did no longer does, or since the grid is
    /// there. None: somebody does at `now`.
    #[must_use]
    pub fn nobody_since(&self, grid: &AreaCode, now: Timestamp) -> Option<Timestamp> {
        let rows = self.areas.rows_of(grid);
        let mut since = rows.first().map_or(now, |row| row.valid_from);
        // A grid that was moved was served from the community it lay in then.
        for row in rows.iter().filter(|row| row.valid_from <= now) {
            let parent = row.parent.as_ref();
            let held = parent.and_then(|parent| self.by_community.get(parent));
            for held in held.into_iter().flatten().filter(|it| it.serves(grid)) {
                let community_ends = parent.and_then(|parent| self.areas.end_of(parent));
                let ends = [held.until, row.valid_to, community_ends];
                let until = ends.into_iter().flatten().min();
                let from = held.from.max(row.valid_from);
                if from > now || until.is_some_and(|until| until <= from) {
                    continue;
                }
                match until {
                    Some(until) if until <= now => since = since.max(until),
                    _ => return None,
                }
            }
        }
        Some(since)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        access::{Line, Reach, Terms},
        ids::AppointmentNo,
        lang::Names,
    };

    fn code(text: &str) -> AreaCode {
        AreaCode::new(text).unwrap()
    }

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(millis)
    }

    fn area(name: &str, kind: AreaKind, parent: &str, from: i64, to: Option<i64>) -> Area {
        Area {
            code: code(name),
            kind,
            parent: (!parent.is_empty()).then(|| code(parent)),
            valid_from: at(from),
            valid_to: to.map(at),
            names: Names::plain(name),
            formerly: Vec::new(),
            pinyin: String::new(),
            contact: None,
            heir: None,
        }
    }

    /// Community a has three grids, of which the third goes over to b at 100.
    fn areas() -> Areas {
        Areas::new(vec![
            area("u", AreaKind::Unit, "", 0, None),
            area("a", AreaKind::Community, "u", 0, None),
            area("b", AreaKind::Community, "u", 0, None),
            area("a-g1", AreaKind::Grid, "a", 10, None),
            area("a-g2", AreaKind::Grid, "a", 10, None),
            area("a-g3", AreaKind::Grid, "a", 10, Some(100)),
            area("a-g3", AreaKind::Grid, "b", 100, None),
            area("a-g1-m1", AreaKind::MicroGrid, "a-g1", 10, None),
        ])
        .unwrap()
    }

    fn officer(community: &str, grids: &[&str], from: i64, until: Option<i64>) -> Appointment {
        Appointment {
            no: AppointmentNo(1),
            role: Role::GridOfficer,
            line: Line::All,
            reach: Reach::Communities(vec![code(community)]),
            home: Owner::Community(code(community)),
            from: at(from),
            until: until.map(at),
            terms: Terms {
                grids: grids.iter().map(|grid| code(grid)).collect(),
                ..Terms::default()
            },
        }
    }

    fn with_part(part: GridRole, mut held: Appointment) -> Appointment {
        held.terms.grid_role = Some(part);
        held
    }

    fn served(held: &Appointment, now: i64) -> Vec<String> {
        let areas = areas();
        let grids = held.grids(&areas, at(now)).into_iter();
        grids.map(|grid| grid.code.to_string()).collect()
    }

    #[test]
    fn naming_none_is_every_grid_of_the_community_of_that_day() {
        let all = officer("a", &[], 0, None);
        assert_eq!(served(&all, 99), ["a-g1", "a-g2", "a-g3"]);
        assert_eq!(served(&all, 100), ["a-g1", "a-g2"]);
        let two = officer("a", &["a-g2", "a-g3"], 0, None);
        assert_eq!(served(&two, 99), ["a-g2", "a-g3"]);
        assert_eq!(served(&two, 100), ["a-g2"], "it went over");
        assert_eq!(served(&two, 9), [""; 0], "before there were grids");
        let mut secretary = all;
        secretary.role = Role::Secretary;
        assert_eq!(served(&secretary, 99), [""; 0]);
    }

    #[test]
    fn a_grid_has_nobody_since_the_last_left_or_since_it_is_there() {
        let areas = areas();
        let since = |held: &[Appointment], grid: &str, now: i64| {
            let since = Kept::of(&areas, held).nobody_since(&code(grid), at(now));
            since.map(Timestamp::millis)
        };
        assert_eq!(since(&[], "a-g1", 50), Some(10));
        let held = [
            officer("a", &["a-g1"], 20, Some(40)),
            officer("a", &["a-g1"], 5, Some(30)),
            officer("a", &["a-g2"], 60, None),
        ];
        assert_eq!(since(&held, "a-g1", 39), None);
        assert_eq!(since(&held, "a-g1", 40), Some(40));
        assert_eq!(since(&held, "a-g2", 59), Some(10), "it begins later");
        assert_eq!(since(&held, "a-g2", 60), None);
        // Looking in is not answering for it; heading it is.
        let beside = with_part(GridRole::Inspector, officer("a", &[], 0, None));
        assert_eq!(since(&[beside], "a-g1", 50), Some(10));
        let head = with_part(GridRole::Head, officer("a", &[], 0, None));
        assert_eq!(since(&[head], "a-g1", 50), None);
        // Ended before it began: nobody ever came.
        let never = officer("a", &[], 30, Some(30));
        assert_eq!(since(&[never], "a-g1", 50), Some(10));
    }

    #[test]
    fn who_served_a_grid_until_it_was_moved_is_the_last_who_did() {
        let areas = areas();
        let all = [officer("a", &[], 0, None)];
        let kept = Kept::of(&areas, &all);
        assert_eq!(kept.nobody_since(&code("a-g3"), at(99)), None);
        assert_eq!(kept.nobody_since(&code("a-g3"), at(150)), Some(at(100)));
        let both = [all[0].clone(), officer("b", &["a-g3"], 120, None)];
        let kept = Kept::of(&areas, &both);
        assert_eq!(kept.nobody_since(&code("a-g3"), at(119)), Some(at(100)));
        assert_eq!(kept.nobody_since(&code("a-g3"), at(120)), None);
    }
}
