//! The parts of a case that change by themselves while its page stands open: head, story and facts.
//!
//! They bear ids, by which the island `LiveStory` puts the server's newer ones in their place. What
//! somebody may be writing in is never part of them.

use casework::views::CaseStory;
use domain::lang::Lang;
use leptos::prelude::*;

use super::case::{CaseBody, CaseFacts, CaseHead};
use crate::{
    here::Here,
    islands::{LiveStory, LiveWords, NEWS},
    texts::t,
    words,
};

/// Title and state, and the place where the page says what is new.
#[component]
pub fn LiveHead(
    here: Here,
    story: CaseStory,
    /// It is shown to one of its people, who may be writing below.
    own: bool,
) -> impl IntoView {
    let lang = here.lang();
    let number = story.card.number.clone();
    let part = if own {
        format!("/track?part=story&number={number}")
    } else {
        format!("/cases/{number}?part=story")
    };
    let (keep, again) = if own {
        (t::live_keep(lang), t::live_again(lang))
    } else {
        ("", "")
    };
    let words = LiveWords {
        source: format!("/events?case={number}"),
        part,
        changed: t::live_changed(lang).to_owned(),
        keep: keep.to_owned(),
        again: again.to_owned(),
        page: "/track".to_owned(),
        ..LiveWords::default()
    };
    view! {
        <HeadPart here story />
        <div class="live" id=NEWS role="status" data-words=words.sent()></div>
        <LiveStory />
    }
    .into_any()
}

#[component]
fn HeadPart(here: Here, story: CaseStory) -> impl IntoView {
    let title = words::case_title(here.lang(), &story.card);
    view! { <div id="live-head" data-live><CaseHead here story title /></div> }.into_any()
}

/// The words, the photos and what happened.
#[component]
pub fn LiveBody(here: Here, story: CaseStory) -> impl IntoView {
    let count = story.timeline.len();
    let news = news(here.lang(), &story);
    view! {
        <div id="live-story" data-live data-count=count data-news=news><CaseBody here story /></div>
    }
    .into_any()
}

/// The last that happened, as it is said while the page stands open.
fn news(lang: Lang, story: &CaseStory) -> Option<String> {
    let last = story.timeline.last()?;
    Some(t::live_news(lang, words::headline(lang, last)))
}

/// Number, category, community, who has it.
#[component]
pub fn LiveFacts(here: Here, story: CaseStory) -> impl IntoView {
    view! { <div id="live-facts" data-live><CaseFacts here story /></div> }.into_any()
}

/// All parts, as a page that stands open fetches them.
#[component]
pub fn StoryParts(here: Here, story: CaseStory) -> impl IntoView {
    let lang = here.lang().tag();
    view! {
        <div id="live" lang=lang>
            <HeadPart here=here.clone() story=story.clone() />
            <LiveBody here=here.clone() story=story.clone() />
            <LiveFacts here story />
        </div>
    }
    .into_any()
}
