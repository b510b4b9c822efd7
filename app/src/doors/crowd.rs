//! The load rule at the doors: one for the forms and for programs.

use casework::{
    file::{self, FilingKey},
    tickets,
};

use super::Doors;
use crate::http::{
    client::Network,
    load::{Challenge, Offered, Verdict},
};

impl Doors {
    /// What somebody is asked for before a new filing or joining goes on: nothing, or in a crowd a
    /// question. What was brought is used up here. The retry of an accepted key is never asked.
    ///
    /// # Errors
    /// If the store does not answer: nobody passes on a ticket that cannot be checked.
    pub async fn crowd(
        &self,
        network: Network,
        key: &FilingKey,
        offered: Offered<'_>,
    ) -> casework::Result<Option<Challenge>> {
        if file::was_used(&self.desk, key).await? {
            return Ok(None);
        }
        let now = self.desk.now();
        let verdict = match self.load.judge(network, key.as_str(), now, offered) {
            Verdict::Pass(Some(spend))
                if !tickets::spend(&self.desk, &spend.id, spend.until).await? =>
            {
                self.load.ask(network, key.as_str(), now)
            }
            verdict => verdict,
        };
        Ok(match verdict {
            Verdict::Pass(_) => None,
            Verdict::Ask(challenge) => Some(challenge),
        })
    }
}
