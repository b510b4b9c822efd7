//! What a party may do now, one form an act, and the place of an act that did not go through.

use casework::views::{CaseStory, Entry};
use domain::{
    case::StateTag, draft::MAX_PHOTOS, event::Fact, lang::Lang, verb::Verb, visibility::Visibility,
};
use leptos::prelude::*;

use super::Kept;
use crate::{
    form::{Fault, error_of},
    pages::{
        StagedPhoto,
        whistle::{PhotoInput, StagedPicture},
    },
    parts::{Choice, Field, Hidden, RadioGroup, SubmitButton, TextArea},
    texts::t,
    words,
};

/// What is asked of the person, before the story.
const FIRST: [Verb; 5] = [
    Verb::Answer,
    Verb::Confirm,
    Verb::Rate,
    Verb::Urge,
    Verb::AskReview,
];

/// What they may do any time, after it.
const LATER: [Verb; 4] = [
    Verb::AddInformation,
    Verb::Reopen,
    Verb::ChangeVisibility,
    Verb::Withdraw,
];

/// Whether the form of an act has a field for words.
const fn takes_text(verb: Verb) -> bool {
    verb.takes_photos()
        || matches!(
            verb,
            Verb::AskReview | Verb::Dispute | Verb::Rate | Verb::Reopen | Verb::Withdraw
        )
}

/// Photos that wait, each to be left out by unticking it.
pub fn staged_list(lang: Lang, staged: Vec<StagedPhoto>) -> impl IntoView {
    (!staged.is_empty()).then(|| {
        let items: Vec<_> = staged
            .into_iter()
            .zip(1usize..)
            .map(|(photo, number)| {
                // `offered` tells a photo that was unticked from one that this form never showed.
                view! {
                    <li>
                        <StagedPicture photo=photo.clone() alt=t::whistle_photo_staged(lang, number) />
                        <Hidden name="offered" value=photo.id.clone() />
                        <label class="pick">
                            <input type="checkbox" name="staged" value=photo.id checked=true />
                            <span><b>{t::track_photo_goes(lang, number)}</b></span>
                        </label>
                    </li>
                }
            })
            .collect();
        view! { <ul class="photos staged">{items}</ul> }.into_any()
    })
}

/// The last question the offices asked, while it waits for an answer.
fn question(timeline: &[Entry]) -> Option<String> {
    timeline
        .iter()
        .rev()
        .find(|entry| matches!(entry.fact, Fact::Asked { .. }))
        .and_then(|entry| entry.text.clone())
}

/// The acts of one page.
pub(super) struct Acts<'a> {
    lang: Lang,
    story: &'a CaseStory,
    key: &'a str,
    kept: Option<&'a Kept>,
    faults: &'a [Fault],
    /// The form in which what was kept stands.
    place: Option<Verb>,
}

impl<'a> Acts<'a> {
    pub(super) fn new(
        lang: Lang,
        story: &'a CaseStory,
        key: &'a str,
        kept: Option<&'a Kept>,
        faults: &'a [Fault],
    ) -> Self {
        let mut acts = Self {
            lang,
            story,
            key,
            kept,
            faults,
            place: None,
        };
        acts.place = acts.place_of_kept();
        acts
    }

    /// Words meant for one case are never put into a form of another. An act that is no longer
    /// possible leaves its words where they can still be said.
    fn place_of_kept(&self) -> Option<Verb> {
        let kept = self.kept?;
        if !kept.number.is_empty() && kept.number != self.story.card.number {
            return None;
        }
        let told = !kept.text.is_empty() || !kept.staged.is_empty();
        let instead = Some(Verb::AddInformation).filter(|_| told);
        [Some(kept.verb), instead]
            .into_iter()
            .flatten()
            .find(|verb| self.offers(*verb))
    }

    fn offers(&self, verb: Verb) -> bool {
        let acts = &self.story.actions;
        match verb {
            Verb::Answer => acts.contains(&verb) && self.story.card.state.waiting_for_reporter,
            // Both answers to one question stand in one place.
            Verb::Dispute => acts.contains(&verb) && acts.contains(&Verb::Confirm),
            _ => acts.contains(&verb) && (FIRST.contains(&verb) || LATER.contains(&verb)),
        }
    }

    /// Whether what was kept stands in a form, to be sent from there.
    pub(super) const fn is_in_a_form(&self) -> bool {
        self.place.is_some()
    }

    /// Whether the page has a field, or a box, with the id that mistakes of a text name.
    pub(super) fn has_text_field(&self) -> bool {
        match self.place {
            Some(verb) => takes_text(verb),
            None => self.is_stray(),
        }
    }

    pub(super) fn first(&self) -> Vec<AnyView> {
        FIRST
            .into_iter()
            .filter_map(|verb| self.draw(verb))
            .collect()
    }

    pub(super) fn later(&self) -> Vec<AnyView> {
        LATER
            .into_iter()
            .filter_map(|verb| self.draw(verb))
            .collect()
    }

    fn is_stray(&self) -> bool {
        self.place.is_none()
            && self.kept.is_some_and(|kept| {
                !kept.text.is_empty()
                    || !kept.staged.is_empty()
                    || self.faults.iter().any(|fault| fault.field() == "photos")
            })
    }

    /// What was kept and has no form here, to be copied.
    pub(super) fn stray(&self) -> Option<AnyView> {
        let kept = self.kept.filter(|_| self.is_stray())?;
        let lang = self.lang;
        let photos: Vec<_> = kept
            .staged
            .iter()
            .zip(1usize..)
            .map(|(photo, number)| {
                let alt = t::whistle_photo_staged(lang, number);
                view! { <li><StagedPicture photo=photo.clone() alt /></li> }
            })
            .collect();
        let section = view! {
            <section class="ask stack noprint" id="text">
                <h2>{t::track_stray_title(lang)}</h2>
                <p>{t::track_stray(lang)}</p>
                <div class="words">{words::paragraphs(lang, &kept.text)}</div>
                <ul class="photos" id="photos">{photos}</ul>
            </section>
        };
        Some(section.into_any())
    }

    fn draw(&self, verb: Verb) -> Option<AnyView> {
        let lang = self.lang;
        if !self.offers(verb) {
            return None;
        }
        Some(match verb {
            Verb::Answer => {
                let asked = question(&self.story.timeline).unwrap_or_default();
                self.boxed(
                    t::act_answer_title(lang),
                    view! {
                        <div class="words">{words::paragraphs(lang, &asked)}</div>
                        {self.form(verb, t::act_answer_label(lang), t::act_answer_button(lang))}
                    }
                    .into_any(),
                )
            }
            Verb::Confirm => self.judge(),
            Verb::Rate => self.rate(),
            Verb::Urge => self.boxed(
                t::act_urge_title(lang),
                view! {
                    <p>{t::act_urge_hint(lang)}</p>
                    <form method="post" action="/track" class="btns">
                        {self.seen()}
                        <SubmitButton text=t::act_urge_button(lang) act=verb.as_str() quiet=true />
                    </form>
                }
                .into_any(),
            ),
            Verb::AskReview => self.boxed(
                t::act_review_title(lang),
                self.form(verb, t::act_review_label(lang), t::act_review_button(lang)),
            ),
            Verb::AddInformation => self.fold(
                verb,
                t::act_add_title(lang),
                self.form(verb, t::act_add_label(lang), t::act_add_button(lang)),
            ),
            Verb::Reopen => self.fold(
                verb,
                t::act_reopen_title(lang),
                self.form(verb, t::act_reopen_label(lang), t::act_reopen_button(lang)),
            ),
            Verb::ChangeVisibility => self.visibility(),
            Verb::Withdraw => self.fold(
                verb,
                t::act_withdraw_title(lang),
                view! {
                    <p>{t::act_withdraw_hint(lang)}</p>
                    {self.form(verb, t::act_withdraw_label(lang), t::act_withdraw_button(lang))}
                }
                .into_any(),
            ),
            _ => return None,
        })
    }

    /// One question, two answers. What is not fixed needs a word about it, or nobody knows what to do next.
    fn judge(&self) -> AnyView {
        let lang = self.lang;
        let closed = self.story.card.state.key == StateTag::Closed;
        let said = self.story.said.fixed;
        let dispute = self.offers(Verb::Dispute).then(|| {
            let form = self.form(
                Verb::Dispute,
                t::act_dispute_label(lang),
                t::act_dispute_button(lang),
            );
            self.fold(Verb::Dispute, t::act_dispute(lang), form)
        });
        self.boxed(
            t::act_judge_title(lang),
            view! {
                {match said {
                    Some(true) => view! { <p><b>{t::act_said_fixed(lang)}</b></p> }.into_any(),
                    Some(false) => view! { <p><b>{t::act_said_not_fixed(lang)}</b></p> }.into_any(),
                    None if closed => view! { <p>{t::act_judge_closed(lang)}</p> }.into_any(),
                    None => view! { <p>{t::act_judge_hint(lang)}</p> }.into_any(),
                }}
                {(said != Some(true)).then(|| view! {
                    <form method="post" action="/track" class="btns">
                        {self.seen()}
                        <SubmitButton text=t::act_confirm(lang) act=Verb::Confirm.as_str() />
                    </form>
                })}
                {dispute.filter(|_| said != Some(false))}
            }
            .into_any(),
        )
    }

    fn rate(&self) -> AnyView {
        let lang = self.lang;
        let given = self.story.said.stars.map(|stars| stars.to_string());
        let chosen = self.kept_in(Verb::Rate).map(|kept| kept.stars.as_str());
        let chosen = chosen.or(given.as_deref());
        let choices = [
            ("5", t::stars_5(lang)),
            ("4", t::stars_4(lang)),
            ("3", t::stars_3(lang)),
            ("2", t::stars_2(lang)),
            ("1", t::stars_1(lang)),
        ]
        .into_iter()
        .map(|(stars, text)| Choice::new(stars, text).checked(chosen == Some(stars)))
        .collect();
        let title = match self.story.said.stars {
            Some(stars) => t::act_rated_title(lang, u64::from(stars)),
            None => t::act_rate_title(lang).to_owned(),
        };
        self.fold(
            Verb::Rate,
            title,
            view! {
                <form method="post" action="/track">
                    {self.seen()}
                    <RadioGroup name="stars" legend=t::act_rate_label(lang) choices />
                    {self.text(Verb::Rate, t::act_rate_why(lang), 3)}
                    <div class="btns">
                        <SubmitButton
                            text=t::act_rate_button(lang) act=Verb::Rate.as_str() quiet=true
                        />
                    </div>
                </form>
            }
            .into_any(),
        )
    }

    fn visibility(&self) -> AnyView {
        let (lang, verb) = (self.lang, Verb::ChangeVisibility);
        let wanted = self.kept_in(verb);
        let chosen = wanted
            .and_then(|kept| Visibility::parse(&kept.visibility))
            .unwrap_or(self.story.card.visibility);
        let choices = Visibility::ALL
            .into_iter()
            .map(|kind| {
                Choice::new(kind.as_str(), words::visibility(lang, kind)).checked(kind == chosen)
            })
            .collect();
        self.fold(
            verb,
            t::act_visibility_title(lang),
            view! {
                <form method="post" action="/track">
                    {self.seen()}
                    <RadioGroup name="visibility" legend=t::whistle_visibility(lang) choices />
                    <div class="btns">
                        <SubmitButton text=t::act_visibility_button(lang) act=verb.as_str() quiet=true />
                    </div>
                </form>
            }
            .into_any(),
        )
    }

    /// The case, and what of it the person sees now.
    fn seen(&self) -> impl IntoView + use<> {
        view! {
            <Hidden name="number" value=self.story.card.number.clone() />
            <Hidden name="version" value=self.story.version.to_string() />
        }
    }

    fn kept_in(&self, verb: Verb) -> Option<&'a Kept> {
        self.kept.filter(|_| self.place == Some(verb))
    }

    fn boxed(&self, title: &'static str, body: AnyView) -> AnyView {
        view! { <section class="ask stack noprint"><h2>{title}</h2>{body}</section> }.into_any()
    }

    fn fold(&self, verb: Verb, title: impl Into<String>, body: AnyView) -> AnyView {
        let title: String = title.into();
        view! {
            <details class="fold noprint" open=self.place == Some(verb)>
                <summary>{title}</summary>
                <div class="body">{body}</div>
            </details>
        }
        .into_any()
    }

    /// Several of these stand on one page; the one that was typed in carries the plain ids the summary
    /// points at.
    fn id(&self, verb: Verb, name: &str) -> String {
        match self.kept_in(verb) {
            Some(_) => name.to_owned(),
            None => format!("{name}-{}", verb.as_str()),
        }
    }

    fn text(&self, verb: Verb, label: &'static str, rows: u8) -> AnyView {
        let kept = self.kept_in(verb);
        let id = self.id(verb, "text");
        let typed = kept.map(|kept| kept.text.clone()).unwrap_or_default();
        let error = kept.and_then(|_| error_of(self.lang, self.faults, "text"));
        let described = error.is_some().then(|| format!("{id}-error"));
        let invalid = error.is_some();
        view! {
            <Field name=id.clone() label=label error=error.unwrap_or_default()>
                <TextArea
                    name="text" id=id.clone() value=typed rows=rows
                    described_by=described.unwrap_or_default() invalid=invalid
                />
            </Field>
        }
        .into_any()
    }

    /// A text, photos where they help, and a button.
    fn form(&self, verb: Verb, label: &'static str, button: &'static str) -> AnyView {
        let lang = self.lang;
        let kept = self.kept_in(verb);
        let photo_id = self.id(verb, "photos");
        let staged = kept.map(|kept| kept.staged.clone()).unwrap_or_default();
        let photo_error = kept.and_then(|_| error_of(lang, self.faults, "photos"));
        let key = self.key.to_owned();
        view! {
            <form method="post" action="/track" enctype="multipart/form-data" novalidate>
                {self.seen()}
                {self.text(verb, label, 4)}
                {verb.takes_photos().then(|| {
                    let described = match &photo_error {
                        Some(_) => format!("{photo_id}-hint {photo_id}-error"),
                        None => format!("{photo_id}-hint"),
                    };
                    // A full form keeps the field: one that is unticked makes room for another.
                    view! {
                        <Hidden name="key" value=key />
                        <Field
                            name=photo_id.clone()
                            label=t::whistle_photos(lang)
                            hint=t::whistle_photos_hint(lang, MAX_PHOTOS)
                            error=photo_error.unwrap_or_default()
                        >
                            {staged_list(lang, staged)}
                            <PhotoInput lang id=photo_id.clone() described_by=described />
                        </Field>
                    }
                })}
                <div class="btns"><SubmitButton text=button act=verb.as_str() quiet=true /></div>
            </form>
        }
        .into_any()
    }
}

/// What may be done at any time.
#[component]
pub(super) fn Later(lang: Lang, acts: Vec<AnyView>) -> impl IntoView {
    (!acts.is_empty()).then(|| {
        view! {
            <section class="more noprint">
                <h2>{t::track_more(lang)}</h2>
                {acts}
            </section>
        }
        .into_any()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_needs_a_word_has_a_field_for_it() {
        let drawn = FIRST.into_iter().chain(LATER).chain([Verb::Dispute]);
        for verb in drawn.filter(|verb| verb.needs_text()) {
            assert!(takes_text(verb), "{verb:?}");
        }
    }
}
