//! A gateway of the tests: a real HTTP receiver that checks who writes.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::{Arc, Mutex};

use serde_json::Value;
use server::couriers::signature;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What it shares with the server.
pub const SECRET: &str = "a secret of the gateway";

/// A gateway that keeps what it is sent and answers with the next status it was told, else 204.
pub struct Receiver {
    pub url: String,
    got: Arc<Mutex<Vec<(String, Value)>>>,
    pub answers: Arc<Mutex<Vec<u16>>>,
}

impl Receiver {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/send", listener.local_addr().unwrap());
        let (got, answers) = (
            Arc::new(Mutex::new(Vec::new())),
            Arc::new(Mutex::new(Vec::new())),
        );
        let (kept, told) = (Arc::clone(&got), Arc::clone(&answers));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (signed, body) = receive(stream, &told).await;
                kept.lock().unwrap().push((signed, body));
            }
        });
        Self { url, got, answers }
    }

    pub fn got(&self) -> Vec<(String, Value)> {
        self.got.lock().unwrap().clone()
    }
}

async fn receive(stream: TcpStream, answers: &Mutex<Vec<u16>>) -> (String, Value) {
    let mut stream = BufReader::new(stream);
    let (mut length, mut signed) = (0, String::new());
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.unwrap();
        let lower = line.to_lowercase();
        if let Some(value) = lower.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        if let Some(value) = lower.strip_prefix("huiyin-signature:") {
            value.trim().clone_into(&mut signed);
        }
        if line == "\r\n" {
            break;
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.unwrap();
    let status = answers.lock().unwrap().pop().unwrap_or(204);
    let answer = format!("HTTP/1.1 {status} X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    stream.get_mut().write_all(answer.as_bytes()).await.unwrap();
    let seconds: i64 = signed[2..signed.find(',').unwrap()].parse().unwrap();
    assert_eq!(
        signed,
        signature(SECRET, seconds, &body),
        "signed with the secret"
    );
    (signed, serde_json::from_slice(&body).unwrap())
}
