//! Plain objects of the browser, read and written by name.

use js_sys::{Array, Reflect};
use leptos::wasm_bindgen::{JsCast, JsValue};

/// The value of this name, `undefined` without one.
pub fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// Sets the value of this name.
pub fn set(object: &JsValue, name: &str, value: &JsValue) {
    // Only a frozen object refuses; ours are new.
    let _ = Reflect::set(object, &JsValue::from_str(name), value);
}

/// A text, if one stands there.
pub fn text(object: &JsValue, name: &str) -> Option<String> {
    get(object, name).as_string()
}

/// A number, 0 without one.
pub fn number(object: &JsValue, name: &str) -> f64 {
    get(object, name).as_f64().unwrap_or_default()
}

/// A yes or no, no without one.
pub fn flag(object: &JsValue, name: &str) -> bool {
    get(object, name).as_bool().unwrap_or_default()
}

/// What stands in the list of this name, nothing without one.
pub fn items(object: &JsValue, name: &str) -> impl Iterator<Item = JsValue> + use<> {
    let list = get(object, name).dyn_into::<Array>().unwrap_or_default();
    (0..list.length()).map(move |at| list.get(at))
}

/// A list.
pub fn list(items: impl Iterator<Item = JsValue>) -> JsValue {
    items.collect::<Array>().into()
}
