//! What was done to accounts and appointments, for whoever audits it.

use domain::{
    access::{Appointment, Manage, Viewer, manages},
    ids::AppointmentNo,
    lang::Lang,
    time::Timestamp,
};

use super::HeldView;
use crate::{Desk, Error, Result};

/// One thing that was done to an account or appointment, for whoever audits it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffEntryView {
    /// When.
    pub at: Timestamp,
    /// By whom; none: at the command line.
    pub by: Option<String>,
    /// Its id, after which the page of older ones begins.
    pub id: String,
    /// What, as the log has it.
    pub what: String,
    /// To whom, by login; their id, if they were erased.
    pub person: String,
    /// More about it: the name of a token.
    pub detail: String,
    /// Which appointment, if one, as it stood once this was done.
    pub held: Option<HeldView>,
    /// Of an entry of before that was kept, only role, office and beginning are known; and the end
    /// where it tells of that.
    pub whole: bool,
}

/// What was done to accounts and appointments, and what people did with their own: the latest first,
/// or those before an entry.
///
/// # Errors
/// [`Error::Forbidden`] for others than auditors.
pub async fn audit(
    desk: &Desk,
    viewer: &Viewer,
    before: Option<&str>,
    lang: Lang,
) -> Result<(Vec<StaffEntryView>, Option<String>)> {
    manages(viewer, Manage::Audit).ok_or(Error::Forbidden)?;
    let mut reading = desk.store.read().await?;
    let mut found = Vec::new();
    for entry in reading.staff_log(before, ENTRIES).await? {
        let person = reading.person(&entry.person).await?;
        let person = person.map_or(entry.person, |person| person.login);
        let by = match entry.by {
            Some(no) => Some(
                reading
                    .holder(no)
                    .await?
                    .map_or_else(|| no.to_string(), |person| person.login),
            ),
            None if entry.what.starts_with("own.") => Some(person.clone()),
            None => None,
        };
        let no = entry.detail.parse().ok().map(AppointmentNo);
        let no = no.filter(|_| entry.what.starts_with("appointment."));
        let whole = entry.given.is_some();
        let held = match (entry.given, no) {
            (None, Some(no)) => {
                let now = reading.appointment(no).await?;
                now.map(|now| at_first(now, entry.at, &entry.what))
            }
            (given, _) => given,
        };
        found.push(StaffEntryView {
            at: entry.at,
            by,
            id: entry.id,
            what: entry.what,
            person,
            detail: entry.detail,
            held: held.map(|held| HeldView::of(desk, &held, lang)),
            whole,
        });
    }
    let more = found.len() == ENTRIES as usize;
    let next = found.last().filter(|_| more).map(|last| last.id.clone());
    Ok((found, next))
}

/// What is sure of an appointment at an entry that did not keep it: what was agreed about it since, and
/// an end that it got later, are not of then.
fn at_first(mut now: Appointment, at: Timestamp, what: &str) -> Appointment {
    now.until = (what == "appointment.ended").then_some(at);
    now.terms.seconded = None;
    now
}

/// Entries of the log on a page.
const ENTRIES: u32 = 100;
