//! Taking connections, no more than we can hold, and letting them go.

use std::collections::HashMap;
use std::convert::Infallible;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use app::http::client::{Cidr, Network};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

use super::framing::Framed;
use super::gate::Gate;
use super::steady::Steady;

/// What connections are held to.
#[derive(Debug, Clone)]
pub struct NetLimits {
    /// At once.
    pub connections: usize,
    /// At once from one network.
    pub per_network: usize,
    /// Proxies of ours, which many people stand behind.
    pub trusted: Vec<Cidr>,
    /// For the head of a request and for the pause before the next.
    pub header_time: Duration,
    /// Bytes of a head.
    pub header_bytes: usize,
    /// How long a client may take nothing of an answer.
    pub write_idle: Duration,
    /// How long running requests get when the server stops.
    pub stop: Duration,
}

/// Polite refusals at once; beyond them a connection is just closed.
const TURNED_AWAY_AT_ONCE: usize = 128;

/// How the server ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Every running request was answered.
    Clean,
    /// Some were still running when the time was over.
    Late,
}

/// Serves `gate` on `listener` until `stop` is ready, then lets running requests end.
pub async fn serve(
    listener: TcpListener,
    gate: Arc<Gate>,
    limits: NetLimits,
    stop: impl Future<Output = ()>,
) -> Ended {
    let graceful = GracefulShutdown::new();
    let room = Arc::new(Semaphore::new(limits.connections));
    let doormen = Arc::new(Semaphore::new(TURNED_AWAY_AT_ONCE));
    let crowd = Crowd::default();
    let mut stop = std::pin::pin!(stop);
    loop {
        let (stream, peer) = tokio::select! {
            biased;
            () = &mut stop => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => (stream, peer.ip()),
                Err(error) => {
                    // Out of file descriptors or a connection gone before it was taken; the next
                    // may work. Without the pause the first of these would burn a core.
                    tracing::warn!(target: "huiyin::net", kind = %error.kind(), "no connection taken");
                    sleep(Duration::from_millis(20)).await;
                    continue;
                }
            },
        };
        let is_proxy = limits.trusted.iter().any(|block| block.contains(peer));
        let place = if is_proxy {
            Some(None)
        } else {
            crowd.enter(Network::of(peer), limits.per_network).map(Some)
        };
        let (Ok(seat), Some(place)) = (Arc::clone(&room).try_acquire_owned(), place) else {
            if let Ok(doorman) = Arc::clone(&doormen).try_acquire_owned() {
                tokio::spawn(async move {
                    turn_away(stream).await;
                    drop(doorman);
                });
            }
            continue;
        };
        let _ = stream.set_nodelay(true);
        let gate = Arc::clone(&gate);
        let service = service_fn(move |request: hyper::Request<Incoming>| {
            let gate = Arc::clone(&gate);
            async move { Ok::<_, Infallible>(gate.answer(peer, request).await) }
        });
        let io = TokioIo::new(Framed::new(Steady::new(stream, limits.write_idle)));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(limits.header_time)
            .max_header_size(limits.header_bytes)
            .max_buf_size(limits.header_bytes.max(64 * 1024))
            .serve_connection(io, service);
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            // Resets, time-outs and broken heads are the weather of the network: hyper has
            // answered what could be answered.
            if let Err(error) = connection.await {
                tracing::debug!(target: "huiyin::net", %error, "a connection ended early");
            }
            drop((seat, place));
        });
    }
    drop(listener);
    match timeout(limits.stop, graceful.shutdown()).await {
        Ok(()) => Ended::Clean,
        Err(_) => Ended::Late,
    }
}

const FULL: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nConnection: close\r\n\
    Cache-Control: no-store\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 54\r\n\r\n\
    \xe7\xb3\xbb\xe7\xbb\x9f\xe5\xa4\xaa\xe5\xbf\x99\xef\xbc\x8c\xe8\xaf\xb7\xe7\xa8\x8d\xe5\x90\x8e\
    \xe5\x86\x8d\xe8\xaf\x95\xe3\x80\x82Too busy, try again.\n";

/// Says 503 and waits a moment for the client to read it: closing with its request unread would
/// reset the connection and throw the answer away.
async fn turn_away(mut stream: TcpStream) {
    let polite = async {
        stream.write_all(FULL).await?;
        stream.shutdown().await?;
        let mut sink = [0; 1_024];
        let mut left = 64;
        while left > 0 && stream.read(&mut sink).await? > 0 {
            left -= 1;
        }
        std::io::Result::Ok(())
    };
    let _ = timeout(Duration::from_secs(1), polite).await;
}

/// Connections by network.
#[derive(Clone, Default)]
struct Crowd(Arc<Mutex<HashMap<Network, usize>>>);

/// One connection in the crowd; leaving is dropping it.
struct Place {
    crowd: Crowd,
    network: Network,
}

impl Crowd {
    fn enter(&self, network: Network, most: usize) -> Option<Place> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(network).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
        drop(counts);
        Some(Place {
            crowd: self.clone(),
            network,
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut counts = self.crowd.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.network) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.network);
            }
        }
    }
}

/// Ready when the process is told to stop (SIGTERM, or Ctrl-C).
///
/// # Errors
/// If the signals cannot be listened to.
pub fn told_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_refusal_is_as_long_as_it_says() {
        let text = std::str::from_utf8(FULL).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        assert!(
            head.contains(&format!("Content-Length: {}\r\n", body.len()))
                || head.ends_with(&format!("Content-Length: {}", body.len()))
        );
        assert!(body.starts_with("系统太忙"));
    }

    #[test]
    fn a_crowd_counts_who_is_there() {
        let crowd = Crowd::default();
        let network = Network::of([198, 51, 100, 1].into());
        let first = crowd.enter(network, 2);
        let second = crowd.enter(network, 2);
        assert!(first.is_some() && second.is_some() && crowd.enter(network, 2).is_none());
        drop(first);
        assert!(crowd.enter(network, 2).is_some());
        drop(second);
        assert!(crowd.0.lock().unwrap().is_empty());
    }
}
