//! A lost receipt code: a one-time code to the address that was left, and a new one for it.

use std::sync::Arc;

use domain::{
    decide::Refusal,
    ids::{CaseId, PartyNo},
    reference::{CaseNumber, ReceiptCode},
    time::Millis,
};
use futures::FutureExt as _;
use store::{Contact, Tx};

use super::{HOUR, ONE_TIME_LASTS, PER_HOUR, hash_of, owing::owe_one_time};
use crate::{Desk, Error, Result};

/// Somebody lost their receipt code and names the case and the address they left: a one-time code
/// is owed to that address if it is theirs. The answer is the same if it is not.
///
/// # Errors
/// The store's.
pub async fn ask_one_time(desk: &Desk, number: CaseNumber, address: &str) -> Result<()> {
    let random: [u8; 8] = store::draw(&**desk.entropy());
    let code = format!("{:08}", u64::from_be_bytes(random) % 100_000_000);
    let work = Arc::new((desk.clone(), address.trim().to_lowercase(), code));
    desk.store
        .write::<_, (), Error>(move |tx| {
            let work = Arc::clone(&work);
            async move {
                let (desk, address, code) = &*work;
                let Some((case, party)) = owner_of(tx, desk, number, address).await? else {
                    return Ok(());
                };
                let since = tx.now().plus(Millis::new(-HOUR.millis()));
                let hash = hash_of(desk, address);
                // Nobody's phone is made to ring all day by somebody who knows a number.
                if tx.told_since(hash, since).await?.0 >= PER_HOUR {
                    return Ok(());
                }
                let until = tx.now().plus(ONE_TIME_LASTS);
                let kept = desk.store.one_time_hash(case, party, code);
                tx.put_one_time_code(case, party, kept, until).await?;
                owe_one_time(tx, desk, case, party, code).await
            }
            .boxed()
        })
        .await
}

/// Whose address it is, among the people of a case.
async fn owner_of(
    tx: &mut Tx,
    desk: &Desk,
    number: CaseNumber,
    address: &str,
) -> Result<Option<(CaseId, PartyNo)>> {
    let Some(case) = tx.load_case_by_number(&number).await? else {
        return Ok(None);
    };
    let wanted = hash_of(desk, address);
    let mut found = None;
    for party in &case.parties {
        let contact = tx.contact_for_telling(case.id, party.no).await?;
        let Some(Contact { phone, email, .. }) = contact else {
            continue;
        };
        let theirs = [phone, email]
            .into_iter()
            .flatten()
            .any(|known| !known.is_empty() && hash_of(desk, &known) == wanted);
        if theirs && found.is_none() {
            found = Some((case.id, party.no));
        }
    }
    Ok(found)
}

/// A new receipt code for whoever has the one-time code; the lost one opens nothing any more.
///
/// # Errors
/// [`Error::NotFound`] for every code that is not right, is over, or was used.
pub async fn use_one_time(
    desk: &Desk,
    number: CaseNumber,
    address: &str,
    code: &str,
) -> Result<ReceiptCode> {
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    let key = crate::file::FilingKey::draw(desk);
    let work = Arc::new((desk.clone(), address.to_owned(), digits, key));
    let fresh = desk
        .store
        .write::<_, Option<ReceiptCode>, Error>(move |tx| {
            let work = Arc::clone(&work);
            async move {
                let (desk, address, digits, key) = &*work;
                let Some((case, party)) = owner_of(tx, desk, number, address).await? else {
                    return Ok(None);
                };
                let hash = desk.store.one_time_hash(case, party, digits);
                // A wrong try is written down, so it does not end the transaction.
                if !tx.use_one_time_code(case, party, hash).await? {
                    return Ok(None);
                }
                let fresh = desk.store.keys().receipt_code(case, key.as_str());
                if !tx.replace_receipt(case, party, &fresh).await? {
                    return Err(Refusal::NoSuch("receipt").into());
                }
                tx.close_tracking_of(case, party).await?;
                Ok(Some(fresh))
            }
            .boxed()
        })
        .await?;
    fresh.ok_or(Error::NotFound)
}
