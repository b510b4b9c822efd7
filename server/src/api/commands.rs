//! `POST /api/v1/cases/{number}/commands`: the verbs of the desk, for programs with a token.

use std::sync::Arc;

use app::http::{json::read_json, problem::Problem};
use axum::{
    extract::{Path, Request, State as Of},
    http::{HeaderMap, StatusCode, header::AUTHORIZATION},
    response::{IntoResponse, Response},
};
use casework::{
    account::{self, Machine},
    act, look,
};
use domain::{
    decide::{
        Command,
        typed::{Amiss, Wrong, claimed},
    },
    draft::MAX_PHOTOS,
    event::Words,
    ids::PhotoId,
    lang::Lang,
    reference::CaseNumber,
    text::{Note, TextError},
    verb::Verb,
};
use serde_json::{Map, Value, json};

use super::{ApiNow, answer, answers, filing::key, problem};

/// The token in `Authorization: Bearer …` (RFC 6750).
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn unknown() -> Problem {
    Problem::new(
        StatusCode::UNAUTHORIZED,
        "token",
        "Send a token that is good in Authorization: Bearer.",
    )
}

async fn who(api: &ApiNow, headers: &HeaderMap) -> Result<Machine, Problem> {
    let token = bearer(headers).ok_or_else(unknown)?;
    let machine = account::machine(&api.doors.desk, token).await;
    machine
        .map_err(|error| problem(&error))?
        .ok_or_else(unknown)
}

/// The fields of a command as they are typed on a form: texts, numbers, truth, and lists of them.
fn typed(body: &Map<String, Value>) -> Result<Vec<(String, String)>, Problem> {
    let one = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(if *yes { "yes" } else { "no" }.to_owned()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    };
    let mut fields = Vec::new();
    for (name, value) in body {
        let values = match value {
            Value::Array(values) => values.as_slice(),
            Value::Null => &[],
            value => std::slice::from_ref(value),
        };
        for value in values {
            let text = one(value)
                .ok_or_else(|| Problem::bad_request(format!("{name} is no text or number.")))?;
            fields.push((name.clone(), text));
        }
    }
    Ok(fields)
}

/// The photos of a command: uploaded before, under the key that the command bears as well.
fn photos(told: Option<Value>) -> Result<Vec<PhotoId>, Problem> {
    let ids = match told {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Array(ids)) if ids.len() <= MAX_PHOTOS => ids,
        Some(_) => return Err(Problem::bad_request("photos is a short list of ids.")),
    };
    let photo = |id: &Value| id.as_str().and_then(|id| id.parse().ok());
    let photos = ids.iter().map(photo).collect::<Option<_>>();
    photos.ok_or_else(Problem::not_found)
}

fn invalid(fields: &[Value]) -> Problem {
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    Problem::new(status, "invalid", "Some fields are wrong.").with("fields", fields)
}

fn to_mend(amiss: &[Amiss]) -> Problem {
    let fields: Vec<Value> = amiss
        .iter()
        .map(|amiss| json!({ "field": amiss.field, "error": error_word(amiss.what) }))
        .collect();
    invalid(&fields)
}

/// `POST /api/v1/cases/{number}/commands`
pub(super) async fn command(
    Of(api): Of<Arc<ApiNow>>,
    Path(number): Path<String>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let done = async {
        // Who asks comes first: whoever has no token learns nothing of what is there.
        let machine = who(&api, &parts.headers).await?;
        let mut body: Map<String, Value> = read_json(&parts.headers, body, api.json_bytes).await?;
        let number: CaseNumber = number.parse().map_err(|_| Problem::not_found())?;
        if api.doors.read_only {
            return Err(Problem::busy(60));
        }
        let verb = body.remove("command");
        let verb = verb
            .as_ref()
            .and_then(Value::as_str)
            .and_then(|word| word.parse::<Verb>().ok())
            .ok_or_else(|| Problem::bad_request("command is the word of a verb."))?;
        let version = body.remove("version");
        let version = version
            .as_ref()
            .and_then(Value::as_u64)
            .and_then(|version| u32::try_from(version).ok())
            .ok_or_else(|| Problem::bad_request("version is the one you have seen."))?;
        let text = match body.remove("text") {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text,
            Some(_) => return Err(Problem::bad_request("text is a text.")),
        };
        let photos = photos(body.remove("photos"))?;
        if !machine.may_use(verb) {
            return Err(problem(&casework::Error::Forbidden));
        }
        let desk = &api.doors.desk;
        let fields = typed(&body)?;
        let read = act::read(desk, &machine.viewer, number, verb, fields.as_slice()).await;
        let wanted = read.map_err(|error| problem(&error))?;
        let wanted = wanted.map_err(|amiss| to_mend(&amiss))?;
        let claimed = if verb.is_of_the_field() {
            let claimed = claimed(fields.as_slice(), &desk.city.time, desk.now());
            claimed.map_err(|amiss| to_mend(&amiss))?
        } else {
            None
        };
        let text = match Note::new(&text) {
            Ok(text) => Some(text.as_str().to_owned()),
            Err(TextError::Empty) => None,
            Err(_) => return Err(invalid(&[json!({ "field": "text", "error": "Text" })])),
        };
        if !photos.is_empty() && !verb.takes_photos() {
            return Err(invalid(&[json!({ "field": "photos", "error": "Unknown" })]));
        }
        let key = match photos.as_slice() {
            [] => None,
            _ => Some(key(&parts.headers)?),
        };
        let words = Words {
            text,
            photos,
            claimed,
            ..Words::default()
        };
        let command = Command {
            act: wanted,
            words: Some(words).filter(|words| !words.is_empty()),
        };
        let version = Some(version);
        let done = match &key {
            Some(key) => {
                act::act_with_photos(desk, &machine.viewer, key, number, version, command).await
            }
            None => act::act(desk, &machine.viewer, number, version, command).await,
        };
        done.map_err(|error| problem(&error))?;
        // What it may know of the case now; nothing, if that was its last word on it.
        match look::for_program(desk, &machine.viewer, number, Lang::ZhHans).await {
            Ok(story) => Ok(answers::story(desk, &story)),
            Err(casework::Error::NotFound) => Ok(json!({ "number": number.to_string() })),
            Err(error) => Err(problem(&error)),
        }
    };
    match done.await {
        Ok(body) => answer(StatusCode::OK, body),
        Err(problem) => problem.into_response(),
    }
}

const fn error_word(what: Wrong) -> &'static str {
    match what {
        Wrong::Missing => "Missing",
        Wrong::Unknown => "Unknown",
        Wrong::NotADate => "NotADate",
        Wrong::TooFar => "TooFar",
        Wrong::NotANumber => "NotANumber",
        Wrong::NotATime => "NotATime",
        Wrong::ToCome => "ToCome",
        Wrong::LongAgo => "LongAgo",
        Wrong::NotAPlace => "NotAPlace",
        Wrong::TooLong(_) => "TooLong",
        Wrong::Control => "Control",
    }
}
