//! What every use case works with.

use std::sync::Arc;

use domain::{
    city::City,
    decide::Rules,
    time::{Clock, Timestamp},
};
use store::{Entropy, Store};

use crate::photos::Gate;

/// The city's counter: its store, its rules, its time and its chance. Cheap to clone.
#[derive(Clone)]
pub struct Desk {
    /// Where things are kept.
    pub store: Store,
    /// The city as data.
    pub city: Arc<City>,
    /// The gate for photos.
    pub gate: Gate,
}

impl Desk {
    /// A desk over an open store.
    #[must_use]
    pub fn new(store: Store, city: Arc<City>) -> Self {
        Self {
            store,
            city,
            gate: Gate::default(),
        }
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock().now()
    }

    /// The clock.
    #[must_use]
    pub fn clock(&self) -> &Arc<dyn Clock> {
        self.store.clock()
    }

    /// The source of chance.
    #[must_use]
    pub fn entropy(&self) -> &Arc<dyn Entropy> {
        self.store.entropy()
    }

    /// The rules in force.
    #[must_use]
    pub fn rules(&self) -> Rules<'_> {
        Rules::new(&self.city)
    }
}
