//! SQLite's writer: what waits shares a commit, what fails fails alone, and what nobody can know
//! about ends the process.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use store::testing::{Filing, Fresh, break_with, file, file_in, fresh_sqlite};
use store::{Error, Store};

/// A store that remembers what would have ended the process.
async fn watched() -> (Fresh, Arc<Mutex<Vec<String>>>) {
    let mut fresh = fresh_sqlite().await;
    fresh.store.stop().await.unwrap();
    let ended = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&ended);
    let mut options = Fresh::options(&fresh.url, fresh.folder.path(), &fresh.clock);
    options.on_fatal = Some(Arc::new(move |why: &str| {
        seen.lock().unwrap().push(why.to_owned());
    }));
    let store = Store::open(options).await.unwrap();
    fresh.store = store;
    (fresh, ended)
}

#[tokio::test]
async fn a_batch_keeps_the_good_and_undoes_the_bad() {
    let fresh = fresh_sqlite().await;
    let mut tasks = Vec::new();
    for n in 0..60_u32 {
        let store = fresh.store.clone();
        tasks.push(tokio::spawn(async move {
            store
                .write::<_, _, Error>(move |tx| {
                    Box::pin(async move {
                        let filed = file_in(tx, &Filing::default()).await?;
                        match n % 3 {
                            0 => Ok(filed.case.id),
                            1 => Err(Error::Busy),
                            _ => panic!("on purpose"),
                        }
                    })
                })
                .await
        }));
    }
    let mut kept = 0;
    for task in tasks {
        kept += u32::from(task.await.unwrap().is_ok());
    }
    assert_eq!(kept, 20);
    let report = fresh.store.verify(|_| ()).await.unwrap();
    assert!(report.is_good(), "{report:?}");
    assert_eq!((report.cases, report.events), (20, 20));
}

#[tokio::test]
async fn beyond_the_queue_works_are_turned_away() {
    let fresh = fresh_sqlite().await;
    // Nothing runs between these calls on a runtime of one thread, so the queue fills up.
    let mut waiting = Vec::new();
    for _ in 0..300 {
        let store = fresh.store.clone();
        waiting.push(Box::pin(
            async move { file(&store, &Filing::default()).await },
        ));
    }
    let results = futures::future::join_all(waiting).await;
    let busy = results
        .iter()
        .filter(|result| matches!(result, Err(Error::Busy)))
        .count();
    let kept = results.iter().filter(|result| result.is_ok()).count();
    assert_eq!((kept, busy), (256, 44));
    file(&fresh.store, &Filing::default()).await.unwrap();
}

#[tokio::test]
async fn a_commit_that_fails_answers_nobody_yes_and_ends_the_process() {
    let (fresh, ended) = watched().await;
    break_with(
        &fresh.store,
        "CREATE TABLE child (id INTEGER PRIMARY KEY, parent TEXT REFERENCES meta (name) \
         DEFERRABLE INITIALLY DEFERRED)",
    )
    .await
    .unwrap();
    let other = {
        let store = fresh.store.clone();
        tokio::spawn(async move { file(&store, &Filing::default()).await })
    };
    // A foreign key that is looked at only by the COMMIT: the commit itself fails.
    let broken = break_with(&fresh.store, "INSERT INTO child (parent) VALUES ('nobody')");
    let (broken, other) = tokio::join!(broken, other);
    assert!(matches!(broken, Err(Error::Fatal(_))), "{broken:?}");
    assert_eq!(ended.lock().unwrap().len(), 1);
    let late = file(&fresh.store, &Filing::default()).await;
    assert!(matches!(late, Err(Error::Stopped)), "{late:?}");
    // Whatever the other heard is what a restart finds.
    let heard = u64::from(other.unwrap().is_ok());
    let Fresh {
        folder, url, clock, ..
    } = &fresh;
    let look = store::OpenOptions {
        role: store::Role::Look,
        ..Fresh::options(url, folder.path(), clock)
    };
    let looked = Store::open(look).await.unwrap();
    assert_eq!(
        looked.read().await.unwrap().log_end().await.unwrap().0,
        heard
    );
}

#[tokio::test]
async fn a_full_disk_refuses_and_recovers() {
    let (fresh, ended) = watched().await;
    file(&fresh.store, &Filing::default()).await.unwrap();
    break_with(&fresh.store, "PRAGMA max_page_count = 1")
        .await
        .unwrap();
    let large = Filing {
        text: "路".repeat(2_000),
        ..Filing::default()
    };
    let mut refused = 0;
    for _ in 0..200 {
        match file(&fresh.store, &large).await {
            Ok(_) => {}
            Err(Error::Full) => refused += 1,
            Err(other) => panic!("{other}"),
        }
    }
    assert!(refused > 0);
    assert!(
        ended.lock().unwrap().is_empty(),
        "a full disk is no reason to end"
    );
    let before = fresh.store.read().await.unwrap().log_end().await.unwrap().0;
    break_with(&fresh.store, "PRAGMA max_page_count = 1073741823")
        .await
        .unwrap();
    for _ in 0..50 {
        file(&fresh.store, &large).await.unwrap();
    }
    let report = fresh.store.verify(|_| ()).await.unwrap();
    assert!(report.is_good(), "{report:?}");
    assert_eq!(report.events, before + 50);
}

#[tokio::test]
async fn whoever_has_gone_before_their_turn_leaves_no_work() {
    let fresh = fresh_sqlite().await;
    let runs = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&runs);
    let mut gone = Box::pin(fresh.store.write::<_, (), Error>(move |_tx| {
        counted.fetch_add(1, Ordering::SeqCst);
        Box::pin(async { Ok(()) })
    }));
    // Polled once it stands in the queue; dropped before the writer came to it.
    assert!(futures::poll!(&mut gone).is_pending());
    drop(gone);
    file(&fresh.store, &Filing::default()).await.unwrap();
    assert_eq!(runs.load(Ordering::SeqCst), 0);
}
