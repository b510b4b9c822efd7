//! The device's own position in a form, on request, with how exact it is.

use std::{cell::Cell, rc::Rc};

use leptos::{
    prelude::*,
    wasm_bindgen::{JsCast, closure::Closure},
    web_sys::{self, Element, HtmlDetailsElement, Position, PositionError, PositionOptions},
};

use super::{
    dom, near,
    words::{attribute, words},
};
use crate::in_browser;

words! {
    /// What [`Locate`] says.
    pub struct LocateWords {
        /// The button that asks the device for its position.
        pub locate: String,
        /// While the device looks.
        pub locating: String,
        /// The position is there, exact to `#` metres.
        pub located: String,
        /// It is there, and only exact to `#` metres.
        pub coarse: String,
        /// The person or the device does not allow it.
        pub denied: String,
        /// It could not be found.
        pub failed: String,
        /// The button that takes the position away again.
        pub remove: String,
    }
}

/// Id of the place that bears what [`Locate`] says.
pub const LOCATE: &str = "locate";

/// From here on a position says less than the name of a street, in metres.
const COARSE: u32 = 150;

/// Id of the button that asks.
const ASK: &str = "ask-position";

/// How long the device may look, in milliseconds.
const PATIENCE: u32 = 20_000;

/// What is said at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    Nothing,
    Asking,
    Found(u32),
    Denied,
    Failed,
}

/// A button that fills `lat`, `lng` and `accuracy` with the device's position and unfolds them, so
/// that nothing is sent that was not shown.
#[island]
pub fn Locate() -> impl IntoView {
    in_browser(wake);
}

fn wake() {
    let Some(place) = dom::by_id::<Element>(LOCATE) else {
        return;
    };
    let Some(words) = LocateWords::read(&attribute(&place, "data-words")) else {
        return;
    };
    let words = Rc::new(words);
    let can = web_sys::window().is_some_and(|window| {
        // Without a safe connection browsers tell no position.
        window.is_secure_context() && window.navigator().geolocation().is_ok()
    });
    if !can {
        return;
    }
    let (Some(row), Some(line)) = (dom::make("div", "btns", ""), dom::make("p", "hint", "")) else {
        return;
    };
    let tell = Teller {
        words: Rc::clone(&words),
        line: line.clone(),
        is_asking: Rc::default(),
        remove: Rc::default(),
    };
    let asked = tell.clone();
    let ask = dom::button(&words.locate, move || {
        if !asked.is_asking.replace(true) {
            asked.say(Said::Asking);
            if look(asked.clone()).is_none() {
                asked.say(Said::Failed);
            }
        }
    });
    if let Some(ask) = &ask {
        ask.set_id(ASK);
    }
    let removed = tell.clone();
    let remove = dom::button(&words.remove, move || {
        for field in ["lat", "lng", "accuracy"] {
            dom::type_in(field, "");
        }
        removed.say(Said::Nothing);
        // The button is gone now.
        dom::focus(ASK);
    });
    tell.remove.set(remove.clone());
    dom::put(&row, ask);
    dom::put(&row, remove);
    dom::set(&line, "role", Some("status"));
    dom::put(&place, Some(row));
    dom::put(&place, Some(line));
    tell.say(Said::Nothing);
    dom::set(&place, "hidden", None);
}

/// Says how it stands, and shows the button that fits.
#[derive(Clone)]
struct Teller {
    words: Rc<LocateWords>,
    line: Element,
    is_asking: Rc<Cell<bool>>,
    remove: Rc<Cell<Option<Element>>>,
}

impl Teller {
    fn say(&self, said: Said) {
        let words = &self.words;
        let text = match said {
            Said::Nothing => String::new(),
            Said::Asking => words.locating.clone(),
            Said::Found(metres) if metres > COARSE => {
                words.coarse.replace('#', &metres.to_string())
            }
            Said::Found(metres) => words.located.replace('#', &metres.to_string()),
            Said::Denied => words.denied.clone(),
            Said::Failed => words.failed.clone(),
        };
        self.line.set_text_content(Some(&text));
        self.is_asking.set(said == Said::Asking);
        if let Some(remove) = self.remove.take() {
            let hidden = (!matches!(said, Said::Found(_))).then_some("");
            dom::set(&remove, "hidden", hidden);
            self.remove.set(Some(remove));
        }
    }
}

/// Asks the device. None if it has no way to know.
fn look(tell: Teller) -> Option<()> {
    let geolocation = web_sys::window()?.navigator().geolocation().ok()?;
    let options = PositionOptions::new();
    options.set_enable_high_accuracy(true);
    options.set_timeout(PATIENCE);
    let refused = tell.clone();
    let found = Closure::once_into_js(move |position: Position| {
        let at = position.coords();
        // A metre is enough; what the public sees is rounded again.
        dom::type_in("lat", &near::degrees(at.latitude()));
        dom::type_in("lng", &near::degrees(at.longitude()));
        let metres = whole_metres(at.accuracy());
        dom::type_in("accuracy", &metres.to_string());
        if let Some(fold) = dom::first::<HtmlDetailsElement>("details.position") {
            fold.set_open(true);
        }
        tell.say(Said::Found(metres));
    });
    let failed = Closure::once_into_js(move |error: PositionError| {
        let denied = error.code() == PositionError::PERMISSION_DENIED;
        refused.say(if denied { Said::Denied } else { Said::Failed });
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
