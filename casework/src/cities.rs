//! The city in force: that of the files with what it changed about itself, and the next one when a
//! change begins or another process put one down.
//!
//! A [`Desk`] has one city from beginning to end of what is done with it; whoever works on takes a
//! [fresh](Desk::fresh) one.

use std::sync::{Arc, PoisonError, RwLock};

use domain::{
    city::{
        City, Finding,
        change::{Dated, Undoable, standing},
    },
    time::Timestamp,
};
use store::CityChange;

use crate::{Desk, Error, Result};

/// The city of the files and the one in force, shared by all clones of a desk.
pub(crate) struct Cities {
    /// As the files have it.
    pub(crate) base: Arc<City>,
    now: RwLock<InForce>,
}

struct InForce {
    city: Arc<City>,
    /// The number of the last change it knows; nothing is known before the first look.
    last: Option<u32>,
    /// When the next change begins.
    until: Option<Timestamp>,
    /// What the linter says of it.
    findings: Arc<Vec<Finding>>,
}

impl Cities {
    /// A city without changes, until somebody looks.
    pub(crate) fn new(base: Arc<City>) -> Self {
        let now = InForce {
            city: Arc::clone(&base),
            last: None,
            until: None,
            findings: Arc::default(),
        };
        Self {
            base,
            now: RwLock::new(now),
        }
    }

    /// The city in force.
    pub(crate) fn current(&self) -> Arc<City> {
        let now = self.now.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&now.city)
    }

    fn is_current(&self, last: u32, at: Timestamp) -> bool {
        let now = self.now.read().unwrap_or_else(PoisonError::into_inner);
        now.last == Some(last) && now.until.is_none_or(|until| at < until)
    }

    fn make(&self, changes: &[CityChange], at: Timestamp) -> std::result::Result<(), Undoable> {
        let dated: Vec<Dated> = changes.iter().map(|change| change.dated.clone()).collect();
        let city = if dated.is_empty() {
            Arc::clone(&self.base)
        } else {
            Arc::new(self.base.changed(&dated, at)?)
        };
        let findings = Arc::new(city.lint());
        let next = standing(&dated).into_iter().map(|dated| dated.from);
        let made = InForce {
            city,
            last: Some(dated.iter().map(|dated| dated.number).max().unwrap_or(0)),
            until: next.filter(|from| *from > at).min(),
            findings,
        };
        let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
        // Who began to look before another change was put down does not undo it.
        if now.last <= made.last {
            *now = made;
        }
        Ok(())
    }
}

impl Desk {
    /// The same desk with the city as it is now.
    #[must_use]
    pub fn fresh(&self) -> Self {
        let mut fresh = self.clone();
        fresh.city = self.cities.current();
        fresh
    }

    /// What the linter says of the city in force.
    #[must_use]
    pub fn findings(&self) -> Arc<Vec<Finding>> {
        let now = self.cities.now.read();
        Arc::clone(&now.unwrap_or_else(PoisonError::into_inner).findings)
    }

    /// Whether the city of this desk is the one in force.
    #[must_use]
    pub fn is_fresh(&self) -> bool {
        Arc::ptr_eq(&self.city, &self.cities.current())
    }

    /// Looks whether something was put down or begins, and makes the city that is in force from now on.
    ///
    /// # Errors
    /// The store's, and [`Error::City`] where the changes do not fit the files: the city that was in
    /// force stays.
    pub async fn renew(&self) -> Result<()> {
        let mut reading = self.store.read().await?;
        let last = reading.last_city_change().await?;
        let now = self.now();
        if self.cities.is_current(last, now) {
            return Ok(());
        }
        let changes = reading.city_changes().await?;
        drop(reading);
        let cities = Arc::clone(&self.cities);
        // Some tenths of a second, which no request should wait for.
        let made = tokio::task::spawn_blocking(move || cities.make(&changes, now)).await;
        made.map_err(|_| Error::Store(store::Error::Stopped))??;
        Ok(())
    }
}
