//! `huiyin healthcheck`: for containers and supervisors that have no HTTP client of their own.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use anyhow::{Context as _, bail};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::settings::Settings;

/// Time for the whole question.
const PATIENCE: Duration = Duration::from_secs(5);

/// Asks `/readyz` of the server at the set address.
///
/// # Errors
/// If it does not answer 200 within five seconds.
pub async fn run(settings: &Settings) -> anyhow::Result<()> {
    let addr = reachable(settings.addr);
    let asked = timeout(PATIENCE, ask(addr)).await;
    let status = asked
        .context("no answer in five seconds")?
        .context("no answer")?;
    if status.starts_with("HTTP/1.1 200 ") {
        return Ok(());
    }
    bail!(
        "not ready: {}",
        status.lines().next().unwrap_or("no answer")
    )
}

/// "All addresses" is nothing one can connect to.
fn reachable(addr: SocketAddr) -> SocketAddr {
    let ip = match addr.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, addr.port())
}

async fn ask(addr: SocketAddr) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(addr).await?;
    let question = format!("GET /readyz HTTP/1.1\r\nHost: {addr}\r\nConnection: close\r\n\r\n");
    stream.write_all(question.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.take(10_000).read_to_end(&mut answer).await?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}
