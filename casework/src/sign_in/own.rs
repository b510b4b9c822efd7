//! What people change of their own: password, authenticator, recovery codes.

use std::sync::Arc;

use domain::time::Timestamp;
use futures::FutureExt as _;
use store::{Person, Token, Tx};

use super::{
    Fault, RECOVERY_CODES, Step, show, tidy,
    tries::{self, Counted},
};
use crate::{Desk, Error, Result, authenticator, passwords};

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
                tx.log_staff(None, "own.codes", person, "").await?;
                put_codes(tx, desk, person, codes).await
            }
            .boxed()
        })
        .await?;
    Ok(codes)
}

pub(super) async fn put_codes(
    tx: &mut Tx,
    desk: &Desk,
    person: &str,
    codes: &[String],
) -> Result<()> {
    let hashes: Vec<_> = codes
        .iter()
        .map(|code| desk.store.recovery_hash(person, &tidy(code)))
        .collect();
    Ok(tx.put_recovery_codes(person, &hashes).await?)
}

/// Characters of a recovery code: 32 kinds, so 50 bits.
pub(super) const RECOVERY_DIGITS: usize = 10;

/// Codes that can be read from paper: no letter that looks like a digit.
pub(super) fn draw_codes(desk: &Desk) -> Vec<String> {
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

/// Checks a password that somebody wants to have, and hashes it. Answers the hash of the one they
/// have as well: it must be the one that is replaced.
async fn hash_new(desk: &Desk, person: &str, password: &str) -> Step<(String, Option<String>)> {
    let known = desk.store.read().await?.person(person).await?;
    let known = known.ok_or(Error::NotFound)?;
    if let Err(weak) = passwords::check(password, &known.login) {
        return Ok(Err(Fault::Weak(weak)));
    }
    if desk.passwords.is(password, known.secret.as_deref()).await? {
        return Ok(Err(Fault::SamePassword));
    }
    let hash = desk.passwords.hash(desk, password).await?;
    Ok(Ok((hash, known.secret)))
}

/// Gives a person a password of their own choice. Everything else that was open for them ends;
/// `keep` is the session they do it from.
///
/// # Errors
/// [`Error::NotFound`] for nobody, and the store's.
pub async fn choose_password(desk: &Desk, person: &str, password: &str, keep: &Token) -> Step<()> {
    let (hash, old) = match hash_new(desk, person, password).await? {
        Ok(hashed) => hashed,
        Err(fault) => return Ok(Err(fault)),
    };
    let work = Arc::new((person.to_owned(), hash, old, keep.to_text()));
    desk.store
        .write::<_, (), Error>(move |tx| {
            let work = Arc::clone(&work);
            async move {
                let (person, hash, old, keep) = &*work;
                let keep = Token::from_text(keep).ok_or(Error::NotFound)?;
                put_password(tx, person, hash, old.as_deref()).await?;
                tx.close_other_staff(person, &keep).await?;
                tx.end_sign_ins_of(person, None).await?;
                Ok(())
            }
            .boxed()
        })
        .await?;
    Ok(Ok(()))
}

/// The password that a person chooses while they sign in, in place of the first one.
///
/// # Errors
/// The store's.
pub async fn first_password(desk: &Desk, sign_in: &Token, password: &str) -> Step<()> {
    let under_way = desk.store.read().await?.under_way(sign_in).await?;
    let Some(under_way) = under_way.filter(|under_way| under_way.proved) else {
        return Ok(Err(Fault::Over));
    };
    let (hash, old) = match hash_new(desk, &under_way.person, password).await? {
        Ok(hashed) => hashed,
        Err(fault) => return Ok(Err(fault)),
    };
    let work = Arc::new((sign_in.to_text(), hash, old));
    desk.store
        .write::<_, _, Error>(move |tx| {
            let work = Arc::clone(&work);
            async move {
                let (sign_in, hash, old) = &*work;
                let sign_in = Token::from_text(sign_in).ok_or(Error::NotFound)?;
                let under_way = tx.under_way(&sign_in).await?;
                let Some(under_way) = under_way.filter(|under_way| under_way.proved) else {
                    return Ok(Err(Fault::Over));
                };
                let person = &under_way.person;
                let known = tx.person(person).await?;
                let awaited =
                    known.is_some_and(|person| person.active && person.first_until.is_some());
                if !awaited {
                    return Ok(Err(Fault::Over));
                }
                put_password(tx, person, hash, old.as_deref()).await?;
                tx.close_staff_of(person).await?;
                tx.end_sign_ins_of(person, Some(&sign_in)).await?;
                Ok(Ok(()))
            }
            .boxed()
        })
        .await
}

/// Writes the password, if the one there still is the one that was to be replaced: a reset meanwhile
/// stands.
async fn put_password(tx: &mut Tx, person: &str, hash: &str, old: Option<&str>) -> Result<()> {
    let known = tx.person(person).await?.ok_or(Error::NotFound)?;
    if known.secret.as_deref() != old {
        return Err(Error::Forbidden);
    }
    let changed = Person {
        secret: Some(hash.to_owned()),
        first_until: None::<Timestamp>,
        ..known
    };
    tx.put_person(&changed).await?;
    tx.end_api_tokens_of(person).await?;
    Ok(tx.log_staff(None, "own.password", person, "").await?)
}

/// Whether this is the person's password; wrong tries are counted as at the door.
///
/// # Errors
/// [`Error::NotFound`] for nobody, and the store's.
pub async fn own_password(desk: &Desk, person: &str, password: &str) -> Step<()> {
    // A field that was left empty is no try.
    if password.is_empty() {
        return Ok(Err(Fault::WrongPassword));
    }
    let subject = desk.store.try_of_login(&format!("own {person}"));
    if let Counted::Waits(wait) = tries::count_now(desk, subject).await? {
        return Ok(Err(Fault::Wait(wait)));
    }
    let known = desk.store.read().await?.person(person).await?;
    let known = known.ok_or(Error::NotFound)?;
    let right = desk.passwords.is(password, known.secret.as_deref()).await;
    if !matches!(right, Ok(false)) {
        tries::forgive_now(desk, subject).await?;
    }
    Ok(if right? {
        Ok(())
    } else {
        Err(Fault::WrongPassword)
    })
}

/// Whether a code is one of the person's own, for whoever has shown their password; it is used up.
///
/// # Errors
/// The store's.
pub async fn own_code(desk: &Desk, person: &str, typed: &str) -> Step<()> {
    let subject = desk.store.try_of_login(&format!("code of {person}"));
    let work = Arc::new((person.to_owned(), tidy(typed)));
    desk.store
        .write::<_, _, Error>(move |tx| {
            let work = Arc::clone(&work);
            async move {
                let (person, typed) = &*work;
                if let Counted::Waits(wait) = tries::count(tx, subject).await? {
                    return Ok(Err(Fault::Wait(wait)));
                }
                if show(tx, person, typed).await?.is_none() {
                    return Ok(Err(Fault::WrongCode));
                }
                tries::forgive(tx, subject).await?;
                Ok(Ok(()))
            }
            .boxed()
        })
        .await
}

/// Puts another authenticator in the place of the one there is, with new recovery codes, which it
/// answers. Whoever asks has shown their password and a code before. All else that was open ends.
///
/// # Errors
/// The store's.
pub async fn replace_authenticator(
    desk: &Desk,
    person: &str,
    secret: &[u8],
    typed: &str,
    keep: &Token,
) -> Step<Vec<String>> {
    let Some(step) = authenticator::step(secret, &tidy(typed), desk.now()) else {
        return Ok(Err(Fault::WrongCode));
    };
    let codes = draw_codes(desk);
    let work = Arc::new((
        desk.clone(),
        person.to_owned(),
        secret.to_vec(),
        codes.clone(),
        keep.to_text(),
    ));
    desk.store
        .write::<_, (), Error>(move |tx| {
            let work = Arc::clone(&work);
            async move {
                let (desk, person, secret, codes, keep) = &*work;
                let keep = Token::from_text(keep).ok_or(Error::NotFound)?;
                tx.put_second_factor(person, secret, step).await?;
                put_codes(tx, desk, person, codes).await?;
                tx.close_other_staff(person, &keep).await?;
                tx.end_sign_ins_of(person, None).await?;
                tx.end_api_tokens_of(person).await?;
                Ok(tx.log_staff(None, "own.enrolled", person, "").await?)
            }
            .boxed()
        })
        .await?;
    Ok(Ok(codes))
}
