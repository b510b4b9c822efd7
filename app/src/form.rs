//! What can be wrong with what a resident sent, and how it is said.

use domain::{
    decide::Refusal,
    draft::{Field, FieldError},
    lang::Lang,
};

use crate::{texts::t, words};

/// What can be wrong with photos, beyond their number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoFault {
    /// Larger than this many megabytes.
    TooBig(usize),
    /// Not a photo we can read.
    NotAPhoto,
    /// Photos cannot be taken in at the moment; text can.
    NoRoom,
    /// A staged photo is gone: after 24 hours, or already used.
    Gone,
    /// What was just sent could not be kept; a browser cannot be handed back its files.
    NotKept,
}

/// What can be wrong with a receipt code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeFault {
    /// Nothing was typed.
    Missing,
    /// Not 21 digits.
    Malformed,
    /// The check digit disagrees: a digit was mistyped.
    Mistyped,
    /// Nobody has it.
    NotFound,
}

/// One mistake of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A field of a filing, by the rules of `domain::draft`.
    Draft(Field, FieldError),
    /// The photos.
    Photo(PhotoFault),
    /// The receipt code.
    Code(CodeFault),
    /// A text added later.
    Text(FieldError),
    /// The rules say no, and why; nothing was changed.
    Refused(Refusal),
    /// The act does not fit the case as it now is; nothing was changed.
    Moved,
}

impl Fault {
    /// Id of the field on the page, which is also its name in the form.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Draft(Field::Position, _) => "lat",
            Self::Draft(field, _) => field.as_str(),
            Self::Photo(_) => "photos",
            Self::Code(_) => "code",
            Self::Text(_) | Self::Refused(_) | Self::Moved => "text",
        }
    }

    /// What to do about it, in the reader's language.
    pub fn text(self, lang: Lang) -> String {
        match self {
            Self::Draft(field, error) => draft(lang, field, error),
            Self::Text(FieldError::Missing) => t::error_text(lang).to_owned(),
            Self::Text(error) => draft(lang, Field::Description, error),
            Self::Photo(PhotoFault::TooBig(most)) => t::error_photo_too_big(lang, most),
            Self::Photo(PhotoFault::NotAPhoto) => t::error_photo_unreadable(lang).to_owned(),
            Self::Photo(PhotoFault::NoRoom) => t::error_photo_no_room(lang).to_owned(),
            Self::Photo(PhotoFault::Gone) => t::error_photo_gone(lang).to_owned(),
            Self::Photo(PhotoFault::NotKept) => t::error_photo_not_kept(lang).to_owned(),
            Self::Code(CodeFault::Missing) => t::error_code(lang).to_owned(),
            Self::Code(CodeFault::Malformed) => t::error_code_malformed(lang).to_owned(),
            Self::Code(CodeFault::Mistyped) => t::error_code_mistyped(lang).to_owned(),
            Self::Code(CodeFault::NotFound) => t::error_code_not_found(lang).to_owned(),
            Self::Refused(refusal) => {
                words::refusal(lang, refusal).unwrap_or_else(|| t::error_moved(lang).to_owned())
            }
            Self::Moved => t::error_moved(lang).to_owned(),
        }
    }
}

fn draft(lang: Lang, field: Field, error: FieldError) -> String {
    let fixed = match (field, error) {
        (_, FieldError::TooShort(least)) => return t::error_too_short(lang, least),
        (_, FieldError::TooLong(most)) => return t::error_too_long(lang, most),
        (_, FieldError::TooMany(most)) => return t::error_photos_too_many(lang, most),
        (_, FieldError::Unprintable) => t::error_control(lang),
        (Field::Danger, FieldError::Danger) => t::error_danger_now(lang),
        (Field::Danger, _) => t::error_danger(lang),
        (Field::Category, FieldError::Danger) => t::error_category_danger(lang),
        (Field::Category, _) => t::error_category(lang),
        (Field::Community, FieldError::Ambiguous) => t::error_community_ambiguous(lang),
        (Field::Community, FieldError::Missing) => t::error_community(lang),
        (Field::Community, _) => t::error_community_unknown(lang),
        (Field::Visibility, FieldError::MustBePrivate) => t::error_must_be_private(lang),
        (Field::Visibility, _) => t::error_visibility(lang),
        (Field::Description, FieldError::Missing) => t::error_description(lang),
        (Field::Place, FieldError::Missing) => t::error_place(lang),
        (Field::Position, _) => t::error_position(lang),
        (Field::Phone, FieldError::NoNumberToCall | FieldError::Missing) => {
            t::error_phone_missing(lang)
        }
        (Field::Phone, _) => t::error_phone(lang),
        (Field::Email, _) => t::error_email(lang),
        (Field::Description | Field::Place | Field::Name | Field::Photos, _) => {
            t::error_unreadable(lang)
        }
    };
    fixed.to_owned()
}

/// What to do about the first mistake of the field with this id.
pub fn error_of(lang: Lang, faults: &[Fault], field: &str) -> Option<String> {
    faults
        .iter()
        .find(|fault| fault.field() == field)
        .map(|fault| fault.text(lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_says_what_to_do_and_where() {
        let long = Fault::Draft(Field::Description, FieldError::TooLong(2000));
        assert_eq!(long.text(Lang::ZhHans), "最多写 2000 字，删短一点");
        assert_eq!(long.field(), "description");
        assert!(
            Fault::Code(CodeFault::Mistyped)
                .text(Lang::En)
                .contains("digit")
        );
        let here = [long, Fault::Draft(Field::Phone, FieldError::NotAPhone)];
        assert!(
            error_of(Lang::En, &here, "phone")
                .unwrap()
                .contains("phone number")
        );
        assert_eq!(error_of(Lang::En, &here, "place"), None);
    }
}
