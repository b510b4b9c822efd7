//! What the desk puts on paper: a demand for an answer (督办单), and the list of the morning.

use casework::{
    views::{CaseStory, DemandView, Entry},
    worklist::WorkLine,
};
use domain::{event::Fact, time::Timestamp};
use leptos::prelude::*;

use crate::{
    format,
    here::Here,
    parts::{Breadcrumb, DeskBar, DeskNav, EmptyState, Page},
    texts::t,
    words,
};

/// `/desk/cases/{number}/demands/{no}`: a numbered demand, to be printed, signed and kept.
#[component]
pub fn DemandPage(here: Here, bar: DeskBar, story: CaseStory, demand: DemandView) -> impl IntoView {
    let (lang, time) = (here.lang(), &here.site.time);
    let number = story.card.number.clone();
    let name = t::demand_number(lang, demand.no, &number);
    let find = |wanted: &dyn Fn(&Fact) -> bool| -> Option<Entry> {
        story
            .timeline
            .iter()
            .find(|entry| wanted(&entry.fact))
            .cloned()
    };
    let asked =
        find(&|fact| matches!(fact, Fact::Supervised { demand: no, .. } if *no == demand.no));
    let answered =
        find(&|fact| matches!(fact, Fact::SupervisionAnswered { demand: no } if *no == demand.no));
    let due = format::due(lang, time, demand.due);
    let by = asked.as_ref().map(|entry| words::who(lang, &entry.who));
    let issued = asked.map(|entry| format::moment(lang, time, entry.at));
    let answer = match answered {
        Some(entry) => {
            let when = format::moment(lang, time, entry.at);
            let who = words::who(lang, &entry.who);
            view! {
                <dd>
                    {entry.text.map(|text| words::paragraphs(lang, &text))}
                    <p class="soft">{format!("{who} · {when}")}</p>
                </dd>
            }
            .into_any()
        }
        None => view! { <dd class="blank"></dd> }.into_any(),
    };
    let crumbs = vec![
        ("/desk".to_owned(), t::desk_title(lang).to_owned()),
        (format!("/desk/cases/{number}"), number.clone()),
    ];
    view! {
        <Page here=here.clone() title=name.clone() desk=bar unlisted=true>
            <Breadcrumb lang links=crumbs />
            <article class="stack document narrow">
                <header>
                    <p class="soft">{here.site.city.get(lang).to_owned()}</p>
                    <h1>{t::demand_title(lang)}</h1>
                    <p><b translate="no">{name.clone()}</b></p>
                </header>
                <dl class="sheet">
                    <dt>{t::demand_to(lang)}</dt><dd>{story.who_has_it.office.clone()}</dd>
                    <dt>{t::demand_case(lang)}</dt>
                    <dd>
                        {words::case_title(lang, &story.card)}<br />
                        <span translate="no">{number}</span>" · "{story.card.community.text.clone()}
                    </dd>
                    <dt>{t::demand_what(lang)}</dt>
                    <dd>{demand.text.map(|text| words::paragraphs(lang, &text))}</dd>
                    <dt>{t::demand_due(lang)}</dt><dd><b>{due}</b></dd>
                    <dt>{t::demand_by(lang)}</dt><dd>{by}</dd>
                    <dt>{t::demand_issued(lang)}</dt><dd>{issued}</dd>
                    <dt>{t::demand_answer(lang)}</dt>{answer}
                    <dt>{t::demand_signed(lang)}</dt><dd class="blank"></dd>
                </dl>
            </article>
        </Page>
    }
    .into_any()
}

/// `/desk/morning`: one's own list on paper, with room to write.
#[component]
pub fn MorningPage(
    here: Here,
    bar: DeskBar,
    lines: Vec<WorkLine>,
    now: Timestamp,
) -> impl IntoView {
    let lang = here.lang();
    let at = format::moment(lang, &here.site.time, now);
    let crumbs = vec![("/desk".to_owned(), t::desk_title(lang).to_owned())];
    let who = bar.name.clone();
    let rows: Vec<_> = lines
        .iter()
        .map(|line| {
            let card = &line.card;
            let clock = line.clock.as_ref().filter(|clock| clock.stopped.is_none());
            let clock = clock.map(|clock| {
                // How long is left is wrong as soon as it is on paper.
                words::clock(&here, clock, card.filed_at)
            });
            view! {
                <li>
                    <p><b>{words::case_title(lang, card)}</b>" "<span translate="no">{card.number.clone()}</span></p>
                    <p>
                        {card.community.text.clone()}" · "{card.category.text.clone()}
                        {card.place.clone().map(|place| format!(" · {place}"))}
                    </p>
                    {clock.map(|clock| view! { <p>{clock}</p> })}
                    <p class="room">"☐ "{t::morning_done(lang)}</p>
                </li>
            }
        })
        .collect();
    let empty = rows.is_empty();
    view! {
        <Page here=here.clone() title=t::morning_title(lang) desk=DeskBar { current: DeskNav::Work, ..bar } unlisted=true>
            <Breadcrumb lang links=crumbs />
            <article class="stack document">
                <header>
                    <h1>{t::morning_title(lang)}</h1>
                    <p>{format!("{who} · {at}")}</p>
                    <p class="small soft">{t::morning_note(lang)}</p>
                </header>
                {if empty {
                    view! { <EmptyState title=t::desk_empty(lang)><p>{t::desk_empty_mine(lang)}</p></EmptyState> }.into_any()
                } else {
                    view! { <ol class="morning">{rows}</ol> }.into_any()
                }}
            </article>
        </Page>
    }
    .into_any()
}
