//! Whether two whistles may be about the same thing: a question to the reporter, never an answer.
//!
//! The rule of the house: the same category; the other case open or closed at most 30 days ago and
//! visible to all; and at most 50 m apart or, where one has no position, in the same community
//! with two shared words of place.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::fold;
use crate::ids::{AreaCode, CategoryCode};
use crate::place::Position;
use crate::time::{Millis, Timestamp};

/// How far apart two positions may be, in metres.
pub const NEAR_M: f64 = 50.0;
/// How long ago the other case may have been closed.
pub const CLOSED_FOR: Millis = Millis::days(30);
/// How many words of place must be shared.
pub const SHARED_WORDS: usize = 2;

/// Words that say where on, not on what; a longer one stands before one that it holds.
const STOP_WORDS: [&str; 52] = [
    "十字路口",
    "交叉路口",
    "丁字路口",
    "红绿灯",
    "居委会",
    "旁边",
    "附近",
    "对面",
    "门口",
    "门前",
    "后面",
    "前面",
    "里面",
    "外面",
    "上面",
    "下面",
    "中间",
    "东侧",
    "西侧",
    "南侧",
    "北侧",
    "东边",
    "西边",
    "南边",
    "北边",
    "路口",
    "路边",
    "街边",
    "边上",
    "那边",
    "这边",
    "一带",
    "社区",
    "小区",
    "单元",
    "大道",
    "交叉",
    "交界",
    "号楼",
    "路",
    "街",
    "巷",
    "弄",
    "号",
    "幢",
    "栋",
    "室",
    "层",
    "村",
    "市",
    "旁",
    "侧",
];

/// Single characters that only join words.
const STOP_CHARS: &str = "的在与及或";

/// What the rule looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its category.
    pub category: CategoryCode,
    /// Its community.
    pub community: AreaCode,
    /// When it was closed; none while it is open or not yet filed.
    pub closed_at: Option<Timestamp>,
    /// Whether everybody may see it.
    pub public: bool,
    /// Its position.
    pub position: Option<Position>,
    /// Its words of place ([`place_words`]).
    pub words: BTreeSet<String>,
}

/// Why two cases may be one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// They are this many metres apart, rounded up.
    Near(u32),
    /// They share these words of place, in order.
    Words(Vec<String>),
}

/// Whether the whistle `new` may be about the same as the case `other`, and why.
pub fn similar(new: &Candidate, other: &Candidate, now: Timestamp) -> Option<Why> {
    let recent = other
        .closed_at
        .is_none_or(|closed| now.since(closed) <= CLOSED_FOR);
    if !other.public || !recent || new.category != other.category {
        return None;
    }
    if let (Some(a), Some(b)) = (new.position, other.position) {
        let apart = a.distance_m(b);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "not negative and at most 50"
        )]
        return (apart <= NEAR_M).then(|| Why::Near(apart.ceil() as u32));
    }
    if new.community != other.community {
        return None;
    }
    let shared: Vec<String> = new.words.intersection(&other.words).cloned().collect();
    (shared.len() >= SHARED_WORDS).then_some(Why::Words(shared))
}

/// The words of a place that can tell it from another: pairs of Chinese characters, Latin words
/// and numbers, folded; without directions, kinds of street, and the `common` names (of the city
/// and the community, which every place there shares).
pub fn place_words(text: &str, common: &[&str]) -> BTreeSet<String> {
    let mut text = fold::fold(text);
    let mut common: Vec<String> = common.iter().map(|name| fold::fold(name)).collect();
    common.sort_by_key(|name| std::cmp::Reverse(name.len()));
    for stop in common.iter().map(String::as_str).chain(STOP_WORDS) {
        if !stop.is_empty() && text.contains(stop) {
            text = text.replace(stop, " ");
        }
    }
    let mut words = BTreeSet::new();
    let mut run: Vec<char> = Vec::new();
    // The space at the end closes the last run.
    for c in text.chars().chain([' ']) {
        let stop = !c.is_alphanumeric() || STOP_CHARS.contains(c);
        let turns = run.last().is_some_and(|last| script(*last) != script(c));
        if stop || turns {
            keep(&run, &mut words);
            run.clear();
        }
        if !stop {
            run.push(c);
        }
    }
    words
}

#[derive(PartialEq, Eq)]
enum Script {
    Han,
    Digits,
    Letters,
}

fn script(c: char) -> Script {
    if fold::is_han(c) {
        Script::Han
    } else if c.is_numeric() {
        Script::Digits
    } else {
        Script::Letters
    }
}

/// A run of Chinese characters as its pairs, another run as one word. A single character or
/// letter says too little; a single digit is a house number.
fn keep(run: &[char], words: &mut BTreeSet<String>) {
    match run.first().map(|c| script(*c)) {
        Some(Script::Han) => {
            words.extend(run.windows(2).map(|pair| pair.iter().collect::<String>()));
        }
        Some(Script::Letters) if run.len() < 2 => {}
        Some(_) => {
            words.insert(run.iter().collect());
        }
        None => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMON: [&str; 3] = ["龙港市", "象岗社区", "象岗"];

    fn case(text: &str) -> Candidate {
        Candidate {
            category: CategoryCode::new("kitchen-waste").unwrap(),
            community: AreaCode::new("330383198023").unwrap(),
            closed_at: None,
            public: true,
            position: None,
            words: place_words(text, &COMMON),
        }
    }

    fn pinned(lat: f64) -> Candidate {
        let position = Position::from_degrees(lat, 120.5484, Some(9)).unwrap();
        Candidate {
            position: Some(position),
            ..case("")
        }
    }

    const NOW: Timestamp = Timestamp::from_millis(1_795_000_000_000);

    #[test]
    fn place_words_are_what_tells_places_apart() {
        for (text, expected) in [
            (
                "龍翔路1915號后面 2000多平方米空地",
                vec![
                    "1915", "2000", "多平", "平方", "方米", "米空", "空地", "龙翔",
                ],
            ),
            ("龙港市象岗社区龙翔路１９１５号旁边", vec!["1915", "龙翔"]),
            ("人民路与城南路口", vec!["人民", "城南"]),
            ("KFC 3号楼 A座", vec!["3", "kfc"]),
            ("旁边的路口", vec![]),
            ("", vec![]),
        ] {
            let expected: BTreeSet<String> = expected.into_iter().map(Into::into).collect();
            assert_eq!(place_words(text, &COMMON), expected, "{text}");
        }
    }

    #[test]
    fn without_positions_two_shared_words_in_one_community_are_similar() {
        let new = case("龙翔路1915号后面空地");
        let shared = Some(Why::Words(vec!["1915".into(), "龙翔".into()]));
        assert_eq!(similar(&new, &case("象崗社區龍翔路1915號"), NOW), shared);
        assert_eq!(
            similar(&new, &case("龙翔路1917号"), NOW),
            None,
            "one shared word"
        );
        assert_eq!(
            similar(&new, &case("象岗社区象岗社区"), NOW),
            None,
            "the community is no word"
        );
        let elsewhere = Candidate {
            community: AreaCode::new("330383198001").unwrap(),
            ..case("龙翔路1915号")
        };
        assert_eq!(similar(&new, &elsewhere, NOW), None);
        let half = Candidate {
            position: pinned(27.0).position,
            ..case("龙翔路1915号")
        };
        assert_eq!(similar(&new, &half, NOW), shared, "one without position");
    }

    #[test]
    fn with_positions_only_the_distance_counts() {
        assert_eq!(
            similar(&pinned(27.5), &pinned(27.5), NOW),
            Some(Why::Near(0))
        );
        // 0.00044 degrees are 48.9 m, 0.00046 are 51.1 m.
        assert_eq!(
            similar(&pinned(27.5), &pinned(27.500_44), NOW),
            Some(Why::Near(49))
        );
        assert_eq!(similar(&pinned(27.5), &pinned(27.500_46), NOW), None);
        let next_door = Candidate {
            community: AreaCode::new("330383198001").unwrap(),
            ..pinned(27.5)
        };
        assert!(
            similar(&pinned(27.5), &next_door, NOW).is_some(),
            "over the border of a community"
        );
        let far = Candidate {
            words: case("龙翔路1915号").words,
            ..pinned(28.0)
        };
        let here = Candidate {
            words: case("龙翔路1915号").words,
            ..pinned(27.5)
        };
        assert_eq!(similar(&here, &far, NOW), None);
    }

    #[test]
    fn only_public_cases_of_one_category_that_are_open_or_lately_closed() {
        let new = pinned(27.5);
        let closed = |ago: Millis| Candidate {
            closed_at: Some(NOW.plus(-ago)),
            ..pinned(27.5)
        };
        assert!(similar(&new, &closed(CLOSED_FOR), NOW).is_some());
        assert_eq!(
            similar(&new, &closed(CLOSED_FOR + Millis::new(1)), NOW),
            None
        );
        let private = Candidate {
            public: false,
            ..pinned(27.5)
        };
        assert_eq!(similar(&new, &private, NOW), None);
        assert!(
            similar(&private, &new, NOW).is_some(),
            "a private filing may still ask"
        );
        let other = Candidate {
            category: CategoryCode::new("parking").unwrap(),
            ..pinned(27.5)
        };
        assert_eq!(similar(&new, &other, NOW), None);
    }
}
