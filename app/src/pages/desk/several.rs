//! Departments called to several cases at once: which cases, one call for all of them, and what became of
//! each.

use casework::{
    views::Entry,
    worklist::{WorkLine, several::Together},
};
use domain::{lang::Lang, verb::Verb};
use leptos::prelude::*;

use super::acts::{ActFault, CallFields, KeptAct, sent_entry};
use crate::{
    here::Here,
    pages::{Unkept, unkept::Notices},
    parts::{
        Breadcrumb, Callout, DeskBar, ErrorSummary, Hidden, Page, StateTag, SubmitButton,
        SummaryItem, TextArea, Timeline,
    },
    texts::t,
    tongue,
    words::{self, staff},
};

/// The id of the form, with which those of its fields begin.
const FORM: &str = "do-call";
/// The field of the cases.
const PICK: &str = "pick";

/// A case to which departments were not called.
#[derive(Clone, Debug, PartialEq)]
pub struct NotCalled {
    /// Its number.
    pub number: String,
    /// Why.
    pub why: String,
    /// What somebody else did meanwhile.
    pub news: Vec<Entry>,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct SeveralView {
    /// The cases, and what may be chosen for all of them.
    pub offered: Together,
    /// Those that are picked: number and version.
    pub picked: Vec<String>,
    /// The key under which each is done once.
    pub key: String,
    /// What the departments are told, as typed.
    pub text: String,
    /// The fields as typed, with what is wrong.
    pub kept: Option<KeptAct>,
    /// The numbers of those that were called.
    pub called: Vec<String>,
    /// Those that were not.
    pub failed: Vec<NotCalled>,
    /// Why nothing was kept.
    pub unkept: Option<Unkept>,
}

fn id(field: &str) -> String {
    format!("{FORM}-{field}")
}

/// `POST /desk` with several cases to call departments to.
#[component]
pub fn SeveralPage(here: Here, bar: DeskBar, shown: SeveralView) -> impl IntoView {
    let lang = here.lang();
    let faults = shown
        .kept
        .as_ref()
        .map_or(&[][..], |kept| kept.faults.as_slice());
    let items: Vec<SummaryItem> = faults
        .iter()
        .map(|fault| SummaryItem {
            field: id(fault.field()),
            text: said(lang, *fault),
        })
        .collect();
    let bad = u64::try_from(items.len()).unwrap_or(u64::MAX);
    let back = here.address(&[]);
    let crumbs = vec![(back.clone(), t::desk_title(lang).to_owned())];
    let came = came(&here, &shown);
    let unkept = shown.unkept.clone();
    let form = if shown.offered.lines.is_empty() {
        view! { <p><a href=back>{t::desk_back(lang)}</a></p> }.into_any()
    } else {
        form(&here, &shown)
    };
    view! {
        <Page here=here.clone() title=t::several_title(lang) desk=bar unlisted=true>
            <Breadcrumb lang links=crumbs />
            <div class="narrow stack">
                <h1>{t::several_title(lang)}</h1>
                {came}
                <Notices lang wait=None joining=false unkept />
                <ErrorSummary title=t::error_title(lang, bad) items />
                {form}
            </div>
        </Page>
    }
    .into_any()
}

/// A mistake as it stands above the form.
fn said(lang: Lang, fault: ActFault) -> String {
    if fault.field() == PICK {
        return t::desk_bulk_none(lang).to_owned();
    }
    fault.named(lang)
}

fn link(number: &str) -> AnyView {
    let href = format!("/desk/cases/{number}");
    view! { <a href=href translate="no">{number.to_owned()}</a> }.into_any()
}

/// What became of each.
fn came(here: &Here, shown: &SeveralView) -> AnyView {
    let lang = here.lang();
    let called: Vec<_> = shown
        .called
        .iter()
        .map(|number| view! { <li>{link(number)}</li> })
        .collect();
    let failed: Vec<_> = shown
        .failed
        .iter()
        .map(|failed| {
            let news = (!failed.news.is_empty()).then(|| {
                let entries = failed.news.clone();
                view! { <Timeline here=here.clone() entries /> }
            });
            view! { <li>{link(&failed.number)}" · "{failed.why.clone()}{news}</li> }
        })
        .collect();
    let done = u64::try_from(called.len()).unwrap_or(u64::MAX);
    let missed = u64::try_from(failed.len()).unwrap_or(u64::MAX);
    view! {
        {(done > 0).then(|| view! {
            <Callout kind="done">
                <p role="status">{t::desk_bulk_done(lang, done)}</p>
                <ul class="each">{called}</ul>
            </Callout>
        })}
        {(missed > 0).then(|| view! {
            <Callout kind="wait" title=t::desk_bulk_failed(lang, missed)>
                <ul class="each">{failed}</ul>
            </Callout>
        })}
    }
    .into_any()
}

fn form(here: &Here, shown: &SeveralView) -> AnyView {
    let lang = here.lang();
    let kept = shown.kept.as_ref();
    let fields = CallFields {
        here,
        form: FORM.to_owned(),
        leads_already: false,
        duties: &shown.offered.duties,
        picked: match kept {
            None => shown.offered.duties.first().map(|duty| duty.code.as_str()),
            kept => sent_entry(&shown.offered.duties, kept),
        },
        units: &shown.offered.units,
        policy: Some(t::due_policy_each(lang).to_owned()),
        own_due: None,
        kept,
    };
    view! {
        <p class="soft">{t::several_intro(lang)}</p>
        <form method="post" action=here.address(&[]) class="stack" novalidate>
            <Hidden name="key" value=shown.key.clone() />
            {cases(lang, shown)}
            {fields.view()}
            {text(lang, shown)}
            <div class="btns">
                <SubmitButton text=staff::verb(lang, Verb::Call) act="call-together" />
            </div>
        </form>
    }
    .into_any()
}

/// What is wrong with a field, beside it.
fn error_of(lang: Lang, shown: &SeveralView, field: &str) -> Option<String> {
    let mut faults = shown.kept.as_ref()?.faults.iter();
    let fault = faults.find(|fault| fault.field() == field)?;
    Some(if field == PICK {
        said(lang, *fault)
    } else {
        fault.text(lang)
    })
}

/// The cases, each to be left out or taken in.
fn cases(lang: Lang, shown: &SeveralView) -> AnyView {
    let lines = &shown.offered.lines;
    let picks: Vec<_> = lines
        .iter()
        .enumerate()
        .map(|(at, line)| case(lang, line, at, &shown.picked))
        .collect();
    let error = error_of(lang, shown, PICK);
    let class = if error.is_some() {
        "field bad"
    } else {
        "field"
    };
    let error_id = format!("{}-error", id(PICK));
    let described = error.as_ref().map(|_| error_id.clone());
    view! {
        <fieldset class=class aria-describedby=described>
            <legend>{t::several_cases(lang)}</legend>
            {error.map(|error| view! { <p class="error" id=error_id>{error}</p> })}
            <div class="picks">{picks}</div>
        </fieldset>
    }
    .into_any()
}

fn case(lang: Lang, line: &WorkLine, at: usize, picked: &[String]) -> AnyView {
    let card = &line.card;
    let title = words::case_title(lang, card);
    let value = format!("{}:{}", card.number, line.version);
    let checked = picked.contains(&value);
    let id = if at == 0 {
        id(PICK)
    } else {
        format!("{}-{}", id(PICK), at + 1)
    };
    view! {
        <label class="pick">
            <input type="checkbox" id=id name=PICK value=value.clone() checked=checked />
            <span>
                <b>{words::shown_title(lang, card, &title)}</b>" "
                <StateTag lang state=card.state.clone() />
                <br/>
                <span class="soft">
                    <span lang=tongue::of_name(lang, &card.community.text)>{card.community.text.clone()}</span>
                    " · "{card.category.text.clone()}" · "
                    <span translate="no">{card.number.clone()}</span>
                </span>
            </span>
        </label>
        // Left out, it stays to be taken in again.
        <Hidden name="among" value=value />
    }
    .into_any()
}

fn text(lang: Lang, shown: &SeveralView) -> AnyView {
    let (error, id) = (error_of(lang, shown, "text"), id("text"));
    let error_id = format!("{id}-error");
    let bad = error.is_some();
    let described = if bad { error_id.clone() } else { String::new() };
    let label = staff::say(lang, Verb::Call);
    view! {
        <div class=if bad { "field bad" } else { "field" }>
            <label for=id.clone()>{label}</label>
            {error.map(|error| view! { <p class="error" id=error_id>{error}</p> })}
            <TextArea
                name="text" id=id value=shown.text.clone() rows=3 described_by=described invalid=bad
            />
        </div>
    }
    .into_any()
}
