//! The waiting ticket: what is asked without JavaScript when many file at once.
//!
//! The same page comes back with everything kept and says "press again in 20 seconds". The ticket
//! in a hidden field proves the wait: it names the instant from which it counts, the filing it was
//! given for, and carries our keyed hash, so nothing has to be remembered until it is used.

use domain::time::{Millis, Timestamp};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// How long a ticket or a challenge counts once it counts at all.
pub const VALID: Millis = Millis::minutes(10);

/// Why an answer to a question of load does not count. The page then asks anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    /// Not made by us, or for another filing.
    #[error("not an answer to a question of ours")]
    Foreign,
    /// Made by us, but it does not count yet.
    #[error("too early")]
    Early,
    /// It no longer counts.
    #[error("too late")]
    Late,
    /// The work was not done.
    #[error("not enough work")]
    TooLittleWork,
}

/// What must be marked as used, once, in the transaction that files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spend {
    /// Names the ticket or challenge.
    pub id: [u8; 16],
    /// From here on it is refused anyway and may be forgotten.
    pub until: Timestamp,
}

/// The key that signs tickets and challenges. The same on all nodes of an installation.
#[derive(Clone)]
pub struct SigningKey([u8; 32]);

impl SigningKey {
    /// Takes 32 secret bytes.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    fn mac(&self, parts: &[&[u8]]) -> Hmac<Sha256> {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes a key of any length");
        for part in parts {
            // Lengths go in, so that two lists of parts never make the same bytes.
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac
    }

    /// Signs `text` for the filing with `filing_key`; the purpose keeps kinds apart.
    pub(super) fn sign(&self, purpose: &str, text: &str, filing_key: &str) -> String {
        let key = Sha256::digest(filing_key.as_bytes());
        let mac = self.mac(&[purpose.as_bytes(), text.as_bytes(), &key]);
        hex::encode(&mac.finalize().into_bytes()[..16])
    }

    /// Whether `signature` is ours, in constant time.
    pub(super) fn holds(
        &self,
        purpose: &str,
        text: &str,
        filing_key: &str,
        signature: &str,
    ) -> bool {
        let expected = self.sign(purpose, text, filing_key);
        subtle::ConstantTimeEq::ct_eq(expected.as_bytes(), signature.as_bytes()).into()
    }
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SigningKey(..)")
    }
}

/// Writes a ticket that counts from `ready` for [`VALID`], for the filing with `filing_key`.
pub fn issue(key: &SigningKey, id: [u8; 16], ready: Timestamp, filing_key: &str) -> String {
    let text = format!("t1.{}.{}", hex::encode(id), ready.millis());
    let signature = key.sign("ticket", &text, filing_key);
    format!("{text}.{signature}")
}

/// Judges a ticket at `now`.
///
/// # Errors
/// [`AnswerError::Foreign`] before anything else is told, then `Early` and `Late`.
pub fn check(
    key: &SigningKey,
    ticket: &str,
    filing_key: &str,
    now: Timestamp,
) -> Result<Spend, AnswerError> {
    let (text, signature) = ticket.rsplit_once('.').ok_or(AnswerError::Foreign)?;
    if !key.holds("ticket", text, filing_key, signature) {
        return Err(AnswerError::Foreign);
    }
    let mut parts = text.split('.');
    let (Some("t1"), Some(id), Some(ready), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(AnswerError::Foreign);
    };
    let id = read_id(id)?;
    let ready = Timestamp::from_millis(ready.parse().map_err(|_| AnswerError::Foreign)?);
    let until = ready.plus(VALID);
    if now < ready {
        Err(AnswerError::Early)
    } else if now >= until {
        Err(AnswerError::Late)
    } else {
        Ok(Spend { id, until })
    }
}

/// From when a ticket counts. It must have been checked.
pub(super) fn ready(ticket: &str) -> Option<Timestamp> {
    let ready = ticket.split('.').nth(2)?.parse().ok()?;
    Some(Timestamp::from_millis(ready))
}

pub(super) fn read_id(text: &str) -> Result<[u8; 16], AnswerError> {
    let mut id = [0; 16];
    hex::decode_to_slice(text, &mut id).map_err(|_| AnswerError::Foreign)?;
    Ok(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    const READY: Timestamp = Timestamp::from_millis(1_800_000_000_000);

    #[test]
    fn a_ticket_counts_from_its_instant_for_ten_minutes_for_its_filing() {
        let key = SigningKey::new([7; 32]);
        let ticket = issue(&key, [1; 16], READY, "filing-key-of-the-form");
        let check = |ticket: &str, filing: &str, later: i64| {
            check(&key, ticket, filing, READY.plus(Millis::new(later)))
        };
        let filing = "filing-key-of-the-form";
        assert_eq!(check(&ticket, filing, -1), Err(AnswerError::Early));
        let spend = Spend {
            id: [1; 16],
            until: READY.plus(VALID),
        };
        assert_eq!(check(&ticket, filing, 0), Ok(spend));
        assert_eq!(check(&ticket, filing, 599_999), Ok(spend));
        assert_eq!(check(&ticket, filing, 600_000), Err(AnswerError::Late));
        assert_eq!(
            check(&ticket, "another-filing-key-123", 0),
            Err(AnswerError::Foreign)
        );
    }

    #[test]
    fn a_ticket_of_ones_own_making_is_foreign() {
        let key = SigningKey::new([7; 32]);
        let filing = "filing-key-of-the-form";
        let ticket = issue(&key, [1; 16], READY, filing);
        let earlier = ticket.replace("1800000000000", "1700000000000");
        let other_key = issue(&SigningKey::new([8; 32]), [1; 16], READY, filing);
        let short = &ticket[..ticket.len() - 1];
        for forged in [
            &earlier,
            &other_key,
            short,
            "",
            ".",
            "t1",
            "t1...",
            "t1.00.1800000000000.00",
        ] {
            let found = check(&key, forged, filing, READY);
            assert_eq!(found, Err(AnswerError::Foreign), "{forged}");
        }
    }
}
