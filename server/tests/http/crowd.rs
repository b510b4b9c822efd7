//! More connections and more bytes than there is room for.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::sleep;

use crate::city::{City, status};

#[tokio::test]
async fn beyond_its_room_the_server_says_so_politely() {
    let city = City::start(&[("max_connections", "4")]).await;
    let mut held = Vec::new();
    for _ in 0..4 {
        let mut stream = city.connect().await;
        stream
            .write_all(b"GET /who HTTP/1.1\r\nHost: x\r\n\r\n")
            .await
            .unwrap();
        let mut first = [0; 12];
        stream.read_exact(&mut first).await.unwrap();
        held.push(stream);
    }
    let answer = city.get("/who", "").await;
    assert_eq!(status(&answer), 503);
    assert!(
        answer.contains("Retry-After: 5") && answer.ends_with("Too busy, try again.\n"),
        "{answer}"
    );
    held.clear();
    sleep(Duration::from_millis(200)).await;
    assert!(city.is_well().await);
}

#[tokio::test]
async fn one_address_does_not_take_all_the_room() {
    let city = City::start(&[
        ("max_connections", "10"),
        ("max_connections_per_address", "2"),
    ])
    .await;
    let mut held = Vec::new();
    for _ in 0..2 {
        let mut stream = city.connect().await;
        stream
            .write_all(b"GET /who HTTP/1.1\r\nHost: x\r\n\r\n")
            .await
            .unwrap();
        let mut first = [0; 12];
        stream.read_exact(&mut first).await.unwrap();
        held.push(stream);
    }
    assert_eq!(status(&city.get("/who", "").await), 503);
    drop(held);
    sleep(Duration::from_millis(200)).await;
    assert!(city.is_well().await);
}

#[tokio::test]
async fn a_body_that_is_too_long_is_refused_early() {
    let city = City::start(&[]).await;
    let multipart = "Content-Type: multipart/form-data; boundary=XX\r\n";
    let announced = format!(
        "POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 200000000\r\n{multipart}\r\n--XX\r\n"
    );
    assert_eq!(status(&city.raw(announced.as_bytes()).await), 413);
    let plain = "POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 600000\r\n\
                 Content-Type: application/x-www-form-urlencoded\r\n\r\na=b";
    assert_eq!(status(&city.raw(plain.as_bytes()).await), 413);

    let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x10000));
    let unannounced = format!(
        "POST /form HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\
         Content-Type: application/x-www-form-urlencoded\r\n\r\n{}",
        chunk.repeat(10)
    );
    assert_eq!(status(&city.raw(unannounced.as_bytes()).await), 413);

    let cut = "POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\nConnection: close\r\n\
               Content-Type: application/x-www-form-urlencoded\r\n\r\na=b";
    let mut stream = city.connect().await;
    stream.write_all(cut.as_bytes()).await.unwrap();
    drop(stream);
    assert!(city.is_well().await);
}
