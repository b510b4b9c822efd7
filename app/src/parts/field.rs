//! The place on the pages of somebody's own phone for what they did without a line.

use domain::lang::Lang;
use leptos::prelude::*;

use crate::{
    islands::{FIELD, FieldQueue, FieldWords},
    texts::t,
};

/// What waits on this phone, and the island that sends it. `whose` is the person whose phone it is: what
/// somebody else left on it is neither shown nor sent.
#[component]
pub fn FieldPlace(lang: Lang, whose: String) -> impl IntoView {
    let words = FieldWords {
        title: t::field_title(lang).to_owned(),
        waits: t::field_waits(lang).to_owned(),
        sending: t::field_sending(lang).to_owned(),
        sent: t::field_sent(lang, "#1"),
        refused: t::field_refused(lang, "#1"),
        again: t::field_again(lang).to_owned(),
        unkept: t::field_unkept(lang).to_owned(),
        stays: t::field_stays(lang).to_owned(),
        signed_out: t::field_signed_out(lang).to_owned(),
        sign_in: t::sign_in_title(lang).to_owned(),
        retry: t::field_retry(lang).to_owned(),
        drop: t::field_drop(lang).to_owned(),
        remove: t::field_remove(lang, "#1"),
        sure: t::field_sure(lang, "#1"),
        place_on: t::field_place_on(lang).to_owned(),
        place_hint: t::field_place_hint(lang).to_owned(),
    };
    view! {
        <div id=FIELD class="field-queue noprint" data-words=words.sent() data-whose=whose></div>
        <FieldQueue />
    }
    .into_any()
}
