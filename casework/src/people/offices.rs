//! Offices: what a role is appointed to, and what an office is called.

use domain::{
    access::{Line, Reach, Role},
    area::AreaKind,
    city::UnitKind,
    clock::Owner,
    ids::{AreaCode, UnitCode},
    lang::Lang,
};

use super::Appointing;
use crate::Desk;

/// What a role is appointed to; `None` where something is missing or unknown.
pub(super) fn place(desk: &Desk, role: Role, wanted: &Appointing) -> Option<(Line, Reach, Owner)> {
    let now = desk.now();
    let area = |text: &str, kind: AreaKind| -> Option<AreaCode> {
        let code = AreaCode::new(text).ok()?;
        let area = desk.city.areas.at(&code, now)?;
        (area.kind == kind).then_some(code)
    };
    match role {
        Role::Secretary | Role::GridOfficer => {
            let code = area(&wanted.community, AreaKind::Community)?;
            let reach = Reach::Communities(vec![code.clone()]);
            Some((Line::All, reach, Owner::Community(code)))
        }
        Role::Dispatcher => {
            let code = area(&wanted.area, AreaKind::Unit)?;
            let inside = desk.city.areas.communities_of(&code, now);
            let reach = Reach::Communities(inside.into_iter().collect());
            Some((Line::All, reach, Owner::Station(code)))
        }
        Role::Officer | Role::Contractor => {
            let code = UnitCode::new(wanted.module.as_str()).ok()?;
            let unit = desk.city.unit(&code)?;
            if unit.kind != UnitKind::Module {
                return None;
            }
            let mut only = Vec::new();
            for text in wanted.only.iter().filter(|text| !text.is_empty()) {
                only.push(area(text, AreaKind::Community)?);
            }
            let reach = if only.is_empty() {
                Reach::City
            } else {
                Reach::Communities(only)
            };
            Some((Line::Units(vec![code.clone()]), reach, Owner::Unit(code)))
        }
        Role::Commission
        | Role::Supervisor
        | Role::Editor
        | Role::Auditor
        | Role::SecurityAdmin
        | Role::SystemAdmin => Some((Line::All, Reach::City, Owner::City)),
    }
}

impl Desk {
    /// The name of an office.
    #[must_use]
    pub fn office_name(&self, office: &Owner, lang: Lang) -> String {
        match office {
            Owner::Community(code) | Owner::Station(code) => self
                .city
                .areas
                .last_of(code, self.now())
                .map_or_else(|| code.to_string(), |area| area.names.get(lang).to_owned()),
            Owner::Unit(code) => self.module_name(code, lang),
            Owner::City => self.city.names.get(lang).to_owned(),
        }
    }
}
