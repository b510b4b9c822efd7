//! `/whistle`: one form. Every act parses everything, takes new photos in and gives everything
//! back; only `file` files.

mod choices;
mod show;

use axum::{
    extract::{Request, State as Of},
    response::Response,
};
use casework::{
    Error, act as acts,
    file::{self, FilingKey, Whistle},
    stage,
};
use domain::{
    case::Channel,
    draft::{Draft, Field, FieldError, MAX_PHOTOS, check_phone},
    ids::PhotoId,
    reference::CaseNumber,
};
use http::StatusCode;

use self::show::{Shown, form_of, page};
use super::{
    Doors, Oops, State,
    ask::{self, Ask},
    oops::seconds,
    oops_page, photos, receipt,
};
use crate::{
    form::{Fault, PhotoFault},
    http::{
        body::{FormBody, read_form},
        load::{Challenge, Offered},
        page_cache::packed_once,
    },
    pages::{Unkept, WhistlePage},
    render,
};

/// What the button says.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Act {
    File,
    FindCategory,
    FindPlace,
    CheckDuplicates,
    Preview,
    AddPhotos,
    RemovePhoto(usize),
    MeToo(CaseNumber),
}

impl Act {
    /// An unknown word files nothing: the form comes back as it was.
    fn read(word: Option<&str>) -> Self {
        match word {
            None | Some("" | "file") => Self::File,
            Some("find-category") => Self::FindCategory,
            Some("find-place") => Self::FindPlace,
            Some("check-duplicates") => Self::CheckDuplicates,
            Some("preview") => Self::Preview,
            Some(other) => {
                let photo = other
                    .strip_prefix("remove-photo-")
                    .and_then(|no| no.parse().ok());
                let me_too = other.strip_prefix("me-too-").and_then(|no| no.parse().ok());
                match (photo, me_too) {
                    (Some(photo), _) => Self::RemovePhoto(photo),
                    (_, Some(number)) => Self::MeToo(number),
                    _ => Self::AddPhotos,
                }
            }
        }
    }
}

/// What was posted, before the server looks anything up.
struct Posted {
    act: Act,
    key: FilingKey,
    draft: Draft,
    by_officer: bool,
    again: Option<String>,
    category_words: String,
    staged: Vec<PhotoId>,
    ticket: Option<String>,
    faults: Vec<Fault>,
}

/// `GET /whistle`
pub async fn empty(Of(doors): Of<State>, ask: Ask) -> Response {
    // A link may name the community or the category, as a community's page does.
    let draft = Draft {
        community: ask.asked("community").unwrap_or_default(),
        category: ask.asked("category").unwrap_or_default(),
        ..Draft::default()
    };
    let again = ask
        .asked("again")
        .filter(|number| number.parse::<CaseNumber>().is_ok());
    let posted = Posted {
        act: Act::AddPhotos,
        key: FilingKey::draw(&doors.desk),
        draft,
        by_officer: ask.asked("by").as_deref() == Some("officer"),
        again,
        category_words: String::new(),
        staged: Vec::new(),
        ticket: None,
        faults: Vec::new(),
    };
    let mut form = form_of(&doors, &ask, &posted, Shown::default()).await;
    // Better said before anything is typed than after.
    form.unkept = doors.read_only.then_some(Unkept::ReadOnly);
    // The empty form may be compressed: its key is new in every answer, and nothing typed stands
    // in it. The forms given back below bear the same key again, and stay as they are.
    let here = doors.here(&ask);
    let html = render::page(move || leptos::view! { <WhistlePage here form /> });
    ask.remember(packed_once(html, &ask.headers), doors.https)
}

/// `POST /whistle`
pub async fn act(Of(doors): Of<State>, request: Request) -> Response {
    let (ask, body) = ask::open(request, &doors);
    let form = match read_form(&ask.headers, body, &doors.forms).await {
        Ok(form) => form,
        Err(error) => return oops_page(&doors, &ask, &Oops::Form(error)),
    };
    let mut posted = match read(&doors, &ask, &form) {
        Ok(posted) => posted,
        Err(oops) => return oops_page(&doors, &ask, &oops),
    };
    match take(&doors, &ask, &form, &mut posted).await {
        Ok(response) => response,
        Err(oops) => match oops.unkept() {
            Some(unkept) => give_back(&doors, &ask, posted, unkept).await,
            None => oops_page(&doors, &ask, &oops),
        },
    }
}

async fn take(
    doors: &State,
    ask: &Ask,
    form: &FormBody,
    posted: &mut Posted,
) -> Result<Response, Oops> {
    let (key, staged, faults) = (&posted.key, &mut posted.staged, &mut posted.faults);
    let taken = photos::take(doors, ask, key, form, staged, faults).await;
    posted.draft.photos = posted.staged.len();
    taken?;
    if let Act::RemovePhoto(number) = posted.act
        && let Some(id) = number
            .checked_sub(1)
            .and_then(|at| posted.staged.get(at).copied())
    {
        if doors.read_only {
            return Err(Oops::ReadOnly);
        }
        stage::unstage(&doors.desk, &posted.key, id).await?;
        posted.staged.retain(|staged| *staged != id);
        posted.draft.photos = posted.staged.len();
    }
    match posted.act {
        Act::File => file_it(doors, ask, posted).await,
        Act::MeToo(number) => join(doors, ask, posted, number).await,
        _ => {
            let shown = Shown {
                act: Some(posted.act.clone()),
                duplicates: show::duplicates(doors, ask, posted).await?,
            };
            let form = form_of(doors, ask, posted, shown).await;
            let status = if posted.faults.is_empty() {
                StatusCode::OK
            } else {
                StatusCode::UNPROCESSABLE_ENTITY
            };
            Ok(page(doors, ask, form, status, None))
        }
    }
}

/// The form with everything typed, and why nothing of it was kept.
async fn give_back(doors: &State, ask: &Ask, mut posted: Posted, unkept: Unkept) -> Response {
    if unkept == Unkept::Sent {
        // What was sent with the old key stays as it is; this is another report.
        posted.key = FilingKey::draw(&doors.desk);
        posted.ticket = None;
        if !posted.staged.is_empty() {
            posted.staged.clear();
            posted.draft.photos = 0;
            posted.faults.push(Fault::Photo(PhotoFault::Gone));
        }
    }
    // Who wanted to join finds the button again; without an answer, the search for it.
    let duplicates = show::duplicates(doors, ask, &posted).await;
    let shown = Shown {
        act: Some(posted.act.clone()),
        duplicates: duplicates.unwrap_or_default(),
    };
    let mut form = form_of(doors, ask, &posted, shown).await;
    let (status, wait) = (unkept.status(), unkept.retry_after());
    form.unkept = Some(unkept);
    page(doors, ask, form, status, wait)
}

fn read(doors: &Doors, ask: &Ask, form: &FormBody) -> Result<Posted, Oops> {
    let text = |name: &str| form.get(name).unwrap_or_default().to_owned();
    // A form without its key was not made by us; give it one, so that nothing typed is lost.
    let key = match form.get("key") {
        Some(key) => FilingKey::new(key)?,
        None => FilingKey::draw(&doors.desk),
    };
    let by_officer = form.get("by") == Some("officer");
    let mut draft = Draft::read(text);
    if by_officer {
        // The officer calls and asks the rest: a number is all that is needed.
        let assisted = doors.desk.city.settings.assisted.as_ref();
        draft.category = assisted.map(ToString::to_string).unwrap_or_default();
        draft.may_call = true;
        draft.visibility = "private".to_owned();
        if draft.description.trim().is_empty() {
            draft.description = crate::texts::t::whistle_officer_words(ask.reader.lang).to_owned();
        }
    }
    let mut ids: Vec<PhotoId> = Vec::new();
    for id in form.all("staged").filter_map(|id| id.parse().ok()) {
        if ids.len() < MAX_PHOTOS && !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(Posted {
        act: Act::read(form.get("act")),
        key,
        draft,
        by_officer,
        again: form
            .get("again")
            .filter(|number| number.parse::<CaseNumber>().is_ok())
            .map(str::to_owned),
        category_words: text("category_words"),
        staged: ids,
        ticket: form
            .get("ticket")
            .filter(|ticket| !ticket.is_empty())
            .map(str::to_owned),
        faults: Vec::new(),
    })
}

async fn file_it(doors: &State, ask: &Ask, posted: &mut Posted) -> Result<Response, Oops> {
    if doors.read_only {
        return Err(Oops::ReadOnly);
    }
    let checked = match posted.draft.check(&doors.desk.city, doors.desk.now()) {
        Ok(checked) if posted.faults.is_empty() => checked,
        Ok(_) => return Ok(refused(doors, ask, posted).await),
        Err(errors) => {
            let mut faults: Vec<Fault> = errors
                .into_iter()
                .map(|(field, error)| Fault::Draft(field, error))
                .collect();
            faults.append(&mut posted.faults);
            posted.faults = faults;
            return Ok(refused(doors, ask, posted).await);
        }
    };
    if posted.by_officer && checked.contact.phone.is_empty() {
        let fault = Fault::Draft(Field::Phone, FieldError::NoNumberToCall);
        posted.faults.push(fault);
        return Ok(refused(doors, ask, posted).await);
    }
    if let Some(challenge) = crowd(doors, ask, posted).await? {
        return Ok(ask_to_wait(doors, ask, posted, challenge).await);
    }
    let contact_left = checked.contact.is_reachable();
    let whistle = Whistle {
        checked,
        photos: posted.staged.clone(),
        channel: Channel::Web,
        recurrence_of: posted
            .again
            .as_deref()
            .and_then(|number| number.parse().ok()),
    };
    match file::file_whistle(&doors.desk, &posted.key, whistle).await {
        Ok(filed) => {
            let (number, code) = (filed.number, &filed.code);
            Ok(receipt::hand_over(doors, ask, number, code, contact_left))
        }
        Err(Error::NotFound) => missing(doors, ask, posted).await,
        Err(error) => Err(error.into()),
    }
}

/// Something the form names is not there: a staged photo, after a day or by another page of the
/// same form, or else the case that this one is said to have come back from.
async fn missing(doors: &State, ask: &Ask, posted: &mut Posted) -> Result<Response, Oops> {
    let waiting = stage::staged(&doors.desk, &posted.key).await?;
    let before = posted.staged.len();
    let is_waiting = |id: &PhotoId| waiting.iter().any(|(staged, _)| staged == id);
    posted.staged.retain(is_waiting);
    posted.draft.photos = posted.staged.len();
    if posted.staged.len() < before {
        posted.faults.push(Fault::Photo(PhotoFault::Gone));
        return Ok(refused(doors, ask, posted).await);
    }
    if posted.again.take().is_none() {
        return Err(Error::NotFound.into());
    }
    let mut form = form_of(doors, ask, posted, Shown::default()).await;
    form.unkept = Some(Unkept::NotAgain);
    let status = Unkept::NotAgain.status();
    Ok(page(doors, ask, form, status, None))
}

/// "The same happens to me", from the form: with the phone, if one was typed.
async fn join(
    doors: &State,
    ask: &Ask,
    posted: &mut Posted,
    number: CaseNumber,
) -> Result<Response, Oops> {
    if doors.read_only {
        return Err(Oops::ReadOnly);
    }
    let phone = match check_phone(&posted.draft.phone) {
        Ok(phone) => phone,
        Err(error) => {
            posted.faults.push(Fault::Draft(Field::Phone, error));
            let shown = Shown {
                duplicates: show::duplicates(doors, ask, posted).await?,
                ..Shown::default()
            };
            let form = form_of(doors, ask, posted, shown).await;
            return Ok(page(
                doors,
                ask,
                form,
                StatusCode::UNPROCESSABLE_ENTITY,
                None,
            ));
        }
    };
    if let Some(challenge) = crowd(doors, ask, posted).await? {
        return Ok(ask_to_wait(doors, ask, posted, challenge).await);
    }
    match acts::join(&doors.desk, &posted.key, number, &phone).await {
        Ok((number, code)) => {
            let left = !phone.is_empty();
            Ok(receipt::hand_over(doors, ask, number, &code, left))
        }
        // It changed since it was found. Nothing typed is lost by that.
        Err(Error::NotFound | Error::Forbidden) => Err(Oops::NoJoining),
        Err(error) => Err(error.into()),
    }
}

async fn crowd(doors: &Doors, ask: &Ask, posted: &Posted) -> casework::Result<Option<Challenge>> {
    let ticket = posted.ticket.as_deref();
    let offered = ticket.map_or(Offered::Nothing, Offered::Ticket);
    doors.crowd(ask.network, &posted.key, offered).await
}

/// In a crowd: the same form with a ticket to wait with, and for how many seconds.
async fn ask_to_wait(doors: &State, ask: &Ask, posted: &Posted, challenge: Challenge) -> Response {
    let duplicates = show::duplicates(doors, ask, posted).await;
    let shown = Shown {
        duplicates: duplicates.unwrap_or_default(),
        ..Shown::default()
    };
    let mut form = form_of(doors, ask, posted, shown).await;
    let wait = seconds(challenge.wait);
    form.wait = Some((challenge.ticket.unwrap_or_default(), wait));
    page(doors, ask, form, StatusCode::TOO_MANY_REQUESTS, Some(wait))
}

async fn refused(doors: &State, ask: &Ask, posted: &Posted) -> Response {
    let form = form_of(doors, ask, posted, Shown::default()).await;
    page(doors, ask, form, StatusCode::UNPROCESSABLE_ENTITY, None)
}
