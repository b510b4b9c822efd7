//! What was put down to change the city, in words.

use std::collections::BTreeMap;

use domain::{
    access::{Manage, Viewer, manages},
    city::change::{Change, Dated, Topic, is_taken_back, typed_of},
    ids::{AppointmentNo, AreaCode, CategoryCode, DutyCode, PolicyCode, UnitCode},
    lang::{Lang, Names},
    time::Timestamp,
};

use super::{put_down_so_far, reader};
use crate::{Desk, Result};

/// Changes on a page, besides those that are coming.
const PAGE: usize = 25;

/// How a change stands now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// It has not begun.
    Coming,
    /// It holds.
    Begun,
    /// It was taken back before it began.
    TakenBack,
}

/// A field of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedField {
    /// Which.
    pub field: String,
    /// What was typed.
    pub value: String,
    /// What that is called, where it is the code of something.
    pub name: Option<String>,
}

/// A change as it was put down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeLine {
    /// Its number.
    pub number: u32,
    /// From when it holds.
    pub from: Timestamp,
    /// When it was put down.
    pub at: Timestamp,
    /// By whom, by login; none once they were erased.
    pub by: Option<String>,
    /// By what decision.
    pub reason: String,
    /// What kind of change.
    pub topic: Topic,
    /// What it is about, by name.
    pub subject: String,
    /// What it goes to or becomes, by name.
    pub object: String,
    /// All that was typed of it, by field.
    pub fields: Vec<ChangedField>,
    /// The areas it is about.
    pub areas: Vec<AreaCode>,
    /// How it stands.
    pub when: When,
    /// The viewer may take it back.
    pub may_take_back: bool,
}

/// All changes, the latest to begin first.
///
/// # Errors
/// [`crate::Error::Forbidden`] for who does not work for the city, and the store's.
pub async fn changes(desk: &Desk, viewer: &Viewer, lang: Lang) -> Result<Vec<ChangeLine>> {
    reader(viewer)?;
    let all = put_down_so_far(desk).await?;
    let dated: Vec<Dated> = all.iter().map(|change| change.dated.clone()).collect();
    let may = manages(viewer, Manage::City).is_some();
    let now = desk.now();
    let mut reading = desk.store.read().await?;
    let mut lines = Vec::with_capacity(all.len());
    let mut holders: BTreeMap<AppointmentNo, Option<String>> = BTreeMap::new();
    for change in &all {
        if let Some(no) = change.by
            && !holders.contains_key(&no)
        {
            let holder = reading.holder(no).await?;
            holders.insert(no, holder.map(|holder| holder.login));
        }
    }
    for change in all {
        let by = change.by.and_then(|no| holders.get(&no).cloned().flatten());
        let number = change.dated.number;
        let when = if is_taken_back(&dated, number) {
            When::TakenBack
        } else if now < change.dated.from {
            When::Coming
        } else {
            When::Begun
        };
        let (subject, object) = desk.about(&change.dated, lang);
        lines.push(ChangeLine {
            number,
            from: change.dated.from,
            at: change.at,
            by,
            reason: change.reason,
            // Kinds and topics have the same words, which a test holds to.
            topic: change
                .dated
                .change
                .kind()
                .parse()
                .unwrap_or(Topic::TakeBack),
            subject,
            object,
            fields: desk.fields_of(&change.dated, lang),
            areas: areas_in(&change.dated.change),
            when,
            may_take_back: may && when == When::Coming,
        });
    }
    lines.sort_by_key(|line| std::cmp::Reverse((line.from, line.number)));
    Ok(lines)
}

/// What is coming, in the order in which it begins, and a page of what has begun or was taken back, the
/// latest first; then where the next page starts. A page that starts `after` another has nothing that is
/// coming.
///
/// # Errors
/// As [`changes`].
pub async fn changes_page(
    desk: &Desk,
    viewer: &Viewer,
    after: Option<&str>,
    lang: Lang,
) -> Result<(Vec<ChangeLine>, Option<String>)> {
    let place = |text: &str| {
        let (from, number) = text.split_once('.')?;
        Some((from.parse::<i64>().ok()?, number.parse::<u32>().ok()?))
    };
    let after = after.and_then(place);
    let place_of = |line: &ChangeLine| (line.from.millis(), line.number);
    // The city is made of all of them: they are few, and here at once.
    let all = changes(desk, viewer, lang).await?;
    let is_coming = |line: &ChangeLine| line.when == When::Coming;
    let (mut shown, past): (Vec<_>, Vec<_>) = all.into_iter().partition(is_coming);
    shown.reverse();
    if after.is_some() {
        shown.clear();
    }
    let mut past = past
        .into_iter()
        .filter(|line| after.is_none_or(|after| place_of(line) < after));
    shown.extend(past.by_ref().take(PAGE));
    let more = past.next().is_some();
    let last = shown.last().filter(|_| more).map(place_of);
    let next = last.map(|(from, number)| format!("{from}.{number}"));
    Ok((shown, next))
}

/// The areas a change is about.
fn areas_in(change: &Change) -> Vec<AreaCode> {
    match change {
        Change::RenameArea { area, .. } | Change::SetOffice { area, .. } => vec![area.clone()],
        Change::MoveArea { area, to } | Change::MergeAreas { area, into: to } => {
            vec![area.clone(), to.clone()]
        }
        Change::SplitArea {
            area, code, takes, ..
        } => {
            let both = [area.clone(), code.clone()];
            both.into_iter().chain(takes.iter().cloned()).collect()
        }
        Change::AddArea { within, .. } => vec![within.clone()],
        Change::SetHours { area, .. } => area.iter().cloned().collect(),
        Change::SetDuty { areas, .. } => areas.clone(),
        _ => Vec::new(),
    }
}

impl Desk {
    /// What something of the city is called, by its code; the code itself where nothing has it.
    #[must_use]
    pub fn called(&self, code: &str, lang: Lang) -> String {
        let (city, now) = (&self.city, self.now());
        let area = AreaCode::new(code).ok();
        let area = area.and_then(|code| city.areas.last_of(&code, now));
        let category = CategoryCode::new(code).ok();
        let category = category.and_then(|code| city.category(&code));
        let policy = PolicyCode::new(code).ok();
        let policy = policy.and_then(|code| city.policy(&code));
        let names = area
            .map(|area| &area.names)
            .or(category.map(|category| &category.names))
            .or(policy.map(|policy| &policy.names));
        names.map_or_else(|| code.to_owned(), |names| names.get(lang).to_owned())
    }

    /// What was typed of a change, and what its codes are called the day before it begins.
    fn fields_of(&self, dated: &Dated, lang: Lang) -> Vec<ChangedField> {
        let before = dated.from.plus(-domain::time::Millis::new(1));
        typed_of(&dated.change)
            .into_iter()
            .map(|(field, value)| ChangedField {
                name: self.code_in(&field, &value, before, lang),
                field,
                value,
            })
            .collect()
    }

    /// What a code in a field of a change is called; none for what is no code, or of nothing that is
    /// known then.
    #[must_use]
    pub fn code_in(&self, field: &str, value: &str, at: Timestamp, lang: Lang) -> Option<String> {
        let city = &self.city;
        let named = |names: &Names| names.get(lang).to_owned();
        match field {
            "area" | "to" | "into" | "takes" | "within" | "category" => {
                let area = AreaCode::new(value).ok();
                let area = area.and_then(|code| city.areas.last_of(&code, at));
                let category = CategoryCode::new(value).ok();
                let category = category.and_then(|code| city.category(&code));
                area.map(|area| &area.names)
                    .or(category.map(|category| &category.names))
                    .map(named)
            }
            "lead" | "support" | "unit" => {
                let code = UnitCode::new(value).ok()?;
                city.unit(&code)?;
                Some(self.module_name(&code, lang))
            }
            "policy" => {
                let policy = city.policy(&PolicyCode::new(value).ok()?)?;
                Some(named(&policy.names))
            }
            "duty" | "replaces" => {
                let duty = city.duty(&DutyCode::new(value).ok()?)?;
                Some(named(&duty.situation))
            }
            _ => None,
        }
    }

    /// The name of an area on a day, whether it has begun by now or not.
    pub(super) fn area_name(&self, code: &AreaCode, at: Timestamp, lang: Lang) -> String {
        let area = self.city.areas.last_of(code, at);
        area.map_or_else(|| code.to_string(), |area| area.names.get(lang).to_owned())
    }

    pub(super) fn category_name(&self, code: &CategoryCode, lang: Lang) -> String {
        let category = self.city.category(code);
        category.map_or_else(|| code.to_string(), |c| c.names.get(lang).to_owned())
    }

    /// What a change is about and what it goes to, by the names of the day before it begins.
    pub(super) fn about(&self, dated: &Dated, lang: Lang) -> (String, String) {
        let before = dated.from.plus(-domain::time::Millis::new(1));
        let area = |code: &AreaCode| self.area_name(code, before, lang);
        let new = |names: &Names| names.get(lang).to_owned();
        let category = |code: &CategoryCode| self.category_name(code, lang);
        let none = String::new();
        match &dated.change {
            Change::RenameArea {
                area: of, names, ..
            } => (area(of), new(names)),
            Change::MoveArea { area: of, to } => (area(of), area(to)),
            Change::SplitArea {
                area: of, names, ..
            } => (area(of), new(names)),
            Change::MergeAreas { area: of, into } => (area(of), area(into)),
            Change::AddArea { within, names, .. } => (area(within), new(names)),
            Change::SetOffice { area: of, .. } => (area(of), none),
            Change::SetHours { area: of, .. } => {
                let of = of.as_ref().map(area);
                (of.unwrap_or_else(|| new(&self.city.names)), none)
            }
            Change::SetClocks { names, .. } => (new(names), none),
            Change::SetCategory { category: of, row } => (category(of), new(&row.names)),
            Change::AddCategory { within, row, .. } => (category(within), new(&row.names)),
            Change::OpenCategory { category: of, .. } => (category(of), none),
            Change::SetDuty {
                category: of, lead, ..
            } => (category(of), self.module_name(lead, lang)),
            Change::EndDuty { duty } => {
                let of = self.city.duty(duty).map(|duty| category(&duty.category));
                (of.unwrap_or_else(|| duty.to_string()), none)
            }
            Change::SetLineGrids { unit, grids } => {
                (self.module_name(unit, lang), grids.len().to_string())
            }
            Change::TakeBack { number } => (number.to_string(), none),
        }
    }
}
