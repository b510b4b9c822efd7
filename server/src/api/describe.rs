//! The machine interface, described (OpenAPI 3.1). Written by hand beside the handlers; a test holds
//! its paths to the route table and its status codes to those in use.

use std::sync::Arc;

use app::http::problem::STATUS_CODES;
use axum::{Json, extract::State as Of, response::IntoResponse};
use domain::{
    draft::MAX_PHOTOS,
    text::{Basis, BodyName, Description},
    verb::Verb,
};
use serde_json::{Map, Value, json};

use super::ApiNow;

/// `GET /api/openapi.json`
pub(super) async fn openapi(Of(api): Of<Arc<ApiNow>>) -> impl IntoResponse {
    Json(document(&api.doors.site.base_url, api.demo))
}

fn errors() -> Map<String, Value> {
    STATUS_CODES
        .iter()
        .map(|code| {
            (
                code.to_string(),
                json!({ "$ref": "#/components/responses/Problem" }),
            )
        })
        .collect()
}

fn operation(summary: &str, success: &str, schema: &Value) -> Map<String, Value> {
    let mut responses = errors();
    responses.insert(
        success.to_owned(),
        json!({ "description": "Done", "content": { "application/json": { "schema": schema } } }),
    );
    let mut operation = Map::new();
    operation.insert("summary".into(), json!(summary));
    operation.insert("responses".into(), Value::Object(responses));
    operation
}

fn query(name: &str, about: &str) -> Value {
    json!({ "name": name, "in": "query", "required": false, "description": about, "schema": { "type": "string" } })
}

fn idempotency_key() -> Value {
    json!({
        "name": "Idempotency-Key", "in": "header", "required": true,
        "description": "22 to 64 letters, digits, hyphens, underscores. The same key with the same filing gives the same receipt for ever.",
        "schema": { "type": "string", "minLength": 22, "maxLength": 64, "pattern": "^[A-Za-z0-9_-]+$" },
    })
}

fn optional_key() -> Value {
    let mut key = idempotency_key();
    key["required"] = false.into();
    key["description"] = "With photos: the key under which they were uploaded.".into();
    key
}

fn body(media: &str, schema: &Value) -> Value {
    json!({ "required": true, "content": { media: { "schema": schema } } })
}

fn instant() -> Value {
    json!({ "type": ["string", "null"], "format": "date-time" })
}

fn named() -> Value {
    json!({ "type": "object", "properties": { "code": { "type": "string" }, "name": { "type": "string" } } })
}

fn clock_schema() -> Value {
    json!({ "type": ["object", "null"], "properties": {
        "stage": { "type": "string" },
        "owner": { "type": "string", "description": "Whose clock it is." },
        "due": instant(),
        "late": { "type": "boolean", "description": "Past its first due time, or was when it stopped." },
        "stopped": instant(),
        "no_longer_needed": instant(),
        "provisional": { "type": "boolean", "description": "Due beyond the calendar of holidays." },
        "paused": { "type": "boolean", "description": "Waits for the reporter." },
    } })
}

fn case_schema() -> Value {
    json!({ "type": "object", "properties": {
        "number": { "type": "string" },
        "category": named(),
        "community": named(),
        "state": { "type": "string" },
        "outcome": { "type": ["string", "null"] },
        "late": { "type": "boolean" },
        "filed_at": instant(),
        "description": { "type": ["string", "null"], "description": "Only after a named person released it." },
        "place": { "type": ["string", "null"], "description": "Only after a named person released it." },
        "clock": { "$ref": "#/components/schemas/Clock" },
        "me_too": { "type": "integer", "description": "Others with the same problem." },
        "departments": { "type": "array", "items": named(), "description": "Those that reported in." },
    } })
}

fn story_schema() -> Value {
    json!({ "type": "object", "properties": {
        "position": { "type": ["array", "null"], "items": { "type": "number" }, "description": "Degrees, WGS-84; three decimals for the public." },
        "photos": { "type": "array", "items": { "type": "string" } },
        "merged_into": { "type": ["string", "null"], "description": "Number of the case in which a merged one goes on, where you may know of that one." },
        "visibility": { "type": "string" },
        "version": { "type": "integer" },
        "filing_hash": { "type": "string", "description": "Hash of the filing event, hexadecimal." },
        "clocks": { "type": "array", "items": { "$ref": "#/components/schemas/Clock" } },
        "events": { "type": "array", "items": { "type": "object", "properties": {
            "at": instant(),
            "kind": { "type": "string" },
            "who": { "type": "string", "description": "A role or an office, never a person." },
            "text": { "type": ["string", "null"] },
            "passed_on": { "type": ["object", "null"], "properties": { "to": { "type": "string" }, "basis": { "type": "string" } }, "description": "Of a transfer: the body outside the city that must answer, and by what right." },
            "due": instant(),
            "photos": { "type": "array", "items": { "type": "string" } },
        } } },
    } })
}

/// The fields beside these three are those of the verb; a form of the desk has the same.
fn command_schema() -> Value {
    let verbs: Vec<&str> = Verb::ALL.iter().map(|verb| verb.as_str()).collect();
    let text = || json!({ "type": "string" });
    let date = || json!({ "type": "string", "format": "date", "description": "Holds to its end." });
    let yes = || json!({ "type": ["boolean", "string"], "enum": [true, false, "yes", "no"] });
    let number = || json!({ "type": "integer", "minimum": 1 });
    json!({
        "type": "object",
        "required": ["command", "version"],
        "properties": {
            "command": { "enum": verbs },
            "version": { "type": "integer", "description": "The version you have seen; 409 with the present one if the case has changed since." },
            "text": text(),
            "photos": { "type": "array", "maxItems": MAX_PHOTOS, "items": { "type": "string" }, "description": "Uploaded under the Idempotency-Key that this command bears." },
            "part": number(), "demand": number(), "clock": number(), "event": number(), "photo": number(), "to": number(),
            "ground": text(), "class": text(), "lead": text(), "unit": text(), "owner": text(),
            "support": { "type": "array", "items": { "type": "string" } },
            "due": { "enum": ["policy", "within", "until"] },
            "amount": number(), "unit_of_time": { "enum": ["hours", "days", "working-days"] },
            "until": date(),
            "destination": { "type": "string", "minLength": BodyName::MIN, "maxLength": BodyName::MAX, "description": "Of transfer_out: a body that is none of the city's own units." },
            "basis": { "type": "string", "minLength": Basis::MIN, "maxLength": Basis::MAX, "description": "Of transfer_out: the law, or the entry of the duty list." },
            "uphold": yes(), "grant": yes(), "leads": yes(), "reached": yes(),
            "again": yes(),
            "duty": text(), "evidence": text(), "outcome": text(), "enforcement": text(), "method": text(),
            "category": text(), "community": text(), "into": text(), "visibility": text(),
        },
    })
}

pub(super) fn document(base_url: &str, demo: bool) -> Value {
    let list = json!({ "type": "object", "properties": { "items": { "type": "array", "items": { "type": "object" } } } });
    let page = json!({ "type": "object", "properties": { "items": { "type": "array", "items": { "$ref": "#/components/schemas/Case" } }, "next": { "type": ["string", "null"] } } });
    let story = json!({ "$ref": "#/components/schemas/Story" });
    let object = json!({ "type": "object" });
    let mut file = operation(
        "Tell the community about a problem",
        "201",
        &json!({ "$ref": "#/components/schemas/Filed" }),
    );
    file.insert("parameters".into(), json!([idempotency_key(), { "name": "Proof-Of-Work", "in": "header", "required": false, "description": "Answer to the challenge of a 429.", "schema": { "type": "string" } }]));
    file.insert(
        "requestBody".into(),
        body(
            "application/json",
            &json!({ "$ref": "#/components/schemas/Filing" }),
        ),
    );
    let mut upload = operation(
        "Upload a photo for a filing or a command with the same key",
        "201",
        &object,
    );
    upload.insert("parameters".into(), json!([idempotency_key()]));
    upload.insert(
        "requestBody".into(),
        body(
            "image/jpeg",
            &json!({ "type": "string", "format": "binary" }),
        ),
    );
    let mut track = operation("Follow a case by its receipt code", "200", &story);
    track.insert("requestBody".into(), body("application/json", &json!({ "type": "object", "required": ["receipt_code"], "additionalProperties": false, "properties": { "receipt_code": { "type": "string" } } })));
    let mut cases = operation("Public cases, newest first", "200", &page);
    cases.insert(
        "parameters".into(),
        json!([
            query("q", "Words or a number."),
            query("area", "Code of a community or governance unit."),
            query("category", "Code of a category or of one above it."),
            query("state", "open or done."),
            query("after", "The `next` of the page before."),
            query("limit", "1 to 100."),
        ]),
    );
    let mut case = operation("A public case", "200", &story);
    case.insert("parameters".into(), json!([{ "name": "number", "in": "path", "required": true, "schema": { "type": "string" } }]));
    let mut commands = operation(
        "Do something to a case, as the appointment of a token",
        "200",
        &story,
    );
    commands.insert("parameters".into(), json!([{ "name": "number", "in": "path", "required": true, "schema": { "type": "string" } }, optional_key()]));
    commands.insert("security".into(), json!([{ "token": [] }]));
    commands.insert(
        "requestBody".into(),
        body(
            "application/json",
            &json!({ "$ref": "#/components/schemas/Command" }),
        ),
    );
    let mut services = operation("Services of the catalogue", "200", &list);
    services.insert(
        "parameters".into(),
        json!([query("q", "Words."), query("limit", "1 to 100.")]),
    );
    json!({
        "openapi": "3.1.0",
        "info": { "title": "回音 Huiyin", "version": env!("CARGO_PKG_VERSION"), "x-demo": demo },
        "servers": [{ "url": if base_url.is_empty() { "/" } else { base_url } }],
        "paths": {
            "/api/v1/cases": { "get": cases, "post": file },
            "/api/v1/cases/{number}": { "get": case },
            "/api/v1/cases/{number}/commands": { "post": commands },
            "/api/v1/uploads": { "post": upload },
            "/api/v1/track": { "post": track },
            "/api/v1/categories": { "get": operation("The tree of categories", "200", &list) },
            "/api/v1/communities": { "get": operation("The communities of today", "200", &list) },
            "/api/v1/services": { "get": services },
        },
        "components": {
            "responses": { "Problem": { "description": "RFC 9457", "content": { "application/problem+json": { "schema": { "type": "object", "properties": { "type": { "type": "string" }, "title": { "type": "string" }, "status": { "type": "integer" }, "code": { "type": "string" }, "detail": { "type": "string" } } } } } } },
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer", "description": "Made on /desk/me; it acts under one appointment and ends with it." } },
            "schemas": {
                "Command": command_schema(),
                "Case": case_schema(),
                "Clock": clock_schema(),
                "Story": { "allOf": [{ "$ref": "#/components/schemas/Case" }, story_schema()] },
                "Filing": {
                    "type": "object",
                    "required": ["kind", "category", "community", "description"],
                    "additionalProperties": false,
                    "properties": {
                        "kind": { "const": "whistle" },
                        "category": { "type": "string" },
                        "community": { "type": "string" },
                        "description": { "type": "string", "minLength": Description::MIN, "maxLength": Description::MAX },
                        "danger": { "type": "boolean" },
                        "place": { "type": "object", "additionalProperties": false, "properties": { "address": { "type": "string" }, "lat": { "type": "number" }, "lng": { "type": "number" }, "accuracy": { "type": "number" } } },
                        "visibility": { "enum": ["public", "public_without_detail", "private"] },
                        "contact": { "type": "object", "additionalProperties": false, "properties": { "name": { "type": "string" }, "phone": { "type": "string" }, "email": { "type": "string" }, "may_call": { "type": "boolean" } } },
                        "photos": { "type": "array", "maxItems": MAX_PHOTOS, "items": { "type": "string" } },
                    },
                },
                "Filed": {
                    "type": "object",
                    "required": ["number", "receipt_code", "state", "links"],
                    "properties": {
                        "number": { "type": "string" },
                        "receipt_code": { "type": "string" },
                        "state": { "type": "string" },
                        "filed_at": { "type": "string", "format": "date-time" },
                        "filing_hash": { "type": "string" },
                        "links": { "type": "object" },
                    },
                },
            },
        },
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_description_names_exactly_the_routes() {
        let document = document("", true);
        let mut described = BTreeSet::from([("/api/openapi.json".to_owned(), "GET".to_owned())]);
        for (path, operations) in document["paths"].as_object().unwrap() {
            for method in operations.as_object().unwrap().keys() {
                described.insert((path.clone(), method.to_uppercase()));
            }
        }
        let routed: BTreeSet<_> = super::super::table()
            .lines()
            .into_iter()
            .map(|line| (line.path.to_owned(), line.method))
            .collect();
        assert_eq!(described, routed);
    }
}
