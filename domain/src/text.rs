//! Text that people type, with a least and a greatest length.
//!
//! Length is counted in Unicode scalar values, as people count characters, after the text has been
//! tidied: line ends become `\n`, tabs become spaces, and space around the whole is cut off. Marks
//! that turn the direction of writing are taken out: they let a text show another order than it
//! has. Control characters are refused, because no keyboard sends them and databases, mail and
//! terminals stumble over them. No word is ever a reason to refuse.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Why a text is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing was typed.
    #[error("empty")]
    Empty,
    /// Shorter than it must be.
    #[error("{len} characters, at least {min} needed")]
    TooShort {
        /// Least number of characters.
        min: usize,
        /// Characters typed.
        len: usize,
    },
    /// Longer than it may be.
    #[error("{len} characters, at most {max} taken")]
    TooLong {
        /// Greatest number of characters.
        max: usize,
        /// Characters typed.
        len: usize,
    },
    /// It holds U+0000 or another control character.
    #[error("a control character")]
    Control,
}

/// A tidied text of `MIN` to `MAX` characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Bounded<const MIN: usize, const MAX: usize>(String);

/// What is wrong, in the reporter's words.
pub type Description = Bounded<5, 2000>;
/// Where it is, in the reporter's words; may be empty.
pub type PlaceText = Bounded<0, 200>;
/// An answer, an update, a reason, an internal note.
pub type Note = Bounded<1, 2000>;
/// What a body is called that is none of the city's own units.
pub type BodyName = Bounded<1, 60>;
/// The law or the entry of the duty list by which something is done.
pub type Basis = Bounded<1, 120>;
/// What somebody wants to be called; may be empty, for a name is never required.
pub type PersonName = Bounded<0, 60>;

impl<const MIN: usize, const MAX: usize> Bounded<MIN, MAX> {
    /// Least number of characters.
    pub const MIN: usize = MIN;
    /// Greatest number of characters.
    pub const MAX: usize = MAX;

    /// Tidies `text` and takes it.
    ///
    /// # Errors
    /// [`TextError`] if the tidied text is too short, too long or holds a control character.
    pub fn new(text: &str) -> Result<Self, TextError> {
        let tidy = tidy(text)?;
        match tidy.chars().count() {
            0 if MIN > 0 => Err(TextError::Empty),
            len if len < MIN => Err(TextError::TooShort { min: MIN, len }),
            len if len > MAX => Err(TextError::TooLong { max: MAX, len }),
            _ => Ok(Self(tidy)),
        }
    }

    /// The tidied text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Line ends as `\n`, tabs as spaces, no direction marks, no space around.
fn tidy(text: &str) -> Result<String, TextError> {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                out.push('\n');
            }
            '\t' => out.push(' '),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {}
            c if c.is_control() && c != '\n' => return Err(TextError::Control),
            c => out.push(c),
        }
    }
    let trimmed = out.trim();
    Ok(if trimmed.len() == out.len() {
        out
    } else {
        trimmed.to_owned()
    })
}

impl<const MAX: usize> Default for Bounded<0, MAX> {
    fn default() -> Self {
        Self(String::new())
    }
}

impl<const MIN: usize, const MAX: usize> TryFrom<String> for Bounded<MIN, MAX> {
    type Error = TextError;
    fn try_from(text: String) -> Result<Self, TextError> {
        Self::new(&text)
    }
}

impl<const MIN: usize, const MAX: usize> TryFrom<&str> for Bounded<MIN, MAX> {
    type Error = TextError;
    fn try_from(text: &str) -> Result<Self, TextError> {
        Self::new(text)
    }
}

impl<const MIN: usize, const MAX: usize> FromStr for Bounded<MIN, MAX> {
    type Err = TextError;
    fn from_str(text: &str) -> Result<Self, TextError> {
        Self::new(text)
    }
}

impl<const MIN: usize, const MAX: usize> From<Bounded<MIN, MAX>> for String {
    fn from(text: Bounded<MIN, MAX>) -> Self {
        text.0
    }
}

impl<const MIN: usize, const MAX: usize> AsRef<str> for Bounded<MIN, MAX> {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl<const MIN: usize, const MAX: usize> fmt::Display for Bounded<MIN, MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_is_counted_as_people_count() {
        assert_eq!(
            Description::new("路灯不亮"),
            Err(TextError::TooShort { min: 5, len: 4 })
        );
        assert!(Description::new("路灯不亮了").is_ok());
        assert!(Description::new(&"象".repeat(2000)).is_ok());
        let long = Description::new(&"象".repeat(2001));
        assert_eq!(
            long,
            Err(TextError::TooLong {
                max: 2000,
                len: 2001
            })
        );
        assert_eq!(Description::new(" \u{3000}\n\t "), Err(TextError::Empty));
        assert_eq!(PlaceText::new("  "), Ok(PlaceText::default()));
    }

    #[test]
    fn text_is_tidied_before_it_is_counted() {
        for (typed, kept) in [
            ("  路灯 不亮了\u{3000}", "路灯 不亮了"),
            ("一行\r\n二行\r三行\n", "一行\n二行\n三行"),
            ("a\tb", "a b"),
            ("\u{feff}abc\u{202e}def\u{2069}", "abcdef"),
            ("👨‍👩‍👧 ok", "👨‍👩‍👧 ok"),
        ] {
            assert_eq!(Note::new(typed).unwrap().as_str(), kept, "{typed:?}");
        }
    }

    #[test]
    fn control_characters_are_refused_wherever_they_stand() {
        for bad in [
            "a\0b",
            "\0",
            "a\u{8}b",
            "a\u{1b}[31m",
            "a\u{7f}",
            "a\u{85}b",
            "abc\u{b}",
        ] {
            assert_eq!(Note::new(bad), Err(TextError::Control), "{bad:?}");
            let json = serde_json::to_string(bad).unwrap();
            assert!(serde_json::from_str::<Note>(&json).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn in_json_it_is_a_plain_string_with_the_same_bounds() {
        assert_eq!(
            serde_json::to_string(&Note::new("好").unwrap()).unwrap(),
            "\"好\""
        );
        assert!(serde_json::from_str::<Note>("\"\"").is_err());
        assert!(serde_json::from_str::<PersonName>(&format!("\"{}\"", "名".repeat(61))).is_err());
    }
}
