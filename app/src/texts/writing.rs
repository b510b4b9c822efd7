//! How Chinese is written: `docs/terms.md` decides, these tests hold the messages and the demo
//! city's names to it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use super::tests::{files, messages};

/// A text of the house: where it stands, in simplified and in traditional characters.
struct Pair {
    place: String,
    hans: String,
    hant: String,
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// The characters of the list that is marked with `kind`.
fn characters(kind: &str) -> BTreeSet<char> {
    include_str!("characters.txt")
        .lines()
        .filter_map(|line| line.strip_prefix(kind)?.strip_prefix(' '))
        .flat_map(str::chars)
        .collect()
}

fn terms() -> String {
    fs::read_to_string(root().join("docs/terms.md")).unwrap()
}

/// The rows of the first table under the heading (or paragraph) that begins with `title`.
fn table(title: &str) -> Vec<Vec<String>> {
    let terms = terms();
    let rows: Vec<Vec<String>> = terms
        .lines()
        .skip_while(|line| !line.starts_with(title))
        .skip_while(|line| !line.starts_with("|--"))
        .skip(1)
        .take_while(|line| line.starts_with('|'))
        .map(|line| {
            let cells = line.trim_matches('|').split('|');
            cells.map(|cell| cell.trim().to_owned()).collect()
        })
        .collect();
    assert!(rows.len() > 15, "{title}: {} rows", rows.len());
    rows
}

fn words(cell: &str) -> Vec<&str> {
    cell.split_whitespace().collect()
}

/// Every message, and every name of the demo city.
fn texts() -> Vec<Pair> {
    let traditional: BTreeMap<String, String> = messages("zh-Hant").into_iter().collect();
    let mut all: Vec<Pair> = messages("zh-Hans")
        .into_iter()
        .map(|(key, hans)| Pair {
            hant: traditional[&key].clone(),
            place: key,
            hans,
        })
        .collect();
    for (path, text) in files("../demo", "toml") {
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        let said = |line: &str, key: &str| {
            let (_, rest) = line.split_once(&format!("{key} = \""))?;
            Some(rest.split_once('"')?.0.to_owned())
        };
        for part in text.split('{') {
            if let (Some(hans), Some(hant)) = (said(part, "zh_hans"), said(part, "zh_hant")) {
                let place = format!("{file}: {hans}");
                all.push(Pair { place, hans, hant });
            }
        }
    }
    let lines = |name: &str| fs::read_to_string(root().join("demo").join(name)).unwrap();
    let named: BTreeMap<String, String> = lines("communities.csv")
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(','))
        .map(|(code, name)| (code.to_owned(), name.to_owned()))
        .collect();
    for line in lines("community_details.csv").lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        all.push(Pair {
            place: cells[0].to_owned(),
            hans: named[cells[0]].clone(),
            hant: cells[3].to_owned(),
        });
    }
    assert!(all.len() > 1500, "{}", all.len());
    all
}

#[test]
fn traditional_texts_hold_no_simplified_characters() {
    let wrong = characters("only");
    assert!(wrong.len() > 2500, "{}", wrong.len());
    for pair in texts() {
        let found: String = pair.hant.chars().filter(|c| wrong.contains(c)).collect();
        assert!(found.is_empty(), "{}: {found} in {}", pair.place, pair.hant);
    }
}

#[test]
fn simplified_texts_hold_no_traditional_characters() {
    for pair in texts() {
        for c in pair.hans.chars().filter(|c| domain::fold::is_han(*c)) {
            let plain = domain::fold::fold_char(c);
            assert_eq!(c, plain, "{}: {}", pair.place, pair.hans);
        }
    }
}

#[test]
fn glyphs_and_words_are_the_ones_this_house_decided() {
    let mut never: BTreeMap<String, String> = BTreeMap::new();
    for row in table("## The words") {
        for word in words(&row[3]) {
            never.insert(word.to_owned(), row[1].clone());
        }
    }
    for row in table("## Glyphs") {
        for word in words(&row[1]) {
            never.insert(word.to_owned(), row[0].clone());
        }
    }
    for row in table("The traditional text") {
        never.insert(row[0].clone(), row[1].clone());
    }
    for pair in texts() {
        for (word, instead) in &never {
            assert!(
                !pair.hant.contains(word.as_str()),
                "{}: {instead} instead of {word} in {}",
                pair.place,
                pair.hant
            );
        }
    }
}

#[test]
fn each_writing_has_its_own_quotation_marks() {
    for pair in texts() {
        let wrong = pair.hans.contains(['「', '」', '『', '』']);
        assert!(!wrong, "{}: {}", pair.place, pair.hans);
        let wrong = pair.hant.contains(['“', '”', '‘', '’']);
        assert!(!wrong, "{}: {}", pair.place, pair.hant);
    }
}

#[test]
fn a_word_of_the_product_is_the_same_word_in_traditional() {
    let rows = table("## The words");
    for pair in texts() {
        for row in &rows {
            let theirs = words(&row[1]);
            assert!(
                !pair.hans.contains(&row[0]) || theirs.iter().any(|word| pair.hant.contains(word)),
                "{}: {} is {} in {}",
                pair.place,
                row[0],
                row[1],
                pair.hant
            );
        }
    }
}

/// Whether `text` has `c` outside of the words that may hold it.
fn stands_alone(text: &str, c: char, allowed: &[&str]) -> bool {
    let mut rest = text.to_owned();
    for word in allowed {
        rest = rest.replace(word, "");
    }
    rest.contains(c)
}

#[test]
fn one_to_many_characters_are_chosen_by_their_words() {
    let rows = table("## One to many");
    for pair in texts() {
        for row in &rows {
            let c = row[0].chars().next().unwrap();
            let allowed = words(&row[2]);
            assert!(
                allowed == ["*"] || !stands_alone(&pair.hant, c, &allowed),
                "{}: {c} is {} in {}",
                pair.place,
                row[1],
                pair.hant
            );
            for word in words(&row[3]) {
                let wrong = pair.hant.contains(word);
                assert!(!wrong, "{}: {word} ({})", pair.place, row[1]);
            }
        }
    }
}

#[test]
fn every_one_to_many_character_that_is_used_was_decided() {
    let terms = terms();
    let plain = terms.lines().last().unwrap_or_default();
    let mut decided: BTreeSet<char> = plain.chars().collect();
    decided.extend(
        table("## One to many")
            .iter()
            .filter_map(|row| row[0].chars().next()),
    );
    let some = characters("some");
    assert!(some.len() > 150, "{}", some.len());
    let open: BTreeSet<char> = texts()
        .iter()
        .flat_map(|pair| pair.hans.chars())
        .filter(|c| some.contains(c) && !decided.contains(c))
        .collect();
    assert!(open.is_empty(), "decide in docs/terms.md: {open:?}");
}

#[test]
fn the_rules_bite() {
    let only = characters("only");
    for c in "简体们复".chars() {
        assert!(only.contains(&c), "{c}");
    }
    for c in "繁體裡為眾臺後里面干只".chars() {
        assert!(!only.contains(&c), "{c}");
    }
    assert!(stands_alone("以后再說", '后', &["皇后"]));
    assert!(!stands_alone("皇后大道", '后', &["皇后"]));
}
