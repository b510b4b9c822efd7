//! What the public is not to read or see: one form for each text, one page for each photo.

use casework::{
    offers::Offer,
    views::{Entry, PhotoView, Publicly},
};
use domain::{event::Fact, verb::Verb};
use leptos::prelude::*;

use super::Acts;
use crate::{
    parts::{Hidden, SubmitButton, TextArea},
    texts::t,
    words::{self, staff},
};

impl Acts<'_> {
    /// Whether they rule on what the public gets of a photo: who may strike words out.
    fn rules_on_photos(&self) -> bool {
        let mut offers = self.case.offers.iter();
        offers.any(|offer| offer.verb == Verb::Redact && offer.blocked.is_none())
    }

    fn photo_tool(&self, photo: &PhotoView) -> String {
        format!("{}/photos/{}", self.action(), photo.number)
    }

    /// The photos that a release leaves public, each as the public gets it, with the way to cover it;
    /// one that is withheld is named and not shown.
    pub(super) fn release_photos(&self) -> Option<AnyView> {
        let (lang, rules) = (self.lang(), self.rules_on_photos());
        let photos: Vec<_> = self
            .case
            .to_release
            .iter()
            .map(|photo| {
                let withheld = photo.publicly == Some(Publicly::Withheld);
                let picture = (!withheld).then(|| {
                    view! {
                        <img
                            src=photo.thumb_url.clone() width="320" height="240"
                            alt=t::release_photo(lang, photo.number) loading="lazy" decoding="async"
                        />
                    }
                });
                let href = if rules {
                    self.photo_tool(photo)
                } else {
                    photo.url.clone()
                };
                let text = if rules {
                    Some(t::cover_link(lang, photo.number))
                } else {
                    withheld.then(|| t::photo_alt(lang, photo.number))
                };
                let said = words::photo(lang, photo);
                view! {
                    <li>
                        <a href=href>{picture}{text.map(|text| view! { <span class="small">{text}</span> })}</a>
                        {said.map(|said| view! { <p class="small soft">{said}</p> })}
                    </li>
                }
            })
            .collect();
        (!photos.is_empty()).then(|| view! { <ul class="photos">{photos}</ul> }.into_any())
    }

    /// The way to cover each photo, for whoever may strike words out.
    pub(super) fn photo_links(&self) -> Option<AnyView> {
        let lang = self.lang();
        let story = &self.case.story;
        let covered = |entry: &Entry| matches!(entry.fact, Fact::PhotoCovered { .. });
        let later = story.timeline.iter().filter(|entry| !covered(entry));
        let photos = story
            .photos
            .iter()
            .chain(later.flat_map(|entry| &entry.photos));
        let links: Vec<_> = photos
            .map(|photo| {
                let said = words::photo(lang, photo);
                let said = said.map(|said| view! { " "<span class="small soft">{said}</span> });
                view! { <li><a href=self.photo_tool(photo)>{t::cover_link(lang, photo.number)}</a>{said}</li> }
            })
            .collect();
        (self.rules_on_photos() && !links.is_empty()).then(|| {
            view! {
                <p class="soft">{t::cover_photos(lang)}</p>
                <ul class="plain">{links}</ul>
            }
            .into_any()
        })
    }

    pub(super) fn strike_out(&self, offer: &Offer, event: u32, text: &str) -> AnyView {
        let lang = self.lang();
        let kept = self.kept.filter(|kept| {
            kept.verb == Some(Verb::Redact) && kept.value("event") == Some(&event.to_string())
        });
        let value = kept
            .and_then(|kept| kept.value("text"))
            .unwrap_or(text)
            .to_owned();
        let id = format!("text-redact-{event}");
        let keep = id.clone();
        let head: String = text.chars().take(20).collect();
        view! {
            <details class="fold" open=kept.is_some()>
                <summary>{staff::verb(lang, Verb::Redact)}" · "{head}</summary>
                <div class="body">
                    <form
                        method="post" action=self.action() novalidate data-keep=keep
                        data-came-back=kept.is_some().then_some("")
                    >
                        {self.seen(offer)}
                        <Hidden name="event" value=event.to_string() />
                        <div class="field">
                            <label for=id.clone()>{t::say_redact(lang)}</label>
                            <TextArea name="text" id=id value=value rows=4 />
                        </div>
                        <div class="btns">
                            <SubmitButton
                                text=staff::verb(lang, Verb::Redact) act=Verb::Redact.as_str() quiet=true
                            />
                        </div>
                    </form>
                </div>
            </details>
        }
        .into_any()
    }
}
