//! Accounts and appointments, looked after by three roles that are kept apart
//! ([`domain::access::manages`]). Everything done is written down in the same transaction.

use std::{collections::BTreeSet, sync::Arc};

use domain::{
    access::{Appointment, Line, Manage, Reach, Role, Terms, Viewer, manages},
    clock::Owner,
    ids::{AppointmentNo, AreaCode},
    text::PersonName,
    time::Timestamp,
};
use futures::FutureExt as _;
use store::{Person, Tx};

use super::offices::place;
use crate::{
    Desk, Error, Result,
    sign_in::{FIRST_PASSWORD_LASTS, is_apart},
};

/// Why nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonFault {
    /// A login is 3 to 40 letters, digits, dots and hyphens.
    Login,
    /// Somebody has this login.
    LoginTaken,
    /// A name is missing, or longer than 60 characters.
    Name,
    /// No such role, or one that nobody is appointed to here.
    Role,
    /// The role needs a community, unit or module that exists.
    Where,
    /// No day on which it could begin.
    From,
    /// No day on which it could end.
    UntilDay,
    /// It ends before it begins.
    Until,
    /// The day on which it would end is over.
    UntilPast,
    /// It has ended already.
    Ended,
    /// A grid that does not lie in the community when it begins.
    Grids,
    /// One of the three who look after others may not be another of them as well.
    KeptApart,
    /// Nobody does this to themself.
    Oneself,
    /// Those who look after others are reset and shut out at the server itself: else whoever makes
    /// accounts could become any of them.
    AtTheServer,
    /// Nobody ever signs in with this account.
    NoSignIn,
}

/// What a step gives, or why not.
pub type Step<T> = Result<std::result::Result<T, PersonFault>>;

/// Makes an account, and answers its first password: the one time it is seen.
///
/// # Errors
/// [`Error::Forbidden`], and the store's.
pub async fn add(desk: &Desk, viewer: &Viewer, login: &str, name: &str) -> Step<String> {
    let by = manages(viewer, Manage::Accounts).ok_or(Error::Forbidden)?;
    make(desk, Some(by), login, name, None).await
}

/// The first people of a new city, by the command line: whoever makes accounts, and whoever gives
/// offices.
///
/// # Errors
/// The store's.
pub async fn admin(desk: &Desk, login: &str, name: &str, role: Role) -> Step<String> {
    if !is_apart(role) {
        return Ok(Err(PersonFault::Role));
    }
    make(desk, None, login, name, Some(role)).await
}

async fn make(
    desk: &Desk,
    by: Option<AppointmentNo>,
    login: &str,
    name: &str,
    role: Option<Role>,
) -> Step<String> {
    let login = login.trim().to_owned();
    let Ok(name) = PersonName::new(name) else {
        return Ok(Err(PersonFault::Name));
    };
    let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-');
    if !(3..=40).contains(&login.len()) || !login.chars().all(good) {
        return Ok(Err(PersonFault::Login));
    }
    if name.is_empty() {
        return Ok(Err(PersonFault::Name));
    }
    let password = draw_password(desk);
    let hash = desk.passwords.hash(desk, &password).await?;
    let random: [u8; 16] = store::draw(&**desk.entropy());
    let person = Person {
        id: hex::encode(random),
        login,
        name: name.into(),
        secret: Some(hash),
        active: true,
        first_until: Some(desk.now().plus(FIRST_PASSWORD_LASTS)),
    };
    let work = Arc::new((person, role));
    let made = desk
        .store
        .write::<_, bool, Error>(move |tx| {
            let work = Arc::clone(&work);
            async move {
                let (person, role) = &*work;
                if tx.person_by_login(&person.login).await?.is_some() {
                    return Ok(false);
                }
                tx.put_person(person).await?;
                tx.log_staff(by, "person.added", &person.id, "").await?;
                if let Some(role) = role {
                    let no = tx.next_appointment().await?;
                    let appointment = Appointment {
                        no,
                        role: *role,
                        line: Line::All,
                        reach: Reach::City,
                        home: Owner::City,
                        from: tx.now(),
                        until: None,
                        terms: Terms::default(),
                    };
                    tx.appoint(&person.id, &appointment).await?;
                    tx.log_appointment(by, "appointment.given", &person.id, &appointment)
                        .await?;
                }
                Ok(true)
            }
            .boxed()
        })
        .await?;
    Ok(if made {
        Ok(password)
    } else {
        Err(PersonFault::LoginTaken)
    })
}

/// A password to be read out once: four groups that look like nothing else.
fn draw_password(desk: &Desk) -> String {
    const ALPHABET: &[u8; 32] = b"23456789abcdefghjkmnpqrstuvwxyz_";
    let mut groups: Vec<String> = Vec::new();
    while groups.len() < 4 {
        let mut group = String::new();
        while group.len() < 4 {
            let [byte]: [u8; 1] = store::draw(&**desk.entropy());
            let kind = ALPHABET[usize::from(byte & 31)];
            if kind != b'_' {
                group.push(char::from(kind));
            }
        }
        groups.push(group);
    }
    groups.join("-")
}

/// Gives a person a new first password and forgets their authenticator: for whoever lost both. All
/// that was open for them ends.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], and the store's.
pub async fn reset(desk: &Desk, viewer: &Viewer, person: &str) -> Step<String> {
    let by = manages(viewer, Manage::Accounts).ok_or(Error::Forbidden)?;
    if is_self(desk, viewer, person).await? {
        return Ok(Err(PersonFault::Oneself));
    }
    put_first_password(desk, Some(by), person).await
}

/// The same at the server's command line, for those whom nobody else may reset.
///
/// # Errors
/// [`Error::NotFound`] for a login of nobody, and the store's.
pub async fn reset_at_server(desk: &Desk, login: &str) -> Step<String> {
    let known = desk.store.read().await?.person_by_login(login).await?;
    let known = known.ok_or(Error::NotFound)?;
    put_first_password(desk, None, &known.id).await
}

async fn put_first_password(desk: &Desk, by: Option<AppointmentNo>, person: &str) -> Step<String> {
    let password = draw_password(desk);
    let hash = desk.passwords.hash(desk, &password).await?;
    let until = desk.now().plus(FIRST_PASSWORD_LASTS);
    let work = Arc::new((person.to_owned(), hash));
    let done = desk
        .store
        .write::<_, std::result::Result<(), PersonFault>, Error>(move |tx| {
            let work = Arc::clone(&work);
            async move {
                let (person, hash) = &*work;
                let known = tx.person(person).await?.ok_or(Error::NotFound)?;
                if known.secret.is_none() {
                    return Ok(Err(PersonFault::NoSignIn));
                }
                if by.is_some() && looks_after_others(tx, person).await? {
                    return Ok(Err(PersonFault::AtTheServer));
                }
                let changed = Person {
                    secret: Some(hash.clone()),
                    first_until: Some(until),
                    ..known
                };
                tx.put_person(&changed).await?;
                tx.erase_second_factor(person).await?;
                end_all(tx, person).await?;
                tx.log_staff(by, "person.reset", person, "").await?;
                Ok(Ok(()))
            }
            .boxed()
        })
        .await?;
    Ok(done.map(|()| password))
}

/// Whether a person holds, or will hold, one of the three roles kept apart.
pub(crate) async fn looks_after_others(tx: &mut Tx, person: &str) -> Result<bool> {
    let now = tx.now();
    let held = tx.appointments_of(person).await?;
    Ok(held
        .iter()
        .any(|held| is_apart(held.role) && held.until.is_none_or(|until| now < until)))
}

async fn end_all(tx: &mut Tx, person: &str) -> Result<()> {
    tx.close_staff_of(person).await?;
    tx.end_sign_ins_of(person, None).await?;
    tx.end_api_tokens_of(person).await?;
    Ok(())
}

/// Lets a person sign in, or not: then everything that was open for them ends at once.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], and the store's.
pub async fn let_in(desk: &Desk, viewer: &Viewer, person: &str, active: bool) -> Step<()> {
    let by = manages(viewer, Manage::Accounts).ok_or(Error::Forbidden)?;
    if is_self(desk, viewer, person).await? {
        return Ok(Err(PersonFault::Oneself));
    }
    let person = Arc::new(person.to_owned());
    desk.store
        .write::<_, std::result::Result<(), PersonFault>, Error>(move |tx| {
            let person = Arc::clone(&person);
            async move {
                let known = tx.person(&person).await?.ok_or(Error::NotFound)?;
                if known.active == active {
                    return Ok(Ok(()));
                }
                if looks_after_others(tx, &person).await? {
                    return Ok(Err(PersonFault::AtTheServer));
                }
                tx.put_person(&Person { active, ..known }).await?;
                if !active {
                    end_all(tx, &person).await?;
                }
                let what = if active {
                    "person.let_in"
                } else {
                    "person.shut_out"
                };
                tx.log_staff(Some(by), what, &person, "").await?;
                Ok(Ok(()))
            }
            .boxed()
        })
        .await
}

async fn is_self(desk: &Desk, viewer: &Viewer, person: &str) -> Result<bool> {
    let Viewer::Staff(staff) = viewer else {
        return Ok(false);
    };
    let of = desk.store.read().await?.appointments_of(person).await?;
    Ok(of
        .iter()
        .any(|held| staff.appointments().iter().any(|own| own.no == held.no)))
}

/// An appointment to be given, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Appointing {
    /// The role's word.
    pub role: String,
    /// A community, for secretaries and grid officers.
    pub community: String,
    /// A governance unit, for dispatchers.
    pub area: String,
    /// A module, for officers and contractors.
    pub module: String,
    /// Which part of a grid officer's work; empty is the whole of it.
    pub grid_role: String,
    /// The grids that a grid officer serves; none is every one of the community.
    pub grids: Vec<String>,
    /// Seconded to these communities, for an officer: it begins in each when that one agrees.
    pub only: Vec<String>,
    /// The beginning, where it is not now.
    pub from: Option<Timestamp>,
    /// The end, exclusive.
    pub until: Option<Timestamp>,
}

/// What is agreed beside the office; nothing where the part of a grid officer is none there is.
fn terms(role: Role, wanted: &Appointing, reach: &Reach) -> Option<Terms> {
    let grid_role = match wanted.grid_role.as_str() {
        "" => None,
        _ if role != Role::GridOfficer => None,
        part => Some(part.parse().ok()?),
    };
    let seconded = matches!((role, reach), (Role::Officer, Reach::Communities(_)));
    Some(Terms {
        grid_role,
        seconded: seconded.then(Vec::new),
        ..Terms::default()
    })
}

/// The grids as typed, where each lies in the community on the day.
fn grids(
    desk: &Desk,
    community: &AreaCode,
    from: Timestamp,
    typed: &[String],
) -> Option<Vec<AreaCode>> {
    let inside = desk.city.areas.grids_of(community, from);
    let typed: BTreeSet<&str> = typed.iter().map(String::as_str).collect();
    let code = |text: &str| {
        let grid = inside.iter().find(|grid| grid.code.as_str() == text);
        grid.map(|grid| grid.code.clone())
    };
    typed.into_iter().map(code).collect()
}

/// Appoints a person. From the next request on they are what they were made.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], and the store's.
pub async fn appoint(desk: &Desk, viewer: &Viewer, person: &str, wanted: &Appointing) -> Step<u32> {
    let by = manages(viewer, Manage::Appointments).ok_or(Error::Forbidden)?;
    if is_self(desk, viewer, person).await? {
        return Ok(Err(PersonFault::Oneself));
    }
    let now = desk.now();
    let Ok(role) = wanted.role.parse::<Role>() else {
        return Ok(Err(PersonFault::Role));
    };
    // A day that has begun is today.
    let from = wanted.from.filter(|from| *from > now).unwrap_or(now);
    if let Some(until) = wanted.until.filter(|until| *until <= from) {
        return Ok(Err(match wanted.from {
            Some(begins) if until <= begins => PersonFault::Until,
            _ => PersonFault::UntilPast,
        }));
    }
    let Some((line, reach, home)) = place(desk, role, wanted) else {
        return Ok(Err(PersonFault::Where));
    };
    let Some(mut terms) = terms(role, wanted, &reach) else {
        return Ok(Err(PersonFault::Role));
    };
    if let (Role::GridOfficer, Owner::Community(community)) = (role, &home) {
        let Some(grids) = grids(desk, community, from, &wanted.grids) else {
            return Ok(Err(PersonFault::Grids));
        };
        terms.grids = grids;
    }
    let draft = Appointment {
        no: AppointmentNo(0),
        role,
        line,
        reach,
        home,
        from,
        until: wanted.until,
        terms,
    };
    let work = Arc::new((person.to_owned(), draft));
    desk.store
        .write::<_, std::result::Result<u32, PersonFault>, Error>(move |tx| {
            let work = Arc::clone(&work);
            async move {
                let (person, draft) = &*work;
                tx.person(person).await?.ok_or(Error::NotFound)?;
                let others = tx.appointments_of(person).await?;
                let clash = others.iter().any(|held| {
                    overlap(held, draft)
                        && held.role != draft.role
                        && is_apart(held.role)
                        && is_apart(draft.role)
                });
                if clash {
                    return Ok(Err(PersonFault::KeptApart));
                }
                let no = tx.next_appointment().await?;
                let appointment = Appointment {
                    no,
                    ..draft.clone()
                };
                tx.appoint(person, &appointment).await?;
                if is_apart(appointment.role) {
                    // However they came in before, they come in by these roles' own door now.
                    end_all(tx, person).await?;
                }
                tx.log_appointment(Some(by), "appointment.given", person, &appointment)
                    .await?;
                Ok(Ok(no.0))
            }
            .boxed()
        })
        .await
}

/// Whether there is a moment at which both hold.
fn overlap(one: &Appointment, other: &Appointment) -> bool {
    let not_over = |at: Timestamp, of: &Appointment| of.until.is_none_or(|until| at < until);
    not_over(one.from, other) && not_over(other.from, one)
}

/// Ends an appointment, from now on; one that has not begun never does.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], and the store's.
pub async fn end(desk: &Desk, viewer: &Viewer, no: u32) -> Step<()> {
    let by = manages(viewer, Manage::Appointments).ok_or(Error::Forbidden)?;
    let Viewer::Staff(staff) = viewer else {
        return Err(Error::Forbidden);
    };
    let no = AppointmentNo(no);
    if staff.appointments().iter().any(|own| own.no == no) {
        return Ok(Err(PersonFault::Oneself));
    }
    desk.store
        .write::<_, std::result::Result<(), PersonFault>, Error>(move |tx| {
            async move {
                let held = tx.appointment(no).await?.ok_or(Error::NotFound)?;
                let holder = tx.holder(no).await?.ok_or(Error::NotFound)?;
                let now = tx.now();
                if held.until.is_some_and(|until| until <= now) {
                    return Ok(Err(PersonFault::Ended));
                }
                let ended = Appointment {
                    until: Some(now),
                    ..held
                };
                tx.appoint(&holder.id, &ended).await?;
                tx.log_appointment(Some(by), "appointment.ended", &holder.id, &ended)
                    .await?;
                Ok(Ok(()))
            }
            .boxed()
        })
        .await
}
