//! What is appended: versions, keys, histories, works that fail.

use domain::access::Scope;
use domain::event::Fact;
use domain::ids::{CaseId, PartyNo};
use domain::time::Millis;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use store::testing::{BEGINNING, Filing, Fresh, add, by_staff, each_engine, file, file_in};
use store::{Error, History, Store};

pub(crate) const KEY: &str = "0123456789abcdef0123456789abcdef";

#[tokio::test]
async fn whoever_changes_an_old_version_hears_of_the_new_one() {
    each_engine(|fresh: Fresh| async move {
        let case = file(&fresh.store, &Filing::default()).await.unwrap().case;
        let old = fresh
            .store
            .write::<_, _, Error>(move |tx| Box::pin(tx.load_case(case.id)))
            .await
            .unwrap();
        add(
            &fresh.store,
            case.id,
            by_staff(Fact::Accepted { clocks: Vec::new() }),
        )
        .await
        .unwrap();
        let late = fresh
            .store
            .write::<_, _, Error>(move |tx| {
                let old = old.clone();
                Box::pin(async move {
                    let at = tx.now();
                    tx.append(case.id, old, vec![by_staff(Fact::Taken {})], at)
                        .await
                })
            })
            .await;
        assert!(late.is_err(), "{late:?}");
        let mut reading = fresh.store.read().await.unwrap();
        let stands = reading
            .case_by_id(&Scope::public(), case.id)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(stands.version, 2);
        assert_eq!(reading.hashes(&stands).await.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn many_at_once_lose_nothing_and_stand_in_one_log() {
    each_engine(|fresh: Fresh| async move {
        let case = file(&fresh.store, &Filing::default()).await.unwrap().case;
        let mut tasks = Vec::new();
        for _ in 0..16 {
            let store = fresh.store.clone();
            tasks.push(tokio::spawn(async move {
                // Notes race on one case: each is re-run until it follows the one before.
                for _ in 0..3 {
                    let mut tries = 0;
                    while let Err(error) = add(&store, case.id, by_staff(Fact::Noted {})).await {
                        tries += 1;
                        assert!(tries < 200, "{error}");
                    }
                    file(&store, &Filing::default()).await.unwrap();
                }
            }));
        }
        for task in tasks {
            task.await.unwrap();
        }
        fresh.logged(1 + 2 * 48).await;
        let mut reading = fresh.store.read().await.unwrap();
        let stands = reading
            .case_by_id(&Scope::public(), case.id)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(stands.version, 49);
        let log = reading.log_after(0, 1_000).await.unwrap();
        assert_eq!(log.len(), 97);
        let versions: Vec<u32> = log
            .iter()
            .filter(|logged| logged.recorded.case == case.id)
            .map(|logged| logged.recorded.version)
            .collect();
        assert_eq!(
            versions,
            (1..=49).collect::<Vec<_>>(),
            "versions of a case stay in order"
        );
        drop(reading);
        let report = fresh.store.verify(|_| ()).await.unwrap();
        assert!(report.is_good(), "{report:?}");
    })
    .await;
}

#[tokio::test]
async fn a_retry_finds_its_filing_and_another_filing_is_told_apart() {
    each_engine(|fresh: Fresh| async move {
        let store = &fresh.store;
        let code = file_with_key(store, KEY, b"filing one").await.unwrap();
        let again = file_with_key(store, KEY, b"filing one").await.unwrap();
        assert_eq!(code.digits(), again.digits());
        let mut reading = store.read().await.unwrap();
        assert_eq!(reading.log_end().await.unwrap().0.max(1), 1, "one case");
        let other = reading
            .filed_with(KEY, b"filing two")
            .await
            .unwrap()
            .unwrap();
        assert!(!other.same_filing);
        assert!(
            reading
                .filed_with("another key of 32 characters....", b"x")
                .await
                .unwrap()
                .is_none()
        );
        let (case, party) = reading.party_by_code(&code).await.unwrap().unwrap();
        assert_eq!((case, party), (other.case, PartyNo::REPORTER));
        let derived = reading.receipt_of(case, KEY).await.unwrap().unwrap();
        assert_eq!(derived.0.digits(), code.digits());
        assert!(
            reading
                .receipt_of(case, "not the key")
                .await
                .unwrap()
                .is_none()
        );
    })
    .await;
}

/// Files with an idempotency key as casework does, and answers the receipt code.
pub(crate) async fn file_with_key(
    store: &Store,
    key: &'static str,
    filing: &'static [u8],
) -> store::Result<domain::reference::ReceiptCode> {
    store
        .write(move |tx| {
            Box::pin(async move {
                if let Some(filed) = tx.filed_with(key, filing).await? {
                    let receipt = tx.receipt_of(filed.case, key).await?;
                    return Ok(receipt
                        .map(|(code, _)| code)
                        .expect("the filing gave a receipt"));
                }
                let case = file_in(tx, &Filing::default()).await?.case;
                let code = tx.keys().receipt_code(case.id, key);
                tx.give_receipt(case.id, PartyNo::REPORTER, &code).await?;
                let at = tx.now();
                tx.remember_filing(key, filing, case.id, PartyNo::REPORTER, at)
                    .await?;
                Ok(code)
            })
        })
        .await
}

#[tokio::test]
async fn one_key_used_at_once_by_many_makes_one_case() {
    each_engine(|fresh: Fresh| async move {
        let mut tasks = Vec::new();
        for _ in 0..12 {
            let store = fresh.store.clone();
            tasks.push(tokio::spawn(async move {
                file_with_key(&store, KEY, b"the same filing").await
            }));
        }
        let mut codes = Vec::new();
        for task in tasks {
            codes.push(task.await.unwrap().unwrap().digits());
        }
        codes.dedup();
        assert_eq!(codes.len(), 1);
        fresh.logged(1).await;
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        assert_eq!(fresh.store.log_position(), 1, "one filing, one event");
    })
    .await;
}

#[tokio::test]
async fn a_history_is_loaded_as_it_would_have_been_written() {
    each_engine(|fresh: Fresh| async move {
        let store = &fresh.store;
        let mut histories = Vec::new();
        for n in 0..40_u8 {
            let at = BEGINNING.plus(Millis::minutes(i64::from(n)));
            let filing = Filing {
                place: Some((27.56, 120.55)),
                ..Filing::default()
            };
            histories.push(History {
                id: CaseId::new(at, [n; 10]),
                events: vec![
                    (at, filing.event(at, u32::from(n))),
                    (at.plus(Millis::minutes(1)), by_staff(Fact::Taken {})),
                    (at.plus(Millis::hours(2)), by_staff(Fact::Released {})),
                ],
            });
        }
        let loaded = store
            .write::<_, _, Error>(move |tx| {
                let histories = histories.clone();
                Box::pin(async move { tx.append_histories(histories).await })
            })
            .await
            .unwrap();
        assert_eq!(loaded.len(), 40);
        fresh.logged(120).await;
        add(store, loaded[0].id, by_staff(Fact::Noted {}))
            .await
            .unwrap();
        let report = store.verify(|_| ()).await.unwrap();
        assert!(report.is_good(), "{report:?}");
        assert_eq!((report.cases, report.events >= 120), (40, true));
    })
    .await;
}

#[tokio::test]
async fn a_work_that_panics_or_fails_leaves_nothing_and_the_next_one_runs() {
    each_engine(|fresh: Fresh| async move {
        let store = &fresh.store;
        let panics = store
            .write::<_, (), Error>(|tx| {
                Box::pin(async move {
                    file_in(tx, &Filing::default()).await?;
                    panic!("on purpose");
                })
            })
            .await;
        assert!(matches!(panics, Err(Error::Panicked)), "{panics:?}");
        let fails = store
            .write::<_, (), Error>(|tx| {
                Box::pin(async move {
                    file_in(tx, &Filing::default()).await?;
                    Err(Error::Busy)
                })
            })
            .await;
        assert!(matches!(fails, Err(Error::Busy)), "{fails:?}");
        file(store, &Filing::default()).await.unwrap();
        fresh.logged(1).await;
        let report = store.verify(|_| ()).await.unwrap();
        assert!(report.is_good(), "{report:?}");
        assert_eq!((report.cases, report.events), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn a_number_that_is_taken_is_drawn_again() {
    each_engine(|fresh: Fresh| async move {
        let store = &fresh.store;
        let first = file(store, &Filing::default()).await.unwrap().case;
        let runs = Arc::new(AtomicU32::new(0));
        let counted = Arc::clone(&runs);
        let taken = first.number;
        let second = store
            .write::<_, _, Error>(move |tx| {
                let run = counted.fetch_add(1, Ordering::SeqCst);
                Box::pin(async move {
                    let at = tx.now();
                    let mut event = Filing::default().event(at, 1);
                    if let Fact::Filed { number, .. } = &mut event.fact
                        && run == 0
                    {
                        *number = taken;
                    }
                    let random = [u8::try_from(run).unwrap(); 10];
                    tx.append(CaseId::new(at, random), None, vec![event], at)
                        .await
                })
            })
            .await
            .unwrap();
        assert_ne!(second.case.number, taken);
        assert_eq!(runs.load(Ordering::SeqCst), 2);
    })
    .await;
}
