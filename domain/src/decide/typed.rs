//! From what somebody typed to what they want: the fields of a form, or of a machine's command, read
//! as an [`Act`]. A form of the desk and `POST /api/v1/cases/{number}/commands` are read here, so
//! that both take the same words.
//!
//! | verb | fields |
//! |---|---|
//! | steps of a called part | `part` |
//! | `reject` | `ground` |
//! | `review_rejection`, `rule_on_return` (with `part`) | `uphold`: yes or no |
//! | `rule_on_extension` | `grant`: yes or no |
//! | `call` | `class`; `duty` (an entry of the register says who leads and who supports) or `lead`; `support` (any number, on top); `due`: `policy`, `within` with `amount` and `unit_of_time`, or `until` with `until` |
//! | `engage` | `part`, `contractor` (of the register), `until` |
//! | `end_engagement` | `engagement` |
//! | `ask_return`, `assess` | `duty`, not needed |
//! | `assign` | `unit`, `leads`: yes or no |
//! | `ask_extension` | `clock`, `until` |
//! | `park` | `owner`, `until` |
//! | `transfer_out` | `destination`, `basis`, `until` |
//! | `supervise` | `until` |
//! | `add_evidence` | `evidence` |
//! | `resolve` | `outcome`, `enforcement`, not needed |
//! | `verify` | `method` |
//! | `call_back` | `reached`: yes or no; `holds`: yes or no, not needed |
//! | `rate` | `stars` |
//! | `answer_supervision` | `demand` |
//! | `reclassify` | `category` |
//! | `move` | `community` |
//! | `merge` | `into`: the number of the other case |
//! | `redact` | `event`; with `photo` (its number within the event) that photo is no longer public |
//! | `change_visibility` | `visibility` |
//! | `hand_over` | `to`: the number of an appointment |
//!
//! A date is `2026-12-31` and holds to the end of that day. What is done in the field may say when and
//! where it was done ([`claimed`]).

mod claim;

use std::str::FromStr;

pub use claim::{CLAIM_REACHES, claimed};

use super::{Act, CallDue, Called};
use crate::{
    case::{Case, Level, Part, raise},
    city::{Duty, EvidenceKind},
    clock::Limit,
    ids::{
        AppointmentNo, AreaCode, CaseId, CategoryCode, ContractorCode, DutyCode, EngagementNo,
        UnitCode,
    },
    reference::CaseNumber,
    text::{Bounded, TextError},
    time::{CityTime, Millis, Timestamp, next_day, parse_date},
    verb::Verb,
    visibility::Visibility,
};

/// What was typed, by the name of the field.
pub trait Typed {
    /// All values under a name, in order.
    fn values<'t>(&'t self, name: &'t str) -> Box<dyn Iterator<Item = &'t str> + 't>;

    /// The first value under a name that is not empty.
    fn value<'t>(&'t self, name: &'t str) -> Option<&'t str> {
        self.values(name)
            .map(str::trim)
            .find(|value| !value.is_empty())
    }
}

impl Typed for [(String, String)] {
    fn values<'t>(&'t self, name: &'t str) -> Box<dyn Iterator<Item = &'t str> + 't> {
        let of_name = self.iter().filter(move |(key, _)| key == name);
        Box::new(of_name.map(|(_, value)| value.as_str()))
    }
}

/// A field to mend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amiss {
    /// Its name.
    pub field: &'static str,
    /// What is wrong with it.
    pub what: Wrong,
}

/// The furthest a clock may be set, in days: a number typed twice is not a century.
const FARTHEST: u32 = 3_650;

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// Nothing is chosen or written.
    Missing,
    /// It is none of what may be chosen.
    Unknown,
    /// Not a date like 2026-12-31.
    NotADate,
    /// Not a whole number of at least one.
    NotANumber,
    /// Further away than anything the city may put off to.
    TooFar,
    /// No time of a day like 2026-12-31T14:03.
    NotATime,
    /// It has not been yet.
    ToCome,
    /// Longer ago than anybody may tell now.
    LongAgo,
    /// No position on the earth.
    NotAPlace,
    /// A text of more than so many characters.
    TooLong(usize),
    /// A text with signs in it that nobody can see.
    Control,
}

/// What a form can not tell by itself.
#[derive(Clone, Copy)]
pub struct Reading<'r> {
    /// The case it is about.
    pub case: &'r Case,
    /// The time of the city, for dates.
    pub time: &'r CityTime,
    /// The case that `into` names, if there is one that the person may know of.
    pub into: Option<CaseId>,
    /// The entry of the register that `duty` names, if it holds for the case now.
    pub duty: Option<&'r Duty>,
}

/// The case that a form wants to merge into, to be looked up first.
#[must_use]
pub fn into_number(typed: &(impl Typed + ?Sized)) -> Option<CaseNumber> {
    typed.value("into")?.parse().ok()
}

/// Reads an act.
///
/// # Errors
/// Every field that is to be mended; an empty list for a verb that is not typed by anybody.
pub fn read(
    verb: Verb,
    typed: &(impl Typed + ?Sized),
    reading: Reading<'_>,
) -> Result<Act, Vec<Amiss>> {
    let mut fields = Fields {
        typed,
        reading,
        amiss: Vec::new(),
    };
    let act = fields.act(verb);
    match act {
        Some(act) if fields.amiss.is_empty() => Ok(act),
        _ => Err(fields.amiss),
    }
}

struct Fields<'f, T: ?Sized> {
    typed: &'f T,
    reading: Reading<'f>,
    amiss: Vec<Amiss>,
}

impl<'f, T: Typed + ?Sized> Fields<'f, T> {
    fn wrong<V>(&mut self, field: &'static str, what: Wrong) -> Option<V> {
        self.amiss.push(Amiss { field, what });
        None
    }

    fn text(&mut self, field: &'static str) -> Option<String> {
        match self.typed.value(field) {
            Some(value) => Some(value.to_owned()),
            None => self.wrong(field, Wrong::Missing),
        }
    }

    /// A text of its own, within its bounds.
    fn bounded<const MIN: usize, const MAX: usize>(
        &mut self,
        field: &'static str,
    ) -> Option<Bounded<MIN, MAX>> {
        let text = self.text(field)?;
        match Bounded::<MIN, MAX>::new(&text) {
            Ok(text) => Some(text),
            Err(TextError::Empty | TextError::TooShort { .. }) => self.wrong(field, Wrong::Missing),
            Err(TextError::TooLong { max, .. }) => self.wrong(field, Wrong::TooLong(max)),
            Err(TextError::Control) => self.wrong(field, Wrong::Control),
        }
    }

    fn word<V: FromStr>(&mut self, field: &'static str) -> Option<V> {
        let text = self.text(field)?;
        match text.parse() {
            Ok(value) => Some(value),
            Err(_) => self.wrong(field, Wrong::Unknown),
        }
    }

    /// A word that may be left out; a wrong one is among what is amiss.
    fn word_if_any<V: FromStr>(&mut self, field: &'static str) -> Option<V> {
        self.typed.value(field)?;
        self.word(field)
    }

    fn yes(&mut self, field: &'static str) -> Option<bool> {
        match self.typed.value(field) {
            Some("yes" | "true") => Some(true),
            Some("no" | "false") => Some(false),
            Some(_) => self.wrong(field, Wrong::Unknown),
            None => self.wrong(field, Wrong::Missing),
        }
    }

    fn number(&mut self, field: &'static str) -> Option<u32> {
        let text = self.text(field)?;
        match text.parse() {
            Ok(number) if number > 0 => Some(number),
            _ => self.wrong(field, Wrong::NotANumber),
        }
    }

    /// The end of a day.
    fn date(&mut self, field: &'static str) -> Option<Timestamp> {
        let text = self.text(field)?;
        let Ok(date) = parse_date(&text) else {
            return self.wrong(field, Wrong::NotADate);
        };
        let end = self.reading.time.start_of_day(next_day(date));
        let farthest = Millis::days(i64::from(FARTHEST));
        if end.since(self.reading.case.filed_at) > farthest {
            return self.wrong(field, Wrong::TooFar);
        }
        Some(end)
    }

    fn unit(&mut self, field: &'static str) -> Option<UnitCode> {
        let text = self.text(field)?;
        match UnitCode::new(text.as_str()) {
            Ok(code) => Some(code),
            Err(_) => self.wrong(field, Wrong::Unknown),
        }
    }

    /// A duty, which may be left out; a wrong one is among what is amiss.
    fn duty(&mut self) -> Option<DutyCode> {
        match DutyCode::new(self.typed.value("duty")?) {
            Ok(code) => Some(code),
            Err(_) => self.wrong("duty", Wrong::Unknown),
        }
    }

    fn act(&mut self, verb: Verb) -> Option<Act> {
        Some(match verb {
            Verb::Accept => Act::Accept,
            Verb::Take => Act::Take,
            Verb::Reject => Act::Reject {
                ground: self.word("ground")?,
            },
            Verb::AskReview => Act::AskReview,
            Verb::ReviewRejection => Act::ReviewRejection {
                uphold: self.yes("uphold")?,
            },
            Verb::Ask => Act::Ask,
            Verb::Answer => Act::Answer,
            Verb::AddInformation => Act::AddInformation,
            Verb::Assess => Act::Assess { duty: self.duty() },
            Verb::Call => return self.call(),
            Verb::Sign => Act::Sign {
                part: self.number("part")?,
            },
            Verb::ReportIn => Act::ReportIn {
                part: self.number("part")?,
            },
            Verb::SetOut => Act::SetOut {
                part: self.number("part")?,
            },
            Verb::Arrive => Act::Arrive {
                part: self.number("part")?,
            },
            Verb::FeedBack => Act::FeedBack {
                part: self.number("part")?,
            },
            Verb::Engage => {
                let (part, until) = (self.number("part"), self.date("until"));
                let firm = self.text("contractor")?;
                let Ok(contractor) = ContractorCode::new(firm.as_str()) else {
                    return self.wrong("contractor", Wrong::Unknown);
                };
                Act::Engage {
                    part: part?,
                    contractor,
                    until: until?,
                }
            }
            Verb::EndEngagement => Act::EndEngagement {
                engagement: EngagementNo(self.number("engagement")?),
            },
            Verb::AskReturn => {
                let (part, duty) = (self.number("part"), self.duty());
                Act::AskReturn { part: part?, duty }
            }
            Verb::RuleOnReturn => {
                let (part, uphold) = (self.number("part"), self.yes("uphold"));
                Act::RuleOnReturn {
                    part: part?,
                    uphold: uphold?,
                }
            }
            Verb::Assign => {
                let (unit, lead) = (self.unit("unit"), self.yes("leads"));
                Act::Assign {
                    unit: unit?,
                    lead: lead?,
                }
            }
            Verb::AskExtension => {
                let (clock, until) = (self.number("clock"), self.date("until"));
                Act::AskExtension {
                    clock: clock?,
                    until: until?,
                }
            }
            Verb::RuleOnExtension => Act::RuleOnExtension {
                grant: self.yes("grant")?,
            },
            Verb::Park => {
                let (owner, until) = (self.unit("owner"), self.date("until"));
                Act::Park {
                    owner: owner?,
                    until: until?,
                }
            }
            Verb::TransferOut => {
                let (destination, basis) = (self.bounded("destination"), self.bounded("basis"));
                let due = self.date("until");
                Act::TransferOut {
                    destination: destination?,
                    basis: basis?,
                    due: due?,
                }
            }
            Verb::RelayAnswer => Act::RelayAnswer,
            Verb::Note => Act::Note,
            Verb::Update => Act::Update,
            Verb::AddEvidence => Act::AddEvidence {
                evidence: self.evidence()?,
            },
            Verb::Resolve => {
                let (outcome, enforcement) =
                    (self.word("outcome"), self.word_if_any("enforcement"));
                Act::Resolve {
                    outcome: outcome?,
                    enforcement,
                    level: self.level(),
                }
            }
            Verb::Verify => Act::Verify {
                method: self.word("method")?,
            },
            Verb::SendBack => Act::SendBack,
            Verb::CallBack => {
                let holds = match self.typed.value("holds") {
                    Some(_) => self.yes("holds"),
                    None => None,
                };
                Act::CallBack {
                    reached: self.yes("reached")?,
                    holds,
                }
            }
            Verb::Confirm => Act::Confirm,
            Verb::Dispute => Act::Dispute,
            Verb::Rate => Act::Rate {
                stars: u8::try_from(self.number("stars")?).unwrap_or(u8::MAX),
            },
            Verb::AnswerRating => Act::AnswerRating,
            Verb::Reopen => Act::Reopen,
            // One level at a time: there is nothing to choose.
            Verb::Escalate => Act::Escalate {
                to: raise(self.reading.case.level),
            },
            Verb::Urge => Act::Urge,
            Verb::Supervise => Act::Supervise {
                due: self.date("until")?,
            },
            Verb::AnswerSupervision => Act::AnswerSupervision {
                demand: self.number("demand")?,
            },
            Verb::DirectLine => Act::DirectLine,
            Verb::Move => {
                let text = self.text("community")?;
                match AreaCode::new(text.as_str()) {
                    Ok(community) => Act::Move { community },
                    Err(_) => return self.wrong("community", Wrong::Unknown),
                }
            }
            Verb::Reclassify => {
                let text = self.text("category")?;
                match CategoryCode::new(text.as_str()) {
                    Ok(category) => Act::Reclassify { category },
                    Err(_) => return self.wrong("category", Wrong::Unknown),
                }
            }
            Verb::Merge => {
                self.text("into")?;
                match self.reading.into {
                    Some(into) => Act::Merge { into },
                    None => return self.wrong("into", Wrong::Unknown),
                }
            }
            Verb::Unmerge => Act::Unmerge,
            Verb::Publish => Act::Publish,
            Verb::Hold => Act::Hold,
            Verb::Redact if self.typed.value("photo").is_some() => {
                let (version, photo) = (self.number("event"), self.number("photo"));
                let (version, photo) = (version?, u8::try_from(photo?).unwrap_or(u8::MAX));
                if self.typed.value("again") == Some("yes") {
                    Act::ShowPhoto { version, photo }
                } else {
                    // What is shown instead is drawn on the desk.
                    let withheld = true;
                    Act::Cover {
                        version,
                        photo,
                        withheld,
                    }
                }
            }
            Verb::Redact => Act::Redact {
                version: self.number("event")?,
            },
            Verb::Quarantine => Act::Quarantine,
            Verb::ChangeVisibility => {
                let text = self.text("visibility")?;
                match Visibility::parse(&text) {
                    Some(to) => Act::ChangeVisibility { to },
                    None => return self.wrong("visibility", Wrong::Unknown),
                }
            }
            Verb::HandOver => Act::HandOver {
                to: AppointmentNo(self.number("to")?),
            },
            Verb::Withdraw => Act::Withdraw,
            Verb::Close => Act::Close,
            // Nobody types these.
            Verb::Join | Verb::EndWaiting => return None,
        })
    }

    fn call(&mut self) -> Option<Act> {
        let (class, duty) = (self.word("class"), self.called_by());
        let lead = self.lead(duty);
        let mut units: Vec<Called> = lead.into_iter().collect();
        // A lead chosen by hand goes before the register's, with its supports.
        let by_hand = self.typed.value("lead").is_some();
        let mut supports: Vec<String> = self.typed.values("support").map(str::to_owned).collect();
        for unit in duty
            .filter(|_| !by_hand)
            .map_or(&[][..], |duty| &duty.supports)
        {
            let called = |part: &Part| !part.returned && part.unit == *unit;
            if !self.reading.case.parts.iter().any(called) {
                supports.push(unit.to_string());
            }
        }
        for support in supports.iter().filter(|support| !support.is_empty()) {
            match UnitCode::new(support.as_str()) {
                Ok(unit) if units.iter().any(|called| called.unit == unit) => {}
                Ok(unit) => units.push(Called { unit, lead: false }),
                Err(_) => return self.wrong("support", Wrong::Unknown),
            }
        }
        let due = self.call_due();
        if units.is_empty() && self.amiss.is_empty() {
            // Who leads is asked for as long as nobody does.
            let mut parts = self.reading.case.parts.iter();
            let leads = parts.any(|part| part.lead && !part.returned);
            return self.wrong(if leads { "support" } else { "lead" }, Wrong::Missing);
        }
        Some(Act::Call {
            class: class?,
            units,
            due: due?,
        })
    }

    /// Until when. A time that was typed counts, also where nobody picked that it should: the policy is
    /// picked beforehand. Two times are one too many.
    fn call_due(&mut self) -> Option<CallDue> {
        let filled = |field| self.typed.value(field).is_some();
        let picked = match (self.typed.value("due"), filled("amount"), filled("until")) {
            (None | Some("policy"), true, true) => return self.wrong("due", Wrong::Missing),
            (None | Some("policy"), true, false) => "within",
            (None | Some("policy"), false, true) => "until",
            (picked, ..) => picked.unwrap_or("policy"),
        };
        match picked {
            "policy" => Some(CallDue::Policy),
            "within" => self.within().map(CallDue::Within),
            "until" => self.date("until").map(CallDue::Until),
            _ => self.wrong("due", Wrong::Unknown),
        }
    }

    /// The entry of the register by which is called; none where the units are chosen by hand.
    fn called_by(&mut self) -> Option<&'f Duty> {
        match self.typed.value("duty") {
            None | Some("other") => None,
            Some(_) => match self.reading.duty {
                Some(duty) => Some(duty),
                None => self.wrong("duty", Wrong::Unknown),
            },
        }
    }

    /// Who leads; nobody new where somebody leads already.
    fn lead(&mut self, duty: Option<&Duty>) -> Option<Called> {
        let mut parts = self.reading.case.parts.iter();
        let leads_already = parts.any(|part| part.lead && !part.returned);
        if self.typed.value("lead").is_none() {
            if leads_already {
                return None;
            }
            if let Some(duty) = duty {
                let unit = duty.lead.clone();
                return Some(Called { unit, lead: true });
            }
        }
        let unit = self.unit("lead")?;
        Some(Called { unit, lead: true })
    }

    fn within(&mut self) -> Option<Limit> {
        let amount = self.number("amount");
        let unit = self.text("unit_of_time");
        let (amount, unit) = (amount?, unit?);
        let (limit, most) = match unit.as_str() {
            "hours" => (Limit::Hours(amount), 24 * FARTHEST),
            "days" => (Limit::Days(amount), FARTHEST),
            "working-days" => (Limit::WorkingDays(amount), FARTHEST / 7 * 5),
            _ => return self.wrong("unit_of_time", Wrong::Unknown),
        };
        if amount > most {
            return self.wrong("amount", Wrong::TooFar);
        }
        Some(limit)
    }

    fn evidence(&mut self) -> Option<EvidenceKind> {
        let text = self.text("evidence")?;
        Some(match text.as_str() {
            "photo_before" => EvidenceKind::PhotoBefore,
            "photo_after" => EvidenceKind::PhotoAfter,
            "document" => EvidenceKind::Document,
            _ => return self.wrong("evidence", Wrong::Unknown),
        })
    }

    /// How far up it was solved: where departments were called, above the community.
    fn level(&self) -> Level {
        let case = self.reading.case;
        let called = case.parts.iter().any(|part| !part.returned);
        let least = if called { Level::Unit } else { case.level };
        case.level.max(least)
    }
}
