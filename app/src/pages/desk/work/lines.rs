//! One case in a list of the desk.

use casework::{
    views::{ClockLine, PassedView},
    worklist::WorkLine,
};
use domain::{
    lang::Lang,
    time::{Millis, Timestamp},
};
use leptos::prelude::*;

use super::Bulk;
use crate::{
    format,
    here::Here,
    parts::StateTag,
    texts::t,
    tongue,
    words::{self, staff},
};

/// How long is left, as a tag that turns amber in the last four hours and red when it is late.
fn left(lang: Lang, clock: &ClockLine, now: Timestamp) -> (&'static str, String) {
    let step = words::stage(lang, clock.stage);
    if clock.paused {
        return ("", t::desk_paused(lang).to_owned());
    }
    let left = clock.due.since(now);
    if clock.late || left <= Millis::ZERO {
        let span = format::span(lang, now.since(clock.due).at_least_zero());
        return ("late", t::desk_late(lang, span, step));
    }
    let class = if left < Millis::hours(4) {
        "soon"
    } else {
        "ok"
    };
    (class, t::desk_left(lang, format::span(lang, left), step))
}

/// A case of a list: to be picked for several at once, or with how far away it is.
pub(super) fn item(
    here: &Here,
    line: &WorkLine,
    now: Timestamp,
    bulk: Option<&Bulk>,
    metres: Option<u32>,
) -> AnyView {
    let lang = here.lang();
    let card = &line.card;
    let title = words::case_title(lang, card);
    let clock = line.clock.as_ref().filter(|clock| clock.stopped.is_none());
    let (class, text) = clock.map_or(("", String::new()), |clock| left(lang, clock, now));
    let passed = line
        .passed
        .as_ref()
        .filter(|passed| passed.answered_at.is_none());
    let is_late_there = passed.is_some_and(|passed| passed.late);
    // A day that somebody named binds as a clock does; that of another body stands with its name.
    let over = line
        .date_over
        .filter(|date| passed.is_none_or(|passed| passed.due != *date))
        .map(|date| t::desk_date_over(lang, format::day(lang, &here.site.time, date)));
    let edge = if over.is_some() || is_late_there {
        "late"
    } else {
        class
    };
    let passed = passed.map(|passed| passed_line(here, passed));
    // Once it is late, how late says it all.
    let due = clock
        .filter(|_| class != "late")
        .map(|clock| format::due(lang, &here.site.time, clock.due));
    let pick = format!("{}:{}", card.number, line.version);
    let picked = bulk.is_some_and(|bulk| bulk.picked.contains(&pick));
    let waits: Vec<_> = staff::awaits(lang, line.awaits)
        .into_iter()
        .map(|text| view! { " "<span class="tag wait">{text}</span> })
        .collect();
    view! {
        <li class=format!("work-item {edge}") id=format!("case-{}", card.number)>
            {metres.is_none().then(|| view! {
                <label class="pick-one">
                    <input
                        type="checkbox" name="pick" value=pick checked=picked
                        aria-label=t::desk_pick(lang, &card.number)
                    />
                </label>
            })}
            <div>
                <p class="case-head">
                    <a href=format!("/desk/cases/{}", card.number)>{words::shown_title(lang, card, &title)}</a>
                    " "
                    <StateTag lang state=card.state.clone() />
                    {waits}
                </p>
                {passed}
                {over.map(|text| view! { <p class="left"><b>{text}</b></p> })}
                {(!text.is_empty()).then(|| view! {
                    <p class="left"><b>{text}</b>{due.map(|due| view! { <span class="soft">" "{due}</span> })}</p>
                })}
                <p class="meta">
                    {metres.map(|metres| view! { <span><b>{t::near_metres(lang, format::grouped(u64::from(metres)))}</b></span> })}
                    <span lang=tongue::of_name(lang, &card.community.text)>{card.community.text.clone()}</span>
                    <span>{card.category.text.clone()}</span>
                    {card.place.clone().map(|place| view! {
                        <span lang=tongue::of_words(lang, &place)>{place.clone()}</span>
                    })}
                    <span translate="no">{card.number.clone()}</span>
                </p>
            </div>
        </li>
    }
    .into_any()
}

/// Whom it was transferred to, and until when they must answer.
fn passed_line(here: &Here, passed: &PassedView) -> AnyView {
    let lang = here.lang();
    let named = passed.on.as_ref().map(|on| on.to.as_str());
    let to = named.unwrap_or_else(|| t::desk_passed_unnamed(lang));
    let due = format::due(lang, &here.site.time, passed.due);
    let text = if passed.late {
        t::desk_passed_late(lang, due, to)
    } else {
        t::desk_passed(lang, due, to)
    };
    view! { <p class="left"><b>{tongue::marked(lang, &text, named)}</b></p> }.into_any()
}
