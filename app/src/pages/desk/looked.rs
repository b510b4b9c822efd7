//! How far back a search went through what has ended, and the way further back.

use casework::worklist::Worklist;
use leptos::prelude::*;

use crate::{format, here::Here, texts::t};

/// Nothing where no ended case was looked through, or all were in one look.
pub(super) fn looked_back(here: &Here, list: &Worklist) -> Option<AnyView> {
    let lang = here.lang();
    let back = list.back.as_ref()?;
    let day = |at| format::day(lang, &here.site.time, at);
    let said = match (back.before.map(day), back.from.map(day)) {
        (None, None) => return None,
        (None, Some(from)) => t::looked_since(lang, from),
        (Some(before), Some(from)) => t::looked_between(lang, before, from),
        (Some(before), None) => t::looked_before(lang, before),
    };
    let further = back.further.as_ref().map(|further| {
        let href = here.address(&[("back", further), ("after", "")]);
        view! { " "<a href=href>{t::looked_further(lang)}</a> }
    });
    Some(view! { <p class="soft noprint" id="looked">{said}{further}</p> }.into_any())
}
