//! The device's own position, on request, with how exact it is.

use leptos::{
    prelude::*,
    wasm_bindgen::{JsCast, closure::Closure},
    web_sys::{self, HtmlDetailsElement, Position, PositionError, PositionOptions},
};

use crate::islands::{
    dom,
    thin::{effect, flag, press, text},
    words::words,
};

/// From here on a position says less than the name of a street, in metres.
const COARSE: u32 = 150;

/// How long the device may look, in milliseconds.
const PATIENCE: u32 = 20_000;

words! {
    /// What [`DevicePosition`] says; `#` is the accuracy in metres.
    pub struct PositionWords {
        /// The button.
        pub button: String,
        /// While the device looks.
        pub asking: String,
        /// The position is there.
        pub found: String,
        /// It is there and not exact.
        pub coarse: String,
        /// The person or the device does not allow it.
        pub denied: String,
        /// It could not be found.
        pub failed: String,
        /// The button that takes it away again.
        pub remove: String,
    }
}

/// What is said at the moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Said {
    #[default]
    Nothing,
    Asking,
    Found(u32),
    Denied,
    Failed,
}

/// A button that fills `lat`, `lng` and `accuracy` with the device's position and unfolds them, so
/// that nothing is sent that was not shown.
#[island]
pub fn DevicePosition(
    /// What it says.
    words: PositionWords,
) -> impl IntoView {
    let there = RwSignal::new(false);
    let said = RwSignal::new(Said::default());
    let words = StoredValue::new(words);
    effect(move || {
        let found = web_sys::window().is_some_and(|window| {
            // Without a safe connection browsers tell no position.
            window.is_secure_context() && window.navigator().geolocation().is_ok()
        });
        there.set(found);
    });
    let ask = press(move || {
        said.set(Said::Asking);
        if look(said).is_none() {
            said.set(Said::Failed);
        }
    });
    let remove = press(move || {
        for field in ["lat", "lng", "accuracy"] {
            dom::type_in(field, "");
        }
        said.set(Said::Nothing);
    });
    let text = text(move || {
        words.with_value(|words| match said.get() {
            Said::Nothing => String::new(),
            Said::Asking => words.asking.clone(),
            Said::Found(metres) if metres > COARSE => {
                words.coarse.replace('#', &metres.to_string())
            }
            Said::Found(metres) => words.found.replace('#', &metres.to_string()),
            Said::Denied => words.denied.clone(),
            Said::Failed => words.failed.clone(),
        })
    });
    view! {
        <div class="locate" hidden=flag(move || !there.get())>
            <div class="btns">
                <button class="btn quiet" type="button" on:click=ask disabled=flag(move || said.get() == Said::Asking)>
                    {words.with_value(|words| words.button.clone())}
                </button>
                <button
                    class="btn quiet" type="button" on:click=remove
                    hidden=flag(move || !matches!(said.get(), Said::Found(_)))
                >
                    {words.with_value(|words| words.remove.clone())}
                </button>
            </div>
            <p class="hint" role="status">{text}</p>
        </div>
    }
}

/// Asks the device. None if it has no way to know.
fn look(said: RwSignal<Said>) -> Option<()> {
    let geolocation = web_sys::window()?.navigator().geolocation().ok()?;
    let options = PositionOptions::new();
    options.set_enable_high_accuracy(true);
    options.set_timeout(PATIENCE);
    let found = Closure::once_into_js(move |position: Position| {
        let at = position.coords();
        // Six decimals are a hand's breadth; what the public sees is rounded again.
        dom::type_in("lat", &format!("{:.6}", at.latitude()));
        dom::type_in("lng", &format!("{:.6}", at.longitude()));
        let metres = whole_metres(at.accuracy());
        dom::type_in("accuracy", &metres.to_string());
        if let Some(fold) = dom::first::<HtmlDetailsElement>("details.position") {
            fold.set_open(true);
        }
        said.set(Said::Found(metres));
    });
    let failed = Closure::once_into_js(move |error: PositionError| {
        let denied = error.code() == PositionError::PERMISSION_DENIED;
        said.set(if denied { Said::Denied } else { Said::Failed });
    });
    geolocation
        .get_current_position_with_error_callback_and_options(
            found.unchecked_ref(),
            Some(failed.unchecked_ref()),
            &options,
        )
        .ok()
}

/// Metres without a fraction, at most a thousand kilometres.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to what fits just before"
)]
fn whole_metres(metres: f64) -> u32 {
    metres.ceil().clamp(0.0, 1_000_000.0) as u32
}
