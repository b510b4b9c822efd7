//! One connection, two readers: no request may hide in another (abuse case F9).

use std::sync::atomic::Ordering;

use crate::city::{City, status};

const HIDDEN: &str = "GET /canary HTTP/1.1\r\nHost: x\r\n\r\n";

#[tokio::test]
async fn no_request_hides_in_another() {
    let city = City::start(&[]).await;
    let smuggled = |head: &str| format!("POST /form HTTP/1.1\r\nHost: x\r\n{head}\r\n{HIDDEN}");
    let rows: Vec<(&str, String)> = vec![
        (
            "both lengths",
            smuggled("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n"),
        ),
        (
            "both lengths, turned",
            smuggled("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n"),
        ),
        (
            "both lengths over whole chunks",
            format!(
                "POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 13\r\n\
                 Content-Type: application/x-www-form-urlencoded\r\n\
                 Transfer-Encoding: chunked\r\n\r\n3\r\na=b\r\n0\r\n\r\n{HIDDEN}"
            ),
        ),
        (
            "two lengths",
            smuggled("Content-Length: 0\r\nContent-Length: 37\r\n"),
        ),
        (
            "the same length twice",
            smuggled("Content-Length: 0\r\nContent-Length: 0\r\n"),
        ),
        ("a list of lengths", smuggled("Content-Length: 0, 0\r\n")),
        ("a signed length", smuggled("Content-Length: +0\r\n")),
        ("no number", smuggled("Content-Length: zero\r\n")),
        ("space before the colon", smuggled("Content-Length : 0\r\n")),
        ("encoding unknown", smuggled("Transfer-Encoding: cow\r\n")),
        (
            "encoding twice",
            smuggled("Transfer-Encoding: chunked\r\nTransfer-Encoding: cow\r\n"),
        ),
        (
            "encoding hidden by a tab",
            smuggled("Transfer-Encoding:\tchunked\r\nContent-Length: 4\r\n"),
        ),
        ("folded", smuggled("X: a\r\n Content-Length: 0\r\n")),
        (
            "bare LF after a header",
            smuggled("X: a\nContent-Length: 0\r\n"),
        ),
        (
            "bare CR in a header",
            smuggled("X: a\rContent-Length: 0\r\n"),
        ),
        (
            "NUL in a header",
            smuggled("X: a\0b\r\nContent-Length: 0\r\n"),
        ),
        (
            "bare LF all through",
            "GET /who HTTP/1.1\nHost: x\n\n".to_owned() + HIDDEN,
        ),
        (
            "no version",
            "GET /who\r\nHost: x\r\n\r\n".to_owned() + HIDDEN,
        ),
        (
            "another version",
            "GET /who HTTP/3.0\r\nHost: x\r\n\r\n".to_owned() + HIDDEN,
        ),
        ("no host", "GET /who HTTP/1.1\r\n\r\n".to_owned() + HIDDEN),
        (
            "two hosts",
            "GET /who HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n".to_owned() + HIDDEN,
        ),
        (
            "bare LF in a chunk line",
            format!(
                "POST /form HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0;\n\r\n{HIDDEN}"
            ),
        ),
        (
            "a chunk longer than it says",
            format!(
                "POST /form HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n{HIDDEN}"
            ),
        ),
        (
            "a tunnel",
            "CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n".to_owned() + HIDDEN,
        ),
        (
            "an HTTP/2 preface",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned() + HIDDEN,
        ),
    ];
    for (what, bytes) in rows {
        let answer = city.raw(bytes.as_bytes()).await;
        let status = status(&answer);
        assert!(
            status == 400 || status == 0 || status == 415,
            "{what}: {answer}"
        );
        assert_eq!(
            city.canary.load(Ordering::Relaxed),
            0,
            "{what}: the hidden request was served"
        );
        assert!(city.is_well().await, "{what}");
    }
}

#[tokio::test]
async fn heads_without_measure_are_refused() {
    let city = City::start(&[]).await;
    let long = format!(
        "GET /who HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n",
        "a".repeat(100_000)
    );
    assert_eq!(status(&city.raw(long.as_bytes()).await), 431);
    let many: Vec<String> = (0..10_000).map(|n| format!("X-{n}: 1\r\n")).collect();
    let many = many.concat();
    let many = format!("GET /who HTTP/1.1\r\nHost: x\r\n{many}\r\n");
    assert_eq!(status(&city.raw(many.as_bytes()).await), 431);
    let few: Vec<String> = (0..200).map(|n| format!("X-{n}: 1\r\n")).collect();
    let few = few.concat();
    let few = format!("GET /who HTTP/1.1\r\nHost: x\r\n{few}\r\n");
    assert_eq!(status(&city.raw(few.as_bytes()).await), 431);
    let address = format!("/{}", "a".repeat(9_000));
    assert_eq!(status(&city.get(&address, "").await), 400);
    assert!(city.is_well().await);
}

#[tokio::test]
async fn two_sound_requests_in_one_go_are_both_answered() {
    let city = City::start(&[]).await;
    let both = format!(
        "POST /form HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\
         Content-Type: application/x-www-form-urlencoded\r\n\r\n3\r\na=b\r\n0\r\n\r\n{}",
        "GET /canary HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    );
    let answer = city.raw(both.as_bytes()).await;
    assert!(
        answer.contains("1 fields, 0 files") && answer.ends_with("canary"),
        "{answer}"
    );
    assert_eq!(city.canary.load(Ordering::Relaxed), 1);
}
