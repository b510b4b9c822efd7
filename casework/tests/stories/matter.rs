//! A case with its people, brought to where a story begins.

use casework::{act, file::FiledCase};
use domain::{
    access::Viewer,
    case::{CallClass, Ground, Level, Outcome, VerifyMethod},
    clock::RunningClock,
    decide::{Act, CallDue, Called, Command},
    draft::Draft,
    event::Actor,
    ids::{CaseId, ContractorCode, EngagementNo, PartyNo, UnitCode},
    text::{Basis, BodyName},
    time::{Millis, Timestamp},
    visibility::Visibility,
};

use crate::{
    posts::{SECRETARY, STATION, post, staff},
    told::{plain_draft, who_filed},
    town::Town,
};

/// How far the case has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    Filed,
    HalfPublic,
    Waiting,
    WaitedLong,
    Accepted,
    Own,
    Called,
    Working,
    Engaged,
    ReturnAsked,
    ExtensionAsked,
    Overdue,
    Supervised,
    ResolvedOwn,
    Resolved,
    Verified,
    Closed,
    RatedLow,
    Rejected,
    ReviewAsked,
    Merged,
    Released,
    TransferredOut,
}

/// Of the unit that is called to lead.
pub const LEAD: &str = "appearance officer";
/// Of the unit that is called to help.
pub const SUPPORT: &str = "land officer";
/// Works for the unit that leads.
pub const CONTRACTOR: &str = "appearance contractor";

/// Works for the unit that leads, by the link of the first engagement.
pub const FIRM: &str = "firm by its link";

/// A case with its people.
pub struct Matter {
    pub id: CaseId,
    pub reporter: Viewer,
    pub me_too: Viewer,
    /// Who filed the other case.
    pub stranger: Viewer,
    /// Another case of the same sort, open and apart.
    pub other: CaseId,
}

impl Matter {
    pub fn viewer(&self, name: &str) -> Viewer {
        match name {
            "anybody" => Viewer::Anonymous,
            "reporter" => self.reporter.clone(),
            "me-too" => self.me_too.clone(),
            "another reporter" => self.stranger.clone(),
            "job" => Viewer::System,
            FIRM => Viewer::Contractor {
                case: self.id,
                engagement: EngagementNo(1),
            },
            name => staff(name),
        }
    }

    pub fn actor(&self, name: &str) -> Actor {
        match name {
            "reporter" => Actor::Party(PartyNo(1)),
            "me-too" => Actor::Party(PartyNo(2)),
            "job" => Actor::System,
            FIRM => Actor::Contractor(EngagementNo(1)),
            name => Actor::Appointment(post(name).no),
        }
    }
}

/// Files what asks for neither a photo nor somebody on the spot.
pub async fn told(town: &Town, visibility: Visibility) -> FiledCase {
    let draft = Draft {
        visibility: visibility.as_str().to_owned(),
        ..plain_draft()
    };
    town.files(&draft).await
}

/// A unit as it is called.
pub fn called(unit: &str, lead: bool) -> Called {
    Called {
        unit: UnitCode::new(unit).unwrap(),
        lead,
    }
}

/// Calls these units, by the times of the policy.
pub fn call(units: Vec<Called>) -> Act {
    Act::Call {
        class: CallClass::HardProblem,
        units,
        due: CallDue::Policy,
    }
}

/// Calls the two units of [`LEAD`] and [`SUPPORT`].
pub fn call_both() -> Act {
    call(vec![
        called("enforcement-appearance", true),
        called("resources-land", false),
    ])
}

/// Done, by the community's own account.
pub const SOLVED: Act = Act::Resolve {
    outcome: Outcome::Solved,
    enforcement: None,
    level: Level::Community,
};

/// Checked on the spot.
pub const CHECKED: Act = Act::Verify {
    method: VerifyMethod::OnSite,
};

/// Brings a case to where it stands, by people the design lets do it.
pub async fn prepare(town: &Town, stand: Stand) -> Matter {
    town.at("2026-11-23T09:00");
    let visibility = match stand {
        Stand::HalfPublic => Visibility::PublicWithoutDetail,
        _ => Visibility::Public,
    };
    let filed = told(town, visibility).await;
    let id = filed.case;
    act::join(&town.desk, &town.key(), filed.number, "")
        .await
        .unwrap();
    let me_too = Viewer::Party {
        case: id,
        party: PartyNo(2),
    };
    let other = told(town, Visibility::Public).await;
    let matter = Matter {
        id,
        reporter: who_filed(&filed),
        me_too,
        stranger: who_filed(&other),
        other: other.case,
    };
    let by = async |name: &str, command: Command| {
        town.does(&matter.viewer(name), id, command).await;
    };
    let called = async || {
        by(SECRETARY, Act::Accept.into()).await;
        by(STATION, call_both().into()).await;
    };
    let working = async || {
        called().await;
        by(LEAD, Act::ReportIn { part: 1 }.into()).await;
        by(SUPPORT, Act::ReportIn { part: 2 }.into()).await;
    };
    let resolved = async || {
        working().await;
        by(LEAD, SOLVED.saying("办完")).await;
    };
    let reject = || {
        Act::Reject {
            ground: Ground::OtherProcedure,
        }
        .saying("已在诉讼中")
    };
    match stand {
        Stand::Filed | Stand::HalfPublic => {}
        Stand::Waiting => by(SECRETARY, Act::Ask.saying("在几号门前？")).await,
        Stand::WaitedLong => {
            by(SECRETARY, Act::Ask.saying("在几号门前？")).await;
            town.fresh.clock.advance(Millis::days(7));
        }
        Stand::Accepted => by(SECRETARY, Act::Accept.into()).await,
        Stand::Own => by(SECRETARY, Act::Take.into()).await,
        Stand::Called => called().await,
        Stand::Working => working().await,
        Stand::Engaged => {
            working().await;
            by(LEAD, engage(town, 1, "clean-river").into()).await;
        }
        Stand::ReturnAsked => {
            called().await;
            by(
                LEAD,
                Act::AskReturn {
                    part: 1,
                    duty: None,
                }
                .saying("不属我方职责"),
            )
            .await;
        }
        Stand::ExtensionAsked => {
            working().await;
            by(LEAD, extension(town, id).await.saying("等材料")).await;
        }
        Stand::Overdue => {
            by(SECRETARY, Act::Accept.into()).await;
            town.fresh.clock.advance(Millis::days(30));
        }
        Stand::Supervised => {
            working().await;
            let due = town.desk.now().plus(Millis::days(2));
            by("supervisor", Act::Supervise { due }.saying("请说明")).await;
        }
        Stand::ResolvedOwn => {
            by(SECRETARY, Act::Take.into()).await;
            by(SECRETARY, SOLVED.saying("办完")).await;
        }
        Stand::Resolved => resolved().await,
        Stand::Verified => {
            resolved().await;
            by(SECRETARY, CHECKED.into()).await;
        }
        Stand::Closed => {
            resolved().await;
            by(SECRETARY, CHECKED.into()).await;
            by("job", Act::Close.into()).await;
        }
        Stand::RatedLow => {
            resolved().await;
            by("reporter", Act::Rate { stars: 2 }.saying("拖了太久")).await;
        }
        Stand::Rejected | Stand::ReviewAsked => {
            by(SECRETARY, reject()).await;
            by(STATION, reject()).await;
            if stand == Stand::ReviewAsked {
                by("reporter", Act::AskReview.into()).await;
            }
        }
        Stand::Merged => {
            by(
                SECRETARY,
                Act::Merge { into: matter.other }.saying("同一处"),
            )
            .await;
        }
        Stand::Released => by("editor", Act::Publish.into()).await,
        Stand::TransferredOut => {
            let due = town.desk.now().plus(Millis::days(15));
            by(STATION, transfer(due).into()).await;
        }
    }
    matter
}

/// To a body outside the city's own units, which has until then.
pub fn transfer(due: Timestamp) -> Act {
    Act::TransferOut {
        destination: BodyName::new("市外某机构").unwrap(),
        basis: Basis::new("职责清单第三条").unwrap(),
        due,
    }
}

/// Engages a firm for a part, for ten days.
pub fn engage(town: &Town, part: u32, firm: &str) -> Act {
    Act::Engage {
        part,
        contractor: ContractorCode::new(firm).unwrap(),
        until: town.desk.now().plus(Millis::days(10)),
    }
}

/// Asks for three days more on a clock.
pub fn more_time(clock: &RunningClock) -> Act {
    Act::AskExtension {
        clock: clock.id,
        until: clock.due.plus(Millis::days(3)),
    }
}

/// Asks for more time on the clock of the leading unit's part.
pub async fn extension(town: &Town, id: CaseId) -> Act {
    let case = town.case(id).await;
    let clock = case
        .clocks
        .iter()
        .find(|clock| clock.part == Some(1) && clock.is_running());
    more_time(clock.expect("the part has a clock"))
}
