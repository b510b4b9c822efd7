//! Idempotency keys of filings, and of acts that are sent until they arrive: a retry finds what the
//! first try made, for ever.
//!
//! Stored are the SHA-256 of the key and a keyed hash of the parsed filing, never either itself.

use domain::ids::{CaseId, PartyNo};
use domain::time::Timestamp;
use sha2::{Digest, Sha256};

use crate::cases::number;
use crate::engine::{fetch_optional, statements};
use crate::later::execute_later;
use crate::tx::{Reading, Tx};
use crate::{Error, Result};

statements! {
    FIND = "SELECT body_key, body_hash, case_id, party, at FROM filing_key WHERE key_hash = $1";
    INSERT = "INSERT INTO filing_key (key_hash, body_key, body_hash, case_id, party, at) \
              VALUES ($1, $2, $3, $4, $5, $6)";
}

/// What staff file on patrol or do to a case is remembered under: it makes nobody a party of it.
pub const NO_PARTY: PartyNo = PartyNo(0);

/// A filing that was made with a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    /// The case.
    pub case: CaseId,
    /// Which of its parties.
    pub party: PartyNo,
    /// When.
    pub at: Timestamp,
    /// Whether the filing that is asked about is the one that was made.
    pub same_filing: bool,
}

/// The hash a key is stored under.
pub fn key_hash(idempotency_key: &str) -> [u8; 32] {
    Sha256::digest(idempotency_key.as_bytes()).into()
}

impl Reading {
    /// What was filed with `idempotency_key`, and whether it was this `filing`: the canonical bytes
    /// of kind, category, community, text, place, visibility, contact and photo hashes.
    pub async fn filed_with(
        &mut self,
        idempotency_key: &str,
        filing: &[u8],
    ) -> Result<Option<Filed>> {
        type Row = (String, Vec<u8>, String, i64, i64);
        let hash = key_hash(idempotency_key);
        let Some((key, body, case, party, at)) = fetch_optional!(self, Row, FIND, hash.as_slice())?
        else {
            return Ok(None);
        };
        let case_id = case
            .parse()
            .map_err(|_| Error::corrupt("filing_key", "case_id", &case))?;
        let keys = &self.shared.keys.filing;
        let key = keys
            .by_id(&key)
            .ok_or_else(|| Error::Keys(format!("the filing key {key} made rows and is missing")))?;
        Ok(Some(Filed {
            case: case_id,
            party: PartyNo(number(party)),
            at: Timestamp::from_millis(at),
            same_filing: key.mac(&[b"filing/1", filing]).as_slice() == body,
        }))
    }
}

impl Tx {
    /// Remembers that `filing` was made with `idempotency_key`.
    ///
    /// # Errors
    /// On PostgreSQL a second use of the key fails and makes the work run again, which then finds
    /// the first.
    pub async fn remember_filing(
        &mut self,
        idempotency_key: &str,
        filing: &[u8],
        case: CaseId,
        party: PartyNo,
        at: Timestamp,
    ) -> Result<()> {
        let key = self.shared.keys.filing.current();
        let (id, body) = (key.id().to_owned(), key.mac(&[b"filing/1", filing]));
        execute_later!(
            self,
            INSERT,
            key_hash(idempotency_key).as_slice(),
            id,
            body.as_slice(),
            case.to_string(),
            i64::from(party.0),
            at.millis(),
        )
    }
}
