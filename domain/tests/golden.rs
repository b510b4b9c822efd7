//! One file for every kind of event ever written (`golden/`): each must be read for ever and
//! written back byte for byte, with the same hash. A file that a version of the program has written
//! for a city is never changed; a new shape is a new kind with a new file.
//!
//! `UPDATE=1` writes the files that are missing, and no others. What they are written from stands in
//! `golden_samples/`.

#![expect(
    clippy::disallowed_methods,
    reason = "a test is told by its environment"
)]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod golden_samples;

use std::path::{Path, PathBuf};

use domain::{
    chain::{EventHead, GENESIS, commit, event_hash},
    event::{Event, Fact},
};

use golden_samples::{AT, case, samples};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// The hash that a log would hold, with salts that a log would not.
fn hash(kind: &str, facts: &str, words: Option<&str>) -> String {
    let head = EventHead {
        prev: &GENESIS,
        case: case(5),
        version: 7,
        kind,
        at: AT,
        facts: &commit(&[1; 32], facts),
        words: &commit(&[2; 32], words.unwrap_or_default()),
    };
    event_hash(head)
        .iter()
        .fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

fn text_of(event: &Event) -> String {
    let encoded = event.encode();
    let words = encoded.words.as_deref();
    let hash = hash(encoded.kind, &encoded.facts, words);
    let words = words
        .map(|words| format!("words {words}\n"))
        .unwrap_or_default();
    format!(
        "kind {}\nfacts {}\n{words}hash {hash}\n",
        encoded.kind, encoded.facts
    )
}

fn files() -> Vec<(String, String)> {
    let mut files: Vec<_> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(&path).unwrap())
        })
        .collect();
    files.sort();
    files
}

fn line<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(' '))
}

#[test]
fn what_is_written_now_is_what_was_written() {
    let update = std::env::var_os("UPDATE").is_some();
    for (which, event) in samples() {
        let path = folder().join(format!("{}{which}.txt", event.fact.kind()));
        let now = text_of(&event);
        if update && !path.exists() {
            std::fs::write(&path, &now).unwrap();
        }
        let was = std::fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{}: {error} (UPDATE=1 writes it)", path.display()));
        assert_eq!(now, was, "{}: a new shape is a new kind", path.display());
    }
}

#[test]
fn every_file_is_read_and_written_back_byte_for_byte() {
    let files = files();
    assert!(!files.is_empty());
    for (name, text) in files {
        let kind = line(&text, "kind").unwrap_or_else(|| panic!("{name}: no kind"));
        assert!(name.starts_with(kind), "{name} holds {kind}");
        let facts = line(&text, "facts").unwrap_or_else(|| panic!("{name}: no facts"));
        let words = line(&text, "words");
        let event =
            Event::decode(kind, facts, words).unwrap_or_else(|error| panic!("{name}: {error}"));
        let again = event.encode();
        assert_eq!((again.kind, again.facts.as_str()), (kind, facts), "{name}");
        assert_eq!(again.words.as_deref(), words, "{name}");
        assert_eq!(
            Some(hash(kind, facts, words).as_str()),
            line(&text, "hash"),
            "{name}"
        );
    }
}

#[test]
fn every_kind_has_its_file() {
    let files = files();
    let kept = |kind: &str| {
        files
            .iter()
            .any(|(_, text)| line(text, "kind") == Some(kind))
    };
    let missing: Vec<_> = Fact::KINDS.iter().filter(|kind| !kept(kind)).collect();
    assert!(missing.is_empty(), "no golden file for {missing:?}");
    let known = |text: &str| line(text, "kind").is_some_and(|kind| Fact::KINDS.contains(&kind));
    let lost: Vec<_> = files
        .iter()
        .filter(|(_, text)| !known(text))
        .map(|(name, _)| name)
        .collect();
    assert!(lost.is_empty(), "no longer read: {lost:?}");
    let mut kinds = Fact::KINDS.to_vec();
    kinds.sort_unstable();
    kinds.dedup();
    assert_eq!(kinds.len(), Fact::KINDS.len(), "a kind is named once");
}

/// No fact holds what must be erasable: the files are read as a stranger would read them.
#[test]
fn no_fact_holds_a_word_of_anybody() {
    for (name, text) in files() {
        let facts = line(&text, "facts").unwrap();
        assert!(facts.is_ascii(), "{name}: {facts}");
        for spoken in ["lat", "lng", "text", "phone", "name"] {
            assert!(!facts.contains(&format!("\"{spoken}")), "{name}: {facts}");
        }
    }
}
