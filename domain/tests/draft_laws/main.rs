//! What a resident types on the form: every mistake at once, each at its field, and nothing that is
//! right refused. Written from the form's own rules, field by field.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

#[path = "../city/mod.rs"]
mod city;
mod community;
mod fields;
mod offer;
mod typed;

use std::sync::LazyLock;

use city::{area, category, demo};
use domain::{
    city::City,
    draft::{Checked, Draft, Field, FieldError, MAX_PHOTOS},
    time::Timestamp,
    visibility::Visibility,
};

static CITY: LazyLock<City> = LazyLock::new(demo);
const XIANGGANG: &str = "330383198023";

fn now() -> Timestamp {
    CITY.time
        .parse_rfc3339("2026-11-23T09:00:00+08:00")
        .unwrap()
}

fn good() -> Draft {
    Draft {
        danger: "no".to_owned(),
        category: "street-vending".to_owned(),
        community: XIANGGANG.to_owned(),
        description: "摊位占住了盲道".to_owned(),
        ..Draft::default()
    }
}

fn with(change: impl FnOnce(&mut Draft)) -> Draft {
    let mut draft = good();
    change(&mut draft);
    draft
}

fn check(draft: &Draft) -> Result<Checked, Vec<(Field, FieldError)>> {
    draft.check(&CITY, now())
}

#[track_caller]
fn one_error(draft: &Draft, field: Field, error: FieldError) {
    assert_eq!(check(draft).unwrap_err(), [(field, error)], "{draft:?}");
}

#[test]
fn what_must_be_there_is_enough() {
    let checked = check(&good()).unwrap();
    assert_eq!(checked.category, category("street-vending"));
    assert_eq!(checked.community, area(XIANGGANG));
    assert_eq!(checked.description.as_str(), "摊位占住了盲道");
    assert_eq!(
        checked.visibility,
        Visibility::Public,
        "the category's default"
    );
    assert!(checked.place.is_none() && checked.contact.is_empty() && !checked.may_call);
}

#[test]
fn all_mistakes_are_told_at_once_in_the_order_of_the_form() {
    let empty = check(&Draft::default()).unwrap_err();
    assert_eq!(
        empty,
        [
            (Field::Danger, FieldError::Missing),
            (Field::Description, FieldError::Missing),
            (Field::Category, FieldError::Missing),
            (Field::Community, FieldError::Missing),
        ]
    );
    let wrong = Draft {
        danger: "perhaps".to_owned(),
        category: "no-such".to_owned(),
        community: "nowhere".to_owned(),
        description: "短".to_owned(),
        place: "x".repeat(201),
        latitude: "north".to_owned(),
        longitude: "120".to_owned(),
        visibility: "secret".to_owned(),
        name: "名".repeat(61),
        phone: "call me".to_owned(),
        email: "nobody".to_owned(),
        photos: MAX_PHOTOS + 1,
        ..Draft::default()
    };
    let told = check(&wrong).unwrap_err();
    let fields: Vec<Field> = told.iter().map(|(field, _)| *field).collect();
    assert_eq!(
        fields,
        [
            Field::Danger,
            Field::Description,
            Field::Category,
            Field::Community,
            Field::Place,
            Field::Position,
            Field::Photos,
            Field::Visibility,
            Field::Phone,
            Field::Name,
            Field::Email,
        ]
    );
}
