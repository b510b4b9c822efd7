//! A city that changes while it runs: nothing is lost, nothing begins early, and what would send a
//! case nowhere is not taken.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod city;

use city::{area, category, demo};
use domain::area::AreaKind;
use domain::city::change::{
    CategoryRow, Change, ChangeFault, Dated, LineGrid, Mistake, Topic, Wrong, is_taken_back, read,
    standing, typed_of,
};
use domain::city::{City, Fault, Ground as _};
use domain::clock::{Limit, ServiceHours, Stage};
use domain::ids::{AreaCode, DutyCode, PolicyCode, UnitCode};
use domain::lang::Names;
use domain::time::{CityTime, Timestamp, parse_date};
use proptest::prelude::*;

const HUAZHONG: &str = "330383198094";
const XIANGGANG: &str = "330383198023";
/// 30 November 2026, in the afternoon.
const NOW_IS: Timestamp = Timestamp::from_millis(1_796_022_000_000);

fn at(day: &str) -> Timestamp {
    CityTime::china().start_of_day(parse_date(day).unwrap())
}

fn dated(number: u32, day: &str, change: Change) -> Dated {
    Dated {
        number,
        from: at(day),
        change,
    }
}

fn names(text: &str) -> Names {
    Names::new(text, text, text)
}

/// The grids of a community on a day.
fn grids(city: &City, community: &str, day: &str) -> Vec<AreaCode> {
    let inside = city.areas.children(&area(community), at(day));
    inside.into_iter().map(|grid| grid.code.clone()).collect()
}

fn split(takes: Vec<AreaCode>) -> Change {
    Change::SplitArea {
        area: area(HUAZHONG),
        code: area("330383198999"),
        names: names("华中东社区"),
        pinyin: "hua zhong dong".to_owned(),
        takes,
    }
}

#[test]
fn a_split_takes_grids_along_and_leaves_the_rest() {
    let base = demo();
    let before = grids(&base, HUAZHONG, "2026-12-31");
    let taken = before[..2].to_vec();
    let change = dated(1, "2027-01-01", split(taken.clone()));
    let city = base
        .changed(std::slice::from_ref(&change), at("2026-12-01"))
        .unwrap();
    assert_eq!(city.lint(), []);
    // The day before nothing is other than it was, and it is known already what comes.
    assert_eq!(grids(&city, HUAZHONG, "2026-12-31"), before);
    assert!(
        city.areas
            .at(&area("330383198999"), at("2026-12-31"))
            .is_none()
    );
    assert_eq!(grids(&city, "330383198999", "2027-01-01"), taken);
    assert_eq!(grids(&city, HUAZHONG, "2027-01-01"), before[2..]);
    // Micro-grids came along with their grids.
    let micro = city.areas.children(&taken[0], at("2027-01-01"))[0]
        .code
        .clone();
    let community = |day| {
        city.areas
            .community_of(&micro, at(day))
            .unwrap()
            .code
            .clone()
    };
    assert_eq!(community("2026-12-31"), area(HUAZHONG));
    assert_eq!(community("2027-01-01"), area("330383198999"));
    // The same unit looks after both.
    let unit = |code: &str| {
        city.areas.ancestors(&area(code), at("2027-01-01"))[0]
            .code
            .clone()
    };
    assert_eq!(unit("330383198999"), unit(HUAZHONG));

    for (takes, fault) in [
        (before.clone(), ChangeFault::NothingLeft(area(HUAZHONG))),
        (
            vec![area(XIANGGANG)],
            ChangeFault::NotInside(area(XIANGGANG)),
        ),
    ] {
        let wrong = dated(1, "2027-01-01", split(takes));
        assert_eq!(base.tried(&[], NOW_IS, &wrong).unwrap_err().fault, fault);
    }
    let again = dated(2, "2027-02-01", split(vec![before[2].clone()]));
    let taken = ChangeFault::Taken("330383198999".to_owned());
    assert_eq!(
        base.tried(&[change], NOW_IS, &again).unwrap_err().fault,
        taken
    );
}

#[test]
fn who_goes_on_after_a_merge_answers_for_what_was_left_open() {
    let base = demo();
    let (old, into) = (area(HUAZHONG), area(XIANGGANG));
    let change = dated(
        1,
        "2027-01-01",
        Change::MergeAreas {
            area: old.clone(),
            into: into.clone(),
        },
    );
    let city = base.changed(&[change], at("2026-12-01")).unwrap();
    assert_eq!(city.lint(), []);
    let areas = &city.areas;
    let (before, after) = (at("2026-12-31"), at("2027-01-01"));
    assert_eq!(areas.answering(&old, before).unwrap().code, old);
    assert_eq!(areas.answering(&old, after).unwrap().code, into);
    assert_eq!(areas.community_of(&old, after).unwrap().code, into);
    let unit = areas.ancestors(&into, after)[1].code.clone();
    let above: Vec<_> = areas
        .ancestors(&old, after)
        .iter()
        .map(|a| a.code.clone())
        .collect();
    assert_eq!(
        above[..2],
        [into.clone(), areas.ancestors(&into, after)[0].code.clone()]
    );
    assert!(areas.is_within(&old, &unit, after));
    // Whoever has the one has the cases of the other.
    assert_eq!(areas.inherited(&into, before).len(), 0);
    assert!(areas.inherited(&into, after).contains(&old));
    assert!(areas.communities_of(&into, after).contains(&old));
    assert!(!areas.communities_of(&into, before).contains(&old));
    // And every grid is somewhere.
    let mut both = grids(&city, HUAZHONG, "2026-12-31");
    both.extend(grids(&city, XIANGGANG, "2026-12-31"));
    both.sort();
    let mut together = grids(&city, XIANGGANG, "2027-01-01");
    together.sort();
    assert_eq!(together, both);
    assert_eq!(grids(&city, HUAZHONG, "2027-01-01"), []);
    assert_eq!(
        areas.of_kind(AreaKind::Community, after).len(),
        base.areas.of_kind(AreaKind::Community, before).len() - 1
    );
}

#[test]
fn a_new_name_keeps_the_old_one_as_a_former_name() {
    let base = demo();
    let change = Change::RenameArea {
        area: area(HUAZHONG),
        names: names("龙华社区"),
        pinyin: "long hua".to_owned(),
    };
    let city = base
        .changed(&[dated(1, "2027-01-01", change.clone())], at("2027-02-01"))
        .unwrap();
    let row = |day| city.areas.at(&area(HUAZHONG), at(day)).unwrap();
    let old = row("2026-12-31").names.zh_hans.clone();
    assert_eq!(row("2027-01-01").names.zh_hans, "龙华社区");
    assert!(row("2027-01-01").formerly.contains(&old));
    let found = city.areas.search(&old, at("2027-01-01"));
    assert_eq!(
        found[0].code,
        area(HUAZHONG),
        "found by the name people know"
    );
    let again = dated(2, "2027-03-01", change);
    let none = ChangeFault::NoChange(HUAZHONG.to_owned());
    assert_eq!(city.tried(&[], NOW_IS, &again).unwrap_err().fault, none);
}

#[test]
fn two_changes_of_one_area_on_one_day_are_one_row() {
    let base = demo();
    let rename = Change::RenameArea {
        area: area(HUAZHONG),
        names: names("龙华社区"),
        pinyin: "long hua".to_owned(),
    };
    let to = Change::MoveArea {
        area: area(HUAZHONG),
        to: area("unit-06"),
    };
    let changes = [dated(1, "2027-01-01", rename), dated(2, "2027-01-01", to)];
    let city = base.changed(&changes, at("2027-02-01")).unwrap();
    let row = city.areas.at(&area(HUAZHONG), at("2027-01-01")).unwrap();
    assert_eq!(row.names.zh_hans, "龙华社区");
    assert_eq!(row.parent, Some(area("unit-06")));
    assert_eq!(city.areas.rows_of(&area(HUAZHONG)).len(), 2);
}

/// An earlier change that takes the ground away from a later one is not taken.
#[test]
fn what_was_put_down_before_must_stay_possible() {
    let base = demo();
    let later = dated(
        1,
        "2027-03-01",
        Change::RenameArea {
            area: area(HUAZHONG),
            names: names("龙华社区"),
            pinyin: "long hua".to_owned(),
        },
    );
    let earlier = dated(
        2,
        "2027-01-01",
        Change::MergeAreas {
            area: area(HUAZHONG),
            into: area(XIANGGANG),
        },
    );
    let refused = base
        .tried(std::slice::from_ref(&later), NOW_IS, &earlier)
        .unwrap_err();
    assert_eq!(refused.number, 1, "the later one is named");
    assert_eq!(refused.fault, ChangeFault::NotThere(HUAZHONG.to_owned()));
    // Taken back, it stands in nobody's way.
    let back = dated(3, "2026-12-01", Change::TakeBack { number: 1 });
    let changes = [later, back];
    assert!(is_taken_back(&changes, 1) && !is_taken_back(&changes, 3));
    assert_eq!(standing(&changes).len(), 0);
    assert_eq!(base.tried(&changes, NOW_IS, &earlier).unwrap().after, []);
}

#[test]
fn a_duty_that_holds_on_in_an_area_that_ends_is_told() {
    let base = demo();
    let usual = base.duties[0].clone();
    let here = |code: &str, areas| Change::SetDuty {
        duty: DutyCode::new(code).unwrap(),
        replaces: None,
        category: usual.category.clone(),
        situation: names("另一种情况"),
        lead: usual.lead.clone(),
        supports: Vec::new(),
        basis: "规定".to_owned(),
        areas,
    };
    let first = dated(1, "2026-12-01", here("here-1", vec![area(HUAZHONG)]));
    let merge = dated(
        2,
        "2027-01-01",
        Change::MergeAreas {
            area: area(HUAZHONG),
            into: area(XIANGGANG),
        },
    );
    let tried = base
        .tried(std::slice::from_ref(&first), NOW_IS, &merge)
        .unwrap();
    assert_eq!(tried.before, []);
    assert!(matches!(&tried.after[..], [finding]
        if finding.code == "here-1" && matches!(finding.fault, Fault::AreaEnds { .. })));
    // Once the duty says where it holds from then on, it goes.
    let moved = Change::SetDuty {
        duty: DutyCode::new("here-2").unwrap(),
        replaces: Some(DutyCode::new("here-1").unwrap()),
        category: usual.category.clone(),
        situation: names("另一种情况"),
        lead: usual.lead.clone(),
        supports: Vec::new(),
        basis: "规定".to_owned(),
        areas: vec![area(XIANGGANG)],
    };
    let changes = [first, dated(3, "2027-01-01", moved)];
    let merge = Dated { number: 4, ..merge };
    assert_eq!(base.tried(&changes, NOW_IS, &merge).unwrap().after, []);
}

/// The linter looks at every day from the change on on which something changes, not at its own alone.
#[test]
fn a_gap_that_opens_later_is_told() {
    let base = demo();
    let usual = base.duties[0].clone();
    let of_category = base
        .duties
        .iter()
        .filter(|duty| duty.category == usual.category);
    assert_eq!(
        of_category.count(),
        1,
        "the test needs a category with one duty"
    );
    let end = dated(
        1,
        "2027-02-01",
        Change::EndDuty {
            duty: usual.code.clone(),
        },
    );
    let tried = base.tried(&[], NOW_IS, &end).unwrap();
    assert!(
        tried
            .after
            .iter()
            .any(|f| matches!(f.fault, Fault::DutyGap { .. }))
    );
}

#[test]
fn clocks_hours_and_categories_change_on_their_day_and_not_before() {
    let base = demo();
    let street = base.leaf_categories()[0].clone();
    let policy = base.policies[0].clone();
    let sooner = Change::SetClocks {
        policy: policy.code.clone(),
        names: policy.names.clone(),
        limits: vec![(Stage::Respond, Limit::Minutes(7))],
        staffed_only: false,
        basis: policy.basis.clone(),
    };
    let mut row = CategoryRow::of(&street);
    row.names = names("乱摆摊");
    let renamed = Change::SetCategory {
        category: street.code.clone(),
        row,
    };
    let closed = Change::OpenCategory {
        category: street.code.clone(),
        open: false,
    };
    let open = Change::SetHours {
        area: Some(area("unit-06")),
        hours: Some(ServiceHours::always()),
    };
    let changes = [
        dated(1, "2027-01-01", sooner),
        dated(2, "2027-01-01", renamed),
        dated(3, "2027-02-01", closed),
        dated(4, "2027-01-01", open),
    ];
    let on = |day: &str| base.changed(&changes, at(day)).unwrap();
    let before = on("2026-12-31");
    assert_eq!(before.policies, base.policies);
    assert_eq!(before.category(&street.code), Some(&street));
    assert_eq!(before.hours, base.hours);
    let after = on("2027-01-01");
    assert_eq!(
        after.limit(&policy.code, Stage::Respond),
        Some(Limit::Minutes(7))
    );
    assert_eq!(
        after.category(&street.code).unwrap().names.zh_hans,
        "乱摆摊"
    );
    assert!(after.standing(&street.code).is_some());
    assert_eq!(
        after.hours_for(&area(XIANGGANG), at("2027-01-01")),
        &ServiceHours::always()
    );
    assert!(on("2027-02-01").standing(&street.code).is_none(), "closed");
    assert!(
        on("2027-02-01").category(&street.code).is_some(),
        "cases there are keep it"
    );
    // Nothing is found by a name that is over, and by the new one it is.
    let hits = after.search_categories("乱摆摊", domain::lang::Lang::ZhHans);
    assert_eq!(hits[0].code, street.code);
}

#[test]
fn a_new_category_comes_with_who_leads() {
    let base = demo();
    let beside = base.leaf_categories()[0].clone();
    let row = CategoryRow {
        names: names("共享单车乱停"),
        plain: names("共享单车停在盲道、路口。"),
        ..CategoryRow::of(&beside)
    };
    let add = |within, duty: &str| Change::AddCategory {
        category: category("shared-bikes"),
        within,
        row: row.clone(),
        duty: DutyCode::new(duty).unwrap(),
        basis: "城市道路管理条例".to_owned(),
    };
    let group = beside.parent.clone().unwrap();
    let change = dated(1, "2027-01-01", add(group.clone(), "shared-bikes-1"));
    assert_eq!(base.tried(&[], NOW_IS, &change).unwrap().after, []);
    let city = base.changed(&[change], at("2027-01-01")).unwrap();
    let made = city.category(&category("shared-bikes")).unwrap();
    assert_eq!(
        (made.always_private, made.kind),
        (beside.always_private, beside.kind)
    );
    let duties = city.duties_for(&category("shared-bikes"), &area(HUAZHONG), at("2027-01-01"));
    assert_eq!(duties[0].lead, beside.lead);
    // A category with cases does not become a group, and a code is used once.
    for (within, duty, fault) in [
        (
            beside.code.clone(),
            "shared-bikes-1",
            ChangeFault::NotThere(beside.code.to_string()),
        ),
        (
            group,
            base.duties[0].code.as_str(),
            ChangeFault::Taken(base.duties[0].code.to_string()),
        ),
    ] {
        let wrong = dated(1, "2027-01-01", add(within, duty));
        assert_eq!(base.tried(&[], NOW_IS, &wrong).unwrap_err().fault, fault);
    }
}

#[test]
fn a_policy_nobody_knows_and_a_lead_that_is_a_department_are_told() {
    let base = demo();
    let street = base.leaf_categories()[0].clone();
    let with = |change: &dyn Fn(&mut CategoryRow)| {
        let mut row = CategoryRow::of(&street);
        change(&mut row);
        let set = Change::SetCategory {
            category: street.code.clone(),
            row,
        };
        base.tried(&[], NOW_IS, &dated(1, "2027-01-01", set))
            .unwrap()
            .after
    };
    assert_eq!(with(&|row| row.on_scene = !row.on_scene), []);
    let department = base.departments().next().unwrap().code.clone();
    let told = with(&|row| row.lead = department.clone());
    assert!(matches!(told[0].fault, Fault::NotAModule { .. }));
    let told = with(&|row| row.policy = PolicyCode::new("nobody").unwrap());
    assert!(matches!(told[0].fault, Fault::NoPolicy));
}

/// Two that wait for one day and say the same rule of time: which would hold, nobody could tell from
/// the list.
#[test]
fn of_two_changes_of_one_rule_on_one_day_the_second_is_not_taken() {
    let base = demo();
    let policy = base.policies[0].clone();
    let clocks = |minutes| Change::SetClocks {
        policy: policy.code.clone(),
        names: policy.names.clone(),
        limits: vec![(Stage::Respond, Limit::Minutes(minutes))],
        staffed_only: false,
        basis: policy.basis.clone(),
    };
    let hours = |area_code: &str, hours| Change::SetHours {
        area: Some(area(area_code)),
        hours,
    };
    let open = Some(ServiceHours::always());
    let first = [
        dated(1, "2027-01-01", clocks(7)),
        dated(2, "2027-01-01", hours("unit-06", open.clone())),
    ];
    let refused = |next: &Dated| base.tried(&first, NOW_IS, next).err().map(|it| it.fault);
    let again = dated(3, "2027-01-01", clocks(8));
    assert_eq!(refused(&again), Some(ChangeFault::SameDay(1)));
    let again = dated(3, "2027-01-01", hours("unit-06", None));
    assert_eq!(refused(&again), Some(ChangeFault::SameDay(2)));
    // Another day, another place, and the one before it taken back.
    assert_eq!(refused(&dated(3, "2027-01-02", clocks(8))), None);
    let elsewhere = hours("unit-07", open);
    assert_eq!(refused(&dated(3, "2027-01-01", elsewhere)), None);
    let mut taken_back = first.to_vec();
    taken_back.push(Dated {
        number: 3,
        from: NOW_IS,
        change: Change::TakeBack { number: 1 },
    });
    let again = dated(4, "2027-01-01", clocks(8));
    assert!(base.tried(&taken_back, NOW_IS, &again).is_ok());
    // What holds already may be mended on its own day.
    let now = Dated {
        from: NOW_IS,
        ..dated(1, "2027-01-01", clocks(7))
    };
    let mended = Dated {
        from: NOW_IS,
        ..dated(2, "2027-01-01", clocks(8))
    };
    assert!(base.tried(&[now], NOW_IS, &mended).is_ok());
}

#[test]
fn department_grids_show_holes_and_what_lies_double() {
    let base = demo();
    let day = at("2026-12-01");
    let community = grids(&base, HUAZHONG, "2026-12-01");
    let micro: Vec<AreaCode> = base
        .areas
        .children(&community[0], day)
        .into_iter()
        .map(|piece| piece.code.clone())
        .collect();
    let grid = |code: &str, covers: &[AreaCode]| LineGrid {
        code: code.to_owned(),
        name: format!("警务区{code}"),
        covers: covers.to_vec(),
    };
    let all: Vec<AreaCode> = base
        .areas
        .of_kind(AreaKind::Community, day)
        .into_iter()
        .map(|community| community.code.clone())
        .filter(|code| *code != area(HUAZHONG))
        .collect();
    let laid = [
        grid("A", &all),
        // All of the community but its last grid; of the first grid one piece twice.
        grid("B", &community[..community.len() - 1]),
        grid("C", &micro[..1]),
    ];
    let overlay = base.overlay(&laid, day);
    assert_eq!(overlay.gaps, [community[community.len() - 1].clone()]);
    assert_eq!(overlay.overlaps.len(), 1);
    assert_eq!(overlay.overlaps[0].area, micro[0]);
    assert_eq!(overlay.overlaps[0].grids, ["B", "C"]);
    assert_eq!(overlay.astride, ["A", "B"]);
    let last = base
        .areas
        .children(&community[community.len() - 1], day)
        .len();
    // A grid in which nothing lies is a piece itself.
    assert_eq!(overlay.pieces - overlay.covered, last.max(1));
    // The same whole community twice is one overlap, told once.
    let twice = [grid("A", &[area(HUAZHONG)]), grid("B", &[area(HUAZHONG)])];
    let overlay = base.overlay(&twice, day);
    assert_eq!(overlay.overlaps.len(), 1);
    assert_eq!(overlay.overlaps[0].area, area(HUAZHONG));

    let unit = base.departments().next().unwrap().code.clone();
    let set = |grids| Change::SetLineGrids {
        unit: unit.clone(),
        grids,
    };
    let nowhere = vec![grid("A", &[area("nowhere")])];
    let refused = base.tried(&[], NOW_IS, &dated(1, "2027-01-01", set(nowhere)));
    assert_eq!(
        refused.unwrap_err().fault,
        ChangeFault::NotThere("nowhere".to_owned())
    );
    let city = base
        .changed(
            &[dated(1, "2027-01-01", set(laid.to_vec()))],
            at("2027-01-01"),
        )
        .unwrap();
    assert_eq!(city.line_grids[&unit], laid);
}

/// One of each kind, as it may stand in a city's log.
fn samples(base: &City) -> Vec<Change> {
    let street = base.leaf_categories()[0].clone();
    let policy = base.policies[0].clone();
    let duty = base.duties[0].clone();
    let contact = base
        .areas
        .at(&area(HUAZHONG), at("2026-12-01"))
        .unwrap()
        .contact
        .clone();
    vec![
        Change::RenameArea {
            area: area(HUAZHONG),
            names: names("龙华社区"),
            pinyin: "long hua".to_owned(),
        },
        Change::MoveArea {
            area: area(HUAZHONG),
            to: area("unit-06"),
        },
        split(
            grids(base, HUAZHONG, "2026-12-01")
                .into_iter()
                .take(1)
                .collect(),
        ),
        Change::MergeAreas {
            area: area(HUAZHONG),
            into: area(XIANGGANG),
        },
        Change::AddArea {
            within: area(HUAZHONG),
            code: area("330383198094-g99"),
            names: names("新网格"),
            pinyin: "xin wang ge".to_owned(),
        },
        Change::SetOffice {
            area: area(HUAZHONG),
            contact: contact.unwrap(),
        },
        Change::SetHours {
            area: None,
            hours: Some(base.default_hours.clone()),
        },
        Change::SetHours {
            area: Some(area(HUAZHONG)),
            hours: None,
        },
        Change::SetClocks {
            policy: policy.code,
            names: policy.names,
            limits: policy.limits,
            staffed_only: policy.staffed_only,
            basis: policy.basis,
        },
        Change::SetCategory {
            category: street.code.clone(),
            row: CategoryRow::of(&street),
        },
        Change::AddCategory {
            category: category("shared-bikes"),
            within: street.parent.clone().unwrap(),
            row: CategoryRow::of(&street),
            duty: DutyCode::new("shared-bikes-1").unwrap(),
            basis: "规定".to_owned(),
        },
        Change::OpenCategory {
            category: street.code,
            open: false,
        },
        Change::SetDuty {
            duty: DutyCode::new("another").unwrap(),
            replaces: Some(duty.code.clone()),
            category: duty.category,
            situation: duty.situation,
            lead: duty.lead,
            supports: vec![UnitCode::new("safety-fire").unwrap()],
            basis: duty.basis,
            areas: vec![area("unit-06")],
        },
        Change::EndDuty { duty: duty.code },
        Change::SetLineGrids {
            unit: base.departments().next().unwrap().code.clone(),
            grids: vec![LineGrid {
                code: "A1".to_owned(),
                name: "警务区".to_owned(),
                covers: vec![area(HUAZHONG), area(XIANGGANG)],
            }],
        },
        Change::TakeBack { number: 7 },
    ]
}

#[test]
fn what_a_form_shows_of_a_change_reads_as_that_change() {
    let base = demo();
    let now = at("2026-12-01");
    for change in samples(&base) {
        let topic: Topic = change.kind().parse().unwrap();
        let mut typed = typed_of(&change);
        typed.push(("from".to_owned(), "2027-01-01".to_owned()));
        let (read, from) = read(topic, typed.as_slice(), &base, now).unwrap();
        assert_eq!(read, change);
        let expected = if topic == Topic::TakeBack {
            now
        } else {
            at("2027-01-01")
        };
        assert_eq!(from, expected);
    }
    // Every topic is in the samples, so none is forgotten here.
    let kinds: Vec<_> = samples(&base).iter().map(Change::kind).collect();
    for topic in Topic::ALL {
        assert!(kinds.contains(&topic.as_str()), "{topic:?}");
    }
}

/// The log of a city must be readable by every later program: what is written today is written here.
#[test]
#[expect(clippy::disallowed_methods, reason = "UPDATE=1 writes the file")]
fn changes_are_written_as_ever() {
    let base = demo();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/city/changes.golden.txt");
    let written: String = samples(&base)
        .iter()
        .map(|change| serde_json::to_string(change).unwrap() + "\n")
        .collect();
    if std::env::var("UPDATE").is_ok() {
        std::fs::write(path, &written).unwrap();
    }
    let golden = std::fs::read_to_string(path).unwrap();
    assert_eq!(written, golden);
    for (line, change) in golden.lines().zip(samples(&base)) {
        assert_eq!(serde_json::from_str::<Change>(line).unwrap(), change);
    }
}

#[test]
fn each_field_is_told_what_is_wrong_with_it() {
    let base = demo();
    let now = at("2026-12-01").plus(domain::time::Millis::hours(10));
    let of = |topic: Topic, typed: &[(&str, &str)]| {
        let typed: Vec<(String, String)> = typed
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        read(topic, typed.as_slice(), &base, now)
    };
    let mistakes = |topic, typed: &[(&str, &str)]| -> Vec<(&str, Wrong)> {
        let mistakes: Vec<Mistake> = of(topic, typed).unwrap_err();
        mistakes.into_iter().map(|m| (m.field, m.what)).collect()
    };
    let told = mistakes(Topic::MoveArea, &[("area", HUAZHONG), ("to", "A b")]);
    assert_eq!(told, [("to", Wrong::NotACode), ("from", Wrong::Missing)]);
    for (day, wrong) in [
        ("tomorrow", Wrong::NotADate),
        ("2026-11-30", Wrong::Past),
        ("2126-11-30", Wrong::TooFar),
    ] {
        let told = mistakes(Topic::EndDuty, &[("duty", "a"), ("from", day)]);
        assert_eq!(told, [("from", wrong)]);
    }
    // Of today it holds from now on, never from this morning.
    let (_, from) = of(Topic::EndDuty, &[("duty", "a"), ("from", "2026-12-01")]).unwrap();
    assert_eq!(from, now);
    let day = ("from", "2027-01-01");
    let told = mistakes(Topic::SetHours, &[day, ("day-1", "17:00-08:00")]);
    assert_eq!(told, [("day-1", Wrong::NotHours)]);
    let told = mistakes(Topic::SetHours, &[day, ("day-1", "8"), ("day-3", "9-10")]);
    assert_eq!(
        told,
        [("day-1", Wrong::NotHours), ("day-3", Wrong::NotHours)]
    );
    let (typed, plain) = ("０８：３０–12:00、14:00 - 17:30", "08:30-12:00 14:00-17:30");
    let read = |hours| of(Topic::SetHours, &[day, ("day-1", hours)]).unwrap();
    assert_eq!(read(typed), read(plain));
    let told = mistakes(Topic::SetHours, &[day, ("day-6", "08:00-09:00")]);
    assert_eq!(told, [("day-1", Wrong::NeverOpen)]);
    let long = "长".repeat(61);
    let clocks = [
        day,
        ("policy", "p"),
        ("name-zh-hans", long.as_str()),
        ("name-zh-hant", "a\u{0}"),
        ("basis", "b"),
        ("respond", "0"),
        ("respond-unit", "minutes"),
        ("arrive", "45"),
        ("resolve-unit", "days"),
        ("verify", "99999"),
        ("verify-unit", "days"),
        ("answer", "3"),
        ("answer-unit", "moons"),
    ];
    let told = mistakes(Topic::SetClocks, &clocks);
    assert_eq!(
        told,
        [
            ("name-zh-hans", Wrong::TooLong(60)),
            ("name-zh-hant", Wrong::Control),
            ("name-en", Wrong::Missing),
            ("respond", Wrong::NotANumber),
            ("arrive-unit", Wrong::Missing),
            ("resolve", Wrong::Missing),
            ("verify", Wrong::TooFar),
            ("answer-unit", Wrong::Unknown),
        ]
    );
    let grids = "A,甲,330383198094\n\nB,乙\n";
    let told = mistakes(Topic::SetLineGrids, &[day, ("unit", "u"), ("grids", grids)]);
    let lines = |told: &[(&str, Wrong)]| match told {
        [("grids", Wrong::Lines(bad))] => (bad.told().to_vec(), bad.more()),
        other => panic!("{other:?}"),
    };
    assert_eq!(lines(&told), (vec![3], 0));
    let twice = "A,甲,330383198094\nA,乙,330383198023";
    let told = mistakes(Topic::SetLineGrids, &[day, ("unit", "u"), ("grids", twice)]);
    assert_eq!(lines(&told), (vec![2], 0));
    // All of them are told, so that a set of grids is mended in one go; of very many the first.
    let some = "A,甲,330383198094\nB\nC,丙,330383198023\n\nA,丁,330383198023\nE,戊,没有";
    let told = mistakes(Topic::SetLineGrids, &[day, ("unit", "u"), ("grids", some)]);
    assert_eq!(lines(&told), (vec![2, 5, 6], 0));
    let many = "不成行\n".repeat(23);
    let told = mistakes(
        Topic::SetLineGrids,
        &[day, ("unit", "u"), ("grids", many.as_str())],
    );
    assert_eq!(lines(&told), ((1..=20).collect(), 3));
}

proptest! {
    // Each case makes a whole city some dozens of times.
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 6 } else { 64 }))]

    /// Whatever is moved, split and merged in whatever order: every grid lies in exactly one community
    /// of every day, every community that ever was is answered for, and no lookup runs round in a ring.
    #[test]
    fn no_grid_and_no_case_is_ever_without_a_community(
        steps in prop::collection::vec((0..4u8, 0..102usize, 0..102usize, 1..60i32), 1..12)
    ) {
        let base = demo();
        let mut changes: Vec<Dated> = Vec::new();
        for (no, (kind, a, b, day)) in (1_u32..).zip(&steps) {
            let from = Timestamp::from_millis(
                at("2027-01-01").millis() + i64::from(*day) * 86_400_000
            );
            let communities = base.areas.of_kind(AreaKind::Community, at("2026-12-01"));
            let units = base.areas.of_kind(AreaKind::Unit, at("2026-12-01"));
            let (area_a, area_b) = (communities[*a].code.clone(), communities[*b].code.clone());
            let change = match kind {
                0 => Change::MergeAreas { area: area_a, into: area_b },
                1 => Change::MoveArea { area: area_a, to: units[b % units.len()].code.clone() },
                2 => Change::SplitArea {
                    takes: base.areas.children(&area_a, from).into_iter().take(1)
                        .map(|g| g.code.clone()).collect(),
                    area: area_a,
                    code: area(&format!("3303831989{no:02}")),
                    names: names("新社区"),
                    pinyin: "xin".to_owned(),
                },
                _ => Change::RenameArea {
                    area: area_a, names: names("新名字"), pinyin: "xin".to_owned()
                },
            };
            let next = Dated { number: no, from, change };
            if let Ok(tried) = base.tried(&changes, NOW_IS, &next) && tried.after.is_empty() {
                changes.push(next);
            }
        }
        let city = base.changed(&changes, at("2028-01-01")).unwrap();
        let grids = base.areas.of_kind(AreaKind::Grid, at("2026-12-01"));
        for day in (0..62_i64).step_by(4) {
            let when = Timestamp::from_millis(at("2027-01-01").millis() + day * 86_400_000);
            for grid in &grids {
                let home = city.areas.community_of(&grid.code, when);
                prop_assert!(home.is_some_and(|c| c.holds_at(when)));
            }
            for community in base.areas.of_kind(AreaKind::Community, at("2026-12-01")) {
                let answers = city.areas.answering(&community.code, when);
                prop_assert!(answers.is_some_and(|c| c.holds_at(when)));
                let heir = &answers.unwrap().code;
                prop_assert!(
                    *heir == community.code
                        || city.areas.communities_of(heir, when).contains(&community.code)
                );
            }
        }
    }
}
