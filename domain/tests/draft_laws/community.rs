//! A community is found by what people call it.

use domain::{
    area::AreaKind,
    city::City,
    draft::{Field, FieldError},
};

use super::{
    CITY, XIANGGANG, check,
    city::{area, files},
    now, one_error, with,
};

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
    let mut files = files();
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
