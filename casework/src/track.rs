//! Following a case with its receipt code.

use std::sync::Arc;

use domain::{
    access::Viewer,
    ids::{CaseId, PartyNo},
    reference::ReceiptCode,
};
use futures::FutureExt as _;
pub use store::Token;

use crate::{Desk, Error, Result, error::is_busy};

/// Opens a tracking session for the party whose code this is: half an hour from the last look.
///
/// # Errors
/// [`Error::NotFound`] for every code that opens nothing, whatever the reason.
pub async fn open(desk: &Desk, code: &ReceiptCode) -> Result<Token> {
    let mut reading = desk.store.read().await?;
    let (case, party) = reading.party_by_code(code).await?.ok_or(Error::NotFound)?;
    drop(reading);
    let random: [u8; 32] = store::draw(&**desk.entropy());
    let text = Arc::new(Token::new(random).to_text());
    let kept = Arc::clone(&text);
    desk.store
        .write::<_, (), Error>(move |tx| {
            let text = Arc::clone(&kept);
            async move {
                let token = Token::from_text(&text).ok_or(Error::NotFound)?;
                Ok(tx.open_tracking(&token, case, party).await?)
            }
            .boxed()
        })
        .await?;
    Token::from_text(&text).ok_or(Error::NotFound)
}

/// Who a tracking cookie stands for.
///
/// # Errors
/// If the store does not answer.
pub async fn viewer(desk: &Desk, token: &Token) -> Result<Viewer> {
    let session = desk.store.read().await?.tracking(token).await?;
    let Some(session) = session else {
        return Ok(Viewer::Anonymous);
    };
    if session.note_look {
        let text = token.to_text();
        let noted = desk
            .store
            .write::<_, (), Error>(move |tx| {
                let token = Token::from_text(&text);
                async move {
                    if let Some(token) = token {
                        tx.see_tracking(&token).await?;
                    }
                    Ok(())
                }
                .boxed()
            })
            .await;
        match noted {
            // A look that could not be written down is a look all the same; the next one may be.
            Err(Error::Store(error)) if is_busy(&error) => {}
            noted => noted?,
        }
    }
    Ok(Viewer::Party {
        case: session.case,
        party: session.party,
    })
}

/// Who a tracking cookie stands for, without counting as a look: what a page asks by itself keeps
/// nobody's session open.
///
/// # Errors
/// If the store does not answer.
pub async fn peek(desk: &Desk, token: &Token) -> Result<Viewer> {
    let session = desk.store.read().await?.tracking(token).await?;
    Ok(session.map_or(Viewer::Anonymous, |session| Viewer::Party {
        case: session.case,
        party: session.party,
    }))
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
                    tx.close_tracking(&token).await?;
                }
                Ok(())
            }
            .boxed()
        })
        .await
}

/// The token in a tracking cookie; none if the text is not one.
#[must_use]
pub fn token(cookie: &str) -> Option<Token> {
    Token::from_text(cookie)
}

/// The case and party a code opens, for one answer without a session.
///
/// # Errors
/// [`Error::NotFound`] for every code that opens nothing.
pub async fn find(desk: &Desk, code: &ReceiptCode) -> Result<(CaseId, PartyNo)> {
    desk.store
        .read()
        .await?
        .party_by_code(code)
        .await?
        .ok_or(Error::NotFound)
}
