//! Everything done to a case after its filing: load, may, decide, append, in one transaction.

mod under;

use std::sync::Arc;

use domain::{
    access::{self, Acting, Role, Viewer},
    case::{Case, EvidenceKind, State},
    decide::{
        Act, Command, Refusal, decide, give_back, judged_there, take_in,
        typed::{self, Amiss, Typed, Wrong},
    },
    event::{Actor, Event, Fact, Recorded},
    ids::{AppointmentNo, CaseId, PartyNo, PhotoId},
    reference::{CaseNumber, ReceiptCode},
    verb::Verb,
};
use futures::FutureExt as _;
use store::{Standing, Tx};

use under::Under;

use crate::{Desk, Error, Result, file::FilingKey, look::rulings, offers::acting};

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

/// Reads what somebody typed as an act on a case: the fields of a form of the desk, or of a
/// machine's command ([`typed`]).
///
/// # Errors
/// [`Error::NotFound`] where the viewer may not know of the case, or for a verb that nobody types;
/// within, every field to mend.
pub async fn read(
    desk: &Desk,
    viewer: &Viewer,
    number: CaseNumber,
    verb: Verb,
    fields: &(impl Typed + ?Sized),
) -> Result<std::result::Result<Act, Vec<Amiss>>> {
    let scope = access::scope(viewer);
    let into = typed::into_number(fields).filter(|_| verb == Verb::Merge);
    let mut reading = desk.store.read().await?;
    let case = reading.case(&scope, &number).await?;
    let case = case.ok_or(Error::NotFound)?;
    let into = match into {
        Some(number) => reading.case(&scope, &number).await?,
        None => None,
    };
    drop(reading);
    let duties = desk
        .city
        .duties_for(&case.category, &case.community, desk.now());
    let named = fields.value("duty");
    let reading = typed::Reading {
        case: &case,
        time: &desk.city.time,
        into: into.map(|case| case.id),
        duty: duties
            .into_iter()
            .find(|duty| Some(duty.code.as_str()) == named),
    };
    match typed::read(verb, fields, reading) {
        Err(amiss) if amiss.is_empty() => Err(Error::NotFound),
        Ok(act @ (Act::Cover { version, photo, .. } | Act::ShowPhoto { version, photo })) => {
            let events = desk.store.read().await?.events(&case).await?;
            let ruling = rulings(&events).get(&(version, photo)).copied();
            // What is not withheld cannot be shown again.
            let withheld = ruling.is_some_and(|ruling| ruling.withheld);
            let fits = withheld || !matches!(act, Act::ShowPhoto { .. });
            Ok(if fits && has_photo(&events, version, photo) {
                Ok(act)
            } else {
                let (field, what) = ("photo", Wrong::Unknown);
                Err(vec![Amiss { field, what }])
            })
        }
        read => Ok(read),
    }
}

/// Whether an event has a photo of this number that can be kept from the public.
fn has_photo(events: &[Recorded], version: u32, photo: u8) -> bool {
    let event = events.iter().find(|it| it.version == version);
    event.is_some_and(|it| {
        let photos = it
            .event
            .words
            .as_ref()
            .map_or(0, |words| words.photos.len());
        usize::from(photo) <= photos && !matches!(it.event.fact, Fact::PhotoCovered { .. })
    })
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
    act_under(desk, viewer, None, (which.into(), version), command.into()).await
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
    let under = Some(Under::photos(key.clone()));
    act_under(desk, viewer, under, (which.into(), version), command.into()).await
}

/// As [`act_with_photos`], for an act of the field that is sent until somebody answers for it: `key` is of
/// this act alone, and however often it comes the act is done once. Sent again it is answered as the first time,
/// whatever has happened since, to whoever still knows of the case.
///
/// # Errors
/// As [`act_with_photos`]; [`Error::KeyReused`] for another act under the same key.
pub async fn act_once(
    desk: &Desk,
    viewer: &Viewer,
    key: &FilingKey,
    which: impl Into<Which>,
    version: Option<u32>,
    command: impl Into<Command>,
) -> Result<Case> {
    let under = Some(Under::once(key.clone()));
    let command = command.into();
    if !command.act.verb().is_of_the_field() {
        return Err(Error::Forbidden);
    }
    act_under(desk, viewer, under, (which.into(), version), command).await
}

/// As [`act`], done once under `key` however often it comes. `typed` tells one act under the key from
/// another: what was typed stays, where the act that is made of it changes with the case.
///
/// # Errors
/// As [`act`]; [`Error::KeyReused`] for something else typed under the same key.
pub(crate) async fn act_typed(
    desk: &Desk,
    viewer: &Viewer,
    (key, typed): (FilingKey, Vec<u8>),
    (number, version): (CaseNumber, u32),
    command: Command,
) -> Result<Case> {
    let under = Some(Under::typed(key, typed));
    act_under(desk, viewer, under, (number.into(), Some(version)), command).await
}

/// Which case an act is about, and the version that was seen of it.
type Seen = (Which, Option<u32>);

async fn act_under(
    desk: &Desk,
    viewer: &Viewer,
    under: Option<Under>,
    seen: Seen,
    command: Command,
) -> Result<Case> {
    let work = Arc::new((desk.clone(), viewer.clone(), under, command));
    desk.store
        .write(move |tx| {
            let work = Arc::clone(&work);
            async move {
                let (desk, viewer, under, command) = &*work;
                let photos = command.words.as_ref().map_or(0, |words| words.photos.len());
                let case = act_in(tx, desk, viewer, seen, under.as_ref(), command).await?;
                if let Some(under) = under
                    && photos > 0
                {
                    tx.end_staging(under.key().as_str()).await?;
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
    (which, version): Seen,
    under: Option<&Under>,
    command: &Command,
) -> Result<Case> {
    let standing = match which {
        Which::Number(number) => tx.load_case_by_number(&number).await?,
        Which::Id(id) => tx.load_case(id).await?,
    };
    let standing = standing.ok_or(Error::NotFound)?;
    let photos = command
        .words
        .as_ref()
        .map_or(&[][..], |words| &words.photos);
    // Looked at before the key, as a filing does: on PostgreSQL a first try may commit between the two,
    // and take the photos with it.
    let staged = staged_only(tx, under.map(Under::key), photos).await;
    if let Some(under) = under
        && under.did(tx, standing.id, command).await?
    {
        let known = access::sees(viewer, &standing);
        return known.then(|| standing.into_case()).ok_or(Error::NotFound);
    }
    let verb = command.act.verb();
    if verb == Verb::Join {
        // A party without a receipt could never come back: only `join` makes one.
        access::may(viewer, verb, &standing)?;
        return Err(Error::Forbidden);
    }
    let actor = acting(viewer, &command.act, &standing)?;
    if let Act::CallBack { holds: Some(_), .. } = command.act {
        // The second look is not the offices' own to take.
        let own = access::acting_as(viewer, Role::Supervisor);
        access::may(&own, verb, &standing).map_err(|_| Error::Forbidden)?;
    }
    if let Act::HandOver { to } = command.act {
        deputy(tx, viewer, &actor, to).await?;
    }
    if let Some(version) = version
        && version != standing.version
        && !stands_beside(tx, &command.act, &standing, version).await?
    {
        return Err(Error::Conflict {
            current: standing.version,
        });
    }
    let elsewhere = elsewhere(tx, desk, viewer, &command.act, &standing, actor.actor).await?;
    staged?;
    if let Act::AddEvidence { evidence } = command.act
        && evidence != EvidenceKind::Document
        && photos.is_empty()
    {
        return Err(Error::Refused(Refusal::EvidenceMissing(evidence)));
    }
    let now = tx.now();
    let events = decide(&standing, command.clone(), actor, &desk.rules(), now)?;
    let id = standing.id;
    if let Some(under) = under
        && let Some(told) = under.told(id, command)
    {
        let key = under.key().as_str();
        tx.remember_filing(key, &told, id, store::NO_PARTY, now)
            .await?;
    }
    let waits = |event: &Event| matches!(event.fact, Fact::Asked {} | Fact::Unmerged {});
    let waits = events.iter().any(waits);
    let case = tx.append(id, Some(standing), events, now).await?.case;
    if let Some((other, events)) = elsewhere {
        tx.append(other.id, Some(other), events, now).await?;
    }
    if case.is_overdue(now) {
        crate::tick::owe_what_is_over(tx, &case).await?;
    }
    if waits && let Some(ends) = case.wait_ends() {
        crate::sweep::owe_end_of_wait(tx, &case, ends).await?;
    }
    Ok(case)
}

/// Whether an act stands beside everything that has come since `version` ([`Act::stands_beside`]): four
/// departments in the field would else be in each other's way all day.
async fn stands_beside(tx: &mut Tx, act: &Act, case: &Case, version: u32) -> Result<bool> {
    // A version that has not been yet is nobody's.
    if version > case.version || act.part().is_none() {
        return Ok(false);
    }
    let events = tx.events(case).await?;
    let mut since = events.iter().filter(|event| event.version > version);
    Ok(since.all(|recorded| act.stands_beside(&recorded.event.fact)))
}

/// A case is handed over to somebody else of the same office, who holds it now.
async fn deputy(tx: &mut Tx, viewer: &Viewer, from: &Acting, to: AppointmentNo) -> Result<()> {
    let Viewer::Staff(staff) = viewer else {
        return Err(Error::Forbidden);
    };
    let own = staff
        .appointments()
        .iter()
        .find(|held| from.actor == Actor::Appointment(held.no));
    let holder = tx.holder(to).await?;
    // Whoever may not sign in stands in for nobody.
    let other = match holder.filter(|holder| holder.active) {
        Some(_) => tx.appointment(to).await?,
        None => None,
    };
    let same = match (own, other) {
        (Some(own), Some(other)) => {
            other.no != own.no && other.home == own.home && other.holds(tx.now())
        }
        _ => false,
    };
    if same {
        Ok(())
    } else {
        Err(Refusal::NoSuch("deputy").into())
    }
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
/// viewer may merge as well, and never into itself. Whoever's case went on in another judges the result
/// of that one.
async fn elsewhere(
    tx: &mut Tx,
    desk: &Desk,
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
        (Act::Confirm | Act::Dispute | Act::Rate { .. }, State::Merged { into, .. }) => {
            let Actor::Party(party) = actor else {
                return Err(Error::Forbidden);
            };
            let mut target = tx.load_case(*into).await?.ok_or(Error::NotFound)?;
            while let Some(into) = target.state.merged_into() {
                target = tx.load_case(into).await?.ok_or(Error::NotFound)?;
            }
            let (rules, now) = (desk.rules(), tx.now());
            let events = judged_there(&target, from, act.verb(), party, &rules, now)?;
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
