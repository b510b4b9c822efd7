//! Sealing short values for cookies: only this city's servers can read or make them.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};

use crate::{Key, Store, draw};

const NONCE: usize = 24;

fn sealed_with(key: &Key, nonce: [u8; NONCE], purpose: &[u8], plain: &[u8]) -> Option<Vec<u8>> {
    let payload = Payload {
        msg: plain,
        aad: purpose,
    };
    let cipher = XChaCha20Poly1305::new(&(*key.bytes()).into());
    let sealed = cipher.encrypt(&XNonce::from(nonce), payload).ok()?;
    Some([nonce.as_slice(), &sealed].concat())
}

impl Store {
    /// Seals `plain` for one purpose: what was sealed for one cannot be opened for another.
    ///
    /// # Panics
    /// Never: the cipher refuses only texts of many gigabytes.
    pub fn seal(&self, purpose: &[u8], plain: &[u8]) -> Vec<u8> {
        let nonce: [u8; NONCE] = draw(&**self.entropy());
        sealed_with(self.keys().session.current(), nonce, purpose, plain)
            .expect("short texts can be sealed")
    }

    /// Opens what [`Store::seal`] made with this or an older session key; none for anything else.
    pub fn unseal(&self, purpose: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
        self.keys().session.all().find_map(|key| {
            let payload = Payload {
                msg: sealed,
                aad: purpose,
            };
            let cipher = XChaCha20Poly1305::new(&(*key.bytes()).into());
            cipher.decrypt(&XNonce::from(*nonce), payload).ok()
        })
    }
}
