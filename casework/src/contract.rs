//! A firm under contract at work, without an account: by a signed link that opens one case for one
//! part of it, until its day.
//!
//! A link is told from its parts: the case, the number of the engagement in it, and until when. Nothing
//! of it is kept, so nothing of it can be read from the database or a backup; a unit may be shown it
//! again. It opens nothing any more when its day is over, when the unit ends it or engages the firm
//! anew, when the unit is let go, and when the case ends ([`domain::case::Case::engaged`]).

use domain::{
    access::{self, Viewer},
    case::{Case, Engagement},
    clock::Owner,
    ids::EngagementNo,
    lang::Lang,
    reference::CaseNumber,
};
use store::Key;
use subtle::ConstantTimeEq as _;

use crate::{
    Desk, Error, Result, look,
    views::{ContractCase, PhotoView},
};

/// How much of the keyed hash stands in a link: 128 bits.
const SIGNED: usize = 16;

/// A link that opened.
#[derive(Clone, Debug)]
pub struct Contract {
    /// Whoever holds it.
    pub viewer: Viewer,
    /// The case.
    pub number: CaseNumber,
    /// What is engaged.
    pub engaged: Engagement,
    token: String,
}

impl Contract {
    /// Its address.
    #[must_use]
    pub fn path(&self) -> String {
        address(self.number, &self.token)
    }
}

fn address(number: CaseNumber, token: &str) -> String {
    format!("/contract/{number}/{token}")
}

fn token(key: &Key, case: &Case, engaged: &Engagement) -> String {
    let (no, until) = (engaged.no.0, engaged.until.millis());
    let mac = key.mac(&[
        b"contract/1",
        &case.id.to_bytes(),
        &no.to_be_bytes(),
        &until.to_be_bytes(),
    ]);
    format!("{no}-{}", hex::encode(&mac[..SIGNED]))
}

/// The address by which a firm works on its part, where it opens anything at `desk`'s now.
#[must_use]
pub fn link(desk: &Desk, case: &Case, no: EngagementNo) -> Option<String> {
    let engaged = case.engaged(no).filter(|it| desk.now() < it.until)?;
    let key = desk.store.keys().session.current();
    Some(address(case.number, &token(key, case, engaged)))
}

/// Opens a link.
///
/// # Errors
/// [`Error::NotFound`] for one that was never given, and for one that opens nothing any more: the
/// answer is the same.
pub async fn open(desk: &Desk, number: CaseNumber, shown: &str) -> Result<Contract> {
    let no = shown.split_once('-').and_then(|(no, _)| no.parse().ok());
    let no = EngagementNo(no.ok_or(Error::NotFound)?);
    let all = access::scope(&Viewer::System);
    let case = desk.store.read().await?.case(&all, &number).await?;
    let case = case.ok_or(Error::NotFound)?;
    let engaged = case.engaged(no).ok_or(Error::NotFound)?;
    let mut keys = desk.store.keys().session.all();
    let ours = keys.any(|key| {
        let expected = token(key, &case, engaged);
        bool::from(expected.as_bytes().ct_eq(shown.as_bytes()))
    });
    // A firm that is under contract no longer has no links.
    let now = desk.now();
    let firm = desk.contractor(engaged);
    let holds = firm.is_some_and(|firm| firm.valid_to.is_none_or(|end| now < end));
    if !ours || !holds || engaged.until <= now {
        return Err(Error::NotFound);
    }
    Ok(Contract {
        viewer: Viewer::Contractor {
            case: case.id,
            engagement: no,
        },
        number,
        engaged: engaged.clone(),
        token: shown.to_owned(),
    })
}

/// The case as the firm works on it.
///
/// # Errors
/// [`Error::NotFound`] where it is not the firm's any more, and the store's.
pub async fn case(desk: &Desk, contract: &Contract, lang: Lang) -> Result<ContractCase> {
    let mut case = look::on_desk(desk, &contract.viewer, contract.number, lang).await?;
    let base = format!("{}/photos", contract.path());
    let here = |photo: &mut PhotoView| {
        // A picture asks for itself, with nothing but the link.
        photo.url = format!("{base}/{}", photo.number);
        photo.thumb_url = format!("{}?small", photo.url);
    };
    case.story.photos.iter_mut().for_each(here);
    let entries = case.story.timeline.iter_mut();
    entries.for_each(|entry| entry.photos.iter_mut().for_each(here));
    // What the offices owe each other is not for a firm.
    case.demands.clear();
    // Of the called units, the one that engaged it.
    case.parts.retain(|part| part.no == contract.engaged.part);
    let firm = desk.contractor(&contract.engaged);
    Ok(ContractCase {
        firm: firm.map_or_else(
            || contract.engaged.contractor.to_string(),
            |firm| firm.names.get(lang).to_owned(),
        ),
        engagement: contract.engaged.no,
        until: contract.engaged.until,
        path: contract.path(),
        case,
    })
}

impl Desk {
    /// The firm of an engagement, as the register has it.
    pub(crate) fn contractor(&self, engaged: &Engagement) -> Option<&domain::city::Contractor> {
        let mut firms = self.city.contractors.iter();
        firms.find(|firm| firm.code == engaged.contractor)
    }

    /// What the firm of an engagement is called; for one that the register no longer has, the unit
    /// that engaged it.
    pub(crate) fn contractor_name(&self, no: EngagementNo, case: &Case, lang: Lang) -> String {
        let engaged = case.engagements.iter().find(|it| it.no == no);
        if let Some(firm) = engaged.and_then(|engaged| self.contractor(engaged)) {
            return firm.names.get(lang).to_owned();
        }
        let part = engaged.and_then(|engaged| case.part(engaged.part));
        let owner = part.map_or(Owner::City, |part| Owner::Unit(part.unit.clone()));
        self.owner_name(&owner, case, lang)
    }
}
