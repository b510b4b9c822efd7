//! The key an act is sent under, so that sent again it is done once.

use domain::{decide::Act, decide::Command, ids::CaseId};
use store::Tx;

use crate::{Error, Result, file::FilingKey};

/// The key an act is sent under.
pub(super) struct Under {
    key: FilingKey,
    once: Once,
}

/// Whether a key is of one act alone, and what of the act another try must tell again.
enum Once {
    /// It may bear several acts.
    No,
    /// It is of the act itself.
    Act,
    /// It is of what somebody typed, whatever act that makes of the case as it stands by then.
    Typed(Vec<u8>),
}

impl Under {
    /// A key that photos wait under.
    pub(super) fn photos(key: FilingKey) -> Self {
        let once = Once::No;
        Self { key, once }
    }

    /// A key of one act alone.
    pub(super) fn once(key: FilingKey) -> Self {
        let once = Once::Act;
        Self { key, once }
    }

    /// A key of one act alone, which is told apart by what was typed.
    pub(super) fn typed(key: FilingKey, typed: Vec<u8>) -> Self {
        let once = Once::Typed(typed);
        Self { key, once }
    }

    /// The key.
    pub(super) fn key(&self) -> &FilingKey {
        &self.key
    }

    /// The bytes that two acts under one key must share; none for a key that may bear several.
    pub(super) fn told(&self, case: CaseId, command: &Command) -> Option<Vec<u8>> {
        match &self.once {
            Once::No => None,
            Once::Act => Some(told(case, command)),
            Once::Typed(typed) => Some(typed.clone()),
        }
    }

    /// Whether an earlier try did this already.
    ///
    /// # Errors
    /// [`Error::KeyReused`] for another act under the same key.
    pub(super) async fn did(&self, tx: &mut Tx, case: CaseId, command: &Command) -> Result<bool> {
        let Some(told) = self.told(case, command) else {
            return Ok(false);
        };
        match tx.filed_with(self.key.as_str(), &told).await? {
            Some(before) if before.same_filing => Ok(true),
            Some(_) => Err(Error::KeyReused),
            None => Ok(false),
        }
    }
}

/// What an act tells. When it was sent and what was seen of the case differ from one try to the next, the
/// ids of photos when a key of the server was changed between, and how far up it was solved with the case.
fn told(case: CaseId, command: &Command) -> Vec<u8> {
    let words = command.words.clone().unwrap_or_default();
    let (verb, part) = (command.act.verb().as_str(), command.act.part());
    let choice = match &command.act {
        Act::TransferOut {
            destination,
            basis,
            due,
        } => serde_json::json!([destination.as_str(), basis.as_str(), due.millis()]),
        Act::AddEvidence { evidence } => serde_json::json!(evidence),
        Act::Resolve {
            outcome,
            enforcement: None,
            ..
        } => serde_json::json!(outcome),
        Act::Resolve {
            outcome,
            enforcement: Some(enforcement),
            ..
        } => serde_json::json!([outcome, enforcement]),
        _ => serde_json::Value::Null,
    };
    let photos = words.photos.len();
    let told = serde_json::json!([
        "act/1",
        case.to_string(),
        verb,
        part,
        choice,
        words.text,
        photos
    ]);
    told.to_string().into_bytes()
}
