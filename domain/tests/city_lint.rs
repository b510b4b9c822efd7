//! Every fault that would send a case, a clock or a reader nowhere is found.

mod city;

use city::{area, category, demo, files};
use domain::city::{City, CityFault, CityFiles, Fault};
use domain::ids::UnitCode;
use domain::lang::Lang;
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
        "no numbers",
        |c| c.emergency.clear(),
        |f| *f == Fault::NoHelpLines,
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
