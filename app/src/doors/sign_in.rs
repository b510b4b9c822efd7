//! `/sign-in` and `/sign-out`.
//!
//! How far somebody has come travels in a sealed cookie of ten minutes; what is still missing is
//! asked of the store at every step ([`casework::sign_in`]). A browser in which somebody has signed
//! in gets a device cookie: wrong tries from elsewhere do not make it wait.

use axum::{
    extract::{Request, State as Of},
    response::{Html, IntoResponse, Redirect, Response},
};
use casework::{
    authenticator, is_busy,
    people::{demo_code, demo_sign_ins},
    sign_in::{self, Fault, Missing, SignedIn, Step},
};
use domain::time::Millis;
use http::StatusCode;

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

const UNDER_WAY: &str = "signing-in";
const UNDER_WAY_LASTS: Millis = Millis::minutes(10);
const DEVICE: &str = "device";
const DEVICE_LASTS: Millis = Millis::days(180);
const KEPT_LASTS: Millis = Millis::minutes(60);
/// The longest form that is carried through a sign-in.
const KEPT_MOST: usize = 64 * 1024;

/// How far somebody has come.
#[derive(Clone, Debug, PartialEq, Eq)]
struct UnderWay {
    person: String,
    /// They showed a code, or have just enrolled.
    proved: bool,
    own_phone: bool,
    /// The secret of an authenticator that is being set up.
    secret: Option<Vec<u8>>,
}

impl UnderWay {
    fn read(doors: &Doors, ask: &Ask) -> Option<Self> {
        let sealed = ask.cookie(UNDER_WAY, doors.https)?;
        let text = sealed::open(&doors.desk, UNDER_WAY, sealed)?;
        let mut parts = text.split(' ');
        let mut next = || parts.next();
        Some(Self {
            person: next()?.to_owned(),
            proved: next()? == "1",
            own_phone: next()? == "1",
            secret: next().and_then(|text| hex::decode(text).ok()),
        })
    }

    fn write(&self, doors: &Doors, response: &mut Response) {
        let flag = |yes| if yes { "1" } else { "0" };
        let mut text = format!(
            "{} {} {}",
            self.person,
            flag(self.proved),
            flag(self.own_phone)
        );
        if let Some(secret) = &self.secret {
            text.push(' ');
            text.push_str(&hex::encode(secret));
        }
        let value = sealed::seal(&doors.desk, UNDER_WAY, &text, UNDER_WAY_LASTS);
        ask::set_cookie(response, UNDER_WAY, &value, doors.https);
    }
}

/// Where a form of the desk was going, and what was in it.
#[derive(serde::Serialize, serde::Deserialize)]
struct Kept {
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
            Err(Redirect::to(&format!("/sign-in?next={next}{expired}")).into_response())
        }
        Err(error) => Err(oops_page(doors, ask, &error.into())),
    }
}

/// The same for a form: what was in it is carried through the sign-in. Photos that wait go on
/// waiting under the form's key.
pub(super) async fn staff_or_keep(
    doors: &Doors,
    ask: &Ask,
    form: &FormBody,
) -> Result<SignedIn, Response> {
    match signed_in(doors, ask).await {
        Ok(Some(found)) => Ok(found),
        Ok(None) => {
            let kept = Kept {
                path: safe_next(&ask.path).to_owned(),
                fields: form.fields.clone(),
            };
            let text = serde_json::to_string(&kept).unwrap_or_default();
            let kept = (text.len() <= KEPT_MOST)
                .then(|| sealed::seal(&doors.desk, "kept", &text, KEPT_LASTS));
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

/// Who is signed in, if anybody.
pub(super) async fn signed_in(doors: &Doors, ask: &Ask) -> casework::Result<Option<SignedIn>> {
    let token = ask.cookie(STAFF_COOKIE, doors.https);
    match token.and_then(casework::track::token) {
        Some(token) => sign_in::staff(&doors.desk, &token).await,
        None => Ok(None),
    }
}

fn show(doors: &Doors, ask: &Ask, mut form: SignInForm, status: StatusCode) -> Response {
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
        ..SignInForm::default()
    };
    let Some(under_way) = UnderWay::read(&doors, &ask) else {
        return show(&doors, &ask, form, StatusCode::OK);
    };
    go_on(&doors, &ask, form, under_way)
        .await
        .unwrap_or_else(|oops| oops_page(&doors, &ask, &oops))
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
        .filter(|kept| opened(doors, kept).is_some());
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
    if matches!(act, "" | "password") {
        return password(doors, ask, page, text("password")).await;
    }
    let Some(mut under_way) = UnderWay::read(doors, ask) else {
        let page = SignInForm {
            expired: true,
            ..page
        };
        return Ok(show(doors, ask, page, StatusCode::UNAUTHORIZED));
    };
    let device = device_of(doors, ask);
    let desk = &doors.desk;
    match act {
        "code" => {
            let typed = text("code");
            let checked = sign_in::code(desk, &under_way.person, typed, device.as_deref()).await;
            match busy(checked)? {
                Ok(_) => under_way.proved = true,
                Err(fault) => return again(doors, ask, page, under_way, fault).await,
            }
        }
        "enrol" => {
            let Some(secret) = under_way.secret.clone() else {
                return go_on(doors, ask, page, under_way).await;
            };
            let enrolled = sign_in::enrol(desk, &under_way.person, &secret, text("code")).await;
            match busy(enrolled)? {
                Ok(codes) => {
                    under_way = UnderWay {
                        proved: true,
                        secret: None,
                        ..under_way
                    };
                    let page = SignInForm {
                        step: SignInStep::Codes(codes),
                        ..page
                    };
                    let mut response = show(doors, ask, page, StatusCode::OK);
                    under_way.write(doors, &mut response);
                    return Ok(response);
                }
                Err(fault) => return again(doors, ask, page, under_way, fault).await,
            }
        }
        "own" if under_way.proved => {
            let chosen =
                sign_in::choose_password(desk, &under_way.person, text("password"), None).await;
            if let Err(fault) = busy(chosen)? {
                return again(doors, ask, page, under_way, fault).await;
            }
        }
        _ => {}
    }
    go_on(doors, ask, page, under_way).await
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
) -> Result<Response, Oops> {
    if page.login.is_empty() || password.is_empty() {
        let page = SignInForm {
            fault: Some(SignInFault::Empty),
            ..page
        };
        return Ok(show(doors, ask, page, StatusCode::UNPROCESSABLE_ENTITY));
    }
    // One network tries few logins, whichever they are.
    doors
        .sign_ins
        .take(ask.network, doors.desk.now())
        .map_err(Oops::TooOften)?;
    let device = device_of(doors, ask);
    let checked = sign_in::password(&doors.desk, &page.login, password, device.as_deref()).await;
    match busy(checked)? {
        Ok(person) => {
            let under_way = UnderWay {
                person,
                proved: false,
                own_phone: page.own_phone,
                secret: None,
            };
            go_on(doors, ask, page, under_way).await
        }
        Err(fault) => {
            let status = status_of(fault);
            let page = SignInForm {
                fault: Some(fault),
                ..page
            };
            Ok(show(doors, ask, page, status))
        }
    }
}

fn status_of(fault: SignInFault) -> StatusCode {
    match fault {
        SignInFault::Busy => StatusCode::SERVICE_UNAVAILABLE,
        SignInFault::Step(Fault::Wait(_)) => StatusCode::TOO_MANY_REQUESTS,
        SignInFault::Step(Fault::WrongPassword | Fault::WrongCode | Fault::FirstPasswordOver) => {
            StatusCode::UNAUTHORIZED
        }
        SignInFault::Step(_) | SignInFault::Empty => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// The step once more, with what was wrong.
async fn again(
    doors: &State,
    ask: &Ask,
    page: SignInForm,
    under_way: UnderWay,
    fault: SignInFault,
) -> Result<Response, Oops> {
    let status = status_of(fault);
    let step = step_of(doors, &under_way).await?;
    let page = SignInForm {
        step: step.unwrap_or_default(),
        fault: Some(fault),
        ..page
    };
    let mut response = show(doors, ask, page, status);
    under_way.write(doors, &mut response);
    Ok(response)
}

/// The page of the step that is missing; `None` if nothing is.
async fn step_of(doors: &Doors, under_way: &UnderWay) -> Result<Option<SignInStep>, Oops> {
    let desk = &doors.desk;
    let missing = sign_in::missing(desk, &under_way.person, under_way.proved).await?;
    Ok(Some(match missing {
        Missing::Code => SignInStep::Code {
            demo: if doors.site.demo {
                demo_code(desk, &under_way.person).await?
            } else {
                None
            },
        },
        Missing::Authenticator => {
            let secret = under_way.secret.clone().unwrap_or_default();
            let login = sign_in::login(desk, &under_way.person).await?;
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
    mut under_way: UnderWay,
) -> Result<Response, Oops> {
    let missing = sign_in::missing(&doors.desk, &under_way.person, under_way.proved).await?;
    if missing == Missing::Authenticator && under_way.secret.is_none() {
        under_way.secret = Some(sign_in::draw_secret(&doors.desk).to_vec());
    }
    if let Some(step) = step_of(doors, &under_way).await? {
        let page = SignInForm {
            step,
            expired: false,
            ..page
        };
        let mut response = show(doors, ask, page, StatusCode::OK);
        under_way.write(doors, &mut response);
        return Ok(response);
    }
    let device = device_of(doors, ask);
    let known = device
        .filter(|device| sign_in::is_device_of(device, &under_way.person))
        .unwrap_or_else(|| sign_in::draw_device(&doors.desk, &under_way.person));
    let (person, own_phone) = (&under_way.person, under_way.own_phone);
    let token = sign_in::open(&doors.desk, person, own_phone, &known).await?;
    let kept = page.kept.as_deref().and_then(|kept| opened(doors, kept));
    let mut response = match kept {
        Some(Kept { path, fields }) => {
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
    ask::set_cookie(&mut response, STAFF_COOKIE, &token.to_text(), doors.https);
    ask::end_cookie(&mut response, UNDER_WAY, doors.https);
    remember_device(doors, &mut response, &known);
    Ok(response)
}

fn opened(doors: &Doors, kept: &str) -> Option<Kept> {
    let text = sealed::open(&doors.desk, "kept", kept)?;
    let kept: Kept = serde_json::from_str(&text).ok()?;
    (safe_next(&kept.path) == kept.path).then_some(kept)
}

fn device_of(doors: &Doors, ask: &Ask) -> Option<String> {
    let sealed = ask.cookie(DEVICE, doors.https)?;
    sealed::open(&doors.desk, DEVICE, sealed)
}

fn remember_device(doors: &Doors, response: &mut Response, device: &str) {
    let value = sealed::seal(&doors.desk, DEVICE, device, DEVICE_LASTS);
    let name = host_name(DEVICE, doors.https);
    let secure = if doors.https { "; Secure" } else { "" };
    let seconds = DEVICE_LASTS.millis() / 1_000;
    let cookie =
        format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    append_cookie(response, &cookie);
}

/// `POST /sign-out`
pub async fn out(Of(doors): Of<State>, ask: Ask) -> Response {
    let token = ask.cookie(STAFF_COOKIE, doors.https);
    let closed = match token.and_then(casework::track::token) {
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
