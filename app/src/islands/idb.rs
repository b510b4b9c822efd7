//! The browser's own database: one place for each kind of thing that waits on this phone.

use js_sys::Promise;
use leptos::{
    wasm_bindgen::{JsCast, JsValue, closure::Closure},
    web_sys::{
        IdbDatabase, IdbObjectStore, IdbObjectStoreParameters, IdbOpenDbRequest, IdbRequest,
        IdbTransaction, IdbTransactionMode, window,
    },
};
use wasm_bindgen_futures::JsFuture;

/// Where the browser keeps nothing, or has no room.
pub type Result<T> = std::result::Result<T, JsValue>;

/// A database with one table, whose rows bear their name as `key`.
#[derive(Clone, Copy)]
pub struct Place {
    /// The name of the database.
    pub database: &'static str,
    /// The name of its table.
    pub table: &'static str,
}

impl Place {
    /// Opens it. The table and its transaction are good as long as the chest is.
    pub async fn open(
        self,
        mode: IdbTransactionMode,
    ) -> Result<(Chest, IdbTransaction, IdbObjectStore)> {
        let factory = window()
            .ok_or(JsValue::UNDEFINED)?
            .indexed_db()?
            .ok_or(JsValue::UNDEFINED)?;
        let request = factory.open_with_u32(self.database, 1)?;
        let asked = request.clone();
        let make = Closure::once_into_js(move || make(&asked, self.table));
        request.set_onupgradeneeded(Some(make.unchecked_ref()));
        let chest = Chest(done(&request).await?.dyn_into()?);
        let transaction = chest.0.transaction_with_str_and_mode(self.table, mode)?;
        let table = transaction.object_store(self.table)?;
        Ok((chest, transaction, table))
    }
}

/// What is wanted of a table as a whole.
pub enum Ask<'a> {
    /// Every row.
    All,
    /// Keep a row, in the place of the one with the same key.
    Put(&'a JsValue),
    /// Forget the row with this key.
    Delete(&'a str),
    /// Forget every row.
    Clear,
}

impl Place {
    /// Asks for one thing, and waits until it is on the phone.
    pub async fn ask(self, ask: Ask<'_>) -> Result<JsValue> {
        let (_chest, transaction, table) = self.open(IdbTransactionMode::Readwrite).await?;
        let request = match ask {
            Ask::All => table.get_all()?,
            Ask::Put(row) => table.put(row)?,
            Ask::Delete(key) => table.delete(&JsValue::from_str(key))?,
            Ask::Clear => table.clear()?,
        };
        let answer = done(&request).await?;
        finished(&transaction).await?;
        Ok(answer)
    }
}

/// An open database; another page may change or delete it when this is dropped.
pub struct Chest(IdbDatabase);

impl Drop for Chest {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// Makes the table, in a database that is new.
fn make(request: &IdbOpenDbRequest, table: &str) {
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
    let _ = database.create_object_store_with_optional_parameters(table, &options);
}

/// Waits for an answer. What follows runs before the transaction can end.
pub async fn done(request: &IdbRequest) -> Result<JsValue> {
    let answer = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(answer).await?;
    request.result()
}

/// Waits until it is on the phone.
pub async fn finished(transaction: &IdbTransaction) -> Result<()> {
    let end = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
        transaction.set_onerror(Some(&reject));
    });
    JsFuture::from(end).await.map(|_| ())
}
