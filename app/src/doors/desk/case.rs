//! `/desk/cases/{number}`

use axum::{
    extract::{Path, Request, State as Of},
    response::{IntoResponse, Redirect, Response},
};
use casework::{
    Error, act, look,
    scores::{self, Toward},
    sign_in::SignedIn,
    worklist,
};
use domain::{
    access::{Viewer, is_contracted, is_inside},
    case::Case,
    decide::{
        Command, Refusal,
        typed::{self, Amiss, Wrong},
    },
    draft::FieldError,
    event::Words,
    ids::PartyNo,
    reference::CaseNumber,
    text::{Note, TextError},
    verb::Verb,
};
use http::StatusCode;

use super::{answer, bar, here_of_parts, open_form, trouble};
use crate::{
    doors::{
        Ask, Doors, Oops, State, oops_page,
        photos::Waiting,
        sign_in::{staff, staff_of_page},
    },
    form::Fault,
    http::body::FormBody,
    pages::{
        ActFault, DeskCasePage, DeskCaseParts, DeskCaseView, Done, KeptAct, PART, PhotoDone,
        Scored, Unkept,
    },
    parts::DeskNav,
    render,
    texts::t,
};

/// What the page shows besides the case.
#[derive(Default)]
struct Shown {
    kept: Option<KeptAct>,
    /// The version the person had seen, where somebody has changed the case since.
    seen: Option<u32>,
    done: Option<Done>,
    contact: Option<Vec<(&'static str, String)>>,
    no_reason: bool,
    unkept: Option<Unkept>,
    score: Option<Scored>,
}

/// `GET /desk/cases/{number}`
pub async fn page(Of(doors): Of<State>, Path(number): Path<String>, ask: Ask) -> Response {
    if ask.asked(PART).is_some() {
        let parts = parts(&doors, &ask, &number).await;
        return parts.unwrap_or_else(|oops| oops_page(&doors, &ask, &oops));
    }
    let who = match staff(&doors, &ask).await {
        Ok(who) => who,
        Err(response) => return response,
    };
    let act = ask.asked("done").and_then(|verb| verb.parse().ok());
    let photo = ask.asked("photo").and_then(|done| PhotoDone::parse(&done));
    let shown = Shown {
        done: act.map(Done::Act).or(photo.map(Done::Photo)),
        ..Shown::default()
    };
    let page = show(&doors, &ask, &who, &number, shown, StatusCode::OK).await;
    page.unwrap_or_else(|oops| trouble(&doors, &ask, &who, &oops))
}

/// The case as it is now, for a page that stands open.
async fn parts(doors: &Doors, ask: &Ask, number: &str) -> Result<Response, Oops> {
    let who = match staff_of_page(doors, ask).await {
        Ok(who) => who,
        Err(response) => return Ok(response),
    };
    let (desk, viewer) = (&doors.desk, &who.viewer);
    let case = look::still_on_desk(desk, viewer, read(number)?, ask.reader.lang).await?;
    let key = casework::file::FilingKey::draw(&doors.desk)
        .as_str()
        .to_owned();
    let here = here_of_parts(doors, ask);
    let field = who.own_phone.then(|| who.person.clone());
    let html = render::fragment(move || leptos::view! { <DeskCaseParts here case key field /> });
    Ok(answer(doors, ask, StatusCode::OK, html))
}

fn read(number: &str) -> Result<CaseNumber, Oops> {
    number.parse().map_err(|_| Oops::Case(Error::NotFound))
}

async fn show(
    doors: &Doors,
    ask: &Ask,
    who: &SignedIn,
    number: &str,
    shown: Shown,
    status: StatusCode,
) -> Result<Response, Oops> {
    let case = look::on_desk(&doors.desk, &who.viewer, read(number)?, ask.reader.lang).await?;
    let news = shown.seen.map(|seen| case.story.since(seen));
    let next = match shown.done {
        // A photo is ruled on in the middle of a review, which goes on.
        Some(Done::Act(_)) => {
            let (desk, viewer) = (&doors.desk, &who.viewer);
            worklist::next(desk, viewer, read(number)?, ask.reader.lang).await?
        }
        Some(Done::Photo(_)) | None => None,
    };
    let key = casework::file::FilingKey::draw(&doors.desk);
    let shown = DeskCaseView {
        next,
        case,
        whose: who.person.clone(),
        key: key.as_str().to_owned(),
        kept: shown.kept,
        news: news.unwrap_or_default(),
        done: shown.done,
        contact: shown.contact,
        no_reason: shown.no_reason,
        unkept: shown.unkept,
        score: shown.score,
    };
    let (here, bar) = (doors.here(ask), bar(who, DeskNav::Work));
    let html = render::page(move || leptos::view! { <DeskCasePage here bar shown /> });
    Ok(answer(doors, ask, status, html))
}

/// `POST /desk/cases/{number}`: a verb, or a look at how to reach the reporter.
pub async fn post(Of(doors): Of<State>, Path(number): Path<String>, request: Request) -> Response {
    let (ask, form, who) = match open_form(&doors, request).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let done = match form.get("act") {
        Some("reveal") => reveal(&doors, &ask, &who, &number, &form).await,
        Some("score") => score(&doors, &ask, &who, &number, &form).await,
        _ => take(&doors, &ask, &who, &number, &form).await,
    };
    done.unwrap_or_else(|oops| trouble(&doors, &ask, &who, &oops))
}

async fn reveal(
    doors: &Doors,
    ask: &Ask,
    who: &SignedIn,
    number: &str,
    form: &FormBody,
) -> Result<Response, Oops> {
    let lang = ask.reader.lang;
    let reason = form.get("reason").unwrap_or_default();
    let party = PartyNo::REPORTER;
    let found = look::contact(&doors.desk, &who.viewer, read(number)?, party, reason).await;
    let (shown, status) = match found {
        Ok(contact) => {
            let contact = contact.map(|contact| {
                [
                    (t::desk_contact_name(lang), contact.name),
                    (t::desk_contact_phone(lang), contact.phone),
                    (t::desk_contact_email(lang), contact.email),
                ]
                .into_iter()
                .filter_map(|(label, value)| Some((label, value.filter(|it| !it.is_empty())?)))
                .collect()
            });
            let shown = Shown {
                contact,
                ..Shown::default()
            };
            (shown, StatusCode::OK)
        }
        Err(Error::Refused(Refusal::NeedsText | Refusal::UnfitText)) => {
            let shown = Shown {
                no_reason: true,
                ..Shown::default()
            };
            (shown, StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(error) => return Err(error.into()),
    };
    show(doors, ask, who, number, shown, status).await
}

/// What one says of whom one handled the case with.
async fn score(
    doors: &Doors,
    ask: &Ask,
    who: &SignedIn,
    number: &str,
    form: &FormBody,
) -> Result<Response, Oops> {
    if doors.read_only {
        return Err(Oops::ReadOnly);
    }
    let part = form.get("part").and_then(|part| part.parse().ok());
    let toward = form.get("toward").and_then(Toward::of);
    let (Some(part), Some(toward)) = (part, toward) else {
        return Err(Oops::Case(Error::NotFound));
    };
    let points = form.get("points").and_then(|points| points.parse().ok());
    let (desk, viewer) = (&doors.desk, &who.viewer);
    let given = match points {
        Some(points) => scores::give(desk, viewer, read(number)?, (part, toward), points).await,
        None => Err(Error::Refused(Refusal::NotARating)),
    };
    let (score, status) = match given {
        // Twice is once: it is kept already.
        Ok(()) | Err(Error::Refused(Refusal::OnlyOnce)) => (Scored::Kept, StatusCode::OK),
        Err(Error::Refused(Refusal::NotARating)) => {
            (Scored::Missing, StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(error) => return Err(error.into()),
    };
    let shown = Shown {
        score: Some(score),
        ..Shown::default()
    };
    show(doors, ask, who, number, shown, status).await
}

/// How an act ended that did not go through.
pub struct Missed {
    faults: Vec<ActFault>,
    /// Somebody else changed the case.
    pub moved: bool,
    /// Why nothing was kept.
    pub unkept: Option<Unkept>,
}

impl Missed {
    /// What the page that shows it again is answered with.
    pub fn status(&self) -> StatusCode {
        match self {
            Self {
                unkept: Some(unkept),
                ..
            } => unkept.status(),
            Self { moved: true, .. } => StatusCode::CONFLICT,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }

    /// The act as it was typed, with its photos, for the page that shows it again.
    pub async fn keep(
        &self,
        doors: &Doors,
        form: &FormBody,
        verb: Verb,
        waiting: &Waiting,
    ) -> KeptAct {
        let (key, staged) = waiting.keep(doors).await;
        let photos = waiting.faults.iter().map(|fault| ActFault::Form(*fault));
        KeptAct {
            verb: Some(verb),
            fields: form.fields.clone(),
            key,
            staged,
            faults: photos.chain(self.faults.iter().copied()).collect(),
        }
    }
}

impl From<Vec<ActFault>> for Missed {
    fn from(faults: Vec<ActFault>) -> Self {
        Self {
            faults,
            moved: false,
            unkept: None,
        }
    }
}

async fn take(
    doors: &State,
    ask: &Ask,
    who: &SignedIn,
    number: &str,
    form: &FormBody,
) -> Result<Response, Oops> {
    let verb = verb_of(form)?;
    if form.get("whose").is_some_and(|whose| whose != who.person) {
        // It waited on a phone in which somebody else is signed in by now.
        return Err(Oops::Case(Error::Forbidden));
    }
    let mut waiting = Waiting::read(doors, form);
    let done = carry_out(doors, ask, &who.viewer, number, form, verb, &mut waiting).await;
    let missed = match done {
        Ok(case) => {
            let theirs = is_inside(&who.viewer, &case) || is_contracted(&who.viewer, &case);
            let to = if theirs {
                format!("/desk/cases/{}?done={}", case.number, verb.as_str())
            } else {
                // By this very act it is nobody's of theirs any more.
                format!("/desk?done={}", verb.as_str())
            };
            return Ok(Redirect::to(&to).into_response());
        }
        Err(missed) => missed?,
    };
    let seen = form.get("version").and_then(|version| version.parse().ok());
    let status = if waiting.lacks_only_room() && missed.faults.is_empty() {
        // Nothing is wrong with it: the same again is taken as soon as there is room.
        StatusCode::SERVICE_UNAVAILABLE
    } else {
        missed.status()
    };
    let shown = Shown {
        kept: Some(missed.keep(doors, form, verb, &waiting).await),
        seen: seen.filter(|_| missed.moved),
        unkept: missed.unkept,
        ..Shown::default()
    };
    show(doors, ask, who, number, shown, status).await
}

/// The verb of a form.
///
/// # Errors
/// Not found, for a word that is none.
pub fn verb_of(form: &FormBody) -> Result<Verb, Oops> {
    let verb = form.get("act").and_then(|verb| verb.parse::<Verb>().ok());
    verb.ok_or(Oops::Case(Error::NotFound))
}

/// The text of an act.
///
/// # Errors
/// What is wrong with it.
pub(super) fn note_of(form: &FormBody, verb: Verb) -> Result<Option<String>, ActFault> {
    match Note::new(form.get("text").unwrap_or_default()) {
        Ok(text) => Ok(Some(text.as_str().to_owned())),
        Err(TextError::Empty | TextError::TooShort { .. }) if !verb.needs_text() => Ok(None),
        Err(TextError::Empty | TextError::TooShort { .. }) => {
            let (field, what) = ("text", Wrong::Missing);
            Err(ActFault::Field(Amiss { field, what }))
        }
        Err(TextError::TooLong { max, .. }) => {
            Err(ActFault::Form(Fault::Text(FieldError::TooLong(max))))
        }
        Err(TextError::Control) => Err(ActFault::Form(Fault::Text(FieldError::Unprintable))),
    }
}

/// Reads what is wanted and does it. `Err(Ok(…))` comes back to be mended, `Err(Err(…))` is a page
/// of its own.
pub async fn carry_out(
    doors: &State,
    ask: &Ask,
    viewer: &Viewer,
    number: &str,
    form: &FormBody,
    verb: Verb,
    waiting: &mut Waiting,
) -> Result<Case, Result<Missed, Oops>> {
    let desk = &doors.desk;
    let number = read(number).map_err(Err)?;
    // Photos first: whatever else is wrong, the good ones stay.
    if verb.takes_photos() {
        waiting.take(doors, ask, form).await.map_err(unkept)?;
    }
    if doors.read_only {
        return Err(unkept(Oops::ReadOnly));
    }
    let mut faults = Vec::new();
    let mut claimed = None;
    if verb.is_of_the_field() {
        match typed::claimed(form, &desk.city.time, desk.now()) {
            Ok(read) => claimed = read,
            Err(amiss) => faults.extend(amiss.into_iter().map(ActFault::Field)),
        }
    }
    let wanted = match act::read(desk, viewer, number, verb, form).await {
        Ok(Ok(wanted)) => Some(wanted),
        Ok(Err(amiss)) => {
            faults.extend(amiss.into_iter().map(ActFault::Field));
            None
        }
        Err(error) => return Err(unkept(error.into())),
    };
    let text = note_of(form, verb).unwrap_or_else(|fault| {
        faults.push(fault);
        None
    });
    if verb == Verb::Publish && form.get("checked").is_none() {
        // A slip of the thumb must not show the world what nobody has looked at.
        let (field, what) = ("checked", Wrong::Missing);
        faults.push(ActFault::Field(Amiss { field, what }));
    }
    let Some(wanted) = wanted.filter(|_| faults.is_empty() && waiting.faults.is_empty()) else {
        return Err(Ok(faults.into()));
    };
    let words = Words {
        text,
        photos: waiting.staged.clone(),
        claimed,
        ..Words::default()
    };
    let command = Command {
        act: wanted,
        words: Some(words).filter(|words| !words.is_empty()),
    };
    // A form that bears no version is not ours, and stands whatever happened.
    let version = form.get("version").and_then(|version| version.parse().ok());
    let done = if form.get("once").is_some() && verb.is_of_the_field() {
        // Sent until it arrives, under a key that no other act has.
        act::act_once(desk, viewer, &waiting.key, number, version, command).await
    } else {
        act::act_with_photos(desk, viewer, &waiting.key, number, version, command).await
    };
    match done {
        Ok(case) => Ok(case),
        Err(Error::Refused(refusal)) => Err(Ok(vec![ActFault::Refused(refusal)].into())),
        Err(Error::Forbidden) => Err(Ok(vec![ActFault::Forbidden].into())),
        Err(Error::Conflict { .. }) => Err(Ok(Missed {
            faults: Vec::new(),
            moved: true,
            unkept: None,
        })),
        Err(Error::NotFound) => match waiting.miss(doors).await {
            Ok(true) => Err(Ok(Vec::new().into())),
            Ok(false) => Err(Err(Oops::Case(Error::NotFound))),
            Err(oops) => Err(unkept(oops)),
        },
        Err(error) => Err(unkept(error.into())),
    }
}

/// What was typed comes back, with the reason why nothing of it was kept.
fn unkept(oops: Oops) -> Result<Missed, Oops> {
    match oops.unkept() {
        Some(unkept) => Ok(Missed {
            faults: Vec::new(),
            moved: false,
            unkept: Some(unkept),
        }),
        None => Err(oops),
    }
}
