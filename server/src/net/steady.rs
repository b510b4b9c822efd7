//! A connection that gives up on a client who takes nothing of its answer.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep};

/// Wraps a stream; reading is passed through, writing fails when nothing could be written for a
/// while ("slow read").
#[derive(Debug)]
pub struct Steady<T> {
    inner: T,
    idle: Duration,
    /// Runs from the first write that had to wait; gone after the next that succeeds.
    waiting: Option<Pin<Box<Sleep>>>,
}

impl<T> Steady<T> {
    /// `inner`, given up after `idle` without any progress of a write.
    pub fn new(inner: T, idle: Duration) -> Self {
        Self {
            inner,
            idle,
            waiting: None,
        }
    }

    fn guard<R>(
        &mut self,
        cx: &mut Context<'_>,
        written: Poll<io::Result<R>>,
    ) -> Poll<io::Result<R>> {
        if written.is_ready() {
            self.waiting = None;
            return written;
        }
        let idle = self.idle;
        let waiting = self.waiting.get_or_insert_with(|| Box::pin(sleep(idle)));
        ready!(waiting.as_mut().poll(cx));
        waiting.as_mut().reset(Instant::now() + idle);
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for Steady<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_read(cx, buf)
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Steady<T> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.inner).poll_write(cx, bytes);
        self.guard(cx, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.inner).poll_write_vectored(cx, slices);
        self.guard(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.inner).poll_flush(cx);
        self.guard(cx, flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let closed = Pin::new(&mut self.inner).poll_shutdown(cx);
        self.guard(cx, closed)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, duplex};

    use super::*;

    /// Real time, scaled down: one second of the settings is forty milliseconds here. Less, and a
    /// busy machine is taken for a slow client.
    fn seconds(n: u64) -> Duration {
        Duration::from_millis(40 * n)
    }

    #[tokio::test]
    async fn who_takes_slowly_is_served() {
        let (ours, mut theirs) = duplex(8);
        let mut ours = Steady::new(ours, seconds(30));
        let slow = tokio::spawn(async move {
            let mut taken = 0;
            while taken < 64 {
                tokio::time::sleep(seconds(10)).await;
                let mut bytes = [0; 8];
                taken += theirs.read(&mut bytes).await.unwrap();
            }
            taken
        });
        ours.write_all(&[1; 64]).await.unwrap();
        assert_eq!(slow.await.unwrap(), 64);
    }

    #[tokio::test]
    async fn who_takes_nothing_is_given_up() {
        let (ours, _theirs) = duplex(8);
        let mut ours = Steady::new(ours, seconds(30));
        let began = Instant::now();
        let given_up = tokio::time::timeout(seconds(500), ours.write_all(&[1; 64])).await;
        let error = given_up.expect("given up in time").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        assert!(began.elapsed() >= seconds(30));
    }
}
