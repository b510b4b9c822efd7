//! Sign-ins that are under way. A browser holds a random token from the password on; how far its
//! person has come stands here, so that it can be taken back, runs out, and is good once.

use domain::time::{Millis, Timestamp};

use crate::Result;
use crate::engine::{execute, fetch_optional, statements};
use crate::tracking::Token;
use crate::tx::{Reading, Tx};

statements! {
    BEGIN = "INSERT INTO sign_in_under_way (token_hash, person, begun_at, proved, own_phone, \
             key_id, nonce, ciphertext) VALUES ($1, $2, $3, 0, $4, $5, $6, $7)";
    GET = "SELECT person, proved, own_phone, key_id, nonce, ciphertext FROM sign_in_under_way \
           WHERE token_hash = $1 AND begun_at > $2";
    PROVE = "UPDATE sign_in_under_way SET proved = 1, key_id = NULL, nonce = NULL, \
             ciphertext = NULL WHERE token_hash = $1";
    END = "DELETE FROM sign_in_under_way WHERE token_hash = $1";
    END_OF = "DELETE FROM sign_in_under_way WHERE person = $1";
    END_OTHERS = "DELETE FROM sign_in_under_way WHERE person = $1 AND token_hash <> $2";
    SWEEP = "DELETE FROM sign_in_under_way WHERE begun_at <= $1";
}

/// How long after the password the rest may be shown. Nothing makes it longer.
pub const SIGN_IN_LASTS: Millis = Millis::minutes(10);

/// How far somebody has come.
#[derive(Clone, PartialEq, Eq)]
pub struct UnderWay {
    /// Whose password was shown.
    pub person: String,
    /// They showed a code since, or enrolled their authenticator.
    pub proved: bool,
    /// "This is my own phone".
    pub own_phone: bool,
    /// The secret of an authenticator that is being set up.
    pub secret: Option<Vec<u8>>,
}

impl std::fmt::Debug for UnderWay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "UnderWay({}, {})", self.person, self.proved)
    }
}

impl Reading {
    /// The sign-in of a token; `None` if there is none, or its time is over.
    ///
    /// # Errors
    /// [`crate::Error::Sealed`] if the key of a secret is gone, and the database's.
    pub async fn under_way(&mut self, token: &Token) -> Result<Option<UnderWay>> {
        type Row = (
            String,
            i64,
            i64,
            Option<String>,
            Option<Vec<u8>>,
            Option<Vec<u8>>,
        );
        let since = self.now().millis() - SIGN_IN_LASTS.millis();
        let row = fetch_optional!(self, Row, GET, token.hash().as_slice(), since)?;
        let Some((person, proved, own_phone, key, nonce, sealed)) = row else {
            return Ok(None);
        };
        let secret = match (key, nonce, sealed) {
            (Some(key), Some(nonce), Some(sealed)) => {
                Some(self.open_factor(&person, &key, &nonce, &sealed)?)
            }
            _ => None,
        };
        Ok(Some(UnderWay {
            person,
            proved: proved == 1,
            own_phone: own_phone == 1,
            secret,
        }))
    }
}

impl Tx {
    /// Begins a sign-in of a person who showed their password. `secret` is that of an authenticator
    /// they are to set up.
    ///
    /// # Errors
    /// The database's.
    pub async fn begin_sign_in(
        &mut self,
        token: &Token,
        person: &str,
        own_phone: bool,
        secret: Option<&[u8]>,
    ) -> Result<()> {
        let sealed = secret.map(|secret| self.seal_factor(person, secret));
        let sealed = sealed.transpose()?;
        let (key, nonce, sealed) = match &sealed {
            Some((key, nonce, sealed)) => (
                Some(key.as_str()),
                Some(nonce.as_slice()),
                Some(sealed.as_slice()),
            ),
            None => (None, None, None),
        };
        let now = self.now().millis();
        let (hash, own_phone) = (token.hash(), i64::from(own_phone));
        let hash = hash.as_slice();
        execute!(
            self, BEGIN, hash, person, now, own_phone, key, nonce, sealed
        )
        .map(|_| ())
    }

    /// Notes that the person of a sign-in showed a code, or enrolled.
    ///
    /// # Errors
    /// The database's.
    pub async fn prove_sign_in(&mut self, token: &Token) -> Result<()> {
        execute!(self, PROVE, token.hash().as_slice()).map(|_| ())
    }

    /// Ends a sign-in; `false` if it was over before.
    ///
    /// # Errors
    /// The database's.
    pub async fn end_sign_in(&mut self, token: &Token) -> Result<bool> {
        Ok(execute!(self, END, token.hash().as_slice())? == 1)
    }

    /// Ends all sign-ins of a person, but for the one to `keep`.
    ///
    /// # Errors
    /// The database's.
    pub async fn end_sign_ins_of(&mut self, person: &str, keep: Option<&Token>) -> Result<u64> {
        match keep {
            Some(keep) => execute!(self, END_OTHERS, person, keep.hash().as_slice()),
            None => execute!(self, END_OF, person),
        }
    }

    /// Forgets sign-ins whose time is over.
    ///
    /// # Errors
    /// The database's.
    pub async fn sweep_sign_ins(&mut self) -> Result<u64> {
        let before: Timestamp = self.now().plus(-SIGN_IN_LASTS);
        execute!(self, SWEEP, before.millis())
    }
}
