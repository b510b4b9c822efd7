//! Where drafts lie: one table of the browser's own database, and nowhere else.

use js_sys::Promise;
use leptos::{
    wasm_bindgen::{JsCast, JsValue, closure::Closure},
    web_sys::{
        IdbDatabase, IdbObjectStore, IdbObjectStoreParameters, IdbOpenDbRequest, IdbRequest,
        IdbTransaction, IdbTransactionMode, window,
    },
};
use wasm_bindgen_futures::JsFuture;

use super::kept::Kept;
use crate::islands::object::get;

/// Names of the database and its table; the boot script knows them too.
const DATABASE: &str = "huiyin";
const TABLE: &str = "drafts";

type Result<T> = std::result::Result<T, JsValue>;

/// Every draft that is not past its seven days, oldest first. Those that are go for good.
///
/// # Errors
/// Where the browser keeps nothing.
pub async fn all() -> Result<Vec<Kept>> {
    let (_chest, transaction, table) = open(IdbTransactionMode::Readwrite).await?;
    let rows = done(&table.get_all()?).await?;
    let now = js_sys::Date::now();
    let mut drafts = Vec::new();
    for row in js_sys::Array::from(&rows).iter() {
        match Kept::from_js(&row) {
            Some(kept) if !kept.is_old(now) => drafts.push(kept),
            _ => {
                table.delete(&get(&row, "key"))?;
            }
        }
    }
    finished(&transaction).await?;
    drafts.sort_by(|a, b| a.at.total_cmp(&b.at));
    Ok(drafts)
}

/// Keeps a draft, in the place of the one with the same key. `tell` makes it from that one.
///
/// # Errors
/// Where the browser keeps nothing, or has no room.
pub async fn keep(key: &str, tell: impl FnOnce(Option<Kept>) -> Kept) -> Result<Kept> {
    let (_chest, transaction, table) = open(IdbTransactionMode::Readwrite).await?;
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
    let (_chest, transaction, table) = open(IdbTransactionMode::Readwrite).await?;
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
    let (_chest, transaction, table) = open(IdbTransactionMode::Readwrite).await?;
    table.delete(&JsValue::from_str(key))?;
    finished(&transaction).await
}

/// Forgets all.
///
/// # Errors
/// Where the browser keeps nothing.
pub async fn wipe() -> Result<()> {
    let (_chest, transaction, table) = open(IdbTransactionMode::Readwrite).await?;
    table.clear()?;
    finished(&transaction).await
}

/// An open database; another page may change or delete it when this is dropped.
struct Chest(IdbDatabase);

impl Drop for Chest {
    fn drop(&mut self) {
        self.0.close();
    }
}

async fn open(mode: IdbTransactionMode) -> Result<(Chest, IdbTransaction, IdbObjectStore)> {
    let factory = window()
        .ok_or(JsValue::UNDEFINED)?
        .indexed_db()?
        .ok_or(JsValue::UNDEFINED)?;
    let request = factory.open_with_u32(DATABASE, 1)?;
    let asked = request.clone();
    let make = Closure::once_into_js(move || make(&asked));
    request.set_onupgradeneeded(Some(make.unchecked_ref()));
    let chest = Chest(done(&request).await?.dyn_into()?);
    let transaction = chest.0.transaction_with_str_and_mode(TABLE, mode)?;
    let table = transaction.object_store(TABLE)?;
    Ok((chest, transaction, table))
}

/// Makes the table, in a database that is new.
fn make(request: &IdbOpenDbRequest) {
    let Some(database) = request
        .result()
        .ok()
        .and_then(|it| it.dyn_into::<IdbDatabase>().ok())
    else {
        return;
    };
    let options = IdbObjectStoreParameters::new();
    options.set_key_path(&JsValue::from_str("key"));
    // Where it fails, opening fails too, and whoever asked is told.
    let _ = database.create_object_store_with_optional_parameters(TABLE, &options);
}

/// Waits for an answer. What follows runs before the transaction can end.
async fn done(request: &IdbRequest) -> Result<JsValue> {
    let answer = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(answer).await?;
    request.result()
}

/// Waits until it is on the phone.
async fn finished(transaction: &IdbTransaction) -> Result<()> {
    let end = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
        transaction.set_onerror(Some(&reject));
    });
    JsFuture::from(end).await.map(|_| ())
}
