//! `/desk`: the worklist, what runs out first first.

mod filters;
mod lines;
mod near;
mod together;

use casework::{
    views::Total,
    worklist::{List, Worklist},
};
use domain::{reference::CaseNumber, time::Timestamp, verb::Verb};
use leptos::prelude::*;

pub use self::{
    filters::UnsavedFilter,
    near::{NearPage, NearView},
    together::Bulk,
};
use self::{
    filters::{saved_filters, search},
    lines::item,
    near::near_form,
    together::{do_together, outcome},
};
use super::{
    keys::{KeyList, KeysOf},
    live::{LiveDesk, PartsAlone},
    looked::looked_back,
};
use crate::{
    here::Here,
    parts::{Callout, DeskBar, EmptyState, ErrorSummary, Page, Pagination, SummaryItem},
    texts::t,
    words::{self, staff},
};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct WorkView {
    /// The list.
    pub list: Worklist,
    /// The time.
    pub now: Timestamp,
    /// What was just done to one that is not here any more.
    pub done: Option<Verb>,
    /// What was just done to several.
    pub bulk: Option<Bulk>,
    /// Saved filters: name and query.
    pub saved: Vec<(String, String)>,
    /// A filter that was to be saved and was not.
    pub unsaved: Option<UnsavedFilter>,
    /// Nobody has appointed them: an empty list would say that there is nothing to do.
    pub no_office: bool,
}

/// `/desk`
#[component]
pub fn WorkPage(here: Here, bar: DeskBar, shown: WorkView) -> impl IntoView {
    let lang = here.lang();
    let WorkView {
        list,
        now,
        done,
        bulk,
        saved,
        unsaved,
        no_office,
    } = shown;
    let of_several = bulk.as_ref().and_then(|bulk| bulk.fault.clone());
    let of_filter = unsaved.as_ref();
    let of_filter = of_filter.map(|unsaved| (UnsavedFilter::FIELD, unsaved.text(lang)));
    let items: Vec<SummaryItem> = of_several
        .into_iter()
        .chain(of_filter)
        .map(|(field, text)| SummaryItem {
            field: field.to_owned(),
            text,
        })
        .collect();
    let bad = u64::try_from(items.len()).unwrap_or(u64::MAX);
    let kept = bulk.as_ref().is_some_and(Bulk::is_kept);
    view! {
        <Page here=here.clone() title=t::desk_title(lang) desk=bar unlisted=true>
            <h1 class="unseen">{t::desk_title(lang)}</h1>
            {no_office.then(|| view! { <Callout kind="wait"><p>{t::me_none(lang)}</p></Callout> })}
            <ListsPart here=here.clone() list=list.clone() />
            {is_cheap(&list.asked.words).then(|| view! {
                <LiveDesk here=here.clone() source="/desk/events" kept />
            })}
            {done.map(|verb| view! {
                <Callout kind="done">
                    <p role="status">{t::desk_did(lang, staff::verb(lang, verb))}</p>
                </Callout>
            })}
            {bulk.as_ref().map(|bulk| outcome(lang, bulk))}
            <ErrorSummary title=t::error_title(lang, bad) items />
            {search(lang, &list)}
            {saved_filters(&here, &list.asked, &saved, unsaved.as_ref())}
            <div class="aside-tools noprint">
                {near_form(lang, &Default::default(), false)}
                <a href="/desk/morning">{t::morning_link(lang)}</a>
            </div>
            {looked_back(&here, &list)}
            <LinesPart here list now bulk />
            <KeyList lang of=KeysOf::List />
        </Page>
    }
    .into_any()
}

/// Whether a list may be asked for anew with each piece of news: words would be searched for everywhere again.
fn is_cheap(words: &str) -> bool {
    let words = words.trim();
    words.is_empty() || words.parse::<CaseNumber>().is_ok()
}

/// The parts that change by themselves, as a page that stands open fetches them.
#[component]
pub fn WorkParts(here: Here, list: Worklist, now: Timestamp) -> impl IntoView {
    view! {
        <PartsAlone here=here.clone()>
            <ListsPart here=here.clone() list=list.clone() />
            <LinesPart here list now bulk=None />
        </PartsAlone>
    }
    .into_any()
}

#[component]
fn ListsPart(here: Here, list: Worklist) -> impl IntoView {
    view! { <div id="live-lists" data-live>{lists(&here, &list)}</div> }.into_any()
}

#[component]
fn LinesPart(here: Here, list: Worklist, now: Timestamp, bulk: Option<Bulk>) -> impl IntoView {
    let lang = here.lang();
    let asked = list.asked.clone();
    let next = list
        .next
        .as_ref()
        .map(|next| here.address(&[("after", next)]));
    let first = (!asked.after.is_empty()).then(|| here.address(&[("after", "")]));
    let total = match list.total {
        Total::Exactly(n) => t::desk_total(lang, n),
        Total::MoreThan(n) => t::desk_total_more(lang, n),
    };
    let together = here.address(&[]);
    let lines: Vec<_> = list
        .items
        .iter()
        .map(|line| item(&here, line, now, bulk.as_ref(), None))
        .collect();
    let empty = lines.is_empty();
    view! {
        <div id="live-work" data-live data-careful>
            <p class="soft">{total}</p>
            {if empty {
                let text = if asked.list == List::Mine && asked.words.is_empty() {
                    t::desk_empty_mine(lang)
                } else {
                    t::desk_empty_other(lang)
                };
                view! { <EmptyState title=t::desk_empty(lang)><p>{text}</p></EmptyState> }.into_any()
            } else {
                view! {
                    <form method="post" action=together class="work">
                        <ul class="list">{lines}</ul>
                        {do_together(lang, bulk.as_ref())}
                    </form>
                }
                .into_any()
            }}
            <Pagination lang first next />
        </div>
    }
    .into_any()
}

fn lists(here: &Here, shown: &Worklist) -> AnyView {
    let lang = here.lang();
    // A search from the first list looks in all of them.
    let everywhere = shown.asked.list == List::Mine && !shown.asked.words.trim().is_empty();
    let count = |list: List| shown.counts.iter().find(|(of, _)| *of == list);
    let links: Vec<_> = List::ALL
        .into_iter()
        // The queues of the city begin on the page of supervision.
        .filter(|list| !List::QUEUES.contains(list) || *list == shown.asked.list)
        // What is empty, and is for many of them always, takes no room.
        .filter(|list| {
            let none = |(_, total): &(List, Total)| *total == Total::Exactly(0);
            // Most have nothing that went elsewhere, and not everybody has a count of it.
            let empty = count(*list).map_or(*list == List::Elsewhere, none);
            !empty || *list == List::Mine || *list == shown.asked.list
        })
        .map(|list| {
            let current =
                (list == shown.asked.list && !shown.asked.overdue && !everywhere).then_some("page");
            let number = count(list).map(|(_, total)| words::total(*total));
            view! {
                <a href=format!("/desk?list={}", list.as_str()) aria-current=current>
                    {staff::list(lang, list)}
                    {number.map(|number| view! { " "<b>{number}</b> })}
                </a>
            }
        })
        .collect();
    let overdue = shown.overdue != Total::Exactly(0);
    let current = shown.asked.overdue.then_some("page");
    view! {
        <nav class="tabs" aria-label=t::desk_lists(lang)>
            {everywhere.then(|| view! {
                <a href=here.address(&[("after", "")]) aria-current="page">
                    {t::desk_found(lang)}" "<b>{words::total(shown.total)}</b>
                </a>
            })}
            {overdue.then(|| view! {
                <a class="late" href="/desk?overdue=1" aria-current=current>
                    {t::desk_overdue(lang)}" "<b>{words::total(shown.overdue)}</b>
                </a>
            })}
            {links}
        </nav>
    }
    .into_any()
}
