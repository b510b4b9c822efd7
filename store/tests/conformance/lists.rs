//! Lists and what may be alike.

use domain::access::Scope;
use domain::event::{Actor, Event, Fact, PassedOn, Words};
use domain::ids::{AreaCode, CaseId, PartyNo};
use domain::time::Millis;
use store::testing::{BEGINNING, Filing, Fresh, add, by_staff, each_engine, file};
use store::{CaseFilter, ElsewhereFilter, StateGroup};

#[tokio::test]
async fn lists_filter_and_pages_neither_skip_nor_repeat() {
    each_engine(|fresh: Fresh| async move {
        let store = &fresh.store;
        for n in 0..25 {
            let filing = Filing {
                category: if n % 2 == 0 {
                    "street-vending"
                } else {
                    "noise"
                }
                .to_owned(),
                community: if n % 5 == 0 {
                    "330383198001"
                } else {
                    "330383198023"
                }
                .to_owned(),
                ..Filing::default()
            };
            let case = file(store, &filing).await.unwrap().case;
            if n % 3 == 0 {
                let gone = Event::new(Actor::Party(PartyNo(1)), Fact::Withdrawn {});
                add(store, case.id, gone).await.unwrap();
            }
            // Some share their millisecond.
            fresh.clock.advance(Millis::new(n % 2));
        }
        let public = Scope::public();
        let mut reading = store.read().await.unwrap();
        let all = CaseFilter {
            limit: 4,
            ..CaseFilter::default()
        };
        let mut seen = Vec::new();
        let mut page = all.clone();
        loop {
            let lines = reading.cases(&public, &page).await.unwrap();
            let Some(last) = lines.last() else { break };
            page.after = Some(last.cursor());
            seen.extend(lines.iter().map(|line| (line.filed_at, line.id)));
        }
        assert_eq!(seen.len(), 25);
        assert!(
            seen.windows(2).all(|pair| pair[0] > pair[1]),
            "newest first, none twice"
        );
        let count = |filter: CaseFilter| {
            let public = public.clone();
            let store = store.clone();
            async move {
                let mut reading = store.read().await.unwrap();
                let wide = CaseFilter {
                    limit: 100,
                    ..filter.clone()
                };
                let listed = reading.cases(&public, &wide).await.unwrap().len();
                assert_eq!(
                    reading.count_cases(&public, &filter).await.unwrap() as usize,
                    listed
                );
                listed
            }
        };
        let far = AreaCode::new("330383198001").unwrap();
        let near = AreaCode::new("330383198023").unwrap();
        let noise = domain::ids::CategoryCode::new("noise").unwrap();
        let vending = domain::ids::CategoryCode::new("street-vending").unwrap();
        let base = CaseFilter::default;
        assert_eq!(count(base()).await, 25);
        assert_eq!(
            count(CaseFilter {
                community: Some(far.clone()),
                ..base()
            })
            .await,
            5
        );
        let both = Some(vec![far.clone(), near]);
        assert_eq!(
            count(CaseFilter {
                communities: both,
                ..base()
            })
            .await,
            25
        );
        assert_eq!(
            count(CaseFilter {
                communities: Some(Vec::new()),
                ..base()
            })
            .await,
            0
        );
        assert_eq!(
            count(CaseFilter {
                category_in: vec![noise.clone()],
                ..base()
            })
            .await,
            12
        );
        let two = vec![noise.clone(), vending];
        assert_eq!(
            count(CaseFilter {
                category_in: two,
                ..base()
            })
            .await,
            25
        );
        assert_eq!(
            count(CaseFilter {
                state: StateGroup::Done,
                ..base()
            })
            .await,
            9
        );
        assert_eq!(
            count(CaseFilter {
                state: StateGroup::Open,
                ..base()
            })
            .await,
            16
        );
        let narrow = CaseFilter {
            community: Some(far),
            category_in: vec![noise],
            state: StateGroup::Open,
            ..base()
        };
        assert_eq!(count(narrow).await, 1);
        let ids: Vec<CaseId> = seen.iter().take(3).map(|(_, id)| *id).collect();
        assert_eq!(
            count(CaseFilter {
                ids: Some(ids),
                ..base()
            })
            .await,
            3
        );
        assert_eq!(
            count(CaseFilter {
                ids: Some(Vec::new()),
                ..base()
            })
            .await,
            0
        );
        let from = CaseFilter {
            filed_from: Some(BEGINNING.plus(Millis::new(6))),
            ..base()
        };
        let to = CaseFilter {
            filed_to: Some(BEGINNING.plus(Millis::new(6))),
            ..base()
        };
        assert_eq!(count(from).await + count(to).await, 25);
    })
    .await;
}

/// What was transferred waits for its answer by the day of it, page by page, until it has come.
#[tokio::test]
async fn what_waits_for_another_body_is_listed_by_its_day() {
    each_engine(|fresh: Fresh| async move {
        let store = &fresh.store;
        let far = AreaCode::new("330383198001").unwrap();
        let mut waiting = Vec::new();
        for n in 0..9_i64 {
            let filing = Filing {
                community: if n % 3 == 0 {
                    far.as_str()
                } else {
                    "330383198023"
                }
                .to_owned(),
                ..Filing::default()
            };
            let id = file(store, &filing).await.unwrap().case.id;
            // The days do not come in the order of the filings, and some come twice.
            let due = BEGINNING.plus(Millis::days(20 - n / 2));
            let on = PassedOn {
                to: format!("外单位 {n}"),
                basis: "职责清单".to_owned(),
            };
            let words = Words {
                passed: Some(on).filter(|_| n > 0),
                ..Words::text("请直接联系")
            };
            let passed = by_staff(Fact::TransferredOut { due }).saying(Some(words));
            add(store, id, passed).await.unwrap();
            if n == 8 {
                add(store, id, by_staff(Fact::AnswerRelayed {}))
                    .await
                    .unwrap();
            } else {
                // What was written as one text, before the two stood apart, is listed as well.
                let to = (n > 0).then(|| format!("外单位 {n}"));
                waiting.push((due, id.to_string(), to));
            }
        }
        file(store, &Filing::default()).await.unwrap();
        waiting.sort();
        let public = Scope::public();
        let mut reading = store.read().await.unwrap();
        let mut seen = Vec::new();
        let mut page = ElsewhereFilter {
            limit: 3,
            ..ElsewhereFilter::default()
        };
        loop {
            let lines = reading.elsewhere(&public, &page).await.unwrap();
            let Some(last) = lines.last() else { break };
            page.after = Some(last.cursor());
            for line in &lines {
                let to = line.on.as_ref().map(|on| on.to.clone());
                seen.push((line.due, line.line.id.to_string(), to));
            }
        }
        assert_eq!(
            seen, waiting,
            "by their day, none twice, and none that has its answer"
        );
        let count = async |filter: ElsewhereFilter| {
            let mut reading = store.read().await.unwrap();
            let wide = ElsewhereFilter {
                limit: 100,
                ..filter.clone()
            };
            let listed = reading.elsewhere(&public, &wide).await.unwrap().len();
            let counted = reading.count_elsewhere_to(&public, &filter, 100).await;
            assert_eq!(counted.unwrap() as usize, listed);
            listed
        };
        let all = ElsewhereFilter::default;
        assert_eq!(count(all()).await, 8);
        let over = ElsewhereFilter {
            before: Some(BEGINNING.plus(Millis::days(18))),
            ..all()
        };
        assert_eq!(count(over).await, 4);
        let there = ElsewhereFilter {
            communities: Some(vec![far]),
            ..all()
        };
        assert_eq!(count(there).await, 3);
        let hit = ElsewhereFilter {
            ids: Some(vec![waiting[0].1.parse().unwrap()]),
            ..all()
        };
        assert_eq!(count(hit).await, 1);
        for nothing in [
            ElsewhereFilter {
                ids: Some(Vec::new()),
                ..all()
            },
            ElsewhereFilter {
                communities: Some(Vec::new()),
                ..all()
            },
        ] {
            assert_eq!(count(nothing).await, 0);
        }
        drop(reading);
        fresh.logged(20).await;
        assert_eq!(store.rebuild(|_| {}).await.unwrap(), 10);
        assert_eq!(count(all()).await, 8, "and folded again it is the same");
        assert!(store.verify(|_| ()).await.unwrap().is_good());
    })
    .await;
}

#[tokio::test]
async fn what_may_be_alike_is_near_or_in_the_community() {
    each_engine(|fresh: Fresh| async move {
        let store = &fresh.store;
        let at = |lat, community: &str| Filing {
            place: Some((lat, 120.55)),
            community: community.to_owned(),
            ..Filing::default()
        };
        let near = file(store, &at(27.5600, "330383198001"))
            .await
            .unwrap()
            .case;
        let far = file(store, &at(27.5700, "330383198001"))
            .await
            .unwrap()
            .case;
        let same = file(store, &Filing::default()).await.unwrap().case;
        let waiting = file(store, &Filing::default()).await.unwrap().case;
        for case in [&near, &far, &same] {
            add(store, case.id, by_staff(Fact::Released {}))
                .await
                .unwrap();
        }
        let mut reading = store.read().await.unwrap();
        let position = domain::place::Position::from_degrees(27.5603, 120.55, None).unwrap();
        let found = reading
            .maybe_alike(&same.category, &same.community, Some(position), BEGINNING)
            .await
            .unwrap();
        let found: Vec<CaseId> = found.iter().map(|(case, _)| case.id).collect();
        assert!(found.contains(&near.id) && found.contains(&same.id));
        assert!(!found.contains(&far.id), "too far, in another community");
        assert!(!found.contains(&waiting.id), "its words are not public");
    })
    .await;
}
