//! Telling the offices: what came in for them, and what of theirs is about to run out or has.
//!
//! A list that nobody looks at turns red for nobody. So each office gets short notices by a gateway of
//! the city's own (its work messenger, the duty phone): how many and which numbers, never what a case
//! is about. What comes within a minute is one notice. A notice names the office and no person: who is
//! on duty, the gateway knows.
//!
//! As with letters to residents, the log and the clocks owe notices as jobs, unique and at least once;
//! one that is a day old when somebody could take it is not news any more.

mod dates;
mod sending;

use std::sync::Arc;

use domain::{
    area::AreaKind,
    case::{Case, Kind, Level},
    city::City,
    clock::{Owner, WARNINGS},
    event::{Fact, Recorded},
    ids::{AreaCode, CaseId, UnitCode},
    reference::CaseNumber,
    time::{Millis, Timestamp},
};
use futures::{FutureExt as _, future::BoxFuture};
use store::{Follower, Job, Store, Tx};

pub use sending::{due, sent, unsent};

use crate::{Desk, Error, Result, cities::Cities, tick};

/// The job of a notice.
const NOTICE: &str = "office.notice";
/// Until when clocks were looked at for their owners.
const LOOKED: &str = "office.looked";
/// From where on the log is told to offices.
const BEGUN: &str = "office.begun";
/// When an office was told last.
const TOLD: &str = "office.told.";
/// Events read at once.
const TURN: u32 = 200;
/// Between two notices to one office.
pub const APART: Millis = Millis::minutes(1);
/// What is older is no news.
pub const STALE: Millis = Millis::days(1);

/// What a notice tells an office of one case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// A case came in.
    Filed,
    /// It is called.
    Called,
    /// A called unit says that it is not its work.
    ReturnAsked,
    /// A clock of its own runs out soon.
    Soon,
    /// A clock of its own ran out.
    Late,
    /// The reporter urges.
    Urged,
    /// Its answer is demanded.
    Supervised,
    /// The reporter says that it is not fixed, or the check sent it back.
    Reopened,
    /// It came one level up, to here.
    CameUp,
    /// It waits for a decision of this office: more time, a second person, a review.
    ToDecide,
    /// The reporter was not content, and is owed an answer.
    RatedLow,
    /// A community secretary says it to the city's leaders. 直报
    DirectLined,
    /// The date of a demand, of a plan, or of another body's answer is over.
    DateOver,
}

impl News {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Filed,
        Self::Called,
        Self::ReturnAsked,
        Self::Soon,
        Self::Late,
        Self::Urged,
        Self::Supervised,
        Self::Reopened,
        Self::CameUp,
        Self::ToDecide,
        Self::RatedLow,
        Self::DirectLined,
        Self::DateOver,
    ];

    /// Its word, for gateways and jobs.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Filed => "filed",
            Self::Called => "called",
            Self::ReturnAsked => "return_asked",
            Self::Soon => "soon",
            Self::Late => "late",
            Self::Urged => "urged",
            Self::Supervised => "supervised",
            Self::Reopened => "reopened",
            Self::CameUp => "came_up",
            Self::ToDecide => "to_decide",
            Self::RatedLow => "rated_low",
            Self::DirectLined => "direct_line",
            Self::DateOver => "date_over",
        }
    }

    fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|news| news.word() == word)
    }

    /// What an event is to the offices; most concern none but the one that did it.
    fn of(fact: &Fact) -> Option<Self> {
        Some(match fact {
            Fact::Filed { .. } | Fact::Moved { .. } => Self::Filed,
            Fact::Called { .. } | Fact::Assigned { .. } => Self::Called,
            Fact::ReturnAsked { .. } => Self::ReturnAsked,
            Fact::Urged { .. } => Self::Urged,
            Fact::Supervised { .. } => Self::Supervised,
            Fact::Disputed { .. } | Fact::Reopened { .. } | Fact::SentBack {} => Self::Reopened,
            Fact::Escalated {
                to: Level::Unit | Level::City,
            } => Self::CameUp,
            Fact::ExtensionAsked { .. }
            | Fact::RejectionProposed { .. }
            | Fact::QuarantineProposed {}
            | Fact::ReviewAsked {} => Self::ToDecide,
            Fact::Rated { clocks, .. } if !clocks.is_empty() => Self::RatedLow,
            Fact::DirectLined {} => Self::DirectLined,
            _ => return None,
        })
    }
}

/// A notice to an office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The same each time it is tried, and then nothing is added to it.
    pub id: String,
    /// To whom.
    pub office: Owner,
    /// How the city writes the office's code: `community:…`, `station:…`, `unit:…`, `city`.
    pub code: String,
    /// What there is, each kind with its cases in the order they came; of a sealed case not even the
    /// number.
    pub news: Vec<(News, Vec<Option<CaseNumber>>)>,
    jobs: Vec<Job>,
}

/// The station of a community's governance unit.
fn station(city: &City, community: &AreaCode, at: Timestamp) -> Option<Owner> {
    let above = city.areas.ancestors(community, at);
    let unit = above.iter().find(|area| area.kind == AreaKind::Unit)?;
    Some(Owner::Station(unit.code.clone()))
}

/// Who has it in hand: the called units that were not let go, else the community; of a sealed tip its
/// own module.
fn in_hand(case: &Case) -> Vec<Owner> {
    if case.kind == Kind::Tip {
        return vec![Owner::Unit(case.line.clone())];
    }
    let called: Vec<Owner> = case
        .parts
        .iter()
        .filter(|part| !part.returned)
        .map(|part| Owner::Unit(part.unit.clone()))
        .collect();
    if called.is_empty() {
        vec![Owner::Community(case.community.clone())]
    } else {
        called
    }
}

/// Which offices hear of an event.
fn hear(city: &City, case: &Case, fact: &Fact) -> Vec<Owner> {
    let station = || -> Vec<Owner> {
        let station = station(city, &case.community, case.filed_at);
        station.into_iter().collect()
    };
    let unit = |unit: &UnitCode| Owner::Unit(unit.clone());
    match fact {
        // Of a sealed tip nobody above its module may even know.
        _ if case.kind == Kind::Tip => in_hand(case),
        Fact::Called { parts, .. } => parts.iter().map(|part| unit(&part.unit)).collect(),
        Fact::Assigned { part, .. } => vec![unit(&part.unit)],
        Fact::ReturnAsked { .. }
        | Fact::ExtensionAsked { .. }
        | Fact::Escalated { to: Level::Unit } => station(),
        // The second of two sits in either.
        Fact::RejectionProposed { .. } => [in_hand(case), station()].concat(),
        Fact::Escalated { .. }
        | Fact::ReviewAsked {}
        | Fact::QuarantineProposed {}
        | Fact::DirectLined {} => vec![Owner::City],
        Fact::Rated { clocks, .. } => clocks.iter().map(|clock| clock.owner.clone()).collect(),
        _ => in_hand(case),
    }
}

/// An office's code as it stands in jobs and goes to the gateway.
fn code_of(owner: &Owner) -> String {
    match owner {
        Owner::Community(area) => format!("community:{area}"),
        Owner::Station(area) => format!("station:{area}"),
        Owner::Unit(unit) => format!("unit:{unit}"),
        Owner::City => "city".to_owned(),
    }
}

fn owner_of(code: &str) -> Option<Owner> {
    let area = |text: &str| AreaCode::new(text).ok();
    match code.split_once(':') {
        None => (code == "city").then_some(Owner::City),
        Some(("community", text)) => area(text).map(Owner::Community),
        Some(("station", text)) => area(text).map(Owner::Station),
        Some(("unit", text)) => UnitCode::new(text).ok().map(Owner::Unit),
        Some(_) => None,
    }
}

/// The office of a recipient, the case, and what of it, where that is of one thing only: a clock or a date.
fn office_in(recipient: &str) -> (&str, Option<CaseId>, Option<&str>) {
    let mut words = recipient.split('/');
    let code = words.next().unwrap_or_default();
    let case = words.next().and_then(|case| case.parse().ok());
    (code, case, words.next())
}

/// What of a job is needed to tell: kind, moment, and the case's number unless it is sealed.
fn payload(news: News, case: &Case, at: Timestamp) -> String {
    let number = match case.kind {
        Kind::Tip => String::new(),
        _ => case.number.to_string(),
    };
    format!("{} {} {number}", news.word(), at.millis())
}

fn read_payload(text: &str) -> Option<(News, Timestamp, Option<CaseNumber>)> {
    let mut words = text.split(' ');
    let news = News::of_word(words.next()?)?;
    let at = Timestamp::from_millis(words.next()?.parse().ok()?);
    Some((
        news,
        at,
        words.next().and_then(|number| number.parse().ok()),
    ))
}

/// Lets offices be told from now on: what happened before is no news.
///
/// # Errors
/// The store's.
pub async fn begin(store: &Store) -> Result<()> {
    if store.read().await?.fact(BEGUN).await?.is_some() {
        return Ok(());
    }
    let (end, _) = store.read().await?.log_end().await?;
    store
        .write::<_, (), Error>(move |tx| {
            async move {
                if end > 0 {
                    tx.move_cursor(NAME, 0, end).await?;
                }
                Ok(tx.set_fact(BEGUN, "1").await?)
            }
            .boxed()
        })
        .await
}

const NAME: &str = "offices";

/// The follower that owes notices of what happened.
pub struct Teller(Arc<Cities>);

impl Teller {
    /// The follower of a desk.
    #[must_use]
    pub fn of(desk: &Desk) -> Self {
        Self(Arc::clone(&desk.cities))
    }
}

impl Follower for Teller {
    fn name(&self) -> &'static str {
        NAME
    }

    fn step<'s>(&'s mut self, store: &'s Store) -> BoxFuture<'s, store::Result<bool>> {
        Box::pin(async move {
            let mut reading = store.read().await?;
            let from = reading.cursor(NAME).await?;
            let logged = reading.log_after(from, TURN).await?;
            drop(reading);
            let Some(last) = logged.last().map(|logged| logged.position) else {
                return Ok(false);
            };
            let work = Arc::new((logged, self.0.current()));
            store
                .write::<_, (), store::Error>(move |tx| {
                    let work = Arc::clone(&work);
                    async move {
                        let (logged, city) = &*work;
                        for logged in logged {
                            owe(tx, city, logged.position, &logged.recorded).await?;
                        }
                        tx.move_cursor(NAME, from, last).await
                    }
                    .boxed()
                })
                .await?;
            Ok(true)
        })
    }
}

async fn owe(tx: &mut Tx, city: &City, position: u64, recorded: &Recorded) -> store::Result<()> {
    let (now, fact) = (tx.now(), &recorded.event.fact);
    let news = News::of(fact).filter(|_| now.since(recorded.at) < STALE);
    if news.is_none() && !dates::names_one(fact) {
        return Ok(());
    }
    let Some(case) = tx.load_case(recorded.case).await? else {
        return Ok(());
    };
    if case.quarantined {
        return Ok(());
    }
    // What its people say of the case it went on in is that one's to hear of.
    let goes_on = case.state.merged_into().is_some();
    let news = news.filter(|news| !(goes_on && *news == News::Reopened));
    if let Some(news) = news {
        let payload = payload(news, &case, recorded.at);
        for office in hear(city, &case, fact) {
            let office = city.answering_office(office, now);
            let recipient = format!("{}/{}", code_of(&office), case.id);
            tx.add_job(position, NOTICE, &recipient, &payload, now)
                .await?;
        }
    }
    let station = station(city, &case.community, case.filed_at);
    if let Some(dated) = dates::of(fact, &case, station, in_hand(&case)) {
        for office in dated.offices {
            let office = city.answering_office(office, now);
            let recipient = format!("{}/{}/{}", code_of(&office), case.id, dated.what);
            let payload = payload(News::DateOver, &case, dated.over);
            tx.add_job(position, NOTICE, &recipient, &payload, dated.over)
                .await?;
        }
    }
    Ok(())
}

/// Owes notices of the clocks that are about to run out, and of those that did.
///
/// # Errors
/// The store's.
pub async fn look_at_clocks(desk: &Desk) -> Result<()> {
    let city = Arc::clone(&desk.city);
    desk.store
        .write::<_, (), Error>(move |tx| {
            let city = Arc::clone(&city);
            async move {
                let mut before = vec![Millis::ZERO];
                before.extend(WARNINGS.iter().map(|(_, before)| *before));
                for (before, found) in tick::passed(tx, LOOKED, &before).await? {
                    let (name, now) = (tick::name_of(&found), tx.now());
                    // When it was news: after a long rest most of it is not any more.
                    let since = found.due.plus(Millis::new(-before.millis()));
                    let Some((case, clock)) = tick::find(tx, &name).await? else {
                        continue;
                    };
                    if case.quarantined || now.since(since) >= STALE {
                        continue;
                    }
                    let news = if before == Millis::ZERO {
                        News::Late
                    } else if clock.warned_before() == Some(before) && found.due > now {
                        News::Soon
                    } else {
                        continue;
                    };
                    let keeper = match case.kind {
                        Kind::Tip => Owner::Unit(case.line.clone()),
                        _ => city.answering_office(clock.owner.clone(), now),
                    };
                    let recipient = format!("{}/{name}/{}", code_of(&keeper), news.word());
                    let payload = payload(news, &case, since);
                    tx.add_job(0, NOTICE, &recipient, &payload, now).await?;
                }
                Ok(())
            }
            .boxed()
        })
        .await
}
