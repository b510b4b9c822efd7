//! Areas that are renamed, moved, split and merged: rows end and others begin, and none is lost.

use std::collections::BTreeSet;

use super::ChangeFault;
use crate::area::{Area, AreaKind, Areas};
use crate::ids::AreaCode;
use crate::lang::Names;
use crate::time::Timestamp;

/// The rows of the areas while they are changed.
pub(super) struct Rows {
    pub(super) all: Vec<Area>,
}

/// What is new about a new area.
pub(super) struct New {
    pub(super) code: AreaCode,
    pub(super) names: Names,
    pub(super) pinyin: String,
}

/// Digits of the official code of a community (统计用区划代码).
const OFFICIAL: usize = 12;

impl Rows {
    pub(super) fn of(areas: &Areas) -> Self {
        Self {
            all: areas.rows().to_vec(),
        }
    }

    fn position(&self, code: &AreaCode, at: Timestamp) -> Result<usize, ChangeFault> {
        self.all
            .iter()
            .position(|row| row.code == *code && row.holds_at(at))
            .ok_or_else(|| ChangeFault::NotThere(code.to_string()))
    }

    /// What is there then.
    pub(super) fn codes_at(&self, at: Timestamp) -> BTreeSet<&AreaCode> {
        let there = self.all.iter().filter(|row| row.holds_at(at));
        there.map(|row| &row.code).collect()
    }

    pub(super) fn get(&self, code: &AreaCode, at: Timestamp) -> Result<&Area, ChangeFault> {
        Ok(&self.all[self.position(code, at)?])
    }

    /// Changes an area from an instant on: the row that holds ends, and one that differs begins.
    pub(super) fn revise(
        &mut self,
        code: &AreaCode,
        from: Timestamp,
        change: impl FnOnce(&mut Area),
    ) -> Result<(), ChangeFault> {
        let at = self.position(code, from)?;
        if self.all[at].valid_from == from {
            change(&mut self.all[at]);
            return Ok(());
        }
        let mut next = self.all[at].clone();
        next.valid_from = from;
        change(&mut next);
        let old = &mut self.all[at];
        (old.valid_to, old.heir) = (Some(from), None);
        self.all.push(next);
        Ok(())
    }

    pub(super) fn rename(
        &mut self,
        code: &AreaCode,
        names: Names,
        pinyin: String,
        from: Timestamp,
    ) -> Result<(), ChangeFault> {
        let now = self.get(code, from)?;
        if now.names == names && now.pinyin == pinyin {
            return Err(ChangeFault::NoChange(code.to_string()));
        }
        self.revise(code, from, |row| {
            let old = std::mem::replace(&mut row.names, names).zh_hans;
            if old != row.names.zh_hans && !row.formerly.contains(&old) {
                row.formerly.push(old);
            }
            row.pinyin = pinyin;
        })
    }

    pub(super) fn relocate(
        &mut self,
        code: &AreaCode,
        to: &AreaCode,
        from: Timestamp,
    ) -> Result<(), ChangeFault> {
        let now = self.get(code, from)?;
        let lies_in = now
            .parent
            .clone()
            .ok_or_else(|| ChangeFault::OtherSize(code.clone()))?;
        if lies_in == *to {
            return Err(ChangeFault::NoChange(code.to_string()));
        }
        if self.get(to, from)?.kind != self.get(&lies_in, from)?.kind {
            return Err(ChangeFault::OtherSize(to.clone()));
        }
        self.revise(code, from, |row| row.parent = Some(to.clone()))
    }

    /// A new row: its code was never used, and a community's is official.
    fn begin(
        &mut self,
        kind: AreaKind,
        parent: AreaCode,
        new: New,
        from: Timestamp,
    ) -> Result<(), ChangeFault> {
        if self.all.iter().any(|row| row.code == new.code) {
            return Err(ChangeFault::Taken(new.code.to_string()));
        }
        let digits = new.code.as_str();
        let official = digits.len() == OFFICIAL && digits.bytes().all(|b| b.is_ascii_digit());
        if kind == AreaKind::Community && !official {
            return Err(ChangeFault::NotOfficial(new.code));
        }
        self.all.push(Area {
            code: new.code,
            kind,
            parent: Some(parent),
            valid_from: from,
            valid_to: None,
            names: new.names,
            formerly: Vec::new(),
            pinyin: new.pinyin,
            contact: None,
            heir: None,
        });
        Ok(())
    }

    pub(super) fn add(
        &mut self,
        within: &AreaCode,
        new: New,
        from: Timestamp,
    ) -> Result<(), ChangeFault> {
        let kind = match self.get(within, from)?.kind {
            AreaKind::City => AreaKind::Unit,
            AreaKind::Unit => AreaKind::Community,
            AreaKind::Community => AreaKind::Grid,
            AreaKind::Grid => AreaKind::MicroGrid,
            AreaKind::MicroGrid => return Err(ChangeFault::OtherSize(within.clone())),
        };
        self.begin(kind, within.clone(), new, from)
    }

    /// What lies directly in an area then.
    fn inside(&self, code: &AreaCode, at: Timestamp) -> Vec<AreaCode> {
        self.all
            .iter()
            .filter(|row| row.parent.as_ref() == Some(code) && row.holds_at(at))
            .map(|row| row.code.clone())
            .collect()
    }

    pub(super) fn split(
        &mut self,
        code: &AreaCode,
        new: New,
        takes: &[AreaCode],
        from: Timestamp,
    ) -> Result<(), ChangeFault> {
        let old = self.get(code, from)?;
        let kind = old.kind;
        let parent = old
            .parent
            .clone()
            .ok_or_else(|| ChangeFault::OtherSize(code.clone()))?;
        let inside = self.inside(code, from);
        if let Some(stranger) = takes.iter().find(|taken| !inside.contains(taken)) {
            return Err(ChangeFault::NotInside(stranger.clone()));
        }
        if !inside.is_empty() && inside.iter().all(|child| takes.contains(child)) {
            return Err(ChangeFault::NothingLeft(code.clone()));
        }
        let to = new.code.clone();
        self.begin(kind, parent, new, from)?;
        for taken in takes {
            self.revise(taken, from, |row| row.parent = Some(to.clone()))?;
        }
        Ok(())
    }

    pub(super) fn merge(
        &mut self,
        code: &AreaCode,
        into: &AreaCode,
        from: Timestamp,
    ) -> Result<(), ChangeFault> {
        if code == into {
            return Err(ChangeFault::NoChange(code.to_string()));
        }
        let at = self.position(code, from)?;
        if self.get(into, from)?.kind != self.all[at].kind {
            return Err(ChangeFault::OtherSize(into.clone()));
        }
        if self.all[at].valid_from >= from {
            // It would end on the day it begins.
            return Err(ChangeFault::NotThere(code.to_string()));
        }
        for child in self.inside(code, from) {
            self.revise(&child, from, |row| row.parent = Some(into.clone()))?;
        }
        let ended = &mut self.all[at];
        (ended.valid_to, ended.heir) = (Some(from), Some(into.clone()));
        Ok(())
    }
}
