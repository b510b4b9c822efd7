//! Dates that somebody named and no clock counts: when a demand is to be answered (督办), a plan to be done (挂账),
//! another body to answer (转出). When such a day comes, whoever named it and whoever promised are told.

use domain::{
    case::{Case, Kind, State},
    clock::Owner,
    event::Fact,
    time::Timestamp,
};

/// A date with the offices that are told when it is over.
pub(super) struct Dated {
    /// What it is a date of: a word of a job's recipient.
    pub what: String,
    /// The first moment at which it is over.
    pub over: Timestamp,
    /// Who is told then.
    pub offices: Vec<Owner>,
}

/// Whether an event names a date.
pub(super) const fn names_one(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::Supervised { .. } | Fact::Parked { .. } | Fact::TransferredOut { .. }
    )
}

/// The date that an event names.
pub(super) fn of(
    fact: &Fact,
    case: &Case,
    station: Option<Owner>,
    in_hand: Vec<Owner>,
) -> Option<Dated> {
    let city = || vec![Owner::City];
    let (what, over, others) = match fact {
        Fact::Supervised { demand, due } => (format!("demand-{demand}"), *due, city()),
        Fact::Parked { owner, until } => {
            let owner = vec![Owner::Unit(owner.clone())];
            ("parked".to_owned(), *until, owner)
        }
        Fact::TransferredOut { due } => {
            let station = station.into_iter().collect();
            ("transferred".to_owned(), *due, station)
        }
        _ => return None,
    };
    let mut offices = in_hand;
    // Of a sealed tip nobody above its module may even know.
    if case.kind != Kind::Tip {
        offices.extend(others);
    }
    offices.dedup();
    Some(Dated {
        what,
        over,
        offices,
    })
}

/// Whether something still waits for this date.
pub(super) fn stands(case: &Case, what: &str, over: Timestamp) -> bool {
    if let Some(no) = what.strip_prefix("demand-") {
        let mut demands = case.demands.iter();
        let no = no.parse().ok();
        let asked = demands.find(|demand| Some(demand.no) == no);
        return asked.is_some_and(|demand| demand.answered_at.is_none());
    }
    match (what, &case.state) {
        ("parked", State::Parked { until, .. }) => *until == over,
        ("transferred", _) => case.answer_due() == Some(over),
        _ => false,
    }
}
