//! `/contract/{number}/{token}`: the door of a firm under contract, which has no account. Whoever
//! shows the link is asked nothing else, and may do nothing else.

use axum::{
    extract::{Path, Request, State as Of},
    response::{Html, IntoResponse, Redirect, Response},
};
use casework::{
    Error,
    contract::{self, Contract},
    file::FilingKey,
    look,
};
use domain::verb::Verb;
use http::StatusCode;

use super::{
    Doors, Oops, State,
    ask::{self, Ask},
    case::{picture, size},
    desk::{carry_out, verb_of},
    oops_page,
    photos::Waiting,
};
use crate::{
    http::body::{FormBody, read_form},
    pages::{ContractGonePage, ContractPage, ContractView, KeptAct, Unkept},
    render,
};

/// What the page shows besides the case.
#[derive(Default)]
struct Shown {
    kept: Option<KeptAct>,
    moved: bool,
    done: Option<Verb>,
    unkept: Option<Unkept>,
}

/// `GET /contract/{number}/{token}`
pub async fn page(
    Of(doors): Of<State>,
    Path((number, token)): Path<(String, String)>,
    ask: Ask,
) -> Response {
    let shown = Shown {
        done: ask.asked("done").and_then(|verb| verb.parse().ok()),
        ..Shown::default()
    };
    let page = async {
        let contract = open(&doors, &number, &token).await?;
        show(&doors, &ask, &contract, shown, StatusCode::OK).await
    };
    page.await.unwrap_or_else(|oops| gone(&doors, &ask, &oops))
}

async fn open(doors: &Doors, number: &str, token: &str) -> Result<Contract, Oops> {
    let number = number.parse().map_err(|_| Oops::Case(Error::NotFound))?;
    Ok(contract::open(&doors.desk, number, token).await?)
}

/// A link is one firm's, however many have it: what it sends in a minute is bounded, as look-ups are.
fn take_turn(doors: &Doors, contract: &Contract) -> Result<(), Oops> {
    let (name, now) = (contract.path(), doors.desk.now());
    let taken = doors.lookups.take_of_device(&name, now);
    taken.map_err(Oops::TooOften)
}

/// What was never given and what opens nothing any more are told alike.
fn gone(doors: &Doors, ask: &Ask, oops: &Oops) -> Response {
    if !matches!(oops, Oops::Case(Error::NotFound)) {
        return oops_page(doors, ask, oops);
    }
    let here = doors.here(ask);
    let html = render::page(move || leptos::view! { <ContractGonePage here /> });
    let response = (StatusCode::NOT_FOUND, Html(html)).into_response();
    ask.remember(response, doors.https)
}

async fn show(
    doors: &Doors,
    ask: &Ask,
    contract: &Contract,
    shown: Shown,
    status: StatusCode,
) -> Result<Response, Oops> {
    let case = contract::case(&doors.desk, contract, ask.reader.lang).await?;
    let shown = ContractView {
        contract: case,
        key: FilingKey::draw(&doors.desk).as_str().to_owned(),
        kept: shown.kept,
        moved: shown.moved,
        done: shown.done,
        unkept: shown.unkept,
    };
    let here = doors.here(ask);
    let html = render::page(move || leptos::view! { <ContractPage here shown /> });
    Ok(ask.remember((status, Html(html)).into_response(), doors.https))
}

/// `POST /contract/{number}/{token}`: on the way, there, what was done, a picture.
pub async fn post(
    Of(doors): Of<State>,
    Path((number, token)): Path<(String, String)>,
    request: Request,
) -> Response {
    let (ask, body) = ask::open(request, &doors);
    // Nothing is read of whoever has no link.
    let contract = match open(&doors, &number, &token).await {
        Ok(contract) => contract,
        Err(oops) => return gone(&doors, &ask, &oops),
    };
    if let Err(oops) = take_turn(&doors, &contract) {
        return oops_page(&doors, &ask, &oops);
    }
    let form = match read_form(&ask.headers, body, &doors.forms).await {
        Ok(form) => form,
        Err(error) => return oops_page(&doors, &ask, &Oops::Form(error)),
    };
    let done = take(&doors, &ask, &contract, &form).await;
    done.unwrap_or_else(|oops| gone(&doors, &ask, &oops))
}

async fn take(
    doors: &State,
    ask: &Ask,
    contract: &Contract,
    form: &FormBody,
) -> Result<Response, Oops> {
    let verb = verb_of(form)?;
    let mut waiting = Waiting::read(doors, form);
    let (viewer, number) = (&contract.viewer, contract.number.to_string());
    let done = carry_out(doors, ask, viewer, &number, form, verb, &mut waiting).await;
    let missed = match done {
        Ok(_) => {
            let to = format!("{}?done={}", contract.path(), verb.as_str());
            return Ok(Redirect::to(&to).into_response());
        }
        Err(missed) => missed?,
    };
    let status = missed.status();
    let shown = Shown {
        kept: Some(missed.keep(doors, form, verb, &waiting).await),
        moved: missed.moved,
        done: None,
        unkept: missed.unkept,
    };
    show(doors, ask, contract, shown, status).await
}

/// `GET /contract/{number}/{token}/photos/{photo}`
pub async fn photo(
    Of(doors): Of<State>,
    Path((number, token, photo)): Path<(String, String, u32)>,
    ask: Ask,
) -> Response {
    let found = async {
        let contract = open(&doors, &number, &token).await?;
        let (viewer, number) = (&contract.viewer, contract.number);
        let found = look::photo(&doors.desk, viewer, number, photo, size(&ask)).await;
        Ok::<_, Oops>(found?)
    };
    match found.await {
        Ok(found) => picture(&ask, found),
        Err(oops) => gone(&doors, &ask, &oops),
    }
}
