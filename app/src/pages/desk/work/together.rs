//! Several cases at once.

use casework::views::Choice;
use domain::{lang::Lang, verb::Verb};
use leptos::prelude::*;

use crate::{
    pages::desk::fields::{Spot, plain, select},
    parts::{Callout, SubmitButton, TextArea},
    texts::t,
    words::staff,
};

/// What can be done to several cases at once.
const TOGETHER: [Verb; 7] = [
    Verb::Accept,
    Verb::Take,
    Verb::Call,
    Verb::HandOver,
    Verb::Update,
    Verb::Note,
    Verb::Close,
];

/// What became of several cases that were to be done together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bulk {
    /// How many went through.
    pub done: u64,
    /// The numbers of those that did not, and why.
    pub failed: Vec<(String, String)>,
    /// What was wrong with the form.
    pub fault: Option<(&'static str, String)>,
    /// The verb as chosen.
    pub verb: Option<Verb>,
    /// The text as typed.
    pub text: String,
    /// To whom they are given, as chosen.
    pub to: String,
    /// Who can be chosen; asked once they are to be given to somebody.
    pub colleagues: Vec<Choice>,
    /// The cases as picked: number and version.
    pub picked: Vec<String>,
}

impl Bulk {
    /// Whether something is picked still, to be tried again.
    pub(super) fn is_kept(&self) -> bool {
        self.fault.is_some() || !self.failed.is_empty()
    }

    /// Whether a verb is among them.
    pub fn takes(verb: Verb) -> bool {
        TOGETHER.contains(&verb)
    }
}

/// The form that does one thing with all that are picked.
pub(super) fn do_together(lang: Lang, bulk: Option<&Bulk>) -> AnyView {
    let chosen = bulk.and_then(|bulk| bulk.verb);
    let text = bulk.map(|bulk| bulk.text.clone()).unwrap_or_default();
    let options: Vec<_> = TOGETHER
        .into_iter()
        .map(|verb| {
            let selected = Some(verb) == chosen;
            view! { <option value=verb.as_str() selected=selected>{staff::verb(lang, verb)}</option> }
        })
        .collect();
    let open = bulk.is_some_and(Bulk::is_kept);
    let to = bulk
        .filter(|bulk| bulk.verb == Some(Verb::HandOver))
        .map(|bulk| {
            let spot = Spot {
                name: "to",
                id: "bulk-to".to_owned(),
                label: t::field_to(lang).to_owned(),
                error: bulk
                    .fault
                    .clone()
                    .filter(|(field, _)| *field == "bulk-to")
                    .map(|it| it.1),
            };
            let chosen = Some(bulk.to.as_str());
            select(
                spot,
                &plain(bulk.colleagues.clone()),
                chosen,
                Some(t::field_choose(lang)),
            )
        });
    view! {
        <details class="fold together noprint" open=open>
            <summary>{t::desk_bulk(lang)}</summary>
            <div class="body">
                <div class="field">
                    <label for="bulk-verb">{t::desk_bulk_verb(lang)}</label>
                    <select class="input" id="bulk-verb" name="verb">
                        <option value="">{t::field_choose(lang)}</option>
                        {options}
                    </select>
                </div>
                {to}
                <div class="field">
                    <label for="bulk-text">{t::desk_bulk_text(lang)}</label>
                    <TextArea name="text" id="bulk-text" value=text rows=2 />
                </div>
                <div class="btns"><SubmitButton text=t::desk_bulk_button(lang) act="together" /></div>
            </div>
        </details>
    }
    .into_any()
}

/// What became of it.
pub(super) fn outcome(lang: Lang, bulk: &Bulk) -> AnyView {
    let failed: Vec<_> = bulk
        .failed
        .iter()
        .map(|(number, why)| {
            view! {
                <li>
                    <a href=format!("/desk/cases/{number}") translate="no">{number.clone()}</a>
                    " · "{why.clone()}
                </li>
            }
        })
        .collect();
    let missed = u64::try_from(failed.len()).unwrap_or(u64::MAX);
    let done = bulk.done;
    view! {
        {(done > 0).then(|| view! {
            <Callout kind="done"><p role="status">{t::desk_bulk_done(lang, done)}</p></Callout>
        })}
        {(missed > 0).then(|| view! {
            <Callout kind="wait" title=t::desk_bulk_failed(lang, missed)><ul class="each">{failed}</ul></Callout>
        })}
    }
    .into_any()
}
