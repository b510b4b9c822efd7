//! Tries are counted before they are looked at: many at once are no more than many in a row.

use domain::time::Millis;
use futures::FutureExt as _;
use store::{Subject, Tries, Tx};

use crate::{Desk, Error, Result};

/// Wrong tries that cost no wait.
const FREE: u32 = 5;
/// The wait after one more; it doubles with each.
const FIRST_WAIT: Millis = Millis::seconds(30);
/// The longest wait: a lock that never opens would be a way to shut people out.
const LONGEST_WAIT: Millis = Millis::minutes(15);

/// What counting a try came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    /// It may be looked at. `last_free`: the next wrong one will have to wait.
    Goes {
        /// So many wrong ones that one more waits.
        last_free: bool,
    },
    /// It must not be looked at, for so long.
    Waits(Millis),
}

/// Counts a try as a wrong one. [`forgive`] takes it back.
pub(super) async fn count(tx: &mut Tx, subject: Subject) -> Result<Counted> {
    let before = tx.tries(subject).await?;
    let now = tx.now();
    if let Some(tries) = before {
        let left = tries.wait_until.since(now);
        if left > Millis::ZERO {
            // A clock that was set back makes nobody wait longer than the longest wait.
            return Ok(Counted::Waits(left.min(LONGEST_WAIT)));
        }
    }
    let failures = before.map_or(0, |tries| tries.failures).saturating_add(1);
    let wait_until = now.plus(wait_after(failures));
    let tries = Tries {
        failures,
        wait_until,
    };
    tx.put_tries(subject, tries).await?;
    Ok(Counted::Goes {
        last_free: failures == FREE,
    })
}

/// [`count`] in a transaction of its own.
pub(super) async fn count_now(desk: &Desk, subject: Subject) -> Result<Counted> {
    desk.store
        .write::<_, Counted, Error>(move |tx| async move { count(tx, subject).await }.boxed())
        .await
}

/// Takes back the last count: the try was a right one, or was not looked at.
pub(super) async fn forgive(tx: &mut Tx, subject: Subject) -> Result<()> {
    let Some(Tries { failures, .. }) = tx.tries(subject).await? else {
        return Ok(());
    };
    if failures <= 1 {
        return Ok(tx.forget_tries(subject).await?);
    }
    let tries = Tries {
        failures: failures - 1,
        wait_until: tx.now(),
    };
    Ok(tx.put_tries(subject, tries).await?)
}

/// [`forgive`] in a transaction of its own.
pub(super) async fn forgive_now(desk: &Desk, subject: Subject) -> Result<()> {
    desk.store
        .write::<_, (), Error>(move |tx| async move { forgive(tx, subject).await }.boxed())
        .await
}

fn wait_after(failures: u32) -> Millis {
    let Some(beyond) = failures.checked_sub(FREE) else {
        return Millis::ZERO;
    };
    let doubled = FIRST_WAIT.millis().saturating_mul(1 << beyond.min(20));
    Millis::new(doubled).min(LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_and_has_an_end() {
        let waits: Vec<i64> = (1..=12).map(|n| wait_after(n).millis() / 1_000).collect();
        assert_eq!(waits, [0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]);
        assert_eq!(wait_after(u32::MAX), LONGEST_WAIT);
    }
}
