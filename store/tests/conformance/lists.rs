//! Lists and what may be alike.

use domain::access::Scope;
use domain::event::{Actor, Event, Fact};
use domain::ids::{AreaCode, CaseId, PartyNo};
use domain::time::Millis;
use store::testing::{BEGINNING, Filing, Fresh, add, by_staff, each_engine, file};
use store::{CaseFilter, StateGroup};

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
