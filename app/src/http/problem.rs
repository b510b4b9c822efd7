//! Errors of the API: `application/problem+json` (RFC 9457).

use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use http::{StatusCode, Uri};
use serde_json::{Map, Value};

/// The status codes the API answers errors with; the API's description lists the same.
pub const STATUS_CODES: [u16; 11] = [400, 401, 403, 404, 409, 413, 415, 422, 429, 503, 507];

/// One error as the API tells it. `code` is for programs and never changes; `detail` is for people
/// and holds nothing of the machine's inside.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    status: StatusCode,
    code: &'static str,
    detail: String,
    retry_after: Option<u32>,
    more: Map<String, Value>,
}

impl Problem {
    /// An error with one of the [`STATUS_CODES`].
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self {
            status,
            code,
            detail: detail.into(),
            retry_after: None,
            more: Map::new(),
        }
    }

    /// 400: the request cannot be read.
    pub fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad-request", detail)
    }

    /// 404: absent, or not yours; the two are never told apart.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", "There is nothing here.")
    }

    /// 503: nothing was kept, try again in `seconds`.
    pub fn busy(seconds: u32) -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "busy",
            "Nothing was kept. Try again shortly.",
        )
        .retry_after(seconds)
    }

    /// Says when to come back, in seconds (`Retry-After`).
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// Adds a member, such as `version`, `fields` or `challenge`. The five members of RFC 9457
    /// cannot be replaced.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        if !["type", "title", "status", "detail", "instance", "code"].contains(&name) {
            self.more.insert(name.to_owned(), value.into());
        }
        self
    }

    /// The status the answer will have.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The code for programs.
    pub fn code(&self) -> &'static str {
        self.code
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut body = Map::new();
        body.insert("type".into(), "about:blank".into());
        body.insert(
            "title".into(),
            self.status.canonical_reason().unwrap_or("Error").into(),
        );
        body.insert("status".into(), self.status.as_u16().into());
        body.insert("code".into(), self.code.into());
        body.insert("detail".into(), self.detail.into());
        body.extend(self.more);
        let mut response = (self.status, Value::Object(body).to_string()).into_response();
        let headers = response.headers_mut();
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        if let Some(seconds) = self.retry_after {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// Whether a program asks, so that an error is told as a [`Problem`] and not as a page.
pub fn is_for_machines(uri: &Uri) -> bool {
    let path = uri.path();
    ["/api", "/events", "/fn", "/open311"].iter().any(|door| {
        path.strip_prefix(door)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_problem_says_what_and_when_to_come_back() {
        let problem = Problem::new(StatusCode::TOO_MANY_REQUESTS, "crowded", "Prove some work.")
            .retry_after(20)
            .with("challenge", "v1.x")
            .with("status", 200);
        let response = problem.into_response();
        assert_eq!(response.status(), 429);
        assert_eq!(response.headers()[RETRY_AFTER], "20");
        assert_eq!(response.headers()[CONTENT_TYPE], "application/problem+json");
        let body = axum::body::to_bytes(response.into_body(), 10_000)
            .await
            .unwrap();
        let body: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(body["status"], 429);
        assert_eq!(body["title"], "Too Many Requests");
        assert_eq!(body["code"], "crowded");
        assert_eq!(body["challenge"], "v1.x");
    }

    #[test]
    fn programs_are_told_apart_by_their_door() {
        for (path, expected) in [
            ("/api/v1/cases", true),
            ("/api", true),
            ("/apiary", false),
            ("/events", true),
            ("/cases", false),
        ] {
            assert_eq!(is_for_machines(&path.parse().unwrap()), expected, "{path}");
        }
    }
}
