//! What islands ask of the server.

use js_sys::Promise;
use leptos::{
    wasm_bindgen::{JsCast, JsValue, closure::Closure},
    web_sys::{AbortController, Document, DomParser, RequestInit, Response, SupportedType, window},
};
use wasm_bindgen_futures::JsFuture;

/// A line so slow that it takes longer than this is taken for dead, in milliseconds.
const PATIENCE: i32 = 300_000;

/// Waits.
pub async fn sleep(millis: i32) {
    let pause = Promise::new(&mut |resolve, _| {
        if let Some(window) = window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis);
        }
    });
    let _ = JsFuture::from(pause).await;
}

/// An answer with its whole text.
///
/// # Errors
/// Where nothing, or not all of it, came back.
pub async fn fetch(address: &str, init: &RequestInit) -> Result<(Response, String), JsValue> {
    let window = window().ok_or(JsValue::UNDEFINED)?;
    let stop = AbortController::new()?;
    init.set_signal(Some(&stop.signal()));
    let abort = Closure::once_into_js(move || stop.abort());
    let timer = window
        .set_timeout_with_callback_and_timeout_and_arguments_0(abort.unchecked_ref(), PATIENCE)?;
    let answer = async {
        let response = JsFuture::from(window.fetch_with_str_and_init(address, init)).await?;
        let response: Response = response.dyn_into()?;
        // A head without its body may be of a page that was cut off.
        let text = JsFuture::from(response.text()?).await?;
        Ok((response, text.as_string().unwrap_or_default()))
    }
    .await;
    window.clear_timeout_with_handle(timer);
    answer
}

/// A page out of its text.
pub fn parsed(text: &str) -> Option<Document> {
    let parser = DomParser::new().ok()?;
    parser.parse_from_string(text, SupportedType::TextHtml).ok()
}
