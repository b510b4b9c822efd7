//! What proves who a member of staff is: the secret of their authenticator (sealed), recovery codes
//! (keyed hashes), and how often somebody tried and failed. Passwords stand with the person, hashed.

use domain::time::{Millis, Timestamp};

use crate::cases::number;
use crate::cipher::{self, NONCE, Secret};
use crate::engine::{execute, fetch_optional, statements};
use crate::keys::Key;
use crate::tx::{Reading, Tx};
use crate::{Error, Result, Store};

statements! {
    PUT_FACTOR = "INSERT INTO second_factor (person, key_id, nonce, ciphertext, last_step) \
                  VALUES ($1, $2, $3, $4, $5) ON CONFLICT (person) DO UPDATE SET \
                  key_id = excluded.key_id, nonce = excluded.nonce, \
                  ciphertext = excluded.ciphertext, last_step = excluded.last_step";
    FACTOR = "SELECT key_id, nonce, ciphertext FROM second_factor WHERE person = $1";
    USE_STEP = "UPDATE second_factor SET last_step = $2 WHERE person = $1 AND last_step < $2";
    ERASE_FACTOR = "DELETE FROM second_factor WHERE person = $1";
    PUT_CODE = "INSERT INTO recovery_code (person, hash) VALUES ($1, $2)";
    USE_CODE = "DELETE FROM recovery_code WHERE person = $1 AND hash = $2";
    CODES_LEFT = "SELECT COUNT(*) FROM recovery_code WHERE person = $1";
    ERASE_CODES = "DELETE FROM recovery_code WHERE person = $1";
    TRIES = "SELECT failures, wait_until FROM sign_in_try WHERE subject = $1";
    FAIL = "INSERT INTO sign_in_try (subject, failures, wait_until) VALUES ($1, $2, $3) \
            ON CONFLICT (subject) DO UPDATE SET failures = excluded.failures, \
            wait_until = excluded.wait_until";
    FORGET = "DELETE FROM sign_in_try WHERE subject = $1";
    SWEEP = "DELETE FROM sign_in_try WHERE wait_until < $1";
}

/// Failed tries are forgotten after a day without another.
const TRIES_KEPT: Millis = Millis::days(1);

/// What tries are counted for: a login, or a browser that has signed in before. A keyed hash, since
/// people type passwords where a login is asked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Subject([u8; 32]);

/// Failed tries in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tries {
    /// How many.
    pub failures: u32,
    /// Until when no other is looked at.
    pub wait_until: Timestamp,
}

/// A recovery code as it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryHash([u8; 32]);

/// The contact keys seal contacts with themselves; for another purpose another key is derived.
fn factor_secret(key: &Key) -> Secret {
    key.mac(&[b"second factor/1"])
}

impl Store {
    /// The subject of a login as typed.
    pub fn try_of_login(&self, login: &str) -> Subject {
        self.subject(b"login", login)
    }

    /// The subject of a known device.
    pub fn try_of_device(&self, device: &str) -> Subject {
        self.subject(b"device", device)
    }

    fn subject(&self, kind: &[u8], of: &str) -> Subject {
        let key = self.keys().session.current();
        Subject(key.mac(&[b"sign-in try/1", kind, of.as_bytes()]))
    }

    /// The hash a recovery code of a person is kept as.
    pub fn recovery_hash(&self, person: &str, code: &str) -> RecoveryHash {
        recovery_hash(self.keys().lookup.current(), person, code)
    }
}

fn recovery_hash(key: &Key, person: &str, code: &str) -> RecoveryHash {
    RecoveryHash(key.mac(&[b"recovery/1", person.as_bytes(), code.as_bytes()]))
}

impl Reading {
    /// The secret of a person's authenticator; `None` if they have none.
    ///
    /// # Errors
    /// [`Error::Sealed`] if its key is gone, and the database's.
    pub async fn second_factor(&mut self, person: &str) -> Result<Option<Vec<u8>>> {
        type Row = (String, Vec<u8>, Vec<u8>);
        let Some((key, nonce, sealed)) = fetch_optional!(self, Row, FACTOR, person)? else {
            return Ok(None);
        };
        self.open_factor(person, &key, &nonce, &sealed).map(Some)
    }

    pub(crate) fn open_factor(
        &self,
        person: &str,
        key: &str,
        nonce: &[u8],
        sealed: &[u8],
    ) -> Result<Vec<u8>> {
        let key = self.shared.keys.contact.by_id(key).ok_or(Error::Sealed)?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| Error::Sealed)?;
        cipher::open(&factor_secret(key), nonce, person.as_bytes(), sealed)
    }

    /// How many recovery codes a person has left.
    pub async fn recovery_codes_left(&mut self, person: &str) -> Result<u32> {
        let row = fetch_optional!(self, (i64,), CODES_LEFT, person)?;
        Ok(row.map_or(0, |(left,)| number(left)))
    }

    /// Failed tries of a subject.
    pub async fn tries(&mut self, subject: Subject) -> Result<Option<Tries>> {
        let row = fetch_optional!(self, (i64, i64), TRIES, subject.0.as_slice())?;
        Ok(row.map(|(failures, until)| Tries {
            failures: number(failures),
            wait_until: Timestamp::from_millis(until),
        }))
    }
}

impl Tx {
    /// Keeps, or replaces, the secret of a person's authenticator. `step` is the time step of the
    /// code that proved it: that code was used.
    pub async fn put_second_factor(
        &mut self,
        person: &str,
        secret: &[u8],
        step: i64,
    ) -> Result<()> {
        let (key, nonce, sealed) = self.seal_factor(person, secret)?;
        let (nonce, sealed) = (nonce.as_slice(), sealed.as_slice());
        execute!(self, PUT_FACTOR, person, key, nonce, sealed, step).map(|_| ())
    }

    /// The id of the key, the nonce and the sealed secret.
    pub(crate) fn seal_factor(
        &mut self,
        person: &str,
        secret: &[u8],
    ) -> Result<(String, [u8; NONCE], Vec<u8>)> {
        let mut nonce = [0; NONCE];
        self.random(&mut nonce);
        let key = self.shared.keys.contact.current().clone();
        let sealed = cipher::seal(&factor_secret(&key), nonce, person.as_bytes(), secret)?;
        Ok((key.id().to_owned(), nonce, sealed))
    }

    /// Uses the code of a time step, once: `false` if it, or a later one, was used before.
    pub async fn use_step(&mut self, person: &str, step: i64) -> Result<bool> {
        Ok(execute!(self, USE_STEP, person, step)? == 1)
    }

    /// Forgets the authenticator and the recovery codes of a person.
    pub async fn erase_second_factor(&mut self, person: &str) -> Result<()> {
        execute!(self, ERASE_FACTOR, person)?;
        execute!(self, ERASE_CODES, person).map(|_| ())
    }

    /// Replaces the recovery codes of a person.
    pub async fn put_recovery_codes(&mut self, person: &str, codes: &[RecoveryHash]) -> Result<()> {
        execute!(self, ERASE_CODES, person)?;
        for code in codes {
            execute!(self, PUT_CODE, person, code.0.as_slice())?;
        }
        Ok(())
    }

    /// Uses a recovery code, once; `false` if it is none of theirs.
    pub async fn use_recovery_code(&mut self, person: &str, code: &str) -> Result<bool> {
        let keys = std::sync::Arc::clone(&self.shared.keys);
        for key in keys.lookup.all() {
            let hash = recovery_hash(key, person, code);
            if execute!(self, USE_CODE, person, hash.0.as_slice())? == 1 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Writes down failed tries.
    pub async fn put_tries(&mut self, subject: Subject, tries: Tries) -> Result<()> {
        let (failures, until) = (i64::from(tries.failures), tries.wait_until.millis());
        execute!(self, FAIL, subject.0.as_slice(), failures, until).map(|_| ())
    }

    /// Forgets failed tries: one succeeded.
    pub async fn forget_tries(&mut self, subject: Subject) -> Result<()> {
        execute!(self, FORGET, subject.0.as_slice()).map(|_| ())
    }

    /// Forgets tries that are long past.
    pub async fn sweep_tries(&mut self) -> Result<u64> {
        let before = self.now().millis() - TRIES_KEPT.millis();
        execute!(self, SWEEP, before)
    }
}
