//! `/track/lost`: a new receipt code by a one-time code; and the letterbox of a demonstration.

use domain::lang::Lang;
use leptos::prelude::*;

use crate::{
    format,
    here::Here,
    letters::Lying,
    parts::{
        Callout, EmptyState, ErrorSummary, Field, Hidden, Nav, Page, SubmitButton, SummaryItem,
    },
    texts::t,
};

/// What the form shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LostForm {
    /// The number as typed.
    pub number: String,
    /// The address as typed.
    pub address: String,
    /// A code was asked for: it is typed next.
    pub asked: bool,
    /// Mistakes: field and what to do.
    pub faults: Vec<(&'static str, LostFault)>,
    /// Seconds to wait.
    pub wait: Option<u64>,
}

/// What can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LostFault {
    /// Not a number of a case.
    Number,
    /// No address.
    Address,
    /// Not the code, or no longer.
    Code,
}

impl LostFault {
    fn text(self, lang: Lang) -> &'static str {
        match self {
            Self::Number => t::lost_number_wrong(lang),
            Self::Address => t::lost_address_missing(lang),
            Self::Code => t::lost_wrong(lang),
        }
    }
}

/// `/track/lost`
#[component]
pub fn LostPage(here: Here, form: LostForm) -> impl IntoView {
    let lang = here.lang();
    let items: Vec<SummaryItem> = form
        .faults
        .iter()
        .map(|(field, fault)| SummaryItem {
            field: (*field).to_owned(),
            text: fault.text(lang).to_owned(),
        })
        .collect();
    let bad = u64::try_from(items.len()).unwrap_or(u64::MAX);
    let error = |name: &str| {
        let found = form.faults.iter().find(|(field, _)| *field == name);
        found.map(|(_, fault)| fault.text(lang)).unwrap_or_default()
    };
    let (number_error, address_error, code_error) =
        (error("number"), error("address"), error("code"));
    let LostForm {
        number,
        address,
        asked,
        wait,
        ..
    } = form;
    let inside = if asked {
        view! {
            <Callout kind="wait"><p role="status">{t::lost_sent(lang)}</p></Callout>
            <form method="post" action="/track/lost" class="stack" novalidate>
                <Hidden name="number" value=number.clone() />
                <Hidden name="address" value=address.clone() />
                <Field
                    name="code" label=t::lost_code(lang) hint=t::lost_hint(lang) error=code_error
                    inputmode="numeric" autocomplete="one-time-code" maxlength=20 short=true
                />
                <div class="btns"><SubmitButton text=t::lost_button(lang) act="use" /></div>
            </form>
            <form method="post" action="/track/lost">
                <Hidden name="number" value=number />
                <Hidden name="address" value=address />
                <SubmitButton text=t::lost_ask(lang) act="ask" quiet=true />
            </form>
        }
        .into_any()
    } else {
        view! {
            <form method="post" action="/track/lost" class="stack" novalidate>
                <Field
                    name="number" label=t::lost_number(lang) value=number error=number_error
                    inputmode="numeric" autocomplete="off" maxlength=30
                />
                <Field
                    name="address" label=t::lost_address(lang) value=address error=address_error
                    autocomplete="off" maxlength=254
                />
                <div class="btns"><SubmitButton text=t::lost_ask(lang) act="ask" /></div>
            </form>
            <p class="soft">{t::lost_none(lang)}</p>
        }
        .into_any()
    };
    view! {
        <Page here=here.clone() title=t::lost_title(lang) nav=Nav::Track unlisted=true>
            <div class="narrow stack">
                <h1>{t::lost_title(lang)}</h1>
                <p class="soft">{t::lost_intro(lang)}</p>
                {wait.map(|seconds| view! {
                    <Callout kind="wait" title=t::trouble_429_title(lang)>
                        <p>{t::trouble_429(lang, seconds)}</p>
                    </Callout>
                })}
                <ErrorSummary title=t::error_title(lang, bad) items />
                {inside}
            </div>
        </Page>
    }
    .into_any()
}

/// `/help/letters`, in a demonstration.
#[component]
pub fn LetterboxPage(here: Here, letters: Vec<Lying>) -> impl IntoView {
    let lang = here.lang();
    let items: Vec<_> = letters
        .into_iter()
        .map(|letter| {
            let at = format::moment(lang, &here.site.time, letter.at);
            view! {
                <li>
                    <p class="meta"><span>{at}</span><span translate="no">{t::letterbox_to(lang, letter.to)}</span></p>
                    <p translate="no" lang="zh-Hans">{letter.text}</p>
                </li>
            }
        })
        .collect();
    let none = items.is_empty();
    view! {
        <Page here=here.clone() title=t::letterbox_title(lang) unlisted=true>
            <div class="narrow stack">
                <h1>{t::letterbox_title(lang)}</h1>
                <p class="soft">{t::letterbox_intro(lang)}</p>
                {if none {
                    view! { <EmptyState title=t::letterbox_title(lang)><p>{t::letterbox_empty(lang)}</p></EmptyState> }.into_any()
                } else {
                    view! { <ul class="list">{items}</ul> }.into_any()
                }}
            </div>
        </Page>
    }
    .into_any()
}
