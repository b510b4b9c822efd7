//! Filing, uploading and tracking by programs.

use std::sync::Arc;

use app::http::{
    body::collect,
    json::read_json,
    load::{Challenge, Offered},
    pow,
    problem::Problem,
    room,
};
use axum::{
    extract::{Request, State as Of},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use casework::{
    file::{self, FilingKey, Whistle},
    look, stage,
};
use domain::{
    access::Viewer,
    case::Channel,
    draft::{Draft, Field, FieldError},
    ids::PhotoId,
    lang::Lang,
    reference::ReceiptCode,
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{ApiNow, answer, answers, network, problem};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Filing {
    kind: String,
    category: String,
    community: String,
    description: String,
    #[serde(default)]
    danger: bool,
    #[serde(default)]
    place: Option<PlaceIn>,
    #[serde(default)]
    visibility: Option<String>,
    #[serde(default)]
    contact: Option<ContactIn>,
    #[serde(default)]
    photos: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct PlaceIn {
    address: String,
    lat: Option<f64>,
    lng: Option<f64>,
    accuracy: Option<f64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct ContactIn {
    name: String,
    phone: String,
    email: String,
    may_call: bool,
}

impl Filing {
    fn draft(&self) -> Draft {
        let place = self.place.as_ref();
        let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
        let contact = self.contact.as_ref();
        let of = |text: Option<&String>| text.cloned().unwrap_or_default();
        Draft {
            danger: if self.danger { "yes" } else { "no" }.to_owned(),
            category: self.category.clone(),
            community: self.community.clone(),
            description: self.description.clone(),
            place: of(place.map(|place| &place.address)),
            latitude: number(place.and_then(|place| place.lat)),
            longitude: number(place.and_then(|place| place.lng)),
            accuracy: number(place.and_then(|place| place.accuracy)),
            visibility: of(self.visibility.as_ref()),
            name: of(contact.map(|contact| &contact.name)),
            phone: of(contact.map(|contact| &contact.phone)),
            email: of(contact.map(|contact| &contact.email)),
            may_call: contact.is_some_and(|contact| contact.may_call),
            photos: self.photos.len(),
        }
    }
}

pub(super) fn key(headers: &HeaderMap) -> Result<FilingKey, Problem> {
    let text = headers
        .get("idempotency-key")
        .and_then(|value| value.to_str().ok());
    FilingKey::new(text.unwrap_or_default()).map_err(|error| problem(&error))
}

fn field_error(api: &ApiNow, errors: &[(Field, FieldError)]) -> Problem {
    let danger = errors.iter().any(|(_, error)| *error == FieldError::Danger);
    let fields: Vec<Value> = errors
        .iter()
        .map(|(field, error)| json!({ "field": field.as_str(), "error": format!("{error:?}") }))
        .collect();
    if danger {
        let numbers: Vec<&str> = api
            .doors
            .desk
            .city
            .danger_numbers()
            .into_iter()
            .map(|line| line.number.as_str())
            .collect();
        return Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "danger",
            "This portal takes no alarms. Call now; do not wait for an answer here.",
        )
        .with("numbers", json!(numbers))
        .with("fields", fields);
    }
    Problem::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "invalid",
        "Some fields are wrong.",
    )
    .with("fields", fields)
}

/// `POST /api/v1/cases`
pub(super) async fn file(Of(api): Of<Arc<ApiNow>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let filed = async {
        let key = key(&parts.headers)?;
        let filing: Filing = read_json(&parts.headers, body, api.json_bytes).await?;
        if filing.kind != "whistle" {
            return Err(Problem::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "kind",
                "Only whistles are filed here.",
            ));
        }
        if api.doors.read_only {
            return Err(Problem::busy(60));
        }
        let desk = &api.doors.desk;
        let checked = filing
            .draft()
            .check(&desk.city, desk.now())
            .map_err(|errors| field_error(&api, &errors))?;
        let mut photos: Vec<PhotoId> = Vec::new();
        for id in &filing.photos {
            photos.push(id.parse().map_err(|_| Problem::not_found())?);
        }
        crowd(&api, &parts, &key).await?;
        let whistle = Whistle {
            checked,
            photos,
            channel: Channel::Api,
            recurrence_of: None,
        };
        let filed = file::file_whistle(desk, &key, whistle)
            .await
            .map_err(|error| problem(&error))?;
        Ok(json!({
            "number": filed.number.to_string(),
            "receipt_code": filed.code.digits(),
            "state": "filed",
            "filed_at": desk.city.time.rfc3339(filed.filed_at),
            "filing_hash": filing_hash(&filed.hash),
            "links": {
                "case": format!("/cases/{}", filed.number),
                "track": "/track",
            },
        }))
    };
    match filed.await {
        Ok(body) => answer(StatusCode::CREATED, body),
        Err(problem) => problem.into_response(),
    }
}

fn filing_hash(hash: &[u8; 32]) -> String {
    hex::encode(hash)
}

/// In a crowd: 429 with a challenge, answered in the header `Proof-Of-Work`. A retry of an accepted
/// key is never asked.
async fn crowd(
    api: &ApiNow,
    parts: &axum::http::request::Parts,
    key: &FilingKey,
) -> Result<(), Problem> {
    let work = parts
        .headers
        .get(pow::HEADER)
        .and_then(|value| value.to_str().ok());
    let offered = work.map_or(Offered::Nothing, Offered::Work);
    match api.doors.crowd(network(parts), key, offered).await {
        Ok(None) => Ok(()),
        Ok(Some(challenge)) => Err(too_many(&challenge)),
        Err(error) => Err(problem(&error)),
    }
}

fn too_many(challenge: &Challenge) -> Problem {
    let seconds = u32::try_from(challenge.wait.millis().max(0) / 1000 + 1).unwrap_or(60);
    Problem::new(
        StatusCode::TOO_MANY_REQUESTS,
        "crowd",
        "Many are filing at once. Solve the challenge and send it in Proof-Of-Work, or come back.",
    )
    .retry_after(seconds)
    .with(
        "challenge",
        json!({ "text": challenge.work, "bits": challenge.bits }),
    )
}

/// `POST /api/v1/uploads`: one photo for a filing or a command that will be made with the same key.
pub(super) async fn upload(Of(api): Of<Arc<ApiNow>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let staged = async {
        let key = key(&parts.headers)?;
        if api.doors.read_only {
            return Err(Problem::busy(60));
        }
        let most = casework::photos::MAX_BYTES;
        let _place = room::place(&parts.headers, most as u64)
            .await
            .map_err(|_| Problem::busy(5))?;
        let bytes = collect(body, most).await.map_err(|_| {
            Problem::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "too-large",
                "The photo is too large.",
            )
        })?;
        let address = network(&parts).to_bytes();
        let id = stage::stage(&api.doors.desk, &key, &address, bytes)
            .await
            .map_err(|error| problem(&error))?;
        Ok::<_, Problem>(json!({ "id": id.to_string() }))
    };
    match staged.await {
        Ok(body) => answer(StatusCode::CREATED, body),
        Err(problem) => problem.into_response(),
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Track {
    receipt_code: String,
}

/// `POST /api/v1/track`
pub(super) async fn track(Of(api): Of<Arc<ApiNow>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let tracked = async {
        let track: Track = read_json(&parts.headers, body, 1024).await?;
        let desk = &api.doors.desk;
        let code: ReceiptCode = track.receipt_code.parse().map_err(|_| {
            Problem::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "invalid",
                "Not a receipt code.",
            )
        })?;
        api.doors
            .lookups
            .take(network(&parts), desk.now())
            .map_err(|wait| {
                let seconds = u32::try_from(wait.millis().max(0) / 1000 + 1).unwrap_or(60);
                Problem::new(
                    StatusCode::TOO_MANY_REQUESTS,
                    "slow-down",
                    "Too many look-ups.",
                )
                .retry_after(seconds)
            })?;
        let (case, party) = casework::track::find(desk, &code)
            .await
            .map_err(|error| problem(&error))?;
        let viewer = Viewer::Party { case, party };
        let story = look::story(desk, &viewer, case, Lang::ZhHans)
            .await
            .map_err(|error| problem(&error))?;
        Ok::<_, Problem>(answers::story(desk, &story))
    };
    match tracked.await {
        Ok(body) => answer(StatusCode::OK, body),
        Err(problem) => problem.into_response(),
    }
}
