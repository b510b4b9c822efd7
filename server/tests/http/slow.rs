//! Slow clients: dropped themselves, and nobody else the slower for it (abuse case F4).

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::sleep;

use crate::city::{City, read_all, status};

/// Sends one byte of `bytes` every `pause`; the answer, and how long it took to come.
async fn drip(mut stream: TcpStream, bytes: &'static [u8], pause: Duration) -> (String, Duration) {
    let began = Instant::now();
    let (mut reader, mut writer) = stream.split();
    let mut answer = Vec::new();
    let writing = async {
        for byte in bytes {
            if writer.write_all(&[*byte]).await.is_err() {
                break;
            }
            sleep(pause).await;
        }
        futures::future::pending::<()>().await;
    };
    tokio::select! {
        () = writing => {}
        _ = reader.read_to_end(&mut answer) => {}
        () = sleep(Duration::from_secs(20)) => panic!("never dropped"),
    }
    (
        String::from_utf8_lossy(&answer).into_owned(),
        began.elapsed(),
    )
}

#[tokio::test]
async fn a_head_that_drips_is_dropped_and_others_are_served_at_once() {
    let city = City::start(&[("header_seconds", "1")]).await;
    let head: &'static [u8] = [
        b"GET /who HTTP/1.1\r\nHost: x\r\nX: ".as_slice(),
        &[b'a'; 500],
    ]
    .concat()
    .leak();
    let mut slow = Vec::new();
    for _ in 0..100 {
        slow.push(tokio::spawn(drip(
            city.connect().await,
            head,
            Duration::from_millis(50),
        )));
    }
    for _ in 0..20 {
        let began = Instant::now();
        assert!(city.is_well().await);
        assert!(
            began.elapsed() < Duration::from_secs(1),
            "{:?}",
            began.elapsed()
        );
    }
    for task in slow {
        let (answer, took) = task.await.unwrap();
        assert_ne!(status(&answer), 200, "{answer}");
        assert!(
            took >= Duration::from_millis(900) && took < Duration::from_secs(8),
            "{took:?}"
        );
    }
}

#[tokio::test]
async fn a_connection_that_says_nothing_is_closed() {
    let city = City::start(&[("header_seconds", "1")]).await;
    let mut silent = city.connect().await;
    let began = Instant::now();
    assert_eq!(read_all(&mut silent).await, "");
    assert!(began.elapsed() < Duration::from_secs(8));

    let mut kept = city.connect().await;
    kept.write_all(b"GET /who HTTP/1.1\r\nHost: x\r\n\r\n")
        .await
        .unwrap();
    let answer = read_all(&mut kept).await;
    assert_eq!(
        status(&answer),
        200,
        "kept open after an answer, but not for ever"
    );
}

#[tokio::test]
async fn a_body_that_stops_is_given_up() {
    let city = City::start(&[("body_idle_seconds", "1")]).await;
    let head = b"POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\
        Content-Type: application/x-www-form-urlencoded\r\n\r\na=b";
    let (answer, took) = drip(city.connect().await, head, Duration::ZERO).await;
    assert_eq!(status(&answer), 400, "{answer}");
    assert!(
        took >= Duration::from_secs(1) && took < Duration::from_secs(8),
        "{took:?}"
    );
}

#[tokio::test]
async fn a_body_that_drips_is_given_up_and_one_that_flows_is_not() {
    let city = City::start(&[
        ("request_seconds", "1"),
        ("upload_seconds", "1"),
        ("body_rate", "1000"),
    ])
    .await;
    let head: &'static [u8] = [
        b"POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 10000\r\n\
          Content-Type: multipart/form-data; boundary=XX\r\n\r\n--XX\r\n"
            .as_slice(),
        &[b'a'; 500],
    ]
    .concat()
    .leak();
    let mut stream = city.connect().await;
    stream.write_all(&head[..head.len() - 500]).await.unwrap();
    let (answer, took) = drip(
        stream,
        &head[head.len() - 500..],
        Duration::from_millis(100),
    )
    .await;
    assert_eq!(status(&answer), 503, "{answer}");
    assert!(answer.contains("retry-after: 5"), "{answer}");
    assert!(took < Duration::from_secs(5), "{took:?}");

    // 4 kB a second, 6 kB in all: longer than the first second, but it keeps its rate.
    let mut body =
        Vec::from(b"--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n".as_slice());
    body.extend_from_slice(&[b'x'; 6_000]);
    body.extend_from_slice(b"\r\n--XX--\r\n");
    let mut stream = city.connect().await;
    let head = format!(
        "POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\nConnection: close\r\n\
         Content-Type: multipart/form-data; boundary=XX\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let began = Instant::now();
    for chunk in body.chunks(400) {
        sleep(Duration::from_millis(100)).await;
        stream.write_all(chunk).await.unwrap();
    }
    assert!(began.elapsed() > Duration::from_secs(1));
    let answer = read_all(&mut stream).await;
    assert!(answer.ends_with("1 fields, 0 files"), "{answer}");
}

#[tokio::test]
async fn a_handler_that_hangs_is_given_up() {
    let city = City::start(&[("request_seconds", "1")]).await;
    let began = Instant::now();
    let answer = city.get("/hang", "").await;
    assert_eq!(status(&answer), 503, "{answer}");
    assert!(began.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn who_takes_nothing_of_an_answer_frees_the_place() {
    let city = City::start(&[("write_idle_seconds", "1"), ("max_connections", "1")]).await;
    let mut greedy = city.connect().await;
    greedy
        .write_all(b"GET /big HTTP/1.1\r\nHost: x\r\n\r\n")
        .await
        .unwrap();
    sleep(Duration::from_millis(300)).await;
    assert_eq!(
        status(&city.get("/who", "").await),
        503,
        "the only place is taken"
    );
    sleep(Duration::from_secs(2)).await;
    assert!(city.is_well().await, "the place is free again");
    drop(greedy);
}
