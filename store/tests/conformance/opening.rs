//! Opening, stopping, and what is refused.

use domain::access::Scope;
use store::testing::{Filing, Fresh, each_engine, file};
use store::{EngineKind, Error, OpenOptions, Role, Store};

#[tokio::test]
async fn a_restart_keeps_everything() {
    each_engine(|mut fresh: Fresh| async move {
        let filed = file(&fresh.store, &Filing::default()).await.unwrap();
        fresh.reopen().await;
        let mut reading = fresh.store.read().await.unwrap();
        let case = reading
            .case(&Scope::public(), &filed.case.number)
            .await
            .unwrap();
        assert_eq!(case, Some(filed.case));
        drop(reading);
        fresh.logged(1).await;
        file(&fresh.store, &Filing::default()).await.unwrap();
        fresh.logged(2).await;
        let report = fresh.store.verify(|_| ()).await.unwrap();
        assert!(report.is_good(), "{report:?}");
        assert_eq!(report.checkpoints, 1, "the stop signed one");
    })
    .await;
}

#[tokio::test]
async fn an_opened_store_knows_how_long_its_log_is() {
    each_engine(|fresh: Fresh| async move {
        for n in 1..=3 {
            file(&fresh.store, &Filing::default()).await.unwrap();
            fresh.logged(n).await;
        }
        // To look: nothing runs that would find it out later.
        let look = OpenOptions {
            role: Role::Look,
            ..Fresh::options(&fresh.url, fresh.folder.path(), &fresh.clock)
        };
        let looking = Store::open(look.clone()).await.unwrap();
        assert_eq!(looking.log_position(), 3);
        fresh.store.stop().await.unwrap();
        let serve = OpenOptions {
            role: Role::Serve,
            ..look
        };
        let store = Store::open(serve).await.unwrap();
        assert_eq!(store.log_position(), 3);
        store.stop().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_stopped_store_says_so() {
    each_engine(|fresh: Fresh| async move {
        fresh.store.stop().await.unwrap();
        let late = file(&fresh.store, &Filing::default()).await;
        assert!(matches!(late, Err(Error::Stopped)), "{late:?}");
    })
    .await;
}

#[tokio::test]
async fn a_folder_that_lost_its_keys_is_refused() {
    each_engine(|fresh: Fresh| async move {
        fresh.store.stop().await.unwrap();
        std::fs::remove_file(fresh.folder.path().join("keys/receipt")).unwrap();
        let options = Fresh::options(&fresh.url, fresh.folder.path(), &fresh.clock);
        let opened = Store::open(options).await;
        assert!(
            matches!(opened, Err(Error::File { .. } | Error::Keys(_))),
            "{:?}",
            opened.err()
        );
    })
    .await;
}

#[tokio::test]
async fn two_stores_on_one_folder_exclude_each_other() {
    each_engine(|fresh: Fresh| async move {
        let options = Fresh::options(&fresh.url, fresh.folder.path(), &fresh.clock);
        assert!(matches!(Store::open(options).await, Err(Error::Locked(_))));
    })
    .await;
}

#[tokio::test]
async fn reading_connections_cannot_write_on_sqlite() {
    let fresh = store::testing::fresh_sqlite().await;
    assert_eq!(fresh.store.engine(), EngineKind::Sqlite);
    let written = store::testing::write_with_a_reader(&fresh).await;
    assert!(written.is_err(), "a reader wrote");
}
