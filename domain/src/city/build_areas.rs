//! The areas of a city: units and communities as listed, grids by rule.

use std::collections::{BTreeMap, BTreeSet};

use super::CityFiles;
use super::build::{CityFault, day, fault};
use super::files::{AreasToml, CommunityDetailRow, DedicatedToml};
use crate::area::{Area, AreaKind, Areas, OfficeContact};
use crate::ids::AreaCode;
use crate::lang::Names;
use crate::time::CityTime;

/// Share `index` of `count` of a total spread evenly; the shares add up to the total exactly.
fn share(total: usize, index: usize, count: usize) -> usize {
    (index + 1) * total / count - index * total / count
}

/// Replaces `{name}` by the name in each language.
pub(super) fn with_name(pattern: &Names, name: &Names) -> Names {
    let put = |pattern: &str, name: &str| pattern.replace("{name}", name);
    Names::new(
        put(&pattern.zh_hans, &name.zh_hans),
        put(&pattern.zh_hant, &name.zh_hant),
        put(&pattern.en, &name.en),
    )
}

/// The areas, and which of the grids are dedicated.
pub(super) type Made = (Areas, BTreeSet<AreaCode>);

pub(super) fn areas(files: &CityFiles, time: &CityTime) -> Result<Made, CityFault> {
    const FILE: &str = "areas.toml";
    let toml = &files.areas;
    let from = day(FILE, time, &toml.valid_from)?;
    let code = |text: String| AreaCode::new(text).map_err(|e| fault(FILE, e));
    let city_code = code(files.city.code.clone())?;
    let mut all = vec![Area {
        code: city_code.clone(),
        kind: AreaKind::City,
        parent: None,
        valid_from: day("city.toml", time, &files.city.founded)?,
        valid_to: None,
        names: files.city.names.clone(),
        formerly: Vec::new(),
        pinyin: files.city.pinyin.clone(),
        contact: None,
        heir: None,
    }];
    let area = |code, kind, parent: &AreaCode, names, pinyin: &str, contact| Area {
        code,
        kind,
        parent: Some(parent.clone()),
        valid_from: from,
        valid_to: None,
        names,
        formerly: Vec::new(),
        pinyin: pinyin.to_string(),
        contact,
        heir: None,
    };
    for (i, unit) in toml.unit.iter().enumerate() {
        let contact = station_contact(toml, &unit.names, i + 1);
        let names = unit.names.clone();
        let kind = AreaKind::Unit;
        all.push(area(
            unit.code.clone(),
            kind,
            &city_code,
            names,
            &unit.pinyin,
            Some(contact),
        ));
    }
    let details: BTreeMap<&AreaCode, &CommunityDetailRow> = files
        .community_details
        .iter()
        .map(|d| (&d.code, d))
        .collect();
    let mut with_grids = Vec::new();
    for (i, row) in files.communities.iter().enumerate() {
        let detail = details.get(&row.code).ok_or_else(|| {
            fault(
                "community_details.csv",
                format!("{} {} has no row", row.code, row.name),
            )
        })?;
        if !toml.unit.iter().any(|u| u.code == detail.unit) {
            let what = format!("{}: unit {} is not in areas.toml", row.code, detail.unit);
            return Err(fault("community_details.csv", what));
        }
        let names = Names::new(&row.name, &detail.zh_hant, &detail.en);
        let contact = community_contact(toml, &names, i + 1);
        let mut made = area(
            row.code.clone(),
            AreaKind::Community,
            &detail.unit,
            names.clone(),
            &detail.pinyin,
            Some(contact),
        );
        made.formerly = detail
            .formerly
            .split('|')
            .map(str::trim)
            .filter(|f| !f.is_empty())
            .map(Into::into)
            .collect();
        all.push(made);
        if !toml.grids.without.contains(&row.code) {
            with_grids.push((row.code.clone(), names));
        }
    }
    if with_grids.is_empty() || toml.grids.all_round < with_grids.len() {
        return Err(fault(FILE, "fewer grids than communities"));
    }
    let mut grid_index = 0;
    for (i, (community, names)) in with_grids.iter().enumerate() {
        for g in 1..=share(toml.grids.all_round, i, with_grids.len()) {
            let grid = code(format!("{community}-g{g:02}"))?;
            let grid_names = Names::new(
                format!("{}第{g}网格", names.zh_hans),
                format!("{}第{g}網格", names.zh_hant),
                format!("{}, grid {g}", names.en),
            );
            all.push(area(
                grid.clone(),
                AreaKind::Grid,
                community,
                grid_names.clone(),
                "",
                None,
            ));
            for m in 1..=share(toml.grids.micro, grid_index, toml.grids.all_round) {
                let micro = code(format!("{grid}-m{m:02}"))?;
                let names = Names::new(
                    format!("{}第{m}微网格", grid_names.zh_hans),
                    format!("{}第{m}微網格", grid_names.zh_hant),
                    format!("{}, micro-grid {m}", grid_names.en),
                );
                all.push(area(micro, AreaKind::MicroGrid, &grid, names, "", None));
            }
            grid_index += 1;
        }
    }
    let mut dedicated = BTreeSet::new();
    let mut per_community: BTreeMap<&AreaCode, usize> = BTreeMap::new();
    for DedicatedToml { community, names } in &toml.dedicated {
        if !files.communities.iter().any(|c| &c.code == community) {
            return Err(fault(
                FILE,
                format!("a dedicated grid lies in {community}, which is none"),
            ));
        }
        let n = per_community.entry(community).or_default();
        *n += 1;
        let grid = code(format!("{community}-z{n:02}"))?;
        dedicated.insert(grid.clone());
        all.push(area(
            grid,
            AreaKind::Grid,
            community,
            names.clone(),
            "",
            None,
        ));
    }
    let areas = Areas::new(all).map_err(|e| fault(FILE, e))?;
    Ok((areas, dedicated))
}

fn station_contact(toml: &AreasToml, names: &Names, number: usize) -> OfficeContact {
    OfficeContact {
        phone: format!("{}{number:03}", toml.contacts.station_phone_prefix),
        address: with_name(&toml.contacts.station_address, names),
        hours_note: toml.contacts.hours_note.clone(),
    }
}

fn community_contact(toml: &AreasToml, names: &Names, number: usize) -> OfficeContact {
    OfficeContact {
        phone: format!("{}{number:03}", toml.contacts.community_phone_prefix),
        address: with_name(&toml.contacts.community_address, names),
        hours_note: toml.contacts.hours_note.clone(),
    }
}
