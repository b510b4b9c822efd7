//! Who may see a case (design §4 "Visibility").
//!
//! The order is the rule: *greater is more private*. The reporter alone may make a case more
//! public; staff may only make it more private.

use serde::{Deserialize, Serialize};

/// How much of a case the public may see, from most open to most closed.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Number, category, community, state and clocks at once; words, exact place and photos
    /// after a named person has released them.
    Public,
    /// Number, category, community, state and clocks; never the words, the exact place or photos.
    PublicWithoutDetail,
    /// Nothing: only the parties and those who handle the case. The default, because a value
    /// that is missing must never open anything.
    #[default]
    Private,
}

impl Visibility {
    /// All values, from most open to most closed: the order of the choices on the form.
    pub const ALL: [Self; 3] = [Self::Public, Self::PublicWithoutDetail, Self::Private];

    /// The word used in forms, files and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::PublicWithoutDetail => "public_without_detail",
            Self::Private => "private",
        }
    }

    /// Reads the word of a form or the API; `None` for anything else.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|v| v.as_str() == word)
    }

    /// Whether the case may appear in public lists, feeds and open data at all.
    pub const fn is_listed(self) -> bool {
        !matches!(self, Self::Private)
    }
}

#[cfg(test)]
mod tests {
    use super::Visibility::{Private, Public, PublicWithoutDetail};
    use super::*;

    #[test]
    fn greater_is_more_private() {
        assert!(Public < PublicWithoutDetail && PublicWithoutDetail < Private);
    }

    #[test]
    fn missing_means_private() {
        assert_eq!(Visibility::default(), Private);
        assert_eq!(Visibility::parse("Public"), None);
    }

    #[test]
    fn words_are_the_same_in_forms_and_in_the_log() {
        for v in Visibility::ALL {
            assert_eq!(Visibility::parse(v.as_str()), Some(v));
            let json = serde_json::to_string(&v).expect("a unit variant");
            assert_eq!(json, format!("\"{}\"", v.as_str()));
        }
    }
}
