//! Passwords: Argon2id (RFC 9106), a few at a time, so that nobody fills the memory with them.

use std::sync::{Arc, OnceLock};

use argon2::{
    Argon2, PasswordHasher as _,
    password_hash::{PasswordVerifier as _, phc::PasswordHash},
};
use tokio::sync::Semaphore;
use zxcvbn::{Score, zxcvbn};

use crate::{Desk, Error, Result};

/// Hashed at once: each takes 19 MiB and a core for some hundredths of a second.
const AT_ONCE: usize = 2;
/// In line for it; one more is told to come back.
const WAITING: usize = 24;

/// Fewest characters of a password: with a second factor eight would do (NIST SP 800-63B-4, 3.1.1).
pub const SHORTEST: usize = 10;
/// Most characters.
pub const LONGEST: usize = 200;

/// What is wrong with a password somebody wants to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weak {
    /// Fewer than [`SHORTEST`] characters.
    Short,
    /// More than [`LONGEST`].
    Long,
    /// Among the first hundred million that anybody would try: common ones, rows of keys, the login.
    Guessable,
}

/// Whether a password will do. Not kinds of characters count, but how many guesses it takes (zxcvbn,
/// Wheeler, USENIX Security 2016).
///
/// # Errors
/// What is wrong with it.
pub fn check(password: &str, login: &str) -> Result<(), Weak> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(Weak::Short);
    }
    if length > LONGEST {
        return Err(Weak::Long);
    }
    // What is left after a hundred characters is no guess any more, and takes long to estimate.
    let looked_at: String = password.chars().take(100).collect();
    if zxcvbn(&looked_at, &[login, "huiyin", "longgang"]).score() < Score::Three {
        return Err(Weak::Guessable);
    }
    Ok(())
}

/// The place where passwords are hashed. Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct Passwords {
    room: Arc<Semaphore>,
    line: Arc<Semaphore>,
    /// What a login without a password is compared with, so that it takes as long. Made when it is
    /// first needed.
    nobody: Arc<OnceLock<String>>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self {
            room: Arc::new(Semaphore::new(AT_ONCE)),
            line: Arc::new(Semaphore::new(AT_ONCE + WAITING)),
            nobody: Arc::default(),
        }
    }
}

fn hash_now(password: &[u8], salt: &[u8]) -> Option<String> {
    // The crate's own parameters are those OWASP asks for: 19 MiB, two passes, one lane.
    let hash = Argon2::default().hash_password_with_salt(password, salt);
    hash.ok().map(|hash: PasswordHash| hash.to_string())
}

impl Passwords {
    /// Runs in the room, in turn.
    async fn in_room<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T> {
        let busy = || Error::Store(store::Error::Busy);
        let line = Arc::clone(&self.line).try_acquire_owned();
        let line = line.map_err(|_| busy())?;
        let turn = Arc::clone(&self.room).acquire_owned().await;
        let turn = turn.map_err(|_| busy())?;
        // The place is held by the work itself: whoever hangs up leaves it running.
        let done = tokio::task::spawn_blocking(move || {
            let done = work();
            drop((turn, line));
            done
        })
        .await;
        // A panic in there is nobody's password.
        done.map_err(|_| busy())
    }

    /// Hashes a password with a salt of fresh chance; a text in the PHC string format.
    ///
    /// # Errors
    /// [`store::Error::Busy`] if too many wait.
    pub async fn hash(&self, desk: &Desk, password: &str) -> Result<String> {
        let salt: [u8; 16] = store::draw(&**desk.entropy());
        let password = password.to_owned();
        let hashed = self
            .in_room(move || hash_now(password.as_bytes(), &salt))
            .await?;
        hashed.ok_or(Error::Store(store::Error::Busy))
    }

    /// Whether a password is the one of `hash`. Without one it takes as long and is not.
    ///
    /// # Errors
    /// [`store::Error::Busy`] if too many wait.
    pub async fn is(&self, password: &str, hash: Option<&str>) -> Result<bool> {
        let known = hash.is_some();
        let (hash, nobody_of) = (hash.map(str::to_owned), Arc::clone(&self.nobody));
        let password = password.to_owned();
        let same = self
            .in_room(move || {
                let nobody = || {
                    let hash = hash_now(b"nobody has this password", b"nobody's salt..");
                    hash.unwrap_or_default()
                };
                let hash = hash
                    .as_ref()
                    .unwrap_or_else(|| nobody_of.get_or_init(nobody));
                PasswordHash::new(hash).is_ok_and(|hash| {
                    Argon2::default()
                        .verify_password(password.as_bytes(), &hash)
                        .is_ok()
                })
            })
            .await?;
        Ok(same && known)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_counts_and_what_anybody_would_try_does_not_do() {
        for (password, expected) in [
            ("correct horse battery", Ok(())),
            ("桥头路灯又不亮了啊啊", Ok(())),
            ("short", Err(Weak::Short)),
            ("aaaaaaaaaaaa", Err(Weak::Guessable)),
            ("12345678901234", Err(Weak::Guessable)),
            ("abcdefghijkl", Err(Weak::Guessable)),
            ("wang.fang123", Err(Weak::Guessable)),
            ("1q2w3e4r5t", Err(Weak::Guessable)),
            ("qwertyuiop", Err(Weak::Guessable)),
            ("password1234", Err(Weak::Guessable)),
            ("Passw0rd2026", Err(Weak::Guessable)),
            ("iloveyou1314", Err(Weak::Guessable)),
        ] {
            assert_eq!(check(password, "wang.fang"), expected, "{password}");
        }
        assert_eq!(check(&"长".repeat(300), "x"), Err(Weak::Long));
    }

    #[tokio::test]
    async fn a_password_is_told_from_another_and_nobody_has_none() {
        let passwords = Passwords::default();
        let hash = hash_now("路灯不亮了啊 42".as_bytes(), &[7; 16]).unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        assert!(passwords.is("路灯不亮了啊 42", Some(&hash)).await.unwrap());
        assert!(!passwords.is("路灯不亮了啊 43", Some(&hash)).await.unwrap());
        assert!(
            !passwords
                .is("nobody has this password", None)
                .await
                .unwrap()
        );
        assert!(!passwords.is("", Some("not a hash")).await.unwrap());
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn two_hundred_at_once_are_told_to_come_back() {
        let passwords = Passwords::default();
        let all = (0..200).map(|_| passwords.is("x", None));
        let answers = futures::future::join_all(all).await;
        let busy = answers.iter().filter(|answer| answer.is_err()).count();
        assert_eq!(busy, 200 - AT_ONCE - WAITING);
    }
}
