//! The shell every page stands in.

use domain::lang::Lang;
use leptos::{html::meta, prelude::*};

use crate::{
    assets,
    here::{Here, PhoneLine},
    parts::{EmergencyLines, FieldPlace, ShareCard, Sign},
    reader::{Scheme, Size},
    texts::{own_name, t},
    tongue,
};

/// Which entry of the main navigation the page belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Nav {
    /// None of them.
    #[default]
    None,
    /// The services of the city.
    Services,
    /// Tell the community about a problem.
    Whistle,
    /// Follow a case.
    Track,
    /// What others reported.
    Cases,
    /// The communities.
    Communities,
}

/// Which entry of the desk's navigation the page belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DeskNav {
    /// None of them.
    #[default]
    None,
    /// The worklist, and a case on the desk.
    Work,
    /// Filing.
    File,
    /// People and their appointments.
    People,
    /// What was done to them.
    Audit,
    /// How the city handles what it is told.
    Supervision,
    /// What the city is.
    City,
    /// One's own account.
    Me,
}

/// What the head of a page of the desk shows instead of the residents' navigation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskBar {
    /// Who is signed in.
    pub name: String,
    /// Where the page belongs.
    pub current: DeskNav,
    /// Works on cases, and begins there.
    pub works: Option<&'static str>,
    /// May file.
    pub files: bool,
    /// Looks after people.
    pub manages: bool,
    /// Sees what was done to them.
    pub audits: bool,
    /// Looks after how the whole city handles what it is told.
    pub supervises: bool,
    /// May read what the city is and what changes.
    pub reads_city: bool,
    /// Whose own phone it is, by their id: what they do in the field waits on it for a line.
    pub phone_of: Option<String>,
}

/// A whole document.
///
/// `unlisted` is for pages that hold a secret or an error: they have no canonical address and ask
/// search engines to stay away.
#[component]
pub fn Page(
    here: Here,
    #[prop(into)] title: String,
    #[prop(optional, into)] description: Option<String>,
    #[prop(optional)] nav: Nav,
    #[prop(optional)] unlisted: bool,
    /// No way leads on from it: whoever is there came by a link that is hard to find again.
    #[prop(optional)]
    alone: bool,
    /// On the desk: who is signed in.
    #[prop(optional)]
    desk: Option<DeskBar>,
    children: Children,
) -> impl IntoView {
    let lang = here.lang();
    let site = here.site.clone();
    let site_name = t::site_name(lang);
    let whole_title = if title == site_name {
        format!(
            "{site_name} · {}",
            t::site_subtitle(lang, site.city.get(lang))
        )
    } else {
        format!("{title} · {site_name}")
    };
    let addressed = !unlisted && !site.base_url.is_empty();
    let card = addressed.then(|| {
        view! { <ShareCard here=here.clone() title=title.clone() description=description.clone() /> }
    });
    let alternates = addressed.then(|| {
        let languages: Vec<_> = Lang::ALL
            .into_iter()
            .map(|lang| {
                view! { <link rel="alternate" hreflang=lang.tag() href=here.in_language(lang) /> }
            })
            .collect();
        view! {
            <link rel="canonical" href=here.canonical() />
            {languages}
            <link rel="alternate" hreflang="x-default" href=here.canonical() />
        }
    });
    let at_desk = desk.is_some();
    let field = desk.as_ref().and_then(|desk| desk.phone_of.clone());
    let field = field.map(|whose| view! { <FieldPlace lang whose /> });
    let hidden = unlisted || site.noindex || site.demo;
    let scheme = here.reader.scheme;
    let manifest = if site.demo {
        "/manifest-demo.webmanifest"
    } else {
        "/manifest.webmanifest"
    };
    view! {
        <html
            lang=lang.tag()
            data-size=(here.reader.size == Size::Large).then_some("large")
            data-scheme=(scheme != Scheme::Auto).then(|| scheme.word())
        >
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width,initial-scale=1" />
                <title>{whole_title}</title>
                {description.map(|text| view! { <meta name="description" content=text /> })}
                {hidden.then(|| view! { <meta name="robots" content="noindex" /> })}
                {theme_colours(scheme)}
                <meta name="format-detection" content="telephone=no" />
                <link rel="stylesheet" href=assets::css_path() />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="apple-touch-icon" href="/icon-180.png" />
                <link rel="manifest" href=manifest />
                {alternates}
                {card}
                {site.islands.clone().map(|files| {
                    view! {
                        <meta name="islands" content=format!("{} {}", files.script, files.wasm) />
                        <script type="module" src=assets::boot_path()></script>
                    }
                })}
            </head>
            <body>
                <a class="skip" href="#main">{t::skip_to_content(lang)}</a>
                {header(&here, nav, desk, alone)}
                <main id="main" tabindex="-1">{field}{children()}</main>
                {footer(&here, at_desk)}
            </body>
        </html>
    }
    .into_any()
}

/// The colour of the browser's own bars: that of the header, in the colours the page is seen in.
fn theme_colours(scheme: Scheme) -> AnyView {
    let (light, dark) = ("#0b5563", "#172127");
    match scheme {
        Scheme::Light => view! { <meta name="theme-color" content=light /> }.into_any(),
        Scheme::Dark => view! { <meta name="theme-color" content=dark /> }.into_any(),
        Scheme::Auto => [("light", light), ("dark", dark)]
            .map(|(scheme, colour)| {
                let media = format!("(prefers-color-scheme: {scheme})");
                meta()
                    .name("theme-color")
                    .content(colour)
                    .attr("media", media)
            })
            .into_iter()
            .collect::<Vec<_>>()
            .into_any(),
    }
}

fn header(here: &Here, current: Nav, desk: Option<DeskBar>, alone: bool) -> AnyView {
    let lang = here.lang();
    let at_desk = desk.is_some();
    let home = if at_desk { "/desk" } else { "/" };
    let links = match desk {
        Some(desk) => desk_links(lang, desk),
        None if alone => ().into_any(),
        None => resident_links(lang, current),
    };
    let languages: Vec<_> = Lang::ALL
        .into_iter()
        .filter(|other| *other != lang)
        .map(|other| {
            view! {
                <a href=here.with("lang", other.tag()) lang=other.tag() hreflang=other.tag()>
                    {own_name(other)}
                </a>
            }
        })
        .collect();
    let (size, size_text) = match here.reader.size {
        Size::Normal => (Size::Large, t::size_larger(lang)),
        Size::Large => (Size::Normal, t::size_normal(lang)),
    };
    view! {
        <header class="bar">
            {here.site.demo.then(|| view! { <p class="demo">{t::demo_label(lang)}</p> })}
            {at_desk.then(|| view! { <p class="unclassified">{t::desk_unclassified(lang)}</p> })}
            <div>
                <a class="brand" href=home>
                    <Sign />
                    <b>{t::site_name(lang)}</b>
                    <small>{t::site_subtitle(lang, here.site.city.get(lang))}</small>
                </a>
                <div class="tools">
                    <a href=here.with("size", size.word())>{size_text}</a>
                    {languages}
                </div>
                {links}
            </div>
        </header>
    }
    .into_any()
}

fn resident_links(lang: Lang, current: Nav) -> AnyView {
    let entries = [
        (Nav::Whistle, "/whistle", t::nav_whistle(lang)),
        (Nav::Track, "/track", t::nav_track(lang)),
        (Nav::Services, "/services", t::nav_services(lang)),
        (Nav::Cases, "/cases", t::nav_cases(lang)),
        (Nav::Communities, "/communities", t::nav_communities(lang)),
    ];
    let links: Vec<_> = entries
        .into_iter()
        .map(|(nav, href, text)| {
            view! { <a href=href aria-current=(nav == current).then_some("page")>{text}</a> }
        })
        .collect();
    view! { <nav aria-label=t::nav_label(lang)>{links}</nav> }.into_any()
}

fn desk_links(lang: Lang, desk: DeskBar) -> AnyView {
    let entries = [
        (
            DeskNav::Work,
            desk.works.unwrap_or("/desk"),
            t::desk_work(lang),
            desk.works.is_some(),
        ),
        (DeskNav::File, "/desk/file", t::desk_file(lang), desk.files),
        (
            DeskNav::People,
            "/desk/people",
            t::people_title(lang),
            desk.manages,
        ),
        (
            DeskNav::Audit,
            "/desk/audit",
            t::audit_title(lang),
            desk.audits,
        ),
        (
            DeskNav::Supervision,
            "/desk/audit",
            t::supervision_title(lang),
            desk.supervises && !desk.audits,
        ),
        (
            DeskNav::City,
            "/desk/city",
            t::nav_city(lang),
            desk.reads_city,
        ),
        (DeskNav::Me, "/desk/me", t::me_title(lang), true),
    ];
    let links: Vec<_> = entries
        .into_iter()
        .filter(|(.., shown)| *shown)
        .map(|(nav, href, text, _)| {
            view! { <a href=href aria-current=(nav == desk.current).then_some("page")>{text}</a> }
        })
        .collect();
    view! {
        <nav class="desk" aria-label=t::desk_nav(lang)>
            {links}
            <form method="post" action="/sign-out">
                <span class="who">{desk.name}</span>
                <button class="link" type="submit">{t::sign_out(lang)}</button>
            </form>
        </nav>
    }
    .into_any()
}

/// Links of the footer at the desk.
const AT_DESK: [&str; 4] = [
    "/help/accessibility",
    "/help/privacy",
    "/help/metrics",
    "/help/letters",
];

/// What stands below every page; at the desk without what residents look for there.
fn footer(here: &Here, at_desk: bool) -> AnyView {
    let lang = here.lang();
    let site = &here.site;
    let links: Vec<_> = [
        ("/help/accessibility", t::footer_accessibility(lang)),
        ("/help/privacy", t::footer_privacy(lang)),
        ("/help/metrics", t::footer_metrics(lang)),
        ("/data", t::footer_data(lang)),
        ("/ledger", t::footer_ledger(lang)),
        ("/help/contact", t::footer_contact(lang)),
    ]
    .into_iter()
    .chain(
        site.demo
            .then(|| ("/help/letters", t::footer_letterbox(lang))),
    )
    .chain(site.demo.then(|| ("/help/parts", t::footer_parts(lang))))
    .filter(|(href, _)| !at_desk || AT_DESK.contains(href))
    .map(|(href, text)| view! { <li><a href=href>{text}</a></li> })
    .collect();
    let schemes: Vec<_> = [
        (Scheme::Auto, t::scheme_auto(lang)),
        (Scheme::Light, t::scheme_light(lang)),
        (Scheme::Dark, t::scheme_dark(lang)),
    ]
    .into_iter()
    .map(|(scheme, text)| {
        let current = (scheme == here.reader.scheme).then_some("true");
        view! { <li><a href=here.with("scheme", scheme.word()) aria-current=current>{text}</a></li> }
    })
    .collect();
    let filings: Vec<_> = [&site.sponsor, &site.icp, &site.police_filing]
        .into_iter()
        .filter(|text| !text.is_empty())
        .map(|text| view! { <span lang=tongue::of_name(lang, text)>{text.clone()}</span> })
        .collect();
    let hotline = site.hotline.clone().map(|line: PhoneLine| {
        view! {
            <li>
                <a href=format!("tel:{}", line.number)>
                    <b>{line.number.clone()}</b>
                    " "
                    {line.names.get(lang).to_owned()}
                </a>
            </li>
        }
    });
    view! {
        <footer class="foot">
            <div>
                {(!at_desk).then(|| view! {
                    <section aria-labelledby="foot-phones">
                        <h2 id="foot-phones">{t::footer_phones(lang)}</h2>
                        <ul class="phones">
                            <EmergencyLines lines=site.emergency.clone() lang />
                            {hotline}
                        </ul>
                    </section>
                })}
                <ul class="links">{links}</ul>
                <ul class="links" aria-label=t::scheme_label(lang)>{schemes}</ul>
                <p class="filings">
                    {filings}
                    {site.demo.then(|| view! { <span>{t::demo_short(lang)}</span> })}
                </p>
            </div>
        </footer>
    }
    .into_any()
}
