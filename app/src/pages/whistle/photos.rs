//! The photos of a form: files to add, and those that wait.

use domain::{draft::MAX_PHOTOS, lang::Lang};
use leptos::prelude::*;

use super::{StagedPhoto, WhistleForm};
use crate::{
    islands::{PhotoDesk, PhotoWords},
    parts::{Field, Hidden, SubmitButton},
    texts::t,
};

/// Photos: files to add, thumbnails of those that wait, a button to take each away.
#[component]
pub fn PhotosPart(lang: Lang, form: WhistleForm) -> impl IntoView {
    let left = photos_left(&form);
    let error = form.error(lang, "photos");
    let described = if error.is_some() {
        "photos-hint photos-error"
    } else {
        "photos-hint"
    };
    let thumbs: Vec<_> = form
        .staged
        .iter()
        .enumerate()
        .map(|(at, photo)| {
            let number = at + 1;
            view! {
                <li>
                    <StagedPicture photo=photo.clone() alt=t::whistle_photo_staged(lang, number) />
                    <Hidden name="staged" value=photo.id.clone() />
                    <SubmitButton
                        text=t::whistle_photo_remove(lang, number)
                        act=format!("remove-photo-{number}")
                        quiet=true
                    />
                </li>
            }
        })
        .collect();
    view! {
        <Field
            name="photos"
            label=t::whistle_photos(lang)
            hint=t::whistle_photos_hint(lang, MAX_PHOTOS)
            error=error.unwrap_or_default()
        >
            {(!thumbs.is_empty()).then(|| view! { <ul class="photos staged">{thumbs}</ul> })}
            {(left > 0).then(|| view! {
                <PhotoInput lang id="photos" described_by=described />
                <div class="btns" id="photos-look">
                    <SubmitButton text=t::whistle_photos_add(lang) act="add-photos" quiet=true />
                </div>
            })}
        </Field>
    }
    .into_any()
}

/// A file input for photos. In a browser with WASM they are seen, made small and can be covered
/// before they are sent.
#[component]
pub fn PhotoInput(
    lang: Lang,
    #[prop(into)] id: String,
    #[prop(into)] described_by: String,
) -> impl IntoView {
    view! {
        <input
            class="input" id=id.clone() name="photos" type="file" multiple
            accept="image/jpeg,image/png,image/webp" aria-describedby=described_by
        />
        <div class="shots" data-field=id data-words=photo_words(lang).sent()></div>
        <PhotoDesk />
    }
    .into_any()
}

/// `#1` and so on are put in by the island: number, before, after. Messages take their arguments
/// by the alphabet: after, before, number.
fn photo_words(lang: Lang) -> PhotoWords {
    PhotoWords {
        working: t::photos_working(lang, "#1"),
        ready: t::photos_ready(lang, "#3", "#2", "#1"),
        ready_as_is: t::photos_ready_as_is(lang, "#3", "#2", "#1"),
        held: t::photos_held(lang).to_owned(),
        stopped: t::photos_stopped(lang).to_owned(),
        too_many: t::photos_too_many(lang, "#1"),
        unread: t::photos_unread(lang, "#1"),
        heavy: t::photos_heavy(lang, "#1"),
        as_it_came: t::photos_as_it_came(lang).to_owned(),
        failed: t::photos_failed(lang, "#1"),
        name: t::photos_name(lang, "#1"),
        size: t::photos_size(lang, "#2", "#1"),
        turn: t::photos_turn(lang).to_owned(),
        turned: t::photos_turned(lang).to_owned(),
        edit: t::photos_edit(lang).to_owned(),
        hint: t::photos_edit_hint(lang).to_owned(),
        left: t::photos_frame_left(lang).to_owned(),
        top: t::photos_frame_top(lang).to_owned(),
        width: t::photos_frame_width(lang).to_owned(),
        height: t::photos_frame_height(lang).to_owned(),
        cover: t::photos_cover(lang).to_owned(),
        covered: t::photos_covered(lang).to_owned(),
        keep: t::photos_keep(lang).to_owned(),
        kept: t::photos_kept(lang).to_owned(),
        undo: t::photos_undo(lang).to_owned(),
        undone: t::photos_undone(lang).to_owned(),
        done: t::photos_done(lang).to_owned(),
        remove: t::photos_remove(lang).to_owned(),
        removed: t::photos_removed(lang, "#1"),
    }
}

/// A photo that waits; where its picture cannot be read now, the words that stand for it.
#[component]
pub fn StagedPicture(photo: StagedPhoto, alt: String) -> impl IntoView {
    if photo.thumb.is_empty() {
        view! { <p>{alt}</p> }.into_any()
    } else {
        view! { <img src=photo.thumb alt=alt width="320" height="240" /> }.into_any()
    }
}

/// How many photos may still be added.
fn photos_left(form: &WhistleForm) -> usize {
    MAX_PHOTOS.saturating_sub(form.staged.len())
}
