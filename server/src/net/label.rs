//! What a demonstration says of itself in every answer to a program.

use axum::body::{Body, to_bytes};
use axum::response::Response;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};

/// The label, as the first member of an object.
const LABEL: &[u8] = b"{\"demo\":true";

/// Puts `demo: true` into an answer in JSON, whichever door made it: list, receipt, error, health.
/// It is done here, once, so that no door can forget it. Answers in JSON are written in one piece
/// and are objects, so nothing has to be parsed.
pub(super) async fn as_demo(response: Response) -> Response {
    let kind = response.headers().get(CONTENT_TYPE);
    let is_json = kind.is_some_and(|kind| {
        let kind = kind.as_bytes();
        kind.starts_with(b"application/json") || kind.starts_with(b"application/problem+json")
    });
    // What is compressed was written once for many, with its label.
    if !is_json || response.headers().contains_key(CONTENT_ENCODING) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let bytes = match to_bytes(body, usize::MAX).await {
        Ok(bytes) => bytes,
        Err(error) => return Response::from_parts(parts, Body::from_stream(failed(error))),
    };
    if bytes.starts_with(LABEL) {
        return Response::from_parts(parts, Body::from(bytes));
    }
    let labelled = match bytes.strip_prefix(b"{") {
        Some(b"}") => [LABEL, b"}"].concat().into(),
        Some(rest) => [LABEL, b",", rest].concat().into(),
        // Nothing, as to HEAD.
        None => bytes,
    };
    parts.headers.remove(CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(labelled))
}

/// A body that broke off breaks off.
fn failed(error: axum::Error) -> impl futures::Stream<Item = Result<bytes::Bytes, axum::Error>> {
    futures::stream::once(async { Err(error) })
}

#[cfg(test)]
mod tests {
    use axum::Json;
    use axum::response::IntoResponse as _;
    use serde_json::{Value, json};

    use super::*;

    async fn labelled(response: Response) -> String {
        let body = as_demo(response).await.into_body();
        let bytes = to_bytes(body, 1_000).await.unwrap();
        String::from_utf8(bytes.to_vec()).unwrap()
    }

    #[tokio::test]
    async fn an_object_is_labelled_and_stays_what_it_was() {
        for plain in [json!({}), json!({ "items": [{ "a": 1 }], "next": null })] {
            let text = labelled(Json(plain.clone()).into_response()).await;
            let mut body: Value = serde_json::from_str(&text).unwrap();
            let label = body.as_object_mut().unwrap().remove("demo");
            assert_eq!((label, body), (Some(Value::Bool(true)), plain));
        }
    }

    #[tokio::test]
    async fn a_page_and_an_empty_answer_are_left_alone() {
        assert_eq!(labelled("{}".into_response()).await, "{}");
        let empty = ([(CONTENT_TYPE, "application/json")], "").into_response();
        assert_eq!(labelled(empty).await, "");
    }
}
