//! What was done to accounts and appointments: written in the transaction that does it.

use domain::access::Appointment;
use domain::ids::{AppointmentNo, CaseId};
use domain::time::Timestamp;

use crate::engine::{execute, fetch_all, statements};
use crate::staff::appointment_text;
use crate::tx::{Reading, Tx};
use crate::{Error, Result};

statements! {
    INSERT = "INSERT INTO staff_log (id, at, appointment, what, person, detail, given) \
              VALUES ($1, $2, $3, $4, $5, $6, $7)";
    BEFORE = "SELECT id, at, appointment, what, person, detail, given FROM staff_log \
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
    /// The appointment as it stood once this was done; `None` where it is about none, and in entries
    /// of before that was kept.
    pub given: Option<Appointment>,
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
        self.put_staff_entry(by, what, (person, detail), None).await
    }

    /// Writes down what is done to an appointment, and how it stands after that: later changes do
    /// not change what was given then.
    pub async fn log_appointment(
        &mut self,
        by: Option<AppointmentNo>,
        what: &str,
        person: &str,
        appointment: &Appointment,
    ) -> Result<()> {
        let no = appointment.no.to_string();
        let given = appointment_text(appointment)?;
        self.put_staff_entry(by, what, (person, &no), Some(&given))
            .await
    }

    async fn put_staff_entry(
        &mut self,
        by: Option<AppointmentNo>,
        what: &str,
        (person, detail): (&str, &str),
        given: Option<&str>,
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
            given,
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
        type Row = (
            String,
            i64,
            Option<i64>,
            String,
            String,
            String,
            Option<String>,
        );
        // Ids are of digits and letters; this is after all of them.
        let before = before.unwrap_or("~");
        fetch_all!(self, Row, BEFORE, before, i64::from(limit))?
            .into_iter()
            .map(|(id, at, by, what, person, detail, given)| {
                let given = given.map(|text| {
                    let read = serde_json::from_str(&text);
                    read.map_err(|_| Error::corrupt("staff_log", "given", text))
                });
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
                    given: given.transpose()?,
                })
            })
            .collect()
    }
}
