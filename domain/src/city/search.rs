//! Finding a category or a service by the words people use.
//!
//! The tables are small (some hundred rows): a scan over texts folded beforehand takes microseconds.

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

/// Every text a search looks at, folded once when the city is built: folding at every key press
/// would cost more than all the rest of the page.
#[derive(Clone, Debug, Default)]
pub(super) struct SearchIndex {
    categories: Vec<Row<CategoryCode>>,
    services: Vec<Row<ServiceCode>>,
}

#[derive(Clone, Debug)]
pub(super) struct Row<C> {
    code: C,
    words: Vec<Word>,
}

/// What kind of text a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    Name,
    Synonym,
    Group,
    Plain,
}

#[derive(Clone, Debug)]
struct Word {
    source: Source,
    folded: String,
    /// As the city wrote it.
    shown: String,
    /// As it is shown to readers of traditional characters, where that differs.
    shown_hant: Option<String>,
}

impl Word {
    fn new(source: Source, text: &str) -> Self {
        Self {
            source,
            folded: fold(text),
            shown: text.to_string(),
            shown_hant: None,
        }
    }

    /// A name in its three languages; the traditional form folds to the simplified one, and where
    /// it does not it is a word of its own.
    fn all(source: Source, names: &Names) -> Vec<Self> {
        let mut chinese = Self::new(source, &names.zh_hans);
        let hant = Self::new(source, names.get(Lang::ZhHant));
        let mut words = Vec::with_capacity(3);
        if hant.folded == chinese.folded {
            chinese.shown_hant = Some(hant.shown);
        } else {
            words.push(hant);
        }
        words.push(chinese);
        words.push(Self::new(source, names.get(Lang::En)));
        words
    }

    fn text(&self, lang: Lang) -> String {
        match &self.shown_hant {
            Some(hant) if lang == Lang::ZhHant => hant.clone(),
            _ => self.shown.clone(),
        }
    }

    /// How a folded query matches this word, if it does.
    fn matches(&self, query: &str, lang: Lang) -> Option<Matched> {
        let same = self.folded == query;
        let part = || self.folded.contains(query);
        match self.source {
            Source::Name if same => Some(Matched::Name(self.text(lang))),
            Source::Synonym if same => Some(Matched::Synonym(self.text(lang))),
            Source::Name if part() => Some(Matched::NamePart(self.text(lang))),
            Source::Synonym if part() => Some(Matched::SynonymPart(self.text(lang))),
            Source::Group if part() => Some(Matched::Group(self.text(lang))),
            Source::Plain if part() => Some(Matched::Plain(self.text(lang))),
            Source::Name | Source::Synonym if in_text(query, &self.folded) => {
                Some(Matched::InText(self.text(lang)))
            }
            _ => None,
        }
    }
}

impl<C: Clone> Row<C> {
    fn new(code: &C, names: &Names, plain: &Names, synonyms: &[String]) -> Self {
        let mut words = Word::all(Source::Name, names);
        words.extend(synonyms.iter().map(|s| Word::new(Source::Synonym, s)));
        words.extend(Word::all(Source::Plain, plain));
        Self {
            code: code.clone(),
            words,
        }
    }

    /// The best reason why the row answers the query.
    fn hit(&self, query: &str, lang: Lang) -> Option<Hit<C>> {
        self.words
            .iter()
            .filter_map(|word| word.matches(query, lang))
            .min_by_key(|why| (why.rank(), std::cmp::Reverse(why.weight())))
            .map(|why| Hit {
                code: self.code.clone(),
                why,
            })
    }
}

impl SearchIndex {
    pub(super) fn new(city: &City) -> Self {
        let categories = city
            .leaf_categories()
            .into_iter()
            .map(|c| {
                let group = c.parent.as_ref().and_then(|p| city.category(p));
                let group = group.map(|group| &group.names);
                category_row(&c.code, &c.names, &c.plain, &c.synonyms, group)
            })
            .collect();
        let services = city
            .services
            .iter()
            .map(|s| Row::new(&s.code, &s.names, &s.summary, &s.synonyms))
            .collect();
        Self {
            categories,
            services,
        }
    }
}

/// A category with all its words, those of the group above it last.
pub(super) fn category_row(
    code: &CategoryCode,
    names: &Names,
    plain: &Names,
    synonyms: &[String],
    group: Option<&Names>,
) -> Row<CategoryCode> {
    let mut row = Row::new(code, names, plain, synonyms);
    if let Some(group) = group {
        row.words.extend(Word::all(Source::Group, group));
    }
    row
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
        search(&self.index.categories, query, lang)
    }

    /// Services for the words of a query, best first. An empty query finds nothing.
    pub fn search_services(&self, query: &str, lang: Lang) -> Vec<Hit<ServiceCode>> {
        search(&self.index.services, query, lang)
    }
}

/// Best reasons first; equal reasons keep the order of the city's file.
pub(super) fn search<C: Clone>(rows: &[Row<C>], query: &str, lang: Lang) -> Vec<Hit<C>> {
    let query = fold(query);
    if query.is_empty() {
        return Vec::new();
    }
    let mut hits: Vec<_> = rows
        .iter()
        .filter_map(|row| row.hit(&query, lang))
        .collect();
    hits.sort_by_key(|h| (h.why.rank(), std::cmp::Reverse(h.why.weight())));
    hits
}
