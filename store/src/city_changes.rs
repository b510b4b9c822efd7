//! What the city changed about itself, in the order it was put down.

use domain::city::change::{Change, Dated};
use domain::ids::AppointmentNo;
use domain::time::Timestamp;

use crate::engine::{execute, fetch_all, fetch_optional, statements};
use crate::tx::{Reading, Tx};
use crate::{Error, Result};

statements! {
    INSERT = "INSERT INTO city_change (number, at, holds_from, appointment, reason, body) \
              VALUES ($1, $2, $3, $4, $5, $6)";
    ALL = "SELECT number, at, holds_from, appointment, reason, body FROM city_change ORDER BY number";
    LAST = "SELECT CAST(COALESCE(MAX(number), 0) AS BIGINT) FROM city_change";
}

/// A change as it was put down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CityChange {
    /// What changes, and from when.
    pub dated: Dated,
    /// When it was put down.
    pub at: Timestamp,
    /// Under which appointment.
    pub by: Option<AppointmentNo>,
    /// By what decision, in words.
    pub reason: String,
}

impl Tx {
    /// Puts a change down under its own number, which must be the next.
    ///
    /// # Errors
    /// The database's, for a number that is taken too.
    pub async fn put_city_change(
        &mut self,
        dated: &Dated,
        by: AppointmentNo,
        reason: &str,
    ) -> Result<()> {
        let at = self.now();
        let body = serde_json::to_string(&dated.change)
            .map_err(|_| Error::corrupt("city_change", "body", dated.number))?;
        execute!(
            self,
            INSERT,
            i64::from(dated.number),
            at.millis(),
            dated.from.millis(),
            Some(i64::from(by.0)),
            reason,
            body,
        )
        .map(|_| ())
    }
}

impl Reading {
    /// All changes, by number.
    ///
    /// # Errors
    /// The database's.
    pub async fn city_changes(&mut self) -> Result<Vec<CityChange>> {
        type Row = (i64, i64, i64, Option<i64>, String, String);
        fetch_all!(self, Row, ALL)?
            .into_iter()
            .map(|(number, at, from, by, reason, body)| {
                let corrupt = |what| Error::corrupt("city_change", what, number);
                let by = by.map(u32::try_from).transpose();
                let change: Change = serde_json::from_str(&body).map_err(|_| corrupt("body"))?;
                Ok(CityChange {
                    dated: Dated {
                        number: u32::try_from(number).map_err(|_| corrupt("number"))?,
                        from: Timestamp::from_millis(from),
                        change,
                    },
                    at: Timestamp::from_millis(at),
                    by: by.map_err(|_| corrupt("appointment"))?.map(AppointmentNo),
                    reason,
                })
            })
            .collect()
    }

    /// The number of the last change; 0 before the first.
    ///
    /// # Errors
    /// The database's.
    pub async fn last_city_change(&mut self) -> Result<u32> {
        let last = fetch_optional!(self, (i64,), LAST)?.map_or(0, |(last,)| last);
        u32::try_from(last).map_err(|_| Error::corrupt("city_change", "number", last))
    }
}
