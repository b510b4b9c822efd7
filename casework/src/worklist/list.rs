//! The lists of the desk, and what each is of.

use domain::{
    access::{self, Clocks, Viewer},
    case::Awaits,
};

/// A list of the desk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum List {
    /// My clocks, what runs out first first.
    #[default]
    Mine,
    /// What waits for a decision of an office: returns, extensions, second persons, demands.
    Decisions,
    /// Results that wait for a check, and checked ones that are not closed.
    Checks,
    /// Words and photos that the public waits for.
    Release,
    /// What came up because it was not done below.
    CameUp,
    /// What waits for its reporter.
    Reporter,
    /// What was transferred out and waits for another body's answer, what is over first.
    Elsewhere,
    /// All that is open.
    Open,
    /// What has ended.
    Ended,
    /// Of the whole city: what nobody has taken or called for yet. 统一分办
    Triage,
    /// Of the whole city: joint enforcement under way. 联合执法
    JointEnforcement,
    /// Of the whole city: emergencies under way. 应急
    Emergency,
    /// Of the whole city: demands that wait for their answer. 督办
    Demands,
}

impl List {
    /// All of them, in order.
    pub const ALL: [Self; 13] = [
        Self::Mine,
        Self::Decisions,
        Self::CameUp,
        Self::Checks,
        Self::Release,
        Self::Reporter,
        Self::Elsewhere,
        Self::Open,
        Self::Ended,
        Self::Triage,
        Self::JointEnforcement,
        Self::Emergency,
        Self::Demands,
    ];

    /// Its word in addresses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Decisions => "decisions",
            Self::CameUp => "came-up",
            Self::Checks => "checks",
            Self::Release => "release",
            Self::Reporter => "reporter",
            Self::Elsewhere => "elsewhere",
            Self::Open => "open",
            Self::Ended => "ended",
            Self::Triage => "triage",
            Self::JointEnforcement => "joint-enforcement",
            Self::Emergency => "emergency",
            Self::Demands => "demands",
        }
    }

    /// The list of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|list| list.as_str() == word)
    }

    pub(super) fn awaits(self, viewer: &Viewer) -> Awaits {
        match self {
            Self::Decisions => Awaits::DECISIONS,
            // To the city comes what the unit did not get done either.
            Self::CameUp if access::clocks(viewer) == Clocks::All => Awaits::CITY_LEVEL,
            Self::CameUp => Awaits::UNIT_LEVEL.and(Awaits::CITY_LEVEL),
            Self::Checks => Awaits::CHECKS,
            Self::Release => Awaits::RELEASE,
            Self::Reporter => Awaits::REPORTER,
            Self::Mine | Self::Elsewhere | Self::Open | Self::Ended => Awaits::NOTHING,
            Self::Triage | Self::JointEnforcement | Self::Emergency | Self::Demands => self.queue(),
        }
    }
}
