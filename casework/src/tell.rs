//! Telling the people of a case what happens to it, by the address they left.
//!
//! A follower of the log owes a letter for each event that matters to them; the job table holds it
//! until a courier took it, so a crash in between loses none and the receiver sees the same id
//! again. A letter says that something happened and where to look, never what the case is about:
//! phones lie on tables. Of what is always private (harm to a minor, family violence) and of sealed
//! tips nothing is sent unasked.

mod one_time;

use std::sync::Arc;

use domain::{
    access::{self, Viewer},
    case::{Case, Kind},
    decide::LOW_RATING,
    event::Fact,
    ids::{CaseId, PartyNo},
    reference::{CaseNumber, ReceiptCode},
    time::{Millis, Timestamp},
};
use futures::{FutureExt as _, future::BoxFuture};
use store::{AddressHash, Contact, Follower, Job, Logged, Store, Tx};

pub use one_time::{ask_one_time, use_one_time};

use crate::{Desk, Error, Result};

/// News of a case.
const NEWS: &str = "tell.news";
/// A receipt code for a resident for whom staff filed.
const RECEIPT: &str = "tell.receipt";
/// A one-time code for somebody who lost their receipt.
const ONE_TIME: &str = "tell.one_time";

/// Letters an address gets in an hour at most; what comes on top is told together, later.
pub const PER_HOUR: u32 = 3;
const HOUR: Millis = Millis::hours(1);
/// Events read at once.
const TURN: u32 = 200;
/// The fact that says from where on people are told.
const BEGUN: &str = "tell.begun";

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

/// A letter and the jobs that are done when a courier took it.
#[derive(Clone, Debug)]
pub struct Owed {
    /// The letter.
    pub letter: Letter,
    jobs: Vec<Job>,
}

/// Lets people be told from now on. What happened before is not news: it is skipped once.
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
                    tx.move_cursor(Teller.name(), 0, end).await?;
                }
                Ok(tx.set_fact(BEGUN, "1").await?)
            }
            .boxed()
        })
        .await
}

/// The follower that owes letters.
pub struct Teller;

impl Follower for Teller {
    fn name(&self) -> &'static str {
        "tell"
    }

    fn step<'s>(&'s mut self, store: &'s Store) -> BoxFuture<'s, store::Result<bool>> {
        Box::pin(async move {
            let mut reading = store.read().await?;
            let from = reading.cursor(self.name()).await?;
            let logged = reading.log_after(from, TURN).await?;
            drop(reading);
            let Some(last) = logged.last().map(|logged| logged.position) else {
                return Ok(false);
            };
            let name = self.name();
            let work = Arc::new(logged);
            store
                .write::<_, (), store::Error>(move |tx| {
                    let work = Arc::clone(&work);
                    async move {
                        for logged in work.iter() {
                            owe(tx, logged).await?;
                        }
                        tx.move_cursor(name, from, last).await
                    }
                    .boxed()
                })
                .await?;
            Ok(true)
        })
    }
}

/// Owes a letter to everybody of the case who left an address, and of the cases that go on in it.
async fn owe(tx: &mut Tx, logged: &Logged) -> store::Result<()> {
    let Some(about) = About::of(&logged.recorded.event.fact) else {
        return Ok(());
    };
    let Some(case) = tx.load_case(logged.recorded.case).await? else {
        return Ok(());
    };
    if is_silent(&case) {
        return Ok(());
    }
    let position = logged.position;
    owe_to(tx, &case, &about, position).await?;
    // Whose rating was answered, and who was asked, is no news to the others.
    if matches!(about, About::Answered | About::Asked) {
        return Ok(());
    }
    let scope = access::scope(&Viewer::System);
    let mut go_on_in_it = case.merged_in.clone();
    while let Some(other) = go_on_in_it.pop() {
        // Read and not locked: verdicts lock the other way round.
        if let Some(other) = tx.case_by_id(&scope, other).await? {
            owe_to(tx, &other, &about, position).await?;
            go_on_in_it.extend(&other.merged_in);
        }
    }
    Ok(())
}

async fn owe_to(tx: &mut Tx, case: &Case, about: &About, position: u64) -> store::Result<()> {
    if is_silent(case) {
        return Ok(());
    }
    for party in &case.parties {
        if *about == About::Answered && !rated_low(case, party.no) {
            continue;
        }
        if tx.has_contact(case.id, party.no).await? {
            let recipient = recipient(case.id, party.no);
            let now = tx.now();
            tx.add_job(position, NEWS, &recipient, about.word(), now)
                .await?;
        }
    }
    Ok(())
}

/// Whether a party was not content, and so is owed an answer.
fn rated_low(case: &Case, party: PartyNo) -> bool {
    let stars = case.verdict(party).and_then(|verdict| verdict.stars);
    stars.is_some_and(|stars| stars <= LOW_RATING)
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

/// Owes a receipt code to a resident for whom staff filed. The code is sealed until it is sent.
pub(crate) async fn owe_receipt(
    tx: &mut Tx,
    desk: &Desk,
    case: CaseId,
    code: &ReceiptCode,
) -> Result<()> {
    // In groups, as on a receipt: twenty-one digits in one run are read by nobody.
    let payload = sealed(desk, &code.to_string());
    let (recipient, now) = (recipient(case, PartyNo::REPORTER), tx.now());
    tx.add_job(0, RECEIPT, &recipient, &payload, now).await?;
    Ok(())
}

/// Owes a one-time code.
pub(crate) async fn owe_one_time(
    tx: &mut Tx,
    desk: &Desk,
    case: CaseId,
    party: PartyNo,
    code: &str,
) -> Result<()> {
    let payload = sealed(desk, code);
    // Each is a letter of its own: the recipient bears the moment.
    let now = tx.now();
    let recipient = format!("{}/{}", recipient(case, party), now.millis());
    tx.add_job(0, ONE_TIME, &recipient, &payload, now).await?;
    Ok(())
}

/// Letters that are due. Several pieces of news of one case for one person become one letter, of
/// the latest; an address that had its share this hour waits.
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
            if job.position > other.jobs[0].position {
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
        }),
    }
    Ok(())
}

/// Whoever had their share this hour is told the rest later, also where this round alone would bring
/// more.
async fn hold_back(tx: &mut Tx, desk: &Desk, owed: Vec<Owed>) -> Result<Vec<Owed>> {
    let now = tx.now();
    let since = now.plus(Millis::new(-HOUR.millis()));
    let mut due: Vec<Owed> = Vec::new();
    let mut to: Vec<AddressHash> = Vec::new();
    for owed in owed {
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
        if lately.saturating_add(in_this_round) >= PER_HOUR {
            let first = if lately == 0 { now } else { first };
            for job in &owed.jobs {
                tx.postpone_job(&job.id, first.plus(HOUR)).await?;
            }
            continue;
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

/// How an address is counted, however it was typed.
fn hash_of(desk: &Desk, address: &str) -> AddressHash {
    desk.store.address_hash(&plain(address))
}

/// A courier took the letter.
///
/// # Errors
/// The store's; then the same letter comes again, with the same id.
pub async fn sent(desk: &Desk, owed: &Owed) -> Result<()> {
    let letter = &owed.letter;
    let address = letter.phone.as_ref().or(letter.email.as_ref());
    let hash = address.map(|address| hash_of(desk, address));
    let jobs = Arc::new(owed.jobs.clone());
    desk.store
        .write::<_, (), Error>(move |tx| {
            let jobs = Arc::clone(&jobs);
            async move {
                if let Some(hash) = hash {
                    tx.note_told(hash).await?;
                }
                for job in jobs.iter() {
                    tx.finish_job(&job.id).await?;
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

/// How long a one-time code is good.
pub const ONE_TIME_LASTS: Millis = Millis::minutes(30);

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
