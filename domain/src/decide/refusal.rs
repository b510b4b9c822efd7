//! Why not.

use crate::{
    case::{EvidenceKind, StateTag},
    verb::Verb,
};

/// Why a command was refused. No sentences: the pages have those, in three languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The verb is not for a case in this state.
    #[error("{verb:?} is not for a case that is {state:?}")]
    NotNow {
        /// What was tried.
        verb: Verb,
        /// Where the case stands.
        state: StateTag,
    },
    /// This has been done already.
    #[error("already done")]
    AlreadyDone,
    /// No such called part, demand, clock or event.
    #[error("no such {0}")]
    NoSuch(&'static str),
    /// A text is missing.
    #[error("a text is missing")]
    NeedsText,
    /// A text is too long, or has signs in it that nobody can see.
    #[error("a text that will not do")]
    UnfitText,
    /// Two different people are needed.
    #[error("a second person is needed")]
    SecondPerson,
    /// Who files for a resident says how they agreed.
    #[error("the resident's consent is missing")]
    NeedsConsent,
    /// A case goes up one level at a time.
    #[error("one level at a time")]
    OneLevel,
    /// A staff-filed case ends by verification.
    #[error("no resident filed this case")]
    NobodyToJudge,
    /// Ratings go from 1 to 5.
    #[error("not a rating")]
    NotARating,
    /// Evidence that the category asks for is missing.
    #[error("evidence is missing: {0:?}")]
    EvidenceMissing(EvidenceKind),
    /// Nobody has reported in, or not arrived where the category needs it.
    #[error("the called units have not done their part")]
    PartsOpen,
    /// Who lacks the power must transfer, not resolve.
    #[error("no power: transfer it or put it to the duty list")]
    MustTransfer,
    /// A unit of the city's own is called, not transferred to: its clock runs.
    #[error("a unit of the city's own is called")]
    OwnUnit,
    /// A planned outcome is parked with plan, owner and date.
    #[error("planned: park it")]
    MustPark,
    /// Exactly one unit leads, none twice.
    #[error("exactly one unit leads, none twice")]
    OneLead,
    /// A date that lies in the past, or before what it extends.
    #[error("not a later date")]
    NotLater,
    /// A date further away than this may be set for.
    #[error("too far away")]
    TooLong,
    /// Too late: the extension had to be asked before expiry, or the window has closed.
    #[error("too late")]
    TooLate,
    /// Too early: the time to answer is not over.
    #[error("too early")]
    TooEarly,
    /// Only once.
    #[error("only once")]
    OnlyOnce,
    /// Nothing is overdue yet.
    #[error("nothing is overdue")]
    NotOverdue,
    /// Assigned by the commission: final for this case.
    #[error("assigned: final for this case")]
    Final,
    /// The case does not wait for the reporter.
    #[error("the case does not wait for the reporter")]
    NotWaiting,
    /// This visibility is not theirs to set, or the category forbids it.
    #[error("this visibility may not be set")]
    NotThisVisibility,
    /// There is nothing to release.
    #[error("there is nothing to release")]
    NothingToRelease,
    /// Another community, category or kind: it is another problem.
    #[error("not the same problem")]
    NotTheSame,
    /// Other cases go on in this one: it ends with an answer, or they are let go first.
    #[error("other cases go on in this one")]
    OthersGoOnInIt,
    /// Unknown code.
    #[error("unknown {0}")]
    Unknown(&'static str),
    /// The category takes no filings: danger is for 110, 119, 120.
    #[error("danger is for 110, 119 and 120")]
    Emergency,
    /// Residents cannot join, merge or publish what is always private.
    #[error("always private")]
    AlwaysPrivate,
}
