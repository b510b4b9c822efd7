//! `/services` and `/services/{code}`: what to bring, how long it takes, where to go.

use domain::{
    city::{Mode, Reach, ServiceKind},
    clock::Limit,
    lang::Lang,
};
use leptos::prelude::*;

use crate::{
    explain,
    here::Here,
    parts::{Breadcrumb, Callout, EmptyState, Nav, Page, PrintOnly, SearchBox, SummaryList},
    texts::t,
    words,
};

/// A service in a list, in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceRow {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub summary: String,
    /// Who answers.
    pub department: String,
}

/// A service with everything one needs to know before going there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceView {
    /// The head.
    pub row: ServiceRow,
    /// What kind of item.
    pub kind: ServiceKind,
    /// What to bring.
    pub documents: Vec<String>,
    /// Laws by their own names.
    pub basis: String,
    /// The law's limit.
    pub statutory: Option<Limit>,
    /// The office's promise; `None` is while you wait.
    pub promised: Option<Limit>,
    /// The fee; `None` is free.
    pub fee: Option<String>,
    /// Where.
    pub reach: Reach,
    /// How.
    pub modes: Vec<Mode>,
    /// Visits at most.
    pub visits: u8,
}

fn kind(lang: Lang, kind: ServiceKind) -> &'static str {
    match kind {
        ServiceKind::Permit => t::service_permit(lang),
        ServiceKind::Confirm => t::service_confirm(lang),
        ServiceKind::Benefit => t::service_benefit(lang),
        ServiceKind::Adjudicate => t::service_adjudicate(lang),
        ServiceKind::Reward => t::service_reward(lang),
        ServiceKind::Other => t::service_other(lang),
        ServiceKind::PublicService => t::service_public(lang),
    }
}

fn reach(lang: Lang, reach: Reach) -> &'static str {
    match reach {
        Reach::Community => t::reach_community(lang),
        Reach::Unit => t::reach_unit(lang),
        Reach::City => t::reach_city(lang),
        Reach::CrossRegion => t::reach_cross_region(lang),
    }
}

fn mode(lang: Lang, mode: Mode) -> &'static str {
    match mode {
        Mode::Online => t::mode_online(lang),
        Mode::OneVisit => t::mode_one_visit(lang),
        Mode::Proxy => t::mode_proxy(lang),
    }
}

/// `/services`
#[component]
pub fn ServicesPage(here: Here, q: String, rows: Vec<ServiceRow>) -> impl IntoView {
    let lang = here.lang();
    let count = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    let items: Vec<_> = rows
        .into_iter()
        .map(|row| {
            view! {
                <li>
                    <p><a href=format!("/services/{}", row.code)><b>{row.name}</b></a></p>
                    <p class="small">{row.summary}</p>
                    <p class="meta"><span>{row.department}</span></p>
                </li>
            }
        })
        .collect();
    view! {
        <Page
            here=here.clone() title=t::services_title(lang)
            description=t::services_description(lang) nav=Nav::Services
        >
            <div class="head">
                <h1>{t::services_title(lang)}</h1>
                <p class="soft">{t::services_intro(lang)}</p>
            </div>
            <SearchBox
                lang action="/services" label=t::services_search(lang)
                placeholder=t::services_placeholder(lang) value=q
            />
            {if count == 0 {
                view! {
                    <EmptyState title=t::services_none_title(lang)>
                        <p>{t::services_none_text(lang)}</p>
                    </EmptyState>
                }
                .into_any()
            } else {
                view! {
                    <p class="soft more" role="status">{t::services_count(lang, count)}</p>
                    <ul class="list">{items}</ul>
                }
                .into_any()
            }}
        </Page>
    }
    .into_any()
}

/// `/services/{code}`
#[component]
pub fn ServicePage(here: Here, service: ServiceView) -> impl IntoView {
    let lang = here.lang();
    let row = service.row;
    let documents: Vec<_> = service
        .documents
        .into_iter()
        .map(|text| view! { <li>{text}</li> })
        .collect();
    let modes: Vec<String> = service
        .modes
        .into_iter()
        .map(|how| mode(lang, how).to_owned())
        .collect();
    let mut facts = vec![
        (
            t::service_promised(lang).to_owned(),
            match service.promised {
                Some(limit) => explain::limit(lang, limit),
                None => t::service_at_once(lang).to_owned(),
            }
            .into_any(),
        ),
        (
            t::service_statutory(lang).to_owned(),
            match service.statutory {
                Some(limit) => explain::limit(lang, limit),
                None => t::service_no_limit(lang).to_owned(),
            }
            .into_any(),
        ),
        (
            t::service_fee(lang).to_owned(),
            service
                .fee
                .unwrap_or_else(|| t::service_free(lang).to_owned())
                .into_any(),
        ),
        (
            t::service_where(lang).to_owned(),
            reach(lang, service.reach).into_any(),
        ),
        (
            t::service_how(lang).to_owned(),
            words::list(lang, &modes).into_any(),
        ),
        (
            t::service_visits(lang).to_owned(),
            t::service_visit_count(lang, u64::from(service.visits)).into_any(),
        ),
        (
            t::service_department(lang).to_owned(),
            row.department.clone().into_any(),
        ),
        (
            t::service_kind(lang).to_owned(),
            kind(lang, service.kind).into_any(),
        ),
    ];
    if !service.basis.is_empty() {
        facts.push((
            t::service_basis(lang).to_owned(),
            view! { <span lang="zh-Hans">{service.basis}</span> }.into_any(),
        ));
    }
    let crumbs = vec![("/services".to_owned(), t::nav_services(lang).to_owned())];
    view! {
        <Page here=here.clone() title=row.name.clone() description=row.summary.clone() nav=Nav::Services>
            <Breadcrumb lang links=crumbs />
            <div class="head">
                <h1>{row.name.clone()}</h1>
                <p>{row.summary.clone()}</p>
            </div>
            <div class="two">
                <section class="prose">
                    <h2>{t::service_bring(lang)}</h2>
                    {if documents.is_empty() {
                        view! { <p>{t::service_bring_nothing(lang)}</p> }.into_any()
                    } else {
                        view! { <ol>{documents}</ol> }.into_any()
                    }}
                    <Callout><p>{t::service_not_online(lang)}</p></Callout>
                </section>
                <aside class="card"><SummaryList rows=facts /></aside>
            </div>
            {(!here.site.base_url.is_empty()).then(|| view! { <PrintOnly lang address=here.canonical() /> })}
        </Page>
    }
    .into_any()
}
