//! The machine doors, without sockets.

use axum::body::to_bytes;

use super::*;

#[tokio::test]
async fn a_refusal_says_what_to_do_instead_in_every_language() {
    for refusal in [
        Refusal::OthersGoOnInIt,
        Refusal::TooEarly,
        Refusal::NotTheSame,
        Refusal::Unknown("category"),
    ] {
        let response = problem(&Error::Refused(refusal)).into_response();
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let body = to_bytes(response.into_body(), 10_000).await.unwrap();
        let body: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(body["code"], "refused");
        assert_eq!(body["detail"], body["details"]["en"]);
        for lang in Lang::ALL {
            let said = body["details"][lang.tag()].as_str().unwrap();
            assert_eq!(words::refusal(lang, refusal).as_deref(), Some(said));
            assert_ne!(said, refusal.to_string(), "{lang}: only its name");
        }
    }
}
