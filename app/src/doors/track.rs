//! `/track`: the code opens a session of half an hour; the case is shown as its party sees it, with
//! what this party may do now.
//!
//! When the session ends is decided by the server alone, by its last use. Its cookie bears no age:
//! on a phone or a computer that several people use it goes when the browser is closed, and one
//! that is left behind opens nothing half an hour later, wherever it lies. An age counted in the
//! browser would have to be renewed by every answer, would outlive a closed window, and would take
//! away the sign by which the page can say that the time ran out.

use axum::{
    extract::{Request, State as Of},
    response::{Html, IntoResponse, Redirect, Response},
};
use casework::{Error, act, file::FilingKey, look, track};
use domain::{
    access::Viewer,
    decide::{Act, Command, Refusal},
    draft::{Field, FieldError},
    event::Words,
    ids::CaseId,
    reference::{CaseNumber, ReceiptCode, ReferenceError},
    text::{Note, TextError},
    verb::Verb,
    visibility::Visibility,
};
use http::{HeaderValue, StatusCode, header::RETRY_AFTER};

use super::{
    Doors, Oops, State,
    ask::{self, Ask, TRACK_COOKIE},
    oops::seconds,
    oops_page, receipt,
};
use crate::{
    form::{CodeFault, Fault},
    http::body::{FormBody, read_form},
    pages::{Closed, StoryParts, TrackForm, TrackPage, Tracked, TrackedPage, Unkept},
    render,
};

mod typed;

#[cfg(test)]
mod refused;

use typed::Typed;

/// How often an act is tried again when the offices write at the same moment what the person is
/// not told.
const TRIES: usize = 3;

/// `GET /track`
pub async fn page(Of(doors): Of<State>, ask: Ask) -> Response {
    if ask.asked("part").is_some() {
        return part(&doors, &ask).await;
    }
    let done = ask.asked("done").and_then(|verb| verb.parse().ok());
    match ask.viewer(&doors.desk, doors.https).await {
        Ok(viewer @ Viewer::Party { .. }) => {
            let shown = Shown {
                done,
                ..Shown::default()
            };
            own(&doors, &ask, &viewer, shown).await
        }
        Ok(_) => {
            let form = TrackForm {
                number: ask
                    .asked("number")
                    .filter(|number| number.parse::<CaseNumber>().is_ok()),
                closed: ask
                    .cookie(TRACK_COOKIE, doors.https)
                    .filter(|it| !it.is_empty())
                    .map(|_| Closed::Idle),
                ..TrackForm::default()
            };
            entry(&doors, &ask, form, StatusCode::OK)
        }
        Err(error) => oops_page(&doors, &ask, &error.into()),
    }
}

/// `GET /track?part=story&number=…`: what an open page fetches when its case changed. Nobody pressed
/// anything, so it keeps no session open; and it is the case that the page shows or none.
async fn part(doors: &Doors, ask: &Ask) -> Response {
    let nothing = || StatusCode::NOT_FOUND.into_response();
    let token = ask.cookie(TRACK_COOKIE, doors.https).and_then(track::token);
    let number = ask.asked("number").unwrap_or_default();
    let Some(token) = token.filter(|_| ask.asked("part").as_deref() == Some("story")) else {
        return nothing();
    };
    let story = async {
        match track::peek(&doors.desk, &token).await? {
            viewer @ Viewer::Party { case, .. } => {
                look::story(&doors.desk, &viewer, case, ask.reader.lang).await
            }
            _ => Err(Error::NotFound),
        }
    };
    match story.await {
        Ok(story) if story.card.number == number => {
            let here = doors.here(ask);
            Html(render::fragment(
                move || leptos::view! { <StoryParts here story /> },
            ))
            .into_response()
        }
        Ok(_) | Err(Error::NotFound) => nothing(),
        Err(error) => oops_page(doors, ask, &error.into()),
    }
}

/// What the tracked page shows besides the case.
#[derive(Default)]
struct Shown {
    typed: Option<Typed>,
    unkept: Option<Unkept>,
    /// The case changed while the person typed.
    moved: bool,
    done: Option<Verb>,
}

fn entry(doors: &Doors, ask: &Ask, form: TrackForm, status: StatusCode) -> Response {
    let here = doors.here(ask);
    let wait = form.wait;
    let wait = wait.or_else(|| form.unkept.as_ref().and_then(Unkept::retry_after));
    let html = render::page(move || leptos::view! { <TrackPage here form /> });
    let response = (status, Html(html)).into_response();
    ask.remember(after(response, wait), doors.https)
}

/// Says in how many seconds it may help to ask again.
fn after(mut response: Response, seconds: Option<u64>) -> Response {
    if let Some(seconds) = seconds {
        let headers = response.headers_mut();
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

async fn own(doors: &Doors, ask: &Ask, viewer: &Viewer, shown: Shown) -> Response {
    let Viewer::Party { case, .. } = viewer else {
        return oops_page(doors, ask, &Oops::Case(Error::NotFound));
    };
    let story = match look::story(&doors.desk, viewer, *case, ask.reader.lang).await {
        Ok(story) => story,
        Err(error) => return oops_page(doors, ask, &error.into()),
    };
    let Shown {
        typed,
        unkept,
        moved,
        done,
    } = shown;
    let (mut news, mut kept, mut faults) = (Vec::new(), None, Vec::new());
    if let Some(typed) = typed {
        news = typed.news(&story);
        let (given_back, mistakes) = typed.keep(doors).await;
        (kept, faults) = (Some(given_back), mistakes);
    }
    let status = match &unkept {
        Some(unkept) => unkept.status(),
        None if moved => StatusCode::CONFLICT,
        None if !faults.is_empty() => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let wait = unkept.as_ref().and_then(Unkept::retry_after);
    let here = doors.here(ask);
    let key = match &kept {
        Some(kept) => kept.key.clone(),
        None => FilingKey::draw(&doors.desk).as_str().to_owned(),
    };
    let tracked = Tracked {
        story,
        key,
        kept,
        news,
        faults,
        unkept,
        done,
    };
    let html = render::page(move || leptos::view! { <TrackedPage here tracked /> });
    let response = (status, Html(html)).into_response();
    ask.remember(after(response, wait), doors.https)
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
        Some("leave") => Ok(leave(&doors, &ask).await),
        Some(verb) => match verb.parse() {
            Ok(verb) => {
                let mut typed = Typed::read(&doors, &form, verb);
                match act_on(&doors, &ask, &form, &mut typed).await {
                    Ok(Answer::Done) => {
                        let to = format!("/track?done={}", verb.as_str());
                        Ok(Redirect::to(&to).into_response())
                    }
                    Ok(Answer::GiveBack(viewer, moved)) => {
                        let shown = Shown {
                            typed: Some(typed),
                            moved,
                            ..Shown::default()
                        };
                        Ok(own(&doors, &ask, &viewer, shown).await)
                    }
                    Ok(Answer::AskCode(why)) => Ok(ask_code(&doors, &ask, typed, why).await),
                    Err(oops) => give_back(&doors, &ask, typed, oops).await,
                }
            }
            Err(_) => Err(Oops::Case(Error::NotFound)),
        },
    };
    answered.unwrap_or_else(|oops| oops_page(&doors, &ask, &oops))
}

async fn open(doors: &State, ask: &Ask, form: &FormBody) -> Result<Response, Oops> {
    let typed = form.get("code").unwrap_or_default().trim().to_owned();
    // What was about to be sent when the session ended comes along.
    let then = form.get("then").and_then(|verb| verb.parse().ok());
    let then = then
        .filter(|verb| resident_act(*verb, form).is_some())
        .map(|verb| Typed::read(doors, form, verb));
    let mut back = TrackForm {
        number: typed::number(form),
        ..TrackForm::default()
    };
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    match find(doors, ask, &typed).await {
        Ok(Ok(token)) => {
            let mut response = match then {
                None => Redirect::to("/track").into_response(),
                // Not sent yet: the person first sees how the case stands now.
                Some(mut typed) => {
                    // What cannot be asked now is seen when it is sent.
                    typed.waiting.miss(doors).await.ok();
                    let viewer = track::viewer(&doors.desk, &token).await?;
                    let shown = Shown {
                        typed: Some(typed),
                        ..Shown::default()
                    };
                    own(doors, ask, &viewer, shown).await
                }
            };
            ask::set_cookie(&mut response, TRACK_COOKIE, &token.to_text(), doors.https);
            return Ok(response);
        }
        Ok(Err(fault)) => back.faults.push(Fault::Code(fault)),
        Err(Oops::TooOften(wait)) => {
            back.wait = Some(seconds(wait));
            status = StatusCode::TOO_MANY_REQUESTS;
        }
        Err(oops) => {
            let unkept = oops.unkept().ok_or(oops)?;
            status = unkept.status();
            back.unkept = Some(unkept);
        }
    }
    back.code = typed;
    if let Some(then) = then {
        let (kept, faults) = then.keep(doors).await;
        back.kept = Some(kept);
        back.faults.extend(faults);
    }
    Ok(entry(doors, ask, back, status))
}

/// The session that a code opens, or what is wrong with the code.
async fn find(
    doors: &Doors,
    ask: &Ask,
    typed: &str,
) -> Result<Result<track::Token, CodeFault>, Oops> {
    let code = match typed.parse::<ReceiptCode>() {
        Ok(code) => code,
        Err(_) if typed.is_empty() => return Ok(Err(CodeFault::Missing)),
        Err(ReferenceError::CheckDigit) => return Ok(Err(CodeFault::Mistyped)),
        Err(_) => return Ok(Err(CodeFault::Malformed)),
    };
    // Guessing is slow, from one network and from all; a mistyped code costs no try.
    doors
        .lookups
        .take(ask.network, doors.desk.now())
        .map_err(Oops::TooOften)?;
    match track::open(&doors.desk, &code).await {
        Ok(token) => Ok(Ok(token)),
        Err(Error::NotFound) => Ok(Err(CodeFault::NotFound)),
        Err(error) => Err(error.into()),
    }
}

async fn leave(doors: &State, ask: &Ask) -> Response {
    let closed = match ask.cookie(TRACK_COOKIE, doors.https).and_then(track::token) {
        Some(token) => track::close(&doors.desk, &token).await,
        None => Ok(()),
    };
    // Whatever became of the session, this browser has neither it nor the receipt any more: the
    // next to use it may be somebody else.
    let mut response = match closed {
        Ok(()) => Redirect::to("/track").into_response(),
        Err(error) => oops_page(doors, ask, &error.into()),
    };
    ask::end_cookie(&mut response, TRACK_COOKIE, doors.https);
    receipt::put_away(&mut response, doors.https);
    response
}

/// How an act ended.
enum Answer {
    /// It is done.
    Done,
    /// It comes back to be mended; `true` if that is because the case changed meanwhile.
    GiveBack(Viewer, bool),
    /// Nobody's session, or another case's: the code is asked again.
    AskCode(Closed),
}

async fn act_on(
    doors: &State,
    ask: &Ask,
    form: &FormBody,
    typed: &mut Typed,
) -> Result<Answer, Oops> {
    // Photos first: whatever else is wrong, the good ones stay.
    typed.take_photos(doors, ask, form).await?;
    let viewer = ask.viewer(&doors.desk, doors.https).await?;
    let Viewer::Party { case, .. } = viewer else {
        return Ok(Answer::AskCode(Closed::Idle));
    };
    if doors.read_only {
        return Err(Oops::ReadOnly);
    }
    let Some(acting) = resident_act(typed.verb, form) else {
        return Err(Oops::Case(Error::NotFound));
    };
    let text = match Note::new(&typed.text) {
        Ok(text) => Some(text.as_str().to_owned()),
        Err(TextError::Empty) if !acting.needs_text() => None,
        Err(error) => {
            typed.waiting.faults.push(Fault::Text(match error {
                TextError::TooLong { max, .. } => FieldError::TooLong(max),
                TextError::Control => FieldError::Unprintable,
                TextError::Empty | TextError::TooShort { .. } => FieldError::Missing,
            }));
            None
        }
    };
    let words = Words {
        text,
        photos: typed.waiting.staged.clone(),
        ..Words::default()
    };
    let command = Command {
        act: acting,
        words: Some(words).filter(|words| !words.is_empty()),
    };
    send(doors, ask, viewer, case, typed, command).await
}

/// Sends an act on what the person has seen: what they were told since then comes first, what they
/// are not told does not stop them. Of two devices at once, one wins and the other sees.
async fn send(
    doors: &State,
    ask: &Ask,
    viewer: Viewer,
    case: CaseId,
    typed: &mut Typed,
    command: Command,
) -> Result<Answer, Oops> {
    for _ in 0..TRIES {
        let story = look::story(&doors.desk, &viewer, case, ask.reader.lang).await?;
        if typed.is_for_another(&story) {
            return Ok(Answer::AskCode(Closed::Other));
        }
        let news = typed.news(&story);
        if typed.was_said(&news) {
            return Ok(Answer::Done);
        }
        if !typed.waiting.faults.is_empty() {
            return Ok(Answer::GiveBack(viewer, false));
        }
        if !news.is_empty() {
            typed.waiting.faults.push(Fault::Moved);
            return Ok(Answer::GiveBack(viewer, true));
        }
        // A form that bears no version is not ours, and stands whatever happened.
        let version = typed.version.map(|_| story.version);
        let (key, command) = (&typed.waiting.key, command.clone());
        let fault = match act::act_with_photos(&doors.desk, &viewer, key, case, version, command)
            .await
        {
            Ok(_) => return Ok(Answer::Done),
            Err(Error::Conflict { .. }) => continue,
            Err(Error::Refused(refusal)) => told(refusal),
            Err(Error::Forbidden) => Fault::Moved,
            Err(error) => {
                let gone = matches!(error, Error::NotFound) && typed.waiting.miss(doors).await?;
                if !gone {
                    return Err(error.into());
                }
                return Ok(Answer::GiveBack(viewer, false));
            }
        };
        typed.waiting.faults.push(fault);
        return Ok(Answer::GiveBack(viewer, false));
    }
    Err(Oops::Case(Error::Store(casework::StoreError::Busy)))
}

/// Asks for the code, and carries along what was about to be sent.
async fn ask_code(doors: &Doors, ask: &Ask, typed: Typed, why: Closed) -> Response {
    let number = typed.number.clone();
    let (kept, faults) = typed.keep(doors).await;
    let form = TrackForm {
        number,
        faults,
        closed: Some(why),
        kept: Some(kept),
        ..TrackForm::default()
    };
    entry(doors, ask, form, StatusCode::UNPROCESSABLE_ENTITY)
}

/// Nothing could be kept: the page comes back with everything typed and says why.
async fn give_back(doors: &Doors, ask: &Ask, typed: Typed, oops: Oops) -> Result<Response, Oops> {
    let unkept = Some(oops.unkept().ok_or(oops)?);
    let viewer = ask.viewer(&doors.desk, doors.https).await?;
    if matches!(viewer, Viewer::Party { .. }) {
        let shown = Shown {
            typed: Some(typed),
            unkept,
            ..Shown::default()
        };
        return Ok(own(doors, ask, &viewer, shown).await);
    }
    let number = typed.number.clone();
    let status = unkept.as_ref().map_or(StatusCode::OK, Unkept::status);
    let (kept, faults) = typed.keep(doors).await;
    let form = TrackForm {
        number,
        faults,
        closed: Some(Closed::Idle),
        kept: Some(kept),
        unkept,
        ..TrackForm::default()
    };
    Ok(entry(doors, ask, form, status))
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
