//! The staff of a demo city: enough appointments that every verb has somebody to use it.
//!
//! They are derived from the city's areas and units alone, so that a history and the people who
//! acted in it fit together wherever both are made. Names of people are made from roles; they
//! belong to nobody.

use domain::{
    access::{Appointment, Line, Reach, Role, Terms},
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
        let mut appoint = |role, line, reach, home| {
            let no = AppointmentNo(u32::try_from(appointments.len() + 1).unwrap_or(u32::MAX));
            appointments.push(Appointment {
                no,
                role,
                line,
                reach,
                home,
                from,
                until: None,
                terms: Terms::default(),
            });
        };
        for role in [
            Role::Commission,
            Role::Supervisor,
            Role::Editor,
            Role::SecurityAdmin,
        ] {
            appoint(role, Line::All, Reach::City, Owner::City);
        }
        for area in city.areas.of_kind(AreaKind::Community, from) {
            let reach = || Reach::Communities(vec![area.code.clone()]);
            let home = || Owner::Community(area.code.clone());
            appoint(Role::Secretary, Line::All, reach(), home());
            appoint(Role::GridOfficer, Line::All, reach(), home());
        }
        for unit in city.areas.of_kind(AreaKind::Unit, from) {
            let codes = city
                .areas
                .communities_of(&unit.code, from)
                .into_iter()
                .collect();
            let home = Owner::Station(unit.code.clone());
            appoint(Role::Dispatcher, Line::All, Reach::Communities(codes), home);
        }
        for unit in city
            .units
            .iter()
            .filter(|unit| unit.kind == UnitKind::Module)
        {
            let line = Line::Units(vec![unit.code.clone()]);
            appoint(
                Role::Officer,
                line,
                Reach::City,
                Owner::Unit(unit.code.clone()),
            );
        }
        // Added later, so at the end: the numbers before are in kept histories.
        for role in [Role::SystemAdmin, Role::Auditor] {
            appoint(role, Line::All, Reach::City, Owner::City);
        }
        // A deputy for each secretary (AB 岗).
        for area in city.areas.of_kind(AreaKind::Community, from) {
            let reach = Reach::Communities(vec![area.code.clone()]);
            let home = Owner::Community(area.code.clone());
            appoint(Role::Secretary, Line::All, reach, home);
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
