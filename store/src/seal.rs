//! Sealing short values for cookies: only this city's servers can read or make them.

use crate::cipher::{self, NONCE, Secret};
use crate::{Key, Store, draw};

/// The session keys also hash addresses: what they seal with is derived, and another for each
/// purpose.
fn secret(key: &Key, purpose: &[u8]) -> Secret {
    key.mac(&[b"seal/1", purpose])
}

impl Store {
    /// Seals `plain` for one purpose: what was sealed for one cannot be opened for another.
    ///
    /// # Panics
    /// Never: the cipher refuses only texts of many gigabytes.
    pub fn seal(&self, purpose: &[u8], plain: &[u8]) -> Vec<u8> {
        let nonce: [u8; NONCE] = draw(&**self.entropy());
        let secret = secret(self.keys().session.current(), purpose);
        let sealed = cipher::seal(&secret, nonce, purpose, plain).expect("a short text");
        [nonce.as_slice(), &sealed].concat()
    }

    /// Opens what [`Store::seal`] made with this or an older session key; none for anything else.
    pub fn unseal(&self, purpose: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
        self.keys()
            .session
            .all()
            .find_map(|key| cipher::open(&secret(key, purpose), *nonce, purpose, sealed).ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::fresh_sqlite;

    #[tokio::test]
    async fn what_was_sealed_for_one_purpose_is_nothing_for_another() {
        let fresh = fresh_sqlite().await;
        let sealed = fresh.store.seal(b"receipt", b"48213");
        let opened = fresh.store.unseal(b"receipt", &sealed);
        assert_eq!(opened.as_deref(), Some(b"48213".as_slice()));
        assert_eq!(fresh.store.unseal(b"ticket", &sealed), None);
        assert_eq!(fresh.store.unseal(b"receipt", &sealed[..20]), None);
        let (nonce, rest) = sealed.split_first_chunk::<NONCE>().unwrap();
        let raw = fresh.store.keys().session.current().bytes();
        assert!(
            cipher::open(raw, *nonce, b"receipt", rest).is_err(),
            "the key that hashes addresses seals nothing itself"
        );
    }
}
