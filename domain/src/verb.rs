//! The verbs of a case and the one transition table.
//!
//! Each row says what a verb starts from, where it leads and who may use it. `docs/states.md` is
//! drawn from this table (`picture`), [`crate::access::may`] and [`crate::decide::decide`] read
//! it, and nothing else knows the order of things.

mod picture;
mod table;

use serde::{Deserialize, Serialize};

use Verb as V;
pub use picture::picture;
pub use table::TABLE;

use crate::case::{Kind, StateTag, UnknownWord, words_of};

words_of! {
    /// What a person (or a job on a clock) can do to a case.
    Verb {
        /// 受理
        Accept = "accept",
        /// 接单, 自办
        Take = "take",
        /// 不予受理 (two people)
        Reject = "reject",
        /// 申请复核
        AskReview = "ask_review",
        /// 复核
        ReviewRejection = "review_rejection",
        /// 请补充
        Ask = "ask",
        /// 补充
        Answer = "answer",
        /// The bounded wait is over.
        EndWaiting = "end_waiting",
        /// Tell more, unasked.
        AddInformation = "add_information",
        /// 我也遇到
        Join = "join",
        /// 处理意见
        Assess = "assess",
        /// 社区吹哨
        Call = "call",
        /// 签收
        Sign = "sign",
        /// 报到
        ReportIn = "report_in",
        /// 出动
        SetOut = "set_out",
        /// 到场
        Arrive = "arrive",
        /// 反馈
        FeedBack = "feed_back",
        /// 委托
        Engage = "engage",
        /// 终止委托
        EndEngagement = "end_engagement",
        /// 申请退单
        AskReturn = "ask_return",
        /// 退单裁定
        RuleOnReturn = "rule_on_return",
        /// 指定承办
        Assign = "assign",
        /// 申请延期
        AskExtension = "ask_extension",
        /// 延期裁定
        RuleOnExtension = "rule_on_extension",
        /// 列入计划
        Park = "park",
        /// 转出
        TransferOut = "transfer_out",
        /// 转达答复
        RelayAnswer = "relay_answer",
        /// 内部记录
        Note = "note",
        /// 进展
        Update = "update",
        /// 证据
        AddEvidence = "add_evidence",
        /// 办结
        Resolve = "resolve",
        /// 核查
        Verify = "verify",
        /// 退回重办
        SendBack = "send_back",
        /// 回访
        CallBack = "call_back",
        /// 解决了
        Confirm = "confirm",
        /// 没解决
        Dispute = "dispute",
        /// 评价
        Rate = "rate",
        /// 差评回应
        AnswerRating = "answer_rating",
        /// 重新办理
        Reopen = "reopen",
        /// 上报上级
        Escalate = "escalate",
        /// 催办
        Urge = "urge",
        /// 督办
        Supervise = "supervise",
        /// 督办回复
        AnswerSupervision = "answer_supervision",
        /// 直报
        DirectLine = "direct_line",
        /// 改类别
        Reclassify = "reclassify",
        /// 转社区
        Move = "move",
        /// 并案
        Merge = "merge",
        /// 撤销并案
        Unmerge = "unmerge",
        /// 发布
        Publish = "publish",
        /// 暂不公开
        Hold = "hold",
        /// 遮盖
        Redact = "redact",
        /// 涉密隔离 (two people)
        Quarantine = "quarantine",
        /// Who may see it.
        ChangeVisibility = "change_visibility",
        /// 交接
        HandOver = "hand_over",
        /// 撤回
        Withdraw = "withdraw",
        /// 结案
        Close = "close",
    }
}

impl Verb {
    /// Verbs that mean nothing without a text: a basis, a reason, a question, an answer.
    #[must_use]
    pub const fn needs_text(self) -> bool {
        matches!(
            self,
            V::Reject
                | V::ReviewRejection
                | V::Ask
                | V::Answer
                | V::AddInformation
                | V::Assess
                | V::AskReturn
                | V::RuleOnReturn
                | V::AskExtension
                | V::Park
                | V::RelayAnswer
                | V::Note
                | V::Update
                | V::SendBack
                | V::Dispute
                | V::Merge
                | V::Move
                | V::Supervise
                | V::AnswerSupervision
                | V::AnswerRating
                | V::DirectLine
                | V::Hold
                | V::Redact
                | V::Quarantine
        )
    }

    /// Verbs that people use where the problem is, perhaps without a line: what they do then may be told
    /// later, with when and where it was.
    #[must_use]
    pub const fn is_of_the_field(self) -> bool {
        matches!(
            self,
            V::Take
                | V::Sign
                | V::ReportIn
                | V::SetOut
                | V::Arrive
                | V::FeedBack
                | V::AddEvidence
                | V::Resolve
        )
    }

    /// Verbs whose event shows photos.
    #[must_use]
    pub const fn takes_photos(self) -> bool {
        matches!(
            self,
            V::Answer | V::AddInformation | V::FeedBack | V::Update | V::AddEvidence | V::Resolve
        )
    }
}

/// Who may use a verb; scope and unit are checked by [`crate::access::may`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// The reporter of a case that a resident filed.
    Reporter,
    /// Anybody, for cases public to all.
    Anyone,
    /// 社区书记
    Secretary,
    /// 网格员, who neither approves, punishes nor rejects.
    GridOfficer,
    /// 联勤工作站 dispatcher.
    Dispatcher,
    /// An officer of a unit called to the case.
    CalledOfficer,
    /// The officer of the unit that leads.
    LeadOfficer,
    /// 基层治理委员会
    Commission,
    /// 督查
    Supervisor,
    /// 承接方: arrives, shows evidence and feeds back for the unit that is on the case; no more.
    Contractor,
    /// Releases words and photos.
    Editor,
    /// Takes cases out of sight.
    SecurityAdmin,
    /// A job on a clock.
    System,
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// What is done.
    pub verb: Verb,
    /// In which states.
    pub from: &'static [StateTag],
    /// Where it leads; `None` leaves the state as it is.
    pub to: Option<StateTag>,
    /// Who may.
    pub who: &'static [Who],
}

/// The row of a verb.
///
/// # Panics
/// Never: a test holds the table to one row a verb.
#[must_use]
pub fn row_of(verb: Verb) -> &'static Row {
    TABLE
        .iter()
        .find(|row| row.verb == verb)
        .expect("every verb has its row")
}

/// Whether a kind of case knows a verb at all.
#[must_use]
pub fn allowed(kind: Kind, verb: Verb) -> bool {
    match kind {
        Kind::Whistle => true,
        // A request is decided, not dispatched to a street corner, and never shared.
        Kind::Request => !matches!(
            verb,
            V::Join
                | V::Publish
                | V::Hold
                | V::SetOut
                | V::Arrive
                | V::Merge
                | V::Unmerge
                | V::Park
        ),
        // Sealed: nothing of it is ever published, joined or merged.
        Kind::Tip => !matches!(
            verb,
            V::Join | V::Publish | V::Hold | V::Merge | V::Unmerge | V::ChangeVisibility | V::Call
        ),
        Kind::Task => matches!(
            verb,
            V::Accept
                | V::Take
                | V::Note
                | V::Update
                | V::AddEvidence
                | V::Resolve
                | V::Verify
                | V::SendBack
                | V::Supervise
                | V::AnswerSupervision
                | V::Close
                | V::HandOver
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Who as W;

    #[test]
    fn every_verb_has_exactly_one_row() {
        for verb in Verb::ALL {
            assert_eq!(
                TABLE.iter().filter(|row| row.verb == *verb).count(),
                1,
                "{verb:?}"
            );
        }
    }

    #[test]
    fn no_grid_role_rejects_or_transfers() {
        for verb in [
            V::Reject,
            V::TransferOut,
            V::RuleOnReturn,
            V::Assign,
            V::Close,
            V::Merge,
        ] {
            assert!(!row_of(verb).who.contains(&W::GridOfficer), "{verb:?}");
        }
    }

    #[test]
    fn only_the_reporter_judges() {
        for verb in [V::Confirm, V::Dispute, V::Rate] {
            assert_eq!(row_of(verb).who, &[W::Reporter], "{verb:?}");
        }
    }
}
