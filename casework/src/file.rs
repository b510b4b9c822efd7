//! Filing: telling the community about a problem.
//!
//! A filing is made under a key of the client's own making. The same key with the same content
//! answers the same receipt for ever; with another content it is refused. That is what makes it
//! safe to press "send" again on a bad line.

mod staff;

pub use store::Contact;

use std::sync::Arc;

use domain::{
    access::{self, Viewer},
    case::{Channel, Filer, Kind},
    chain::Hash,
    decide::{self, Filing},
    draft::Checked,
    event::{Actor, Words},
    ids::{CaseId, PartyNo, PhotoId},
    reference::{CaseNumber, ReceiptCode},
    time::Timestamp,
};
use futures::FutureExt as _;
use sha2::{Digest as _, Sha256};
use store::{Appended, Filed, Tx};

pub use staff::{StaffFiled, StaffFiling, file_as_staff};

use crate::{Desk, Error, Result, act::staged_only};

/// A client's key for one filing: 22 to 64 letters, digits, `-` and `_`.
#[derive(Clone, PartialEq, Eq)]
pub struct FilingKey(String);

impl std::fmt::Debug for FilingKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FilingKey(…)")
    }
}

impl FilingKey {
    /// # Errors
    /// [`Error::BadKey`].
    pub fn new(text: &str) -> Result<Self> {
        let good = (22..=64).contains(&text.len())
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        if good {
            Ok(Self(text.to_owned()))
        } else {
            Err(Error::BadKey)
        }
    }

    /// A new key for a form, 128 bits of chance.
    #[must_use]
    pub fn draw(desk: &Desk) -> Self {
        let random: [u8; 16] = store::draw(&**desk.entropy());
        Self(hex::encode(random))
    }

    /// The key of one case among several that one form is about, made of the form's own: each is done once.
    #[must_use]
    pub(crate) fn among_several(&self, number: &CaseNumber) -> Self {
        let made_of = format!("several/1 {} {number}", self.0);
        Self(hex::encode(Sha256::digest(made_of.as_bytes())))
    }

    /// The key.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A whistle that holds, ready to be filed.
#[derive(Clone, Debug, PartialEq)]
pub struct Whistle {
    /// What was checked.
    pub checked: Checked,
    /// Photos staged under the same key.
    pub photos: Vec<PhotoId>,
    /// Where it came in.
    pub channel: Channel,
    /// The case it came back from, if the reporter says so.
    pub recurrence_of: Option<CaseNumber>,
}

/// What was filed.
#[derive(Clone, Debug)]
pub struct FiledCase {
    /// Its id.
    pub case: CaseId,
    /// Its public number.
    pub number: CaseNumber,
    /// The secret code, shown once.
    pub code: ReceiptCode,
    /// The party that holds the code.
    pub party: PartyNo,
    /// When.
    pub filed_at: Timestamp,
    /// Hash of the filing event.
    pub hash: Hash,
    /// False when this was a retry.
    pub new: bool,
}

/// The bytes that two filings under one key must share. Neither the language nor the button nor
/// a proof of work is part of what was told.
fn canonical(whistle: &Whistle) -> Vec<u8> {
    let checked = &whistle.checked;
    let photos: Vec<String> = whistle.photos.iter().map(ToString::to_string).collect();
    let told = serde_json::json!([
        "whistle/1",
        checked.category,
        checked.community,
        checked.description.as_str(),
        checked.place,
        checked.visibility,
        checked.contact.name,
        checked.contact.phone,
        checked.contact.email,
        checked.may_call,
        photos,
        whistle.recurrence_of.map(|number| number.to_string()),
    ]);
    told.to_string().into_bytes()
}

/// Whether a key was used before: a retry is never asked to wait or to prove anything.
///
/// # Errors
/// If the store does not answer.
pub async fn was_used(desk: &Desk, key: &FilingKey) -> Result<bool> {
    let mut reading = desk.store.read().await?;
    Ok(reading.filed_with(key.as_str(), b"").await?.is_some())
}

/// Files a whistle for a resident.
///
/// # Errors
/// [`Error::KeyReused`] for the key of another filing, [`Error::Refused`] where the rules say no,
/// [`Error::NotFound`] for a photo that is not staged under the key or a case that cannot be
/// named, and the store's.
pub async fn file_whistle(desk: &Desk, key: &FilingKey, whistle: Whistle) -> Result<FiledCase> {
    let work = Arc::new((desk.clone(), key.clone(), canonical(&whistle), whistle));
    desk.store
        .write(move |tx| {
            let work = Arc::clone(&work);
            async move {
                let (desk, key, told, whistle) = &*work;
                file_in(tx, desk, key, told, whistle).await
            }
            .boxed()
        })
        .await
}

async fn file_in(
    tx: &mut Tx,
    desk: &Desk,
    key: &FilingKey,
    told: &[u8],
    whistle: &Whistle,
) -> Result<FiledCase> {
    let attempt = Attempt {
        desk,
        key,
        told,
        photos: &whistle.photos,
    };
    if let Some(before) = attempt.before(tx).await? {
        return again(tx, key, before.case, before.party).await;
    }
    let recurrence_of = match &whistle.recurrence_of {
        None => None,
        Some(number) => Some(named(tx, number).await?),
    };
    let now = tx.now();
    let checked = &whistle.checked;
    let id = draw_id(tx, now);
    let filing = Filing {
        kind: Kind::Whistle,
        number: draw_number(tx, desk, now).await?,
        channel: whistle.channel,
        filer: Filer::Resident,
        category: checked.category.clone(),
        community: checked.community.clone(),
        grid: None,
        visibility: Some(checked.visibility),
        may_call: checked.may_call,
        recurrence_of,
        external: None,
        consent: None,
        words: Words {
            place: checked.place.clone(),
            photos: whistle.photos.clone(),
            ..Words::text(checked.description.as_str())
        },
        fixed: None,
    };
    let party = PartyNo::REPORTER;
    let appended = attempt
        .keep(tx, id, filing, Actor::Party(party), now)
        .await?;
    let code = receipt(tx, desk, key, id, party).await?;
    if !checked.contact.is_empty() {
        tx.put_contact(id, party, &contact(checked)).await?;
    }
    Ok(FiledCase {
        case: id,
        number: appended.case.number,
        code,
        party,
        filed_at: now,
        hash: appended.hashes[0],
        new: true,
    })
}

/// One try at filing under a key, by whomever.
struct Attempt<'w> {
    desk: &'w Desk,
    key: &'w FilingKey,
    /// What a retry must tell again.
    told: &'w [u8],
    /// Every photo that the filing names.
    photos: &'w [PhotoId],
}

impl Attempt<'_> {
    /// What an earlier try under this key filed. With none, the photos are known to wait for this
    /// filing.
    async fn before(&self, tx: &mut Tx) -> Result<Option<Filed>> {
        // Looked at before the key: on PostgreSQL the first try may commit between the two looks
        // and take the photos with it; seen in this order that is a retry, not a filing without
        // photos.
        let staged = staged_only(tx, Some(self.key), self.photos).await;
        match tx.filed_with(self.key.as_str(), self.told).await? {
            Some(before) if before.same_filing => Ok(Some(before)),
            Some(_) => Err(Error::KeyReused),
            None => staged.map(|()| None),
        }
    }

    /// Files: the case, its photos, and the key that made it.
    async fn keep(
        &self,
        tx: &mut Tx,
        id: CaseId,
        filing: Filing,
        actor: Actor,
        now: Timestamp,
    ) -> Result<Appended> {
        let events = decide::file(filing, actor, &self.desk.rules(), now)?;
        let appended = tx.append(id, None, events, now).await?;
        if !self.photos.is_empty() {
            tx.end_staging(self.key.as_str()).await?;
        }
        let told_by = if appended.case.parties.is_empty() {
            store::NO_PARTY
        } else {
            PartyNo::REPORTER
        };
        tx.remember_filing(self.key.as_str(), self.told, id, told_by, now)
            .await?;
        Ok(appended)
    }
}

fn draw_id(tx: &mut Tx, now: Timestamp) -> CaseId {
    let mut random = [0; 10];
    tx.random(&mut random);
    CaseId::new(now, random)
}

/// Gives a party the code derived from case and key.
pub(crate) async fn receipt(
    tx: &mut Tx,
    desk: &Desk,
    key: &FilingKey,
    case: CaseId,
    party: PartyNo,
) -> Result<ReceiptCode> {
    let code = desk.store.keys().receipt_code(case, key.as_str());
    tx.give_receipt(case, party, &code).await?;
    Ok(code)
}

/// The answer of a retry: the same as the first time, from the same key.
async fn again(tx: &mut Tx, key: &FilingKey, id: CaseId, party: PartyNo) -> Result<FiledCase> {
    let case = tx.load_case(id).await?.ok_or(Error::NotFound)?.into_case();
    let (code, _) = tx
        .receipt_of(id, key.as_str())
        .await?
        .ok_or(Error::NotFound)?;
    let hash = tx.hashes(&case).await?.first().copied().unwrap_or_default();
    Ok(FiledCase {
        case: id,
        number: case.number,
        code,
        party,
        filed_at: case.filed_at,
        hash,
        new: false,
    })
}

/// A case that anybody may name as the one that came back.
async fn named(tx: &mut Tx, number: &CaseNumber) -> Result<CaseId> {
    let scope = access::scope(&Viewer::Anonymous);
    Ok(tx.case(&scope, number).await?.ok_or(Error::NotFound)?.id)
}

/// A number that nobody has: the day and six digits of chance tell nobody how many there are.
pub(crate) async fn draw_number(tx: &mut Tx, desk: &Desk, now: Timestamp) -> Result<CaseNumber> {
    const TRIES: usize = 16;
    let date = desk.city.time.civil(now).date;
    for _ in 0..TRIES {
        let mut random = [0; 4];
        tx.random(&mut random);
        let number = CaseNumber::new(date, u32::from_be_bytes(random));
        if tx.load_case_by_number(&number).await?.is_none() {
            return Ok(number);
        }
    }
    Err(Error::Store(store::Error::Busy))
}

fn contact(checked: &Checked) -> store::Contact {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    store::Contact {
        name: some(&checked.contact.name),
        phone: some(&checked.contact.phone),
        email: some(&checked.contact.email),
    }
}
