//! What has had its time goes, and nothing else.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use casework::sweep::{self, DONE_JOBS_KEPT};
use domain::time::Millis;
use store::{Error, testing::each_engine};

use crate::town::Town;

/// Owes a job to somebody; `false` where it is owed already, or was done and is remembered.
async fn owe(town: &Town, to: &'static str) -> bool {
    let store = &town.desk.store;
    store
        .write::<_, _, Error>(move |tx| {
            let now = tx.now();
            Box::pin(tx.add_job(1, "mail.filed", to, "{}", now))
        })
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_is_forgotten_a_month_after_it_was_done() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        for to in ["done", "owed"] {
            assert!(owe(&town, to).await);
        }
        town.desk
            .store
            .write::<_, (), Error>(|tx| {
                Box::pin(async move {
                    let jobs = tx.take_jobs().await?;
                    let done = jobs.iter().find(|job| job.recipient == "done").unwrap();
                    tx.finish_job(&done.id).await
                })
            })
            .await
            .unwrap();

        town.fresh.clock.advance(DONE_JOBS_KEPT);
        sweep::all(&town.desk).await.unwrap();
        assert!(!owe(&town, "done").await, "a month is not over");

        town.fresh.clock.advance(Millis::new(1));
        sweep::all(&town.desk).await.unwrap();
        assert!(!owe(&town, "owed").await, "what was not done stays owed");
        assert!(owe(&town, "done").await);
    })
    .await;
}
