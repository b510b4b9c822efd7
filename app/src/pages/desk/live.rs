//! Pages of the desk that stand open: what changes by itself, and what does not while somebody is
//! writing or choosing in it.
//!
//! A part that bears `data-live` is put in the place of its older self; one that bears `data-careful` as
//! well holds fields, and stays as long as something was typed or picked on the page.

use leptos::prelude::*;

use crate::{
    here::Here,
    islands::{LiveStory, LiveWords, NEWS},
    texts::t,
};

/// The name in the query of a page that asks for its own parts.
pub const PART: &str = "part";

/// The place where a page of the desk says what is new; `source` is the stream it listens to.
#[component]
pub fn LiveDesk(
    here: Here,
    #[prop(into)] source: String,
    /// What was sent came back and is mended here: as good as being typed.
    kept: bool,
) -> impl IntoView {
    let lang = here.lang();
    let words = LiveWords {
        source,
        part: here.address(&[(PART, "1"), ("done", "")]),
        changed: t::live_desk_changed(lang).to_owned(),
        keep: t::live_desk_keep(lang).to_owned(),
        again: t::live_desk_again(lang).to_owned(),
        page: here.address(&[("done", "")]),
        gone: t::live_desk_gone(lang).to_owned(),
        every: "60".to_owned(),
    };
    view! {
        <div class="live noprint" id=NEWS role="status" data-words=words.sent() data-kept=kept.then_some("")></div>
        <LiveStory />
    }
    .into_any()
}

/// The parts alone, in the language they are in.
#[component]
pub fn PartsAlone(here: Here, children: Children) -> impl IntoView {
    let lang = here.lang().tag();
    view! { <div id="live" lang=lang>{children()}</div> }.into_any()
}
