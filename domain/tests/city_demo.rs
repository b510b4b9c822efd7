//! The demo city is whole, and its numbers, clocks and protections are those it promises.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod city;

use std::collections::{BTreeMap, BTreeSet};

use city::{area, category, demo, rows};
use domain::area::AreaKind;
use domain::city::{CategoryKind, City, CommunityDetailRow, EvidenceKind, Matched, ServiceKind};
use domain::clock::{Limit, Stage};
use domain::ids::{PolicyCode, ServiceCode};
use domain::lang::Lang;
use domain::time::{Timestamp, parse_date};
use domain::visibility::Visibility;

fn at(city: &City, date: &str) -> Timestamp {
    city.time.start_of_day(parse_date(date).unwrap())
}

#[test]
fn the_demo_city_has_no_findings() {
    let findings: Vec<_> = demo().lint().iter().map(ToString::to_string).collect();
    assert!(findings.is_empty(), "{findings:#?}");
}

#[test]
fn counts_are_those_of_the_articles() {
    let city = demo();
    let now = at(&city, "2026-11-21");
    let count = |kind| city.areas.of_kind(kind, now).len();
    assert_eq!(count(AreaKind::City), 1);
    assert_eq!(count(AreaKind::Unit), 26);
    assert_eq!(
        count(AreaKind::Community),
        102 + 1,
        "102 communities and the new-town centre"
    );
    assert_eq!(city.dedicated_grids.len(), 15);
    assert_eq!(
        count(AreaKind::Grid) - city.dedicated_grids.len(),
        469,
        "all-round grids"
    );
    assert_eq!(count(AreaKind::MicroGrid), 3311);
    assert_eq!(city.departments().count(), 15);
    let families: Vec<_> = city
        .category_children(None)
        .iter()
        .map(|c| c.names.zh_hans.as_str())
        .collect();
    assert_eq!(
        families,
        [
            "基础信息",
            "联勤处置",
            "专项任务",
            "精准治理",
            "社区自治",
            "智慧社区"
        ],
        "the six task families"
    );
    assert!(city.leaf_categories().len() >= 60);
    assert!(city.services.len() >= 200);
    assert!((6..=15).contains(&city.contractors.len()));
}

#[test]
fn grids_are_spread_evenly_and_everything_hangs_in_the_tree() {
    let city = demo();
    let now = at(&city, "2026-11-21");
    let root = area("330383");
    for community in city.areas.of_kind(AreaKind::Community, now) {
        let up: Vec<_> = city
            .areas
            .ancestors(&community.code, now)
            .iter()
            .map(|a| a.kind)
            .collect();
        assert!(
            up.ends_with(&[AreaKind::City]) || up.contains(&AreaKind::City),
            "{up:?}"
        );
        assert!(up.contains(&AreaKind::Unit), "{}", community.code);
        assert!(city.areas.is_within(&community.code, &root, now));
        let grids = city.areas.children(&community.code, now);
        let all_round: Vec<_> = grids
            .iter()
            .filter(|g| !city.dedicated_grids.contains(&g.code))
            .collect();
        if community.code.as_str() == "330383198400" {
            assert!(all_round.is_empty());
        } else {
            assert!((4..=5).contains(&all_round.len()), "{}", community.code);
        }
        for grid in all_round {
            let micro = city.areas.children(&grid.code, now).len();
            assert!((7..=8).contains(&micro), "{}: {micro}", grid.code);
        }
    }
    for unit in city.areas.of_kind(AreaKind::Unit, now) {
        let n = city.areas.children(&unit.code, now).len();
        assert!((3..=4).contains(&n), "{}: {n}", unit.code);
        assert!(unit.contact.is_some());
    }
}

#[test]
fn no_number_in_the_demo_can_ring_somebody() {
    let city = demo();
    let offices = city
        .areas
        .rows()
        .iter()
        .filter_map(|a| a.contact.as_ref())
        .chain(city.units.iter().filter_map(|u| u.contact.as_ref()));
    let mut seen = BTreeSet::new();
    for office in offices {
        // After the area code no subscriber number begins with 0.
        assert!(office.phone.starts_with("0577-0000"), "{}", office.phone);
        assert!(seen.insert(office.phone.clone()), "{} twice", office.phone);
        assert!(
            office.address.zh_hans.contains("示例"),
            "{:?}",
            office.address
        );
    }
    assert_eq!(seen.len(), 103 + 26 + 15);
}

#[test]
fn every_community_can_be_typed() {
    for row in rows::<CommunityDetailRow>("community_details.csv") {
        assert!(
            row.pinyin
                .split(' ')
                .all(|s| !s.is_empty() && s.bytes().all(|b| b.is_ascii_lowercase())),
            "{row:?}"
        );
        assert!(
            row.zh_hant.contains('社') || row.code.as_str().ends_with("400"),
            "{row:?}"
        );
    }
    let by_code: BTreeMap<_, _> = rows::<CommunityDetailRow>("community_details.csv")
        .into_iter()
        .map(|r| (r.code.to_string(), r))
        .collect();
    for (code, pinyin, hant) in [
        ("330383198067", "ba cao", "舥艚社區"),
        ("330383198023", "xiang gang", "象崗社區"),
        ("330383198060", "yu jia mu", "余家慕社區"),
        ("330383198028", "shuang gui li", "雙桂里社區"),
        ("330383198007", "xia bu", "下埠社區"),
        ("330383198044", "san yang", "三垟社區"),
        ("330383198052", "long du", "龍都社區"),
        ("330383198078", "lao dou men", "老陡門社區"),
    ] {
        assert_eq!(by_code[code].pinyin, pinyin);
        assert_eq!(by_code[code].zh_hant, hant);
    }
}

#[test]
fn the_words_of_residents_find_their_category() {
    let city = demo();
    for (query, want) in [
        ("占道", "street-vending"),
        ("佔道經營", "street-vending"),
        ("hawker", "street-vending"),
        ("占道经营", "street-vending"),
        ("乱倒垃圾", "illegal-dumping"),
        ("厨余垃圾", "kitchen-waste"),
        ("裝修垃圾", "decoration-waste"),
        ("废旧家具", "bulky-waste"),
        ("乱搭建", "illegal-building"),
        ("井盖", "manhole"),
        ("路灯不亮", "street-light"),
        ("遛狗", "dog-unleashed"),
        ("家暴", "family-violence"),
        ("油烟", "fumes-cooking"),
        ("送餐", "elderly-care"),
        ("楼下饭店半夜往河边倒泔水，很臭", "kitchen-waste"),
        (
            "Dark street, the lamp has been out for weeks",
            "street-light",
        ),
        ("ｐｏｔｈｏｌｅ", "road-damage"),
    ] {
        let hits = city.search_categories(query, Lang::ZhHans);
        let top: Vec<_> = hits.iter().take(3).map(|h| h.code.as_str()).collect();
        assert!(top.contains(&want), "{query}: {hits:#?}");
    }
    let parking: Vec<_> = city.search_categories("乱停车", Lang::ZhHans);
    assert!(parking.iter().any(|h| h.code.as_str() == "parking-road"));
    assert!(
        parking
            .iter()
            .any(|h| h.code.as_str() == "parking-pavement")
    );
    assert!(city.search_categories("", Lang::En).is_empty());
    assert!(city.search_categories(" \u{3000}", Lang::En).is_empty());
    assert!(city.search_categories("zzzzqq", Lang::En).is_empty());
    let why = &city.search_categories("占道经营", Lang::En)[0].why;
    assert!(matches!(why, Matched::Name(_)), "{why:?}");
    let inside = city.search_categories("the dogmatic landlady", Lang::En);
    assert!(
        inside.iter().all(|h| h.code.as_str() != "dog-unleashed"),
        "a word is a whole word"
    );
}

#[test]
fn the_words_of_residents_find_their_service() {
    let city = demo();
    for (query, want) in [
        ("身份证丢了", "id-card-lost"),
        ("開飯店", "food-licence"),
        ("公积金", "fund-withdraw-home"),
        ("我要结婚", "marriage-reg"),
        ("低保", "low-income"),
        ("newborn", "hukou-birth"),
    ] {
        let hits = city.search_services(query, Lang::ZhHans);
        let top: Vec<_> = hits.iter().take(5).map(|h| h.code.as_str()).collect();
        assert!(top.contains(&want), "{query}: {top:?}");
    }
    let company = city
        .service(&ServiceCode::new("business-company").unwrap())
        .unwrap();
    assert_eq!(company.kind, ServiceKind::Confirm);
    assert_eq!(company.promised_days, Some(Limit::WorkingDays(1)));
    assert!(company.documents.len() >= 3 && company.fee.is_none());
}

#[test]
fn who_must_be_protected_is_never_public() {
    let city = demo();
    for code in ["minor-harm", "family-violence", "elder-harm"] {
        let c = city.category(&category(code)).unwrap();
        assert!(c.always_private, "{code}");
        for chosen in Visibility::ALL {
            assert_eq!(
                city.visibility_for(c, Some(chosen)),
                Visibility::Private,
                "{code}"
            );
        }
    }
    for (code, numbers) in [
        ("minor-harm", ["110", "12355", "12338"]),
        ("family-violence", ["110", "12338", "12355"]),
    ] {
        let c = city.category(&category(code)).unwrap();
        let shown: Vec<_> = city
            .help_lines(c)
            .iter()
            .map(|e| e.number.as_str())
            .collect();
        assert_eq!(shown, numbers);
    }
    // Neighbours, corridor, noise, welfare and health are private unless the reporter opens them.
    for code in [
        "neighbour-dispute",
        "corridor-clutter",
        "noise-construction",
        "noise-social",
        "noise-factory",
        "hardship",
        "elderly-care",
        "health-service",
        "mental-health",
    ] {
        let c = city.category(&category(code)).unwrap();
        assert_eq!(c.visibility, Visibility::Private, "{code}");
        assert_eq!(
            city.visibility_for(c, Some(Visibility::Public)),
            Visibility::Public,
            "{code}"
        );
    }
    let tips: Vec<_> = city
        .leaf_categories()
        .into_iter()
        .filter(|c| c.kind == CategoryKind::Tip)
        .collect();
    assert!(tips.len() >= 4);
    for tip in tips {
        assert_eq!(
            city.visibility_for(tip, Some(Visibility::Public)),
            Visibility::Private
        );
    }
    let officials = city.category(&category("tip-official")).unwrap();
    assert_eq!(
        Some(&officials.lead),
        city.settings.discipline.as_ref(),
        "and nowhere else"
    );
    for duty in city.duties_for(
        &officials.code,
        &area("330383198023"),
        at(&city, "2026-01-01"),
    ) {
        assert!(duty.supports.is_empty() && Some(&duty.lead) == city.settings.discipline.as_ref());
    }
}

/// What fits no category has one: with the community, under the ordinary clocks, for no eyes but its
/// reporter's and the offices', and proposed to nobody who did not look for it.
#[test]
fn what_fits_nowhere_has_a_place() {
    let city = demo();
    let other = city.settings.other.as_ref().unwrap();
    let row = city.category(other).unwrap();
    assert!(city.is_leaf(other) && row.kind == CategoryKind::Whistle && !row.closed);
    assert_eq!(row.visibility, Visibility::Private);
    assert_eq!(row.lead.as_str(), "commission-community");
    for stage in [Stage::Respond, Stage::Resolve] {
        assert!(city.limit(&row.policy, stage).is_some(), "{stage}");
    }
    for query in ["其他", "都不合适", "none of these"] {
        let hits = city.search_categories(query, Lang::ZhHans);
        assert!(hits.iter().any(|hit| &hit.code == other), "{query}");
    }
    let told = "垃圾没人清，其他住户也说过，other people too";
    let hits = city.search_categories(told, Lang::ZhHans);
    assert!(hits.iter().all(|hit| &hit.code != other), "{hits:#?}");
}

#[test]
fn dangers_show_numbers_and_are_never_filed() {
    let city = demo();
    let dangers: Vec<_> = city
        .leaf_categories()
        .into_iter()
        .filter(|c| c.emergency)
        .collect();
    assert_eq!(dangers.len(), 4);
    for danger in dangers {
        assert!(!city.help_lines(danger).is_empty(), "{}", danger.code);
    }
    let numbers: Vec<_> = city
        .danger_numbers()
        .iter()
        .map(|e| e.number.as_str())
        .collect();
    assert_eq!(numbers, ["110", "119", "120", "12110", "12395"]);
}

#[test]
fn the_clocks_of_the_articles_are_there() {
    let city = demo();
    let policy = |code: &str| PolicyCode::new(code).unwrap();
    let longgang = policy("longgang-1-2-3-45");
    // Minute clocks run only while the station is staffed: they are minutes of its hours.
    assert!(city.policy(&longgang).unwrap().staffed_only);
    for (stage, minutes) in [
        (Stage::Respond, 1),
        (Stage::Dispatch, 2),
        (Stage::SetOut, 3),
        (Stage::Arrive, 45),
    ] {
        assert_eq!(
            city.limit(&longgang, stage),
            Some(Limit::ServiceMinutes(minutes)),
            "{stage:?}"
        );
    }
    assert_eq!(
        city.limit(&policy("jiangsu-15"), Stage::Respond),
        Some(Limit::ServiceMinutes(15))
    );
    assert_eq!(
        city.limit(&policy("four-days"), Stage::Resolve),
        Some(Limit::Days(4)),
        "96 hours"
    );
    assert_eq!(
        city.limit(&policy("project"), Stage::Resolve),
        Some(Limit::Date)
    );
    assert_eq!(
        city.limit(&policy("standard"), Stage::Resolve),
        Some(Limit::WorkingDays(5))
    );
    for p in &city.policies {
        assert_eq!(
            p.limit(Stage::Release),
            Some(Limit::ServiceMinutes(240)),
            "{}",
            p.code
        );
        assert!(p.limit(Stage::Resolve).is_some() && p.limit(Stage::Verify).is_some());
        assert!(!p.basis.is_empty());
    }
    for code in ["street-vending", "parking-road", "parking-pavement"] {
        assert_eq!(
            city.category(&category(code)).unwrap().policy.as_str(),
            "jiangsu-15"
        );
    }
    let noon = |d: &str| at(&city, d).plus(domain::time::Millis::hours(12));
    let hours = city.hours_for(&area("330383198023"), at(&city, "2026-11-30"));
    let open = |d: &str| hours.is_open(noon(d), &city.calendar, &city.time);
    assert!(open("2021-05-08"), "a make-up Saturday");
    assert!(!open("2021-06-14"), "Dragon Boat");
    assert!(!open("2021-06-20"), "an ordinary Sunday");
}

#[test]
fn the_real_cases_have_a_home() {
    let city = demo();
    let land = city.category(&category("vacant-land")).unwrap();
    assert_eq!(land.policy.as_str(), "project");
    assert_eq!(city.department_of(&land.lead).as_str(), "enforcement");
    assert!(land.evidence.contains(&EvidenceKind::PhotoAfter));
    let duties = city.duties_for(&land.code, &area("330383198023"), at(&city, "2021-05-08"));
    assert!(
        duties[0]
            .supports
            .iter()
            .any(|u| city.department_of(u).as_str() == "resources")
    );
    assert_eq!(
        city.category(&category("illegal-dumping"))
            .unwrap()
            .policy
            .as_str(),
        "four-days"
    );
    let path: Vec<_> = city
        .category_path(&category("decoration-waste"))
        .iter()
        .map(|c| c.code.to_string())
        .collect();
    assert_eq!(path, ["joint-handling", "rubbish", "decoration-waste"]);
    for (code, name) in [("330383198023", "象岗社区"), ("330383198094", "华中社区")] {
        let found = city.areas.at(&area(code), at(&city, "2020-09-26")).unwrap();
        assert_eq!(found.names.zh_hans, name);
    }
}

#[test]
fn a_duty_holds_only_in_its_time() {
    let mut city = demo();
    let code = category("manhole");
    let duty = city.duties.iter_mut().find(|d| d.category == code).unwrap();
    duty.valid_from = Timestamp::from_millis(1000);
    duty.valid_to = Some(Timestamp::from_millis(2000));
    let kept = duty.code.clone();
    let at = |ms| city.duties_for(&code, &area("330383198023"), Timestamp::from_millis(ms));
    assert!(at(999).iter().all(|d| d.code != kept));
    assert!(at(1000).iter().any(|d| d.code == kept));
    assert!(at(1999).iter().any(|d| d.code == kept));
    assert!(
        at(2000).iter().all(|d| d.code != kept),
        "ends are exclusive"
    );
    assert!(city.duty(&kept).is_some(), "old cases still name it");
}
