//! Finding an area by what people call it, and finding communities in the words of an address.

use serde::{Deserialize, Serialize};

use super::{Area, AreaKind, Areas};
use crate::fold;
use crate::ids::AreaCode;
use crate::time::Timestamp;

/// Endings that say what an area is, not which; longer ones first. Only one is taken off, and
/// only where two characters of a name are left.
const ENDINGS: [&str; 10] = [
    "社区居委会",
    "村委会",
    "居委会",
    "管理区",
    "治理单元",
    "行政村",
    "社区",
    "小区",
    "片区",
    "村",
];

/// What follows a name when it is a street, a bridge or a shop and not the community.
const NOT_AN_AREA: [&str; 14] = [
    "路", "街", "巷", "弄", "大道", "大街", "桥", "广场", "公园", "大厦", "酒店", "饭店", "医院",
    "学校",
];

/// Why an area was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Matched {
    /// By its name, in any of the languages.
    Name,
    /// By this former name.
    Formerly(String),
    /// By its pinyin.
    Pinyin,
    /// By the first letters of its pinyin.
    Initials,
    /// By its code.
    Code,
}

/// An area that fits a query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Its code.
    pub code: AreaCode,
    /// Why it fits.
    pub why: Matched,
}

/// The folded forms of an area's names, made once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Keys {
    /// Simplified, traditional and English name without endings.
    names: Vec<String>,
    /// Former names: folded, and as written.
    formerly: Vec<(String, String)>,
    /// Pinyin of each syllable.
    syllables: Vec<String>,
    pinyin: String,
    initials: String,
}

impl Keys {
    pub(super) fn of(area: &Area) -> Self {
        let written = [&area.names.zh_hans, &area.names.zh_hant, &area.names.en];
        let mut names: Vec<String> = written
            .into_iter()
            .map(|name| core(&fold::key(name)).to_owned())
            .collect();
        names.retain(|name| !name.is_empty());
        names.dedup();
        let formerly = area
            .formerly
            .iter()
            .map(|name| (core(&fold::key(name)).to_owned(), name.clone()))
            .filter(|(folded, _)| !folded.is_empty())
            .collect();
        let mut syllables: Vec<String> = area
            .pinyin
            .split_whitespace()
            .map(fold::key)
            .filter(|s| !s.is_empty())
            .collect();
        if syllables.len() > 2 && syllables.ends_with(&["she".into(), "qu".into()]) {
            syllables.truncate(syllables.len() - 2);
        }
        Self {
            names,
            formerly,
            pinyin: syllables.concat(),
            initials: syllables.iter().filter_map(|s| s.chars().next()).collect(),
            syllables,
        }
    }

    /// How well `query` fits, lower being better, and why.
    fn fit(&self, code: &str, query: &str) -> Option<(u8, Matched)> {
        let wanted = core(query);
        let how = |name: &str| -> Option<u8> {
            if name == wanted {
                Some(0)
            } else if name.starts_with(wanted) {
                Some(1)
            } else {
                name.contains(wanted).then_some(6)
            }
        };
        let by_name = self
            .names
            .iter()
            .filter_map(|name| how(name))
            .min()
            .map(|fit| (fit, Matched::Name));
        let by_former = self
            .formerly
            .iter()
            .filter_map(|(folded, name)| Some((how(folded)? + 1, name)))
            .min_by_key(|(fit, _)| *fit)
            .map(|(fit, name)| (fit, Matched::Formerly(name.clone())));
        let by_code = (query.len() >= 6 && code.ends_with(query)).then_some((2, Matched::Code));
        let by_sound = query.is_ascii().then(|| self.fit_sound(query)).flatten();
        [by_name, by_former, by_code, by_sound]
            .into_iter()
            .flatten()
            .min_by_key(|(fit, _)| *fit)
    }

    fn fit_sound(&self, query: &str) -> Option<(u8, Matched)> {
        let query = query
            .strip_suffix("shequ")
            .filter(|rest| !rest.is_empty())
            .unwrap_or(query);
        if self.pinyin.is_empty() {
            return None;
        }
        if self.pinyin == query {
            return Some((1, Matched::Pinyin));
        }
        if self.initials == query {
            return Some((3, Matched::Initials));
        }
        if self.pinyin.starts_with(query) {
            return Some((3, Matched::Pinyin));
        }
        if self.initials.starts_with(query) {
            return Some((4, Matched::Initials));
        }
        // Inside, pinyin only counts from the start of a syllable.
        let mut rest = self.pinyin.as_str();
        for syllable in &self.syllables {
            if rest.starts_with(query) {
                return Some((7, Matched::Pinyin));
            }
            rest = &rest[syllable.len()..];
        }
        None
    }
}

/// `name` without the ending that says what it is.
fn core(name: &str) -> &str {
    ENDINGS
        .iter()
        .filter_map(|ending| name.strip_suffix(ending))
        .find(|rest| rest.chars().count() >= 2)
        .unwrap_or(name)
}

impl Areas {
    /// Areas of every kind that held at `at` and fit `query`, the best first, equals by size and
    /// code: by name in any language, former name, pinyin, its first letters, or the end of the
    /// code. An empty query finds nothing.
    pub fn search(&self, query: &str, at: Timestamp) -> Vec<Found> {
        let query = fold::key(query);
        if query.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<_> = self
            .rows
            .iter()
            .zip(&self.keys)
            .filter(|(row, _)| row.holds_at(at))
            .filter_map(|(row, keys)| {
                let (fit, why) = keys.fit(row.code.as_str(), &query)?;
                Some((
                    fit,
                    row.kind,
                    Found {
                        code: row.code.clone(),
                        why,
                    },
                ))
            })
            .collect();
        found.sort_by(|a, b| (a.0, a.1, &a.2.code).cmp(&(b.0, b.1, &b.2.code)));
        found.into_iter().map(|(_, _, found)| found).collect()
    }

    /// Communities of `at` that are named in the words of an address, the surest first: those
    /// called a community or village, then longer names, then those that come first. A name that
    /// belongs to a street, a bridge or a house (中山路) is not a community. It is a suggestion:
    /// the resident chooses.
    pub fn match_in_text(&self, address: &str, at: Timestamp) -> Vec<AreaCode> {
        let text: Vec<char> = fold::fold(address).chars().collect();
        let mut hits: Vec<(bool, usize, usize, &AreaCode)> = Vec::new();
        for (row, keys) in self.rows.iter().zip(&self.keys) {
            if row.kind != AreaKind::Community || !row.holds_at(at) {
                continue;
            }
            let names = keys
                .names
                .iter()
                .chain(keys.formerly.iter().map(|(folded, _)| folded));
            for name in names.filter(|name| name.chars().all(fold::is_han)) {
                let name: Vec<char> = name.chars().collect();
                if name.len() < 2 {
                    continue;
                }
                for start in 0..(text.len() + 1).saturating_sub(name.len()) {
                    if text[start..].starts_with(&name) {
                        let rest: String = text[start + name.len()..].iter().take(5).collect();
                        let named = ENDINGS.iter().any(|ending| rest.starts_with(ending));
                        if named || !NOT_AN_AREA.iter().any(|other| rest.starts_with(other)) {
                            hits.push((!named, name.len(), start, &row.code));
                        }
                    }
                }
            }
        }
        hits.sort_by_key(|(unnamed, len, start, _)| (*unnamed, std::cmp::Reverse(*len), *start));
        let mut taken: Vec<std::ops::Range<usize>> = Vec::new();
        let mut found: Vec<AreaCode> = Vec::new();
        for (_, len, start, code) in hits {
            // What stands inside a longer name is no name of its own; where two communities share
            // one former name, both are suggested.
            let inside = |longer: &std::ops::Range<usize>| {
                longer.start <= start && start + len <= longer.end && longer.len() > len
            };
            if taken.iter().any(inside) {
                continue;
            }
            taken.push(start..start + len);
            if !found.contains(code) {
                found.push(code.clone());
            }
        }
        found
    }
}
