//! `/track`: enter the code, follow the case, say what is to be said.
//!
//! On the tracked page every act is a form of its own that posts to `/track` with `version`, `act`
//! (the verb's word, as in `domain::verb::Verb::as_str`), and where it fits `text`, `photos`,
//! `stars` (1 to 5) or `visibility`. Only the verbs of `story.actions` are offered.

use casework::views::{CaseStory, Entry};
use domain::{
    case::StateTag, draft::MAX_PHOTOS, event::Fact, lang::Lang, verb::Verb, visibility::Visibility,
};
use leptos::prelude::*;

use super::{
    case::{CaseBody, CaseFacts, CaseHead, CaseRecord},
    whistle::summary_items,
};
use crate::{
    form::{Fault, error_of},
    here::Here,
    parts::{
        Callout, Choice, ErrorSummary, Field, Hidden, Nav, Page, RadioGroup, SubmitButton, TextArea,
    },
    texts::t,
    words,
};

/// What was typed on the door.
#[derive(Clone, Debug, Default)]
pub struct TrackForm {
    /// The code as typed; never put back after a mistake of another kind than its own.
    pub code: String,
    /// The number a receipt's QR brings along.
    pub number: Option<String>,
    /// Mistakes.
    pub faults: Vec<Fault>,
    /// The thirty minutes are over.
    pub expired: bool,
}

/// `/track` without a tracking session.
#[component]
pub fn TrackPage(here: Here, form: TrackForm) -> impl IntoView {
    let lang = here.lang();
    let items = summary_items(lang, &form.faults);
    let bad = u64::try_from(items.len()).unwrap_or(u64::MAX);
    view! {
        <Page here=here.clone() title=t::track_title(lang) description=t::track_description(lang) nav=Nav::Track>
            <div class="narrow">
                <div class="head">
                    <h1>{t::track_title(lang)}</h1>
                    <p class="soft">{t::track_intro(lang)}</p>
                </div>
                {form.expired.then(|| view! { <Callout kind="wait"><p>{t::track_expired(lang)}</p></Callout> })}
                {form.number.map(|number| view! {
                    <Callout><p>{t::track_number(lang, &number)}</p></Callout>
                })}
                <ErrorSummary title=t::error_title(lang, bad) items />
                <form method="post" action="/track" novalidate>
                    <Field
                        name="code"
                        label=t::track_code(lang)
                        hint=t::track_code_hint(lang)
                        error=error_of(lang, &form.faults, "code").unwrap_or_default()
                        value=form.code
                        inputmode="numeric"
                        autocomplete="off"
                        maxlength=60
                    />
                    <div class="btns"><SubmitButton text=t::track_open(lang) /></div>
                </form>
                <p class="more">{t::track_lost(lang)} " " <a href="/cases">{t::nav_cases(lang)}</a></p>
            </div>
        </Page>
    }
    .into_any()
}

/// A case as its party sees it.
#[derive(Clone, Debug)]
pub struct Tracked {
    /// The case, with this party's actions.
    pub story: CaseStory,
    /// The act that did not go through, with what was typed for it.
    pub failed: Option<(Verb, String)>,
    /// What was wrong with it.
    pub faults: Vec<Fault>,
    /// The act that just went through.
    pub done: Option<Verb>,
}

/// `/track` with a tracking session.
#[component]
pub fn TrackedPage(here: Here, tracked: Tracked) -> impl IntoView {
    let lang = here.lang();
    let Tracked {
        story,
        failed,
        faults,
        done,
    } = tracked;
    let title = words::case_title(lang, &story.card);
    let items = summary_items(lang, &faults);
    let bad = u64::try_from(items.len()).unwrap_or(u64::MAX);
    let acts = Acts {
        lang,
        story: &story,
        failed: &failed,
        faults: &faults,
    };
    // What is asked of the person comes first, what they may do any time after the story.
    let first: Vec<_> = [
        Verb::Answer,
        Verb::Confirm,
        Verb::Rate,
        Verb::Urge,
        Verb::AskReview,
    ]
    .into_iter()
    .filter_map(|verb| acts.draw(verb))
    .collect();
    let later: Vec<_> = [
        Verb::AddInformation,
        Verb::Reopen,
        Verb::ChangeVisibility,
        Verb::Withdraw,
    ]
    .into_iter()
    .filter_map(|verb| acts.draw(verb))
    .collect();
    view! {
        <Page here=here.clone() title=title.clone() nav=Nav::Track unlisted=true>
            {done.and_then(|verb| did(lang, verb)).map(|text| view! {
                <Callout kind="done"><p role="status">{text}</p></Callout>
            })}
            <ErrorSummary title=t::error_title(lang, bad) items />
            <div class="two">
                <div>
                    <CaseHead here=here.clone() story=story.clone() title />
                    {first}
                    <CaseBody here=here.clone() story=story.clone() />
                    {(!later.is_empty()).then(|| view! {
                        <section class="more noprint">
                            <h2>{t::track_more(lang)}</h2>
                            {later}
                        </section>
                    })}
                </div>
                <aside class="stack">
                    <CaseFacts here=here.clone() story=story.clone() />
                    <CaseRecord here=here.clone() story=story.clone() />
                    <form method="post" action="/track" class="noprint">
                        <SubmitButton text=t::track_leave(lang) act="leave" quiet=true />
                    </form>
                </aside>
            </div>
        </Page>
    }
    .into_any()
}

/// What just happened, said once at the top.
fn did(lang: Lang, verb: Verb) -> Option<&'static str> {
    Some(match verb {
        Verb::Answer | Verb::AddInformation => t::did_add(lang),
        Verb::Withdraw => t::did_withdraw(lang),
        Verb::Confirm => t::did_confirm(lang),
        Verb::Dispute => t::did_dispute(lang),
        Verb::Rate => t::did_rate(lang),
        Verb::Urge => t::did_urge(lang),
        Verb::AskReview => t::did_ask_review(lang),
        Verb::Reopen => t::did_reopen(lang),
        Verb::ChangeVisibility => t::did_change_visibility(lang),
        _ => return None,
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

struct Acts<'a> {
    lang: Lang,
    story: &'a CaseStory,
    failed: &'a Option<(Verb, String)>,
    faults: &'a [Fault],
}

impl Acts<'_> {
    fn draw(&self, verb: Verb) -> Option<AnyView> {
        let lang = self.lang;
        if !self.story.actions.contains(&verb) {
            return None;
        }
        Some(match verb {
            Verb::Answer => {
                if !self.story.card.state.waiting_for_reporter {
                    return None;
                }
                let asked = question(&self.story.timeline).unwrap_or_default();
                self.boxed(
                    t::act_answer_title(lang),
                    view! {
                        <div class="words">{words::paragraphs(&asked)}</div>
                        {self.form(verb, t::act_answer_label(lang), t::act_answer_button(lang), true)}
                    }
                    .into_any(),
                )
            }
            Verb::Confirm => {
                let dispute = self.story.actions.contains(&Verb::Dispute);
                let closed = self.story.card.state.key == StateTag::Closed;
                self.boxed(
                    t::act_judge_title(lang),
                    view! {
                        <p>{if closed { t::act_judge_closed(lang) } else { t::act_judge_hint(lang) }}</p>
                        <form method="post" action="/track" class="btns">
                            {self.version()}
                            <SubmitButton text=t::act_confirm(lang) act=Verb::Confirm.as_str() />
                            {dispute.then(|| view! {
                                <SubmitButton text=t::act_dispute(lang) act=Verb::Dispute.as_str() quiet=true />
                            })}
                        </form>
                    }
                    .into_any(),
                )
            }
            Verb::Rate => {
                let choices = [
                    ("5", t::stars_5(lang)),
                    ("4", t::stars_4(lang)),
                    ("3", t::stars_3(lang)),
                    ("2", t::stars_2(lang)),
                    ("1", t::stars_1(lang)),
                ]
                .into_iter()
                .map(|(stars, text)| Choice::new(stars, text))
                .collect();
                self.fold(
                    t::act_rate_title(lang),
                    view! {
                        <form method="post" action="/track">
                            {self.version()}
                            <RadioGroup name="stars" legend=t::act_rate_label(lang) choices />
                            <div class="btns">
                                <SubmitButton text=t::act_rate_button(lang) act=verb.as_str() quiet=true />
                            </div>
                        </form>
                    }
                    .into_any(),
                )
            }
            Verb::Urge => self.boxed(
                t::act_urge_title(lang),
                view! {
                    <p>{t::act_urge_hint(lang)}</p>
                    <form method="post" action="/track" class="btns">
                        {self.version()}
                        <SubmitButton text=t::act_urge_button(lang) act=verb.as_str() quiet=true />
                    </form>
                }
                .into_any(),
            ),
            Verb::AskReview => self.boxed(
                t::act_review_title(lang),
                self.form(verb, t::act_review_label(lang), t::act_review_button(lang), false),
            ),
            Verb::AddInformation => self.fold(
                t::act_add_title(lang),
                self.form(verb, t::act_add_label(lang), t::act_add_button(lang), true),
            ),
            Verb::Reopen => self.fold(
                t::act_reopen_title(lang),
                self.form(verb, t::act_reopen_label(lang), t::act_reopen_button(lang), false),
            ),
            Verb::ChangeVisibility => {
                let now = self.story.card.visibility;
                let choices = Visibility::ALL
                    .into_iter()
                    .map(|kind| {
                        Choice::new(kind.as_str(), words::visibility(lang, kind)).checked(kind == now)
                    })
                    .collect();
                self.fold(
                    t::act_visibility_title(lang),
                    view! {
                        <form method="post" action="/track">
                            {self.version()}
                            <RadioGroup name="visibility" legend=t::whistle_visibility(lang) choices />
                            <div class="btns">
                                <SubmitButton text=t::act_visibility_button(lang) act=verb.as_str() quiet=true />
                            </div>
                        </form>
                    }
                    .into_any(),
                )
            }
            Verb::Withdraw => self.fold(
                t::act_withdraw_title(lang),
                view! {
                    <p>{t::act_withdraw_hint(lang)}</p>
                    {self.form(verb, t::act_withdraw_label(lang), t::act_withdraw_button(lang), false)}
                }
                .into_any(),
            ),
            _ => return None,
        })
    }

    fn version(&self) -> impl IntoView + use<> {
        view! { <Hidden name="version" value=self.story.version.to_string() /> }
    }

    fn boxed(&self, title: &'static str, body: AnyView) -> AnyView {
        view! { <section class="ask stack noprint"><h2>{title}</h2>{body}</section> }.into_any()
    }

    fn fold(&self, title: &'static str, body: AnyView) -> AnyView {
        let open = self
            .failed
            .as_ref()
            .is_some_and(|(verb, _)| self.titled(*verb) == Some(title));
        view! {
            <details class="fold noprint" open=open>
                <summary>{title}</summary>
                <div class="body">{body}</div>
            </details>
        }
        .into_any()
    }

    fn titled(&self, verb: Verb) -> Option<&'static str> {
        match verb {
            Verb::AddInformation => Some(t::act_add_title(self.lang)),
            Verb::Reopen => Some(t::act_reopen_title(self.lang)),
            Verb::Withdraw => Some(t::act_withdraw_title(self.lang)),
            Verb::ChangeVisibility => Some(t::act_visibility_title(self.lang)),
            Verb::Rate => Some(t::act_rate_title(self.lang)),
            _ => None,
        }
    }

    /// A text, photos where they help, and a button.
    fn form(&self, verb: Verb, label: &'static str, button: &'static str, photos: bool) -> AnyView {
        let lang = self.lang;
        let mine = self.failed.as_ref().filter(|(failed, _)| *failed == verb);
        // Several of these stand on one page; the one that failed carries the plain id the
        // summary points at.
        let id = if mine.is_some() {
            "text".to_owned()
        } else {
            format!("text-{}", verb.as_str())
        };
        let photo_id = if mine.is_some() {
            "photos".to_owned()
        } else {
            format!("photos-{}", verb.as_str())
        };
        let typed = mine.map(|(_, text)| text.clone()).unwrap_or_default();
        let error = mine.and_then(|_| error_of(lang, self.faults, "text"));
        let photo_error = mine.and_then(|_| error_of(lang, self.faults, "photos"));
        let described = error.is_some().then(|| format!("{id}-error"));
        let invalid = error.is_some();
        view! {
            <form method="post" action="/track" enctype="multipart/form-data" novalidate>
                {self.version()}
                <Field name=id.clone() label=label error=error.unwrap_or_default()>
                    <TextArea
                        name="text" id=id.clone() value=typed rows=4
                        described_by=described.unwrap_or_default() invalid=invalid
                    />
                </Field>
                {photos.then(|| view! {
                    <Field
                        name=photo_id.clone()
                        label=t::whistle_photos(lang)
                        hint=t::whistle_photos_hint(lang, MAX_PHOTOS)
                        error=photo_error.unwrap_or_default()
                    >
                        <input
                            class="input" id=photo_id.clone() name="photos" type="file" multiple
                            accept="image/jpeg,image/png,image/webp"
                            aria-describedby=format!("{photo_id}-hint")
                        />
                    </Field>
                })}
                <div class="btns"><SubmitButton text=button act=verb.as_str() quiet=true /></div>
            </form>
        }
        .into_any()
    }
}
