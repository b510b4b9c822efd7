//! Ways through: crumbs, pages, search, facts and photos.

use casework::views::PhotoView;
use domain::lang::Lang;
use leptos::prelude::*;

use crate::{
    parts::{Hidden, Icon},
    texts::t,
    words,
};

/// Where this page lies: links to what is above it.
#[component]
pub fn Breadcrumb(lang: Lang, links: Vec<(String, String)>) -> impl IntoView {
    let links: Vec<_> = links
        .into_iter()
        .map(|(href, text)| view! { <li><a href=href>{text}</a></li> })
        .collect();
    view! { <nav class="crumbs" aria-label=t::breadcrumb_label(lang)><ol>{links}</ol></nav> }
}

/// Onward and back to the start. Lists are walked by key, so there are no page numbers, and a
/// step back is the browser's own.
#[component]
pub fn Pagination(lang: Lang, first: Option<String>, next: Option<String>) -> impl IntoView {
    (first.is_some() || next.is_some()).then(|| {
        view! {
            <nav class="pages" aria-label=t::pages_label(lang)>
                {first.map(|href| view! { <a href=href>{t::pages_first(lang)}</a> })}
                {next.map(|href| view! { <a class="btn quiet" rel="next" href=href>{t::pages_next(lang)}</a> })}
            </nav>
        }
    })
}

/// A search that is a plain GET form.
#[component]
pub fn SearchBox(
    lang: Lang,
    #[prop(into)] action: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] placeholder: String,
    #[prop(optional, into)] value: String,
    /// Other parameters the address keeps.
    #[prop(optional)]
    keep: Vec<(String, String)>,
    /// Id of the field, where a page has a second search.
    #[prop(default = "q")]
    id: &'static str,
    /// Not the page's first thing.
    #[prop(optional)]
    quiet: bool,
) -> impl IntoView {
    let keep: Vec<_> = keep
        .into_iter()
        .map(|(name, value)| view! { <Hidden name value /> })
        .collect();
    let name = label.clone();
    view! {
        <form
            class=if quiet { "search small-search" } else { "search" }
            role="search" aria-label=name action=action method="get"
        >
            <label class="unseen" for=id>{label}</label>
            <input
                id=id name="q" type="search" value=value placeholder=placeholder
                maxlength="100" autocomplete="off" enterkeyhint="search"
            />
            {keep}
            <button class=if quiet { "btn quiet" } else { "btn" } type="submit">{Icon::Lens.draw()}<span>{t::search_button(lang)}</span></button>
        </form>
    }
    .into_any()
}

/// Facts as term and description.
#[component]
pub fn SummaryList(rows: Vec<(String, AnyView)>) -> impl IntoView {
    let rows: Vec<_> = rows
        .into_iter()
        .map(|(term, fact)| view! { <div><dt>{term}</dt><dd>{fact}</dd></div> })
        .collect();
    view! { <dl class="kv">{rows}</dl> }
}

/// Photos of a case. `alt` names what is known: their number and the case, never a guess; below it stands
/// when in the work it was taken, and to whom it may be said, what others get of it.
#[component]
pub fn PhotoGrid(lang: Lang, photos: Vec<PhotoView>) -> impl IntoView {
    (!photos.is_empty()).then(|| {
        let photos: Vec<_> = photos
            .into_iter()
            .map(|photo| {
                let said = words::photo(lang, &photo);
                view! {
                    <li>
                        <a href=photo.url>
                            <img
                                src=photo.thumb_url
                                width="320"
                                height="240"
                                alt=t::photo_alt(lang, photo.number)
                                loading="lazy"
                                decoding="async"
                            />
                        </a>
                        {said.map(|said| view! { <p class="small soft">{said}</p> })}
                    </li>
                }
            })
            .collect();
        view! { <ul class="photos">{photos}</ul> }
    })
}
