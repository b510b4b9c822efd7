//! Finding a category or a service by the words people use.
//!
//! The tables are small (some hundred rows), so a scan is faster than an index would be to keep.

use super::City;
use crate::fold::fold;
use crate::ids::{CategoryCode, ServiceCode};
use crate::lang::{Lang, Names};

/// A row found, with why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit<C> {
    /// The row.
    pub code: C,
    /// What matched, as the city wrote it.
    pub why: Matched,
}

/// What a query matched; better reasons first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matched {
    /// The whole name.
    Name(String),
    /// A whole synonym.
    Synonym(String),
    /// Part of the name.
    NamePart(String),
    /// Part of a synonym.
    SynonymPart(String),
    /// The name of the group above.
    Group(String),
    /// The query is a sentence and holds this word.
    InText(String),
    /// Part of the plain sentence.
    Plain(String),
}

impl Matched {
    /// Rank of the reason, 0 the best.
    const fn rank(&self) -> u8 {
        match self {
            Self::Name(_) => 0,
            Self::Synonym(_) => 1,
            Self::NamePart(_) => 2,
            Self::SynonymPart(_) => 3,
            Self::InText(_) => 4,
            Self::Group(_) => 5,
            Self::Plain(_) => 6,
        }
    }

    /// The words that matched, to show beside the hit.
    pub fn words(&self) -> &str {
        match self {
            Self::Name(w)
            | Self::Synonym(w)
            | Self::NamePart(w)
            | Self::SynonymPart(w)
            | Self::Group(w)
            | Self::InText(w)
            | Self::Plain(w) => w,
        }
    }

    /// How many characters of the city's own words the reason covers: of two words found in a
    /// sentence the longer one says more.
    fn weight(&self) -> usize {
        match self {
            Self::InText(w) => w.chars().count(),
            _ => 0,
        }
    }
}

/// A name in the reader's language first, then in the others.
fn all_forms(names: &Names, lang: Lang) -> impl Iterator<Item = &str> {
    std::iter::once(lang)
        .chain(Lang::ALL.into_iter().filter(move |l| *l != lang))
        .map(|l| names.get(l))
}

/// Best match of a folded query against one row.
fn best(
    query: &str,
    names: &Names,
    plain: &Names,
    synonyms: &[String],
    group: Option<&Names>,
    lang: Lang,
) -> Option<Matched> {
    let mut found: Option<Matched> = None;
    let mut offer = |m: Matched| {
        let better = found.as_ref().is_none_or(|old| {
            (m.rank(), std::cmp::Reverse(m.weight()))
                < (old.rank(), std::cmp::Reverse(old.weight()))
        });
        if better {
            found = Some(m);
        }
    };
    for name in all_forms(names, lang) {
        let folded = fold(name);
        if folded == query {
            offer(Matched::Name(name.to_string()));
        } else if folded.contains(query) {
            offer(Matched::NamePart(name.to_string()));
        } else if in_text(query, &folded) {
            offer(Matched::InText(name.to_string()));
        }
    }
    for synonym in synonyms {
        let folded = fold(synonym);
        if folded == query {
            offer(Matched::Synonym(synonym.clone()));
        } else if folded.contains(query) {
            offer(Matched::SynonymPart(synonym.clone()));
        } else if in_text(query, &folded) {
            offer(Matched::InText(synonym.clone()));
        }
    }
    if let Some(group) = group {
        for name in all_forms(group, lang) {
            if fold(name).contains(query) {
                offer(Matched::Group(name.to_string()));
            }
        }
    }
    for sentence in all_forms(plain, lang) {
        if fold(sentence).contains(query) {
            offer(Matched::Plain(sentence.to_string()));
        }
    }
    found
}

/// Whether a sentence holds a word: at least two characters, and a Latin word only as a whole.
fn in_text(sentence: &str, word: &str) -> bool {
    if word.chars().count() < 2 {
        return false;
    }
    sentence.match_indices(word).any(|(at, _)| {
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let before = latin(sentence[..at].chars().next_back());
        let after = latin(sentence[at + word.len()..].chars().next());
        !((before && latin(word.chars().next())) || (after && latin(word.chars().next_back())))
    })
}

impl City {
    /// Leaf categories for the words of a query or for a whole description, best first: 占道 and
    /// 佔道 both find street vending. An empty query finds nothing.
    pub fn search_categories(&self, query: &str, lang: Lang) -> Vec<Hit<CategoryCode>> {
        let query = fold(query);
        if query.is_empty() {
            return Vec::new();
        }
        rank(self.leaf_categories().into_iter().filter_map(|c| {
            let group = c
                .parent
                .as_ref()
                .and_then(|p| self.category(p))
                .map(|p| &p.names);
            best(&query, &c.names, &c.plain, &c.synonyms, group, lang).map(|why| Hit {
                code: c.code.clone(),
                why,
            })
        }))
    }

    /// Services for the words of a query, best first. An empty query finds nothing.
    pub fn search_services(&self, query: &str, lang: Lang) -> Vec<Hit<ServiceCode>> {
        let query = fold(query);
        if query.is_empty() {
            return Vec::new();
        }
        rank(self.services.iter().filter_map(|s| {
            best(&query, &s.names, &s.summary, &s.synonyms, None, lang).map(|why| Hit {
                code: s.code.clone(),
                why,
            })
        }))
    }
}

/// Best reasons first; equal reasons keep the order of the city's file.
fn rank<C>(hits: impl Iterator<Item = Hit<C>>) -> Vec<Hit<C>> {
    let mut hits: Vec<_> = hits.collect();
    hits.sort_by_key(|h| (h.why.rank(), std::cmp::Reverse(h.why.weight())));
    hits
}
