//! Sending notices: which are due, to whom as things stand by then, and what became of them.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use domain::{
    case::{Case, Kind},
    city::City,
    clock::{Owner, RunningClock},
    reference::CaseNumber,
    time::Timestamp,
};
use futures::FutureExt as _;
use store::{Job, Standing, Tx};

use super::{
    APART, NOTICE, News, Notice, STALE, TOLD, code_of, dates, office_in, owner_of, read_payload,
};
use crate::{Desk, Error, Result};

/// A notice that was owed, and what is to become of it now.
struct Held {
    job: Job,
    /// Its id; another one where it goes to another office than the one it was owed to: a gateway that had
    /// it for that one does not throw it away.
    id: String,
    /// To whom it goes, and how the city writes that.
    to: Option<(Owner, String)>,
    /// What it tells.
    told: Option<(News, Timestamp, Option<CaseNumber>)>,
    /// Out of sight, or what was to be done by then is done.
    needless: bool,
}

/// Looks at the case as it stands: a notice of a date waits for years, and one that nobody took for a
/// day. What runs out is its keeper's to know. A sealed tip is that of the module that has it now, and no
/// more of the one that had it when the notice was owed.
async fn held(tx: &mut Tx, city: &City, job: Job) -> Result<Held> {
    let now = tx.now();
    let (code, case, what) = office_in(&job.recipient);
    let owed_to = owner_of(code).map(|office| city.answering_office(office, now));
    let told = read_payload(&job.payload);
    let (mut to, mut needless) = (owed_to.clone(), false);
    if let Some(case) = case {
        match (tx.load_case(case).await?.map(Standing::into_case), &told) {
            (None, _) => needless = true,
            (Some(case), Some((news, at, _))) => {
                needless = case.quarantined;
                match news {
                    News::Soon | News::Late => match clock_in(&case, &job.recipient, now) {
                        Some(clock) => to = Some(clock.owner.clone()),
                        None => needless = true,
                    },
                    News::DateOver => {
                        needless |= what.is_some_and(|what| !dates::stands(&case, what, *at));
                    }
                    _ => {}
                }
                if case.kind == Kind::Tip {
                    to = Some(Owner::Unit(case.line));
                }
            }
            (Some(_), None) => {}
        }
    }
    let to = to.map(|office| city.answering_office(office, now));
    let id = match &to {
        Some(office) if to != owed_to => format!("{}/{}", job.id, code_of(office)),
        _ => job.id.clone(),
    };
    let to = to.map(|office| {
        let code = code_of(&office);
        (office, code)
    });
    Ok(Held {
        job,
        id,
        to,
        told,
        needless,
    })
}

/// The clock a recipient names, if it runs and ends when it was said to.
fn clock_in<'c>(case: &'c Case, recipient: &str, now: Timestamp) -> Option<&'c RunningClock> {
    let mut words = recipient.split('/').skip(2);
    let no: u32 = words.next()?.parse().ok()?;
    let due: i64 = words.next()?.parse().ok()?;
    let mut running = case.clocks.iter().filter(|clock| clock.is_running());
    running.find(|clock| clock.id == no && clock.due_at(now).millis() == due)
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
                let mut owed: Vec<Held> = Vec::new();
                for job in tx.take_jobs_of(NOTICE).await? {
                    owed.push(held(tx, &desk.city, job).await?);
                }
                // What is tried again goes as it went, under the same id: a gateway that has it throws
                // it away, and with it whatever would have been added.
                let again: BTreeSet<String> = owed
                    .iter()
                    .filter(|held| held.job.attempts > 1 && !held.needless)
                    .filter_map(|held| held.to.as_ref().map(|(_, code)| code.clone()))
                    .collect();
                for held in owed {
                    let job = held.job;
                    let (Some((office, code)), Some((news, at, number))) = (held.to, held.told)
                    else {
                        tx.fail_job(&job, "the notice cannot be read").await?;
                        continue;
                    };
                    if held.needless || now.since(at) >= STALE {
                        tx.finish_job(&job.id).await?;
                        continue;
                    }
                    if job.attempts == 1 && again.contains(&code) {
                        tx.postpone_job(&job.id, now.plus(APART)).await?;
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
                        id: held.id,
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
