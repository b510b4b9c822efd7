//! The staff of a demo city: enough appointments that every verb has somebody to use it.
//!
//! They are derived from the city's areas and units alone, so that a history and the people who
//! acted in it fit together wherever both are made. Names of people are made from roles; they
//! belong to nobody.

use domain::{
    access::{Appointment, GridRole, Line, Reach, Role, Terms},
    area::AreaKind,
    city::{City, UnitKind},
    clock::Owner,
    ids::{AppointmentNo, AreaCode, UnitCode},
    time::Timestamp,
};

/// The appointments of a city, by whom they serve.
#[derive(Clone, Debug)]
pub struct Staffing {
    appointments: Vec<Appointment>,
}

impl Staffing {
    /// Appoints everybody from `from` on.
    #[must_use]
    pub fn of(city: &City, from: Timestamp) -> Self {
        let mut appointments = Vec::new();
        let mut appoint = |role, line, reach, home, terms| {
            let no = AppointmentNo(u32::try_from(appointments.len() + 1).unwrap_or(u32::MAX));
            appointments.push(Appointment {
                no,
                role,
                line,
                reach,
                home,
                from,
                until: None,
                terms,
            });
        };
        let plain = Terms::default;
        for role in [
            Role::Commission,
            Role::Supervisor,
            Role::Editor,
            Role::SecurityAdmin,
        ] {
            appoint(role, Line::All, Reach::City, Owner::City, plain());
        }
        for area in city.areas.of_kind(AreaKind::Community, from) {
            let reach = || Reach::Communities(vec![area.code.clone()]);
            let home = || Owner::Community(area.code.clone());
            let grids = Terms {
                grids: halves(city, &area.code, from).0,
                ..plain()
            };
            appoint(Role::Secretary, Line::All, reach(), home(), plain());
            appoint(Role::GridOfficer, Line::All, reach(), home(), grids);
        }
        for unit in city.areas.of_kind(AreaKind::Unit, from) {
            let codes = city
                .areas
                .communities_of(&unit.code, from)
                .into_iter()
                .collect();
            let reach = Reach::Communities(codes);
            let home = Owner::Station(unit.code.clone());
            appoint(Role::Dispatcher, Line::All, reach, home, plain());
        }
        for unit in city
            .units
            .iter()
            .filter(|unit| unit.kind == UnitKind::Module)
        {
            let line = Line::Units(vec![unit.code.clone()]);
            let home = Owner::Unit(unit.code.clone());
            appoint(Role::Officer, line, Reach::City, home, plain());
        }
        // Added later, so at the end: the numbers before are in kept histories.
        for role in [Role::SystemAdmin, Role::Auditor] {
            appoint(role, Line::All, Reach::City, Owner::City, plain());
        }
        // A deputy for each secretary (AB 岗).
        for area in city.areas.of_kind(AreaKind::Community, from) {
            let reach = Reach::Communities(vec![area.code.clone()]);
            let home = Owner::Community(area.code.clone());
            appoint(Role::Secretary, Line::All, reach, home, plain());
        }
        for (community, terms) in grid_people(city, from) {
            let reach = Reach::Communities(vec![community.clone()]);
            let home = Owner::Community(community);
            appoint(Role::GridOfficer, Line::All, reach, home, terms);
        }
        Self { appointments }
    }

    /// All of them, in the order of their numbers.
    #[must_use]
    pub fn all(&self) -> &[Appointment] {
        &self.appointments
    }

    fn find(&self, wanted: impl Fn(&Appointment) -> bool) -> Option<&Appointment> {
        self.appointments
            .iter()
            .find(|appointment| wanted(appointment))
    }

    /// Who has this role for a community.
    #[must_use]
    pub fn in_community(&self, role: Role, community: &AreaCode) -> Option<&Appointment> {
        self.find(|appointment| {
            appointment.role == role
                && matches!(&appointment.reach, Reach::Communities(codes) if codes.contains(community))
        })
    }

    /// The officer of a module.
    #[must_use]
    pub fn officer(&self, unit: &UnitCode) -> Option<&Appointment> {
        self.find(|appointment| {
            appointment.role == Role::Officer
                && matches!(&appointment.line, Line::Units(units) if units.contains(unit))
        })
    }
}

/// One community in so many has its last grid without an officer.
const VACANT: usize = 10;

/// The grids of a community in two halves, the first the larger.
fn halves(city: &City, community: &AreaCode, from: Timestamp) -> (Vec<AreaCode>, Vec<AreaCode>) {
    let inside = city.areas.grids_of(community, from).into_iter();
    let mut first: Vec<AreaCode> = inside.map(|grid| grid.code.clone()).collect();
    let second = first.split_off(first.len().div_ceil(2));
    (first, second)
}

/// Beside the first grid officer of each community: a second one for the other half of its grids, of
/// which here and there the last has nobody; and in one community of each unit everybody that a grid
/// has (一长五员).
fn grid_people(city: &City, from: Timestamp) -> Vec<(AreaCode, Terms)> {
    let with = |grid_role, grids| Terms {
        grid_role,
        grids,
        ..Terms::default()
    };
    let communities = city.areas.of_kind(AreaKind::Community, from);
    let mut people = Vec::new();
    for (at, area) in communities.into_iter().enumerate() {
        let (_, mut second) = halves(city, &area.code, from);
        if at % VACANT == VACANT - 1 {
            second.pop();
        }
        // Who names no grid serves all of them.
        if !second.is_empty() {
            people.push((area.code.clone(), with(None, second)));
        }
    }
    for unit in city.areas.of_kind(AreaKind::Unit, from) {
        let inside = city.areas.communities_of(&unit.code, from).into_iter();
        let mut served = inside.map(|community| {
            let (first, _) = halves(city, &community, from);
            (community, first.into_iter().take(1).collect::<Vec<_>>())
        });
        let Some((community, grid)) = served.find(|(_, grid)| !grid.is_empty()) else {
            continue;
        };
        for part in [
            GridRole::Head,
            GridRole::Inspector,
            GridRole::Informant,
            GridRole::Liaison,
            GridRole::Patroller,
        ] {
            people.push((community.clone(), with(Some(part), grid.clone())));
        }
    }
    people
}
