//! Where one request ends and the next begins, read more strictly than RFC 9112 asks.
//!
//! Request smuggling lives from two readers who see different ends. hyper is forgiving where the
//! RFC lets it be (a bare LF, both lengths, the same length twice); we are not. The guard follows
//! the bytes beside hyper and spoils the first that could be read in two ways: hyper then answers
//! 400, and the connection ends.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// Enough of a line to know the two headers that frame a body.
const LINE_KEPT: usize = 64;

/// Longest line of a chunk's size with its extension.
const CHUNK_LINE_MAX: usize = 256;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    /// Before a request line; empty lines may stand here.
    Start,
    /// The request line or a header.
    Head { is_first: bool },
    /// So many bytes of a body are to come.
    Body(u64),
    /// The line with the size of a chunk.
    ChunkSize,
    /// So many bytes of a chunk, then its CRLF.
    Chunk(u64),
    /// The empty rest of the line after a chunk.
    ChunkEnd,
    /// Trailers.
    Trailer,
}

/// Follows the requests of one connection.
#[derive(Debug)]
pub struct Framing {
    at: At,
    after_cr: bool,
    /// Bytes of the line, and the first of them.
    length: usize,
    line: Vec<u8>,
    content_length: Option<u64>,
    is_chunked: bool,
}

impl Default for Framing {
    fn default() -> Self {
        Self {
            at: At::Start,
            after_cr: false,
            length: 0,
            line: Vec::with_capacity(LINE_KEPT),
            content_length: None,
            is_chunked: false,
        }
    }
}

impl Framing {
    /// Follows `bytes`.
    ///
    /// # Errors
    /// The place of the first byte that could be read in two ways.
    pub fn read(&mut self, bytes: &[u8]) -> Result<(), usize> {
        let mut next = 0;
        while let Some(&byte) = bytes.get(next) {
            if let At::Body(left) | At::Chunk(left) = &mut self.at {
                let here = usize::try_from(*left)
                    .unwrap_or(usize::MAX)
                    .min(bytes.len() - next);
                *left -= here as u64;
                next += here;
                if *left == 0 {
                    self.at = if matches!(self.at, At::Body(_)) {
                        At::Start
                    } else {
                        At::ChunkEnd
                    };
                }
                continue;
            }
            if self.byte(byte).is_none() {
                return Err(next);
            }
            next += 1;
        }
        Ok(())
    }

    /// One byte of a line. `None`: it is not sound.
    fn byte(&mut self, byte: u8) -> Option<()> {
        match (self.after_cr, byte) {
            (true, b'\n') => {
                self.after_cr = false;
                let done = self.line_ended();
                self.line.clear();
                self.length = 0;
                done
            }
            // A CR alone, or an LF alone.
            (true, _) | (false, b'\n') => None,
            (false, b'\r') => {
                self.after_cr = true;
                Some(())
            }
            (false, byte) => {
                self.length += 1;
                if self.line.len() < LINE_KEPT {
                    self.line.push(byte);
                }
                match self.at {
                    At::Start => self.at = At::Head { is_first: true },
                    At::ChunkEnd => return None,
                    At::ChunkSize if self.length > CHUNK_LINE_MAX => return None,
                    _ => {}
                }
                Some(())
            }
        }
    }

    fn line_ended(&mut self) -> Option<()> {
        let is_empty = self.length == 0;
        self.at = match self.at {
            // RFC 9112, 2.2: empty lines before a request are passed over.
            At::Start => At::Start,
            At::Head { is_first: true } => At::Head { is_first: false },
            At::Head { is_first: false } if is_empty => self.head_ended()?,
            At::Head { .. } => {
                self.header()?;
                self.at
            }
            At::ChunkSize => match self.chunk_size()? {
                0 => At::Trailer,
                size => At::Chunk(size),
            },
            At::ChunkEnd => At::ChunkSize,
            At::Trailer if is_empty => At::Start,
            At::Trailer => At::Trailer,
            // A body has no lines.
            at @ (At::Body(_) | At::Chunk(_)) => at,
        };
        Some(())
    }

    fn header(&mut self) -> Option<()> {
        // A line that goes on from the one before ("obs-fold") is read differently everywhere.
        if matches!(self.line.first(), Some(b' ' | b'\t')) {
            return None;
        }
        let colon = self.line.iter().position(|byte| *byte == b':')?;
        let (name, value) = (&self.line[..colon], self.line[colon + 1..].trim_ascii());
        if name.eq_ignore_ascii_case(b"content-length") {
            let is_number = (1..=18).contains(&value.len()) && value.iter().all(u8::is_ascii_digit);
            let text = std::str::from_utf8(value).ok().filter(|_| is_number)?;
            if self.content_length.replace(text.parse().ok()?).is_some() {
                return None;
            }
        } else if name.eq_ignore_ascii_case(b"transfer-encoding") {
            if self.is_chunked || !value.eq_ignore_ascii_case(b"chunked") {
                return None;
            }
            self.is_chunked = true;
        }
        Some(())
    }

    fn head_ended(&mut self) -> Option<At> {
        let length = self.content_length.take();
        let is_chunked = std::mem::take(&mut self.is_chunked);
        match (length, is_chunked) {
            (Some(_), true) => None,
            (None, true) => Some(At::ChunkSize),
            (Some(length), false) if length > 0 => Some(At::Body(length)),
            _ => Some(At::Start),
        }
    }

    fn chunk_size(&self) -> Option<u64> {
        let digits = self
            .line
            .iter()
            .take_while(|byte| byte.is_ascii_hexdigit())
            .count();
        let is_sound =
            (1..=15).contains(&digits) && matches!(self.line.get(digits), None | Some(b';'));
        let text = std::str::from_utf8(&self.line[..digits])
            .ok()
            .filter(|_| is_sound)?;
        u64::from_str_radix(text, 16).ok()
    }
}

/// A stream whose requests are followed as they are read.
#[derive(Debug)]
pub struct Framed<T> {
    inner: T,
    framing: Framing,
    is_spoiled: bool,
}

impl<T> Framed<T> {
    /// Follows `inner` from its first byte.
    pub fn new(inner: T) -> Self {
        Self {
            inner,
            framing: Framing::default(),
            is_spoiled: false,
        }
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for Framed<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.is_spoiled {
            return Poll::Ready(Ok(()));
        }
        let before = buf.filled().len();
        ready!(Pin::new(&mut self.inner).poll_read(cx, buf))?;
        if let Err(at) = self.framing.read(&buf.filled()[before..]) {
            // NUL stands in no head and in no chunk line: whoever reads on fails here.
            buf.filled_mut()[before + at] = 0;
            buf.set_filled(before + at + 1);
            self.is_spoiled = true;
        }
        Poll::Ready(Ok(()))
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Framed<T> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write_vectored(cx, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The place of the first bad byte, whole and byte by byte.
    fn read(text: &str) -> Result<(), usize> {
        let whole = Framing::default().read(text.as_bytes());
        let mut slowly = Framing::default();
        let mut found = Ok(());
        for (at, byte) in text.bytes().enumerate() {
            if slowly.read(&[byte]).is_err() {
                found = Err(at);
                break;
            }
        }
        assert_eq!(whole, found, "{text:?}");
        whole
    }

    #[test]
    fn sound_requests_pass_one_after_the_other() {
        let get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
        let post = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 7\r\n\r\na\nb\rc\r\n";
        let chunked = "POST / HTTP/1.1\r\nTransfer-Encoding: Chunked\r\n\r\n\
                       5;name=value\r\na\nb\rc\r\n1\r\n\n\r\n0\r\nTrailer: x\r\n\r\n";
        let empty = "POST / HTTP/1.1\r\ncontent-length:0\r\n\r\n";
        assert_eq!(
            read(&format!(
                "\r\n{get}{post}{chunked}\r\n{empty}{get}{chunked}{post}{get}"
            )),
            Ok(())
        );
    }

    #[test]
    fn what_could_be_read_in_two_ways_is_spoiled() {
        for text in [
            "GET / HTTP/1.1\nHost: x\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\n\n",
            "GET / HTTP/1.1\r\nHost: x\rX: y\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\n y\r\n\r\n",
            "GET / HTTP/1.1\r\nno colon\r\n\r\n",
            "P / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
            "P / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n",
            "P / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n",
            "P / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
            "P / HTTP/1.1\r\nContent-Length: 5, 5\r\n\r\n",
            "P / HTTP/1.1\r\nContent-Length: +5\r\n\r\n",
            "P / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
            "P / HTTP/1.1\r\nContent-Length: 0x5\r\n\r\n",
            "P / HTTP/1.1\r\nContent-Length:\r\n\r\n",
            "P / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
            "P / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
            "P / HTTP/1.1\r\nTransfer-Encoding: identity\r\n\r\n",
            "P / HTTP/1.1\r\nTransfer-Encoding: xchunked\r\n\r\n",
            "P / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
            "P / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\nhello\r\n0\r\n\r\n",
            "P / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5 \r\nhello\r\n0\r\n\r\n",
            "P / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhelloX\r\n0\r\n\r\n",
            "P / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5;a\nb\r\nhello\r\n0\r\n\r\n",
            "P / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n",
            "P / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n",
            "P / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n\r\n",
        ] {
            assert!(read(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn the_spoiled_byte_is_the_last_that_is_read() {
        let text = "P / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nGET /";
        assert_eq!(read(text), Err(text.len() - "GET /".len() - 1));
        let text = "GET / HTTP/1.1\nHost: x";
        assert_eq!(read(text), Err("GET / HTTP/1.1".len()));
    }

    #[test]
    fn a_long_head_costs_no_memory() {
        let mut framing = Framing::default();
        framing.read(b"GET /").unwrap();
        for _ in 0..1_000 {
            framing.read(&[b'a'; 1_000]).unwrap();
        }
        assert!(framing.line.capacity() <= LINE_KEPT);
    }
}
