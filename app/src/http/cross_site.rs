//! May this request have been sent by another site? No tokens, so pages stay cacheable and equal.
//!
//! The rule is the one Go 1.25 took into its standard library (`http.CrossOriginProtection`), with
//! one addition: a client that says nothing about where it stands may not bring a session.

use http::header::{COOKIE, HOST, ORIGIN};
use http::{HeaderMap, Method, request::Parts};

/// Cookies that say how somebody reads, not who they are. Every other cookie counts as a session,
/// so that a new one is guarded before anybody thinks of it.
pub const READING_COOKIES: [&str; 3] = ["lang", "size", "scheme"];

/// What the rule looks at.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The method asked for.
    pub method: &'a Method,
    /// `Sec-Fetch-Site`, an empty text if it cannot be read or stands there twice.
    pub fetch_site: Option<&'a str>,
    /// `Origin`, likewise.
    pub origin: Option<&'a str>,
    /// The request's own host and port, as asked for.
    pub host: Option<&'a str>,
    /// Whether any cookie came along that is not in [`READING_COOKIES`].
    pub has_session: bool,
}

/// Another site may have sent it: 403, and nothing happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the request may have been sent by another site")]
pub struct CrossSite;

/// Judges one request.
///
/// Safe methods pass. Others pass if the browser says the page was ours (`same-origin`) or nobody's
/// (`none`: typed or bookmarked); else if `Origin` names the host that is asked; else, when neither
/// header came (no browser since 2020 sends neither), only if no session came along.
///
/// # Errors
/// [`CrossSite`] in every other case.
pub fn judge(asked: &Asked<'_>) -> Result<(), CrossSite> {
    if matches!(*asked.method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(());
    }
    if matches!(asked.fetch_site, Some("same-origin" | "none")) {
        return Ok(());
    }
    if let (Some(origin), Some(host)) = (asked.origin, asked.host)
        && names_host(origin, host)
    {
        return Ok(());
    }
    if asked.fetch_site.is_none() && asked.origin.is_none() && !asked.has_session {
        return Ok(());
    }
    Err(CrossSite)
}

/// Judges the head of a request; see [`judge`].
///
/// # Errors
/// [`CrossSite`] if it must not be let through.
pub fn judge_parts(parts: &Parts) -> Result<(), CrossSite> {
    let host = match parts.uri.authority() {
        Some(authority) => Some(authority.as_str()),
        None => single(&parts.headers, HOST.as_str()),
    };
    judge(&Asked {
        method: &parts.method,
        fetch_site: single(&parts.headers, "sec-fetch-site"),
        origin: single(&parts.headers, ORIGIN.as_str()),
        host,
        has_session: has_session(&parts.headers),
    })
}

/// The one value of a header; a second value or bytes that are no text give "", which matches
/// nothing but is not absent either.
fn single<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let first = values.next()?;
    if values.next().is_some() {
        return Some("");
    }
    Some(first.to_str().unwrap_or(""))
}

/// Whether a cookie other than the reading ones came along.
fn has_session(headers: &HeaderMap) -> bool {
    headers.get_all(COOKIE).iter().any(|value| {
        // Bytes we cannot read may be anything.
        value.to_str().map_or(true, |text| {
            text.split(';')
                .map(str::trim)
                .filter(|pair| !pair.is_empty())
                .any(|pair| {
                    let name = pair.split('=').next().unwrap_or(pair).trim();
                    let name = name.strip_prefix("__Host-").unwrap_or(name);
                    !READING_COOKIES.contains(&name)
                })
        })
    })
}

/// Whether an `Origin` (`https://host[:port]`, RFC 6454) is the host of the request. The scheme
/// cannot be compared: behind a proxy that ends TLS we do not see it.
fn names_host(origin: &str, host: &str) -> bool {
    let Some((scheme, authority)) = origin.split_once("://") else {
        return false;
    };
    let default = match scheme {
        "http" => ":80",
        "https" => ":443",
        _ => return false,
    };
    let host = host.strip_suffix(default).unwrap_or(host);
    !host.is_empty() && authority.eq_ignore_ascii_case(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_site_is_kept_out_and_our_own_forms_pass() {
        let ours = Some("https://long.example");
        let rows: &[(&str, Option<&str>, Option<&str>, bool, bool)] = &[
            // method, Sec-Fetch-Site, Origin, session, passes
            (
                "GET",
                Some("cross-site"),
                Some("https://evil.example"),
                true,
                true,
            ),
            ("HEAD", None, None, true, true),
            ("OPTIONS", Some("cross-site"), None, true, true),
            ("POST", Some("same-origin"), ours, true, true),
            ("POST", Some("same-origin"), Some("null"), true, true),
            ("POST", Some("none"), None, true, true),
            ("POST", None, ours, true, true),
            ("POST", None, Some("http://long.example"), true, true),
            ("POST", None, Some("https://LONG.example"), true, true),
            ("POST", None, None, false, true),
            ("POST", None, None, true, false),
            (
                "POST",
                Some("cross-site"),
                Some("https://evil.example"),
                false,
                false,
            ),
            (
                "POST",
                Some("cross-site"),
                Some("https://evil.example"),
                true,
                false,
            ),
            ("POST", Some("cross-site"), None, false, false),
            (
                "POST",
                Some("same-site"),
                Some("https://a.long.example"),
                true,
                false,
            ),
            ("POST", Some(""), None, false, false),
            ("POST", Some("Same-Origin"), None, false, false),
            ("POST", None, Some("null"), false, false),
            ("POST", None, Some(""), false, false),
            ("POST", None, Some("long.example"), false, false),
            (
                "POST",
                None,
                Some("https://long.example.evil.example"),
                false,
                false,
            ),
            (
                "POST",
                None,
                Some("https://long.example:8443"),
                false,
                false,
            ),
            (
                "POST",
                None,
                Some("https://evil.example/long.example"),
                false,
                false,
            ),
            ("PUT", None, None, true, false),
            ("DELETE", Some("cross-site"), None, false, false),
            ("TRACE", None, None, true, false),
            ("BREW", Some("cross-site"), None, false, false),
        ];
        for (method, fetch_site, origin, has_session, passes) in rows {
            let method: Method = method.parse().unwrap();
            let asked = Asked {
                method: &method,
                fetch_site: *fetch_site,
                origin: *origin,
                host: Some("long.example"),
                has_session: *has_session,
            };
            assert_eq!(judge(&asked).is_ok(), *passes, "{asked:?}");
        }
    }

    #[test]
    fn a_port_belongs_to_the_host() {
        assert!(names_host("http://127.0.0.1:3000", "127.0.0.1:3000"));
        assert!(!names_host("http://127.0.0.1:3001", "127.0.0.1:3000"));
        assert!(names_host("https://long.example", "long.example:443"));
        assert!(names_host("http://[::1]:3000", "[::1]:3000"));
        assert!(!names_host("https://", ""));
    }

    #[test]
    fn headers_that_lie_twice_match_nothing() {
        let parts = |headers: &[(&str, &str)]| {
            let mut request = http::Request::post("/whistle").header("host", "long.example");
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            request.body(()).unwrap().into_parts().0
        };
        let rows: &[(&[(&str, &str)], bool)] = &[
            (&[("origin", "https://long.example")], true),
            (
                &[
                    ("origin", "https://long.example"),
                    ("origin", "https://evil.example"),
                ],
                false,
            ),
            (
                &[
                    ("sec-fetch-site", "same-origin"),
                    ("sec-fetch-site", "cross-site"),
                ],
                false,
            ),
            (&[], true),
            (&[("cookie", "lang=en; size=large")], true),
            (&[("cookie", "__Host-lang=en")], true),
            (&[("cookie", "lang=en; __Host-track=x")], false),
            (&[("cookie", "lang=en"), ("cookie", "track=x")], false),
            (&[("cookie", "language=en")], false),
        ];
        for (headers, passes) in rows {
            assert_eq!(judge_parts(&parts(headers)).is_ok(), *passes, "{headers:?}");
        }
    }
}
