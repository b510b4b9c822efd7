//! Every sort of case, and who should know what of it.

use super::people::{
    CALLED, COMMISSION, CONTRACTOR, EDITOR, ELSEWHERE as ELSEWHERE_SECRETARY, GRID, OTHER_REPORTER,
    REPORTER, SECRETARY, SECURITY, STATION, SUPERVISOR, TIP_OFFICER,
};

/// Public, looked at and released; a unit is called.
pub const RELEASED: usize = 0;
/// Public, not released yet; a unit is called.
pub const WAITING: usize = 1;
/// Private; a unit is called.
pub const PRIVATE: usize = 2;
/// Public and not released, in another community.
pub const ELSEWHERE: usize = 3;
/// Private, in another community.
pub const ELSEWHERE_PRIVATE: usize = 4;
/// A sealed tip.
pub const SEALED: usize = 5;
/// Private, a unit is called, and one of two people wants it out of sight.
pub const PROPOSED: usize = 6;
/// The same, and both wanted it.
pub const QUARANTINED: usize = 7;
/// Released, a unit is called, and the words are erased.
pub const ERASED: usize = 8;
/// Public, not released, rejected by two people.
pub const REJECTED: usize = 9;
/// Public without its details, not released.
pub const WITHOUT_DETAIL: usize = 10;
/// A number that was never given.
pub const NOTHING: usize = 11;

/// All of them.
pub const CASES: std::ops::RangeInclusive<usize> = RELEASED..=NOTHING;

/// What somebody may know of a case outside the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Knows {
    /// Not that it exists.
    Nothing,
    /// What everybody sees, without its words.
    That,
    /// Its words, place and photos too.
    Words,
}

/// Whose case it is to work on: it stands on their desk with its words.
pub fn works(name: &str, case: usize) -> bool {
    let city = [SUPERVISOR, COMMISSION].contains(&name);
    let community = city || [SECRETARY, GRID, STATION].contains(&name);
    let called = community || [CALLED, CONTRACTOR].contains(&name);
    match case {
        RELEASED | WAITING | ERASED => called || name == EDITOR,
        PRIVATE => called,
        PROPOSED => called || name == SECURITY,
        QUARANTINED => name == SECURITY,
        REJECTED => community || name == EDITOR,
        // Its words are never released: an editor has nothing to do with it.
        WITHOUT_DETAIL => community,
        ELSEWHERE => city || [ELSEWHERE_SECRETARY, EDITOR].contains(&name),
        ELSEWHERE_PRIVATE => city || name == ELSEWHERE_SECRETARY,
        SEALED => name == TIP_OFFICER,
        _ => false,
    }
}

/// What everybody may know.
pub fn public(case: usize) -> Knows {
    match case {
        RELEASED => Knows::Words,
        WAITING | ELSEWHERE | ERASED | REJECTED | WITHOUT_DETAIL => Knows::That,
        _ => Knows::Nothing,
    }
}

/// What this person may know by any door.
pub fn knows(name: &str, case: usize) -> Knows {
    let own =
        (name == REPORTER && case == PRIVATE) || (name == OTHER_REPORTER && case == ELSEWHERE);
    if case == ERASED {
        Knows::That
    } else if own || works(name, case) {
        Knows::Words
    } else {
        public(case)
    }
}

/// Who may write a note on it: the offices that handle it, whatever its state.
pub fn notes(name: &str, case: usize) -> bool {
    let handles = [
        SECRETARY,
        GRID,
        STATION,
        ELSEWHERE_SECRETARY,
        CALLED,
        TIP_OFFICER,
    ];
    works(name, case) && handles.contains(&name)
}

/// Who may learn how to reach its reporter: the offices that have it in hand, until it has ended.
pub fn reaches(name: &str, case: usize) -> bool {
    notes(name, case) && !matches!(case, REJECTED | SEALED | NOTHING | ERASED)
}

/// Whether anybody may say that they have the same problem.
pub fn takes_more_people(case: usize) -> bool {
    matches!(
        case,
        RELEASED | WAITING | ELSEWHERE | ERASED | WITHOUT_DETAIL
    )
}
