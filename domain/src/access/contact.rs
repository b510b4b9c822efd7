//! Who may learn how to reach a reporter, and by which office staff look into a case.

use super::{Appointment, Role, Viewer, engagement, on_the_case, staff_sees};
use crate::{
    case::{Case, Kind},
    event::Actor,
    ids::AppointmentNo,
};

/// As whom a member of staff, or a firm that is engaged, looks into a case; `None` for everybody
/// else.
#[must_use]
pub fn looks_as(viewer: &Viewer, case: &Case) -> Option<Actor> {
    if let Some(engaged) = engagement(viewer, case) {
        return Some(Actor::Contractor(engaged.no));
    }
    first(viewer, |appointment| staff_sees(appointment, case)).map(Actor::Appointment)
}

/// The office by which the viewer may learn how to reach the people of a case: one of those who have
/// it in hand now, its community or a unit that is called to it, until nothing is owed any more. The
/// reporter was promised that nobody else sees the number: no supervisor, no contractor, no other
/// community, no administrator. A sealed tip has nobody to be reached.
#[must_use]
pub fn reaches(viewer: &Viewer, case: &Case) -> Option<AppointmentNo> {
    if case.kind == Kind::Tip || case.state.tag().is_ended() {
        return None;
    }
    first(viewer, |appointment| {
        staff_sees(appointment, case)
            && match appointment.role {
                Role::Secretary | Role::GridOfficer | Role::Dispatcher => true,
                Role::Officer => on_the_case(appointment, case),
                _ => false,
            }
    })
}

fn first(viewer: &Viewer, by: impl Fn(&Appointment) -> bool) -> Option<AppointmentNo> {
    let Viewer::Staff(staff) = viewer else {
        return None;
    };
    let found = staff.appointments().iter().find(|held| by(held));
    found.map(|appointment| appointment.no)
}
