//! Forms as browsers send them, and as nobody should.

use futures::FutureExt as _;

use super::*;

fn typed(content_type: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, content_type.parse().unwrap());
    headers
}

async fn read(content_type: &str, body: impl Into<Body>) -> Result<FormBody, FormError> {
    read_form(&typed(content_type), body.into(), &FormLimits::default()).await
}

const PLAIN: &str = "application/x-www-form-urlencoded";
const MULTI: &str = "multipart/form-data; boundary=XX";

fn part(head: &str, content: &[u8]) -> Vec<u8> {
    let mut all = format!("--XX\r\n{head}\r\n\r\n").into_bytes();
    all.extend_from_slice(content);
    all.extend_from_slice(b"\r\n");
    all
}

fn text_part(name: &str, content: &[u8]) -> Vec<u8> {
    part(
        &format!("Content-Disposition: form-data; name=\"{name}\""),
        content,
    )
}

fn file_part(name: &str, content: &[u8]) -> Vec<u8> {
    let head = format!(
        "Content-Disposition: form-data; name=\"{name}\"; filename=\"我.jpg\"\r\n\
         Content-Type: image/jpeg"
    );
    part(&head, content)
}

fn whole(parts: &[Vec<u8>]) -> Vec<u8> {
    let mut all = parts.concat();
    all.extend_from_slice(b"--XX--\r\n");
    all
}

/// The same bytes, a few at a time, as a slow phone sends them.
fn dribble(bytes: Vec<u8>, size: usize) -> Body {
    let chunks: Vec<_> = bytes
        .chunks(size)
        .map(|c| Ok::<_, std::io::Error>(Bytes::copy_from_slice(c)))
        .collect();
    Body::from_stream(futures::stream::iter(chunks))
}

#[tokio::test]
async fn a_plain_form_keeps_order_and_repeats() {
    let form = read(
        PLAIN,
        "description=%E8%B7%AF+%E5%9D%8F%0D%0A&tag=a&tag=b&empty=&bare&=x&&",
    )
    .await
    .unwrap();
    assert_eq!(form.get("description"), Some("路 坏\r\n"));
    assert_eq!(form.all("tag").collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(form.get("empty"), Some(""));
    assert_eq!(form.get("bare"), Some(""));
    assert_eq!(form.get("absent"), None);
    let form = read("Application/X-WWW-Form-Urlencoded; charset=UTF-8", "a=b")
        .await
        .unwrap();
    assert_eq!(form.get("a"), Some("b"));
}

#[tokio::test]
async fn a_multipart_form_is_the_same_in_one_piece_or_in_many() {
    let photo: Vec<u8> = (0..200_000_u32).map(|n| (n % 251) as u8).collect();
    let body = whole(&[
        text_part("description", "路灯\r\n--X 坏了".as_bytes()),
        file_part("photos", &photo),
        file_part("photos", b""),
        text_part("act", b"file"),
    ]);
    for size in [1, 7, 4_096, usize::MAX] {
        let size = size.min(body.len());
        if size == 1 && body.len() > 300_000 {
            continue;
        }
        let form = read(MULTI, dribble(body.clone(), size)).await.unwrap();
        assert_eq!(form.get("description"), Some("路灯\r\n--X 坏了"), "{size}");
        assert_eq!(form.get("act"), Some("file"));
        assert_eq!(form.files.len(), 1, "an empty choice is no file");
        assert_eq!(form.files[0].bytes, photo);
        assert!(form.refused.is_empty());
    }
}

#[tokio::test]
async fn files_beyond_the_limits_are_named_and_what_was_typed_stays() {
    let large = vec![1; 10 * 1024 * 1024 + 1];
    let mut parts = vec![file_part("photos", &large)];
    for n in 0..7 {
        parts.push(file_part("photos", &[n]));
    }
    parts.push(text_part("description", b"kept"));
    let form = read(MULTI, whole(&parts)).await.unwrap();
    assert_eq!(form.files.len(), 6);
    assert_eq!(
        form.refused.iter().map(|file| file.why).collect::<Vec<_>>(),
        [FileRefusal::TooLarge, FileRefusal::TooMany]
    );
    assert_eq!(form.get("description"), Some("kept"));
}

#[tokio::test]
async fn what_is_too_much_is_413_and_what_is_broken_is_400() {
    use FormError::{Malformed, NotAForm, TooLarge};
    let long_header = part(&format!("X-Long: {}", "a".repeat(1_000_000)), b"x");
    let many: Vec<Vec<u8>> = (0..10_000).map(|_| text_part("a", b"b")).collect();
    let many_headers = part(
        &(0..100)
            .map(|n| format!("X-{n}: 1"))
            .collect::<Vec<_>>()
            .join("\r\n"),
        b"x",
    );
    let mut cut = whole(&[text_part("a", b"b")]);
    cut.truncate(cut.len() - 10);
    let long_boundary = format!("multipart/form-data; boundary={}", "b".repeat(71));
    let pairs = "a=b&".repeat(10_000);
    let rows: Vec<(&str, &str, Vec<u8>, FormError)> = vec![
        ("no type known", "text/plain", b"a=b".to_vec(), NotAForm),
        ("no type", "", b"a=b".to_vec(), NotAForm),
        ("json", "application/json", b"{}".to_vec(), NotAForm),
        ("no boundary", "multipart/form-data", whole(&[]), Malformed),
        (
            "empty boundary",
            "multipart/form-data; boundary=",
            whole(&[]),
            Malformed,
        ),
        ("long boundary", &long_boundary, vec![], Malformed),
        (
            "other boundary",
            "multipart/form-data; boundary=YY",
            whole(&[text_part("a", b"b")]),
            Malformed,
        ),
        ("nothing", MULTI, vec![], Malformed),
        ("cut off", MULTI, cut, Malformed),
        (
            "cut in a head",
            MULTI,
            b"--XX\r\nContent-Disposition: form".to_vec(),
            Malformed,
        ),
        ("10,000 parts", MULTI, whole(&many), TooLarge),
        ("1 MB part header", MULTI, whole(&[long_header]), TooLarge),
        ("100 part headers", MULTI, whole(&[many_headers]), Malformed),
        (
            "no name",
            MULTI,
            whole(&[part("Content-Type: text/plain", b"x")]),
            Malformed,
        ),
        (
            "no UTF-8",
            MULTI,
            whole(&[text_part("a", b"\xff\xfe")]),
            Malformed,
        ),
        (
            "lone surrogate",
            MULTI,
            whole(&[text_part("a", b"\xed\xa0\x80")]),
            Malformed,
        ),
        (
            "text of 65 KB",
            MULTI,
            whole(&[text_part("a", &vec![b'x'; 65 * 1024])]),
            TooLarge,
        ),
        (
            "preamble without end",
            MULTI,
            vec![b'x'; 1_000_000],
            TooLarge,
        ),
        ("no UTF-8, plain", PLAIN, b"a=%ff".to_vec(), Malformed),
        ("raw bytes, plain", PLAIN, b"a=\xff".to_vec(), Malformed),
        ("513 KB, plain", PLAIN, vec![b'x'; 513 * 1024], TooLarge),
        (
            "65 KB in one field",
            PLAIN,
            [b"a=".to_vec(), vec![b'x'; 65 * 1024 + 1]].concat(),
            TooLarge,
        ),
        ("10,000 pairs", PLAIN, pairs.into_bytes(), TooLarge),
    ];
    for (what, content_type, body, expected) in rows {
        let whole_body = read(content_type, body.clone()).await;
        assert_eq!(whole_body, Err(expected), "{what}");
        if body.len() < 100_000 {
            let dribbled = read(content_type, dribble(body, 11)).await;
            assert_eq!(dribbled, Err(expected), "{what}, a few bytes at a time");
        }
    }
}

#[test]
fn what_announces_itself_as_too_long_is_not_read() {
    let mut headers = typed(MULTI);
    headers.insert(CONTENT_LENGTH, "200000000".parse().unwrap());
    let body = Body::from_stream(futures::stream::pending::<Result<Bytes, std::io::Error>>());
    // Never ends, so whoever reads it has no answer yet.
    let found = read_form(&headers, body, &FormLimits::default()).now_or_never();
    assert_eq!(found, Some(Err(FormError::TooLarge)));
}

#[tokio::test]
async fn two_types_are_none() {
    let mut headers = typed(PLAIN);
    headers.append(CONTENT_TYPE, MULTI.parse().unwrap());
    let found = read_form(&headers, Body::from("a=b"), &FormLimits::default()).await;
    assert_eq!(found, Err(FormError::NotAForm));
}

#[tokio::test]
async fn any_mangled_form_ends_in_an_answer() {
    // Every prefix, and every single byte replaced by each of a few nasty ones.
    let body = whole(&[
        text_part("a", b"b"),
        file_part("f", b"bytes"),
        text_part("c", b""),
    ]);
    for end in 0..body.len() {
        let _ = read(MULTI, body[..end].to_vec()).await;
    }
    for at in 0..body.len() {
        for nasty in [0, b'\r', b'\n', b'-', b'"', b';', 0x80, 0xff] {
            let mut mangled = body.clone();
            mangled[at] = nasty;
            let _ = read(MULTI, mangled).await;
        }
    }
}

/// Who is answered in the middle of sending sees a broken connection; so the rest is read and
/// forgotten, but not without end.
#[tokio::test]
async fn the_rest_of_a_refused_form_is_passed_over_up_to_a_bound() {
    for (content_type, chunks, all) in [(MULTI, 15, true), (PLAIN, 20, true), (MULTI, 1_000, false)]
    {
        let sent = Arc::new(std::sync::atomic::AtomicUsize::new(0));
        let counted = Arc::clone(&sent);
        let body = futures::stream::iter((0..chunks).map(move |_| {
            counted.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            // No boundary ever comes.
            Ok::<_, std::io::Error>(Bytes::from(vec![b'-'; 64 * 1024]))
        }));
        let refused = read(content_type, Body::from_stream(body)).await;
        assert!(refused.is_err(), "{content_type}");
        let sent = sent.load(std::sync::atomic::Ordering::Relaxed);
        assert_eq!(sent == chunks, all, "{content_type}: {sent} of {chunks}");
    }
}
