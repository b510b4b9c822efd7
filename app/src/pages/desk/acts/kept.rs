//! An act that did not go through, and what was wrong with it.

use domain::{
    decide::{Refusal, typed::Amiss},
    lang::Lang,
    verb::Verb,
};

use crate::{form::Fault, pages::StagedPhoto, texts::t, words::staff};

/// One mistake of a form of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActFault {
    /// A field.
    Field(Amiss),
    /// The rules say no.
    Refused(Refusal),
    /// Not theirs to do now.
    Forbidden,
    /// The text, or the photos.
    Form(Fault),
}

impl ActFault {
    /// The name of the field it is about.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Field(amiss) => amiss.field,
            Self::Refused(Refusal::OwnUnit) => "destination",
            Self::Refused(_) | Self::Forbidden => "act",
            Self::Form(fault) => fault.field(),
        }
    }

    /// What to do about it.
    pub fn text(self, lang: Lang) -> String {
        match self {
            Self::Field(amiss) => staff::wrong(lang, amiss.field, amiss.what),
            Self::Refused(refusal) => staff::refusal(lang, refusal),
            Self::Forbidden => t::staff_forbidden(lang).to_owned(),
            Self::Form(fault) => fault.text(lang),
        }
    }

    /// The same with the name of its field, for where several stand together.
    pub fn named(self, lang: Lang) -> String {
        let text = self.text(lang);
        match staff::field(lang, self.field()) {
            Some(field) => t::wrong_of(lang, field, text),
            None => text,
        }
    }
}

/// An act that did not go through, as it was typed.
#[derive(Clone, Debug, Default)]
pub struct KeptAct {
    /// The verb; none for something that is no verb.
    pub verb: Option<Verb>,
    /// All fields.
    pub fields: Vec<(String, String)>,
    /// The key under which its photos wait.
    pub key: String,
    /// Its photos.
    pub staged: Vec<StagedPhoto>,
    /// What was wrong.
    pub faults: Vec<ActFault>,
}

impl KeptAct {
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    pub(super) fn values(&self, name: &str) -> Vec<String> {
        self.fields
            .iter()
            .filter(|(key, _)| key == name)
            .map(|(_, value)| value.clone())
            .collect()
    }
}

/// What is said beside a field.
pub(super) fn error_of(lang: Lang, kept: Option<&KeptAct>, field: &str) -> Option<String> {
    let faults = &kept?.faults;
    faults
        .iter()
        .find(|fault| fault.field() == field)
        .map(|fault| fault.text(lang))
}
