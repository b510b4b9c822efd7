//! What islands ask of the page around them, and how they write in it. Without a browser there is
//! no page, and every answer is none.

use domain::lang::Lang;
use leptos::{
    wasm_bindgen::{JsCast, closure::Closure},
    web_sys::{
        Document, Element, Event, EventInit, EventTarget, FocusOptions, HtmlElement,
        HtmlFormElement, HtmlInputElement, NodeList, Storage, window,
    },
};

/// The page.
pub fn document() -> Option<Document> {
    window()?.document()
}

/// The language of the page.
pub fn lang() -> Lang {
    let root = document().and_then(|document| document.document_element());
    let tag = root.and_then(|root| root.get_attribute("lang"));
    tag.and_then(|tag| tag.parse().ok()).unwrap_or(Lang::ZhHans)
}

/// What this browser remembers for the site from page to page, where it remembers anything.
pub fn memory() -> Option<Storage> {
    window()?.local_storage().ok()?
}

/// What this tab remembers for the site until it is closed, where it remembers anything.
pub fn memory_of_tab() -> Option<Storage> {
    window()?.session_storage().ok()?
}

/// The element with this id, if it is a `T`.
pub fn by_id<T: JsCast>(id: &str) -> Option<T> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// The first element that fits a selector, if it is a `T`.
pub fn first<T: JsCast>(selector: &str) -> Option<T> {
    let found = document()?.query_selector(selector).ok()??;
    found.dyn_into().ok()
}

/// Every element that fits a selector, if it is a `T`.
pub fn all<T: JsCast>(selector: &str) -> Vec<T> {
    let found = document().and_then(|page| page.query_selector_all(selector).ok());
    let length = found.as_ref().map_or(0, NodeList::length);
    (0..length)
        .filter_map(|at| found.as_ref()?.item(at)?.dyn_into().ok())
        .collect()
}

/// Sets the value of the field with this id and tells whoever listens.
pub fn type_in(id: &str, value: &str) {
    if let Some(field) = by_id::<HtmlInputElement>(id) {
        field.set_value(value);
        tell(&field, "input");
        tell(&field, "change");
    }
}

/// Tells of an event as if the person had caused it.
pub fn tell(element: &Element, name: &str) {
    let options = EventInit::new();
    options.set_bubbles(true);
    if let Ok(event) = Event::new_with_event_init_dict(name, &options) {
        // Whether somebody cancels it changes nothing here.
        let _ = element.dispatch_event(&event);
    }
}

/// The form an event is about.
pub fn form_of(event: &Event) -> Option<HtmlFormElement> {
    event.target()?.dyn_into().ok()
}

/// Listens to an event of the page for as long as the page is there.
pub fn listen(name: &str, hear: impl Fn(&Event) + 'static) {
    if let Some(document) = document() {
        attach(&document, name, false, Box::new(hear));
    }
}

/// The same, before anybody else hears of it.
pub fn before_others(name: &str, hear: impl Fn(&Event) + 'static) {
    if let Some(document) = document() {
        attach(&document, name, true, Box::new(hear));
    }
}

/// Listens to an event of the window for as long as the page is there.
pub fn of_window(name: &str, hear: impl Fn(&Event) + 'static) {
    if let Some(window) = window() {
        attach(&window, name, false, Box::new(hear));
    }
}

/// Listens to an event of one element, for as long as the page is there.
pub fn on(element: &Element, name: &str, hear: impl Fn(&Event) + 'static) {
    attach(element, name, false, Box::new(hear));
}

fn attach(target: &EventTarget, name: &str, capture: bool, hear: Box<dyn Fn(&Event)>) {
    let hear = Closure::<dyn Fn(Event)>::new(move |event: Event| hear(&event)).into_js_value();
    // Every name is of an event; a target that could not be listened to has nothing to say.
    let _ = target.add_event_listener_with_callback_and_bool(name, hear.unchecked_ref(), capture);
}

/// Runs something once, so many milliseconds from now.
pub fn later(milliseconds: i32, run: impl FnOnce() + 'static) {
    let run = Closure::once_into_js(run);
    if let Some(window) = window() {
        // It cannot be cancelled, so its number is of no use.
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(
            run.unchecked_ref(),
            milliseconds,
        );
    }
}

/// A new element with a class and a text.
pub fn make(tag: &str, class: &str, text: &str) -> Option<Element> {
    let element = document()?.create_element(tag).ok()?;
    if !class.is_empty() {
        element.set_class_name(class);
    }
    element.set_text_content(Some(text));
    Some(element)
}

/// A new button that sends nothing.
pub fn button(text: &str, press: impl Fn() + 'static) -> Option<Element> {
    let button = make("button", "btn quiet", text)?;
    button.set_attribute("type", "button").ok()?;
    on(&button, "click", move |_| press());
    Some(button)
}

/// Puts an element at the end of another.
pub fn put(into: &Element, child: Option<Element>) {
    if let Some(child) = child {
        // A fresh element always goes into one that is there.
        let _ = into.append_child(&child);
    }
}

/// Says something, unless it is said already: it would be read out again.
pub fn say(element: &Element, text: &str) {
    if element.text_content().as_deref() != Some(text) {
        element.set_text_content(Some(text));
    }
}

/// Whether something in an element has the focus.
pub fn has_focus(place: &Element) -> bool {
    let focused = document().and_then(|document| document.active_element());
    focused.is_some_and(|element| place.contains(Some(&element)))
}

/// Fills an element anew. What has the focus there has it again, if it bears the same id.
pub fn refill(place: &Element, children: impl IntoIterator<Item = Option<Element>>) {
    let focused = document().and_then(|document| document.active_element());
    let focused = focused
        .filter(|element| place.contains(Some(element)))
        .map(|element| element.id());
    place.set_text_content(None);
    for child in children {
        put(place, child);
    }
    if let Some(element) = focused.and_then(|id| by_id::<HtmlElement>(&id)) {
        let options = FocusOptions::new();
        // Its reader may be looking elsewhere by now.
        options.set_prevent_scroll(true);
        let _ = element.focus_with_options(&options);
    }
}

/// Moves to the element with this id if nothing has the focus: what had it is gone.
pub fn focus_if_lost(id: &str) {
    let focused = document().and_then(|document| document.active_element());
    if focused.is_none_or(|element| element.tag_name() == "BODY") {
        focus(id);
    }
}

/// Moves to the element with this id, if there is one.
pub fn focus(id: &str) {
    if let Some(element) = by_id::<HtmlElement>(id) {
        // What cannot have the focus leaves it where it is.
        let _ = element.focus();
    }
}

/// Sets or takes away an attribute of a plain name, which is always accepted; one that is so already
/// stays untouched, or a picture would be loaded again.
pub fn set(element: &Element, name: &str, value: Option<&str>) {
    if element.get_attribute(name).as_deref() == value {
        return;
    }
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}
