//! The form of the page, as the drafts read and fill it.

use leptos::{
    wasm_bindgen::{JsCast, JsValue},
    web_sys::{
        Blob, DataTransfer, Element, File, FilePropertyBag, FormData, HtmlDetailsElement,
        HtmlElement, HtmlFormElement, HtmlInputElement, HtmlTextAreaElement,
    },
};

use super::{
    kept::{FIELDS, Kept, Told},
    post::Contact,
};
use crate::islands::{
    BUSY, EMPTIED,
    dom::{document, tell},
    object::list,
};

/// What is sent from this page and never kept.
const CONTACT: [&str; 4] = ["name", "phone", "email", "may_call"];
/// What has no box of its own where the server did not put one.
const HIDDEN: [&str; 3] = ["again", "ticket", "staged"];

/// The form that reports a problem.
#[derive(Clone)]
pub struct Form(HtmlFormElement);

impl Form {
    /// The form of this page, if it has one.
    pub fn here() -> Option<Self> {
        let field = document()?
            .query_selector("main form textarea[name=description]")
            .ok()??;
        let form = field.closest("form").ok()??;
        form.dyn_into().ok().map(Self)
    }

    /// Whether this is it.
    pub fn is(&self, other: &HtmlFormElement) -> bool {
        self.0.is_same_node(Some(other))
    }

    /// The filing key.
    pub fn key(&self) -> String {
        self.input("key")
            .map(|input| input.value())
            .unwrap_or_default()
    }

    /// The answer about danger: `yes`, `no` or nothing.
    pub fn danger(&self) -> String {
        self.values("danger").next().unwrap_or_default()
    }

    /// What may be kept of it.
    pub fn told(&self) -> Told {
        let named = |name: &'static str| {
            self.values(name)
                .filter(|value| !value.is_empty())
                .map(move |value| (name.to_owned(), value))
        };
        Told {
            fields: FIELDS.into_iter().flat_map(named).collect(),
            photos: self.entries("photos").filter_map(nameless).collect(),
            contact: !self.contact().is_empty(),
        }
    }

    /// What is sent along from this page only.
    pub fn contact(&self) -> Contact {
        let named =
            |name: &'static str| self.values(name).map(move |value| (name.to_owned(), value));
        CONTACT
            .into_iter()
            .flat_map(named)
            .filter(|(_, value)| !value.trim().is_empty())
            .collect()
    }

    /// Puts a kept draft into it, with its key.
    pub fn fill(&self, kept: &Kept) {
        if let Some(input) = self.input("key") {
            input.set_value(&kept.key);
        }
        for name in FIELDS.into_iter().filter(|name| !HIDDEN.contains(name)) {
            for control in self.controls(&format!("[name={name}]")) {
                put(&control, kept.told.field(name));
            }
        }
        // Whose number this is, and whether anybody is in danger, was said of what stood here before.
        for name in CONTACT.into_iter().chain(["danger"]) {
            for control in self.controls(&format!("[name={name}]")) {
                put(&control, "");
            }
        }
        for name in HIDDEN {
            for control in self.controls(&format!("input[type=hidden][name={name}]")) {
                // A photo that waits on the server is shown in its row.
                let row = control.closest("li").ok().flatten();
                row.unwrap_or(control).remove();
            }
            for (_, value) in kept.told.fields.iter().filter(|(field, _)| field == name) {
                self.hide(name, value);
            }
        }
        self.set_photos(&kept.told.photos);
    }

    /// Photos are on their way into it.
    pub fn is_busy(&self) -> bool {
        let input = self.input("photos");
        input.is_some_and(|input| input.has_attribute(BUSY))
    }

    /// Nothing in it can be changed while it is being sent or waits.
    pub fn hold(&self, held: bool) {
        self.0.set_inert(held);
    }

    /// Whether it is being sent or waits.
    pub fn is_held(&self) -> bool {
        self.0.inert()
    }

    /// Lets the browser send it, as without a script.
    pub fn submit(&self) {
        self.hold(false);
        let _ = self.0.submit();
    }

    /// Moves to the field of this name.
    pub fn focus(&self, name: &str) {
        let field = self.controls(&format!("[name={name}]")).next();
        if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
            let _ = field.focus();
        }
    }

    fn input(&self, name: &str) -> Option<HtmlInputElement> {
        let input = self.0.query_selector(&format!("input[name={name}]"));
        input.ok()??.dyn_into().ok()
    }

    fn controls(&self, selector: &str) -> impl Iterator<Item = Element> + use<> {
        let found = self.0.query_selector_all(selector).ok();
        let length = found.as_ref().map_or(0, leptos::web_sys::NodeList::length);
        (0..length).filter_map(move |at| found.as_ref()?.get(at)?.dyn_into().ok())
    }

    fn entries(&self, name: &str) -> impl Iterator<Item = JsValue> + use<> {
        let data = FormData::new_with_form(&self.0).ok();
        let found = data.map(|data| data.get_all(name)).unwrap_or_default();
        (0..found.length()).map(move |at| found.get(at))
    }

    fn values(&self, name: &str) -> impl Iterator<Item = String> + use<> {
        self.entries(name).filter_map(|value| value.as_string())
    }

    fn hide(&self, name: &str, value: &str) {
        let made = document().and_then(|document| document.create_element("input").ok());
        if let Some(input) = made.and_then(|made| made.dyn_into::<HtmlInputElement>().ok()) {
            input.set_type("hidden");
            input.set_name(name);
            input.set_value(value);
            let _ = self.0.append_child(&input);
        }
    }

    /// Files cannot be typed: they come in as if they were dropped there.
    fn set_photos(&self, photos: &[Blob]) {
        let Some((input, moved)) = self.input("photos").zip(DataTransfer::new().ok()) else {
            return;
        };
        tell(&input, EMPTIED);
        for (at, photo) in photos.iter().enumerate() {
            let options = FilePropertyBag::new();
            options.set_type(&photo.type_());
            let parts = list([JsValue::from(photo)].into_iter());
            let name = format!("{}.jpg", at + 1);
            if let Ok(file) = File::new_with_blob_sequence_and_options(&parts, &name, &options) {
                let _ = moved.items().add_with_file(&file);
            }
        }
        input.set_files(moved.files().as_ref());
        tell(&input, "change");
    }
}

/// A photo without the name of its file: that may be anybody's.
fn nameless(file: JsValue) -> Option<Blob> {
    let file = file.dyn_into::<File>().ok()?;
    let size = file.size();
    let bare = || file.slice_with_f64_and_f64_and_content_type(0.0, size, &file.type_());
    (size > 0.0).then(bare)?.ok()
}

fn put(control: &Element, value: &str) {
    if let Some(area) = control.dyn_ref::<HtmlTextAreaElement>() {
        area.set_value(value);
    } else if let Some(input) = control.dyn_ref::<HtmlInputElement>() {
        if matches!(input.type_().as_str(), "radio" | "checkbox") {
            let chosen = input.value() == value;
            input.set_checked(chosen);
            if !chosen {
                return;
            }
            unfold(control);
        } else {
            input.set_value(value);
        }
    }
    // Others on the page count and check along.
    tell(control, "input");
    tell(control, "change");
}

/// What is chosen is seen: its group opens.
fn unfold(control: &Element) {
    let fold = control.closest("details").ok().flatten();
    if let Some(fold) = fold.and_then(|fold| fold.dyn_into::<HtmlDetailsElement>().ok()) {
        fold.set_open(true);
    }
}
