//! What was done to accounts and appointments: written in the transaction that does it.

use domain::ids::{AppointmentNo, CaseId};
use domain::time::Timestamp;

use crate::engine::{execute, fetch_all, statements};
use crate::tx::{Reading, Tx};
use crate::{Error, Result};

statements! {
    INSERT = "INSERT INTO staff_log (id, at, appointment, what, person, detail) \
              VALUES ($1, $2, $3, $4, $5, $6)";
    BEFORE = "SELECT id, at, appointment, what, person, detail FROM staff_log \
              WHERE id < $1 ORDER BY id DESC LIMIT $2";
}

/// One thing that was done to an account or an appointment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffEntry {
    /// Its id, which sorts by time.
    pub id: String,
    /// When.
    pub at: Timestamp,
    /// Under which appointment; `None` is the person themself (`own.…`), or the command line.
    pub by: Option<AppointmentNo>,
    /// What: `person.added`, `appointment.ended`, …
    pub what: String,
    /// To whom, by id.
    pub person: String,
    /// Which appointment, or nothing.
    pub detail: String,
}

impl Tx {
    /// Writes down what is done in this transaction.
    pub async fn log_staff(
        &mut self,
        by: Option<AppointmentNo>,
        what: &str,
        person: &str,
        detail: &str,
    ) -> Result<()> {
        let at = self.now();
        let mut random = [0; 10];
        self.random(&mut random);
        execute!(
            self,
            INSERT,
            // The same shape as a case's id: time, then chance.
            CaseId::new(at, random).to_string(),
            at.millis(),
            by.map(|no| i64::from(no.0)),
            what,
            person,
            detail,
        )
        .map(|_| ())
    }
}

impl Reading {
    /// The entries before one, or the latest: at most `limit`, the newest first.
    ///
    /// # Errors
    /// The database's.
    pub async fn staff_log(&mut self, before: Option<&str>, limit: u32) -> Result<Vec<StaffEntry>> {
        type Row = (String, i64, Option<i64>, String, String, String);
        // Ids are of digits and letters; this is after all of them.
        let before = before.unwrap_or("~");
        fetch_all!(self, Row, BEFORE, before, i64::from(limit))?
            .into_iter()
            .map(|(id, at, by, what, person, detail)| {
                let by = by
                    .map(u32::try_from)
                    .transpose()
                    .map_err(|_| Error::corrupt("staff_log", "appointment", &what))?;
                Ok(StaffEntry {
                    id,
                    at: Timestamp::from_millis(at),
                    by: by.map(AppointmentNo),
                    what,
                    person,
                    detail,
                })
            })
            .collect()
    }
}
