//! One-time codes of an authenticator (TOTP, RFC 6238): six digits, SHA-1, steps of thirty seconds,
//! as every authenticator app knows them.

use domain::time::Timestamp;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use totp_rs::{Algorithm, Builder, Secret, Totp};

/// Bytes of a secret: as many as SHA-1 gives (RFC 4226, section 4).
pub const SECRET: usize = 20;
/// Seconds of a step.
const STEP: i64 = 30;
/// Steps a clock may be off, either way.
const OFF: i64 = 1;

fn totp(secret: &[u8]) -> Option<Totp> {
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_skew(0)
        .with_step_duration(STEP.unsigned_abs())
        .with_secret(secret.to_vec())
        .build()
        .ok()
}

fn step_of(now: Timestamp) -> i64 {
    now.millis().div_euclid(1_000 * STEP)
}

fn code_of(totp: &Totp, step: i64) -> Option<String> {
    let seconds = u64::try_from(step * STEP).ok()?;
    Some(totp.generate(seconds).to_string())
}

/// The code of this moment. A demonstration shows it; nobody else asks.
#[must_use]
pub fn code(secret: &[u8], now: Timestamp) -> Option<String> {
    code_of(&totp(secret)?, step_of(now))
}

/// The time step whose code this is, if it is one of this moment or of the step before or after.
#[must_use]
pub fn step(secret: &[u8], typed: &str, now: Timestamp) -> Option<i64> {
    use subtle::ConstantTimeEq as _;
    let totp = totp(secret)?;
    let at = step_of(now);
    (at - OFF..=at + OFF).find(|step| {
        code_of(&totp, *step)
            .is_some_and(|code| bool::from(code.as_bytes().ct_eq(typed.as_bytes())))
    })
}

/// The secret as people type it into an app: base32 (RFC 4648), without padding.
#[must_use]
pub fn secret_text(secret: &[u8]) -> String {
    Secret::new(secret.into()).to_base32()
}

/// The address an authenticator app reads from a picture.
#[must_use]
pub fn address(issuer: &str, login: &str, secret: &[u8]) -> String {
    let issuer = utf8_percent_encode(issuer, NON_ALPHANUMERIC);
    let login = utf8_percent_encode(login, NON_ALPHANUMERIC);
    let secret = secret_text(secret);
    format!(
        "otpauth://totp/{issuer}:{login}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits=6&period=30"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, cut to six digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = b"12345678901234567890";
        for (seconds, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_234_567_890, "005924"),
            (20_000_000_000, "353130"),
        ] {
            let at = Timestamp::from_millis(seconds * 1_000);
            assert_eq!(code(secret, at).as_deref(), Some(expected));
            assert_eq!(step(secret, expected, at), Some(seconds / 30));
        }
    }

    #[test]
    fn a_clock_may_be_off_by_a_step_and_no_more() {
        let secret = [9; SECRET];
        let at = Timestamp::from_millis(1_800_000_000_000);
        for off in -3_i64..=3 {
            let then = Timestamp::from_millis(at.millis() + off * 30_000);
            let typed = code(&secret, then).unwrap();
            assert_eq!(step(&secret, &typed, at).is_some(), off.abs() <= 1, "{off}");
        }
        assert_eq!(step(&secret, "", at), None);
        assert_eq!(step(&secret, "000000 ", at), None);
    }

    /// RFC 4648, section 10.
    #[test]
    fn a_secret_is_written_in_base32() {
        for (bytes, text) in [
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(secret_text(bytes.as_bytes()), text);
        }
        let address = address("龙港", "wang fang", &[0; 5]);
        assert!(address.contains("%E9%BE%99%E6%B8%AF:wang%20fang?secret=AAAAAAAA&"));
    }
}
