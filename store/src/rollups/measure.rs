//! What is counted of a case as it stands.

use domain::case::{Case, Outcome, StateTag};
use domain::clock::{RunningClock, Stage};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Cases told. The denominator of every rate; rejected, withdrawn and merged ones stay in it.
    Filed,
    /// Ended with a result: resolved and not planned or handed on. What result, the six measures
    /// from [`Measure::Solved`] on tell apart; together they are this one.
    Handled,
    /// Of the handled: solved.
    Solved,
    /// Of the handled: partly solved.
    PartlySolved,
    /// Of the handled: a reasoned, lawful no. Never counted as solved, and no failing of staff.
    LawfullyRefused,
    /// Of the handled: somebody went and found nothing.
    NotFound,
    /// Of the handled: it was not so.
    Untrue,
    /// Of the handled: another procedure runs, a duplicate, or the reporter was out of reach.
    OtherResult,
    /// Handled, with at least one department outside the community.
    HandledLinked,
    /// Handled, with at least two.
    HandledJoint,
    /// Neither resolved nor ended: somebody still owes an answer.
    Open,
    /// Reporters and me-too of a resident's case who could say, or said, how it came out.
    Judgeable,
    /// Nothing is owed any more.
    Ended,
    /// Not accepted.
    Rejected,
    /// Taken back.
    Withdrawn,
    /// Goes on elsewhere.
    Merged,
    /// On the plan; not handled.
    Parked,
    /// Another body must answer; not handled.
    TransferredOut,
    /// The promise to the reporter was kept, judged by its first due date, and none before it broken.
    OnTime,
    /// A promise to the reporter was broken: a resolve clock ended late, done or not.
    Late,
    /// Reporters who said it is fixed.
    SaidFixed,
    /// Reporters who said it is not.
    SaidNotFixed,
    /// Reporters who rated.
    Rated,
    /// Stars they gave, in sum.
    Stars,
}

impl Measure {
    /// All of them.
    pub const ALL: [Self; 24] = [
        Self::Filed,
        Self::Handled,
        Self::Solved,
        Self::PartlySolved,
        Self::LawfullyRefused,
        Self::NotFound,
        Self::Untrue,
        Self::OtherResult,
        Self::HandledLinked,
        Self::HandledJoint,
        Self::Open,
        Self::Judgeable,
        Self::Ended,
        Self::Rejected,
        Self::Withdrawn,
        Self::Merged,
        Self::Parked,
        Self::TransferredOut,
        Self::OnTime,
        Self::Late,
        Self::SaidFixed,
        Self::SaidNotFixed,
        Self::Rated,
        Self::Stars,
    ];

    /// The stable word in the database and in open data.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Filed => "filed",
            Self::Handled => "handled",
            Self::Solved => "solved",
            Self::PartlySolved => "partly_solved",
            Self::LawfullyRefused => "lawfully_refused",
            Self::NotFound => "not_found",
            Self::Untrue => "untrue",
            Self::OtherResult => "other_result",
            Self::HandledLinked => "handled_linked",
            Self::HandledJoint => "handled_joint",
            Self::Open => "open",
            Self::Judgeable => "judgeable",
            Self::Ended => "ended",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
            Self::Merged => "merged",
            Self::Parked => "parked",
            Self::TransferredOut => "transferred_out",
            Self::OnTime => "on_time",
            Self::Late => "late",
            Self::SaidFixed => "said_fixed",
            Self::SaidNotFixed => "said_not_fixed",
            Self::Rated => "rated",
            Self::Stars => "stars",
        }
    }
}

/// Under which result a handled case counts; none for what is not handled.
const fn result(outcome: Outcome) -> Option<Measure> {
    match outcome {
        Outcome::Solved => Some(Measure::Solved),
        Outcome::PartlySolved => Some(Measure::PartlySolved),
        Outcome::LawfullyRefused => Some(Measure::LawfullyRefused),
        Outcome::NotFound => Some(Measure::NotFound),
        Outcome::Untrue => Some(Measure::Untrue),
        Outcome::OtherProcedure | Outcome::Duplicate | Outcome::Unreachable => {
            Some(Measure::OtherResult)
        }
        Outcome::Planned | Outcome::NoPower => None,
    }
}

/// What a case counts for, in the order of [`Measure::ALL`].
pub(super) type Counts = [i64; Measure::ALL.len()];

/// What a case counts for as it stands.
pub(super) fn measures(case: &Case) -> Counts {
    let mut counts = [0; Measure::ALL.len()];
    let mut count = |measure: Measure, amount: usize| {
        counts[measure as usize] += i64::try_from(amount).unwrap_or(i64::MAX);
    };
    let tag = case.state.tag();
    let handled = case.handled();
    count(Measure::Filed, 1);
    count(Measure::Handled, handled.into());
    if let Some(result) = case.state.outcome().and_then(result) {
        count(result, handled.into());
    }
    count(Measure::HandledLinked, (handled && case.linked()).into());
    count(Measure::HandledJoint, (handled && case.joint()).into());
    let owed = !tag.is_ended() && case.state.outcome().is_none();
    count(Measure::Open, owed.into());
    count(Measure::Ended, tag.is_ended().into());
    count(Measure::Rejected, (tag == StateTag::Rejected).into());
    count(Measure::Withdrawn, (tag == StateTag::Withdrawn).into());
    count(Measure::Merged, (tag == StateTag::Merged).into());
    count(Measure::Parked, (tag == StateTag::Parked).into());
    let elsewhere = tag == StateTag::TransferredOut;
    count(Measure::TransferredOut, elsewhere.into());
    // Every promise to the reporter, the first one above all: what was late stays late, also when
    // it is done again in time.
    let mut promises = case
        .clocks
        .iter()
        .filter(|clock| clock.stage == Stage::Resolve && clock.part.is_none() && !clock.cancelled);
    let late = promises.clone().any(RunningClock::stopped_late);
    let kept = promises
        .next_back()
        .is_some_and(|clock| clock.stopped.is_some());
    count(Measure::OnTime, (kept && !late).into());
    count(Measure::Late, late.into());
    // Silence is counted among those who could speak: a case that went back to work counts only
    // for those who have spoken.
    let could = case.parties.iter().filter(|party| {
        let spoke = case
            .verdict(party.no)
            .is_some_and(|verdict| verdict.fixed.is_some());
        case.judged_by_resident() && (spoke || case.state.outcome().is_some())
    });
    count(Measure::Judgeable, could.count());
    // Only residents judge (design §4); a staff filing has no verdicts to begin with.
    for verdict in &case.verdicts {
        count(Measure::SaidFixed, (verdict.fixed == Some(true)).into());
        count(Measure::SaidNotFixed, (verdict.fixed == Some(false)).into());
        if let Some(stars) = verdict.stars {
            count(Measure::Rated, 1);
            count(Measure::Stars, stars.into());
        }
    }
    counts
}
