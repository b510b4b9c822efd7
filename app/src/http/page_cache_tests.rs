//! What is kept, for how long, and in which form.

use std::cell::Cell;
use std::io::Read as _;

use super::*;

fn asked(pairs: &[(&str, &str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        headers.append(
            header::HeaderName::from_bytes(name.as_bytes()).unwrap(),
            value.parse().unwrap(),
        );
    }
    headers
}

fn key(path: &str) -> PageKey {
    PageKey::new(path, None, &[], "zh-Hans", "normal")
}

fn long(text: &str) -> String {
    format!("<!DOCTYPE html><p>{}", text.repeat(2_000))
}

async fn body(response: Response) -> Vec<u8> {
    axum::body::to_bytes(response.into_body(), 10_000_000)
        .await
        .unwrap()
        .to_vec()
}

#[tokio::test]
async fn a_page_is_rendered_once_while_the_log_stands() {
    let cache = PageCache::new(1_000_000);
    let renders = Cell::new(0);
    for (position, expected) in [(5, 1), (5, 1), (6, 2), (6, 2), (5, 3)] {
        let response = cache
            .answer(&HeaderMap::new(), key("/cases"), position, || async {
                renders.set(renders.get() + 1);
                Rendered::Public(format!("at {position}"))
            })
            .await;
        assert_eq!(body(response).await, format!("at {position}").into_bytes());
        assert_eq!(renders.get(), expected, "at {position}");
    }
    assert!(
        cache.get(&key("/cases"), 6).is_some(),
        "an older render does not drive out a newer"
    );
}

#[tokio::test]
async fn only_public_pages_are_kept() {
    let cache = PageCache::new(1_000_000);
    for _ in 0..2 {
        let response = cache
            .answer(&HeaderMap::new(), key("/cases/1"), 1, || async {
                Rendered::Other(StatusCode::NOT_FOUND.into_response())
            })
            .await;
        assert_eq!(response.status(), 404);
        assert!(!response.headers().contains_key(ETAG));
    }
    assert_eq!(cache.bytes(), 0);
}

#[tokio::test]
async fn each_form_has_its_own_validator_and_all_say_the_same() {
    let page = Page::html(long("居民吹哨，部门报到。"));
    let plain = long("居民吹哨，部门报到。");
    let mut etags = Vec::new();
    for (accept, form) in [
        ("", None),
        ("identity", None),
        ("gzip", Some("gzip")),
        ("gzip, deflate, br, zstd", Some("br")),
        ("br;q=0, gzip;q=0.5", Some("gzip")),
        ("br; q=0.0, gzip; q=0", None),
        ("*", Some("gzip")),
    ] {
        let response = page.answer(&asked(&[("accept-encoding", accept)]));
        assert_eq!(response.status(), 200);
        let headers = response.headers().clone();
        let found = headers
            .get(CONTENT_ENCODING)
            .map(|v| v.to_str().unwrap().to_owned());
        assert_eq!(found.as_deref(), form, "{accept}");
        assert_eq!(headers[CACHE_CONTROL], "no-cache");
        assert_eq!(headers[VARY], "Cookie, Accept-Language, Accept-Encoding");
        let etag = headers[ETAG].to_str().unwrap().to_owned();
        let bytes = body(response).await;
        let mut text = String::new();
        match form {
            None => text = String::from_utf8(bytes).unwrap(),
            Some("gzip") => {
                flate2::read::GzDecoder::new(&*bytes)
                    .read_to_string(&mut text)
                    .unwrap();
            }
            Some(_) => {
                brotli::Decompressor::new(&*bytes, 4_096)
                    .read_to_string(&mut text)
                    .unwrap();
            }
        }
        assert_eq!(text, plain);

        let again = page.answer(&asked(&[
            ("accept-encoding", accept),
            ("if-none-match", &etag),
        ]));
        assert_eq!(again.status(), 304, "{accept}");
        assert_eq!(again.headers()[ETAG], etag.as_str());
        assert!(body(again).await.is_empty());
        etags.push(etag);
    }
    etags.sort();
    etags.dedup();
    assert_eq!(etags.len(), 3);
    let weak = format!("\"other\", W/{}", etags[0]);
    assert_eq!(
        page.answer(&asked(&[("if-none-match", &weak)])).status(),
        304
    );
    assert_eq!(
        page.answer(&asked(&[("if-none-match", "\"other\"")]))
            .status(),
        200
    );
    assert_eq!(page.answer(&asked(&[("if-none-match", "*")])).status(), 304);
}

#[test]
fn what_a_page_does_not_know_does_not_fill_the_cache() {
    let key = |query| PageKey::new("/cases", query, &["category", "q"], "en", "normal");
    assert_eq!(key(None), key(Some("utm=1&lang=en&q=&x[]=2")));
    assert_eq!(
        key(Some("q=a%20b&category=c")),
        key(Some("category=c&q=a+b&page=9"))
    );
    assert_ne!(key(Some("q=a")), key(Some("q=b")));
    assert_ne!(key(Some("q=a")), key(Some("q=A")));
    let other = PageKey::new("/cases", None, &[], "zh-Hans", "normal");
    assert_ne!(key(None), other);
    assert_ne!(other, PageKey::new("/cases", None, &[], "zh-Hans", "large"));
}

#[test]
fn the_cache_stays_within_its_bytes() {
    let cache = PageCache::new(1_000_000);
    for n in 0..1_000 {
        cache.put(
            key(&format!("/cases/{n}")),
            1,
            Arc::new(Page::html(long("a"))),
        );
        assert!(cache.bytes() <= 1_000_000);
    }
    let last = key("/cases/999");
    assert!(cache.get(&last, 1).is_some());
    cache.put(key("/huge"), 1, Arc::new(Page::html("x".repeat(900_000))));
    assert!(
        cache.get(&key("/huge"), 1).is_none(),
        "one page does not drive out all others"
    );
    assert!(cache.get(&last, 1).is_some());
}

#[tokio::test]
async fn switched_off_it_keeps_and_compresses_nothing() {
    let cache = PageCache::new(0);
    let response = cache
        .answer(
            &asked(&[("accept-encoding", "br")]),
            key("/"),
            1,
            || async { Rendered::Public(long("a")) },
        )
        .await;
    assert!(!response.headers().contains_key(CONTENT_ENCODING));
    assert!(cache.get(&key("/"), 1).is_none());
}

#[tokio::test]
async fn what_is_sent_once_is_packed_as_asked_and_not_kept() {
    for (accepted, name) in [("br, gzip", "br"), ("gzip", "gzip")] {
        let response = packed_once(long("长"), &asked(&[("accept-encoding", accepted)]));
        assert_eq!(response.headers()[CONTENT_ENCODING], name);
        assert!(!response.headers().contains_key(ETAG));
        let packed = body(response).await;
        let mut plain = Vec::new();
        if name == "br" {
            brotli::BrotliDecompress(&mut &*packed, &mut plain).unwrap();
        } else {
            flate2::read::GzDecoder::new(&*packed)
                .read_to_end(&mut plain)
                .unwrap();
        }
        assert_eq!(plain, long("长").into_bytes());
        assert!(packed.len() < plain.len() / 4);
    }
    let plain = packed_once(long("a"), &asked(&[]));
    assert!(!plain.headers().contains_key(CONTENT_ENCODING));
    assert_eq!(body(plain).await, long("a").into_bytes());
}
