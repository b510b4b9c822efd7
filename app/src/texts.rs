//! Every sentence a person reads, by key and language.
//!
//! The functions of [`t`] are generated from `texts/<language>/*.ftl` (Project Fluent): one per
//! message, its arguments in alphabetical order. A message that chooses by number takes a `u64`
//! and prints it in groups of three; every other argument prints as it is.

pub use domain::lang::Lang;

/// One function for each message.
#[expect(
    clippy::all,
    clippy::pedantic,
    reason = "generated: plain, uniform code that nobody reads"
)]
pub mod t {
    use std::fmt::Write as _;

    use super::Lang;
    use crate::format::grouped;

    include!(concat!(env!("OUT_DIR"), "/texts.rs"));
}

/// The three languages, each in its own words, as a chooser shows them.
pub const fn own_name(lang: Lang) -> &'static str {
    match lang {
        Lang::ZhHans => "简体",
        Lang::ZhHant => "繁體",
        Lang::En => "English",
    }
}

#[cfg(test)]
mod writing;

#[cfg(test)]
mod tests {
    use std::{
        fs,
        path::{Path, PathBuf},
    };

    /// The files below `folder` (seen from this crate) with this ending, in order.
    pub(super) fn files(folder: &str, ending: &str) -> Vec<(PathBuf, String)> {
        let mut found = Vec::new();
        let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
        while let Some(path) = open.pop() {
            if path.is_dir() {
                open.extend(
                    fs::read_dir(&path)
                        .unwrap()
                        .map(|entry| entry.unwrap().path()),
                );
            } else if path.extension().is_some_and(|e| e == ending) {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
        found.sort();
        assert!(!found.is_empty(), "{folder}");
        found
    }

    /// The messages of one language, as they are written.
    pub(super) fn messages(lang: &str) -> Vec<(String, String)> {
        let mut all: Vec<(String, String)> = Vec::new();
        for (_, text) in files(&format!("texts/{lang}"), "ftl") {
            for line in text.lines().filter(|line| !line.starts_with('#')) {
                if line.starts_with(' ') {
                    let (_, last) = all.last_mut().unwrap();
                    last.push_str(line);
                } else if let Some((key, value)) = line.split_once('=') {
                    all.push((key.trim().to_owned(), value.trim().to_owned()));
                }
            }
        }
        all
    }

    #[test]
    fn please_is_for_favours_and_sorry_for_our_own_failures() {
        for lang in ["zh-Hans", "zh-Hant"] {
            for (key, text) in messages(lang) {
                let please = ["请", "請"].iter().any(|word| {
                    text.match_indices(word).any(|(at, _)| {
                        // 申请 (apply), 请到… (call in) and 请求 are other words.
                        let before = text[..at].chars().next_back();
                        let after = text[at + word.len()..].chars().next();
                        before != Some('申') && !matches!(after, Some('求' | '来' | '來' | '部'))
                    })
                });
                if please {
                    let plain = !["error-", "label-", "action-", "nav-", "button-"]
                        .iter()
                        .any(|kind| key.contains(kind));
                    assert!(plain, "{lang} {key}: {text}");
                }
                if text.contains("抱歉") {
                    assert!(key.starts_with("oops-"), "{lang} {key}: {text}");
                }
            }
        }
    }

    #[test]
    fn chinese_texts_use_full_width_marks() {
        for lang in ["zh-Hans", "zh-Hant"] {
            for (key, text) in messages(lang) {
                let chars: Vec<char> = text.chars().collect();
                for pair in chars.windows(2) {
                    let han = ('\u{4e00}'..='\u{9fff}').contains(&pair[0]);
                    assert!(
                        !(han && matches!(pair[1], ',' | ';' | ':' | '?' | '!' | '(' | ')')),
                        "{lang} {key}: {}{} in {text}",
                        pair[0],
                        pair[1]
                    );
                }
            }
        }
    }

    #[test]
    fn every_text_is_used() {
        let sources: String = files("src", "rs")
            .into_iter()
            .map(|(_, text)| text)
            .collect();
        let unused: Vec<String> = messages("zh-Hans")
            .into_iter()
            .map(|(key, _)| key.replace('-', "_"))
            .filter(|name| !name.starts_with('_') && !sources.contains(&format!("t::{name}")))
            .collect();
        assert!(unused.is_empty(), "{unused:?}");
    }
}
