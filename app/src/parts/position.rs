//! A position in a form: typed by whoever has one, filled in by a device on request.

use domain::lang::Lang;
use leptos::prelude::*;

use super::Field;
use crate::{
    islands::{LOCATE, Locate, LocateWords},
    texts::t,
};

/// Latitude, longitude and accuracy as typed, and what is wrong with them. One a page: the fields bear
/// their own names as ids.
pub fn position(lang: Lang, typed: [&str; 3], error: Option<String>) -> AnyView {
    let words = LocateWords {
        locate: t::form_position_button(lang).to_owned(),
        locating: t::form_position_asking(lang).to_owned(),
        located: t::form_position_found(lang).to_owned(),
        coarse: t::form_position_coarse(lang).to_owned(),
        denied: t::form_position_denied(lang).to_owned(),
        failed: t::form_position_failed(lang).to_owned(),
        remove: t::form_position_remove(lang).to_owned(),
    };
    let [lat, lng, accuracy] = typed.map(str::to_owned);
    let open = error.is_some() || !lat.is_empty() || !lng.is_empty();
    view! {
        <div class="locate" id=LOCATE data-words=words.sent() hidden=true></div>
        <Locate />
        <details class="fold position" open=open>
            <summary>{t::whistle_position(lang)}</summary>
            <div class="body">
                <p class="hint">{t::whistle_position_hint(lang)}</p>
                <Field
                    name="lat" label=t::whistle_lat(lang) value=lat
                    error=error.unwrap_or_default() inputmode="decimal" autocomplete="off" maxlength=20 short=true
                />
                <Field
                    name="lng" label=t::whistle_lng(lang) value=lng
                    inputmode="decimal" autocomplete="off" maxlength=20 short=true
                />
                <Field
                    name="accuracy" label=t::whistle_accuracy(lang) value=accuracy
                    inputmode="numeric" autocomplete="off" maxlength=10 short=true
                />
            </div>
        </details>
    }
    .into_any()
}
