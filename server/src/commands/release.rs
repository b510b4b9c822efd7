//! `huiyin release`: a named person lets the words, place and photos of cases be seen, until the
//! desk has a screen for it.
//!
//! Beside a running server it asks that server through the control socket of the data folder, for
//! only one process writes; without one it opens the store itself.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use casework::{Desk, act, people};
use domain::decide::Act;
use domain::reference::CaseNumber;
use store::Role;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{UnixListener, UnixStream};

use crate::settings::Settings;

/// Longest request on the socket.
const LONGEST: u64 = 4 * 1024;

fn socket(folder: &Path) -> PathBuf {
    folder.join("control.sock")
}

/// Releases the cases of these numbers as the person named `by`.
///
/// # Errors
/// If a number is not one, or a case cannot be released; the others are done all the same.
pub async fn run(settings: &Settings, by: &str, numbers: &[String]) -> anyhow::Result<()> {
    let mut failed = 0;
    match UnixStream::connect(socket(&settings.data_dir)).await {
        Ok(stream) => {
            let (read, mut write) = stream.into_split();
            let mut answers = BufReader::new(read).lines();
            for number in numbers {
                write
                    .write_all(format!("release\t{by}\t{number}\n").as_bytes())
                    .await?;
                let answer = answers.next_line().await?.context("the server ended")?;
                failed += usize::from(answer != "released");
                println!("{number}: {answer}");
            }
        }
        Err(_) => {
            let demo = super::demo::is_marked(&settings.data_dir);
            let desk = settings.open_desk(Role::Serve, demo).await?;
            for number in numbers {
                let answer = release(&desk, by, number).await;
                failed += usize::from(answer != "released");
                println!("{number}: {answer}");
            }
            desk.store.stop().await?;
        }
    }
    if failed > 0 {
        bail!("{failed} of {} were not released", numbers.len());
    }
    Ok(())
}

async fn release(desk: &Desk, by: &str, number: &str) -> String {
    let Ok(number) = number.parse::<CaseNumber>() else {
        return "not a case number".to_owned();
    };
    let done = async {
        let viewer = people::editor(desk, by).await?;
        act::act(desk, &viewer, number, None, Act::Publish).await
    };
    match done.await {
        Ok(_) => "released".to_owned(),
        Err(error) => error.to_string(),
    }
}

/// Listens on the control socket until the store stops. Only who may read the data folder may
/// connect: the socket is made with the folder's owner alone.
///
/// # Errors
/// If the socket cannot be made.
pub fn listen(desk: &Desk) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;

    let path = socket(desk.store.data_dir());
    // The store's lock is ours, so a socket that is there was left behind.
    if path.exists() {
        std::fs::remove_file(&path).with_context(|| format!("removing {}", path.display()))?;
    }
    let listener =
        UnixListener::bind(&path).with_context(|| format!("listening on {}", path.display()))?;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))?;
    let desk = desk.clone();
    let mut stopping = desk.store.watch_stop();
    tokio::spawn(async move {
        loop {
            let stopped = async { stopping.wait_for(|stopping| *stopping).await.is_ok() };
            tokio::select! {
                accepted = listener.accept() => {
                    if let Ok((stream, _)) = accepted {
                        tokio::spawn(answer(desk.clone(), stream));
                    }
                }
                _ = stopped => break,
            }
        }
        let _ = std::fs::remove_file(path);
    });
    Ok(())
}

async fn answer(desk: Desk, stream: UnixStream) {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read.take(LONGEST * 256)).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        let mut words = line.split('\t');
        let said = match (words.next(), words.next(), words.next()) {
            (Some("release"), Some(by), Some(number)) => release(&desk, by, number).await,
            _ => "not understood".to_owned(),
        };
        if write
            .write_all(format!("{said}\n").as_bytes())
            .await
            .is_err()
        {
            return;
        }
    }
}
