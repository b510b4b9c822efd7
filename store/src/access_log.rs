//! Who looked at what belongs to a person. A look that must be logged is logged in a transaction
//! that is on the disk before the answer goes out.

use domain::event::Actor;
use domain::ids::{AppointmentNo, CaseId, EngagementNo, PartyNo};
use domain::time::Timestamp;

use crate::cases::number;
use crate::engine::{fetch_all, fetch_optional, statements};
use crate::later::execute_later;
use crate::tx::{Reading, Tx};
use crate::{Error, Result};

statements! {
    INSERT = "INSERT INTO access_log (id, at, case_id, party, appointment, engagement, what, reason) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    LOOKED = "SELECT 1 FROM access_log WHERE case_id = $1 AND appointment = $2 LIMIT 1";
    ENGAGED_LOOKED = "SELECT 1 FROM access_log WHERE case_id = $1 AND engagement = $2 LIMIT 1";
    OF_CASE = "SELECT at, party, appointment, engagement, what, reason FROM access_log \
               WHERE case_id = $1 ORDER BY at, id";
}

/// One look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// When.
    pub at: Timestamp,
    /// Whose details, if a person's.
    pub party: Option<PartyNo>,
    /// Who looked: staff, a firm by its link, or the machine itself.
    pub by: Actor,
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
        let (staff, firm) = match by {
            Actor::Appointment(no) => (Some(i64::from(no.0)), None),
            Actor::Contractor(no) => (None, Some(i64::from(no.0))),
            Actor::Party(_) | Actor::System => (None, None),
        };
        execute_later!(
            self,
            INSERT,
            // The same shape as a case's id: time, then chance.
            CaseId::new(at, random).to_string(),
            at.millis(),
            case.to_string(),
            party.map(|party| i64::from(party.0)),
            staff,
            firm,
            what,
            reason,
        )
    }
}

impl Reading {
    /// Whether somebody looked at a case under this appointment, or by this engagement, before. Nobody
    /// else's looks are written down.
    ///
    /// # Errors
    /// The database's.
    pub async fn has_looked(&mut self, case: CaseId, by: Actor) -> Result<bool> {
        type Row = (i32,);
        let case = case.to_string();
        let found = match by {
            Actor::Appointment(no) => fetch_optional!(self, Row, LOOKED, case, i64::from(no.0))?,
            Actor::Contractor(no) => {
                fetch_optional!(self, Row, ENGAGED_LOOKED, case, i64::from(no.0))?
            }
            Actor::Party(_) | Actor::System => None,
        };
        Ok(found.is_some())
    }

    /// Every look at a case, oldest first.
    pub async fn looks_at(&mut self, case: CaseId) -> Result<Vec<Look>> {
        type Row = (i64, Option<i64>, Option<i64>, Option<i64>, String, String);
        let rows = fetch_all!(self, Row, OF_CASE, case.to_string())?;
        let whole = |n: i64| {
            u32::try_from(n).map_err(|_| Error::corrupt("access_log", "appointment", case))
        };
        rows.into_iter()
            .map(|(at, party, staff, firm, what, reason)| {
                let by = match (staff, firm) {
                    (Some(no), _) => Actor::Appointment(AppointmentNo(whole(no)?)),
                    (None, Some(no)) => Actor::Contractor(EngagementNo(whole(no)?)),
                    (None, None) => Actor::System,
                };
                Ok(Look {
                    at: Timestamp::from_millis(at),
                    party: party.map(|no| PartyNo(number(no))),
                    by,
                    what,
                    reason,
                })
            })
            .collect()
    }
}
