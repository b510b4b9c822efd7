//! `/help/parts`: every part pages are built from, in every state, to be looked at by whoever
//! changes them. Only a demonstration has it.

use domain::lang::Lang;
use leptos::prelude::*;

use super::{
    home::FigureStrip,
    receipt::{Ticket, WhoLine},
    unkept::{Notices, Unkept},
};
use crate::{
    format,
    here::Here,
    parts::{
        Breadcrumb, Callout, CaseCards, ClockText, EmergencyLines, EmptyState, Icon, Looks, Page,
        Pagination, PhotoGrid, PrintOnly, SearchBox, Sign, StateTag, SubmitButton, SummaryList,
        Timeline,
    },
    texts::t,
    words,
};

pub(super) mod examples;
mod forms;

/// `/help/parts`
#[component]
pub fn PartsPage(here: Here) -> impl IntoView {
    let lang = here.lang();
    let sections: Vec<_> = [
        (t::parts_words(lang), text(lang)),
        (t::parts_buttons(lang), buttons(lang)),
        (t::parts_tags(lang), tags(lang)),
        (t::parts_clocks(lang), clocks(&here)),
        (t::parts_callouts(lang), callouts(lang)),
        (t::parts_numbers(lang), numbers(&here)),
        (t::parts_summary(lang), forms::summary(lang)),
        (t::parts_fields(lang), forms::fields(lang)),
        (t::parts_choices(lang), forms::choices(lang)),
        (t::parts_search(lang), search(lang)),
        (t::parts_folds(lang), folds(&here)),
        (t::parts_lists(lang), lists(&here)),
        (t::parts_story(lang), story(&here)),
        (t::parts_facts(lang), facts(&here)),
        (t::parts_figures(lang), figures(&here)),
        (t::parts_photos(lang), photos(lang)),
        (t::parts_ticket(lang), receipt(&here)),
        (t::parts_ways(lang), ways(lang)),
        (t::parts_icons(lang), icons()),
    ]
    .into_iter()
    .map(|(title, body)| view! { <section class="part"><h2>{title}</h2>{body}</section> })
    .collect();
    view! {
        <Page here=here.clone() title=t::parts_title(lang) unlisted=true>
            <div class="head">
                <h1>{t::parts_title(lang)}</h1>
                <p class="soft">{t::parts_intro(lang)}</p>
            </div>
            {sections}
        </Page>
    }
    .into_any()
}

fn text(lang: Lang) -> AnyView {
    view! {
        <div class="prose">
            <h3>{t::help_ledger_title(lang)}</h3>
            <p>{t::help_ledger_1(lang)} " " <a href="/ledger">{t::footer_ledger(lang)}</a></p>
            <ul>
                <li>{t::help_metrics_filed(lang)}</li>
                <li>{t::help_metrics_span(lang)}</li>
            </ul>
            <p class="soft">{t::home_how(lang)}</p>
            <p class="small soft">{t::parts_small(lang)}</p>
            <p class="hash" translate="no">{examples::HASH}</p>
            <p><code>"/api/v1/cases"</code></p>
        </div>
        <div class="words">{words::paragraphs(lang, t::parts_headline(lang))}</div>
    }
    .into_any()
}

fn buttons(lang: Lang) -> AnyView {
    view! {
        <form class="btns" method="get" action="/help/parts">
            <SubmitButton text=t::whistle_send(lang) />
            <SubmitButton text=t::whistle_preview(lang) quiet=true act="preview" />
            <a class="btn" href="/whistle">{t::nav_whistle(lang)}</a>
            <a class="btn quiet" href="/track">{t::case_yours_button(lang)}</a>
            <a href="/">{t::receipt_home(lang)}</a>
        </form>
    }
    .into_any()
}

fn tags(lang: Lang) -> AnyView {
    let tags: Vec<_> = examples::states()
        .into_iter()
        .map(|state| view! { <StateTag lang state /> })
        .collect();
    view! {
        <p class="tags">
            {tags}
            <span class="tag late">{t::tag_late(lang)}</span>
            <span class="tag">{t::case_me_too_count(lang, 2)}</span>
        </p>
    }
    .into_any()
}

fn clocks(here: &Here) -> AnyView {
    let base = examples::FILED;
    let lines: Vec<_> = examples::clocks(here.lang())
        .into_iter()
        .map(|clock| view! { <li><ClockText here=here.clone() clock base /></li> })
        .collect();
    view! { <ul class="stack">{lines}</ul> }.into_any()
}

fn callouts(lang: Lang) -> AnyView {
    let kinds: Vec<_> = [
        ("plain", t::case_withheld(lang)),
        ("wait", t::case_waiting_release(lang)),
        ("alarm", t::whistle_danger_after(lang)),
        ("done", t::did_add(lang)),
    ]
    .into_iter()
    .map(|(kind, text)| view! { <Callout kind><p>{text}</p></Callout> })
    .collect();
    let broken = Unkept::Broken("a1b2c3d4".into());
    view! {
        <div class="stack narrow">
            {kinds}
            <Notices lang wait=Some(20) joining=false unkept=None />
            <Notices lang wait=None joining=false unkept=Some(Unkept::ReadOnly) />
            <Notices lang wait=None joining=false unkept=Some(broken) />
        </div>
    }
    .into_any()
}

fn numbers(here: &Here) -> AnyView {
    let (lines, lang) = (here.site.emergency.clone(), here.lang());
    view! {
        <Callout kind="alarm" title=t::whistle_danger_now(lang)>
            <ul><EmergencyLines lines lang /></ul>
        </Callout>
    }
    .into_any()
}

fn search(lang: Lang) -> AnyView {
    view! {
        <SearchBox
            lang action="/cases" label=t::home_search_label(lang)
            placeholder=t::home_search_placeholder(lang)
        />
    }
    .into_any()
}

fn folds(here: &Here) -> AnyView {
    let lang = here.lang();
    view! {
        <div class="narrow">
            <details class="fold">
                <summary>{t::receipt_hash(lang)}</summary>
                <div class="body"><p>{t::receipt_hash_hint(lang)}</p></div>
            </details>
            <details class="fold" open=true>
                <summary>
                    <span>{t::parts_category(lang)}<small>{t::parts_category_hint(lang)}</small></span>
                </summary>
                <div class="body"><p>{t::parts_headline(lang)}</p></div>
            </details>
            <Looks here=here.clone() looks=vec![] />
            <Looks here=here.clone() looks=examples::looks(lang) />
        </div>
    }
    .into_any()
}

fn lists(here: &Here) -> AnyView {
    let lang = here.lang();
    view! {
        <p class="soft">{t::cases_more_than(lang, format::grouped(1000))}</p>
        <CaseCards here=here.clone() cards=examples::cards(lang) empty_title="" empty_text="" />
        <CaseCards
            here=here.clone() cards=vec![]
            empty_title=t::cases_none_title(lang) empty_text=t::cases_none_text(lang)
        />
        <EmptyState title=t::services_none_title(lang)>
            <p>{t::services_none_text(lang)}</p>
            <p><a class="btn" href="/services">{t::nav_services(lang)}</a></p>
        </EmptyState>
    }
    .into_any()
}

fn story(here: &Here) -> AnyView {
    let lang = here.lang();
    let next = examples::clocks(lang)
        .first()
        .map(|clock| t::case_next(lang, words::clock(here, clock, examples::FILED)));
    let entries = examples::entries(lang);
    view! { <Timeline here=here.clone() entries next=next.unwrap_or_default() /> }.into_any()
}

fn facts(here: &Here) -> AnyView {
    let lang = here.lang();
    let rows = vec![
        (
            t::receipt_number(lang).to_owned(),
            view! { <b translate="no">{examples::NUMBER}</b> }.into_any(),
        ),
        (
            t::receipt_category(lang).to_owned(),
            t::parts_category(lang).into_any(),
        ),
        (
            t::receipt_who(lang).to_owned(),
            view! { <WhoLine here=here.clone() who=examples::who(lang) /> }.into_any(),
        ),
    ];
    view! { <div class="card narrow"><SummaryList rows /></div> }.into_any()
}

fn figures(here: &Here) -> AnyView {
    view! { <FigureStrip here=here.clone() figures=examples::figures() /> }.into_any()
}

fn photos(lang: Lang) -> AnyView {
    view! { <PhotoGrid lang photos=examples::photos() /> }.into_any()
}

fn receipt(here: &Here) -> AnyView {
    let lost = t::receipt_lost_none(here.lang());
    view! { <Ticket here=here.clone() code=examples::CODE number=examples::NUMBER lost /> }
        .into_any()
}

fn ways(lang: Lang) -> AnyView {
    let links = [
        ("/cases", t::nav_cases(lang)),
        ("/communities", t::nav_communities(lang)),
    ];
    let links = links.map(|(address, text)| (address.to_owned(), text.to_owned()));
    let to = |address: &str| Some(address.to_owned());
    view! {
        <Breadcrumb lang links=links.into() />
        <Pagination lang first=to("/cases") next=to("/cases?after=1") />
        <p class="small soft">{t::parts_print(lang)}</p>
        <PrintOnly lang address="https://example.org/" />
    }
    .into_any()
}

fn icons() -> AnyView {
    let drawn: Vec<_> = [
        Icon::Whistle,
        Icon::Paper,
        Icon::Clock,
        Icon::Phone,
        Icon::Lens,
    ]
    .into_iter()
    .map(|icon| view! { <li>{icon.draw()}</li> })
    .collect();
    view! { <ul class="icons">{drawn}<li><Sign /></li></ul> }.into_any()
}
