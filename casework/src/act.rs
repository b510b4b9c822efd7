//! Everything done to a case after its filing: load, may, decide, append, in one transaction.

use std::sync::Arc;

use domain::{
    access::{self, Viewer},
    case::Case,
    decide::{Act, Command, Refusal, decide},
    ids::{CaseId, PartyNo},
    reference::{CaseNumber, ReceiptCode},
    verb::Verb,
};
use futures::FutureExt as _;
use store::Tx;

use crate::{Desk, Error, Result, file::FilingKey};

/// Which case, as people or as the program name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// By its number.
    Number(CaseNumber),
    /// By its id.
    Id(CaseId),
}

impl From<CaseNumber> for Which {
    fn from(number: CaseNumber) -> Self {
        Self::Number(number)
    }
}

impl From<CaseId> for Which {
    fn from(id: CaseId) -> Self {
        Self::Id(id)
    }
}

/// Does `command` to a case as `viewer`. `version` is the one the viewer saw; with `None` the
/// command stands whatever happened meanwhile.
///
/// # Errors
/// [`Error::NotFound`] and [`Error::Forbidden`] by [`domain::access::may`], [`Error::Conflict`] if
/// the case has changed since `version`, [`Error::Refused`] by the rules.
pub async fn act(
    desk: &Desk,
    viewer: &Viewer,
    which: impl Into<Which>,
    version: Option<u32>,
    command: impl Into<Command>,
) -> Result<Case> {
    let work = Arc::new((desk.clone(), viewer.clone(), command.into()));
    let which = which.into();
    desk.store
        .write(move |tx| {
            let work = Arc::clone(&work);
            async move {
                let (desk, viewer, command) = &*work;
                act_in(tx, desk, viewer, which, version, command.clone()).await
            }
            .boxed()
        })
        .await
}

async fn act_in(
    tx: &mut Tx,
    desk: &Desk,
    viewer: &Viewer,
    which: Which,
    version: Option<u32>,
    command: Command,
) -> Result<Case> {
    let standing = match which {
        Which::Number(number) => tx.load_case_by_number(&number).await?,
        Which::Id(id) => tx.load_case(id).await?,
    };
    let standing = standing.ok_or(Error::NotFound)?;
    let actor = access::may(viewer, command.act.verb(), &standing)?;
    if let Some(part) = command.act.part() {
        // An officer acts for their own unit's part only.
        let unit = &standing.part(part).ok_or(Refusal::NoSuch("part"))?.unit;
        let rules_on = matches!(command.act, Act::RuleOnReturn { .. });
        if !rules_on && !access::acts_for(viewer, unit) {
            return Err(Error::Forbidden);
        }
    }
    if let Some(version) = version
        && version != standing.version
    {
        return Err(Error::Conflict {
            current: standing.version,
        });
    }
    if let Act::Merge { into } = command.act {
        may_merge(tx, viewer, into, &standing).await?;
    }
    let now = tx.now();
    let events = decide(&standing, command, actor, &desk.rules(), now)?;
    let id = standing.id;
    Ok(tx.append(id, Some(standing), events, now).await?.case)
}

/// A case is merged only into one of the same line of sight: never into what its people may not
/// know of.
async fn may_merge(tx: &mut Tx, viewer: &Viewer, into: CaseId, from: &Case) -> Result<()> {
    let target = tx
        .case_by_id(&access::scope(viewer), into)
        .await?
        .ok_or(Error::NotFound)?;
    access::may(viewer, Verb::Merge, &target)?;
    if target.always_private || target.visibility > from.visibility {
        return Err(Error::Refused(Refusal::AlwaysPrivate));
    }
    Ok(())
}

/// A resident's "the same happens to me": a party of their own, with their own code.
///
/// # Errors
/// [`Error::NotFound`] for a case that is not public to all, [`Error::KeyReused`],
/// [`Error::Refused`].
pub async fn join(
    desk: &Desk,
    key: &FilingKey,
    number: CaseNumber,
) -> Result<(CaseNumber, ReceiptCode)> {
    let work = Arc::new((desk.clone(), key.clone()));
    desk.store
        .write(move |tx| {
            let work = Arc::clone(&work);
            async move {
                let (desk, key) = &*work;
                join_in(tx, desk, key, number).await
            }
            .boxed()
        })
        .await
}

async fn join_in(
    tx: &mut Tx,
    desk: &Desk,
    key: &FilingKey,
    number: CaseNumber,
) -> Result<(CaseNumber, ReceiptCode)> {
    let told = format!("join/1 {number}");
    if let Some(before) = tx.filed_with(key.as_str(), told.as_bytes()).await? {
        if !before.same_filing {
            return Err(Error::KeyReused);
        }
        let receipt = tx.receipt_of(before.case, key.as_str()).await?;
        return Ok((number, receipt.ok_or(Error::NotFound)?.0));
    }
    let standing = tx
        .load_case_by_number(&number)
        .await?
        .ok_or(Error::NotFound)?;
    let actor = access::may(&Viewer::Anonymous, Verb::Join, &standing)?;
    let (id, now) = (standing.id, tx.now());
    let party: PartyNo = standing.next_party();
    let events = decide(&standing, Act::Join.into(), actor, &desk.rules(), now)?;
    tx.append(id, Some(standing), events, now).await?;
    let code = crate::file::receipt(tx, desk, key, id, party).await?;
    tx.remember_filing(key.as_str(), told.as_bytes(), id, party, now)
        .await?;
    Ok((number, code))
}
