//! The few questions islands ask of the page around them. Without a browser there is no page, and
//! every answer is none.

use leptos::{
    wasm_bindgen::{JsCast, closure::Closure},
    web_sys::{Document, Element, Event, EventInit, HtmlFormElement, HtmlInputElement, window},
};

/// The page.
pub fn document() -> Option<Document> {
    window()?.document()
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
    attach(name, false, Closure::new(move |event: Event| hear(&event)));
}

/// The same, before anybody else hears of it.
pub fn before_others(name: &str, hear: impl Fn(&Event) + 'static) {
    attach(name, true, Closure::new(move |event: Event| hear(&event)));
}

fn attach(name: &str, capture: bool, hear: Closure<dyn Fn(Event)>) {
    let Some(document) = document() else { return };
    let listener = hear.as_ref().unchecked_ref();
    if document
        .add_event_listener_with_callback_and_bool(name, listener, capture)
        .is_ok()
    {
        hear.forget();
    }
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

/// Listens to an event of one element, for as long as the page is there.
pub fn on(element: &Element, name: &str, hear: impl Fn(&Event) + 'static) {
    let hear = Closure::<dyn Fn(Event)>::new(move |event: Event| hear(&event));
    if element
        .add_event_listener_with_callback(name, hear.as_ref().unchecked_ref())
        .is_ok()
    {
        hear.forget();
    }
}

/// Puts an element at the end of another.
pub fn put(into: &Element, child: Option<Element>) {
    if let Some(child) = child {
        // A fresh element always goes into one that is there.
        let _ = into.append_child(&child);
    }
}

/// Sets or takes away an attribute of a plain name, which is always accepted.
pub fn set(element: &Element, name: &str, value: Option<&str>) {
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}
