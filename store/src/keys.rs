//! The secrets of a city: files of the data folder, readable by its owner alone, outside the
//! database and its backups.
//!
//! Each purpose has one file with one key a line, `<id> <64 hex digits>`; the first line is used for
//! new things, all lines for reading old ones. To rotate a key, put a new line on top.
//! The database keeps the ids it has seen (never the keys), so that a data folder without its keys
//! is refused instead of being given new ones under which every receipt would be lost.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest, Sha256};

use crate::entropy::{Entropy, draw};
use crate::{Error, Result};

/// One secret and its public name.
#[derive(Clone)]
pub struct Key {
    id: String,
    bytes: [u8; 32],
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({})", self.id)
    }
}

impl Key {
    fn new(bytes: [u8; 32]) -> Self {
        let mut name = Sha256::new();
        name.update(b"huiyin key id");
        name.update(bytes);
        Self {
            id: hex::encode(&name.finalize()[..8]),
            bytes,
        }
    }

    /// What rows that were made with this key carry; it tells nothing about the key.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The secret.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.bytes
    }

    /// HMAC-SHA-256 (RFC 2104) over `parts`, each prefixed with its length, so that two lists of
    /// parts never share their bytes.
    pub fn mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.bytes).expect("HMAC takes a key of any length");
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }
}

/// All keys of one purpose.
#[derive(Debug, Clone)]
pub struct KeyRing {
    current: Key,
    old: Vec<Key>,
}

impl KeyRing {
    /// The key for new things.
    pub fn current(&self) -> &Key {
        &self.current
    }

    /// The key that made a row.
    pub fn by_id(&self, id: &str) -> Option<&Key> {
        self.all().find(|key| key.id == id)
    }

    /// All keys, the current one first.
    pub fn all(&self) -> impl Iterator<Item = &Key> {
        std::iter::once(&self.current).chain(&self.old)
    }
}

/// The keys of every purpose.
#[derive(Debug, Clone)]
pub struct Keys {
    /// Derives receipt codes from case and idempotency key.
    pub receipt: KeyRing,
    /// Hashes receipt codes for looking them up.
    pub lookup: KeyRing,
    /// Seals contact details.
    pub contact: KeyRing,
    /// Hashes the content of filings.
    pub filing: KeyRing,
    /// Signs checkpoints (an Ed25519 seed).
    pub checkpoint: KeyRing,
    /// Seals cookies and hashes network addresses.
    pub session: KeyRing,
}

impl Keys {
    /// Reads the keys of `folder`; makes those that are missing if `create`.
    ///
    /// # Errors
    /// If a file is readable by others, is not understood, or is missing and may not be made.
    pub(crate) fn open(folder: &Path, create: bool, entropy: &dyn Entropy) -> Result<Self> {
        if create {
            fs::DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(folder)
                .map_err(Error::file(folder))?;
        }
        private(folder)?;
        let ring = |name: &str| ring(&folder.join(name), create, entropy);
        let keys = Self {
            receipt: ring("receipt")?,
            lookup: ring("lookup")?,
            contact: ring("contact")?,
            filing: ring("filing")?,
            checkpoint: ring("checkpoint")?,
            // Losing this one loses open sessions and nothing else.
            session: self::ring(&folder.join("session"), true, entropy)?,
        };
        sync(folder)?;
        Ok(keys)
    }

    /// The purposes whose loss would lose something, with the id of each key.
    pub(crate) fn lasting_ids(&self) -> Vec<(&'static str, String)> {
        [
            ("receipt", &self.receipt),
            ("lookup", &self.lookup),
            ("contact", &self.contact),
            ("filing", &self.filing),
            ("checkpoint", &self.checkpoint),
        ]
        .into_iter()
        .flat_map(|(name, ring)| ring.all().map(move |key| (name, key.id.clone())))
        .collect()
    }
}

/// Refuses a folder or file that anybody but its owner may read.
fn private(path: &Path) -> Result<()> {
    let mode = fs::metadata(path).map_err(Error::file(path))?.mode() & 0o777;
    let others = mode & 0o077;
    if others == 0 {
        Ok(())
    } else {
        Err(Error::Keys(format!(
            "{} may be read by others (mode {mode:o}): chmod go= it, and consider the keys known",
            path.display()
        )))
    }
}

fn sync(folder: &Path) -> Result<()> {
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(Error::file(folder))
}

fn ring(path: &PathBuf, create: bool, entropy: &dyn Entropy) -> Result<KeyRing> {
    let text = match fs::read_to_string(path) {
        Ok(text) => {
            private(path)?;
            text
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && create => {
            let key = Key::new(draw(entropy));
            let text = format!("{} {}\n", key.id, hex::encode(key.bytes));
            // Written beside and renamed: a half-written key would never be noticed.
            let beside = path.with_extension("new");
            let write = || -> std::io::Result<()> {
                let _ = fs::remove_file(&beside);
                let mut file = OpenOptions::new()
                    .write(true)
                    .create_new(true)
                    .mode(0o600)
                    .open(&beside)?;
                file.write_all(text.as_bytes())?;
                file.sync_all()?;
                fs::rename(&beside, path)
            };
            write().map_err(Error::file(path))?;
            text
        }
        Err(error) => return Err(Error::file(path)(error)),
    };
    let wrong = |why: &str| Error::Keys(format!("{}: {why}", path.display()));
    let mut keys = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let mut fields = line.split_whitespace();
        let (Some(id), Some(secret), None) = (fields.next(), fields.next(), fields.next()) else {
            return Err(wrong("a line is `<id> <64 hex digits>`"));
        };
        let mut bytes = [0; 32];
        hex::decode_to_slice(secret, &mut bytes).map_err(|_| wrong("a key is 64 hex digits"))?;
        let key = Key::new(bytes);
        if key.id != id {
            return Err(wrong("an id is not that of its key: the file was changed"));
        }
        keys.push(key);
    }
    let mut keys = keys.into_iter();
    let current = keys.next().ok_or_else(|| wrong("it holds no key"))?;
    Ok(KeyRing {
        current,
        old: keys.collect(),
    })
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;
    use crate::entropy::SeededEntropy;

    #[test]
    fn keys_are_made_once_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("keys");
        let made = Keys::open(&folder, true, &SeededEntropy::new(1)).unwrap();
        let read = Keys::open(&folder, true, &SeededEntropy::new(2)).unwrap();
        assert_eq!(made.lasting_ids(), read.lasting_ids());
        assert_ne!(
            made.receipt.current().bytes(),
            made.lookup.current().bytes()
        );
        for file in fs::read_dir(&folder).unwrap() {
            assert_eq!(
                file.unwrap().metadata().unwrap().permissions().mode() & 0o777,
                0o600
            );
        }
    }

    #[test]
    fn a_key_that_others_may_read_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("keys");
        Keys::open(&folder, true, &SeededEntropy::new(1)).unwrap();
        fs::set_permissions(folder.join("lookup"), fs::Permissions::from_mode(0o640)).unwrap();
        assert!(matches!(
            Keys::open(&folder, true, &SeededEntropy::new(1)),
            Err(Error::Keys(_))
        ));
    }

    #[test]
    fn missing_keys_are_not_made_unless_asked() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("keys");
        Keys::open(&folder, true, &SeededEntropy::new(1)).unwrap();
        fs::remove_file(folder.join("receipt")).unwrap();
        assert!(Keys::open(&folder, false, &SeededEntropy::new(1)).is_err());
    }

    #[test]
    fn a_rotated_key_still_reads_what_it_made() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("keys");
        let old = Keys::open(&folder, true, &SeededEntropy::new(1)).unwrap();
        let fresh = Key::new([7; 32]);
        let file = folder.join("contact");
        let text = fs::read_to_string(&file).unwrap();
        fs::write(
            &file,
            format!("{} {}\n{text}", fresh.id, hex::encode(fresh.bytes)),
        )
        .unwrap();
        let keys = Keys::open(&folder, false, &SeededEntropy::new(1)).unwrap();
        assert_eq!(keys.contact.current().bytes(), &[7; 32]);
        let id = old.contact.current().id();
        assert_eq!(
            keys.contact.by_id(id).unwrap().bytes(),
            old.contact.current().bytes()
        );
    }

    #[test]
    fn a_secret_is_not_printed() {
        let key = Key::new([0xab; 32]);
        assert!(!format!("{key:?}").contains("abab"));
    }

    #[test]
    fn parts_of_a_mac_are_kept_apart() {
        let key = Key::new([1; 32]);
        assert_ne!(key.mac(&[b"ab", b"c"]), key.mac(&[b"a", b"bc"]));
    }
}
