//! `/track/lost`: number and address ask for a one-time code, which gives a new receipt code. The
//! answer to the first step is the same whether they belong together or not.

use axum::{
    extract::{Request, State as Of},
    response::{Html, IntoResponse, Response},
};
use casework::{Error, tell};
use domain::reference::CaseNumber;
use http::{HeaderValue, StatusCode, header::RETRY_AFTER};

use super::{
    Doors, Oops, State,
    ask::{self, Ask},
    oops::seconds,
    oops_page, receipt,
};
use crate::{
    http::body::read_form,
    pages::{LetterboxPage, LostFault, LostForm, LostPage},
    render,
};

/// `GET /track/lost`
pub async fn page(Of(doors): Of<State>, ask: Ask) -> Response {
    let form = LostForm {
        number: ask.asked("number").unwrap_or_default(),
        ..LostForm::default()
    };
    show(&doors, &ask, form, StatusCode::OK)
}

fn show(doors: &Doors, ask: &Ask, form: LostForm, status: StatusCode) -> Response {
    let here = doors.here(ask);
    let wait = form.wait;
    let html = render::page(move || leptos::view! { <LostPage here form /> });
    let mut response = (status, Html(html)).into_response();
    if let Some(wait) = wait {
        let headers = response.headers_mut();
        headers.insert(RETRY_AFTER, HeaderValue::from(wait));
    }
    ask.remember(response, doors.https)
}

/// `POST /track/lost`
pub async fn post(Of(doors): Of<State>, request: Request) -> Response {
    let (ask, body) = ask::open(request, &doors);
    let form = match read_form(&ask.headers, body, &doors.forms).await {
        Ok(form) => form,
        Err(error) => return oops_page(&doors, &ask, &Oops::Form(error)),
    };
    let text = |name: &str| form.get(name).unwrap_or_default().trim().to_owned();
    let mut page = LostForm {
        number: text("number"),
        address: text("address"),
        ..LostForm::default()
    };
    let number = page.number.parse::<CaseNumber>();
    if number.is_err() {
        page.faults.push(("number", LostFault::Number));
    }
    if page.address.is_empty() {
        page.faults.push(("address", LostFault::Address));
    }
    let (Ok(number), true) = (number, page.faults.is_empty()) else {
        return show(&doors, &ask, page, StatusCode::UNPROCESSABLE_ENTITY);
    };
    if doors.read_only {
        return oops_page(&doors, &ask, &Oops::ReadOnly);
    }
    // Slow, as with receipt codes: for one network and for all.
    if let Err(wait) = doors.lookups.take(ask.network, doors.desk.now()) {
        page.wait = Some(seconds(wait));
        page.asked = form.get("act") == Some("use");
        return show(&doors, &ask, page, StatusCode::TOO_MANY_REQUESTS);
    }
    page.asked = true;
    if form.get("act") != Some("use") {
        return match tell::ask_one_time(&doors.desk, number, &page.address).await {
            Ok(()) => show(&doors, &ask, page, StatusCode::OK),
            Err(error) => oops_page(&doors, &ask, &error.into()),
        };
    }
    match tell::use_one_time(&doors.desk, number, &page.address, &text("code")).await {
        Ok(code) => receipt::hand_over(&doors, &ask, number, &code, true),
        Err(Error::NotFound) => {
            page.faults.push(("code", LostFault::Code));
            show(&doors, &ask, page, StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(error) => oops_page(&doors, &ask, &error.into()),
    }
}

/// `GET /help/letters`: in a demonstration only.
pub async fn letterbox(Of(doors): Of<State>, ask: Ask) -> Response {
    let Some(letterbox) = &doors.letterbox else {
        return oops_page(&doors, &ask, &Oops::Case(Error::NotFound));
    };
    let (here, letters) = (doors.here(&ask), letterbox.look());
    let html = render::page(move || leptos::view! { <LetterboxPage here letters /> });
    ask.remember(Html(html).into_response(), doors.https)
}
