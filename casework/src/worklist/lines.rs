//! The lines of a list: from what the store finds to what the viewer may see of it.

use domain::{
    access::{self, Viewer},
    case::Awaits,
    event::PassedOn,
    lang::Lang,
};
use store::{CaseLine, DueLine, ElsewhereLine};

use super::WorkLine;
use crate::{
    Desk,
    look::{self, FiledWords},
    views::{ClockLine, PassedView},
};

/// A case of a list, with what the list knows of it beside.
pub(super) struct Found {
    pub(super) line: CaseLine,
    /// The clock by which it is listed.
    clock: Option<ClockLine>,
    /// To whom it was transferred.
    on: Option<PassedOn>,
}

impl From<CaseLine> for Found {
    fn from(line: CaseLine) -> Self {
        Self {
            line,
            clock: None,
            on: None,
        }
    }
}

impl From<ElsewhereLine> for Found {
    fn from(found: ElsewhereLine) -> Self {
        Self {
            on: found.on,
            ..Self::from(found.line)
        }
    }
}

/// A line of the queue, with its clock.
pub(super) fn with_clock(desk: &Desk, due: DueLine, lang: Lang) -> Found {
    let mut clocks = due.line.case.clocks.iter();
    let clock = clocks.find(|clock| clock.id == due.clock);
    let clock = clock.map(|clock| desk.clock_line(clock, &due.line.case, lang));
    Found {
        clock,
        ..Found::from(due.line)
    }
}

/// The lines as the viewer may see them. Words that are not public are shown once it is on the disk
/// that they were; where that cannot be written, the list goes without them.
pub(super) async fn show(
    desk: &Desk,
    viewer: &Viewer,
    lines: &[Found],
    lang: Lang,
) -> Vec<WorkLine> {
    let cases: Vec<_> = lines.iter().map(|found| &found.line.case).collect();
    let noted = look::note_listed(desk, viewer, &cases).await.is_ok();
    let now = desk.now();
    lines
        .iter()
        .map(|Found { line, clock, on }| {
            let shown = noted || line.case.words_are_public();
            let words = line.words.as_ref().filter(|_| shown).map(FiledWords::of);
            let card = desk.card(&line.case, words.as_ref(), viewer, lang);
            let inside = access::is_inside(viewer, &line.case);
            WorkLine {
                clock: clock.clone().or_else(|| card.clock.clone()),
                card,
                // What the offices owe each other is not for a firm.
                awaits: if inside {
                    line.case.awaits()
                } else {
                    Awaits::NOTHING
                },
                version: line.case.version,
                updated_at: line.case.updated_at,
                date_over: line.case.date_over(now).filter(|_| inside),
                passed: PassedView::of(&line.case, on.as_ref().filter(|_| shown), now)
                    .filter(|_| inside),
            }
        })
        .collect()
}
