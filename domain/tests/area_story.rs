//! Finding the communities of the real city: by what people call them, and in what they write.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use domain::area::{Area, AreaKind, Areas, Matched};
use domain::ids::AreaCode;
use domain::lang::Names;
use domain::time::Timestamp;

const NOW: Timestamp = Timestamp::from_millis(1_795_000_000_000);
const MERGED: Timestamp = Timestamp::from_millis(1_800_000_000_000);

/// What the official list does not hold: traditional name, pinyin, former names. The villages are
/// invented for the test.
const DETAILS: [(&str, &str, &str, &[&str]); 9] = [
    ("象岗社区", "象崗社區", "xiang gang", &["象岗村", "后陈村"]),
    ("龙华社区", "龍華社區", "long hua she qu", &[]),
    ("龙和社区", "龍和社區", "long he", &["后陈村"]),
    ("华中社区", "華中社區", "hua zhong", &[]),
    ("中山社区", "中山社區", "zhong shan", &[]),
    ("中对口社区", "中對口社區", "zhong dui kou", &[]),
    ("瑞联社区", "瑞聯社區", "rui lian", &["新中山村"]),
    ("舥艚社区", "舥艚社區", "pa cao", &["舥艚镇"]),
    (
        "新城建设中心管理区",
        "新城建設中心管理區",
        "xin cheng jian she zhong xin",
        &[],
    ),
];

fn code(text: &str) -> AreaCode {
    AreaCode::new(text).unwrap()
}

/// All 103 real rows under one city; 双河 ends at `MERGED`.
fn longgang() -> Areas {
    let city = Area {
        code: code("330383"),
        kind: AreaKind::City,
        parent: None,
        valid_from: Timestamp::from_millis(0),
        valid_to: None,
        names: Names::new("龙港市", "龍港市", "Longgang"),
        formerly: vec!["龙港镇".into()],
        pinyin: "long gang".into(),
        contact: None,
        heir: None,
    };
    let rows = include_str!("../../demo/communities.csv")
        .lines()
        .skip(1)
        .map(|line| {
            let (number, name) = line.split_once(',').unwrap();
            let (_, hant, pinyin, formerly) = DETAILS
                .into_iter()
                .find(|detail| detail.0 == name)
                .unwrap_or((name, "", "", &[]));
            Area {
                code: code(number),
                kind: AreaKind::Community,
                parent: Some(code("330383")),
                names: Names::new(name, hant, ""),
                formerly: formerly.iter().map(|name| (*name).into()).collect(),
                pinyin: pinyin.into(),
                valid_to: (name == "双河社区").then_some(MERGED),
                ..city.clone()
            }
        });
    Areas::new([city.clone()].into_iter().chain(rows).collect()).unwrap()
}

fn name(areas: &Areas, code: &AreaCode) -> String {
    areas.at(code, NOW).unwrap().names.zh_hans.clone()
}

fn found(query: &str) -> Vec<(String, Matched)> {
    let areas = longgang();
    areas
        .search(query, NOW)
        .into_iter()
        .map(|hit| (name(&areas, &hit.code), hit.why))
        .collect()
}

#[test]
fn all_real_communities_are_there() {
    let areas = longgang();
    assert_eq!(areas.of_kind(AreaKind::Community, NOW).len(), 103);
    assert_eq!(areas.children(&code("330383"), NOW).len(), 103);
    assert_eq!(areas.communities_of(&code("330383"), NOW).len(), 103);
}

#[test]
fn every_community_is_found_first_by_its_own_name() {
    let areas = longgang();
    for community in areas.of_kind(AreaKind::Community, NOW) {
        let whole = &community.names.zh_hans;
        let mut queries = vec![whole.clone()];
        if let Some(short) = whole.strip_suffix("社区") {
            queries.extend([short.to_owned(), format!(" {short}村 ")]);
        }
        for query in &queries {
            let first = areas.search(query, NOW).into_iter().next().unwrap();
            assert_eq!(first.code, community.code, "{query}");
        }
    }
}

#[test]
fn one_community_has_many_ways_to_be_found() {
    for (query, first, why) in [
        ("象岗", "象岗社区", Matched::Name),
        ("象崗", "象岗社区", Matched::Name),
        ("象崗社區", "象岗社区", Matched::Name),
        ("象岗村", "象岗社区", Matched::Name),
        ("象", "象岗社区", Matched::Name),
        ("xianggang", "象岗社区", Matched::Pinyin),
        ("Xiang Gang", "象岗社区", Matched::Pinyin),
        ("ｘｉａｎｇｇａｎｇ", "象岗社区", Matched::Pinyin),
        ("xianggangshequ", "象岗社区", Matched::Pinyin),
        ("xiangg", "象岗社区", Matched::Pinyin),
        ("xg", "象岗社区", Matched::Initials),
        ("longhua", "龙华社区", Matched::Pinyin),
        ("lh", "龙和社区", Matched::Initials),
        ("zdk", "中对口社区", Matched::Initials),
        ("duikou", "中对口社区", Matched::Pinyin),
        ("舥艚镇", "舥艚社区", Matched::Formerly("舥艚镇".into())),
        ("后陈", "象岗社区", Matched::Formerly("后陈村".into())),
        ("後陳村", "象岗社区", Matched::Formerly("后陈村".into())),
        ("330383198023", "象岗社区", Matched::Code),
        ("198023", "象岗社区", Matched::Code),
        ("龙港镇", "龙港市", Matched::Formerly("龙港镇".into())),
    ] {
        let hits = found(query);
        let hit = hits
            .first()
            .unwrap_or_else(|| panic!("nothing for {query}"));
        assert_eq!(hit, &(first.to_owned(), why), "{query}: {hits:?}");
    }
}

#[test]
fn equal_fits_are_all_listed() {
    let names = |query| {
        found(query)
            .into_iter()
            .map(|(name, _)| name)
            .collect::<Vec<_>>()
    };
    assert_eq!(names("lh"), ["龙和社区", "龙华社区"]);
    assert_eq!(names("后陈"), ["象岗社区", "龙和社区"]);
    assert_eq!(names("家堡"), ["张家堡社区", "倪家堡社区"]);
}

#[test]
fn nonsense_finds_nothing() {
    for query in [
        "", " ", "，", "社区", "iang", "qqqq", "火星", "0", "%", "'; drop",
    ] {
        let hits = found(query);
        assert!(hits.is_empty(), "{query:?}: {hits:?}");
    }
}

#[test]
fn a_community_is_found_only_while_it_exists() {
    let areas = longgang();
    let before = MERGED.plus(domain::time::Millis::new(-1));
    assert_eq!(areas.search("双河", before).len(), 1);
    assert!(areas.search("双河", MERGED).is_empty());
    assert_eq!(areas.match_in_text("双河社区12号", before).len(), 1);
    assert!(areas.match_in_text("双河社区12号", MERGED).is_empty());
    assert!(
        areas
            .communities_of(&code("330383"), MERGED)
            .contains(&code("330383198058"))
    );
}

#[test]
fn communities_are_read_out_of_address_words() {
    let areas = longgang();
    for (address, expected) in [
        ("龙港市象岗社区龙翔路1915号后面", vec!["象岗社区"]),
        ("龍港市象崗社區龍翔路1915號後面", vec!["象岗社区"]),
        ("象岗村口的空地", vec!["象岗社区"]),
        ("象岗菜场旁边", vec!["象岗社区"]),
        ("中山路和龙华路口", vec![]),
        ("中山路88号，华中社区这边", vec!["华中社区"]),
        ("中山社区中山路", vec!["中山社区"]),
        ("龙华附近，靠象岗社区", vec!["象岗社区", "龙华社区"]),
        ("中对口社区居委会对面", vec!["中对口社区"]),
        ("新城建设中心管理区管委会", vec!["新城建设中心管理区"]),
        ("后陈村老人亭", vec!["象岗社区", "龙和社区"]),
        ("新中山村老人亭", vec!["瑞联社区"]),
        ("人民路与城南路口", vec![]),
        ("xianggang", vec![]),
        ("", vec![]),
    ] {
        let found: Vec<String> = areas
            .match_in_text(address, NOW)
            .iter()
            .map(|code| name(&areas, code))
            .collect();
        assert_eq!(found, expected, "{address}");
    }
}
