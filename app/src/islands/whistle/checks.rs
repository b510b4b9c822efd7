//! The form's mistakes, told while one fills it in, by the code that judges it on the server.

use std::{cell::RefCell, rc::Rc};

use domain::{
    city::{OFFERED_AT, Offer},
    draft::{Draft, FAULTS, Field, FieldError},
};
use leptos::{
    wasm_bindgen::JsCast,
    web_sys::{
        Element, FileList, FormData, HtmlButtonElement, HtmlElement, HtmlFormElement,
        HtmlInputElement, SubmitEvent,
    },
};

use super::offer;
use crate::islands::dom;

/// How long a press may take from putting a finger down to lifting it, in milliseconds.
const AFTER_A_PRESS: i32 = 250;

/// The form that is checked.
const FORM: &str = "form[action=\"/whistle\"]";

/// Shows a mistake beside its field when the field is left, takes it away as soon as it is mended,
/// and keeps a form with mistakes from being sent: its photos would travel for nothing.
pub fn wake(sentences: Vec<String>, titles: Vec<String>) {
    let checks = Rc::new(Checks {
        words: Words { sentences, titles },
        seen: RefCell::new(Vec::new()),
    });
    for event in ["focusout", "change"] {
        let checks = Rc::clone(&checks);
        dom::listen(event, move |event| {
            let left = event.target().and_then(|target| field_of(&target));
            let checks = Rc::clone(&checks);
            // A line that appears moves what lies below: not before a press that ends here is
            // over, or it would miss its button.
            dom::later(AFTER_A_PRESS, move || {
                if let Some((field, false)) = left {
                    checks.seen.borrow_mut().push(field);
                }
                checks.look(true);
            });
        });
    }
    let typed = Rc::clone(&checks);
    dom::listen("input", move |_| typed.look(false));
    dom::before_others("submit", move |event| {
        if let Some(event) = event.dyn_ref::<SubmitEvent>() {
            stop(event, &checks.words);
        }
    });
}

/// What the checks know.
struct Checks {
    words: Words,
    /// Fields somebody has answered; nobody is told off for what was not yet asked.
    seen: RefCell<Vec<Field>>,
}

impl Checks {
    /// Takes away mistakes that were mended; on leaving a field shows those of answered ones.
    fn look(&self, leaving: bool) {
        let Some(form) = dom::first::<HtmlFormElement>(FORM) else {
            return;
        };
        let Some(offer) = offer::offer() else { return };
        let faults = check(&form, &offer);
        for field in Field::ALL {
            let is_shown = place_of(field).is_some_and(|place| place.class_list().contains("bad"));
            let is_due = leaving && self.seen.borrow().contains(&field);
            if is_shown || is_due {
                let fault = faults.iter().find(|(at, _)| *at == field);
                show(field, fault.and_then(|fault| self.words.sentence(*fault)));
            }
        }
    }
}

/// What is said of mistakes.
struct Words {
    sentences: Vec<String>,
    titles: Vec<String>,
}

impl Words {
    fn sentence(&self, fault: (Field, FieldError)) -> Option<&str> {
        let at = FAULTS.iter().position(|known| *known == fault)?;
        self.sentences.get(at).map(String::as_str)
    }
}

/// Keeps a form that is to be filed and has mistakes, and shows them all.
fn stop(event: &SubmitEvent, words: &Words) {
    let form = dom::form_of(event).filter(|form| form.matches(FORM).unwrap_or(false));
    let Some(form) = form else { return };
    let act = event
        .submitter()
        .and_then(|button| button.dyn_into::<HtmlButtonElement>().ok())
        .map_or_else(|| "file".to_owned(), |button| button.value());
    let Some(offer) = offer::offer().filter(|_| act == "file") else {
        return;
    };
    let faults = check(&form, &offer);
    if faults.is_empty() {
        return;
    }
    event.prevent_default();
    // Whoever else would send it has nothing to send.
    event.stop_immediate_propagation();
    let mut told = Vec::new();
    for field in Field::ALL {
        let fault = faults.iter().find(|(at, _)| *at == field);
        let text = fault.and_then(|fault| words.sentence(*fault));
        show(field, text);
        if let Some(text) = text {
            told.push((id_of(field), text));
        }
    }
    let title = words.titles.get(told.len().saturating_sub(1));
    sum_up(&form, title.map_or("", String::as_str), &told);
}

fn check(form: &HtmlFormElement, offer: &Offer) -> Vec<(Field, FieldError)> {
    let draft = draft_of(form);
    draft.check(offer, OFFERED_AT).err().unwrap_or_default()
}

/// The draft as the server would read it from this form.
fn draft_of(form: &HtmlFormElement) -> Draft {
    let data = FormData::new_with_form(form).ok();
    let text = |name: &str| {
        let value = data.as_ref().map(|data| data.get(name));
        value
            .and_then(|value| value.as_string())
            .unwrap_or_default()
    };
    let staged = data
        .as_ref()
        .map_or(0, |data| data.get_all("staged").length());
    let files = dom::by_id::<HtmlInputElement>("photos").and_then(|field| field.files());
    let photos = staged + files.as_ref().map_or(0, FileList::length);
    Draft {
        photos: usize::try_from(photos).unwrap_or(usize::MAX),
        ..Draft::read(text)
    }
}

/// The field an event is about, and whether nothing stands in it.
fn field_of(target: &leptos::web_sys::EventTarget) -> Option<(Field, bool)> {
    let element = target.dyn_ref::<Element>()?;
    let name = element.get_attribute("name")?;
    let field = match name.as_str() {
        "lat" | "lng" | "accuracy" => Field::Position,
        "may_call" => Field::Phone,
        "community_choice" => Field::Community,
        name => Field::ALL
            .into_iter()
            .find(|field| field.as_str() == name)?,
    };
    let value = match element.dyn_ref::<HtmlInputElement>() {
        Some(input) => input.value(),
        None => element
            .dyn_ref::<leptos::web_sys::HtmlTextAreaElement>()?
            .value(),
    };
    Some((field, value.trim().is_empty()))
}

/// Id of the field on the page, as the error summary of the server names it.
const fn id_of(field: Field) -> &'static str {
    match field {
        Field::Position => "lat",
        field => field.as_str(),
    }
}

/// The part of the page that holds the field with its label, hint and error.
fn place_of(field: Field) -> Option<Element> {
    let control = dom::by_id::<Element>(id_of(field))?;
    control.closest(".field").ok().flatten()
}

/// Writes a mistake beside its field as the server would, or takes it away.
fn show(field: Field, text: Option<&str>) -> Option<()> {
    let id = id_of(field);
    let control = dom::by_id::<Element>(id)?;
    let place = place_of(field)?;
    let error_id = format!("{id}-error");
    let old = dom::by_id::<HtmlElement>(&error_id);
    // A group is described as a whole, a single field itself.
    let described = if place.tag_name() == "FIELDSET" {
        &place
    } else {
        &control
    };
    let Some(text) = text else {
        place.class_list().remove_1("bad").ok()?;
        control.remove_attribute("aria-invalid").ok()?;
        describe(described, &error_id, false)?;
        if let Some(old) = old {
            old.remove();
        }
        return Some(());
    };
    place.class_list().add_1("bad").ok()?;
    if place.tag_name() != "FIELDSET" {
        control.set_attribute("aria-invalid", "true").ok()?;
    }
    describe(described, &error_id, true)?;
    if let Some(old) = old {
        old.set_text_content(Some(text));
        return Some(());
    }
    let line = dom::document()?.create_element("p").ok()?;
    line.set_class_name("error");
    line.set_id(&error_id);
    line.set_text_content(Some(text));
    let before = dom::by_id::<Element>(&format!("{id}-hint"))
        .or_else(|| place.query_selector("label, legend").ok().flatten())?;
    before.after_with_node_1(&line).ok()
}

/// Adds or takes away one id of `aria-describedby`.
fn describe(element: &Element, id: &str, is_wanted: bool) -> Option<()> {
    let ids = element
        .get_attribute("aria-describedby")
        .unwrap_or_default();
    let mut ids: Vec<&str> = ids
        .split_whitespace()
        .filter(|known| *known != id)
        .collect();
    if is_wanted {
        ids.push(id);
    }
    if ids.is_empty() {
        element.remove_attribute("aria-describedby").ok()
    } else {
        element
            .set_attribute("aria-describedby", &ids.join(" "))
            .ok()
    }
}

/// All mistakes above the form, each a link to its field, and the reader with them.
fn sum_up(form: &HtmlFormElement, title: &str, told: &[(&str, &str)]) -> Option<()> {
    let document = dom::document()?;
    if let Some(old) = dom::first::<Element>("main .summary") {
        old.remove();
    }
    let summary: HtmlElement = document.create_element("div").ok()?.dyn_into().ok()?;
    summary.set_class_name("summary");
    for (name, value) in [
        ("role", "alert"),
        ("aria-labelledby", "summary-title"),
        ("tabindex", "-1"),
    ] {
        summary.set_attribute(name, value).ok()?;
    }
    let head = document.create_element("h2").ok()?;
    head.set_id("summary-title");
    head.set_text_content(Some(title));
    summary.append_child(&head).ok()?;
    let list = document.create_element("ul").ok()?;
    for (id, text) in told {
        let link = document.create_element("a").ok()?;
        link.set_attribute("href", &format!("#{id}")).ok()?;
        link.set_text_content(Some(text));
        let row = document.create_element("li").ok()?;
        row.append_child(&link).ok()?;
        list.append_child(&row).ok()?;
    }
    summary.append_child(&list).ok()?;
    form.before_with_node_1(&summary).ok()?;
    summary.focus().ok()
}
