//! How many characters may still be written, while one writes.

use domain::draft::{FieldError, check_description};
use leptos::{ev, prelude::*, wasm_bindgen::JsCast, web_sys::HtmlTextAreaElement};

/// Stands below the text box with id `field` and says its limits. In a browser with WASM it counts
/// along, by the server's own rule; `#` in `left` and `over` is the number.
#[island]
pub fn DescriptionCount(
    /// Id of the text box.
    field: String,
    /// Said when nothing has been typed, and always without WASM.
    limit: String,
    /// Said while there is room.
    left: String,
    /// Said when there is too much.
    over: String,
    /// Most characters.
    most: u32,
) -> impl IntoView {
    let said = RwSignal::new(limit.clone());
    let tell = move |text: &str| {
        let typed = u32::try_from(text.trim().chars().count()).unwrap_or(u32::MAX);
        said.set(match check_description(text) {
            Err(FieldError::TooLong(_)) => {
                over.replace('#', &typed.saturating_sub(most).to_string())
            }
            Ok(_) => left.replace('#', &most.saturating_sub(typed).to_string()),
            Err(_) => limit.clone(),
        });
    };
    Effect::new(move |_| {
        let tell = tell.clone();
        let field = field.clone();
        let handle = window_event_listener(ev::input, move |event| {
            let area = event
                .target()
                .and_then(|t| t.dyn_into::<HtmlTextAreaElement>().ok());
            if let Some(area) = area.filter(|area| area.id() == field) {
                tell(&area.value());
            }
        });
        on_cleanup(move || handle.remove());
    });
    view! { <span>{move || said.get()}</span> }
}
