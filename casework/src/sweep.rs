//! Sweeping what has had its time.

use std::sync::Arc;

use domain::{
    access::Viewer,
    case::Case,
    decide::Act,
    ids::CaseId,
    time::{Millis, Timestamp},
};
use futures::FutureExt as _;
use store::{DeadJob, Job, Tx};

use crate::{Desk, Error, Result, act::act};

/// The job that ends a wait for the reporter when its time is over.
const END_OF_WAIT: &str = "wait.end";

/// How long a job that was done is remembered: for whoever asks whether the mail went out, and so
/// that what owes it twice in this time owes it once. Jobs that were put aside stay.
pub const DONE_JOBS_KEPT: Millis = Millis::days(30);

/// Staged photos after a day, blobs that nothing names, idle sessions, used tickets, jobs that were
/// done [`DONE_JOBS_KEPT`] ago, and waits for a reporter who did not answer in time.
///
/// # Errors
/// The store's; what was swept until then stays swept.
pub async fn all(desk: &Desk) -> Result<()> {
    desk.store.sweep_staging().await?;
    desk.store.sweep_blobs().await?;
    desk.store
        .write::<_, (), Error>(|tx| {
            async move {
                tx.sweep_tracking().await?;
                tx.sweep_staff().await?;
                tx.sweep_tries().await?;
                tx.sweep_sign_ins().await?;
                tx.sweep_api_tokens().await?;
                tx.sweep_telling().await?;
                tx.sweep_tickets().await?;
                let before = tx.now().plus(Millis::new(-DONE_JOBS_KEPT.millis()));
                tx.sweep_jobs(before).await?;
                Ok(())
            }
            .boxed()
        })
        .await?;
    end_waits(desk).await
}

/// What is owed to the outside and was put aside after its last try; `again` has it tried again.
///
/// # Errors
/// The store's.
pub async fn put_aside(desk: &Desk, again: bool) -> Result<Vec<DeadJob>> {
    desk.store
        .write::<_, Vec<DeadJob>, Error>(move |tx| {
            async move {
                let dead = tx.dead_jobs().await?;
                if again {
                    tx.revive_jobs().await?;
                }
                Ok(dead)
            }
            .boxed()
        })
        .await
}

/// Owes the end of the wait that began with the case's last event.
pub(crate) async fn owe_end_of_wait(tx: &mut Tx, case: &Case, ends: Timestamp) -> Result<()> {
    let recipient = format!("{}/{}", case.id, case.version);
    let payload = case.id.to_string();
    tx.add_job(0, END_OF_WAIT, &recipient, &payload, ends)
        .await?;
    Ok(())
}

/// Ends the waits whose time is over. One that ended otherwise, by an answer or with the case, is
/// done as well: what waits anew owes an end of its own.
async fn end_waits(desk: &Desk) -> Result<()> {
    loop {
        let jobs = desk
            .store
            .write::<_, _, Error>(|tx| {
                async move { Ok(tx.take_jobs_of(END_OF_WAIT).await?) }.boxed()
            })
            .await?;
        if jobs.is_empty() {
            return Ok(());
        }
        for job in jobs {
            let ended = match job.payload.parse::<CaseId>() {
                Ok(case) => act(desk, &Viewer::System, case, None, Act::EndWaiting).await,
                Err(_) => Err(Error::NotFound),
            };
            let why = match ended {
                Ok(_) | Err(Error::Refused(_)) => None,
                Err(error) => Some(error.to_string()),
            };
            settle(desk, job, why).await?;
        }
    }
}

/// Writes down how a job ended: done, or why not.
pub(crate) async fn settle(desk: &Desk, job: Job, why: Option<String>) -> Result<()> {
    let work = Arc::new((job, why));
    desk.store
        .write::<_, (), Error>(move |tx| {
            let work = Arc::clone(&work);
            async move {
                match &*work {
                    (job, None) => tx.finish_job(&job.id).await?,
                    (job, Some(why)) => tx.fail_job(job, why).await?,
                }
                Ok(())
            }
            .boxed()
        })
        .await
}
