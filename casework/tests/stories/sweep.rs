//! What has had its time goes, and nothing else.

use casework::sweep::{self, DONE_JOBS_KEPT};
use domain::{decide::Act, time::Millis};
use store::{Error, testing::each_engine};

use crate::{
    posts::{SECRETARY, staff},
    told::{draft, who_filed},
    town::Town,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_wait_for_the_reporter_has_an_end() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        town.at("2026-11-23T09:00");
        let filed = town.files(&draft()).await;
        let secretary = staff(SECRETARY);
        let ask = || Act::Ask.saying("在几号门前？");
        town.does(&secretary, filed.case, ask()).await;

        town.fresh.clock.advance(Millis::days(7) - Millis::new(1));
        sweep::all(&town.desk).await.unwrap();
        assert!(town.case(filed.case).await.waiting_since.is_some());

        town.fresh.clock.advance(Millis::new(1));
        sweep::all(&town.desk).await.unwrap();
        let case = town.case(filed.case).await;
        assert_eq!(case.waiting_since, None, "nobody answered in time");
        assert!(case.clocks.iter().all(|clock| !clock.is_paused()));

        // Asked again and answered: its end finds nothing to do, and is not owed any more.
        town.does(&secretary, filed.case, ask()).await;
        let answer = Act::Answer.saying("三号门前");
        let answered = town.does(&who_filed(&filed), filed.case, answer).await;
        town.fresh.clock.advance(Millis::days(8));
        sweep::all(&town.desk).await.unwrap();
        assert_eq!(town.case(filed.case).await.version, answered.version);
        let left = town
            .desk
            .store
            .write::<_, _, Error>(|tx| Box::pin(tx.take_jobs()))
            .await
            .unwrap();
        assert_eq!(left, []);
    })
    .await;
}

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
