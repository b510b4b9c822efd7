//! What was done to accounts and appointments: written in the transaction that does it.

use domain::ids::{AppointmentNo, CaseId};
use domain::time::Timestamp;

use crate::engine::{execute, fetch_all, statements};
use crate::tx::{Reading, Tx};
use crate::{Error, Result};

statements! {
    INSERT = "INSERT INTO staff_log (id, at, appointment, what, person, detail) \
              VALUES ($1, $2, $3, $4, $5, $6)";
    LATEST = "SELECT at, appointment, what, person, detail FROM staff_log \
              ORDER BY at DESC, id DESC LIMIT 200";
}

/// One thing that was done to an account or an appointment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffEntry {
    /// When.
    pub at: Timestamp,
    /// Under which appointment; `None` is the command line.
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
    /// The latest two hundred entries, the newest first.
    pub async fn staff_log(&mut self) -> Result<Vec<StaffEntry>> {
        type Row = (i64, Option<i64>, String, String, String);
        fetch_all!(self, Row, LATEST)?
            .into_iter()
            .map(|(at, by, what, person, detail)| {
                let by = by
                    .map(u32::try_from)
                    .transpose()
                    .map_err(|_| Error::corrupt("staff_log", "appointment", &what))?;
                Ok(StaffEntry {
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
