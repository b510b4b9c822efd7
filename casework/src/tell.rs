//! Telling the people of a case what happens to it, by the address they left.
//!
//! A follower of the log owes a letter for each event that matters to them; the job table holds it
//! until a courier took it, so a crash in between loses none and the receiver sees the same id
//! again. A letter says that something happened and where to look, never what the case is about:
//! phones lie on tables. Of what is always private (harm to a minor, family violence) and of sealed
//! tips nothing is sent unasked.

mod one_time;
mod owing;
mod sending;

use domain::{
    case::{Case, Kind, State},
    event::Fact,
    ids::{CaseId, PartyNo},
    reference::CaseNumber,
    time::Millis,
};
use store::AddressHash;

pub use one_time::{ask_one_time, use_one_time};
pub(crate) use owing::owe_receipt;
pub use owing::{Teller, begin};
pub use sending::{Owed, due, sent, unsent};

use crate::Desk;

/// News of a case.
const NEWS: &str = "tell.news";
/// A receipt code for a resident for whom staff filed.
const RECEIPT: &str = "tell.receipt";
/// A one-time code for somebody who lost their receipt.
const ONE_TIME: &str = "tell.one_time";

/// Letters an address gets in an hour, whatever they are: who knows a number must not make it ring all day.
pub const PER_HOUR: u32 = 3;
/// Of these, mere news: what asks something of its owner, or brings a code that they wait for, finds room.
pub const NEWS_PER_HOUR: u32 = 2;
const HOUR: Millis = Millis::hours(1);
/// How long a one-time code is good.
pub const ONE_TIME_LASTS: Millis = Millis::minutes(30);

/// What a letter is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// The community accepted it, or took it in hand.
    Accepted,
    /// Departments were called.
    Called,
    /// A question waits.
    Asked,
    /// The offices say that it is done: it is theirs to say whether it is.
    Resolved,
    /// It was not accepted; a review may be asked for.
    Rejected,
    /// It was put on the plan.
    Parked,
    /// Another body must answer.
    TransferredOut,
    /// That body has answered.
    AnswerRelayed,
    /// It is worked on again.
    Reopened,
    /// It takes longer than promised.
    MoreTime,
    /// Their rating was answered.
    Answered,
    /// It goes on in another case, which is about the same.
    Merged,
    /// Their receipt code.
    Receipt(String),
    /// A one-time code.
    OneTime(String),
}

impl About {
    /// Its word, for gateways.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Called => "called",
            Self::Asked => "asked",
            Self::Resolved => "resolved",
            Self::Rejected => "rejected",
            Self::Parked => "parked",
            Self::TransferredOut => "transferred_out",
            Self::AnswerRelayed => "answer_relayed",
            Self::Reopened => "reopened",
            Self::MoreTime => "more_time",
            Self::Answered => "rating_answered",
            Self::Merged => "merged",
            Self::Receipt(_) => "receipt",
            Self::OneTime(_) => "one_time",
        }
    }

    fn of_word(word: &str) -> Option<Self> {
        [
            Self::Accepted,
            Self::Called,
            Self::Asked,
            Self::Resolved,
            Self::Rejected,
            Self::Parked,
            Self::TransferredOut,
            Self::AnswerRelayed,
            Self::Reopened,
            Self::MoreTime,
            Self::Answered,
            Self::Merged,
        ]
        .into_iter()
        .find(|about| about.word() == word)
    }

    /// Whether it asks something of whoever gets it: an answer, which has a date, or their judgement.
    #[must_use]
    pub const fn asks(&self) -> bool {
        matches!(self, Self::Asked | Self::Resolved)
    }

    /// Whether what it asks is still open in the case as it stands.
    fn is_open_in(&self, case: &Case) -> bool {
        match self {
            Self::Asked => case.waiting_since.is_some(),
            Self::Resolved => matches!(
                case.state,
                State::Resolved { .. } | State::Verified { .. } | State::Closed { .. }
            ),
            _ => false,
        }
    }

    /// What an event means to the people of its case; nothing where they need not know.
    #[must_use]
    pub fn of(fact: &Fact) -> Option<Self> {
        Some(match fact {
            Fact::Accepted { .. } => Self::Accepted,
            Fact::Called { .. } => Self::Called,
            Fact::Asked {} => Self::Asked,
            Fact::Resolved { .. } => Self::Resolved,
            Fact::Rejected { .. } => Self::Rejected,
            Fact::Parked { .. } => Self::Parked,
            Fact::TransferredOut { .. } => Self::TransferredOut,
            Fact::AnswerRelayed {} => Self::AnswerRelayed,
            Fact::Reopened { .. } | Fact::SentBack {} => Self::Reopened,
            Fact::ExtensionRuled { granted: true, .. } => Self::MoreTime,
            Fact::RatingAnswered {} => Self::Answered,
            Fact::Merged { .. } => Self::Merged,
            _ => return None,
        })
    }
}

/// A letter to somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The same each time it is tried: a receiver that has it throws the second away.
    pub id: String,
    /// The case.
    pub number: CaseNumber,
    /// What it is about.
    pub about: About,
    /// Telephone, if they left one.
    pub phone: Option<String>,
    /// Mail address, if they left one.
    pub email: Option<String>,
}

/// Cases of which nothing is sent unasked.
fn is_silent(case: &Case) -> bool {
    case.always_private || case.kind == Kind::Tip || case.quarantined
}

fn recipient(case: CaseId, party: PartyNo) -> String {
    format!("{case}/{party}")
}

fn read_recipient(text: &str) -> Option<(CaseId, PartyNo)> {
    let (case, party) = text.split_once('/')?;
    Some((case.parse().ok()?, PartyNo(party.parse().ok()?)))
}

const SEALED: &[u8] = b"letter/1";

fn sealed(desk: &Desk, text: &str) -> String {
    hex::encode(desk.store.seal(SEALED, text.as_bytes()))
}

fn unsealed(desk: &Desk, payload: &str) -> Option<String> {
    let bytes = hex::decode(payload).ok()?;
    String::from_utf8(desk.store.unseal(SEALED, &bytes)?).ok()
}

/// How an address is counted, however it was typed.
fn hash_of(desk: &Desk, address: &str) -> AddressHash {
    desk.store.address_hash(&plain(address))
}

/// Spaces and hyphens in a number mean nothing.
fn plain(address: &str) -> String {
    if address.contains('@') {
        return address.trim().to_lowercase();
    }
    address
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect()
}
