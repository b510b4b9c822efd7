//! A city's own sign-on, as the doors see it: somewhere else people prove who they are.

use futures::future::BoxFuture;

/// A sign-on that was begun: where the browser goes, and what must come back with it.
#[derive(Clone)]
pub struct Begun {
    /// The address of the provider, with the request.
    pub url: String,
    /// What stands between this browser and a link somebody else made.
    pub state: String,
    /// What the provider signs into its answer.
    pub nonce: String,
    /// What proves that the answer comes back to whoever asked (PKCE, RFC 7636).
    pub verifier: String,
}

/// Why nobody was vouched for: the step at which it failed, for the log. What the provider said stands in
/// neither the log nor the page, since a code or a name may be in it.
#[derive(Debug, thiserror::Error)]
pub enum SignOnError {
    /// The provider did not answer, or nothing we read.
    #[error("the sign-on is away: {0}")]
    Away(&'static str),
    /// It answered, and what it said does not hold.
    #[error("the sign-on's answer does not hold: {0}")]
    Refused(&'static str),
}

/// Somewhere else people prove who they are. One is made at the start; tests may make another.
pub trait SignOn: Send + Sync {
    /// What the button says: the name of the city's sign-on.
    fn name(&self) -> &str;

    /// Begins.
    ///
    /// # Errors
    /// [`SignOnError::Away`].
    fn begin(&self) -> BoxFuture<'_, Result<Begun, SignOnError>>;

    /// Whom the provider vouches for: the login of one of our people.
    ///
    /// # Errors
    /// [`SignOnError`].
    fn finish<'s>(
        &'s self,
        code: &'s str,
        nonce: &'s str,
        verifier: &'s str,
    ) -> BoxFuture<'s, Result<String, SignOnError>>;
}
