//! From files to a city: dates become instants, categories take from those above what they do not
//! say, grids are made by rule. What cannot be built is a fault; what is built but wrong is found
//! by `lint`.

use std::collections::BTreeMap;

use super::build_areas::{self, with_name};
use super::files::{CategoryToml, HoursToml, LimitsToml};
use super::search::SearchIndex;
use super::{
    Category, CategoryKind, City, CityFiles, Contractor, Duty, Issuer, Notice, Service, Unit,
    UnitKind,
};
use crate::area::OfficeContact;
use crate::calendar::Calendar;
use crate::clock::{Limit, Policy, ServiceHours, Stage};
use crate::ids::CategoryCode;
use crate::time::{CityTime, Timestamp, parse_date};
use crate::visibility::Visibility;

/// Why the files do not make a city.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {what}")]
pub struct CityFault {
    /// The file to look at.
    pub file: &'static str,
    /// What is wrong, with the code of the row.
    pub what: String,
}

pub(super) fn fault(file: &'static str, what: impl ToString) -> CityFault {
    CityFault {
        file,
        what: what.to_string(),
    }
}

/// First instant of a day written `YYYY-MM-DD`.
pub(super) fn day(file: &'static str, time: &CityTime, text: &str) -> Result<Timestamp, CityFault> {
    let date = parse_date(text).map_err(|e| fault(file, e))?;
    Ok(time.start_of_day(date))
}

fn optional_day(
    file: &'static str,
    time: &CityTime,
    text: Option<&String>,
) -> Result<Option<Timestamp>, CityFault> {
    text.map(|t| day(file, time, t)).transpose()
}

impl City {
    /// Makes a city of its files.
    ///
    /// # Errors
    /// [`CityFault`] for a date, span or offset that cannot be read, a community without details,
    /// a document nobody wrote, or a category above that does not come first.
    pub fn build(files: CityFiles) -> Result<Self, CityFault> {
        let time = city_time(&files)?;
        let calendar =
            Calendar::from_csv(&files.calendar_csv).map_err(|e| fault("calendar.csv", e))?;
        let (areas, dedicated_grids) = build_areas::areas(&files, &time)?;
        let mut hours = BTreeMap::new();
        let mut default_hours = None;
        for (area, toml) in &files.city.hours {
            let parsed = service_hours(toml)?;
            if area.as_str() == "default" {
                default_hours = Some(parsed);
            } else {
                hours.insert(area.clone(), parsed);
            }
        }
        let mut city = Self {
            default_hours: default_hours
                .ok_or_else(|| fault("city.toml", "[hours.default] is missing"))?,
            hours,
            areas,
            dedicated_grids,
            calendar,
            units: units(&files, &time)?,
            policies: policies(&files),
            duties: duties(&files, &time)?,
            categories: categories(&files)?,
            services: services(&files)?,
            contractors: contractors(&files, &time)?,
            line_grids: BTreeMap::new(),
            notices: notices(&files, &time)?,
            code: files.city.code,
            names: files.city.names,
            schematic: files.city.schematic,
            default_lang: files.city.default_lang,
            emergency: files.city.emergency,
            settings: files.city.settings,
            time,
            index: SearchIndex::default(),
        };
        city.index = SearchIndex::new(&city);
        Ok(city)
    }
}

fn city_time(files: &CityFiles) -> Result<CityTime, CityFault> {
    let utc = |text: &str| -> Result<Timestamp, CityFault> {
        let date = parse_date(text).map_err(|e| fault("city.toml", e))?;
        Ok(Timestamp::from_millis(
            date.midnight().assume_utc().unix_timestamp() * 1000,
        ))
    };
    let offsets = files
        .city
        .offsets
        .iter()
        .map(|o| Ok((utc(&o.from)?, o.minutes)))
        .collect::<Result<Vec<_>, CityFault>>()?;
    CityTime::new(offsets).map_err(|e| fault("city.toml", e))
}

/// Minute of the day of `HH:MM`, up to `24:00`.
fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (minute < 60 && (hour < 24 || (hour == 24 && minute == 0))).then_some(hour * 60 + minute)
}

/// Spans of opening hours of a day such as `08:30-12:00 14:00-17:30`, in order; nothing is shut.
pub(super) fn spans(day: &str) -> Option<Vec<(u16, u16)>> {
    let mut last = 0;
    day.split_whitespace()
        .map(|span| {
            let (from, to) = span
                .split_once('-')
                .and_then(|(a, b)| minute(a).zip(minute(b)))
                .filter(|&(from, to)| from >= last && from < to)?;
            last = to;
            Some((from, to))
        })
        .collect()
}

fn service_hours(toml: &HoursToml) -> Result<ServiceHours, CityFault> {
    let of_day = |day: &String| {
        spans(day).ok_or_else(|| fault("city.toml", format!("not a span of hours: {day:?}")))
    };
    let week = toml
        .week
        .iter()
        .map(of_day)
        .collect::<Result<Vec<_>, _>>()?;
    let weekly: [Vec<(u16, u16)>; 7] = week
        .try_into()
        .map_err(|_| fault("city.toml", "a week of hours has seven days"))?;
    Ok(ServiceHours {
        weekly,
        working_days_only: toml.working_days_only,
    })
}

fn units(files: &CityFiles, time: &CityTime) -> Result<Vec<Unit>, CityFault> {
    let toml = &files.departments;
    let valid_from = day("departments.toml", time, &toml.valid_from)?;
    let mut units = Vec::new();
    for (i, d) in toml.department.iter().enumerate() {
        units.push(Unit {
            code: d.code.clone(),
            kind: UnitKind::Department,
            parent: None,
            names: d.names.clone(),
            valid_from,
            valid_to: None,
            contact: Some(OfficeContact {
                phone: format!("{}{:03}", toml.phone_prefix, i + 1),
                address: with_name(&toml.address, &d.names),
                hours_note: toml.hours_note.clone(),
            }),
        });
        units.extend(d.module.iter().map(|m| Unit {
            code: m.code.clone(),
            kind: UnitKind::Module,
            parent: Some(d.code.clone()),
            names: m.names.clone(),
            valid_from,
            valid_to: None,
            contact: None,
        }));
    }
    Ok(units)
}

/// The limits of a file's row, in the order of the stages.
fn limits(own: &LimitsToml, common: &LimitsToml) -> Vec<(Stage, Limit)> {
    [
        (Stage::Respond, &own.respond, &common.respond),
        (Stage::Dispatch, &own.dispatch, &common.dispatch),
        (Stage::ReportIn, &own.report_in, &common.report_in),
        (Stage::SetOut, &own.set_out, &common.set_out),
        (Stage::Arrive, &own.arrive, &common.arrive),
        (Stage::Resolve, &own.resolve, &common.resolve),
        (Stage::Verify, &own.verify, &common.verify),
        (Stage::Release, &own.release, &common.release),
        (Stage::Return, &own.give_back, &common.give_back),
        (Stage::Answer, &own.answer, &common.answer),
    ]
    .into_iter()
    .filter_map(|(stage, own, common)| {
        own.as_ref()
            .or(common.as_ref())
            .map(|limit| (stage, *limit))
    })
    .collect()
}

fn policies(files: &CityFiles) -> Vec<Policy> {
    files
        .policies
        .policy
        .iter()
        .map(|p| Policy {
            code: p.code.clone(),
            names: p.names.clone(),
            limits: limits(&p.limits, &files.policies.common),
            staffed_only: p.staffed_only,
            basis: p.basis.clone(),
        })
        .collect()
}

fn categories(files: &CityFiles) -> Result<Vec<Category>, CityFault> {
    const FILE: &str = "categories.toml";
    let mut built: Vec<Category> = Vec::new();
    for row in &files.categories.category {
        let above = match &row.parent {
            None => None,
            Some(parent) => Some(find(&built, parent).ok_or_else(|| {
                fault(
                    FILE,
                    format!("`{}`: `{parent}` must stand before it", row.code),
                )
            })?),
        };
        let made = category(row, above).map_err(|field| {
            fault(
                FILE,
                format!("`{}` has no {field}, nor has any category above", row.code),
            )
        })?;
        built.push(made);
    }
    Ok(built)
}

fn find<'a>(built: &'a [Category], code: &CategoryCode) -> Option<&'a Category> {
    built.iter().find(|c| &c.code == code)
}

/// A category with what it leaves out taken from the one above; `Err` names the missing field.
fn category(row: &CategoryToml, above: Option<&Category>) -> Result<Category, &'static str> {
    let always_private = row
        .always_private
        .or(above.map(|a| a.always_private))
        .unwrap_or(false);
    let kind = row
        .kind
        .or(above.map(|a| a.kind))
        .unwrap_or(CategoryKind::Whistle);
    Ok(Category {
        code: row.code.clone(),
        parent: row.parent.clone(),
        names: row.names.clone(),
        plain: row.plain.clone(),
        synonyms: row.synonyms.clone(),
        kind,
        // Nothing said means private: a forgotten line must not open a case.
        visibility: row
            .visibility
            .or(above.map(|a| a.visibility))
            .unwrap_or(Visibility::Private),
        always_private,
        help_lines: row
            .help_lines
            .clone()
            .or_else(|| above.map(|a| a.help_lines.clone()))
            .unwrap_or_default(),
        policy: row
            .policy
            .clone()
            .or_else(|| above.map(|a| a.policy.clone()))
            .ok_or("policy")?,
        lead: row
            .lead
            .clone()
            .or_else(|| above.map(|a| a.lead.clone()))
            .ok_or("lead")?,
        on_scene: row.on_scene.or(above.map(|a| a.on_scene)).unwrap_or(false),
        evidence: row
            .evidence
            .clone()
            .or_else(|| above.map(|a| a.evidence.clone()))
            .unwrap_or_default(),
        emergency: row
            .emergency
            .or(above.map(|a| a.emergency))
            .unwrap_or(false),
        closed: false,
    })
}

fn duties(files: &CityFiles, time: &CityTime) -> Result<Vec<Duty>, CityFault> {
    const FILE: &str = "duties.toml";
    let valid_from = day(FILE, time, &files.duties.valid_from)?;
    let built = categories(files)?;
    files
        .duties
        .duty
        .iter()
        .map(|d| {
            let category = find(&built, &d.category).ok_or_else(|| {
                fault(FILE, format!("`{}`: no category `{}`", d.code, d.category))
            })?;
            Ok(Duty {
                code: d.code.clone(),
                category: d.category.clone(),
                situation: d
                    .situation
                    .clone()
                    .unwrap_or_else(|| category.plain.clone()),
                lead: d.lead.clone().unwrap_or_else(|| category.lead.clone()),
                supports: d.supports.clone(),
                basis: d.basis.clone(),
                areas: d.areas.clone(),
                valid_from: match &d.valid_from {
                    Some(text) => day(FILE, time, text)?,
                    None => valid_from,
                },
                valid_to: d
                    .valid_to
                    .as_ref()
                    .map(|text| day(FILE, time, text))
                    .transpose()?,
            })
        })
        .collect()
}

fn services(files: &CityFiles) -> Result<Vec<Service>, CityFault> {
    files
        .services
        .service
        .iter()
        .map(|s| {
            let documents = s
                .documents
                .iter()
                .map(|key| {
                    files.documents.get(key).cloned().ok_or_else(|| {
                        fault(
                            "services.toml",
                            format!("`{}`: no document `{key}`", s.code),
                        )
                    })
                })
                .collect::<Result<_, _>>()?;
            Ok(Service {
                code: s.code.clone(),
                names: s.names.clone(),
                summary: s.summary.clone(),
                kind: s.kind,
                department: s.unit.clone(),
                documents,
                basis: s.basis.clone(),
                statutory_days: s.statutory,
                promised_days: s.promised,
                fee: s.fee.clone(),
                reach: s.reach,
                modes: s.modes.clone(),
                visits: s.visits,
                synonyms: s.synonyms.clone(),
            })
        })
        .collect()
}

fn contractors(files: &CityFiles, time: &CityTime) -> Result<Vec<Contractor>, CityFault> {
    const FILE: &str = "contractors.toml";
    files
        .contractors
        .contractor
        .iter()
        .map(|c| {
            Ok(Contractor {
                code: c.code.clone(),
                names: c.names.clone(),
                task: c.task.clone(),
                supervised_by: c.supervised_by.clone(),
                categories: c.categories.clone(),
                valid_from: day(FILE, time, &c.valid_from)?,
                valid_to: optional_day(FILE, time, c.valid_to.as_ref())?,
            })
        })
        .collect()
}

fn notices(files: &CityFiles, time: &CityTime) -> Result<Vec<Notice>, CityFault> {
    const FILE: &str = "notices.toml";
    files
        .notices
        .notice
        .iter()
        .map(|n| {
            let issuer = match (&n.unit, &n.area) {
                (Some(unit), None) => Issuer::Unit(unit.clone()),
                (None, Some(area)) => Issuer::Area(area.clone()),
                _ => {
                    let what = format!("`{}` is posted by a unit or by an area", n.code);
                    return Err(fault(FILE, what));
                }
            };
            Ok(Notice {
                code: n.code.clone(),
                title: n.title.clone(),
                body: n.body.clone(),
                issuer,
                areas: n.areas.clone(),
                published: day(FILE, time, &n.published)?,
                until: optional_day(FILE, time, n.until.as_ref())?,
            })
        })
        .collect()
}
