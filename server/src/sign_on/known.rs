//! What the provider publishes about itself, and how often it is asked for it.

use std::sync::Arc;

use domain::time::{Clock, Millis, Timestamp};
use tokio::sync::Mutex;

/// How long it is believed: keys change.
const BELIEVED: Millis = Millis::minutes(10);
/// How long it is believed even where a key is not in it. Whoever brings keys that nobody knows makes it be
/// read again so often at most.
const NEW: Millis = Millis::minutes(1);
/// How long nobody is sent to a provider that has not answered.
const SPARED: Millis = Millis::seconds(10);

/// How new it has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// As it is believed.
    Believed,
    /// Newer, as far as it may be asked for again: something is not in it.
    Newer,
}

/// What is known, and since when.
struct Held<T> {
    read: Option<(Timestamp, T)>,
    failed: Option<Timestamp>,
}

/// What the provider publishes, asked for by one at a time.
pub struct Known<T> {
    clock: Arc<dyn Clock>,
    held: Mutex<Held<T>>,
}

impl<T: Clone> Known<T> {
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        let held = Mutex::new(Held {
            read: None,
            failed: None,
        });
        Self { clock, held }
    }

    /// What is known; `ask` is called where that is too old, unless it failed a moment ago. Whoever comes while
    /// somebody asks waits for that answer.
    ///
    /// # Errors
    /// Of `ask`; none where nobody asked.
    pub async fn get<E, F>(&self, wanted: Wanted, ask: impl FnOnce() -> F) -> Result<T, Option<E>>
    where
        F: Future<Output = Result<T, E>>,
    {
        let mut held = self.held.lock().await;
        let now = self.clock.now();
        let good_for = match wanted {
            Wanted::Believed => BELIEVED,
            Wanted::Newer => NEW,
        };
        if let Some((at, known)) = &held.read
            && is_within(now.since(*at), good_for)
        {
            return Ok(known.clone());
        }
        if held
            .failed
            .is_some_and(|at| is_within(now.since(at), SPARED))
        {
            return Err(None);
        }
        match ask().await {
            Ok(found) => {
                held.failed = None;
                held.read = Some((now, found.clone()));
                Ok(found)
            }
            Err(error) => {
                held.failed = Some(now);
                Err(Some(error))
            }
        }
    }
}

/// A clock that was set back makes nothing good for longer than it is.
fn is_within(age: Millis, limit: Millis) -> bool {
    age >= Millis::ZERO && age < limit
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use domain::time::MovedClock;

    use super::*;

    struct Provider {
        clock: Arc<MovedClock>,
        known: Known<u32>,
        asked: AtomicU32,
    }

    impl Provider {
        fn new() -> Self {
            let clock = Arc::new(MovedClock::new(Timestamp::from_millis(0)));
            Self {
                known: Known::new(Arc::clone(&clock) as Arc<dyn Clock>),
                clock,
                asked: AtomicU32::new(0),
            }
        }

        /// Asks a provider that is there or away; each answer is another one.
        async fn get(&self, wanted: Wanted, there: bool) -> Result<u32, Option<()>> {
            let ask = || async {
                let n = self.asked.fetch_add(1, Ordering::Relaxed) + 1;
                tokio::task::yield_now().await;
                if there { Ok(n) } else { Err(()) }
            };
            self.known.get(wanted, ask).await
        }
    }

    #[tokio::test]
    async fn keys_that_nobody_knows_are_asked_for_once_a_minute() {
        let provider = Provider::new();
        assert_eq!(provider.get(Wanted::Believed, true).await, Ok(1));
        for _ in 0..100 {
            assert_eq!(provider.get(Wanted::Newer, true).await, Ok(1));
        }
        provider.clock.advance(Millis::minutes(1));
        for _ in 0..100 {
            assert_eq!(provider.get(Wanted::Newer, true).await, Ok(2));
        }
        // What was read for one is good for all.
        provider.clock.advance(Millis::minutes(9));
        assert_eq!(provider.get(Wanted::Believed, true).await, Ok(2));
        provider.clock.advance(Millis::minutes(1));
        assert_eq!(provider.get(Wanted::Believed, true).await, Ok(3));
    }

    #[tokio::test]
    async fn a_provider_that_is_away_is_spared_and_asked_by_one_at_a_time() {
        let provider = Provider::new();
        assert_eq!(provider.get(Wanted::Believed, false).await, Err(Some(())));
        for _ in 0..100 {
            assert_eq!(provider.get(Wanted::Believed, true).await, Err(None));
        }
        provider.clock.advance(Millis::seconds(10));
        let many = (0..50).map(|_| provider.get(Wanted::Believed, true));
        for got in futures::future::join_all(many).await {
            assert_eq!(got, Ok(2), "one asked, and the others have its answer");
        }
    }
}
