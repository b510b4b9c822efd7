//! A case as everybody sees it at a glance: its state, its clock, one line of its words.

use domain::{
    access::{self, Viewer},
    case::{Case, Part, PartyRole},
    clock::{RunningClock, Stage},
    event::Words,
    ids::PartyNo,
    lang::Lang,
};

use crate::{
    Desk,
    views::{CaseCard, ClockLine, Label, StateView},
};

/// How many characters of the words a card shows.
const HEADLINE: usize = 60;

/// The words of a filing as a list needs them.
#[derive(Clone, Debug, Default)]
pub struct FiledWords {
    /// What was told.
    pub text: Option<String>,
    /// Where, in words.
    pub place: Option<String>,
}

impl FiledWords {
    /// The part of a filing's words that a list shows.
    #[must_use]
    pub fn of(words: &Words) -> Self {
        Self {
            text: words.text.clone(),
            place: words
                .place
                .as_ref()
                .map(|place| place.text.as_str().to_owned()),
        }
    }
}

impl Desk {
    pub(crate) fn clock_line(&self, clock: &RunningClock, case: &Case, lang: Lang) -> ClockLine {
        let now = self.now();
        ClockLine {
            stage: clock.stage,
            owner: self.owner_name(&clock.owner, case, lang),
            due: clock.due_at(now),
            late: if clock.is_running() {
                clock.is_late(now)
            } else {
                clock.stopped_late()
            },
            first_due: clock.first_due,
            stopped: clock.stopped.filter(|_| clock.lapsed.is_none()),
            lapsed: clock.lapsed,
            provisional: clock.provisional,
            // A wait counts only so long; beyond that the clock runs, whoever still waits.
            paused: clock.pause_ends().is_some_and(|ends| now < ends),
        }
    }

    /// The state of a case for everybody.
    #[must_use]
    pub fn state_view(&self, case: &Case) -> StateView {
        let reporter = PartyNo::REPORTER;
        let confirmed = if case.state.outcome().is_some() {
            // A result that was done again has not been judged by what was said before.
            case.said_fixed(reporter)
        } else {
            case.verdict(reporter).and_then(|verdict| verdict.fixed)
        };
        StateView {
            key: case.state.tag(),
            outcome: case.state.outcome(),
            waiting_for_reporter: case.waiting_since.is_some() && !case.state.tag().is_ended(),
            joint: case.joint(),
            late: case.is_overdue(self.now()),
            confirmed,
            judged_by_resident: case.judged_by_resident(),
        }
    }

    /// A case in a list. `words` are the filing's, shown only where this viewer may read them.
    #[must_use]
    pub fn card(
        &self,
        case: &Case,
        words: Option<&FiledWords>,
        viewer: &Viewer,
        lang: Lang,
    ) -> CaseCard {
        let readable = words.filter(|_| access::reads_words(viewer, case));
        let mut departments: Vec<Label> = Vec::new();
        let came = |part: &&Part| part.reported_in.is_some() && !part.returned;
        for part in case.parts.iter().filter(came) {
            let label = self.department_label(&part.unit, lang);
            if !departments.contains(&label) {
                departments.push(label);
            }
        }
        let clock = next_clock(case);
        let me_too = case
            .parties
            .iter()
            .filter(|party| party.role == PartyRole::MeToo)
            .count();
        CaseCard {
            number: case.number.to_string(),
            category: self.category_label(&case.category, lang),
            community: self.community_label(case, lang),
            state: self.state_view(case),
            filed_at: case.filed_at,
            headline: readable
                .and_then(|words| words.text.as_deref())
                .map(headline),
            place: readable
                .and_then(|words| words.place.clone())
                .filter(|place| !place.is_empty()),
            release: case.release,
            visibility: case.visibility,
            clock: clock.map(|clock| self.clock_line(clock, case, lang)),
            me_too: u32::try_from(me_too).unwrap_or(u32::MAX),
            departments,
        }
    }
}

/// The clock that matters now: the handling side's that runs out first.
pub(super) fn next_clock(case: &Case) -> Option<&RunningClock> {
    let running = |clock: &&RunningClock| clock.is_running() && clock.stage != Stage::Release;
    case.clocks
        .iter()
        .filter(running)
        .min_by_key(|clock| clock.due)
}

fn headline(text: &str) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut cut: String = line.chars().take(HEADLINE).collect();
    if cut.len() < line.len() {
        cut.push('…');
    }
    cut
}
