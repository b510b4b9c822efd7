//! `/communities` and `/communities/{code}`: whose door to knock at.

use casework::{
    board::FEWEST,
    people::GridView,
    views::{ComingCommunity, CommunityRow, CommunityView, WhoHasIt},
};
use domain::{access::GridRole, lang::Lang};
use leptos::prelude::*;

use super::{home::FigureStrip, receipt::WhoLine};
use crate::{
    format,
    here::Here,
    parts::{Breadcrumb, CaseCards, EmptyState, Nav, Page, SearchBox, SummaryList},
    texts::t,
    tongue,
    words::{self, staff},
};

/// `/communities`: by governance unit, or what a search found.
#[component]
pub fn CommunitiesPage(here: Here, q: String, rows: Vec<CommunityRow>) -> impl IntoView {
    let lang = here.lang();
    let count = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    let searched = !q.is_empty();
    let mut units: Vec<(String, Vec<CommunityRow>)> = Vec::new();
    for row in rows {
        match units.iter_mut().find(|(unit, _)| *unit == row.unit) {
            Some((_, rows)) => rows.push(row),
            None => units.push((row.unit.clone(), vec![row])),
        }
    }
    let lists: Vec<_> = units
        .into_iter()
        .map(|(unit, rows)| {
            let items: Vec<_> = rows
                .into_iter()
                .map(|row| {
                    let formerly = (!row.formerly.is_empty()).then(|| {
                        let names = words::list(lang, &row.formerly);
                        let text = t::community_formerly(lang, &names);
                        view! { " "<small class="soft">{tongue::marked(lang, &text, Some(&names))}</small> }
                    });
                    view! {
                        <li>
                            <a
                                href=format!("/communities/{}", row.code)
                                lang=tongue::of_name(lang, &row.name)
                            >
                                {row.name.clone()}
                            </a>
                            {formerly}
                        </li>
                    }
                })
                .collect();
            view! { <section class="more"><h2>{unit}</h2><ul class="columns">{items}</ul></section> }
        })
        .collect();
    view! {
        <Page
            here=here.clone() title=t::communities_title(lang)
            description=t::communities_description(lang) nav=Nav::Communities
        >
            <div class="head">
                <h1>{t::communities_title(lang)}</h1>
                <p class="soft">{t::communities_intro(lang)}</p>
            </div>
            <SearchBox
                lang action="/communities" label=t::communities_search(lang)
                placeholder=t::communities_placeholder(lang) value=q.clone()
            />
            {searched.then(|| view! {
                <p class="soft more" role="status">
                    {t::communities_found(lang, count)} " · "
                    <a href="/communities">{t::communities_all(lang)}</a>
                </p>
            })}
            {(count == 0).then(|| view! {
                <EmptyState title=t::communities_none_title(lang)>
                    <p>{t::communities_none_text(lang)}</p>
                </EmptyState>
            })}
            {lists}
        </Page>
    }
    .into_any()
}

/// `/communities/{code}`
#[component]
pub fn CommunityPage(here: Here, view: CommunityView) -> impl IntoView {
    let lang = here.lang();
    let CommunityView {
        row,
        office,
        station,
        grids,
        latest,
        figures,
    } = view;
    let mut facts = vec![(
        t::community_office(lang).to_owned(),
        match office {
            Some(contact) => {
                let who = WhoHasIt {
                    office: row.name.clone(),
                    contact: Some(contact),
                };
                view! { <WhoLine here=here.clone() who /> }.into_any()
            }
            None => t::community_no_phone(lang).into_any(),
        },
    )];
    if let Some((name, contact)) = station {
        let who = WhoHasIt {
            office: name,
            contact,
        };
        facts.push((
            t::community_station(lang).to_owned(),
            view! { <WhoLine here=here.clone() who /> }.into_any(),
        ));
    }
    facts.push((
        t::community_unit(lang).to_owned(),
        row.unit.clone().into_any(),
    ));
    if !row.formerly.is_empty() {
        let text = words::list(lang, &row.formerly);
        facts.push((
            t::community_former_names(lang).to_owned(),
            tongue::marked(lang, &text, Some(&text)),
        ));
    }
    if !row.pinyin.is_empty() {
        facts.push((
            t::community_pinyin(lang).to_owned(),
            view! { <span lang="zh-Latn">{row.pinyin.clone()}</span> }.into_any(),
        ));
    }
    facts.push((
        t::community_code(lang).to_owned(),
        row.code.clone().into_any(),
    ));
    let count = u64::try_from(grids.len()).unwrap_or(u64::MAX);
    facts.push((
        t::community_grids(lang).to_owned(),
        t::community_grid_count(lang, count).into_any(),
    ));
    let crumbs = vec![(
        "/communities".to_owned(),
        t::nav_communities(lang).to_owned(),
    )];
    let all = format!("/cases?community={}", row.code);
    view! {
        <Page
            here=here.clone() title=row.name.clone() description=t::meta_community(lang, &row.name)
            nav=Nav::Communities
        >
            <Breadcrumb lang links=crumbs />
            <div class="head">
                <h1 lang=tongue::of_name(lang, &row.name)>{row.name.clone()}</h1>
                <div class="btns"><a class="btn" href="/whistle">{t::home_whistle(lang)}</a></div>
            </div>
            <div class="two">
                <div>
                    {match figures {
                        Some(figures) => view! { <FigureStrip here=here.clone() figures /> }.into_any(),
                        None => view! {
                            <section class="figures">
                                <h2>{t::home_figures(lang)}</h2>
                                <p>{t::community_few_figures(lang, FEWEST)}</p>
                            </section>
                        }
                        .into_any(),
                    }}
                    <section>
                        <h2>{t::home_latest(lang)}</h2>
                        <CaseCards
                            here=here.clone() cards=latest
                            empty_title=t::home_empty_title(lang) empty_text=t::home_empty_text(lang)
                        />
                        <p class="more"><a href=all>{t::home_all(lang)}</a></p>
                    </section>
                    {grid_officers(lang, &grids)}
                </div>
                <aside class="card"><SummaryList rows=facts /></aside>
            </div>
        </Page>
    }
    .into_any()
}

/// `/communities/{code}` of one that has not begun.
#[component]
pub fn ComingCommunityPage(here: Here, view: ComingCommunity) -> impl IntoView {
    let lang = here.lang();
    let crumbs = vec![(
        "/communities".to_owned(),
        t::nav_communities(lang).to_owned(),
    )];
    let from = format::day(lang, &here.site.time, view.from);
    let made_of: Vec<_> = view
        .made_of
        .into_iter()
        .map(|of| {
            let href = format!("/communities/{}", of.code);
            view! { <li><a href=href lang=tongue::of_name(lang, &of.text)>{of.text.clone()}</a></li> }
        })
        .collect();
    view! {
        <Page here=here.clone() title=view.name.clone() nav=Nav::Communities unlisted=true>
            <Breadcrumb lang links=crumbs />
            <div class="narrow stack">
                <h1 lang=tongue::of_name(lang, &view.name)>{view.name.clone()}</h1>
                <p><b>{t::coming_from(lang, from)}</b></p>
                {(!view.unit.is_empty()).then(|| view! {
                    <p>{t::coming_unit(lang, &view.unit)}</p>
                })}
                {(!made_of.is_empty()).then(|| view! {
                    <p>{t::coming_made_of(lang)}</p>
                    <ul class="columns">{made_of}</ul>
                })}
            </div>
        </Page>
    }
    .into_any()
}

/// Who answers for each grid, by name, as the board at the entrance says it.
fn grid_officers(lang: Lang, grids: &[GridView]) -> Option<AnyView> {
    let rows: Vec<_> = grids
        .iter()
        .map(|grid| {
            let people: Vec<_> = grid
                .officers
                .iter()
                .map(|officer| {
                    let part = officer.part.unwrap_or(GridRole::Officer);
                    let name = officer.name.clone();
                    view! {
                        <li>
                            {staff::grid_role(lang, part)}" "
                            <span lang=tongue::of_words(lang, &name)>{name.clone()}</span>
                        </li>
                    }
                })
                .collect();
            let nobody = grid.nobody_since.is_some().then(|| {
                view! { " "<span class="tag wait">{t::community_grid_nobody(lang)}</span> }
            });
            view! {
                <li>
                    <b lang=tongue::of_name(lang, &grid.name)>{grid.name.clone()}</b>
                    {nobody}
                    <ul class="plain">{people}</ul>
                </li>
            }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="more">
                <h2>{t::community_grid_people(lang)}</h2>
                <ul class="plain">{rows}</ul>
            </section>
        }
        .into_any()
    })
}
