//! What a use case answers instead of a result.

use domain::{
    access::Denied,
    decide::Refusal,
    draft::{Field, FieldError},
    reference::CaseNumber,
};

use crate::photos::PhotoError;

/// Why nothing happened. Every variant leaves the store as it was.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or this viewer may not know of it: the answer is the same.
    #[error("not found")]
    NotFound,
    /// The viewer knows of it, but this is not theirs to do.
    #[error("not allowed")]
    Forbidden,
    /// The rules say no, and why.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Fields to mend.
    #[error("fields to mend")]
    Invalid(Vec<(Field, FieldError)>),
    /// Somebody else changed the case first.
    #[error("the case has changed, it is at version {current}")]
    Conflict {
        /// The version that stands now.
        current: u32,
    },
    /// What bears this number in the system it came from is a case already.
    #[error("filed before, as {0}")]
    FiledBefore(CaseNumber),
    /// The key of an earlier filing with another content.
    #[error("this key was used for another filing")]
    KeyReused,
    /// Not a key of 22 to 64 characters.
    #[error("not an idempotency key")]
    BadKey,
    /// A photo did not pass the gate, or there is no room for it now.
    #[error(transparent)]
    Photo(#[from] PhotoError),
    /// Too many photos from this address, or in all.
    #[error("no room for photos now")]
    NoRoomForPhotos,
    /// What the city changed about itself does not fit its files.
    #[error(transparent)]
    City(#[from] domain::city::change::Undoable),
    /// The store.
    #[error(transparent)]
    Store(store::Error),
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Conflict { current } => Self::Conflict { current },
            other => Self::Store(other),
        }
    }
}

impl From<Denied> for Error {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Unseen => Self::NotFound,
            Denied::NotYours => Self::Forbidden,
        }
    }
}

/// The result of a use case.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The store cannot take this now; trying again shortly, under the same key, may help and does no
/// harm: what was kept all the same is answered, not written twice.
#[must_use]
pub fn is_busy(error: &store::Error) -> bool {
    matches!(
        error,
        store::Error::Busy | store::Error::TooLong | store::Error::Stopped | store::Error::Away(_)
    )
}
