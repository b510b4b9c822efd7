//! What `verify` sees: every way in which somebody with the database in hand could change what
//! happened. Each is planted, and must be named.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use domain::event::{Actor, Event, Fact};
use domain::ids::PartyNo;
use proptest::prelude::*;
use store::testing::{Filing, Fresh, add, break_with, by_staff, each_engine, file};
use store::{EngineKind, Rollups, Store};

async fn some_cases(fresh: &Fresh) {
    for n in 0..3 {
        let filing = Filing {
            place: Some((27.56, 120.55)),
            ..Filing::default()
        };
        let case = file(&fresh.store, &filing).await.unwrap().case;
        add(&fresh.store, case.id, by_staff(Fact::Taken {}))
            .await
            .unwrap();
        add(&fresh.store, case.id, by_staff(Fact::Released {}))
            .await
            .unwrap();
        if n == 1 {
            let gone = Event::new(Actor::Party(PartyNo(1)), Fact::Withdrawn {});
            add(&fresh.store, case.id, gone).await.unwrap();
        }
    }
    fresh.logged(10).await;
    fresh.store.checkpoint().await.unwrap().unwrap();
    file(&fresh.store, &Filing::default()).await.unwrap();
    fresh.logged(11).await;
}

/// Whoever owns the tables can take the triggers away first.
async fn disarm(store: &Store) {
    let all: &[&'static str] = match store.engine() {
        EngineKind::Sqlite => &[
            "DROP TRIGGER case_event_is_never_changed",
            "DROP TRIGGER case_event_is_never_removed",
            "DROP TRIGGER log_is_never_changed",
            "DROP TRIGGER log_is_never_removed",
        ],
        EngineKind::Postgres => &[
            "DROP TRIGGER case_event_is_never_changed ON case_event",
            "DROP TRIGGER log_is_never_changed ON log",
        ],
    };
    for sql in all {
        break_with(store, sql).await.unwrap();
    }
}

#[tokio::test]
async fn an_untouched_store_is_good() {
    each_engine(|fresh: Fresh| async move {
        some_cases(&fresh).await;
        let report = fresh.store.verify(|_| ()).await.unwrap();
        assert!(report.is_good(), "{report:?}");
        assert_eq!(
            (report.cases, report.events, report.checkpoints),
            (4, 11, 1)
        );
    })
    .await;
}

#[tokio::test]
async fn every_planted_change_is_named() {
    let plants: &[(&'static str, &str)] = &[
        (
            "UPDATE case_event SET at = at + 1 WHERE version = 2",
            "hash is another",
        ),
        (
            "UPDATE case_event SET kind = 'signed.1' WHERE version = 2",
            "hash is another",
        ),
        (
            "UPDATE case_event SET facts = REPLACE(facts, '7', '8') WHERE version = 2",
            "hash",
        ),
        (
            "UPDATE case_event SET words_hash = hash WHERE version = 1",
            "the words were changed",
        ),
        (
            "UPDATE case_words SET words = REPLACE(words, '占道', '合法')",
            "the words were changed",
        ),
        (
            "UPDATE log SET chain = (SELECT hash FROM case_event ORDER BY hash LIMIT 1) WHERE position = 4",
            "chain",
        ),
        (
            "DELETE FROM log WHERE position = 5",
            "a position is missing",
        ),
        ("DELETE FROM log WHERE position >= 10", "its tail was cut"),
        (
            "DELETE FROM log WHERE position = 11",
            "11 events, but 10 places",
        ),
        (
            "DELETE FROM case_event WHERE version = 3",
            "names an event that is not there",
        ),
        (
            "UPDATE case_row SET state = 'closed' WHERE version = 4",
            "a column",
        ),
        (
            "UPDATE case_row SET listed = 1 - listed WHERE version = 4",
            "a column",
        ),
        (
            "UPDATE case_row SET lat_e7 = lat_e7 + 1 WHERE lat_e7 IS NOT NULL",
            "a column",
        ),
        (
            "UPDATE case_row SET snapshot = (SELECT MAX(snapshot) FROM case_row)",
            "another case",
        ),
        (
            "DELETE FROM case_row WHERE version = 4",
            "a case has no row",
        ),
        (
            "UPDATE clock SET due = due + 1 WHERE id = 1",
            "a clock is not",
        ),
        ("DELETE FROM clock", "a clock is not"),
        (
            "INSERT INTO photo (id, case_id, version, no) SELECT 'aa', id, 1, 1 FROM case_row \
             WHERE version = 4",
            "a photo is not",
        ),
        (
            "INSERT INTO filing_key (key_hash, body_key, body_hash, case_id, party, at) \
             SELECT hash, 'x', hash, case_id, 1, 0 FROM case_event WHERE version = 4",
            "a filing key belongs to no receipt",
        ),
        (
            "INSERT INTO party (case_id, no, lookup_key, lookup) \
             SELECT case_id, 9, 'x', hash FROM case_event WHERE version = 4",
            "a receipt belongs to no party",
        ),
        (
            "INSERT INTO party (case_id, no, lookup_key, lookup) \
             SELECT case_id, 1, 'x', hash FROM case_event WHERE version = 4",
            "the lookup key x is missing",
        ),
    ];
    for (sql, named) in plants {
        each_engine(|fresh: Fresh| async move {
            some_cases(&fresh).await;
            disarm(&fresh.store).await;
            let touched = break_with(&fresh.store, sql).await.unwrap();
            assert!(touched > 0, "{sql} touched nothing");
            let report = fresh.store.verify(|_| ()).await.unwrap();
            let bad = report
                .first_bad
                .unwrap_or_else(|| panic!("{sql} went unseen"));
            assert!(bad.to_string().contains(named), "{sql}: {bad}");
        })
        .await;
    }
}

#[tokio::test]
async fn a_rewritten_log_is_not_the_signed_one() {
    each_engine(|fresh: Fresh| async move {
        some_cases(&fresh).await;
        let checkpoint = fresh
            .folder
            .path()
            .join("checkpoints")
            .join("00000000000000000010.txt");
        let text = std::fs::read_to_string(&checkpoint).unwrap();
        let forged = text.replace("position 10", "position 9");
        std::fs::write(&checkpoint, forged).unwrap();
        let report = fresh.store.verify(|_| ()).await.unwrap();
        assert!(report.first_bad.unwrap().what.contains("not signed"));
        std::fs::write(&checkpoint, "rubbish").unwrap();
        let report = fresh.store.verify(|_| ()).await.unwrap();
        assert!(report.first_bad.unwrap().what.contains("no checkpoint"));
    })
    .await;
}

#[tokio::test]
async fn a_missing_photo_is_named() {
    each_engine(|fresh: Fresh| async move {
        let case = file(&fresh.store, &Filing::default()).await.unwrap().case;
        let photo = domain::ids::PhotoId::new([1; 16]);
        let (full, small) = (
            bytes::Bytes::from_static(b"f"),
            bytes::Bytes::from_static(b"s"),
        );
        fresh.store.blobs().put(photo, full, small).await.unwrap();
        let words = domain::event::Words {
            photos: vec![photo],
            ..Default::default()
        };
        let more = Event::new(
            Actor::Party(PartyNo(1)),
            Fact::InformationAdded {
                photos: 1,
                clocks: Vec::new(),
            },
        );
        add(&fresh.store, case.id, more.saying(Some(words)))
            .await
            .unwrap();
        fresh.logged(2).await;
        let report = fresh.store.verify(|_| ()).await.unwrap();
        assert_eq!((report.is_good(), report.photos), (true, 1), "{report:?}");
        fresh.store.blobs().delete(photo).await.unwrap();
        let bad = fresh.store.verify(|_| ()).await.unwrap().first_bad.unwrap();
        assert_eq!(bad.case.as_deref(), Some(case.id.to_string().as_str()));
        assert_eq!(bad.version, Some(2));
    })
    .await;
}

#[tokio::test]
async fn rebuild_repairs_what_is_only_folded() {
    each_engine(|fresh: Fresh| async move {
        some_cases(&fresh).await;
        for sql in [
            "UPDATE case_row SET state = 'closed', category = 'other'",
            "DELETE FROM clock",
            "UPDATE case_row SET lat_e7 = 1",
            "INSERT INTO photo (id, case_id, version, no) VALUES ('aa', 'zz', 1, 1)",
        ] {
            break_with(&fresh.store, sql).await.unwrap();
        }
        assert!(!fresh.store.verify(|_| ()).await.unwrap().is_good());
        assert_eq!(fresh.store.rebuild(|_| ()).await.unwrap(), 4);
        let report = fresh.store.verify(|_| ()).await.unwrap();
        assert!(report.is_good(), "{report:?}");
    })
    .await;
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    /// Design §5: erase any words; fold, rebuild, verify and every figure stay the same.
    #[test]
    fn erased_words_change_no_figure_and_no_hash(
        erased in prop::collection::btree_set((0_usize..4, 1_u32..5), 0..8),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(each_engine(|fresh: Fresh| {
            let erased = erased.clone();
            async move {
                let mut cases = Vec::new();
                for _ in 0..4 {
                    let filing = Filing { place: Some((27.56, 120.55)), ..Filing::default() };
                    let case = file(&fresh.store, &filing).await.unwrap().case;
                    for fact in [Fact::Taken {}, Fact::Updated { photos: 0 }, Fact::Released {}] {
                        let event = by_staff(fact).saying(Some(domain::event::Words::text("处理中")));
                        add(&fresh.store, case.id, event).await.unwrap();
                    }
                    cases.push(case.id);
                }
                fresh.logged(16).await;
                let figures = |store: Store| async move {
                    let mut rollups = Rollups::new(domain::time::CityTime::china());
                    store.catch_up(&mut rollups).await.unwrap();
                    let mut reading = store.read().await.unwrap();
                    (reading.deltas().await.unwrap(), reading.log_end().await.unwrap())
                };
                let before = figures(fresh.store.clone()).await;
                assert!(!before.0.is_empty());
                for (case, version) in &erased {
                    assert!(fresh.store.erase_words(cases[*case], *version).await.unwrap());
                }
                let report = fresh.store.verify(|_| ()).await.unwrap();
                assert!(report.is_good(), "{report:?}");
                assert_eq!(report.without_words, erased.len() as u64);
                fresh.store.rebuild(|_| ()).await.unwrap();
                assert_eq!(figures(fresh.store.clone()).await, before);
                assert!(fresh.store.verify(|_| ()).await.unwrap().is_good());
                let mut reading = fresh.store.read().await.unwrap();
                for (n, id) in cases.iter().enumerate() {
                    let public = domain::access::Scope::public();
                    let case = reading.case_by_id(&public, *id).await.unwrap().unwrap();
                    for recorded in reading.events(&case).await.unwrap() {
                        let gone = erased.contains(&(n, recorded.version));
                        assert_eq!(recorded.event.words.is_none(), gone);
                    }
                }
            }
        }));
    }
}
