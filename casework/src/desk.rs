//! What every use case works with.

use std::sync::Arc;

use domain::{
    city::City,
    decide::Rules,
    ids::CaseId,
    time::{Clock, Millis, Timestamp},
};
use store::{Entropy, Rollups, Search, Store};

use tokio::sync::Mutex;

use crate::{
    Result, cities::Cities, live::Live, passwords::Passwords, photos::Gate, stage::Room,
    supervision::Reckoned, tell,
};

/// The city's counter: its store, its rules, its time and its chance. Cheap to clone.
#[derive(Clone)]
pub struct Desk {
    /// Where things are kept.
    pub store: Store,
    /// The city as data, as it is for what is done with this desk.
    pub city: Arc<City>,
    pub(crate) cities: Arc<Cities>,
    /// The gate for photos.
    pub gate: Gate,
    /// How much may be staged.
    pub room: Room,
    /// Where passwords are hashed.
    pub passwords: Passwords,
    /// Who is told at once that something happened; silent unless the desk is [`following`].
    ///
    /// [`following`]: Self::following
    pub live: Live,
    /// The week that was reckoned last; one is reckoned at a time.
    pub(crate) week: Arc<Mutex<Option<Reckoned>>>,
    search: Option<Search>,
}

impl Desk {
    /// A desk over an open store. Its city is that of the files until it is [renewed](Self::renew).
    #[must_use]
    pub fn new(store: Store, city: Arc<City>) -> Self {
        Self {
            store,
            cities: Arc::new(Cities::new(Arc::clone(&city))),
            city,
            gate: Gate::default(),
            room: Room::default(),
            passwords: Passwords::default(),
            live: Live::default(),
            week: Arc::default(),
            search: None,
        }
    }

    /// The same desk with its followers at work: figures, the search index and the live stream keep
    /// up with the log until the store stops.
    ///
    /// # Errors
    /// If the search index can be neither read nor begun anew.
    pub async fn following(mut self) -> Result<Self> {
        let (search, indexer) = Search::open(&self.store).await?;
        self.store.follow(indexer).await;
        self.store
            .follow(Rollups::new(self.city.time.clone()))
            .await;
        self.live.follow(&self.store).await;
        tell::begin(&self.store).await?;
        self.store.follow(tell::Teller).await;
        self.search = Some(search);
        Ok(self)
    }

    /// Brings figures and search index up to the end of the log, once.
    ///
    /// # Errors
    /// The store's.
    pub async fn catch_up(&self) -> Result<()> {
        let (_, mut indexer) = Search::open(&self.store).await?;
        let mut rollups = Rollups::new(self.city.time.clone());
        let search = self.store.catch_up(&mut indexer);
        let figures = self.store.catch_up(&mut rollups);
        futures::try_join!(search, figures)?;
        Ok(())
    }

    /// Cases whose public words hold all of these words, the latest first; nothing where nobody
    /// keeps an index.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn find(&self, words: &str) -> Result<Vec<CaseId>> {
        match &self.search {
            Some(search) => Ok(search.find(words)?.ids),
            None => Ok(Vec::new()),
        }
    }

    /// How far the search is behind.
    #[must_use]
    pub fn search_lag(&self) -> Millis {
        self.search
            .as_ref()
            .map_or(Millis::ZERO, |search| search.lag(&self.store))
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
