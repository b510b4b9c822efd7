//! Where drafts lie: one table of the browser's own database, and nowhere else.

use leptos::{wasm_bindgen::JsValue, web_sys::IdbTransactionMode};

use super::kept::Kept;
use crate::islands::{
    idb::{Ask, Place, Result, done, finished},
    object::get,
};

/// The boot script knows these names too.
const DRAFTS: Place = Place {
    database: "huiyin",
    table: "drafts",
};

/// Every draft that is not past its seven days, oldest first. Those that are go for good.
///
/// # Errors
/// Where the browser keeps nothing.
pub async fn all() -> Result<Vec<Kept>> {
    let (_chest, transaction, table) = DRAFTS.open(IdbTransactionMode::Readwrite).await?;
    let rows = done(&table.get_all()?).await?;
    let now = js_sys::Date::now();
    let mut drafts = Vec::new();
    for row in js_sys::Array::from(&rows).iter() {
        match Kept::from_js(&row) {
            Some(kept) if !kept.is_old(now) => {
                // The sort of the language is ten times this.
                let at = drafts.partition_point(|other: &Kept| other.at <= kept.at);
                drafts.insert(at, kept);
            }
            _ => {
                table.delete(&get(&row, "key"))?;
            }
        }
    }
    finished(&transaction).await?;
    Ok(drafts)
}

/// Keeps a draft, in the place of the one with the same key. `tell` makes it from that one.
///
/// # Errors
/// Where the browser keeps nothing, or has no room.
pub async fn keep(key: &str, tell: impl FnOnce(Option<Kept>) -> Kept) -> Result<Kept> {
    let (_chest, transaction, table) = DRAFTS.open(IdbTransactionMode::Readwrite).await?;
    let before = done(&table.get(&JsValue::from_str(key))?).await?;
    let kept = tell(Kept::from_js(&before));
    table.put(&kept.to_js())?;
    finished(&transaction).await?;
    Ok(kept)
}

/// Changes a draft that is there, unless `change` says no; one that was deleted stays deleted.
/// `None` if nothing was changed.
///
/// # Errors
/// Where the browser keeps nothing.
pub async fn amend(key: &str, change: impl FnOnce(&mut Kept) -> bool) -> Result<Option<Kept>> {
    let (_chest, transaction, table) = DRAFTS.open(IdbTransactionMode::Readwrite).await?;
    let row = done(&table.get(&JsValue::from_str(key))?).await?;
    let Some(mut kept) = Kept::from_js(&row) else {
        return Ok(None);
    };
    if !change(&mut kept) {
        return Ok(None);
    }
    table.put(&kept.to_js())?;
    finished(&transaction).await?;
    Ok(Some(kept))
}

/// Forgets one draft.
///
/// # Errors
/// Where the browser keeps nothing.
pub async fn forget(key: &str) -> Result<()> {
    DRAFTS.ask(Ask::Delete(key)).await.map(|_| ())
}

/// Forgets all.
///
/// # Errors
/// Where the browser keeps nothing.
pub async fn wipe() -> Result<()> {
    DRAFTS.ask(Ask::Clear).await.map(|_| ())
}
