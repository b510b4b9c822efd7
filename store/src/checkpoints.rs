//! Signed checkpoints: a cut tail of the log shows only against something kept elsewhere.
//!
//! One small text file each, written beside, synced, renamed and the folder synced, so that a power
//! cut leaves either the whole file or none. `verify` compares them all with the log.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::chain::Hash;
use domain::time::Timestamp;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

use crate::keys::Keys;
use crate::{Error, Result, Store};

/// The state of the log at a moment, signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Last position.
    pub position: u64,
    /// The chain there.
    pub chain: Hash,
    /// When it was signed.
    pub at: Timestamp,
    /// Id of the signing key.
    pub key: String,
    signature: [u8; 64],
}

const TITLE: &str = "huiyin/1 checkpoint";

fn body(position: u64, chain: &Hash, at: Timestamp, key: &str) -> String {
    format!(
        "{TITLE}\nposition {position}\nchain {}\nat {}\nkey {key}\n",
        hex::encode(chain),
        at.millis()
    )
}

impl Checkpoint {
    /// The checkpoint as people and programs read it.
    pub fn to_text(&self) -> String {
        let signature = STANDARD.encode(self.signature);
        format!(
            "{}signature {signature}\n",
            body(self.position, &self.chain, self.at, &self.key)
        )
    }

    /// Reads a checkpoint; `None` if it is none. Its signature is not checked by this.
    pub fn from_text(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        if lines.next() != Some(TITLE) {
            return None;
        }
        let mut field = |name: &str| lines.next()?.strip_prefix(name)?.strip_prefix(' ');
        let position = field("position")?.parse().ok()?;
        let mut chain = [0; 32];
        hex::decode_to_slice(field("chain")?, &mut chain).ok()?;
        let at = Timestamp::from_millis(field("at")?.parse().ok()?);
        let key = field("key")?.to_owned();
        let signature = STANDARD.decode(field("signature")?).ok()?.try_into().ok()?;
        let checkpoint = Self {
            position,
            chain,
            at,
            key,
            signature,
        };
        // One text per checkpoint, so that nothing hides in spaces or after the end.
        (checkpoint.to_text() == text).then_some(checkpoint)
    }

    /// Whether `key` signed it.
    pub fn is_signed_by(&self, key: &VerifyingKey) -> bool {
        let body = body(self.position, &self.chain, self.at, &self.key);
        key.verify_strict(body.as_bytes(), &Signature::from_bytes(&self.signature))
            .is_ok()
    }
}

/// The folder of checkpoints and the key that signs them.
#[derive(Debug, Clone)]
pub struct Checkpoints {
    folder: PathBuf,
    signer: SigningKey,
    signer_id: String,
    known: Vec<(String, VerifyingKey)>,
}

impl Checkpoints {
    pub(crate) fn open(folder: &Path, keys: &Keys) -> Result<Self> {
        fs::create_dir_all(folder).map_err(Error::file(folder))?;
        let current = keys.checkpoint.current();
        let verifying = |key: &crate::keys::Key| {
            (
                key.id().to_owned(),
                SigningKey::from_bytes(key.bytes()).verifying_key(),
            )
        };
        Ok(Self {
            folder: folder.to_owned(),
            signer: SigningKey::from_bytes(current.bytes()),
            signer_id: current.id().to_owned(),
            known: keys.checkpoint.all().map(verifying).collect(),
        })
    }

    /// Whether a key of this city signed it.
    pub fn is_ours(&self, checkpoint: &Checkpoint) -> bool {
        self.known
            .iter()
            .any(|(id, key)| *id == checkpoint.key && checkpoint.is_signed_by(key))
    }

    /// Signs the end of the log and keeps it.
    pub(crate) fn keep(&self, position: u64, chain: Hash, at: Timestamp) -> Result<Checkpoint> {
        let text = body(position, &chain, at, &self.signer_id);
        let signature = self.signer.sign(text.as_bytes()).to_bytes();
        let key = self.signer_id.clone();
        let checkpoint = Checkpoint {
            position,
            chain,
            at,
            key,
            signature,
        };
        let path = self.folder.join(format!("{position:020}.txt"));
        let beside = self.folder.join(format!("{position:020}.new"));
        let write = || -> std::io::Result<()> {
            let mut file = File::create(&beside)?;
            file.write_all(checkpoint.to_text().as_bytes())?;
            file.sync_all()?;
            fs::rename(&beside, &path)?;
            File::open(&self.folder)?.sync_all()
        };
        write().map_err(Error::file(&path))?;
        Ok(checkpoint)
    }

    /// All checkpoints in the order of their positions; a file that is none is an error naming it.
    pub fn all(&self) -> Result<Vec<Checkpoint>> {
        let mut found = Vec::new();
        for entry in fs::read_dir(&self.folder).map_err(Error::file(&self.folder))? {
            let path = entry.map_err(Error::file(&self.folder))?.path();
            if path.extension().is_none_or(|extension| extension != "txt") {
                continue;
            }
            let text = fs::read_to_string(&path).map_err(Error::file(&path))?;
            found.push(
                Checkpoint::from_text(&text)
                    .ok_or_else(|| Error::corrupt("checkpoints", "file", path.display()))?,
            );
        }
        found.sort_by_key(|checkpoint| checkpoint.position);
        Ok(found)
    }

    /// The newest checkpoint.
    pub fn last(&self) -> Result<Option<Checkpoint>> {
        Ok(self.all()?.pop())
    }
}

impl Store {
    /// Signs a checkpoint of the log as it is now; `None` if it has not grown since the last one.
    pub async fn checkpoint(&self) -> Result<Option<Checkpoint>> {
        let (position, chain) = self.read().await?.log_end().await?;
        if position == 0 {
            return Ok(None);
        }
        let checkpoints = self.checkpoints().clone();
        let at = self.clock().now();
        let keep = move || {
            if checkpoints.has(position) {
                Ok(None)
            } else {
                checkpoints.keep(position, chain, at).map(Some)
            }
        };
        tokio::task::spawn_blocking(keep)
            .await
            .map_err(|_| Error::Stopped)?
    }
}

impl Checkpoints {
    fn has(&self, position: u64) -> bool {
        self.folder.join(format!("{position:020}.txt")).exists()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::SeededEntropy;

    fn checkpoints(folder: &Path, seed: u64) -> Checkpoints {
        let keys = Keys::open(&folder.join("keys"), true, &SeededEntropy::new(seed)).unwrap();
        Checkpoints::open(&folder.join("checkpoints"), &keys).unwrap()
    }

    #[test]
    fn what_was_kept_is_read_and_ours() {
        let folder = tempfile::tempdir().unwrap();
        let ours = checkpoints(folder.path(), 1);
        let kept = ours.keep(7, [3; 32], Timestamp::from_millis(5)).unwrap();
        assert_eq!(ours.all().unwrap(), vec![kept.clone()]);
        assert!(ours.is_ours(&kept));
        let elsewhere = tempfile::tempdir().unwrap();
        assert!(!checkpoints(elsewhere.path(), 2).is_ours(&kept));
    }

    #[test]
    fn a_changed_checkpoint_is_not_signed() {
        let folder = tempfile::tempdir().unwrap();
        let ours = checkpoints(folder.path(), 1);
        let kept = ours.keep(7, [3; 32], Timestamp::from_millis(5)).unwrap();
        for changed in [
            Checkpoint {
                position: 8,
                ..kept.clone()
            },
            Checkpoint {
                chain: [4; 32],
                ..kept.clone()
            },
            Checkpoint {
                at: Timestamp::from_millis(6),
                ..kept.clone()
            },
        ] {
            assert!(!ours.is_ours(&changed));
        }
        assert!(Checkpoint::from_text(&format!("{} ", kept.to_text())).is_none());
    }
}
