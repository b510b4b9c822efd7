//! Telling people of a case: how often an address was written to, and one-time codes for whoever
//! lost theirs. Addresses and codes stand here as keyed hashes only.

use domain::ids::{CaseId, PartyNo};
use domain::time::{Millis, Timestamp};

use crate::cases::number;
use crate::contacts::Contact;
use crate::engine::{execute, fetch_optional, statements};
use crate::tx::{Reading, Tx};
use crate::{Result, Store};

statements! {
    TOLD = "INSERT INTO told (address, at) VALUES ($1, $2) ON CONFLICT (address, at) DO NOTHING";
    LATELY = "SELECT COUNT(*), COALESCE(MIN(at), 0) FROM told WHERE address = $1 AND at > $2";
    SWEEP_TOLD = "DELETE FROM told WHERE at < $1";
    PUT_CODE = "INSERT INTO one_time_code (case_id, party, hash, until, tries) \
                VALUES ($1, $2, $3, $4, 0) ON CONFLICT (case_id, party) DO UPDATE SET \
                hash = excluded.hash, until = excluded.until, tries = 0";
    TRY_CODE = "UPDATE one_time_code SET tries = tries + 1 WHERE case_id = $1 AND party = $2 \
                AND until > $3 AND tries < $4";
    USE_CODE = "DELETE FROM one_time_code WHERE case_id = $1 AND party = $2 AND hash = $3";
    SWEEP_CODES = "DELETE FROM one_time_code WHERE until < $1";
    POSTPONE = "UPDATE job SET next_at = $2, attempts = attempts - 1 WHERE id = $1";
}

/// Tries of one code.
const TRIES: i64 = 5;
/// How long it is known that somebody was told.
const TOLD_KEPT: Millis = Millis::days(1);

/// An address, as it is counted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct AddressHash([u8; 32]);

/// A one-time code, as it is kept.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct OneTimeHash([u8; 32]);

impl Store {
    /// The hash under which an address is counted.
    pub fn address_hash(&self, address: &str) -> AddressHash {
        let key = self.keys().session.current();
        AddressHash(key.mac(&[b"told/1", address.trim().to_lowercase().as_bytes()]))
    }

    /// The hash a one-time code of a party is kept as.
    pub fn one_time_hash(&self, case: CaseId, party: PartyNo, code: &str) -> OneTimeHash {
        let key = self.keys().session.current();
        let party = party.0.to_be_bytes();
        OneTimeHash(key.mac(&[b"one-time/1", &case.to_bytes(), &party, code.as_bytes()]))
    }
}

impl Reading {
    /// How often an address was told something since, and when first.
    pub async fn told_since(
        &mut self,
        address: AddressHash,
        since: Timestamp,
    ) -> Result<(u32, Timestamp)> {
        let row = fetch_optional!(
            self,
            (i64, i64),
            LATELY,
            address.0.as_slice(),
            since.millis()
        )?;
        let (count, first) = row.unwrap_or_default();
        Ok((number(count), Timestamp::from_millis(first)))
    }
}

impl Tx {
    /// What a party left, for the machine to write to them: nobody sees it, so no look is logged.
    pub async fn contact_for_telling(
        &mut self,
        case: CaseId,
        party: PartyNo,
    ) -> Result<Option<Contact>> {
        self.contact_of(case, party).await
    }

    /// Notes that an address was told something now.
    pub async fn note_told(&mut self, address: AddressHash) -> Result<()> {
        let now = self.now().millis();
        execute!(self, TOLD, address.0.as_slice(), now).map(|_| ())
    }

    /// Puts a job off without counting a try.
    pub async fn postpone_job(&mut self, id: &str, until: Timestamp) -> Result<()> {
        execute!(self, POSTPONE, id, until.millis()).map(|_| ())
    }

    /// Keeps a one-time code in place of the one before.
    pub async fn put_one_time_code(
        &mut self,
        case: CaseId,
        party: PartyNo,
        code: OneTimeHash,
        until: Timestamp,
    ) -> Result<()> {
        let case = case.to_string();
        let party = i64::from(party.0);
        execute!(
            self,
            PUT_CODE,
            case,
            party,
            code.0.as_slice(),
            until.millis()
        )
        .map(|_| ())
    }

    /// Uses a one-time code, once; a wrong one counts, and after five no other is looked at.
    pub async fn use_one_time_code(
        &mut self,
        case: CaseId,
        party: PartyNo,
        code: OneTimeHash,
    ) -> Result<bool> {
        let (case, party) = (case.to_string(), i64::from(party.0));
        let now = self.now().millis();
        if execute!(self, TRY_CODE, case.as_str(), party, now, TRIES)? == 0 {
            return Ok(false);
        }
        Ok(execute!(self, USE_CODE, case.as_str(), party, code.0.as_slice())? == 1)
    }

    /// Forgets what has had its time.
    pub async fn sweep_telling(&mut self) -> Result<()> {
        let now = self.now().millis();
        execute!(self, SWEEP_TOLD, now - TOLD_KEPT.millis())?;
        execute!(self, SWEEP_CODES, now).map(|_| ())
    }
}
