//! What a list or a look-up may return.

use super::{Line, Reach, Role, Viewer};
use crate::ids::{AreaCode, CaseId, UnitCode};

/// What a list or look-up may return. Made here only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope(ScopeFilter);

/// A scope as conditions for a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScopeFilter {
    /// Cases everybody may know of.
    Public,
    /// One case, whatever its visibility (the receipt's), besides the public ones when looked up.
    Party {
        /// Which.
        case: CaseId,
    },
    /// One case and no other (an engagement's).
    One {
        /// Which.
        case: CaseId,
    },
    /// Cases in any of these line × area pairs.
    Staff {
        /// The pairs.
        any_of: Vec<(LineFilter, AreaFilter)>,
    },
    /// Everything: jobs, `verify`, `rebuild`.
    All,
}

/// The line half of a scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineFilter {
    /// Any line.
    All,
    /// These units' own cases and those they are called to.
    Units {
        /// The units.
        units: Vec<UnitCode>,
        /// Sealed tips of their line too: only the enforcing module's own officers.
        tips: bool,
    },
    /// Only cases everybody may know of: for whoever releases words.
    Listed,
    /// Only cases that one person wants out of sight, or that are: for the second of the two.
    OutOfSight,
    /// Only open cases to which these units are called: for who works for them under contract.
    Called {
        /// The units.
        units: Vec<UnitCode>,
    },
}

/// The area half of a scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AreaFilter {
    /// The whole city.
    All,
    /// These communities.
    Communities(Vec<AreaCode>),
}

impl Scope {
    /// The scope as conditions.
    #[must_use]
    pub fn filter(&self) -> &ScopeFilter {
        &self.0
    }

    /// What everybody may see; public pages and machine answers use this whoever asks.
    #[must_use]
    pub fn public() -> Self {
        Self(ScopeFilter::Public)
    }
}

/// The scope of a viewer.
#[must_use]
pub fn scope(viewer: &Viewer) -> Scope {
    Scope(match viewer {
        Viewer::Anonymous => ScopeFilter::Public,
        Viewer::Party { case, .. } => ScopeFilter::Party { case: *case },
        Viewer::Contractor { case, .. } => ScopeFilter::One { case: *case },
        Viewer::System => ScopeFilter::All,
        Viewer::Staff(staff) => ScopeFilter::Staff {
            any_of: staff
                .appointments()
                .iter()
                .filter(|appointment| {
                    !matches!(appointment.role, Role::SystemAdmin | Role::Auditor)
                })
                .map(|appointment| {
                    let line = match &appointment.line {
                        Line::Units(units) if appointment.role == Role::Contractor => {
                            LineFilter::Called {
                                units: units.clone(),
                            }
                        }
                        // A contractor works for a unit; for none there is nothing to see.
                        Line::All if appointment.role == Role::Contractor => {
                            LineFilter::Called { units: Vec::new() }
                        }
                        _ if appointment.role == Role::Editor => LineFilter::Listed,
                        _ if appointment.role == Role::SecurityAdmin => LineFilter::OutOfSight,
                        Line::All => LineFilter::All,
                        Line::Units(units) => LineFilter::Units {
                            units: units.clone(),
                            tips: appointment.role == Role::Officer,
                        },
                    };
                    let area = match &appointment.reach {
                        Reach::City => AreaFilter::All,
                        Reach::Communities(codes) => AreaFilter::Communities(codes.clone()),
                    };
                    (line, area)
                })
                .collect(),
        },
    })
}
