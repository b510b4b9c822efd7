//! Signing in: a password, a second factor, and then a session.
//!
//! Who shows a password gets a token, good for ten minutes and for one session; how far they have
//! come since stands in the store ([`store::UnderWay`]). Each step says what is still missing: a code
//! of their authenticator, the enrolment of one (nobody gets in without), or a password of their own
//! where somebody else chose it. A reset, or shutting the person out, ends what is under way.
//!
//! Wrong tries make the next one wait, longer each time, up to a quarter of an hour. They are
//! counted for the login, and apart for each browser in which the person has signed in before: who
//! tries somebody's login from elsewhere does not shut them out of their own.

mod device;
mod enter;
mod own;
mod session;
mod tries;

use std::sync::Arc;

use domain::{access::Role, time::Millis};
use futures::FutureExt as _;
use store::{Tx, UnderWay};

pub use device::DeviceKind;
pub use enter::{Brings, Opened, login, open, vouched};
pub use own::{
    choose_password, first_password, new_codes, own_code, own_password, replace_authenticator,
};
pub use session::{KEPT_LASTS, SignedIn, close, peek, staff, whose};
pub use store::{SIGN_IN_LASTS, Token};

use crate::{Desk, Error, Result, authenticator, passwords};
use own::{RECOVERY_DIGITS, draw_codes, put_codes};
use tries::Counted;

/// How long a password that somebody else chose may be used.
pub const FIRST_PASSWORD_LASTS: Millis = Millis::hours(72);
/// Recovery codes at a time.
pub const RECOVERY_CODES: usize = 10;

/// Why somebody is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Login and password do not belong together, or the login is nobody's: the answer is the same.
    WrongPassword,
    /// Not a code of this moment, or one that was used.
    WrongCode,
    /// Too many wrong tries; how long to wait.
    Wait(Millis),
    /// The password was somebody else's choice and its time is over: another is to be asked for.
    FirstPasswordOver,
    /// The password they want will not do.
    Weak(passwords::Weak),
    /// The password they want is the one they have.
    SamePassword,
    /// The sign-in took too long, was finished, or was taken back: it begins anew.
    Over,
    /// The city's own sign-on vouches for somebody who may not sign in by it.
    NotVouched,
}

/// The answer of a step: what it gives, or why not.
pub type Step<T> = Result<std::result::Result<T, Fault>>;

/// What is missing before a session may begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// A code of the authenticator.
    Code,
    /// An authenticator.
    Authenticator,
    /// A password of their own.
    OwnPassword,
    /// Nothing.
    Nothing,
}

/// A sign-in as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignIn {
    /// How far it has come.
    pub so_far: UnderWay,
    /// The login of its person.
    pub login: String,
    /// What is missing.
    pub missing: Missing,
}

/// Checks a login and a password. `device` is this browser's, if the person has signed in with it
/// before. Answers the token of a sign-in that is under way.
///
/// # Errors
/// The store's, and [`store::Error::Busy`] if too many try at once.
pub async fn password(
    desk: &Desk,
    login: &str,
    password: &str,
    device: Option<&str>,
    own_phone: bool,
) -> Step<Token> {
    let login = login.trim();
    let person = desk.store.read().await?.person_by_login(login).await?;
    // A device counts only for the person it is known of.
    let device = device.filter(|device| {
        person
            .as_ref()
            .is_some_and(|person| is_device_of(device, &person.id))
    });
    let subject = match device {
        Some(device) => desk.store.try_of_device(device),
        None => desk.store.try_of_login(&login.to_lowercase()),
    };
    let last_free = match tries::count_now(desk, subject).await? {
        Counted::Waits(wait) => return Ok(Err(Fault::Wait(wait))),
        Counted::Goes { last_free } => last_free,
    };
    let known = person.filter(|person| person.active);
    let hash = known.as_ref().and_then(|person| person.secret.as_deref());
    let right = desk.passwords.is(password, hash).await;
    if right.is_err() {
        tries::forgive_now(desk, subject).await?;
    }
    let Some(person) = known.filter(|_| matches!(right, Ok(true))) else {
        right?;
        if last_free {
            note_waits(desk, login).await?;
        }
        return Ok(Err(Fault::WrongPassword));
    };
    let random: [u8; 32] = store::draw(&**desk.entropy());
    let text = Token::new(random).to_text();
    let drawn: [u8; authenticator::SECRET] = store::draw(&**desk.entropy());
    let work = Arc::new((person, text.clone(), drawn));
    let begun = desk
        .store
        .write::<_, std::result::Result<(), Fault>, Error>(move |tx| {
            let work = Arc::clone(&work);
            async move {
                let (person, text, drawn) = &*work;
                tries::forgive(tx, subject).await?;
                let now = tx.person(&person.id).await?;
                // As the password was looked at, so it must still be.
                if now.as_ref() != Some(person) {
                    return Ok(Err(Fault::WrongPassword));
                }
                if person.first_until.is_some_and(|until| until <= tx.now()) {
                    return Ok(Err(Fault::FirstPasswordOver));
                }
                let token = Token::from_text(text).ok_or(Error::NotFound)?;
                let enrolled = tx.second_factor(&person.id).await?.is_some();
                let secret = (!enrolled).then_some(drawn.as_slice());
                tx.begin_sign_in(&token, &person.id, own_phone, secret)
                    .await?;
                Ok(Ok(()))
            }
            .boxed()
        })
        .await?;
    if let Err(fault) = begun {
        return Ok(Err(fault));
    }
    Ok(Token::from_text(&text).ok_or(Fault::Over))
}

/// A row of wrong tries for somebody's login is for whoever audits.
async fn note_waits(desk: &Desk, login: &str) -> Result<()> {
    let login = Arc::new(login.to_owned());
    desk.store
        .write::<_, (), Error>(move |tx| {
            let login = Arc::clone(&login);
            async move {
                if let Some(person) = tx.person_by_login(&login).await? {
                    tx.log_staff(None, "own.waits", &person.id, "").await?;
                }
                Ok(())
            }
            .boxed()
        })
        .await
}

/// The sign-in of a token, as it stands; `None` if it is over.
///
/// # Errors
/// The store's.
pub async fn under_way(desk: &Desk, sign_in: &Token) -> Result<Option<SignIn>> {
    let mut reading = desk.store.read().await?;
    let Some(so_far) = reading.under_way(sign_in).await? else {
        return Ok(None);
    };
    let known = reading.person(&so_far.person).await?;
    let Some(known) = known.filter(|person| person.active) else {
        return Ok(None);
    };
    let missing = if so_far.proved {
        match known.first_until {
            Some(_) => Missing::OwnPassword,
            None => Missing::Nothing,
        }
    } else {
        match reading.second_factor(&so_far.person).await? {
            Some(_) => Missing::Code,
            None => Missing::Authenticator,
        }
    };
    Ok(Some(SignIn {
        so_far,
        login: known.login,
        missing,
    }))
}

/// The sign-in of a token whose person may sign in still, in a transaction.
async fn so_far(tx: &mut Tx, sign_in: &Token) -> Result<Option<UnderWay>> {
    let Some(so_far) = tx.under_way(sign_in).await? else {
        return Ok(None);
    };
    let known = tx.person(&so_far.person).await?;
    Ok(known.is_some_and(|person| person.active).then_some(so_far))
}

/// How a code was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    Authenticator,
    Recovery,
}

/// Checks a code of the authenticator, or a recovery code. Each is good once.
///
/// # Errors
/// The store's.
pub async fn code(desk: &Desk, sign_in: &Token, typed: &str, device: Option<&str>) -> Step<()> {
    let work = Arc::new((
        desk.clone(),
        sign_in.to_text(),
        tidy(typed),
        device.map(str::to_owned),
    ));
    desk.store
        .write::<_, _, Error>(move |tx| {
            let work = Arc::clone(&work);
            async move {
                let (desk, sign_in, typed, device) = &*work;
                let sign_in = Token::from_text(sign_in).ok_or(Error::NotFound)?;
                let Some(so_far) = so_far(tx, &sign_in).await? else {
                    return Ok(Err(Fault::Over));
                };
                let person = &so_far.person;
                let device = device.as_deref();
                let subject = match device.filter(|device| is_device_of(device, person)) {
                    Some(device) => desk.store.try_of_device(device),
                    None => desk.store.try_of_login(&format!("code of {person}")),
                };
                let last_free = match tries::count(tx, subject).await? {
                    Counted::Waits(wait) => return Ok(Err(Fault::Wait(wait))),
                    Counted::Goes { last_free } => last_free,
                };
                let Some(shown) = show(tx, person, typed).await? else {
                    if last_free {
                        tx.log_staff(None, "own.waits", person, "").await?;
                    }
                    return Ok(Err(Fault::WrongCode));
                };
                if shown == Shown::Recovery {
                    tx.log_staff(None, "own.recovery_code", person, "").await?;
                }
                tries::forgive(tx, subject).await?;
                tx.prove_sign_in(&sign_in).await?;
                Ok(Ok(()))
            }
            .boxed()
        })
        .await
}

async fn show(tx: &mut Tx, person: &str, typed: &str) -> Result<Option<Shown>> {
    if let Some(secret) = tx.second_factor(person).await?
        && let Some(step) = authenticator::step(&secret, typed, tx.now())
    {
        let first = tx.use_step(person, step).await?;
        return Ok(first.then_some(Shown::Authenticator));
    }
    if typed.len() == RECOVERY_DIGITS && tx.use_recovery_code(person, typed).await? {
        return Ok(Some(Shown::Recovery));
    }
    Ok(None)
}

/// What people type around a code means nothing, and neither does the width of a digit.
fn tidy(typed: &str) -> String {
    typed
        .chars()
        .filter_map(|c| match c {
            '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10),
            c if c.is_ascii_alphanumeric() => Some(c.to_ascii_lowercase()),
            _ => None,
        })
        .collect()
}

/// A secret of fresh chance for an authenticator.
#[must_use]
pub fn draw_secret(desk: &Desk) -> [u8; authenticator::SECRET] {
    store::draw(&**desk.entropy())
}

/// Enrols the authenticator of a sign-in if it shows the right code, and answers the recovery codes:
/// the one time they are seen.
///
/// # Errors
/// The store's.
pub async fn enrol(desk: &Desk, sign_in: &Token, typed: &str) -> Step<Vec<String>> {
    let codes = draw_codes(desk);
    let work = Arc::new((desk.clone(), sign_in.to_text(), tidy(typed), codes.clone()));
    let enrolled = desk
        .store
        .write::<_, std::result::Result<(), Fault>, Error>(move |tx| {
            let work = Arc::clone(&work);
            async move {
                let (desk, sign_in, typed, codes) = &*work;
                let sign_in = Token::from_text(sign_in).ok_or(Error::NotFound)?;
                let Some(so_far) = so_far(tx, &sign_in).await? else {
                    return Ok(Err(Fault::Over));
                };
                let (person, secret) = (&so_far.person, so_far.secret.as_deref());
                let Some(secret) = secret else {
                    return Ok(Err(Fault::Over));
                };
                // Somebody else was faster: theirs stands, and this one has shown no code of it.
                if tx.second_factor(person).await?.is_some() {
                    return Ok(Err(Fault::Over));
                }
                let Some(step) = authenticator::step(secret, typed, tx.now()) else {
                    return Ok(Err(Fault::WrongCode));
                };
                tx.put_second_factor(person, secret, step).await?;
                put_codes(tx, desk, person, codes).await?;
                tx.prove_sign_in(&sign_in).await?;
                tx.log_staff(None, "own.enrolled", person, "").await?;
                Ok(Ok(()))
            }
            .boxed()
        })
        .await?;
    Ok(enrolled.map(|()| codes))
}

/// The three roles that look after the others and are kept apart from all else.
pub(crate) const fn is_apart(role: Role) -> bool {
    matches!(
        role,
        Role::SystemAdmin | Role::SecurityAdmin | Role::Auditor
    )
}

/// Whether a device is known of this person.
#[must_use]
pub fn is_device_of(device: &str, person: &str) -> bool {
    device.split_once('/').is_some_and(|(_, of)| of == person)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        assert_eq!(tidy(" 123 456 "), "123456");
        assert_eq!(tidy("１２３４５６"), "123456");
        assert_eq!(tidy("AB2C3-DE4F5"), "ab2c3de4f5");
    }

    #[test]
    fn a_device_counts_for_its_own_person_only() {
        assert!(is_device_of("00ff/p1", "p1"));
        assert!(!is_device_of("00ff/p1", "p2") && !is_device_of("p1", "p1"));
    }
}
