//! A case for everybody: its story, its photos, "the same happens to me".

use axum::{
    extract::{Path, Request, State as Of},
    response::{Html, IntoResponse, Response},
};
use casework::{
    Error, PhotoSize, act,
    file::FilingKey,
    look::{self, PhotoBytes},
};
use domain::{
    access::Viewer,
    draft::{Field, check_phone},
    reference::{CaseNumber, ReceiptCode},
    verb::Verb,
};
use http::{HeaderValue, StatusCode, header};

use super::{
    Doors, Oops, State,
    ask::{self, Ask},
    oops::seconds,
    oops_page, receipt,
};
use crate::{
    form::Fault,
    http::{
        body::read_form,
        load::{Challenge, Offered},
        page_cache::Page,
    },
    pages::{CasePage, JoinForm, StoryParts, Unkept},
    render,
};

/// `GET /cases/{number}`: the same for everybody; one's own view is behind `/track`.
pub async fn page(Of(doors): Of<State>, Path(number): Path<String>, ask: Ask) -> Response {
    if ask.asked("part").as_deref() == Some("story") {
        return part(&doors, &number, &ask).await;
    }
    doors
        .public(&ask, &[], || async {
            let number = read(&number)?;
            let lang = ask.reader.lang;
            let story = look::story(&doors.desk, &Viewer::Anonymous, number, lang).await?;
            let here = doors.here(&ask);
            let join = None;
            Ok(render::page(
                move || leptos::view! { <CasePage here story join /> },
            ))
        })
        .await
}

/// `GET /cases/{number}?part=story`: what an open page fetches when its case changed.
async fn part(doors: &Doors, number: &str, ask: &Ask) -> Response {
    doors
        .public(ask, &["part"], || async {
            let number = read(number)?;
            let lang = ask.reader.lang;
            let story = look::story(&doors.desk, &Viewer::Anonymous, number, lang).await?;
            let here = doors.here(ask);
            Ok(render::fragment(
                move || leptos::view! { <StoryParts here story /> },
            ))
        })
        .await
}

fn read(number: &str) -> Result<CaseNumber, Oops> {
    number.parse().map_err(|_| Oops::Case(Error::NotFound))
}

/// `GET /cases/{number}/join`: not kept, since it bears a key of its own.
pub async fn join_form(Of(doors): Of<State>, Path(number): Path<String>, ask: Ask) -> Response {
    let key = FilingKey::draw(&doors.desk);
    let form = JoinForm {
        key: key.as_str().to_owned(),
        ..JoinForm::default()
    };
    join_page(&doors, &ask, &number, form, StatusCode::OK).await
}

async fn join_page(
    doors: &State,
    ask: &Ask,
    number: &str,
    form: JoinForm,
    status: StatusCode,
) -> Response {
    let story = match read(number) {
        Ok(number) => look::story(&doors.desk, &Viewer::Anonymous, number, ask.reader.lang)
            .await
            .map_err(Oops::from),
        Err(oops) => Err(oops),
    };
    match story {
        Ok(story) if story.actions.contains(&Verb::Join) => {
            let here = doors.here(ask);
            let join = Some(form);
            let html = render::page(move || leptos::view! { <CasePage here story join /> });
            ask.remember((status, Html(html)).into_response(), doors.https)
        }
        Ok(_) => oops_page(doors, ask, &Oops::Case(Error::NotFound)),
        Err(oops) => oops_page(doors, ask, &oops),
    }
}

/// `POST /cases/{number}/join`
pub async fn join(Of(doors): Of<State>, Path(number): Path<String>, request: Request) -> Response {
    let (ask, body) = ask::open(request, &doors);
    let form = match read_form(&ask.headers, body, &doors.forms).await {
        Ok(form) => form,
        Err(error) => return oops_page(&doors, &ask, &Oops::Form(error)),
    };
    let typed = |name: &str| form.get(name).unwrap_or_default().to_owned();
    let mut back = JoinForm {
        key: typed("key"),
        phone: typed("phone"),
        ticket: Some(typed("ticket")).filter(|ticket| !ticket.is_empty()),
        ..JoinForm::default()
    };
    let phone = match check_phone(&back.phone) {
        Ok(phone) => phone,
        Err(error) => {
            back.faults = vec![Fault::Draft(Field::Phone, error)];
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return join_page(&doors, &ask, &number, back, status).await;
        }
    };
    let (status, wait) = match joined(&doors, &ask, &number, &back, &phone).await {
        Ok(Joined::Receipt(number, code)) => {
            return receipt::hand_over(&doors, &ask, number, &code, !phone.is_empty());
        }
        Ok(Joined::Crowd(challenge)) => {
            let wait = seconds(challenge.wait);
            back.ticket = challenge.ticket;
            back.wait = Some(wait);
            (StatusCode::TOO_MANY_REQUESTS, Some(wait))
        }
        Err(oops) => match oops.unkept() {
            // This form says one thing only: sent before, it is about something else now.
            Some(Unkept::Sent) | None => return oops_page(&doors, &ask, &oops),
            Some(unkept) => {
                let told = (unkept.status(), unkept.retry_after());
                back.unkept = Some(unkept);
                told
            }
        },
    };
    let mut response = join_page(&doors, &ask, &number, back, status).await;
    if let Some(seconds) = wait {
        let seconds = HeaderValue::from(seconds);
        response.headers_mut().insert(header::RETRY_AFTER, seconds);
    }
    response
}

enum Joined {
    Receipt(CaseNumber, ReceiptCode),
    Crowd(Challenge),
}

async fn joined(
    doors: &State,
    ask: &Ask,
    number: &str,
    form: &JoinForm,
    phone: &str,
) -> Result<Joined, Oops> {
    let key = FilingKey::new(&form.key)?;
    let number = read(number)?;
    if doors.read_only {
        return Err(Oops::ReadOnly);
    }
    let ticket = form.ticket.as_deref();
    let offered = ticket.map_or(Offered::Nothing, Offered::Ticket);
    if let Some(challenge) = doors.crowd(ask.network, &key, offered).await? {
        return Ok(Joined::Crowd(challenge));
    }
    let (number, code) = act::join(&doors.desk, &key, number, phone).await?;
    Ok(Joined::Receipt(number, code))
}

/// `GET /cases/{number}/photos/{photo}`
pub async fn photo(
    Of(doors): Of<State>,
    Path((number, photo)): Path<(String, u32)>,
    ask: Ask,
) -> Response {
    let size = size(&ask);
    let found = async {
        let (desk, number) = (&doors.desk, read(&number)?);
        let look = async |viewer: &Viewer| look::photo(desk, viewer, number, photo, size).await;
        // A public page shows everybody the same. Only one's own page asks for the whole picture.
        if !ask.asks_for("whole") {
            match look(&Viewer::Anonymous).await {
                Err(Error::NotFound) => {}
                found => return Ok::<_, Oops>(found?),
            }
        }
        // One browser may hold both: what one is not shown as staff, one may be as a resident.
        if let Some(staff) = super::sign_in::signed_in(&doors, &ask).await? {
            match look(&staff.viewer).await {
                Err(Error::NotFound) => {}
                found => return Ok(found?),
            }
        }
        Ok(look(&ask.viewer(desk, doors.https).await?).await?)
    };
    let found = match found.await {
        Ok(found) => found,
        Err(oops) => return oops_page(&doors, &ask, &oops),
    };
    picture(&ask, found)
}

/// How large a picture is asked for.
pub(super) fn size(ask: &Ask) -> PhotoSize {
    if ask.asks_for("small") {
        PhotoSize::Small
    } else {
        PhotoSize::Full
    }
}

/// A picture as an answer: alone, and never a page.
pub(super) fn picture(ask: &Ask, found: PhotoBytes) -> Response {
    // Asked again each time, since a case may become private: what is public now is checked by
    // its tag, what is not is never kept.
    let jpeg = HeaderValue::from_static("image/jpeg");
    let mut response = if found.public {
        Page::new(found.bytes, jpeg).answer_plain(&ask.headers)
    } else {
        let mut response = found.bytes.into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, jpeg);
        let private = HeaderValue::from_static("private, no-store");
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, private);
        response
    };
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_DISPOSITION,
        HeaderValue::from_static("inline"),
    );
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; sandbox"),
    );
    response
}
