//! A copy of yesterday put back, or a cut tail, is not served.

use domain::time::Millis;
use store::testing::{Filing, file, fresh_sqlite};
use store::{Error, Role, Store};

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
