//! Who may do and see what: pure, deny by default.
//!
//! [`may`] answers for a verb on a case, [`scope`] for what a list or a look-up may return. Case
//! reads in `store` take a [`Scope`], which only this module makes, so that a forgotten check does
//! not compile.

use serde::{Deserialize, Serialize};

use crate::{
    case::{Case, Filer, Kind, PartyRole, UnknownWord, words_of},
    clock::Owner,
    event::Actor,
    ids::{AppointmentNo, AreaCode, CaseId, PartyNo, UnitCode},
    time::Timestamp,
    verb::{Verb, Who, allowed, row_of},
    visibility::Visibility,
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

    fn covers(&self, case: &Case) -> bool {
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
    /// A signed-in member of staff with the appointments that hold now.
    Staff(Vec<Appointment>),
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
        Viewer::Staff(appointments) => {
            case.is_listed()
                || appointments
                    .iter()
                    .any(|appointment| staff_sees(appointment, case))
        }
    }
}

fn staff_sees(appointment: &Appointment, case: &Case) -> bool {
    if case.quarantined {
        return appointment.role == Role::SecurityAdmin;
    }
    let by_role = match appointment.role {
        // They look after the machine and its log, not into cases.
        Role::SystemAdmin | Role::SecurityAdmin | Role::Auditor => false,
        // A tip is sealed: only the enforcing module's own officers, nobody above all lines.
        Role::Officer => case.kind != Kind::Tip || matches!(appointment.line, Line::Units(_)),
        _ => case.kind != Kind::Tip,
    };
    by_role && appointment.covers(case)
}

/// Whether this party told the case, and does not only have the same problem.
#[must_use]
pub fn is_reporter(case: &Case, party: PartyNo) -> bool {
    case.party(party)
        .is_some_and(|party| party.role == PartyRole::Reporter)
}

/// Whether the viewer is staff whose case it is. To other staff a public case is what it is to
/// everybody: its notes, its exact place and what enforcement did are not theirs.
#[must_use]
pub fn is_inside(viewer: &Viewer, case: &Case) -> bool {
    matches!(viewer, Viewer::Staff(appointments)
        if appointments.iter().any(|appointment| staff_sees(appointment, case)))
}

/// Whether the viewer may read the reporter's words, exact place and photos.
///
/// Whoever has the same problem does not: anybody may join a public case, and would else read what
/// no named person has released.
#[must_use]
pub fn reads_words(viewer: &Viewer, case: &Case) -> bool {
    match viewer {
        // A tracking page of a sealed tip never shows its content.
        Viewer::Party { case: own, party } if *own == case.id && is_reporter(case, *party) => {
            case.kind != Kind::Tip && !case.quarantined
        }
        Viewer::Staff(_) => case.words_are_public() || is_inside(viewer, case),
        Viewer::System => false,
        _ => case.words_are_public(),
    }
}

/// Whether the viewer may use `verb` on `case`, and as whom.
///
/// # Errors
/// [`Denied::Unseen`] where the viewer may not know the case, else [`Denied::NotYours`].
pub fn may(viewer: &Viewer, verb: Verb, case: &Case) -> Result<Actor, Denied> {
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
            .then_some(Actor::System)
            .ok_or(unseen),
        Viewer::Anonymous => {
            let open = who.contains(&Who::Anyone) && case.is_listed() && !case.always_private;
            open.then_some(Actor::System).ok_or(unseen)
        }
        Viewer::Party { case: own, party } => {
            let theirs = *own == case.id
                && !case.quarantined
                && who.contains(&Who::Reporter)
                && case.party(*party).is_some()
                && party_may(verb, *party, case);
            theirs.then_some(Actor::Party(*party)).ok_or(unseen)
        }
        Viewer::Staff(appointments) if checks_others(verb) && worked(appointments, case) => {
            Err(unseen)
        }
        Viewer::Staff(appointments) => appointments
            .iter()
            .find(|appointment| staff_may(appointment, verb, who, case))
            .map(|appointment| Actor::Appointment(appointment.no))
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
        Who::GridOfficer => appointment.role == Role::GridOfficer,
        Who::Dispatcher => appointment.role == Role::Dispatcher,
        Who::CalledOfficer => {
            appointment.role == Role::Officer && called_unit(appointment, case, false)
        }
        Who::LeadOfficer => {
            appointment.role == Role::Officer && called_unit(appointment, case, true)
        }
        Who::Commission => appointment.role == Role::Commission,
        Who::Supervisor => appointment.role == Role::Supervisor,
        Who::Contractor => appointment.role == Role::Contractor,
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

/// Whether any office of this person worked on the case: a second appointment elsewhere does not
/// let anybody check their own work.
fn worked(appointments: &[Appointment], case: &Case) -> bool {
    appointments
        .iter()
        .any(|appointment| case.handlers.contains(&appointment.home))
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
    let Viewer::Staff(appointments) = viewer else {
        return None;
    };
    appointments
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
            role && area
        })
        .map(|appointment| Actor::Appointment(appointment.no))
}

/// The viewer with those appointments only that act for this called unit.
#[must_use]
pub fn acting_for(viewer: &Viewer, unit: &UnitCode) -> Viewer {
    let Viewer::Staff(appointments) = viewer else {
        return viewer.clone();
    };
    let own = appointments.iter().filter(|appointment| {
        appointment.role == Role::Officer
            && matches!(&appointment.line, Line::Units(units) if units.contains(unit))
    });
    Viewer::Staff(own.cloned().collect())
}

/// Whether the viewer holds a role, wherever.
#[must_use]
pub fn is_role(viewer: &Viewer, role: Role) -> bool {
    matches!(viewer, Viewer::Staff(appointments)
        if appointments.iter().any(|appointment| appointment.role == role))
}

/// Whether a visibility may be set: the reporter alone makes a case more public, staff only less.
#[must_use]
pub fn may_set_visibility(actor: Actor, case: &Case, to: Visibility) -> bool {
    match actor {
        Actor::Party(PartyNo(1)) => !(case.always_private && to != Visibility::Private),
        Actor::Appointment(_) => to > case.visibility,
        Actor::Party(_) | Actor::System => false,
    }
}

/// What a list or look-up may return. Made here only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope(ScopeFilter);

/// A scope as conditions for a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScopeFilter {
    /// Cases everybody may know of.
    Public,
    /// One case, whatever its visibility (the receipt's), besides the public ones when looked up.
    Party {
        /// Which.
        case: CaseId,
    },
    /// Cases in any of these line × area pairs.
    Staff {
        /// The pairs.
        any_of: Vec<(LineFilter, AreaFilter)>,
    },
    /// Everything: jobs, `verify`, `rebuild`.
    All,
}

/// The line half of a scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineFilter {
    /// Any line.
    All,
    /// These units' own cases and those they are called to.
    Units {
        /// The units.
        units: Vec<UnitCode>,
        /// Sealed tips of their line too: only the enforcing module's own officers.
        tips: bool,
    },
}

/// The area half of a scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AreaFilter {
    /// The whole city.
    All,
    /// These communities.
    Communities(Vec<AreaCode>),
}

impl Scope {
    /// The scope as conditions.
    #[must_use]
    pub fn filter(&self) -> &ScopeFilter {
        &self.0
    }

    /// What everybody may see; public pages and machine answers use this whoever asks.
    #[must_use]
    pub fn public() -> Self {
        Self(ScopeFilter::Public)
    }
}

/// The scope of a viewer.
#[must_use]
pub fn scope(viewer: &Viewer) -> Scope {
    Scope(match viewer {
        Viewer::Anonymous => ScopeFilter::Public,
        Viewer::Party { case, .. } => ScopeFilter::Party { case: *case },
        Viewer::System => ScopeFilter::All,
        Viewer::Staff(appointments) => ScopeFilter::Staff {
            any_of: appointments
                .iter()
                .filter(|appointment| {
                    !matches!(
                        appointment.role,
                        Role::SystemAdmin | Role::SecurityAdmin | Role::Auditor
                    )
                })
                .map(|appointment| {
                    let line = match &appointment.line {
                        Line::All => LineFilter::All,
                        Line::Units(units) => LineFilter::Units {
                            units: units.clone(),
                            tips: appointment.role == Role::Officer,
                        },
                    };
                    let area = match &appointment.reach {
                        Reach::City => AreaFilter::All,
                        Reach::Communities(codes) => AreaFilter::Communities(codes.clone()),
                    };
                    (line, area)
                })
                .collect(),
        },
    })
}
