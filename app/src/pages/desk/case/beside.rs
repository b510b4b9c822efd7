//! Beside the story: facts, demands, the score of each other's work, and how to reach the reporter.

use casework::{scores::FEWEST, views::DeskCase};
use domain::lang::Lang;
use leptos::prelude::*;

use super::Scored;
use crate::{
    format,
    here::Here,
    pages::{case::CaseFacts, desk::file::FROM_ELSEWHERE},
    parts::{Hidden, SubmitButton, SummaryList},
    texts::t,
    words::staff,
};

/// What is known of the case, as far as it changes by itself.
#[component]
pub(super) fn FactsPart(here: Here, case: DeskCase) -> impl IntoView {
    let beside = beside(&here, &case);
    view! {
        <div class="stack" id="live-facts" data-live>
            <CaseFacts here story=case.story />
            {beside}
        </div>
    }
    .into_any()
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
    if FROM_ELSEWHERE.contains(&case.channel) {
        let from = staff::channel(lang, case.channel);
        rows.insert(1, (t::file_channel(lang).to_owned(), from.into_any()));
    }
    if let Some(number) = &case.external {
        let number = view! { <span translate="no">{number.clone()}</span> };
        rows.push((t::file_external(lang).to_owned(), number.into_any()));
    }
    if let Some(outcome) = case.enforcement {
        let outcome = staff::enforcement(lang, outcome).into_any();
        rows.push((t::desk_enforcement(lang).to_owned(), outcome));
    }
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
            let late = demand.late.then(|| view! { " "<span class="tag late">{t::tag_late(lang)}</span> });
            view! { <li>{text}{late}" "<a class="noprint" href=paper>{t::demand_paper(lang)}</a></li> }
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

/// What one says of whom one handled it with.
pub(super) fn to_score(lang: Lang, case: &DeskCase, score: Option<Scored>) -> Option<AnyView> {
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
pub(super) fn reach(
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
