//! The doors as they stand: over the city that is in force. A request gets one city from beginning to
//! end; when the city changes, the next request gets doors over the new one, with nothing rendered of
//! the old and everything that counts (throttles, seats, load) kept.

use std::sync::{Arc, PoisonError, RwLock};

use axum::extract::FromRef;

use super::{Doors, OfferPage, State};

/// Where every request takes its doors. Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct Standing(Arc<RwLock<State>>);

impl Standing {
    /// These doors, until their city changes.
    #[must_use]
    pub fn new(doors: Doors) -> Self {
        Self(Arc::new(RwLock::new(Arc::new(doors))))
    }

    /// The doors over the city that is in force.
    #[must_use]
    pub fn now(&self) -> State {
        let held = Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner));
        if held.desk.is_fresh() {
            return held;
        }
        let mut held = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if !held.desk.is_fresh() {
            *held = Arc::new(held.over_the_new_city());
        }
        Arc::clone(&held)
    }
}

impl FromRef<Standing> for State {
    fn from_ref(standing: &Standing) -> Self {
        standing.now()
    }
}

impl Doors {
    fn over_the_new_city(&self) -> Self {
        Self {
            desk: self.desk.fresh(),
            cache: self.cache.emptied(),
            offer: OfferPage::default(),
            site: Arc::clone(&self.site),
            load: Arc::clone(&self.load),
            lookups: Arc::clone(&self.lookups),
            sign_ins: Arc::clone(&self.sign_ins),
            streams: Arc::clone(&self.streams),
            forms: self.forms,
            sign_on: self.sign_on.clone(),
            reach: self.reach,
            letterbox: self.letterbox.clone(),
            https: self.https,
            read_only: self.read_only,
        }
    }
}
