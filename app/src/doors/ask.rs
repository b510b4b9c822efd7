//! What was asked, before anybody decides anything.

use std::convert::Infallible;

use axum::{
    extract::{FromRequestParts, Request},
    response::Response,
};
use casework::{Desk, track};
use domain::access::Viewer;
use http::{
    HeaderMap, HeaderValue,
    header::{ACCEPT_LANGUAGE, COOKIE, SET_COOKIE},
    request::Parts,
};

use super::{Standing, State};
use crate::{
    http::client::{ClientAddr, Network},
    reader::{Reader, Remember},
};

/// Cookie of a tracking session.
pub const TRACK_COOKIE: &str = "track";

/// Cookie of a staff session.
pub const STAFF_COOKIE: &str = "staff";

/// A request's address, reader and headers; the body is left to the handler.
#[derive(Clone, Debug)]
pub struct Ask {
    /// The path.
    pub path: String,
    /// The query, undecoded.
    pub query: String,
    /// The headers.
    pub headers: HeaderMap,
    /// How the person reads.
    pub reader: Reader,
    /// The network it comes from; for limits only.
    pub network: Network,
    remember: Vec<Remember>,
}

impl FromRequestParts<Standing> for Ask {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, of: &Standing) -> Result<Self, Infallible> {
        Ok(Self::read(parts, &of.now()))
    }
}

impl Ask {
    /// Reads the head of a request.
    #[must_use]
    pub fn read(parts: &Parts, state: &State) -> Self {
        let query = parts.uri.query().unwrap_or_default();
        let text = |name| {
            parts
                .headers
                .get(name)
                .and_then(|value| value.to_str().ok())
        };
        let cookies = text(COOKIE).unwrap_or_default();
        let accept = text(ACCEPT_LANGUAGE).unwrap_or_default();
        let city = state.desk.city.default_lang;
        let (reader, remember) = Reader::decide(query, cookies, accept, city);
        let network = parts.extensions.get::<ClientAddr>().map_or_else(
            || Network::of([0, 0, 0, 0].into()),
            |client| client.network(),
        );
        Self {
            path: parts.uri.path().to_owned(),
            query: query.to_owned(),
            headers: parts.headers.clone(),
            reader,
            network,
            remember,
        }
    }

    /// The value of a parameter of the query, decoded; the first if it stands there twice.
    #[must_use]
    pub fn asked(&self, name: &str) -> Option<String> {
        form_urlencoded::parse(self.query.as_bytes())
            .find(|(key, value)| key == name && !value.is_empty())
            .map(|(_, value)| value.into_owned())
    }

    /// Whether the query holds this word, without a value.
    #[must_use]
    pub fn asks_for(&self, word: &str) -> bool {
        self.query.split('&').any(|asked| asked == word)
    }

    /// A cookie of ours.
    #[must_use]
    pub fn cookie(&self, name: &str, https: bool) -> Option<&str> {
        self.raw_cookie(&host_name(name, https))
    }

    /// A cookie by its whole name.
    #[must_use]
    pub fn raw_cookie(&self, name: &str) -> Option<&str> {
        self.cookies(name).next()
    }

    /// A cookie by its whole name, unless there are several.
    #[must_use]
    pub fn only_cookie(&self, name: &str) -> Option<&str> {
        let mut all = self.cookies(name);
        all.next().filter(|_| all.next().is_none())
    }

    fn cookies(&self, name: &str) -> impl Iterator<Item = &str> {
        self.headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .filter(move |(key, _)| *key == name)
            .map(|(_, value)| value)
    }

    /// Who asks: the party of a tracking session, or anybody.
    ///
    /// # Errors
    /// If the store does not answer.
    pub async fn viewer(&self, desk: &Desk, https: bool) -> casework::Result<Viewer> {
        match self
            .cookie(TRACK_COOKIE, https)
            .and_then(casework::track::token)
        {
            Some(token) => track::viewer(desk, &token).await,
            None => Ok(Viewer::Anonymous),
        }
    }

    /// Adds the cookies that `?lang=`, `?size=` and `?scheme=` asked for.
    #[must_use]
    pub fn remember(&self, mut response: Response, https: bool) -> Response {
        let secure = if https { "; Secure" } else { "" };
        for Remember { cookie, value } in &self.remember {
            let cookie =
                format!("{cookie}={value}; Path=/; Max-Age=31536000; SameSite=Lax{secure}");
            append_cookie(&mut response, &cookie);
        }
        response
    }
}

/// The name a session cookie bears: `__Host-` where the browser can hold us to it (RFC 6265bis).
pub fn host_name(name: &str, https: bool) -> String {
    if https {
        format!("__Host-{name}")
    } else {
        name.to_owned()
    }
}

/// Sets a cookie that only we read, until the browser is closed. A path other than `/` cannot bear
/// `__Host-`.
pub fn set_cookie(response: &mut Response, name: &str, value: &str, https: bool) {
    let name = host_name(name, https);
    let secure = if https { "; Secure" } else { "" };
    let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}");
    append_cookie(response, &cookie);
}

/// Takes a cookie back.
pub fn end_cookie(response: &mut Response, name: &str, https: bool) {
    let name = host_name(name, https);
    let secure = if https { "; Secure" } else { "" };
    let cookie = format!("{name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax{secure}");
    append_cookie(response, &cookie);
}

/// Adds a cookie to those of an answer.
pub fn append_cookie(response: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::try_from(cookie) {
        response.headers_mut().append(SET_COOKIE, value);
    }
}

/// Splits a request into its head and body.
pub fn open(request: Request, state: &State) -> (Ask, axum::body::Body) {
    let (parts, body) = request.into_parts();
    (Ask::read(&parts, state), body)
}
