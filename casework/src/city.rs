//! Changing the city while it runs: what is in force, what is coming, trying a change and putting it
//! down.
//!
//! A change is tried before it is taken: on every day from it on on which something changes, the city is
//! made and the linter reads it. What has a finding is not put down.

mod changes;
mod effects;
mod start;
mod view;

use std::sync::Arc;

use domain::{
    access::{Manage, Viewer, manages, reads_city},
    city::{
        Finding,
        change::{Change, ChangeFault, Dated, Mistake, Topic, read},
    },
    decide::typed::Typed,
    lang::Lang,
    text::{Bounded, TextError},
    time::Timestamp,
};
use futures::FutureExt as _;
use store::CityChange;

pub use changes::{ChangeLine, ChangedField, When, changes, changes_page};
pub use effects::{Effects, Leaves, Led};
pub use start::starting;
pub use view::{
    AreaView, CategoryLine, DutyLine, HoursLine, OverlapLine, OverlayView, PolicyLine, area,
    categories, category, duties, hours, overlays, policies,
};

use crate::{Desk, Error, Result};

/// By what decision: `龙政发〔2026〕12号`.
pub type Reason = Bounded<1, 200>;

/// Why a change is not taken; the form keeps what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CityFault {
    /// Fields to mend; and if no decision is named, or it is too long, why that does not do.
    Fields(Vec<Mistake>, Option<TextError>),
    /// It cannot be made of the city as it is by then.
    Unmade(ChangeFault),
    /// It takes the ground away from a later change, which is named by number.
    Blocks(u32, ChangeFault),
    /// The linter has found this.
    Findings(Vec<Finding>),
    /// Somebody put down another change meanwhile: it has to be looked at again.
    Moved,
}

/// What a change would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// The change.
    pub change: Change,
    /// From when it would hold.
    pub from: Timestamp,
    /// What it is about and what it goes to, by name.
    pub about: (String, String),
    /// What the linter says without it, which is nothing in a city that runs.
    pub before: Vec<Finding>,
    /// What follows for cases and people.
    pub effects: Effects,
    /// After which change it was tried.
    pub seen: u32,
}

/// The result of trying.
pub type Step<T> = Result<std::result::Result<T, CityFault>>;

/// Whether this viewer may read the city.
///
/// # Errors
/// [`Error::Forbidden`].
fn reader(viewer: &Viewer) -> Result<()> {
    if reads_city(viewer) {
        Ok(())
    } else {
        Err(Error::Forbidden)
    }
}

/// All that was put down, by number.
async fn put_down_so_far(desk: &Desk) -> Result<Vec<CityChange>> {
    Ok(desk.store.read().await?.city_changes().await?)
}

fn dated(changes: &[CityChange]) -> Vec<Dated> {
    changes.iter().map(|change| change.dated.clone()).collect()
}

struct Tried {
    next: Dated,
    before: Vec<Finding>,
    reason: Reason,
}

/// Makes the city with the change, on every day that matters.
async fn make(
    desk: &Desk,
    topic: Topic,
    typed: &(impl Typed + ?Sized),
    changes: Vec<Dated>,
) -> Step<Tried> {
    let reason = Reason::new(typed.value("reason").unwrap_or_default());
    let (change, from, reason) = match (read(topic, typed, &desk.city, desk.now()), reason) {
        (Ok((change, from)), Ok(reason)) => (change, from, reason),
        (read, reason) => {
            let fields = read.err().unwrap_or_default();
            return Ok(Err(CityFault::Fields(fields, reason.err())));
        }
    };
    let number = changes.iter().map(|d| d.number).max().unwrap_or(0) + 1;
    let next = Dated {
        number,
        from,
        change,
    };
    let (base, now) = (Arc::clone(&desk.cities.base), desk.now());
    // A city is made twice for each day: some tenths of a second that no request should wait for.
    let made = tokio::task::spawn_blocking(move || {
        let tried = base.tried(&changes, now, &next);
        (tried, next)
    });
    let Ok((tried, next)) = made.await else {
        return Err(Error::Store(store::Error::Stopped));
    };
    Ok(match tried {
        Err(undoable) if undoable.number == number => Err(CityFault::Unmade(undoable.fault)),
        Err(undoable) => Err(CityFault::Blocks(undoable.number, undoable.fault)),
        Ok(tried) if !tried.after.is_empty() => Err(CityFault::Findings(tried.after)),
        Ok(tried) => Ok(Tried {
            next,
            before: tried.before,
            reason,
        }),
    })
}

/// What a change would do; nothing is kept.
///
/// # Errors
/// [`Error::Forbidden`] for others than the commission, and the store's.
pub async fn try_change(
    desk: &Desk,
    viewer: &Viewer,
    topic: Topic,
    typed: &(impl Typed + ?Sized),
    lang: Lang,
) -> Step<Trial> {
    manages(viewer, Manage::City).ok_or(Error::Forbidden)?;
    let changes = dated(&put_down_so_far(desk).await?);
    let seen = changes.iter().map(|d| d.number).max().unwrap_or(0);
    let tried = match make(desk, topic, typed, changes.clone()).await? {
        Ok(tried) => tried,
        Err(fault) => return Ok(Err(fault)),
    };
    let effects = effects::of(desk, viewer, &changes, &tried.next).await?;
    Ok(Ok(Trial {
        about: desk.about(&tried.next, lang),
        change: tried.next.change,
        from: tried.next.from,
        before: tried.before,
        effects,
        seen,
    }))
}

/// Puts a change down that was tried after change `seen`. It holds from its day on and cannot be altered.
///
/// # Errors
/// [`Error::Forbidden`] for others than the commission, and the store's.
pub async fn put_down(
    desk: &Desk,
    viewer: &Viewer,
    topic: Topic,
    typed: &(impl Typed + ?Sized),
    seen: u32,
) -> Step<u32> {
    let by = manages(viewer, Manage::City).ok_or(Error::Forbidden)?;
    let changes = dated(&put_down_so_far(desk).await?);
    let tried = match make(desk, topic, typed, changes).await? {
        Ok(tried) => tried,
        Err(fault) => return Ok(Err(fault)),
    };
    if tried.next.number != seen + 1 {
        return Ok(Err(CityFault::Moved));
    }
    let number = tried.next.number;
    let work = Arc::new(tried);
    let kept = desk
        .store
        .write::<_, bool, Error>(move |tx| {
            let work = Arc::clone(&work);
            async move {
                // What was tried is what stands: nobody else put one down since.
                if tx.last_city_change().await? + 1 != work.next.number {
                    return Ok(false);
                }
                // While it was tried, what is to be taken back may have begun.
                if let Change::TakeBack { number } = work.next.change {
                    let all = tx.city_changes().await?;
                    let taken = all.iter().find(|change| change.dated.number == number);
                    if taken.is_none_or(|taken| taken.dated.from <= tx.now()) {
                        return Ok(false);
                    }
                }
                tx.put_city_change(&work.next, by, work.reason.as_str())
                    .await?;
                Ok(true)
            }
            .boxed()
        })
        .await?;
    if !kept {
        return Ok(Err(CityFault::Moved));
    }
    desk.renew().await?;
    Ok(Ok(number))
}
