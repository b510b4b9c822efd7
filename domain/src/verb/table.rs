//! The transition table itself.

use super::{Row, Verb as V, Who as W};
use crate::case::StateTag as S;

const OPEN: &[S] = &[
    S::Filed,
    S::Accepted,
    S::Dispatched,
    S::InProgress,
    S::Parked,
];
const WORKING: &[S] = &[S::Accepted, S::Dispatched, S::InProgress, S::Parked];
// The clocks of called units run on while a case is parked, so their way stays open.
const CALLED: &[S] = &[S::Dispatched, S::InProgress, S::Parked];
const DONE: &[S] = &[S::Resolved, S::Verified, S::Closed];
/// A result, one's own or that of the case in which one's own goes on.
const JUDGED: &[S] = &[S::Resolved, S::Verified, S::Closed, S::Merged];
const LIVE: &[S] = &[
    S::Filed,
    S::Accepted,
    S::Dispatched,
    S::InProgress,
    S::Parked,
    S::Resolved,
    S::Verified,
];
const ANY: &[S] = S::ALL;

const HANDLERS: &[W] = &[
    W::Secretary,
    W::GridOfficer,
    W::Dispatcher,
    W::CalledOfficer,
];

const fn row(verb: V, from: &'static [S], to: Option<S>, who: &'static [W]) -> Row {
    Row {
        verb,
        from,
        to,
        who,
    }
}

/// The transition table.
pub const TABLE: &[Row] = &[
    row(
        V::Accept,
        &[S::Filed],
        Some(S::Accepted),
        &[W::Secretary, W::Dispatcher],
    ),
    row(
        V::Take,
        &[S::Filed, S::Accepted],
        Some(S::InProgress),
        &[W::Secretary, W::GridOfficer, W::Dispatcher],
    ),
    row(
        V::Reject,
        &[S::Filed, S::Accepted],
        Some(S::Rejected),
        &[W::Secretary, W::Dispatcher],
    ),
    row(V::AskReview, &[S::Rejected], None, &[W::Reporter]),
    row(
        V::ReviewRejection,
        &[S::Rejected],
        Some(S::Accepted),
        &[W::Commission, W::Supervisor],
    ),
    row(V::Ask, OPEN, None, HANDLERS),
    row(V::Answer, OPEN, None, &[W::Reporter]),
    row(V::EndWaiting, OPEN, None, &[W::System]),
    row(V::AddInformation, LIVE, None, &[W::Reporter]),
    row(V::Join, LIVE, None, &[W::Anyone]),
    row(V::Assess, OPEN, None, &[W::Secretary, W::Dispatcher]),
    row(
        V::Call,
        OPEN,
        Some(S::Dispatched),
        &[W::Secretary, W::Dispatcher],
    ),
    row(V::Sign, CALLED, None, &[W::CalledOfficer]),
    row(
        V::ReportIn,
        CALLED,
        Some(S::InProgress),
        &[W::CalledOfficer],
    ),
    row(V::SetOut, CALLED, None, &[W::CalledOfficer]),
    row(V::Arrive, CALLED, None, &[W::CalledOfficer, W::Contractor]),
    row(
        V::FeedBack,
        CALLED,
        None,
        &[W::CalledOfficer, W::Contractor],
    ),
    row(V::Engage, CALLED, None, &[W::CalledOfficer]),
    row(V::EndEngagement, ANY, None, &[W::CalledOfficer]),
    row(V::AskReturn, CALLED, None, &[W::CalledOfficer]),
    row(V::RuleOnReturn, CALLED, Some(S::Accepted), &[W::Dispatcher]),
    row(V::Assign, WORKING, Some(S::Dispatched), &[W::Commission]),
    row(
        V::AskExtension,
        CALLED,
        None,
        &[W::CalledOfficer, W::Secretary],
    ),
    row(
        V::RuleOnExtension,
        CALLED,
        None,
        &[W::Dispatcher, W::Commission],
    ),
    row(
        V::Park,
        &[S::Accepted, S::Dispatched, S::InProgress],
        Some(S::Parked),
        &[W::Secretary, W::Dispatcher, W::LeadOfficer],
    ),
    row(
        V::TransferOut,
        OPEN,
        Some(S::TransferredOut),
        &[W::Dispatcher, W::Commission],
    ),
    row(
        V::RelayAnswer,
        &[S::TransferredOut],
        None,
        &[W::Secretary, W::Dispatcher, W::Commission],
    ),
    row(V::Note, ANY, None, HANDLERS),
    row(V::Update, LIVE, None, &[W::Secretary, W::Dispatcher]),
    row(
        V::AddEvidence,
        LIVE,
        None,
        &[
            W::Secretary,
            W::GridOfficer,
            W::Dispatcher,
            W::CalledOfficer,
            W::Contractor,
        ],
    ),
    row(
        V::Resolve,
        &[S::InProgress, S::Parked],
        Some(S::Resolved),
        &[W::Secretary, W::GridOfficer, W::LeadOfficer],
    ),
    row(
        V::Verify,
        &[S::Resolved],
        Some(S::Verified),
        &[W::Secretary, W::GridOfficer, W::Dispatcher, W::Supervisor],
    ),
    row(
        V::SendBack,
        &[S::Resolved],
        Some(S::InProgress),
        &[W::Secretary, W::GridOfficer, W::Dispatcher, W::Supervisor],
    ),
    row(
        V::CallBack,
        DONE,
        None,
        &[W::Secretary, W::Dispatcher, W::Supervisor],
    ),
    row(V::Confirm, JUDGED, None, &[W::Reporter]),
    // Only the reporter's own dispute leads back to work; another party's leaves the state, and one of a
    // merged case leads back the case it went on in.
    row(V::Dispute, JUDGED, Some(S::InProgress), &[W::Reporter]),
    row(V::Rate, JUDGED, None, &[W::Reporter]),
    row(V::AnswerRating, ANY, None, &[W::Secretary, W::Dispatcher]),
    row(
        V::Reopen,
        &[S::Verified, S::Closed],
        Some(S::InProgress),
        &[W::Reporter, W::Supervisor],
    ),
    row(
        V::Escalate,
        OPEN,
        None,
        &[W::GridOfficer, W::Secretary, W::Dispatcher, W::System],
    ),
    row(V::Urge, OPEN, None, &[W::Reporter]),
    row(V::Supervise, LIVE, None, &[W::Supervisor, W::Commission]),
    row(
        V::AnswerSupervision,
        ANY,
        None,
        &[W::Secretary, W::Dispatcher, W::CalledOfficer],
    ),
    row(V::DirectLine, LIVE, None, &[W::Secretary]),
    row(V::Reclassify, OPEN, None, &[W::Secretary, W::Dispatcher]),
    row(
        V::Move,
        &[S::Filed, S::Accepted],
        None,
        &[W::Secretary, W::Dispatcher],
    ),
    row(
        V::Merge,
        OPEN,
        Some(S::Merged),
        &[W::Secretary, W::Dispatcher],
    ),
    row(
        V::Unmerge,
        &[S::Merged],
        None,
        &[W::Secretary, W::Dispatcher],
    ),
    row(
        V::Publish,
        ANY,
        None,
        &[W::Secretary, W::Dispatcher, W::Editor],
    ),
    row(
        V::Hold,
        ANY,
        None,
        &[W::Secretary, W::Dispatcher, W::Editor],
    ),
    row(V::Redact, ANY, None, &[W::Secretary, W::Editor]),
    row(V::Quarantine, ANY, None, &[W::SecurityAdmin, W::Commission]),
    row(
        V::ChangeVisibility,
        ANY,
        None,
        &[W::Reporter, W::Secretary, W::Dispatcher, W::Editor],
    ),
    row(
        V::HandOver,
        LIVE,
        None,
        &[W::Secretary, W::GridOfficer, W::CalledOfficer],
    ),
    row(V::Withdraw, OPEN, Some(S::Withdrawn), &[W::Reporter]),
    row(
        V::Close,
        &[S::Resolved, S::Verified],
        Some(S::Closed),
        &[W::System, W::Dispatcher, W::Secretary, W::Supervisor],
    ),
];
