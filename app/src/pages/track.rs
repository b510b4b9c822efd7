//! `/track`: enter the code, follow the case, say what is to be said.
//!
//! On the tracked page every act is a form of its own that posts to `/track` with `act` (the verb's
//! word, as in `domain::verb::Verb::as_str`), `number` and `version` (the case and what of it the
//! person had seen), and where it fits `text`, `stars` (1 to 5), `visibility`, or `photos` with the
//! `key` they wait under. Only the verbs of `story.actions` are offered. An act that did not go
//! through comes back as it was typed; where the session was over, by way of the code: the form
//! that asks for it carries the act along as `then`.

mod acts;

use casework::views::{CaseStory, Entry};
use domain::{lang::Lang, verb::Verb};
use leptos::prelude::*;

pub(super) use acts::staged_list;
use acts::{Acts, Later};

use super::{
    StagedPhoto,
    case::CaseRecord,
    live::{LiveBody, LiveFacts, LiveHead},
    unkept::{Notices, Unkept},
    whistle::summary_items,
};
use crate::{
    form::{Fault, error_of},
    here::Here,
    parts::{Callout, ErrorSummary, Field, Hidden, Nav, Page, SubmitButton, TextArea, Timeline},
    texts::t,
    words,
};

/// Why the code is asked again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// The thirty minutes are over.
    Idle,
    /// Another case was opened in the same browser meanwhile.
    Other,
}

/// An act that has not gone through, as it was typed.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Which.
    pub verb: Verb,
    /// The case it is meant for; empty if the form did not say.
    pub number: String,
    /// The version the person had seen, if the form said so.
    pub version: Option<u32>,
    /// What was written.
    pub text: String,
    /// The rating that was chosen, as typed.
    pub stars: String,
    /// The visibility that was chosen, as typed.
    pub visibility: String,
    /// The key its photos wait under.
    pub key: String,
    /// Photos that wait.
    pub staged: Vec<StagedPhoto>,
}

/// What was typed on the door.
#[derive(Clone, Debug, Default)]
pub struct TrackForm {
    /// The code as typed.
    pub code: String,
    /// The number that the address printed on a receipt brings along, or a form of the tracked page.
    pub number: Option<String>,
    /// Mistakes.
    pub faults: Vec<Fault>,
    /// Why the code is asked again.
    pub closed: Option<Closed>,
    /// What was about to be sent when it was.
    pub kept: Option<Kept>,
    /// Too many codes were tried: how many seconds to wait.
    pub wait: Option<u64>,
    /// Why nothing was kept.
    pub unkept: Option<Unkept>,
}

/// `/track` without a tracking session.
#[component]
pub fn TrackPage(here: Here, form: TrackForm) -> impl IntoView {
    let lang = here.lang();
    let items = summary_items(lang, &form.faults);
    let bad = u64::try_from(items.len()).unwrap_or(u64::MAX);
    let closed = form.closed.map(|why| match (why, &form.number) {
        (Closed::Other, Some(number)) => t::track_other(lang, number),
        _ => t::track_expired(lang).to_owned(),
    });
    let carried = form
        .number
        .clone()
        .map(|number| view! { <Hidden name="number" value=number /> });
    let asked = form.number.filter(|_| form.closed != Some(Closed::Other));
    view! {
        <Page here=here.clone() title=t::track_title(lang) description=t::track_description(lang) nav=Nav::Track>
            <div class="narrow">
                <div class="head">
                    <h1>{t::track_title(lang)}</h1>
                    <p class="soft">{t::track_intro(lang)}</p>
                </div>
                {closed.map(|why| view! { <Callout kind="wait"><p>{why}</p></Callout> })}
                {form.wait.map(|seconds| view! {
                    <Callout kind="wait" title=t::trouble_429_title(lang)>
                        <p>{t::trouble_429(lang, seconds)}</p>
                    </Callout>
                })}
                <Notices lang wait=None joining=false unkept=form.unkept />
                {asked.map(|number| view! {
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
                    {carried}
                    {form.kept.map(|kept| carried_along(lang, kept))}
                    <div class="btns"><SubmitButton text=t::track_open(lang) /></div>
                </form>
                <p class="more"><a href="/track/lost">{t::lost_link(lang)}</a></p>
                <p class="more">{t::track_lost(lang)} " " <a href="/cases">{t::nav_cases(lang)}</a></p>
            </div>
        </Page>
    }
    .into_any()
}

/// What waits for the code: words and photos to be seen, the rest hidden.
fn carried_along(lang: Lang, kept: Kept) -> impl IntoView {
    let hidden = [("stars", kept.stars), ("visibility", kept.visibility)];
    let hidden: Vec<_> = hidden
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <Hidden name value /> })
        .collect();
    let photos = kept.verb.takes_photos();
    view! {
        <Hidden name="then" value=kept.verb.as_str() />
        <Hidden name="key" value=kept.key />
        {kept.version.map(|version| view! { <Hidden name="version" value=version.to_string() /> })}
        {hidden}
        {(!kept.text.is_empty()).then(|| view! {
            <Field name="text" label=t::track_kept_text(lang)>
                <TextArea name="text" value=kept.text rows=4 />
            </Field>
        })}
        // The id is there for the mistakes of photos, whether any was kept or not.
        {photos.then(|| view! {
            <div class="field" id="photos">
                {(!kept.staged.is_empty()).then(|| view! { <h2>{t::track_kept_photos(lang)}</h2> })}
                {staged_list(lang, kept.staged)}
            </div>
        })}
    }
    .into_any()
}

/// A case as its party sees it.
#[derive(Clone, Debug)]
pub struct Tracked {
    /// The case, with this party's actions.
    pub story: CaseStory,
    /// The key under which photos of the page's forms wait.
    pub key: String,
    /// The act that did not go through.
    pub kept: Option<Kept>,
    /// What happened between what the person had seen and now.
    pub news: Vec<Entry>,
    /// What was wrong with the act.
    pub faults: Vec<Fault>,
    /// Why nothing was kept.
    pub unkept: Option<Unkept>,
    /// The act that just went through.
    pub done: Option<Verb>,
}

/// `/track` with a tracking session.
#[component]
pub fn TrackedPage(here: Here, tracked: Tracked) -> impl IntoView {
    let lang = here.lang();
    let Tracked {
        story,
        key,
        kept,
        news,
        faults,
        unkept,
        done,
    } = tracked;
    let title = words::case_title(lang, &story.card);
    let items = summary_items(lang, &faults);
    let bad = u64::try_from(items.len()).unwrap_or(u64::MAX);
    let acts = Acts::new(lang, &story, &key, kept.as_ref(), &faults);
    let (first, later): (Vec<_>, Vec<_>) = (acts.first(), acts.later());
    // A mistake without a field of its own leads to the case.
    let case_id = (!items.is_empty() && !acts.has_text_field()).then_some("text");
    let unsent = acts.is_in_a_form() && items.is_empty() && unkept.is_none();
    let stray = acts.stray();
    view! {
        <Page here=here.clone() title=title.clone() nav=Nav::Track unlisted=true>
            {done.and_then(|verb| did(lang, verb)).map(|text| view! {
                <Callout kind="done"><p role="status">{text}</p></Callout>
            })}
            <Notices lang wait=None joining=false unkept />
            <ErrorSummary title=t::error_title(lang, bad) items />
            {unsent.then(|| view! { <Callout kind="wait"><p>{t::track_kept(lang)}</p></Callout> })}
            <div class="two">
                <div id=case_id>
                    <LiveHead here=here.clone() story=story.clone() own=true />
                    {(!news.is_empty()).then(|| view! {
                        <section class="more">
                            <h2>{t::track_news(lang)}</h2>
                            <Timeline here=here.clone() entries=news />
                        </section>
                    })}
                    {stray}
                    {first}
                    <LiveBody here=here.clone() story=story.clone() />
                    <Later lang acts=later />
                </div>
                <aside class="stack">
                    <LiveFacts here=here.clone() story=story.clone() />
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
