//! The way out: one HTTP client for everything this server asks of others.

use anyhow::Context as _;
use bytes::Bytes;
use http_body_util::Full;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;

/// HTTP/1.1 over TLS or plainly, with the roots that browsers trust. It follows nothing.
pub(crate) type WebClient = Client<HttpsConnector<HttpConnector>, Full<Bytes>>;

/// Prepares one.
///
/// # Errors
/// If TLS cannot be prepared.
pub(crate) fn web_client() -> anyhow::Result<WebClient> {
    let provider = rustls::crypto::ring::default_provider();
    let connector = HttpsConnectorBuilder::new()
        .with_provider_and_webpki_roots(provider)
        .context("preparing TLS")?
        .https_or_http()
        .enable_http1()
        .build();
    Ok(Client::builder(TokioExecutor::new()).build(connector))
}
