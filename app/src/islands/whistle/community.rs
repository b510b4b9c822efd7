//! Communities suggested as one types: by name, former name, pinyin, or the words of the place.

use domain::{city::OfferedCommunity, lang::Lang};
use leptos::{
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{Element, Event, HtmlInputElement, HtmlTextAreaElement, KeyboardEvent, PointerEvent},
};

use super::offer;
use crate::islands::{
    dom,
    thin::{effect, flag, part, press, text},
    words::words,
};

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
    effect(move || {
        offer::when_touched();
        equip();
        dom::listen("input", move |event| {
            // What this island writes itself is no question.
            if event.is_trusted()
                && let Some(stroke) = Stroke::of(event)
            {
                strokes.set(Some(stroke));
            }
        });
        dom::listen("keydown", move |event| {
            let Some(key) = event.dyn_ref::<KeyboardEvent>().filter(|_| is_ours(event)) else {
                return;
            };
            let rows = choices.with(Vec::len);
            if rows == 0 {
                return;
            }
            let above = |n: usize| (n + rows - 1) % rows;
            match key.key().as_str() {
                "ArrowDown" => at.update(|at| *at = Some(at.map_or(0, |n| (n + 1) % rows))),
                "ArrowUp" => at.update(|at| *at = Some(above(at.unwrap_or(0)))),
                "Enter" => {
                    let Some(n) = at.get_untracked() else {
                        return close();
                    };
                    let chosen = choices.with(|all| all.get(n).map(|choice| choice.name.clone()));
                    if let Some(name) = chosen {
                        take(name);
                    }
                }
                "Escape" => close(),
                _ => return,
            }
            event.prevent_default();
        });
        dom::listen("focusout", move |event| {
            if is_ours(event) {
                close();
            }
        });
    });
    effect(move || {
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
    effect(move || tell_field(choices.with(|all| !all.is_empty()), at.get()));
    let rows = part(move || {
        let rows: Vec<_> = choices
            .get()
            .into_iter()
            .enumerate()
            .map(|(n, Choice { name, about })| {
                let taken = name.clone();
                // The field keeps the focus; a press would take it away first.
                let pressed: Box<dyn FnMut(PointerEvent)> = Box::new(move |event| {
                    event.prevent_default();
                    take(taken.clone());
                });
                let meant = text(move || (at.get() == Some(n)).to_string());
                view! {
                    <li id=format!("{LIST}-{n}") role="option" aria-selected=meant on:pointerdown=pressed>
                        <b>{name}</b>
                        <small>{about}</small>
                    </li>
                }
            })
            .collect();
        rows.into_any()
    });
    let count = text(move || match choices.with(Vec::len) {
        0 => String::new(),
        n => words.with_value(|words| words.count.replace('#', &n.to_string())),
    });
    let proposal = text(move || {
        let name = named.get().unwrap_or_default();
        words.with_value(|words| words.named.replace('#', &name))
    });
    let take_it = press(move || {
        if let Some(name) = named.get_untracked() {
            take(name);
        }
    });
    view! {
        <div class="suggest">
            <ul
                id=LIST role="listbox" class="options"
                aria-label=words.with_value(|words| words.list.clone())
                hidden=flag(move || choices.with(Vec::is_empty))
            >
                {rows}
            </ul>
            <p class="unseen" role="status">{count}</p>
            <div role="status" hidden=flag(move || named.with(Option::is_none))>
                <p class="hint">{proposal}</p>
                <button class="btn quiet" type="button" on:click=take_it>
                    {words.with_value(|words| words.take.clone())}
                </button>
            </div>
        </div>
    }
}

/// Whether an event is about the field that is helped.
fn is_ours(event: &Event) -> bool {
    let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    target.is_some_and(|field| field.id() == FIELD)
}

/// What was typed, and where.
#[derive(Clone, Debug, PartialEq)]
enum Stroke {
    Community(String),
    Place(String),
}

impl Stroke {
    fn of(event: &Event) -> Option<Self> {
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
