//! Tracking sessions: whoever showed a receipt code may look for half an hour after their last
//! look. Stored is the hash of the token, and only which party of which case.

use domain::ids::{CaseId, PartyNo};
use domain::time::{Millis, Timestamp};
use sha2::{Digest, Sha256};

use crate::cases::number;
use crate::engine::{execute, fetch_optional, statements};
use crate::later::execute_later;
use crate::tx::{Reading, Tx};
use crate::{Error, Result};

statements! {
    INSERT = "INSERT INTO tracking_session (token_hash, case_id, party, opened_at, seen_at) \
              VALUES ($1, $2, $3, $4, $4)";
    GET = "SELECT case_id, party, seen_at FROM tracking_session WHERE token_hash = $1";
    SEEN = "UPDATE tracking_session SET seen_at = $2 WHERE token_hash = $1 AND seen_at < $2";
    CLOSE = "DELETE FROM tracking_session WHERE token_hash = $1";
    CLOSE_PARTY = "DELETE FROM tracking_session WHERE case_id = $1 AND party = $2";
    SWEEP = "DELETE FROM tracking_session WHERE seen_at < $1";
}

/// How long a session lasts without a look.
pub const TRACKING_IDLE: Millis = Millis::minutes(30);
/// A look is written down at most this often: a page view is no reason for an fsync.
const SEEN_EVERY: Millis = Millis::minutes(1);

/// The token of a session: 256 bits, in the cookie and nowhere else.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; 32]);

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

impl Token {
    /// A token of fresh chance.
    pub fn new(random: [u8; 32]) -> Self {
        Self(random)
    }

    /// For the cookie: 64 hex digits.
    pub fn to_text(&self) -> String {
        hex::encode(self.0)
    }

    /// From the cookie; `None` for anything that is no token.
    pub fn from_text(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).ok()?;
        Some(Self(bytes))
    }

    /// What is stored.
    pub(crate) fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0).into()
    }
}

/// An open session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tracking {
    /// Which case.
    pub case: CaseId,
    /// Which of its parties.
    pub party: PartyNo,
    /// The last look was long enough ago to be written down: call [`Tx::see_tracking`].
    pub note_look: bool,
}

impl Reading {
    /// The session of a token, unless it has gone idle.
    pub async fn tracking(&mut self, token: &Token) -> Result<Option<Tracking>> {
        let row = fetch_optional!(self, (String, i64, i64), GET, token.hash().as_slice())?;
        let Some((case, party, seen)) = row else {
            return Ok(None);
        };
        let now = self.now();
        let idle = now.since(Timestamp::from_millis(seen));
        if idle >= TRACKING_IDLE {
            return Ok(None);
        }
        Ok(Some(Tracking {
            case: case
                .parse()
                .map_err(|_| Error::corrupt("tracking_session", "case_id", &case))?,
            party: PartyNo(number(party)),
            note_look: idle >= SEEN_EVERY,
        }))
    }
}

impl Tx {
    /// Opens a session.
    pub async fn open_tracking(
        &mut self,
        token: &Token,
        case: CaseId,
        party: PartyNo,
    ) -> Result<()> {
        let now = self.now().millis();
        execute_later!(
            self,
            INSERT,
            token.hash().as_slice(),
            case.to_string(),
            i64::from(party.0),
            now,
        )
    }

    /// Notes a look, which keeps the session open.
    pub async fn see_tracking(&mut self, token: &Token) -> Result<()> {
        let now = self.now().millis();
        execute!(self, SEEN, token.hash().as_slice(), now).map(|_| ())
    }

    /// Ends a session.
    pub async fn close_tracking(&mut self, token: &Token) -> Result<()> {
        execute!(self, CLOSE, token.hash().as_slice()).map(|_| ())
    }

    /// Ends all sessions of a party, when its receipt is replaced.
    pub async fn close_tracking_of(&mut self, case: CaseId, party: PartyNo) -> Result<u64> {
        execute!(self, CLOSE_PARTY, case.to_string(), i64::from(party.0))
    }

    /// Forgets sessions that have gone idle.
    pub async fn sweep_tracking(&mut self) -> Result<u64> {
        let before = self.now().millis() - TRACKING_IDLE.millis();
        execute!(self, SWEEP, before)
    }
}
