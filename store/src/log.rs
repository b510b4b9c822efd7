//! The log of all events in the order they count in, and reading along it.

use domain::chain::Hash;
use domain::event::{Event, Recorded};
use domain::ids::CaseId;
use domain::time::Timestamp;

use crate::cases::number;
use crate::engine::{fetch_all, statements};
use crate::tx::{LogEnd, Reading};
use crate::{Error, Result, writer};

statements! {
    AFTER = "SELECT l.position, l.case_id, l.version, e.kind, e.at, e.facts, w.words FROM log l \
             JOIN case_event e ON e.case_id = l.case_id AND e.version = l.version \
             LEFT JOIN case_words w ON w.case_id = l.case_id AND w.version = l.version \
             WHERE l.position > $1 AND l.position <= $2 ORDER BY l.position";
    CASES_AFTER = "SELECT position, case_id FROM log WHERE position > $1 AND position <= $2 \
                   ORDER BY position";
}

/// An event at its place in the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Logged {
    /// From 1, without gaps.
    pub position: u64,
    /// What happened.
    pub recorded: Recorded,
}

pub(crate) fn column(position: u64) -> i64 {
    i64::try_from(position).unwrap_or(i64::MAX)
}

pub(crate) fn position(column: i64) -> u64 {
    u64::try_from(column).unwrap_or(0)
}

impl Reading {
    /// The end of the log: its last position and the chain there.
    pub async fn log_end(&mut self) -> Result<(u64, Hash)> {
        let LogEnd { position, chain } = writer::log_end(self).await?;
        Ok((position, chain))
    }

    /// At most `limit` events after a position, in order. For followers: they come through no
    /// scope, so what they make of an event must ask `domain::access` itself.
    pub async fn log_after(&mut self, after: u64, limit: u32) -> Result<Vec<Logged>> {
        type Row = (i64, String, i64, String, i64, String, Option<String>);
        let until = column(after.saturating_add(u64::from(limit)));
        let rows = fetch_all!(self, Row, AFTER, column(after), until)?;
        rows.into_iter()
            .map(|(at_position, case, version, kind, at, facts, words)| {
                let corrupt =
                    |column| Error::corrupt("case_event", column, format!("{case}/{version}"));
                let event =
                    Event::decode(&kind, &facts, words.as_deref()).map_err(|_| corrupt("facts"))?;
                let case: CaseId = case.parse().map_err(|_| corrupt("case_id"))?;
                Ok(Logged {
                    position: position(at_position),
                    recorded: Recorded {
                        case,
                        version: number(version),
                        at: Timestamp::from_millis(at),
                        event,
                    },
                })
            })
            .collect()
    }

    /// At most `limit` places after a position and whose event stands there: for a follower that
    /// looks at the case as it stands now.
    pub async fn cases_after(&mut self, after: u64, limit: u32) -> Result<Vec<(u64, CaseId)>> {
        let until = column(after.saturating_add(u64::from(limit)));
        let rows = fetch_all!(self, (i64, String), CASES_AFTER, column(after), until)?;
        rows.into_iter()
            .map(|(at, case)| {
                let case = case
                    .parse()
                    .map_err(|_| Error::corrupt("log", "case_id", at))?;
                Ok((position(at), case))
            })
            .collect()
    }
}
