//! What changes with the day: areas that lie in others, and duties that hold in some of them.

use std::collections::BTreeSet;

use super::{Fault, Report};
use crate::area::AreaKind;
use crate::city::Duty;
use crate::ids::AreaCode;
use crate::time::Timestamp;

impl Report<'_> {
    pub(super) fn areas(&mut self) {
        let areas = &self.city.areas;
        for row in areas.rows() {
            let Some(parent) = &row.parent else { continue };
            // Nothing of a parent changes but where one of its rows ends.
            let ends = areas
                .rows_of(parent)
                .iter()
                .filter_map(|above| above.valid_to);
            let instants = ends
                .filter(|end| row.holds_at(*end))
                .chain([row.valid_from]);
            if let Some(at) = instants.min_by_key(|at| (areas.at(parent, *at).is_some(), *at))
                && areas.at(parent, at).is_none()
            {
                let fault = Fault::Orphan {
                    from: self.city.time.civil(at).date,
                    parent: parent.to_string(),
                };
                self.add("area", &row.code, fault);
            }
        }
    }

    pub(super) fn duties(&mut self) {
        let city = self.city;
        self.twice("duty", city.duties.iter().map(|d| d.code.as_str()));
        for d in &city.duties {
            let code = d.code.as_str();
            self.names("duty", code, "situation", &d.situation);
            self.category("duty", code, &d.category);
            if city.category(&d.category).is_some() && !city.is_leaf(&d.category) {
                self.add("duty", code, Fault::DutyOfAGroup);
            }
            self.unit("duty", code, "lead", &d.lead);
            for support in &d.supports {
                self.unit("duty", code, "supports", support);
            }
            if d.valid_to.is_some_and(|end| end <= d.valid_from) {
                self.add("duty", code, Fault::EndsBeforeItBegins);
            }
            for area in &d.areas {
                if !city.areas.is_known(area) {
                    let fault = Fault::Dangling {
                        field: "areas",
                        code: area.to_string(),
                    };
                    self.add("duty", code, fault);
                } else if let Some(end) = city.areas.end_of(area)
                    && d.valid_from < end
                    && d.valid_to.is_none_or(|until| end < until)
                {
                    let fault = Fault::AreaEnds {
                        area: area.to_string(),
                        from: city.time.civil(end).date,
                    };
                    self.add("duty", code, fault);
                }
            }
        }
        self.clashes();
        self.gaps();
    }

    /// The communities in which a row for some areas holds at an instant.
    fn reach(&self, duty: &Duty, at: Timestamp) -> BTreeSet<AreaCode> {
        let areas = &self.city.areas;
        let communities = areas.of_kind(AreaKind::Community, at).into_iter();
        communities
            .filter(|of| {
                duty.areas
                    .iter()
                    .any(|area| areas.is_within(&of.code, area, at))
            })
            .map(|community| community.code.clone())
            .collect()
    }

    /// The instants at which a community begins, or comes to lie somewhere else; not the first of all.
    fn births(&self) -> BTreeSet<Timestamp> {
        let rows = self.city.areas.rows();
        let communities = rows.iter().filter(|row| row.kind == AreaKind::Community);
        let first = communities.clone().map(|row| row.valid_from).min();
        communities
            .filter(|row| {
                let mut of_code = self.city.areas.rows_of(&row.code).iter();
                let before = of_code.rfind(|other| other.valid_from < row.valid_from);
                before.is_none_or(|before| before.parent != row.parent)
            })
            .map(|row| row.valid_from)
            .filter(|from| Some(*from) != first)
            .collect()
    }

    /// Rows for the same situation: one that stands before another always, or says another lead.
    fn clashes(&mut self) {
        let city = self.city;
        let births = self.births();
        for (at, later) in city.duties.iter().enumerate() {
            let earlier = city.duties[..at].iter();
            // A row for some areas is meant to stand before the one for all.
            let alike = earlier.filter(|other| {
                other.category == later.category
                    && other.situation == later.situation
                    && other.areas.is_empty() == later.areas.is_empty()
                    && other.meets(later)
            });
            for other in alike {
                let ends = |duty: &Duty| duty.valid_to;
                let outlasts = match (ends(other), ends(later)) {
                    (None, _) => true,
                    (Some(_), None) => false,
                    (Some(one), Some(two)) => one >= two,
                };
                // Where they reach changes only with the areas.
                let both = other.valid_from.max(later.valid_from);
                let instants = births
                    .iter()
                    .copied()
                    .filter(|at| *at > both && other.holds(*at) && later.holds(*at));
                let reaches: Vec<_> = std::iter::once(both)
                    .chain(instants)
                    .map(|at| (self.reach(other, at), self.reach(later, at)))
                    .collect();
                let all_of = reaches.iter().all(|(theirs, here)| here.is_subset(theirs));
                let some_of = later.areas.is_empty()
                    || reaches
                        .iter()
                        .any(|(theirs, here)| !here.is_disjoint(theirs));
                let (code, by) = (later.code.as_str(), other.code.to_string());
                if all_of && other.valid_from <= later.valid_from && outlasts {
                    self.add("duty", code, Fault::Shadowed { by });
                } else if some_of && other.lead != later.lead {
                    self.add("duty", code, Fault::Overlaps { with: by });
                }
            }
        }
    }

    /// Categories that lose their last duty on some day, in the city or in a community of it.
    fn gaps(&mut self) {
        let city = self.city;
        // Where a community begins, or comes to lie in another unit, other rows hold.
        let births = self.births();
        for leaf in city.leaf_categories() {
            let of_leaf = city.duties.iter().filter(|duty| duty.category == leaf.code);
            let ends = of_leaf.clone().filter_map(|duty| duty.valid_to);
            // Before its first row a category was not there.
            let first = of_leaf.map(|duty| duty.valid_from).min();
            let births = births
                .iter()
                .copied()
                .filter(|at| first.is_some_and(|first| first <= *at));
            let instants: BTreeSet<Timestamp> = ends.chain(births).collect();
            for end in instants {
                let communities = city.areas.of_kind(AreaKind::Community, end);
                let without = communities
                    .iter()
                    .find(|area| city.duties_for(&leaf.code, &area.code, end).is_empty());
                if let Some(area) = without {
                    let fault = Fault::DutyGap {
                        from: city.time.civil(end).date,
                        area: area.code.to_string(),
                    };
                    self.add("category", &leaf.code, fault);
                }
            }
        }
    }
}
