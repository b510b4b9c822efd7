//! What was put down, and what is coming.

use casework::city::{ChangeLine, When};
use domain::city::change::Topic;
use leptos::prelude::*;

use super::form_address;
use crate::{
    format,
    here::Here,
    pages::desk::city::CityChanges,
    parts::{Callout, Pagination},
    texts::t,
    words::city as said,
};

/// What was put down, and what the linter says of the city as it is.
pub(super) fn changes(here: &Here, page: &CityChanges) -> AnyView {
    let lang = here.lang();
    let CityChanges {
        lines,
        findings,
        follows,
        next,
    } = page;
    let n = u64::try_from(findings.len()).unwrap_or(u64::MAX);
    let found: Vec<_> = findings
        .iter()
        .map(|finding| view! { <li>{finding.clone()}</li> })
        .collect();
    let state = if found.is_empty() {
        view! { <p class="soft">{t::city_sound(lang)}</p> }.into_any()
    } else {
        view! {
            <Callout kind="late" title=t::city_unsound(lang, n)><ul class="each">{found}</ul></Callout>
        }
        .into_any()
    };
    let of = |when: When| -> Vec<AnyView> {
        let wanted = lines.iter().filter(|line| line.when == when);
        wanted.map(|line| change(here, line)).collect()
    };
    let section = |title: &'static str, lines: Vec<AnyView>| {
        (!lines.is_empty()).then(|| {
            view! {
                <section>
                    <h2>{title}</h2>
                    <ol class="rows tall">{lines}</ol>
                </section>
            }
        })
    };
    let first = (!follows).then_some(state);
    let none = lines.is_empty() && !follows;
    let begin = "/desk/city?part=changes";
    let start = follows.then(|| begin.to_owned());
    let next = next.as_ref().map(|next| format!("{begin}&after={next}"));
    view! {
        <p class="soft">{t::city_intro(lang)}</p>
        {first}
        {none.then(|| view! { <p>{t::city_no_changes(lang)}</p> })}
        {section(t::city_coming(lang), of(When::Coming))}
        {section(t::city_begun(lang), of(When::Begun))}
        {section(t::city_taken_back(lang), of(When::TakenBack))}
        <Pagination lang first=start next />
    }
    .into_any()
}

/// One change: from when, in a sentence, by whom and why, and all that was typed.
pub(super) fn change(here: &Here, line: &ChangeLine) -> AnyView {
    let (lang, time) = (here.lang(), &here.site.time);
    let by = line.by.clone();
    let by = by.unwrap_or_else(|| t::city_somebody(lang).to_owned());
    let note = t::city_by(lang, by, &line.reason, format::moment(lang, time, line.at));
    let back = form_address(Topic::TakeBack, &line.number.to_string());
    let fields: Vec<_> = line
        .fields
        .iter()
        .filter(|field| !field.value.is_empty())
        .map(|field| {
            let shown = field.name.as_ref().unwrap_or(&field.value);
            let text = t::city_named(lang, said::field(lang, &field.field), shown);
            // What has a name bears its code beside it, small: files and programs go by that.
            let code = field.name.is_some().then(|| field.value.clone());
            view! {
                <li>{text}{code.map(|code| view! { " "<span class="small soft" translate="no">{code}</span> })}</li>
            }
        })
        .collect();
    let sentence = said::change(lang, line);
    let take_back = t::city_named(lang, t::city_take_back(lang), sentence.as_str());
    view! {
        <li>
            <p>
                <span class="tag">{t::city_from(lang, format::day(lang, time, line.from))}</span>" "
                <b>{sentence}</b>
            </p>
            <p class="soft">{format!("#{} · {note}", line.number)}</p>
            {(!fields.is_empty()).then(|| view! {
                <details class="fold small-fold">
                    <summary>{t::city_content(lang)}</summary>
                    <ul class="body plain">{fields}</ul>
                </details>
            })}
            {line.may_take_back.then(|| view! {
                <p><a class="btn quiet" href=back aria-label=take_back>{t::city_take_back(lang)}</a></p>
            })}
        </li>
    }
    .into_any()
}
