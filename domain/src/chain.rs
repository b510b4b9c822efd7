//! The hashes that make the log tamper-evident.
//!
//! An event commits to its *facts* (kept for ever) and its *words* (erasable) apart, each with a
//! salt of its own, so that erased words leave the chain whole and cannot be guessed from their
//! hash. Every field is length-prefixed: no two different events share their bytes.

use sha2::{Digest, Sha256};

use crate::{ids::CaseId, time::Timestamp};

/// A SHA-256 value.
pub type Hash = [u8; 32];
/// The random bytes that hide a commitment's content.
pub type Salt = [u8; 32];

/// What the first event of a case, and the first entry of the log, follow.
pub const GENESIS: Hash = [0; 32];

const EVENT_DOMAIN: &[u8] = b"huiyin/1";
const LOG_DOMAIN: &[u8] = b"huiyin/log/1";

fn field(hasher: &mut Sha256, bytes: &[u8]) {
    hasher.update((bytes.len() as u64).to_be_bytes());
    hasher.update(bytes);
}

/// Commits to exactly these UTF-8 bytes under `salt`.
#[must_use]
pub fn commit(salt: &Salt, text: &str) -> Hash {
    let mut hasher = Sha256::new();
    field(&mut hasher, salt);
    field(&mut hasher, text.as_bytes());
    hasher.finalize().into()
}

/// Everything an event's hash covers.
#[derive(Clone, Copy, Debug)]
pub struct EventHead<'a> {
    /// Hash of the case's event before, [`GENESIS`] for the first.
    pub prev: &'a Hash,
    /// The case.
    pub case: CaseId,
    /// 1 for the filing, then without gaps.
    pub version: u32,
    /// Kind with its version: `filed.1`.
    pub kind: &'a str,
    /// Server time of the event.
    pub at: Timestamp,
    /// Commitment to the facts.
    pub facts: &'a Hash,
    /// Commitment to the words; absent words commit to the empty text.
    pub words: &'a Hash,
}

/// The hash of an event.
#[must_use]
pub fn event_hash(head: EventHead<'_>) -> Hash {
    let mut hasher = Sha256::new();
    field(&mut hasher, EVENT_DOMAIN);
    field(&mut hasher, head.prev);
    field(&mut hasher, head.case.to_string().as_bytes());
    field(&mut hasher, &head.version.to_be_bytes());
    field(&mut hasher, head.kind.as_bytes());
    field(&mut hasher, &head.at.millis().to_be_bytes());
    field(&mut hasher, head.facts);
    field(&mut hasher, head.words);
    hasher.finalize().into()
}

/// The log's running hash after one more event.
#[must_use]
pub fn next(chain: &Hash, event: &Hash) -> Hash {
    let mut hasher = Sha256::new();
    field(&mut hasher, LOG_DOMAIN);
    field(&mut hasher, chain);
    field(&mut hasher, event);
    hasher.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head<'a>(facts: &'a Hash, words: &'a Hash, kind: &'a str) -> Hash {
        event_hash(EventHead {
            prev: &GENESIS,
            case: CaseId::new(Timestamp::from_millis(1), [7; 10]),
            version: 1,
            kind,
            at: Timestamp::from_millis(1),
            facts,
            words,
        })
    }

    #[test]
    fn every_part_of_an_event_moves_its_hash() {
        let a = commit(&[1; 32], "a");
        let b = commit(&[1; 32], "b");
        assert_ne!(a, b);
        assert_ne!(a, commit(&[2; 32], "a"), "the salt hides equal texts");
        let base = head(&a, &b, "filed.1");
        assert_ne!(
            base,
            head(&b, &a, "filed.1"),
            "facts and words are not interchangeable"
        );
        assert_ne!(base, head(&a, &b, "filed.2"));
        assert_ne!(next(&GENESIS, &base), next(&base, &GENESIS));
    }
}
