//! `/sign-in` and `/sign-out`.
//!
//! From the password on the browser holds a token; how far its person has come, and what is still
//! missing, is asked of the store at every step ([`casework::sign_in`]). A browser in which somebody
//! has signed in gets a device cookie: wrong tries from elsewhere do not make it wait.

mod city;

use axum::{
    extract::{Request, State as Of},
    response::{Html, IntoResponse, Redirect, Response},
};
use casework::{
    authenticator, is_busy,
    people::{demo_code, demo_sign_ins},
    sign_in::{
        self, Brings, DeviceKind, Fault, Missing, SIGN_IN_LASTS, SignIn, SignedIn, Step, Token,
    },
    track,
};
use domain::time::Millis;
use http::{StatusCode, header::USER_AGENT};

use super::{
    Doors, Oops, State,
    ask::{self, Ask, STAFF_COOKIE, append_cookie, host_name},
    oops_page, sealed,
};
use crate::{
    http::body::{FormBody, read_form},
    pages::{SignInFault, SignInForm, SignInPage, SignInStep},
    render,
};

pub use city::{back as city_back, begin as city_begin};

const UNDER_WAY: &str = "signing-in";
const DEVICE: &str = "device";
const DEVICE_LASTS: Millis = Millis::days(180);
/// The longest form that is carried through a sign-in.
const KEPT_MOST: usize = 64 * 1024;
/// Forms that are not: they hold passwords, or hand out what opens something.
const NEVER_KEPT: [&str; 3] = ["/desk/me", "/desk/people", "/desk/audit"];

/// The sign-in that this browser has under way.
fn under_way(doors: &Doors, ask: &Ask) -> Option<Token> {
    ask.cookie(UNDER_WAY, doors.https).and_then(track::token)
}

fn remember_under_way(doors: &Doors, response: &mut Response, sign_in: &Token) {
    let seconds = SIGN_IN_LASTS.millis() / 1_000;
    put_cookie(doors, response, UNDER_WAY, &sign_in.to_text(), seconds);
}

/// Where a form of the desk was going, what was in it, and whose it was: nobody else gets to see it.
#[derive(serde::Serialize, serde::Deserialize)]
struct Kept {
    person: String,
    path: String,
    fields: Vec<(String, String)>,
}

/// Only paths of the desk, in plain characters: whatever else is asked for leads to its first page.
fn safe_next(next: &str) -> &str {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/-_?=&.+%".contains(c);
    let of_the_desk = next == "/desk" || next.starts_with("/desk/") || next.starts_with("/desk?");
    if of_the_desk && next.len() <= 500 && next.chars().all(plain) && !next.contains("//") {
        next
    } else {
        "/desk"
    }
}

/// The member of staff who asks, or the answer that sends them to sign in.
pub(super) async fn staff(doors: &Doors, ask: &Ask) -> Result<SignedIn, Response> {
    match signed_in(doors, ask).await {
        Ok(Some(found)) => Ok(found),
        Ok(None) => {
            let mut to = ask.path.clone();
            if !ask.query.is_empty() {
                to.push('?');
                to.push_str(&ask.query);
            }
            let next: String = form_urlencoded::byte_serialize(to.as_bytes()).collect();
            let expired = ask.cookie(STAFF_COOKIE, doors.https).is_some();
            let expired = if expired { "&expired=1" } else { "" };
            let door = Redirect::to(&format!("/sign-in?next={next}{expired}"));
            // In the language that was asked for.
            Err(ask.remember(door.into_response(), doors.https))
        }
        Err(error) => Err(oops_page(doors, ask, &error.into())),
    }
}

/// Who is signed in, for what a page that stands open asks by itself: that keeps no session open, and
/// nobody is a page that is not there.
pub(super) async fn staff_of_page(doors: &Doors, ask: &Ask) -> Result<SignedIn, Response> {
    let token = ask.cookie(STAFF_COOKIE, doors.https).and_then(track::token);
    let found = match token {
        Some(token) => sign_in::peek(&doors.desk, &token).await,
        None => Ok(None),
    };
    match found {
        Ok(Some(found)) => Ok(found),
        Ok(None) => Err(oops_page(
            doors,
            ask,
            &Oops::Case(casework::Error::NotFound),
        )),
        Err(error) => Err(oops_page(doors, ask, &error.into())),
    }
}

/// The same for a form: what was in it is carried through the sign-in, for the person whose session
/// has just run out and for nobody else. Photos that wait go on waiting under the form's key.
pub(super) async fn staff_or_keep(
    doors: &Doors,
    ask: &Ask,
    form: &FormBody,
) -> Result<SignedIn, Response> {
    match signed_in(doors, ask).await {
        Ok(Some(found)) => Ok(found),
        Ok(None) => {
            let kept = match keep(doors, ask, form).await {
                Ok(kept) => kept,
                Err(error) => return Err(oops_page(doors, ask, &error.into())),
            };
            let page = SignInForm {
                next: safe_next(&ask.path).to_owned(),
                kept,
                expired: true,
                ..SignInForm::default()
            };
            Err(show(doors, ask, page, StatusCode::UNAUTHORIZED))
        }
        Err(error) => Err(oops_page(doors, ask, &error.into())),
    }
}

async fn keep(doors: &Doors, ask: &Ask, form: &FormBody) -> casework::Result<Option<String>> {
    let path = safe_next(&ask.path);
    if NEVER_KEPT.contains(&path) {
        return Ok(None);
    }
    let token = ask.cookie(STAFF_COOKIE, doors.https).and_then(track::token);
    let Some(token) = token else { return Ok(None) };
    let Some(person) = sign_in::whose(&doors.desk, &token).await? else {
        return Ok(None);
    };
    let kept = Kept {
        person,
        path: path.to_owned(),
        fields: form.fields.clone(),
    };
    let text = serde_json::to_string(&kept).unwrap_or_default();
    Ok((text.len() <= KEPT_MOST)
        .then(|| sealed::seal(&doors.desk, "kept", &text, sign_in::KEPT_LASTS)))
}

/// Who is signed in, if anybody.
pub(super) async fn signed_in(doors: &Doors, ask: &Ask) -> casework::Result<Option<SignedIn>> {
    let token = ask.cookie(STAFF_COOKIE, doors.https);
    match token.and_then(track::token) {
        Some(token) => sign_in::staff(&doors.desk, &token).await,
        None => Ok(None),
    }
}

fn show(doors: &Doors, ask: &Ask, mut form: SignInForm, status: StatusCode) -> Response {
    form.city = doors.sign_on.as_ref().map(|it| it.name().to_owned());
    if doors.site.demo && form.step == SignInStep::Password {
        form.demo = demo_sign_ins(&doors.desk, ask.reader.lang);
    }
    let here = doors.here(ask);
    let html = render::page(move || leptos::view! { <SignInPage here form /> });
    ask.remember((status, Html(html)).into_response(), doors.https)
}

/// `GET /sign-in`
pub async fn page(Of(doors): Of<State>, ask: Ask) -> Response {
    let next = ask.asked("next").unwrap_or_default();
    match signed_in(&doors, &ask).await {
        Ok(Some(_)) => return Redirect::to(safe_next(&next)).into_response(),
        Ok(None) => {}
        Err(error) => return oops_page(&doors, &ask, &error.into()),
    }
    let form = SignInForm {
        next: safe_next(&next).to_owned(),
        expired: ask.asked("expired").is_some(),
        own_phone: ask.asked("own-phone").is_some(),
        ..SignInForm::default()
    };
    let Some(sign_in) = under_way(&doors, &ask) else {
        return show(&doors, &ask, form, StatusCode::OK);
    };
    match step_of(&doors, &sign_in).await {
        Ok(Some(step)) => show(&doors, &ask, SignInForm { step, ..form }, StatusCode::OK),
        // Over, or nothing is missing: a session is opened by a button only.
        Ok(None) => {
            let mut response = show(&doors, &ask, form, StatusCode::OK);
            ask::end_cookie(&mut response, UNDER_WAY, doors.https);
            response
        }
        Err(oops) => oops_page(&doors, &ask, &oops),
    }
}

/// `POST /sign-in`
pub async fn post(Of(doors): Of<State>, request: Request) -> Response {
    let (ask, body) = ask::open(request, &doors);
    let form = match read_form(&ask.headers, body, &doors.forms).await {
        Ok(form) => form,
        Err(error) => return oops_page(&doors, &ask, &Oops::Form(error)),
    };
    let done = take(&doors, &ask, &form).await;
    done.unwrap_or_else(|oops| oops_page(&doors, &ask, &oops))
}

async fn take(doors: &State, ask: &Ask, form: &FormBody) -> Result<Response, Oops> {
    let text = |name: &str| form.get(name).unwrap_or_default();
    let kept = form
        .get("kept")
        .filter(|kept| opened_form(doors, kept).is_some());
    let page = SignInForm {
        login: text("login").trim().to_owned(),
        own_phone: form.get("own-phone").is_some(),
        next: safe_next(text("next")).to_owned(),
        kept: kept.map(str::to_owned),
        ..SignInForm::default()
    };
    let act = text("act");
    if act == "again" {
        let mut response = show(doors, ask, page, StatusCode::OK);
        ask::end_cookie(&mut response, UNDER_WAY, doors.https);
        return Ok(response);
    }
    let device = device_of(doors, ask);
    take_turn(doors, ask, device.as_deref())?;
    if matches!(act, "" | "password") {
        return password(doors, ask, page, text("password"), device.as_deref()).await;
    }
    let Some(sign_in) = under_way(doors, ask) else {
        return Ok(over(doors, ask, page));
    };
    let (desk, typed) = (&doors.desk, text("code"));
    match act {
        "code" => {
            let checked = sign_in::code(desk, &sign_in, typed, device.as_deref()).await;
            if let Err(fault) = busy(checked)? {
                return again(doors, ask, page, &sign_in, fault).await;
            }
        }
        "enrol" => match busy(sign_in::enrol(desk, &sign_in, typed).await)? {
            Ok(codes) => {
                let page = SignInForm {
                    step: SignInStep::Codes(codes),
                    ..page
                };
                let mut response = show(doors, ask, page, StatusCode::OK);
                remember_under_way(doors, &mut response, &sign_in);
                return Ok(response);
            }
            Err(fault) => return again(doors, ask, page, &sign_in, fault).await,
        },
        "own" => {
            let chosen = sign_in::first_password(desk, &sign_in, text("password")).await;
            if let Err(fault) = busy(chosen)? {
                return again(doors, ask, page, &sign_in, fault).await;
            }
        }
        _ => {}
    }
    go_on(doors, ask, page, &sign_in).await
}

/// One network tries few things, whichever they are. A browser that staff have signed in with has a
/// measure of its own: a flood from elsewhere, or from the same office, does not shut it out.
fn take_turn(doors: &Doors, ask: &Ask, device: Option<&str>) -> Result<(), Oops> {
    let now = doors.desk.now();
    let taken = match device {
        Some(device) => doors.sign_ins.take_of_device(device, now),
        None => doors.sign_ins.take(ask.network, now),
    };
    taken.map_err(Oops::TooOften)
}

/// The sign-in is over: from the first step again.
fn over(doors: &Doors, ask: &Ask, page: SignInForm) -> Response {
    let page = SignInForm {
        expired: true,
        step: SignInStep::Password,
        ..page
    };
    let mut response = show(doors, ask, page, StatusCode::UNAUTHORIZED);
    ask::end_cookie(&mut response, UNDER_WAY, doors.https);
    response
}

/// Too many at once is said on the page, like a mistake.
fn busy<T>(step: Step<T>) -> Result<Result<T, SignInFault>, Oops> {
    match step {
        Ok(Ok(done)) => Ok(Ok(done)),
        Ok(Err(fault)) => Ok(Err(SignInFault::Step(fault))),
        Err(casework::Error::Store(error)) if is_busy(&error) => Ok(Err(SignInFault::Busy)),
        Err(error) => Err(error.into()),
    }
}

async fn password(
    doors: &State,
    ask: &Ask,
    page: SignInForm,
    password: &str,
    device: Option<&str>,
) -> Result<Response, Oops> {
    let wrong = |page, fault| {
        let page = SignInForm {
            fault: Some(fault),
            ..page
        };
        Ok(show(doors, ask, page, status_of(fault)))
    };
    if page.login.is_empty() || password.is_empty() {
        return wrong(page, SignInFault::Empty);
    }
    let (login, own_phone) = (&page.login, page.own_phone);
    let checked = sign_in::password(&doors.desk, login, password, device, own_phone).await;
    match busy(checked)? {
        Ok(sign_in) => go_on(doors, ask, page, &sign_in).await,
        Err(fault) => wrong(page, fault),
    }
}

fn status_of(fault: SignInFault) -> StatusCode {
    match fault {
        SignInFault::Busy => StatusCode::SERVICE_UNAVAILABLE,
        SignInFault::Step(Fault::Wait(_)) => StatusCode::TOO_MANY_REQUESTS,
        SignInFault::Step(
            Fault::WrongPassword
            | Fault::WrongCode
            | Fault::FirstPasswordOver
            | Fault::Over
            | Fault::NotVouched,
        )
        | SignInFault::CityRefused => StatusCode::UNAUTHORIZED,
        SignInFault::CityAway => StatusCode::SERVICE_UNAVAILABLE,
        SignInFault::Step(_) | SignInFault::Empty => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// The step once more, with what was wrong.
async fn again(
    doors: &State,
    ask: &Ask,
    page: SignInForm,
    sign_in: &Token,
    fault: SignInFault,
) -> Result<Response, Oops> {
    let step = step_of(doors, sign_in).await?;
    let Some(step) = step.filter(|_| fault != SignInFault::Step(Fault::Over)) else {
        return Ok(over(doors, ask, page));
    };
    let page = SignInForm {
        step,
        fault: Some(fault),
        ..page
    };
    Ok(show(doors, ask, page, status_of(fault)))
}

/// The page of the step that is missing; `None` if nothing is, or the sign-in is over.
async fn step_of(doors: &Doors, sign_in: &Token) -> Result<Option<SignInStep>, Oops> {
    let desk = &doors.desk;
    let Some(SignIn {
        so_far,
        login,
        missing,
    }) = sign_in::under_way(desk, sign_in).await?
    else {
        return Ok(None);
    };
    Ok(Some(match missing {
        Missing::Code => SignInStep::Code {
            demo: if doors.site.demo {
                demo_code(desk, &so_far.person).await?
            } else {
                None
            },
        },
        Missing::Authenticator => {
            let Some(secret) = so_far.secret else {
                return Ok(None);
            };
            let issuer = desk.city.names.get(desk.city.default_lang);
            SignInStep::Enrol {
                secret: authenticator::secret_text(&secret),
                address: authenticator::address(issuer, &login, &secret),
            }
        }
        Missing::OwnPassword => SignInStep::Own,
        Missing::Nothing => return Ok(None),
    }))
}

/// On to what is missing, or in.
async fn go_on(
    doors: &Doors,
    ask: &Ask,
    page: SignInForm,
    sign_in: &Token,
) -> Result<Response, Oops> {
    if let Some(step) = step_of(doors, sign_in).await? {
        let page = SignInForm {
            step,
            expired: false,
            ..page
        };
        let mut response = show(doors, ask, page, StatusCode::OK);
        remember_under_way(doors, &mut response, sign_in);
        return Ok(response);
    }
    let device = device_of(doors, ask);
    let before = ask.cookie(STAFF_COOKIE, doors.https).and_then(track::token);
    let brings = Brings {
        device: device.as_deref(),
        before: before.as_ref(),
        kind: kind_of(ask),
    };
    let opened = sign_in::open(&doors.desk, sign_in, brings).await?;
    let Ok(open) = opened else {
        return Ok(over(doors, ask, page));
    };
    let kept = page
        .kept
        .as_deref()
        .and_then(|kept| opened_form(doors, kept));
    let kept = kept.filter(|kept| kept.person == open.person);
    let mut response = match kept {
        Some(Kept { path, fields, .. }) => {
            let page = SignInForm {
                step: SignInStep::Kept { path, fields },
                kept: None,
                ..page
            };
            show(doors, ask, page, StatusCode::OK)
        }
        None => Redirect::to(safe_next(&page.next)).into_response(),
    };
    // A new session at each sign-in: what somebody put into the browser before opens nothing.
    ask::set_cookie(
        &mut response,
        STAFF_COOKIE,
        &open.token.to_text(),
        doors.https,
    );
    ask::end_cookie(&mut response, UNDER_WAY, doors.https);
    let device = sealed::seal(&doors.desk, DEVICE, &open.device, DEVICE_LASTS);
    let seconds = DEVICE_LASTS.millis() / 1_000;
    put_cookie(doors, &mut response, DEVICE, &device, seconds);
    Ok(response)
}

fn opened_form(doors: &Doors, kept: &str) -> Option<Kept> {
    let text = sealed::open(&doors.desk, "kept", kept)?;
    let kept: Kept = serde_json::from_str(&text).ok()?;
    (safe_next(&kept.path) == kept.path).then_some(kept)
}

/// What the browser runs on, as it says itself.
fn kind_of(ask: &Ask) -> DeviceKind {
    let said = ask.headers.get(USER_AGENT);
    DeviceKind::of_browser(said.and_then(|said| said.to_str().ok()).unwrap_or_default())
}

fn device_of(doors: &Doors, ask: &Ask) -> Option<String> {
    let sealed = ask.cookie(DEVICE, doors.https)?;
    sealed::open(&doors.desk, DEVICE, sealed)
}

fn put_cookie(doors: &Doors, response: &mut Response, name: &str, value: &str, seconds: i64) {
    let name = host_name(name, doors.https);
    let secure = if doors.https { "; Secure" } else { "" };
    let cookie =
        format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    append_cookie(response, &cookie);
}

/// `POST /sign-out`
pub async fn out(Of(doors): Of<State>, ask: Ask) -> Response {
    let token = ask.cookie(STAFF_COOKIE, doors.https);
    let closed = match token.and_then(track::token) {
        Some(token) => sign_in::close(&doors.desk, &token).await,
        None => Ok(()),
    };
    let mut response = match closed {
        Ok(()) => Redirect::to("/sign-in").into_response(),
        Err(error) => oops_page(&doors, &ask, &error.into()),
    };
    // Whatever became of the session, this browser has it no more.
    ask::end_cookie(&mut response, STAFF_COOKIE, doors.https);
    ask::end_cookie(&mut response, UNDER_WAY, doors.https);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_signs_in_goes_on_inside_the_desk_and_nowhere_else() {
        for good in [
            "/desk",
            "/desk/cases/210903-482915-3",
            "/desk?list=checks&area=330383",
        ] {
            assert_eq!(safe_next(good), good);
        }
        for bad in [
            "",
            "https://evil.example/desk",
            "//evil.example",
            "/\\evil.example",
            "/desk/%0d%0aSet-Cookie:x",
            "/desk//evil.example",
            "/deskevil",
            "/desk/\r\nSet-Cookie: x",
            "/track",
        ] {
            assert_eq!(safe_next(bad), "/desk", "{bad:?}");
        }
    }
}
