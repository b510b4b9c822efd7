//! How many streams may be open at once, in all and from one network.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::client::Network;

/// Why there is no seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Full {
    /// All are taken.
    House,
    /// This network has as many as it may have.
    Network,
}

/// The seats. Cheap to clone; all clones are one house.
#[derive(Debug, Clone)]
pub struct Seats {
    most: usize,
    per_network: usize,
    taken: Arc<Mutex<Taken>>,
}

#[derive(Debug, Default)]
struct Taken {
    all: usize,
    by_network: HashMap<Network, usize>,
}

/// A seat; leaving is dropping it.
#[derive(Debug)]
pub struct Seat {
    seats: Seats,
    network: Network,
}

impl Seats {
    /// `most` in all, `per_network` for one network.
    #[must_use]
    pub fn new(most: usize, per_network: usize) -> Self {
        Self {
            most,
            per_network,
            taken: Arc::default(),
        }
    }

    /// Takes a seat.
    ///
    /// # Errors
    /// [`Full`] if there is none; the network's own limit is told first.
    pub fn take(&self, network: Network) -> Result<Seat, Full> {
        let mut taken = self.lock();
        let here = taken.by_network.get(&network).copied().unwrap_or(0);
        if here >= self.per_network {
            return Err(Full::Network);
        }
        if taken.all >= self.most {
            return Err(Full::House);
        }
        taken.all += 1;
        taken.by_network.insert(network, here + 1);
        drop(taken);
        let seats = self.clone();
        Ok(Seat { seats, network })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Taken> {
        // Both counts move together under the lock, and nothing between them can panic.
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.seats.lock();
        taken.all -= 1;
        if let Some(here) = taken.by_network.get_mut(&self.network) {
            *here -= 1;
            if *here == 0 {
                taken.by_network.remove(&self.network);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_and_the_house_have_so_many_seats_and_get_them_back() {
        let net = |last| Network::of([198, 51, 100, last].into());
        let seats = Seats::new(3, 2);
        let first = [seats.take(net(1)).unwrap(), seats.take(net(1)).unwrap()];
        assert_eq!(seats.take(net(1)).unwrap_err(), Full::Network);
        let other = seats.take(net(2)).unwrap();
        assert_eq!(seats.take(net(2)).unwrap_err(), Full::House);
        drop(first);
        let again = seats.take(net(2)).unwrap();
        drop((other, again));
        let taken = seats.lock();
        assert!(taken.all == 0 && taken.by_network.is_empty());
    }
}
