//! Who is signed in.

use domain::{access::Viewer, time::Millis};
use futures::FutureExt as _;
use store::Token;

use crate::{Desk, Error, Result, error::is_busy, people};

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
    /// Which of their sessions this is, by what ends it.
    pub session: String,
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

/// How long a form that was about to be sent waits for its person to sign in again.
pub const KEPT_LASTS: Millis = Millis::minutes(60);

/// Whose session this is, or was until lately: a form that comes with it was theirs.
///
/// # Errors
/// If the store does not answer.
pub async fn whose(desk: &Desk, token: &Token) -> Result<Option<String>> {
    let mut reading = desk.store.read().await?;
    Ok(reading.staff_session_ever(token).await?)
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
    let staff = people::staff(&desk.city, &person, ever, desk.now());
    let viewer = Viewer::Staff(staff);
    let found = SignedIn {
        person: person.id,
        login: person.login,
        name: person.name,
        viewer,
        own_phone: session.own_phone,
        session: session.handle,
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
