//! Who sits in the same office.

use domain::access::{Appointment, Viewer};

use crate::{Desk, Result, views::Choice};

/// The others of the offices of these appointments, by name: who can stand in.
pub(crate) async fn colleagues(desk: &Desk, own: &[&Appointment]) -> Result<Vec<Choice>> {
    let now = desk.now();
    let mut reading = desk.store.read().await?;
    let mut found = Vec::new();
    for (other, person) in reading.appointments().await? {
        let same = own
            .iter()
            .any(|own| own.no != other.no && own.home == other.home);
        if !same || !other.holds(now) {
            continue;
        }
        // Whoever may not sign in stands in for nobody.
        if let Some(person) = reading.person(&person).await?.filter(|it| it.active) {
            found.push(Choice {
                value: other.no.0.to_string(),
                text: person.name,
            });
        }
    }
    Ok(found)
}

/// To whom this viewer can give cases, whatever their cases are.
///
/// # Errors
/// The store's.
pub async fn deputies(desk: &Desk, viewer: &Viewer) -> Result<Vec<Choice>> {
    let Viewer::Staff(staff) = viewer else {
        return Ok(Vec::new());
    };
    let own: Vec<&Appointment> = staff.appointments().iter().collect();
    colleagues(desk, &own).await
}
