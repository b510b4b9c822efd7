//! What the public is not to read or see: one form for each text, one page for each photo.

use casework::{offers::Offer, views::Entry};
use domain::{event::Fact, verb::Verb};
use leptos::prelude::*;

use super::Acts;
use crate::{
    parts::{Hidden, SubmitButton, TextArea},
    texts::t,
    words::staff,
};

impl Acts<'_> {
    /// The way to cover each photo, for whoever may strike words out.
    pub(super) fn photo_links(&self) -> Option<AnyView> {
        let lang = self.lang();
        let story = &self.case.story;
        let may = self
            .case
            .offers
            .iter()
            .any(|offer| offer.verb == Verb::Redact && offer.blocked.is_none());
        let covered = |entry: &Entry| matches!(entry.fact, Fact::PhotoCovered { .. });
        let later = story.timeline.iter().filter(|entry| !covered(entry));
        let photos = story
            .photos
            .iter()
            .chain(later.flat_map(|entry| &entry.photos));
        let links: Vec<_> = photos
            .map(|photo| {
                let href = format!("{}/photos/{}", self.action(), photo.number);
                view! { <li><a href=href>{t::cover_link(lang, photo.number)}</a></li> }
            })
            .collect();
        (may && !links.is_empty()).then(|| {
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
        let head: String = text.chars().take(20).collect();
        view! {
            <details class="fold" open=kept.is_some()>
                <summary>{staff::verb(lang, Verb::Redact)}" · "{head}</summary>
                <div class="body">
                    <form
                        method="post" action=self.action() novalidate data-keep=id.clone()
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
