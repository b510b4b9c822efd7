//! The people of the offices: who may sign in, and what they are appointed to.

mod audit;
mod colleagues;
mod grids;
mod listed;
pub(crate) mod manage;
mod offices;
mod second;
mod seed;

use std::sync::Arc;

use domain::{
    access::{Appointment, Line, Reach, Role, Staff, Terms, Viewer},
    city::City,
    clock::Owner,
    time::Timestamp,
};
use futures::FutureExt as _;
use store::Person;

pub use audit::{StaffEntryView, audit};
pub(crate) use colleagues::colleagues;
pub use colleagues::deputies;
pub use grids::{GridOfficerView, GridView, own_grids};
pub(crate) use grids::{as_filled, public_grids};
pub use listed::{HeldView, PersonView, list};
pub use manage::{
    Appointing, PersonFault, Step, add, admin, appoint, end, let_in, reset, reset_at_server,
};
pub use second::{SecondmentView, agree, is_secretary, secondments};
pub use seed::{DEMO_PASSWORD, DemoSignIn, demo_code, demo_sign_ins, seed};

use crate::{Desk, Error, Result};

/// The named person who releases words and photos from the command line; appointed as an editor of
/// the city the first time the name is used.
///
/// # Errors
/// The store's.
pub async fn editor(desk: &Desk, name: &str) -> Result<Viewer> {
    let name = name.to_owned();
    let from = desk.now();
    let city = Arc::clone(&desk.city);
    desk.store
        .write::<_, Viewer, Error>(move |tx| {
            let (name, city) = (name.clone(), Arc::clone(&city));
            async move {
                let login = format!("editor:{name}");
                let person = match tx.person_by_login(&login).await? {
                    Some(person) => person,
                    None => {
                        let person = Person {
                            id: login.clone(),
                            login,
                            name,
                            secret: None,
                            active: true,
                            first_until: None,
                        };
                        tx.put_person(&person).await?;
                        let no = tx.next_appointment().await?;
                        let appointment = Appointment {
                            no,
                            role: Role::Editor,
                            line: Line::All,
                            reach: Reach::City,
                            home: Owner::City,
                            from,
                            until: None,
                            terms: Terms::default(),
                        };
                        tx.appoint(&person.id, &appointment).await?;
                        person
                    }
                };
                let ever = tx.appointments_of(&person.id).await?;
                Ok(Viewer::Staff(staff(&city, &person, ever, from)))
            }
            .boxed()
        })
        .await
}

/// A member of staff as the rules see them: one person with all their offices.
///
/// # Errors
/// [`Error::NotFound`] for nobody, and the store's.
pub async fn viewer(desk: &Desk, person: &str) -> Result<Viewer> {
    let mut reading = desk.store.read().await?;
    let known = reading.person(person).await?.ok_or(Error::NotFound)?;
    let ever = reading.appointments_of(person).await?;
    Ok(Viewer::Staff(staff(&desk.city, &known, ever, desk.now())))
}

/// A person with all their offices, as they reach in the city as it is now. Whoever may not sign in
/// holds nothing, and is still the same person.
pub(crate) fn staff(city: &City, person: &Person, ever: Vec<Appointment>, now: Timestamp) -> Staff {
    let reaching = ever.into_iter().map(|appointment| {
        let mut appointment = appointment.in_areas(&city.areas, now);
        if !person.active {
            appointment.until = Some(appointment.from);
        }
        appointment
    });
    Staff::of(reaching.collect(), now)
}
