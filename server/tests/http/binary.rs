//! The program itself: settings, signals, exit codes.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// The program in a folder, with these words and an empty environment.
pub fn huiyin(folder: &std::path::Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_huiyin"));
    command.current_dir(folder).env_clear().args(arguments);
    command
}

/// Runs it to its end: exit code, what it printed, what it complained of.
pub fn run(command: &mut Command) -> (i32, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code().unwrap_or(-1), text(stdout), text(stderr))
}

fn serve(folder: &std::path::Path) -> (Child, String) {
    start(folder, "serve")
}

/// Starts `command` on a free port and gives the address it says.
pub fn start(folder: &std::path::Path, command: &str) -> (Child, String) {
    start_with(folder, command, &[])
}

/// As [`start`], with further arguments.
pub fn start_with(folder: &std::path::Path, command: &str, more: &[&str]) -> (Child, String) {
    let arguments = [&[command, "--addr", "127.0.0.1:0"], more].concat();
    let mut child = huiyin(folder, &arguments)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let line = lines.find(|line| line.as_ref().is_ok_and(|line| line.contains("serving")));
    let line: serde_json::Value = serde_json::from_str(&line.unwrap().unwrap()).unwrap();
    std::thread::spawn(move || lines.count());
    (child, line["address"].as_str().unwrap().to_owned())
}

#[test]
fn it_serves_tells_its_health_and_stops_when_told() {
    let folder = tempfile::tempdir().unwrap();
    let (mut child, addr) = serve(folder.path());
    let (code, _, errors) = run(&mut huiyin(
        folder.path(),
        &["healthcheck", "--addr", &addr],
    ));
    assert_eq!(code, 0, "{errors}");
    let began = Instant::now();
    let told = Command::new("kill")
        .args(["-TERM", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(told.success());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(began.elapsed() < Duration::from_secs(20));
    let (code, _, _) = run(&mut huiyin(
        folder.path(),
        &["healthcheck", "--addr", &addr],
    ));
    assert_eq!(code, 1, "nobody is there any more");
}

#[test]
fn what_is_asked_wrongly_ends_with_two() {
    let folder = tempfile::tempdir().unwrap();
    let rows: &[(&[&str], &[(&str, &str)], &str)] = &[
        (&["dance"], &[], "dance"),
        (&["routes", "--loud"], &[], "--loud"),
        (
            &["routes"],
            &[("HUIYIN_ADRESS", "x")],
            "no setting \"HUIYIN_ADRESS\"",
        ),
        (
            &["routes", "--set", "nothing=1"],
            &[],
            "no setting \"nothing\"",
        ),
        (&["routes", "--set", "photos"], &[], "write name=value"),
        (&["routes", "--addr", "here"], &[], "an address and a port"),
        (&["routes", "--config", "absent.toml"], &[], "absent.toml"),
        (&["routes"], &[("HUIYIN_LOG", "huiyin=loud")], "log:"),
    ];
    for (arguments, environment, said) in rows {
        let mut command = huiyin(folder.path(), arguments);
        command.envs(environment.iter().copied());
        let (code, _, errors) = run(&mut command);
        assert_eq!(code, 2, "{arguments:?} {environment:?}: {errors}");
        assert!(errors.contains(said), "{errors:?} should say {said:?}");
    }
}

#[test]
fn a_file_in_the_folder_is_read_and_flags_win() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("huiyin.toml"), "photos = \"many\"\n").unwrap();
    let (code, _, errors) = run(&mut huiyin(folder.path(), &["routes"]));
    assert_eq!(code, 2);
    assert!(
        errors.contains("huiyin.toml: photos: write a whole number"),
        "{errors}"
    );
}

#[test]
fn routes_are_printed_with_their_permission() {
    let folder = tempfile::tempdir().unwrap();
    let (code, out, _) = run(&mut huiyin(folder.path(), &["routes", "--json"]));
    assert_eq!(code, 0);
    let lines: Vec<serde_json::Value> = serde_json::from_str(&out).unwrap();
    let health = lines
        .iter()
        .find(|line| line["path"] == "/healthz")
        .unwrap();
    assert_eq!(
        (&health["method"], &health["permission"]),
        (&"GET".into(), &"machine".into())
    );
    assert_eq!(
        std::fs::read_dir(folder.path()).unwrap().count(),
        0,
        "printing leaves nothing behind"
    );
    let (_, text, _) = run(&mut huiyin(folder.path(), &["routes"]));
    assert_eq!(text.lines().count(), lines.len());
}

#[test]
fn a_database_is_migrated_once_and_refused_while_it_serves() {
    let folder = tempfile::tempdir().unwrap();
    let (code, out, errors) = run(&mut huiyin(folder.path(), &["migrate"]));
    assert_eq!(code, 0, "{errors}");
    assert!(out.starts_with("Applied "), "{out}");
    let (_, out, _) = run(&mut huiyin(folder.path(), &["migrate"]));
    assert_eq!(out, "The schema is up to date.\n");
    let (mut child, _) = serve(folder.path());
    let (code, _, errors) = run(&mut huiyin(
        folder.path(),
        &["serve", "--addr", "127.0.0.1:0"],
    ));
    assert_eq!(code, 1, "a second server on one store");
    assert!(errors.contains("opening the store"), "{errors}");
    child.kill().unwrap();
    child.wait().unwrap();
    let (mut child, _) = serve(folder.path());
    child.kill().unwrap();
    child.wait().unwrap();
}

/// The head of the answer to `GET path`.
fn head(addr: &str, path: &str) -> String {
    use std::io::{Read as _, Write as _};
    let mut stream = std::net::TcpStream::connect(addr).unwrap();
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.split("\r\n\r\n").next().unwrap().to_owned()
}

#[test]
fn a_demonstration_says_so_and_takes_no_real_citys_folder() {
    let folder = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        let (mut child, addr) = start(folder.path(), "demo");
        let answer = head(&addr, "/robots.txt");
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(answer.contains("x-robots-tag: noindex"), "{answer}");
    }
    assert!(folder.path().join("data/demo/huiyin.sqlite").exists());

    let (mut child, addr) = serve(folder.path());
    let answer = head(&addr, "/robots.txt");
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!answer.contains("x-robots-tag"), "{answer}");
    let taking = [
        "demo",
        "--data-dir",
        "data/../data/.",
        "--addr",
        "127.0.0.1:0",
    ];
    let (code, _, errors) = run(&mut huiyin(folder.path(), &taking));
    assert_eq!(code, 1);
    assert!(errors.contains("not a demonstration"), "{errors}");
}

#[test]
fn an_address_that_is_taken_ends_with_one() {
    let folder = tempfile::tempdir().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = taken.local_addr().unwrap().to_string();
    let (code, _, errors) = run(&mut huiyin(folder.path(), &["serve", "--addr", &addr]));
    assert_eq!(code, 1);
    assert!(errors.contains("listening on"), "{errors}");
}
