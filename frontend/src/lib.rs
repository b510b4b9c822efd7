//! The WASM entry: hydrates the islands of a page and nothing else.
//!
//! `frontend/boot.js` calls [`hydrate`] once and then each island by its exported name. Pages never
//! run here, so a new page costs the browser nothing.

use app as _;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the boot script before it wakes the islands.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
