//! Sending letters: which are due, to whom, and what became of them.

use std::sync::Arc;

use domain::time::{Millis, Timestamp};
use futures::FutureExt as _;
use store::{AddressHash, Contact, Job, Tx};

use super::{
    About, HOUR, Letter, NEWS, NEWS_PER_HOUR, ONE_TIME, ONE_TIME_LASTS, PER_HOUR, RECEIPT, hash_of,
    is_silent, read_recipient, unsealed,
};
use crate::{Desk, Error, Result};

/// A letter and the jobs that are done when a courier took it.
#[derive(Clone, Debug)]
pub struct Owed {
    /// The letter.
    pub letter: Letter,
    jobs: Vec<Job>,
    /// Jobs of earlier news of the case that waited, and are no news any more once it is there.
    covered: Vec<String>,
}

/// Letters that are due. Several pieces of news of one case for one person become one letter, of what
/// it still asks of them, else of the latest; an address that had its share this hour waits.
///
/// # Errors
/// The store's.
pub async fn due(desk: &Desk) -> Result<Vec<Owed>> {
    let desk = desk.clone();
    let store = desk.store.clone();
    store
        .write::<_, Vec<Owed>, Error>(move |tx| {
            let desk = desk.clone();
            async move {
                let mut owed: Vec<Owed> = Vec::new();
                for kind in [ONE_TIME, RECEIPT, NEWS] {
                    for job in tx.take_jobs_of(kind).await? {
                        collect(tx, &desk, job, &mut owed).await?;
                    }
                }
                // Codes first: somebody waits for one. Then what asks, then mere news.
                owed.sort_by_key(|owed| (owed.is_news(), !owed.letter.about.asks()));
                hold_back(tx, &desk, owed).await
            }
            .boxed()
        })
        .await
}

async fn collect(tx: &mut Tx, desk: &Desk, job: Job, owed: &mut Vec<Owed>) -> Result<()> {
    let person = job.recipient.rsplitn(2, '/').last().unwrap_or_default();
    let read = match job.kind.as_str() {
        ONE_TIME => read_recipient(person),
        _ => read_recipient(&job.recipient),
    };
    let about = match job.kind.as_str() {
        NEWS => About::of_word(&job.payload),
        RECEIPT => unsealed(desk, &job.payload).map(About::Receipt),
        _ => unsealed(desk, &job.payload).map(About::OneTime),
    };
    let case = match read {
        Some((case, _)) => tx.load_case(case).await?,
        None => None,
    };
    let (Some((_, party)), Some(about), Some(case)) = (read, about, case) else {
        // Nobody can send what nobody can read; a key that was lost is the operator's to see.
        tx.fail_job(&job, "the letter cannot be read").await?;
        return Ok(());
    };
    let unasked = job.kind == NEWS;
    let contact = tx.contact_for_telling(case.id, party).await?;
    let contact = contact.filter(|_| !(unasked && is_silent(&case)));
    let Some(Contact { phone, email, .. }) = contact else {
        // They took their address back, or the case was made silent.
        tx.finish_job(&job.id).await?;
        return Ok(());
    };
    let same = owed.iter_mut().find(|other| {
        unasked && other.jobs[0].kind == NEWS && other.jobs[0].recipient == job.recipient
    });
    match same {
        Some(other) => {
            let open = |about: &About| about.is_open_in(&case);
            let asks = (open(&about), job.position);
            if asks > (open(&other.letter.about), other.jobs[0].position) {
                (other.letter.about, other.letter.id) = (about, job.id.clone());
                other.jobs.insert(0, job);
            } else {
                other.jobs.push(job);
            }
        }
        None => owed.push(Owed {
            letter: Letter {
                id: job.id.clone(),
                number: case.number,
                about,
                phone: phone.filter(|phone| !phone.is_empty()),
                email: email.filter(|email| !email.is_empty()),
            },
            jobs: vec![job],
            covered: Vec::new(),
        }),
    }
    Ok(())
}

impl Owed {
    fn is_news(&self) -> bool {
        self.jobs[0].kind == NEWS
    }
}

/// Whoever had their share this hour is told the rest later, also where this round alone would bring
/// more. Mere news leaves room for what asks something, which does not wait behind what happened.
async fn hold_back(tx: &mut Tx, desk: &Desk, owed: Vec<Owed>) -> Result<Vec<Owed>> {
    let now = tx.now();
    let since = now.plus(Millis::new(-HOUR.millis()));
    let mut due: Vec<Owed> = Vec::new();
    let mut to: Vec<AddressHash> = Vec::new();
    for mut owed in owed {
        let address = owed.letter.phone.as_ref().or(owed.letter.email.as_ref());
        let Some(address) = address.filter(|_| !is_over(&owed, now)) else {
            for job in &owed.jobs {
                tx.finish_job(&job.id).await?;
            }
            continue;
        };
        let hash = hash_of(desk, address);
        let (lately, first) = tx.told_since(hash, since).await?;
        let in_this_round = to.iter().filter(|other| **other == hash).count();
        let in_this_round = u32::try_from(in_this_round).unwrap_or(u32::MAX);
        let asks = owed.letter.about.asks();
        let share = if owed.is_news() && !asks {
            NEWS_PER_HOUR
        } else {
            PER_HOUR
        };
        if lately.saturating_add(in_this_round) >= share {
            let first = if lately == 0 { now } else { first };
            for job in &owed.jobs {
                tx.postpone_job(&job.id, first.plus(HOUR)).await?;
            }
            continue;
        }
        if asks {
            let head = &owed.jobs[0];
            owed.covered = tx.jobs_before(NEWS, &head.recipient, head.position).await?;
        }
        to.push(hash);
        due.push(owed);
    }
    Ok(due)
}

/// A one-time code that opens nothing any more is not sent; its recipient bears the moment it was
/// asked for.
fn is_over(owed: &Owed, now: Timestamp) -> bool {
    owed.jobs.iter().any(|job| {
        let asked = job.recipient.rsplit('/').next();
        let asked = asked.and_then(|millis| millis.parse().ok());
        let asked = asked.map(Timestamp::from_millis);
        job.kind == ONE_TIME && asked.is_some_and(|asked| now.since(asked) >= ONE_TIME_LASTS)
    })
}

/// A courier took the letter.
///
/// # Errors
/// The store's; then the same letter comes again, with the same id.
pub async fn sent(desk: &Desk, owed: &Owed) -> Result<()> {
    let letter = &owed.letter;
    let address = letter.phone.as_ref().or(letter.email.as_ref());
    let hash = address.map(|address| hash_of(desk, address));
    let jobs = owed.jobs.iter().map(|job| job.id.clone());
    let jobs: Arc<Vec<String>> = Arc::new(jobs.chain(owed.covered.iter().cloned()).collect());
    desk.store
        .write::<_, (), Error>(move |tx| {
            let jobs = Arc::clone(&jobs);
            async move {
                if let Some(hash) = hash {
                    tx.note_told(hash).await?;
                }
                for job in jobs.iter() {
                    tx.finish_job(job).await?;
                }
                Ok(())
            }
            .boxed()
        })
        .await
}

/// No courier took the letter: it is tried again, each time later, and at last put aside where an
/// operator sees it. `why` names no address.
///
/// # Errors
/// The store's.
pub async fn unsent(desk: &Desk, owed: &Owed, why: &str) -> Result<()> {
    let work = Arc::new((owed.jobs.clone(), why.to_owned()));
    desk.store
        .write::<_, (), Error>(move |tx| {
            let work = Arc::clone(&work);
            async move {
                let (jobs, why) = &*work;
                for job in jobs {
                    tx.fail_job(job, why).await?;
                }
                Ok(())
            }
            .boxed()
        })
        .await
}
