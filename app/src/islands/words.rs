//! What islands say travels as a list of texts.

/// A struct of texts that is sent as the list of them: one reader of lists serves all islands,
/// where a reader for the names of each would be most of what a browser has to load.
macro_rules! words {
    ($(#[$about:meta])* pub struct $name:ident { $($(#[$what:meta])* pub $field:ident: String,)* }) => {
        $(#[$about])*
        #[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
        #[serde(from = "Vec<String>", into = "Vec<String>")]
        pub struct $name {
            $($(#[$what])* pub $field: String,)*
        }

        impl From<Vec<String>> for $name {
            fn from(all: Vec<String>) -> Self {
                let mut all = all.into_iter();
                Self { $($field: all.next().unwrap_or_default(),)* }
            }
        }

        impl From<$name> for Vec<String> {
            fn from(words: $name) -> Self {
                vec![$(words.$field,)*]
            }
        }
    };
}

pub(crate) use words;
