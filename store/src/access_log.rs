//! Who looked at what belongs to a person. A look that must be logged is logged in a transaction
//! that is on the disk before the answer goes out.

use domain::event::Actor;
use domain::ids::{AppointmentNo, CaseId, PartyNo};
use domain::time::Timestamp;

use crate::cases::number;
use crate::engine::{fetch_all, fetch_optional, statements};
use crate::later::execute_later;
use crate::tx::{Reading, Tx};
use crate::{Error, Result};

statements! {
    INSERT = "INSERT INTO access_log (id, at, case_id, party, appointment, what, reason) \
              VALUES ($1, $2, $3, $4, $5, $6, $7)";
    LOOKED = "SELECT 1 FROM access_log WHERE case_id = $1 AND appointment = $2 LIMIT 1";
    OF_CASE = "SELECT at, party, appointment, what, reason FROM access_log WHERE case_id = $1 \
               ORDER BY at, id";
}

/// One look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// When.
    pub at: Timestamp,
    /// Whose details, if a person's.
    pub party: Option<PartyNo>,
    /// Who looked; `None` is the machine itself.
    pub by: Option<AppointmentNo>,
    /// What was seen: `contact`, `export`, `print`, …
    pub what: String,
    /// Why, in the looker's words; may be empty.
    pub reason: String,
}

impl Tx {
    /// Logs a look.
    pub async fn log_look(
        &mut self,
        case: CaseId,
        party: Option<PartyNo>,
        by: Actor,
        what: &str,
        reason: &str,
    ) -> Result<()> {
        let at = self.now();
        let mut random = [0; 10];
        self.random(&mut random);
        let by = match by {
            Actor::Appointment(no) => Some(i64::from(no.0)),
            Actor::Party(_) | Actor::System => None,
        };
        execute_later!(
            self,
            INSERT,
            // The same shape as a case's id: time, then chance.
            CaseId::new(at, random).to_string(),
            at.millis(),
            case.to_string(),
            party.map(|party| i64::from(party.0)),
            by,
            what,
            reason,
        )
    }
}

impl Reading {
    /// Whether somebody looked at a case under this appointment before.
    ///
    /// # Errors
    /// The database's.
    pub async fn has_looked(&mut self, case: CaseId, by: AppointmentNo) -> Result<bool> {
        type Row = (i32,);
        let (case, by) = (case.to_string(), i64::from(by.0));
        Ok(fetch_optional!(self, Row, LOOKED, case, by)?.is_some())
    }

    /// Every look at a case, oldest first.
    pub async fn looks_at(&mut self, case: CaseId) -> Result<Vec<Look>> {
        type Row = (i64, Option<i64>, Option<i64>, String, String);
        let rows = fetch_all!(self, Row, OF_CASE, case.to_string())?;
        let whole = |n: i64| {
            u32::try_from(n).map_err(|_| Error::corrupt("access_log", "appointment", case))
        };
        rows.into_iter()
            .map(|(at, party, by, what, reason)| {
                Ok(Look {
                    at: Timestamp::from_millis(at),
                    party: party.map(|no| PartyNo(number(no))),
                    by: by.map(whole).transpose()?.map(AppointmentNo),
                    what,
                    reason,
                })
            })
            .collect()
    }
}
