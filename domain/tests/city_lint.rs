//! Every fault that would send a case, a clock or a reader nowhere is found.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod city;

use city::{area, category, demo, files};
use domain::city::{City, CityFault, CityFiles, Duty, Fault};
use domain::clock::{Limit, Policy, Stage};
use domain::ids::{DutyCode, UnitCode};
use domain::lang::Lang;
use domain::time::{CityTime, Timestamp, parse_date};
use domain::visibility::Visibility;

/// Plants one fault and wants exactly it.
fn plant(what: &str, change: impl FnOnce(&mut City), want: impl Fn(&Fault) -> bool) {
    let mut city = demo();
    change(&mut city);
    let findings = city.lint();
    assert!(
        findings.iter().any(|f| want(&f.fault)),
        "{what}: {findings:?}"
    );
    for finding in findings {
        assert!(!finding.to_string().is_empty());
    }
}

/// The same duty under another code.
fn renamed(duty: &Duty) -> Duty {
    Duty {
        code: DutyCode::new("another").unwrap(),
        ..duty.clone()
    }
}

fn at(day: &str) -> Timestamp {
    CityTime::china().start_of_day(parse_date(day).unwrap())
}

/// A row for some areas stands before the one for all, and takes its place in the same situation.
#[test]
fn a_duty_of_some_areas_goes_before_the_one_for_all() {
    let mut city = demo();
    let first = city.duties[0].clone();
    let mut here = renamed(&first);
    here.areas = vec![area("unit-06")];
    here.lead = UnitCode::new("safety-fire").unwrap();
    city.duties.push(here.clone());
    assert_eq!(city.lint(), [], "not shadowed, no overlap");
    let now = at("2026-11-30");
    let codes = |community: &str| -> Vec<String> {
        let duties = city.duties_for(&first.category, &area(community), now);
        duties.iter().map(|duty| duty.code.to_string()).collect()
    };
    // 象岗 lies in the sixth unit, 华中 does not.
    assert_eq!(codes("330383198023"), [here.code.to_string()]);
    assert_eq!(codes("330383198094"), [first.code.to_string()]);
    // Another situation beside it stays to be chosen.
    city.duties.last_mut().unwrap().situation.zh_hans = "另一种情况".to_owned();
    let duties = city.duties_for(&first.category, &area("330383198023"), now);
    assert_eq!(duties.len(), 2);
    assert_eq!(duties[0].code, here.code);
}

#[test]
fn every_planted_fault_is_found() {
    let ghost = || UnitCode::new("ghost").unwrap();
    plant("policy", |c| c.policies.clear(), |f| *f == Fault::NoPolicy);
    plant(
        "duty",
        |c| c.duties.retain(|d| d.category.as_str() != "manhole"),
        |f| *f == Fault::NoDuty,
    );
    plant(
        "a duty that never holds",
        |c| c.duties.push(renamed(&c.duties[0])),
        |f| matches!(f, Fault::Shadowed { .. }),
    );
    plant(
        "two duties that name different leads",
        |c| {
            let mut other = renamed(&c.duties[0]);
            other.valid_from = c.duties[0].valid_from;
            c.duties[0].valid_from = at("2026-01-01");
            other.lead = UnitCode::new("safety-fire").unwrap();
            c.duties.push(other);
        },
        |f| matches!(f, Fault::Overlaps { .. }),
    );
    plant(
        "a duty that ends and leaves nobody",
        |c| c.duties[0].valid_to = Some(at("2027-01-01")),
        |f| matches!(f, Fault::DutyGap { .. }),
    );
    plant(
        "a duty for one community that ends the one for all",
        |c| {
            let mut here = renamed(&c.duties[0]);
            here.areas = vec![area("330383198023")];
            here.valid_from = at("2026-01-01");
            c.duties[0].valid_to = Some(at("2026-01-01"));
            c.duties.push(here);
        },
        |f| matches!(f, Fault::DutyGap { area, .. } if area != "330383198023"),
    );
    plant(
        "an area that is none",
        |c| c.duties[0].areas.push(area("nowhere")),
        |f| matches!(f, Fault::Dangling { field: "areas", .. }),
    );
    plant(
        "lead",
        |c| c.categories[0].lead = ghost(),
        |f| matches!(f, Fault::Dangling { field: "lead", .. }),
    );
    plant(
        "department",
        |c| c.duties[0].lead = UnitCode::new("police").unwrap(),
        |f| matches!(f, Fault::NotAModule { .. }),
    );
    plant(
        "supports",
        |c| c.duties[0].supports.push(ghost()),
        |f| {
            matches!(
                f,
                Fault::Dangling {
                    field: "supports",
                    ..
                }
            )
        },
    );
    plant(
        "twice",
        |c| c.services.push(c.services[0].clone()),
        |f| *f == Fault::Twice,
    );
    plant(
        "name",
        |c| c.categories[3].names.en.clear(),
        |f| {
            matches!(
                f,
                Fault::MissingName {
                    field: "names",
                    lang: Lang::En
                }
            )
        },
    );
    plant(
        "plain",
        |c| c.categories[3].plain.zh_hant.clear(),
        |f| {
            matches!(
                f,
                Fault::MissingName {
                    field: "plain",
                    lang: Lang::ZhHant
                }
            )
        },
    );
    plant(
        "cycle",
        |c| c.categories[0].parent = Some(c.categories[2].code.clone()),
        |f| *f == Fault::Cycle,
    );
    plant(
        "public harm",
        |c| {
            let harm = c
                .categories
                .iter_mut()
                .find(|c| c.code.as_str() == "minor-harm")
                .unwrap();
            harm.visibility = Visibility::PublicWithoutDetail;
        },
        |f| *f == Fault::NotPrivate,
    );
    plant(
        "no help",
        |c| {
            let harm = c
                .categories
                .iter_mut()
                .find(|c| c.code.as_str() == "minor-harm")
                .unwrap();
            harm.help_lines.clear();
        },
        |f| *f == Fault::NoHelpLines,
    );
    plant(
        "help line",
        |c| c.categories[0].help_lines.push("999".into()),
        |f| {
            matches!(
                f,
                Fault::Dangling {
                    field: "help_lines",
                    ..
                }
            )
        },
    );
    plant(
        "group duty",
        |c| c.duties[0].category = category("roads"),
        |f| *f == Fault::DutyOfAGroup,
    );
    plant(
        "notice",
        |c| c.notices[0].areas.push(area("nowhere")),
        |f| matches!(f, Fault::Dangling { field: "areas", .. }),
    );
    plant(
        "ends",
        |c| c.contractors[0].valid_to = Some(c.contractors[0].valid_from),
        |f| *f == Fault::EndsBeforeItBegins,
    );
    plant(
        "no way",
        |c| c.services[0].modes.clear(),
        |f| *f == Fault::NoWay,
    );
    plant(
        "settings",
        |c| c.settings.discipline = Some(ghost()),
        |f| {
            matches!(
                f,
                Fault::Dangling {
                    field: "settings.discipline",
                    ..
                }
            )
        },
    );
    plant(
        "assisted",
        |c| c.settings.assisted = Some(category("roads")),
        |f| {
            matches!(
                f,
                Fault::Dangling {
                    field: "settings.assisted",
                    ..
                }
            )
        },
    );
    plant(
        "other, no longer offered",
        |c| {
            let other = c.settings.other.clone();
            let other = c
                .categories
                .iter_mut()
                .find(|c| Some(&c.code) == other.as_ref());
            other.unwrap().closed = true;
        },
        |f| {
            matches!(
                f,
                Fault::Dangling {
                    field: "settings.other",
                    ..
                }
            )
        },
    );
    plant(
        "no numbers",
        |c| c.emergency.clear(),
        |f| *f == Fault::NoHelpLines,
    );
}

/// Sets a limit of a clock preset, in the place of the one it has.
fn set(city: &mut City, policy: &str, stage: Stage, limit: Limit) {
    let policy = city.policies.iter_mut().find(|p| p.code.as_str() == policy);
    let limits = &mut policy.unwrap().limits;
    limits.retain(|(of, _)| *of != stage);
    limits.push((stage, limit));
}

/// What a step may take is compared with its whole whatever either counts, and only where it is longer
/// on every day does the city not start.
#[test]
fn clock_rules_that_contradict_each_other_are_found() {
    let outlasts = |policy: &str, stage, limit| {
        let mut city = demo();
        set(&mut city, policy, stage, limit);
        let findings = city.lint();
        let told = findings.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert!(findings.len() <= 1, "{told:?}");
        told.into_iter().next()
    };
    let told = outlasts("four-days", Stage::ReportIn, Limit::WorkingDays(9)).unwrap();
    assert!(told.contains("four-days"), "{told}");
    assert!(told.contains("report_in within `working-days 9`"), "{told}");
    assert!(told.contains("resolve within `4d`"), "{told}");
    for (policy, stage, limit) in [
        ("jiangsu-15", Stage::Respond, Limit::Days(3)),
        ("jiangsu-15", Stage::Dispatch, Limit::ServiceMinutes(481)),
        ("repair", Stage::Arrive, Limit::CalendarDays(9)),
        ("longgang-1-2-3-45", Stage::SetOut, Limit::Minutes(46)),
        ("longgang-1-2-3-45", Stage::ReportIn, Limit::Hours(25)),
    ] {
        assert!(outlasts(policy, stage, limit).is_some(), "{policy} {stage}");
    }
    // As long as the whole; longer over a weekend only; nothing is known of a date before it is set.
    for (policy, stage, limit) in [
        ("four-days", Stage::ReportIn, Limit::Days(4)),
        ("four-days", Stage::Respond, Limit::WorkingDays(3)),
        ("project", Stage::ReportIn, Limit::WorkingDays(90)),
    ] {
        assert_eq!(outlasts(policy, stage, limit), None, "{policy} {stage}");
    }

    let twice = |change: &dyn Fn(&mut Policy) -> Option<Policy>| {
        let mut city = demo();
        let other = change(&mut city.policies[0]);
        city.policies.extend(other);
        let findings = city.lint();
        let told = findings.into_iter().map(|finding| finding.fault);
        told.filter(|fault| matches!(fault, Fault::TwoLimits { .. }))
            .collect::<Vec<_>>()
    };
    let found = [Fault::TwoLimits {
        stage: Stage::Respond,
        limit: Limit::ServiceMinutes(1),
        other: Limit::ServiceMinutes(5),
    }];
    let in_one_row = twice(&|policy| {
        policy.limits.push((Stage::Respond, Limit::Minutes(5)));
        None
    });
    assert_eq!(in_one_row, found);
    let in_two_rows = twice(&|policy| {
        let mut other = policy.clone();
        other.limits = vec![(Stage::Respond, Limit::Minutes(5))];
        Some(other)
    });
    assert_eq!(in_two_rows, found);
    assert_eq!(
        twice(&|policy| Some(policy.clone())),
        [],
        "they say the same"
    );
}

#[test]
fn a_calendar_that_runs_out_is_told() {
    let city = demo();
    let until = city.calendar.covers_until();
    assert_eq!(city.lint_calendar(until), None);
    let next = until.next_day().unwrap();
    assert_eq!(
        city.lint_calendar(next).unwrap().fault,
        Fault::CalendarEnds { until }
    );
}

#[test]
fn what_cannot_be_built_says_which_file() {
    let wrong = |change: fn(&mut CityFiles)| -> CityFault {
        let mut files = files();
        change(&mut files);
        City::build(files).expect_err("must not build")
    };
    assert_eq!(
        wrong(|f| f.areas.valid_from = "2020-02-30".into()).file,
        "areas.toml"
    );
    let missing = wrong(|f| drop(f.community_details.remove(4)));
    assert_eq!(missing.file, "community_details.csv");
    assert!(missing.what.contains("江浦"), "{missing}");
    assert_eq!(wrong(|f| f.city.hours.clear()).file, "city.toml");
    assert_eq!(
        wrong(|f| f
            .city
            .hours
            .values_mut()
            .for_each(|h| h.week[0] = "9-17".into()))
        .file,
        "city.toml"
    );
    assert_eq!(
        wrong(|f| f.services.service[0].documents.push("ghost".into())).file,
        "services.toml"
    );
    assert_eq!(
        wrong(|f| f.categories.category.swap(0, 1)).file,
        "categories.toml"
    );
    assert_eq!(
        wrong(|f| f.notices.notice[0].unit = None).file,
        "notices.toml"
    );
    assert_eq!(wrong(|f| f.areas.grids.all_round = 3).file, "areas.toml");
}

#[test]
fn a_misspelt_key_is_refused() {
    let row = r#"
        [[category]]
        code = "x"
        names = { zh_hans = "x", zh_hant = "x", en = "x" }
        plain = { zh_hans = "x", zh_hant = "x", en = "x" }
        always_privat = true
    "#;
    let refused = toml::from_str::<domain::city::CategoriesToml>(row);
    assert!(refused.is_err_and(|e| e.to_string().contains("always_privat")));
}
