//! What becomes of the forms of a page when their step lies on the phone.

use leptos::{
    wasm_bindgen::JsCast,
    web_sys::{DataTransfer, Element, HtmlElement, HtmlFormElement, HtmlInputElement},
};

use super::step::{self, Step};
use crate::islands::{EMPTIED, dom, words::attribute};

/// Borne by the line behind a form: the key of the step it is about, or nothing where that is settled.
pub const NOTE: &str = "data-note";
/// Borne by a form that goes its usual way.
pub const PASSED: &str = "data-passed";

/// Lets the browser send a form, as without a script.
pub fn pass(form: &HtmlFormElement, button: &HtmlElement) {
    form.set_inert(false);
    dom::set(form, PASSED, Some(""));
    let _ = form.request_submit_with_submitter(Some(button));
}

/// The step of a form lies on the phone. One that may be taken again has an empty form for the next; any
/// other stays as it was pressed, with its note.
pub fn leave(form: &HtmlFormElement, step: &Step) {
    if step.is_once() {
        return;
    }
    dom::set(form, step::KEY, None);
    form.reset();
    // Photos that waited on the server are that step's.
    if let Ok(Some(staged)) = form.query_selector(".staged") {
        staged.remove();
    }
    if let Some((field, none)) = field_of(form, "photos").zip(DataTransfer::new().ok()) {
        dom::tell(&field, EMPTIED);
        field.set_files(none.files().as_ref());
        dom::tell(&field, "change");
    }
    form.set_inert(false);
}

fn field_of(form: &HtmlFormElement, name: &str) -> Option<HtmlInputElement> {
    let found = form.query_selector(&format!("input[name={name}]"));
    found.ok()??.dyn_into().ok()
}

/// The forms that follow a step of this part: whether they are due yet is for the server to say, later.
pub fn uncover(part: &str) {
    if part.is_empty() {
        return;
    }
    for (name, hidden) in [("data-later", None), ("data-until", Some(""))] {
        for element in dom::all::<Element>(&format!("[{name}]")) {
            let of = attribute(&element, name);
            if of.is_empty() || of == part {
                dom::set(&element, "hidden", hidden);
            }
        }
    }
}

/// The lines that say how this step stands.
pub fn noted(key: &str) -> Vec<Element> {
    dom::all(&format!("[{NOTE}=\"{key}\"]"))
}

/// The line behind a form, made when first asked for.
fn line_of(form: &HtmlFormElement) -> Option<Element> {
    let there = form.next_element_sibling();
    if let Some(line) = there.filter(|next| next.has_attribute(NOTE)) {
        return Some(line);
    }
    let line = dom::make("p", "field-note", "")?;
    dom::set(&line, "role", Some("status"));
    form.after_with_node_1(&line).ok()?;
    Some(line)
}

/// Behind a form it is said how this step stands.
pub fn note(form: &HtmlFormElement, key: &str) {
    if let Some(line) = line_of(form) {
        dom::set(&line, NOTE, Some(key));
    }
}

/// Says something behind a form.
pub fn say_at(form: &HtmlFormElement, text: &str) {
    if let Some(line) = line_of(form) {
        dom::set(&line, NOTE, Some(""));
        dom::say(&line, text);
    }
}
