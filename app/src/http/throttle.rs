//! Counting by network, in bounded memory, by a clock that is handed in.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use domain::time::{Millis, Timestamp};

use super::client::Network;

/// Networks remembered at once. One costs about 50 bytes, so this is some 5 MB.
const NETWORKS: usize = 100_000;

/// How many things happened in a sliding window, one counter per network.
///
/// Two buckets of one window's length give the usual estimate: the present bucket, and the share of
/// the one before that still lies in the window. It never lets more than twice the limit through in
/// any window, and on steady traffic is exact to a few per cent.
#[derive(Debug)]
pub struct Window {
    length: Millis,
    room: usize,
    counts: HashMap<Network, Count>,
}

#[derive(Debug, Clone, Copy)]
struct Count {
    bucket: i64,
    now: u32,
    before: u32,
}

impl Window {
    /// A window of `length`, which must be longer than nothing.
    pub fn new(length: Millis) -> Self {
        Self::with_room(length, NETWORKS)
    }

    fn with_room(length: Millis, room: usize) -> Self {
        let length = if length > Millis::ZERO {
            length
        } else {
            Millis::SECOND
        };
        Self {
            length,
            room,
            counts: HashMap::new(),
        }
    }

    /// How many `network` has in the window that ends at `now`.
    pub fn count(&self, network: Network, now: Timestamp) -> u32 {
        self.counts.get(&network).map_or(0, |count| {
            count
                .rolled(self.bucket(now))
                .estimate(self.passed(now), self.length)
        })
    }

    /// Counts one more at `now`. Returns false, and counts nothing, if so many networks are active
    /// that none can be forgotten: the caller should treat that as a crowd.
    pub fn add(&mut self, network: Network, now: Timestamp) -> bool {
        let bucket = self.bucket(now);
        if !self.counts.contains_key(&network) && self.counts.len() >= self.room {
            self.counts.retain(|_, count| count.bucket + 1 >= bucket);
            if self.counts.len() >= self.room {
                return false;
            }
        }
        let entry = self.counts.entry(network).or_insert(Count {
            bucket,
            now: 0,
            before: 0,
        });
        *entry = entry.rolled(bucket);
        entry.now = entry.now.saturating_add(1);
        true
    }

    fn bucket(&self, now: Timestamp) -> i64 {
        now.millis().div_euclid(self.length.millis())
    }

    fn passed(&self, now: Timestamp) -> i64 {
        now.millis().rem_euclid(self.length.millis())
    }
}

impl Count {
    /// The same counter seen from `bucket`. A clock that goes back keeps what is counted.
    fn rolled(self, bucket: i64) -> Self {
        match bucket - self.bucket {
            i64::MIN..=0 => self,
            1 => Self {
                bucket,
                now: 0,
                before: self.now,
            },
            _ => Self {
                bucket,
                now: 0,
                before: 0,
            },
        }
    }

    fn estimate(self, passed: i64, length: Millis) -> u32 {
        let left = length.millis() - passed;
        let before = i64::from(self.before) * left / length.millis();
        self.now
            .saturating_add(u32::try_from(before).unwrap_or(u32::MAX))
    }
}

/// A bucket that holds `burst` and refills evenly.
#[derive(Debug, Clone, Copy)]
pub struct Bucket {
    burst: u32,
    refill: Millis,
    /// The level is kept as the instant at which the bucket was, or will be, full (the "generic
    /// cell rate algorithm"): one number, nothing to tick.
    full_at: Timestamp,
}

impl Bucket {
    /// Holds `burst`; one is added every `refill`.
    pub fn new(burst: u32, refill: Millis) -> Self {
        Self {
            burst: burst.max(1),
            refill,
            full_at: Timestamp::from_millis(i64::MIN / 2),
        }
    }

    /// Takes one, or says how long until there is one.
    ///
    /// # Errors
    /// The wait, if the bucket is empty.
    pub fn take(&mut self, now: Timestamp) -> Result<(), Millis> {
        let span = self.refill.millis().saturating_mul(i64::from(self.burst));
        let full_at = self
            .full_at
            .millis()
            .max(now.millis())
            .saturating_add(self.refill.millis());
        // A clock set back by hours must not lock everybody out for hours.
        let full_at = full_at.min(now.millis().saturating_add(span + self.refill.millis()));
        let wait = full_at - now.millis() - span;
        if wait > 0 {
            return Err(Millis::new(wait));
        }
        self.full_at = Timestamp::from_millis(full_at);
        Ok(())
    }
}

/// Looking up receipts: few tries per network, few in all, so that no code can be guessed.
#[derive(Debug)]
pub struct LookupThrottle {
    per_network: u32,
    state: Mutex<LookupState>,
}

#[derive(Debug)]
struct LookupState {
    all: Bucket,
    networks: HashMap<Network, Bucket>,
    devices: HashMap<String, Bucket>,
}

impl LookupThrottle {
    /// `per_minute` for one network (also the burst), `per_second` in all.
    pub fn new(per_minute: u32, per_second: u32) -> Self {
        let per_second = per_second.max(1);
        let all = Bucket::new(per_second, Millis::new(1_000 / i64::from(per_second)));
        let state = LookupState {
            all,
            networks: HashMap::new(),
            devices: HashMap::new(),
        };
        Self {
            per_network: per_minute.max(1),
            state: Mutex::new(state),
        }
    }

    /// One try of `network` at `now`.
    ///
    /// # Errors
    /// How long to wait; the try must not be made then.
    pub fn take(&self, network: Network, now: Timestamp) -> Result<(), Millis> {
        let refill = Millis::new(60_000 / i64::from(self.per_network));
        let fresh = Bucket::new(self.per_network, refill);
        // A counter is whole after every step, so a panic elsewhere leaves nothing half done.
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.networks.len() >= NETWORKS {
            state.networks.retain(|_, bucket| bucket.full_at > now);
            if state.networks.len() >= NETWORKS && !state.networks.contains_key(&network) {
                return Err(Millis::MINUTE);
            }
        }
        state.networks.entry(network).or_insert(fresh).take(now)?;
        state.all.take(now)
    }

    /// One try of a browser that is known, which has a measure of its own, beside all others.
    ///
    /// # Errors
    /// How long to wait; the try must not be made then.
    pub fn take_of_device(&self, device: &str, now: Timestamp) -> Result<(), Millis> {
        let refill = Millis::new(60_000 / i64::from(self.per_network));
        let fresh = Bucket::new(self.per_network, refill);
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.devices.len() >= NETWORKS {
            state.devices.retain(|_, bucket| bucket.full_at > now);
        }
        let bucket = state.devices.entry(device.to_owned()).or_insert(fresh);
        bucket.take(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(1_800_000_000_000 + millis)
    }

    fn net(n: u8) -> Network {
        Network::of([198, 51, 100, n].into())
    }

    #[test]
    fn a_window_slides() {
        let mut window = Window::new(Millis::seconds(10));
        for _ in 0..10 {
            assert!(window.add(net(1), at(0)));
        }
        assert_eq!(window.count(net(1), at(9_999)), 10);
        assert_eq!(window.count(net(1), at(15_000)), 5);
        assert_eq!(window.count(net(1), at(20_000)), 0);
        assert_eq!(window.count(net(2), at(0)), 0);
    }

    #[test]
    fn a_full_window_forgets_the_idle_and_says_so_when_it_cannot() {
        let mut window = Window::with_room(Millis::seconds(10), 2);
        assert!(window.add(net(1), at(0)) && window.add(net(2), at(0)));
        assert!(!window.add(net(3), at(5_000)), "both others are active");
        assert!(window.add(net(1), at(5_000)), "a known one still counts");
        assert!(
            window.add(net(3), at(25_000)),
            "the others are idle and forgotten"
        );
    }

    #[test]
    fn a_clock_that_goes_back_keeps_the_count() {
        let mut window = Window::new(Millis::seconds(10));
        assert!(window.add(net(1), at(30_000)));
        assert_eq!(window.count(net(1), at(0)), 1);
    }

    #[test]
    fn a_bucket_gives_its_burst_and_then_its_rate() {
        let mut bucket = Bucket::new(5, Millis::seconds(12));
        for _ in 0..5 {
            assert_eq!(bucket.take(at(0)), Ok(()));
        }
        assert_eq!(bucket.take(at(0)), Err(Millis::seconds(12)));
        assert_eq!(bucket.take(at(11_999)), Err(Millis::new(1)));
        assert_eq!(bucket.take(at(12_000)), Ok(()));
        assert!(bucket.take(at(12_000)).is_err());
        // Set back by a day: the wait stays one refill, not a day.
        assert_eq!(bucket.take(at(-86_400_000)), Err(Millis::seconds(12)));
    }

    #[test]
    fn receipts_are_looked_up_five_times_a_minute() {
        let throttle = LookupThrottle::new(5, 10);
        for _ in 0..5 {
            assert!(throttle.take(net(1), at(0)).is_ok());
        }
        assert!(throttle.take(net(1), at(0)).is_err());
        assert!(throttle.take(net(1), at(12_000)).is_ok());
        let passed = (2..100)
            .filter(|n| throttle.take(net(*n), at(20_000)).is_ok())
            .count();
        assert_eq!(passed, 10, "ten a second in all, whoever asks");
    }
}
