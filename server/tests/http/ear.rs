//! A client of the live stream that hears exactly what is sent.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Longer than anything takes that comes at once, even on a busy machine.
const SOON: Duration = Duration::from_secs(8);

/// An open stream.
pub struct Ear {
    stream: TcpStream,
    /// The head of the answer.
    pub head: String,
    chunked: Vec<u8>,
    text: String,
    /// The last chunk came, or the connection ended.
    ended: bool,
}

/// What was heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// A message: its id, its name and its data.
    Told(u64, String, String),
    /// A sign of life, and the id it leaves behind.
    Beat(u64),
    /// The stream ended.
    End,
}

impl Ear {
    /// Asks for `target` with further header lines and reads the head of the answer.
    pub async fn open(addr: SocketAddr, target: &str, headers: &[&str]) -> Self {
        let mut stream = TcpStream::connect(addr).await.unwrap();
        let mut head = format!(
            "GET {target} HTTP/1.1\r\nHost: {addr}\r\nAccept: text/event-stream\r\n\
             Accept-Encoding: br, gzip\r\nSec-Fetch-Site: same-origin\r\n"
        );
        for line in headers {
            head.push_str(line);
            head.push_str("\r\n");
        }
        head.push_str("\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut ear = Self {
            stream,
            head: String::new(),
            chunked: Vec::new(),
            text: String::new(),
            ended: false,
        };
        timeout(SOON, ear.read_head()).await.expect("an answer");
        ear
    }

    /// As [`Self::open`], and hears where the stream begins.
    pub async fn begin(addr: SocketAddr, target: &str, headers: &[&str]) -> (Self, u64) {
        let mut ear = Self::open(addr, target, headers).await;
        assert_eq!(ear.status(), 200, "{}", ear.head);
        match ear.next().await {
            Heard::Told(at, name, data) => {
                assert_eq!(
                    (name.as_str(), data),
                    ("here", format!("{{\"position\":{at}}}"))
                );
                (ear, at)
            }
            other => panic!("{other:?}"),
        }
    }

    pub fn status(&self) -> u16 {
        self.head.split(' ').nth(1).unwrap().parse().unwrap()
    }

    /// A header, empty if it is not there.
    pub fn header(&self, name: &str) -> &str {
        let mut lines = self.head.lines().skip(1);
        lines
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
            .unwrap_or_default()
    }

    async fn read_head(&mut self) {
        loop {
            if let Some(cut) = self.chunked.windows(4).position(|it| it == b"\r\n\r\n") {
                let rest = self.chunked.split_off(cut + 4);
                self.head = String::from_utf8(std::mem::replace(&mut self.chunked, rest)).unwrap();
                return;
            }
            assert!(self.read().await, "no answer");
        }
    }

    async fn read(&mut self) -> bool {
        let mut bytes = [0; 4_096];
        let length = self.stream.read(&mut bytes).await.unwrap_or(0);
        self.chunked.extend_from_slice(&bytes[..length]);
        length > 0
    }

    /// Takes whole chunks off what was read.
    fn unchunk(&mut self) {
        while let Some(line) = self.chunked.windows(2).position(|it| it == b"\r\n") {
            let size = std::str::from_utf8(&self.chunked[..line]).unwrap();
            let size = usize::from_str_radix(size, 16).unwrap();
            if self.chunked.len() < line + 2 + size + 2 {
                return;
            }
            let rest = self.chunked.split_off(line + 2 + size + 2);
            let chunk = std::mem::replace(&mut self.chunked, rest);
            self.text += std::str::from_utf8(&chunk[line + 2..line + 2 + size]).unwrap();
            self.ended |= size == 0;
        }
    }

    /// What is heard next, as soon as it can be.
    pub async fn next(&mut self) -> Heard {
        self.within(SOON).await.expect("something to hear")
    }

    /// What is heard next; nothing if nothing is for so long.
    pub async fn within(&mut self, time: Duration) -> Option<Heard> {
        timeout(time, self.listen()).await.ok()
    }

    /// Passes over a few signs of life.
    pub async fn told(&mut self) -> Heard {
        for _ in 0..5 {
            match self.next().await {
                Heard::Beat(_) => {}
                heard => return heard,
            }
        }
        Heard::Beat(0)
    }

    async fn listen(&mut self) -> Heard {
        loop {
            self.unchunk();
            if let Some((block, rest)) = self.text.split_once("\n\n") {
                let heard = heard(block);
                self.text = rest.to_owned();
                if let Some(heard) = heard {
                    return heard;
                }
            } else if self.ended || !self.read().await {
                return Heard::End;
            }
        }
    }
}

fn heard(block: &str) -> Option<Heard> {
    let field = |name: &str| {
        let mut lines = block.lines();
        lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    };
    let id = field("id").map_or(0, |id| id.parse().unwrap());
    match (field("event"), field("data")) {
        (Some(name), Some(data)) => Some(Heard::Told(id, name.to_owned(), data.to_owned())),
        _ if block.starts_with(':') => Some(Heard::Beat(id)),
        // How long a browser waits; it may stand before the first message.
        _ => None,
    }
}
