//! Owing letters: which event owes one, and to whom.

use std::sync::Arc;

use domain::{
    access::{self, Viewer},
    case::Case,
    decide::LOW_RATING,
    ids::{CaseId, PartyNo},
    reference::ReceiptCode,
};
use futures::{FutureExt as _, future::BoxFuture};
use store::{Follower, Logged, Store, Tx};

use super::{About, NEWS, ONE_TIME, RECEIPT, is_silent, recipient, sealed};
use crate::{Desk, Error, Result};

/// Events read at once.
const TURN: u32 = 200;
/// The fact that says from where on people are told.
const BEGUN: &str = "tell.begun";

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
pub(super) async fn owe_one_time(
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
