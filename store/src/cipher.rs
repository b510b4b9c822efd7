//! The one cipher of this house: XChaCha20-Poly1305, whose nonce is long enough to be drawn.
//!
//! What is `bound` is not sealed but must be told again to open: a value moved to another place, or
//! sealed for another purpose, opens nothing there.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};

use crate::{Error, Result};

/// A secret of its own for each use: nothing else is made with it.
pub(crate) type Secret = [u8; 32];

/// Bytes of a nonce.
pub(crate) const NONCE: usize = 24;

/// Seals `plain`. The nonce must be drawn anew each time.
///
/// # Errors
/// [`Error::Sealed`] for texts of many gigabytes.
pub(crate) fn seal(
    secret: &Secret,
    nonce: [u8; NONCE],
    bound: &[u8],
    plain: &[u8],
) -> Result<Vec<u8>> {
    let payload = Payload {
        msg: plain,
        aad: bound,
    };
    XChaCha20Poly1305::new(&(*secret).into())
        .encrypt(&XNonce::from(nonce), payload)
        .map_err(|_| Error::Sealed)
}

/// Opens what [`seal`] made.
///
/// # Errors
/// [`Error::Sealed`] for another secret, nonce or bound, or if a bit was changed.
pub(crate) fn open(
    secret: &Secret,
    nonce: [u8; NONCE],
    bound: &[u8],
    sealed: &[u8],
) -> Result<Vec<u8>> {
    let payload = Payload {
        msg: sealed,
        aad: bound,
    };
    XChaCha20Poly1305::new(&(*secret).into())
        .decrypt(&XNonce::from(nonce), payload)
        .map_err(|_| Error::Sealed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_opens_with_all_it_was_made_with_and_nothing_else() {
        let (secret, nonce) = ([1; 32], [2; NONCE]);
        let sealed = seal(&secret, nonce, b"case 1", b"13800000000").unwrap();
        assert!(!sealed.windows(5).any(|part| part == b"13800"));
        let opened = open(&secret, nonce, b"case 1", &sealed).unwrap();
        assert_eq!(opened, b"13800000000");
        let mut changed = sealed.clone();
        changed[0] ^= 1;
        for wrong in [
            open(&[3; 32], nonce, b"case 1", &sealed),
            open(&secret, [3; NONCE], b"case 1", &sealed),
            open(&secret, nonce, b"case 2", &sealed),
            open(&secret, nonce, b"case 1", &changed),
            open(&secret, nonce, b"case 1", &sealed[..4]),
        ] {
            assert!(matches!(wrong, Err(Error::Sealed)), "{wrong:?}");
        }
    }
}
