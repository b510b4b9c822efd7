//! What goes wrong at a door, and the page that says so with a way on.

use axum::response::{Html, IntoResponse, Response};
use casework::{Error, StoreError};
use domain::time::Millis;
use http::{HeaderValue, StatusCode, header::RETRY_AFTER};

use super::{Ask, Doors};
use crate::{
    http::body::FormError,
    pages::{DeskErrorPage, ErrorPage, Trouble, Unkept},
    parts::DeskBar,
    render,
};

/// Why there is no page.
#[derive(Debug)]
pub enum Oops {
    /// From a use case.
    Case(Error),
    /// The body is no form we read.
    Form(FormError),
    /// Too often; how long to wait.
    TooOften(Millis),
    /// The server only shows at the moment.
    ReadOnly,
    /// The case that somebody wanted to join cannot be joined any more.
    NoJoining,
}

impl From<Error> for Oops {
    fn from(error: Error) -> Self {
        Self::Case(error)
    }
}

impl Oops {
    fn trouble(&self) -> Trouble {
        match self {
            Self::Form(FormError::TooLarge) => Trouble::TooLarge,
            Self::Form(FormError::NotAForm) => Trouble::WrongWay,
            Self::Form(FormError::Malformed) | Self::Case(Error::BadKey) => Trouble::Unreadable,
            Self::TooOften(wait) => Trouble::TooMany(seconds(*wait)),
            Self::ReadOnly => Trouble::Maintenance,
            Self::NoJoining => Trouble::Refused,
            Self::Case(error) => match error {
                Error::NotFound => Trouble::NotFound,
                Error::Forbidden => Trouble::Forbidden,
                Error::Refused(why) => Trouble::Because(*why),
                Error::Invalid(_)
                | Error::Conflict { .. }
                | Error::FiledBefore(_)
                | Error::KeyReused
                | Error::Photo(_) => Trouble::Refused,
                Error::NoRoomForPhotos => Trouble::Busy,
                Error::Store(StoreError::Full) => Trouble::Full,
                Error::Store(error) if casework::is_busy(error) => Trouble::Busy,
                Error::City(error) => {
                    let incident = incident(error);
                    tracing::error!(incident, error = %error, "the city cannot be made");
                    Trouble::Broken(incident)
                }
                Error::Store(error) => {
                    // Logged once, here; the page shows only the number to name on the phone.
                    let incident = incident(error);
                    tracing::error!(incident, error = %error, "the store could not answer");
                    Trouble::Broken(incident)
                }
                Error::BadKey => Trouble::Unreadable,
            },
        }
    }
}

impl Oops {
    /// Why nothing of a form was kept, where its page can come back with everything typed; nothing
    /// where another page has to say it.
    pub(super) fn unkept(&self) -> Option<Unkept> {
        Some(match self {
            Self::ReadOnly => Unkept::ReadOnly,
            Self::NoJoining => Unkept::NoJoining,
            Self::Case(Error::KeyReused) => Unkept::Sent,
            Self::Case(Error::Refused(refusal)) => Unkept::Because(*refusal),
            // Somebody else was faster; pressed again it is decided on what stands then.
            Self::Case(Error::Conflict { .. }) => Unkept::Busy,
            Self::Case(Error::Store(_)) => match self.trouble() {
                Trouble::Full => Unkept::Full,
                Trouble::Broken(incident) => Unkept::Broken(incident),
                _ => Unkept::Busy,
            },
            _ => return None,
        })
    }
}

/// A short number for the log and the page: it names the failure, not the person.
fn incident(error: &dyn std::fmt::Display) -> String {
    use sha2::{Digest, Sha256};
    hex::encode(&Sha256::digest(error.to_string().as_bytes())[..4])
}

/// Whole seconds, at least one.
pub(super) fn seconds(wait: Millis) -> u64 {
    u64::try_from(wait.millis().max(0))
        .unwrap_or(0)
        .div_ceil(1000)
        .max(1)
}

/// The page that tells what went wrong.
#[must_use]
pub fn page(doors: &Doors, ask: &Ask, oops: &Oops) -> Response {
    told(doors, ask, None, oops)
}

/// The same for who is signed in, at the desk.
pub(super) fn page_at_desk(doors: &Doors, ask: &Ask, bar: DeskBar, oops: &Oops) -> Response {
    told(doors, ask, Some(bar), oops)
}

fn told(doors: &Doors, ask: &Ask, bar: Option<DeskBar>, oops: &Oops) -> Response {
    let trouble = oops.trouble();
    let wait = match &trouble {
        Trouble::TooMany(seconds) => Some(*seconds),
        Trouble::Busy => Some(5),
        Trouble::Maintenance => Some(60),
        _ => None,
    };
    let status = match oops {
        Oops::Form(error) => error.status(),
        _ => StatusCode::from_u16(trouble.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
    };
    let here = doors.here(ask);
    let html = match bar {
        None => render::page(move || leptos::view! { <ErrorPage here trouble /> }),
        Some(bar) => render::page(move || leptos::view! { <DeskErrorPage here bar trouble /> }),
    };
    let mut response = (status, Html(html)).into_response();
    if let Some(wait) = wait {
        response
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from(wait));
    }
    ask.remember(response, doors.https)
}
