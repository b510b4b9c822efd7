//! `/contract/{number}/{token}`: a case as a firm under contract works on it, by its link.

use casework::views::ContractCase;
use domain::{event::Fact, verb::Verb};
use leptos::prelude::*;

use super::{
    acts::{Acts, KeptAct},
    case::{StoryPart, acts_part, did},
};
use crate::{
    format,
    here::Here,
    pages::{
        Unkept,
        case::{CaseFacts, CaseHead, CaseTold},
        unkept::Notices,
    },
    parts::{Callout, ErrorSummary, Page},
    texts::t,
    words,
};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct ContractView {
    /// The case.
    pub contract: ContractCase,
    /// The key of a form with photos.
    pub key: String,
    /// An act that did not go through.
    pub kept: Option<KeptAct>,
    /// Somebody else changed the case meanwhile.
    pub moved: bool,
    /// The act that just went through.
    pub done: Option<Verb>,
    /// Why nothing was kept.
    pub unkept: Option<Unkept>,
}

/// `/contract/{number}/{token}`
#[component]
pub fn ContractPage(here: Here, shown: ContractView) -> impl IntoView {
    let lang = here.lang();
    let ContractView {
        contract,
        key,
        kept,
        moved,
        done,
        unkept,
    } = shown;
    let case = contract.case;
    let title = words::case_title(lang, &case.story.card);
    let acts = Acts {
        here: &here,
        action: contract.path,
        firm: true,
        field: None,
        case: &case,
        key: &key,
        kept: kept.as_ref(),
    };
    let items = acts.mistakes();
    let bad = u64::try_from(items.len()).unwrap_or(u64::MAX);
    let first = acts_part(lang, &acts);
    let more = acts.more();
    // What the unit wants of it stands where it is read first.
    let told = case
        .story
        .timeline
        .iter()
        .rev()
        .find_map(|entry| match entry.fact {
            Fact::Engaged { engagement, .. } if engagement == contract.engagement => {
                entry.text.clone()
            }
            _ => None,
        });
    let until = format::due(lang, &here.site.time, contract.until);
    view! {
        <Page here=here.clone() title=title.clone() unlisted=true alone=true>
            {done.map(|verb| view! {
                <Callout kind="done"><p role="status">{did(lang, verb, case.awaits)}</p></Callout>
            })}
            <Notices lang wait=None joining=false unkept />
            {moved.then(|| view! {
                <Callout kind="wait" title=t::desk_conflict_title(lang)>
                    <p>{t::desk_conflict(lang)}</p>
                </Callout>
            })}
            <ErrorSummary title=t::error_title(lang, bad) items />
            <div class="two desk-case">
                <div>
                    <div class="stack">
                        <CaseHead here=here.clone() story=case.story.clone() title />
                        <Callout>
                            <p>{t::contract_for(lang, contract.firm, until)}</p>
                            {told.map(|text| view! { <div class="words">{words::paragraphs(lang, &text)}</div> })}
                            <p class="small">{t::contract_keep(lang)}</p>
                        </Callout>
                        <CaseTold lang story=case.story.clone() />
                    </div>
                    {first}
                    {more}
                    <StoryPart here=here.clone() case=case.clone() />
                </div>
                <aside class="stack"><CaseFacts here=here.clone() story=case.story.clone() /></aside>
            </div>
        </Page>
    }
    .into_any()
}

/// A link that was never given, or opens nothing any more.
#[component]
pub fn ContractGonePage(here: Here) -> impl IntoView {
    let lang = here.lang();
    view! {
        <Page here=here.clone() title=t::contract_gone_title(lang) unlisted=true>
            <div class="narrow stack">
                <h1>{t::contract_gone_title(lang)}</h1>
                <Callout><p>{t::contract_gone_text(lang)}</p></Callout>
                <p><a href="/">{t::receipt_home(lang)}</a></p>
            </div>
        </Page>
    }
    .into_any()
}
