//! Names of things as the machine keeps them: codes a city chooses, ids that are made.
//!
//! A *code* is chosen by people and stands in configuration, addresses and open data
//! (`street-vending`, `330383198023`). An *id* is made by the machine and means nothing.
//! A *number* counts within its case.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// A text is not a code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a code is 1 to 40 of a-z, 0-9 and hyphen: {0:?}")]
pub struct CodeError(pub String);

/// Longest code, in characters.
pub const CODE_MAX: usize = 40;

fn is_code(text: &str) -> bool {
    (1..=CODE_MAX).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

macro_rules! code {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        ///
        /// 1 to 40 characters of `a-z`, `0-9` and `-`.
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Checks and keeps `text`.
            ///
            /// # Errors
            /// [`CodeError`] if it is empty, longer than 40 or holds another character.
            pub fn new(text: impl Into<String>) -> Result<Self, CodeError> {
                let text = text.into();
                if is_code(&text) { Ok(Self(text)) } else { Err(CodeError(text)) }
            }

            /// The code as it was written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = CodeError;
            fn try_from(text: String) -> Result<Self, CodeError> {
                Self::new(text)
            }
        }

        impl TryFrom<&str> for $name {
            type Error = CodeError;
            fn try_from(text: &str) -> Result<Self, CodeError> {
                Self::new(text)
            }
        }

        impl FromStr for $name {
            type Err = CodeError;
            fn from_str(text: &str) -> Result<Self, CodeError> {
                Self::new(text)
            }
        }

        impl From<$name> for String {
            fn from(code: $name) -> String {
                code.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

code! {
    /// A category of whistles or tips (`street-vending`).
    CategoryCode;
    /// An area of any depth; a community has its official 12 digits.
    AreaCode;
    /// A department or one of its modules.
    UnitCode;
    /// A clock policy.
    PolicyCode;
    /// A service of the catalogue.
    ServiceCode;
    /// An entry of the duty list.
    DutyCode;
    /// A contractor.
    ContractorCode;
}

/// A text is not a number of another system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a number elsewhere is 1 to 40 of 0-9, A-Z, a-z and -")]
pub struct ExternalNoError;

/// The number of a case in the system it came from (12345, 110): a number and no words, for it
/// stays in the facts for ever.
///
/// 1 to 40 characters of `0-9`, `A-Z`, `a-z` and `-`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ExternalNo(String);

impl ExternalNo {
    /// Checks and keeps `text`.
    ///
    /// # Errors
    /// [`ExternalNoError`] if it is empty, longer than 40 or holds another character.
    pub fn new(text: impl Into<String>) -> Result<Self, ExternalNoError> {
        let text = text.into();
        let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
        if (1..=40).contains(&text.len()) && text.bytes().all(plain) {
            Ok(Self(text))
        } else {
            Err(ExternalNoError)
        }
    }

    /// The number as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ExternalNo {
    type Error = ExternalNoError;
    fn try_from(text: String) -> Result<Self, ExternalNoError> {
        Self::new(text)
    }
}

impl From<ExternalNo> for String {
    fn from(number: ExternalNo) -> Self {
        number.0
    }
}

/// A text is not an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an id is 32 lower-case hexadecimal digits")]
pub struct IdError;

fn parse_id(text: &str) -> Result<u128, IdError> {
    // One text per id: `from_str_radix` alone would also take upper case and a sign.
    let plain = text.len() == 32 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    if plain {
        u128::from_str_radix(text, 16).map_err(|_| IdError)
    } else {
        Err(IdError)
    }
}

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        ///
        /// Written as 32 lower-case hexadecimal digits.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(u128);

        impl $name {
            /// The id whose 16 bytes, most significant first, are `bytes`.
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(u128::from_be_bytes(bytes))
            }

            /// The 16 bytes, most significant first; they sort as the ids do.
            pub const fn to_bytes(self) -> [u8; 16] {
                self.0.to_be_bytes()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:032x}", self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({:032x})"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                parse_id(text).map(Self)
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(text: String) -> Result<Self, IdError> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.to_string()
            }
        }
    )+};
}

id! {
    /// A case. Later cases have greater ids, so an index on it grows at its end.
    CaseId;
    /// A photo, staged or filed. Wholly random: it names a blob and must not be guessable.
    PhotoId;
}

impl CaseId {
    /// 48 bits of the milliseconds of `now`, then 80 random bits.
    ///
    /// A `now` before 1970 counts as 1970.
    pub fn new(now: Timestamp, random: [u8; 10]) -> Self {
        let millis = now.millis().clamp(0, (1 << 48) - 1).to_be_bytes();
        let mut bytes = [0; 16];
        bytes[..6].copy_from_slice(&millis[2..]);
        bytes[6..].copy_from_slice(&random);
        Self::from_bytes(bytes)
    }
}

impl PhotoId {
    /// An id of 128 random bits.
    pub const fn new(random: [u8; 16]) -> Self {
        Self::from_bytes(random)
    }
}

macro_rules! number {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(pub u32);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

number! {
    /// A party's number within its case: the reporter is 1. Who it is stands elsewhere, erasable.
    PartyNo;
    /// An appointment: a person in a role, over a line and an area, for a time.
    AppointmentNo;
    /// An engagement's number within its case: a firm under contract, for one part of it.
    EngagementNo;
}

impl PartyNo {
    /// The one who filed, or for whom it was filed.
    pub const REPORTER: Self = Self(1);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_elsewhere_is_no_text() {
        for good in ["12345-20261121-0042", "A", &"9".repeat(40)] {
            assert_eq!(ExternalNo::new(good).unwrap().as_str(), good);
        }
        for bad in ["", " 1", "张三 13800000000", "a_b", "1\n2", &"9".repeat(41)] {
            assert_eq!(ExternalNo::new(bad), Err(ExternalNoError), "{bad}");
        }
        assert!(serde_json::from_str::<ExternalNo>("\"张三\"").is_err());
    }

    #[test]
    fn a_code_takes_what_addresses_take_and_nothing_else() {
        let longest = "a".repeat(40);
        for good in ["a", "330383198023", "street-vending", "-", longest.as_str()] {
            assert_eq!(CategoryCode::new(good).unwrap().as_str(), good);
        }
        let too_long = "a".repeat(41);
        for bad in [
            "",
            "A",
            "a b",
            "象岗",
            "a_b",
            "../x",
            "a\n",
            "a\0",
            too_long.as_str(),
        ] {
            assert!(CategoryCode::new(bad).is_err(), "{bad:?}");
            let json = serde_json::to_string(bad).unwrap();
            assert!(
                serde_json::from_str::<CategoryCode>(&json).is_err(),
                "{bad:?}"
            );
        }
    }

    #[test]
    fn a_code_is_a_plain_json_string() {
        let code = AreaCode::new("330383198023").unwrap();
        assert_eq!(serde_json::to_string(&code).unwrap(), "\"330383198023\"");
        assert_eq!(
            serde_json::from_str::<AreaCode>("\"330383198023\"").unwrap(),
            code
        );
    }

    #[test]
    fn case_ids_sort_by_time_whatever_their_random_part() {
        let early = CaseId::new(Timestamp::from_millis(1_795_000_000_000), [0xff; 10]);
        let late = CaseId::new(Timestamp::from_millis(1_795_000_000_001), [0; 10]);
        assert!(early < late);
        assert!(early.to_string() < late.to_string());
        let head = format!("{:012x}", 1_795_000_000_000_i64);
        assert_eq!(early.to_string(), head + &"f".repeat(20));
        assert_eq!(
            CaseId::new(Timestamp::from_millis(-5), [0; 10]).to_bytes(),
            [0; 16]
        );
    }

    #[test]
    fn an_id_has_one_text() {
        let id = PhotoId::new([0xab; 16]);
        let text = id.to_string();
        assert_eq!(text, "ab".repeat(16));
        assert_eq!(text.parse(), Ok(id));
        let upper = text.to_uppercase();
        let signed = format!("+{}", &text[1..]);
        for bad in [
            "",
            "ab",
            upper.as_str(),
            signed.as_str(),
            "象象象象象象象象象象12",
        ] {
            assert_eq!(bad.parse::<PhotoId>(), Err(IdError), "{bad:?}");
        }
        let json = serde_json::to_string(&id).unwrap();
        assert_eq!(serde_json::from_str::<PhotoId>(&json).unwrap(), id);
    }
}
