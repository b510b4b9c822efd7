//! The words of a case: closed lists, each word the same in the log, in addresses and in texts.

use serde::{Deserialize, Serialize};

macro_rules! words_of {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $text)] $variant),+ }
        impl $name {
            /// All of them, in order.
            pub const ALL: &[Self] = &[$(Self::$variant),+];
            /// The stable word used in the log, addresses and message keys.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }
        impl std::str::FromStr for $name {
            type Err = UnknownWord;
            fn from_str(text: &str) -> Result<Self, UnknownWord> {
                match text { $($text => Ok(Self::$variant),)+ _ => Err(UnknownWord) }
            }
        }
    };
}
pub(crate) use words_of;

/// A word that is none of its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown word")]
pub struct UnknownWord;

words_of! {
    /// What kind of answer is owed.
    Kind {
        /// A problem told to the community. 反映 / 上报
        Whistle = "whistle",
        /// An application for a service. 办件
        Request = "request",
        /// Sealed: unlawful acts. 违法线索
        Tip = "tip",
        /// An instruction from the city to communities. 一键达任务
        Task = "task",
    }
}
words_of! {
    /// The door a case came in by.
    Channel {
        /// The portal's pages.
        Web = "web",
        /// The machine interface.
        Api = "api",
        /// A staff member at a counter or in the street.
        Staff = "staff",
        /// By telephone.
        Phone = "phone",
        /// The 12345 hotline.
        Hotline = "hotline",
        /// Handed over by the police's 110.
        Police = "police",
        /// An import from another system.
        Import = "import",
    }
}
words_of! {
    /// Who files, which decides who may judge.
    Filer {
        /// A resident for themself.
        Resident = "resident",
        /// Staff for a resident, with consent; the code goes to the resident (K3).
        Proxy = "proxy",
        /// Staff of their own accord (patrol); never confirmed, never rated.
        Staff = "staff",
    }
}
words_of! {
    /// How a resident agreed that staff file for them.
    Consent {
        /// 当面
        InPerson = "in_person",
        /// 电话
        Phone = "by_phone",
        /// 书面
        Writing = "in_writing",
    }
}
words_of! {
    /// A person's part in a case.
    PartyRole {
        /// Told the problem.
        Reporter = "reporter",
        /// Has the same problem.
        MeToo = "me_too",
    }
}
words_of! {
    /// Why the community calls. Chosen by the caller, never by the resident.
    CallClass {
        /// 疑难问题
        HardProblem = "hard_problem",
        /// 联合执法
        JointEnforcement = "joint_enforcement",
        /// 应急
        Emergency = "emergency",
    }
}
words_of! {
    /// How a case came out.
    Outcome {
        /// 解决了
        Solved = "solved",
        /// 部分解决
        PartlySolved = "partly_solved",
        /// 列入计划
        Planned = "planned",
        /// 到场未发现
        NotFound = "not_found",
        /// 不属实
        Untrue = "untrue",
        /// 依法不能办, with reasons
        LawfullyRefused = "lawfully_refused",
        /// 无权处理: must be transferred
        NoPower = "no_power",
        /// 已在其他程序中
        OtherProcedure = "other_procedure",
        /// 重复
        Duplicate = "duplicate",
        /// 联系不上
        Unreachable = "unreachable",
    }
}
words_of! {
    /// What enforcement did; private (K3).
    EnforcementOutcome {
        /// 警告
        Warned = "warned",
        /// 责令改正
        Ordered = "ordered",
        /// 立案
        CaseOpened = "case_opened",
        /// 处罚
        Penalised = "penalised",
        /// 未找到责任人
        NotIdentified = "not_identified",
    }
}
words_of! {
    /// How far up a case went: small matters stay in the grid.
    Level {
        /// 网格
        Grid = "grid",
        /// 社区
        Community = "community",
        /// 治理单元
        Unit = "unit",
        /// 市
        City = "city",
    }
}
words_of! {
    /// The closed list of grounds for not accepting.
    Ground {
        /// Suit, arbitration, reconsideration, petition or discipline is running or required.
        OtherProcedure = "other_procedure",
        /// Not enough to act on, and the reporter could not be asked.
        NotActionable = "not_actionable",
        /// Outside the city.
        OutsideCity = "outside_city",
        /// The same person, the same matter, already answered.
        AlreadyAnswered = "already_answered",
    }
}
words_of! {
    /// How a result was checked.
    VerifyMethod {
        /// Somebody went there.
        OnSite = "on_site",
        /// On the evidence in the case.
        OnEvidence = "on_evidence",
    }
}
words_of! {
    /// The state without its data, as addresses, filters and texts name it.
    StateTag {
        /// Told, nobody has accepted it yet.
        Filed = "filed",
        /// The community answers for it.
        Accepted = "accepted",
        /// Departments are called, none has reported in.
        Dispatched = "dispatched",
        /// Somebody works on it.
        InProgress = "in_progress",
        /// The handling side says it is done.
        Resolved = "resolved",
        /// Somebody outside the handling unit checked.
        Verified = "verified",
        /// Ended.
        Closed = "closed",
        /// Not accepted, by two people.
        Rejected = "rejected",
        /// Taken back by the reporter.
        Withdrawn = "withdrawn",
        /// Goes on in another case.
        Merged = "merged",
        /// Planned, with owner and date; not handled.
        Parked = "parked",
        /// Another body must answer; not handled.
        TransferredOut = "transferred_out",
    }
}

impl StateTag {
    /// Nothing is owed any more, unless it is reopened.
    #[must_use]
    pub const fn is_ended(self) -> bool {
        matches!(
            self,
            Self::Closed | Self::Rejected | Self::Withdrawn | Self::Merged | Self::TransferredOut
        )
    }
}
