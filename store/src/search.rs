//! Finding cases by words. The index holds only what everybody may read of released cases, in one
//! folder of this process; it follows the log like every other follower, and its cursor lies in its
//! own commits, so index and cursor cannot disagree. Losing the folder costs a rebuild, no data.
//!
//! Chinese is written without spaces, so a text is indexed by single characters and by pairs of
//! neighbours: a query of one character, of two, or of a whole sentence is found alike. Traditional
//! and simplified characters, widths and capitals are folded (`domain::fold`).
//!
//! A hit is only an id. Whoever shows it asks the database again under a scope (`CaseFilter::ids`):
//! the index may be a moment behind.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::access::Scope;
use domain::case::Case;
use domain::event::{Fact, Recorded};
use domain::fold::fold;
use domain::ids::CaseId;
use domain::time::{Millis, Timestamp};
use futures::future::BoxFuture;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{
    FAST, Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::{Index, IndexReader, IndexWriter, Order, ReloadPolicy, TantivyDocument, Term};

use crate::followers::Follower;
use crate::{Error, Result, Store};

/// Most hits of a query; beyond them a reader should add a word.
pub const HITS: usize = 400;
/// Memory of the index writer.
const WRITER_BYTES: usize = 20_000_000;
/// Events of one step. A step ends in at most one commit, whatever its length, and reads a case once
/// however often it was touched.
const STEP: u32 = 20_000;
/// After this many events the cursor is committed even if no case had to be.
const FAR: u64 = 50_000;
/// Changed whenever the tokens or fields change; another one's folder is thrown away.
const FORMAT: &str = "1";

impl From<tantivy::TantivyError> for Error {
    fn from(error: tantivy::TantivyError) -> Self {
        Self::Search(error.to_string())
    }
}

/// The tokens of a text: Han characters alone and in pairs, other words whole, all folded.
pub fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut word = String::new();
    let mut before: Option<char> = None;
    for c in fold(text).chars() {
        if is_han(c) {
            if !word.is_empty() {
                tokens.push(std::mem::take(&mut word));
            }
            tokens.push(c.to_string());
            if let Some(before) = before {
                tokens.push(String::from_iter([before, c]));
            }
            before = Some(c);
            continue;
        }
        before = None;
        if c.is_alphanumeric() {
            word.push(c);
        } else if !word.is_empty() {
            tokens.push(std::mem::take(&mut word));
        }
    }
    if !word.is_empty() {
        tokens.push(word);
    }
    tokens
}

/// What a query must find: of a run of Han characters its pairs, or the one character it is.
fn query_tokens(text: &str) -> Vec<String> {
    let all = tokens(text);
    let pairs: HashSet<char> = all
        .iter()
        .filter(|token| is_pair(token))
        .flat_map(|pair| pair.chars())
        .collect();
    let mut wanted: Vec<String> = all
        .into_iter()
        .filter(|token| {
            let mut chars = token.chars();
            let single = chars.next().filter(|_| chars.next().is_none());
            single.is_none_or(|c| !pairs.contains(&c))
        })
        .collect();
    wanted.sort_unstable();
    wanted.dedup();
    wanted
}

fn is_pair(token: &str) -> bool {
    token.chars().count() == 2 && token.chars().all(is_han)
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

#[derive(Clone, Copy)]
struct Fields {
    id: Field,
    filed_at: Field,
    text: Field,
}

/// The search index of this process. Cheap to clone.
#[derive(Clone)]
pub struct Search(Arc<Inner>);

struct Inner {
    index: Index,
    reader: IndexReader,
    fields: Fields,
    position: AtomicU64,
    /// When the index last knew all there was, in unix milliseconds.
    fresh_at: Mutex<Timestamp>,
}

/// What a query found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hits {
    /// Cases, latest filed first, [`HITS`] at most.
    pub ids: Vec<CaseId>,
}

/// The follower that keeps the index.
pub struct Indexer {
    search: Search,
    writer: Arc<Mutex<IndexWriter>>,
    position: u64,
    /// The position in the last commit.
    committed: u64,
    erasure: i64,
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let words = TextFieldIndexing::default()
        .set_tokenizer("whitespace")
        .set_fieldnorms(false)
        .set_index_option(IndexRecordOption::Basic);
    let fields = Fields {
        id: schema.add_text_field("id", STRING | STORED),
        filed_at: schema.add_i64_field("filed_at", FAST),
        text: schema.add_text_field("text", TextOptions::default().set_indexing_options(words)),
    };
    (schema.build(), fields)
}

fn open_index(folder: &Path) -> Result<Index> {
    std::fs::create_dir_all(folder).map_err(Error::file(folder))?;
    let directory = tantivy::directory::MmapDirectory::open(folder)
        .map_err(|error| Error::Search(error.to_string()))?;
    Ok(Index::open_or_create(directory, schema().0)?)
}

/// `(position, erasure)` of the last commit, from its payload.
fn cursor(index: &Index) -> Result<(u64, i64)> {
    let payload = index.load_metas()?.payload.unwrap_or_default();
    let mut fields = payload.split(' ');
    let position = fields
        .next()
        .and_then(|text| text.parse().ok())
        .unwrap_or(0);
    let erasure = fields
        .next()
        .and_then(|text| text.parse().ok())
        .unwrap_or(0);
    Ok((position, erasure))
}

impl Search {
    /// Opens the index of a store's folder, or begins a new one where there is none, an unreadable
    /// one, or one that knows more than the log (of another database). The [`Indexer`] is to be
    /// given to [`Store::follow`].
    pub async fn open(store: &Store) -> Result<(Self, Indexer)> {
        let folder: PathBuf = store.data_dir().join("search").join(FORMAT);
        let mut reading = store.read().await?;
        let (end, _) = reading.log_end().await?;
        drop(reading);
        let opened = open_index(&folder).and_then(|index| Ok((cursor(&index)?, index)));
        let (index, (position, erasure)) = match opened {
            Ok((at, index)) if at.0 <= end => (index, at),
            _ => {
                tracing::warn!("the search index begins anew");
                std::fs::remove_dir_all(&folder).map_err(Error::file(&folder))?;
                (open_index(&folder)?, (0, 0))
            }
        };
        let writer: IndexWriter = index.writer_with_num_threads(1, WRITER_BYTES)?;
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        let search = Self(Arc::new(Inner {
            index,
            reader,
            fields: schema().1,
            position: AtomicU64::new(position),
            fresh_at: Mutex::new(store.clock().now()),
        }));
        let indexer = Indexer {
            search: search.clone(),
            writer: Arc::new(Mutex::new(writer)),
            position,
            committed: position,
            erasure,
        };
        Ok((search, indexer))
    }

    /// Cases whose public words hold all words of `query`.
    pub fn find(&self, query: &str) -> Result<Hits> {
        let wanted = query_tokens(query);
        if wanted.is_empty() {
            return Ok(Hits { ids: Vec::new() });
        }
        let fields = self.0.fields;
        let clauses = wanted
            .into_iter()
            .map(|token| {
                let term = Term::from_field_text(fields.text, &token);
                let query = TermQuery::new(term, IndexRecordOption::Basic);
                (Occur::Must, Box::new(query) as Box<dyn Query>)
            })
            .collect();
        let searcher = self.0.reader.searcher();
        let top = TopDocs::with_limit(HITS).order_by_fast_field::<i64>("filed_at", Order::Desc);
        let found = searcher.search(&BooleanQuery::new(clauses), &top)?;
        let mut ids = Vec::with_capacity(found.len());
        for (_, address) in found {
            let document: TantivyDocument = searcher.doc(address)?;
            let id = document
                .get_first(fields.id)
                .and_then(|value| value.as_str());
            ids.extend(id.and_then(|id| id.parse::<CaseId>().ok()));
        }
        Ok(Hits { ids })
    }

    /// Whether a case is in the index.
    fn knows(&self, id: &str) -> Result<bool> {
        let term = Term::from_field_text(self.0.fields.id, id);
        Ok(self.0.reader.searcher().doc_freq(&term)? > 0)
    }

    /// How far behind the log the index is, in time; zero when it knows all there is. Above two
    /// seconds a page says so.
    pub fn lag(&self, store: &Store) -> Millis {
        let now = store.clock().now();
        let mut fresh_at = self
            .0
            .fresh_at
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if self.0.position.load(Ordering::Acquire) >= store.log_position() {
            *fresh_at = now;
        }
        now.since(*fresh_at).at_least_zero()
    }

    /// The last position of the log that is in the index.
    pub fn position(&self) -> u64 {
        self.0.position.load(Ordering::Acquire)
    }
}

/// What everybody may read of a case: the filing as it is shown, its place, and public updates.
fn public_text(case: &Case, events: &[Recorded]) -> String {
    let mut texts: Vec<(u32, String)> = Vec::new();
    for recorded in events {
        let Some(words) = &recorded.event.words else {
            continue;
        };
        match recorded.event.fact {
            Fact::Filed { .. } | Fact::Updated { .. } => {
                let place = words.place.as_ref().map_or("", |place| place.text.as_str());
                let text = words.text.as_deref().unwrap_or_default();
                texts.push((recorded.version, format!("{text} {place}")));
            }
            // What was replaced is not found any more; what replaced it is.
            Fact::Redacted { version } => {
                texts.retain(|(known, _)| *known != version);
                texts.push((version, words.text.clone().unwrap_or_default()));
            }
            _ => {}
        }
    }
    let mut all = case.number.to_string();
    all.push(' ');
    all.push_str(&case.number.digits());
    for (_, text) in texts {
        all.push('\n');
        all.push_str(&text);
    }
    tokens(&all).join(" ")
}

impl Indexer {
    fn move_to(&mut self, position: u64, erasure: i64) {
        self.position = position;
        self.erasure = erasure;
        self.search.0.position.store(position, Ordering::Release);
    }
}

impl Follower for Indexer {
    fn name(&self) -> &'static str {
        "search"
    }

    /// A commit of the index writes and syncs several files; one a second keeps within the two
    /// seconds after which a page speaks of the lag.
    fn rest(&self) -> Duration {
        Duration::from_secs(1)
    }

    fn step<'s>(&'s mut self, store: &'s Store) -> BoxFuture<'s, Result<bool>> {
        Box::pin(async move {
            let mut reading = store.snapshot().await?;
            let events = reading.cases_after(self.position, STEP).await?;
            let erasures = reading.erasures_after(self.erasure).await?;
            if events.is_empty() && erasures.is_empty() {
                return Ok(false);
            }
            let position = events.last().map_or(self.position, |(last, _)| *last);
            let erasure = erasures.last().map_or(self.erasure, |(no, _)| *no);
            let mut touched: HashSet<CaseId> = events.into_iter().map(|(_, case)| case).collect();
            touched.extend(
                erasures
                    .iter()
                    .filter_map(|(_, id)| id.parse::<CaseId>().ok()),
            );
            let mut documents = Vec::with_capacity(touched.len());
            for id in touched {
                let case = reading.case_by_id(&Scope::public(), id).await?;
                let case = case.filter(Case::words_are_public);
                let document = match case {
                    Some(case) => {
                        let events = reading.events(&case).await?;
                        Some((case.filed_at.millis(), public_text(&case, &events)))
                    }
                    None => None,
                };
                let id = id.to_string();
                // Most events are of cases nobody may read yet: they cost the index nothing.
                if document.is_some() || self.search.knows(&id)? {
                    documents.push((id, document));
                }
            }
            drop(reading);
            if documents.is_empty() && position < self.committed + FAR {
                // Read again after a restart, which is cheaper than a commit.
                self.move_to(position, erasure);
                return Ok(true);
            }
            let writer = Arc::clone(&self.writer);
            let fields = self.search.0.fields;
            let commit = move || -> Result<()> {
                let mut writer = writer.lock().unwrap_or_else(PoisonError::into_inner);
                for (id, document) in documents {
                    writer.delete_term(Term::from_field_text(fields.id, &id));
                    if let Some((filed_at, text)) = document {
                        let mut new = TantivyDocument::default();
                        new.add_text(fields.id, &id);
                        new.add_i64(fields.filed_at, filed_at);
                        new.add_text(fields.text, &text);
                        writer.add_document(new)?;
                    }
                }
                let mut commit = writer.prepare_commit()?;
                commit.set_payload(&format!("{position} {erasure}"));
                commit.commit()?;
                Ok(())
            };
            tokio::task::spawn_blocking(commit)
                .await
                .map_err(|error| Error::Search(error.to_string()))??;
            self.search.0.reader.reload()?;
            self.committed = position;
            self.move_to(position, erasure);
            Ok(true)
        })
    }
}

impl Search {
    /// How many cases can be found.
    pub fn documents(&self) -> u64 {
        self.0.reader.searcher().num_docs()
    }

    /// How many parts the index has, for `/readyz`.
    pub fn segments(&self) -> usize {
        self.0
            .index
            .searchable_segment_ids()
            .map_or(0, |segments| segments.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_pairs_and_words() {
        assert_eq!(tokens("占道 No.12"), ["占", "道", "占道", "no", "12"]);
        assert_eq!(
            tokens("佔道"),
            tokens("占道"),
            "traditional finds simplified"
        );
    }

    #[test]
    fn a_query_asks_for_pairs_where_it_has_them() {
        assert_eq!(query_tokens("占道经营"), ["占道", "经营", "道经"]);
        assert_eq!(query_tokens("路"), ["路"]);
        assert_eq!(query_tokens("路 噪声"), ["噪声", "路"]);
        assert!(query_tokens("，。 !").is_empty());
    }
}
