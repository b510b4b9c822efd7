//! What the screens of `/desk/city` show, in the language of who reads.

use std::collections::BTreeMap;

use domain::{
    access::{Manage, Viewer, manages},
    area::{Area, AreaKind, OfficeContact},
    city::{
        Category, Duty,
        change::{Change, Dated, Overlay, Topic, is_taken_back, typed_of},
    },
    clock::{Limit, ServiceHours, Stage},
    ids::{AppointmentNo, AreaCode, CategoryCode, DutyCode, PolicyCode, UnitCode},
    lang::{Lang, Names},
    time::Timestamp,
    visibility::Visibility,
};

use super::{put_down_so_far, reader};
use crate::{Desk, Error, Result};

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
    pub fields: Vec<(String, String)>,
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
/// [`Error::Forbidden`] for who does not work for the city, and the store's.
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
            fields: typed_of(&change.dated.change),
            areas: areas_in(&change.dated.change),
            when,
            may_take_back: may && when == When::Coming,
        });
    }
    lines.sort_by_key(|line| std::cmp::Reverse((line.from, line.number)));
    Ok(lines)
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

    /// The name of an area on a day, whether it has begun by now or not.
    fn area_name(&self, code: &AreaCode, at: Timestamp, lang: Lang) -> String {
        let area = self.city.areas.last_of(code, at);
        area.map_or_else(|| code.to_string(), |area| area.names.get(lang).to_owned())
    }

    fn category_name(&self, code: &CategoryCode, lang: Lang) -> String {
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

/// An area with what lies in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaView {
    /// Its code.
    pub code: AreaCode,
    /// How large it is.
    pub kind: AreaKind,
    /// Its name.
    pub name: String,
    /// Former names.
    pub formerly: Vec<String>,
    /// Since when this is so.
    pub since: Timestamp,
    /// What it lies in, the largest first.
    pub above: Vec<(AreaCode, String)>,
    /// What lies in it: code, name, and how many lie in that.
    pub inside: Vec<(AreaCode, String, usize)>,
    /// How its office is reached.
    pub contact: Option<OfficeContact>,
    /// Its opening hours.
    pub hours: ServiceHours,
    /// They are its own.
    pub own_hours: bool,
    /// When it ends, and who answers for it then.
    pub ends: Option<(Timestamp, Option<String>)>,
}

/// An area as it is now; without a code, the city.
///
/// # Errors
/// [`Error::Forbidden`], and [`Error::NotFound`] for a code that is no area now.
pub fn area(desk: &Desk, viewer: &Viewer, code: Option<&AreaCode>, lang: Lang) -> Result<AreaView> {
    reader(viewer)?;
    let (areas, now) = (&desk.city.areas, desk.now());
    let area = match code {
        Some(code) => areas.at(code, now),
        None => areas.of_kind(AreaKind::City, now).into_iter().next(),
    };
    let area = area.ok_or(Error::NotFound)?;
    let named = |area: &Area| (area.code.clone(), area.names.get(lang).to_owned());
    let mut above: Vec<_> = areas
        .ancestors(&area.code, now)
        .into_iter()
        .map(named)
        .collect();
    above.reverse();
    let inside = areas.children(&area.code, now).into_iter().map(|child| {
        let (code, name) = named(child);
        let count = areas.children(&code, now).len();
        (code, name, count)
    });
    let ends = areas.rows_of(&area.code).last().and_then(|last| {
        let heir = last.heir.as_ref();
        Some((
            last.valid_to?,
            heir.map(|code| desk.area_name(code, now, lang)),
        ))
    });
    Ok(AreaView {
        code: area.code.clone(),
        kind: area.kind,
        name: area.names.get(lang).to_owned(),
        formerly: area.formerly.clone(),
        since: area.valid_from,
        above,
        inside: inside.collect(),
        contact: area.contact.clone(),
        hours: desk.city.hours_for(&area.code, now).clone(),
        own_hours: desk.city.hours.contains_key(&area.code),
        ends,
    })
}

/// A category in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryLine {
    /// Its code.
    pub code: CategoryCode,
    /// Its name.
    pub name: String,
    /// What belongs there.
    pub plain: String,
    /// Name of its clocks.
    pub policy: String,
    /// Who leads.
    pub lead: String,
    /// What the form proposes.
    pub visibility: Visibility,
    /// Not offered any more.
    pub closed: bool,
}

/// The categories that take filings, under the groups they are in.
///
/// # Errors
/// [`Error::Forbidden`].
pub fn categories(
    desk: &Desk,
    viewer: &Viewer,
    lang: Lang,
) -> Result<Vec<(CategoryCode, String, Vec<CategoryLine>)>> {
    reader(viewer)?;
    let mut groups: Vec<(CategoryCode, String, Vec<CategoryLine>)> = Vec::new();
    for leaf in desk.city.leaf_categories() {
        let Some(group) = &leaf.parent else { continue };
        let line = category_line(desk, leaf, lang);
        match groups.iter_mut().find(|(code, ..)| code == group) {
            Some((.., lines)) => lines.push(line),
            None => groups.push((group.clone(), desk.category_name(group, lang), vec![line])),
        }
    }
    Ok(groups)
}

/// One category.
///
/// # Errors
/// [`Error::Forbidden`], and [`Error::NotFound`] for a code that is none.
pub fn category(
    desk: &Desk,
    viewer: &Viewer,
    code: &CategoryCode,
    lang: Lang,
) -> Result<CategoryLine> {
    reader(viewer)?;
    let category = desk.city.category(code).ok_or(Error::NotFound)?;
    Ok(category_line(desk, category, lang))
}

fn category_line(desk: &Desk, category: &Category, lang: Lang) -> CategoryLine {
    let policy = desk.city.policy(&category.policy);
    CategoryLine {
        code: category.code.clone(),
        name: category.names.get(lang).to_owned(),
        plain: category.plain.get(lang).to_owned(),
        policy: policy.map_or_else(
            || category.policy.to_string(),
            |policy| policy.names.get(lang).to_owned(),
        ),
        lead: desk.module_name(&category.lead, lang),
        visibility: category.visibility,
        closed: category.closed,
    }
}

/// A clock preset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyLine {
    /// Its code.
    pub code: PolicyCode,
    /// Its name.
    pub name: String,
    /// Its limits.
    pub limits: Vec<(Stage, Limit)>,
    /// Minutes run only while the station is staffed.
    pub staffed_only: bool,
    /// Where it comes from.
    pub basis: String,
    /// How many categories have it.
    pub used: usize,
}

/// The clock presets.
///
/// # Errors
/// [`Error::Forbidden`].
pub fn policies(desk: &Desk, viewer: &Viewer, lang: Lang) -> Result<Vec<PolicyLine>> {
    reader(viewer)?;
    let city = &desk.city;
    let leaves = city.leaf_categories();
    Ok(city
        .policies
        .iter()
        .map(|policy| PolicyLine {
            code: policy.code.clone(),
            name: policy.names.get(lang).to_owned(),
            limits: policy.limits.clone(),
            staffed_only: policy.staffed_only,
            basis: policy.basis.clone(),
            used: leaves
                .iter()
                .filter(|leaf| leaf.policy == policy.code)
                .count(),
        })
        .collect())
}

/// Opening hours of an area; of none, those that hold where no area says otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoursLine {
    /// Of which.
    pub area: Option<AreaCode>,
    /// Its name.
    pub name: String,
    /// The hours.
    pub hours: ServiceHours,
}

/// All opening hours there are.
///
/// # Errors
/// [`Error::Forbidden`].
pub fn hours(desk: &Desk, viewer: &Viewer, lang: Lang) -> Result<Vec<HoursLine>> {
    reader(viewer)?;
    let city = &desk.city;
    let whole = HoursLine {
        area: None,
        name: city.names.get(lang).to_owned(),
        hours: city.default_hours.clone(),
    };
    let own = city.hours.iter().map(|(code, hours)| HoursLine {
        area: Some(code.clone()),
        name: desk.area_name(code, desk.now(), lang),
        hours: hours.clone(),
    });
    Ok(std::iter::once(whole).chain(own).collect())
}

/// A row of the duty list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyLine {
    /// Its code.
    pub code: DutyCode,
    /// In which situation.
    pub situation: String,
    /// Who leads.
    pub lead: String,
    /// Who supports.
    pub supports: Vec<String>,
    /// The law or rule.
    pub basis: String,
    /// Only there.
    pub areas: Vec<String>,
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Option<Timestamp>,
}

/// The duties of a category that hold now or will: as they are asked, the first the usual one.
///
/// # Errors
/// [`Error::Forbidden`].
pub fn duties(
    desk: &Desk,
    viewer: &Viewer,
    category: &CategoryCode,
    lang: Lang,
) -> Result<Vec<DutyLine>> {
    reader(viewer)?;
    let now = desk.now();
    let line = |duty: &Duty| DutyLine {
        code: duty.code.clone(),
        situation: duty.situation.get(lang).to_owned(),
        lead: desk.module_name(&duty.lead, lang),
        supports: duty
            .supports
            .iter()
            .map(|unit| desk.module_name(unit, lang))
            .collect(),
        basis: duty.basis.clone(),
        areas: duty
            .areas
            .iter()
            .map(|code| desk.area_name(code, now, lang))
            .collect(),
        from: duty.valid_from,
        until: duty.valid_to,
    };
    let of = desk
        .city
        .duties
        .iter()
        .filter(|duty| duty.category == *category);
    Ok(of
        .filter(|duty| duty.valid_to.is_none_or(|end| now < end))
        .map(line)
        .collect())
}

/// A piece that several grids of a department cover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverlapLine {
    /// Where.
    pub name: String,
    /// Which grids, as the department numbers them.
    pub grids: String,
}

/// The grids of a department over the city's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverlayView {
    /// Of which.
    pub unit: UnitCode,
    /// Its name.
    pub name: String,
    /// How many grids it has.
    pub grids: usize,
    /// Smallest areas of the city, and those of them that are covered.
    pub pieces: (usize, usize),
    /// What none covers, by name.
    pub gaps: Vec<String>,
    /// What several cover.
    pub overlaps: Vec<OverlapLine>,
    /// Grids that lie in several grids of the city.
    pub astride: Vec<String>,
    /// Codes that are not there any more.
    pub gone: Vec<String>,
}

/// The grids of all departments that have some, laid over the city's as they are now.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn overlays(desk: &Desk, viewer: &Viewer, lang: Lang) -> Result<Vec<OverlayView>> {
    reader(viewer)?;
    let desk = desk.clone();
    let laid = tokio::task::spawn_blocking(move || laid(&desk, lang));
    laid.await.map_err(|_| Error::Store(store::Error::Stopped))
}

fn laid(desk: &Desk, lang: Lang) -> Vec<OverlayView> {
    let now = desk.now();
    let view = |(unit, grids): (&UnitCode, &Vec<domain::city::change::LineGrid>)| {
        let laid = desk.city.overlay(grids, now);
        OverlayView {
            unit: unit.clone(),
            name: desk.module_name(unit, lang),
            grids: grids.len(),
            pieces: (laid.pieces, laid.covered),
            gaps: gap_names(desk, &laid, lang),
            overlaps: laid
                .overlaps
                .iter()
                .map(|overlap| OverlapLine {
                    name: desk.area_name(&overlap.area, now, lang),
                    grids: overlap.grids.join(", "),
                })
                .collect(),
            astride: laid.astride,
            gone: laid.gone.iter().map(ToString::to_string).collect(),
        }
    };
    desk.city.line_grids.iter().map(view).collect()
}

fn gap_names(desk: &Desk, laid: &Overlay, lang: Lang) -> Vec<String> {
    let now = desk.now();
    laid.gaps
        .iter()
        .map(|code| desk.area_name(code, now, lang))
        .collect()
}
