//! What is wrong with a city's files: everything that would send a case, a clock or a reader
//! nowhere. A city with findings does not start.

mod clocks;
mod days;

use std::collections::BTreeSet;
use std::fmt;

use time::Date;

use super::{City, Ground, Standing, UnitKind};
use crate::clock::{Limit, Stage};
use crate::ids::{CategoryCode, UnitCode};
use crate::lang::{Lang, Names};

/// One thing wrong, with where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The table: `category`, `duty`, …
    pub table: &'static str,
    /// The code of the row.
    pub code: String,
    /// What is wrong.
    pub fault: Fault,
}

/// What can be wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A field names something that does not exist.
    Dangling {
        /// The field.
        field: &'static str,
        /// What it names.
        code: String,
    },
    /// Two rows have this code.
    Twice,
    /// Following the parents never ends.
    Cycle,
    /// A filing of this category would have no clock.
    NoPolicy,
    /// One step of a clock preset has two limits.
    TwoLimits {
        /// The step.
        stage: Stage,
        /// The one that would hold.
        limit: Limit,
        /// The other.
        other: Limit,
    },
    /// A step of a clock preset may always take longer than what it is a part of.
    Outlasts {
        /// The step.
        stage: Stage,
        /// Its limit.
        limit: Limit,
        /// The step by which it must be over.
        of: Stage,
        /// The limit of that.
        whole: Limit,
    },
    /// A leaf without a duty: nobody would lead.
    NoDuty,
    /// From this day on nobody leads in this area: no duty is in force there.
    DutyGap {
        /// The first day without.
        from: Date,
        /// Where.
        area: String,
    },
    /// It never holds: where and whenever it would, this one stands before it for the same situation.
    Shadowed {
        /// The other.
        by: String,
    },
    /// At some time and place both hold for the same situation, and name another who leads.
    Overlaps {
        /// The other.
        with: String,
    },
    /// A text is missing in a language.
    MissingName {
        /// The field.
        field: &'static str,
        /// The language.
        lang: Lang,
    },
    /// A category that is always private must be private by default.
    NotPrivate,
    /// A category that is always private must show help lines; an emergency must have numbers.
    NoHelpLines,
    /// A category with others below it takes no filings and has no duty of its own.
    DutyOfAGroup,
    /// Cases are routed to modules, and this is a department.
    NotAModule {
        /// The field.
        field: &'static str,
        /// The department.
        code: String,
    },
    /// Ends before it begins.
    EndsBeforeItBegins,
    /// A promise the law does not allow: more visits than none though it is all online, or a
    /// service that can be had in no way.
    NoWay,
    /// From this day on it lies in an area that is not there.
    Orphan {
        /// The day.
        from: Date,
        /// What it is said to lie in.
        parent: String,
    },
    /// It holds on in an area that has ended by this day.
    AreaEnds {
        /// The area.
        area: String,
        /// The first day without it.
        from: Date,
    },
    /// The holiday calendar ends before this day.
    CalendarEnds {
        /// Last day it covers.
        until: Date,
    },
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} `{}`: {}", self.table, self.code, self.fault)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dangling { field, code } => {
                write!(f, "{field} names `{code}`, which does not exist")
            }
            Self::Twice => f.write_str("the code is used twice"),
            Self::Cycle => f.write_str("its parents go round in a circle"),
            Self::NoPolicy => f.write_str("its clock policy does not exist"),
            Self::TwoLimits {
                stage,
                limit,
                other,
            } => write!(f, "{stage} has two limits, `{limit}` and `{other}`"),
            Self::Outlasts {
                stage,
                limit,
                of,
                whole,
            } => write!(
                f,
                "{stage} within `{limit}` always ends after {of} within `{whole}`, and is a step of it"
            ),
            Self::NoDuty => f.write_str("no duty says who leads"),
            Self::DutyGap { from, area } => {
                write!(f, "no duty says who leads in `{area}` from {from} on")
            }
            Self::Shadowed { by } => write!(f, "it never holds: `{by}` stands before it"),
            Self::Overlaps { with } => {
                write!(
                    f,
                    "it and `{with}` say different leads for the same situation"
                )
            }
            Self::MissingName { field, lang } => write!(f, "{field} is missing in {lang}"),
            Self::NotPrivate => {
                f.write_str("it is always private, but its default shows something")
            }
            Self::NoHelpLines => f.write_str("it needs help lines and has none"),
            Self::DutyOfAGroup => f.write_str("a group has a duty; only leaves take filings"),
            Self::NotAModule { field, code } => {
                write!(f, "{field} is the department `{code}`; cases go to modules")
            }
            Self::EndsBeforeItBegins => f.write_str("it ends before it begins"),
            Self::NoWay => f.write_str("there is no way to get it"),
            Self::Orphan { from, parent } => {
                write!(
                    f,
                    "from {from} on it lies in `{parent}`, which is not there"
                )
            }
            Self::AreaEnds { area, from } => {
                write!(f, "it holds on in `{area}`, which ends on {from}")
            }
            Self::CalendarEnds { until } => {
                write!(f, "the holiday calendar ends on {until}")
            }
        }
    }
}

/// The findings as they are collected.
struct Report<'a> {
    city: &'a City,
    findings: Vec<Finding>,
}

impl City {
    /// Everything that is wrong; empty for a city that may be used.
    pub fn lint(&self) -> Vec<Finding> {
        let mut report = Report {
            city: self,
            findings: Vec::new(),
        };
        report.city_row();
        report.areas();
        report.units();
        report.policies();
        report.categories();
        report.duties();
        report.services();
        report.contractors();
        report.notices();
        report.findings
    }

    /// A finding if the holiday calendar no longer covers `today`: due instants are then
    /// provisional and the operator must bring a newer file.
    pub fn lint_calendar(&self, today: Date) -> Option<Finding> {
        let until = self.calendar.covers_until();
        (until < today).then(|| Finding {
            table: "calendar",
            code: self.calendar.version().to_string(),
            fault: Fault::CalendarEnds { until },
        })
    }
}

impl Report<'_> {
    fn add(&mut self, table: &'static str, code: impl ToString, fault: Fault) {
        self.findings.push(Finding {
            table,
            code: code.to_string(),
            fault,
        });
    }

    fn names(
        &mut self,
        table: &'static str,
        code: impl ToString,
        field: &'static str,
        names: &Names,
    ) {
        for lang in names.missing() {
            self.add(table, code.to_string(), Fault::MissingName { field, lang });
        }
    }

    fn twice<'c>(&mut self, table: &'static str, codes: impl Iterator<Item = &'c str>) {
        let mut seen = BTreeSet::new();
        for code in codes {
            if !seen.insert(code) {
                self.add(table, code, Fault::Twice);
            }
        }
    }

    fn unit(&mut self, table: &'static str, code: &str, field: &'static str, unit: &UnitCode) {
        match self.city.unit(unit).map(|u| u.kind) {
            Some(UnitKind::Module) => {}
            Some(UnitKind::Department) => {
                self.add(
                    table,
                    code,
                    Fault::NotAModule {
                        field,
                        code: unit.to_string(),
                    },
                );
            }
            None => self.add(
                table,
                code,
                Fault::Dangling {
                    field,
                    code: unit.to_string(),
                },
            ),
        }
    }

    fn category(&mut self, table: &'static str, code: &str, category: &CategoryCode) {
        if self.city.category(category).is_none() {
            let fault = Fault::Dangling {
                field: "category",
                code: category.to_string(),
            };
            self.add(table, code, fault);
        }
    }

    fn city_row(&mut self) {
        let city = self.city;
        self.names("city", &city.code, "names", &city.names);
        self.twice(
            "emergency",
            city.emergency.iter().map(|e| e.number.as_str()),
        );
        for e in &city.emergency {
            self.names("emergency", &e.number, "names", &e.names);
        }
        for (field, category) in [
            ("settings.assisted", &city.settings.assisted),
            ("settings.other", &city.settings.other),
        ] {
            let Some(category) = category else { continue };
            let takes = city.standing(category);
            if !matches!(takes, Some(Standing::Takes(_))) {
                let code = category.to_string();
                self.add("city", &city.code, Fault::Dangling { field, code });
            }
        }
        if city.danger_numbers().is_empty() {
            self.add("city", &city.code, Fault::NoHelpLines);
        }
        for (field, unit) in [
            ("settings.commission", &city.settings.commission),
            ("settings.discipline", &city.settings.discipline),
            ("settings.duty_list_office", &city.settings.duty_list_office),
            (
                "settings.mandatory_reports",
                &city.settings.mandatory_reports,
            ),
        ] {
            if let Some(unit) = unit {
                self.unit("city", &city.code, field, unit);
            }
        }
    }

    fn units(&mut self) {
        let city = self.city;
        self.twice("unit", city.units.iter().map(|u| u.code.as_str()));
        for u in &city.units {
            self.names("unit", &u.code, "names", &u.names);
            if let Some(parent) = &u.parent
                && city
                    .unit(parent)
                    .is_none_or(|p| p.kind != UnitKind::Department)
            {
                let fault = Fault::Dangling {
                    field: "parent",
                    code: parent.to_string(),
                };
                self.add("unit", &u.code, fault);
            }
            if u.valid_to.is_some_and(|end| end <= u.valid_from) {
                self.add("unit", &u.code, Fault::EndsBeforeItBegins);
            }
        }
    }

    fn categories(&mut self) {
        let city = self.city;
        self.twice("category", city.categories.iter().map(|c| c.code.as_str()));
        for c in &city.categories {
            let code = c.code.as_str();
            self.names("category", code, "names", &c.names);
            self.names("category", code, "plain", &c.plain);
            if let Some(parent) = &c.parent
                && city.category(parent).is_none()
            {
                let fault = Fault::Dangling {
                    field: "parent",
                    code: parent.to_string(),
                };
                self.add("category", code, fault);
            }
            if city
                .category_path(&c.code)
                .first()
                .is_some_and(|top| top.parent.is_some())
            {
                // The walk upwards stopped at a row that still has a parent: either that parent is
                // missing (told above) or the walk went round.
                if city.category_path(&c.code).len() > city.categories.len() {
                    self.add("category", code, Fault::Cycle);
                }
            }
            if city.policy(&c.policy).is_none() {
                self.add("category", code, Fault::NoPolicy);
            }
            self.unit("category", code, "lead", &c.lead);
            if c.always_private && c.visibility.is_listed() {
                self.add("category", code, Fault::NotPrivate);
            }
            if (c.always_private || c.emergency) && c.help_lines.is_empty() {
                self.add("category", code, Fault::NoHelpLines);
            }
            for number in &c.help_lines {
                if !city.emergency.iter().any(|e| &e.number == number) {
                    let fault = Fault::Dangling {
                        field: "help_lines",
                        code: number.clone(),
                    };
                    self.add("category", code, fault);
                }
            }
        }
        for leaf in city.leaf_categories() {
            // An emergency is never filed by a resident, but staff may record one.
            if !city.duties.iter().any(|d| d.category == leaf.code) {
                self.add("category", &leaf.code, Fault::NoDuty);
            }
        }
    }

    fn services(&mut self) {
        let city = self.city;
        self.twice("service", city.services.iter().map(|s| s.code.as_str()));
        for s in &city.services {
            let code = s.code.as_str();
            self.names("service", code, "names", &s.names);
            self.names("service", code, "summary", &s.summary);
            for document in &s.documents {
                self.names("service", code, "documents", document);
            }
            if let Some(fee) = &s.fee {
                self.names("service", code, "fee", fee);
            }
            self.unit("service", code, "unit", &s.department);
            if s.modes.is_empty() || (s.visits == 0 && !s.modes.contains(&super::Mode::Online)) {
                self.add("service", code, Fault::NoWay);
            }
        }
    }

    fn contractors(&mut self) {
        let city = self.city;
        self.twice(
            "contractor",
            city.contractors.iter().map(|c| c.code.as_str()),
        );
        for c in &city.contractors {
            let code = c.code.as_str();
            self.names("contractor", code, "names", &c.names);
            self.names("contractor", code, "task", &c.task);
            self.unit("contractor", code, "supervised_by", &c.supervised_by);
            for category in &c.categories {
                self.category("contractor", code, category);
            }
            if c.valid_to.is_some_and(|end| end <= c.valid_from) {
                self.add("contractor", code, Fault::EndsBeforeItBegins);
            }
        }
    }

    fn notices(&mut self) {
        let city = self.city;
        self.twice("notice", city.notices.iter().map(|n| n.code.as_str()));
        for n in &city.notices {
            self.names("notice", &n.code, "title", &n.title);
            self.names("notice", &n.code, "body", &n.body);
            if let super::Issuer::Unit(unit) = &n.issuer
                && city.unit(unit).is_none()
            {
                let fault = Fault::Dangling {
                    field: "unit",
                    code: unit.to_string(),
                };
                self.add("notice", &n.code, fault);
            }
            let issuing = match &n.issuer {
                super::Issuer::Area(area) => Some(area),
                super::Issuer::Unit(_) => None,
            };
            for area in n.areas.iter().chain(issuing) {
                if city.areas.at(area, n.published).is_none() {
                    let fault = Fault::Dangling {
                        field: "areas",
                        code: area.to_string(),
                    };
                    self.add("notice", &n.code, fault);
                }
            }
            if n.until.is_some_and(|end| end <= n.published) {
                self.add("notice", &n.code, Fault::EndsBeforeItBegins);
            }
        }
    }
}
