//! The list of keys at the foot of a page of the desk, with the switch that turns them off.

use domain::lang::Lang;
use leptos::prelude::*;

use crate::{
    islands::{DeskKeys, KEYS, KEYS_ON},
    texts::t,
};

/// Whose keys they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeysOf {
    /// The worklist.
    List,
    /// A case.
    Case,
}

/// What each key does. Hidden until the island is awake: without it no key does anything.
#[component]
pub fn KeyList(lang: Lang, of: KeysOf) -> impl IntoView {
    let mut keys = match of {
        KeysOf::List => vec![
            ("j", t::keys_next(lang)),
            ("k", t::keys_previous(lang)),
            ("Enter o", t::keys_open(lang)),
            ("x", t::keys_pick(lang)),
            ("/", t::keys_search(lang)),
        ],
        KeysOf::Case => vec![("n", t::keys_after(lang)), ("u", t::keys_back(lang))],
    };
    keys.push(("?", t::keys_list(lang)));
    let keys: Vec<_> = keys
        .into_iter()
        .map(|(keys, what)| {
            let keys: Vec<_> = keys
                .split(' ')
                .map(|key| view! { <kbd translate="no">{key}</kbd>" " })
                .collect();
            view! { <li>{keys}{what}</li> }
        })
        .collect();
    view! {
        <div class="keys noprint" id=KEYS hidden=true>
            <details class="fold">
                <summary>{t::keys_title(lang)}</summary>
                <div class="body">
                    <label class="tick">
                        <input type="checkbox" id=KEYS_ON aria-describedby="keys-hint" />
                        <span>{t::keys_on(lang)}</span>
                    </label>
                    <p class="hint" id="keys-hint">{t::keys_hint(lang)}</p>
                    <ul class="plain">{keys}</ul>
                </div>
            </details>
        </div>
        <DeskKeys />
    }
    .into_any()
}
