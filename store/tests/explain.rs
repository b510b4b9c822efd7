//! Every combination of filters the screens offer walks an index: none reads the whole table. On
//! SQLite it walks in the order of the list and sorts nothing; PostgreSQL may sort the few it found.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use domain::access::{Appointment, Line, Reach, Role, Scope, Terms, Viewer, scope};
use domain::case::Awaits;
use domain::clock::Owner;
use domain::ids::{AppointmentNo, AreaCode, CaseId, CategoryCode};
use domain::time::{Millis, Timestamp};
use store::testing::{
    BEGINNING, Filing, Fresh, break_with, each_engine, explain, explain_due, explain_elsewhere,
    explain_ended, plan,
};
use store::{
    CaseFilter, Cursor, DueCursor, DueFilter, ElsewhereFilter, EngineKind, Error, FiledIn, History,
    StateGroup,
};

/// Enough cases that a planner prefers an index to the table.
async fn fill(fresh: &Fresh) {
    for batch in 0..20_u32 {
        let histories: Vec<History> = (0..250_u32)
            .map(|n| {
                let n = batch * 250 + n;
                let at = BEGINNING.plus(Millis::minutes(i64::from(n)));
                let filing = Filing {
                    community: format!("330383198{:03}", n % 103),
                    category: format!("category-{}", n % 40),
                    text: "路灯不亮了".to_owned(),
                    ..Filing::default()
                };
                let mut random = [0; 10];
                random[..4].copy_from_slice(&n.to_be_bytes());
                History {
                    id: CaseId::new(at, random),
                    events: vec![(at, filing.event(at, n))],
                }
            })
            .collect();
        fresh
            .store
            .write::<_, _, Error>(move |tx| {
                let histories = histories.clone();
                Box::pin(async move { tx.append_histories(histories).await })
            })
            .await
            .unwrap();
    }
    if fresh.store.engine() == EngineKind::Postgres {
        break_with(&fresh.store, "ANALYZE case_row").await.unwrap();
        break_with(&fresh.store, "ANALYZE case_words")
            .await
            .unwrap();
    }
}

fn combinations() -> Vec<(String, CaseFilter)> {
    let community = AreaCode::new("330383198023").unwrap();
    let unit = vec![community.clone(), AreaCode::new("330383198024").unwrap()];
    let one = vec![CategoryCode::new("category-7").unwrap()];
    let branch = vec![one[0].clone(), CategoryCode::new("category-8").unwrap()];
    let cursor = Cursor {
        filed_at: BEGINNING.plus(Millis::days(2)),
        id: CaseId::new(BEGINNING, [1; 10]),
    };
    let mut all = Vec::new();
    for (place, communities, single) in [
        ("city", None, None),
        ("unit", Some(unit), None),
        ("community", None, Some(community)),
    ] {
        for (categories, category_in) in [
            ("any", Vec::new()),
            ("one", one.clone()),
            ("branch", branch.clone()),
        ] {
            for state in [StateGroup::All, StateGroup::Open, StateGroup::Done] {
                for after in [None, Some(cursor)] {
                    for filed_from in [None, Some(Timestamp::from_millis(0))] {
                        let filter = CaseFilter {
                            community: single.clone(),
                            communities: communities.clone(),
                            category_in: category_in.clone(),
                            state,
                            filed_from,
                            after,
                            limit: 20,
                            ..CaseFilter::default()
                        };
                        let paged = after.is_some();
                        let name =
                            format!("{place}, {categories} category, {state:?}, paged {paged}");
                        all.push((name, filter));
                    }
                }
            }
        }
    }
    all
}

#[tokio::test]
async fn no_list_reads_the_whole_table_or_sorts() {
    each_engine(|fresh: Fresh| async move {
        fill(&fresh).await;
        let mut reading = fresh.store.read().await.unwrap();
        let mut wrong = Vec::new();
        for (name, filter) in combinations() {
            let plan = explain(&mut reading, &Scope::public(), &filter)
                .await
                .unwrap();
            let bad = match fresh.store.engine() {
                EngineKind::Sqlite => {
                    plan.contains("TEMP B-TREE")
                        || !(plan.contains("SEARCH r USING INDEX case_row_")
                            || plan.contains("SCAN r USING INDEX case_row_"))
                }
                // Few enough rows may be sorted; what must not happen is reading all of them.
                EngineKind::Postgres => plan.contains("Seq Scan on case_row"),
            };
            if bad {
                wrong.push(format!("{name}\n{plan}"));
            }
        }
        assert!(
            wrong.is_empty(),
            "{} of {}:\n{}",
            wrong.len(),
            combinations().len(),
            wrong.join("\n")
        );
        let hits = CaseFilter {
            ids: Some(vec![CaseId::new(BEGINNING, [1; 10])]),
            limit: 20,
            ..CaseFilter::default()
        };
        let plan = explain(&mut reading, &Scope::public(), &hits)
            .await
            .unwrap();
        assert!(
            !plan.contains("SCAN r") && !plan.contains("Seq Scan on case_row"),
            "{plan}"
        );
    })
    .await;
}

/// What the desk's lists wait for walks its own index, and the queue walks the clocks in their order.
#[tokio::test]
async fn the_lists_of_the_desk_walk_their_own_indexes() {
    each_engine(|fresh: Fresh| async move {
        fill(&fresh).await;
        let mut reading = fresh.store.read().await.unwrap();
        let sqlite = fresh.store.engine() == EngineKind::Sqlite;
        let community = AreaCode::new("330383198023").unwrap();
        for (single, awaits, index) in [
            (Some(community.clone()), Awaits::RELEASE, "case_row_awaits"),
            (None, Awaits::RELEASE, "case_row_all_awaits"),
            (None, Awaits::CHECKS, "case_row_few"),
        ] {
            let filter = CaseFilter {
                community: single,
                awaits,
                limit: 20,
                ..CaseFilter::default()
            };
            let plan = explain(&mut reading, &Scope::public(), &filter)
                .await
                .unwrap();
            let good = if sqlite {
                plan.contains(index) && !plan.contains("TEMP B-TREE")
            } else {
                !plan.contains("Seq Scan on case_row")
            };
            assert!(good, "{plan}");
        }
        // What is open near a place: few enough to be sorted, found by where they are.
        let filter = CaseFilter {
            state: StateGroup::Open,
            inside: Some([275_000_000, 275_100_000, 1_205_000_000, 1_205_100_000]),
            limit: 100,
            ..CaseFilter::default()
        };
        let plan = explain(&mut reading, &Scope::public(), &filter)
            .await
            .unwrap();
        let good = plan.contains("case_row_open_place");
        assert!(
            good || (!sqlite && !plan.contains("Seq Scan on case_row")),
            "{plan}"
        );
        let own = vec![Owner::Community(community)];
        // Emergencies are looked up, whoever asks.
        for owners in [Some(own.clone()), None] {
            let filter = DueFilter {
                owners,
                emergencies: Some(true),
                emergency_in: vec![CategoryCode::new("category-7").unwrap()],
                limit: 20,
                ..DueFilter::default()
            };
            let plan = explain_due(&mut reading, &Scope::public(), &filter)
                .await
                .unwrap();
            let good = plan.contains("case_row_emergency")
                && plan.contains("case_row_open_category")
                && plan.contains("SEARCH k USING PRIMARY KEY (case_id=?)");
            assert!(
                good || (!sqlite && !plan.contains("Seq Scan on case_row")),
                "{plan}"
            );
        }
        for (owners, index) in [(Some(own), "clock_owner"), (None, "clock_due")] {
            for after in [
                None,
                Some(DueCursor {
                    due: BEGINNING,
                    id: CaseId::new(BEGINNING, [1; 10]),
                }),
            ] {
                let filter = DueFilter {
                    owners: owners.clone(),
                    emergencies: Some(false),
                    emergency_in: vec![CategoryCode::new("category-7").unwrap()],
                    after,
                    limit: 20,
                    ..DueFilter::default()
                };
                let plan = explain_due(&mut reading, &Scope::public(), &filter)
                    .await
                    .unwrap();
                let good = if sqlite {
                    plan.contains(index) && plan.contains("r USING INDEX sqlite_autoindex_case_row")
                } else {
                    !plan.contains("Seq Scan")
                };
                assert!(good, "{plan}");
                assert!(
                    !sqlite || owners.is_some() || !plan.contains("TEMP B-TREE"),
                    "{plan}"
                );
            }
        }
    })
    .await;
}

/// What few cases wait for is counted from an index that holds no others; its condition stands in a statement as
/// it stands in the schema.
#[tokio::test]
async fn what_few_cases_wait_for_has_an_index_of_its_own() {
    let many = [Awaits::RELEASE, Awaits::TRIAGE, Awaits::JOINT_ENFORCEMENT];
    let many = many.into_iter().chain([Awaits::EMERGENCY]);
    let many = many.fold(Awaits::NOTHING, Awaits::and);
    assert_eq!(Awaits::FEW.bits(), 16_319);
    assert!(!Awaits::FEW.meets(many));
    assert!(Awaits::FEW.holds(Awaits::DECISIONS) && !Awaits::FEW.holds(many));
    each_engine(|fresh: Fresh| async move {
        fill(&fresh).await;
        let mut reading = fresh.store.read().await.unwrap();
        for awaits in [Awaits::DECISIONS, Awaits::CHECKS, Awaits::REPORTER] {
            let filter = CaseFilter {
                awaits,
                limit: 20,
                ..CaseFilter::default()
            };
            let plan = explain(&mut reading, &Scope::public(), &filter).await;
            let plan = plan.unwrap();
            assert!(plan.contains("case_row_few"), "{plan}");
        }
    })
    .await;
}

/// What waits for another body walks its own index, in the order of the list.
#[tokio::test]
async fn what_waits_for_another_body_walks_its_own_index() {
    each_engine(|fresh: Fresh| async move {
        fill(&fresh).await;
        let mut reading = fresh.store.read().await.unwrap();
        let sqlite = fresh.store.engine() == EngineKind::Sqlite;
        let place = DueCursor {
            due: BEGINNING,
            id: CaseId::new(BEGINNING, [1; 10]),
        };
        for communities in [None, Some(vec![AreaCode::new("330383198023").unwrap()])] {
            for after in [None, Some(place)] {
                for before in [None, Some(BEGINNING)] {
                    let filter = ElsewhereFilter {
                        communities: communities.clone(),
                        before,
                        after,
                        limit: 20,
                        ..ElsewhereFilter::default()
                    };
                    let plan = explain_elsewhere(&mut reading, &Scope::public(), &filter)
                        .await
                        .unwrap();
                    let good = if sqlite {
                        plan.contains("r USING INDEX case_row_answer_due")
                            || plan.contains("r USING COVERING INDEX case_row_answer_due")
                    } else {
                        !plan.contains("Seq Scan on case_row")
                    };
                    assert!(good, "{plan}");
                    assert!(!sqlite || !plan.contains("TEMP B-TREE"), "{plan}");
                }
            }
        }
    })
    .await;
}

/// A look back over what has ended walks an index for each community of a small scope, and else that of the
/// city; it stops after so many cases, and finds only among those.
#[tokio::test]
async fn a_look_back_walks_an_index_and_no_further() {
    each_engine(|fresh: Fresh| async move {
        fill(&fresh).await;
        let mut reading = fresh.store.read().await.unwrap();
        let sqlite = fresh.store.engine() == EngineKind::Sqlite;
        let community = |code: &str| AreaCode::new(code).unwrap();
        let of = |reach| {
            let appointment = Appointment {
                no: AppointmentNo(7),
                role: Role::Secretary,
                line: Line::All,
                reach,
                home: Owner::City,
                from: BEGINNING,
                until: None,
                terms: Terms::default(),
            };
            scope(&Viewer::Staff(vec![appointment].into()))
        };
        let some = [community("330383198023"), community("330383198024")];
        let filed = FiledIn {
            from: Some(BEGINNING.plus(Millis::days(1))),
            before: Some(BEGINNING.plus(Millis::days(2))),
        };
        for (scope, index, walks) in [
            (
                of(Reach::Communities(some.to_vec())),
                "case_row_community",
                2,
            ),
            (of(Reach::City), "case_row_filed", 1),
        ] {
            for plan in explain_ended(&mut reading, &scope, filed).await.unwrap() {
                let good = if sqlite {
                    plan.matches(&format!("SEARCH r USING INDEX {index}"))
                        .count()
                        == walks
                } else {
                    !plan.contains("Seq Scan on case_row")
                };
                assert!(good, "{index}\n{plan}");
            }
        }
    })
    .await;
}

/// The figures of a page are asked for on every front page: a million cases must not be counted, nor
/// a year of days added up.
#[tokio::test]
async fn the_figures_of_a_page_read_few_rows() {
    each_engine(|fresh: Fresh| async move {
        let mut reading = fresh.store.read().await.unwrap();
        // Of the days only those that came later.
        let later = match fresh.store.engine() {
            EngineKind::Sqlite => "event_day>?",
            EngineKind::Postgres => "event_day > ",
        };
        for (name, values, narrow) in [
            ("OVERDUE", &["0"][..], "case_row_due"),
            ("OVERDUE_IN", &["0", "'a'"], "case_row_due"),
            ("AREA", &["'*'", "0"], later),
            ("AREAS", &["'filed'", "0"], later),
        ] {
            let plan = plan(&mut reading, &format!("rollups::{name}"), values)
                .await
                .unwrap();
            assert!(plan.contains(narrow), "{name}: {plan}");
            let whole = plan.lines().find(|line| {
                line.contains("Seq Scan") || line.contains("SCAN r") || line.contains("SCAN c")
            });
            assert_eq!(
                whole.filter(|line| !line.contains("INDEX")),
                None,
                "{name}: {plan}"
            );
        }
    })
    .await;
}

/// What waits for a recipient is found in the one writer: it must not read every job there is.
#[tokio::test]
async fn what_waits_for_a_recipient_walks_its_own_index() {
    each_engine(|fresh: Fresh| async move {
        let mut reading = fresh.store.read().await.unwrap();
        let plan = plan(&mut reading, "jobs::BEFORE", &["'news'", "'a/1'", "7"])
            .await
            .unwrap();
        assert!(plan.contains("job_waits"), "{plan}");
    })
    .await;
}
