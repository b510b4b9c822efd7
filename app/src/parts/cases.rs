//! Cases as residents see them: cards, state, clocks, and what happened.

use casework::views::{CaseCard, ClockLine, Entry, StateView};
use domain::{event::Fact, lang::Lang, time::Timestamp};
use leptos::prelude::*;

use crate::{
    format,
    here::Here,
    parts::{EmptyState, PhotoGrid},
    texts::t,
    tongue, words,
};

/// The state as a word on a tint; without colours it is still the word.
#[component]
pub fn StateTag(lang: Lang, state: StateView) -> impl IntoView {
    view! { <span class=words::state_class(&state)>{words::state(lang, &state)}</span> }
}

/// One clock in a sentence: who does what until when.
#[component]
pub fn ClockText(here: Here, clock: ClockLine, base: Timestamp) -> impl IntoView {
    let class = if clock.late { "clock late" } else { "clock" };
    view! { <span class=class>{words::clock(&here, &clock, base)}</span> }
}

/// One case in a list.
#[component]
pub fn CaseCardItem(here: Here, card: CaseCard) -> impl IntoView {
    let lang = here.lang();
    let filed = card.filed_at;
    let title = words::case_title(lang, &card);
    let late = card.state.late && !card.state.key.is_ended();
    // Without released words the title is made of these two; a line that says them again is noise.
    let named_above = card.headline.is_none() && card.place.is_none();
    view! {
        <li class="case">
            <p class="case-head">
                <a href=format!("/cases/{}", card.number)>{words::shown_title(lang, &card, &title)}</a>
                " "
                <StateTag lang state=card.state.clone() />
                {late.then(|| view! { " "<span class="tag late">{t::tag_late(lang)}</span> })}
            </p>
            <p class="meta">
                {(!named_above).then(|| view! {
                    <span lang=tongue::of_name(lang, &card.community.text)>{card.community.text.clone()}</span>
                    <span>{card.category.text.clone()}</span>
                })}
                {(!card.departments.is_empty()).then(|| {
                    let names: Vec<_> = card.departments.iter().map(|d| d.text.clone()).collect();
                    let names = words::list(lang, &names);
                    view! { <span lang=tongue::of_name(lang, &names)>{names.clone()}</span> }
                })}
                <time datetime=format::machine(&here.site.time, filed)>
                    {format::day(lang, &here.site.time, filed)}
                </time>
                {(card.me_too > 0).then(|| {
                    view! { <span>{t::case_me_too_count(lang, u64::from(card.me_too))}</span> }
                })}
            </p>
            {card.clock.clone().filter(|clock| clock.stopped.is_none()).map(|clock| {
                view! { <p class="meta"><ClockText here=here.clone() clock base=filed /></p> }
            })}
        </li>
    }
    .into_any()
}

/// A list of cases, or what to do when there is none.
#[component]
pub fn CaseCards(
    here: Here,
    cards: Vec<CaseCard>,
    #[prop(into)] empty_title: String,
    #[prop(into)] empty_text: String,
) -> impl IntoView {
    if cards.is_empty() {
        return view! { <EmptyState title=empty_title><p>{empty_text}</p></EmptyState> }.into_any();
    }
    let items: Vec<_> = cards
        .into_iter()
        .map(|card| view! { <CaseCardItem here=here.clone() card /> })
        .collect();
    view! { <ul class="list">{items}</ul> }.into_any()
}

/// What happened, oldest first, and what comes next.
#[component]
pub fn Timeline(
    here: Here,
    entries: Vec<Entry>,
    /// The sentence of the next step; empty when none is owed.
    #[prop(optional, into)]
    next: String,
) -> impl IntoView {
    let lang = here.lang();
    let base = entries
        .first()
        .map_or(Timestamp::from_millis(0), |entry| entry.at);
    let last = entries.len();
    let items: Vec<_> = entries
        .into_iter()
        .enumerate()
        .map(|(at, entry)| {
            let time = &here.site.time;
            let when = if at == 0 {
                format::moment(lang, time, entry.at)
            } else {
                format::moment_beside(lang, time, entry.at, base)
            };
            // The words and photos of the filing stand above the story already.
            let (said, photos) = match entry.fact {
                Fact::Filed { .. } => (None, Vec::new()),
                _ => (entry.text.clone(), entry.photos.clone()),
            };
            let due = words::entry_due(&entry.fact);
            let due = due.map(|due| format::due_beside(lang, time, due, base));
            let passed = entry.passed.as_ref().zip(due.as_deref()).map(|(on, due)| {
                view! { <p>{words::passed_on(lang, on, due)}</p> }
            });
            let due = due
                .filter(|_| passed.is_none())
                .map(|due| t::entry_due(lang, due));
            let claimed = entry.claimed.map(|claim| {
                let said = words::claim(lang, time, claim, base);
                let said = said.into_iter().map(|text| view! { <span>{text}</span> });
                view! { <p class="meta claim">{said.collect::<Vec<_>>()}</p> }
            });
            view! {
                <li class=(at + 1 == last).then_some("now")>
                    <h3>{words::headline(lang, &entry)}</h3>
                    <p class="meta">
                        <time datetime=format::machine(time, entry.at)>{when}</time>
                        <span>{words::who(lang, &entry.who)}</span>
                        {due.map(|due| view! { <span>{due}</span> })}
                    </p>
                    {passed}
                    {said.map(|text| view! { <div class="words">{words::paragraphs(lang, &text)}</div> })}
                    <PhotoGrid lang photos />
                    {claimed}
                </li>
            }
        })
        .collect();
    view! {
        <ol class="line">
            {items}
            {(!next.is_empty()).then(|| view! { <li class="next"><h3>{next}</h3></li> })}
        </ol>
    }
    .into_any()
}
