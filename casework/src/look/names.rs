//! The names of the city on a page: what its areas, offices and categories are called, and which
//! office has a case.

use domain::{
    area::AreaKind,
    case::{Case, Part},
    clock::{Owner, Stage},
    ids::{AreaCode, CategoryCode, UnitCode},
    lang::Lang,
};

use super::card::next_clock;
use crate::{
    Desk,
    views::{Label, WhoHasIt},
};

/// The called unit that leads, once somebody of it has reported in and while there is something to do.
fn lead_at_work(case: &Case) -> Option<&Part> {
    let mut parts = case.parts.iter();
    let lead = parts.find(|part| part.lead && !part.returned && part.reported_in.is_some());
    lead.filter(|_| !case.state.tag().is_ended())
}

impl Desk {
    /// The name of a category.
    #[must_use]
    pub fn category_label(&self, code: &CategoryCode, lang: Lang) -> Label {
        let text = self
            .city
            .category(code)
            .map_or(code.as_str(), |it| it.names.get(lang));
        Label {
            code: code.to_string(),
            text: text.to_owned(),
        }
    }

    /// The name of a community as it was when the case was filed.
    #[must_use]
    pub fn community_label(&self, case: &Case, lang: Lang) -> Label {
        let code = &case.community;
        let area = self.city.areas.at(code, case.filed_at);
        let text = area.map_or(code.as_str(), |area| area.names.get(lang));
        Label {
            code: code.to_string(),
            text: text.to_owned(),
        }
    }

    fn unit_label(&self, code: &UnitCode, lang: Lang) -> Label {
        let text = self
            .city
            .unit(code)
            .map_or(code.as_str(), |unit| unit.names.get(lang));
        Label {
            code: code.to_string(),
            text: text.to_owned(),
        }
    }

    pub(super) fn department_label(&self, code: &UnitCode, lang: Lang) -> Label {
        self.unit_label(self.city.department_of(code), lang)
    }

    /// What a unit is called in the story of a case: its department, which is what residents know; with
    /// the module where another of that department has a part in the case, or the two would read the same.
    pub(super) fn unit_name(&self, code: &UnitCode, case: &Case, lang: Lang) -> String {
        let department = self.city.department_of(code);
        let mut others = case.parts.iter().filter(|part| part.unit != *code);
        if others.any(|part| self.city.department_of(&part.unit) == department) {
            self.module_name(code, lang)
        } else {
            self.department_label(code, lang).text
        }
    }

    pub(crate) fn owner_name(&self, owner: &Owner, case: &Case, lang: Lang) -> String {
        match owner {
            Owner::Community(code) | Owner::Station(code) => self
                .city
                .areas
                .at(code, case.filed_at)
                .map_or_else(|| code.to_string(), |area| area.names.get(lang).to_owned()),
            Owner::Unit(code) => self.unit_name(code, case, lang),
            Owner::City => self.city.names.get(lang).to_owned(),
        }
    }

    /// The office that has a case, and how to reach it. Nobody has an ended one; then it is the
    /// office that answers questions about it.
    #[must_use]
    pub fn who_has_it(&self, case: &Case, lang: Lang) -> WhoHasIt {
        if let Some(part) = lead_at_work(case) {
            let department = self.city.department_of(&part.unit);
            let contact = self
                .city
                .unit(department)
                .and_then(|unit| unit.contact.clone());
            return WhoHasIt {
                office: self.unit_label(department, lang).text,
                contact,
            };
        }
        // While it is open, whoever answers for the place now; after that, who had it.
        let (areas, now) = (&self.city.areas, self.now());
        match areas.answering(&case.community, now) {
            Some(area) if !case.state.tag().is_ended() => {
                self.community_office(&area.code, now, lang)
            }
            _ => self.community_office(&case.community, case.filed_at, lang),
        }
    }

    /// Who takes the next step, where its clock is not theirs: the community keeps the promise to the
    /// reporter, and meanwhile the unit that leads works on it.
    pub(super) fn next_by(&self, case: &Case, lang: Lang) -> Option<String> {
        let clock = next_clock(case)?;
        let promise = clock.stage == Stage::Resolve && clock.part.is_none();
        let lead = lead_at_work(case).filter(|_| promise)?;
        Some(self.department_label(&lead.unit, lang).text)
    }

    /// A community's office.
    #[must_use]
    pub fn community_office(
        &self,
        code: &AreaCode,
        at: domain::time::Timestamp,
        lang: Lang,
    ) -> WhoHasIt {
        let area = self.city.areas.at(code, at);
        WhoHasIt {
            office: area.map_or_else(|| code.to_string(), |area| area.names.get(lang).to_owned()),
            contact: area.and_then(|area| area.contact.clone()),
        }
    }

    /// The governance unit a community belonged to.
    #[must_use]
    pub fn unit_of(
        &self,
        code: &AreaCode,
        at: domain::time::Timestamp,
    ) -> Option<&domain::area::Area> {
        self.city
            .areas
            .ancestors(code, at)
            .into_iter()
            .find(|area| area.kind == AreaKind::Unit)
    }
}
