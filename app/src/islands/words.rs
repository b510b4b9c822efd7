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

            /// Reads what [`Self::sent`] wrote; nothing of a list of another length.
            pub(in $crate::islands) fn read(sent: &str) -> Option<Self> {
                let all: Box<[String; [$(stringify!($field)),*].len()]> =
                    $crate::islands::words::texts(sent).into_boxed_slice().try_into().ok()?;
                let [$($field),*] = *all;
                Some(Self { $($field),* })
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

/// What a place of the page bears under a name.
pub(super) fn attribute(place: &Element, name: &str) -> String {
    place.get_attribute(name).unwrap_or_default()
}
