//! A city is read from a folder and from the program alike, and a bad file is told by name and
//! line.

use casework::city_files::{FILES, load_city, load_embedded, parse_city};
use domain::lang::Lang;

/// The demo's files with one text changed.
fn with(name: &str, change: impl Fn(&str) -> String) -> Vec<(&'static str, String)> {
    FILES
        .iter()
        .map(|(n, text)| {
            (
                *n,
                if *n == name {
                    change(text)
                } else {
                    (*text).to_string()
                },
            )
        })
        .collect()
}

fn parse(files: &[(&'static str, String)]) -> Result<domain::city::City, String> {
    let files: Vec<(&str, &str)> = files.iter().map(|(n, t)| (*n, t.as_str())).collect();
    parse_city(&files).map_err(|e| e.to_string())
}

fn refused(files: &[(&'static str, String)]) -> String {
    parse(files).expect_err("must be refused")
}

#[test]
fn the_city_in_the_program_is_whole() {
    let city = load_embedded().unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(city.code, "330383");
    assert!(city.schematic, "the demo must say what is invented");
    assert!(!city.search_categories("占道", Lang::ZhHans).is_empty());
}

#[test]
fn a_folder_with_the_same_files_makes_the_same_city() {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in FILES {
        std::fs::write(dir.path().join(name), text).unwrap();
    }
    let (from_folder, embedded) = (load_city(dir.path()).unwrap(), load_embedded().unwrap());
    assert_eq!(from_folder.categories, embedded.categories);
    assert_eq!(from_folder.services, embedded.services);
    assert_eq!(from_folder.areas.rows(), embedded.areas.rows());
    assert_eq!(from_folder.calendar.version(), embedded.calendar.version());

    std::fs::remove_file(dir.path().join("duties.toml")).unwrap();
    let error = load_city(dir.path()).unwrap_err();
    assert_eq!(error.file, "duties.toml");
}

#[test]
fn an_unknown_key_is_told_with_its_line() {
    let files = with("categories.toml", |t| {
        t.replacen("parent = ", "parant = ", 1)
    });
    let line = 1 + files
        .iter()
        .find(|(n, _)| *n == "categories.toml")
        .unwrap()
        .1
        .lines()
        .position(|l| l.starts_with("parant"))
        .unwrap();
    let error = refused(&files);
    assert!(
        error.starts_with(&format!("categories.toml:{line}: ")),
        "{error}"
    );
    assert!(error.contains("parant"), "{error}");
}

#[test]
fn a_bad_row_of_a_table_is_told_with_its_line() {
    let files = with("communities.csv", |t| {
        t.replacen("330383198003", "33038319800!", 1)
    });
    let error = refused(&files);
    assert!(error.starts_with("communities.csv:4: "), "{error}");
}

#[test]
fn a_limit_that_cannot_be_read_is_refused() {
    let files = with("policies.toml", |t| {
        t.replacen("\"45m\"", "\"45 minutes\"", 1)
    });
    let error = refused(&files);
    assert!(error.starts_with("policies.toml:"), "{error}");
}

#[test]
fn clock_rules_that_contradict_each_other_do_not_start() {
    let files = with("policies.toml", |t| {
        t.replacen(
            "limits = { resolve = \"4d\" }",
            "limits = { report_in = \"working-days 9\", resolve = \"4d\" }",
            1,
        )
    });
    assert_eq!(
        refused(&files),
        "policies.toml: policy `four-days`: report_in within `working-days 9` always ends after \
         resolve within `4d`, and is a step of it"
    );
}

#[test]
fn a_city_with_findings_does_not_start() {
    let files = with("duties.toml", |t| {
        t.replace(
            "category = \"estate-facility\"",
            "category = \"street-light\"",
        )
    });
    let error = refused(&files);
    assert_eq!(
        error, "categories.toml: category `estate-facility`: no duty says who leads (and 1 more)",
        "and the row stands beside another for the same situation"
    );
    let files = with("departments.toml", |t| {
        t.replacen(
            "code = \"enforcement-sanitation\"",
            "code = \"enforcement-sanitatoin\"",
            1,
        )
    });
    let error = refused(&files);
    assert!(
        error.contains("enforcement-sanitation") && error.contains("more)"),
        "{error}"
    );
}

#[test]
fn a_city_without_a_file_says_which() {
    let files: Vec<_> = with("", str::to_string)
        .into_iter()
        .filter(|(n, _)| *n != "notices.toml")
        .collect();
    assert_eq!(refused(&files), "notices.toml: the file is missing");
}

#[test]
fn the_demo_is_small_enough_to_carry() {
    let bytes: usize = FILES.iter().map(|(_, text)| text.len()).sum();
    assert!(
        bytes < 1_000_000,
        "{bytes} bytes are in every copy of the program"
    );
}
