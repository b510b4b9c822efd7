//! Sending notices: which are due, and what became of them.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use domain::{city::City, reference::CaseNumber, time::Timestamp};
use futures::FutureExt as _;
use store::Tx;

use super::{
    APART, NOTICE, News, Notice, STALE, TOLD, code_of, dates, office_in, owner_of, read_payload,
};
use crate::{Desk, Error, Result};

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
