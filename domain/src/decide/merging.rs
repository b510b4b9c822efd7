//! Merging: one case goes on in another, and nobody's promise is lost on the way.

use super::{Deciding, Facts, Refusal, one};
use crate::{
    case::Case,
    event::{Actor, Event, Fact},
    ids::CaseId,
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
