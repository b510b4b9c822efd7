//! Small facts about the database itself, by name.

use std::collections::HashSet;

use sqlx::{ConnectOptions as _, Connection as _};

use crate::engine::{Address, execute, fetch_all, fetch_optional, statements};
use crate::store::Store;
use crate::tx::{Reading, Tx};
use crate::{Error, Result};

statements! {
    GET = "SELECT value FROM meta WHERE name = $1";
    SET = "INSERT INTO meta (name, value) VALUES ($1, $2) \
           ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    KEYS = "SELECT name FROM meta WHERE name LIKE 'key.%'";
}

impl Reading {
    /// A fact by name.
    pub async fn fact(&mut self, name: &str) -> Result<Option<String>> {
        Ok(fetch_optional!(self, (String,), GET, name)?.map(|(value,)| value))
    }

    /// Makes a snapshot begin now and not at its first statement.
    pub(crate) async fn begin_snapshot(&mut self) -> Result<()> {
        fetch_optional!(self, (String,), GET, "").map(|_| ())
    }
}

impl Tx {
    /// Sets a fact.
    pub async fn set_fact(&mut self, name: &str, value: &str) -> Result<()> {
        execute!(self, SET, name, value).map(|_| ())
    }
}

/// Whether rows were made with keys: then missing ones must not be made anew.
pub(crate) async fn knows_keys(address: &Address) -> Result<bool> {
    let rows: Vec<(String,)> = match address {
        Address::Sqlite(options) => {
            let mut conn = options.connect().await?;
            let rows = sqlx::query_as(KEYS).fetch_all(&mut conn).await?;
            conn.close().await?;
            rows
        }
        Address::Postgres(options) => {
            let mut conn = options.connect().await?;
            let rows = sqlx::query_as(KEYS).fetch_all(&mut conn).await?;
            conn.close().await?;
            rows
        }
    };
    Ok(!rows.is_empty())
}

impl Store {
    /// Writes down the ids of the keys, and refuses to go on without one that made rows.
    pub(crate) async fn remember_keys(&self) -> Result<()> {
        let mut reading = self.read().await?;
        let known: HashSet<String> = fetch_all!(reading, (String,), KEYS)?
            .into_iter()
            .map(|(name,)| name)
            .collect();
        drop(reading);
        let present: HashSet<String> = self
            .keys()
            .lasting_ids()
            .into_iter()
            .map(|(purpose, id)| format!("key.{purpose}.{id}"))
            .collect();
        if let Some(missing) = known.difference(&present).next() {
            return Err(Error::Keys(format!(
                "{missing} made rows of this database and is not in {}",
                self.data_dir().join("keys").display()
            )));
        }
        let new: Vec<String> = present.difference(&known).cloned().collect();
        if new.is_empty() {
            return Ok(());
        }
        let since = self.clock().now().millis().to_string();
        self.write::<_, (), Error>(move |tx| {
            let (new, since) = (new.clone(), since.clone());
            Box::pin(async move {
                for name in &new {
                    tx.set_fact(name, &since).await?;
                }
                Ok(())
            })
        })
        .await
    }
}
