//! `/cases/{number}`: what the public may know of one case, and what happened.

use casework::views::{CaseStory, ClockStory, Detail, PassedView};
use domain::{
    case::{Filer, Release, StateTag as State},
    event::Fact,
    lang::Lang,
    verb::Verb,
    visibility::Visibility,
};
use leptos::prelude::*;

use super::{
    live::{LiveBody, LiveFacts, LiveHead},
    receipt::WhoLine,
    unkept::{Notices, Unkept},
};
use crate::{
    explain,
    form::Fault,
    format,
    here::Here,
    parts::{
        Breadcrumb, Callout, ErrorSummary, Field, Hidden, Looks, Nav, Page, PhotoGrid, PrintOnly,
        StateTag, SubmitButton, SummaryList, Timeline,
    },
    texts::t,
    tongue, words,
};

/// What the public page of a case needs beside the story.
#[derive(Clone, Debug, Default)]
pub struct JoinForm {
    /// The filing key of a "me too", hidden.
    pub key: String,
    /// Phone, never required.
    pub phone: String,
    /// Mistakes.
    pub faults: Vec<Fault>,
    /// In a crowd: the signed ticket.
    pub ticket: Option<String>,
    /// In a crowd: the seconds to wait.
    pub wait: Option<u64>,
    /// Why nothing was kept; what was typed stays.
    pub unkept: Option<Unkept>,
}

/// `/cases/{number}`
#[component]
pub fn CasePage(here: Here, story: CaseStory, join: Option<JoinForm>) -> impl IntoView {
    let lang = here.lang();
    let title = words::case_title(lang, &story.card);
    let crumbs = vec![("/cases".to_owned(), t::nav_cases(lang).to_owned())];
    let faults = join
        .as_ref()
        .map(|join| super::whistle::summary_items(lang, &join.faults));
    let faults = faults.unwrap_or_default();
    let bad = u64::try_from(faults.len()).unwrap_or(u64::MAX);
    let number = story.card.number.clone();
    let description = t::meta_case(
        lang,
        &story.card.category.text,
        &story.card.community.text,
        &number,
        words::state(lang, &story.card.state),
    );
    // Of what staff found nobody has a code, but whoever said that it is theirs as well.
    let by_staff = |fact: &Fact| {
        matches!(
            fact,
            Fact::Filed {
                filer: Filer::Staff,
                ..
            }
        )
    };
    let found_by_staff =
        story.card.me_too == 0 && story.timeline.iter().any(|entry| by_staff(&entry.fact));
    let may_join = story.actions.contains(&Verb::Join);
    view! {
        <Page here=here.clone() title=title.clone() description nav=Nav::Cases>
            <Breadcrumb lang links=crumbs />
            <ErrorSummary title=t::error_title(lang, bad) items=faults />
            <div class="two">
                <div>
                    <LiveHead here=here.clone() story=story.clone() own=false />
                    <LiveBody here=here.clone() story=story.clone() />
                </div>
                <aside class="stack">
                    <LiveFacts here=here.clone() story=story.clone() />
                    {may_join.then(|| join_box(lang, &number, join))}
                    {(!found_by_staff).then(|| view! {
                        <section class="card stack noprint">
                            <h2>{t::case_yours_title(lang)}</h2>
                            <p>{t::case_yours_text(lang)}</p>
                            <a class="btn quiet" href=format!("/track?number={number}")>
                                {t::case_yours_button(lang)}
                            </a>
                        </section>
                    })}
                    {comes_again(story.card.state.key).then(|| view! {
                        <section class="card stack noprint">
                            <h2>{t::case_again_title(lang)}</h2>
                            <p>{t::case_again_text(lang)}</p>
                            <a class="btn quiet" href=format!("/whistle?again={number}")>
                                {t::case_again_button(lang)}
                            </a>
                        </section>
                    })}
                    <CaseRecord here=here.clone() story=story.clone() />
                </aside>
            </div>
        </Page>
    }
    .into_any()
}

/// Whether what was told may have come back. A merged case goes on elsewhere: there is nothing of
/// its own that ended.
fn comes_again(state: State) -> bool {
    state.is_ended() && state != State::Merged
}

/// "The same happens to me." The public page is the same for everybody and kept, so it only links
/// to the form, which bears a key of its own.
fn join_box(lang: Lang, number: &str, join: Option<JoinForm>) -> impl IntoView + use<> {
    let address = format!("/cases/{number}/join");
    let inside = match join {
        None => view! {
            <a class="btn quiet" href=address rel="nofollow">{t::whistle_me_too(lang)}</a>
        }
        .into_any(),
        Some(join) => {
            let error = crate::form::error_of(lang, &join.faults, "phone");
            view! {
                <Notices lang wait=join.wait joining=true unkept=join.unkept />
                <form method="post" action=address novalidate>
                    <Hidden name="key" value=join.key />
                    {join.ticket.map(|ticket| view! { <Hidden name="ticket" value=ticket /> })}
                    <Field
                        name="phone" label=t::whistle_phone(lang) value=join.phone kind="tel"
                        autocomplete="tel" inputmode="tel" maxlength=30
                        hint=t::whistle_contact_hint(lang) error=error.unwrap_or_default()
                    />
                    <div class="btns">
                        <SubmitButton
                            text=t::whistle_me_too(lang) act=Verb::Join.as_str() quiet=true
                        />
                    </div>
                </form>
            }
            .into_any()
        }
    };
    view! {
        <section class="card stack noprint">
            <h2>{t::case_join_title(lang)}</h2>
            <p>{t::case_join_text(lang)}</p>
            {inside}
        </section>
    }
    .into_any()
}

/// Title and state.
#[component]
pub fn CaseHead(here: Here, story: CaseStory, #[prop(into)] title: String) -> impl IntoView {
    let lang = here.lang();
    let state = story.card.state.clone();
    let late = state.late && !state.key.is_ended();
    let verdict = words::verdict(lang, &state);
    let next = words::next_step(&here, &story);
    view! {
        <div class="head">
            <h1>{words::shown_title(lang, &story.card, &title)}</h1>
            <p class="tags">
                <StateTag lang state />
                {late.then(|| view! { <span class="tag late">{t::tag_late(lang)}</span> })}
                {(story.card.me_too > 0).then(|| view! {
                    <span class="tag">{t::case_me_too_count(lang, u64::from(story.card.me_too))}</span>
                })}
            </p>
            {verdict.map(|verdict| view! { <p><b>{verdict}</b></p> })}
            {next.map(|(sentence, late)| {
                let class = if late { "clock late" } else { "clock" };
                view! { <p class=class>{sentence}</p> }
            })}
        </div>
    }
    .into_any()
}

/// The words, the photos and what happened.
#[component]
pub fn CaseBody(here: Here, story: CaseStory) -> impl IntoView {
    view! {
        <CaseTold lang=here.lang() story=story.clone() />
        <CaseHappened here story />
    }
    .into_any()
}

/// The words, the place and the photos, or why they are not shown.
#[component]
pub fn CaseTold(lang: Lang, story: CaseStory) -> impl IntoView {
    // One sentence is the title, and is not said twice.
    let is_title = |detail: &Detail| story.card.headline.as_deref() == Some(detail.text.trim());
    let has_more = story.detail.as_ref().is_none_or(|detail| {
        !is_title(detail) || !detail.place.is_empty() || detail.position.is_some()
    }) || !story.photos.is_empty();
    let words_shown = match (&story.detail, story.card.visibility, story.card.release) {
        (Some(detail), _, _) => {
            let text = if is_title(detail) {
                String::new()
            } else {
                detail.text.clone()
            };
            let place = detail.place.clone();
            view! { <Told lang text place position=detail.position /> }.into_any()
        }
        (None, Visibility::Public, Release::Waiting) => {
            view! { <Callout kind="wait"><p>{t::case_waiting_release(lang)}</p></Callout> }
                .into_any()
        }
        (None, Visibility::Public, _) => {
            view! { <Callout><p>{t::case_held(lang)}</p></Callout> }.into_any()
        }
        (None, _, _) => view! { <Callout><p>{t::case_withheld(lang)}</p></Callout> }.into_any(),
    };
    has_more.then(|| {
        view! {
            <section class="stack">
                {words_shown}
                <PhotoGrid lang photos=story.photos />
            </section>
        }
        .into_any()
    })
}

/// What happened, how the limits are reckoned, and who looked.
#[component]
pub fn CaseHappened(here: Here, story: CaseStory) -> impl IntoView {
    let lang = here.lang();
    let next = words::next_step(&here, &story).map(|(sentence, _)| sentence);
    view! {
        <section class="more">
            <h2>{t::case_story(lang)}</h2>
            <Timeline here=here.clone() entries=story.timeline next=next.unwrap_or_default() />
        </section>
        {(!story.clocks.is_empty()).then(|| {
            let clocks: Vec<_> = story
                .clocks
                .iter()
                .map(|clock| clock_fold(&here, clock, story.card.state.key))
                .collect();
            view! {
                <section class="more">
                    <h2>{t::case_clocks(lang)}</h2>
                    {clocks}
                </section>
            }
        })}
        {story.own.then(|| view! { <Looks here looks=story.looks /> })}
    }
    .into_any()
}

/// What the reporter told: the words, the place and the position, to a hundred metres. The case
/// shows it so, and the form before it is sent.
#[component]
pub fn Told(
    lang: Lang,
    text: String,
    place: String,
    /// Degrees north and east.
    position: Option<(f64, f64)>,
) -> impl IntoView {
    view! {
        {(!text.is_empty()).then(|| view! { <div class="words">{words::paragraphs(lang, &text)}</div> })}
        {(!place.is_empty()).then(|| view! {
            <p>
                <span class="soft">{t::case_place(lang)}</span>" "
                <span lang=tongue::of_words(lang, &place)>{place.clone()}</span>
            </p>
        })}
        {position.map(|(lat, lng)| view! {
            <p class="small soft">{t::case_position(lang, format!("{lat:.3}"), format!("{lng:.3}"))}</p>
        })}
    }
    .into_any()
}

/// One clock and its arithmetic in words.
fn clock_fold(here: &Here, clock: &ClockStory, state: State) -> impl IntoView + use<> {
    let base = clock.explanation.started;
    let mut line = words::clock(here, &clock.line, base);
    if clock.line.lapsed.is_some()
        && let Some(why) = words::why_not_needed(here.lang(), state)
    {
        line = t::clock_why(here.lang(), line, why);
    }
    let class = if clock.line.late {
        "clock late"
    } else {
        "clock"
    };
    let steps: Vec<_> = explain::sentences(here, clock)
        .into_iter()
        .map(|step| view! { <li>{step}</li> })
        .collect();
    view! {
        <details class="fold">
            <summary><span class=class>{line}</span></summary>
            <div class="body prose"><ol>{steps}</ol></div>
        </details>
    }
    .into_any()
}

/// Number, category, community, who has it.
#[component]
pub fn CaseFacts(here: Here, story: CaseStory) -> impl IntoView {
    let lang = here.lang();
    let card = story.card;
    let filed = card.filed_at;
    let mut rows = vec![
        (
            t::receipt_number(lang).to_owned(),
            view! { <b translate="no">{card.number}</b> }.into_any(),
        ),
        (
            t::receipt_category(lang).to_owned(),
            card.category.text.into_any(),
        ),
        (
            t::case_community(lang).to_owned(),
            view! {
                <a
                    href=format!("/communities/{}", card.community.code)
                    lang=tongue::of_name(lang, &card.community.text)
                >
                    {card.community.text.clone()}
                </a>
            }
            .into_any(),
        ),
        (
            t::case_filed(lang).to_owned(),
            format::moment(lang, &here.site.time, filed).into_any(),
        ),
    ];
    if card.state.key == State::Merged {
        let into = match story.merged_into {
            Some(number) => {
                view! { <a href=format!("/cases/{number}")>{number.clone()}</a> }.into_any()
            }
            None => t::case_merged_unseen(lang).into_any(),
        };
        rows.push((t::case_merged_into(lang).to_owned(), into));
    }
    if let Some(passed) = &story.passed {
        rows.extend(passed_rows(&here, passed));
    }
    // Nobody has an ended case any more; somebody still answers for it.
    let who = if card.state.key.is_ended() {
        t::case_questions(lang)
    } else {
        t::receipt_who(lang)
    };
    rows.push((
        who.to_owned(),
        view! { <WhoLine here=here.clone() who=story.who_has_it /> }.into_any(),
    ));
    if !card.departments.is_empty() {
        let names: Vec<String> = card.departments.into_iter().map(|d| d.text).collect();
        let names = words::list(lang, &names);
        rows.push((
            t::case_departments(lang).to_owned(),
            view! { <span lang=tongue::of_name(lang, &names)>{names.clone()}</span> }.into_any(),
        ));
    }
    if let Some(number) = story.recurrence_of {
        rows.push((
            t::case_recurrence(lang).to_owned(),
            view! { <a href=format!("/cases/{number}")>{number.clone()}</a> }.into_any(),
        ));
    }
    rows.push((
        t::whistle_visibility(lang).to_owned(),
        words::visibility(lang, card.visibility).into_any(),
    ));
    view! { <section class="card"><SummaryList rows /></section> }
}

/// Where it went, by what right, and whether an answer came from there.
fn passed_rows(here: &Here, passed: &PassedView) -> Vec<(String, AnyView)> {
    let (lang, time) = (here.lang(), &here.site.time);
    let typed = |text: &str| {
        let text = text.to_owned();
        view! { <span lang=tongue::of_words(lang, &text)>{text.clone()}</span> }.into_any()
    };
    let mut rows = Vec::new();
    if let Some(on) = &passed.on {
        rows.push((t::passed_to(lang).to_owned(), typed(&on.to)));
        rows.push((t::passed_basis(lang).to_owned(), typed(&on.basis)));
    }
    let due = format::due(lang, time, passed.due);
    let due = match passed.answered_at {
        Some(at) => t::passed_answered(lang, format::moment(lang, time, at), due),
        None if passed.late => t::passed_late(lang, due),
        None => due,
    };
    rows.push((t::passed_due(lang).to_owned(), due.into_any()));
    rows
}

/// The fingerprint of the filing, and the address for paper.
#[component]
pub fn CaseRecord(here: Here, story: CaseStory) -> impl IntoView {
    let lang = here.lang();
    view! {
        <details class="fold">
            <summary>{t::receipt_hash(lang)}</summary>
            <div class="body">
                <p class="hash" translate="no">{story.filing_hash}</p>
                <p class="small soft">
                    {t::receipt_hash_hint(lang)}
                    " "
                    <a href="/ledger">{t::footer_ledger(lang)}</a>
                </p>
            </div>
        </details>
        {(!here.site.base_url.is_empty()).then(|| view! { <PrintOnly lang address=here.canonical() /> })}
    }
    .into_any()
}
