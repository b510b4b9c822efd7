//! The grids of the lines (条线网格) over the grids of the city: what nobody covers, what two cover.
//!
//! Cities bring twenty and more sets of grids, one of each department, into one (多网合一). Before they
//! do, they have to see where the sets leave holes and where they lie over each other. Grids of a line
//! are given as lists of the city's areas, which need no maps; the smallest areas decide.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::ChangeFault;
use crate::area::{Area, AreaKind};
use crate::city::City;
use crate::ids::{AreaCode, UnitCode};
use crate::time::Timestamp;

/// A grid of a department.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineGrid {
    /// Its number at the department.
    pub code: String,
    /// What the department calls it.
    pub name: String,
    /// The communities, grids and micro-grids it covers.
    pub covers: Vec<AreaCode>,
}

/// A piece of the city that several grids of one department cover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlap {
    /// Where.
    pub area: AreaCode,
    /// Their numbers at the department.
    pub grids: Vec<String>,
}

/// A department's grids, laid over the city's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overlay {
    /// Smallest areas of the city.
    pub pieces: usize,
    /// Of them, those that at least one grid covers.
    pub covered: usize,
    /// What none covers, in the largest areas that say it.
    pub gaps: Vec<AreaCode>,
    /// What several cover, likewise.
    pub overlaps: Vec<Overlap>,
    /// The grids, by their numbers at the department, that lie in several grids of the city: no one
    /// grid officer could take them over.
    pub astride: Vec<String>,
    /// Areas they name that are not there any more.
    pub gone: Vec<AreaCode>,
}

impl City {
    pub(super) fn set_line_grids(
        &mut self,
        unit: UnitCode,
        grids: Vec<LineGrid>,
    ) -> Result<(), ChangeFault> {
        if self.unit(&unit).is_none() {
            return Err(ChangeFault::NotThere(unit.to_string()));
        }
        if grids.is_empty() {
            self.line_grids.remove(&unit);
        } else {
            self.line_grids.insert(unit, grids);
        }
        Ok(())
    }

    /// Lays grids of a department over the city's at `at`.
    #[must_use]
    pub fn overlay(&self, grids: &[LineGrid], at: Timestamp) -> Overlay {
        let communities = self.areas.of_kind(AreaKind::Community, at);
        let mut pieces = Vec::new();
        for community in &communities {
            self.pieces(community, at, &mut pieces);
        }
        let mut by: BTreeMap<&AreaCode, Vec<usize>> = BTreeMap::new();
        let mut overlay = Overlay {
            pieces: pieces.len(),
            ..Overlay::default()
        };
        for (no, grid) in grids.iter().enumerate() {
            let mut home = BTreeSet::new();
            for code in &grid.covers {
                let Some(area) = self.areas.at(code, at) else {
                    overlay.gone.push(code.clone());
                    continue;
                };
                let mut own = Vec::new();
                self.pieces(area, at, &mut own);
                for piece in own {
                    home.insert(self.grid_around(piece, at));
                    let held = by.entry(&piece.code).or_default();
                    if !held.contains(&no) {
                        held.push(no);
                    }
                }
            }
            if home.len() > 1 {
                overlay.astride.push(grid.code.clone());
            }
        }
        overlay.covered = by.len();
        let empty: BTreeSet<&AreaCode> = pieces
            .iter()
            .map(|piece| &piece.code)
            .filter(|code| !by.contains_key(code))
            .collect();
        overlay.gaps = self.in_large(&communities, &empty, at);
        // What the same grids cover together is one overlap.
        let mut several: BTreeMap<&[usize], BTreeSet<&AreaCode>> = BTreeMap::new();
        for (piece, held) in by.iter().filter(|(_, held)| held.len() > 1) {
            several.entry(held.as_slice()).or_default().insert(piece);
        }
        for (held, pieces) in &several {
            for area in self.in_large(&communities, pieces, at) {
                let grids = held.iter().map(|no| grids[*no].code.clone()).collect();
                overlay.overlaps.push(Overlap { area, grids });
            }
        }
        overlay.overlaps.sort_by(|a, b| a.area.cmp(&b.area));
        overlay
    }

    /// The smallest areas in one: itself, where nothing lies in it.
    fn pieces<'c>(&'c self, area: &'c Area, at: Timestamp, into: &mut Vec<&'c Area>) {
        let inside = self.areas.children(&area.code, at);
        if inside.is_empty() {
            into.push(area);
        }
        for child in inside {
            self.pieces(child, at, into);
        }
    }

    /// The grid a smallest area is or lies in; where there are none, the area itself.
    fn grid_around<'c>(&'c self, piece: &'c Area, at: Timestamp) -> &'c AreaCode {
        if piece.kind <= AreaKind::Grid {
            return &piece.code;
        }
        let above = self.areas.ancestors(&piece.code, at);
        let grid = above.into_iter().find(|area| area.kind == AreaKind::Grid);
        grid.map_or(&piece.code, |grid| &grid.code)
    }

    /// A set of smallest areas in the largest areas up to communities that say it.
    fn in_large(
        &self,
        from: &[&Area],
        wanted: &BTreeSet<&AreaCode>,
        at: Timestamp,
    ) -> Vec<AreaCode> {
        let mut said = Vec::new();
        for area in from {
            let mut pieces = Vec::new();
            self.pieces(area, at, &mut pieces);
            let (inside, all) = (
                pieces.iter().filter(|p| wanted.contains(&p.code)).count(),
                pieces.len(),
            );
            if inside == all {
                said.push(area.code.clone());
            } else if inside > 0 {
                said.extend(self.in_large(&self.areas.children(&area.code, at), wanted, at));
            }
        }
        said
    }
}
