//! The areas of a city by date: city, unit, community, grid, micro-grid.
//!
//! Communities are split, merged and renamed, and a case keeps the code it was filed under. So a
//! code may have several rows, each valid for a time, and every question names an instant.

mod coming;
mod search;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub use search::{Found, Matched};

use crate::ids::AreaCode;
use crate::lang::Names;
use crate::time::Timestamp;

/// How large an area is; larger ones come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AreaKind {
    /// 市
    City,
    /// 治理单元: several communities with one dispatch desk.
    Unit,
    /// 社区
    Community,
    /// 网格
    Grid,
    /// 微网格
    MicroGrid,
}

/// An office people can reach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficeContact {
    /// Its telephone number.
    pub phone: String,
    /// Where it is.
    pub address: Names,
    /// When it is open, in words.
    pub hours_note: Names,
}

/// One area for one span of time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// Its code; a community has the official 12 digits.
    pub code: AreaCode,
    /// How large it is.
    pub kind: AreaKind,
    /// The area it lies in.
    #[serde(default)]
    pub parent: Option<AreaCode>,
    /// From when this row holds.
    pub valid_from: Timestamp,
    /// Until when, exclusive; none while it holds.
    #[serde(default)]
    pub valid_to: Option<Timestamp>,
    /// Its names.
    pub names: Names,
    /// Former names, of itself and of the villages it was made of.
    #[serde(default)]
    pub formerly: Vec<String>,
    /// Pinyin of the simplified name without tones, a space between syllables.
    #[serde(default)]
    pub pinyin: String,
    /// How to reach its office.
    #[serde(default)]
    pub contact: Option<OfficeContact>,
    /// Where it ends with this row: the area that answers for what it left open.
    #[serde(default)]
    pub heir: Option<AreaCode>,
}

impl Area {
    /// Whether this row holds at `at`.
    pub fn holds_at(&self, at: Timestamp) -> bool {
        self.valid_from <= at && self.valid_to.is_none_or(|end| at < end)
    }
}

/// Rows that cannot stand together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AreaError {
    /// A row ends before it begins.
    #[error("area {0} ends before it begins")]
    Backwards(AreaCode),
    /// Two rows of one code hold at the same time.
    #[error("area {0} has two rows at one time")]
    Overlap(AreaCode),
    /// An area lies in one that is not larger; so areas cannot lie in a ring.
    #[error("area {code} lies in {parent}, which is not larger")]
    NotLarger {
        /// The area.
        code: AreaCode,
        /// What it is said to lie in.
        parent: AreaCode,
    },
    /// An area lies in one that is nowhere listed.
    #[error("area {code} lies in {parent}, which is not listed")]
    NoParent {
        /// The area.
        code: AreaCode,
        /// What it is said to lie in.
        parent: AreaCode,
    },
}

/// All areas of a city, past ones included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Area>", into = "Vec<Area>")]
pub struct Areas {
    /// By code, then time.
    rows: Vec<Area>,
    keys: Vec<search::Keys>,
    by_code: BTreeMap<AreaCode, std::ops::Range<usize>>,
    by_parent: BTreeMap<AreaCode, Vec<usize>>,
    /// Rows that ended and left what was open to another area.
    left: Vec<usize>,
    /// The codes of communities, each once.
    communities: BTreeSet<AreaCode>,
}

impl TryFrom<Vec<Area>> for Areas {
    type Error = AreaError;
    fn try_from(rows: Vec<Area>) -> Result<Self, AreaError> {
        Self::new(rows)
    }
}

impl From<Areas> for Vec<Area> {
    fn from(areas: Areas) -> Self {
        areas.rows
    }
}

impl Areas {
    /// Takes rows in any order.
    ///
    /// # Errors
    /// [`AreaError`] if they cannot stand together.
    pub fn new(mut rows: Vec<Area>) -> Result<Self, AreaError> {
        rows.sort_by(|a, b| (&a.code, a.valid_from).cmp(&(&b.code, b.valid_from)));
        let mut by_code: BTreeMap<AreaCode, std::ops::Range<usize>> = BTreeMap::new();
        let mut by_parent: BTreeMap<AreaCode, Vec<usize>> = BTreeMap::new();
        for (i, row) in rows.iter().enumerate() {
            if row.valid_to.is_some_and(|end| end <= row.valid_from) {
                return Err(AreaError::Backwards(row.code.clone()));
            }
            let last = i
                .checked_sub(1)
                .map(|i| &rows[i])
                .filter(|last| last.code == row.code);
            if last.is_some_and(|last| last.valid_to.is_none_or(|end| end > row.valid_from)) {
                return Err(AreaError::Overlap(row.code.clone()));
            }
            by_code.entry(row.code.clone()).or_insert(i..i).end = i + 1;
            if let Some(parent) = &row.parent {
                by_parent.entry(parent.clone()).or_default().push(i);
            }
        }
        for row in &rows {
            let Some(parent) = &row.parent else { continue };
            let (code, parent) = (row.code.clone(), parent.clone());
            match by_code.get(&parent) {
                None => return Err(AreaError::NoParent { code, parent }),
                Some(range) if rows[range.clone()].iter().any(|p| p.kind >= row.kind) => {
                    return Err(AreaError::NotLarger { code, parent });
                }
                Some(_) => {}
            }
        }
        let keys = rows.iter().map(search::Keys::of).collect();
        let left = (0..rows.len()).filter(|i| rows[*i].heir.is_some());
        let left = left.collect();
        let communities = rows.iter().filter(|row| row.kind == AreaKind::Community);
        let communities = communities.map(|row| row.code.clone()).collect();
        Ok(Self {
            rows,
            keys,
            by_code,
            by_parent,
            left,
            communities,
        })
    }

    /// Every row, by code, then time.
    pub fn rows(&self) -> &[Area] {
        &self.rows
    }

    /// Every row of one code, the earliest first.
    pub fn rows_of(&self, code: &AreaCode) -> &[Area] {
        let range = self.by_code.get(code).cloned().unwrap_or(0..0);
        &self.rows[range]
    }

    /// When an area ends for good; none while no end is known, or where it never was.
    pub fn end_of(&self, code: &AreaCode) -> Option<Timestamp> {
        self.rows_of(code).last()?.valid_to
    }

    /// Whether `code` was ever an area.
    pub fn is_known(&self, code: &AreaCode) -> bool {
        self.by_code.contains_key(code)
    }

    /// The area `code` as it was at `at`.
    pub fn at(&self, code: &AreaCode, at: Timestamp) -> Option<&Area> {
        let rows = &self.rows[self.by_code.get(code)?.clone()];
        rows.iter().find(|row| row.holds_at(at))
    }

    /// The last that is known of the area `code` at `at`: as it was then, else as it ended.
    pub fn last_of(&self, code: &AreaCode, at: Timestamp) -> Option<&Area> {
        let rows = &self.rows[self.by_code.get(code)?.clone()];
        rows.iter().rev().find(|row| row.valid_from <= at)
    }

    /// The area that answers at `at` for what happened in `code`: itself while it is there, else the
    /// one that took over from it, however often that happened.
    pub fn answering(&self, code: &AreaCode, at: Timestamp) -> Option<&Area> {
        let mut code = code;
        // Each step goes to another area, so there are no more steps than areas.
        for _ in 0..=self.by_code.len() {
            let last = self.last_of(code, at)?;
            if last.holds_at(at) {
                return Some(last);
            }
            code = last.heir.as_ref()?;
        }
        None
    }

    /// The areas for which `code` answers at `at` beside itself: those that ended and left it what
    /// was open.
    pub fn inherited(&self, code: &AreaCode, at: Timestamp) -> BTreeSet<AreaCode> {
        self.left
            .iter()
            .map(|i| &self.rows[*i])
            .filter(|row| row.valid_to.is_some_and(|end| end <= at))
            .filter(|row| row.code != *code)
            .filter(|row| {
                self.answering(&row.code, at)
                    .is_some_and(|a| a.code == *code)
            })
            .map(|row| row.code.clone())
            .collect()
    }

    /// The area `code` at `at` and everything it lay in, the nearest first. One that has ended lies
    /// in the one that answers for it.
    fn line(&self, code: &AreaCode, at: Timestamp) -> impl Iterator<Item = &Area> {
        let first = self.at(code, at).or_else(|| self.answering(code, at));
        std::iter::successors(first, move |area| self.at(area.parent.as_ref()?, at))
    }

    /// Everything `code` lay in at `at`, the nearest first; itself not included. An area that has
    /// ended lies in the one that answers for it.
    pub fn ancestors(&self, code: &AreaCode, at: Timestamp) -> Vec<&Area> {
        self.line(code, at)
            .filter(|area| area.code != *code)
            .collect()
    }

    /// The community that `code` was or lay in at `at`; none for units and the city.
    pub fn community_of(&self, code: &AreaCode, at: Timestamp) -> Option<&Area> {
        self.line(code, at)
            .find(|area| area.kind == AreaKind::Community)
    }

    /// Whether `inner` was `outer` or lay in it at `at`.
    pub fn is_within(&self, inner: &AreaCode, outer: &AreaCode, at: Timestamp) -> bool {
        self.line(inner, at).any(|area| area.code == *outer)
    }

    /// What lay directly in `code` at `at`, by code.
    pub fn children(&self, code: &AreaCode, at: Timestamp) -> Vec<&Area> {
        let rows = self.by_parent.get(code).map_or(&[][..], Vec::as_slice);
        rows.iter()
            .map(|i| &self.rows[*i])
            .filter(|row| row.holds_at(at))
            .collect()
    }

    /// All areas of one kind at `at`, by code.
    pub fn of_kind(&self, kind: AreaKind, at: Timestamp) -> Vec<&Area> {
        self.rows
            .iter()
            .filter(|row| row.kind == kind && row.holds_at(at))
            .collect()
    }

    /// The communities for which `code` answers at `at`: those that lie in it then, and those that have
    /// ended and left what was open to one of them. An old case keeps the community it was told to, so
    /// whoever answers for an area finds it after a reform; and whoever no longer does, does not.
    pub fn communities_of(&self, code: &AreaCode, at: Timestamp) -> BTreeSet<AreaCode> {
        let begun = |last: &&Area| last.valid_from <= at;
        let known = self.communities.iter().filter_map(|of| {
            let rows = &self.rows[self.by_code.get(of)?.clone()];
            rows.first().filter(begun)
        });
        known
            .map(|first| &first.code)
            .filter(|of| self.answers_for(code, of, at))
            .cloned()
            .collect()
    }

    fn answers_for(&self, code: &AreaCode, community: &AreaCode, at: Timestamp) -> bool {
        if let Some(answering) = self.answering(community, at) {
            return self.is_within(&answering.code, code, at);
        }
        // It ended and nobody took over: whatever it lay in last has it.
        let last = self.last_of(community, at);
        last.is_some_and(|last| {
            last.code == *code
                || last
                    .parent
                    .as_ref()
                    .is_some_and(|parent| self.is_within(parent, code, at))
        })
    }

    /// What the communities of `code` lay in before, at any time up to `at`: areas of its own size
    /// that may have begun something there.
    pub fn before(&self, code: &AreaCode, at: Timestamp) -> BTreeSet<AreaCode> {
        let communities = self.communities_of(code, at);
        let rows = communities.iter().flat_map(|of| self.rows_of(of));
        let parents = rows.filter(|row| row.valid_from <= at);
        let parents = parents.filter_map(|row| row.parent.clone());
        parents.filter(|parent| parent != code).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> AreaCode {
        AreaCode::new(text).unwrap()
    }

    fn area(name: &str, kind: AreaKind, parent: &str, from: i64, to: Option<i64>) -> Area {
        Area {
            code: code(name),
            kind,
            parent: (!parent.is_empty()).then(|| code(parent)),
            valid_from: Timestamp::from_millis(from),
            valid_to: to.map(Timestamp::from_millis),
            names: Names::plain(name),
            formerly: Vec::new(),
            pinyin: String::new(),
            contact: None,
            heir: None,
        }
    }

    /// Community c1 moves from unit u1 to u2 at 100; c2 ends at 50; a grid lies in c1.
    fn city() -> Areas {
        Areas::new(vec![
            area("g1", AreaKind::Grid, "c1", 0, None),
            area("c1", AreaKind::Community, "u2", 100, None),
            area("c1", AreaKind::Community, "u1", 0, Some(100)),
            area("c2", AreaKind::Community, "u1", 0, Some(50)),
            area("u1", AreaKind::Unit, "city", 0, None),
            area("u2", AreaKind::Unit, "city", 60, None),
            area("city", AreaKind::City, "", 0, None),
        ])
        .unwrap()
    }

    fn names(areas: &[&Area]) -> Vec<String> {
        areas.iter().map(|area| area.code.to_string()).collect()
    }

    #[test]
    fn a_question_about_areas_names_an_instant() {
        let city = city();
        let at = Timestamp::from_millis;
        assert_eq!(
            names(&city.ancestors(&code("g1"), at(99))),
            ["c1", "u1", "city"]
        );
        assert_eq!(
            names(&city.ancestors(&code("g1"), at(100))),
            ["c1", "u2", "city"]
        );
        assert_eq!(names(&city.children(&code("u1"), at(49))), ["c1", "c2"]);
        assert_eq!(names(&city.children(&code("u1"), at(50))), ["c1"]);
        assert_eq!(names(&city.children(&code("u1"), at(100))), [""; 0]);
        assert_eq!(city.at(&code("u2"), at(59)), None);
        assert_eq!(
            city.community_of(&code("g1"), at(5)).unwrap().code,
            code("c1")
        );
        assert_eq!(
            city.community_of(&code("c1"), at(5)).unwrap().code,
            code("c1")
        );
        assert_eq!(city.community_of(&code("u1"), at(5)), None);
        assert!(city.is_within(&code("g1"), &code("u1"), at(99)));
        assert!(!city.is_within(&code("g1"), &code("u1"), at(100)));
        assert!(city.is_within(&code("u1"), &code("u1"), at(100)));
        assert_eq!(city.of_kind(AreaKind::Unit, at(10)).len(), 1);
    }

    #[test]
    fn whoever_answers_for_an_area_has_its_communities_of_that_day() {
        let city = city();
        let of = |name: &str, at: i64| -> Vec<String> {
            city.communities_of(&code(name), Timestamp::from_millis(at))
                .iter()
                .map(ToString::to_string)
                .collect()
        };
        assert_eq!(of("u1", 10), ["c1", "c2"]);
        // c2 ended and nobody took over; c1 is in the other unit now.
        assert_eq!(of("u1", 100), ["c2"]);
        assert_eq!(of("u2", 99), [""; 0]);
        assert_eq!(of("u2", 100), ["c1"]);
        assert_eq!(of("city", 100), ["c1", "c2"]);
        assert_eq!(of("c1", 100), ["c1"]);
        assert_eq!(of("c2", 100), ["c2"]);
        assert_eq!(of("g1", 10), [""; 0]);
        assert_eq!(of("nowhere", 10), [""; 0]);
        let before = city.before(&code("u2"), Timestamp::from_millis(100));
        assert!(before.contains(&code("u1")));
    }

    #[test]
    fn rows_that_cannot_stand_together_are_refused() {
        let kind = AreaKind::Community;
        for (rows, error) in [
            (
                vec![area("a", kind, "", 5, Some(5))],
                AreaError::Backwards(code("a")),
            ),
            (
                vec![
                    area("a", kind, "", 0, Some(6)),
                    area("a", kind, "", 5, None),
                ],
                AreaError::Overlap(code("a")),
            ),
            (
                vec![area("a", kind, "", 0, None), area("a", kind, "", 5, None)],
                AreaError::Overlap(code("a")),
            ),
            (
                vec![area("a", kind, "b", 0, None)],
                AreaError::NoParent {
                    code: code("a"),
                    parent: code("b"),
                },
            ),
            (
                vec![area("a", kind, "a", 0, None)],
                AreaError::NotLarger {
                    code: code("a"),
                    parent: code("a"),
                },
            ),
        ] {
            assert_eq!(Areas::new(rows), Err(error));
        }
    }

    #[test]
    fn areas_travel_as_their_rows() {
        let city = city();
        let json = serde_json::to_string(&city).unwrap();
        assert_eq!(serde_json::from_str::<Areas>(&json).unwrap(), city);
    }
}
