//! Who was called to a case: departments on their way, and firms under contract.

use casework::views::PartView;
use domain::verb::Verb;
use leptos::prelude::*;

use crate::{format, here::Here, pages::desk::acts::Acts, parts::qr_code, texts::t, words::staff};

/// Who was called, and how far each has come.
#[component]
pub(super) fn Parts(here: Here, parts: Vec<PartView>) -> impl IntoView {
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
                let came = part.came;
                let past = part.past_own.map(|(due, own)| {
                    let due = format::due(lang, &here.site.time, due);
                    let own = format::due(lang, &here.site.time, own);
                    view! { <p class="meta"><b>{t::desk_part_past(lang, due, own)}</b></p> }
                });
                let steps: Vec<_> = part
                    .steps
                    .iter()
                    .map(|step| {
                        let when = match step.at {
                            Some(at) => format::moment_beside(lang, &here.site.time, at, base),
                            None => t::desk_not_yet(lang).to_owned(),
                        };
                        let who = came.clone().filter(|_| step.verb == Verb::ReportIn);
                        let class = if step.at.is_some() { "did" } else { "not-yet" };
                        view! {
                            <li class=class>
                                <b>{staff::step(lang, step.verb)}</b>
                                <span>{when}{who.map(|who| format!(" · {who}"))}</span>
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
                        {past}
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
pub(super) fn engaged(here: &Here, acts: &Acts<'_>) -> AnyView {
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
