//! Field by field: what each takes, and what it says of the rest.

use domain::{
    draft::{Field, FieldError},
    visibility::Visibility,
};

use super::{check, one_error, with};

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
