//! Opening what the commands work on: the store, the city, the desk over both.

use std::sync::Arc;

use anyhow::Context as _;
use casework::Desk;
use casework::city_files::{load_city, load_embedded};
use casework::photos::Gate;
use casework::stage::Room;
use domain::city::City;
use domain::time::{Clock, Timestamp};
use futures::FutureExt as _;
use futures::future::BoxFuture;
use store::{OpenOptions, OsEntropy, Role, Store};

use crate::clock::SystemClock;
use crate::health::{Ask, Finding, Health, clock, disk};
use crate::settings::Settings;

/// Photos in line for decoding; one more is told to come back.
const PHOTOS_WAITING: usize = 32;

/// Name of the SQLite file in the data folder.
const DATABASE_FILE: &str = "huiyin.sqlite";

/// The calendar should reach this far ahead, in days; the State Council publishes the next year's
/// in November.
const CALENDAR_AHEAD: i64 = 45;

impl Settings {
    /// The database, with the default filled in.
    pub fn database(&self) -> String {
        if self.database_url.is_empty() {
            format!("sqlite:{}", self.data_dir.join(DATABASE_FILE).display())
        } else {
            self.database_url.clone()
        }
    }

    /// The city: the files of the set folder, or the demo city that is built in.
    ///
    /// # Errors
    /// If a file is missing or says something that cannot be.
    pub fn city(&self) -> anyhow::Result<City> {
        if self.city_dir.as_os_str().is_empty() {
            Ok(load_embedded()?)
        } else {
            load_city(&self.city_dir)
                .with_context(|| format!("the city's files in {}", self.city_dir.display()))
        }
    }

    /// A small city just starts: where the default database does not exist yet, it is made. An
    /// older one is never changed by serving; that is what `huiyin migrate` is for.
    ///
    /// # Errors
    /// If it cannot be made.
    pub async fn make_fresh_database(&self) -> anyhow::Result<()> {
        if self.database_url.is_empty() && !self.data_dir.join(DATABASE_FILE).exists() {
            std::fs::create_dir_all(&self.data_dir)
                .with_context(|| format!("making the folder {}", self.data_dir.display()))?;
            store::migrate(&self.database(), &self.data_dir)
                .await
                .context("making the database")?;
        }
        Ok(())
    }

    /// Opens the store, making the data folder where it is to be written.
    ///
    /// # Errors
    /// If the store is locked by another process, of another schema, or cannot be reached.
    pub async fn open_store(&self, role: Role, demo: bool) -> anyhow::Result<Store> {
        if role != Role::Look {
            std::fs::create_dir_all(&self.data_dir)
                .with_context(|| format!("making the folder {}", self.data_dir.display()))?;
        }
        Store::open(OpenOptions {
            role,
            demo,
            allow_unsafe_postgres: self.allow_unsafe_postgres,
            connections: self.database_connections,
            ..OpenOptions::new(
                self.database(),
                self.data_dir.clone(),
                Arc::new(SystemClock),
                Arc::new(OsEntropy),
            )
        })
        .await
        .context("opening the store")
    }

    /// Opens store and city.
    ///
    /// # Errors
    /// As [`Settings::open_store`] and [`Settings::city`].
    pub async fn open_desk(&self, role: Role, demo: bool) -> anyhow::Result<Desk> {
        // The city first: a mistake in its files is told before any lock is taken.
        let city = Arc::new(self.city()?);
        let mut desk = Desk::new(self.open_store(role, demo).await?, city);
        desk.renew()
            .await
            .context("making the city of its files and of what it changed")?;
        desk = desk.fresh();
        desk.gate = Gate::new(self.photo_workers.max(1), PHOTOS_WAITING);
        desk.room = Room {
            per_address: u64::from(self.staged_per_hour),
            in_all: self.staged_bytes,
        };
        Ok(desk)
    }

    /// The checks of `/readyz`. Schema and lock are not among them: a server without them does not
    /// start.
    pub fn health(&self, desk: &Desk) -> Health {
        let last = desk.store.clone();
        let last_event = Arc::new(move || last_event(last.clone()).boxed());
        Health::default()
            .with("store", store_writes(desk.store.clone()))
            .with("disk", disk(self.data_dir.clone(), self.disk_min_percent))
            .with("calendar", calendar(desk))
            .with("clock", clock(Arc::clone(desk.clock()), last_event))
            .with("jobs", put_aside(desk.store.clone()))
    }
}

/// Whether the writer takes work and answers: an empty write goes through the same queue and the
/// same commit as a filing.
fn store_writes(store: Store) -> Ask {
    Arc::new(move || {
        let store = store.clone();
        async move {
            let nothing = store
                .write(|_| async { Ok::<_, store::Error>(()) }.boxed())
                .await;
            if nothing.is_ok() {
                Finding::Good
            } else {
                Finding::Bad("the store does not take anything")
            }
        }
        .boxed()
    })
}

/// Warns when something owed to the outside was put aside after its last try: `huiyin jobs` shows it.
fn put_aside(store: Store) -> Ask {
    Arc::new(move || {
        let store = store.clone();
        async move {
            let dead = async { store.read().await?.dead_jobs().await };
            match dead.await {
                Ok(dead) if dead.is_empty() => Finding::Good,
                Ok(_) => Finding::Warn("letters or other work were put aside"),
                Err(_) => Finding::Bad("the store does not answer"),
            }
        }
        .boxed()
    })
}

/// Warns before the calendar of holidays ends: later limits would be provisional.
fn calendar(desk: &Desk) -> Ask {
    let (city, clock) = (Arc::clone(&desk.city), Arc::clone(desk.clock()));
    Arc::new(move || {
        let (city, clock) = (Arc::clone(&city), Arc::clone(&clock));
        async move { judge_calendar(&city, clock.as_ref()) }.boxed()
    })
}

fn judge_calendar(city: &City, clock: &dyn Clock) -> Finding {
    let ahead = clock.now().plus(domain::time::Millis::days(CALENDAR_AHEAD));
    if domain::time::CityTime::china().civil(ahead).date > city.calendar.covers_until() {
        Finding::Warn("the calendar of holidays ends soon")
    } else {
        Finding::Good
    }
}

/// When the last thing happened, if anything did. A store that does not answer is another check's
/// finding.
fn last_event(store: Store) -> BoxFuture<'static, Option<Timestamp>> {
    async move {
        let mut reading = store.read().await.ok()?;
        let position = store.log_position().checked_sub(1)?;
        let last = reading.log_after(position, 1).await.ok()?;
        last.first().map(|logged| logged.recorded.at)
    }
    .boxed()
}

#[cfg(test)]
mod tests {
    use domain::time::{CityTime, MovedClock, parse_date};

    use super::*;

    #[test]
    fn the_calendar_warns_before_it_ends() {
        let city = load_embedded().unwrap();
        let last = city.calendar.covers_until();
        let end = CityTime::china().start_of_day(last);
        let early = MovedClock::new(end.plus(domain::time::Millis::days(-60)));
        let late = MovedClock::new(end.plus(domain::time::Millis::days(-10)));
        assert_eq!(judge_calendar(&city, &early), Finding::Good);
        assert!(matches!(judge_calendar(&city, &late), Finding::Warn(_)));
        assert!(last >= parse_date("2026-12-31").unwrap());
    }

    #[tokio::test]
    async fn a_fresh_store_is_ready_and_a_stopped_one_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_str().unwrap();
        let settings = Settings::for_tests(&[("data_dir", path), ("disk_min_percent", "0")])
            .ok()
            .unwrap();
        store::migrate(&settings.database(), folder.path())
            .await
            .unwrap();
        let desk = settings.open_desk(Role::Serve, false).await.unwrap();
        let health = settings.health(&desk);
        assert_eq!(health.ready().await.status(), 200);
        assert!(last_event(desk.store.clone()).await.is_none());
        desk.store.stop().await.unwrap();
        assert_eq!(health.ready().await.status(), 503);
    }
}
