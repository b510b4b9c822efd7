//! What a resident types on the form: every mistake at once, each at its field, and nothing that is
//! right refused. Written from the form's own rules, field by field.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod city;

use std::sync::LazyLock;

use city::{area, category, demo};
use domain::{
    area::AreaKind,
    city::City,
    draft::{Checked, Draft, Field, FieldError, MAX_PHOTOS},
    time::Timestamp,
    visibility::Visibility,
};
use proptest::prelude::*;

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
            (Field::Category, FieldError::Missing),
            (Field::Description, FieldError::Missing),
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
            Field::Category,
            Field::Description,
            Field::Community,
            Field::Place,
            Field::Position,
            Field::Photos,
            Field::Visibility,
            Field::Name,
            Field::Phone,
            Field::Email,
        ]
    );
}

#[test]
fn danger_is_for_110_119_120() {
    one_error(
        &with(|it| "yes".clone_into(&mut it.danger)),
        Field::Danger,
        FieldError::Danger,
    );
    one_error(
        &with(|it| it.danger.clear()),
        Field::Danger,
        FieldError::Missing,
    );
    for code in [
        "emergency-fire",
        "emergency-crime",
        "emergency-medical",
        "emergency-sea",
    ] {
        one_error(
            &with(|it| code.clone_into(&mut it.category)),
            Field::Category,
            FieldError::Danger,
        );
    }
}

#[test]
fn a_category_is_a_leaf_that_takes_whistles() {
    // A family, a group, another case, a path, nothing like a code, a sealed one.
    for code in [
        "joint-handling",
        "rubbish",
        "Street-Vending",
        "../x",
        "占道",
        "street-vending ",
        "tip-official",
        "tip-business",
    ] {
        one_error(
            &with(|it| code.clone_into(&mut it.category)),
            Field::Category,
            FieldError::Unknown,
        );
    }
}

#[test]
fn a_community_is_found_by_its_code_and_by_all_its_names() {
    for typed in [
        XIANGGANG,
        " 330383198023 ",
        "象岗社区",
        "象岗",
        "象崗社區",
        "象崗",
        "Xianggang Community",
        "xiang gang",
        "XIANG GANG",
        "Xianggang",
    ] {
        let found = check(&with(|it| typed.clone_into(&mut it.community)));
        assert_eq!(
            found.map(|checked| checked.community),
            Ok(area(XIANGGANG)),
            "{typed:?}"
        );
    }
    for typed in ["", " ", "\u{3000}"] {
        one_error(
            &with(|it| typed.clone_into(&mut it.community)),
            Field::Community,
            FieldError::Missing,
        );
    }
    // Not a community: the city, a unit, a grid, none.
    for typed in ["330383", "unit-06", "330383198999", "上海", "象"] {
        one_error(
            &with(|it| typed.clone_into(&mut it.community)),
            Field::Community,
            FieldError::Unknown,
        );
    }
}

/// Every community is found by every name that is its own alone, and none by another's.
#[test]
fn every_name_finds_its_community_or_asks_which() {
    let all = CITY.areas.of_kind(AreaKind::Community, now());
    for community in &all {
        let names = [
            &community.names.zh_hans,
            &community.names.zh_hant,
            &community.names.en,
            &community.pinyin,
        ];
        for name in names
            .into_iter()
            .chain(&community.formerly)
            .filter(|name| !name.is_empty())
        {
            match check(&with(|it| name.clone_into(&mut it.community))) {
                Ok(checked) => assert_eq!(checked.community, community.code, "{name}"),
                Err(errors) => assert_eq!(
                    errors,
                    [(Field::Community, FieldError::Ambiguous)],
                    "{name}"
                ),
            }
        }
        let by_name = check(&with(|it| {
            community.names.zh_hans.clone_into(&mut it.community);
        }));
        assert!(
            by_name.is_ok(),
            "{} is found by its own name",
            community.names.zh_hans
        );
    }
}

/// A name that a community had before finds it; one that two of them had asks which.
#[test]
fn a_former_name_finds_its_community_or_asks_which() {
    let mut files = city::files();
    for (row, formerly) in files
        .community_details
        .iter_mut()
        .zip(["下垟村|老街村", "老街村"])
    {
        formerly.clone_into(&mut row.formerly);
    }
    let first = files.community_details[0].code.clone();
    let city = City::build(files).unwrap();
    let of = |typed: &str| {
        let draft = with(|it| typed.clone_into(&mut it.community));
        draft.check(&city, now()).map(|checked| checked.community)
    };
    for typed in ["下垟村", "下垟"] {
        assert_eq!(of(typed), Ok(first.clone()), "{typed}");
    }
    assert_eq!(
        of("老街村"),
        Err(vec![(Field::Community, FieldError::Ambiguous)])
    );
}

#[test]
fn a_description_has_5_to_2000_characters_and_no_control_character() {
    let typed = |text: &str| check(&with(|it| text.clone_into(&mut it.description)));
    let say = |text: &str| with(|it| text.clone_into(&mut it.description));
    one_error(
        &say("四个字啊"),
        Field::Description,
        FieldError::TooShort(5),
    );
    assert!(typed("五个字了啊").is_ok(), "characters, not bytes");
    assert!(typed(&"字".repeat(2000)).is_ok());
    one_error(
        &say(&"字".repeat(2001)),
        Field::Description,
        FieldError::TooLong(2000),
    );
    one_error(&say(" \n\u{3000}"), Field::Description, FieldError::Missing);
    for bad in [
        "有一个\0在里面",
        "有一个\u{7}在里面",
        "有一个\u{1b}[31m在里面",
        "有一个\u{85}在里面",
    ] {
        one_error(&say(bad), Field::Description, FieldError::Unprintable);
    }
    assert_eq!(
        typed("第一行\r\n第二行\t完").unwrap().description.as_str(),
        "第一行\n第二行 完"
    );
    // No word is ever a reason to refuse.
    for word in [
        "上访",
        "领导贪污",
        "我要投诉到中纪委",
        "<script>alert(1)</script>",
        "' OR 1=1 --",
    ] {
        assert!(typed(&format!("{word}，请处理一下")).is_ok(), "{word}");
    }
}

#[test]
fn always_private_means_always() {
    for code in ["minor-harm", "family-violence", "elder-harm"] {
        let of = |visibility: &str| {
            with(|it| {
                code.clone_into(&mut it.category);
                visibility.clone_into(&mut it.visibility);
            })
        };
        for silent in ["", "private"] {
            assert_eq!(
                check(&of(silent)).unwrap().visibility,
                Visibility::Private,
                "{code}"
            );
        }
        for open in ["public", "public_without_detail"] {
            one_error(&of(open), Field::Visibility, FieldError::MustBePrivate);
        }
    }
    // Others take what was chosen; a slip of the pen opens nothing.
    for (word, visibility) in [
        ("public", Visibility::Public),
        ("private", Visibility::Private),
    ] {
        let checked = check(&with(|it| word.clone_into(&mut it.visibility))).unwrap();
        assert_eq!(checked.visibility, visibility);
    }
    one_error(
        &with(|it| "Public".clone_into(&mut it.visibility)),
        Field::Visibility,
        FieldError::Unknown,
    );
}

#[test]
fn a_position_is_two_degrees_on_earth() {
    let at = |lat: &str, lng: &str, accuracy: &str| {
        with(|it| {
            lat.clone_into(&mut it.latitude);
            lng.clone_into(&mut it.longitude);
            accuracy.clone_into(&mut it.accuracy);
        })
    };
    let place = check(&at("27.578901", "120.553456", "12.7"))
        .unwrap()
        .place
        .unwrap();
    assert!(place.text.is_empty(), "a pin without words is a place");
    assert_eq!(place.position.unwrap().accuracy_m(), Some(12));
    for (lat, lng, accuracy) in [
        ("27.5", "", ""),
        ("", "120.5", ""),
        ("90.1", "0", ""),
        ("0", "180.1", ""),
        ("NaN", "0", ""),
        ("inf", "0", ""),
        ("0x10", "0", ""),
        ("27,5", "120", ""),
        ("27.5", "120.5", "near"),
        ("27.5", "120.5", "-3"),
        ("1e400", "0", ""),
    ] {
        one_error(
            &at(lat, lng, accuracy),
            Field::Position,
            FieldError::NotAPosition,
        );
    }
    assert_eq!(
        check(&at(" ", "", "12")).unwrap().place,
        None,
        "accuracy of nothing is nothing"
    );
}

#[test]
fn contact_is_never_required_and_kept_as_it_is_dialled() {
    let checked = check(&with(|it| {
        " （0577）6412-3456 ".clone_into(&mut it.phone);
        " 冯 ".clone_into(&mut it.name);
        " feng@example.cn ".clone_into(&mut it.email);
        it.may_call = true;
    }))
    .unwrap();
    assert_eq!(
        (
            checked.contact.phone.as_str(),
            checked.contact.name.as_str(),
            checked.contact.email.as_str()
        ),
        ("057764123456", "冯", "feng@example.cn")
    );
    assert!(checked.may_call);
    one_error(
        &with(|it| it.may_call = true),
        Field::Phone,
        FieldError::NoNumberToCall,
    );
    one_error(
        &with(|it| "1234".clone_into(&mut it.phone)),
        Field::Phone,
        FieldError::NotAPhone,
    );
    one_error(
        &with(|it| "a@b".clone_into(&mut it.email)),
        Field::Email,
        FieldError::NotAnEmail,
    );
    one_error(
        &with(|it| "a@b.cn\0".clone_into(&mut it.email)),
        Field::Email,
        FieldError::NotAnEmail,
    );
    one_error(
        &with(|it| "a@b.cn\nBcc:x@y.cn".clone_into(&mut it.email)),
        Field::Email,
        FieldError::NotAnEmail,
    );
    one_error(
        &with(|it| "冯\0".clone_into(&mut it.name)),
        Field::Name,
        FieldError::Unprintable,
    );
}

#[test]
fn six_photos_and_no_seventh() {
    assert!(check(&with(|it| it.photos = 6)).is_ok());
    one_error(
        &with(|it| it.photos = 7),
        Field::Photos,
        FieldError::TooMany(6),
    );
}

/// A typed field: what people type, what programs send, and what breaks programs.
fn typed() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "\\PC{0,30}",
        any::<String>(),
        "[0-9+ ()-]{0,20}",
        "-?[0-9]{1,3}(\\.[0-9]{0,9})?",
        "[a-z-]{1,20}",
        Just("no".to_owned()),
        Just("street-vending".to_owned()),
        Just("象岗".to_owned()),
        Just("public".to_owned()),
        Just("a@b.cn".to_owned()),
        prop::collection::vec(any::<char>(), 1_990..2_010)
            .prop_map(|text| text.into_iter().collect()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_typed_is_taken_or_told(
        (danger, category, community, description, place) in (typed(), typed(), typed(), typed(), typed()),
        (latitude, longitude, accuracy, visibility) in (typed(), typed(), typed(), typed()),
        (name, phone, email) in (typed(), typed(), typed()),
        may_call in any::<bool>(),
        photos in 0..9_usize,
        good_head in any::<bool>(),
    ) {
        let mut draft = Draft {
            danger, category, community, description, place, latitude, longitude, accuracy,
            visibility, name, phone, email, may_call, photos,
        };
        if good_head {
            // Else hardly any draft would come through.
            let Draft { danger, category, community, description, .. } = good();
            draft = Draft { danger, category, community, description, ..draft };
        }
        let before = draft.clone();
        match check(&draft) {
            Ok(checked) => {
                prop_assert_eq!(draft.danger.as_str(), "no");
                prop_assert!(photos <= MAX_PHOTOS);
                prop_assert!(CITY.is_leaf(&checked.category));
                let community = CITY.areas.at(&checked.community, now()).unwrap();
                prop_assert_eq!(community.kind, AreaKind::Community);
                let kept = [
                    checked.description.as_str(),
                    checked.place.as_ref().map_or("", |place| place.text.as_str()),
                    &checked.contact.name,
                    &checked.contact.phone,
                    &checked.contact.email,
                ];
                for text in kept {
                    prop_assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{:?}", text);
                }
                prop_assert!(!checked.may_call || !checked.contact.phone.is_empty());
                // Checked once more as it was kept, it is the same.
                let again = Draft {
                    description: checked.description.as_str().to_owned(),
                    name: checked.contact.name.clone(),
                    phone: checked.contact.phone.clone(),
                    email: checked.contact.email.clone(),
                    community: checked.community.to_string(),
                    ..draft.clone()
                };
                prop_assert_eq!(check(&again), Ok(checked));
            }
            Err(errors) => {
                prop_assert!(!errors.is_empty());
                let mut fields: Vec<Field> = errors.iter().map(|(field, _)| *field).collect();
                fields.dedup();
                prop_assert_eq!(fields.len(), errors.len(), "one error a field: {:?}", errors);
            }
        }
        prop_assert_eq!(draft, before, "what was typed stays as it was typed");
    }

    /// A mistake in one field hides none in another.
    #[test]
    fn mistakes_add_up(wrong in prop::collection::vec(any::<bool>(), 6)) {
        let spoil: [(Field, fn(&mut Draft)); 6] = [
            (Field::Danger, |it| it.danger.clear()),
            (Field::Category, |it| it.category.clear()),
            (Field::Description, |it| it.description.clear()),
            (Field::Community, |it| it.community.clear()),
            (Field::Photos, |it| it.photos = 9),
            (Field::Email, |it| "x".clone_into(&mut it.email)),
        ];
        let mut draft = good();
        let mut expected = Vec::new();
        for ((field, spoil), wrong) in spoil.into_iter().zip(&wrong) {
            if *wrong {
                spoil(&mut draft);
                expected.push(field);
            }
        }
        let told: Vec<Field> = match check(&draft) {
            Ok(_) => Vec::new(),
            Err(errors) => errors.into_iter().map(|(field, _)| field).collect(),
        };
        prop_assert_eq!(told, expected);
    }
}
