//! Communities suggested as one types: by name, former name, pinyin, or the words of the place.

use std::{cell::RefCell, rc::Rc};

use domain::{city::OfferedCommunity, lang::Lang};
use leptos::{
    wasm_bindgen::JsCast,
    web_sys::{Element, Event, HtmlInputElement, HtmlTextAreaElement, KeyboardEvent},
};

use super::{FormWords, offer};
use crate::islands::dom;

/// The field that is helped.
const FIELD: &str = "community";
/// Id of the list.
const LIST: &str = "community-list";
/// How many are suggested at once.
const MOST: usize = 6;

/// A suggestion.
#[derive(Clone, Debug, PartialEq)]
struct Choice {
    name: String,
    about: String,
}

/// A list below the field `community` that follows what is typed (the combobox pattern of the ARIA
/// Authoring Practices), and a proposal where the place or the description names a community.
pub fn wake(lang: Lang, words: &Rc<FormWords>) {
    equip();
    let suggest = Rc::new(Suggest {
        lang,
        words: Rc::clone(words),
        rows: RefCell::default(),
        asked: RefCell::default(),
    });
    let typed = Rc::clone(&suggest);
    dom::listen("input", move |event| {
        // What this island writes itself is no question.
        if event.is_trusted()
            && let Some(stroke) = Stroke::of(event)
        {
            *typed.asked.borrow_mut() = Some(stroke);
            typed.answer();
        }
    });
    let pressed = Rc::clone(&suggest);
    dom::listen("keydown", move |event| {
        if let Some(key) = event.dyn_ref::<KeyboardEvent>().filter(|_| is_ours(event))
            && pressed.key(&key.key())
        {
            event.prevent_default();
        }
    });
    let left = Rc::clone(&suggest);
    dom::listen("focusout", move |event| {
        if is_ours(event) {
            left.close();
        }
    });
    offer::when_there(move || suggest.answer());
}

/// What is suggested at the moment.
struct Suggest {
    lang: Lang,
    words: Rc<FormWords>,
    /// The rows of the open list, and which of them the keys have reached.
    rows: RefCell<(Vec<Choice>, Option<usize>)>,
    /// What was typed last.
    asked: RefCell<Option<Stroke>>,
}

impl Suggest {
    fn answer(self: &Rc<Self>) {
        let Some(offer) = offer::offer() else { return };
        let asked = self.asked.borrow();
        match asked.as_ref() {
            None => {}
            Some(Stroke::Community(typed)) => {
                let found = offer.search_communities(typed);
                let rows = found.into_iter().take(MOST);
                let rows = rows.map(|found| choice(found, self.lang)).collect();
                *self.rows.borrow_mut() = (rows, None);
                self.draw();
                self.propose(None);
            }
            Some(Stroke::Place(text)) => {
                let field = dom::by_id::<HtmlInputElement>(FIELD);
                let is_empty = field.is_some_and(|field| field.value().is_empty());
                let found = offer.communities_in(text);
                let first = found.first().filter(|_| is_empty);
                self.propose(first.map(|first| first.names.get(self.lang)));
            }
        }
    }

    /// What a key does to the open list; whether it did anything.
    fn key(self: &Rc<Self>, key: &str) -> bool {
        let (count, at) = {
            let rows = self.rows.borrow();
            (rows.0.len(), rows.1)
        };
        if count == 0 {
            return false;
        }
        let next = match key {
            "ArrowDown" => at.map_or(0, |n| (n + 1) % count),
            "ArrowUp" => (at.unwrap_or(0) + count - 1) % count,
            "Enter" => {
                let name = at.and_then(|n| self.rows.borrow().0.get(n).map(|row| row.name.clone()));
                match &name {
                    Some(name) => self.take(name),
                    None => self.close(),
                }
                return name.is_some();
            }
            "Escape" => {
                self.close();
                return true;
            }
            _ => return false,
        };
        self.rows.borrow_mut().1 = Some(next);
        self.draw();
        true
    }

    fn take(self: &Rc<Self>, name: &str) {
        dom::type_in(FIELD, name);
        self.propose(None);
        self.close();
    }

    fn close(self: &Rc<Self>) {
        *self.rows.borrow_mut() = (Vec::new(), None);
        self.draw();
    }

    /// The list as it stands, and the field told of it.
    fn draw(self: &Rc<Self>) {
        let Some(list) = dom::by_id::<Element>(LIST) else {
            return;
        };
        let (rows, at) = &*self.rows.borrow();
        list.set_text_content(None);
        for (n, row) in rows.iter().enumerate() {
            let Some(item) = dom::make("li", "", "") else {
                continue;
            };
            dom::set(&item, "role", Some("option"));
            dom::set(&item, "id", Some(&format!("{LIST}-{n}")));
            let meant = if *at == Some(n) { "true" } else { "false" };
            dom::set(&item, "aria-selected", Some(meant));
            dom::put(&item, dom::make("b", "", &row.name));
            dom::put(&item, dom::make("small", "", &row.about));
            let (name, suggest) = (row.name.clone(), Rc::clone(self));
            // The field keeps the focus; a press would take it away first.
            dom::on(&item, "pointerdown", move |event| {
                event.prevent_default();
                suggest.take(&name);
            });
            dom::put(&list, Some(item));
        }
        dom::set(&list, "hidden", rows.is_empty().then_some(""));
        if let Some(field) = dom::by_id::<Element>(FIELD) {
            let open = if rows.is_empty() { "false" } else { "true" };
            dom::set(&field, "aria-expanded", Some(open));
            let meant = at.map(|n| format!("{LIST}-{n}"));
            dom::set(&field, "aria-activedescendant", meant.as_deref());
        }
        if let Some(line) = dom::by_id::<Element>("community-count") {
            let count = self.words.count.replace('#', &rows.len().to_string());
            dom::say(&line, if rows.is_empty() { "" } else { &count });
        }
    }

    /// A community that was named elsewhere, with a button that takes it.
    fn propose(self: &Rc<Self>, name: Option<&str>) {
        let Some(place) = dom::by_id::<Element>("community-named") else {
            return;
        };
        if place.get_attribute("data-name").as_deref() == name {
            return;
        }
        dom::set(&place, "data-name", name);
        place.set_text_content(None);
        if let Some(name) = name {
            let text = self.words.named.replace('#', name);
            dom::put(&place, dom::make("p", "hint", &text));
            let (name, suggest) = (name.to_owned(), Rc::clone(self));
            dom::put(
                &place,
                dom::button(&self.words.take, move || {
                    // The button goes. Whoever came by key goes on in the field; a finger would
                    // only open the keyboard there.
                    let by_key = dom::first::<Element>("#community-named :focus-visible");
                    suggest.take(&name);
                    if by_key.is_some() {
                        dom::focus(FIELD);
                    }
                }),
            );
        }
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
    let Some(field) = dom::by_id::<Element>(FIELD) else {
        return;
    };
    for (name, value) in [
        ("list", None),
        ("role", Some("combobox")),
        ("aria-autocomplete", Some("list")),
        ("aria-controls", Some(LIST)),
        ("aria-expanded", Some("false")),
    ] {
        dom::set(&field, name, value);
    }
}
