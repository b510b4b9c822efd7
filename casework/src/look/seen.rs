//! Who looked. What staff read of a case that is not public, and each time somebody learns how to
//! reach a reporter, is on the disk before it is shown; the reporter finds it on their own page, beside
//! to whom the case was handed on.

use std::sync::Arc;

use domain::{
    access::{self, Viewer},
    case::Case,
    clock::Owner,
    decide::Refusal,
    event::{Actor, Recorded},
    ids::PartyNo,
    lang::Lang,
    reference::CaseNumber,
    text::{Note, TextError},
    time::{Millis, Timestamp},
};
use futures::FutureExt as _;
use store::{Contact, Look, Reading, Tx};

use super::handed::{self, To};
use crate::{
    Desk, Error, Result,
    act::Which,
    views::{LookLine, Saw},
};

/// Looks a page lists, the latest first.
const LISTED: usize = 50;

/// Writes down that staff, or a firm by its link, look into a case whose words are not public. Others look into it by right:
/// the reporter, and into a public one everybody.
///
/// # Errors
/// The store's; then nothing may be shown.
pub(super) async fn note(desk: &Desk, viewer: &Viewer, case: &Case, saw: Saw) -> Result<()> {
    if case.words_are_public() {
        return Ok(());
    }
    note_always(desk, viewer, case, saw).await
}

/// The same where this appointment has not looked at the case before.
///
/// # Errors
/// The store's; then nothing may be shown.
pub(super) async fn note_once(desk: &Desk, viewer: &Viewer, case: &Case) -> Result<()> {
    let Some(by) = access::looks_as(viewer, case) else {
        return Ok(());
    };
    if desk.store.read().await?.has_looked(case.id, by).await? {
        return Ok(());
    }
    note(desk, viewer, case, Saw::Story).await
}

/// The same of what is not public though the words are: a photo that others see covered.
///
/// # Errors
/// The store's; then nothing may be shown.
pub(super) async fn note_always(desk: &Desk, viewer: &Viewer, case: &Case, saw: Saw) -> Result<()> {
    let Some(by) = access::looks_as(viewer, case) else {
        return Ok(());
    };
    // Whoever has a link is no person, and could fill the log by reloading: once says that they looked.
    let firm = matches!(by, Actor::Contractor(_));
    if firm && desk.store.read().await?.has_looked(case.id, by).await? {
        return Ok(());
    }
    let id = case.id;
    desk.store
        .write::<_, (), Error>(move |tx: &mut Tx| {
            async move { Ok(tx.log_look(id, None, by, saw.as_str(), "").await?) }.boxed()
        })
        .await
}

/// Writes down that staff see the first words of these cases in a list, where those are not public:
/// once for each case and appointment, since a list is looked at all day.
///
/// # Errors
/// The store's; then no such words may be shown.
pub(crate) async fn note_listed(desk: &Desk, viewer: &Viewer, cases: &[&Case]) -> Result<()> {
    let mut reading = desk.store.read().await?;
    let mut fresh = Vec::new();
    for case in cases {
        let by = access::looks_as(viewer, case).filter(|_| !case.words_are_public());
        let Some(by) = by else { continue };
        if !reading.has_looked(case.id, by).await? {
            fresh.push((case.id, by));
        }
    }
    drop(reading);
    if fresh.is_empty() {
        return Ok(());
    }
    let fresh = Arc::new(fresh);
    desk.store
        .write::<_, (), Error>(move |tx: &mut Tx| {
            let fresh = Arc::clone(&fresh);
            async move {
                for (case, by) in fresh.iter() {
                    tx.log_look(*case, None, *by, Saw::Line.as_str(), "")
                        .await?;
                }
                Ok(())
            }
            .boxed()
        })
        .await
}

/// Writes down that words of these cases that are not public go on paper, each time.
///
/// # Errors
/// The store's; then no such words may be printed.
pub(crate) async fn note_printed(desk: &Desk, viewer: &Viewer, cases: &[&Case]) -> Result<()> {
    let unseen = cases.iter().filter(|case| !case.words_are_public());
    let looks = unseen.filter_map(|case| Some((case.id, access::looks_as(viewer, case)?)));
    let looks = Arc::new(looks.collect::<Vec<_>>());
    if looks.is_empty() {
        return Ok(());
    }
    desk.store
        .write::<_, (), Error>(move |tx: &mut Tx| {
            let looks = Arc::clone(&looks);
            async move {
                for (case, by) in looks.iter() {
                    let what = Saw::Print.as_str();
                    tx.log_look(*case, None, *by, what, "").await?;
                }
                Ok(())
            }
            .boxed()
        })
        .await
}

/// How to reach a party of a case, for those who have the case in hand now and say why they ask.
/// `None` if the party left nothing. The look stands on the reporter's own page.
///
/// # Errors
/// [`Error::NotFound`] where the viewer may not know of the case, [`Error::Forbidden`] by
/// [`access::reaches`], [`Refusal::NeedsText`] without a reason.
pub async fn contact(
    desk: &Desk,
    viewer: &Viewer,
    which: impl Into<Which>,
    party: PartyNo,
    reason: &str,
) -> Result<Option<Contact>> {
    let reason = match Note::new(reason) {
        Ok(reason) => String::from(reason),
        Err(TextError::Empty | TextError::TooShort { .. }) => {
            return Err(Refusal::NeedsText.into());
        }
        Err(_) => return Err(Refusal::UnfitText.into()),
    };
    let which = which.into();
    let work = Arc::new((viewer.clone(), reason));
    desk.store
        .write::<_, Option<Contact>, Error>(move |tx: &mut Tx| {
            let work = Arc::clone(&work);
            async move {
                let (viewer, reason) = &*work;
                let case = match which {
                    Which::Number(number) => tx.load_case_by_number(&number).await?,
                    Which::Id(id) => tx.load_case(id).await?,
                };
                let case = case
                    .filter(|case| access::sees(viewer, case))
                    .ok_or(Error::NotFound)?;
                let no = access::reaches(viewer, &case).ok_or(Error::Forbidden)?;
                let by = Actor::Appointment(no);
                let contact = tx.reveal_contact(case.id, party, by, reason).await?;
                // Whoever audits sees who asked, and when; of which case, `who_saw` tells at the server.
                if contact.is_some()
                    && let Some(person) = tx.holder(no).await?
                {
                    tx.log_staff(None, "own.contact_seen", &person.id, "")
                        .await?;
                }
                Ok(contact)
            }
            .boxed()
        })
        .await
}

/// Every look that was written down and every step that handed the case on, oldest first.
async fn told(
    reading: &mut Reading,
    case: &Case,
    events: &[Recorded],
) -> Result<Vec<(Look, Option<To>)>> {
    let looks = reading.looks_at(case.id).await?;
    let mut told: Vec<_> = looks.into_iter().map(|look| (look, None)).collect();
    let handed = handed::on(events).into_iter();
    told.extend(handed.map(|(step, to)| (step, Some(to))));
    told.sort_by_key(|(look, _)| look.at);
    Ok(told)
}

/// One look, or one step that handed the case on, with the person: for whoever answers to the law for
/// it, at the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looker {
    /// When.
    pub at: Timestamp,
    /// Their login, and their name; none for a firm, and for the machine itself.
    pub person: Option<(String, String)>,
    /// The office under which they looked; for a firm its name.
    pub office: String,
    /// A firm under contract, by its link.
    pub firm: bool,
    /// What they saw or did, as its word ([`Saw`]).
    pub what: String,
    /// To whom the case was handed on: an office or a firm, by name.
    pub to: Option<String>,
    /// Why they looked, in their words.
    pub reason: String,
}

/// Everybody who looked at what is not public of a case or handed it on, oldest first.
///
/// # Errors
/// [`Error::NotFound`] for a number of no case, and the store's.
pub async fn who_saw(desk: &Desk, number: CaseNumber) -> Result<Vec<Looker>> {
    let mut reading = desk.store.read().await?;
    let all = access::scope(&Viewer::System);
    let case = reading.case(&all, &number).await?.ok_or(Error::NotFound)?;
    let events = reading.events(&case).await?;
    let lang = desk.city.default_lang;
    let mut lookers = Vec::new();
    for (look, to) in told(&mut reading, &case, &events).await? {
        let (mut person, mut office) = (None, String::new());
        match look.by {
            Actor::Appointment(no) => {
                let holder = reading.holder(no).await?;
                person = holder.map(|person| (person.login, person.name));
                if let Some(held) = reading.appointment(no).await? {
                    office = desk.office_name(&held.home, lang);
                }
            }
            Actor::Contractor(no) => office = desk.contractor_name(no, &case, lang),
            Actor::Party(_) | Actor::System => {}
        }
        lookers.push(Looker {
            at: look.at,
            person,
            office,
            firm: matches!(look.by, Actor::Contractor(_)),
            to: to
                .and_then(|to| to.name(desk, &case, lang, |office| desk.office_name(office, lang))),
            what: look.what,
            reason: look.reason,
        });
    }
    Ok(lookers)
}

/// Who looked into a case and to whom it was handed on, for its reporter; for somebody with the same
/// problem, who learned how to reach them. Others get nothing.
///
/// # Errors
/// The store's.
pub async fn looks(
    desk: &Desk,
    viewer: &Viewer,
    case: &Case,
    events: &[Recorded],
    lang: Lang,
) -> Result<Vec<LookLine>> {
    let Viewer::Party { case: own, party } = viewer else {
        return Ok(Vec::new());
    };
    if *own != case.id {
        return Ok(Vec::new());
    }
    let reporter = access::is_reporter(case, *party);
    let mut reading = desk.store.read().await?;
    let told = told(&mut reading, case, events).await?;
    let theirs = told
        .into_iter()
        .rev()
        .filter(|(look, _)| look.party.map_or(reporter, |of| of == *party));
    let mut lines = Vec::new();
    for visit in together(theirs).into_iter().take(LISTED) {
        let office = match visit.by {
            Actor::Appointment(no) => {
                let held = reading.appointment(no).await?;
                held.map(|held| desk.owner_name(&held.home, case, lang))
            }
            Actor::Contractor(no) => Some(desk.contractor_name(no, case, lang)),
            Actor::Party(_) | Actor::System => None,
        };
        let name = |office: &Owner| desk.owner_name(office, case, lang);
        lines.push(LookLine {
            at: visit.at,
            office,
            saw: visit.saw,
            to: visit.to.and_then(|to| to.name(desk, case, lang, name)),
        });
    }
    Ok(lines)
}

/// What somebody looked at within one minute, or one step by which they handed the case on.
struct Visit {
    by: Actor,
    at: Timestamp,
    saw: Vec<(Saw, u64)>,
    to: Option<To>,
}

/// Looks, the latest first, by who looked and when: what one of the staff looked at within one minute
/// without anything else between stands together. Each photo of a page that is opened is a look.
fn together(looks: impl Iterator<Item = (Look, Option<To>)>) -> Vec<Visit> {
    let minute = |at: Timestamp| at.millis().div_euclid(Millis::minutes(1).millis());
    let mut lines: Vec<Visit> = Vec::new();
    for (look, to) in looks {
        let Some(saw) = Saw::of(&look.what) else {
            continue;
        };
        let last = lines.last_mut().filter(|last| {
            let handed_on = to.is_some() || last.to.is_some();
            !handed_on && last.by == look.by && minute(last.at) == minute(look.at)
        });
        let Some(last) = last else {
            lines.push(Visit {
                by: look.by,
                at: look.at,
                saw: vec![(saw, 1)],
                to,
            });
            continue;
        };
        match last.saw.iter_mut().find(|(known, _)| *known == saw) {
            Some((_, times)) => *times += 1,
            None => last.saw.push((saw, 1)),
        }
    }
    for visit in &mut lines {
        visit.saw.sort_unstable();
    }
    lines
}
