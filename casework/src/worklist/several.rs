//! Departments called to several cases at once. Each case is decided by itself, by the state, the rules and
//! the register that hold for it, and under a key of its own: sent again, no case is called for twice.

use std::{fmt, str::FromStr};

use domain::{
    access::{self, Viewer},
    case::UnknownWord,
    decide::{
        Act, Command, Refusal,
        typed::{Amiss, Typed as _},
    },
    lang::Lang,
    reference::CaseNumber,
    verb::Verb,
};
use store::CaseFilter;

use super::{Found, PAGE, WorkLine, is_theirs, show};
use crate::{
    Desk, Error, Result, act,
    file::FilingKey,
    look,
    views::{Branch, DutyView, Entry},
};

/// Most cases of one form: a page of the worklist.
pub const MOST: usize = PAGE as usize;

/// The fields that make a call, besides its text.
const FIELDS: [&str; 8] = [
    "class",
    "duty",
    "lead",
    "support",
    "due",
    "amount",
    "unit_of_time",
    "until",
];

/// A case as it was picked: its number, and the version of it that was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pick {
    /// Its number.
    pub number: CaseNumber,
    /// What was seen of it.
    pub version: u32,
}

impl FromStr for Pick {
    type Err = UnknownWord;
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        let (number, version) = text.split_once(':').ok_or(UnknownWord)?;
        Ok(Self {
            number: number.parse().map_err(|_| UnknownWord)?,
            version: version.parse().map_err(|_| UnknownWord)?,
        })
    }
}

impl fmt::Display for Pick {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.number, self.version)
    }
}

/// What a call of several cases is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Together {
    /// The cases, the newest first; only those that are the viewer's to work on.
    pub lines: Vec<WorkLine>,
    /// What the register says of all of them alike.
    pub duties: Vec<DutyView>,
    /// Whom one may call.
    pub units: Vec<Branch>,
}

/// The cases of these numbers as they stand, and what may be chosen for all of them together.
///
/// # Errors
/// If the store does not answer.
pub async fn together(
    desk: &Desk,
    viewer: &Viewer,
    numbers: &[CaseNumber],
    lang: Lang,
) -> Result<Together> {
    let scope = access::scope(viewer);
    let mut reading = desk.store.read().await?;
    let mut ids = Vec::new();
    for number in numbers {
        let case = reading.case(&scope, number).await?;
        ids.extend(case.map(|case| case.id));
    }
    let filter = CaseFilter {
        ids: Some(ids),
        limit: store::PAGE_CAP,
        ..CaseFilter::default()
    };
    let found = reading.cases(&scope, &filter).await?;
    drop(reading);
    let found: Vec<Found> = found
        .into_iter()
        .filter(|line| is_theirs(viewer, &line.case))
        .map(Found::from)
        .collect();
    let mut registers = found
        .iter()
        .map(|found| look::duties(desk, &found.line.case, lang));
    let mut duties = registers.next().unwrap_or_default();
    for other in registers {
        duties.retain(|duty| other.iter().any(|same| same.code == duty.code));
    }
    Ok(Together {
        lines: show(desk, viewer, &found, lang).await,
        duties,
        units: look::modules(desk, lang),
    })
}

/// What became of one of several.
#[derive(Clone, Debug, PartialEq)]
pub enum Came {
    /// It was called, now or by an earlier try.
    Called,
    /// Somebody else was faster.
    Changed {
        /// As it stands now.
        version: u32,
        /// What has happened since it was seen.
        news: Vec<Entry>,
    },
    /// The rules say no.
    Refused(Refusal),
    /// What was typed does not fit this case.
    Amiss(Vec<Amiss>),
    /// Not theirs to call for now, or not there: the answer is the same.
    NotTheirs,
    /// The form was sent before with something else in it, and that was done.
    SentBefore,
}

/// A call as it was typed.
#[derive(Clone, Copy)]
pub struct Typed<'t> {
    /// The key of the form.
    pub key: &'t FilingKey,
    /// Its fields, as a call of one case has them.
    pub fields: &'t [(String, String)],
    /// What the departments are told.
    pub text: Option<&'t str>,
}

impl Typed<'_> {
    /// What two tries under one key must share.
    fn told(self, number: CaseNumber) -> Vec<u8> {
        let fields = FIELDS.map(|name| {
            let values = self.fields.values(name).map(str::trim);
            let values = values.filter(|value| !value.is_empty());
            values.map(str::to_owned).collect::<Vec<_>>()
        });
        let told = serde_json::json!(["call/1", number.to_string(), fields, self.text]);
        told.to_string().into_bytes()
    }
}

/// One of several, as it was read: what is to be done, or why nothing is.
struct Step {
    pick: Pick,
    key: FilingKey,
    told: Vec<u8>,
    wanted: Result<Act, Came>,
}

/// Several calls, read and ready to be made.
pub struct Ready {
    steps: Vec<Step>,
    text: Option<String>,
    lang: Lang,
}

/// Reads a call for each of the cases.
///
/// # Errors
/// If the store does not answer; within, the fields that are amiss for every case that could be read. A
/// field that is amiss for some of them is told of those.
pub async fn ready(
    desk: &Desk,
    viewer: &Viewer,
    picks: &[Pick],
    typed: Typed<'_>,
    lang: Lang,
) -> Result<std::result::Result<Ready, Vec<Amiss>>> {
    let mut steps = Vec::with_capacity(picks.len());
    for pick in picks.iter().copied() {
        let key = typed.key.among_several(&pick.number);
        let told = typed.told(pick.number);
        let wanted = match wanted(desk, viewer, pick, typed, lang).await? {
            Ok(act) => Ok(act),
            // Once departments are called, the same fields no longer make the same call. Looked up last: an
            // earlier try may have come to its end only now.
            Err(came) => Err(before(desk, viewer, &key, &told).await?.unwrap_or(came)),
        };
        steps.push(Step {
            pick,
            key,
            told,
            wanted,
        });
    }
    let amiss = amiss_in_all(&steps);
    if !amiss.is_empty() {
        return Ok(Err(amiss));
    }
    let text = typed.text.map(str::to_owned);
    Ok(Ok(Ready { steps, text, lang }))
}

/// The call that is wanted of one case, or why there is none.
async fn wanted(
    desk: &Desk,
    viewer: &Viewer,
    pick: Pick,
    typed: Typed<'_>,
    lang: Lang,
) -> Result<Result<Act, Came>> {
    let mut reading = desk.store.read().await?;
    let case = reading.case(&access::scope(viewer), &pick.number).await?;
    drop(reading);
    if case.is_some_and(|case| case.version != pick.version) {
        // What was typed was meant for the case as it was seen.
        return Ok(Err(changed(desk, viewer, pick, lang).await?));
    }
    match act::read(desk, viewer, pick.number, Verb::Call, typed.fields).await {
        Ok(Ok(act)) => Ok(Ok(act)),
        Ok(Err(amiss)) => Ok(Err(Came::Amiss(amiss))),
        Err(Error::NotFound | Error::Forbidden) => Ok(Err(Came::NotTheirs)),
        Err(error) => Err(error),
    }
}

/// What an earlier try under the same key did.
async fn before(
    desk: &Desk,
    viewer: &Viewer,
    key: &FilingKey,
    told: &[u8],
) -> Result<Option<Came>> {
    let mut reading = desk.store.read().await?;
    let Some(filed) = reading.filed_with(key.as_str(), told).await? else {
        return Ok(None);
    };
    let case = reading
        .case_by_id(&access::scope(viewer), filed.case)
        .await?;
    Ok(Some(match case {
        None => Came::NotTheirs,
        Some(_) if filed.same_filing => Came::Called,
        Some(_) => Came::SentBefore,
    }))
}

/// What is wrong with the form, and not with one of its cases.
fn amiss_in_all(steps: &[Step]) -> Vec<Amiss> {
    let mut common: Option<Vec<Amiss>> = None;
    for step in steps {
        match &step.wanted {
            Ok(_) => return Vec::new(),
            Err(Came::Amiss(amiss)) => match &mut common {
                Some(common) => common.retain(|known| amiss.contains(known)),
                None => common = Some(amiss.clone()),
            },
            Err(_) => {}
        }
    }
    common.unwrap_or_default()
}

impl Ready {
    /// Makes the calls, one after the other.
    ///
    /// # Errors
    /// If the store does not answer. What was done until then stays done, and the same form sent again
    /// finds it so.
    pub async fn call(self, desk: &Desk, viewer: &Viewer) -> Result<Vec<(CaseNumber, Came)>> {
        let Self { steps, text, lang } = self;
        let mut all = Vec::with_capacity(steps.len());
        for step in steps {
            let Step {
                pick,
                key,
                told,
                wanted,
            } = step;
            let came = match wanted {
                Ok(act) => {
                    let command = match &text {
                        Some(text) => act.saying(text.as_str()),
                        None => act.into(),
                    };
                    one(desk, viewer, (key, told), pick, command, lang).await?
                }
                Err(came) => came,
            };
            all.push((pick.number, came));
        }
        Ok(all)
    }
}

async fn one(
    desk: &Desk,
    viewer: &Viewer,
    key: (FilingKey, Vec<u8>),
    pick: Pick,
    command: Command,
    lang: Lang,
) -> Result<Came> {
    let seen = (pick.number, pick.version);
    match act::act_typed(desk, viewer, key, seen, command).await {
        Ok(_) => Ok(Came::Called),
        Err(Error::Conflict { .. }) => changed(desk, viewer, pick, lang).await,
        Err(Error::Refused(refusal)) => Ok(Came::Refused(refusal)),
        Err(Error::NotFound | Error::Forbidden) => Ok(Came::NotTheirs),
        Err(Error::KeyReused) => Ok(Came::SentBefore),
        Err(error) => Err(error),
    }
}

/// What came first, for whoever came second.
async fn changed(desk: &Desk, viewer: &Viewer, pick: Pick, lang: Lang) -> Result<Came> {
    match look::still_on_desk(desk, viewer, pick.number, lang).await {
        Ok(case) => Ok(Came::Changed {
            version: case.story.version,
            news: case.story.since(pick.version),
        }),
        Err(Error::NotFound) => Ok(Came::NotTheirs),
        Err(error) => Err(error),
    }
}
