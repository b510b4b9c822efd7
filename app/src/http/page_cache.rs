//! Public pages, rendered once per change of the log.
//!
//! A public page depends on its address, the language, the size and the log, and on nothing else:
//! two renders are equal byte for byte. So it is kept, with its compressed forms, as long as the
//! log stands where it stood. Pages that look at who asks never come here: [`Rendered::Public`] is
//! the only thing that is kept, and only for 200.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::future::Future;
use std::io::Write as _;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue,
    IF_NONE_MATCH, VARY,
};
use http::{StatusCode, header};
use sha2::{Digest, Sha256};

/// What a page costs besides its bytes: keys, map, headers.
const OVERHEAD: usize = 512;

/// Shorter pages are not worth compressing: they fit into one packet.
const WORTH_COMPRESSING: usize = 860;

/// What names a page: path, canonical query, language and size, in one text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PageKey(String);

impl PageKey {
    /// The key of `path` with the pairs of `query` (as it stands in the address) whose names are
    /// in `known`, for a reader of `lang` and `size`.
    ///
    /// Names a page does not know are left out, so that nobody fills the cache with `?x=1`, `?x=2`.
    pub fn new(path: &str, query: Option<&str>, known: &[&str], lang: &str, size: &str) -> Self {
        Self(format!(
            "{lang} {size} {path}?{}",
            canonical_query(query, known)
        ))
    }
}

/// The known pairs of a query in order of their names, each encoded one way; empty values are left
/// out. For a name that stands there twice the order of its values is kept.
pub fn canonical_query(query: Option<&str>, known: &[&str]) -> String {
    let mut pairs: Vec<(String, String)> =
        form_urlencoded::parse(query.unwrap_or_default().as_bytes())
            .filter(|(name, value)| !value.is_empty() && known.contains(&name.as_ref()))
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
    if pairs.is_empty() {
        return String::new();
    }
    pairs.sort_by(|a, b| a.0.cmp(&b.0));
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}

/// How the bytes of a page are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// As they are.
    Identity,
    /// gzip (RFC 1952).
    Gzip,
    /// Brotli (RFC 7932).
    Brotli,
}

impl Encoding {
    /// The best one `Accept-Encoding` allows (RFC 9110, 12.5.3).
    pub fn accepted(headers: &HeaderMap) -> Self {
        let mut best = Self::Identity;
        for value in headers.get_all(ACCEPT_ENCODING) {
            for item in value.to_str().unwrap_or("").split(',') {
                let mut parts = item.split(';');
                let name = parts.next().unwrap_or("").trim();
                let refused = parts.any(|part| {
                    let weight = part.trim().strip_prefix("q=").map(str::trim);
                    weight.is_some_and(|q| q.parse::<f32>().is_ok_and(|q| q <= 0.0))
                });
                if refused {
                    continue;
                }
                if name.eq_ignore_ascii_case("br") {
                    return Self::Brotli;
                }
                if name.eq_ignore_ascii_case("gzip") || name == "*" {
                    best = Self::Gzip;
                }
            }
        }
        best
    }

    fn name(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some("gzip"),
            Self::Brotli => Some("br"),
        }
    }

    fn index(self) -> usize {
        match self {
            Self::Identity => 0,
            Self::Gzip => 1,
            Self::Brotli => 2,
        }
    }
}

/// What a render gave.
pub enum Rendered {
    /// A public page, 200, the same for everybody: kept.
    Public(String),
    /// Anything else (404, 503, a redirect): answered and forgotten.
    Other(Response),
}

/// A public page in all its forms. Each compressed form is made when it is first asked for.
#[derive(Debug)]
pub struct Page {
    plain: Bytes,
    content_type: HeaderValue,
    gzip: OnceLock<Bytes>,
    brotli: OnceLock<Bytes>,
    /// Strong validators, one per form (RFC 9110, 8.8.3).
    etags: [HeaderValue; 3],
}

impl Page {
    /// A page of HTML.
    pub fn html(html: String) -> Self {
        Self::new(
            html.into(),
            HeaderValue::from_static("text/html; charset=utf-8"),
        )
    }

    /// Any text that is the same for everybody.
    pub fn new(plain: Bytes, content_type: HeaderValue) -> Self {
        let mut hash = String::with_capacity(32);
        for byte in &Sha256::digest(&plain)[..16] {
            let _ = write!(hash, "{byte:02x}");
        }
        let etag = |form: &str| {
            HeaderValue::try_from(format!("\"{hash}{form}\""))
                .expect("hexadecimal digits and letters may stand in a header")
        };
        let etags = [etag(""), etag("-gzip"), etag("-br")];
        Self {
            plain,
            content_type,
            gzip: OnceLock::new(),
            brotli: OnceLock::new(),
            etags,
        }
    }

    /// The bytes in `encoding`.
    pub fn bytes(&self, encoding: Encoding) -> Bytes {
        match encoding {
            Encoding::Identity => self.plain.clone(),
            Encoding::Gzip => self.gzip.get_or_init(|| gzip(&self.plain, 6)).clone(),
            Encoding::Brotli => self.brotli.get_or_init(|| brotli(&self.plain, 5)).clone(),
        }
    }

    /// The answer to a request with these headers: 200, or 304 if the client holds this form.
    pub fn answer(&self, asked: &HeaderMap) -> Response {
        let encoding = if self.plain.len() < WORTH_COMPRESSING {
            Encoding::Identity
        } else {
            Encoding::accepted(asked)
        };
        let etag = &self.etags[encoding.index()];
        let mut response = if holds(asked, etag) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            let mut response = Response::new(Body::from(self.bytes(encoding)));
            response
                .headers_mut()
                .insert(CONTENT_TYPE, self.content_type.clone());
            if let Some(name) = encoding.name() {
                response
                    .headers_mut()
                    .insert(CONTENT_ENCODING, HeaderValue::from_static(name));
            }
            response
        };
        let headers = response.headers_mut();
        headers.insert(ETAG, etag.clone());
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        headers.insert(
            VARY,
            HeaderValue::from_static("Cookie, Accept-Language, Accept-Encoding"),
        );
        response
    }

    /// The same as it is, for what is compressed already, such as a picture.
    pub fn answer_plain(&self, asked: &HeaderMap) -> Response {
        uncompressed(self, asked)
    }

    /// Bytes held, compressed forms counted as if they were there.
    fn weight(&self) -> usize {
        // Compressed HTML is about a quarter; counted before it exists, so that the bound holds.
        self.plain.len() + self.plain.len() / 2 + OVERHEAD
    }
}

/// Whether `If-None-Match` names this validator. Weak comparison, as RFC 9110, 13.1.2 wants.
fn holds(asked: &HeaderMap, etag: &HeaderValue) -> bool {
    asked
        .get_all(IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|value| {
            value.split(',').map(str::trim).any(|tag| {
                let tag = tag.strip_prefix("W/").unwrap_or(tag);
                tag == "*" || tag.as_bytes() == etag.as_bytes()
            })
        })
}

/// gzip at `level` 1 to 9.
pub fn gzip(plain: &[u8], level: u32) -> Bytes {
    let room = Vec::with_capacity(plain.len() / 3 + 64);
    let mut writer = flate2::write::GzEncoder::new(room, flate2::Compression::new(level));
    // Writing into a Vec cannot fail; were it to, the plain bytes would not be what is promised.
    writer
        .write_all(plain)
        .and_then(|()| writer.finish())
        .expect("writing into memory does not fail")
        .into()
}

/// Brotli at `quality` 0 to 11.
pub fn brotli(plain: &[u8], quality: i32) -> Bytes {
    let params = brotli::enc::BrotliEncoderParams {
        quality,
        // A window just over the text: a larger one costs memory to clear and finds nothing.
        lgwin: i32::try_from(plain.len().max(1).ilog2() + 1).map_or(22, |bits| bits.clamp(16, 22)),
        size_hint: plain.len(),
        mode: brotli::enc::backward_references::BrotliEncoderMode::BROTLI_MODE_TEXT,
        ..Default::default()
    };
    let mut out = Vec::with_capacity(plain.len() / 3 + 64);
    brotli::BrotliCompress(&mut &*plain, &mut out, &params)
        .expect("reading and writing memory does not fail");
    out.into()
}

/// The pages that are true at one position of the log.
#[derive(Debug)]
pub struct PageCache {
    /// Bytes it may hold; 0 keeps nothing.
    most: usize,
    held: RwLock<Held>,
}

#[derive(Debug, Default)]
struct Held {
    position: u64,
    bytes: usize,
    pages: HashMap<PageKey, Arc<Page>>,
}

impl PageCache {
    /// An empty cache of the same size.
    #[must_use]
    pub fn emptied(&self) -> Self {
        Self::new(self.most)
    }

    /// An empty cache of at most `most` bytes.
    pub fn new(most: usize) -> Self {
        Self {
            most,
            held: RwLock::new(Held::default()),
        }
    }

    /// The page, if it was rendered at this very position.
    pub fn get(&self, key: &PageKey, position: u64) -> Option<Arc<Page>> {
        // The map is whole between any two of its calls, so a panic elsewhere does not spoil it.
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        if held.position != position {
            return None;
        }
        held.pages.get(key).cloned()
    }

    /// Keeps a page that was rendered while the log stood at `position`, read *before* the render:
    /// a page may be newer than its position, never older.
    pub fn put(&self, key: PageKey, position: u64, page: Arc<Page>) {
        let weight = page.weight() + key.0.len();
        if weight > self.most / 8 {
            return;
        }
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        if position < held.position {
            return;
        }
        if position > held.position || held.bytes + weight > self.most {
            // All of it at once: after the log moved none is true, and when full the pages that
            // are in demand are back after one render each.
            *held = Held {
                position,
                ..Held::default()
            };
        }
        if let Some(old) = held.pages.insert(key, page) {
            held.bytes -= old.weight();
        }
        held.bytes += weight;
    }

    /// Bytes counted as held.
    pub fn bytes(&self) -> usize {
        self.held
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .bytes
    }

    /// Answers from the cache, or renders, keeps and answers. The caller adds cookies that `?lang=`
    /// or `?size=` set to the answer: they are never part of what is kept.
    pub async fn answer<F>(
        &self,
        asked: &HeaderMap,
        key: PageKey,
        position: u64,
        render: impl FnOnce() -> F,
    ) -> Response
    where
        F: Future<Output = Rendered>,
    {
        if let Some(page) = self.get(&key, position) {
            return page.answer(asked);
        }
        match render().await {
            Rendered::Public(html) => {
                let page = Arc::new(Page::html(html));
                if self.most == 0 {
                    return uncompressed(&page, asked);
                }
                self.put(key, position, Arc::clone(&page));
                page.answer(asked)
            }
            Rendered::Other(response) => response,
        }
    }
}

/// HTML for one reader, compressed for the way and then forgotten: for a long page whose secret is
/// drawn anew for every answer. What never repeats cannot be guessed from lengths (CVE-2013-3587).
pub fn packed_once(html: String, asked: &HeaderMap) -> Response {
    let html = Bytes::from(html);
    let encoding = Encoding::accepted(asked);
    let body = match encoding {
        Encoding::Identity => html,
        Encoding::Gzip => gzip(&html, 5),
        Encoding::Brotli => brotli(&html, 4),
    };
    let mut response = Response::new(Body::from(body));
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    if let Some(name) = encoding.name() {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(name));
        headers.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
    }
    response
}

/// With the cache switched off nothing is compressed: it would be done again for every request.
fn uncompressed(page: &Page, asked: &HeaderMap) -> Response {
    let mut asked = asked.clone();
    asked.remove(header::ACCEPT_ENCODING);
    page.answer(&asked)
}

#[cfg(test)]
#[path = "page_cache_tests.rs"]
mod tests;
