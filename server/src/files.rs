//! Static files: held in memory, compressed once after start, never looked up on the disk.
//!
//! Two kinds. Built files (`/pkg/…`) carry a hash in their name and may be kept for ever; public
//! files (icons, the manifest) keep their name and are asked for again after a while.

use std::collections::HashMap;
use std::io;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use app::http::headers::SPECULATION_PATH;
use app::http::page_cache::{Encoding, brotli, gzip};
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::StatusCode;
use http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue, IF_NONE_MATCH,
    VARY,
};
use sha2::{Digest, Sha256};

/// The files of `public/`, in the binary. The folder may be empty.
#[derive(rust_embed::RustEmbed)]
#[folder = "../public"]
#[allow_missing = true]
struct Public;

/// Largest file that is compressed as hard as possible. The islands' WASM is worth its second of the
/// start: every first visit is a tenth shorter by it.
const HARD_MAX: usize = 1_000_000;

/// One file.
struct File {
    plain: Bytes,
    content_type: &'static str,
    is_immutable: bool,
    etag: String,
    brotli: OnceLock<Bytes>,
    gzip: OnceLock<Bytes>,
}

/// All files by path.
#[derive(Clone, Default)]
pub struct Files {
    files: HashMap<String, Arc<File>>,
}

impl Files {
    /// The files of `public/`.
    pub fn public() -> Self {
        let mut files = Self::default();
        for name in Public::iter() {
            if let Some(file) = Public::get(&name) {
                files.add(
                    &format!("/{name}"),
                    Bytes::from(file.data.into_owned()),
                    false,
                );
            }
        }
        files
    }

    /// Adds one file at `path`. An immutable one must carry a hash of its bytes in its name.
    pub fn add(&mut self, path: &str, plain: Bytes, is_immutable: bool) {
        let etag = hex::encode(&Sha256::digest(&plain)[..16]);
        let file = File {
            plain,
            content_type: content_type(path),
            is_immutable,
            etag,
            brotli: OnceLock::new(),
            gzip: OnceLock::new(),
        };
        self.files.insert(path.to_owned(), Arc::new(file));
    }

    /// Adds `site_dir/pkg/*` at `/pkg/*`: what the browser build left there. Names that begin with
    /// a dot, folders and twins already compressed are passed over: a stale twin beside a new file
    /// would break the page.
    ///
    /// # Errors
    /// If a file that is listed cannot be read. An absent folder is no error.
    pub fn add_built(&mut self, site_dir: &Path) -> io::Result<()> {
        let entries = match std::fs::read_dir(site_dir.join("pkg")) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        };
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let is_twin = [".br", ".gz"].iter().any(|end| name.ends_with(end));
            if entry.file_type()?.is_file() && !name.starts_with('.') && !is_twin {
                let is_immutable = is_hashed(&name);
                self.add(
                    &format!("/pkg/{name}"),
                    std::fs::read(entry.path())?.into(),
                    is_immutable,
                );
            }
        }
        Ok(())
    }

    /// The paths, sorted.
    pub fn paths(&self) -> Vec<&str> {
        let mut paths: Vec<&str> = self.files.keys().map(String::as_str).collect();
        paths.sort_unstable();
        paths
    }

    /// Compresses what is worth it; until then files are sent as they are. Takes a while: run it
    /// beside serving.
    pub fn compress(&self) {
        for file in self
            .files
            .values()
            .filter(|file| is_text(file.content_type))
        {
            let quality = if file.plain.len() <= HARD_MAX { 11 } else { 9 };
            file.brotli.get_or_init(|| brotli(&file.plain, quality));
            file.gzip.get_or_init(|| gzip(&file.plain, 9));
        }
    }

    /// The answer for `path`, if there is a file.
    pub fn answer(&self, path: &str, asked: &HeaderMap) -> Option<Response> {
        let file = self.files.get(path)?;
        let (bytes, encoding) = match Encoding::accepted(asked) {
            Encoding::Brotli if file.brotli.get().is_some() => (file.brotli.get(), Some("br")),
            Encoding::Brotli | Encoding::Gzip if file.gzip.get().is_some() => {
                (file.gzip.get(), Some("gzip"))
            }
            _ => (None, None),
        };
        let etag = format!(
            "\"{}{}\"",
            file.etag,
            encoding.map_or("", |name| { if name == "br" { "-br" } else { "-gzip" } })
        );
        let is_held = asked.get_all(IF_NONE_MATCH).iter().any(|value| {
            value.to_str().is_ok_and(|tags| {
                tags.split(',')
                    .any(|tag| tag.trim().trim_start_matches("W/") == etag)
            })
        });
        let mut response = if is_held {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            let mut response = Response::new(Body::from(bytes.unwrap_or(&file.plain).clone()));
            let headers = response.headers_mut();
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(file.content_type));
            if let Some(encoding) = encoding {
                headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
            }
            response
        };
        let headers = response.headers_mut();
        let keep = if file.is_immutable {
            "public, max-age=31536000, immutable"
        } else {
            "public, max-age=3600"
        };
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(keep));
        headers.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
        if let Ok(etag) = HeaderValue::try_from(etag) {
            headers.insert(ETAG, etag);
        }
        Some(response)
    }
}

/// Whether a name carries a hash: a part between dots of at least 8 hexadecimal digits.
fn is_hashed(name: &str) -> bool {
    name.split('.')
        .any(|part| part.len() >= 8 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or("") {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" if path == SPECULATION_PATH => "application/speculationrules+json",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn is_text(content_type: &str) -> bool {
    content_type.starts_with("text/")
        || content_type.contains("json")
        || ["application/wasm", "image/svg+xml", "image/x-icon"].contains(&content_type)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(accept: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert("accept-encoding", accept.parse().unwrap());
        headers
    }

    #[test]
    fn built_files_are_kept_for_ever_and_compressed_once() {
        let folder = tempfile::tempdir().unwrap();
        let pkg = folder.path().join("pkg");
        std::fs::create_dir(&pkg).unwrap();
        std::fs::write(pkg.join("huiyin.0123abcd.css"), "a{color:red}".repeat(500)).unwrap();
        std::fs::write(pkg.join("huiyin.0123abcd.css.br"), "stale").unwrap();
        std::fs::write(pkg.join("plain.js"), "let a;").unwrap();
        std::fs::write(pkg.join(".hidden"), "x").unwrap();
        let mut files = Files::default();
        files.add_built(folder.path()).unwrap();
        assert_eq!(files.paths(), ["/pkg/huiyin.0123abcd.css", "/pkg/plain.js"]);

        let path = "/pkg/huiyin.0123abcd.css";
        let early = files.answer(path, &asked("br")).unwrap();
        assert!(
            !early.headers().contains_key(CONTENT_ENCODING),
            "not compressed yet"
        );
        files.compress();
        let response = files.answer(path, &asked("gzip, br")).unwrap();
        assert_eq!(response.headers()[CONTENT_ENCODING], "br");
        assert_eq!(response.headers()[CONTENT_TYPE], "text/css; charset=utf-8");
        assert_eq!(
            response.headers()[CACHE_CONTROL],
            "public, max-age=31536000, immutable"
        );
        let gzipped = files.answer(path, &asked("gzip")).unwrap();
        assert_ne!(response.headers()[ETAG], gzipped.headers()[ETAG]);
        let mut again = asked("gzip, br");
        again.insert(IF_NONE_MATCH, response.headers()[ETAG].clone());
        assert_eq!(files.answer(path, &again).unwrap().status(), 304);

        let plain = files.answer("/pkg/plain.js", &HeaderMap::new()).unwrap();
        assert_eq!(plain.headers()[CACHE_CONTROL], "public, max-age=3600");
        for absent in [
            "/pkg/../Cargo.toml",
            "/pkg/",
            "/pkg/.hidden",
            "/",
            "/etc/passwd",
        ] {
            assert!(
                files.answer(absent, &HeaderMap::new()).is_none(),
                "{absent}"
            );
        }
    }

    #[test]
    fn without_a_built_folder_pages_work_without_islands() {
        let mut files = Files::default();
        assert!(files.add_built(Path::new("/nonexistent")).is_ok());
        assert!(files.paths().is_empty());
    }
}
