//! Stopping: what runs is answered, what waits is let go, and it ends.

use std::time::{Duration, Instant};

use server::net::accept::Ended;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::sleep;

use crate::city::{City, read_all};

#[tokio::test]
async fn what_runs_is_answered_before_the_end() {
    let city = City::start(&[]).await;
    let mut idle = city.connect().await;
    idle.write_all(b"GET /who HTTP/1.1\r\nHost: x\r\n\r\n")
        .await
        .unwrap();
    let mut first = [0; 12];
    idle.read_exact(&mut first).await.unwrap();
    let mut running = city.connect().await;
    running
        .write_all(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
        .await
        .unwrap();
    sleep(Duration::from_millis(100)).await;

    let addr = city.addr;
    let began = Instant::now();
    assert_eq!(city.stop().await, Ended::Clean);
    assert!(
        began.elapsed() < Duration::from_secs(5),
        "an idle connection does not hold it"
    );
    let answer = read_all(&mut running).await;
    assert!(answer.ends_with("slow"), "{answer}");
    assert!(
        TcpStream::connect(addr).await.is_err(),
        "nobody new is let in"
    );
}

#[tokio::test]
async fn what_never_ends_does_not_hold_the_stop() {
    let city = City::start(&[("stop_seconds", "1")]).await;
    let mut hanging = city.connect().await;
    hanging
        .write_all(b"GET /hang HTTP/1.1\r\nHost: x\r\n\r\n")
        .await
        .unwrap();
    sleep(Duration::from_millis(100)).await;
    let began = Instant::now();
    assert_eq!(city.stop().await, Ended::Late);
    assert!(began.elapsed() < Duration::from_secs(5));
}
