//! Everything done to a case after its filing: load, may, decide, append, in one transaction.

use std::sync::Arc;

use domain::{
    access::{self, Role, Viewer},
    case::{Case, EvidenceKind, State},
    decide::{Act, Command, Refusal, decide, give_back, take_in},
    event::{Actor, Event, Fact},
    ids::{CaseId, PartyNo, PhotoId, UnitCode},
    reference::{CaseNumber, ReceiptCode},
    verb::Verb,
};
use futures::FutureExt as _;
use store::{Standing, Tx};

use crate::{Desk, Error, Result, file::FilingKey};

/// Which case, as people or as the program name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// By its number.
    Number(CaseNumber),
    /// By its id.
    Id(CaseId),
}

impl From<CaseNumber> for Which {
    fn from(number: CaseNumber) -> Self {
        Self::Number(number)
    }
}

impl From<CaseId> for Which {
    fn from(id: CaseId) -> Self {
        Self::Id(id)
    }
}

/// Does `command` to a case as `viewer`. `version` is the one the viewer saw; with `None` the
/// command stands whatever happened meanwhile. A command with photos goes through
/// [`act_with_photos`], a "me too" through [`join`].
///
/// # Errors
/// [`Error::NotFound`] and [`Error::Forbidden`] by [`domain::access::may`], [`Error::Conflict`] if
/// the case has changed since `version`, [`Error::Refused`] by the rules.
pub async fn act(
    desk: &Desk,
    viewer: &Viewer,
    which: impl Into<Which>,
    version: Option<u32>,
    command: impl Into<Command>,
) -> Result<Case> {
    act_under(desk, viewer, None, which.into(), version, command.into()).await
}

/// As [`act`], for a form with photos: only those staged under its `key` may be named, and they
/// are the case's from then on.
///
/// # Errors
/// As [`act`]; [`Error::NotFound`] for a photo that is not staged under the key.
pub async fn act_with_photos(
    desk: &Desk,
    viewer: &Viewer,
    key: &FilingKey,
    which: impl Into<Which>,
    version: Option<u32>,
    command: impl Into<Command>,
) -> Result<Case> {
    let key = Some(key.clone());
    act_under(desk, viewer, key, which.into(), version, command.into()).await
}

async fn act_under(
    desk: &Desk,
    viewer: &Viewer,
    key: Option<FilingKey>,
    which: Which,
    version: Option<u32>,
    command: Command,
) -> Result<Case> {
    let work = Arc::new((desk.clone(), viewer.clone(), key, command));
    desk.store
        .write(move |tx| {
            let work = Arc::clone(&work);
            async move {
                let (desk, viewer, key, command) = &*work;
                let command = command.clone();
                let photos = command.words.as_ref().map_or(0, |words| words.photos.len());
                let case = act_in(tx, desk, viewer, which, version, key.as_ref(), command).await?;
                if let Some(key) = key
                    && photos > 0
                {
                    tx.end_staging(key.as_str()).await?;
                }
                Ok(case)
            }
            .boxed()
        })
        .await
}

async fn act_in(
    tx: &mut Tx,
    desk: &Desk,
    viewer: &Viewer,
    which: Which,
    version: Option<u32>,
    key: Option<&FilingKey>,
    command: Command,
) -> Result<Case> {
    let standing = match which {
        Which::Number(number) => tx.load_case_by_number(&number).await?,
        Which::Id(id) => tx.load_case(id).await?,
    };
    let standing = standing.ok_or(Error::NotFound)?;
    let verb = command.act.verb();
    let mut actor = access::may(viewer, verb, &standing)?;
    if verb == Verb::Join {
        // A party without a receipt could never come back: only `join` makes one.
        return Err(Error::Forbidden);
    }
    if let Act::AskExtension { clock, .. } = command.act
        && standing
            .clocks
            .iter()
            .any(|own| own.id == clock && own.part.is_none())
    {
        // The community asks for more time on its own clock, nobody for it: by the appointment
        // that is the community's, whatever else the same person holds.
        let own = access::acting_as(viewer, Role::Secretary);
        actor = access::may(&own, verb, &standing).map_err(|_| Error::Forbidden)?;
    }
    if let Some(unit) = unit_of(&command.act, &standing)? {
        // An officer acts for their own unit's part only, by the very appointment that does.
        let own = access::acting_for(viewer, &unit);
        actor = access::may(&own, verb, &standing).map_err(|_| Error::Forbidden)?;
    }
    if let Some(version) = version
        && version != standing.version
    {
        return Err(Error::Conflict {
            current: standing.version,
        });
    }
    let elsewhere = elsewhere(tx, viewer, &command.act, &standing, actor.actor).await?;
    let photos = command
        .words
        .as_ref()
        .map_or(&[][..], |words| &words.photos);
    staged_only(tx, key, photos).await?;
    if let Act::AddEvidence { evidence } = command.act
        && evidence != EvidenceKind::Document
        && photos.is_empty()
    {
        return Err(Error::Refused(Refusal::EvidenceMissing(evidence)));
    }
    let now = tx.now();
    let events = decide(&standing, command, actor, &desk.rules(), now)?;
    let id = standing.id;
    let waits = |event: &Event| matches!(event.fact, Fact::Asked {} | Fact::Unmerged {});
    let waits = events.iter().any(waits);
    let case = tx.append(id, Some(standing), events, now).await?.case;
    if let Some((other, events)) = elsewhere {
        tx.append(other.id, Some(other), events, now).await?;
    }
    if waits && let Some(ends) = case.wait_ends() {
        crate::sweep::owe_end_of_wait(tx, &case, ends).await?;
    }
    Ok(case)
}

/// The unit for which a step of a called part, or an extension of its clock, is done; none for
/// what is not done for a unit.
fn unit_of(act: &Act, case: &Case) -> Result<Option<UnitCode>> {
    let part = match act {
        // Ruled on by the desk, not by the unit.
        Act::RuleOnReturn { .. } => None,
        Act::AskExtension { clock, .. } => {
            case.clocks
                .iter()
                .find(|running| running.id == *clock)
                .ok_or(Refusal::NoSuch("clock"))?
                .part
        }
        other => other.part(),
    };
    let Some(part) = part else { return Ok(None) };
    let part = case.part(part).ok_or(Refusal::NoSuch("part"))?;
    Ok(Some(part.unit.clone()))
}

/// Photos may be named only under the key they were staged with, once each.
pub(crate) async fn staged_only(
    tx: &mut Tx,
    key: Option<&FilingKey>,
    photos: &[PhotoId],
) -> Result<()> {
    if photos.is_empty() {
        return Ok(());
    }
    let key = key.ok_or(Error::NotFound)?;
    let staged = tx.staged_photos(key.as_str()).await?;
    let known = photos
        .iter()
        .enumerate()
        .all(|(at, photo)| staged.contains(photo) && !photos[..at].contains(photo));
    if known { Ok(()) } else { Err(Error::NotFound) }
}

/// What the same command does to another case: a merge and its undoing are written down on both
/// sides, so that the case in which others go on knows it. A case is merged only into one that the
/// viewer may merge as well, and never into itself.
async fn elsewhere(
    tx: &mut Tx,
    viewer: &Viewer,
    act: &Act,
    from: &Case,
    actor: Actor,
) -> Result<Option<(Standing, Vec<Event>)>> {
    match (act, &from.state) {
        (Act::Merge { into }, _) if *into != from.id => {
            let seen = tx.case_by_id(&access::scope(viewer), *into).await?;
            seen.ok_or(Error::NotFound)?;
            let target = tx.load_case(*into).await?.ok_or(Error::NotFound)?;
            access::may(viewer, Verb::Merge, &target)?;
            let events = take_in(&target, from, actor)?;
            Ok(Some((target, events)))
        }
        (Act::Unmerge, State::Merged { into, .. }) => {
            let target = tx.load_case(*into).await?.ok_or(Error::NotFound)?;
            let events = give_back(&target, from.id, actor);
            Ok((!events.is_empty()).then_some((target, events)))
        }
        _ => Ok(None),
    }
}

/// A resident's "the same happens to me": a party of their own, with their own code.
///
/// # Errors
/// [`Error::NotFound`] for a case that is not public to all, [`Error::KeyReused`],
/// [`Error::Refused`].
pub async fn join(
    desk: &Desk,
    key: &FilingKey,
    number: CaseNumber,
    phone: &str,
) -> Result<(CaseNumber, ReceiptCode)> {
    let work = Arc::new((desk.clone(), key.clone(), phone.to_owned()));
    desk.store
        .write(move |tx| {
            let work = Arc::clone(&work);
            async move {
                let (desk, key, phone) = &*work;
                join_in(tx, desk, key, number, phone).await
            }
            .boxed()
        })
        .await
}

async fn join_in(
    tx: &mut Tx,
    desk: &Desk,
    key: &FilingKey,
    number: CaseNumber,
    phone: &str,
) -> Result<(CaseNumber, ReceiptCode)> {
    let told = format!("join/1 {number} {phone}");
    if let Some(before) = tx.filed_with(key.as_str(), told.as_bytes()).await? {
        if !before.same_filing {
            return Err(Error::KeyReused);
        }
        let receipt = tx.receipt_of(before.case, key.as_str()).await?;
        return Ok((number, receipt.ok_or(Error::NotFound)?.0));
    }
    let standing = tx
        .load_case_by_number(&number)
        .await?
        .ok_or(Error::NotFound)?;
    let actor = access::may(&Viewer::Anonymous, Verb::Join, &standing)?;
    let (id, now) = (standing.id, tx.now());
    let party: PartyNo = standing.next_party();
    let events = decide(&standing, Act::Join.into(), actor, &desk.rules(), now)?;
    tx.append(id, Some(standing), events, now).await?;
    let code = crate::file::receipt(tx, desk, key, id, party).await?;
    if !phone.is_empty() {
        let contact = store::Contact {
            phone: Some(phone.to_owned()),
            ..store::Contact::default()
        };
        tx.put_contact(id, party, &contact).await?;
    }
    tx.remember_filing(key.as_str(), told.as_bytes(), id, party, now)
        .await?;
    Ok((number, code))
}
