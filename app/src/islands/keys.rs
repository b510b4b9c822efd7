//! Single letters for whoever works at the desk with the keyboard.
//!
//! What they do is done by links and fields that are on the page anyway, looked up when a key is pressed:
//! the page may have taken over a newer list. They can be turned off, and never act where letters are
//! typed (WCAG 2.2, success criterion 2.1.4).

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use leptos::{
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent},
};

use super::dom;
use crate::in_browser;

/// Id of the place that bears the list of keys, hidden until they work.
pub const KEYS: &str = "desk-keys";
/// Id of the switch that turns them on and off.
pub const KEYS_ON: &str = "keys-on";

/// Under which the browser remembers that they are off.
const MEMORY: &str = "huiyin-keys";
const OFF: &str = "off";

/// The cases of a list.
const LINES: &str = ".work .work-item";
/// Where a letter is typed, or chooses.
const TAKEN: &str =
    "input:not([type=checkbox]), textarea, select, [contenteditable], dialog, [role=dialog]";

/// Shows the place with the id [`KEYS`] and does what it says.
#[island]
pub fn DeskKeys() -> impl IntoView {
    in_browser(wake);
}

fn wake() {
    let (Some(place), Some(switch)) = (dom::by_id::<Element>(KEYS), switch()) else {
        return;
    };
    switch.set_checked(true);
    recall();
    // A page that is come back to, and one in another window.
    for name in ["pageshow", "storage"] {
        dom::of_window(name, |_| recall());
    }
    dom::on(&switch, "change", |_| keep());
    let keys = Rc::new(Keys::default());
    let me = Rc::clone(&keys);
    dom::listen("input", move |event| {
        if target(event).is_some_and(|field| field.id() != KEYS_ON) {
            me.written.set(true);
        }
    });
    dom::listen("keydown", move |event| {
        if keys.hear(event).is_some() {
            event.prevent_default();
        }
    });
    dom::set(&place, "hidden", None);
}

fn switch() -> Option<HtmlInputElement> {
    dom::by_id(KEYS_ON)
}

/// The switch shows what is remembered. Where nothing can be, it stays as it was put.
fn recall() {
    if let Some((memory, switch)) = dom::memory().zip(switch()) {
        let kept = memory.get_item(MEMORY).ok().flatten();
        switch.set_checked(kept.as_deref() != Some(OFF));
    }
}

fn keep() {
    if let Some((memory, switch)) = dom::memory().zip(switch()) {
        // What is not remembered holds for this page.
        let _ = if switch.checked() {
            memory.remove_item(MEMORY)
        } else {
            memory.set_item(MEMORY, OFF)
        };
    }
}

/// What one open page knows.
#[derive(Default)]
struct Keys {
    /// The line one was on last: its id, and how many lines stood above it.
    stood: RefCell<(String, usize)>,
    /// Something was typed or chosen: no letter leaves the page.
    written: Cell<bool>,
}

impl Keys {
    /// Does what a key is for; none if it is for nothing here.
    fn hear(&self, event: &Event) -> Option<()> {
        let event = event.dyn_ref::<KeyboardEvent>()?;
        let with_others = event.ctrl_key() || event.alt_key() || event.meta_key();
        if with_others || event.is_composing() || event.default_prevented() || is_taken(event) {
            return None;
        }
        switch().filter(HtmlInputElement::checked)?;
        let key = event.key();
        // Held down, only moving goes on.
        if event.repeat() && key != "j" && key != "k" {
            return None;
        }
        let lines: Vec<Element> = dom::all(LINES);
        let at = lines.iter().position(dom::has_focus);
        let line = at.and_then(|at| lines.get(at));
        if let Some((at, line)) = at.zip(line) {
            self.stood.replace((line.id(), at));
        }
        match key.as_str() {
            "j" => self.go(&lines, true),
            "k" => self.go(&lines, false),
            "o" => press(line.and_then(link_of)),
            "x" => press(find(line?, "input[type=checkbox]")),
            "/" => search(),
            "?" => self.unfold(),
            "n" => self.leave(".after a[href^='/desk/cases/']"),
            "u" => self.leave(".crumbs a"),
            _ => None,
        }
    }

    /// To the next line or the one before. Where the last one is gone, what took its place is the next.
    fn go(&self, lines: &[Element], down: bool) -> Option<()> {
        let (id, above) = self.stood.borrow().clone();
        let there = lines.iter().position(|line| line.id() == id);
        let next = match there {
            Some(at) if down => at + 1,
            None if down => above,
            _ => there.unwrap_or(above).checked_sub(1)?,
        };
        let next = next.min(lines.len().checked_sub(1)?);
        let line = lines.get(next)?;
        self.stood.replace((line.id(), next));
        link_of(line)?.focus().ok()
    }

    /// Opens the list of keys and goes there, or closes it and goes back.
    fn unfold(&self) -> Option<()> {
        let place: Element = dom::by_id(KEYS)?;
        let fold: Element = find(&place, "details")?;
        if fold.has_attribute("open") {
            let is_there = dom::has_focus(&fold);
            dom::set(&fold, "open", None);
            let line = dom::by_id::<Element>(&self.stood.borrow().0);
            if let Some(link) = line.as_ref().and_then(link_of).filter(|_| is_there) {
                return link.focus().ok();
            }
        } else {
            dom::set(&fold, "open", Some(""));
            find::<HtmlElement>(&fold, "summary")?.focus().ok()?;
            fold.scroll_into_view();
        }
        Some(())
    }

    /// Follows a link, unless something would be lost by it.
    fn leave(&self, link: &str) -> Option<()> {
        if self.written.get() || dom::first::<Element>("[data-kept]").is_some() {
            return None;
        }
        press(dom::first(link))
    }
}

/// Whether a letter belongs to where it was pressed.
fn is_taken(event: &Event) -> bool {
    target(event).is_some_and(|it| matches!(it.closest(TAKEN), Ok(Some(_))))
}

fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn find<T: JsCast>(within: &Element, selector: &str) -> Option<T> {
    let found = within.query_selector(selector).ok()??;
    found.dyn_into().ok()
}

/// The link of a line, which opens its case.
fn link_of(line: &Element) -> Option<HtmlElement> {
    find(line, ".case-head a")
}

fn press(element: Option<HtmlElement>) -> Option<()> {
    element?.click();
    Some(())
}

/// To the field of the search, its fold opened.
fn search() -> Option<()> {
    let field: HtmlInputElement = dom::by_id("q")?;
    if let Ok(Some(fold)) = field.closest("details") {
        dom::set(&fold, "open", Some(""));
    }
    field.focus().ok()?;
    field.select();
    Some(())
}
