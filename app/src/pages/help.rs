//! The short pages: accessibility, privacy, metrics, contact, data, ledger. They tell the truth
//! about what exists today and say what does not.

use domain::lang::Lang;
use leptos::prelude::*;

use crate::{
    here::Here,
    parts::{Callout, EmergencyLines, Page},
    texts::t,
};

/// Which short page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// `/help/accessibility`
    Accessibility,
    /// `/help/privacy`
    Privacy,
    /// `/help/metrics`
    Metrics,
    /// `/help/contact`
    Contact,
    /// `/data`
    Data,
    /// `/ledger`
    Ledger,
}

impl Topic {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Accessibility,
        Self::Privacy,
        Self::Metrics,
        Self::Contact,
        Self::Data,
        Self::Ledger,
    ];

    /// Its address.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Accessibility => "/help/accessibility",
            Self::Privacy => "/help/privacy",
            Self::Metrics => "/help/metrics",
            Self::Contact => "/help/contact",
            Self::Data => "/data",
            Self::Ledger => "/ledger",
        }
    }

    fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::Accessibility => t::help_accessibility_title(lang),
            Self::Privacy => t::help_privacy_title(lang),
            Self::Metrics => t::help_metrics_title(lang),
            Self::Contact => t::help_contact_title(lang),
            Self::Data => t::help_data_title(lang),
            Self::Ledger => t::help_ledger_title(lang),
        }
    }

    /// The page in a sentence, for whoever has not opened it.
    fn description(self, lang: Lang) -> &'static str {
        match self {
            Self::Accessibility => t::help_accessibility_1(lang),
            Self::Privacy => t::meta_privacy(lang),
            Self::Metrics => t::help_metrics_intro(lang),
            Self::Contact => t::meta_contact(lang),
            Self::Data => t::help_data_intro(lang),
            Self::Ledger => t::help_ledger_1(lang),
        }
    }
}

/// One short page.
#[component]
pub fn HelpPage(here: Here, topic: Topic) -> impl IntoView {
    let lang = here.lang();
    let title = topic.title(lang);
    let body = match topic {
        Topic::Accessibility => {
            let phone = hotline(&here);
            paragraphs([
                t::help_accessibility_1(lang).to_owned(),
                t::help_accessibility_2(lang).to_owned(),
                t::help_accessibility_3(lang).to_owned(),
                t::help_accessibility_4(lang, phone),
            ])
        }
        Topic::Privacy => headed([
            (t::help_privacy_what_title(lang), t::help_privacy_what(lang)),
            (t::help_privacy_who_title(lang), t::help_privacy_who(lang)),
            (t::help_privacy_code_title(lang), t::help_privacy_code(lang)),
            (
                t::help_privacy_cookies_title(lang),
                t::help_privacy_cookies(lang),
            ),
            (t::help_privacy_keep_title(lang), t::help_privacy_keep(lang)),
        ]),
        Topic::Metrics => {
            let items: Vec<_> = [
                t::help_metrics_filed(lang),
                t::help_metrics_handled(lang),
                t::help_metrics_linked(lang),
                t::help_metrics_verdict(lang),
                t::help_metrics_late(lang),
                t::help_metrics_span(lang),
            ]
            .into_iter()
            .map(|text| view! { <li>{text}</li> })
            .collect();
            view! {
                <p>{t::help_metrics_intro(lang)}</p>
                <ul>{items}</ul>
            }
            .into_any()
        }
        Topic::Contact => contact(&here),
        Topic::Data => data(lang),
        Topic::Ledger => paragraphs([
            t::help_ledger_1(lang).to_owned(),
            t::help_ledger_2(lang).to_owned(),
            t::help_ledger_3(lang).to_owned(),
            t::help_ledger_4(lang).to_owned(),
        ]),
    };
    view! {
        <Page here=here.clone() title=title description=topic.description(lang)>
            <article class="prose">
                <h1>{title}</h1>
                {body}
                {here.site.demo.then(|| view! {
                    <Callout kind="wait" title=t::help_demo_title(lang)>
                        <p>{t::help_demo_text(lang)}</p>
                    </Callout>
                })}
            </article>
        </Page>
    }
    .into_any()
}

fn hotline(here: &Here) -> String {
    here.site
        .hotline
        .as_ref()
        .map(|line| line.number.clone())
        .unwrap_or_default()
}

fn paragraphs<const N: usize>(texts: [String; N]) -> AnyView {
    texts
        .into_iter()
        .map(|text| view! { <p>{text}</p> })
        .collect::<Vec<_>>()
        .into_any()
}

fn headed<const N: usize>(parts: [(&'static str, &'static str); N]) -> AnyView {
    parts
        .into_iter()
        .map(|(title, text)| view! { <h2>{title}</h2><p>{text}</p> })
        .collect::<Vec<_>>()
        .into_any()
}

fn contact(here: &Here) -> AnyView {
    let lang = here.lang();
    let lines = here.site.emergency.clone();
    let number = hotline(here);
    view! {
        <Callout kind="alarm" title=t::help_contact_emergency(lang)>
            <ul><EmergencyLines lines lang /></ul>
        </Callout>
        <h2>{t::help_contact_other(lang)}</h2>
        <p><a href=format!("tel:{number}")>{t::help_contact_hotline(lang, &number)}</a></p>
        <p>
            {t::help_contact_community(lang)} " "
            <a href="/communities">{t::nav_communities(lang)}</a>
        </p>
        <h2>{t::help_contact_site(lang)}</h2>
        <p>{t::help_contact_site_text(lang)}</p>
    }
    .into_any()
}

fn data(lang: Lang) -> AnyView {
    let rows: Vec<_> = [
        ("/api/v1/cases", t::help_data_cases(lang)),
        ("/api/v1/categories", t::help_data_categories(lang)),
        ("/api/v1/communities", t::help_data_communities(lang)),
        ("/api/openapi.json", t::help_data_openapi(lang)),
    ]
    .into_iter()
    .map(|(path, text)| view! { <li><a href=path><code>{path}</code></a>" "{text}</li> })
    .collect();
    view! {
        <p>{t::help_data_intro(lang)}</p>
        <h2>{t::help_data_api(lang)}</h2>
        <ul>{rows}</ul>
        <p>{t::help_data_missing(lang)}</p>
    }
    .into_any()
}
