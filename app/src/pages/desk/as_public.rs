//! `/desk/cases/{number}/public`: a case as everybody would see it if it were released now, with the parts
//! of the public page itself.

use casework::views::AsPublic;
use leptos::prelude::*;

use crate::{
    here::Here,
    pages::case::{CaseBody, CaseFacts, CaseHead},
    parts::{Breadcrumb, Callout, DeskBar, Page},
    texts::t,
    words,
};

/// `/desk/cases/{number}/public`
#[component]
pub fn AsPublicPage(here: Here, bar: DeskBar, shown: AsPublic) -> impl IntoView {
    let lang = here.lang();
    let AsPublic { story, waits } = shown;
    let number = story.card.number.clone();
    let title = words::case_title(lang, &story.card);
    let back = format!("/desk/cases/{number}");
    let crumbs = vec![
        ("/desk".to_owned(), t::desk_title(lang).to_owned()),
        (back, number),
    ];
    let stands = if waits {
        t::as_public_waits(lang)
    } else {
        t::as_public_stands(lang)
    };
    view! {
        <Page here=here.clone() title=t::as_public_title(lang) desk=bar unlisted=true>
            <Breadcrumb lang links=crumbs />
            <Callout kind="wait"><p>{stands}</p></Callout>
            <div class="two">
                <div>
                    <CaseHead here=here.clone() story=story.clone() title />
                    <CaseBody here=here.clone() story=story.clone() />
                </div>
                <aside class="stack"><CaseFacts here story /></aside>
            </div>
        </Page>
    }
    .into_any()
}
