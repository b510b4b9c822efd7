//! Merging: one case goes on in another, and nobody's promise is lost on the way.

use super::{Deciding, Facts, Refusal, Rules, one, reopens};
use crate::{
    case::{Case, StateTag, raise},
    event::{Actor, Event, Fact},
    ids::{CaseId, PartyNo},
    time::Timestamp,
    verb::{Verb, row_of},
};

impl Deciding<'_> {
    pub(super) fn merge(&self, into: CaseId) -> Facts {
        if self.case.always_private {
            return Err(Refusal::AlwaysPrivate);
        }
        if into == self.case.id {
            return Err(Refusal::NoSuch("case"));
        }
        one(Fact::Merged { into })
    }

    /// Nobody else's case goes on in this one: ending it without an answer would end theirs too.
    pub(super) fn alone(&self) -> Result<(), Refusal> {
        if self.case.merged_in.is_empty() {
            Ok(())
        } else {
            Err(Refusal::OthersGoOnInIt)
        }
    }
}

/// The other side of [`crate::decide::Act::Merge`]: what `into` writes down when `from` is to go on
/// in it. It must be open, for what is owed to `from` is owed by its clocks from then on; the same
/// problem in the same community; and at least as public, so that the people of `from` may know it.
///
/// # Errors
/// [`Refusal::NotNow`], [`Refusal::AlwaysPrivate`] or [`Refusal::NotTheSame`], in that order.
pub fn take_in(into: &Case, from: &Case, actor: Actor) -> Result<Vec<Event>, Refusal> {
    let state = into.state.tag();
    if !row_of(Verb::Merge).from.contains(&state) {
        return Err(Refusal::NotNow {
            verb: Verb::Merge,
            state,
        });
    }
    if into.always_private || into.visibility > from.visibility {
        return Err(Refusal::AlwaysPrivate);
    }
    let same = into.kind == from.kind
        && into.category == from.category
        && into.community == from.community;
    if !same {
        return Err(Refusal::NotTheSame);
    }
    Ok(vec![Event::new(actor, Fact::TookIn { case: from.id })])
}

/// The other side of a verdict of the people of `from`, which goes on in `into`: there is a result only
/// where that one has it. "Not fixed" from the reporter of `from` puts `into` back to work one level
/// up, as its own reporter's would; after the window it is their word, once.
///
/// # Errors
/// [`Refusal::NotNow`] while `into` has no result, [`Refusal::AlreadyDone`].
pub fn judged_there(
    into: &Case,
    from: &Case,
    verb: Verb,
    party: PartyNo,
    rules: &Rules<'_>,
    now: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    if !has_result(into) {
        // How far the other has come is told on its own page, to whom it is told.
        let state = from.state.tag();
        return Err(Refusal::NotNow { verb, state });
    }
    if verb != Verb::Dispute {
        return Ok(Vec::new());
    }
    if party == PartyNo::REPORTER && reopens(into, now) {
        let deciding = Deciding {
            case: into,
            rules,
            now,
            actor: Actor::System,
            person: Vec::new(),
            has_text: false,
        };
        let clocks = deciding.redo_clocks(0);
        let up = raise(into.level);
        let up = (up != into.level).then_some(Fact::Escalated { to: up });
        let facts = [Fact::Reopened { clocks }].into_iter().chain(up);
        return Ok(facts.map(|fact| Event::new(Actor::System, fact)).collect());
    }
    let said = from.verdict(party).and_then(|verdict| verdict.fixed);
    if said == Some(false) {
        return Err(Refusal::AlreadyDone);
    }
    Ok(Vec::new())
}

/// Whether a case has a result to be judged.
#[must_use]
pub fn has_result(case: &Case) -> bool {
    let state = case.state.tag();
    !case.quarantined && state != StateTag::Merged && row_of(Verb::Confirm).from.contains(&state)
}

/// The other side of [`crate::decide::Act::Unmerge`]: what `into` writes down when `from` goes on
/// by itself again. Nothing where it never wrote down that it had taken it in.
#[must_use]
pub fn give_back(into: &Case, from: CaseId, actor: Actor) -> Vec<Event> {
    if into.merged_in.contains(&from) {
        vec![Event::new(actor, Fact::GaveBack { case: from })]
    } else {
        Vec::new()
    }
}
