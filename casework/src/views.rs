//! What pages and machine answers get: plain data, already limited to what this viewer may see,
//! with the city's names in the reader's language.

mod desk;

use domain::{
    area::OfficeContact,
    case::{Case, Outcome, Release, State, StateTag},
    clock::{Explanation, Limit, Stage},
    event::{Fact, PassedOn},
    time::{Millis, Timestamp},
    verb::Verb,
    visibility::Visibility,
};

pub use desk::{
    Ask, ClockChoice, ContractCase, DemandView, DeskCase, DutyView, EngagedView, FirmsView,
    PartView, Reused, StepTime,
};

use crate::people::GridView;

/// A named thing of the city: category, community, department.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Its code, for links.
    pub code: String,
    /// Its name in the reader's language.
    pub text: String,
}

/// Where a case stands, for a tag that never speaks by colour alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateView {
    /// The state.
    pub key: StateTag,
    /// How it came out.
    pub outcome: Option<Outcome>,
    /// It waits for the reporter.
    pub waiting_for_reporter: bool,
    /// Two or more departments reported in.
    pub joint: bool,
    /// A clock of the handling side is past its due time.
    pub late: bool,
    /// The reporter's verdict: fixed, not fixed, or nothing yet.
    pub confirmed: Option<bool>,
    /// A resident filed it and may judge.
    pub judged_by_resident: bool,
}

/// One clock in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockLine {
    /// Which stage.
    pub stage: Stage,
    /// Whose clock it is.
    pub owner: String,
    /// When it is due.
    pub due: Timestamp,
    /// When it was due before it was extended: lateness is measured from here.
    pub first_due: Timestamp,
    /// Running: past its due time. Ended: past the first due time by then.
    pub late: bool,
    /// When what it measures was done.
    pub stopped: Option<Timestamp>,
    /// When it was no longer needed and had not been done. If `late`, it was missed.
    pub lapsed: Option<Timestamp>,
    /// The due time lies beyond the calendar.
    pub provisional: bool,
    /// It waits for the reporter, and the wait still counts.
    pub paused: bool,
}

/// A case in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseCard {
    /// Its public number.
    pub number: String,
    /// Its category.
    pub category: Label,
    /// Its community.
    pub community: Label,
    /// Where it stands.
    pub state: StateView,
    /// When it was filed.
    pub filed_at: Timestamp,
    /// The first words, where they may be seen.
    pub headline: Option<String>,
    /// The place in words, where it may be seen.
    pub place: Option<String>,
    /// The words wait for release.
    pub release: Release,
    /// How much the public sees.
    pub visibility: Visibility,
    /// The clock that matters now.
    pub clock: Option<ClockLine>,
    /// How many others have the same problem.
    pub me_too: u32,
    /// Departments that reported in.
    pub departments: Vec<Label>,
}

/// The reporter's words and place.
#[derive(Clone, Debug, PartialEq)]
pub struct Detail {
    /// What was told.
    pub text: String,
    /// Where, in words.
    pub place: String,
    /// Where, in degrees; three decimals for the public.
    pub position: Option<(f64, f64)>,
}

/// When in the work on a case a photo was taken, as far as what it came with says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoOf {
    /// With the report.
    Report,
    /// Before anything was done.
    Before,
    /// Of what was done.
    After,
}

/// What was ruled that everybody else gets of a photo, where that is not the photo as it was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Publicly {
    /// Parts of it are covered or cut off.
    Covered,
    /// It is not shown at all.
    Withheld,
}

/// A photo of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhotoView {
    /// The whole picture.
    pub url: String,
    /// The small one.
    pub thumb_url: String,
    /// Its number in the case, from 1.
    pub number: u32,
    /// When in the work it was taken.
    pub of: Option<PhotoOf>,
    /// What others get of it; only to those who see it whole by right.
    pub publicly: Option<Publicly>,
}

/// A department that is called, as the story of a case names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalledUnit {
    /// The department.
    pub office: String,
    /// It leads the others.
    pub lead: bool,
}

/// One line of a case's story.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The version at which the case stood with it: what a page shows after this one is news.
    pub version: u32,
    /// Server time.
    pub at: Timestamp,
    /// What happened.
    pub fact: Fact,
    /// Which office or role did it, never a person.
    pub who: Who,
    /// Which departments it calls, where this viewer may know.
    pub called: Vec<CalledUnit>,
    /// What was written, where this viewer may read it.
    pub text: Option<String>,
    /// Photos, where this viewer may see them.
    pub photos: Vec<PhotoView>,
    /// When and where it was done, by the word of whoever did it; only to those whose case it is.
    pub claimed: Option<ClaimView>,
    /// Of a transfer: to whom and by what right, where this viewer may read it.
    pub passed: Option<PassedOn>,
}

/// A case that another body must answer. 转出
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassedView {
    /// To whom and by what right; nothing where this viewer may not read it, or where it was written as
    /// one text with the rest.
    pub on: Option<PassedOn>,
    /// When they must answer.
    pub due: Timestamp,
    /// When their answer was told here.
    pub answered_at: Option<Timestamp>,
    /// It is due, and there is no answer.
    pub late: bool,
}

impl PassedView {
    /// Of a case that was transferred. `on` is what this viewer may read of it.
    pub(crate) fn of(case: &Case, on: Option<&PassedOn>, now: Timestamp) -> Option<Self> {
        let State::TransferredOut {
            due, answered_at, ..
        } = case.state
        else {
            return None;
        };
        Some(Self {
            on: on.cloned(),
            due,
            answered_at,
            late: answered_at.is_none() && due < now,
        })
    }
}

/// What somebody says of when and where they did something.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClaimView {
    /// When, where it is not the time at which it was written down.
    pub at: Option<Timestamp>,
    /// Latitude and longitude in degrees (WGS 84).
    pub place: Option<(f64, f64)>,
    /// How exact the device holds that to be, in metres.
    pub accuracy: Option<u32>,
    /// How far that is from where the case is, in metres, if both are known.
    pub away: Option<u32>,
}

/// Who did something, as a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// The person who told it.
    Reporter,
    /// Somebody with the same problem.
    MeToo,
    /// A firm under contract, by name.
    Firm(String),
    /// An office, by name.
    Office(String),
    /// The clockwork.
    System,
}

/// What staff looked at, or did with a case for others to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Saw {
    /// Its first words in a list; told once for each of an office's people.
    Line,
    /// The words of a case that is not public.
    Story,
    /// A photo of one.
    Photo,
    /// How to reach somebody.
    Contact,
    /// Its words on paper.
    Print,
    /// Its words by a program, with somebody's token: they leave the house.
    Export,
    /// Handed it on to an office or a firm.
    Passed,
    /// Handed it on to a body that is none of the city's offices here.
    PassedOutside,
}

impl Saw {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Line,
        Self::Story,
        Self::Photo,
        Self::Contact,
        Self::Print,
        Self::Export,
        Self::Passed,
        Self::PassedOutside,
    ];

    /// The word of it in the log of looks, and of what is told beside them.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Story => "story",
            Self::Photo => "photo",
            Self::Contact => "contact",
            Self::Print => "print",
            Self::Export => "export",
            Self::Passed => "passed",
            Self::PassedOutside => "passed_outside",
        }
    }

    /// What a word of the log means.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|saw| saw.as_str() == word)
    }
}

/// What one of the staff looked at within one minute, or one step by which the case was handed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookLine {
    /// When last.
    pub at: Timestamp,
    /// The office of who looked; none if nobody knows it any more.
    pub office: Option<String>,
    /// What they saw, and how often.
    pub saw: Vec<(Saw, u64)>,
    /// To whom the case was handed on: an office or a firm, by name.
    pub to: Option<String>,
}

/// Who has it now, with a telephone number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhoHasIt {
    /// The office.
    pub office: String,
    /// Its contact, if the city keeps one.
    pub contact: Option<OfficeContact>,
}

/// A clock with its arithmetic.
#[derive(Clone, Debug, PartialEq)]
pub struct ClockStory {
    /// The line.
    pub line: ClockLine,
    /// The limit.
    pub limit: Limit,
    /// The arithmetic, step by step.
    pub explanation: Explanation,
    /// Elapsed, waits included.
    pub gross: Millis,
    /// Elapsed, waits taken out.
    pub net: Millis,
}

/// A case with all that this viewer may see.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseStory {
    /// The head.
    pub card: CaseCard,
    /// Version to send back with a command.
    pub version: u32,
    /// The words, where this viewer may read them.
    pub detail: Option<Detail>,
    /// Photos of the filing.
    pub photos: Vec<PhotoView>,
    /// What happened, oldest first.
    pub timeline: Vec<Entry>,
    /// The clocks, explained.
    pub clocks: Vec<ClockStory>,
    /// Who has it; of an ended case, who answers questions about it.
    pub who_has_it: WhoHasIt,
    /// Who takes the next step where the clock of it is not theirs: the unit that leads, while it works on
    /// what the community has promised.
    pub next_by: Option<String>,
    /// What became of it where it went, if it was transferred.
    pub passed: Option<PassedView>,
    /// What this viewer may do now.
    pub actions: Vec<Verb>,
    /// The case this one came back from.
    pub recurrence_of: Option<String>,
    /// The case this one goes on in, where this viewer may see that one.
    pub merged_into: Option<String>,
    /// Which offices looked, the latest first; only on the page of the person it concerns.
    pub looks: Vec<LookLine>,
    /// Hash of the filing event, hexadecimal.
    pub filing_hash: String,
    /// This viewer is a party of the case.
    pub own: bool,
    /// What this viewer has said of the result that stands.
    pub said: Said,
}

/// A case as everybody would see it if its words were released now.
#[derive(Clone, Debug, PartialEq)]
pub struct AsPublic {
    /// What everybody would see.
    pub story: CaseStory,
    /// A release is still to come; else everybody sees just this already.
    pub waits: bool,
}

impl CaseStory {
    /// What has happened since a version that somebody saw. That somebody else has the same problem is no
    /// news: it changes nothing for what anybody was about to do.
    #[must_use]
    pub fn since(&self, seen: u32) -> Vec<Entry> {
        let later = self.timeline.iter().filter(|entry| entry.version > seen);
        later
            .filter(|entry| !matches!(entry.fact, Fact::Joined { .. }))
            .cloned()
            .collect()
    }
}

/// What a party has said of a result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// 解决了 / 没解决
    pub fixed: Option<bool>,
    /// 1 to 5.
    pub stars: Option<u8>,
}

/// How many there are, no further than a person needs to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Total {
    /// Exactly.
    Exactly(u64),
    /// More than this.
    MoreThan(u64),
}

/// A page of cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseList {
    /// The cases, newest first.
    pub items: Vec<CaseCard>,
    /// Where the next page starts.
    pub next: Option<String>,
    /// How many match.
    pub total: Total,
    /// How far the search index lags behind, when more than two seconds.
    pub search_lag: Option<Millis>,
}

/// The handled cases by what came of them; together they are all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Results {
    /// Solved.
    pub solved: u64,
    /// Partly solved.
    pub partly_solved: u64,
    /// A reasoned, lawful no.
    pub lawfully_refused: u64,
    /// Nothing was found on arrival.
    pub not_found: u64,
    /// It was not so.
    pub untrue: u64,
    /// Another procedure runs, a duplicate, or the reporter was out of reach.
    pub other: u64,
}

/// Figures with what they count, so that anybody can recompute them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Everything told, whatever became of it.
    pub filed: u64,
    /// Ended with a result (planned, transferred and refused for lack of power are not).
    pub handled: u64,
    /// Of those handled: with which result.
    pub results: Results,
    /// The promise to the reporter was kept.
    pub on_time: u64,
    /// … was broken, judged by its first due date, done or not. Together with `on_time` those whose
    /// time limit is settled; they are not those handled.
    pub late: u64,
    /// The promise has run out and nothing has come of it yet: as of `as_of`, in neither of the two
    /// unless an earlier promise of the same case was broken too.
    pub overdue: u64,
    /// Of those handled: at least one department reported in.
    pub linked: u64,
    /// Neither resolved nor ended.
    pub open: u64,
    /// People, not cases: reporters and those with the same problem who said "fixed".
    pub fixed: u64,
    /// … who said "not fixed".
    pub not_fixed: u64,
    /// … who could have said it and did not.
    pub silent: u64,
    /// Taken together up to this moment.
    pub as_of: Timestamp,
    /// Counted from this moment on.
    pub since: Option<Timestamp>,
}

/// The front page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HomeView {
    /// The latest public cases.
    pub latest: Vec<CaseCard>,
    /// The figures so far.
    pub figures: Figures,
}

/// A community in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommunityRow {
    /// Official code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Its governance unit.
    pub unit: String,
    /// Former names.
    pub formerly: Vec<String>,
    /// Pinyin.
    pub pinyin: String,
}

/// A community's page.
#[derive(Clone, Debug, PartialEq)]
pub struct CommunityView {
    /// The community.
    pub row: CommunityRow,
    /// Its office.
    pub office: Option<OfficeContact>,
    /// The joint station of its unit.
    pub station: Option<(String, Option<OfficeContact>)>,
    /// Its grids, and who answers for each.
    pub grids: Vec<GridView>,
    /// Latest public cases.
    pub latest: Vec<CaseCard>,
    /// Its figures; none while so few cases were told that a figure would point at people.
    pub figures: Option<Figures>,
}

/// The page of a community that has not begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComingCommunity {
    /// Its name.
    pub name: String,
    /// The unit it will be in.
    pub unit: String,
    /// When it begins.
    pub from: Timestamp,
    /// The communities it is made of, which answer until then.
    pub made_of: Vec<Label>,
}

/// The answer to a filing; shown once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Public number.
    pub number: String,
    /// Secret code, grouped for reading.
    pub code: String,
    /// When it was filed.
    pub filed_at: Timestamp,
    /// Hash of the filing event, hexadecimal.
    pub hash: String,
    /// The community.
    pub community: String,
    /// The category.
    pub category: String,
    /// The next clock.
    pub next: Option<ClockLine>,
    /// Contact details were left: a lost code can be recovered.
    pub contact_left: bool,
    /// Who will answer.
    pub who_has_it: WhoHasIt,
}

/// One of several to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub text: String,
}

/// Choices under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// The name: a department, a family of categories.
    pub name: String,
    /// What is under it.
    pub choices: Vec<Choice>,
}
