//! The sign and the few pictures, drawn in the page so that nothing is fetched. Pictures repeat
//! what words beside them say, so they are hidden from screen readers.

use leptos::prelude::*;

/// The sign: a dot and its echoes.
#[component]
pub fn Sign() -> impl IntoView {
    view! {
        <svg class="sign" viewBox="0 0 40 40" fill="none" stroke="currentColor" stroke-width="3.2" stroke-linecap="round" aria-hidden="true">
            <circle cx="11" cy="20" r="4.5" fill="currentColor" stroke="none"></circle>
            <path d="M19 12a11.5 11.5 0 0 1 0 16M25 7a18.5 18.5 0 0 1 0 26M31 2.5a25 25 0 0 1 0 35"></path>
        </svg>
    }
    .into_any()
}

/// What a picture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// A whistle: tell the community.
    Whistle,
    /// A sheet of paper: services.
    Paper,
    /// A clock: follow a case.
    Clock,
    /// A telephone receiver.
    Phone,
    /// A lens: search.
    Lens,
}

impl Icon {
    /// The picture as markup.
    pub fn draw(self) -> AnyView {
        let path = match self {
            Self::Whistle => {
                "M4 16h18l4-5h9v8H24M15 14a10 10 0 1 0 0 20a10 10 0 0 0 0-20M15 21a3 3 0 1 0 0 6a3 3 0 0 0 0-6"
            }
            Self::Paper => "M9 4h16l8 8v24H9zM24 4v9h9M15 21h12M15 28h8",
            Self::Clock => "M20 5a15 15 0 1 0 0 30a15 15 0 0 0 0-30M20 11v10l7 4",
            Self::Phone => {
                "M9 5h6l3 8-4 3a22 22 0 0 0 10 10l3-4 8 3v6a3 3 0 0 1-3 3A27 27 0 0 1 6 8a3 3 0 0 1 3-3z"
            }
            Self::Lens => "M18 6a12 12 0 1 0 0 24a12 12 0 0 0 0-24M27 27l8 8",
        };
        view! {
            <svg viewBox="0 0 40 40" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
                <path d=path></path>
            </svg>
        }
        .into_any()
    }
}
