//! Whatever is typed.

use domain::{
    area::AreaKind,
    draft::{Draft, Field, MAX_PHOTOS},
};
use proptest::prelude::*;

use super::{CITY, check, good, now};

/// A typed field: what people type, what programs send, and what breaks programs.
pub(super) fn typed() -> impl Strategy<Value = String> {
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
            (Field::Description, |it| it.description.clear()),
            (Field::Category, |it| it.category.clear()),
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
