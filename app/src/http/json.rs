//! Reading JSON of the API: bounded, strict, and every mistake a [`Problem`].

use axum::body::Body;
use http::StatusCode;
use http::header::HeaderMap;
use serde::de::DeserializeOwned;

use super::body::{FormError, collect, media_type, refuse_announced};
use super::problem::Problem;

/// Longest JSON body, in bytes.
pub const JSON_MAX: usize = 256 * 1024;

/// Reads `body` as one JSON value of type `T`.
///
/// # Errors
/// 415 for another type, 413 beyond `most` bytes, 400 for what is no JSON (or nested deeper than
/// 128), 422 for JSON that is not a `T`. `detail` says where; it never repeats what was sent.
pub async fn read_json<T: DeserializeOwned>(
    headers: &HeaderMap,
    body: Body,
    most: usize,
) -> Result<T, Problem> {
    let kind = media_type(headers);
    let is_json = kind
        .as_deref()
        .is_some_and(|kind| kind == "application/json" || kind.ends_with("+json"));
    if !is_json {
        return Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "not-json",
            "Send application/json.",
        ));
    }
    refuse_announced(headers, most as u64).map_err(too_large)?;
    let bytes = collect(body, most).await.map_err(too_large)?;
    serde_json::from_slice(&bytes).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        if error.is_data() {
            Problem::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "invalid",
                format!("The value at {place} is not what is expected there."),
            )
        } else {
            Problem::bad_request(format!("This is no JSON: {place}."))
        }
    })
}

fn too_large(error: FormError) -> Problem {
    match error {
        FormError::TooLarge => Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too-large",
            "The request is longer than this address takes.",
        ),
        FormError::Malformed | FormError::NotAForm => {
            Problem::bad_request("The request broke off or came too slowly.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Sent {
        a: u8,
    }

    async fn status(content_type: &str, body: Vec<u8>) -> u16 {
        let mut headers = HeaderMap::new();
        headers.insert("content-type", content_type.parse().unwrap());
        match read_json::<Sent>(&headers, Body::from(body), 1_000_000).await {
            Ok(sent) => {
                assert_eq!(sent.a, 7);
                200
            }
            Err(problem) => problem.status().as_u16(),
        }
    }

    #[tokio::test]
    async fn json_is_read_strictly() {
        let deep = [vec![b'['; 10_000], vec![b']'; 10_000]].concat();
        let rows: Vec<(&str, &str, Vec<u8>, u16)> = vec![
            ("good", "application/json", br#"{"a":7}"#.to_vec(), 200),
            (
                "charset",
                "Application/JSON; charset=utf-8",
                br#"{"a":7}"#.to_vec(),
                200,
            ),
            ("text", "text/plain", br#"{"a":7}"#.to_vec(), 415),
            (
                "form",
                "application/x-www-form-urlencoded",
                b"a=7".to_vec(),
                415,
            ),
            ("nothing", "application/json", vec![], 400),
            ("cut", "application/json", br#"{"a":"#.to_vec(), 400),
            (
                "two values",
                "application/json",
                br#"{"a":7}{"a":7}"#.to_vec(),
                400,
            ),
            (
                "twice",
                "application/json",
                br#"{"a":7,"a":7}"#.to_vec(),
                422,
            ),
            (
                "unknown",
                "application/json",
                br#"{"a":7,"b":7}"#.to_vec(),
                422,
            ),
            (
                "wrong type",
                "application/json",
                br#"{"a":"x"}"#.to_vec(),
                422,
            ),
            (
                "surrogate",
                "application/json",
                br#"{"a":"\ud800"}"#.to_vec(),
                400,
            ),
            (
                "no UTF-8",
                "application/json",
                b"{\"a\":\"\xff\"}".to_vec(),
                400,
            ),
            ("too long", "application/json", vec![b' '; 1_000_001], 413),
        ];
        for (what, content_type, body, expected) in rows {
            assert_eq!(status(content_type, body).await, expected, "{what}");
        }
        let mut headers = HeaderMap::new();
        headers.insert("content-type", "application/json".parse().unwrap());
        let found = read_json::<serde_json::Value>(&headers, Body::from(deep), 1_000_000).await;
        assert_eq!(found.unwrap_err().status(), 400, "nested 10,000 deep");
    }
}
