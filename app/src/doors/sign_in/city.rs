//! `/sign-in/city`: by the city's own sign-on, and the way back from it.
//!
//! What must come back stands sealed in a cookie of ten minutes, so that nothing is kept for whoever
//! only sets out, and a link that somebody else made signs nobody in.

use axum::{
    extract::State as Of,
    response::{IntoResponse, Redirect, Response},
};
use casework::{
    sign_in::{self, Brings, Fault},
    track,
};
use domain::time::Millis;
use http::{HeaderValue, StatusCode};

use super::{
    DEVICE, DEVICE_LASTS, device_of, kind_of, put_cookie, safe_next, sealed, show, take_turn,
};
use crate::{
    doors::{
        Ask, Doors, Oops, State,
        ask::{self, STAFF_COOKIE},
        oops_page,
    },
    pages::{SignInFault, SignInForm},
    sign_on::SignOnError,
};

const COOKIE: &str = "city-sign-on";
const LASTS: Millis = Millis::minutes(10);

/// What must come back.
#[derive(serde::Serialize, serde::Deserialize)]
struct Setting {
    state: String,
    nonce: String,
    verifier: String,
    next: String,
    own_phone: bool,
}

/// `GET /sign-in/city?next=`
pub async fn begin(Of(doors): Of<State>, ask: Ask) -> Response {
    let Some(sign_on) = doors.sign_on.clone() else {
        return oops_page(&doors, &ask, &Oops::Case(casework::Error::NotFound));
    };
    let next = ask.asked("next").unwrap_or_default();
    // Nobody sets out because a page elsewhere says so, nor a picture in it.
    let from = ask.headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
    if from.is_some_and(|from| !matches!(from, b"same-origin" | b"none")) {
        let next: String = form_urlencoded::byte_serialize(safe_next(&next).as_bytes()).collect();
        return Redirect::to(&format!("/sign-in?next={next}")).into_response();
    }
    if let Err(oops) = take_turn(&doors, &ask, device_of(&doors, &ask).as_deref()) {
        return oops_page(&doors, &ask, &oops);
    }
    match sign_on.begin().await {
        Ok(begun) => {
            let setting = Setting {
                state: begun.state,
                nonce: begun.nonce,
                verifier: begun.verifier,
                next: safe_next(&next).to_owned(),
                own_phone: ask.asked("own-phone").is_some(),
            };
            let text = serde_json::to_string(&setting).unwrap_or_default();
            let sealed = sealed::seal(&doors.desk, COOKIE, &text, LASTS);
            let mut response = Redirect::to(&begun.url).into_response();
            let seconds = LASTS.millis() / 1_000;
            put_cookie(&doors, &mut response, COOKIE, &sealed, seconds);
            response
        }
        Err(error) => failed(&doors, &ask, &next, &error),
    }
}

/// The page of the first step, with what to do instead.
fn failed(doors: &Doors, ask: &Ask, next: &str, error: &SignOnError) -> Response {
    tracing::warn!(%error, "nobody was vouched for by the city's sign-on");
    let (fault, status) = match error {
        SignOnError::Away(_) => (SignInFault::CityAway, StatusCode::SERVICE_UNAVAILABLE),
        SignOnError::Refused(_) => (SignInFault::CityRefused, StatusCode::UNAUTHORIZED),
    };
    first_step(doors, ask, next, fault, status)
}

fn first_step(
    doors: &Doors,
    ask: &Ask,
    next: &str,
    fault: SignInFault,
    status: StatusCode,
) -> Response {
    let form = SignInForm {
        next: safe_next(next).to_owned(),
        fault: Some(fault),
        ..SignInForm::default()
    };
    let mut response = show(doors, ask, form, status);
    ask::end_cookie(&mut response, COOKIE, doors.https);
    response
}

/// `GET /sign-in/city/back?code=&state=`: where the provider sends the browser.
pub async fn back(Of(doors): Of<State>, ask: Ask) -> Response {
    let Some(sign_on) = doors.sign_on.clone() else {
        return oops_page(&doors, &ask, &Oops::Case(casework::Error::NotFound));
    };
    // Each way back asks the provider something in this portal's name.
    if let Err(oops) = take_turn(&doors, &ask, device_of(&doors, &ask).as_deref()) {
        return oops_page(&doors, &ask, &oops);
    }
    let setting = ask.cookie(COOKIE, doors.https);
    let setting = setting.and_then(|sealed| sealed::open(&doors.desk, COOKIE, sealed));
    let setting = setting.and_then(|text| serde_json::from_str::<Setting>(&text).ok());
    let Some(setting) = setting else {
        let (fault, status) = (SignInFault::Step(Fault::Over), StatusCode::UNAUTHORIZED);
        return first_step(&doors, &ask, "", fault, status);
    };
    let next = setting.next.clone();
    let state = ask.asked("state").unwrap_or_default();
    let same = subtle::ConstantTimeEq::ct_eq(state.as_bytes(), setting.state.as_bytes());
    let code = ask.asked("code").filter(|code| !code.is_empty());
    let Some(code) = code.filter(|_| bool::from(same)) else {
        let error = SignOnError::Refused("no code of this browser");
        return failed(&doors, &ask, &next, &error);
    };
    let vouched = sign_on
        .finish(&code, &setting.nonce, &setting.verifier)
        .await;
    let login = match vouched {
        Ok(login) => login,
        Err(error) => return failed(&doors, &ask, &next, &error),
    };
    match open(&doors, &ask, &login, &setting).await {
        Ok(response) => response,
        Err(oops) => oops_page(&doors, &ask, &oops),
    }
}

async fn open(doors: &Doors, ask: &Ask, login: &str, setting: &Setting) -> Result<Response, Oops> {
    let device = device_of(doors, ask);
    let before = ask.cookie(STAFF_COOKIE, doors.https).and_then(track::token);
    let brings = Brings {
        device: device.as_deref(),
        before: before.as_ref(),
        kind: kind_of(ask),
    };
    let opened = sign_in::vouched(&doors.desk, login, setting.own_phone, brings);
    let Ok(open) = opened.await? else {
        let (fault, status) = (SignInFault::Step(Fault::NotVouched), StatusCode::FORBIDDEN);
        return Ok(first_step(doors, ask, &setting.next, fault, status));
    };
    let mut response = Redirect::to(safe_next(&setting.next)).into_response();
    let token = open.token.to_text();
    ask::set_cookie(&mut response, STAFF_COOKIE, &token, doors.https);
    ask::end_cookie(&mut response, COOKIE, doors.https);
    let device = super::sealed::seal(&doors.desk, DEVICE, &open.device, DEVICE_LASTS);
    let seconds = DEVICE_LASTS.millis() / 1_000;
    put_cookie(doors, &mut response, DEVICE, &device, seconds);
    Ok(response)
}
