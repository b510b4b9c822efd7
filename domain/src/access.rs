//! Who may do and see what: pure, deny by default.
//!
//! [`may`] answers for a verb on a case, [`scope`] for what a list or a look-up may return,
//! [`reads_words`] and [`reads_internal`] for what of a case is shown. Case reads in `store` take a
//! [`Scope`], which only this module makes, so that a forgotten check does not compile.

mod clocks;
mod contact;
mod grids;
mod manage;
mod people;
mod scope;
mod sight;

pub use clocks::{Clocks, clocks};
pub use contact::{looks_as, reaches};
pub use grids::Kept;
pub use manage::{Manage, manages, reads_city, supervises};
pub use people::{Acting, Agreed, Appointment, GridRole, Line, Reach, Role, Staff, Terms};
pub use scope::{AreaFilter, LineFilter, Scope, ScopeFilter, scope};
pub use sight::{
    is_contracted, is_inside, may_touch_lists, reads_claims, reads_internal, reads_words,
};

use crate::{
    case::{Case, Engagement, Filer, Kind, PartyRole},
    event::Actor,
    ids::{AreaCode, CaseId, EngagementNo, PartyNo, UnitCode},
    verb::{Verb, Who, allowed, row_of},
    visibility::Visibility,
};

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Viewer {
    /// Anybody.
    Anonymous,
    /// Somebody who showed the receipt code of one case.
    Party {
        /// Which case.
        case: CaseId,
        /// Which of its people.
        party: PartyNo,
    },
    /// A signed-in member of staff.
    Staff(Staff),
    /// Somebody who showed the link of an engagement whose time is not over.
    Contractor {
        /// Which case.
        case: CaseId,
        /// Which of its engagements.
        engagement: EngagementNo,
    },
    /// A job on a clock.
    System,
}

/// Not allowed. The edges answer "not found" where the case may not even be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// The viewer may not know that the case exists.
    #[error("not found")]
    Unseen,
    /// The viewer sees the case, but this is not theirs to do.
    #[error("not allowed")]
    NotYours,
}

/// Whether the viewer may know that the case exists.
#[must_use]
pub fn sees(viewer: &Viewer, case: &Case) -> bool {
    match viewer {
        Viewer::System => true,
        Viewer::Party { case: own, .. } if *own == case.id => !case.quarantined,
        Viewer::Anonymous | Viewer::Party { .. } => case.is_listed(),
        // A link opens its own case and, of the rest of the city, nothing at all.
        Viewer::Contractor { .. } => engagement(viewer, case).is_some(),
        Viewer::Staff(staff) => {
            case.is_listed()
                || staff
                    .appointments()
                    .iter()
                    .any(|appointment| staff_sees(appointment, case))
        }
    }
}

fn staff_sees(appointment: &Appointment, case: &Case) -> bool {
    if case.quarantined {
        return appointment.role == Role::SecurityAdmin && appointment.covers(case);
    }
    let by_role = match appointment.role {
        // They look after the machine and its log, not into cases.
        Role::SystemAdmin | Role::Auditor => false,
        // Whoever is to agree that a case goes out of sight has to see what it is. To propose it
        // opens nothing: else one person alone could look into any case.
        Role::SecurityAdmin => case
            .quarantine_proposed
            .is_some_and(|first| first != appointment.no),
        // A tip is sealed: only the enforcing module's own officers, nobody above all lines.
        Role::Officer => case.kind != Kind::Tip || matches!(appointment.line, Line::Units(_)),
        // A contractor sees what the unit they work for is called to, not its whole line, and as
        // long as there is something to do.
        Role::Contractor => {
            case.kind != Kind::Tip && !case.state.tag().is_ended() && on_the_case(appointment, case)
        }
        // Who releases words has nothing to release where the reporter asked for privacy.
        Role::Editor => case.kind != Kind::Tip && case.visibility == Visibility::Public,
        _ => case.kind != Kind::Tip,
    };
    by_role && appointment.covers(case)
}

/// The engagement by which the viewer works on the case.
fn engagement<'c>(viewer: &Viewer, case: &'c Case) -> Option<&'c Engagement> {
    match viewer {
        Viewer::Contractor {
            case: own,
            engagement,
        } if *own == case.id => case.engaged(*engagement),
        _ => None,
    }
}

/// Whether this party told the case, and does not only have the same problem.
#[must_use]
pub fn is_reporter(case: &Case, party: PartyNo) -> bool {
    case.party(party)
        .is_some_and(|party| party.role == PartyRole::Reporter)
}

/// Whether the viewer may use `verb` on `case`, and as whom.
///
/// # Errors
/// [`Denied::Unseen`] where the viewer may not know the case, else [`Denied::NotYours`].
pub fn may(viewer: &Viewer, verb: Verb, case: &Case) -> Result<Acting, Denied> {
    let unseen = if sees(viewer, case) {
        Denied::NotYours
    } else {
        Denied::Unseen
    };
    if !allowed(case.kind, verb) {
        return Err(unseen);
    }
    let who = row_of(verb).who;
    match viewer {
        Viewer::System => who
            .contains(&Who::System)
            .then(|| Actor::System.into())
            .ok_or(unseen),
        Viewer::Anonymous => {
            let open = who.contains(&Who::Anyone) && case.is_listed() && !case.always_private;
            open.then(|| Actor::System.into()).ok_or(unseen)
        }
        Viewer::Party { case: own, party } => {
            let theirs = *own == case.id
                && !case.quarantined
                && who.contains(&Who::Reporter)
                && case.party(*party).is_some()
                && party_may(verb, *party, case);
            theirs.then(|| Actor::Party(*party).into()).ok_or(unseen)
        }
        Viewer::Contractor { .. } => {
            let engaged = engagement(viewer, case).filter(|_| who.contains(&Who::Contractor));
            engaged
                .map(|engaged| Actor::Contractor(engaged.no).into())
                .ok_or(unseen)
        }
        Viewer::Staff(staff) if checks_others(verb) && staff.worked(case) => Err(unseen),
        Viewer::Staff(staff) => staff
            .appointments()
            .iter()
            .find(|appointment| staff_may(appointment, verb, who, case))
            .map(|appointment| staff.acting(appointment))
            .ok_or(unseen),
    }
}

/// A me-too party judges for themself but does not steer the reporter's case.
fn party_may(verb: Verb, party: PartyNo, case: &Case) -> bool {
    let first = party == PartyNo(1) && case.filer != Filer::Staff;
    match verb {
        Verb::Confirm | Verb::Dispute | Verb::Rate | Verb::Urge | Verb::AddInformation => true,
        _ => first,
    }
}

fn staff_may(appointment: &Appointment, verb: Verb, who: &[Who], case: &Case) -> bool {
    if verb == Verb::Quarantine {
        let area = matches!(appointment.role, Role::SecurityAdmin | Role::Commission);
        return area && appointment.reach == Reach::City;
    }
    if !staff_sees(appointment, case) {
        return false;
    }
    let role = who.iter().any(|who| match who {
        Who::Secretary => appointment.role == Role::Secretary,
        Who::GridOfficer => {
            let part = appointment.terms.grid_role;
            appointment.role == Role::GridOfficer && part.is_none_or(|part| part.does(verb))
        }
        Who::Dispatcher => appointment.role == Role::Dispatcher,
        Who::CalledOfficer => {
            appointment.role == Role::Officer && called_unit(appointment, case, false)
        }
        Who::LeadOfficer => {
            appointment.role == Role::Officer && called_unit(appointment, case, true)
        }
        Who::Commission => appointment.role == Role::Commission,
        Who::Supervisor => appointment.role == Role::Supervisor,
        Who::Contractor => appointment.role == Role::Contractor && on_the_case(appointment, case),
        Who::Editor => appointment.role == Role::Editor,
        Who::SecurityAdmin => appointment.role == Role::SecurityAdmin,
        Who::Reporter | Who::Anyone | Who::System => false,
    });
    // A grid officer checks the work of departments, but resolves only the community's own.
    let own_work = match verb {
        Verb::Resolve => {
            appointment.role == Role::Officer || !case.parts.iter().any(|part| !part.returned)
        }
        _ => true,
    };
    role && own_work
}

/// 核查 and 回访: never by the office whose work it is.
fn checks_others(verb: Verb) -> bool {
    matches!(verb, Verb::Verify | Verb::SendBack | Verb::CallBack)
}

/// Whether a unit of the appointment's line is called to the case and was not let go.
fn on_the_case(appointment: &Appointment, case: &Case) -> bool {
    matches!(&appointment.line, Line::Units(units)
        if case.parts.iter().any(|part| !part.returned && units.contains(&part.unit)))
}

fn called_unit(appointment: &Appointment, case: &Case, lead: bool) -> bool {
    let Line::Units(units) = &appointment.line else {
        return false;
    };
    if case.kind != Kind::Whistle && units.contains(&case.line) {
        return true;
    }
    case.parts
        .iter()
        .any(|part| !part.returned && (part.lead || !lead) && units.contains(&part.unit))
}

/// As whom a member of staff may file for a community.
#[must_use]
pub fn may_file(viewer: &Viewer, community: &AreaCode) -> Option<Actor> {
    files_there(viewer, community, |_| true)
}

/// As whom a member of staff may tell what they put right themself, on the spot.
#[must_use]
pub fn may_fix(viewer: &Viewer, community: &AreaCode) -> Option<Actor> {
    files_there(viewer, community, |appointment| {
        let part = appointment.terms.grid_role;
        part.is_none_or(|part| part.does(Verb::Resolve))
    })
}

fn files_there(
    viewer: &Viewer,
    community: &AreaCode,
    does: impl Fn(&Appointment) -> bool,
) -> Option<Actor> {
    let Viewer::Staff(staff) = viewer else {
        return None;
    };
    staff
        .appointments()
        .iter()
        .find(|appointment| {
            let role = matches!(
                appointment.role,
                Role::Secretary | Role::GridOfficer | Role::Dispatcher | Role::Officer
            );
            let area = match &appointment.reach {
                Reach::City => true,
                Reach::Communities(codes) => codes.contains(community),
            };
            role && area && does(appointment)
        })
        .map(|appointment| Actor::Appointment(appointment.no))
}

/// The viewer with those appointments only that act for this called unit.
#[must_use]
pub fn acting_for(viewer: &Viewer, unit: &UnitCode) -> Viewer {
    let Viewer::Staff(staff) = viewer else {
        return viewer.clone();
    };
    Viewer::Staff(staff.only(|appointment| {
        matches!(appointment.role, Role::Officer | Role::Contractor)
            && matches!(&appointment.line, Line::Units(units) if units.contains(unit))
    }))
}

/// The viewer with those appointments only that are of this role.
#[must_use]
pub fn acting_as(viewer: &Viewer, role: Role) -> Viewer {
    let Viewer::Staff(staff) = viewer else {
        return viewer.clone();
    };
    Viewer::Staff(staff.only(|appointment| appointment.role == role))
}

/// Whether a visibility may be set: the reporter alone makes a case more public, staff only less.
#[must_use]
pub fn may_set_visibility(actor: Actor, case: &Case, to: Visibility) -> bool {
    match actor {
        Actor::Party(PartyNo(1)) => !(case.always_private && to != Visibility::Private),
        Actor::Appointment(_) => to > case.visibility,
        Actor::Party(_) | Actor::Contractor(_) | Actor::System => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{clock::Owner, ids::AppointmentNo, time::Timestamp};

    #[test]
    fn an_appointment_that_ended_opens_nothing_and_still_tells_who_it_is() {
        let appointment = |no, until| Appointment {
            no: AppointmentNo(no),
            role: Role::Editor,
            line: Line::All,
            reach: Reach::City,
            home: Owner::City,
            from: Timestamp::from_millis(0),
            until,
            terms: Terms::default(),
        };
        let now = Timestamp::from_millis(9);
        let staff = Staff::of(vec![appointment(1, Some(now)), appointment(2, None)], now);
        assert_eq!(staff.appointments(), [appointment(2, None)]);
        let acting = staff.acting(&appointment(2, None));
        assert_eq!(acting.actor, Actor::Appointment(AppointmentNo(2)));
        assert_eq!(acting.person, [AppointmentNo(1), AppointmentNo(2)]);
    }
}
