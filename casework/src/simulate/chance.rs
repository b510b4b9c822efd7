//! Chance with a seed.

use domain::time::Millis;
use store::{SeededEntropy, draw};

/// A source of draws; the same seed gives the same draws.
pub(super) struct Chance(SeededEntropy);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(SeededEntropy::new(seed))
    }

    /// A number below `n`; 0 for 0. The bias of the remainder is below 2⁻³² for our sizes.
    pub(super) fn below(&mut self, n: u64) -> u64 {
        u64::from_be_bytes(draw(&self.0)) % n.max(1)
    }

    /// True `share` times in a thousand.
    pub(super) fn hit(&mut self, share: u64) -> bool {
        self.below(1000) < share
    }

    /// One of these.
    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let at = self.below(from.len() as u64);
        from.get(usize::try_from(at).unwrap_or(0))
    }

    /// A span of whole seconds between two numbers of minutes, short ones likelier.
    pub(super) fn minutes(&mut self, least: u64, most: u64) -> Millis {
        let width = (most.saturating_sub(least)) * 60;
        let (a, b) = (self.below(width + 1), self.below(width + 1));
        let seconds = least * 60 + a.min(b);
        Millis::seconds(i64::try_from(seconds).unwrap_or(0))
    }

    pub(super) fn bytes<const N: usize>(&mut self) -> [u8; N] {
        draw(&self.0)
    }
}
