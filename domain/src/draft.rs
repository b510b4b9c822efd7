//! What a resident types on `/whistle`, and the one set of checks on it.
//!
//! The server runs these checks on every post, the machine interface on every filing, and the
//! browser while one types. Errors are codes with their field; sentences are the pages' business.

mod contact;

use self::contact::check_email;
pub use self::contact::{Contact, check_phone};
use crate::{
    area::AreaKind,
    city::{Ground, Standing, Taken},
    fold,
    ids::{AreaCode, CategoryCode},
    place::{Place, Position},
    text::{Description, PersonName, PlaceText, TextError},
    time::Timestamp,
    visibility::Visibility,
};

/// How many photos one filing takes.
pub const MAX_PHOTOS: usize = 6;

/// What was typed, untouched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// `no` once the danger question is answered; `yes` shows the numbers instead.
    pub danger: String,
    /// Category code.
    pub category: String,
    /// Community code, or name as typed.
    pub community: String,
    /// What is wrong.
    pub description: String,
    /// Where, in words.
    pub place: String,
    /// Degrees north, WGS-84.
    pub latitude: String,
    /// Degrees east, WGS-84.
    pub longitude: String,
    /// Accuracy in metres as the device tells it.
    pub accuracy: String,
    /// `public`, `public_without_detail`, `private`; empty takes the category's default.
    pub visibility: String,
    /// Name, never required.
    pub name: String,
    /// Telephone.
    pub phone: String,
    /// Mail address.
    pub email: String,
    /// Ticked: the handler may call.
    pub may_call: bool,
    /// How many photos are attached.
    pub photos: usize,
}

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The danger question.
    Danger,
    /// Description.
    Description,
    /// Category.
    Category,
    /// Community.
    Community,
    /// Place in words.
    Place,
    /// Position.
    Position,
    /// Photos.
    Photos,
    /// Visibility.
    Visibility,
    /// Telephone.
    Phone,
    /// Name.
    Name,
    /// Mail.
    Email,
}

impl Field {
    /// Every field, in the order of the form.
    pub const ALL: [Self; 11] = [
        Self::Danger,
        Self::Description,
        Self::Category,
        Self::Community,
        Self::Place,
        Self::Position,
        Self::Photos,
        Self::Visibility,
        Self::Phone,
        Self::Name,
        Self::Email,
    ];

    /// The field's name in forms and in machine errors.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Danger => "danger",
            Self::Category => "category",
            Self::Description => "description",
            Self::Community => "community",
            Self::Place => "place",
            Self::Position => "position",
            Self::Photos => "photos",
            Self::Visibility => "visibility",
            Self::Name => "name",
            Self::Phone => "phone",
            Self::Email => "email",
        }
    }
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FieldError {
    /// Nothing there.
    Missing,
    /// Shorter than this many characters.
    TooShort(usize),
    /// Longer than this many characters.
    TooLong(usize),
    /// Control characters.
    Unprintable,
    /// Not on the list.
    Unknown,
    /// Several communities bear this name or word.
    Ambiguous,
    /// Not a telephone number.
    NotAPhone,
    /// Not a mail address.
    NotAnEmail,
    /// Not a position on earth.
    NotAPosition,
    /// The category must stay private.
    MustBePrivate,
    /// Danger: call, do not write.
    Danger,
    /// A call was allowed, but no number was left.
    NoNumberToCall,
    /// More photos than a filing takes.
    TooMany(usize),
}

impl FieldError {
    /// The error's name, without its number.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::TooShort(_) => "too_short",
            Self::TooLong(_) => "too_long",
            Self::Unprintable => "unprintable",
            Self::Unknown => "unknown",
            Self::Ambiguous => "ambiguous",
            Self::NotAPhone => "not_a_phone",
            Self::NotAnEmail => "not_an_email",
            Self::NotAPosition => "not_a_position",
            Self::MustBePrivate => "must_be_private",
            Self::Danger => "danger",
            Self::NoNumberToCall => "no_number_to_call",
            Self::TooMany(_) => "too_many",
        }
    }
}

/// Everything [`Draft::check`] may find wrong, so that a browser can be given the sentence for
/// each before it is needed.
pub const FAULTS: [(Field, FieldError); 23] = [
    (Field::Danger, FieldError::Missing),
    (Field::Danger, FieldError::Danger),
    (Field::Description, FieldError::Missing),
    (Field::Description, FieldError::TooShort(Description::MIN)),
    (Field::Description, FieldError::TooLong(Description::MAX)),
    (Field::Description, FieldError::Unprintable),
    (Field::Category, FieldError::Missing),
    (Field::Category, FieldError::Unknown),
    (Field::Category, FieldError::Danger),
    (Field::Community, FieldError::Missing),
    (Field::Community, FieldError::Unknown),
    (Field::Community, FieldError::Ambiguous),
    (Field::Place, FieldError::TooLong(PlaceText::MAX)),
    (Field::Place, FieldError::Unprintable),
    (Field::Position, FieldError::NotAPosition),
    (Field::Photos, FieldError::TooMany(MAX_PHOTOS)),
    (Field::Visibility, FieldError::Unknown),
    (Field::Visibility, FieldError::MustBePrivate),
    (Field::Name, FieldError::TooLong(PersonName::MAX)),
    (Field::Name, FieldError::Unprintable),
    (Field::Phone, FieldError::NotAPhone),
    (Field::Phone, FieldError::NoNumberToCall),
    (Field::Email, FieldError::NotAnEmail),
];

/// A draft that holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// A leaf category.
    pub category: CategoryCode,
    /// A community of today.
    pub community: AreaCode,
    /// What is wrong.
    pub description: Description,
    /// Where.
    pub place: Option<Place>,
    /// Who may see it.
    pub visibility: Visibility,
    /// How to reach the reporter.
    pub contact: Contact,
    /// The handler may call.
    pub may_call: bool,
}

fn text_error(error: TextError) -> FieldError {
    match error {
        TextError::Empty => FieldError::Missing,
        TextError::TooShort { min, .. } => FieldError::TooShort(min),
        TextError::TooLong { max, .. } => FieldError::TooLong(max),
        TextError::Control => FieldError::Unprintable,
    }
}

/// Checks a description alone, as the browser does while one types.
///
/// # Errors
/// The error to show beside the field.
pub fn check_description(text: &str) -> Result<Description, FieldError> {
    Description::new(text).map_err(text_error)
}

impl Draft {
    /// Reads a posted form, or one that is about to be posted: `text` is the first value of a
    /// name, empty without one. Photos are not texts; whoever counts them sets their number.
    #[must_use]
    pub fn read(text: impl Fn(&str) -> String) -> Self {
        // One of several that bear the name that was typed.
        let chosen = text("community_choice");
        Self {
            danger: text("danger"),
            category: text("category"),
            community: if chosen.is_empty() {
                text("community")
            } else {
                chosen
            },
            description: text("description"),
            place: text("place"),
            latitude: text("lat"),
            longitude: text("lng"),
            accuracy: text("accuracy"),
            visibility: text("visibility"),
            name: text("name"),
            phone: text("phone"),
            email: text("email"),
            may_call: text("may_call") == "yes",
            photos: 0,
        }
    }

    /// Checks everything, so that one look shows all that is to mend.
    ///
    /// # Errors
    /// Every field with its error, in the order of the form.
    pub fn check(
        &self,
        ground: &impl Ground,
        now: Timestamp,
    ) -> Result<Checked, Vec<(Field, FieldError)>> {
        let mut errors = Vec::new();
        let mut note = |field, error| errors.push((field, error));

        match self.danger.as_str() {
            "no" => {}
            "yes" => note(Field::Danger, FieldError::Danger),
            _ => note(Field::Danger, FieldError::Missing),
        }
        let description = check_description(&self.description)
            .map_err(|e| note(Field::Description, e))
            .ok();
        let category = self
            .category(ground)
            .map_err(|error| note(Field::Category, error))
            .ok();
        let community = self
            .community(ground, now)
            .map_err(|error| note(Field::Community, error))
            .ok();
        let place = PlaceText::new(&self.place)
            .map_err(|error| note(Field::Place, text_error(error)))
            .ok();
        let position = self
            .position()
            .map_err(|error| note(Field::Position, error))
            .ok();
        if self.photos > MAX_PHOTOS {
            note(Field::Photos, FieldError::TooMany(MAX_PHOTOS));
        }
        let visibility = self
            .visibility(category.as_ref().map(|(_, taken)| *taken))
            .map_err(|error| note(Field::Visibility, error))
            .ok();
        let phone = check_phone(&self.phone)
            .map_err(|error| note(Field::Phone, error))
            .ok();
        if self.may_call && phone.as_ref().is_some_and(String::is_empty) {
            note(Field::Phone, FieldError::NoNumberToCall);
        }
        let name = PersonName::new(&self.name)
            .map_err(|error| note(Field::Name, text_error(error)))
            .ok();
        let email = check_email(&self.email)
            .map_err(|error| note(Field::Email, error))
            .ok();

        match (
            category,
            description,
            community,
            place,
            position,
            visibility,
            name,
            phone,
            email,
        ) {
            (
                Some((category, _)),
                Some(description),
                Some(community),
                Some(place),
                Some(position),
                Some(visibility),
                Some(name),
                Some(phone),
                Some(email),
            ) if errors.is_empty() => {
                let place = (!place.is_empty() || position.is_some()).then_some(Place {
                    text: place,
                    position,
                });
                let contact = Contact {
                    name: name.as_str().to_owned(),
                    phone,
                    email,
                };
                Ok(Checked {
                    category,
                    community,
                    description,
                    place,
                    visibility,
                    contact,
                    may_call: self.may_call,
                })
            }
            _ => Err(errors),
        }
    }

    /// The community that was typed, if it can be told.
    #[must_use]
    pub fn community_code(&self, ground: &impl Ground, now: Timestamp) -> Option<AreaCode> {
        self.community(ground, now).ok()
    }

    /// The position that was given, if it is one.
    #[must_use]
    pub fn checked_position(&self) -> Option<Position> {
        self.position().ok().flatten()
    }

    fn category(&self, ground: &impl Ground) -> Result<(CategoryCode, Taken), FieldError> {
        if self.category.is_empty() {
            return Err(FieldError::Missing);
        }
        let code = CategoryCode::new(self.category.as_str()).map_err(|_| FieldError::Unknown)?;
        match ground.standing(&code) {
            Some(Standing::Danger) => Err(FieldError::Danger),
            Some(Standing::Takes(taken)) => Ok((code, taken)),
            None => Err(FieldError::Unknown),
        }
    }

    /// The community by code, by any of its names, or not at all.
    fn community(&self, ground: &impl Ground, now: Timestamp) -> Result<AreaCode, FieldError> {
        let typed = self.community.trim();
        if typed.is_empty() {
            return Err(FieldError::Missing);
        }
        let code = AreaCode::new(typed).ok();
        if let Some(area) = code.and_then(|code| ground.areas().at(&code, now))
            && area.kind == AreaKind::Community
        {
            return Ok(area.code.clone());
        }
        let typed = plain_name(typed);
        let found: Vec<_> = ground
            .areas()
            .of_kind(AreaKind::Community, now)
            .into_iter()
            .filter(|area| {
                let names = [
                    &area.names.zh_hans,
                    &area.names.zh_hant,
                    &area.names.en,
                    &area.pinyin,
                ];
                names
                    .into_iter()
                    .chain(&area.formerly)
                    .any(|name| plain_name(name) == typed)
            })
            .collect();
        match found.as_slice() {
            [one] => Ok(one.code.clone()),
            [] => Err(FieldError::Unknown),
            _ => Err(FieldError::Ambiguous),
        }
    }

    fn position(&self) -> Result<Option<Position>, FieldError> {
        let (lat, lng) = (self.latitude.trim(), self.longitude.trim());
        if lat.is_empty() && lng.is_empty() {
            return Ok(None);
        }
        let accuracy = match self.accuracy.trim() {
            "" => None,
            metres => {
                // Whole metres are more than any device knows.
                let whole = metres.split_once('.').map_or(metres, |(whole, _)| whole);
                Some(whole.parse().map_err(|_| FieldError::NotAPosition)?)
            }
        };
        Position::parse(lat, lng, accuracy)
            .map(Some)
            .map_err(|_| FieldError::NotAPosition)
    }

    fn visibility(&self, taken: Option<Taken>) -> Result<Visibility, FieldError> {
        let asked = match self.visibility.as_str() {
            "" => taken.map_or(Visibility::Private, |taken| taken.usual),
            word => Visibility::parse(word).ok_or(FieldError::Unknown)?,
        };
        if taken.is_some_and(|taken| taken.always_private) {
            // Asking for nothing is asking for what the category must be.
            if asked != Visibility::Private && !self.visibility.is_empty() {
                return Err(FieldError::MustBePrivate);
            }
            return Ok(Visibility::Private);
        }
        Ok(asked)
    }
}

/// A name as people type it: either script, any case, with or without 社区 or 村.
fn plain_name(name: &str) -> String {
    let key = fold::key(name);
    let rest = ["社区", "村", "community"]
        .iter()
        .find_map(|ending| key.strip_suffix(ending));
    rest.filter(|rest| !rest.is_empty())
        .map_or(key.clone(), str::to_owned)
}
