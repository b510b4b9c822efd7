//! Finding things in a city by their codes.

use super::{Category, CategoryKind, City, Duty, EmergencyNumber, Service, Unit, UnitKind};
use crate::{
    clock::{Limit, Owner, Policy, ServiceHours, Stage},
    ids::{AreaCode, CategoryCode, DutyCode, PolicyCode, ServiceCode, UnitCode},
    lang::Names,
    time::Timestamp,
    visibility::Visibility,
};
use std::collections::BTreeSet;

impl City {
    /// The category of that code.
    pub fn category(&self, code: &CategoryCode) -> Option<&Category> {
        self.categories.iter().find(|c| &c.code == code)
    }

    /// From the task family down to the category; empty when the code is unknown.
    pub fn category_path(&self, code: &CategoryCode) -> Vec<&Category> {
        let mut path = Vec::new();
        let mut next = self.category(code);
        while let Some(category) = next {
            // A cycle is a finding of `lint`; it must not hang a page.
            if path.len() > self.categories.len() {
                break;
            }
            path.push(category);
            next = category.parent.as_ref().and_then(|p| self.category(p));
        }
        path.reverse();
        path
    }

    /// The categories directly below one, or the task families for `None`, in the file's order.
    pub fn category_children(&self, parent: Option<&CategoryCode>) -> Vec<&Category> {
        self.categories
            .iter()
            .filter(|c| c.parent.as_ref() == parent)
            .collect()
    }

    /// Whether the category has none below it: only leaves take filings.
    pub fn is_leaf(&self, code: &CategoryCode) -> bool {
        self.category(code).is_some()
            && !self
                .categories
                .iter()
                .any(|c| c.parent.as_ref() == Some(code))
    }

    /// All categories that take filings, in the file's order (emergencies and tips included).
    pub fn leaf_categories(&self) -> Vec<&Category> {
        let parents: BTreeSet<_> = self
            .categories
            .iter()
            .filter_map(|c| c.parent.as_ref())
            .collect();
        self.categories
            .iter()
            .filter(|c| !parents.contains(&c.code))
            .collect()
    }

    /// The categories under which something new can be filed: leaves that are not closed.
    pub fn open_categories(&self) -> impl Iterator<Item = &Category> {
        self.leaf_categories()
            .into_iter()
            .filter(|leaf| !leaf.closed)
    }

    /// The clock preset of that code.
    pub fn policy(&self, code: &PolicyCode) -> Option<&Policy> {
        self.policies.iter().find(|p| &p.code == code)
    }

    /// The limit of a stage under a policy.
    pub fn limit(&self, policy: &PolicyCode, stage: Stage) -> Option<Limit> {
        self.policy(policy)?.limit(stage)
    }

    /// The department or module of that code.
    pub fn unit(&self, code: &UnitCode) -> Option<&Unit> {
        self.units.iter().find(|u| &u.code == code)
    }

    /// The department a module belongs to; a department, and a code nobody knows, is its own.
    pub fn department_of<'a>(&'a self, code: &'a UnitCode) -> &'a UnitCode {
        self.unit(code)
            .and_then(|u| u.parent.as_ref())
            .unwrap_or(code)
    }

    /// The departments, in the file's order.
    pub fn departments(&self) -> impl Iterator<Item = &Unit> {
        self.units.iter().filter(|u| u.kind == UnitKind::Department)
    }

    /// The opening hours that hold in an area as it lies at `at`: its own, else those of the nearest area around it,
    /// else the city's default.
    pub fn hours_for(&self, code: &AreaCode, at: Timestamp) -> &ServiceHours {
        if let Some(hours) = self.hours.get(code) {
            return hours;
        }
        self.areas
            .ancestors(code, at)
            .into_iter()
            .find_map(|area| self.hours.get(&area.code))
            .unwrap_or(&self.default_hours)
    }

    /// The duties of a category in a community in force at an instant: those for some areas first, then
    /// those for all, each in the file's order. The first is the one that holds unless a person picks
    /// another situation. Of one situation a row for some areas takes the place of the one for all.
    pub fn duties_for(
        &self,
        category: &CategoryCode,
        community: &AreaCode,
        at: Timestamp,
    ) -> Vec<&Duty> {
        let holds = |duty: &&Duty| {
            let mut areas = duty.areas.iter();
            let here = duty.areas.is_empty()
                || areas.any(|area| self.areas.is_within(community, area, at));
            here && &duty.category == category && duty.holds(at)
        };
        let (some, all): (Vec<&Duty>, Vec<&Duty>) = self
            .duties
            .iter()
            .filter(holds)
            .partition(|duty| !duty.areas.is_empty());
        let situations: Vec<&Names> = some.iter().map(|duty| &duty.situation).collect();
        let rest = all
            .into_iter()
            .filter(|duty| !situations.contains(&&duty.situation));
        some.iter().copied().chain(rest).collect()
    }

    /// The office that has at `at` what was an office's: of an area that has ended, that of the one
    /// that answers for it.
    pub fn answering_office(&self, office: Owner, at: Timestamp) -> Owner {
        let answering = |code: &AreaCode| {
            let area = self.areas.answering(code, at);
            area.map_or_else(|| code.clone(), |area| area.code.clone())
        };
        match &office {
            Owner::Community(code) => Owner::Community(answering(code)),
            Owner::Station(code) => Owner::Station(answering(code)),
            Owner::Unit(_) | Owner::City => office,
        }
    }

    /// The duty of that code, whenever it was in force (old cases still name it).
    pub fn duty(&self, code: &DutyCode) -> Option<&Duty> {
        self.duties.iter().find(|d| &d.code == code)
    }

    /// The service of that code.
    pub fn service(&self, code: &ServiceCode) -> Option<&Service> {
        self.services.iter().find(|s| &s.code == code)
    }

    /// The numbers to call in danger, in the file's order.
    pub fn danger_numbers(&self) -> Vec<&EmergencyNumber> {
        self.emergency
            .iter()
            .filter(|e| e.kind.is_danger())
            .collect()
    }

    /// The help lines of a category, resolved to numbers with names.
    pub fn help_lines(&self, category: &Category) -> Vec<&EmergencyNumber> {
        category
            .help_lines
            .iter()
            .filter_map(|n| self.emergency.iter().find(|e| &e.number == n))
            .collect()
    }

    /// The visibility of a new case: the reporter's choice, which a category that is always
    /// private and a tip both overrule.
    pub fn visibility_for(&self, category: &Category, chosen: Option<Visibility>) -> Visibility {
        if category.always_private || category.kind == CategoryKind::Tip {
            return Visibility::Private;
        }
        chosen.unwrap_or(category.visibility)
    }
}
