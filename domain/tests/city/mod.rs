//! The demo city for tests: read from `demo/` beside the crate.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::path::Path;

use domain::city::{City, CityFiles, CommunityDetailRow, CommunityRow};
use domain::ids::{AreaCode, CategoryCode};
use serde::de::DeserializeOwned;

pub fn text(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../demo")
        .join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

pub fn toml_of<T: DeserializeOwned>(name: &str) -> T {
    toml::from_str(&text(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

pub fn rows<T: DeserializeOwned>(name: &str) -> Vec<T> {
    csv::Reader::from_reader(text(name).as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .unwrap_or_else(|e| panic!("{name}: {e}"))
}

pub fn files() -> CityFiles {
    CityFiles {
        city: toml_of("city.toml"),
        areas: toml_of("areas.toml"),
        communities: rows::<CommunityRow>("communities.csv"),
        community_details: rows::<CommunityDetailRow>("community_details.csv"),
        departments: toml_of("departments.toml"),
        categories: toml_of("categories.toml"),
        policies: toml_of("policies.toml"),
        duties: toml_of("duties.toml"),
        documents: toml_of("documents.toml"),
        services: toml_of("services.toml"),
        contractors: toml_of("contractors.toml"),
        notices: toml_of("notices.toml"),
        calendar_csv: text("calendar.csv"),
    }
}

pub fn demo() -> City {
    City::build(files()).unwrap_or_else(|e| panic!("{e}"))
}

pub fn category(code: &str) -> CategoryCode {
    CategoryCode::new(code).unwrap()
}

pub fn area(code: &str) -> AreaCode {
    AreaCode::new(code).unwrap()
}
