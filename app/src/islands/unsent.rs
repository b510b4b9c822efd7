//! What was typed on a case of the desk and not sent. A case has a form for each thing that can be done,
//! and sending one loads the page anew.
//!
//! Before a form is sent, what was typed in the others is kept in this tab, each under the case and the
//! form, and put back where that form is still offered. It goes when its form is sent, after half a day,
//! when somebody else is at the desk, and when its person signs out (`frontend/boot.js`). Only forms that
//! bear their name in `data-keep` are looked at, and of their fields none that is hidden, secret or a file.

use js_sys::{Array, Date, JSON};
use leptos::{
    prelude::*,
    wasm_bindgen::{JsCast, JsValue},
    web_sys::{
        Element, HtmlFormElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, Storage,
    },
};

use super::{
    dom,
    words::{attribute, words},
};
use crate::in_browser;

/// Id of the place that bears the words of [`DeskUnsent`].
pub const UNSENT: &str = "desk-unsent";

/// Borne by a form whose words are kept: its name on the page.
const NAME: &str = "data-keep";
/// Borne by one that came back from the server: what stands in it was typed, too.
const CAME_BACK: &str = "data-came-back";
/// How all that is kept begins to be called; `frontend/boot.js` knows it as well.
const KEPT: &str = "huiyin-desk ";
/// How long it is kept, in milliseconds.
const LASTS: f64 = 12.0 * 3_600_000.0;

words! {
    /// What [`DeskUnsent`] has to know and says.
    pub struct UnsentWords {
        /// The number of the case.
        pub case: String,
        /// Who is at the desk, by their id.
        pub whose: String,
        /// Said in a form that has its words again.
        pub back: String,
    }
}

/// Keeps what is typed in one form while another is sent, and puts it back.
#[island]
pub fn DeskUnsent() -> impl IntoView {
    in_browser(|| {
        wake();
    });
}

fn wake() -> Option<()> {
    let place = dom::by_id::<Element>(UNSENT)?;
    let words = UnsentWords::read(&attribute(&place, "data-words"))?;
    let memory = dom::memory_of_tab()?;
    sweep(&memory, &words.whose);
    for form in forms() {
        put_back(&memory, &words, &form);
    }
    dom::of_window("submit", move |event| {
        let sent = dom::form_of(event);
        // Signing out forgets all of it (`frontend/boot.js`).
        if let Some(sent) = sent.filter(|sent| attribute(sent, "action") != "/sign-out") {
            keep(&memory, &words, &sent);
        }
    });
    Some(())
}

fn forms() -> Vec<HtmlFormElement> {
    dom::all(&format!("form[{NAME}]"))
}

/// Under which name the words of a form are kept.
fn name_of(words: &UnsentWords, form: &HtmlFormElement) -> String {
    format!("{KEPT}{} {}", words.case, attribute(form, NAME))
}

/// Keeps what was typed in every form but the one that is sent.
fn keep(memory: &Storage, words: &UnsentWords, sent: &HtmlFormElement) {
    for form in forms() {
        let name = name_of(words, &form);
        let kept = Array::of2(
            &JsValue::from_str(&words.whose),
            &JsValue::from_f64(Date::now()),
        );
        if !form.is_same_node(Some(sent)) && add_typed(&kept, &form) {
            let text = JSON::stringify(&kept).map(String::from);
            // Where there is no room, it is as it was without this.
            let _ = memory.set_item(&name, &text.unwrap_or_default());
        } else {
            let _ = memory.remove_item(&name);
        }
    }
}

/// Adds id, tick and value of each field in which something was typed; whether there was one.
fn add_typed(kept: &Array, form: &HtmlFormElement) -> bool {
    let came_back = form.has_attribute(CAME_BACK);
    let before = kept.length();
    let name = attribute(form, NAME);
    for field in dom::all::<Element>(&format!("form[{NAME}=\"{name}\"] [name]")) {
        let Some(held) = held(&field) else { continue };
        let typed = held.changed || (came_back && held.says_something());
        // Of radio buttons the one that is ticked now says it all.
        if typed && held.tick != RADIO_OFF && !field.id().is_empty() {
            for text in [field.id().as_str(), held.tick, held.value.as_str()] {
                kept.push(&JsValue::from_str(text));
            }
        }
    }
    kept.length() > before
}

/// What was kept under a name: who typed it, when, and then its fields.
fn read(memory: &Storage, name: &str) -> Option<Array> {
    let text = memory.get_item(name).ok()??;
    JSON::parse(&text).ok()?.dyn_into().ok()
}

/// Forgets what is too old, and what somebody else typed.
fn sweep(memory: &Storage, whose: &str) {
    let length = memory.length().unwrap_or_default();
    let names = (0..length).filter_map(|at| memory.key(at).ok().flatten());
    let names: Vec<String> = names.filter(|name| name.starts_with(KEPT)).collect();
    for name in names {
        let good = read(memory, &name).is_some_and(|kept| {
            let age = Date::now() - kept.get(1).as_f64().unwrap_or_default();
            kept.get(0).as_string().as_deref() == Some(whose) && age.abs() < LASTS
        });
        if !good {
            let _ = memory.remove_item(&name);
        }
    }
}

/// Fills a form with what was typed in it, opens it and says so.
fn put_back(memory: &Storage, words: &UnsentWords, form: &HtmlFormElement) -> Option<()> {
    let kept = read(memory, &name_of(words, form))?;
    let text = |at| kept.get(at).as_string().unwrap_or_default();
    let mut filled = false;
    for at in (2..kept.length()).step_by(3) {
        let field = dom::by_id::<Element>(&text(at)).filter(|it| form.contains(Some(it)));
        if let Some(field) = field {
            filled |= fill(&field, &text(at + 1), &text(at + 2));
        }
    }
    if filled {
        let line = dom::make("p", "hint", &words.back)?;
        dom::set(&line, "role", Some("status"));
        form.prepend_with_node_1(&line).ok()?;
    }
    Some(())
}

/// Fills a field that nobody has touched since; whether it took it.
fn fill(field: &Element, tick: &str, value: &str) -> bool {
    let Some(before) = held(field).filter(|held| !held.changed) else {
        return false;
    };
    if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
        area.set_value(value);
    } else if let Some(select) = field.dyn_ref::<HtmlSelectElement>() {
        select.set_value(value);
        if select.value() != value {
            // It is no choice any more.
            select.set_value(&before.value);
            return false;
        }
    } else if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
        if tick.is_empty() {
            input.set_value(value);
        } else if input.value() == value {
            input.set_checked(tick != OFF);
        } else {
            return false;
        }
    }
    // Whoever asks whether somebody is writing here hears it.
    dom::tell(field, "input");
    unfold(field);
    true
}

/// Opens every fold that a field lies in.
fn unfold(field: &Element) {
    let mut around = field.closest("details").ok().flatten();
    while let Some(fold) = around {
        dom::set(&fold, "open", Some(""));
        let above = fold.parent_element();
        around = above.and_then(|it| it.closest("details").ok().flatten());
    }
}

const ON: &str = "on";
const OFF: &str = "off";
const RADIO_OFF: &str = "-";

/// What a field holds.
struct Held {
    value: String,
    /// Whether it is ticked; empty for what is no tick.
    tick: &'static str,
    /// Not as the page came.
    changed: bool,
}

impl Held {
    fn says_something(&self) -> bool {
        match self.tick {
            "" => !self.value.is_empty(),
            tick => tick == ON,
        }
    }
}

/// None for a field whose content is not kept.
fn held(field: &Element) -> Option<Held> {
    let of = |value: String, first: Option<String>| Held {
        changed: first.as_ref() != Some(&value),
        value,
        tick: "",
    };
    if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
        return Some(of(area.value(), area.default_value().ok()));
    }
    if let Some(select) = field.dyn_ref::<HtmlSelectElement>() {
        let option = |which| select.query_selector(which).ok().flatten();
        let first = option("option[selected]").or_else(|| option("option"));
        return Some(of(select.value(), first?.get_attribute("value")));
    }
    let input = field.dyn_ref::<HtmlInputElement>()?;
    match input.type_().as_str() {
        kind @ ("radio" | "checkbox") => Some(Held {
            value: input.value(),
            tick: match (input.checked(), kind) {
                (true, _) => ON,
                (false, "radio") => RADIO_OFF,
                (false, _) => OFF,
            },
            changed: input.checked() != input.default_checked(),
        }),
        "text" | "number" | "date" | "datetime-local" => {
            Some(of(input.value(), Some(input.default_value())))
        }
        _ => None,
    }
}
