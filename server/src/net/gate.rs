//! The gate: what every request passes, whatever it asks for.
//!
//! In this order: who asks, is the head sound, may another site have sent it, then the router with
//! a time limit and a net under it for panics, then the headers of every answer, then one log line.
//! It is one function and not a tower of layers, because the order is the point.

use std::net::IpAddr;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use app::http::client::{Cidr, ClientAddr, client_address};
use app::http::cross_site;
use app::http::headers::Policy;
use app::http::problem::{Problem, is_for_machines};
use app::http::table::RoutePath;
use axum::Router;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures::FutureExt as _;
use http::header::{CONNECTION, CONTENT_TYPE, HOST, HeaderName, HeaderValue, RETRY_AFTER};
use http::{Method, Request, StatusCode, Version, request::Parts};
use tokio::time::{Instant, sleep_until};
use tower::ServiceExt as _;

use super::label;
use super::pace::{Allowance, Paced, Received};

/// Longest path with query, in bytes. Longer ones are nobody's link.
const URI_MAX: usize = 8_192;

/// Names one request in the log and, after a failure, on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(pub String);

/// A request that could not be served, to be told as a page.
#[derive(Debug, Clone, Copy)]
pub struct Failure<'a> {
    /// 400, 403, 500 or 503.
    pub status: StatusCode,
    /// What an operator finds in the log.
    pub incident: &'a str,
    /// What was asked for, for the links of the page.
    pub uri: &'a http::Uri,
    /// `Accept-Language` and `Cookie` of the request, for the language of the page.
    pub headers: &'a http::HeaderMap,
}

/// Writes the page of a [`Failure`], as HTML.
pub type FailurePage = Arc<dyn Fn(Failure<'_>) -> String + Send + Sync>;

/// What the gate goes by.
#[derive(Clone)]
pub struct GateRules {
    /// Proxies whose word about the address is believed.
    pub trusted: Vec<Cidr>,
    /// Headers of every answer.
    pub headers: Policy,
    /// Time for a request.
    pub request: Duration,
    /// Time for a request with photos.
    pub upload: Allowance,
    /// How long a body may pause.
    pub body_idle: Duration,
    /// Eight characters that differ from start to start.
    pub start: String,
    /// Pages for failures.
    pub failure: FailurePage,
}

/// See the module.
pub struct Gate {
    router: Router,
    rules: GateRules,
    count: AtomicU32,
}

impl Gate {
    /// A gate before `router`.
    pub fn new(router: Router, rules: GateRules) -> Self {
        Self {
            router,
            rules,
            count: AtomicU32::new(0),
        }
    }

    /// Answers one request of the connection from `peer`.
    pub async fn answer<B>(&self, peer: IpAddr, request: Request<B>) -> Response
    where
        B: http_body::Body<Data = Bytes> + Send + Unpin + 'static,
    {
        let began = Instant::now();
        let (mut parts, body) = request.into_parts();
        let count = self.count.fetch_add(1, Ordering::Relaxed);
        let id = format!("{}{count:08x}", self.rules.start);
        parts
            .extensions
            .insert(ClientAddr(self.client(peer, &parts)));
        parts.extensions.insert(RequestId(id.clone()));
        let method = parts.method.clone();
        let asked = Asked {
            headers: reading_headers(&parts.headers),
            machines: is_for_machines(&parts.uri),
            uri: parts.uri.clone(),
        };

        let mut response = match refused(&parts) {
            Some(refusal) => self.fail(&asked, &id, refusal),
            None => self.pass(parts, body, began, &asked, &id).await,
        };
        if self.rules.headers.demo {
            response = label::as_demo(response).await;
        }
        self.rules.headers.apply(response.headers_mut());
        if let Ok(id) = HeaderValue::try_from(&id) {
            response
                .headers_mut()
                .insert(HeaderName::from_static("x-request-id"), id);
        }
        let route = response
            .extensions()
            .get::<RoutePath>()
            .map_or("-", |path| path.0);
        // No address, no query, no path as it was typed: a log line names no person and no secret.
        tracing::info!(
            target: "huiyin::request",
            id,
            method = known(&method),
            route,
            status = response.status().as_u16(),
            ms = began.elapsed().as_secs_f64() * 1_000.0,
        );
        response
    }

    fn client(&self, peer: IpAddr, parts: &Parts) -> IpAddr {
        if self.rules.trusted.is_empty() {
            return peer.to_canonical();
        }
        let forwarded = parts.headers.get_all("x-forwarded-for").iter();
        let forwarded = forwarded.map(|value| value.to_str().unwrap_or("?"));
        client_address(peer, forwarded, &self.rules.trusted)
    }

    async fn pass<B>(
        &self,
        parts: Parts,
        body: B,
        began: Instant,
        asked: &Asked,
        id: &str,
    ) -> Response
    where
        B: http_body::Body<Data = Bytes> + Send + Unpin + 'static,
    {
        let is_upload = parts
            .headers
            .get(CONTENT_TYPE)
            .is_some_and(|value| value.as_bytes().starts_with(b"multipart/"));
        let allowance = if is_upload {
            self.rules.upload
        } else {
            Allowance {
                first: self.rules.request,
                most: self.rules.request,
                rate: 1,
            }
        };
        let (body, received) = if body.is_end_stream() {
            (Body::empty(), Received::default())
        } else {
            let paced = Paced::new(body, self.rules.body_idle);
            let received = paced.received();
            (Body::new(paced), received)
        };
        let answer = self
            .router
            .clone()
            .oneshot(Request::from_parts(parts, body));
        let answer = AssertUnwindSafe(answer).catch_unwind();
        tokio::select! {
            answered = answer => match answered {
                Ok(Ok(response)) => response,
                // The hook of `telemetry` has logged where; the others go on.
                Err(_) => {
                    tracing::error!(target: "huiyin::request", id, "a request ended in a panic");
                    self.fail(asked, id, StatusCode::INTERNAL_SERVER_ERROR)
                }
            },
            () = over(began, allowance, &received) => {
                tracing::warn!(target: "huiyin::request", id, "a request took too long");
                self.fail(asked, id, StatusCode::SERVICE_UNAVAILABLE)
            }
        }
    }

    fn fail(&self, asked: &Asked, id: &str, status: StatusCode) -> Response {
        let mut response = if asked.machines {
            let (code, detail) = match status {
                StatusCode::FORBIDDEN => ("cross-site", "Another site may have sent this."),
                StatusCode::BAD_REQUEST => ("bad-request", "The head of the request is not sound."),
                StatusCode::SERVICE_UNAVAILABLE => (
                    "too-slow",
                    "This took too long. Send it again with the same key: it is kept once.",
                ),
                _ => ("failure", "Something went wrong here, not with you."),
            };
            Problem::new(status, code, detail)
                .with("incident", id)
                .into_response()
        } else {
            let failure = Failure {
                status,
                incident: id,
                uri: &asked.uri,
                headers: &asked.headers,
            };
            (status, axum::response::Html((self.rules.failure)(failure))).into_response()
        };
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response
                .headers_mut()
                .insert(RETRY_AFTER, HeaderValue::from_static("5"));
        }
        if status != StatusCode::FORBIDDEN {
            // What is left of the request is not worth reading.
            response
                .headers_mut()
                .insert(CONNECTION, HeaderValue::from_static("close"));
        }
        response
    }
}

/// What is kept of a request for the answer to its failure.
struct Asked {
    headers: http::HeaderMap,
    machines: bool,
    uri: http::Uri,
}

/// The headers that say how somebody reads.
fn reading_headers(all: &http::HeaderMap) -> http::HeaderMap {
    let mut kept = http::HeaderMap::new();
    for name in [http::header::ACCEPT_LANGUAGE, http::header::COOKIE] {
        for value in all.get_all(&name) {
            kept.append(name.clone(), value.clone());
        }
    }
    kept
}

/// Ends when the time allowed is over.
async fn over(began: Instant, allowance: Allowance, received: &Received) {
    loop {
        let until = began + allowance.after(received.bytes());
        if until <= Instant::now() {
            return;
        }
        sleep_until(until).await;
    }
}

/// What is wrong with the head of a request, before anybody looks at what it asks for.
fn refused(parts: &Parts) -> Option<StatusCode> {
    let hosts = parts.headers.get_all(HOST).iter().count();
    // RFC 9112, 3.2: exactly one, or none in HTTP/1.0.
    let host_is_sound = hosts == 1 || (hosts == 0 && parts.version < Version::HTTP_11);
    let uri_length = parts
        .uri
        .path_and_query()
        .map_or(0, |uri| uri.as_str().len());
    if !host_is_sound || uri_length > URI_MAX || parts.method == Method::CONNECT {
        return Some(StatusCode::BAD_REQUEST);
    }
    cross_site::judge_parts(parts)
        .err()
        .map(|_| StatusCode::FORBIDDEN)
}

/// A method to log; made-up ones are not repeated.
fn known(method: &Method) -> &str {
    match *method {
        Method::GET
        | Method::HEAD
        | Method::POST
        | Method::PUT
        | Method::DELETE
        | Method::OPTIONS
        | Method::PATCH
        | Method::TRACE
        | Method::CONNECT => method.as_str(),
        _ => "other",
    }
}

/// The page of a failure where nobody gave a better one: two languages, no style, no script.
pub fn plain_failure(failure: Failure<'_>) -> String {
    let (zh, en) = match failure.status {
        StatusCode::FORBIDDEN => (
            "这个请求可能来自别的网站，没有执行。请回到本站的页面重新提交。",
            "Another site may have sent this, so nothing was done. Go back to our page and send it \
             again.",
        ),
        StatusCode::BAD_REQUEST => ("这个请求读不懂。", "This request cannot be read."),
        StatusCode::SERVICE_UNAVAILABLE => (
            "系统现在太忙。请稍后再试；同一份表单重复提交只会受理一次。",
            "The system is too busy now. Try again shortly: the same form is kept only once.",
        ),
        _ => (
            "系统出错了，不是您的问题。请稍后再试；急事请打电话。",
            "Something went wrong here, not with you. Try again shortly; if it is urgent, call.",
        ),
    };
    format!(
        "<!DOCTYPE html>\n<html lang=\"zh-Hans\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{status}</title></head>\
         <body><main><h1>{zh}</h1><p lang=\"en\">{en}</p><p>{incident}</p>\
         <p><a href=\"/\">首页 <span lang=\"en\">Home</span></a></p></main></body></html>\n",
        status = failure.status.as_u16(),
        incident = failure.incident,
    )
}
