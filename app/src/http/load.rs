//! The load rule: in ordinary times a filing is asked for nothing.
//!
//! Up to a number per network in a window, and a number per second in all, everybody passes. Beyond
//! that, one must show some work ([`super::pow`]) or have waited ([`super::ticket`]); nobody is
//! turned away for standing behind the same carrier as many others. A ticket's instant moves on
//! with every ticket a crowded network was given, so a network that only waits gets the ordinary
//! rate a second time and no more; when its queue is longer than a ticket lives, only work counts.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::time::{Millis, Timestamp};

use super::client::Network;
use super::throttle::{Bucket, Window};
use super::ticket::{AnswerError, SigningKey, Spend, VALID};
use super::{pow, ticket};

/// A source of random bytes; the machine's own in production, a fixed one in tests.
pub type Random = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// The figures of the rule; all are settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoadLimits {
    /// Filings of one network in `window` that are asked for nothing.
    pub per_network: u32,
    /// The window.
    pub window: Millis,
    /// Filings a second, of all networks, that are asked for nothing.
    pub per_second: u32,
    /// How long a ticket makes one wait.
    pub wait: Millis,
    /// Zero bits asked for at first; about 2^bits hashes.
    pub bits: u32,
    /// The most ever asked for. A phone does 2^22 in a few seconds.
    pub bits_max: u32,
}

impl Default for LoadLimits {
    fn default() -> Self {
        Self {
            per_network: 200,
            window: Millis::minutes(10),
            per_second: 20,
            wait: Millis::seconds(20),
            bits: 18,
            bits_max: 22,
        }
    }
}

/// What somebody brings along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offered<'a> {
    /// Nothing: the first try.
    Nothing,
    /// An answer to a challenge, from the header `Proof-Of-Work` or the field of the same name.
    Work(&'a str),
    /// A waiting ticket from the form.
    Ticket(&'a str),
}

/// A question: answer either.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    /// For programs: see [`pow`].
    pub work: String,
    /// Zero bits asked for.
    pub bits: u32,
    /// For forms: see [`ticket`]. None if the queue of a crowded network is full: then without
    /// JavaScript one can only come back later, everything typed kept.
    pub ticket: Option<String>,
    /// How long until the ticket counts, or until there is one again.
    pub wait: Millis,
    /// Why the answer that was brought did not count.
    pub refused: Option<AnswerError>,
}

/// What happens to a filing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Go on. If there is something to spend, mark it used in the transaction that files; if it
    /// was used before, ask [`LoadRule::ask`].
    Pass(Option<Spend>),
    /// Answer 429 (API) or show the page again (form) with this question.
    Ask(Challenge),
}

/// The rule with its counters. One per process; on several nodes each counts what it sees.
pub struct LoadRule {
    limits: LoadLimits,
    key: SigningKey,
    random: Random,
    state: Mutex<State>,
}

struct State {
    networks: Window,
    all: Bucket,
    /// How many of the last were beyond the rate in all; sets how much work is asked.
    pressed: Pressure,
    /// Where each crowded network's queue of tickets ends.
    queues: HashMap<Network, Timestamp>,
}

/// Filings in the present and the last second.
#[derive(Debug, Clone, Copy, Default)]
struct Pressure {
    second: i64,
    now: u32,
    before: u32,
}

impl Pressure {
    fn add(&mut self, now: Timestamp) -> u32 {
        let second = now.millis().div_euclid(1_000);
        if second != self.second {
            let before = if second == self.second + 1 {
                self.now
            } else {
                0
            };
            *self = Self {
                second,
                now: 0,
                before,
            };
        }
        self.now = self.now.saturating_add(1);
        self.now.max(self.before)
    }
}

/// Queues remembered at once.
const QUEUES: usize = 100_000;

impl LoadRule {
    /// A rule without history.
    pub fn new(limits: LoadLimits, key: SigningKey, random: Random) -> Self {
        let per_second = limits.per_second.max(1);
        let state = State {
            networks: Window::new(limits.window),
            all: Bucket::new(per_second, Millis::new(1_000 / i64::from(per_second))),
            pressed: Pressure::default(),
            queues: HashMap::new(),
        };
        Self {
            limits,
            key,
            random,
            state: Mutex::new(state),
        }
    }

    /// Judges a filing with `filing_key` that comes from `network` at `now`.
    ///
    /// Do not ask for the retry of a key that was accepted: it passes without being counted.
    pub fn judge(
        &self,
        network: Network,
        filing_key: &str,
        now: Timestamp,
        offered: Offered<'_>,
    ) -> Verdict {
        let answer = match offered {
            Offered::Nothing => None,
            Offered::Work(answer) => Some(pow::check(&self.key, answer, filing_key, now)),
            Offered::Ticket(text) => Some(ticket::check(&self.key, text, filing_key, now)),
        };
        // Counters are whole after every step, so a panic elsewhere leaves nothing half done.
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let pressure = state.pressed.add(now);
        let seen = state.networks.count(network, now);
        let counted = state.networks.add(network, now);
        if let Some(Ok(spend)) = answer {
            return Verdict::Pass(Some(spend));
        }
        if counted && seen < self.limits.per_network && state.all.take(now).is_ok() {
            return Verdict::Pass(None);
        }
        let refused = answer.and_then(Result::err);
        // Who presses too early keeps the place in the line.
        let held = match (offered, refused) {
            (Offered::Ticket(text), Some(AnswerError::Early)) => {
                ticket::ready(text).map(|ready| (text.to_owned(), ready))
            }
            _ => None,
        };
        let line = match held {
            Some(held) => Ok(held),
            None => self.queue_up(&mut state, network, filing_key, now, seen),
        };
        self.question(line, filing_key, now, self.bits(seen, pressure), refused)
    }

    /// The question for somebody whose answer turned out to be used already.
    pub fn ask(&self, network: Network, filing_key: &str, now: Timestamp) -> Verdict {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = state.networks.count(network, now);
        let bits = self.bits(seen, state.pressed.now);
        let line = self.queue_up(&mut state, network, filing_key, now, seen);
        self.question(line, filing_key, now, bits, Some(AnswerError::Late))
    }

    fn question(
        &self,
        line: Result<(String, Timestamp), Millis>,
        filing_key: &str,
        now: Timestamp,
        bits: u32,
        refused: Option<AnswerError>,
    ) -> Verdict {
        let (ticket, wait) = match line {
            Ok((ticket, ready)) => (Some(ticket), ready.since(now)),
            Err(wait) => (None, wait),
        };
        let work = pow::challenge(&self.key, self.new_id(), bits, now, filing_key);
        Verdict::Ask(Challenge {
            work,
            bits,
            ticket,
            wait,
            refused,
        })
    }

    /// A ticket and the instant from which it counts: in 20 seconds, or for a crowded network the
    /// next free place of its line. An error says when there may be a place again.
    fn queue_up(
        &self,
        state: &mut State,
        network: Network,
        filing_key: &str,
        now: Timestamp,
        seen: u32,
    ) -> Result<(String, Timestamp), Millis> {
        let mut ready = now.plus(self.limits.wait);
        if seen >= self.limits.per_network {
            if state.queues.len() >= QUEUES {
                state.queues.retain(|_, end| *end > now);
                if state.queues.len() >= QUEUES {
                    return Err(self.limits.wait);
                }
            }
            let apart = self.limits.window.millis() / i64::from(self.limits.per_network.max(1));
            if let Some(end) = state.queues.get(&network) {
                ready = ready.max(end.plus(Millis::new(apart)));
            }
            if ready.since(now) > VALID {
                return Err(ready.since(now.plus(VALID)));
            }
            state.queues.insert(network, ready);
        }
        Ok((
            ticket::issue(&self.key, self.new_id(), ready, filing_key),
            ready,
        ))
    }

    /// One bit more each time the load doubles beyond what is free.
    fn bits(&self, seen: u32, pressure: u32) -> u32 {
        let crowd = (seen / self.limits.per_network.max(1))
            .max(pressure / self.limits.per_second.max(1))
            .max(1);
        (self.limits.bits + crowd.ilog2()).min(self.limits.bits_max)
    }

    fn new_id(&self) -> [u8; 16] {
        let mut id = [0; 16];
        (self.random)(&mut id);
        id
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    const FILING: &str = "0123456789abcdef012345";

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(1_800_000_000_000 + millis)
    }

    fn net(n: u16) -> Network {
        let [high, low] = n.to_be_bytes();
        Network::of([198, 51, high, low].into())
    }

    fn rule(limits: LoadLimits) -> LoadRule {
        let count = AtomicU64::new(0);
        let random: Random = Arc::new(move |bytes| {
            let n = count.fetch_add(1, Ordering::Relaxed).to_be_bytes();
            bytes.fill(0);
            bytes[..8].copy_from_slice(&n);
        });
        LoadRule::new(limits, SigningKey::new([7; 32]), random)
    }

    fn asked(verdict: Verdict) -> Challenge {
        match verdict {
            Verdict::Ask(challenge) => challenge,
            other => panic!("should have been asked: {other:?}"),
        }
    }

    #[test]
    fn two_hundred_behind_one_address_are_asked_for_nothing() {
        let rule = rule(LoadLimits::default());
        for n in 0..200 {
            let verdict = rule.judge(net(1), FILING, at(n * 2_900), Offered::Nothing);
            assert_eq!(verdict, Verdict::Pass(None), "filing {n}");
        }
        let next = rule.judge(net(1), FILING, at(590_000), Offered::Nothing);
        assert_eq!(asked(next).wait, Millis::seconds(20));
        let neighbour = rule.judge(net(2), FILING, at(590_000), Offered::Nothing);
        assert_eq!(
            neighbour,
            Verdict::Pass(None),
            "another address is not asked"
        );
        let later = rule.judge(net(1), FILING, at(1_800_000), Offered::Nothing);
        assert_eq!(later, Verdict::Pass(None), "the window has passed");
    }

    #[test]
    fn twenty_a_second_in_all_are_asked_for_nothing() {
        let rule = rule(LoadLimits::default());
        let passed = (0..100)
            .filter(|n| rule.judge(net(*n), FILING, at(0), Offered::Nothing) == Verdict::Pass(None))
            .count();
        assert_eq!(passed, 20);
        assert_eq!(
            rule.judge(net(200), FILING, at(1_500), Offered::Nothing),
            Verdict::Pass(None)
        );
    }

    #[test]
    fn who_waited_or_worked_passes_once_it_is_spent() {
        let limits = LoadLimits {
            per_network: 1,
            bits: 6,
            ..LoadLimits::default()
        };
        let rule = rule(limits);
        assert_eq!(
            rule.judge(net(1), FILING, at(0), Offered::Nothing),
            Verdict::Pass(None)
        );
        let question = asked(rule.judge(net(1), FILING, at(1), Offered::Nothing));

        let ticket = question.ticket.clone().unwrap();
        let early = rule.judge(net(1), FILING, at(2), Offered::Ticket(&ticket));
        let early = asked(early);
        assert_eq!(early.refused, Some(AnswerError::Early));
        assert_eq!(
            early.ticket.as_ref(),
            Some(&ticket),
            "the place in the line is kept"
        );
        assert_eq!(early.wait, Millis::new(19_999));
        let ready = 1 + question.wait.millis();
        let waited = rule.judge(net(1), FILING, at(ready), Offered::Ticket(&ticket));
        assert!(matches!(waited, Verdict::Pass(Some(_))), "{waited:?}");

        let work = pow::solve(&question.work, question.bits);
        let worked = rule.judge(net(1), FILING, at(3), Offered::Work(&work));
        let again = rule.judge(net(1), FILING, at(4), Offered::Work(&work));
        // The same id comes out each time: the store refuses to spend it twice.
        assert!(matches!(worked, Verdict::Pass(Some(_))), "{worked:?}");
        assert_eq!(worked, again);
        assert!(asked(rule.ask(net(1), FILING, at(5))).refused.is_some());

        let other = rule.judge(
            net(1),
            "another-filing-key-123",
            at(ready),
            Offered::Work(&work),
        );
        assert!(
            !matches!(other, Verdict::Pass(_)),
            "bound to the form: {other:?}"
        );
    }

    #[test]
    fn tickets_of_a_crowded_network_stand_in_a_line_that_ends() {
        let limits = LoadLimits {
            per_network: 2,
            ..LoadLimits::default()
        };
        let rule = rule(limits);
        let mut line = Vec::new();
        for n in 0..6 {
            if let Verdict::Ask(challenge) = rule.judge(net(1), FILING, at(n), Offered::Nothing) {
                line.push((challenge.ticket.is_some(), challenge.wait.millis()));
            }
        }
        // Two in ten minutes are free, so tickets lie five minutes apart, and ten is the end.
        assert_eq!(line[..2], [(true, 20_000), (true, 319_999)]);
        assert!(
            line[2..]
                .iter()
                .all(|(ticket, wait)| !ticket && *wait < 60_000),
            "{line:?}"
        );
    }

    #[test]
    fn more_load_asks_for_more_work_up_to_what_a_phone_can_do() {
        let rule = rule(LoadLimits::default());
        for (seen, pressure, bits) in [
            (0, 20, 18),
            (399, 0, 18),
            (400, 0, 19),
            (800, 0, 20),
            (0, 80, 20),
            (1_000_000, 0, 22),
        ] {
            assert_eq!(rule.bits(seen, pressure), bits, "{seen} {pressure}");
        }
    }
}
