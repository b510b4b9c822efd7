//! Staff: roles, appointments, and the person who holds them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    area::Areas,
    case::{Case, UnknownWord, words_of},
    clock::Owner,
    event::Actor,
    ids::{AppointmentNo, AreaCode, UnitCode},
    time::Timestamp,
};

words_of! {
    /// A staff role; always held with a line and an area.
    Role {
        /// 社区书记
        Secretary = "secretary",
        /// 网格长、网格员、督查员、信息员、联络员、巡查员
        GridOfficer = "grid_officer",
        /// 联勤工作站
        Dispatcher = "dispatcher",
        /// 部门、模块
        Officer = "officer",
        /// 基层治理委员会
        Commission = "commission",
        /// 督查
        Supervisor = "supervisor",
        /// 承接方
        Contractor = "contractor",
        /// 编辑
        Editor = "editor",
        /// 审计
        Auditor = "auditor",
        /// 安全管理员
        SecurityAdmin = "security_admin",
        /// 系统管理员
        SystemAdmin = "system_admin",
    }
}

/// Which lines an appointment reaches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// Every line.
    All,
    /// Only cases of these modules, or to which these are called.
    Units(Vec<UnitCode>),
}

/// Which areas an appointment reaches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// The whole city.
    City,
    /// These communities (a unit is the list of its communities, past ones included).
    Communities(Vec<AreaCode>),
}

/// A role for a time, in a line and an area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    /// Its number, which stands in the log.
    pub no: AppointmentNo,
    /// The role.
    pub role: Role,
    /// The lines.
    pub line: Line,
    /// The areas.
    pub reach: Reach,
    /// The office it belongs to: nobody verifies the work of their own office.
    pub home: Owner,
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Option<Timestamp>,
}

impl Appointment {
    /// Whether it holds at `now`.
    #[must_use]
    pub fn holds(&self, now: Timestamp) -> bool {
        self.from <= now && self.until.is_none_or(|until| now < until)
    }

    /// The appointment as it reaches in a city that changes. What was given for a community holds for
    /// those it took over from as well, and for a governance unit for all that ever lay in it; and an
    /// office ends with its area, for another answers for it then.
    #[must_use]
    pub fn in_areas(mut self, areas: &Areas, now: Timestamp) -> Self {
        if let Owner::Community(code) | Owner::Station(code) = &self.home
            && let Some(end) = areas.end_of(code)
        {
            self.until = Some(self.until.map_or(end, |until| until.min(end)));
        }
        let Reach::Communities(codes) = &mut self.reach else {
            return self;
        };
        let mut reached: BTreeSet<AreaCode> = codes.iter().cloned().collect();
        for code in codes.iter() {
            reached.extend(areas.inherited(code, now));
        }
        if let Owner::Station(unit) = &self.home {
            reached.extend(areas.descendant_communities_ever(unit));
        }
        *codes = reached.into_iter().collect();
        self
    }

    pub(super) fn covers(&self, case: &Case) -> bool {
        let area = match &self.reach {
            Reach::City => true,
            Reach::Communities(codes) => codes.contains(&case.community),
        };
        let line = match &self.line {
            Line::All => true,
            Line::Units(units) => {
                units.contains(&case.line)
                    || case
                        .parts
                        .iter()
                        .any(|part| !part.returned && units.contains(&part.unit))
            }
        };
        area && line
    }
}

/// A signed-in member of staff: one person, however many offices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    appointments: Vec<Appointment>,
    person: Vec<AppointmentNo>,
}

impl Staff {
    /// A person by all appointments they ever had. Only those that hold at `now` open anything; the
    /// others tell that it is the same person.
    #[must_use]
    pub fn of(ever: Vec<Appointment>, now: Timestamp) -> Self {
        let person = ever.iter().map(|appointment| appointment.no).collect();
        let mut appointments = ever;
        appointments.retain(|appointment| appointment.holds(now));
        Self {
            appointments,
            person,
        }
    }

    /// The appointments that hold.
    #[must_use]
    pub fn appointments(&self) -> &[Appointment] {
        &self.appointments
    }

    /// The same person under one appointment, if it holds.
    #[must_use]
    pub fn under(&self, no: AppointmentNo) -> Self {
        self.only(|appointment| appointment.no == no)
    }

    /// The same person with only some of the appointments that hold.
    #[must_use]
    pub(super) fn only(&self, wanted: impl Fn(&Appointment) -> bool) -> Self {
        let mut own = self.clone();
        own.appointments.retain(wanted);
        own
    }

    /// As whom the person acts under one appointment.
    pub(super) fn acting(&self, appointment: &Appointment) -> Acting {
        Acting {
            actor: Actor::Appointment(appointment.no),
            person: self.person.clone(),
        }
    }

    /// Whether the person, or an office they are in, worked on the case: a second appointment
    /// elsewhere does not let anybody check their own work.
    pub(super) fn worked(&self, case: &Case) -> bool {
        let own = |no: &AppointmentNo| self.person.contains(no);
        case.workers.iter().any(own)
            || self
                .appointments
                .iter()
                .any(|appointment| case.handlers.contains(&appointment.home))
    }
}

impl From<Vec<Appointment>> for Staff {
    /// A person with these appointments and no others, all of which hold.
    fn from(appointments: Vec<Appointment>) -> Self {
        let person = appointments
            .iter()
            .map(|appointment| appointment.no)
            .collect();
        Self {
            appointments,
            person,
        }
    }
}

/// As whom somebody acts. The log gets the actor alone; the person decides whether two are two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acting {
    /// What is written down.
    pub actor: Actor,
    /// Every appointment the acting person holds or held.
    pub person: Vec<AppointmentNo>,
}

impl From<Actor> for Acting {
    /// Somebody who never held another appointment.
    fn from(actor: Actor) -> Self {
        let person = match actor {
            Actor::Appointment(no) => vec![no],
            Actor::Party(_) | Actor::Contractor(_) | Actor::System => Vec::new(),
        };
        Self { actor, person }
    }
}
