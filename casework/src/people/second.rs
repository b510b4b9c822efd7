//! Secondment (派驻): a department's officer serves in communities that have agreed to it, and in no
//! others. A community says so through its secretary, and may take it back.

use domain::{
    access::{Agreed, Appointment, Reach, Role, Viewer},
    clock::Owner,
    ids::{AppointmentNo, AreaCode},
    lang::Lang,
    time::Timestamp,
};
use futures::FutureExt as _;

use crate::{Desk, Error, Result};

/// Somebody whom a department wants to second to a community.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecondmentView {
    /// The number of the appointment.
    pub no: u32,
    /// Their name.
    pub name: String,
    /// From which module.
    pub office: String,
    /// To which community.
    pub community: String,
    /// Its code.
    pub code: AreaCode,
    /// Until when.
    pub until: Option<Timestamp>,
    /// Since when the community agrees; none: it has not.
    pub agreed: Option<Timestamp>,
}

/// Under which appointment a viewer speaks for a community.
fn speaks_for(viewer: &Viewer, community: &AreaCode) -> Option<AppointmentNo> {
    let Viewer::Staff(staff) = viewer else {
        return None;
    };
    let home = Owner::Community(community.clone());
    let mut held = staff.appointments().iter();
    let secretary = held.find(|held| held.role == Role::Secretary && held.home == home);
    secretary.map(|held| held.no)
}

/// Whether a viewer speaks for a community at all.
#[must_use]
pub fn is_secretary(viewer: &Viewer) -> bool {
    let Viewer::Staff(staff) = viewer else {
        return false;
    };
    let mut held = staff.appointments().iter();
    held.any(|held| held.role == Role::Secretary)
}

fn wanted_in(appointment: &Appointment) -> &[AreaCode] {
    match (&appointment.reach, &appointment.terms.seconded) {
        (Reach::Communities(codes), Some(_)) => codes,
        _ => &[],
    }
}

/// Who is or is to be seconded to the communities for which a viewer speaks.
///
/// # Errors
/// [`Error::Forbidden`] for who speaks for none, and the store's.
pub async fn secondments(desk: &Desk, viewer: &Viewer, lang: Lang) -> Result<Vec<SecondmentView>> {
    if !is_secretary(viewer) {
        return Err(Error::Forbidden);
    }
    let mut reading = desk.store.read().await?;
    let now = desk.now();
    let mut found = Vec::new();
    for (appointment, person) in reading.appointments().await? {
        // One that begins later can be agreed to before.
        if appointment.until.is_some_and(|until| until <= now) {
            continue;
        }
        for code in wanted_in(&appointment) {
            if speaks_for(viewer, code).is_none() {
                continue;
            }
            let Some(holder) = reading.person(&person).await? else {
                continue;
            };
            let agreed = appointment.terms.seconded.iter().flatten();
            let agreed = agreed.into_iter().find(|agreed| agreed.community == *code);
            found.push(SecondmentView {
                no: appointment.no.0,
                name: holder.name,
                office: desk.office_name(&appointment.home, lang),
                community: desk.office_name(&Owner::Community(code.clone()), lang),
                code: code.clone(),
                until: appointment.until,
                agreed: agreed.map(|agreed| agreed.at),
            });
        }
    }
    Ok(found)
}

/// A community agrees that somebody is seconded to it, or no longer does. What they may do there
/// begins, or ends, with the next request.
///
/// # Errors
/// [`Error::Forbidden`] for who does not speak for the community, [`Error::NotFound`] for a secondment
/// there is not, and the store's.
pub async fn agree(
    desk: &Desk,
    viewer: &Viewer,
    no: u32,
    community: &AreaCode,
    agreed: bool,
) -> Result<()> {
    let by = speaks_for(viewer, community).ok_or(Error::Forbidden)?;
    let (no, community) = (AppointmentNo(no), community.clone());
    desk.store
        .write::<_, (), Error>(move |tx| {
            let community = community.clone();
            async move {
                let mut held = tx.appointment(no).await?.ok_or(Error::NotFound)?;
                let holder = tx.holder(no).await?.ok_or(Error::NotFound)?;
                let over = held.until.is_some_and(|until| until <= tx.now());
                if over || !wanted_in(&held).contains(&community) {
                    return Err(Error::NotFound);
                }
                let all = held.terms.seconded.get_or_insert_default();
                let before = all.len();
                all.retain(|known| known.community != community);
                if agreed {
                    if before != all.len() {
                        // It did already, and since then.
                        return Ok(());
                    }
                    all.push(Agreed {
                        community,
                        by,
                        at: tx.now(),
                    });
                } else if before == all.len() {
                    return Ok(());
                }
                tx.appoint(&holder.id, &held).await?;
                let what = if agreed {
                    "appointment.agreed"
                } else {
                    "appointment.disagreed"
                };
                tx.log_appointment(Some(by), what, &holder.id, &held)
                    .await?;
                Ok(())
            }
            .boxed()
        })
        .await
}
