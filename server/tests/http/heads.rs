//! What every answer carries, and what another site may not send (abuse case C7).

use crate::city::{City, status};

#[tokio::test]
async fn every_answer_carries_the_policy() {
    let city = City::start(&[("base_url", "https://city.example")]).await;
    for path in ["/healthz", "/who", "/panic", "/nothing", "/slow"] {
        let answer = city.get(path, "").await;
        for line in [
            "content-security-policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval';",
            "x-content-type-options: nosniff",
            "referrer-policy: same-origin",
            "cross-origin-opener-policy: same-origin",
            "cross-origin-resource-policy: same-origin",
            "permissions-policy: geolocation=(self), camera=(self)",
            "strict-transport-security: max-age=31536000",
            "cache-control: no-store",
        ] {
            assert!(answer.contains(line), "{path} lacks {line}: {answer}");
        }
        assert!(!answer.to_lowercase().contains("server:"), "{answer}");
    }
}

#[tokio::test]
async fn another_site_cannot_post_and_our_own_forms_can() {
    let city = City::start(&[]).await;
    let own = format!("Origin: http://{}\r\n", city.addr);
    for (headers, expected) in [
        ("", 200),
        ("Sec-Fetch-Site: same-origin\r\n", 200),
        (own.as_str(), 200),
        ("Cookie: lang=en\r\n", 200),
        ("Cookie: track=x\r\n", 403),
        ("Origin: null\r\n", 403),
        ("Origin: https://evil.example\r\n", 403),
        (
            "Sec-Fetch-Site: cross-site\r\nOrigin: https://evil.example\r\n",
            403,
        ),
        ("Sec-Fetch-Site: same-site\r\n", 403),
        (
            "X-Forwarded-Host: evil.example\r\nOrigin: http://evil.example\r\n",
            403,
        ),
        (
            "X-HTTP-Method-Override: GET\r\nOrigin: https://evil.example\r\n",
            403,
        ),
    ] {
        let answer = city.post("/form", headers, "a=b").await;
        assert_eq!(status(&answer), expected, "{headers}: {answer}");
    }
    let rows = [
        ("POST /form HTTP/1.1", 415),
        ("PUT /form HTTP/1.1", 405),
        ("TRACE /who HTTP/1.1", 405),
        ("GET /form HTTP/1.1", 405),
    ];
    for (line, expected) in rows {
        let bytes = format!(
            "{line}\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 0\r\n\
             Connection: close\r\n\r\n"
        );
        assert_eq!(
            status(&city.raw(bytes.as_bytes()).await),
            expected,
            "{line}"
        );
    }
}

#[tokio::test]
async fn headers_that_rewrite_the_address_are_nothing() {
    let city = City::start(&[]).await;
    let answer = city
        .get(
            "/nothing",
            "X-Original-URL: /who\r\nX-Rewrite-URL: /who\r\nX-Forwarded-Prefix: /\r\n",
        )
        .await;
    assert_eq!(status(&answer), 404);
}
