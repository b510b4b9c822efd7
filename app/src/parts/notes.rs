//! Notes: what to call, what to know, and what to do when there is nothing.

use domain::lang::Lang;
use leptos::prelude::*;

use crate::{here::PhoneLine, texts::t};

/// Emergency numbers as list items with links that dial.
#[component]
pub fn EmergencyLines(lines: Vec<PhoneLine>, lang: Lang) -> impl IntoView {
    lines
        .into_iter()
        .map(|line| {
            let scheme = if line.by_text { "sms" } else { "tel" };
            view! {
                <li>
                    <a class="alarm" href=format!("{scheme}:{}", line.number)>
                        <b>{line.number.clone()}</b>
                        " "
                        {line.names.get(lang).to_owned()}
                    </a>
                </li>
            }
        })
        .collect::<Vec<_>>()
}

/// A note beside the text. `kind` is `plain`, `wait`, `alarm` or `done`; the words carry the
/// meaning, the colour only repeats it.
#[component]
pub fn Callout(
    #[prop(default = "plain")] kind: &'static str,
    #[prop(optional, into)] title: Option<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class=format!("callout {kind}") role="note">
            {title.map(|title| view! { <h2>{title}</h2> })}
            {children()}
        </div>
    }
    .into_any()
}

/// Nothing here, and what to do about it.
#[component]
pub fn EmptyState(#[prop(into)] title: String, children: Children) -> impl IntoView {
    view! {
        <div class="empty">
            <svg class="sign" viewBox="0 0 40 40" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" aria-hidden="true">
                <circle cx="11" cy="20" r="4"></circle>
                <path d="M19 12a11.5 11.5 0 0 1 0 16" stroke-dasharray="3 5"></path>
            </svg>
            <h2>{title}</h2>
            {children()}
        </div>
    }
    .into_any()
}

/// Seen on paper only: what a printed page needs and a screen shows elsewhere.
#[component]
pub fn PrintOnly(lang: Lang, #[prop(into)] address: String) -> impl IntoView {
    view! { <p class="print">{t::print_address(lang, address)}</p> }
}
