//! A body that must keep coming.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep_until};

/// Why a body ended early. Handlers see it as a form that broke off.
#[derive(Debug, thiserror::Error)]
pub enum PaceError {
    /// Nothing came for too long.
    #[error("the body paused too long")]
    Idle,
    /// The client or the network ended it.
    #[error("the body broke off")]
    Broken,
}

/// How many bytes of a body have come; the gate gives more time while they do.
#[derive(Debug, Clone, Default)]
pub struct Received(Arc<AtomicU64>);

impl Received {
    /// Bytes so far.
    pub fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Wraps a body; it fails when nothing came for `idle`.
pub struct Paced<B> {
    inner: B,
    idle: Duration,
    received: Received,
    waiting: Option<Pin<Box<Sleep>>>,
}

impl<B> Paced<B> {
    /// `inner`, given up after `idle` without a byte.
    pub fn new(inner: B, idle: Duration) -> Self {
        Self {
            inner,
            idle,
            received: Received::default(),
            waiting: None,
        }
    }

    /// The counter, to look at while the body is read elsewhere.
    pub fn received(&self) -> Received {
        self.received.clone()
    }
}

impl<B: Body<Data = Bytes> + Unpin> Body for Paced<B> {
    type Data = Bytes;
    type Error = PaceError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, PaceError>>> {
        match Pin::new(&mut self.inner).poll_frame(cx) {
            Poll::Ready(frame) => {
                self.waiting = None;
                if let Some(Ok(frame)) = &frame {
                    let length = frame.data_ref().map_or(0, Bytes::len) as u64;
                    self.received.0.fetch_add(length, Ordering::Relaxed);
                }
                Poll::Ready(frame.map(|frame| frame.map_err(|_| PaceError::Broken)))
            }
            Poll::Pending => {
                let until = Instant::now() + self.idle;
                let waiting = self
                    .waiting
                    .get_or_insert_with(|| Box::pin(sleep_until(until)));
                waiting
                    .as_mut()
                    .poll(cx)
                    .map(|()| Some(Err(PaceError::Idle)))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

/// How long a request may take, given how much of its body has come: Apache's `mod_reqtimeout`
/// with `MinRate`. A body that keeps the rate gets more time, up to the most; one that drips ends
/// when the first time is over.
#[derive(Debug, Clone, Copy)]
pub struct Allowance {
    /// Without any byte.
    pub first: Duration,
    /// Whatever comes.
    pub most: Duration,
    /// Bytes that buy a second.
    pub rate: u64,
}

impl Allowance {
    /// The time allowed once `bytes` have come.
    pub fn after(&self, bytes: u64) -> Duration {
        (self.first + Duration::from_secs(bytes / self.rate.max(1))).min(self.most.max(self.first))
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::{BodyExt as _, StreamBody};

    use super::*;

    fn dripping(pause: Duration, count: usize) -> impl Body<Data = Bytes> + Unpin {
        let stream = futures::stream::unfold(0, move |n| async move {
            if n == count {
                return None;
            }
            tokio::time::sleep(pause).await;
            Some((
                Ok::<_, std::io::Error>(Frame::data(Bytes::from_static(b"x"))),
                n + 1,
            ))
        });
        StreamBody::new(Box::pin(stream))
    }

    #[tokio::test]
    async fn a_body_may_be_slow_but_not_pause() {
        let pause = Duration::from_millis(20);
        let slow = Paced::new(dripping(pause, 5), pause * 50);
        let received = slow.received();
        assert_eq!(slow.collect().await.unwrap().to_bytes(), "xxxxx");
        assert_eq!(received.bytes(), 5);
        let stuck = Paced::new(dripping(pause * 50, 5), pause);
        assert!(matches!(stuck.collect().await, Err(PaceError::Idle)));
    }

    #[test]
    fn bytes_buy_time_up_to_the_most() {
        let allowance = Allowance {
            first: Duration::from_mins(1),
            most: Duration::from_mins(10),
            rate: 8_192,
        };
        for (bytes, seconds) in [(0, 60), (8_191, 60), (81_920, 70), (u64::MAX, 600)] {
            assert_eq!(allowance.after(bytes).as_secs(), seconds, "{bytes}");
        }
    }
}
