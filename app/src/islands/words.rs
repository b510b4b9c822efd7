//! What islands say reaches them as lists of texts on the page, each where it is said.

use leptos::{
    wasm_bindgen::{JsCast, JsValue},
    web_sys::Element,
};

/// A struct of texts that travels as the list of them, in the attribute `data-words` of a place.
/// The browser has a reader for such lists; one of our own, and one for the names of each struct,
/// would be a third of what a phone has to load.
macro_rules! words {
    ($(#[$about:meta])* pub struct $name:ident { $($(#[$what:meta])* pub $field:ident: String,)* }) => {
        $(#[$about])*
        #[derive(Clone, Debug, Default)]
        pub struct $name {
            $($(#[$what])* pub $field: String,)*
        }

        impl $name {
            /// As a page carries it.
            #[must_use]
            pub fn sent(&self) -> String {
                $crate::islands::sent(&[$(self.$field.as_str(),)*])
            }

            /// Reads what [`Self::sent`] wrote.
            pub(in $crate::islands) fn read(sent: &str) -> Self {
                let all = &mut $crate::islands::words::texts(sent).into_iter();
                Self { $($field: $crate::islands::words::next(all),)* }
            }
        }
    };
}

pub(super) use words;

/// A list of texts, as a page carries it.
#[must_use]
pub fn sent(texts: &[&str]) -> String {
    serde_json::to_string(texts).expect("texts are JSON")
}

/// Reads what [`sent`] wrote; nothing of anything else.
pub(super) fn texts(sent: &str) -> Vec<String> {
    let list = js_sys::JSON::parse(sent).unwrap_or(JsValue::UNDEFINED);
    let list = list.dyn_into::<js_sys::Array>().unwrap_or_default();
    (0..list.length())
        .filter_map(|at| list.get(at).as_string())
        .collect()
}

/// The next text, or none.
#[inline(never)]
pub(super) fn next(texts: &mut std::vec::IntoIter<String>) -> String {
    texts.next().unwrap_or_default()
}

/// What a place of the page bears in `data-words`, or under another name.
pub(super) fn on(place: &Element, name: &str) -> String {
    place.get_attribute(name).unwrap_or_default()
}
