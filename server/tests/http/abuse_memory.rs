//! Many large bodies at once take no more memory than there is room for (abuse case E1).

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{scope, sleep};
use std::time::{Duration, Instant};

use crate::binary::start;
use crate::portal::picture;

/// Posts at once.
const POSTS: usize = 80;
/// Bytes of each photo: less than the 10 MB one may have.
const PHOTO: usize = 8 << 20;
/// What the server may grow by while they are read: its room of 128 MB for photos on their way in
/// (`app::http::room`), which buffers that grow may double, and what one decoder and the
/// connections need. All of the photos together are 640 MB, and without the room all are held.
const MOST: u64 = 330 << 20;

/// The peak of a process' memory in bytes, as the kernel counts it.
fn peak(process: u32) -> u64 {
    let all = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = all.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    let kilobytes = line.split_whitespace().nth(1).unwrap();
    kilobytes.parse::<u64>().unwrap() << 10
}

/// A post with one photo: by the form, or by the door of programs.
fn post(number: usize, photo: &[u8]) -> Vec<u8> {
    let key = format!("a-key-of-the-memory-tests-{number:02}");
    let (head, body) = if number.is_multiple_of(2) {
        let mut body = format!(
            "--cut\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\n{key}\r\n\
             --cut\r\nContent-Disposition: form-data; name=\"act\"\r\n\r\nadd-photos\r\n\
             --cut\r\nContent-Disposition: form-data; name=\"description\"\r\n\r\n\
             what was typed {number}\r\n\
             --cut\r\nContent-Disposition: form-data; name=\"photos\"; filename=\"a.png\"\r\n\r\n"
        )
        .into_bytes();
        body.extend(photo);
        body.extend(b"\r\n--cut--\r\n");
        let head = "POST /whistle HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=cut\r\n";
        (head.to_owned(), body)
    } else {
        let head = format!(
            "POST /api/v1/uploads HTTP/1.1\r\nContent-Type: application/octet-stream\r\n\
             Idempotency-Key: {key}\r\n"
        );
        (head, photo.to_vec())
    };
    let rest = format!(
        "Host: x\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head.into_bytes(), rest.into_bytes(), body].concat()
}

#[test]
fn eighty_photos_at_once_take_no_more_memory_than_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let (mut child, addr) = start(folder.path(), "serve");
    let addr: SocketAddr = addr.parse().unwrap();
    let mut photo = picture(7, "");
    photo.resize(PHOTO, b'.');
    let before = peak(child.id());

    // Everybody sends all but the last bytes, so that all are there at once, then the end.
    let (nearly, began) = (AtomicUsize::new(0), Instant::now());
    let answers: Vec<String> = scope(|threads| {
        let one = |number: usize| {
            let bytes = post(number, &photo);
            let (most, end) = bytes.split_at(bytes.len() - 100);
            let mut stream = TcpStream::connect(addr).unwrap();
            stream
                .set_read_timeout(Some(Duration::from_mins(2)))
                .unwrap();
            // Who is answered before everything was read may be cut off.
            let _ = stream.write_all(most);
            nearly.fetch_add(1, Ordering::Relaxed);
            while nearly.load(Ordering::Relaxed) < POSTS && began.elapsed() < Duration::from_secs(3)
            {
                sleep(Duration::from_millis(20));
            }
            let _ = stream.write_all(end);
            let mut answer = Vec::new();
            let _ = stream.read_to_end(&mut answer);
            String::from_utf8_lossy(&answer).into_owned()
        };
        let running: Vec<_> = (0..POSTS)
            .map(|number| threads.spawn(move || one(number)))
            .collect();
        running
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });
    let grown = peak(child.id()) - before;
    child.kill().unwrap();
    child.wait().unwrap();

    assert!(grown <= MOST, "the server grew by {} MB", grown >> 20);
    let mut kept = 0;
    for (number, answer) in answers.iter().enumerate() {
        let status = answer.split(' ').nth(1).unwrap_or("none");
        if number.is_multiple_of(2) {
            // With or without its photo, the form comes back as it was typed.
            assert!(
                matches!(status, "200" | "422" | "503"),
                "{number}: {answer}"
            );
            assert!(
                answer.contains(&format!("what was typed {number}")),
                "{answer}"
            );
            kept += usize::from(answer.contains("name=\"staged\""));
        } else {
            assert!(matches!(status, "201" | "503"), "{number}: {answer}");
            kept += usize::from(status == "201");
        }
    }
    assert!(kept >= 10, "only {kept} photos were kept");
}
