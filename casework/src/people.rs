//! Appointing people, until the desk has screens for it.

use std::sync::Arc;

use domain::{
    access::{Appointment, Line, Reach, Role, Staff, Viewer},
    clock::Owner,
    time::Timestamp,
};
use futures::FutureExt as _;
use store::Person;

use crate::{Desk, Error, Result, staffing::Staffing};

/// Writes the staff of a demo city into the store, once.
///
/// # Errors
/// The store's.
pub async fn seed(desk: &Desk, staffing: Staffing) -> Result<usize> {
    let count = staffing.all().len();
    let work = Arc::new(staffing);
    desk.store
        .write::<_, (), Error>(move |tx| {
            let work = Arc::clone(&work);
            async move {
                for appointment in work.all() {
                    let login = format!("demo-{}", appointment.no);
                    if tx.person_by_login(&login).await?.is_some() {
                        continue;
                    }
                    let name = format!("演示人员 {}", appointment.no);
                    let person = Person {
                        id: login.clone(),
                        login,
                        name,
                        secret: None,
                        active: true,
                    };
                    tx.put_person(&person).await?;
                    tx.appoint(&person.id, appointment).await?;
                }
                Ok(())
            }
            .boxed()
        })
        .await?;
    Ok(count)
}

/// The named person who releases words and photos from the command line; appointed as an editor of
/// the city the first time the name is used.
///
/// # Errors
/// The store's.
pub async fn editor(desk: &Desk, name: &str) -> Result<Viewer> {
    let name = name.to_owned();
    let from = desk.now();
    desk.store
        .write::<_, Viewer, Error>(move |tx| {
            let name = name.clone();
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
                        };
                        tx.appoint(&person.id, &appointment).await?;
                        person
                    }
                };
                Ok(Viewer::Staff(staff(
                    &person,
                    tx.appointments_of(&person.id).await?,
                    from,
                )))
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
    Ok(Viewer::Staff(staff(&known, ever, desk.now())))
}

/// Whoever may not sign in holds nothing, and is still the same person.
fn staff(person: &Person, mut ever: Vec<Appointment>, now: Timestamp) -> Staff {
    if !person.active {
        for appointment in &mut ever {
            appointment.until = Some(appointment.from);
        }
    }
    Staff::of(ever, now)
}
