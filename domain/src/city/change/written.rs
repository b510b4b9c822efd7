//! From a change to the fields of a form: what a form of a row that is there begins with, and what a
//! list shows of a change.

use super::typed::{ADDRESS, DAYS, EVIDENCE, Field, NAMES, NOTE, PLAIN, of_stage};
use super::{CategoryRow, Change, LineGrid};
use crate::clock::{Limit, ServiceHours, Stage};
use crate::lang::Names;

/// The fields of a change, as [`super::read`] takes them; the day is asked of whoever makes it.
#[must_use]
pub fn typed_of(change: &Change) -> Vec<(String, String)> {
    let mut out = Out(Vec::new());
    match change {
        Change::RenameArea {
            area,
            names,
            pinyin,
        } => {
            out.put("area", area);
            out.names(NAMES, names);
            out.put("pinyin", pinyin);
        }
        Change::MoveArea { area, to } => {
            out.put("area", area);
            out.put("to", to);
        }
        Change::SplitArea {
            area,
            code,
            names,
            pinyin,
            takes,
        } => {
            out.put("area", area);
            out.put("code", code);
            out.names(NAMES, names);
            out.put("pinyin", pinyin);
            out.all("takes", takes);
        }
        Change::MergeAreas { area, into } => {
            out.put("area", area);
            out.put("into", into);
        }
        Change::AddArea {
            within,
            code,
            names,
            pinyin,
        } => {
            out.put("within", within);
            out.put("code", code);
            out.names(NAMES, names);
            out.put("pinyin", pinyin);
        }
        Change::SetOffice { area, contact } => {
            out.put("area", area);
            out.put("phone", &contact.phone);
            out.names(ADDRESS, &contact.address);
            out.names(NOTE, &contact.hours_note);
        }
        Change::SetHours { area, hours } => {
            out.all("area", area);
            out.hours(hours.as_ref());
        }
        Change::SetClocks {
            policy,
            names,
            limits,
            staffed_only,
            basis,
        } => {
            out.put("policy", policy);
            out.names(NAMES, names);
            for (stage, limit) in limits {
                out.limit(*stage, *limit);
            }
            out.tick("staffed-only", *staffed_only);
            out.put("basis", basis);
        }
        Change::SetCategory { category, row } => {
            out.put("category", category);
            out.row(row);
        }
        Change::AddCategory {
            category,
            within,
            row,
            duty,
            basis,
        } => {
            out.put("category", category);
            out.put("within", within);
            out.row(row);
            out.put("duty", duty);
            out.put("basis", basis);
        }
        Change::OpenCategory { category, open } => {
            out.put("category", category);
            out.put("open", if *open { "yes" } else { "no" });
        }
        Change::SetDuty {
            duty,
            replaces,
            category,
            situation,
            lead,
            supports,
            basis,
            areas,
        } => {
            out.put("duty", duty);
            out.all("replaces", replaces);
            out.put("category", category);
            out.names(PLAIN, situation);
            out.put("lead", lead);
            out.all("support", supports);
            out.put("basis", basis);
            out.all("area", areas);
        }
        Change::EndDuty { duty } => out.put("duty", duty),
        Change::SetLineGrids { unit, grids } => {
            out.put("unit", unit);
            out.put("grids", grid_lines(grids));
        }
        Change::TakeBack { number } => out.put("number", number),
    }
    out.0
}

/// Grids of a department, a line each.
fn grid_lines(grids: &[LineGrid]) -> String {
    let line = |grid: &LineGrid| {
        let covers: Vec<&str> = grid.covers.iter().map(AsRef::as_ref).collect();
        format!("{},{},{}", grid.code, grid.name, covers.join(" "))
    };
    grids.iter().map(line).collect::<Vec<_>>().join("\n")
}

struct Out(Vec<(String, String)>);

impl Out {
    fn put(&mut self, field: &str, value: impl ToString) {
        self.0.push((field.to_owned(), value.to_string()));
    }

    fn all<V: ToString>(&mut self, field: &str, values: impl IntoIterator<Item = V>) {
        for value in values {
            self.put(field, value);
        }
    }

    fn tick(&mut self, field: &str, ticked: bool) {
        if ticked {
            self.put(field, "yes");
        }
    }

    fn names(&mut self, fields: [Field; 3], names: &Names) {
        for (field, text) in fields
            .iter()
            .zip([&names.zh_hans, &names.zh_hant, &names.en])
        {
            self.put(field, text);
        }
    }

    fn hours(&mut self, hours: Option<&ServiceHours>) {
        let Some(hours) = hours else {
            return self.tick("as-above", true);
        };
        let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        for (field, day) in DAYS.iter().zip(&hours.weekly) {
            let spans = day
                .iter()
                .map(|(a, b)| format!("{}-{}", clock(*a), clock(*b)));
            self.put(field, spans.collect::<Vec<_>>().join(" "));
        }
        self.tick("working-days-only", hours.working_days_only);
    }

    fn limit(&mut self, stage: Stage, limit: Limit) {
        let (field, unit_field) = of_stage(stage);
        if let Some(amount) = limit.amount() {
            self.put(field, amount);
        }
        let unit = match limit {
            Limit::Minutes(_) => "minutes",
            Limit::Hours(_) => "hours",
            Limit::Days(_) => "days",
            Limit::ServiceMinutes(_) => "service-minutes",
            Limit::CalendarDays(_) => "calendar-days",
            Limit::WorkingDays(_) => "working-days",
            Limit::CalendarDaysToClose(_) => "calendar-days-close",
            Limit::WorkingDaysToClose(_) => "working-days-close",
            Limit::Date => "date",
        };
        self.put(unit_field, unit);
    }

    fn row(&mut self, row: &CategoryRow) {
        self.names(NAMES, &row.names);
        self.names(PLAIN, &row.plain);
        self.put("synonyms", row.synonyms.join("、"));
        self.put("visibility", row.visibility.as_str());
        self.put("policy", &row.policy);
        self.put("lead", &row.lead);
        self.tick("on-scene", row.on_scene);
        for (word, kind) in EVIDENCE {
            if row.evidence.contains(&kind) {
                self.put("evidence", word);
            }
        }
    }
}
