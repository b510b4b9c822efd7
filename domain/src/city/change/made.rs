//! One change, made of the tables of a city.

use super::areas::{self, Rows};
use super::{CategoryRow, Change, ChangeFault, Dated};
use crate::city::{Category, City, Duty};
use crate::clock::{Policy, ServiceHours};
use crate::ids::{AreaCode, CategoryCode, DutyCode};
use crate::time::Timestamp;

impl City {
    pub(super) fn make(&mut self, rows: &mut Rows, dated: &Dated) -> Result<(), ChangeFault> {
        let from = dated.from;
        match dated.change.clone() {
            Change::RenameArea {
                area,
                names,
                pinyin,
            } => rows.rename(&area, names, pinyin, from),
            Change::MoveArea { area, to } => rows.relocate(&area, &to, from),
            Change::SplitArea {
                area,
                code,
                names,
                pinyin,
                takes,
            } => {
                let new = areas::New {
                    code,
                    names,
                    pinyin,
                };
                rows.split(&area, new, &takes, from)
            }
            Change::MergeAreas { area, into } => rows.merge(&area, &into, from),
            Change::AddArea {
                within,
                code,
                names,
                pinyin,
            } => {
                let new = areas::New {
                    code,
                    names,
                    pinyin,
                };
                rows.add(&within, new, from)
            }
            Change::SetOffice { area, contact } => {
                let same = rows.get(&area, from)?.contact.as_ref() == Some(&contact);
                differs(!same, area.as_str())?;
                rows.revise(&area, from, |row| row.contact = Some(contact))
            }
            Change::SetHours { area, hours } => {
                if let Some(area) = &area {
                    rows.get(area, from)?;
                }
                self.set_hours(area, hours)
            }
            Change::SetClocks {
                policy,
                names,
                limits,
                staffed_only,
                basis,
            } => self.set_clocks(Policy {
                code: policy,
                names,
                limits,
                staffed_only,
                basis,
            }),
            Change::SetCategory { category, row } => {
                let known = self.category_mut(&category)?;
                differs(CategoryRow::of(known) != row, category.as_str())?;
                row.put_into(known);
                Ok(())
            }
            Change::AddCategory {
                category,
                within,
                row,
                duty,
                basis,
            } => self.add_category(category, within, row, (duty, basis), from),
            Change::OpenCategory { category, open } => {
                if self.category(&category).is_some() && !self.is_leaf(&category) {
                    return Err(ChangeFault::IsAGroup(category));
                }
                let known = self.category_mut(&category)?;
                differs(known.closed == open, category.as_str())?;
                known.closed = !open;
                Ok(())
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
                let row = Duty {
                    code: duty,
                    category,
                    situation,
                    lead,
                    supports,
                    basis,
                    areas,
                    valid_from: from,
                    valid_to: None,
                };
                self.set_duty(row, replaces.as_ref(), from)
            }
            Change::EndDuty { duty } => self.end_duty(&duty, from).map(|_| ()),
            Change::SetLineGrids { unit, grids } => {
                let known = rows.codes_at(from);
                let mut named = grids.iter().flat_map(|grid| &grid.covers);
                if let Some(nowhere) = named.find(|code| !known.contains(code)) {
                    return Err(ChangeFault::NotThere(nowhere.to_string()));
                }
                self.set_line_grids(unit, grids)
            }
            Change::TakeBack { .. } => Ok(()),
        }
    }

    fn set_hours(
        &mut self,
        area: Option<AreaCode>,
        hours: Option<ServiceHours>,
    ) -> Result<(), ChangeFault> {
        let Some(area) = area else {
            // The city itself has nothing above it whose hours could hold.
            let hours = hours.ok_or_else(|| ChangeFault::NotThere(self.code.clone()))?;
            differs(self.default_hours != hours, &self.code)?;
            self.default_hours = hours;
            return Ok(());
        };
        differs(self.hours.get(&area) != hours.as_ref(), area.as_str())?;
        match hours {
            Some(hours) => {
                self.hours.insert(area, hours);
            }
            None => {
                self.hours.remove(&area);
            }
        }
        Ok(())
    }

    fn set_clocks(&mut self, policy: Policy) -> Result<(), ChangeFault> {
        match self.policies.iter_mut().find(|p| p.code == policy.code) {
            Some(known) => {
                differs(*known != policy, policy.code.as_str())?;
                *known = policy;
            }
            None => self.policies.push(policy),
        }
        Ok(())
    }

    pub(super) fn category_mut(
        &mut self,
        code: &CategoryCode,
    ) -> Result<&mut Category, ChangeFault> {
        let found = self.categories.iter_mut().find(|c| &c.code == code);
        found.ok_or_else(|| ChangeFault::NotThere(code.to_string()))
    }

    fn add_category(
        &mut self,
        code: CategoryCode,
        within: CategoryCode,
        row: CategoryRow,
        (duty, basis): (DutyCode, String),
        from: Timestamp,
    ) -> Result<(), ChangeFault> {
        if self.category(&code).is_some() {
            return Err(ChangeFault::Taken(code.to_string()));
        }
        let group = self.categories.iter().position(|c| c.code == within);
        let group = group.ok_or_else(|| ChangeFault::NotThere(within.to_string()))?;
        // A leaf that takes filings does not become a group under the cases it has.
        if self.is_leaf(&within) {
            return Err(ChangeFault::NotThere(within.to_string()));
        }
        let lead = row.lead.clone();
        let situation = row.plain.clone();
        let mut category = Category {
            code: code.clone(),
            parent: Some(within.clone()),
            closed: false,
            ..self.categories[group].clone()
        };
        row.put_into(&mut category);
        let last = self
            .categories
            .iter()
            .rposition(|c| c.parent.as_ref() == Some(&within));
        self.categories.insert(last.unwrap_or(group) + 1, category);
        let duty = Duty {
            code: duty,
            category: code,
            situation,
            lead,
            supports: Vec::new(),
            basis,
            areas: Vec::new(),
            valid_from: from,
            valid_to: None,
        };
        self.set_duty(duty, None, from)
    }

    fn set_duty(
        &mut self,
        duty: Duty,
        replaces: Option<&DutyCode>,
        from: Timestamp,
    ) -> Result<(), ChangeFault> {
        if self.duty(&duty.code).is_some() {
            return Err(ChangeFault::Taken(duty.code.to_string()));
        }
        // Of a category the first row is the usual one: the new one stands where the old one stood.
        let at = match replaces {
            Some(old) => self.end_duty(old, from)?,
            None => self.duties.len(),
        };
        self.duties.insert(at, duty);
        Ok(())
    }

    /// Ends a row of the duty list and says where it stands.
    fn end_duty(&mut self, code: &DutyCode, from: Timestamp) -> Result<usize, ChangeFault> {
        let held = |duty: &Duty| &duty.code == code && duty.holds(from) && duty.valid_from < from;
        let at = self.duties.iter().position(held);
        let at = at.ok_or_else(|| ChangeFault::NotThere(code.to_string()))?;
        self.duties[at].valid_to = Some(from);
        Ok(at)
    }
}

/// A change that leaves everything as it is is a slip.
fn differs(other: bool, code: &str) -> Result<(), ChangeFault> {
    if other {
        Ok(())
    } else {
        Err(ChangeFault::NoChange(code.to_owned()))
    }
}
