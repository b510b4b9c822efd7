//! Communities suggested as one types: by name, former name, pinyin, or the words of the place.

use domain::{city::OfferedCommunity, lang::Lang};
use leptos::{
    ev,
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{Element, HtmlInputElement, HtmlTextAreaElement},
};

use super::offer;
use crate::islands::{dom, words::words};

/// The field that is helped.
const FIELD: &str = "community";
/// Id of the list.
const LIST: &str = "community-list";
/// How many are suggested at once.
const MOST: usize = 6;

words! {
    /// What [`CommunitySuggest`] says; `#` is a name or a number.
    pub struct CommunityWords {
        /// Name of the list.
        pub list: String,
        /// For those who do not see the list: `#` fit.
        pub count: String,
        /// The place that was written names `#`.
        pub named: String,
        /// The button that takes it.
        pub take: String,
    }
}

/// A suggestion.
#[derive(Clone, Debug, PartialEq)]
struct Choice {
    name: String,
    about: String,
}

/// A list below the field `community` that follows what is typed (the combobox pattern of the ARIA
/// Authoring Practices), and a proposal where the place or the description names a community.
#[island]
pub fn CommunitySuggest(
    /// The reader's language.
    lang: Lang,
    /// What it says.
    words: CommunityWords,
) -> impl IntoView {
    let words = StoredValue::new(words);
    let choices = RwSignal::new(Vec::<Choice>::new());
    let at = RwSignal::new(None::<usize>);
    let named = RwSignal::new(None::<String>);
    let strokes = RwSignal::new(None::<Stroke>);
    let close = move || {
        choices.set(Vec::new());
        at.set(None);
    };
    let take = move |name: String| {
        dom::type_in(FIELD, &name);
        named.set(None);
        close();
    };
    Effect::new(move |_| {
        offer::when_touched();
        equip();
        let typed = window_event_listener(ev::input, move |event| {
            // What this island writes itself is no question.
            if event.is_trusted()
                && let Some(stroke) = Stroke::of(&event)
            {
                strokes.set(Some(stroke));
            }
        });
        let keys = window_event_listener(ev::keydown, move |event| {
            let ours = event.target().and_then(|t| t.dyn_into::<Element>().ok());
            if ours.is_none_or(|field| field.id() != FIELD) || choices.with(Vec::is_empty) {
                return;
            }
            let last = choices.with(Vec::len) - 1;
            match event.key().as_str() {
                "ArrowDown" => {
                    at.update(|at| *at = Some(at.map_or(0, |n| if n == last { 0 } else { n + 1 })))
                }
                "ArrowUp" => {
                    at.update(|at| *at = Some(at.and_then(|n| n.checked_sub(1)).unwrap_or(last)))
                }
                "Enter" => match at
                    .get()
                    .and_then(|n| choices.with(|all| all.get(n).cloned()))
                {
                    Some(choice) => take(choice.name),
                    None => return close(),
                },
                "Escape" => close(),
                _ => return,
            }
            event.prevent_default();
        });
        let left = window_event_listener(ev::focusout, move |event| {
            let ours = event.target().and_then(|t| t.dyn_into::<Element>().ok());
            if ours.is_some_and(|field| field.id() == FIELD) {
                close();
            }
        });
        on_cleanup(move || {
            typed.remove();
            keys.remove();
            left.remove();
        });
    });
    Effect::new(move |_| {
        let Some(stroke) = strokes.get() else { return };
        let Some(offer) = offer::offer() else { return };
        match stroke {
            Stroke::Community(typed) => {
                named.set(None);
                let found = offer.search_communities(&typed);
                choices.set(
                    found
                        .into_iter()
                        .take(MOST)
                        .map(|c| choice(c, lang))
                        .collect(),
                );
                at.set(None);
            }
            Stroke::Place(text) => {
                let empty =
                    dom::by_id::<HtmlInputElement>(FIELD).is_some_and(|f| f.value().is_empty());
                let first = offer
                    .communities_in(&text)
                    .first()
                    .map(|c| c.names.get(lang).to_owned());
                named.set(first.filter(|_| empty));
            }
        }
    });
    Effect::new(move |_| tell_field(choices.with(|all| !all.is_empty()), at.get()));
    view! {
        <div class="suggest">
            <ul
                id=LIST role="listbox" class="options"
                aria-label=words.with_value(|words| words.list.clone())
                hidden=move || choices.with(Vec::is_empty)
            >
                {move || {
                    let rows = choices.get().into_iter().enumerate();
                    rows.map(|(n, choice)| {
                        let name = choice.name.clone();
                        view! {
                            // The field keeps the focus; a press would take it away first.
                            <li
                                id=format!("{LIST}-{n}") role="option"
                                aria-selected=move || if at.get() == Some(n) { "true" } else { "false" }
                                on:pointerdown=move |event| {
                                    event.prevent_default();
                                    take(name.clone());
                                }
                            >
                                <b>{choice.name}</b>
                                <small>{choice.about}</small>
                            </li>
                        }
                    })
                    .collect::<Vec<_>>()
                }}
            </ul>
            <div role="status">
                {move || {
                    let count = choices.with(Vec::len);
                    (count > 0).then(|| {
                        let text = words.with_value(|words| words.count.replace('#', &count.to_string()));
                        view! { <p class="unseen">{text}</p> }
                    })
                }}
                {move || named.get().map(|name| {
                    let text = words.with_value(|words| words.named.replace('#', &name));
                    view! {
                        <p class="hint">{text}</p>
                        <button class="btn quiet" type="button" on:click=move |_| take(name.clone())>
                            {words.with_value(|words| words.take.clone())}
                        </button>
                    }
                })}
            </div>
        </div>
    }
}

/// What was typed, and where.
#[derive(Clone, Debug, PartialEq)]
enum Stroke {
    Community(String),
    Place(String),
}

impl Stroke {
    fn of(event: &ev::Event) -> Option<Self> {
        let target = event.target()?;
        if let Some(input) = target.dyn_ref::<HtmlInputElement>() {
            return match input.name().as_str() {
                FIELD => Some(Self::Community(input.value())),
                "place" => Some(Self::Place(input.value())),
                _ => None,
            };
        }
        let area = target.dyn_ref::<HtmlTextAreaElement>()?;
        (area.name() == "description").then(|| Self::Place(area.value()))
    }
}

fn choice(community: &OfferedCommunity, lang: Lang) -> Choice {
    let unit = community.unit.iter().map(|unit| unit.get(lang).to_owned());
    let about: Vec<String> = unit.chain(community.formerly.iter().cloned()).collect();
    Choice {
        name: community.names.get(lang).to_owned(),
        about: about.join(" · "),
    }
}

/// The browser's own list gives way, and the field says that one of ours follows it.
fn equip() {
    let Some(field) = dom::by_id::<HtmlInputElement>(FIELD) else {
        return;
    };
    // An attribute of a plain name is always accepted.
    let _ = field.remove_attribute("list");
    let _ = field.set_attribute("role", "combobox");
    let _ = field.set_attribute("aria-autocomplete", "list");
    let _ = field.set_attribute("aria-controls", LIST);
}

/// Tells those who do not see it whether the list is open and which row is meant.
fn tell_field(open: bool, at: Option<usize>) {
    let Some(field) = dom::by_id::<HtmlInputElement>(FIELD) else {
        return;
    };
    let _ = field.set_attribute("aria-expanded", if open { "true" } else { "false" });
    match at.filter(|_| open) {
        Some(n) => {
            let _ = field.set_attribute("aria-activedescendant", &format!("{LIST}-{n}"));
        }
        None => {
            let _ = field.remove_attribute("aria-activedescendant");
        }
    }
}
