//! How many cases go which way.

use super::chance::Chance;

/// What becomes of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Plan {
    /// The community does it itself. 自办
    Own,
    /// A department comes. 部门联动
    Linked,
    /// Another body must answer.
    Transferred,
    /// Planned, not handled.
    Parked,
    /// Not accepted, by two people.
    Rejected,
    /// Taken back.
    Withdrawn,
    /// Not yet done.
    Open,
}

/// What is left to draw, so that the shares hold exactly.
#[derive(Debug)]
pub(super) struct Quotas {
    cases: usize,
    own: u64,
    linked: u64,
    others: [(Plan, u64); 4],
    open: u64,
}

impl Quotas {
    /// 93.18 % handled, 12.54 % with a department (of all), the rest by kind.
    pub(super) fn of(cases: usize) -> Self {
        let n = cases as u64;
        let share = |per_ten_thousand: u64| (n * per_ten_thousand + 5_000) / 10_000;
        let handled = share(9_318);
        let linked = share(1_254).min(handled);
        let rest = n - handled;
        let part = |per_cent: u64| rest * per_cent / 100;
        let others = [
            (Plan::Transferred, part(18)),
            (Plan::Parked, part(14)),
            (Plan::Rejected, part(8)),
            (Plan::Withdrawn, part(10)),
        ];
        let open = rest - others.iter().map(|(_, n)| n).sum::<u64>();
        Self {
            cases,
            own: handled - linked,
            linked,
            others,
            open,
        }
    }

    /// The plan of the next case. Those still open are mostly the newest.
    pub(super) fn draw(&mut self, at: usize, chance: &mut Chance) -> Plan {
        let left = (self.cases - at) as u64;
        let newest = left <= self.open;
        if newest {
            self.open -= 1;
            return Plan::Open;
        }
        // A few old ones were never finished; they show as overdue.
        if self.open > 0 && chance.below(self.cases as u64) * 4 < self.open {
            self.open -= 1;
            return Plan::Open;
        }
        let mut at = chance.below(left - self.open);
        for (plan, n) in [(Plan::Own, &mut self.own), (Plan::Linked, &mut self.linked)]
            .into_iter()
            .chain(self.others.iter_mut().map(|(plan, n)| (*plan, n)))
        {
            if at < *n {
                *n -= 1;
                return plan;
            }
            at -= *n;
        }
        self.open = self.open.saturating_sub(1);
        Plan::Open
    }
}
