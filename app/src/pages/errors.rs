//! What went wrong, whose fault it was, and the way on.

use domain::{decide::Refusal, lang::Lang};
use leptos::prelude::*;

use crate::{
    here::Here,
    parts::{DeskBar, Page, SearchBox},
    texts::t,
    words,
};

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// 400: the request could not be read.
    Unreadable,
    /// 403: not from this site, or not for this person.
    Forbidden,
    /// 404: nothing under this address.
    NotFound,
    /// 405 and 415: the address is right, the way of asking is not.
    WrongWay,
    /// 413: more than is taken at once.
    TooLarge,
    /// 422: understood and not possible as it stands.
    Refused,
    /// 422: the rules say no, and why.
    Because(Refusal),
    /// 429: too often; the seconds to wait.
    TooMany(u64),
    /// 500: our fault; the incident's number.
    Broken(String),
    /// 503: busy or being worked on.
    Busy,
    /// 503: only looking is possible at the moment.
    Maintenance,
    /// 507: no room to keep anything.
    Full,
}

impl Trouble {
    /// The HTTP status it is told with.
    pub const fn status(&self) -> u16 {
        match self {
            Self::Unreadable => 400,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::WrongWay => 405,
            Self::TooLarge => 413,
            Self::Refused | Self::Because(_) => 422,
            Self::TooMany(_) => 429,
            Self::Broken(_) => 500,
            Self::Busy | Self::Maintenance => 503,
            Self::Full => 507,
        }
    }

    fn texts(&self, lang: Lang) -> (&'static str, String) {
        match self {
            Self::Unreadable => (t::trouble_400_title(lang), t::trouble_400(lang).to_owned()),
            Self::Forbidden => (t::trouble_403_title(lang), t::trouble_403(lang).to_owned()),
            Self::NotFound => (t::trouble_404_title(lang), t::trouble_404(lang).to_owned()),
            Self::WrongWay => (t::trouble_405_title(lang), t::trouble_405(lang).to_owned()),
            Self::TooLarge => (t::trouble_413_title(lang), t::trouble_413(lang).to_owned()),
            Self::Refused => (t::trouble_422_title(lang), t::trouble_422(lang).to_owned()),
            Self::Because(why) => (
                t::trouble_422_title(lang),
                words::refusal(lang, *why).unwrap_or_else(|| t::trouble_422(lang).to_owned()),
            ),
            Self::TooMany(wait) => (t::trouble_429_title(lang), t::trouble_429(lang, *wait)),
            Self::Broken(incident) => (t::trouble_500_title(lang), t::oops_500(lang, incident)),
            Self::Busy => (t::trouble_503_title(lang), t::oops_503(lang).to_owned()),
            Self::Maintenance => (
                t::trouble_maintenance_title(lang),
                t::trouble_maintenance(lang).to_owned(),
            ),
            Self::Full => (t::trouble_507_title(lang), t::oops_507(lang).to_owned()),
        }
    }
}

impl Trouble {
    /// The same for somebody at the desk: what is not there and what is not theirs is one answer.
    fn texts_at_desk(&self, lang: Lang) -> (&'static str, String) {
        match self {
            Self::Forbidden => (
                t::trouble_403_desk_title(lang),
                t::trouble_403_desk(lang).to_owned(),
            ),
            Self::NotFound => (
                t::trouble_404_desk_title(lang),
                t::trouble_404_desk(lang).to_owned(),
            ),
            other => other.texts(lang),
        }
    }
}

/// Any error page. It needs nothing but the address and the reader, so it works when all else
/// does not.
#[component]
pub fn ErrorPage(here: Here, trouble: Trouble) -> impl IntoView {
    let lang = here.lang();
    let (title, text) = trouble.texts(lang);
    let search = trouble == Trouble::NotFound;
    let hotline = here.site.hotline.clone();
    view! {
        <Page here=here.clone() title=title unlisted=true>
            <div class="narrow stack">
                <h1>{title}</h1>
                <p>{text}</p>
                {search.then(|| view! {
                    <SearchBox
                        lang action="/cases" label=t::home_search_label(lang)
                        placeholder=t::home_search_placeholder(lang)
                    />
                })}
                <div class="btns">
                    <a class="btn" href="/">{t::receipt_home(lang)}</a>
                    <a href="/whistle">{t::nav_whistle(lang)}</a>
                    <a href="/track">{t::nav_track(lang)}</a>
                </div>
                {hotline.map(|line| view! {
                    <p class="soft">
                        {t::trouble_call(lang)} " "
                        <a href=format!("tel:{}", line.number)>{line.number.clone()}</a>
                    </p>
                })}
                <p class="small soft">{t::trouble_status(lang, trouble.status())}</p>
            </div>
        </Page>
    }
    .into_any()
}

/// An error page of the desk, for who is signed in: the frame of the desk, and the way back to it.
#[component]
pub fn DeskErrorPage(here: Here, bar: DeskBar, trouble: Trouble) -> impl IntoView {
    let lang = here.lang();
    let (title, text) = trouble.texts_at_desk(lang);
    view! {
        <Page here=here.clone() title=title desk=bar unlisted=true>
            <div class="narrow stack">
                <h1>{title}</h1>
                <p>{text}</p>
                <div class="btns"><a class="btn" href="/desk">{t::trouble_desk_back(lang)}</a></div>
                <p class="small soft">{t::trouble_status(lang, trouble.status())}</p>
            </div>
        </Page>
    }
    .into_any()
}
