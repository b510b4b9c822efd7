//! What streams may cost: how many, how long, how much memory, and that they do not hold a stop
//! (abuse case F5).

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::binary::start_with;
use crate::ear::{Ear, Heard};
use crate::portal::Portal;

const KEY: &str = "a-key-of-the-stream-limits";

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_says_how_it_is_to_be_passed_on() {
    for (demo, data) in [
        (false, "{\"position\":0}"),
        (true, "{\"position\":0,\"demo\":true}"),
    ] {
        let portal = Portal::set(&[], demo).await;
        let mut ear = Ear::open(portal.addr(), "/events", &[]).await;
        assert_eq!(ear.status(), 200);
        for (name, value) in [
            ("content-type", "text/event-stream; charset=utf-8"),
            ("cache-control", "no-store"),
            ("x-accel-buffering", "no"),
            ("content-encoding", ""),
            ("set-cookie", ""),
            ("x-content-type-options", "nosniff"),
        ] {
            assert_eq!(ear.header(name), value, "{name}");
        }
        let here = Heard::Told(0, "here".to_owned(), data.to_owned());
        assert_eq!(ear.next().await, here);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_outlives_every_limit_of_a_request_and_ends_in_its_time() {
    let portal = Portal::set(
        &[
            ("stream_beat_seconds", "1"),
            ("stream_seconds", "5"),
            ("request_seconds", "1"),
            ("header_seconds", "1"),
            ("write_idle_seconds", "1"),
        ],
        false,
    )
    .await;
    let began = Instant::now();
    let (mut ear, at) = Ear::begin(portal.addr(), "/events", &[]).await;
    let mut beats = 0;
    loop {
        match ear.next().await {
            Heard::Beat(id) => {
                assert_eq!(id, at);
                beats += 1;
            }
            Heard::End => break,
            other => panic!("{other:?}"),
        }
    }
    let lasted = began.elapsed().as_secs();
    assert!((4..=9).contains(&lasted), "{lasted} s");
    assert!((2..=5).contains(&beats), "{beats} signs of life");
}

#[tokio::test(flavor = "multi_thread")]
async fn there_are_so_many_streams_and_no_more() {
    let flags = [("streams_per_address", "2"), ("streams", "3")];
    let portal = Portal::set(&flags, false).await;
    let proxied = Portal::set(
        &[("trusted_proxies", "127.0.0.1"), flags[0], flags[1]],
        false,
    )
    .await;
    let first = Ear::begin(portal.addr(), "/events", &[]).await;
    let second = Ear::begin(portal.addr(), "/events", &[]).await;
    let third = Ear::open(portal.addr(), "/events", &[]).await;
    assert_eq!(third.status(), 429, "{}", third.head);
    let refused = portal.get("/events").await;
    assert_eq!(refused.header("retry-after"), "60");
    // The same whether there is such a case or not, and the page works.
    let filed = portal.file(KEY, json!({})).await;
    for number in [filed.number.as_str(), "none"] {
        let answer = portal.get(&format!("/events?case={number}")).await;
        assert_eq!((answer.status, &answer.body), (429, &refused.body));
    }
    let page = format!("/cases/{}", filed.number);
    assert_eq!(portal.get(&page).await.status, 200);
    drop((first, second));
    let mut tries = 0;
    while portal.get("/events?case=none").await.status == 429 {
        tries += 1;
        assert!(tries < 100, "a seat comes back when its stream is gone");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }

    let mut all = Vec::new();
    for last in 1..=3 {
        let from = format!("X-Forwarded-For: 198.51.100.{last}");
        all.push(Ear::begin(proxied.addr(), "/events", &[&from]).await);
    }
    let refused = proxied
        .ask("GET", "/events", &["X-Forwarded-For: 198.51.100.9"], &[])
        .await;
    assert_eq!((refused.status, refused.header("retry-after")), (503, "30"));
}

#[tokio::test(flavor = "multi_thread")]
async fn half_of_the_connections_are_left_for_pages() {
    let portal = Portal::set(&[("max_connections", "4")], false).await;
    let streams = [
        Ear::begin(portal.addr(), "/events", &[]).await,
        Ear::begin(portal.addr(), "/events", &[]).await,
    ];
    assert_eq!(portal.get("/events").await.status, 503);
    assert_eq!(portal.get("/").await.status, 200);
    drop(streams);
}

/// Kilobytes of memory that a process has now.
fn resident(process: u32) -> u64 {
    let all = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = all.lines().find(|line| line.starts_with("VmRSS")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// Streams of the test below: as many as the usual limit of open files lets one process have.
const MANY: usize = 700;
/// What they may take, in kilobytes; of 2,000 it is 150 MB.
const MOST: u64 = 150 * 1_024 * (MANY as u64) / 2_000;

/// Files a case by the door of programs; its answer.
fn file(addr: SocketAddr, no: usize) -> String {
    let body = json!({
        "kind": "whistle", "category": "street-vending", "community": crate::portal::COMMUNITY,
        "description": "人民路口的摊位占住了盲道，轮椅过不去", "visibility": "public",
    })
    .to_string();
    let mut stream = TcpStream::connect(addr).unwrap();
    let head = format!(
        "POST /api/v1/cases HTTP/1.1\r\nHost: {addr}\r\nConnection: close\r\n\
         Content-Type: application/json\r\nIdempotency-Key: {KEY}-{no:04}\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    answer
}

#[test]
fn many_streams_take_little_memory_and_do_not_hold_the_stop() {
    let folder = tempfile::tempdir().unwrap();
    let limits = [
        "--set",
        "streams_per_address=5000",
        "--set",
        "max_connections_per_address=5000",
        "--set",
        "streams=5000",
        "--set",
        "max_connections=10000",
        "--set",
        "filings_per_second=10000",
    ];
    let (mut child, addr) = start_with(folder.path(), "serve", &limits);
    let addr: SocketAddr = addr.parse().unwrap();
    file(addr, 0);
    let before = resident(child.id());
    let mut streams = Vec::new();
    for _ in 0..MANY {
        let mut stream = TcpStream::connect(addr).unwrap();
        stream
            .write_all(b"GET /events HTTP/1.1\r\nHost: x\r\n\r\n")
            .unwrap();
        streams.push(stream);
    }
    // Half of them never read a byte.
    let mut head = [0; 1_024];
    for stream in &mut streams[..MANY / 2] {
        let length = stream.read(&mut head).unwrap();
        assert!(head[..length].starts_with(b"HTTP/1.1 200"));
    }
    for no in 1..40 {
        file(addr, no);
    }
    let mut heard = 0;
    for stream in &mut streams[..MANY / 2] {
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .unwrap();
        let length = stream.read(&mut head).unwrap();
        heard += usize::from(length > 0);
    }
    let grown = resident(child.id()).saturating_sub(before);
    println!("{MANY} streams: {grown} kB more");
    assert_eq!(heard, MANY / 2);
    assert!(grown <= MOST, "{MANY} streams took {grown} kB");

    let began = Instant::now();
    let told = Command::new("kill")
        .args(["-TERM", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(told.success());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let took = began.elapsed();
    assert!(took < Duration::from_secs(10), "the stop took {took:?}");
    let mut rest = Vec::new();
    let last = &mut streams[0];
    last.read_to_end(&mut rest).unwrap();
    assert!(rest.ends_with(b"0\r\n\r\n"), "ended, not cut off");
}
