//! Signing in: a password, a second factor, and then a session.
//!
//! Who knows the password is told what is still missing ([`missing`]): a code of their
//! authenticator, the enrolment of one (nobody gets in without), or a password of their own where
//! somebody else chose it. The door keeps, sealed in a cookie, how far somebody has come; every step
//! looks again at the person as they stand.
//!
//! Wrong tries make the next one wait, longer each time, up to a quarter of an hour. They are
//! counted for the login, and apart for each browser in which the person has signed in before: who
//! tries somebody's login from elsewhere does not shut them out of their own.

use std::sync::Arc;

use domain::{
    access::Viewer,
    time::{Millis, Timestamp},
};
use futures::FutureExt as _;
use store::{Person, Subject, Token, Tries, Tx};

use crate::{Desk, Error, Result, authenticator, error::is_busy, passwords, people};

/// Wrong tries that cost no wait.
const FREE_TRIES: u32 = 5;
/// The wait after one more; it doubles with each.
const FIRST_WAIT: Millis = Millis::seconds(30);
/// The longest wait: a lock that never opens would be a way to shut people out.
const LONGEST_WAIT: Millis = Millis::minutes(15);
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

/// Checks a login and a password. `device` is this browser's, if the person has signed in with it
/// before. Answers the person's id.
///
/// # Errors
/// The store's, and [`store::Error::Busy`] if too many try at once.
pub async fn password(
    desk: &Desk,
    login: &str,
    password: &str,
    device: Option<&str>,
) -> Step<String> {
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
    if let Some(wait) = waits(desk, subject).await? {
        return Ok(Err(Fault::Wait(wait)));
    }
    let known = person.filter(|person| person.active);
    let hash = known.as_ref().and_then(|person| person.secret.as_deref());
    if !desk.passwords.is(password, hash).await? {
        return failed(desk, subject, Fault::WrongPassword).await;
    }
    let Some(person) = known else {
        return failed(desk, subject, Fault::WrongPassword).await;
    };
    if person.first_until.is_some_and(|until| until <= desk.now()) {
        return Ok(Err(Fault::FirstPasswordOver));
    }
    Ok(Ok(person.id))
}

/// What a person who knows the password still has to show; `proved` if they showed a code, or have
/// just enrolled their authenticator.
///
/// # Errors
/// [`Error::NotFound`] for a person who may not sign in any more, and the store's.
pub async fn missing(desk: &Desk, person: &str, proved: bool) -> Result<Missing> {
    let mut reading = desk.store.read().await?;
    let known = reading.person(person).await?;
    let known = known
        .filter(|person| person.active)
        .ok_or(Error::NotFound)?;
    if !proved {
        let factor = reading.second_factor(person).await?;
        return Ok(match factor {
            Some(_) => Missing::Code,
            None => Missing::Authenticator,
        });
    }
    Ok(if known.first_until.is_some() {
        Missing::OwnPassword
    } else {
        Missing::Nothing
    })
}

/// How a code was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// By the authenticator.
    Authenticator,
    /// On paper; so many are left.
    Recovery {
        /// How many.
        left: u32,
    },
}

/// Checks a code of the authenticator, or a recovery code. Each is good once.
///
/// # Errors
/// The store's.
pub async fn code(desk: &Desk, person: &str, typed: &str, device: Option<&str>) -> Step<Shown> {
    let device = device.filter(|device| is_device_of(device, person));
    let subject = match device {
        Some(device) => desk.store.try_of_device(device),
        None => desk.store.try_of_login(&format!("code of {person}")),
    };
    if let Some(wait) = waits(desk, subject).await? {
        return Ok(Err(Fault::Wait(wait)));
    }
    let work = Arc::new((person.to_owned(), tidy(typed)));
    let shown = desk
        .store
        .write::<_, Option<Shown>, Error>(move |tx| {
            let work = Arc::clone(&work);
            async move {
                let (person, typed) = &*work;
                show(tx, person, typed).await
            }
            .boxed()
        })
        .await?;
    match shown {
        Some(shown) => Ok(Ok(shown)),
        None => failed(desk, subject, Fault::WrongCode).await,
    }
}

async fn show(tx: &mut Tx, person: &str, typed: &str) -> Result<Option<Shown>> {
    if let Some(secret) = tx.second_factor(person).await?
        && let Some(step) = authenticator::step(&secret, typed, tx.now())
    {
        let first = tx.use_step(person, step).await?;
        return Ok(first.then_some(Shown::Authenticator));
    }
    if typed.len() == RECOVERY_DIGITS && tx.use_recovery_code(person, typed).await? {
        let left = tx.recovery_codes_left(person).await?;
        return Ok(Some(Shown::Recovery { left }));
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

/// Enrols an authenticator that shows the right code, and answers the recovery codes: the one time
/// they are seen.
///
/// # Errors
/// [`Error::Forbidden`] if the person has one already, and the store's.
pub async fn enrol(desk: &Desk, person: &str, secret: &[u8], typed: &str) -> Step<Vec<String>> {
    let Some(step) = authenticator::step(secret, &tidy(typed), desk.now()) else {
        return Ok(Err(Fault::WrongCode));
    };
    let codes = draw_codes(desk);
    let work = Arc::new((
        desk.clone(),
        person.to_owned(),
        secret.to_vec(),
        codes.clone(),
    ));
    desk.store
        .write::<_, (), Error>(move |tx| {
            let work = Arc::clone(&work);
            async move {
                let (desk, person, secret, codes) = &*work;
                if tx.second_factor(person).await?.is_some() {
                    return Err(Error::Forbidden);
                }
                tx.put_second_factor(person, secret, step).await?;
                put_codes(tx, desk, person, codes).await
            }
            .boxed()
        })
        .await?;
    Ok(Ok(codes))
}

/// Ten new recovery codes in place of those there were.
///
/// # Errors
/// The store's.
pub async fn new_codes(desk: &Desk, person: &str) -> Result<Vec<String>> {
    let codes = draw_codes(desk);
    let work = Arc::new((desk.clone(), person.to_owned(), codes.clone()));
    desk.store
        .write::<_, (), Error>(move |tx| {
            let work = Arc::clone(&work);
            async move {
                let (desk, person, codes) = &*work;
                put_codes(tx, desk, person, codes).await
            }
            .boxed()
        })
        .await?;
    Ok(codes)
}

async fn put_codes(tx: &mut Tx, desk: &Desk, person: &str, codes: &[String]) -> Result<()> {
    let hashes: Vec<_> = codes
        .iter()
        .map(|code| desk.store.recovery_hash(person, &tidy(code)))
        .collect();
    Ok(tx.put_recovery_codes(person, &hashes).await?)
}

/// Characters of a recovery code: 32 kinds, so 50 bits.
const RECOVERY_DIGITS: usize = 10;

/// Codes that can be read from paper: no letter that looks like a digit.
fn draw_codes(desk: &Desk) -> Vec<String> {
    const ALPHABET: &[u8; 32] = b"23456789abcdefghjkmnpqrstuvwxyz_";
    (0..RECOVERY_CODES)
        .map(|_| {
            let mut code = String::new();
            while code.len() < RECOVERY_DIGITS + 1 {
                let [byte]: [u8; 1] = store::draw(&**desk.entropy());
                let kind = ALPHABET[usize::from(byte & 31)];
                // One of the 32 is nothing: 31 kinds remain, each as likely as the others.
                if kind == b'_' {
                    continue;
                }
                code.push(char::from(kind));
                if code.len() == RECOVERY_DIGITS / 2 {
                    code.push('-');
                }
            }
            code
        })
        .collect()
}

/// Gives a person a password of their own choice. Everything that was open for them elsewhere ends;
/// `keep` is the session they do it from.
///
/// # Errors
/// [`Error::NotFound`] for nobody, and the store's.
pub async fn choose_password(
    desk: &Desk,
    person: &str,
    password: &str,
    keep: Option<&Token>,
) -> Step<()> {
    let known = desk.store.read().await?.person(person).await?;
    let known = known.ok_or(Error::NotFound)?;
    if let Err(weak) = passwords::check(password, &known.login) {
        return Ok(Err(Fault::Weak(weak)));
    }
    if desk.passwords.is(password, known.secret.as_deref()).await? {
        return Ok(Err(Fault::SamePassword));
    }
    let hash = desk.passwords.hash(desk, password).await?;
    set_password(desk, person, hash, None, keep).await?;
    Ok(Ok(()))
}

/// Whether this is the person's password; wrong tries are counted as at the door.
///
/// # Errors
/// [`Error::NotFound`] for nobody, and the store's.
pub async fn own_password(desk: &Desk, person: &str, password: &str) -> Step<()> {
    let subject = desk.store.try_of_login(&format!("own {person}"));
    if let Some(wait) = waits(desk, subject).await? {
        return Ok(Err(Fault::Wait(wait)));
    }
    let known = desk.store.read().await?.person(person).await?;
    let known = known.ok_or(Error::NotFound)?;
    if desk.passwords.is(password, known.secret.as_deref()).await? {
        forget(desk, vec![subject]).await?;
        Ok(Ok(()))
    } else {
        failed(desk, subject, Fault::WrongPassword).await
    }
}

pub(crate) async fn set_password(
    desk: &Desk,
    person: &str,
    hash: String,
    first_until: Option<Timestamp>,
    keep: Option<&Token>,
) -> Result<()> {
    let work = Arc::new((person.to_owned(), hash, keep.map(Token::to_text)));
    desk.store
        .write::<_, (), Error>(move |tx| {
            let work = Arc::clone(&work);
            async move {
                let (person, hash, keep) = &*work;
                let known = tx.person(person).await?.ok_or(Error::NotFound)?;
                let changed = Person {
                    secret: Some(hash.clone()),
                    first_until,
                    ..known
                };
                tx.put_person(&changed).await?;
                match keep.as_deref().and_then(Token::from_text) {
                    Some(keep) => tx.close_other_staff(person, &keep).await?,
                    None => tx.close_staff_of(person).await?,
                };
                tx.end_api_tokens_of(person).await?;
                Ok(())
            }
            .boxed()
        })
        .await
}

/// Opens a session, for whom nothing is missing any more. `own_phone`: it may lie idle for a shift.
///
/// # Errors
/// [`Error::NotFound`] for a person who may not sign in any more, [`Error::Forbidden`] if something
/// is missing all the same, and the store's.
pub async fn open(desk: &Desk, person: &str, own_phone: bool, device: &str) -> Result<Token> {
    if missing(desk, person, true).await? != Missing::Nothing {
        return Err(Error::Forbidden);
    }
    let random: [u8; 32] = store::draw(&**desk.entropy());
    let text = Token::new(random).to_text();
    let login = login(desk, person).await?;
    // Who came all the way has not been guessing.
    let subjects = [
        desk.store.try_of_device(device),
        desk.store.try_of_login(&login.to_lowercase()),
        desk.store.try_of_login(&format!("code of {person}")),
    ];
    let work = Arc::new((person.to_owned(), text.clone(), subjects));
    desk.store
        .write::<_, (), Error>(move |tx| {
            let work = Arc::clone(&work);
            async move {
                let (person, text, subjects) = &*work;
                let known = tx.person(person).await?.filter(|person| person.active);
                let known = known.ok_or(Error::NotFound)?;
                if tx.second_factor(person).await?.is_none() {
                    return Err(Error::Forbidden);
                }
                let token = Token::from_text(text).ok_or(Error::NotFound)?;
                tx.open_staff(&token, &known.id, own_phone).await?;
                for subject in subjects {
                    tx.forget_tries(*subject).await?;
                }
                Ok(())
            }
            .boxed()
        })
        .await?;
    Token::from_text(&text).ok_or(Error::NotFound)
}

/// The login of a person.
///
/// # Errors
/// [`Error::NotFound`] for nobody, and the store's.
pub async fn login(desk: &Desk, person: &str) -> Result<String> {
    let known = desk.store.read().await?.person(person).await?;
    Ok(known.ok_or(Error::NotFound)?.login)
}

async fn forget(desk: &Desk, subjects: Vec<Subject>) -> Result<()> {
    let subjects = Arc::new(subjects);
    desk.store
        .write::<_, (), Error>(move |tx| {
            let subjects = Arc::clone(&subjects);
            async move {
                for subject in subjects.iter() {
                    tx.forget_tries(*subject).await?;
                }
                Ok(())
            }
            .boxed()
        })
        .await
}

/// A name for a browser in which a person has signed in, to be kept by it, sealed.
#[must_use]
pub fn draw_device(desk: &Desk, person: &str) -> String {
    let random: [u8; 16] = store::draw(&**desk.entropy());
    format!("{}/{person}", hex::encode(random))
}

/// Whether a device is known of this person.
#[must_use]
pub fn is_device_of(device: &str, person: &str) -> bool {
    device.split_once('/').is_some_and(|(_, of)| of == person)
}

async fn waits(desk: &Desk, subject: Subject) -> Result<Option<Millis>> {
    let tries = desk.store.read().await?.tries(subject).await?;
    let Some(tries) = tries else { return Ok(None) };
    let left = tries.wait_until.since(desk.now());
    // A clock that was set back makes nobody wait longer than the longest wait.
    Ok((left > Millis::ZERO).then(|| left.min(LONGEST_WAIT)))
}

/// One more wrong try.
async fn failed<T>(desk: &Desk, subject: Subject, fault: Fault) -> Step<T> {
    desk.store
        .write::<_, (), Error>(move |tx| {
            async move {
                let before = tx.tries(subject).await?;
                let failures = before.map_or(0, |tries| tries.failures).saturating_add(1);
                let wait = wait_after(failures);
                let tries = Tries {
                    failures,
                    wait_until: tx.now().plus(wait),
                };
                Ok(tx.put_tries(subject, tries).await?)
            }
            .boxed()
        })
        .await?;
    Ok(Err(fault))
}

fn wait_after(failures: u32) -> Millis {
    let Some(beyond) = failures.checked_sub(FREE_TRIES) else {
        return Millis::ZERO;
    };
    let doubled = FIRST_WAIT.millis().saturating_mul(1 << beyond.min(20));
    Millis::new(doubled).min(LONGEST_WAIT)
}

/// A signed-in member of staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// Their id.
    pub person: String,
    /// Their login.
    pub login: String,
    /// Their name, for the head of their own pages.
    pub name: String,
    /// What the rules know of them.
    pub viewer: Viewer,
    /// On their own phone.
    pub own_phone: bool,
}

/// Who a staff cookie stands for, as they stand now: an appointment that ended, or a person who may
/// not sign in any more, opens nothing from this request on.
///
/// # Errors
/// If the store does not answer.
pub async fn staff(desk: &Desk, token: &Token) -> Result<Option<SignedIn>> {
    let Some((found, note_look)) = look_up(desk, token).await? else {
        return Ok(None);
    };
    if note_look {
        let text = token.to_text();
        let noted = desk
            .store
            .write::<_, (), Error>(move |tx| {
                let token = Token::from_text(&text);
                async move {
                    if let Some(token) = token {
                        tx.see_staff(&token).await?;
                    }
                    Ok(())
                }
                .boxed()
            })
            .await;
        match noted {
            // The next request may be written down.
            Err(Error::Store(error)) if is_busy(&error) => {}
            noted => noted?,
        }
    }
    Ok(Some(found))
}

/// The same without keeping the session open: what a page asks by itself is no request of a person.
///
/// # Errors
/// If the store does not answer.
pub async fn peek(desk: &Desk, token: &Token) -> Result<Option<SignedIn>> {
    Ok(look_up(desk, token).await?.map(|(found, _)| found))
}

async fn look_up(desk: &Desk, token: &Token) -> Result<Option<(SignedIn, bool)>> {
    let mut reading = desk.store.read().await?;
    let Some(session) = reading.staff_session(token).await? else {
        return Ok(None);
    };
    let Some(person) = reading.person(&session.person).await? else {
        return Ok(None);
    };
    if !person.active {
        return Ok(None);
    }
    let ever = reading.appointments_of(&person.id).await?;
    let viewer = Viewer::Staff(people::staff(&person, ever, desk.now()));
    let found = SignedIn {
        person: person.id,
        login: person.login,
        name: person.name,
        viewer,
        own_phone: session.own_phone,
    };
    Ok(Some((found, session.note_look)))
}

/// Ends a session.
///
/// # Errors
/// If the store does not answer.
pub async fn close(desk: &Desk, token: &Token) -> Result<()> {
    let text = token.to_text();
    desk.store
        .write(move |tx| {
            let token = Token::from_text(&text);
            async move {
                if let Some(token) = token {
                    tx.close_staff(&token).await?;
                }
                Ok(())
            }
            .boxed()
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_and_has_an_end() {
        let waits: Vec<i64> = (1..=12).map(|n| wait_after(n).millis() / 1_000).collect();
        assert_eq!(waits, [0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]);
        assert_eq!(wait_after(u32::MAX), LONGEST_WAIT);
    }

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
