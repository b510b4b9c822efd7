//! What a chat or a search engine shows of a page that somebody passes on (ogp.me).

use domain::lang::Lang;
use leptos::{html::meta, prelude::*};

use crate::{here::Here, texts::t};

/// The territory an Open Graph locale wants beside the language.
const fn locale(lang: Lang) -> &'static str {
    match lang {
        Lang::ZhHans => "zh_CN",
        Lang::ZhHant => "zh_TW",
        Lang::En => "en_GB",
    }
}

/// The card of a public page: title, description, address and the picture. In a demonstration both
/// the words and the picture say so. Nothing where the site does not know its own address: a card
/// needs absolute ones.
#[component]
pub fn ShareCard(
    here: Here,
    #[prop(into)] title: String,
    /// Nothing but what the page itself shows to everybody.
    description: Option<String>,
) -> impl IntoView {
    let lang = here.lang();
    let site = &here.site;
    if site.base_url.is_empty() {
        return ().into_any();
    }
    let description = match (description, site.demo) {
        (Some(text), true) => Some(t::meta_labelled(lang, t::demo_short(lang), text)),
        (None, true) => Some(t::demo_short(lang).to_owned()),
        (text, false) => text,
    };
    let picture = if site.demo {
        "share-demo.png"
    } else {
        "share.png"
    };
    let mut facts = vec![
        ("og:type", "website".to_owned()),
        ("og:site_name", t::site_name(lang).to_owned()),
        ("og:title", title),
        ("og:url", here.canonical()),
        ("og:locale", locale(lang).to_owned()),
        ("og:image", format!("{}/{picture}", site.base_url)),
        ("og:image:width", "1200".to_owned()),
        ("og:image:height", "630".to_owned()),
        ("og:image:alt", t::meta_card_alt(lang).to_owned()),
    ];
    facts.extend(description.map(|text| ("og:description", text)));
    let others = Lang::ALL.into_iter().filter(|other| *other != lang);
    facts.extend(others.map(|other| ("og:locale:alternate", locale(other).to_owned())));
    let facts: Vec<_> = facts
        .into_iter()
        .map(|(property, content)| meta().attr("property", property).attr("content", content))
        .collect();
    view! {
        {facts}
        <meta name="twitter:card" content="summary_large_image" />
    }
    .into_any()
}
