//! The photos of a form: files to add, and those that wait.

use domain::{draft::MAX_PHOTOS, lang::Lang};
use leptos::prelude::*;

use super::{StagedPhoto, WhistleForm};
use crate::{
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
                <input
                    class="input" id="photos" name="photos" type="file" multiple
                    accept="image/jpeg,image/png,image/webp" aria-describedby=described
                />
                <div class="btns">
                    <SubmitButton text=t::whistle_photos_add(lang) act="add-photos" quiet=true />
                </div>
            })}
        </Field>
    }
    .into_any()
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
