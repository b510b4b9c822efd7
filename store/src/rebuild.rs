//! Folding everything anew: rows, clocks, parts and photos of all cases from their events, and the
//! followers from the beginning of the log. For a new column, or a projection that was found wrong.
//!
//! It takes the store alone (`Role::Maintain`). It works case by case in small transactions, so it
//! may be stopped and run again; what it has not reached yet stays as it was.

use domain::case::apply;
use domain::chain::GENESIS;
use domain::ids::CaseId;

use crate::bulk::insert_photo_rows;
use crate::engine::{execute, fetch_all, fetch_optional, statements};
use crate::projection::{Projected, Seen};
use crate::tx::Tx;
use crate::{Error, Result, Store};

/// Which fold made the rows. Counted up whenever `domain::case::apply`, a column computed from a case
/// or what a case counts for changes its meaning: rows of an older fold would contradict the events.
const FOLD: &str = "7";
/// The fact that remembers it.
const FOLD_FACT: &str = "fold";

statements! {
    ANY = "SELECT version FROM case_event LIMIT 1";
    IDS = "SELECT case_id FROM case_event WHERE version = 1 AND case_id > $1 \
           ORDER BY case_id LIMIT 100";
    HEAD = "SELECT hash FROM case_event WHERE case_id = $1 ORDER BY version DESC LIMIT 1";
    STRAY_ROWS = "DELETE FROM case_row WHERE NOT EXISTS (SELECT 1 FROM case_event e \
                  WHERE e.case_id = case_row.id)";
    STRAY_CLOCKS = "DELETE FROM clock WHERE NOT EXISTS (SELECT 1 FROM case_event e \
                    WHERE e.case_id = clock.case_id)";
    STRAY_PARTS = "DELETE FROM case_part WHERE NOT EXISTS (SELECT 1 FROM case_event e \
                   WHERE e.case_id = case_part.case_id)";
    STRAY_PHOTOS = "DELETE FROM photo WHERE NOT EXISTS (SELECT 1 FROM case_event e \
                    WHERE e.case_id = photo.case_id)";
    ROW = "DELETE FROM case_row WHERE id = $1";
    CLOCKS = "DELETE FROM clock WHERE case_id = $1";
    PARTS = "DELETE FROM case_part WHERE case_id = $1";
    PHOTOS = "DELETE FROM photo WHERE case_id = $1";
    ROLLUPS = "DELETE FROM rollup";
    TOTALS = "DELETE FROM rollup_total";
    CURSORS = "DELETE FROM follower WHERE name = $1";
}

impl Store {
    /// Whether the rows were folded by the rules of this program. An empty database is made one.
    pub(crate) async fn is_folded_now(&self) -> Result<bool> {
        let mut reading = self.read().await?;
        if reading.fact(FOLD_FACT).await?.as_deref() == Some(FOLD) {
            return Ok(true);
        }
        let any = fetch_optional!(reading, (i64,), ANY)?.is_some();
        drop(reading);
        if !any {
            self.write::<_, (), Error>(|tx| Box::pin(tx.set_fact(FOLD_FACT, FOLD)))
                .await?;
        }
        Ok(!any)
    }

    /// Folds everything anew; answers how many cases there are. `progress` hears how many are done.
    ///
    /// # Errors
    /// [`Error::Corrupt`] or [`Error::DoesNotApply`] where `verify` would name the event.
    pub async fn rebuild(&self, progress: impl Fn(u64) + Send) -> Result<u64> {
        self.write::<_, (), Error>(|tx| {
            Box::pin(async move {
                for stray in [STRAY_ROWS, STRAY_CLOCKS, STRAY_PARTS, STRAY_PHOTOS] {
                    execute!(tx, stray)?;
                }
                execute!(tx, ROLLUPS)?;
                execute!(tx, TOTALS)?;
                execute!(tx, CURSORS, crate::rollups::NAME)?;
                Ok(())
            })
        })
        .await?;
        let mut done = 0;
        let mut after = String::new();
        loop {
            let mut reading = self.read().await?;
            let ids = fetch_all!(reading, (String,), IDS, after.as_str())?;
            drop(reading);
            let Some((last,)) = ids.last() else {
                self.write::<_, (), Error>(|tx| Box::pin(tx.set_fact(FOLD_FACT, FOLD)))
                    .await?;
                return Ok(done);
            };
            after.clone_from(last);
            done += ids.len() as u64;
            self.write::<_, (), Error>(move |tx| {
                let ids = ids.clone();
                Box::pin(async move {
                    for (id,) in &ids {
                        let case = id
                            .parse()
                            .map_err(|_| Error::corrupt("case_event", "case_id", id))?;
                        tx.fold_again(case).await?;
                    }
                    Ok(())
                })
            })
            .await?;
            progress(done);
        }
    }
}

impl Tx {
    async fn fold_again(&mut self, id: CaseId) -> Result<()> {
        let text = id.to_string();
        let mut case = None;
        let mut seen = Seen::default();
        let mut photos = Vec::new();
        for recorded in self.events_of(id).await? {
            case = Some(apply(case, &recorded).map_err(|broken| {
                Error::DoesNotApply(format!("{id}/{}: {broken}", recorded.version))
            })?);
            seen.see(recorded.version, &recorded.event);
            let words = recorded.event.words.unwrap_or_default();
            let version = i64::from(recorded.version);
            let numbered = (1..).zip(words.photos);
            photos.extend(numbered.map(|(no, photo)| (photo, text.clone(), version, no)));
        }
        let Some(case) = case else { return Ok(()) };
        let head = fetch_optional!(self, (Vec<u8>,), HEAD, text.as_str())?;
        let head = head.map_or(Ok(GENESIS), |(head,)| {
            head.try_into()
                .map_err(|_| Error::corrupt("case_event", "hash", id))
        })?;
        for sql in [ROW, CLOCKS, PARTS, PHOTOS] {
            execute!(self, sql, text.as_str())?;
        }
        self.insert_projected(&[Projected { case, head, seen }])
            .await?;
        insert_photo_rows(self, &photos).await
    }
}
