//! The control socket: what an operator asks of a running server from the command line.
//!
//! Only one process writes to a data folder. A command that must write asks the server that runs
//! there, through a socket in the folder, or opens the store itself where none runs. A request is a
//! line of words with tabs between them, and so is its answer.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use casework::{Desk, act, city_files, look, people, routing, sweep};
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

/// Asks each request of the server of the data folder, or does it here where none runs. Whatever is
/// wrong with one, the others are done all the same; each answer is handed to `told`.
///
/// # Errors
/// If the server ends meanwhile, or the store cannot be opened.
pub async fn ask(
    settings: &Settings,
    requests: &[Vec<String>],
    mut told: impl FnMut(&[String], &str),
) -> anyhow::Result<()> {
    // A word with a tab or a line break would be several.
    let plain = |word: &String| word.replace(['\t', '\n', '\r'], " ");
    if let Ok(stream) = UnixStream::connect(socket(&settings.data_dir)).await {
        let (read, mut write) = stream.into_split();
        let mut answers = BufReader::new(read).lines();
        for request in requests {
            let words: Vec<String> = request.iter().map(plain).collect();
            let line = format!("{}\n", words.join("\t"));
            write.write_all(line.as_bytes()).await?;
            let answer = answers.next_line().await?.context("the server ended")?;
            told(request, &answer);
        }
        return Ok(());
    }
    let demo = crate::commands::demo::is_marked(&settings.data_dir);
    let desk = settings.open_desk(Role::Serve, demo).await?;
    for request in requests {
        let words: Vec<&str> = request.iter().map(String::as_str).collect();
        told(request, &carry_out(&desk, &words).await);
    }
    desk.store.stop().await?;
    Ok(())
}

async fn carry_out(desk: &Desk, words: &[&str]) -> String {
    match words {
        ["release", by, number] => release(desk, by, number).await,
        ["user", login, name, role] => user(desk, login, name, role).await,
        ["who-saw", number] => who_saw(desk, number).await,
        ["route", days, city] => route(desk, days, city).await,
        ["jobs"] => put_aside(desk, false).await,
        ["jobs-again"] => put_aside(desk, true).await,
        ["reset", login] => first_password(people::reset_at_server(desk, login).await),
        _ => "not understood".to_owned(),
    }
}

/// What was put aside, with tabs between; a recipient is a case and a party or an office, never a
/// person's address.
async fn put_aside(desk: &Desk, again: bool) -> String {
    match sweep::put_aside(desk, again).await {
        Ok(jobs) => jobs.iter().fold("put aside".to_owned(), |mut line, job| {
            let why = job.why.replace(['\t', '\n'], " ");
            // Writing to a String cannot fail.
            let _ = write!(
                line,
                "\t{} {} ({} tries): {why}",
                job.kind, job.recipient, job.attempts
            );
            line
        }),
        Err(error) => error.to_string(),
    }
}

/// A duty register tried on the cases of the last days, with tabs between the lines; that of a folder
/// where one is named.
async fn route(desk: &Desk, days: &str, folder: &str) -> String {
    let Ok(days) = days.parse::<u32>() else {
        return "not a number of days".to_owned();
    };
    let other = match folder {
        "" => None,
        folder => match city_files::load_city(Path::new(folder)) {
            Ok(city) => Some(city),
            Err(error) => return error.to_string().replace(['\t', '\n'], " "),
        },
    };
    let city = other.as_ref().unwrap_or(&desk.city);
    let routed = match routing::simulate(desk, city, days).await {
        Ok(routed) => routed,
        Err(error) => return error.to_string(),
    };
    let nobody: u64 = routed.iter().map(|of| of.nobody).sum();
    let cases: u64 = routed.iter().map(|of| of.cases).sum();
    let mut answer = format!("routed\t{cases} cases of {days} days\tnobody {nobody}");
    for of in &routed {
        let leads: Vec<String> = of
            .leads
            .iter()
            .map(|(unit, cases)| format!("{unit} {cases}"))
            .collect();
        // Writing to a String cannot fail.
        let _ = write!(
            answer,
            "\t{}: {} cases → {}; called {}, as the register says {}",
            of.category,
            of.cases,
            leads.join(", "),
            of.called,
            of.as_called
        );
        if of.nobody > 0 {
            let _ = write!(answer, "; NOBODY LEADS {}", of.nobody);
        }
        for (unit, cases, example) in &of.otherwise {
            let _ = write!(answer, "\t    {cases} led by {unit}, such as {example}");
        }
    }
    answer
}

/// Who looked at a case and to whom it was handed on, with tabs between the lines and dots within.
async fn who_saw(desk: &Desk, number: &str) -> String {
    let Ok(number) = number.parse::<CaseNumber>() else {
        return "not a case number".to_owned();
    };
    let lookers = match look::who_saw(desk, number).await {
        Ok(lookers) => lookers,
        Err(error) => return error.to_string(),
    };
    lookers.iter().fold("looks".to_owned(), |mut line, look| {
        let civil = desk.city.time.civil(look.at);
        let (hour, minute) = (civil.minute / 60, civil.minute % 60);
        let person = match &look.person {
            Some((login, name)) => format!("{name} ({login})"),
            None if look.firm => "a firm by its link".to_owned(),
            None => "the machine".to_owned(),
        };
        let office = &look.office;
        let what = match &look.to {
            Some(to) => format!("{} to {to}", look.what),
            None => look.what.replace('_', " "),
        };
        let reason = look.reason.replace(['\t', '\n', '\r'], " ");
        // Writing to a String cannot fail.
        let _ = write!(
            line,
            "\t{} {hour:02}:{minute:02} · {person} · {office} · {what} · {reason}",
            civil.date
        );
        line
    })
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

/// One of the three who look after others, with a first password.
async fn user(desk: &Desk, login: &str, name: &str, role: &str) -> String {
    let Ok(role) = role.parse() else {
        return "not a role".to_owned();
    };
    first_password(people::admin(desk, login, name, role).await)
}

fn first_password(made: people::Step<String>) -> String {
    match made {
        Ok(Ok(password)) => format!("password\t{password}"),
        Ok(Err(fault)) => format!("not done: {fault:?}"),
        Err(error) => error.to_string(),
    }
}

/// Listens on the control socket until the store stops. Only who may read the data folder may
/// connect: the socket is made for the folder's owner alone.
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
                        tokio::spawn(answer(desk.fresh(), stream));
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
        let words: Vec<&str> = line.split('\t').collect();
        let said = carry_out(&desk, &words).await;
        let sent = write.write_all(format!("{said}\n").as_bytes()).await;
        if sent.is_err() {
            return;
        }
    }
}
