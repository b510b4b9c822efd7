//! Proof of work: what is asked of a program, or of a browser with JavaScript, in a crowd.
//!
//! A challenge is `v1.<id>.<bits>.<issued>.<signature>`. The answer is `<challenge>:<nonce>`, where
//! SHA-256 of exactly that text begins with `bits` zero bits. The nonce is 1 to 32 letters and
//! digits. The challenge is bound by our keyed hash to one filing key and counts ten minutes, so
//! work can neither be done in advance nor be sold twice.

use domain::time::{Millis, Timestamp};
use sha2::{Digest, Sha256};

use super::ticket::{AnswerError, SigningKey, Spend, VALID, read_id};

/// The request header an API client answers in.
pub const HEADER: &str = "proof-of-work";

/// Clocks of two nodes may differ by this much.
const SKEW: Millis = Millis::seconds(30);

/// Longest nonce, in characters.
const NONCE_MAX: usize = 32;

/// Writes a challenge of `bits` zero bits, issued at `now` for the filing with `filing_key`.
pub fn challenge(
    key: &SigningKey,
    id: [u8; 16],
    bits: u32,
    now: Timestamp,
    filing_key: &str,
) -> String {
    let text = format!("v1.{}.{bits}.{}", hex::encode(id), now.millis());
    let signature = key.sign("pow", &text, filing_key);
    format!("{text}.{signature}")
}

/// Judges an answer at `now`.
///
/// # Errors
/// [`AnswerError`]; the work is looked at last, so that a foreign answer costs one hash.
pub fn check(
    key: &SigningKey,
    answer: &str,
    filing_key: &str,
    now: Timestamp,
) -> Result<Spend, AnswerError> {
    let (challenge, nonce) = answer.rsplit_once(':').ok_or(AnswerError::Foreign)?;
    let (text, signature) = challenge.rsplit_once('.').ok_or(AnswerError::Foreign)?;
    if !key.holds("pow", text, filing_key, signature) {
        return Err(AnswerError::Foreign);
    }
    let mut parts = text.split('.');
    let (Some("v1"), Some(id), Some(bits), Some(issued), None) = (
        parts.next(),
        parts.next(),
        parts.next(),
        parts.next(),
        parts.next(),
    ) else {
        return Err(AnswerError::Foreign);
    };
    let id = read_id(id)?;
    let bits: u32 = bits.parse().map_err(|_| AnswerError::Foreign)?;
    let issued = Timestamp::from_millis(issued.parse().map_err(|_| AnswerError::Foreign)?);
    let until = issued.plus(VALID);
    if issued > now.plus(SKEW) {
        return Err(AnswerError::Early);
    }
    if now >= until {
        return Err(AnswerError::Late);
    }
    let is_nonce = (1..=NONCE_MAX).contains(&nonce.len())
        && nonce.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !is_nonce || leading_zero_bits(answer) < bits {
        return Err(AnswerError::TooLittleWork);
    }
    Ok(Spend { id, until })
}

/// Does the work; for clients written in Rust, and for tests. Takes about 2^bits hashes.
pub fn solve(challenge: &str, bits: u32) -> String {
    (0_u64..)
        .map(|nonce| format!("{challenge}:{nonce:x}"))
        .find(|answer| leading_zero_bits(answer) >= bits)
        .unwrap_or_default()
}

fn leading_zero_bits(text: &str) -> u32 {
    let mut zeros = 0;
    for byte in Sha256::digest(text.as_bytes()) {
        zeros += byte.leading_zeros();
        if byte != 0 {
            break;
        }
    }
    zeros
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_800_000_000_000);
    const FILING: &str = "filing-key-of-the-form";

    fn key() -> SigningKey {
        SigningKey::new([7; 32])
    }

    #[test]
    fn work_counts_for_ten_minutes_for_its_filing() {
        let asked = challenge(&key(), [1; 16], 8, NOW, FILING);
        let answer = solve(&asked, 8);
        let check = |answer: &str, filing: &str, later: i64| {
            check(&key(), answer, filing, NOW.plus(Millis::new(later)))
        };
        let spend = Spend {
            id: [1; 16],
            until: NOW.plus(VALID),
        };
        assert_eq!(check(&answer, FILING, 0), Ok(spend));
        assert_eq!(check(&answer, FILING, 599_999), Ok(spend));
        assert_eq!(check(&answer, FILING, 600_000), Err(AnswerError::Late));
        assert_eq!(check(&answer, FILING, -30_001), Err(AnswerError::Early));
        assert_eq!(
            check(&answer, "another-filing-key-123", 0),
            Err(AnswerError::Foreign)
        );
    }

    #[test]
    fn less_work_or_a_challenge_made_easier_does_not_count() {
        let asked = challenge(&key(), [1; 16], 12, NOW, FILING);
        let lazy = (0_u64..)
            .map(|nonce| format!("{asked}:{nonce}"))
            .find(|answer| leading_zero_bits(answer) < 12)
            .unwrap();
        assert_eq!(
            check(&key(), &lazy, FILING, NOW),
            Err(AnswerError::TooLittleWork)
        );
        let easier = solve(&asked.replace(".12.", ".1."), 1);
        assert_eq!(
            check(&key(), &easier, FILING, NOW),
            Err(AnswerError::Foreign)
        );
        for nonsense in ["", ":", "a:b", "v1.:1", &asked, &format!("{asked}:")] {
            assert!(check(&key(), nonsense, FILING, NOW).is_err(), "{nonsense}");
        }
    }

    #[test]
    fn zero_bits_are_counted_over_bytes() {
        // sha256("") = e3b0…: 0xe3 = 0b1110_0011.
        assert_eq!(leading_zero_bits(""), 0);
        let answer = solve("x", 10);
        assert!(leading_zero_bits(&answer) >= 10);
    }
}
