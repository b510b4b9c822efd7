//! The browser checks a draft over what the form offers, the server over the city. Neither may
//! accept what the other refuses.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use domain::{
    area::AreaKind,
    city::{Ground as _, Offer, OfferRows},
    draft::{Draft, FAULTS},
    lang::Lang,
};
use proptest::prelude::*;

use super::{CITY, good, now, typed::typed};

/// What the server offers, after its way to the browser.
static OFFER: LazyLock<Offer> = LazyLock::new(|| {
    let sent = serde_json::to_string(&CITY.offer(now())).unwrap();
    Offer::new(serde_json::from_str::<OfferRows>(&sent).unwrap()).unwrap()
});

/// Any code of the demo city and any name of its communities, beside whatever else is typed.
fn near() -> impl Strategy<Value = String> {
    let codes = CITY.categories.iter().map(|c| c.code.to_string());
    let areas = CITY.areas.rows().iter();
    let areas = areas.flat_map(|a| {
        [
            a.code.to_string(),
            a.names.zh_hans.clone(),
            a.pinyin.clone(),
        ]
    });
    let known: Vec<String> = codes.chain(areas).collect();
    prop_oneof![typed(), prop::sample::select(known)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_browser_accepts_what_the_server_accepts(
        (danger, category, community, description, place) in (typed(), near(), near(), typed(), typed()),
        (latitude, longitude, accuracy, visibility) in (typed(), typed(), typed(), typed()),
        (name, phone, email) in (typed(), typed(), typed()),
        may_call in any::<bool>(),
        photos in 0..9_usize,
        right in prop::collection::vec(any::<bool>(), 12),
    ) {
        let given = Draft {
            danger, category, community, description, place, latitude, longitude, accuracy,
            visibility, name, phone, email, may_call, photos,
        };
        // Field by field what was drawn, or what is right: mistakes come alone and together.
        let pick = |at: usize, drawn: &str, fine: &str| {
            if right[at] { fine.to_owned() } else { drawn.to_owned() }
        };
        let fine = good();
        let draft = Draft {
            danger: pick(0, &given.danger, &fine.danger),
            category: pick(1, &given.category, &fine.category),
            community: pick(2, &given.community, &fine.community),
            description: pick(3, &given.description, &fine.description),
            place: pick(4, &given.place, ""),
            latitude: pick(5, &given.latitude, ""),
            longitude: pick(5, &given.longitude, ""),
            accuracy: pick(6, &given.accuracy, ""),
            visibility: pick(7, &given.visibility, ""),
            name: pick(8, &given.name, ""),
            phone: pick(9, &given.phone, ""),
            email: pick(10, &given.email, ""),
            may_call: given.may_call && !right[9],
            photos: if right[11] { 0 } else { given.photos },
        };
        let server = draft.check(&CITY, now());
        let browser = draft.check(&OFFER, now());
        prop_assert_eq!(&browser, &server);
        // And for each mistake the browser was given a sentence.
        for fault in server.err().into_iter().flatten() {
            prop_assert!(FAULTS.contains(&fault), "{fault:?} has no sentence");
        }
    }
}

#[test]
fn every_category_stands_the_same_on_both_sides() {
    for category in &CITY.categories {
        assert_eq!(
            OFFER.standing(&category.code),
            CITY.standing(&category.code),
            "{}",
            category.code
        );
    }
    assert!(CITY.categories.len() > 20);
}

#[test]
fn both_sides_guess_the_same_category_from_a_text() {
    for text in [
        "占道",
        "人民路口的空地又有人倒垃圾，晚上还停满车",
        "路燈不亮三天了",
        "street light is broken",
        "",
    ] {
        for lang in Lang::ALL {
            // Tips have a door of their own; the form does not offer them.
            let mut server = CITY.search_categories(text, lang);
            server.retain(|hit| OFFER.category(&hit.code).is_some());
            let mut browser = OFFER.search_categories(text, lang);
            browser.retain(|hit| CITY.is_leaf(&hit.code));
            assert_eq!(browser, server, "{text} in {lang}");
        }
    }
    assert!(!OFFER.search_categories("占道", Lang::ZhHans).is_empty());
}

#[test]
fn a_community_is_suggested_by_sound_former_name_and_words() {
    let first = |typed: &str| {
        OFFER
            .search_communities(typed)
            .first()
            .map(|c| c.names.zh_hans.clone())
    };
    assert_eq!(first("xianggang").as_deref(), Some("象岗社区"));
    assert_eq!(first("象崗").as_deref(), Some("象岗社区"));
    let named = OFFER.communities_in("象岗社区人民路口，路灯不亮");
    assert_eq!(
        named.first().map(|c| c.names.zh_hans.as_str()),
        Some("象岗社区")
    );
    assert!(OFFER.communities_in("路灯不亮").is_empty());
}

#[test]
fn an_offer_holds_no_office_and_no_tip() {
    let rows = CITY.offer(now());
    let sent = serde_json::to_string(&rows).unwrap();
    let codes: BTreeSet<_> = rows.categories.iter().map(|c| c.code.as_str()).collect();
    for category in &CITY.categories {
        if category.kind == domain::city::CategoryKind::Tip {
            assert!(!codes.contains(category.code.as_str()), "{}", category.code);
        }
    }
    for word in ["phone", "contact", "policy", "lead"] {
        assert!(!sent.contains(&format!("\"{word}\"")), "{word}");
    }
    let communities = CITY.areas.of_kind(AreaKind::Community, now());
    assert_eq!(rows.communities.len(), communities.len());
}
