//! `/track`: the code opens a session of half an hour; the case is shown as its party sees it, with
//! what this party may do now.

use axum::{
    extract::{Request, State as Of},
    response::{Html, IntoResponse, Redirect, Response},
};
use casework::{Error, act, file::FilingKey, look, stage, track};
use domain::{
    access::Viewer,
    decide::{Act, Command, Refusal},
    draft::{Field, FieldError, MAX_PHOTOS},
    event::Words,
    reference::{CaseNumber, ReceiptCode, ReferenceError},
    text::{Note, TextError},
    verb::Verb,
    visibility::Visibility,
};
use http::StatusCode;

use super::{
    Doors, Oops, State,
    ask::{self, Ask, TRACK_COOKIE},
    oops_page,
};
use crate::{
    form::{CodeFault, Fault, PhotoFault},
    http::body::{FormBody, read_form},
    pages::{TrackForm, TrackPage, Tracked, TrackedPage},
    render,
};

#[cfg(test)]
mod refused;

const SESSION_SECONDS: u32 = 30 * 60;

/// `GET /track`
pub async fn page(Of(doors): Of<State>, ask: Ask) -> Response {
    let done = ask.asked("done").and_then(|verb| verb.parse().ok());
    match ask.viewer(&doors.desk, doors.https).await {
        Ok(viewer @ Viewer::Party { .. }) => {
            own(
                &doors,
                &ask,
                &viewer,
                Shown {
                    done,
                    ..Shown::default()
                },
            )
            .await
        }
        Ok(_) => {
            let form = TrackForm {
                number: ask
                    .asked("number")
                    .filter(|number| number.parse::<CaseNumber>().is_ok()),
                expired: ask
                    .cookie(TRACK_COOKIE, doors.https)
                    .is_some_and(|it| !it.is_empty()),
                ..TrackForm::default()
            };
            entry(&doors, &ask, form, StatusCode::OK)
        }
        Err(error) => oops_page(&doors, &ask, &error.into()),
    }
}

#[derive(Default)]
struct Shown {
    failed: Option<(Verb, String)>,
    faults: Vec<Fault>,
    done: Option<Verb>,
}

fn entry(doors: &Doors, ask: &Ask, form: TrackForm, status: StatusCode) -> Response {
    let here = doors.here(ask);
    let html = render::page(move || leptos::view! { <TrackPage here form /> });
    ask.remember((status, Html(html)).into_response(), doors.https)
}

async fn own(doors: &Doors, ask: &Ask, viewer: &Viewer, shown: Shown) -> Response {
    let Viewer::Party { case, .. } = viewer else {
        return oops_page(doors, ask, &Oops::Case(Error::NotFound));
    };
    match look::story(&doors.desk, viewer, *case, ask.reader.lang).await {
        Ok(story) => {
            let status = if shown.faults.is_empty() {
                StatusCode::OK
            } else {
                StatusCode::UNPROCESSABLE_ENTITY
            };
            let here = doors.here(ask);
            let Shown {
                failed,
                faults,
                done,
            } = shown;
            let tracked = Tracked {
                story,
                failed,
                faults,
                done,
            };
            let html = render::page(move || leptos::view! { <TrackedPage here tracked /> });
            ask.remember((status, Html(html)).into_response(), doors.https)
        }
        Err(error) => oops_page(doors, ask, &error.into()),
    }
}

/// `POST /track`: a code opens, `leave` ends, everything else is an act on one's own case.
pub async fn post(Of(doors): Of<State>, request: Request) -> Response {
    let (ask, body) = ask::open(request, &doors);
    let form = match read_form(&ask.headers, body, &doors.forms).await {
        Ok(form) => form,
        Err(error) => return oops_page(&doors, &ask, &Oops::Form(error)),
    };
    let answered = match form.get("act") {
        None | Some("" | "open") => open(&doors, &ask, &form).await,
        Some("leave") => leave(&doors, &ask).await,
        Some(verb) => match verb.parse() {
            Ok(verb) => act_on(&doors, &ask, &form, verb).await,
            Err(_) => Err(Oops::Case(Error::NotFound)),
        },
    };
    answered.unwrap_or_else(|oops| oops_page(&doors, &ask, &oops))
}

async fn open(doors: &State, ask: &Ask, form: &FormBody) -> Result<Response, Oops> {
    let typed = form.get("code").unwrap_or_default().trim().to_owned();
    let fault = match typed.parse::<ReceiptCode>() {
        Ok(code) => {
            // Guessing is slow, from one network and from all; a mistyped code costs no try.
            doors
                .lookups
                .take(ask.network, doors.desk.now())
                .map_err(Oops::TooOften)?;
            match track::open(&doors.desk, &code).await {
                Ok(token) => {
                    let mut response = Redirect::to("/track").into_response();
                    let text = token.to_text();
                    ask::set_cookie(
                        &mut response,
                        TRACK_COOKIE,
                        &text,
                        SESSION_SECONDS,
                        doors.https,
                    );
                    return Ok(response);
                }
                Err(Error::NotFound) => CodeFault::NotFound,
                Err(error) => return Err(error.into()),
            }
        }
        Err(_) if typed.is_empty() => CodeFault::Missing,
        Err(ReferenceError::CheckDigit) => CodeFault::Mistyped,
        Err(_) => CodeFault::Malformed,
    };
    let form = TrackForm {
        code: typed,
        faults: vec![Fault::Code(fault)],
        ..TrackForm::default()
    };
    Ok(entry(doors, ask, form, StatusCode::UNPROCESSABLE_ENTITY))
}

async fn leave(doors: &State, ask: &Ask) -> Result<Response, Oops> {
    if let Some(token) = ask.cookie(TRACK_COOKIE, doors.https).and_then(track::token) {
        track::close(&doors.desk, &token).await?;
    }
    let mut response = Redirect::to("/track").into_response();
    ask::end_cookie(&mut response, TRACK_COOKIE, doors.https);
    Ok(response)
}

async fn act_on(doors: &State, ask: &Ask, form: &FormBody, verb: Verb) -> Result<Response, Oops> {
    if doors.read_only {
        return Err(Oops::ReadOnly);
    }
    let viewer = ask.viewer(&doors.desk, doors.https).await?;
    let Viewer::Party { case, .. } = viewer else {
        // The session is over: the page says so; what was typed is given back by the browser.
        let form = TrackForm {
            expired: true,
            ..TrackForm::default()
        };
        return Ok(entry(doors, ask, form, StatusCode::UNPROCESSABLE_ENTITY));
    };
    let typed = form.get("text").unwrap_or_default().to_owned();
    let mut faults = Vec::new();
    let acting = resident_act(verb, form);
    let Some(acting) = acting else {
        return Err(Oops::Case(Error::NotFound));
    };
    let text = match Note::new(&typed) {
        Ok(text) => Some(text.as_str().to_owned()),
        Err(TextError::Empty) if !acting.needs_text() => None,
        Err(error) => {
            faults.push(Fault::Text(match error {
                TextError::TooLong { max, .. } => FieldError::TooLong(max),
                TextError::Control => FieldError::Unprintable,
                TextError::Empty | TextError::TooShort { .. } => FieldError::Missing,
            }));
            None
        }
    };
    let key = FilingKey::draw(&doors.desk);
    let photos = photos(doors, ask, &key, form, &mut faults).await?;
    if faults.is_empty() {
        let words = Words {
            text,
            place: None,
            photos,
        };
        let command = Command {
            act: acting,
            words: Some(words).filter(|words| !words.is_empty()),
        };
        // A resident's word stands whatever the offices did meanwhile, unless the state forbids it.
        match act::act_with_photos(&doors.desk, &viewer, &key, case, None, command).await {
            Ok(_) => {
                let to = format!("/track?done={}", verb.as_str());
                return Ok(Redirect::to(&to).into_response());
            }
            Err(Error::Refused(refusal)) => faults.push(told(refusal)),
            Err(Error::Forbidden) => faults.push(Fault::Moved),
            Err(error) => return Err(error.into()),
        }
    }
    let failed = Some((verb, typed));
    Ok(own(
        doors,
        ask,
        &viewer,
        Shown {
            failed,
            faults,
            done: None,
        },
    )
    .await)
}

/// What a refusal is on the page: a mistake of the field that it is about, or of the act.
fn told(refusal: Refusal) -> Fault {
    match refusal {
        Refusal::NeedsText => Fault::Text(FieldError::Missing),
        Refusal::NotThisVisibility => Fault::Draft(Field::Visibility, FieldError::MustBePrivate),
        other => Fault::Refused(other),
    }
}

/// The acts a resident has on this page.
fn resident_act(verb: Verb, form: &FormBody) -> Option<Act> {
    Some(match verb {
        Verb::Answer => Act::Answer,
        Verb::AddInformation => Act::AddInformation,
        Verb::Withdraw => Act::Withdraw,
        Verb::Confirm => Act::Confirm,
        Verb::Dispute => Act::Dispute,
        Verb::Rate => Act::Rate {
            stars: form
                .get("stars")
                .and_then(|stars| stars.parse().ok())
                .unwrap_or(0),
        },
        Verb::Urge => Act::Urge,
        Verb::AskReview => Act::AskReview,
        Verb::Reopen => Act::Reopen,
        Verb::ChangeVisibility => Act::ChangeVisibility {
            to: form.get("visibility").and_then(Visibility::parse)?,
        },
        _ => return None,
    })
}

/// Photos go through the same gate, staged under a key of this one post.
async fn photos(
    doors: &Doors,
    ask: &Ask,
    key: &FilingKey,
    form: &FormBody,
    faults: &mut Vec<Fault>,
) -> Result<Vec<domain::ids::PhotoId>, Oops> {
    let address = ask.network.to_bytes();
    let mut photos = Vec::new();
    for file in form
        .files
        .iter()
        .filter(|file| file.field == "photos")
        .take(MAX_PHOTOS)
    {
        match stage::stage(&doors.desk, key, &address, file.bytes.clone()).await {
            Ok(id) => photos.push(id),
            Err(error) => match stage::photo_error(&error) {
                Some(casework::photos::PhotoError::TooLarge) => {
                    faults.push(Fault::Photo(PhotoFault::TooBig(doors.forms.file >> 20)));
                }
                Some(casework::photos::PhotoError::Busy) => {
                    faults.push(Fault::Photo(PhotoFault::NoRoom));
                }
                Some(_) => faults.push(Fault::Photo(PhotoFault::NotAPhoto)),
                None => return Err(error.into()),
            },
        }
    }
    if form.refused.iter().any(|refused| refused.field == "photos") {
        faults.push(Fault::Photo(PhotoFault::TooBig(doors.forms.file >> 20)));
    }
    Ok(photos)
}
