//! Opening a session: after every step here, or on the word of the city's own sign-on.

use std::sync::Arc;

use futures::FutureExt as _;
use store::{Person, Token, Tx};

use super::{DeviceKind, Fault, Step, is_device_of, so_far};
use crate::{Desk, Error, Result, people::manage::looks_after_others};

/// A session that was opened.
pub struct Opened {
    /// What its browser holds.
    pub token: Token,
    /// The name of the browser for this person, to be kept by it, sealed.
    pub device: String,
    /// Whose.
    pub person: String,
}

/// What a browser brings when a session is opened in it.
#[derive(Clone, Copy)]
pub struct Brings<'a> {
    /// The name by which it is known of the person, if it is.
    pub device: Option<&'a str>,
    /// The session it held until now: it ends.
    pub before: Option<&'a Token>,
    /// What it runs on.
    pub kind: DeviceKind,
}

/// What a browser brings, and what it is given.
struct Browser {
    desk: Desk,
    /// The token of the new session.
    text: String,
    /// The device it is known as.
    device: Option<String>,
    /// The session it held until now: it ends.
    before: Option<String>,
    /// What it runs on.
    kind: DeviceKind,
    /// A name for a device that is not known of the person.
    fresh: String,
}

impl Browser {
    fn of(desk: &Desk, brings: Brings<'_>) -> Self {
        let random: [u8; 32] = store::draw(&**desk.entropy());
        let fresh: [u8; 16] = store::draw(&**desk.entropy());
        Self {
            desk: desk.clone(),
            text: Token::new(random).to_text(),
            device: brings.device.map(str::to_owned),
            before: brings.before.map(Token::to_text),
            kind: brings.kind,
            fresh: hex::encode(fresh),
        }
    }

    /// Opens the session, and answers the device's name.
    async fn enter(
        &self,
        tx: &mut Tx,
        known: &Person,
        own_phone: bool,
        what: &str,
    ) -> Result<String> {
        let (desk, person) = (&self.desk, &known.id);
        let token = Token::from_text(&self.text).ok_or(Error::NotFound)?;
        if let Some(before) = self.before.as_deref().and_then(Token::from_text) {
            tx.close_staff(&before).await?;
        }
        // Whoever looks after others does not leave a session lying about for a shift.
        let apart = looks_after_others(tx, person).await?;
        let own_phone = own_phone && !apart;
        tx.open_staff(&token, person, own_phone, self.kind.as_str())
            .await?;
        let device = self.device.clone();
        let device = device.filter(|device| is_device_of(device, person));
        let device = device.unwrap_or_else(|| format!("{}/{person}", self.fresh));
        // Who came all the way has not been guessing.
        for subject in [
            desk.store.try_of_device(&device),
            desk.store.try_of_login(&known.login.to_lowercase()),
            desk.store.try_of_login(&format!("code of {person}")),
        ] {
            tx.forget_tries(subject).await?;
        }
        tx.log_staff(None, what, person, "").await?;
        Ok(device)
    }

    fn opened(
        &self,
        entered: std::result::Result<(String, String), Fault>,
    ) -> std::result::Result<Opened, Fault> {
        entered.and_then(|(device, person)| {
            let token = Token::from_text(&self.text).ok_or(Fault::Over)?;
            Ok(Opened {
                token,
                device,
                person,
            })
        })
    }
}

/// Opens a session, for whom nothing is missing any more; the sign-in is used up.
///
/// # Errors
/// The store's.
pub async fn open(desk: &Desk, sign_in: &Token, brings: Brings<'_>) -> Step<Opened> {
    let work = Arc::new((Browser::of(desk, brings), sign_in.to_text()));
    let shared = Arc::clone(&work);
    let entered = desk
        .store
        .write::<_, std::result::Result<(String, String), Fault>, Error>(move |tx| {
            let work = Arc::clone(&shared);
            async move {
                let (browser, sign_in) = &*work;
                let sign_in = Token::from_text(sign_in).ok_or(Error::NotFound)?;
                let Some(so_far) = so_far(tx, &sign_in).await? else {
                    return Ok(Err(Fault::Over));
                };
                let person = &so_far.person;
                let known = tx.person(person).await?.ok_or(Error::NotFound)?;
                let enrolled = tx.second_factor(person).await?.is_some();
                if !so_far.proved || !enrolled || known.first_until.is_some() {
                    return Ok(Err(Fault::Over));
                }
                tx.end_sign_in(&sign_in).await?;
                let what = "own.signed_in";
                let device = browser.enter(tx, &known, so_far.own_phone, what).await?;
                Ok(Ok((device, known.id)))
            }
            .boxed()
        })
        .await?;
    Ok(work.0.opened(entered))
}

/// Opens a session for whom the city's own sign-on vouches, by login: somebody who has an account here
/// and may sign in. The three roles that are kept apart prove here who they are: whoever runs the
/// sign-on is not let into the log of what was done.
///
/// # Errors
/// The store's.
pub async fn vouched(
    desk: &Desk,
    login: &str,
    own_phone: bool,
    brings: Brings<'_>,
) -> Step<Opened> {
    let work = Arc::new((Browser::of(desk, brings), login.to_owned()));
    let shared = Arc::clone(&work);
    let entered = desk
        .store
        .write::<_, std::result::Result<(String, String), Fault>, Error>(move |tx| {
            let work = Arc::clone(&shared);
            async move {
                let (browser, login) = &*work;
                let known = tx.person_by_login(login).await?;
                // An account without a password is a name in the log, and nobody's to sign in with.
                let known = known.filter(|known| known.active && known.secret.is_some());
                let Some(known) = known else {
                    return Ok(Err(Fault::NotVouched));
                };
                if looks_after_others(tx, &known.id).await? {
                    return Ok(Err(Fault::NotVouched));
                }
                let what = "own.signed_in_by_city";
                let device = browser.enter(tx, &known, own_phone, what).await?;
                Ok(Ok((device, known.id)))
            }
            .boxed()
        })
        .await?;
    Ok(work.0.opened(entered))
}

/// The login of a person.
///
/// # Errors
/// [`Error::NotFound`] for nobody, and the store's.
pub async fn login(desk: &Desk, person: &str) -> Result<String> {
    let known = desk.store.read().await?.person(person).await?;
    Ok(known.ok_or(Error::NotFound)?.login)
}
