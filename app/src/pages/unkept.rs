//! Above a form that comes back as it was typed: why nothing of it was kept, and what to do.

use domain::{decide::Refusal, lang::Lang};
use http::StatusCode;
use leptos::prelude::*;

use crate::{parts::Callout, texts::t, words};

/// Why nothing of a form was kept. Whatever the reason, everything typed stays in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unkept {
    /// Too much at once, or the server is stopping: pressing again helps.
    Busy,
    /// The portal only shows at the moment.
    ReadOnly,
    /// There is no room to keep anything.
    Full,
    /// Our fault; the incident's number.
    Broken(String),
    /// The rules say no, and why.
    Because(Refusal),
    /// The report that somebody wanted to join cannot be joined any more.
    NoJoining,
    /// The report that this one is said to have come back from cannot be named any more.
    NotAgain,
    /// This form was sent before, with other content; it has a new key now.
    Sent,
}

impl Unkept {
    /// The HTTP status of the page.
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::Busy | Self::ReadOnly => StatusCode::SERVICE_UNAVAILABLE,
            Self::Full => StatusCode::INSUFFICIENT_STORAGE,
            Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Because(_) | Self::NoJoining | Self::NotAgain | Self::Sent => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
        }
    }

    /// In how many seconds pressing again may help; nothing where waiting does not.
    pub const fn retry_after(&self) -> Option<u64> {
        match self {
            Self::Busy => Some(5),
            Self::ReadOnly | Self::Full => Some(60),
            _ => None,
        }
    }

    fn texts(&self, lang: Lang) -> (&'static str, String) {
        let (title, text) = match self {
            Self::Busy => (t::whistle_busy_title(lang), t::oops_whistle_busy(lang)),
            Self::ReadOnly => (t::unkept_closed_title(lang), t::unkept_closed(lang)),
            Self::Full => (t::trouble_507_title(lang), t::oops_unkept_full(lang)),
            Self::Broken(incident) => {
                return (
                    t::trouble_500_title(lang),
                    t::oops_unkept_broken(lang, incident),
                );
            }
            Self::Because(refusal) => {
                let why = words::refusal(lang, *refusal);
                let why = why.unwrap_or_else(|| t::trouble_422(lang).to_owned());
                return (t::trouble_422_title(lang), why);
            }
            Self::NoJoining => (t::unkept_no_joining_title(lang), t::unkept_no_joining(lang)),
            Self::NotAgain => (t::unkept_again_title(lang), t::unkept_again(lang)),
            Self::Sent => (t::unkept_sent_title(lang), t::unkept_sent(lang)),
        };
        (title, text.to_owned())
    }
}

/// What stands above a form that comes back: how long to wait in a crowd, or why nothing was kept.
#[component]
pub fn Notices(
    lang: Lang,
    wait: Option<u64>,
    /// The button to press again is the one that joins a report.
    joining: bool,
    unkept: Option<Unkept>,
) -> impl IntoView {
    view! {
        {wait.map(|seconds| {
            let text = if joining {
                t::whistle_wait_join(lang, seconds)
            } else {
                t::whistle_wait_text(lang, seconds)
            };
            view! { <Callout kind="wait" title=t::whistle_wait_title(lang)><p>{text}</p></Callout> }
        })}
        {unkept.map(|unkept| {
            let (title, text) = unkept.texts(lang);
            view! { <Callout kind="alarm" title=title><p>{text}</p></Callout> }
        })}
    }
    .into_any()
}
