//! What whoever supervises the city asks of all cases at once: what is late and whose it is, what came
//! due in a time, and where in the log a time begins. Sealed tips and cases out of sight are in no
//! answer that names an office.

use domain::chain::Hash;
use domain::clock::{Owner, Stage};
use domain::ids::CaseId;
use domain::time::{Millis, Timestamp};

use crate::engine::{fetch_all, fetch_optional, statements};
use crate::log::{column, position};
use crate::projection::owner_of;
use crate::tx::Reading;
use crate::{Error, Result};

statements! {
    LATE = "SELECT k.stage, k.owner, COUNT(*) FROM clock k JOIN case_row r ON r.id = k.case_id \
            WHERE k.running = 1 AND k.due <= $1 AND r.kind <> 'tip' AND r.quarantined = 0 \
            GROUP BY k.stage, k.owner ORDER BY k.stage, k.owner";
    PROMISED = "SELECT DISTINCT case_id FROM clock WHERE first_due >= $1 AND first_due < $2 \
                ORDER BY case_id";
    AT = "SELECT e.at FROM log l JOIN case_event e ON e.case_id = l.case_id AND \
          e.version = l.version WHERE l.position = $1";
    CHAIN = "SELECT chain FROM log WHERE position = $1";
    END = "SELECT position FROM log ORDER BY position DESC LIMIT 1";
}

/// By how much the instants along the log may go back: nodes and batches are not of one second.
const SLACK: Millis = Millis::minutes(10);

/// Clocks of one stage and office that have run out and run on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateClocks {
    /// What they measure.
    pub stage: Stage,
    /// Whose they are.
    pub owner: Owner,
    /// How many.
    pub clocks: u64,
}

impl Reading {
    /// What is late at `now`, by stage and office.
    ///
    /// # Errors
    /// The database's.
    pub async fn late_clocks(&mut self, now: Timestamp) -> Result<Vec<LateClocks>> {
        let rows = fetch_all!(self, (String, String, i64), LATE, now.millis())?;
        rows.into_iter()
            .map(|(stage, owner, clocks)| {
                Ok(LateClocks {
                    stage: stage
                        .parse()
                        .map_err(|_| Error::corrupt("clock", "stage", &stage))?,
                    owner: owner_of(&owner)
                        .ok_or_else(|| Error::corrupt("clock", "owner", &owner))?,
                    clocks: u64::try_from(clocks).unwrap_or(0),
                })
            })
            .collect()
    }

    /// The cases with a promise whose first due instant lies in a time, kept or not. They come through
    /// no scope: whoever counts them asks what they may be counted in.
    ///
    /// # Errors
    /// The database's.
    pub async fn promised(&mut self, from: Timestamp, to: Timestamp) -> Result<Vec<CaseId>> {
        let rows = fetch_all!(self, (String,), PROMISED, from.millis(), to.millis())?;
        rows.into_iter()
            .map(|(id,)| {
                id.parse()
                    .map_err(|_| Error::corrupt("clock", "case_id", &id))
            })
            .collect()
    }

    /// The last position of the log before every event at or after `at`, so that what happened from
    /// then on is read along the log from there. Found by halving: positions have no gaps.
    ///
    /// # Errors
    /// The database's.
    pub async fn position_before(&mut self, at: Timestamp) -> Result<u64> {
        let from = at.plus(-SLACK).millis();
        let end = fetch_optional!(self, (i64,), END)?;
        let (mut low, mut high) = (0, end.map_or(0, |(end,)| position(end)));
        // All up to `low` are before; all after `high` are not.
        while low < high {
            let middle = low + (high - low).div_ceil(2);
            let (found,) = fetch_optional!(self, (i64,), AT, column(middle))?
                .ok_or_else(|| Error::corrupt("log", "position", middle))?;
            if found < from {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        Ok(low)
    }

    /// The chain at a position of the log: what nobody knew before, and everybody can look up after.
    ///
    /// # Errors
    /// The database's.
    pub async fn chain_at(&mut self, position: u64) -> Result<Option<Hash>> {
        let row = fetch_optional!(self, (Vec<u8>,), CHAIN, column(position))?;
        row.map(|(chain,)| {
            let chain = chain.as_slice().try_into();
            chain.map_err(|_| Error::corrupt("log", "chain", position))
        })
        .transpose()
    }
}
