//! A copy of yesterday put back, or a cut tail, is not served.

use domain::time::Millis;
use futures::FutureExt as _;
use store::testing::{Filing, Fresh, each_engine, file, fresh_sqlite};
use store::{Error, Role, SchemaError, Store};

/// What an older program folded is not served: rows and events would contradict each other.
#[tokio::test]
async fn rows_of_another_fold_are_not_served_until_they_are_folded_again() {
    each_engine(|mut fresh: Fresh| async move {
        file(&fresh.store, &Filing::default()).await.unwrap();
        fresh.logged(1).await;
        fresh
            .store
            .write::<_, (), Error>(|tx| tx.set_fact("fold", "1").boxed())
            .await
            .unwrap();
        fresh.store.stop().await.unwrap();
        let mut options =
            store::testing::Fresh::options(&fresh.url, fresh.folder.path(), &fresh.clock);
        options.role = Role::Serve;
        let refused = Store::open(options.clone()).await.err().unwrap();
        assert!(
            matches!(refused, Error::Schema(SchemaError::Folded)),
            "{refused}"
        );
        assert!(refused.to_string().contains("huiyin rebuild"), "{refused}");
        options.role = Role::Maintain;
        let store = Store::open(options.clone()).await.unwrap();
        assert_eq!(store.rebuild(|_| {}).await.unwrap(), 1);
        store.stop().await.unwrap();
        options.role = Role::Serve;
        let store = Store::open(options).await.unwrap();
        store.stop().await.unwrap();
        fresh.open_again().await;
    })
    .await;
}

#[tokio::test]
async fn a_database_older_than_what_was_signed_is_not_served() {
    let mut fresh = fresh_sqlite().await;
    let path = fresh.url.strip_prefix("sqlite:").unwrap().to_owned();
    file(&fresh.store, &Filing::default()).await.unwrap();
    fresh.store.stop().await.unwrap();
    let yesterday = std::fs::read(&path).unwrap();

    fresh.open_again().await;
    fresh.clock.advance(Millis::days(1));
    file(&fresh.store, &Filing::default()).await.unwrap();
    fresh.store.stop().await.unwrap();

    std::fs::write(&path, yesterday).unwrap();
    let mut options = store::testing::Fresh::options(&fresh.url, fresh.folder.path(), &fresh.clock);
    options.role = Role::Serve;
    let refused = Store::open(options.clone()).await.err().unwrap();
    assert!(
        matches!(&refused, Error::Unsafe(why) if why.contains("older")),
        "{refused}"
    );

    let signed = fresh.folder.path().join("checkpoints");
    let mut files: Vec<_> = std::fs::read_dir(&signed)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    std::fs::remove_file(files.last().unwrap()).unwrap();
    let store = Store::open(options).await.unwrap();
    store.stop().await.unwrap();
}
