//! What a form of `/desk/city` begins with.

use domain::{
    city::change::{CategoryRow, Change, Topic, typed_of},
    ids::{AreaCode, CategoryCode, DutyCode, PolicyCode, UnitCode},
};

use crate::Desk;

/// What a form begins with: the row as it is, where it is about one that is there.
#[must_use]
pub fn starting(desk: &Desk, topic: Topic, of: &str) -> Vec<(String, String)> {
    let change = change_as_it_is(desk, topic, of);
    let mut fields = change.as_ref().map(typed_of).unwrap_or_default();
    if let Some(Change::SetHours {
        area: Some(area), ..
    }) = &change
        && !desk.city.hours.contains_key(area)
    {
        fields.push(("as-above".to_owned(), "yes".to_owned()));
    }
    fields
}

fn change_as_it_is(desk: &Desk, topic: Topic, of: &str) -> Option<Change> {
    let (city, now) = (&desk.city, desk.now());
    let code = || AreaCode::new(of).ok();
    let area = || code().and_then(|code| city.areas.at(&code, now));
    Some(match topic {
        Topic::RenameArea => {
            let area = area()?;
            Change::RenameArea {
                area: area.code.clone(),
                names: area.names.clone(),
                pinyin: area.pinyin.clone(),
            }
        }
        Topic::SetOffice => {
            let area = area()?;
            Change::SetOffice {
                area: area.code.clone(),
                contact: area.contact.clone()?,
            }
        }
        Topic::SetHours => {
            let hours = match code() {
                Some(code) => city.hours_for(&code, now),
                None => &city.default_hours,
            };
            Change::SetHours {
                area: area().map(|area| area.code.clone()),
                hours: Some(hours.clone()),
            }
        }
        Topic::SetClocks => {
            let policy = city.policy(&PolicyCode::new(of).ok()?)?.clone();
            Change::SetClocks {
                policy: policy.code,
                names: policy.names,
                limits: policy.limits,
                staffed_only: policy.staffed_only,
                basis: policy.basis,
            }
        }
        Topic::SetCategory => {
            let category = city.category(&CategoryCode::new(of).ok()?)?;
            Change::SetCategory {
                category: category.code.clone(),
                row: CategoryRow::of(category),
            }
        }
        Topic::OpenCategory => {
            let category = city.category(&CategoryCode::new(of).ok()?)?;
            Change::OpenCategory {
                category: category.code.clone(),
                open: category.closed,
            }
        }
        Topic::SetDuty => {
            let duty = city.duty(&DutyCode::new(of).ok()?)?.clone();
            let code = next_code(desk, &duty.code);
            Change::SetDuty {
                duty: code,
                replaces: Some(duty.code),
                category: duty.category,
                situation: duty.situation,
                lead: duty.lead,
                supports: duty.supports,
                basis: duty.basis,
                areas: duty.areas,
            }
        }
        Topic::SetLineGrids => {
            let unit = UnitCode::new(of).ok()?;
            let grids = city.line_grids.get(&unit).cloned().unwrap_or_default();
            Change::SetLineGrids { unit, grids }
        }
        _ => return None,
    })
}

/// A code for the row that takes the place of another: its name with the next free number.
fn next_code(desk: &Desk, code: &DutyCode) -> DutyCode {
    let stem = code.as_str().trim_end_matches(|c: char| c.is_ascii_digit());
    let stem = stem.trim_end_matches('-');
    (2..1_000)
        .filter_map(|no| DutyCode::new(format!("{stem}-{no}")).ok())
        .find(|code| desk.city.duty(code).is_none())
        .unwrap_or_else(|| code.clone())
}
