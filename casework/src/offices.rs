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

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

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

/// The code of the office that stands at `at` for the one of this code: a notice of a date waits for years.
fn standing(city: &City, code: &str, at: Timestamp) -> String {
    let office = owner_of(code).map(|office| city.answering_office(office, at));
    office.map_or_else(|| code.to_owned(), |office| code_of(&office))
}

/// Notices that are due, one for each office.
///
/// # Errors
/// The store's.
pub async fn due(desk: &Desk) -> Result<Vec<Notice>> {
    let desk = desk.clone();
    let store = desk.store.clone();
    store
        .write::<_, Vec<Notice>, Error>(move |tx| {
            let desk = desk.clone();
            async move {
                let now = tx.now();
                let mut of: BTreeMap<String, Notice> = BTreeMap::new();
                let jobs = tx.take_jobs_of(NOTICE).await?;
                // What is tried again goes as it went, under the same id: a gateway that has it throws
                // it away, and with it whatever would have been added.
                let again: BTreeSet<String> = jobs
                    .iter()
                    .filter(|job| job.attempts > 1)
                    .map(|job| standing(&desk.city, office_in(&job.recipient).0, now))
                    .collect();
                for job in jobs {
                    let (code, case, date) = office_in(&job.recipient);
                    let code = standing(&desk.city, code, now);
                    if job.attempts == 1 && again.contains(&code) {
                        tx.postpone_job(&job.id, now.plus(APART)).await?;
                        continue;
                    }
                    let (Some(office), Some((news, at, number))) =
                        (owner_of(&code), read_payload(&job.payload))
                    else {
                        tx.fail_job(&job, "the notice cannot be read").await?;
                        continue;
                    };
                    let date = date.filter(|_| news == News::DateOver);
                    let case = match case {
                        Some(case) => Some(tx.load_case(case).await?),
                        None => None,
                    };
                    // Out of sight, or what was to be done by then is done.
                    let needless = case.is_some_and(|case| {
                        case.is_none_or(|case| {
                            let stands = date.is_none_or(|what| dates::stands(&case, what, at));
                            case.quarantined || !stands
                        })
                    });
                    if needless || now.since(at) >= STALE {
                        tx.finish_job(&job.id).await?;
                        continue;
                    }
                    if let Some(last) = told(tx, &code).await?
                        && now.since(last) < APART
                        && last <= now
                    {
                        tx.postpone_job(&job.id, last.plus(APART)).await?;
                        continue;
                    }
                    let notice = of.entry(code.clone()).or_insert_with(|| Notice {
                        id: job.id.clone(),
                        office,
                        code,
                        news: Vec::new(),
                        jobs: Vec::new(),
                    });
                    notice.add(news, number);
                    notice.jobs.push(job);
                }
                Ok(of.into_values().collect())
            }
            .boxed()
        })
        .await
}

async fn told(tx: &mut Tx, code: &str) -> Result<Option<Timestamp>> {
    let fact = tx.fact(&format!("{TOLD}{code}")).await?;
    let millis = fact.and_then(|text| text.parse().ok());
    Ok(millis.map(Timestamp::from_millis))
}

impl Notice {
    fn add(&mut self, news: News, number: Option<CaseNumber>) {
        match self.news.iter_mut().find(|(of, _)| *of == news) {
            Some((_, numbers)) => numbers.push(number),
            None => self.news.push((news, vec![number])),
        }
    }
}

/// The gateway took it.
///
/// # Errors
/// The store's; then the same notice comes again, with the same id.
pub async fn sent(desk: &Desk, notice: &Notice) -> Result<()> {
    let work = Arc::new(notice.clone());
    desk.store
        .write::<_, (), Error>(move |tx| {
            let notice = Arc::clone(&work);
            async move {
                let now = tx.now().millis().to_string();
                tx.set_fact(&format!("{TOLD}{}", notice.code), &now).await?;
                for job in &notice.jobs {
                    tx.finish_job(&job.id).await?;
                }
                Ok(())
            }
            .boxed()
        })
        .await
}

/// The gateway did not take it: it is tried again, each time later, and at last let go.
///
/// # Errors
/// The store's.
pub async fn unsent(desk: &Desk, notice: &Notice, why: &str) -> Result<()> {
    let work = Arc::new((notice.jobs.clone(), why.to_owned()));
    desk.store
        .write::<_, (), Error>(move |tx| {
            let work = Arc::clone(&work);
            async move {
                let (jobs, why) = &*work;
                for job in jobs {
                    // By its last try it is a day old, and no operator wants it sent then.
                    if job.attempts >= store::ATTEMPTS {
                        tx.finish_job(&job.id).await?;
                    } else {
                        tx.fail_job(job, why).await?;
                    }
                }
                Ok(())
            }
            .boxed()
        })
        .await
}
