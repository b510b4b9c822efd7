//! A statement that asks for too much ends, and nobody waits for it (security.md F6).

use std::time::{Duration, Instant};

use domain::access::Scope;
use futures::future::join_all;
use store::testing::{Filing, Fresh, count, each_engine, file};
use store::{Error, OpenOptions, Reading, Result, Role, Store};

const LIMIT: Duration = Duration::from_millis(400);
/// Takes hours, where nothing ends it.
const ENDLESS: i64 = 1_000_000_000_000;
/// Takes a moment: long enough to be looked at, far below the limit.
const SHORT: i64 = 20_000;

/// Counts without an end, on a connection that must be told so.
async fn without_end(mut reading: Reading) -> Result<i64> {
    let counted = tokio::time::timeout(Duration::from_secs(8), count(&mut reading, ENDLESS));
    counted.await.expect("the statement ends by itself")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_statement_that_takes_too_long_ends_and_the_others_go_on() {
    each_engine(|fresh: Fresh| async move {
        let number = file(&fresh.store, &Filing::default())
            .await
            .unwrap()
            .case
            .number;
        fresh.logged(1).await;
        fresh.store.stop().await.unwrap();
        let store = Store::open(OpenOptions {
            role: Role::Serve,
            statement_limit: LIMIT,
            connections: 4,
            ..Fresh::options(&fresh.url, fresh.folder.path(), &fresh.clock)
        })
        .await
        .unwrap();

        // Three of four ask for too much; on the fourth others are answered all the while.
        let began = Instant::now();
        let endless = (0..3).map(|_| async { without_end(store.read().await.unwrap()).await });
        let others = async {
            for _ in 0..10 {
                let mut reading = store.read().await.unwrap();
                let case = reading.case(&Scope::public(), &number).await.unwrap();
                assert!(case.is_some());
            }
            began.elapsed()
        };
        let (ended, answered) = tokio::join!(join_all(endless), others);
        for ended in ended {
            assert!(matches!(ended, Err(Error::TooLong)), "{ended:?}");
        }
        let took = began.elapsed();
        assert!(took >= LIMIT, "{took:?}");
        assert!(answered < took, "{answered:?}, and the long ones {took:?}");

        // In one moment it is the same.
        let ended = without_end(store.snapshot().await.unwrap()).await;
        assert!(matches!(ended, Err(Error::TooLong)), "{ended:?}");

        // Every connection is as good as before, all four at once.
        let readings = join_all((0..4).map(|_| store.read())).await;
        for reading in readings {
            let counted = count(&mut reading.unwrap(), SHORT).await;
            assert_eq!(counted.unwrap(), SHORT);
        }
        // The limit is that of one statement, not of all that are asked one after the other.
        let mut reading = store.read().await.unwrap();
        for _ in 0..4 {
            assert_eq!(count(&mut reading, SHORT).await.unwrap(), SHORT);
            tokio::time::sleep(LIMIT / 2).await;
        }
        drop(reading);
        let again = file(&store, &Filing::default()).await;
        assert!(again.is_ok(), "{again:?}");
        store.stop().await.unwrap();
    })
    .await;
}
