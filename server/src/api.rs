//! `/api/v1`: the machine interface, on the same use cases as the pages.
//!
//! Answers are JSON, errors `application/problem+json`. What it may return is what everybody may
//! see, or what a receipt code opens; a resident's filing is made here as on the form.

mod answers;
mod commands;
mod describe;
mod filing;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use app::doors::{Standing, State};
use app::http::{
    client::ClientAddr,
    problem::Problem,
    table::{Permission, Route, Table},
};
use app::words;
use axum::{
    Json,
    extract::{FromRef, Path, Query, State as Of},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use casework::{
    Error, StoreError,
    lists::{self, Asked},
    look,
};
use domain::{access::Viewer, area::AreaKind, decide::Refusal, lang::Lang, reference::CaseNumber};
use serde::Deserialize;
use serde_json::{Value, json};

/// What the machine doors need: the pages' doors and whether this is a demonstration.
#[derive(Clone)]
pub struct Api {
    standing: Standing,
    demo: bool,
    json_bytes: usize,
}

/// The machine doors of one request, over the city that is in force.
pub struct ApiNow {
    doors: State,
    demo: bool,
    json_bytes: usize,
}

impl Api {
    /// The machine doors beside the pages' own.
    pub fn new(standing: Standing, demo: bool, json_bytes: usize) -> Self {
        Self {
            standing,
            demo,
            json_bytes,
        }
    }
}

impl FromRef<Api> for Arc<ApiNow> {
    fn from_ref(api: &Api) -> Self {
        Self::new(ApiNow {
            doors: api.standing.now(),
            demo: api.demo,
            json_bytes: api.json_bytes,
        })
    }
}

/// An answer in JSON. What every answer of a demonstration says besides, the gate puts in.
fn answer(status: StatusCode, body: Value) -> Response {
    (status, Json(body)).into_response()
}

/// The rows of the machine doors.
pub fn table() -> Table<Api> {
    use Permission::{Anyone, Everyone, Staff};
    Table::new(vec![
        Route::get("/api/openapi.json", Everyone, describe::openapi),
        Route::post("/api/v1/cases", Anyone, filing::file),
        Route::get("/api/v1/cases", Everyone, cases),
        Route::get("/api/v1/cases/{number}", Everyone, case),
        Route::post(
            "/api/v1/cases/{number}/commands",
            Staff("verbs"),
            commands::command,
        ),
        Route::post("/api/v1/uploads", Anyone, filing::upload),
        Route::post("/api/v1/track", Anyone, filing::track),
        Route::get("/api/v1/categories", Everyone, categories),
        Route::get("/api/v1/communities", Everyone, communities),
        Route::get("/api/v1/services", Everyone, services),
    ])
}

/// A use case's error, told to a program.
fn problem(error: &Error) -> Problem {
    match error {
        Error::NotFound => Problem::not_found(),
        Error::Forbidden => Problem::new(
            StatusCode::FORBIDDEN,
            "forbidden",
            "This is not yours to do.",
        ),
        Error::BadKey => Problem::bad_request(
            "Send an Idempotency-Key of 22 to 64 letters, digits, hyphens and underscores.",
        ),
        Error::KeyReused => Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "key-reused",
            "This Idempotency-Key was used for another filing.",
        ),
        Error::FiledBefore(number) => Problem::new(
            StatusCode::CONFLICT,
            "filed-before",
            "The number of the system it came from is a case already.",
        )
        .with("number", number.to_string()),
        Error::Conflict { current } => Problem::new(
            StatusCode::CONFLICT,
            "conflict",
            "The case has changed meanwhile.",
        )
        .with("version", *current),
        Error::Refused(refusal) => refused(*refusal),
        Error::Invalid(_) => Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "invalid",
            "Some fields are wrong.",
        ),
        Error::Photo(error) => {
            Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "photo", error.to_string())
        }
        Error::NoRoomForPhotos => Problem::busy(60),
        Error::Store(StoreError::Full) => Problem::new(
            StatusCode::INSUFFICIENT_STORAGE,
            "full",
            "Nothing was kept: the disk is full.",
        ),
        Error::City(error) => {
            tracing::error!(error = %error, "the city cannot be made");
            Problem::busy(60)
        }
        Error::Store(error) => {
            if !casework::is_busy(error) {
                tracing::error!(error = %error, "the store could not answer");
            }
            Problem::busy(5)
        }
    }
}

/// A refusal with what to do instead, in the words of the pages and in all their languages.
fn refused(refusal: Refusal) -> Problem {
    let say = |lang| {
        words::refusal(lang, refusal).unwrap_or_else(|| words::staff::refusal(lang, refusal))
    };
    let sentences: serde_json::Map<String, Value> = Lang::ALL
        .into_iter()
        .map(|lang| (lang.tag().to_owned(), Value::String(say(lang))))
        .collect();
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    Problem::new(status, "refused", say(Lang::En)).with("details", sentences)
}

/// What a list is asked for. Unknown names are passed over, as on the pages.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct CasesQuery {
    q: String,
    area: String,
    community: String,
    category: String,
    state: String,
    after: String,
    limit: String,
}

async fn cases(
    Of(api): Of<Arc<ApiNow>>,
    query: Result<Query<CasesQuery>, axum::extract::rejection::QueryRejection>,
) -> Response {
    let Ok(Query(query)) = query else {
        return Problem::bad_request("The query cannot be read.").into_response();
    };
    let asked = Asked {
        words: query.q.chars().take(100).collect(),
        area: if query.area.is_empty() {
            query.community
        } else {
            query.area
        },
        category: query.category,
        state: query.state,
        after: query.after,
        limit: query.limit.parse().unwrap_or(0),
    };
    let desk = &api.doors.desk;
    match lists::cases(desk, &asked, Lang::ZhHans).await {
        Ok(list) => {
            let items: Vec<Value> = list
                .items
                .iter()
                .map(|card| answers::card(desk, card))
                .collect();
            answer(StatusCode::OK, json!({ "items": items, "next": list.next }))
        }
        Err(error) => problem(&error).into_response(),
    }
}

async fn case(Of(api): Of<Arc<ApiNow>>, Path(number): Path<String>) -> Response {
    let desk = &api.doors.desk;
    let Ok(number) = number.parse::<CaseNumber>() else {
        return Problem::not_found().into_response();
    };
    match look::story(desk, &Viewer::Anonymous, number, Lang::ZhHans).await {
        Ok(story) => answer(StatusCode::OK, answers::story(desk, &story)),
        Err(error) => problem(&error).into_response(),
    }
}

async fn categories(Of(api): Of<Arc<ApiNow>>) -> Response {
    let city = &api.doors.desk.city;
    let items: Vec<Value> = city
        .category_children(None)
        .into_iter()
        .map(|top| answers::category(city, top))
        .collect();
    answer(StatusCode::OK, json!({ "items": items }))
}

async fn communities(Of(api): Of<Arc<ApiNow>>) -> Response {
    let desk = &api.doors.desk;
    let now = desk.now();
    let items: Vec<Value> = desk
        .city
        .areas
        .of_kind(AreaKind::Community, now)
        .into_iter()
        .map(|area| {
            let unit = desk
                .unit_of(&area.code, now)
                .map(|unit| unit.code.to_string());
            json!({
                "code": area.code,
                "name": area.names.zh_hans,
                "names": answers::names(&area.names),
                "pinyin": area.pinyin,
                "formerly": area.formerly,
                "unit": unit,
            })
        })
        .collect();
    answer(StatusCode::OK, json!({ "items": items }))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ServicesQuery {
    q: String,
    limit: String,
}

async fn services(
    Of(api): Of<Arc<ApiNow>>,
    query: Result<Query<ServicesQuery>, axum::extract::rejection::QueryRejection>,
) -> Response {
    let Ok(Query(query)) = query else {
        return Problem::bad_request("The query cannot be read.").into_response();
    };
    let most = query.limit.parse::<usize>().unwrap_or(20).clamp(1, 100);
    let city = &api.doors.desk.city;
    let words: String = query.q.chars().take(100).collect();
    let items: Vec<Value> = if words.trim().is_empty() {
        city.services
            .iter()
            .take(most)
            .map(|service| answers::service(service, ""))
            .collect()
    } else {
        city.search_services(&words, Lang::ZhHans)
            .into_iter()
            .filter_map(|hit| Some((city.service(&hit.code)?, hit.why.words().to_owned())))
            .take(most)
            .map(|(service, why)| answers::service(service, &why))
            .collect()
    };
    answer(StatusCode::OK, json!({ "items": items }))
}

/// Where a request comes from, for limits only.
fn network(parts: &axum::http::request::Parts) -> app::http::client::Network {
    parts.extensions.get::<ClientAddr>().map_or_else(
        || app::http::client::Network::of([0, 0, 0, 0].into()),
        |client| client.network(),
    )
}
