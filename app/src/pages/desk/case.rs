//! `/desk/cases/{number}`: the whole story, who came and who did not, and what this person may do
//! now.

mod beside;
mod called;

use casework::views::{CaseCard, DeskCase, Entry};
use domain::{case::Awaits, lang::Lang, verb::Verb};
use leptos::prelude::*;

use self::{
    beside::{FactsPart, reach, to_score},
    called::{Parts, engaged},
};
use super::{
    acts::{Acts, KeptAct},
    keys::{KeyList, KeysOf},
    live::{LiveDesk, PartsAlone},
    photo::PhotoDone,
};
use crate::{
    here::Here,
    islands::{DeskUnsent, UNSENT, UnsentWords},
    pages::{
        Unkept,
        case::{CaseHappened, CaseHead, CaseTold},
        unkept::Notices,
    },
    parts::{Breadcrumb, Callout, DeskBar, ErrorSummary, Page, Timeline},
    texts::t,
    words::{self, staff},
};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct DeskCaseView {
    /// The case.
    pub case: DeskCase,
    /// Who looks, by their id.
    pub whose: String,
    /// The key of a form with photos.
    pub key: String,
    /// An act that did not go through.
    pub kept: Option<KeptAct>,
    /// What happened since the person looked.
    pub news: Vec<Entry>,
    /// What just went through.
    pub done: Option<Done>,
    /// What of the person's own runs out next, after an act.
    pub next: Option<CaseCard>,
    /// How to reach the reporter, this once: name, phone, mail.
    pub contact: Option<Vec<(&'static str, String)>>,
    /// The reason for a look was missing.
    pub no_reason: bool,
    /// Why nothing was kept.
    pub unkept: Option<Unkept>,
    /// What became of a score that was given.
    pub score: Option<Scored>,
}

/// What just went through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// An act.
    Act(Verb),
    /// What was ruled of a photo.
    Photo(PhotoDone),
}

/// What became of a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scored {
    /// It is kept.
    Kept,
    /// None was chosen.
    Missing,
}

/// `/desk/cases/{number}`
#[component]
pub fn DeskCasePage(here: Here, bar: DeskBar, shown: DeskCaseView) -> impl IntoView {
    let lang = here.lang();
    let DeskCaseView {
        case,
        whose,
        key,
        kept,
        news,
        done,
        next,
        contact,
        no_reason,
        unkept,
        score,
    } = shown;
    let title = words::case_title(lang, &case.story.card);
    let number = case.story.card.number.clone();
    let acts = Acts {
        here: &here,
        action: format!("/desk/cases/{}", case.story.card.number),
        firm: false,
        field: bar.phone_of.as_deref(),
        case: &case,
        key: &key,
        kept: kept.as_ref(),
    };
    let items = acts.mistakes();
    let bad = u64::try_from(items.len()).unwrap_or(u64::MAX);
    let (moved, is_kept) = (!news.is_empty(), kept.is_some());
    let stray = kept
        .as_ref()
        .filter(|_| !acts.keeps_its_place())
        .and_then(|kept| kept.fields.iter().find(|(name, _)| name == "text"))
        .map(|(_, text)| text.clone())
        .filter(|text| !text.trim().is_empty());
    let (first, more) = (acts_part(lang, &acts), more_part(&acts));
    let firms = engaged(&here, &acts);
    let unsent = UnsentWords {
        case: number.clone(),
        whose,
        back: t::desk_unsent(lang).to_owned(),
    };
    let crumbs = vec![("/desk".to_owned(), t::desk_title(lang).to_owned())];
    view! {
        <Page here=here.clone() title=title.clone() desk=bar unlisted=true>
            <Breadcrumb lang links=crumbs />
            {done.map(|done| view! {
                <Callout kind="done">
                    <p role="status">{said(lang, done, case.awaits)}</p>
                    <p class="after">
                        {next.map(|next| view! {
                            <a href=format!("/desk/cases/{}", next.number)>
                                {t::desk_next(lang, words::case_title(lang, &next))}
                            </a>" "
                        })}
                        <a href="/desk">{t::desk_back(lang)}</a>
                    </p>
                </Callout>
            })}
            <Notices lang wait=None joining=false unkept />
            {moved.then(|| view! {
                <Callout kind="wait" title=t::desk_conflict_title(lang)>
                    <p>{t::desk_conflict(lang)}</p>
                </Callout>
            })}
            <ErrorSummary title=t::error_title(lang, bad) items />
            <LiveDesk here=here.clone() source=format!("/desk/events?case={number}") kept=is_kept />
            <div class="two desk-case">
                <div>
                    <HeadPart here=here.clone() case=case.clone() />
                    {moved.then(|| view! {
                        <section class="more">
                            <h2>{t::desk_news(lang)}</h2>
                            <Timeline here=here.clone() entries=news />
                        </section>
                    })}
                    {stray.map(|text| view! {
                        <section class="ask stack" id="do-nowhere-act">
                            <h2>{t::track_stray_title(lang)}</h2>
                            <p>{t::track_stray(lang)}</p>
                            <div class="words">{words::paragraphs(lang, &text)}</div>
                        </section>
                    })}
                    {first}
                    {firms}
                    <StoryPart here=here.clone() case=case.clone() />
                    {more}
                </div>
                <aside class="stack">
                    <FactsPart here=here.clone() case=case.clone() />
                    {to_score(lang, &case, score)}
                    {reach(lang, &case, contact, no_reason)}
                    <p class="noprint"><a href=format!("/cases/{number}")>{t::desk_public_page(lang)}</a></p>
                </aside>
            </div>
            <KeyList lang of=KeysOf::Case />
            <div id=UNSENT data-words=unsent.sent() hidden=true></div>
            <DeskUnsent />
        </Page>
    }
    .into_any()
}

/// The parts that change by themselves, as a page that stands open fetches them.
#[component]
pub fn DeskCaseParts(
    here: Here,
    case: DeskCase,
    key: String,
    /// Whose own phone it is on.
    field: Option<String>,
) -> impl IntoView {
    let lang = here.lang();
    let acts = Acts {
        here: &here,
        action: format!("/desk/cases/{}", case.story.card.number),
        firm: false,
        field: field.as_deref(),
        case: &case,
        key: &key,
        kept: None,
    };
    let (first, more) = (acts_part(lang, &acts), more_part(&acts));
    let firms = engaged(&here, &acts);
    view! {
        <PartsAlone here=here.clone()>
            <HeadPart here=here.clone() case=case.clone() />
            {first}
            {firms}
            <StoryPart here=here.clone() case=case.clone() />
            {more}
            <FactsPart here=here.clone() case=case.clone() />
        </PartsAlone>
    }
    .into_any()
}

#[component]
fn HeadPart(here: Here, case: DeskCase) -> impl IntoView {
    let lang = here.lang();
    let title = words::case_title(lang, &case.story.card);
    let waits: Vec<_> = staff::awaits(lang, case.awaits)
        .into_iter()
        .map(|text| view! { <span class="tag wait">{text}</span>" " })
        .collect();
    let reused: Vec<_> = case
        .reused
        .into_iter()
        .map(|reused| match reused.with {
            None => view! { <p>{t::desk_photo_again(lang, reused.photo)}</p> }.into_any(),
            Some(number) => {
                let href = format!("/desk/cases/{number}");
                view! {
                    <p>{t::desk_photo_of_other(lang, reused.photo)}" "<a href=href>{number}</a></p>
                }
                .into_any()
            }
        })
        .collect();
    view! {
        <div id="live-head" data-live>
            <CaseHead here story=case.story.clone() title />
            {(!waits.is_empty()).then(|| view! { <p class="waits">{waits}</p> })}
            {(!reused.is_empty()).then(|| view! { <Callout kind="wait">{reused}</Callout> })}
            <CaseTold lang story=case.story />
        </div>
    }
    .into_any()
}

pub(super) fn acts_part(lang: Lang, acts: &Acts<'_>) -> AnyView {
    let first = acts.first();
    view! {
        <section class="ask now noprint" id="live-acts" data-live data-careful>
            <h2>{t::desk_now(lang)}</h2>
            {first}
        </section>
    }
    .into_any()
}

fn more_part(acts: &Acts<'_>) -> AnyView {
    let more = acts.more();
    view! { <div id="live-more" data-live data-careful>{more}</div> }.into_any()
}

#[component]
pub(super) fn StoryPart(here: Here, case: DeskCase) -> impl IntoView {
    let count = case.story.timeline.len();
    let last = case.story.timeline.last();
    let news = last.map(|last| t::live_news(here.lang(), words::headline(here.lang(), last)));
    view! {
        <div id="live-story" data-live data-count=count data-news=news>
            <Parts here=here.clone() parts=case.parts />
            <CaseHappened here story=case.story />
        </div>
    }
    .into_any()
}

fn said(lang: Lang, done: Done, awaits: Awaits) -> String {
    match done {
        Done::Act(verb) => did(lang, verb, awaits),
        Done::Photo(photo) => photo.said(lang).to_owned(),
    }
}

/// What became of an act: of the first of two people it is a proposal.
pub(super) fn did(lang: Lang, verb: Verb, awaits: Awaits) -> String {
    match verb {
        Verb::Reject if awaits.meets(Awaits::SECOND_FOR_REJECTION) => {
            t::desk_did_reject(lang).to_owned()
        }
        Verb::Quarantine if awaits.meets(Awaits::SECOND_FOR_QUARANTINE) => {
            t::desk_did_quarantine(lang).to_owned()
        }
        verb => t::desk_did(lang, staff::verb(lang, verb)),
    }
}
