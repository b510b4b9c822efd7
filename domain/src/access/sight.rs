//! What of a case a viewer may read: its words, and what is internal in what happened to it.

use super::{Appointment, Line, Reach, Role, Viewer, engagement, is_reporter, staff_sees};
use crate::{
    case::{Case, Kind},
    event::{Actor, Event, Fact},
    ids::UnitCode,
};

/// The appointments by which the case is the viewer's to work on.
fn own<'v>(viewer: &'v Viewer, case: &'v Case) -> impl Iterator<Item = &'v Appointment> {
    let held = match viewer {
        Viewer::Staff(staff) => staff.appointments(),
        Viewer::Anonymous | Viewer::Party { .. } | Viewer::Contractor { .. } | Viewer::System => {
            &[]
        }
    };
    held.iter()
        .filter(move |appointment| staff_sees(appointment, case))
}

/// Whether the viewer is staff whose case it is. To other staff a public case is what it is to
/// everybody: its notes, its exact place and what enforcement did are not theirs. A contractor is
/// never inside.
#[must_use]
pub fn is_inside(viewer: &Viewer, case: &Case) -> bool {
    own(viewer, case).any(|appointment| appointment.role != Role::Contractor)
}

/// Whether the viewer may read when and where somebody says to have done something: whoever works on the
/// case or supervises that, not who only looks after its words.
#[must_use]
pub fn reads_claims(viewer: &Viewer, case: &Case) -> bool {
    own(viewer, case)
        .any(|appointment| !matches!(appointment.role, Role::Contractor | Role::Editor))
}

/// Whether the viewer works on the case under contract, and holds no office whose case it is.
#[must_use]
pub fn is_contracted(viewer: &Viewer, case: &Case) -> bool {
    let engaged = engagement(viewer, case).is_some();
    engaged || !is_inside(viewer, case) && own(viewer, case).next().is_some()
}

/// Whether the viewer may read the reporter's words, exact place and photos.
///
/// Whoever has the same problem does not: anybody may join a public case, and would else read what
/// no named person has released.
#[must_use]
pub fn reads_words(viewer: &Viewer, case: &Case) -> bool {
    match viewer {
        // A tracking page of a sealed tip never shows its content.
        Viewer::Party { case: own, party } if *own == case.id && is_reporter(case, *party) => {
            case.kind != Kind::Tip && !case.quarantined
        }
        Viewer::Staff(_) => case.words_are_public() || own(viewer, case).next().is_some(),
        Viewer::Contractor { .. } => engagement(viewer, case).is_some(),
        Viewer::System => false,
        _ => case.words_are_public(),
    }
}

/// Whether the viewer may read what is internal in an event of the case: that it happened, where
/// outsiders are not told; its text and photos, where they are meant for the offices; and what
/// enforcement did.
///
/// Staff whose case it is read all of it. A contractor is a private firm that lends a hand to a
/// called unit and does not govern. Of what is internal it reads what it wrote itself, and how its
/// unit's part was called for and done, where no other unit is meant as well. Notes, direct lines,
/// opinions, the quarrel about whose work it is, the words of other units and what enforcement did
/// stay with the offices. How to reach the reporter stands in no event at all.
#[must_use]
pub fn reads_internal(viewer: &Viewer, case: &Case, event: &Event) -> bool {
    if let Some(engaged) = engagement(viewer, case) {
        let unit = case.part(engaged.part).map(|part| part.unit.clone());
        let unit = unit.into_iter().collect::<Vec<_>>();
        return event.actor == Actor::Contractor(engaged.no)
            || is_their_part(&unit, case, &event.fact);
    }
    own(viewer, case).any(|appointment| match &appointment.line {
        _ if appointment.role != Role::Contractor => true,
        _ if event.actor == Actor::Appointment(appointment.no) => true,
        Line::Units(units) => is_their_part(units, case, &event.fact),
        Line::All => false,
    })
}

/// Whether a change of the case may change what stands in a viewer's lists: it is theirs, or was until
/// its unit was let go or it was taken out of sight; not where it went to another community or line.
/// Says nothing of what they may know of it.
#[must_use]
pub fn may_touch_lists(viewer: &Viewer, case: &Case) -> bool {
    let Viewer::Staff(staff) = viewer else {
        return false;
    };
    staff.appointments().iter().any(|held| {
        let by_role = match held.role {
            Role::SystemAdmin | Role::Auditor => false,
            Role::SecurityAdmin => case.quarantined || case.quarantine_proposed.is_some(),
            Role::Officer => case.kind != Kind::Tip || matches!(held.line, Line::Units(_)),
            _ => case.kind != Kind::Tip,
        };
        let area = match &held.reach {
            Reach::City => true,
            Reach::Communities(codes) => codes.contains(&case.community),
        };
        let line = match &held.line {
            Line::All => true,
            Line::Units(units) => {
                units.contains(&case.line)
                    || case.parts.iter().any(|part| units.contains(&part.unit))
            }
        };
        by_role && area && line
    })
}

/// Whether a fact is a step in the work of parts of these units, and of no other's.
fn is_their_part(units: &[UnitCode], case: &Case, fact: &Fact) -> bool {
    match fact {
        Fact::Called { parts, .. } => parts.iter().all(|part| units.contains(&part.unit)),
        Fact::Assigned { part, .. } => units.contains(&part.unit),
        Fact::Signed { part }
        | Fact::Engaged { part, .. }
        | Fact::ReportedIn { part, .. }
        | Fact::SetOut { part }
        | Fact::Arrived { part }
        | Fact::FedBack { part, .. } => case
            .part(*part)
            .is_some_and(|part| units.contains(&part.unit)),
        _ => false,
    }
}
