//! Reading a city from its files: one parser for the folder of an operator and for the demo city
//! that is built into the program.

use std::fmt;
use std::path::Path;

use domain::city::{City, CityFiles, Finding};
use serde::de::DeserializeOwned;

/// The demo city, file by file, as it was when the program was built.
pub const FILES: &[(&str, &str)] = &[
    ("city.toml", include_str!("../../demo/city.toml")),
    ("areas.toml", include_str!("../../demo/areas.toml")),
    (
        "communities.csv",
        include_str!("../../demo/communities.csv"),
    ),
    (
        "community_details.csv",
        include_str!("../../demo/community_details.csv"),
    ),
    (
        "departments.toml",
        include_str!("../../demo/departments.toml"),
    ),
    (
        "categories.toml",
        include_str!("../../demo/categories.toml"),
    ),
    ("policies.toml", include_str!("../../demo/policies.toml")),
    ("duties.toml", include_str!("../../demo/duties.toml")),
    ("documents.toml", include_str!("../../demo/documents.toml")),
    ("services.toml", include_str!("../../demo/services.toml")),
    (
        "contractors.toml",
        include_str!("../../demo/contractors.toml"),
    ),
    ("notices.toml", include_str!("../../demo/notices.toml")),
    ("calendar.csv", include_str!("../../demo/calendar.csv")),
];

/// Why a city could not be loaded: which file, which line where that is known, and what is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CityFileError {
    /// Name of the file within the city's folder.
    pub file: String,
    /// Line, counted from 1.
    pub line: Option<u64>,
    /// What is wrong, for the operator.
    pub what: String,
}

impl fmt::Display for CityFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.what)
    }
}

impl std::error::Error for CityFileError {}

/// Reads a city from a folder that holds every file named in [`FILES`].
///
/// # Errors
/// [`CityFileError`] when a file is missing, cannot be read or parsed, or the city has findings.
pub fn load_city(dir: &Path) -> Result<City, CityFileError> {
    let mut texts = Vec::with_capacity(FILES.len());
    for (name, _) in FILES {
        let text = std::fs::read_to_string(dir.join(name)).map_err(|e| CityFileError {
            file: (*name).to_string(),
            line: None,
            what: e.to_string(),
        })?;
        texts.push((*name, text));
    }
    let files: Vec<(&str, &str)> = texts.iter().map(|(n, t)| (*n, t.as_str())).collect();
    parse_city(&files)
}

/// The demo city that is built into the program.
///
/// # Errors
/// None in a program whose tests have run; the type says that the same checks are made.
pub fn load_embedded() -> Result<City, CityFileError> {
    parse_city(FILES)
}

/// Makes a city of named texts, and refuses one that [`City::lint`] finds fault with.
///
/// # Errors
/// [`CityFileError`] when a file is missing, does not parse (an unknown key included), does not
/// make a city, or the city has findings: the first is told with the number of the others.
pub fn parse_city(files: &[(&str, &str)]) -> Result<City, CityFileError> {
    let text = |name: &str| -> Result<&str, CityFileError> {
        files
            .iter()
            .find(|(n, _)| *n == name)
            .map(|(_, text)| *text)
            .ok_or_else(|| CityFileError {
                file: name.to_string(),
                line: None,
                what: "the file is missing".to_string(),
            })
    };
    let parsed = CityFiles {
        city: parse_toml("city.toml", text("city.toml")?)?,
        areas: parse_toml("areas.toml", text("areas.toml")?)?,
        communities: parse_csv("communities.csv", text("communities.csv")?)?,
        community_details: parse_csv("community_details.csv", text("community_details.csv")?)?,
        departments: parse_toml("departments.toml", text("departments.toml")?)?,
        categories: parse_toml("categories.toml", text("categories.toml")?)?,
        policies: parse_toml("policies.toml", text("policies.toml")?)?,
        duties: parse_toml("duties.toml", text("duties.toml")?)?,
        documents: parse_toml("documents.toml", text("documents.toml")?)?,
        services: parse_toml("services.toml", text("services.toml")?)?,
        contractors: parse_toml("contractors.toml", text("contractors.toml")?)?,
        notices: parse_toml("notices.toml", text("notices.toml")?)?,
        calendar_csv: text("calendar.csv")?.to_string(),
    };
    let city = City::build(parsed).map_err(|fault| CityFileError {
        file: fault.file.to_string(),
        line: None,
        what: fault.what,
    })?;
    match city.lint().as_slice() {
        [] => Ok(city),
        [first, others @ ..] => Err(of_finding(first, others.len())),
    }
}

/// The file a finding's table is written in.
fn of_finding(finding: &Finding, others: usize) -> CityFileError {
    let file = match finding.table {
        "unit" => "departments.toml",
        "policy" => "policies.toml",
        "category" => "categories.toml",
        "duty" => "duties.toml",
        "service" => "services.toml",
        "contractor" => "contractors.toml",
        "notice" => "notices.toml",
        "calendar" => "calendar.csv",
        _ => "city.toml",
    };
    let more = if others == 0 {
        String::new()
    } else {
        format!(" (and {others} more)")
    };
    CityFileError {
        file: file.to_string(),
        line: None,
        what: format!("{finding}{more}"),
    }
}

fn parse_toml<T: DeserializeOwned>(name: &str, text: &str) -> Result<T, CityFileError> {
    toml::from_str(text).map_err(|e| CityFileError {
        file: name.to_string(),
        line: e.span().map(|span| line_of(text, span.start)),
        what: e.message().to_string(),
    })
}

/// Line of a byte position, counted from 1.
fn line_of(text: &str, position: usize) -> u64 {
    let before = text
        .as_bytes()
        .iter()
        .take(position)
        .filter(|b| **b == b'\n')
        .count();
    u64::try_from(before).unwrap_or(u64::MAX).saturating_add(1)
}

/// Line of a CSV row that begins at a byte. With CRLF the reader stops between the two characters,
/// so the row seems to begin on the line before.
fn line_of_row(text: &str, byte: u64) -> u64 {
    let mut at = usize::try_from(byte).unwrap_or(usize::MAX);
    while text
        .as_bytes()
        .get(at)
        .is_some_and(|b| matches!(b, b'\r' | b'\n'))
    {
        at += 1;
    }
    line_of(text, at)
}

fn parse_csv<T: DeserializeOwned>(name: &str, text: &str) -> Result<Vec<T>, CityFileError> {
    csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .collect::<Result<_, csv::Error>>()
        .map_err(|e| CityFileError {
            file: name.to_string(),
            line: e.position().map(|at| line_of_row(text, at.byte())),
            what: e.to_string(),
        })
}
