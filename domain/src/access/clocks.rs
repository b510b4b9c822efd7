//! Whose clocks are a viewer's: those that make their list turn red.

use super::{Line, Reach, Role, Viewer};
use crate::clock::Owner;

/// The clocks that are a viewer's to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clocks {
    /// Of everybody in their scope: who watches over others.
    All,
    /// Of these offices; of none, where the list is empty.
    Of {
        /// The offices.
        owners: Vec<Owner>,
        /// Whether they release words: else nobody there can keep that clock.
        releases: bool,
    },
}

/// The clocks of a viewer: a secretary's, grid officer's and dispatcher's are the communities', an
/// officer's are their unit's. The commission and the supervisor keep an eye on all.
#[must_use]
pub fn clocks(viewer: &Viewer) -> Clocks {
    let Viewer::Staff(staff) = viewer else {
        return Clocks::Of {
            owners: Vec::new(),
            releases: false,
        };
    };
    let mut owners = Vec::new();
    let mut releases = false;
    for held in staff.appointments() {
        releases |= matches!(
            held.role,
            Role::Secretary | Role::Dispatcher | Role::Officer | Role::Editor
        );
        // A station's own clocks, and those of its communities.
        if held.role == Role::Dispatcher && matches!(held.home, Owner::Station(_)) {
            owners.push(held.home.clone());
            owners.extend(held.terms.stands_for.iter().cloned());
            owners.extend(held.terms.keeps_clocks_of.iter().cloned());
        }
        match (held.role, &held.line, &held.reach) {
            (Role::Commission | Role::Supervisor, ..) => return Clocks::All,
            (
                Role::Secretary | Role::GridOfficer | Role::Dispatcher,
                _,
                Reach::Communities(codes),
            ) => owners.extend(codes.iter().cloned().map(Owner::Community)),
            (Role::Secretary | Role::GridOfficer | Role::Dispatcher, _, Reach::City) => {
                return Clocks::All;
            }
            (Role::Officer | Role::Contractor, Line::Units(units), _) => {
                owners.extend(units.iter().cloned().map(Owner::Unit));
            }
            _ => {}
        }
    }
    owners.sort_unstable();
    owners.dedup();
    Clocks::Of { owners, releases }
}
