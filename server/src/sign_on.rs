//! The city's own sign-on by `OpenID` Connect: the code flow with PKCE, its answer checked against the
//! provider's published keys.

mod known;

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail};
use app::sign_on::{Begun, SignOn, SignOnError};
use bytes::Bytes;
use domain::time::Clock;
use futures::{FutureExt as _, future::BoxFuture};
use http_body_util::{BodyExt as _, Full, Limited};
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreGenderClaim, CoreProviderMetadata,
};
use openidconnect::{
    AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken,
    EmptyAdditionalClaims, HttpRequest, HttpResponse, IssuerUrl, Nonce, OAuth2TokenResponse as _,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, SignatureVerificationError,
    TokenResponse as _, UserInfoClaims,
};
use store::Entropy;

use self::known::{Known, Wanted};
use crate::net::client::{WebClient, web_client};
use crate::settings::Settings;

/// How long an answer of the provider may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// The longest answer that is read: a list of keys is a few thousand bytes.
const LONGEST: usize = 256 * 1024;

/// The sign-on of a provider.
pub struct Oidc {
    name: String,
    issuer: IssuerUrl,
    client_id: ClientId,
    secret: ClientSecret,
    back: RedirectUrl,
    claim: String,
    web: Web,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    known: Known<CoreProviderMetadata>,
}

impl Oidc {
    /// `None` where no provider is set.
    ///
    /// # Errors
    /// If a setting is missing or impossible.
    pub fn open(
        settings: &Settings,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> anyhow::Result<Option<Self>> {
        if settings.oidc_issuer.is_empty() {
            return Ok(None);
        }
        let issuer = settings.oidc_issuer.clone();
        let own = ["http://127.0.0.1:", "http://localhost:", "http://[::1]:"];
        if !issuer.starts_with("https://") && !own.iter().any(|own| issuer.starts_with(own)) {
            bail!("oidc_issuer begins with https://");
        }
        if settings.oidc_client_id.is_empty() || settings.oidc_client_secret.is_empty() {
            bail!("oidc_client_id and oidc_client_secret are what the provider gave this portal");
        }
        let back = format!("{}/sign-in/city/back", settings.base());
        Ok(Some(Self {
            name: settings.oidc_name.clone(),
            issuer: IssuerUrl::new(issuer).context("oidc_issuer is no address")?,
            client_id: ClientId::new(settings.oidc_client_id.clone()),
            secret: ClientSecret::new(settings.oidc_client_secret.clone()),
            back: RedirectUrl::new(back).context("base_url is no address")?,
            claim: settings.oidc_claim.clone(),
            web: Web::open()?,
            known: Known::new(Arc::clone(&clock)),
            clock,
            entropy,
        }))
    }

    fn word(&self) -> String {
        let random: [u8; 32] = store::draw(&*self.entropy);
        hex::encode(random)
    }

    /// What the provider publishes about itself, asked for again from time to time.
    async fn metadata(&self, wanted: Wanted) -> Result<CoreProviderMetadata, SignOnError> {
        let ask = || async {
            let issuer = self.issuer.clone();
            CoreProviderMetadata::discover_async(issuer, &self.web.asks()).await
        };
        let found = self.known.get(wanted, ask).await;
        found.map_err(away("discovery"))
    }
}

/// The step at which the provider did not answer.
fn away<E>(step: &'static str) -> impl Fn(E) -> SignOnError {
    move |_| SignOnError::Away(step)
}

/// The step at which what it answered did not hold.
fn refused<E>(step: &'static str) -> impl Fn(E) -> SignOnError {
    move |_| SignOnError::Refused(step)
}

impl SignOn for Oidc {
    fn name(&self) -> &str {
        &self.name
    }

    fn begin(&self) -> BoxFuture<'_, Result<Begun, SignOnError>> {
        async move {
            let metadata = self.metadata(Wanted::Believed).await?;
            let client = CoreClient::from_provider_metadata(
                metadata,
                self.client_id.clone(),
                Some(self.secret.clone()),
            )
            .set_redirect_uri(self.back.clone());
            let (state, nonce, verifier) = (self.word(), self.word(), self.word());
            let proof = PkceCodeVerifier::new(verifier.clone());
            let challenge = PkceCodeChallenge::from_code_verifier_sha256(&proof);
            let (csrf, once) = (state.clone(), nonce.clone());
            let (url, ..) = client
                .authorize_url(
                    CoreAuthenticationFlow::AuthorizationCode,
                    move || CsrfToken::new(csrf),
                    move || Nonce::new(once),
                )
                .add_scope(Scope::new("profile".to_owned()))
                .set_pkce_challenge(challenge)
                .url();
            Ok(Begun {
                url: url.to_string(),
                state,
                nonce,
                verifier,
            })
        }
        .boxed()
    }

    fn finish<'s>(
        &'s self,
        code: &'s str,
        nonce: &'s str,
        verifier: &'s str,
    ) -> BoxFuture<'s, Result<String, SignOnError>> {
        async move {
            let metadata = self.metadata(Wanted::Believed).await?;
            let client = CoreClient::from_provider_metadata(
                metadata,
                self.client_id.clone(),
                Some(self.secret.clone()),
            )
            .set_redirect_uri(self.back.clone());
            let code = AuthorizationCode::new(code.to_owned());
            let answer = client
                .exchange_code(code)
                .map_err(away("no address for codes"))?
                .set_pkce_verifier(PkceCodeVerifier::new(verifier.to_owned()))
                .request_async(&self.web.asks())
                .await
                .map_err(refused("the code"))?;
            let missing = || SignOnError::Refused("no ID token");
            let token = answer.id_token().ok_or_else(missing)?;
            let clock = Arc::clone(&self.clock);
            let seen = move || {
                let now = chrono::DateTime::from_timestamp_millis(clock.now().millis());
                now.unwrap_or_default()
            };
            let held = client.id_token_verifier().set_time_fn(seen.clone());
            let nonce = Nonce::new(nonce.to_owned());
            let claims = match token.claims(&held, &nonce) {
                // Signed with a key that came after what is believed, perhaps.
                Err(ClaimsVerificationError::SignatureVerification(
                    SignatureVerificationError::NoMatchingKey,
                )) => {
                    let newer = CoreClient::from_provider_metadata(
                        self.metadata(Wanted::Newer).await?,
                        self.client_id.clone(),
                        Some(self.secret.clone()),
                    );
                    let held = newer.id_token_verifier().set_time_fn(seen);
                    token.claims(&held, &nonce)
                }
                checked => checked,
            };
            let claims = claims.map_err(refused("the ID token"))?;
            let subject = claims.subject().clone();
            if self.claim == "sub" {
                return Ok(subject.to_string());
            }
            if let Some(login) = claims.preferred_username() {
                return Ok(login.to_string());
            }
            // Many providers say it only when they are asked; of the same person, by the subject.
            let more: UserInfoClaims<EmptyAdditionalClaims, CoreGenderClaim> = client
                .user_info(answer.access_token().clone(), Some(subject))
                .map_err(refused("no address for user info"))?
                .request_async(&self.web.asks())
                .await
                .map_err(refused("the user info"))?;
            let login = more.preferred_username().map(|login| login.to_string());
            login.ok_or(SignOnError::Refused("no preferred_username"))
        }
        .boxed()
    }
}

/// Asks the provider, follows nothing, and reads no more than an answer needs.
struct Web(WebClient);

/// Why an answer was not read.
#[derive(Debug, thiserror::Error)]
enum WebError {
    #[error("no answer in time")]
    Late,
    #[error("no connection: {0}")]
    Connection(String),
    #[error("an answer that cannot be read, or is too long")]
    Unreadable,
}

impl Web {
    fn open() -> anyhow::Result<Self> {
        Ok(Self(web_client()?))
    }

    /// As the library wants it.
    fn asks(&self) -> impl Fn(HttpRequest) -> BoxFuture<'static, Result<HttpResponse, WebError>> {
        let client = self.0.clone();
        move |request| {
            let client = client.clone();
            async move {
                let asked = ask(&client, request);
                tokio::time::timeout(PATIENCE, asked)
                    .await
                    .map_err(|_| WebError::Late)?
            }
            .boxed()
        }
    }
}

async fn ask(client: &WebClient, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let request = request.map(|body| Full::new(Bytes::from(body)));
    let answer = client.request(request).await;
    let answer = answer.map_err(|error| WebError::Connection(error.to_string()))?;
    let (parts, body) = answer.into_parts();
    let body = Limited::new(body, LONGEST).collect().await;
    let body = body.map_err(|_| WebError::Unreadable)?.to_bytes();
    Ok(http::Response::from_parts(parts, body.to_vec()))
}
