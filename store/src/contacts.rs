//! How to reach a party: sealed under a key that is not in the database.
//! The case and party are bound into the seal, so a row copied to another case opens nothing.

use domain::event::Actor;
use domain::ids::{CaseId, PartyNo};
use serde::{Deserialize, Serialize};

use crate::cipher::{self, NONCE};
use crate::engine::{execute, fetch_optional, statements};
use crate::keys::Keys;
use crate::later::execute_later;
use crate::tx::{Reading, Tx};
use crate::{Error, Result};

statements! {
    PUT = "INSERT INTO contact (case_id, party, key_id, nonce, ciphertext) \
           VALUES ($1, $2, $3, $4, $5) ON CONFLICT (case_id, party) DO UPDATE SET \
           key_id = excluded.key_id, nonce = excluded.nonce, ciphertext = excluded.ciphertext";
    GET = "SELECT key_id, nonce, ciphertext FROM contact WHERE case_id = $1 AND party = $2";
    HAS = "SELECT party FROM contact WHERE case_id = $1 AND party = $2";
    DELETE = "DELETE FROM contact WHERE case_id = $1 AND party = $2";
}

/// What a party left. Printing it for debugging shows nothing.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Name, never required.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Phone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

impl std::fmt::Debug for Contact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Contact(…)")
    }
}

fn bound_to(case: CaseId, party: PartyNo) -> [u8; 20] {
    let mut bytes = [0; 20];
    bytes[..16].copy_from_slice(&case.to_bytes());
    bytes[16..].copy_from_slice(&party.0.to_be_bytes());
    bytes
}

/// The contact keys seal nothing else as they are; what else is sealed derives its own from them.
fn open(keys: &Keys, key: &str, nonce: &[u8], bound: &[u8], sealed: &[u8]) -> Result<Contact> {
    let key = keys.contact.by_id(key).ok_or(Error::Sealed)?;
    let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| Error::Sealed)?;
    let plain = cipher::open(key.bytes(), nonce, bound, sealed)?;
    serde_json::from_slice(&plain).map_err(|_| Error::Sealed)
}

impl Reading {
    /// Whether a party left anything; what it is stays sealed.
    pub async fn has_contact(&mut self, case: CaseId, party: PartyNo) -> Result<bool> {
        let row = fetch_optional!(self, (i64,), HAS, case.to_string(), i64::from(party.0))?;
        Ok(row.is_some())
    }
}

impl Tx {
    /// Keeps, or replaces, what a party left.
    pub async fn put_contact(
        &mut self,
        case: CaseId,
        party: PartyNo,
        contact: &Contact,
    ) -> Result<()> {
        let plain = serde_json::to_vec(contact).map_err(|_| Error::Sealed)?;
        let mut nonce = [0; NONCE];
        self.random(&mut nonce);
        let key = self.shared.keys.contact.current().clone();
        let sealed = cipher::seal(key.bytes(), nonce, &bound_to(case, party), &plain)?;
        execute_later!(
            self,
            PUT,
            case.to_string(),
            i64::from(party.0),
            key.id(),
            nonce.as_slice(),
            sealed.as_slice(),
        )
    }

    /// Opens what a party left and logs who looked. Because it is a write, the look is on the disk
    /// before the answer.
    pub async fn reveal_contact(
        &mut self,
        case: CaseId,
        party: PartyNo,
        by: Actor,
        reason: &str,
    ) -> Result<Option<Contact>> {
        let Some(contact) = self.contact_of(case, party).await? else {
            return Ok(None);
        };
        self.log_look(case, Some(party), by, "contact", reason)
            .await?;
        Ok(Some(contact))
    }

    pub(crate) async fn contact_of(
        &mut self,
        case: CaseId,
        party: PartyNo,
    ) -> Result<Option<Contact>> {
        type Row = (String, Vec<u8>, Vec<u8>);
        let row = fetch_optional!(self, Row, GET, case.to_string(), i64::from(party.0))?;
        let Some((key, nonce, sealed)) = row else {
            return Ok(None);
        };
        let keys = std::sync::Arc::clone(&self.shared.keys);
        open(&keys, &key, &nonce, &bound_to(case, party), &sealed).map(Some)
    }

    /// Forgets how to reach a party.
    pub async fn erase_contact(&mut self, case: CaseId, party: PartyNo) -> Result<bool> {
        let touched = execute!(self, DELETE, case.to_string(), i64::from(party.0))?;
        Ok(touched == 1)
    }
}
