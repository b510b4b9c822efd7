//! The live stream: who is told at once that something happened to a case.
//!
//! One follower reads along the log and keeps its last [`KEPT`] places in memory. Everybody who
//! watches reads there, each from the position they came to: so nothing is kept for those who read
//! slowly, coming back loses nothing, and a thousand who watch one case ask the database nothing.
//!
//! Told is a position and a number, never what happened. Permission is asked for each of them when
//! it is told: for everybody by how the case stood when the follower last read, for a person of the
//! case by their session and the case as they stand now. What only the offices know of is told to
//! the offices alone: of one case to whoever has it open on their desk, of their lists that something
//! in them changed, and not even what.

mod lately;

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use domain::access::{self, Viewer};
use domain::case::Case;
use domain::ids::CaseId;
use domain::reference::CaseNumber;
use futures::future::BoxFuture;
use store::{Follower, Logged, Store, Token};
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

use crate::{Desk, Error, Result, sign_in, track};

use lately::{Cases, Lately, Standing};

/// Places of the log kept for those who come back. Whoever missed more looks again by themself.
pub const KEPT: usize = 1_000;
/// Places read at once.
const TURN: u32 = 500;
/// The most changes told in one piece.
const AT_ONCE: usize = 100;

/// The live stream of one desk. Cheap to clone; all clones are one.
#[derive(Clone, Default)]
pub struct Live(Arc<Hub>);

#[derive(Default)]
struct Hub {
    lately: RwLock<Lately>,
    /// How far the follower came.
    moved: watch::Sender<u64>,
    ended: watch::Sender<bool>,
}

/// The follower of the log. It reads only while somebody watches.
struct Reader(Live);

impl Follower for Reader {
    fn name(&self) -> &'static str {
        "live"
    }

    fn step<'s>(&'s mut self, store: &'s Store) -> BoxFuture<'s, store::Result<bool>> {
        Box::pin(async move {
            let hub = &self.0.0;
            let end = store.log_position();
            let oldest = end.saturating_sub(KEPT as u64);
            let after = hub.read().at.max(oldest);
            if hub.moved.receiver_count() == 0 || after >= end {
                return Ok(false);
            }
            let mut reading = store.read().await?;
            let logged = reading.log_after(after, TURN).await?;
            let mut standing = Standing::new();
            let mut cases = Cases::new();
            let all = access::scope(&Viewer::System);
            for id in logged.iter().map(|logged| logged.recorded.case) {
                if standing.contains_key(&id) {
                    continue;
                }
                if let Some(case) = reading.case_by_id(&all, id).await? {
                    let public = access::sees(&Viewer::Anonymous, &case);
                    standing.insert(id, (case.number, public));
                    cases.insert(id, Arc::new(case));
                }
            }
            drop(reading);
            if logged.is_empty() {
                return Ok(false);
            }
            hub.take(after, &logged, &standing, cases);
            Ok(true)
        })
    }
}

impl Hub {
    fn read(&self) -> std::sync::RwLockReadGuard<'_, Lately> {
        // What is kept is whole between any two calls, so a panic elsewhere does not spoil it.
        self.lately.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, after: u64, logged: &[Logged], standing: &Standing, cases: Cases) {
        let mut lately = self.lately.write().unwrap_or_else(PoisonError::into_inner);
        lately.take(after, logged, standing, cases);
        let at = lately.at;
        drop(lately);
        self.moved.send_replace(at);
    }
}

impl Live {
    /// Lets the stream follow the log until the store stops.
    pub(crate) async fn follow(&self, store: &Store) {
        store.follow(Reader(self.clone())).await;
    }

    /// Ends everybody's stream, for the stop of the server.
    pub fn end(&self) {
        self.0.ended.send_replace(true);
    }

    /// Watches every case that everybody may know of, from `after` on; without it, from now on.
    #[must_use]
    pub fn everything(&self, desk: &Desk, after: Option<u64>) -> Watch {
        self.watch(desk, Whose::Everything, after)
    }

    /// Watches one case: as everybody, or as one of its people where `token` is their session.
    ///
    /// # Errors
    /// [`Error::NotFound`] where the viewer may not know of the case, and where there is none: the
    /// answer is the same.
    pub async fn case(
        &self,
        desk: &Desk,
        number: CaseNumber,
        token: Option<Token>,
        after: Option<u64>,
    ) -> Result<Watch> {
        // Where it begins is read first: what happens from here on is asked about again.
        let mut watch = self.watch(desk, Whose::Everything, after);
        let viewer = match &token {
            Some(token) => track::peek(desk, token).await?,
            None => Viewer::Anonymous,
        };
        let mut reading = desk.store.read().await?;
        let case = reading.case(&access::scope(&viewer), &number).await?;
        let case = case
            .filter(|case| access::sees(&viewer, case))
            .ok_or(Error::NotFound)?;
        watch.whose = match (viewer, token) {
            (Viewer::Party { case: own, .. }, Some(token)) if own == case.id => {
                Whose::Own(case.id, token)
            }
            _ => Whose::Case(case.id),
        };
        Ok(watch)
    }

    /// Watches the lists of whoever is signed in under this session.
    ///
    /// # Errors
    /// [`Error::NotFound`] where nobody is.
    pub async fn lists(&self, desk: &Desk, token: Token, after: Option<u64>) -> Result<Watch> {
        let mut watch = self.watch(desk, Whose::Everything, after);
        let who = sign_in::peek(desk, &token).await?.ok_or(Error::NotFound)?;
        watch.whose = Whose::Lists(token, who.viewer);
        Ok(watch)
    }

    /// Watches a case that is on the desk of whoever is signed in under this session.
    ///
    /// # Errors
    /// [`Error::NotFound`] where nobody is, or it is not theirs to work on.
    pub async fn on_desk(
        &self,
        desk: &Desk,
        number: CaseNumber,
        token: Token,
        after: Option<u64>,
    ) -> Result<Watch> {
        let mut watch = self.watch(desk, Whose::Everything, after);
        let who = sign_in::peek(desk, &token).await?.ok_or(Error::NotFound)?;
        let mut reading = desk.store.read().await?;
        let case = reading.case(&access::scope(&who.viewer), &number).await?;
        let case = case.filter(|case| works_on(&who.viewer, case));
        watch.whose = Whose::OnDesk(case.ok_or(Error::NotFound)?.id, token);
        Ok(watch)
    }

    fn watch(&self, desk: &Desk, whose: Whose, after: Option<u64>) -> Watch {
        let now = desk.store.log_position();
        Watch {
            hub: Arc::clone(&self.0),
            moved: self.0.moved.subscribe(),
            ended: self.0.ended.subscribe(),
            desk: desk.clone(),
            whose,
            at: after.unwrap_or(now),
            began: now,
        }
    }
}

/// With whose eyes somebody watches, and what.
enum Whose {
    /// Everybody's: every case.
    Everything,
    /// Everybody's: one case.
    Case(CaseId),
    /// A person's of the case, as long as this session is open.
    Own(CaseId, Token),
    /// An office's: one case, as long as it is theirs and this session is open.
    OnDesk(CaseId, Token),
    /// An office's: whatever may stand in their lists, as long as this session is open. The viewer is
    /// who they were when last told.
    Lists(Token, Viewer),
}

/// Whether it is the viewer's to work on.
fn works_on(viewer: &Viewer, case: &Case) -> bool {
    access::is_inside(viewer, case) || access::is_contracted(viewer, case)
}

/// What there is to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// Something happened to these cases, in the order of the log.
    Changed(Vec<(u64, CaseNumber)>),
    /// Something may have changed in the lists of whoever watches.
    Lists,
    /// More happened than is kept: whoever watches must look again.
    Missed,
    /// Nothing for a while.
    Quiet,
}

/// One who watches.
pub struct Watch {
    hub: Arc<Hub>,
    moved: watch::Receiver<u64>,
    ended: watch::Receiver<bool>,
    desk: Desk,
    whose: Whose,
    /// How far it was told.
    at: u64,
    /// Where the log stood when it began to watch.
    began: u64,
}

/// What the places after a position say to one who watches.
enum Said {
    /// They have not been read yet.
    NotYet,
    /// They are not kept any more.
    Gone,
    /// To be told up to this position.
    Told {
        at: u64,
        changed: Vec<(u64, CaseNumber)>,
        /// Something happened to the one case that is watched; whether everybody may know of it.
        touched: Option<bool>,
    },
}

impl Watch {
    /// How far it was told: who begins there again loses nothing.
    #[must_use]
    pub fn position(&self) -> u64 {
        self.at
    }

    /// Waits for what is to be told, at most for `patience`. `None`: this ends, because the session
    /// did, or the viewer may not know of the case any more, or the server stops. May be dropped
    /// while it waits without losing anything.
    ///
    /// # Errors
    /// The store's; then nobody knows what may be told.
    pub async fn next(&mut self, patience: Duration) -> Result<Option<News>> {
        let quiet = Instant::now() + patience;
        loop {
            if *self.ended.borrow_and_update() {
                return Ok(None);
            }
            self.moved.mark_unchanged();
            match self.said() {
                Said::NotYet => {}
                Said::Gone => {
                    if !self.still_may(None).await? {
                        return Ok(None);
                    }
                    self.at = self.hub.read().at.max(self.began);
                    return Ok(Some(News::Missed));
                }
                Said::Told {
                    at,
                    changed,
                    touched,
                } => {
                    if touched.is_some() && !self.still_may(touched).await? {
                        return Ok(None);
                    }
                    self.at = at;
                    if matches!(self.whose, Whose::Lists(..)) && touched.is_some() {
                        return Ok(Some(News::Lists));
                    }
                    if !changed.is_empty() {
                        return Ok(Some(News::Changed(changed)));
                    }
                }
            }
            tokio::select! {
                moved = self.moved.changed() => if moved.is_err() { return Ok(None) },
                _ = self.ended.changed() => {}
                () = sleep_until(quiet) => {
                    let own = matches!(
                        self.whose,
                        Whose::Own(..) | Whose::OnDesk(..) | Whose::Lists(..)
                    );
                    let ends = own && !self.still_may(None).await?;
                    return Ok((!ends).then_some(News::Quiet));
                }
            }
        }
    }

    /// What stands in the log after the position it was told.
    fn said(&self) -> Said {
        let lately = self.hub.read();
        if self.at > self.began.max(lately.at) {
            return Said::Gone; // a position of another log, or none at all
        }
        if lately.at < self.began {
            return Said::NotYet;
        }
        if self.at < lately.from {
            return Said::Gone;
        }
        let mut changed = Vec::new();
        let mut touched = None;
        let mut at = lately.at;
        for place in lately.after(self.at) {
            let told = match &self.whose {
                Whose::Everything => place.public && place.outside,
                Whose::Case(id) | Whose::Own(id, _) if *id == place.case => {
                    touched = Some(place.public);
                    place.outside
                }
                // Colleagues see the inside of it as well.
                Whose::OnDesk(id, _) if *id == place.case => {
                    touched = Some(place.public);
                    true
                }
                Whose::Lists(_, viewer) => {
                    let case = lately.cases.get(&place.case);
                    if case.is_some_and(|case| access::may_touch_lists(viewer, case)) {
                        touched = Some(place.public);
                    }
                    false
                }
                Whose::Case(_) | Whose::Own(..) | Whose::OnDesk(..) => false,
            };
            if told {
                changed.push((place.position, place.number));
                if changed.len() == AT_ONCE {
                    at = place.position;
                    break;
                }
            }
        }
        Said::Told {
            at,
            changed,
            touched,
        }
    }

    /// Whether the one case may still be known, where the follower has just found it `public` or
    /// nobody has looked.
    async fn still_may(&mut self, public: Option<bool>) -> Result<bool> {
        if let Whose::Lists(token, viewer) = &mut self.whose {
            let Some(who) = sign_in::peek(&self.desk.fresh(), token).await? else {
                return Ok(false);
            };
            *viewer = who.viewer;
            return Ok(true);
        }
        let (viewer, id) = match (&self.whose, public) {
            (Whose::Everything | Whose::Lists(..), _) => return Ok(true),
            (Whose::Case(_), Some(public)) => return Ok(public),
            (Whose::Case(id), None) => (Viewer::Anonymous, *id),
            (Whose::Own(id, token), _) => match track::peek(&self.desk.fresh(), token).await? {
                viewer @ Viewer::Party { case, .. } if case == *id => (viewer, *id),
                _ => return Ok(false),
            },
            (Whose::OnDesk(id, token), _) => {
                match sign_in::peek(&self.desk.fresh(), token).await? {
                    Some(who) => (who.viewer, *id),
                    None => return Ok(false),
                }
            }
        };
        let mut reading = self.desk.store.read().await?;
        let case = reading.case_by_id(&access::scope(&viewer), id).await?;
        Ok(case.is_some_and(|case| match viewer {
            Viewer::Staff(_) => works_on(&viewer, &case),
            _ => access::sees(&viewer, &case),
        }))
    }
}
