//! Who looks after the city's offices and after the city itself. Three roles that no person holds together are
//! kept apart (GB/T 22239, level 3): one makes accounts, one gives offices, one looks at what both
//! did; none of them sees a case by it.

use super::{Appointment, Reach, Role, Viewer};
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
    /// Changing what the city is: areas, hours, clocks, categories, duties. The commission keeps them.
    City,
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
        Manage::City => Role::Commission,
    };
    let whole = |held: &&Appointment| held.role == role && held.reach == Reach::City;
    let held = staff.appointments().iter().find(whole);
    held.map(|appointment| appointment.no)
}

/// Whether a viewer may read what the city is and what it is going to be: whoever works for it. A firm
/// reads what everybody reads.
#[must_use]
pub fn reads_city(viewer: &Viewer) -> bool {
    let Viewer::Staff(staff) = viewer else {
        return false;
    };
    let held = staff.appointments().iter();
    held.clone().any(|held| held.role != Role::Contractor)
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
