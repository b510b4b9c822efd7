//! One clock of one case, from its start to its stop.

use serde::{Deserialize, Serialize};

use super::{Limit, Owner, Stage};
use crate::ids::PolicyCode;
use crate::time::{Millis, Timestamp};

/// How often and how long a clock may stand still.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PauseRule {
    /// How many pauses.
    pub max_times: u32,
    /// What of each pause counts at most; after it the clock runs on by itself.
    pub max_each: Millis,
}

impl Default for PauseRule {
    /// Twice, seven days each.
    fn default() -> Self {
        Self {
            max_times: 2,
            max_each: Millis::days(7),
        }
    }
}

/// A time in which the case waited for its reporter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// When it began.
    pub from: Timestamp,
    /// When it ended, never before `from`; none while it lasts.
    pub until: Option<Timestamp>,
}

/// Why a clock does not do what it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ClockError {
    /// It was stopped or cancelled.
    #[error("the clock no longer runs")]
    NotRunning,
    /// Only the resolve clock pauses.
    #[error("only the resolve clock pauses")]
    NotPausable,
    /// It stands still already.
    #[error("the clock is paused already")]
    Paused,
    /// It does not stand still.
    #[error("the clock is not paused")]
    NotPaused,
    /// It has been paused as often as it may.
    #[error("the clock was paused as often as it may be")]
    TooManyPauses,
    /// It was extended before.
    #[error("the clock was extended before")]
    Extended,
    /// It has run out, and what has run out is not extended.
    #[error("the clock has run out")]
    RunOut,
    /// The new due instant is not later than the old one.
    #[error("an extension must be later than the due instant")]
    NotLater,
}

/// A clock as it is written into the facts of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunningClock {
    /// Number within the case.
    pub id: u32,
    /// What it measures.
    pub stage: Stage,
    /// The part of a called unit, if it belongs to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<u32>,
    /// Whose list turns red.
    pub owner: Owner,
    /// When it started.
    pub started: Timestamp,
    /// The limit it was started with.
    pub limit: Limit,
    /// The first instant that is too late, extension and ended pauses included.
    pub due: Timestamp,
    /// The same without extension: on time is judged by this one.
    pub first_due: Timestamp,
    /// Computed beyond the years the calendar covers.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub provisional: bool,
    /// The policy it came from.
    pub policy: PolicyCode,
    /// Version of the calendar it was computed with.
    pub calendar: String,
    /// When it was stopped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<Timestamp>,
    /// It measures nothing any more and counts nowhere.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cancelled: bool,
    /// When it was no longer needed (see [`RunningClock::lapse`]); none if it never was. With
    /// `stopped` it had run out by then, with `cancelled` it had not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lapsed: Option<Timestamp>,
    /// Its pauses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pauses: Vec<Pause>,
    /// How it may pause, as it was when it started.
    #[serde(default)]
    pub pause_rule: PauseRule,
    /// Its due instant was moved once.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub extended: bool,
}

impl RunningClock {
    /// Neither stopped nor cancelled; a paused clock runs in this sense.
    pub fn is_running(&self) -> bool {
        self.stopped.is_none() && !self.cancelled
    }

    /// Whether it waits for the reporter.
    pub fn is_paused(&self) -> bool {
        self.is_running() && self.open_pause().is_some()
    }

    fn open_pause(&self) -> Option<&Pause> {
        self.pauses.last().filter(|pause| pause.until.is_none())
    }

    /// What of `pause` counts, as of `now`.
    fn counted(&self, pause: &Pause, now: Timestamp) -> Millis {
        let until = pause.until.unwrap_or(now);
        until
            .since(pause.from)
            .at_least_zero()
            .min(self.pause_rule.max_each.at_least_zero())
    }

    /// What of the pause under way counts, as of `now`.
    fn standing(&self, now: Timestamp) -> Millis {
        match self.open_pause() {
            Some(pause) if self.is_running() => self.counted(pause, now),
            _ => Millis::ZERO,
        }
    }

    /// The due instant as of `now`: while the clock stands still it moves along.
    pub fn due_at(&self, now: Timestamp) -> Timestamp {
        self.due.plus(self.standing(now))
    }

    /// Running: whether its due instant has come. Stopped: whether that was too late by the first
    /// due instant. Cancelled: never.
    pub fn is_late(&self, now: Timestamp) -> bool {
        if self.is_running() {
            now >= self.due_at(now)
        } else {
            self.stopped_late()
        }
    }

    /// It had run out when it was no longer needed: what it measures was missed, and never done.
    pub fn is_missed(&self) -> bool {
        self.lapsed.is_some() && self.stopped.is_some()
    }

    /// Stopped, and not before the first due instant. An extension does not make it on time.
    pub fn stopped_late(&self) -> bool {
        !self.cancelled
            && self
                .stopped
                .is_some_and(|stopped| stopped >= self.first_due)
    }

    /// Time left as of `now`, or to spare when it was stopped; negative is the time too late.
    /// A running clock is held to its due instant, a stopped one to its first.
    pub fn left(&self, now: Timestamp) -> Millis {
        match self.stopped {
            Some(stopped) => self.first_due.since(stopped),
            None => self.due_at(now).since(now),
        }
    }

    /// Time from start to stop, or to `now`; never negative, also if the machine's clock goes back.
    pub fn gross(&self, now: Timestamp) -> Millis {
        self.stopped
            .unwrap_or(now)
            .since(self.started)
            .at_least_zero()
    }

    /// Gross time without what counts of the pauses; never negative.
    pub fn net(&self, now: Timestamp) -> Millis {
        let end = self.stopped.unwrap_or(now);
        let paused: Millis = self
            .pauses
            .iter()
            .map(|pause| self.counted(pause, end))
            .sum();
        (self.gross(now) - paused).at_least_zero()
    }

    /// Lets the clock stand still from `now` on.
    ///
    /// # Errors
    /// [`ClockError`] if it is not a running resolve clock, stands still already, or may not again.
    pub fn pause(&mut self, now: Timestamp) -> Result<(), ClockError> {
        if !self.is_running() {
            return Err(ClockError::NotRunning);
        }
        if self.stage != Stage::Resolve {
            return Err(ClockError::NotPausable);
        }
        if self.is_paused() {
            return Err(ClockError::Paused);
        }
        if self.pauses.len() >= usize::try_from(self.pause_rule.max_times).unwrap_or(usize::MAX) {
            return Err(ClockError::TooManyPauses);
        }
        self.pauses.push(Pause {
            from: now.max(self.started),
            until: None,
        });
        Ok(())
    }

    /// Lets it run on, and moves both due instants by what counts of the pause, which is returned.
    ///
    /// # Errors
    /// [`ClockError`] if it does not stand still.
    pub fn resume(&mut self, now: Timestamp) -> Result<Millis, ClockError> {
        if !self.is_running() {
            return Err(ClockError::NotRunning);
        }
        let counted = self.standing(now);
        let Some(pause) = self.pauses.last_mut().filter(|pause| pause.until.is_none()) else {
            return Err(ClockError::NotPaused);
        };
        pause.until = Some(now.max(pause.from));
        self.due = self.due.plus(counted);
        self.first_due = self.first_due.plus(counted);
        Ok(counted)
    }

    /// When a pause begun earlier ends by itself; none if the clock does not stand still.
    pub fn pause_ends(&self) -> Option<Timestamp> {
        let pause = self.open_pause().filter(|_| self.is_running())?;
        Some(pause.from.plus(self.pause_rule.max_each.at_least_zero()))
    }

    /// Moves the due instant, once, before it has come.
    ///
    /// # Errors
    /// [`ClockError`] if it does not run, has run out, was extended before, or `new_due` is not
    /// later.
    pub fn extend(&mut self, new_due: Timestamp, now: Timestamp) -> Result<(), ClockError> {
        if !self.is_running() {
            return Err(ClockError::NotRunning);
        }
        if self.extended {
            return Err(ClockError::Extended);
        }
        if self.is_late(now) {
            return Err(ClockError::RunOut);
        }
        if new_due <= self.due_at(now) {
            return Err(ClockError::NotLater);
        }
        // The pause under way is added when it ends, so that it counts once.
        self.due = new_due.plus(-self.standing(now));
        self.extended = true;
        Ok(())
    }

    /// Stops the clock: what it measures has happened. A pause under way ends. Nothing happens to
    /// a clock that no longer runs.
    pub fn stop(&mut self, now: Timestamp) {
        if self.is_paused() {
            self.resume(now).expect("a paused clock resumes");
        }
        if self.is_running() {
            self.stopped = Some(now.max(self.started));
        }
    }

    /// Cancels the clock: what it measures is no longer asked. A stopped clock stays as it is.
    pub fn cancel(&mut self) {
        if self.is_running() {
            self.cancelled = true;
        }
    }

    /// Ends the clock because what it measures is no longer needed: the case goes on elsewhere, was
    /// taken back, or is done without it. It is then neither met nor missed, unless its first due
    /// instant had come already: nothing that ends a case makes good what was missed before, and
    /// what was missed was not done.
    pub fn lapse(&mut self, now: Timestamp) {
        if !self.is_running() {
            return;
        }
        if now >= self.first_due.plus(self.standing(now)) {
            self.stop(now);
        } else {
            self.cancelled = true;
        }
        self.lapsed = Some(now);
    }

    /// Takes the end back: the original due instants stand again, and no time is given for what
    /// passed meanwhile. A pause that was under way is under way again.
    pub fn stand_again(&mut self) {
        (self.stopped, self.cancelled, self.lapsed) = (None, false, None);
    }
}
