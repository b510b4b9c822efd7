//! The list of people and what they hold.

use domain::{
    access::{Appointment, GridRole, Manage, Reach, Role, Viewer, manages},
    clock::Owner,
    lang::Lang,
    time::Timestamp,
};

use crate::{Desk, Error, Result};

/// A person in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonView {
    /// Their id.
    pub id: String,
    /// What they sign in with.
    pub login: String,
    /// Their name.
    pub name: String,
    /// May sign in.
    pub active: bool,
    /// Has never chosen a password of their own since the last reset.
    pub first_password: bool,
    /// What they hold now or will hold.
    pub held: Vec<HeldView>,
}

/// An appointment in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldView {
    /// Its number.
    pub no: u32,
    /// The role.
    pub role: Role,
    /// The office.
    pub office: String,
    /// From when.
    pub from: Timestamp,
    /// It has not begun.
    pub coming: bool,
    /// Until when.
    pub until: Option<Timestamp>,
    /// Of a grid officer, which part.
    pub grid_role: Option<GridRole>,
    /// Of a grid officer, which grids, by their names inside the community; none is every one.
    pub grids: Vec<String>,
    /// To which communities somebody is seconded, and whether each has agreed.
    pub seconded: Vec<(String, bool)>,
}

impl HeldView {
    pub(crate) fn of(desk: &Desk, held: &Appointment, lang: Lang) -> Self {
        let seconded = match (&held.reach, &held.terms.seconded) {
            (Reach::Communities(codes), Some(agreed)) => codes
                .iter()
                .map(|code| {
                    let office = Owner::Community(code.clone());
                    let agreed = agreed.iter().any(|agreed| agreed.community == *code);
                    (desk.office_name(&office, lang), agreed)
                })
                .collect(),
            _ => Vec::new(),
        };
        let areas = &desk.city.areas;
        let grids = held.terms.grids.iter().map(|code| {
            let grid = areas.last_of(code, desk.now());
            match (&held.home, grid) {
                (Owner::Community(community), Some(grid)) => desk.grid_name(grid, community, lang),
                _ => code.to_string(),
            }
        });
        Self {
            no: held.no.0,
            role: held.role,
            grids: grids.collect(),
            office: desk.office_name(&held.home, lang),
            from: held.from,
            coming: held.from > desk.now(),
            until: held.until,
            grid_role: held.terms.grid_role,
            seconded,
        }
    }
}

/// Everybody, by login; of those with more than `limit` the first whose login, name or office holds
/// what is looked for.
///
/// # Errors
/// [`Error::Forbidden`] for whoever looks after nobody.
pub async fn list(
    desk: &Desk,
    viewer: &Viewer,
    wanted: &str,
    limit: usize,
    lang: Lang,
) -> Result<(Vec<PersonView>, usize)> {
    if manages(viewer, Manage::Accounts).is_none()
        && manages(viewer, Manage::Appointments).is_none()
    {
        return Err(Error::Forbidden);
    }
    let mut reading = desk.store.read().await?;
    let people = reading.people().await?;
    let appointments = reading.appointments().await?;
    drop(reading);
    let now = desk.now();
    let wanted = wanted.trim().to_lowercase();
    let mut found: Vec<PersonView> = people
        .into_iter()
        .map(|person| {
            let held = appointments
                .iter()
                .filter(|(held, of)| *of == person.id && held.until.is_none_or(|until| now < until))
                .map(|(held, _)| HeldView::of(desk, held, lang))
                .collect();
            PersonView {
                first_password: person.first_until.is_some() || person.secret.is_none(),
                id: person.id,
                login: person.login,
                name: person.name,
                active: person.active,
                held,
            }
        })
        .filter(|person| {
            wanted.is_empty()
                || person.login.to_lowercase().contains(&wanted)
                || person.name.to_lowercase().contains(&wanted)
                || person
                    .held
                    .iter()
                    .any(|held| held.office.to_lowercase().contains(&wanted))
        })
        .collect();
    let all = found.len();
    found.truncate(limit);
    Ok((found, all))
}
