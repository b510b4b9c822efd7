//! The people of the grids: who serves each. Its head and its officers are named to everybody, as the
//! board at the entrance of a community names them; the four beside them to its secretary.

use std::collections::BTreeSet;

use domain::{
    access::{Appointment, GridRole, Kept, Role, Viewer},
    area::Area,
    clock::Owner,
    ids::AreaCode,
    lang::Lang,
    time::Timestamp,
};
use store::Held;

use crate::{Desk, Error, Result};

/// Somebody who serves a grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridOfficerView {
    /// Their name.
    pub name: String,
    /// Which part; none is the whole of it.
    pub part: Option<GridRole>,
    /// Until when, where an end was given.
    pub until: Option<Timestamp>,
}

impl GridOfficerView {
    /// Whether they answer for the grid.
    #[must_use]
    pub fn answers(&self) -> bool {
        self.part.is_none_or(GridRole::answers)
    }
}

/// A grid and who serves it now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridView {
    /// Its name inside its community.
    pub name: String,
    /// Who serves it.
    pub officers: Vec<GridOfficerView>,
    /// Since when nobody answers for it; none: somebody does.
    pub nobody_since: Option<Timestamp>,
}

/// An appointment as its office was filled: it ended when its holder was shut out. Of whoever may not
/// sign in otherwise, or was erased, it is not known that they ever came.
pub(crate) fn as_filled(held: &Held) -> Appointment {
    let mut appointment = held.appointment.clone();
    if !held.active {
        let end = held.shut_out.unwrap_or(appointment.from);
        appointment.until = Some(appointment.until.map_or(end, |until| until.min(end)));
    }
    appointment
}

impl Desk {
    /// What a grid is called beside the name of its community.
    pub(crate) fn grid_name(&self, grid: &Area, community: &AreaCode, lang: Lang) -> String {
        let whole = grid.names.get(lang);
        let office = self.office_name(&Owner::Community(community.clone()), lang);
        let rest = whole.strip_prefix(office.as_str()).unwrap_or(whole);
        let rest = rest.trim_start_matches([',', ' ']);
        let short = if rest.is_empty() { whole } else { rest };
        short.to_owned()
    }
}

/// The grids of a community and who answers for each, for everybody.
pub(crate) async fn public_grids(
    desk: &Desk,
    community: &AreaCode,
    lang: Lang,
) -> Result<Vec<GridView>> {
    let held = desk.store.read().await?.held_in(community).await?;
    let mut grids = grids(desk, community, &held, lang);
    for grid in &mut grids {
        grid.officers.retain(GridOfficerView::answers);
    }
    Ok(grids)
}

/// The grids of the communities for which a viewer speaks, with all who serve them; by community.
///
/// # Errors
/// [`Error::Forbidden`] for who speaks for none, and the store's.
pub async fn own_grids(
    desk: &Desk,
    viewer: &Viewer,
    lang: Lang,
) -> Result<Vec<(String, Vec<GridView>)>> {
    let Viewer::Staff(staff) = viewer else {
        return Err(Error::Forbidden);
    };
    let secretary = staff.appointments().iter();
    let secretary = secretary.filter(|held| held.role == Role::Secretary);
    let own: BTreeSet<&AreaCode> = secretary
        .filter_map(|held| match &held.home {
            Owner::Community(code) => Some(code),
            _ => None,
        })
        .collect();
    if own.is_empty() {
        return Err(Error::Forbidden);
    }
    let held = desk.store.read().await?.held().await?;
    let own = own.into_iter().map(|community| {
        let office = Owner::Community(community.clone());
        let grids = grids(desk, community, &held, lang);
        (desk.office_name(&office, lang), grids)
    });
    Ok(own.collect())
}

fn grids(desk: &Desk, community: &AreaCode, held: &[Held], lang: Lang) -> Vec<GridView> {
    let (areas, now) = (&desk.city.areas, desk.now());
    let filled: Vec<Appointment> = held.iter().map(as_filled).collect();
    let kept = Kept::of(areas, &filled);
    let home = Owner::Community(community.clone());
    let serving: Vec<(&Held, Vec<&Area>)> = held
        .iter()
        .zip(&filled)
        .filter(|(_, filled)| filled.home == home && filled.holds(now))
        .map(|(held, filled)| (held, filled.grids(areas, now)))
        .collect();
    let inside = areas.grids_of(community, now).into_iter();
    inside
        .map(|grid| {
            let serve = serving
                .iter()
                .filter(|(_, grids)| grids.iter().any(|served| served.code == grid.code));
            GridView {
                name: desk.grid_name(grid, community, lang),
                officers: serve
                    .map(|(held, _)| GridOfficerView {
                        name: held.name.clone(),
                        part: held.appointment.terms.grid_role,
                        until: held.appointment.until,
                    })
                    .collect(),
                nobody_since: kept.nobody_since(&grid.code, now),
            }
        })
        .collect()
}
