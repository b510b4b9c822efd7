//! Areas that will begin: from when, and what they are made of.

use std::collections::BTreeSet;

use super::{Area, Areas};
use crate::ids::AreaCode;
use crate::time::{Millis, Timestamp};

impl Areas {
    /// The area `code` as it will begin, where it never held before `at` and not at `at`.
    pub fn coming(&self, code: &AreaCode, at: Timestamp) -> Option<&Area> {
        let first = self.rows_of(code).first();
        first.filter(|row| at < row.valid_from)
    }

    /// The areas of its own size that what lies in `code` lay in just before it began; none for an area that
    /// begins with nothing in it.
    pub fn made_of(&self, code: &AreaCode) -> BTreeSet<&AreaCode> {
        let Some(first) = self.rows_of(code).first() else {
            return BTreeSet::new();
        };
        let just_before = first.valid_from.plus(Millis::new(-1));
        let inside = self.children(code, first.valid_from).into_iter();
        let before = inside.filter_map(|child| self.at(&child.code, just_before));
        before
            .filter_map(|child| child.parent.as_ref())
            .filter(|parent| *parent != code)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::area::AreaKind;
    use crate::lang::Names;

    #[test]
    fn what_will_begin_says_when_and_of_what() {
        let code = |text: &str| AreaCode::new(text).unwrap();
        let at = Timestamp::from_millis;
        let row = |name: &str, kind, parent: &str, from, to: Option<i64>| Area {
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
        };
        let (community, grid) = (AreaKind::Community, AreaKind::Grid);
        // From 100 on c3 takes g1 of c1 and g2 of c2; c4 begins with nothing, and c5 ended long ago.
        let areas = Areas::new(vec![
            row("u", AreaKind::Unit, "", 0, None),
            row("c1", community, "u", 0, None),
            row("c2", community, "u", 0, None),
            row("c3", community, "u", 100, None),
            row("c4", community, "u", 100, None),
            row("c5", community, "u", 0, Some(10)),
            row("g0", grid, "c1", 0, None),
            row("g1", grid, "c1", 0, Some(100)),
            row("g1", grid, "c3", 100, None),
            row("g2", grid, "c2", 0, Some(100)),
            row("g2", grid, "c3", 100, None),
        ])
        .unwrap();
        let coming = |name: &str, now| areas.coming(&code(name), at(now));
        assert_eq!(coming("c3", 99).unwrap().valid_from, at(100));
        assert_eq!(coming("c3", 100), None);
        for name in ["c1", "c5", "nowhere"] {
            assert_eq!(coming(name, 50), None, "{name}");
        }
        let made_of = |name: &str| -> Vec<String> {
            let of = areas.made_of(&code(name)).into_iter();
            of.map(ToString::to_string).collect()
        };
        assert_eq!(made_of("c3"), ["c1", "c2"]);
        for name in ["c4", "c1", "nowhere"] {
            assert!(made_of(name).is_empty(), "{name}");
        }
    }
}
