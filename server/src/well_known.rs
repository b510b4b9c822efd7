//! Small texts for machines: `robots.txt`, `sitemap.xml`, `security.txt`.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::response::{IntoResponse, Response};
use domain::time::{CityTime, Clock, Millis};
use http::StatusCode;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};

/// What the texts are made of.
#[derive(Clone)]
pub struct WellKnown {
    /// Address people use, no slash at its end.
    pub base_url: String,
    /// A demonstration keeps robots out altogether.
    pub demo: bool,
    /// Where to report a security problem; empty: no file.
    pub security_contact: String,
    /// Public pages without parameters.
    pub pages: Vec<&'static str>,
    /// The time, for the date until which `security.txt` holds.
    pub clock: Arc<dyn Clock>,
}

/// Languages a page can be asked for in, as `?lang=` takes them (BCP 47).
const LANGUAGES: [&str; 3] = ["zh-Hans", "zh-Hant", "en"];

/// Where every journey begins. Their forms bear a key, so they are not among the public pages.
const JOURNEYS: [&str; 1] = ["/whistle"];

/// `security.txt` holds for half a year from when it is read (RFC 9116: less than a year).
const HOLDS: Millis = Millis::days(180);

impl WellKnown {
    /// `/robots.txt` (RFC 9309). What needs a secret or an appointment is not for robots.
    pub fn robots(&self) -> Response {
        let text = if self.demo {
            "User-agent: *\nDisallow: /\n".to_owned()
        } else {
            format!(
                "User-agent: *\nDisallow: /track\nDisallow: /whistle/receipt\nDisallow: /me\n\
                 Disallow: /desk\nDisallow: /sign-in\nDisallow: /sign-out\nDisallow: /fn/\n\
                 Sitemap: {}/sitemap.xml\n",
                self.base_url
            )
        };
        answer("text/plain; charset=utf-8", text)
    }

    /// `/sitemap.xml` (sitemaps.org 0.9): each public page with its languages. A demonstration
    /// lists nothing.
    pub fn sitemap(&self) -> Response {
        let mut text = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset \
             xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
             xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
        );
        let pages = self.pages.iter().chain(&JOURNEYS);
        for page in pages.filter(|_| !self.demo) {
            let address = escape(&format!("{}{page}", self.base_url));
            let _ = write!(text, "<url><loc>{address}</loc>");
            for language in LANGUAGES {
                let _ = write!(
                    text,
                    "<xhtml:link rel=\"alternate\" hreflang=\"{language}\" \
                     href=\"{address}?lang={language}\"/>"
                );
            }
            let _ = writeln!(
                text,
                "<xhtml:link rel=\"alternate\" hreflang=\"x-default\" href=\"{address}\"/></url>"
            );
        }
        text.push_str("</urlset>\n");
        answer("application/xml; charset=utf-8", text)
    }

    /// `/.well-known/security.txt` (RFC 9116).
    pub fn security(&self) -> Response {
        if self.security_contact.is_empty() {
            return StatusCode::NOT_FOUND.into_response();
        }
        let until = CityTime::china().rfc3339(self.clock.now().plus(HOLDS));
        answer(
            "text/plain; charset=utf-8",
            format!(
                "Contact: {}\nExpires: {until}\nPreferred-Languages: zh, en\n\
                 Canonical: {}/.well-known/security.txt\n",
                self.security_contact, self.base_url
            ),
        )
    }
}

fn answer(content_type: &'static str, text: String) -> Response {
    let mut response = text.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(
        CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=3600"),
    );
    response
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use domain::time::{MovedClock, Timestamp};

    use super::*;

    fn texts(demo: bool) -> WellKnown {
        WellKnown {
            base_url: "https://city.example".into(),
            demo,
            security_contact: "mailto:security@city.example".into(),
            pages: vec!["/", "/cases"],
            clock: Arc::new(MovedClock::new(Timestamp::from_millis(1_800_000_000_000))),
        }
    }

    async fn read(response: Response) -> String {
        let bytes = axum::body::to_bytes(response.into_body(), 100_000)
            .await
            .unwrap();
        String::from_utf8(bytes.to_vec()).unwrap()
    }

    #[tokio::test]
    async fn robots_find_public_pages_only_and_nothing_of_a_demonstration() {
        let city = texts(false);
        let robots = read(city.robots()).await;
        assert!(robots.contains("Disallow: /track\n"));
        assert!(robots.contains("Sitemap: https://city.example/sitemap.xml\n"));
        let map = read(city.sitemap()).await;
        assert!(map.contains("<loc>https://city.example/cases</loc>"));
        assert!(map.contains("hreflang=\"en\" href=\"https://city.example/cases?lang=en\""));
        assert!(map.contains("<loc>https://city.example/whistle</loc>"));
        assert_eq!(map.matches("hreflang=\"x-default\"").count(), 3);
        let demo = texts(true);
        assert!(read(demo.robots()).await.contains("Disallow: /\n"));
        assert!(!read(demo.sitemap()).await.contains("<url>"));
    }

    #[tokio::test]
    async fn security_problems_have_an_address_that_holds_less_than_a_year() {
        let text = read(texts(false).security()).await;
        assert!(
            text.starts_with("Contact: mailto:security@city.example\n"),
            "{text}"
        );
        assert!(text.contains("\nExpires: 2027-07-14T16:00:00"), "{text}");
        let silent = WellKnown {
            security_contact: String::new(),
            ..texts(false)
        };
        assert_eq!(silent.security().status(), 404);
    }
}
