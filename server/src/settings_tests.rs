//! Settings are read in rising order, and nothing unknown is passed over.

use super::*;

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter()
        .map(|(name, value)| ((*name).into(), (*value).into()))
        .collect()
}

fn from_file(
    text: &str,
    environment: &[(&str, &str)],
    flags: &[(&str, &str)],
) -> Result<Settings, SettingsError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("huiyin.toml");
    std::fs::write(&path, text).unwrap();
    Settings::load(Sources {
        file: Some(path),
        environment: pairs(environment),
        flags: pairs(flags),
    })
}

fn error(text: &str, environment: &[(&str, &str)], flags: &[(&str, &str)]) -> String {
    match from_file(text, environment, flags) {
        Ok(_) => panic!("should have been refused: {text} {environment:?} {flags:?}"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn what_comes_later_wins() {
    let file = "addr = \"127.0.0.1:1\"\nphotos = 1\npage_cache = false\n";
    let settings = from_file(file, &[], &[]).ok().unwrap();
    assert_eq!(
        (settings.addr.port(), settings.photos, settings.page_cache),
        (1, 1, false)
    );
    let settings = from_file(file, &[("HUIYIN_ADDR", "127.0.0.1:2")], &[])
        .ok()
        .unwrap();
    assert_eq!((settings.addr.port(), settings.photos), (2, 1));
    let settings = from_file(
        file,
        &[("HUIYIN_ADDR", "127.0.0.1:2")],
        &[("addr", "127.0.0.1:3")],
    )
    .ok()
    .unwrap();
    assert_eq!((settings.addr.port(), settings.photos), (3, 1));
    assert_eq!(settings.base_url, "http://127.0.0.1:3");
}

#[test]
fn defaults_are_those_of_a_small_city_on_one_machine() {
    let settings = Settings::for_tests(&[]).ok().unwrap();
    assert_eq!(settings.addr.to_string(), "127.0.0.1:3000");
    assert_eq!(settings.data_dir, Path::new("./data"));
    assert!(settings.database_url.is_empty() && settings.trusted_proxies.is_empty());
    assert_eq!(
        (settings.filings_per_address, settings.filing_window_seconds),
        (200, 600)
    );
    assert!(!settings.is_https());
}

#[test]
fn nothing_unknown_or_impossible_is_passed_over() {
    let rows: &[(&str, &[(&str, &str)], &[(&str, &str)], &str)] = &[
        ("adr = \"x\"", &[], &[], "there is no setting \"adr\""),
        ("[limits]\nphotos = 1", &[], &[], "limits is no plain value"),
        ("addr = ", &[], &[], "huiyin.toml"),
        ("addr = 3000", &[], &[], "write an address and a port"),
        (
            "",
            &[("HUIYIN_ADRESS", "x")],
            &[],
            "environment: there is no setting \"HUIYIN_ADRESS\"",
        ),
        (
            "",
            &[("HUIYIN_TRUSTED_PROXY", "x")],
            &[],
            "did you mean trusted_proxies?",
        ),
        (
            "",
            &[("HUIYIN_TRUSTED_PROXIES", "10.0.0.0/99")],
            &[],
            "HUIYIN_TRUSTED_PROXIES",
        ),
        ("", &[("HUIYIN_PHOTOS", "six")], &[], "write a whole number"),
        ("", &[("HUIYIN_PHOTOS", "-1")], &[], "write a whole number"),
        (
            "",
            &[("HUIYIN_READ_ONLY", "perhaps")],
            &[],
            "write on or off",
        ),
        (
            "",
            &[("HUIYIN_WORK_BITS", "23")],
            &[],
            "work_bits <= work_bits_max",
        ),
        (
            "",
            &[("HUIYIN_BASE_URL", "city.example")],
            &[],
            "write http:// or https://",
        ),
        (
            "",
            &[("HUIYIN_BASE_URL", "https://city.example/x")],
            &[],
            "base_url",
        ),
        (
            "",
            &[("HUIYIN_BASE_URL", "https://a@city.example")],
            &[],
            "base_url",
        ),
        ("", &[("HUIYIN_MAX_CONNECTIONS", "0")], &[], "at least 1"),
        (
            "",
            &[],
            &[("nothing", "x")],
            "flag: there is no setting \"nothing\"",
        ),
    ];
    for (file, environment, flags, expected) in rows {
        let found = error(file, environment, flags);
        assert!(
            found.contains(expected),
            "{found:?} should say {expected:?}"
        );
    }
}

#[test]
fn a_password_is_not_repeated_in_an_error() {
    let found = error("", &[("HUIYIN_PHOTOS", "postgres://city:secret@db/x")], &[]);
    assert!(!found.contains("secret"), "{found}");
}

#[test]
fn empty_and_foreign_variables_are_as_if_they_were_not_there() {
    let settings = from_file(
        "",
        &[
            ("HUIYIN_ADDR", ""),
            ("HUIYIN_TEST_POSTGRES", "x"),
            ("PATH", "/bin"),
        ],
        &[],
    );
    assert_eq!(settings.ok().unwrap().addr.port(), 3000);
}

#[test]
fn lists_are_read_from_text_and_from_toml() {
    let settings = from_file(
        "trusted_proxies = [\"127.0.0.1\", \"10.0.0.0/8\"]",
        &[],
        &[],
    );
    assert_eq!(settings.ok().unwrap().trusted_proxies.len(), 2);
    let settings = from_file("", &[("HUIYIN_TRUSTED_PROXIES", "127.0.0.1, ::1")], &[]);
    assert_eq!(settings.ok().unwrap().trusted_proxies.len(), 2);
}

#[test]
fn the_example_lists_every_setting_and_is_kept_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../.env.example");
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    let expected = example();
    if kept != expected {
        let fresh = std::env::temp_dir().join("env.example");
        std::fs::write(&fresh, &expected).unwrap();
        panic!(
            ".env.example is not what the table says; copy {} over it",
            fresh.display()
        );
    }
}

#[test]
fn the_example_can_be_used_as_it_is() {
    let lines: Vec<(String, String)> = example()
        .lines()
        .filter_map(|line| line.strip_prefix("#HUIYIN_")?.split_once('='))
        .map(|(name, value)| (format!("HUIYIN_{name}"), value.to_owned()))
        .collect();
    assert_eq!(lines.len(), TABLE.len());
    let sources = Sources {
        file: Some("/dev/null".into()),
        environment: lines,
        flags: Vec::new(),
    };
    assert!(Settings::load(sources).is_ok());
}
