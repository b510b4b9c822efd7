//! Chance, passed in: the same program with the same seed does the same thing.

use std::sync::Mutex;

use rand::TryRng as _;
use sha2::{Digest, Sha256};

/// A source of random bytes.
pub trait Entropy: Send + Sync {
    /// Fills `bytes`.
    fn fill(&self, bytes: &mut [u8]);
}

/// Draws `N` random bytes.
pub fn draw<const N: usize>(entropy: &dyn Entropy) -> [u8; N] {
    let mut bytes = [0; N];
    entropy.fill(&mut bytes);
    bytes
}

/// The operating system's source, for everything that must not be guessed.
#[derive(Debug, Clone, Copy, Default)]
pub struct OsEntropy;

impl Entropy for OsEntropy {
    /// # Panics
    /// If the operating system has no randomness to give: nothing may go on without it.
    fn fill(&self, bytes: &mut [u8]) {
        rand::rngs::SysRng
            .try_fill_bytes(bytes)
            .expect("the operating system gives randomness");
    }
}

/// SHA-256 in counter mode from a seed, for tests and simulated histories: never for secrets.
#[derive(Debug)]
pub struct SeededEntropy(Mutex<Seeded>);

#[derive(Debug)]
struct Seeded {
    seed: [u8; 32],
    counter: u64,
    rest: Vec<u8>,
}

impl SeededEntropy {
    /// The sequence of `seed`.
    pub fn new(seed: u64) -> Self {
        let seed = Sha256::digest(seed.to_be_bytes()).into();
        Self(Mutex::new(Seeded {
            seed,
            counter: 0,
            rest: Vec::new(),
        }))
    }
}

impl Entropy for SeededEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        // A panic elsewhere leaves whole bytes behind, so a poisoned state is still a sequence.
        let mut state = self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        for byte in bytes {
            if state.rest.is_empty() {
                let mut block = Sha256::new();
                block.update(state.seed);
                block.update(state.counter.to_be_bytes());
                state.counter += 1;
                state.rest = block.finalize().to_vec();
            }
            *byte = state.rest.pop().unwrap_or_default();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_one_sequence_and_another_seed_another() {
        let a = SeededEntropy::new(1);
        let b = SeededEntropy::new(1);
        let c = SeededEntropy::new(2);
        let first: [u8; 40] = draw(&a);
        assert_eq!(first, draw(&b));
        assert_ne!(first, draw(&c));
        assert_ne!(first, draw(&a), "it goes on");
    }
}
