//! `/desk/me`

use axum::{
    extract::{Request, State as Of},
    response::Response,
};
use casework::{
    account, authenticator, is_busy,
    sign_in::{self, SIGN_IN_LASTS, SignedIn},
    track,
};
use domain::verb::Verb;
use http::StatusCode;

use super::{answer, bar, open_form, trouble};
use crate::{
    doors::{Ask, Doors, Oops, State, ask::STAFF_COOKIE, sealed, sign_in::staff},
    http::body::FormBody,
    pages::{MePage, MeView, SignInFault},
    parts::DeskNav,
    render,
    texts::t,
};

/// What became of a form.
#[derive(Default)]
struct Done {
    fault: Option<(&'static str, SignInFault)>,
    token_fault: bool,
    factor: Option<(String, String, String)>,
    verbs: Vec<String>,
    codes: Option<Vec<String>>,
    token: Option<String>,
    text: Option<&'static str>,
}

/// `GET /desk/me`
pub async fn page(Of(doors): Of<State>, ask: Ask) -> Response {
    let who = match staff(&doors, &ask).await {
        Ok(who) => who,
        Err(response) => return response,
    };
    let page = show(&doors, &ask, &who, Done::default()).await;
    page.unwrap_or_else(|oops| trouble(&doors, &ask, &who, &oops))
}

async fn show(doors: &Doors, ask: &Ask, who: &SignedIn, done: Done) -> Result<Response, Oops> {
    let account = account::own(&doors.desk, who, ask.reader.lang).await?;
    let status = if done.fault.is_some() || done.token_fault {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let shown = MeView {
        account,
        fault: done.fault,
        token_fault: done.token_fault,
        factor: done.factor,
        verbs: (account::token_verbs(), done.verbs),
        codes: done.codes,
        token: done.token,
        done: done.text,
    };
    let (here, bar) = (doors.here(ask), bar(who, DeskNav::Me));
    let html = render::page(move || leptos::view! { <MePage here bar shown /> });
    Ok(answer(doors, ask, status, html))
}

/// `POST /desk/me`
pub async fn post(Of(doors): Of<State>, request: Request) -> Response {
    let (ask, form, who) = match open_form(&doors, request).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let page = async {
        if doors.read_only {
            return Err(Oops::ReadOnly);
        }
        let done = carry_out(&doors, &ask, &who, &form).await?;
        show(&doors, &ask, &who, done).await
    };
    page.await
        .unwrap_or_else(|oops| trouble(&doors, &ask, &who, &oops))
}

/// The step's answer, or the field that is to be mended.
fn told<T>(field: &'static str, step: sign_in::Step<T>) -> Result<Result<T, Done>, Oops> {
    let fault = match step {
        Ok(Ok(done)) => return Ok(Ok(done)),
        Ok(Err(fault)) => SignInFault::Step(fault),
        Err(casework::Error::Store(error)) if is_busy(&error) => SignInFault::Busy,
        Err(error) => return Err(error.into()),
    };
    Ok(Err(Done {
        fault: Some((field, fault)),
        ..Done::default()
    }))
}

fn factor_of(who: &SignedIn) -> String {
    format!("factor of {}", who.person)
}

/// An authenticator to be set up: what the page shows, and what its form brings back.
fn factor(doors: &Doors, who: &SignedIn, secret: &[u8]) -> (String, String, String) {
    let desk = &doors.desk;
    let issuer = desk.city.names.get(desk.city.default_lang);
    let secret_text = authenticator::secret_text(secret);
    let address = authenticator::address(issuer, &who.login, secret);
    let hexed = hex::encode(secret);
    let sealed = sealed::seal(desk, &factor_of(who), &hexed, SIGN_IN_LASTS);
    (secret_text, address, sealed)
}

async fn carry_out(
    doors: &Doors,
    ask: &Ask,
    who: &SignedIn,
    form: &FormBody,
) -> Result<Done, Oops> {
    let (desk, lang) = (&doors.desk, ask.reader.lang);
    let text = |name: &str| form.get(name).unwrap_or_default();
    let did = |text| Done {
        text: Some(text),
        ..Done::default()
    };
    let token = ask.cookie(STAFF_COOKIE, doors.https).and_then(track::token);
    let Some(token) = token else {
        return Err(Oops::Case(casework::Error::Forbidden));
    };
    match text("act") {
        "password" => {
            let old = sign_in::own_password(desk, &who.person, text("old")).await;
            if let Err(done) = told("old", old)? {
                return Ok(done);
            }
            let new = sign_in::choose_password(desk, &who.person, text("new"), &token).await;
            Ok(match told("new", new)? {
                Ok(()) => did(t::me_did_password(lang)),
                Err(done) => done,
            })
        }
        "codes" => {
            let known = sign_in::own_password(desk, &who.person, text("codes-password")).await;
            if let Err(done) = told("codes-password", known)? {
                return Ok(done);
            }
            Ok(Done {
                codes: Some(sign_in::new_codes(desk, &who.person).await?),
                ..Done::default()
            })
        }
        "factor" => {
            let known = sign_in::own_password(desk, &who.person, text("factor-password")).await;
            if let Err(done) = told("factor-password", known)? {
                return Ok(done);
            }
            let shown = sign_in::own_code(desk, &who.person, text("old-code")).await;
            Ok(match told("old-code", shown)? {
                Ok(()) => Done {
                    factor: Some(factor(doors, who, &sign_in::draw_secret(desk))),
                    ..Done::default()
                },
                Err(done) => done,
            })
        }
        "factor-code" => {
            let purpose = factor_of(who);
            let opened = sealed::open(desk, &purpose, text("factor"));
            let Some(secret) = opened.and_then(|text| hex::decode(text).ok()) else {
                return Ok(did(t::sign_in_begin_again(lang)));
            };
            let (person, typed) = (&who.person, text("new-code"));
            let replaced = sign_in::replace_authenticator(desk, person, &secret, typed, &token);
            Ok(match told("new-code", replaced.await)? {
                Ok(codes) => Done {
                    codes: Some(codes),
                    text: Some(t::me_did_factor(lang)),
                    ..Done::default()
                },
                Err(done) => Done {
                    factor: Some(factor(doors, who, &secret)),
                    ..done
                },
            })
        }
        "end-session" => {
            account::end_session(desk, who, text("handle")).await?;
            Ok(did(t::me_did_session(lang)))
        }
        "token" => {
            let words: Vec<String> = form.all("verbs").map(str::to_owned).collect();
            let known = sign_in::own_password(desk, &who.person, text("token-password")).await;
            if let Err(done) = told("token-password", known)? {
                return Ok(Done {
                    verbs: words,
                    ..done
                });
            }
            let may = account::token_verbs();
            let verbs: Vec<Verb> = words.iter().filter_map(|word| word.parse().ok()).collect();
            let verbs: Vec<Verb> = verbs
                .into_iter()
                .filter(|verb| may.contains(verb))
                .collect();
            let held = text("held").parse().unwrap_or(0);
            let made = account::make_token(desk, who, text("token-name"), held, &verbs).await?;
            let again = if made.is_some() { Vec::new() } else { words };
            Ok(Done {
                token_fault: made.is_none(),
                verbs: again,
                token: made,
                ..Done::default()
            })
        }
        "end-token" => {
            account::end_token(desk, who, text("name")).await?;
            Ok(did(t::me_did_token(lang)))
        }
        _ => Err(Oops::Case(casework::Error::NotFound)),
    }
}
