//! The table as a picture.

use std::fmt::Write as _;

use super::{TABLE, Verb};
use crate::case::StateTag as S;

/// The Mermaid picture of the table, kept in `docs/states.md`.
#[must_use]
pub fn picture() -> String {
    let mut lines = String::from("stateDiagram-v2\n    [*] --> filed: file\n");
    for row in TABLE {
        let Some(to) = row.to else { continue };
        for from in row.from.iter().filter(|from| **from != to) {
            if to == S::Dispatched && *from == S::InProgress {
                // Who is called to work under way finds it under way.
                continue;
            }
            if row.verb == Verb::Dispute && *from == S::Merged {
                // It is the case it went on in that goes back to work.
                continue;
            }
            let _ = writeln!(
                lines,
                "    {} --> {}: {}",
                from.as_str(),
                to.as_str(),
                row.verb.as_str()
            );
        }
    }
    for state in S::ALL.iter().filter(|state| state.is_ended()) {
        let _ = writeln!(lines, "    {} --> [*]", state.as_str());
    }
    lines
}
