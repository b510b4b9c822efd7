//! The form of one act: what it says about itself, its words and photos, and its button.

use casework::{offers::Offer, views::EngagedView};
use domain::{decide::Refusal, draft::MAX_PHOTOS, verb::Verb};
use leptos::prelude::*;

use super::{Acts, KeptAct, kept::error_of};
use crate::{
    pages::{track::staged_list, whistle::PhotoInput},
    parts::{Hidden, SubmitButton, TextArea},
    texts::t,
    words::staff,
};

impl Acts<'_> {
    pub(super) fn seen(&self, offer: &Offer) -> AnyView {
        view! {
            <Hidden name="version" value=self.case.story.version.to_string() />
            {self.field.map(|whose| view! { <Hidden name="whose" value=whose.to_owned() /> })}
            {offer.part.map(|part| view! { <Hidden name="part" value=part.to_string() /> })}
            {offer.demand.map(|no| view! { <Hidden name="demand" value=no.to_string() /> })}
            {offer.engagement.map(|no| view! { <Hidden name="engagement" value=no.0.to_string() /> })}
        }
        .into_any()
    }

    pub(super) fn action(&self) -> String {
        self.action.clone()
    }

    fn blocked(&self, offer: &Offer) -> Option<AnyView> {
        let refusal = offer.blocked?;
        let (lang, title) = (self.lang(), self.title(offer));
        let why = match (offer.verb, refusal) {
            (Verb::Move, Refusal::PartsOpen) => t::staff_parts_called(lang).to_owned(),
            (_, Refusal::PartsOpen) if self.firm => t::staff_arrive_first(lang).to_owned(),
            _ => staff::refusal(lang, refusal),
        };
        // Where its form lies ready for the time without a line, this goes when that comes to light.
        let until = self.waits_as(offer).map(|_| part_of(offer));
        Some(
            view! { <p class="soft blocked" data-until=until><b>{title}</b>" · "{why}</p> }
                .into_any(),
        )
    }

    pub(super) fn button(&self, offer: &Offer, quiet: bool) -> AnyView {
        if let Some(blocked) = self.blocked(offer) {
            return blocked;
        }
        let id = form_id(offer);
        let fault = self.kept.filter(|_| self.is_kept(offer)).map(|kept| {
            let errors: Vec<_> = kept
                .faults
                .iter()
                .map(|fault| view! { <p class="error">{fault.text(self.lang())}</p> })
                .collect();
            view! { <div id=field_id(&id, "act")>{errors}</div> }
        });
        view! {
            <form method="post" action=self.action() data-step=self.waits_as(offer)>
                {self.seen(offer)}
                {fault}
                <SubmitButton text=self.title(offer) act=offer.verb.as_str() quiet=quiet />
            </form>
        }
        .into_any()
    }

    /// A verb is one fold; striking out words has one for each text.
    pub(super) fn folds(&self, offer: &Offer) -> Vec<AnyView> {
        if offer.verb != Verb::Redact {
            return vec![self.fold(offer)];
        }
        self.case
            .redactable
            .iter()
            .map(|(event, text)| self.strike_out(offer, *event, text))
            .collect()
    }

    /// The button that ends an engagement, beside it.
    pub(in crate::pages::desk) fn end_of(&self, engaged: &EngagedView) -> Option<AnyView> {
        let mut offers = self.case.offers.iter();
        let offer = offers.find(|offer| offer.engagement == Some(engaged.no))?;
        Some(self.button(offer, true))
    }

    pub(super) fn fold(&self, offer: &Offer) -> AnyView {
        if let Some(blocked) = self.blocked(offer) {
            return blocked;
        }
        let lang = self.lang();
        let kept = self.kept.filter(|_| self.is_kept(offer));
        let id = form_id(offer);
        let general: Vec<_> = kept
            .map(|kept| {
                kept.faults
                    .iter()
                    .filter(|fault| fault.field() == "act")
                    .map(|fault| view! { <p class="error">{fault.text(lang)}</p> })
                    .collect::<Vec<_>>()
            })
            .unwrap_or_default();
        let has_general = !general.is_empty();
        let photos = offer.verb.takes_photos();
        let open = kept.is_some() || self.seconds().contains(&offer.verb);
        view! {
            <details class="fold" id=id.clone() open=open>
                <summary>{self.title(offer)}</summary>
                <div class="body">
                    <form
                        method="post" action=self.action() novalidate
                        enctype=photos.then_some("multipart/form-data")
                        data-step=self.waits_as(offer)
                        data-keep=(!self.firm).then_some(id.clone())
                        data-came-back=kept.is_some().then_some("")
                    >
                        {self.seen(offer)}
                        {has_general.then(|| view! { <div id=field_id(&id, "act")>{general}</div> })}
                        {self.fields(offer, kept)}
                        {self.text(offer, kept)}
                        {photos.then(|| self.photos(&id, kept))}
                        {self.claim(offer, kept)}
                        <div class="btns">
                            <SubmitButton
                                text=staff::verb(lang, offer.verb) act=offer.verb.as_str()
                            />
                        </div>
                    </form>
                </div>
            </details>
        }
        .into_any()
    }

    fn text(&self, offer: &Offer, kept: Option<&KeptAct>) -> Option<AnyView> {
        let lang = self.lang();
        let label = staff::say(lang, offer.verb)?;
        let form = form_id(offer);
        let id = field_id(&form, "text");
        let error = error_of(lang, kept, "text");
        let described = error.as_ref().map(|_| format!("{id}-error"));
        let carried = self.carried(offer, kept);
        let value = kept
            .and_then(|kept| kept.value("text"))
            .or(carried)
            .unwrap_or_default()
            .to_owned();
        let bad = error.is_some();
        Some(
            view! {
                <div class=if bad { "field bad" } else { "field" }>
                    <label for=id.clone()>{label}</label>
                    {carried.map(|_| view! { <p class="hint">{t::desk_call_opinion(lang)}</p> })}
                    {error.map(|error| view! { <p class="error" id=format!("{id}-error")>{error}</p> })}
                    <TextArea
                        name="text" id=id.clone() value=value rows=3
                        described_by=described.unwrap_or_default() invalid=bad
                    />
                </div>
            }
            .into_any(),
        )
    }

    fn photos(&self, form: &str, kept: Option<&KeptAct>) -> AnyView {
        let lang = self.lang();
        let id = field_id(form, "photos");
        let (key, staged) = match kept {
            Some(kept) => (kept.key.clone(), kept.staged.clone()),
            None => (self.key.to_owned(), Vec::new()),
        };
        let error = error_of(lang, kept, "photos");
        let hint = format!("{id}-hint");
        let described = match &error {
            Some(_) => format!("{hint} {id}-error"),
            None => hint.clone(),
        };
        let class = if error.is_some() {
            "field bad"
        } else {
            "field"
        };
        view! {
            <Hidden name="key" value=key />
            <div class=class>
                <label for=id.clone()>{t::file_photos(lang)}</label>
                <p class="hint" id=hint>{t::field_photos_hint(lang, MAX_PHOTOS)}</p>
                {error.map(|error| view! { <p class="error" id=format!("{id}-error")>{error}</p> })}
                {staged_list(lang, staged)}
                <PhotoInput lang id=id described_by=described />
            </div>
        }
        .into_any()
    }
}

/// The part an act is for; empty for one of the whole case.
pub(super) fn part_of(offer: &Offer) -> String {
    offer.part.map(|part| part.to_string()).unwrap_or_default()
}

pub(super) fn form_id(offer: &Offer) -> String {
    let verb = offer.verb.as_str();
    match offer
        .part
        .or(offer.demand)
        .or(offer.engagement.map(|no| no.0))
    {
        Some(no) => format!("do-{verb}-{no}"),
        None => format!("do-{verb}"),
    }
}

pub(super) fn field_id(form: &str, field: &str) -> String {
    format!("{form}-{field}")
}
