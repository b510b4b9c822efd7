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
    verb::Verb,
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

words_of! {
    /// What a grid officer does for the grid (一长五员). None of them approves, punishes or rejects.
    GridRole {
        /// 网格长
        Head = "head",
        /// 网格员
        Officer = "officer",
        /// 督查员
        Inspector = "inspector",
        /// 信息员
        Informant = "informant",
        /// 联络员
        Liaison = "liaison",
        /// 巡查员
        Patroller = "patroller",
    }
}

impl GridRole {
    /// Whether this is one of the verbs of the part: all that is a grid officer's for whoever heads or
    /// holds the grid, a share of it for the four beside them.
    #[must_use]
    pub const fn does(self, verb: Verb) -> bool {
        match self {
            Self::Head | Self::Officer => true,
            Self::Inspector => matches!(
                verb,
                Verb::Note | Verb::AddEvidence | Verb::Verify | Verb::SendBack | Verb::Escalate
            ),
            Self::Informant => matches!(verb, Verb::Note | Verb::AddEvidence | Verb::Escalate),
            Self::Liaison => matches!(verb, Verb::Note | Verb::AddEvidence | Verb::Ask),
            Self::Patroller => matches!(
                verb,
                Verb::Note | Verb::AddEvidence | Verb::Take | Verb::Resolve | Verb::Escalate
            ),
        }
    }

    /// Whether whoever holds the part answers for the grid: its head and its officers. The four beside
    /// them look in; without one of these a grid has nobody.
    #[must_use]
    pub const fn answers(self) -> bool {
        matches!(self, Self::Head | Self::Officer)
    }
}

/// What is agreed about an appointment beside its office.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// Of a grid officer: which part; none is the whole of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grid_role: Option<GridRole>,
    /// Of a grid officer: the grids they serve ([`Appointment::grids`]); none named is every grid of
    /// the community. What they may see goes by the community.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grids: Vec<AreaCode>,
    /// Seconded by a department to communities (派驻): it reaches those that have agreed, and no
    /// others. None: not seconded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconded: Option<Vec<Agreed>>,
    /// Offices that ended and for which this one stands now; reckoned, never written down.
    #[serde(skip)]
    pub stands_for: Vec<Owner>,
    /// Stations whose running clocks are this one's to keep, in the communities it reaches; likewise.
    #[serde(skip)]
    pub keeps_clocks_of: Vec<Owner>,
}

/// A community agreed that somebody is seconded to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agreed {
    /// Which community.
    pub community: AreaCode,
    /// Its secretary, by appointment.
    pub by: AppointmentNo,
    /// When.
    pub at: Timestamp,
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
    /// What is agreed beside.
    #[serde(default)]
    pub terms: Terms,
}

impl Appointment {
    /// Whether it holds at `now`.
    #[must_use]
    pub fn holds(&self, now: Timestamp) -> bool {
        self.from <= now && self.until.is_none_or(|until| now < until)
    }

    /// The appointment as it reaches at `now` in a city that changes. What was given for a community
    /// holds for those it took over from as well, what was given for a governance unit for the
    /// communities of that day; and an office ends with its area, for another answers for it then.
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
        if let Some(agreed) = &self.terms.seconded {
            codes.retain(|code| agreed.iter().any(|agreed| agreed.community == *code));
            if codes.is_empty() {
                // Nobody has agreed yet: it opens nothing.
                self.until = Some(self.from);
            }
        }
        if let Owner::Station(unit) = &self.home {
            *codes = areas.communities_of(unit, now).into_iter().collect();
            let ended = areas.inherited(unit, now).into_iter();
            self.terms.stands_for = ended.map(Owner::Station).collect();
            let before = areas.before(unit, now).into_iter();
            self.terms.keeps_clocks_of = before.map(Owner::Station).collect();
            return self;
        }
        let mut reached: BTreeSet<AreaCode> = codes.iter().cloned().collect();
        for code in codes.iter() {
            reached.extend(areas.inherited(code, now));
        }
        *codes = reached.into_iter().collect();
        if let Owner::Community(code) = &self.home {
            let ended = areas.inherited(code, now).into_iter();
            self.terms.stands_for = ended.map(Owner::Community).collect();
        }
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
            || self.appointments.iter().any(|held| {
                let offices = std::iter::once(&held.home).chain(&held.terms.stands_for);
                offices
                    .into_iter()
                    .any(|office| case.handlers.contains(office))
            })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verb::{Who, row_of};

    /// 一长五员 approve, punish and reject nothing: every verb of a part is a grid officer's, and those
    /// that decide are not.
    #[test]
    fn no_part_of_a_grid_decides() {
        for part in [
            GridRole::Inspector,
            GridRole::Informant,
            GridRole::Liaison,
            GridRole::Patroller,
        ] {
            for verb in Verb::ALL {
                if part.does(*verb) {
                    assert!(row_of(*verb).who.contains(&Who::GridOfficer), "{verb:?}");
                }
            }
        }
        for verb in [
            Verb::Accept,
            Verb::Reject,
            Verb::Call,
            Verb::Park,
            Verb::RuleOnReturn,
        ] {
            assert!(!row_of(verb).who.contains(&Who::GridOfficer), "{verb:?}");
        }
    }

    #[test]
    fn an_appointment_of_before_reads_as_it_was_given() {
        let old = r#"{"no":7,"role":"officer","line":{"units":["a"]},"reach":{"communities":["b"]},"home":{"unit":"a"},"from":0,"until":null}"#;
        let held: Appointment = serde_json::from_str(old).unwrap();
        assert_eq!(held.terms, Terms::default());
        let written = serde_json::to_string(&held).unwrap();
        assert!(
            !written.contains("grids"),
            "what is not agreed is not written down"
        );
        let areas = Areas::new(Vec::new()).unwrap();
        let now = Timestamp::from_millis(1);
        assert!(
            held.in_areas(&areas, now).holds(now),
            "not seconded: it holds as before"
        );
    }
}
