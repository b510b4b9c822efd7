//! Receipts: what opens a case for one of its parties.
//!
//! The code itself is nowhere: it is derived from a key, the case and the filer's own idempotency
//! key (design §4), and only its keyed hash is stored, with the id of the key that made it.

use domain::ids::{CaseId, PartyNo};
use domain::reference::ReceiptCode;

use crate::cases::number;
use crate::engine::{execute, fetch_optional, statements};
use crate::keys::Keys;
use crate::later::execute_later;
use crate::tx::{Reading, Tx};
use crate::{Error, Result};

statements! {
    INSERT = "INSERT INTO party (case_id, no, lookup_key, lookup) VALUES ($1, $2, $3, $4)";
    REPLACE = "UPDATE party SET lookup_key = $3, lookup = $4 WHERE case_id = $1 AND no = $2";
    FIND = "SELECT case_id, no FROM party WHERE lookup = $1";
}

impl Keys {
    /// The code of a party that joined with `idempotency_key`. The same in, the same out: that is
    /// how a retry gets the same receipt.
    pub fn receipt_code(&self, case: CaseId, idempotency_key: &str) -> ReceiptCode {
        let mac = self.receipt.current().mac(&[
            b"receipt/1",
            &case.to_bytes(),
            idempotency_key.as_bytes(),
        ]);
        ReceiptCode::from_mac(&mac)
    }

    /// All codes that `idempotency_key` may have been given, the newest key's first: after a
    /// rotation a retry must still find its own.
    pub fn receipt_codes(
        &self,
        case: CaseId,
        idempotency_key: &str,
    ) -> impl Iterator<Item = ReceiptCode> {
        self.receipt.all().map(move |key| {
            let mac = key.mac(&[b"receipt/1", &case.to_bytes(), idempotency_key.as_bytes()]);
            ReceiptCode::from_mac(&mac)
        })
    }

    /// The key id and hash a code is looked up by.
    pub fn lookup(&self, code: &ReceiptCode) -> (String, [u8; 32]) {
        let key = self.lookup.current();
        (
            key.id().to_owned(),
            key.mac(&[b"lookup/1", code.digits().as_bytes()]),
        )
    }
}

impl Reading {
    /// The case and party that a code opens.
    pub async fn party_by_code(&mut self, code: &ReceiptCode) -> Result<Option<(CaseId, PartyNo)>> {
        let keys = std::sync::Arc::clone(&self.shared.keys);
        for key in keys.lookup.all() {
            let hash = key.mac(&[b"lookup/1", code.digits().as_bytes()]);
            let row = fetch_optional!(self, (String, i64), FIND, hash.as_slice())?;
            if let Some((case, no)) = row {
                let case = case
                    .parse()
                    .map_err(|_| Error::corrupt("party", "case_id", &case))?;
                return Ok(Some((case, PartyNo(number(no)))));
            }
        }
        Ok(None)
    }

    /// Of the codes a retry may have been given, the one that opens `case`.
    pub async fn receipt_of(
        &mut self,
        case: CaseId,
        idempotency_key: &str,
    ) -> Result<Option<(ReceiptCode, PartyNo)>> {
        let keys = std::sync::Arc::clone(&self.shared.keys);
        for code in keys.receipt_codes(case, idempotency_key) {
            if let Some((found, no)) = self.party_by_code(&code).await?
                && found == case
            {
                return Ok(Some((code, no)));
            }
        }
        Ok(None)
    }
}

impl Tx {
    /// Gives a party its receipt.
    pub async fn give_receipt(
        &mut self,
        case: CaseId,
        party: PartyNo,
        code: &ReceiptCode,
    ) -> Result<()> {
        let (key, hash) = self.shared.keys.lookup(code);
        execute_later!(
            self,
            INSERT,
            case.to_string(),
            i64::from(party.0),
            key,
            hash.as_slice()
        )
    }

    /// Gives a party another receipt in place of a lost one; the old code opens nothing any more.
    pub async fn replace_receipt(
        &mut self,
        case: CaseId,
        party: PartyNo,
        code: &ReceiptCode,
    ) -> Result<bool> {
        let (key, hash) = self.shared.keys.lookup(code);
        let touched = execute!(
            self,
            REPLACE,
            case.to_string(),
            i64::from(party.0),
            key,
            hash.as_slice()
        )?;
        Ok(touched == 1)
    }
}
