//! `/desk/cases/{number}`: the whole story, who came and who did not, and what this person may do
//! now.

use casework::{
    scores::FEWEST,
    views::{CaseCard, DeskCase, Entry, PartView},
};
use domain::{case::Awaits, lang::Lang, verb::Verb};
use leptos::prelude::*;

use super::{
    acts::{Acts, KeptAct},
    live::{LiveDesk, PartsAlone},
};
use crate::{
    format,
    here::Here,
    pages::{
        Unkept,
        case::{CaseFacts, CaseHappened, CaseHead, CaseTold},
        unkept::Notices,
    },
    parts::{
        Breadcrumb, Callout, DeskBar, ErrorSummary, Hidden, Page, SubmitButton, SummaryList,
        Timeline, qr_code,
    },
    texts::t,
    words::{self, staff},
};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct DeskCaseView {
    /// The case.
    pub case: DeskCase,
    /// The key of a form with photos.
    pub key: String,
    /// An act that did not go through.
    pub kept: Option<KeptAct>,
    /// What happened since the person looked.
    pub news: Vec<Entry>,
    /// The act that just went through.
    pub done: Option<Verb>,
    /// What of the person's own runs out next, after an act.
    pub next: Option<CaseCard>,
    /// How to reach the reporter, this once: name, phone, mail.
    pub contact: Option<Vec<(&'static str, String)>>,
    /// The reason for a look was missing.
    pub no_reason: bool,
    /// Why nothing was kept.
    pub unkept: Option<Unkept>,
    /// What became of a score that was given.
    pub score: Option<Scored>,
}

/// What became of a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scored {
    /// It is kept.
    Kept,
    /// None was chosen.
    Missing,
}

/// `/desk/cases/{number}`
#[component]
pub fn DeskCasePage(here: Here, bar: DeskBar, shown: DeskCaseView) -> impl IntoView {
    let lang = here.lang();
    let DeskCaseView {
        case,
        key,
        kept,
        news,
        done,
        next,
        contact,
        no_reason,
        unkept,
        score,
    } = shown;
    let title = words::case_title(lang, &case.story.card);
    let number = case.story.card.number.clone();
    let acts = Acts {
        here: &here,
        action: format!("/desk/cases/{}", case.story.card.number),
        firm: false,
        field: bar.phone_of.as_deref(),
        case: &case,
        key: &key,
        kept: kept.as_ref(),
    };
    let items = acts.mistakes();
    let bad = u64::try_from(items.len()).unwrap_or(u64::MAX);
    let (moved, is_kept) = (!news.is_empty(), kept.is_some());
    let stray = kept
        .as_ref()
        .filter(|_| !acts.keeps_its_place())
        .and_then(|kept| kept.fields.iter().find(|(name, _)| name == "text"))
        .map(|(_, text)| text.clone())
        .filter(|text| !text.trim().is_empty());
    let (first, more) = (acts_part(lang, &acts), more_part(&acts));
    let firms = engaged(&here, &acts);
    let crumbs = vec![("/desk".to_owned(), t::desk_title(lang).to_owned())];
    view! {
        <Page here=here.clone() title=title.clone() desk=bar unlisted=true>
            <Breadcrumb lang links=crumbs />
            {done.map(|verb| view! {
                <Callout kind="done">
                    <p role="status">{did(lang, verb, case.awaits)}</p>
                    <p class="after">
                        {next.map(|next| view! {
                            <a href=format!("/desk/cases/{}", next.number)>
                                {t::desk_next(lang, words::case_title(lang, &next))}
                            </a>" "
                        })}
                        <a href="/desk">{t::desk_back(lang)}</a>
                    </p>
                </Callout>
            })}
            <Notices lang wait=None joining=false unkept />
            {moved.then(|| view! {
                <Callout kind="wait" title=t::desk_conflict_title(lang)>
                    <p>{t::desk_conflict(lang)}</p>
                </Callout>
            })}
            <ErrorSummary title=t::error_title(lang, bad) items />
            <LiveDesk here=here.clone() source=format!("/desk/events?case={number}") kept=is_kept />
            <div class="two desk-case">
                <div>
                    <HeadPart here=here.clone() case=case.clone() />
                    {moved.then(|| view! {
                        <section class="more">
                            <h2>{t::desk_news(lang)}</h2>
                            <Timeline here=here.clone() entries=news />
                        </section>
                    })}
                    {stray.map(|text| view! {
                        <section class="ask stack" id="do-nowhere-act">
                            <h2>{t::track_stray_title(lang)}</h2>
                            <p>{t::track_stray(lang)}</p>
                            <div class="words">{words::paragraphs(lang, &text)}</div>
                        </section>
                    })}
                    {first}
                    {firms}
                    <StoryPart here=here.clone() case=case.clone() />
                    {more}
                </div>
                <aside class="stack">
                    <FactsPart here=here.clone() case=case.clone() />
                    {to_score(lang, &case, score)}
                    {reach(lang, &case, contact, no_reason)}
                    <p class="noprint"><a href=format!("/cases/{number}")>{t::desk_public_page(lang)}</a></p>
                </aside>
            </div>
        </Page>
    }
    .into_any()
}

/// The parts that change by themselves, as a page that stands open fetches them.
#[component]
pub fn DeskCaseParts(
    here: Here,
    case: DeskCase,
    key: String,
    /// Whose own phone it is on.
    field: Option<String>,
) -> impl IntoView {
    let lang = here.lang();
    let acts = Acts {
        here: &here,
        action: format!("/desk/cases/{}", case.story.card.number),
        firm: false,
        field: field.as_deref(),
        case: &case,
        key: &key,
        kept: None,
    };
    let (first, more) = (acts_part(lang, &acts), more_part(&acts));
    let firms = engaged(&here, &acts);
    view! {
        <PartsAlone here=here.clone()>
            <HeadPart here=here.clone() case=case.clone() />
            {first}
            {firms}
            <StoryPart here=here.clone() case=case.clone() />
            {more}
            <FactsPart here=here.clone() case=case.clone() />
        </PartsAlone>
    }
    .into_any()
}

#[component]
fn HeadPart(here: Here, case: DeskCase) -> impl IntoView {
    let lang = here.lang();
    let title = words::case_title(lang, &case.story.card);
    let waits: Vec<_> = staff::awaits(lang, case.awaits)
        .into_iter()
        .map(|text| view! { <span class="tag wait">{text}</span>" " })
        .collect();
    let reused: Vec<_> = case
        .reused
        .into_iter()
        .map(|reused| match reused.with {
            None => view! { <p>{t::desk_photo_again(lang, reused.photo)}</p> }.into_any(),
            Some(number) => {
                let href = format!("/desk/cases/{number}");
                view! {
                    <p>{t::desk_photo_of_other(lang, reused.photo)}" "<a href=href>{number}</a></p>
                }
                .into_any()
            }
        })
        .collect();
    view! {
        <div id="live-head" data-live>
            <CaseHead here story=case.story.clone() title />
            {(!waits.is_empty()).then(|| view! { <p class="waits">{waits}</p> })}
            {(!reused.is_empty()).then(|| view! { <Callout kind="wait">{reused}</Callout> })}
            <CaseTold lang story=case.story />
        </div>
    }
    .into_any()
}

pub(super) fn acts_part(lang: Lang, acts: &Acts<'_>) -> AnyView {
    let first = acts.first();
    view! {
        <section class="ask now noprint" id="live-acts" data-live data-careful>
            <h2>{t::desk_now(lang)}</h2>
            {first}
        </section>
    }
    .into_any()
}

fn more_part(acts: &Acts<'_>) -> AnyView {
    let more = acts.more();
    view! { <div id="live-more" data-live data-careful>{more}</div> }.into_any()
}

#[component]
pub(super) fn StoryPart(here: Here, case: DeskCase) -> impl IntoView {
    let count = case.story.timeline.len();
    let last = case.story.timeline.last();
    let news = last.map(|last| t::live_news(here.lang(), words::entry(here.lang(), &last.fact)));
    view! {
        <div id="live-story" data-live data-count=count data-news=news>
            <Parts here=here.clone() parts=case.parts />
            <CaseHappened here story=case.story />
        </div>
    }
    .into_any()
}

#[component]
fn FactsPart(here: Here, case: DeskCase) -> impl IntoView {
    let beside = beside(&here, &case);
    view! {
        <div class="stack" id="live-facts" data-live>
            <CaseFacts here story=case.story />
            {beside}
        </div>
    }
    .into_any()
}

/// What became of an act: of the first of two people it is a proposal.
pub(super) fn did(lang: Lang, verb: Verb, awaits: Awaits) -> String {
    match verb {
        Verb::Reject if awaits.meets(Awaits::SECOND_FOR_REJECTION) => {
            t::desk_did_reject(lang).to_owned()
        }
        Verb::Quarantine if awaits.meets(Awaits::SECOND_FOR_QUARANTINE) => {
            t::desk_did_quarantine(lang).to_owned()
        }
        verb => t::desk_did(lang, staff::verb(lang, verb)),
    }
}

/// How it came, how far up it went, and what is demanded.
fn beside(here: &Here, case: &DeskCase) -> AnyView {
    let lang = here.lang();
    let mut rows = vec![
        (
            t::desk_filer(lang).to_owned(),
            staff::filer(lang, case.filer).into_any(),
        ),
        (
            t::desk_level(lang).to_owned(),
            staff::level(lang, case.level).into_any(),
        ),
    ];
    if let Some(name) = &case.handler {
        rows.push((t::desk_handler(lang).to_owned(), name.clone().into_any()));
    }
    let demands: Vec<_> = case
        .demands
        .iter()
        .map(|demand| {
            let due = format::due(lang, &here.site.time, demand.due);
            let text = match demand.answered_at {
                Some(_) => t::desk_demand_answered(lang, demand.no),
                None => t::desk_demand(lang, due, demand.no),
            };
            let number = &case.story.card.number;
            let paper = format!("/desk/cases/{number}/demands/{}", demand.no);
            view! { <li>{text}" "<a class="noprint" href=paper>{t::demand_paper(lang)}</a></li> }
        })
        .collect();
    view! {
        <section class="card">
            <SummaryList rows />
            {(!demands.is_empty()).then(|| view! {
                <h2>{t::desk_demands(lang)}</h2>
                <ul>{demands}</ul>
            })}
        </section>
    }
    .into_any()
}

/// Who was called, and how far each has come.
#[component]
fn Parts(here: Here, parts: Vec<PartView>) -> impl IntoView {
    let lang = here.lang();
    (!parts.is_empty()).then(|| {
        let items: Vec<_> = parts
            .into_iter()
            .map(|part| {
                let role = if part.lead {
                    t::desk_lead(lang)
                } else {
                    t::desk_support(lang)
                };
                let called = format::moment(lang, &here.site.time, part.called_at);
                let base = part.called_at;
                let steps: Vec<_> = part
                    .steps
                    .iter()
                    .map(|step| {
                        let when = match step.at {
                            Some(at) => format::moment_beside(lang, &here.site.time, at, base),
                            None => t::desk_not_yet(lang).to_owned(),
                        };
                        let class = if step.at.is_some() { "did" } else { "not-yet" };
                        view! {
                            <li class=class>
                                <b>{staff::step(lang, step.verb)}</b>
                                <span>{when}</span>
                            </li>
                        }
                    })
                    .collect();
                view! {
                    <li class=if part.returned { "unit gone" } else { "unit" }>
                        <p>
                            <b>{part.unit}</b>" "
                            <span class="tag">{role}</span>
                            {part.assigned.then(|| view! { " "<span class="tag go">{t::desk_assigned(lang)}</span> })}
                            {part.returned.then(|| view! { " "<span class="tag">{t::desk_returned(lang)}</span> })}
                            {(part.return_asked && !part.returned).then(|| view! {
                                " "<span class="tag wait">{t::desk_return_asked(lang)}</span>
                            })}
                        </p>
                        <p class="meta"><span>{t::desk_called_at(lang, called)}</span></p>
                        {(!part.returned).then(|| view! { <ol class="ladder">{steps}</ol> })}
                    </li>
                }
            })
            .collect();
        view! {
            <section class="more">
                <h2>{t::desk_parts(lang)}</h2>
                <ul class="units">{items}</ul>
            </section>
        }
        .into_any()
    })
}

/// The firms that were engaged, and for whoever engaged them their links: to send on, or to be
/// photographed from the screen by who stands beside it.
fn engaged(here: &Here, acts: &Acts<'_>) -> AnyView {
    let (lang, time) = (here.lang(), &here.site.time);
    let items: Vec<_> = acts
        .case
        .engaged
        .iter()
        .map(|engaged| {
            let from = format::moment(lang, time, engaged.from);
            let until = format::due_beside(lang, time, engaged.until, engaged.from);
            let link = engaged.link.as_ref().map(|path| {
                let address = format!("{}{path}", here.site.base_url);
                view! {
                    <p class="small soft">{t::desk_engaged_link(lang)}</p>
                    <p class="code-line"><a href=address.clone() translate="no">{address.clone()}</a></p>
                    <details class="fold">
                        <summary>{t::desk_engaged_code(lang)}</summary>
                        <div class="body">{qr_code(t::desk_engaged_code(lang), &address)}</div>
                    </details>
                }
            });
            let end = acts.end_of(engaged);
            view! {
                <li class=if engaged.works { "unit" } else { "unit gone" }>
                    <p>
                        <b>{engaged.firm.clone()}</b>" "
                        {(!engaged.works).then(|| view! { <span class="tag">{t::desk_engaged_over(lang)}</span> })}
                    </p>
                    <p class="meta"><span>{t::desk_engaged_when(lang, from, until)}</span></p>
                    <div class="stack">{link}{end}</div>
                </li>
            }
        })
        .collect();
    view! {
        <div id="live-firms" data-live data-careful>
            {(!items.is_empty()).then(|| view! {
                <section class="more noprint">
                    <h2>{t::desk_engaged(lang)}</h2>
                    <p class="soft">{t::desk_engaged_note(lang)}</p>
                    <ul class="units">{items}</ul>
                </section>
            })}
        </div>
    }
    .into_any()
}

/// What one says of whom one handled it with.
fn to_score(lang: Lang, case: &DeskCase, score: Option<Scored>) -> Option<AnyView> {
    if case.to_score.is_empty() && score != Some(Scored::Kept) {
        return None;
    }
    let action = format!("/desk/cases/{}#scores", case.story.card.number);
    let forms: Vec<_> = case
        .to_score
        .iter()
        .map(|to| {
            let id = format!("score-{}-{}", to.part, to.toward.as_str());
            let bad = score == Some(Scored::Missing);
            let choices: Vec<_> = (1..=5_u8)
                .rev()
                .map(|points| {
                    view! {
                        <label class="tick">
                            <input type="radio" name="points" value=points.to_string() />
                            {t::score_points(lang, u64::from(points))}
                        </label>
                    }
                })
                .collect();
            view! {
                <form method="post" action=action.clone() novalidate>
                    <Hidden name="act" value="score" />
                    <Hidden name="part" value=to.part.to_string() />
                    <Hidden name="toward" value=to.toward.as_str() />
                    <fieldset
                        class=if bad { "field bad" } else { "field" } id=id.clone()
                        aria-describedby=bad.then(|| format!("{id}-error"))
                    >
                        <legend>{t::score_ask(lang, &to.office)}</legend>
                        {bad.then(|| view! { <p class="error" id=format!("{id}-error")>{t::wrong_missing(lang)}</p> })}
                        {choices}
                    </fieldset>
                    <div class="btns"><SubmitButton text=t::score_button(lang) quiet=true /></div>
                </form>
            }
        })
        .collect();
    Some(
        view! {
            <section class="card stack noprint" id="scores" tabindex="-1">
                <h2>{t::score_title(lang)}</h2>
                <p class="small soft">{t::score_note(lang, u64::from(FEWEST))}</p>
                {(score == Some(Scored::Kept)).then(|| view! { <p role="status"><b>{t::score_kept(lang)}</b></p> })}
                {forms}
            </section>
        }
        .into_any(),
    )
}

/// How to reach the reporter: one press with a reason, and it is written down.
fn reach(
    lang: Lang,
    case: &DeskCase,
    contact: Option<Vec<(&'static str, String)>>,
    no_reason: bool,
) -> Option<AnyView> {
    if !case.reaches {
        return None;
    }
    let inside = match contact {
        Some(lines) => {
            let rows = lines
                .into_iter()
                .map(|(label, value)| {
                    let shown = if label == t::desk_contact_phone(lang) {
                        view! { <a href=format!("tel:{value}")>{value.clone()}</a> }.into_any()
                    } else {
                        value.into_any()
                    };
                    (label.to_owned(), shown)
                })
                .collect();
            view! { <SummaryList rows /> }.into_any()
        }
        None if !case.has_contact => view! { <p>{t::desk_contact_none(lang)}</p> }.into_any(),
        None => {
            // The answer stands far down the page, on a phone below everything else.
            let action = format!("/desk/cases/{}#contact", case.story.card.number);
            let may = if case.may_call {
                t::desk_contact_may(lang)
            } else {
                t::desk_contact_may_not(lang)
            };
            let class = if no_reason { "field bad" } else { "field" };
            view! {
                <p>{may}</p>
                <form method="post" action=action novalidate>
                    <Hidden name="act" value="reveal" />
                    <div class=class>
                        <label for="reason">{t::desk_contact_reason(lang)}</label>
                        <p class="hint" id="reason-hint">{t::desk_contact_hint(lang)}</p>
                        {no_reason.then(|| view! { <p class="error" id="reason-error">{t::wrong_text(lang)}</p> })}
                        <input
                            class="input" id="reason" name="reason" type="text" maxlength="200"
                            autocomplete="off"
                            aria-describedby=if no_reason { "reason-hint reason-error" } else { "reason-hint" }
                            aria-invalid=no_reason.then_some("true")
                        />
                    </div>
                    <div class="btns"><SubmitButton text=t::desk_contact_button(lang) quiet=true /></div>
                </form>
            }
            .into_any()
        }
    };
    Some(
        view! {
            <section class="card stack noprint" id="contact" tabindex="-1">
                <h2>{t::desk_contact(lang)}</h2>
                {inside}
            </section>
        }
        .into_any(),
    )
}
