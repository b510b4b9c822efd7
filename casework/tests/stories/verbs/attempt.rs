//! Every verb with what it needs to be possible where it is tried.

use domain::{
    case::{EvidenceKind, Ground, Level},
    decide::{Act, Command},
    ids::{AppointmentNo, AreaCode, CategoryCode, EngagementNo, UnitCode},
    time::Millis,
    verb::Verb,
    visibility::Visibility,
};

use crate::{
    matter::{CHECKED, Matter, SOLVED, Stand, call_both, engage, extension, transfer},
    town::{HUAZHONG, Town},
};

/// The verb with what it needs to be possible there.
pub async fn command(town: &Town, matter: &Matter, verb: Verb, stand: Stand) -> Command {
    let soon = town.desk.now().plus(Millis::days(9));
    let act = match verb {
        Verb::Accept => Act::Accept,
        Verb::Take => Act::Take,
        Verb::Reject => Act::Reject {
            ground: Ground::OutsideCity,
        },
        Verb::AskReview => Act::AskReview,
        Verb::ReviewRejection => Act::ReviewRejection { uphold: false },
        Verb::Ask => Act::Ask,
        Verb::Answer => Act::Answer,
        Verb::EndWaiting => Act::EndWaiting,
        Verb::AddInformation => Act::AddInformation,
        Verb::Join => Act::Join,
        Verb::Assess => Act::Assess { duty: None },
        Verb::Call => call_both(),
        Verb::Sign => Act::Sign { part: 1 },
        Verb::ReportIn => Act::ReportIn { part: 1 },
        Verb::SetOut => Act::SetOut { part: 1 },
        Verb::Arrive => Act::Arrive { part: 1 },
        Verb::FeedBack => Act::FeedBack { part: 1 },
        Verb::Engage => engage(town, 1, "clean-river"),
        Verb::EndEngagement => Act::EndEngagement {
            engagement: EngagementNo(1),
        },
        Verb::AskReturn => Act::AskReturn {
            part: 1,
            duty: None,
        },
        Verb::RuleOnReturn => Act::RuleOnReturn {
            part: 1,
            uphold: true,
        },
        Verb::Assign => Act::Assign {
            unit: UnitCode::new("safety-fire").unwrap(),
            lead: false,
        },
        Verb::AskExtension => extension(town, matter.id).await,
        Verb::RuleOnExtension => Act::RuleOnExtension { grant: true },
        Verb::Park => Act::Park {
            owner: UnitCode::new("resources-land").unwrap(),
            until: soon,
        },
        Verb::TransferOut => transfer(soon),
        Verb::RelayAnswer => Act::RelayAnswer,
        Verb::Note => Act::Note,
        Verb::Update => Act::Update,
        Verb::AddEvidence => Act::AddEvidence {
            evidence: EvidenceKind::Document,
        },
        Verb::Resolve => SOLVED,
        Verb::Verify => CHECKED,
        Verb::SendBack => Act::SendBack,
        Verb::CallBack => Act::CallBack {
            reached: true,
            holds: None,
        },
        Verb::Confirm => Act::Confirm,
        Verb::Dispute => Act::Dispute,
        Verb::Rate => Act::Rate { stars: 4 },
        Verb::AnswerRating => Act::AnswerRating,
        Verb::Reopen => Act::Reopen,
        Verb::Escalate => Act::Escalate { to: Level::Unit },
        Verb::Urge => Act::Urge,
        Verb::Supervise => Act::Supervise { due: soon },
        Verb::AnswerSupervision => Act::AnswerSupervision { demand: 1 },
        Verb::DirectLine => Act::DirectLine,
        Verb::Move => Act::Move {
            community: AreaCode::new(HUAZHONG).unwrap(),
        },
        Verb::Reclassify => Act::Reclassify {
            category: CategoryCode::new("place-name").unwrap(),
        },
        Verb::Merge => Act::Merge { into: matter.other },
        Verb::Unmerge => Act::Unmerge,
        Verb::Publish => Act::Publish,
        Verb::Hold => Act::Hold,
        Verb::Redact => Act::Redact { version: 1 },
        Verb::Quarantine => Act::Quarantine,
        Verb::ChangeVisibility if stand == Stand::HalfPublic => Act::ChangeVisibility {
            to: Visibility::Public,
        },
        Verb::ChangeVisibility => Act::ChangeVisibility {
            to: Visibility::Private,
        },
        Verb::HandOver => Act::HandOver {
            to: AppointmentNo(2),
        },
        Verb::Withdraw => Act::Withdraw,
        Verb::Close => Act::Close,
    };
    act.saying("如实填写的一句话")
}
