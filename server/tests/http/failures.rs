//! A panic ends one request, and tells the world nothing (abuse case D7).

use tokio::io::AsyncWriteExt as _;

use crate::city::{City, read_all, status};

#[tokio::test]
async fn a_panic_ends_one_request_only() {
    let city = City::start(&[]).await;
    let mut neighbour = city.connect().await;
    neighbour
        .write_all(b"GET /slow HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        .await
        .unwrap();
    for _ in 0..20 {
        let answer = city.get("/panic", "").await;
        assert_eq!(status(&answer), 500);
        assert!(
            !answer.contains("words") && !answer.contains(".rs"),
            "{answer}"
        );
        assert!(answer.contains("c0ffee00"), "names the incident: {answer}");
        assert!(answer.contains("content-security-policy:"), "{answer}");
    }
    assert!(read_all(&mut neighbour).await.ends_with("slow"));
    assert!(city.is_well().await);
}

#[tokio::test]
async fn programs_are_told_in_their_own_way() {
    let city = City::start(&[]).await;
    let answer = city.get("/api/panic", "").await;
    assert_eq!(status(&answer), 500);
    assert!(answer.contains("application/problem+json"), "{answer}");
    let body: serde_json::Value =
        serde_json::from_str(answer.split("\r\n\r\n").nth(1).unwrap()).unwrap();
    assert_eq!(body["status"], 500);
    assert!(body["incident"].as_str().unwrap().starts_with("c0ffee00"));
    assert!(!answer.contains("words"), "{answer}");
}
