//! Filing: telling the community about a problem.
//!
//! A filing is made under a key of the client's own making. The same key with the same content
//! answers the same receipt for ever; with another content it is refused. That is what makes it
//! safe to press "send" again on a bad line.

use std::sync::Arc;

use domain::{
    access::{self, Viewer},
    case::{Channel, Filer, Kind},
    chain::Hash,
    decide::{self, Filing},
    draft::Checked,
    event::{Actor, Words},
    ids::{AreaCode, CaseId, CategoryCode, PartyNo, PhotoId},
    reference::{CaseNumber, ReceiptCode},
    time::Timestamp,
};
use futures::FutureExt as _;
use store::Tx;

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
    // Looked at before the key: on PostgreSQL the first try may commit between the two looks and
    // take the photos with it; seen in this order that is a retry, not a filing without photos.
    let staged = staged_only(tx, Some(key), &whistle.photos).await;
    if let Some(before) = tx.filed_with(key.as_str(), told).await? {
        return if before.same_filing {
            again(tx, key, before.case, before.party).await
        } else {
            Err(Error::KeyReused)
        };
    }
    staged?;
    let recurrence_of = match &whistle.recurrence_of {
        None => None,
        Some(number) => Some(named(tx, number).await?),
    };
    let now = tx.now();
    let checked = &whistle.checked;
    let mut random = [0; 10];
    tx.random(&mut random);
    let id = CaseId::new(now, random);
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
        words: Words {
            text: Some(checked.description.as_str().to_owned()),
            place: checked.place.clone(),
            photos: whistle.photos.clone(),
        },
        fixed: None,
    };
    let party = PartyNo(1);
    let events = decide::file(filing, Actor::Party(party), &desk.rules(), now)?;
    let appended = tx.append(id, None, events, now).await?;
    let code = receipt(tx, desk, key, id, party).await?;
    if !checked.contact.is_empty() {
        tx.put_contact(id, party, &contact(checked)).await?;
    }
    if !whistle.photos.is_empty() {
        tx.end_staging(key.as_str()).await?;
    }
    tx.remember_filing(key.as_str(), told, id, party, now)
        .await?;
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

/// What staff tell: a patrol finding, or a resident's problem by proxy.
#[derive(Clone, Debug, PartialEq)]
pub struct StaffFiling {
    /// Staff of their own accord, or for a resident.
    pub filer: Filer,
    /// How it reached them.
    pub channel: Channel,
    /// The category.
    pub category: CategoryCode,
    /// The community.
    pub community: AreaCode,
    /// The grid.
    pub grid: Option<AreaCode>,
    /// Who may see it; `None` takes the category's default.
    pub visibility: Option<domain::visibility::Visibility>,
    /// Text, place and photos.
    pub words: Words,
    /// 即报即办: fixed on the spot, with the proof.
    pub fixed: Option<Words>,
    /// Number in the system it came from.
    pub external: Option<String>,
    /// The resident of a proxy filing, with their consent.
    pub contact: store::Contact,
}

/// A proxy filing's answer to the officer holds no code: it goes to the resident.
#[derive(Clone, Debug)]
pub struct StaffFiled {
    /// Its id.
    pub case: CaseId,
    /// Its public number.
    pub number: CaseNumber,
    /// To be sent to the resident of a proxy filing, never shown to the filing officer.
    pub code_for_resident: Option<ReceiptCode>,
}

/// Files as staff.
///
/// # Errors
/// [`Error::Forbidden`] without an appointment that covers the community, or in a resident's name,
/// [`Error::KeyReused`], [`Error::NotFound`] for a photo that is not staged under the key,
/// [`Error::Refused`].
pub async fn file_as_staff(
    desk: &Desk,
    viewer: &Viewer,
    key: &FilingKey,
    filing: StaffFiling,
) -> Result<StaffFiled> {
    let actor = access::may_file(viewer, &filing.community).ok_or(Error::Forbidden)?;
    if filing.filer == Filer::Resident {
        // Nobody of the city files as if they were a resident: that would be a voice in the
        // figures that no resident has.
        return Err(Error::Forbidden);
    }
    let told = serde_json::json!([
        "staff/1",
        filing.filer,
        filing.channel,
        filing.category,
        filing.community,
        filing.grid,
        filing.visibility,
        filing.words,
        filing.fixed,
        filing.external,
        filing.contact,
    ]);
    let work = Arc::new((
        desk.clone(),
        key.clone(),
        told.to_string().into_bytes(),
        filing,
    ));
    desk.store
        .write(move |tx| {
            let work = Arc::clone(&work);
            async move {
                let (desk, key, told, filing) = &*work;
                file_staff_in(tx, desk, key, told, filing, actor).await
            }
            .boxed()
        })
        .await
}

async fn file_staff_in(
    tx: &mut Tx,
    desk: &Desk,
    key: &FilingKey,
    told: &[u8],
    staff: &StaffFiling,
    actor: Actor,
) -> Result<StaffFiled> {
    let fixed = staff.fixed.iter().flat_map(|words| &words.photos);
    let photos: Vec<PhotoId> = staff.words.photos.iter().chain(fixed).copied().collect();
    // Before the key, as in a resident's filing.
    let staged = staged_only(tx, Some(key), &photos).await;
    if let Some(before) = tx.filed_with(key.as_str(), told).await? {
        if !before.same_filing {
            return Err(Error::KeyReused);
        }
        let case = tx
            .load_case(before.case)
            .await?
            .ok_or(Error::NotFound)?
            .into_case();
        return Ok(StaffFiled {
            case: case.id,
            number: case.number,
            code_for_resident: None,
        });
    }
    staged?;
    let now = tx.now();
    let mut random = [0; 10];
    tx.random(&mut random);
    let id = CaseId::new(now, random);
    let filing = Filing {
        kind: Kind::Whistle,
        number: draw_number(tx, desk, now).await?,
        channel: staff.channel,
        filer: staff.filer,
        category: staff.category.clone(),
        community: staff.community.clone(),
        grid: staff.grid.clone(),
        visibility: staff.visibility,
        may_call: staff.contact.phone.is_some(),
        recurrence_of: None,
        external: staff.external.clone(),
        words: staff.words.clone(),
        fixed: staff.fixed.clone(),
    };
    let events = decide::file(filing, actor, &desk.rules(), now)?;
    let appended = tx.append(id, None, events, now).await?;
    let party = PartyNo(1);
    let mut code_for_resident = None;
    if staff.filer == Filer::Proxy {
        code_for_resident = Some(receipt(tx, desk, key, id, party).await?);
        tx.put_contact(id, party, &staff.contact).await?;
    }
    if !photos.is_empty() {
        tx.end_staging(key.as_str()).await?;
    }
    tx.remember_filing(key.as_str(), told, id, party, now)
        .await?;
    Ok(StaffFiled {
        case: id,
        number: appended.case.number,
        code_for_resident,
    })
}
