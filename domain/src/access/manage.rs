//! Who looks after the people of the city's offices. Three roles that no person holds together are
//! kept apart (GB/T 22239, level 3): one makes accounts, one gives offices, one looks at what both
//! did; none of them sees a case by it.

use super::{Reach, Role, Viewer};
use crate::ids::AppointmentNo;

/// Something to look after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manage {
    /// Making accounts, letting people sign in or not, and giving them a new first password.
    Accounts,
    /// Giving and ending appointments.
    Appointments,
    /// Reading what was done to both.
    Audit,
}

/// Under which appointment a viewer looks after it; `None` where it is not theirs.
#[must_use]
pub fn manages(viewer: &Viewer, what: Manage) -> Option<AppointmentNo> {
    let Viewer::Staff(staff) = viewer else {
        return None;
    };
    let role = match what {
        Manage::Accounts => Role::SystemAdmin,
        Manage::Appointments => Role::SecurityAdmin,
        Manage::Audit => Role::Auditor,
    };
    let held = staff.appointments().iter().find(|held| held.role == role);
    held.map(|appointment| appointment.no)
}

/// Whether a viewer looks after how the whole city handles what it is told: its supervisors and the
/// commission, whose appointments reach all of it.
#[must_use]
pub fn supervises(viewer: &Viewer) -> bool {
    let Viewer::Staff(staff) = viewer else {
        return false;
    };
    staff.appointments().iter().any(|held| {
        matches!(held.role, Role::Supervisor | Role::Commission) && held.reach == Reach::City
    })
}
