//! `/whistle/receipt`: number and code, shown once.
//!
//! The answer to a filing is a redirect, so that going back or printing files nothing twice. Number
//! and code travel in a sealed cookie that only this page gets, for a quarter of an hour: the code
//! is in no address, and changing the language or the letter size keeps it.

use axum::{
    extract::State as Of,
    response::{Html, IntoResponse, Redirect, Response},
};
use casework::{Error, look, track, views::Receipt};
use domain::{
    reference::{CaseNumber, ReceiptCode},
    time::Millis,
};
use http::{
    HeaderValue, StatusCode,
    header::{LOCATION, SET_COOKIE},
};

use super::{
    Doors, Oops, State,
    ask::{self, Ask, TRACK_COOKIE},
    oops_page, sealed,
};
use crate::{
    pages::{ReceiptGonePage, ReceiptPage},
    render,
};

const PATH: &str = "/whistle/receipt";
const LASTS: Millis = Millis::minutes(15);
const PURPOSE: &str = "receipt/1";

/// `__Host-` would have to bear the path `/`; this cookie goes to its own page only.
const fn cookie_name(https: bool) -> &'static str {
    if https { "__Secure-receipt" } else { "receipt" }
}

/// Sends the browser to the receipt.
#[must_use]
pub fn hand_over(
    doors: &Doors,
    ask: &Ask,
    number: CaseNumber,
    code: &ReceiptCode,
    contact_left: bool,
) -> Response {
    let left = if contact_left { "1" } else { "0" };
    let text = format!("{} {} {left}", number.digits(), code.digits());
    let value = sealed::seal(&doors.desk, PURPOSE, &text, LASTS);
    let secure = if doors.https { "; Secure" } else { "" };
    let name = cookie_name(doors.https);
    let seconds = LASTS.millis() / 1000;
    let cookie =
        format!("{name}={value}; Path={PATH}; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    let mut response = StatusCode::SEE_OTHER.into_response();
    let headers = response.headers_mut();
    // The cookie goes first: over plain http a browser follows a head that a bad line cut off after
    // the address, and would show the receipt of the filing before.
    if let Ok(cookie) = HeaderValue::try_from(cookie) {
        headers.append(SET_COOKIE, cookie);
    }
    headers.insert(LOCATION, HeaderValue::from_static(PATH));
    ask.remember(response, doors.https)
}

/// `GET /whistle/receipt`
pub async fn page(Of(doors): Of<State>, ask: Ask) -> Response {
    let html = match read(&doors, &ask).await {
        Ok(Some(receipt)) => {
            let here = doors.here(&ask);
            render::page(move || leptos::view! { <ReceiptPage here receipt /> })
        }
        Ok(None) => {
            let here = doors.here(&ask);
            render::page(move || leptos::view! { <ReceiptGonePage here /> })
        }
        Err(oops) => return oops_page(&doors, &ask, &oops),
    };
    ask.remember(Html(html).into_response(), doors.https)
}

/// `POST /whistle/receipt`: on to one's own case, by the code that this page shows. It is no guess
/// and costs no try, and it travels in no form.
pub async fn follow(Of(doors): Of<State>, ask: Ask) -> Response {
    let opened = match shown(&doors, &ask) {
        Some(shown) => track::open(&doors.desk, &shown.code).await.map(Some),
        None => Ok(None),
    };
    let mut response = Redirect::to("/track").into_response();
    match opened {
        Ok(Some(token)) => {
            ask::set_cookie(&mut response, TRACK_COOKIE, &token.to_text(), doors.https);
        }
        // After a quarter of an hour the code is asked for.
        Ok(None) | Err(Error::NotFound) => {}
        Err(error) => return oops_page(&doors, &ask, &error.into()),
    }
    response
}

/// Takes the receipt away from this browser.
pub fn put_away(response: &mut Response, https: bool) {
    let secure = if https { "; Secure" } else { "" };
    let name = cookie_name(https);
    let cookie = format!("{name}=; Path={PATH}; Max-Age=0; HttpOnly; SameSite=Lax{secure}");
    ask::append_cookie(response, &cookie);
}

/// What the cookie of a receipt holds.
struct Shown {
    number: CaseNumber,
    code: ReceiptCode,
    contact_left: bool,
}

fn shown(doors: &Doors, ask: &Ask) -> Option<Shown> {
    let name = cookie_name(doors.https);
    let value = if doors.https {
        // A neighbour under the same domain may set one of the same name: of two nobody knows whose.
        ask.only_cookie(name)?
    } else {
        // Over plain http a head may be cut off behind the value; without its path that cookie goes
        // everywhere, and stays. The one with this page's path comes first (RFC 6265, 5.4).
        ask.raw_cookie(name)?
    };
    let text = sealed::open(&doors.desk, PURPOSE, value)?;
    let mut parts = text.split(' ');
    Some(Shown {
        number: parts.next()?.parse().ok()?,
        code: parts.next()?.parse().ok()?,
        contact_left: parts.next() == Some("1"),
    })
}

async fn read(doors: &Doors, ask: &Ask) -> Result<Option<Receipt>, Oops> {
    let Some(shown) = shown(doors, ask) else {
        return Ok(None);
    };
    let Shown {
        number,
        code,
        contact_left,
    } = shown;
    let receipt = look::receipt(&doors.desk, number, &code, contact_left, ask.reader.lang).await?;
    Ok(Some(receipt))
}
