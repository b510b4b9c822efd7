//! The gateway for SMS and WeChat: a signed `POST`.

use anyhow::{Context as _, bail};
use bytes::Bytes;
use casework::{offices::Notice, tell::Letter};
use domain::time::Timestamp;
use hmac::{Hmac, KeyInit as _, Mac as _};
use http::{Request, Uri, header};
use http_body_util::Full;
use serde_json::{Value, json};
use sha2::Sha256;

use super::Untaken;
use crate::net::client::{WebClient, web_client};

/// Letters go to one address.
pub struct Gateway {
    url: Uri,
    secret: String,
    client: WebClient,
}

impl Gateway {
    /// `None` where no address is set.
    ///
    /// # Errors
    /// If the address is no http(s) address, or there is no secret to sign with.
    pub fn open(url: &str, secret: &str) -> anyhow::Result<Option<Self>> {
        if url.is_empty() {
            return Ok(None);
        }
        let url: Uri = url.parse().context("gateway_url is no address")?;
        if !matches!(url.scheme_str(), Some("http" | "https")) {
            bail!("gateway_url begins with http:// or https://");
        }
        if secret.len() < 16 {
            bail!("gateway_secret is at least 16 characters, for the gateway to know who writes");
        }
        Ok(Some(Self {
            url,
            secret: secret.to_owned(),
            client: web_client()?,
        }))
    }

    /// Sends one letter.
    ///
    /// # Errors
    /// [`Untaken::Status`] and [`Untaken::Unreachable`].
    pub async fn send(
        &self,
        at: Timestamp,
        letter: &Letter,
        to: &str,
        text: &str,
    ) -> Result<(), Untaken> {
        let body = json!({
            "id": letter.id,
            "to": to,
            "text": text,
            "number": letter.number.to_string(),
            "about": letter.about.word(),
        });
        self.post(at, &letter.id, &body).await
    }

    /// Sends one notice to an office.
    ///
    /// # Errors
    /// As [`Gateway::send`].
    pub async fn send_notice(
        &self,
        at: Timestamp,
        notice: &Notice,
        name: &str,
        text: &str,
    ) -> Result<(), Untaken> {
        let cases: Vec<Value> = notice
            .news
            .iter()
            .flat_map(|(news, numbers)| numbers.iter().map(move |number| (news, number)))
            .map(|(news, number)| {
                let number = number.map(|number| number.to_string());
                json!({ "about": news.word(), "number": number })
            })
            .collect();
        let body = json!({
            "id": notice.id,
            "office": notice.code,
            "name": name,
            "text": text,
            "cases": cases,
        });
        self.post(at, &notice.id, &body).await
    }

    async fn post(&self, at: Timestamp, id: &str, body: &Value) -> Result<(), Untaken> {
        let body = body.to_string();
        let seconds = at.millis().div_euclid(1_000);
        let signature = signature(&self.secret, seconds, body.as_bytes());
        let request = Request::post(self.url.clone())
            .header(header::CONTENT_TYPE, "application/json")
            .header("huiyin-signature", signature)
            .header("idempotency-key", id)
            .body(Full::new(Bytes::from(body)))
            .map_err(|_| Untaken::Unreachable)?;
        let answer = self.client.request(request).await;
        let answer = answer.map_err(|_| Untaken::Unreachable)?;
        if answer.status().is_success() {
            Ok(())
        } else {
            Err(Untaken::Status(answer.status().as_u16()))
        }
    }
}

/// `t=<unix seconds>,v1=<HMAC-SHA-256 over "<seconds>.<body>", hexadecimal>`: the moment is signed too,
/// so that an old letter cannot be sent again later.
#[must_use]
pub fn signature(secret: &str, seconds: i64, body: &[u8]) -> String {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(format!("{seconds}.").as_bytes());
    mac.update(body);
    format!(
        "t={seconds},v1={}",
        hex::encode(mac.finalize().into_bytes())
    )
}
