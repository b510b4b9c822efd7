//! Filing as staff: a patrol finding, or a resident's problem by proxy.

use std::sync::Arc;

use domain::{
    access::{self, Viewer},
    case::{Channel, Consent, Filer, Kind},
    decide::Filing,
    event::{Actor, Words},
    ids::{AreaCode, CaseId, CategoryCode, ExternalNo, PartyNo, PhotoId},
    reference::{CaseNumber, ReceiptCode},
    visibility::Visibility,
};
use futures::FutureExt as _;
use store::Tx;

use super::{Attempt, FilingKey, draw_id, draw_number, receipt};
use crate::{Desk, Error, Result};

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
    pub visibility: Option<Visibility>,
    /// Text, place and photos.
    pub words: Words,
    /// 即报即办: fixed on the spot, with the proof.
    pub fixed: Option<Words>,
    /// Number in the system it came from.
    pub external: Option<ExternalNo>,
    /// How the resident of a proxy filing agreed to it.
    pub consent: Option<Consent>,
    /// The resident of a proxy filing.
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
/// [`Error::FiledBefore`] where a case of the viewer's own bears the same number from elsewhere,
/// [`Error::Refused`].
pub async fn file_as_staff(
    desk: &Desk,
    viewer: &Viewer,
    key: &FilingKey,
    filing: StaffFiling,
) -> Result<StaffFiled> {
    let actor = match filing.fixed {
        Some(_) => access::may_fix(viewer, &filing.community),
        None => access::may_file(viewer, &filing.community),
    };
    let actor = actor.ok_or(Error::Forbidden)?;
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
        filing.consent,
        filing.contact,
    ]);
    let work = Arc::new((
        desk.clone(),
        key.clone(),
        told.to_string().into_bytes(),
        filing,
        viewer.clone(),
    ));
    desk.store
        .write(move |tx| {
            let work = Arc::clone(&work);
            async move {
                let (desk, key, told, filing, viewer) = &*work;
                let attempt = (&**told, filing);
                file_staff_in(tx, desk, key, attempt, (viewer, actor)).await
            }
            .boxed()
        })
        .await
}

async fn file_staff_in(
    tx: &mut Tx,
    desk: &Desk,
    key: &FilingKey,
    (told, staff): (&[u8], &StaffFiling),
    (viewer, actor): (&Viewer, Actor),
) -> Result<StaffFiled> {
    let fixed = staff.fixed.iter().flat_map(|words| &words.photos);
    let photos: Vec<PhotoId> = staff.words.photos.iter().chain(fixed).copied().collect();
    let attempt = Attempt {
        desk,
        key,
        told,
        photos: &photos,
    };
    if let Some(before) = attempt.before(tx).await? {
        let case = tx.load_case(before.case).await?.ok_or(Error::NotFound)?;
        return Ok(StaffFiled {
            case: before.case,
            number: case.number,
            code_for_resident: None,
        });
    }
    if let Some(external) = &staff.external {
        // A hotline that calls again gives the same number again.
        let same = tx
            .cases_of_external(&access::scope(viewer), external)
            .await?;
        let own = same
            .into_iter()
            .find(|case| access::is_inside(viewer, case));
        if let Some(case) = own {
            return Err(Error::FiledBefore(case.number));
        }
    }
    let now = tx.now();
    let id = draw_id(tx, now);
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
        consent: staff.consent,
        words: staff.words.clone(),
        fixed: staff.fixed.clone(),
    };
    let appended = attempt.keep(tx, id, filing, actor, now).await?;
    let mut code_for_resident = None;
    if staff.filer == Filer::Proxy {
        let party = PartyNo::REPORTER;
        let code = receipt(tx, desk, key, id, party).await?;
        tx.put_contact(id, party, &staff.contact).await?;
        crate::tell::owe_receipt(tx, desk, id, &code).await?;
        code_for_resident = Some(code);
    }
    Ok(StaffFiled {
        case: id,
        number: appended.case.number,
        code_for_resident,
    })
}
