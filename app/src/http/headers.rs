//! What every answer carries, whoever made it.

use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue,
    REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
};

/// The content security policy of every page: only our own files, no inline script, no inline
/// style, no frame around us. `wasm-unsafe-eval` lets the islands' WebAssembly be compiled.
pub const CSP: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
     style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; manifest-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Where the rules lie by which browsers may fetch a page before its link is pressed.
pub const SPECULATION_PATH: &str = "/speculation.json";

/// What differs between installations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// The base URL is https: browsers are told to stay there for a year (RFC 6797).
    pub https: bool,
    /// A demonstration: nothing of it belongs in a search engine.
    pub demo: bool,
}

impl Policy {
    /// Writes the headers into an answer. `Cache-Control` is set only where the answer has none:
    /// what nobody thought about is not stored.
    ///
    /// `Referrer-Policy` is `same-origin`, not `no-referrer`: with that, browsers would send
    /// `Origin: null` with our own forms and [`super::cross_site`] would refuse them.
    pub fn apply(self, headers: &mut HeaderMap) {
        headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(CSP));
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
        headers.insert(
            HeaderName::from_static("cross-origin-opener-policy"),
            HeaderValue::from_static("same-origin"),
        );
        headers.insert(
            HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("same-origin"),
        );
        headers.insert(
            HeaderName::from_static("permissions-policy"),
            HeaderValue::from_static("geolocation=(self), camera=(self)"),
        );
        if self.https {
            headers.insert(
                STRICT_TRANSPORT_SECURITY,
                HeaderValue::from_static("max-age=31536000"),
            );
        }
        if self.demo {
            headers.insert(
                HeaderName::from_static("x-robots-tag"),
                HeaderValue::from_static("noindex"),
            );
        }
        if headers
            .get(CONTENT_TYPE)
            .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
        {
            headers.insert(
                HeaderName::from_static("speculation-rules"),
                HeaderValue::from_static("\"/speculation.json\""),
            );
        }
        if !headers.contains_key(CACHE_CONTROL) {
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_allows_no_inline_script_and_no_frame() {
        assert!(!CSP.contains("unsafe-inline") && !CSP.contains("nonce"));
        assert!(CSP.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; "));
        assert!(CSP.ends_with("frame-ancestors 'none'") && !CSP.contains("  "));
    }

    #[test]
    fn what_nobody_thought_about_is_not_stored() {
        let mut headers = HeaderMap::new();
        Policy {
            https: false,
            demo: false,
        }
        .apply(&mut headers);
        assert_eq!(headers[CACHE_CONTROL], "no-store");
        assert!(!headers.contains_key(STRICT_TRANSPORT_SECURITY));
        assert!(!headers.contains_key("x-robots-tag"));

        let mut headers = HeaderMap::new();
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        Policy {
            https: true,
            demo: true,
        }
        .apply(&mut headers);
        assert_eq!(headers[CACHE_CONTROL], "no-cache");
        assert_eq!(headers[STRICT_TRANSPORT_SECURITY], "max-age=31536000");
        assert_eq!(headers["x-robots-tag"], "noindex");
        assert_eq!(headers["cross-origin-opener-policy"], "same-origin");
        assert_eq!(
            headers["permissions-policy"],
            "geolocation=(self), camera=(self)"
        );
    }
}
