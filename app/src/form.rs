//! What can be wrong with a form, apart from how it is said.

use domain::lang::Lang;

use crate::texts::t;

/// What is wrong with one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing was written or chosen.
    Missing,
    /// Fewer characters than this.
    TooShort(usize),
    /// More characters than this; the second number is how many there are.
    TooLong(usize, usize),
    /// Holds characters that cannot be stored.
    Control,
    /// Not one of what can be chosen.
    Unknown,
    /// Does not look like what it should be.
    Malformed,
    /// The check digit disagrees: a digit was mistyped.
    Mistyped,
    /// Nobody knows it.
    NotFound,
    /// More photos than this.
    TooMany(usize),
    /// A file larger than this many megabytes.
    TooBig(usize),
    /// A file that is not a photo we can read.
    NotAPhoto,
    /// Photos cannot be taken in at the moment; text can.
    NoRoom,
    /// A staged photo is gone (after 24 hours, or already used).
    Gone,
    /// One of several ways of reaching the person is needed.
    NoContact,
}

/// A field of one of the residents' forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// Is somebody in danger?
    Danger,
    /// The category.
    Category,
    /// What happened.
    Description,
    /// The community.
    Community,
    /// The place in words.
    Place,
    /// The photos.
    Photos,
    /// Who may see it.
    Visibility,
    /// Name of the reporter.
    Name,
    /// Phone of the reporter.
    Phone,
    /// Mail of the reporter.
    Email,
    /// Receipt code.
    Code,
    /// A text added later.
    Text,
}

impl Field {
    /// The field's name in the form, which is also its id on the page.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Danger => "danger",
            Self::Category => "category",
            Self::Description => "description",
            Self::Community => "community",
            Self::Place => "place",
            Self::Photos => "photos",
            Self::Visibility => "visibility",
            Self::Name => "name",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Code => "code",
            Self::Text => "text",
        }
    }
}

/// One mistake of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Where.
    pub field: Field,
    /// What.
    pub fault: Fault,
}

impl Mistake {
    /// A mistake.
    pub const fn new(field: Field, fault: Fault) -> Self {
        Self { field, fault }
    }

    /// What to do about it, in the reader's language.
    pub fn text(self, lang: Lang) -> String {
        match (self.field, self.fault) {
            (Field::Danger, _) => t::error_danger(lang).to_owned(),
            (Field::Category, _) => t::error_category(lang).to_owned(),
            (Field::Community, Fault::Missing) => t::error_community(lang).to_owned(),
            (Field::Community, _) => t::error_community_unknown(lang).to_owned(),
            (Field::Visibility, _) => t::error_visibility(lang).to_owned(),
            (Field::Description, Fault::Missing) => t::error_description(lang).to_owned(),
            (Field::Text, Fault::Missing) => t::error_text(lang).to_owned(),
            (Field::Place, Fault::Missing) => t::error_place(lang).to_owned(),
            (Field::Phone, Fault::Missing) => t::error_phone_missing(lang).to_owned(),
            (Field::Phone, Fault::Malformed) => t::error_phone(lang).to_owned(),
            (Field::Email, Fault::Malformed) => t::error_email(lang).to_owned(),
            (Field::Code, Fault::Missing) => t::error_code(lang).to_owned(),
            (Field::Code, Fault::Mistyped) => t::error_code_mistyped(lang).to_owned(),
            (Field::Code, Fault::NotFound) => t::error_code_not_found(lang).to_owned(),
            (Field::Code, _) => t::error_code_malformed(lang).to_owned(),
            (_, Fault::TooShort(least)) => t::error_too_short(lang, least),
            (_, Fault::TooLong(most, now)) => {
                t::error_too_long(lang, most, now.saturating_sub(most))
            }
            (_, Fault::Control) => t::error_control(lang).to_owned(),
            (_, Fault::TooMany(most)) => t::error_photos_too_many(lang, most),
            (_, Fault::TooBig(most)) => t::error_photo_too_big(lang, most),
            (_, Fault::NotAPhoto) => t::error_photo_unreadable(lang).to_owned(),
            (_, Fault::NoRoom) => t::error_photo_no_room(lang).to_owned(),
            (_, Fault::Gone) => t::error_photo_gone(lang).to_owned(),
            (_, Fault::NoContact) => t::error_no_contact(lang).to_owned(),
            (
                _,
                Fault::Missing
                | Fault::Unknown
                | Fault::Malformed
                | Fault::Mistyped
                | Fault::NotFound,
            ) => t::error_unreadable(lang).to_owned(),
        }
    }
}

/// What to do about the first mistake of `field`.
pub fn error_of(lang: Lang, mistakes: &[Mistake], field: Field) -> Option<String> {
    mistakes
        .iter()
        .find(|mistake| mistake.field == field)
        .map(|mistake| mistake.text(lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_says_what_to_do() {
        let long = Mistake::new(Field::Description, Fault::TooLong(2000, 2034));
        assert_eq!(long.text(Lang::ZhHans), "最多写 2000 字，现在多了 34 字");
        let code = Mistake::new(Field::Code, Fault::Mistyped);
        assert!(code.text(Lang::En).contains("digit"));
    }
}
