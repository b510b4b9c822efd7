//! `/whistle/receipt`: number and code once, small enough for one screenshot.

use casework::views::{Receipt, WhoHasIt};
use leptos::prelude::*;

use crate::{
    format,
    here::Here,
    parts::{Callout, Nav, Page, PrintOnly, Sign, SubmitButton, SummaryList},
    texts::t,
    tongue, words,
};

/// The answer to a filing. Number, code and what to do with them stand in one box; the page holds
/// a secret and is never kept.
#[component]
pub fn ReceiptPage(here: Here, receipt: Receipt) -> impl IntoView {
    let lang = here.lang();
    let filed = receipt.filed_at;
    let next = receipt
        .next
        .as_ref()
        .map(|clock| words::clock(&here, clock, filed));
    let title = t::receipt_title(lang, &receipt.community);
    let mut rows = vec![
        (
            t::receipt_category(lang).to_owned(),
            receipt.category.clone().into_any(),
        ),
        (
            t::receipt_filed(lang).to_owned(),
            view! {
                <time datetime=format::machine(&here.site.time, filed)>
                    {format::moment(lang, &here.site.time, filed)}
                </time>
            }
            .into_any(),
        ),
        (
            t::receipt_who(lang).to_owned(),
            view! { <WhoLine here=here.clone() who=receipt.who_has_it.clone() /> }.into_any(),
        ),
    ];
    if let Some(next) = next {
        rows.push((t::receipt_next(lang).to_owned(), next.into_any()));
    }
    // The number is public; the code stands in no address.
    let track = format!("/track?number={}", receipt.number);
    let lost = if receipt.contact_left {
        t::receipt_lost_contact(lang)
    } else {
        t::receipt_lost_none(lang)
    };
    view! {
        <Page here=here.clone() title=title.clone() nav=Nav::Whistle unlisted=true>
            <div class="narrow stack">
                <h1>{title}</h1>
                <Ticket
                    here=here.clone() code=receipt.code.clone() number=receipt.number.clone() lost
                />
                <SummaryList rows />
                // Nobody types 21 digits they have just been given: whoever sees this page may follow.
                <form class="btns" method="post" action="/whistle/receipt">
                    <SubmitButton text=t::receipt_follow(lang) />
                    <a href="/">{t::receipt_home(lang)}</a>
                </form>
                <details class="fold">
                    <summary>{t::receipt_hash(lang)}</summary>
                    <div class="body">
                        <p class="hash" translate="no">{receipt.hash.clone()}</p>
                        <p class="small soft">{t::receipt_hash_hint(lang)}</p>
                    </div>
                </details>
                {(!here.site.base_url.is_empty()).then(|| {
                    view! { <PrintOnly lang address=format!("{}{track}", here.site.base_url) /> }
                })}
            </div>
        </Page>
    }
    .into_any()
}

/// Code and number in one box, small enough for one screenshot.
#[component]
pub fn Ticket(
    here: Here,
    #[prop(into)] code: String,
    #[prop(into)] number: String,
    /// What becomes of it when the code is lost.
    lost: &'static str,
) -> impl IntoView {
    let lang = here.lang();
    view! {
        <section class="ticket stack">
            <Sign />
            {here.site.demo.then(|| view! { <p class="small"><b>{t::demo_short(lang)}</b></p> })}
            <div>
                <h2>{t::receipt_code(lang)}</h2>
                <p class="code" translate="no">{code}</p>
                <p class="small">{t::receipt_code_hint(lang)}</p>
                <p class="small">{lost}</p>
            </div>
            <p>
                <span class="soft">{t::receipt_number(lang)}</span>
                " "
                <b translate="no">{number}</b>
            </p>
        </section>
    }
    .into_any()
}

/// The same address after fifteen minutes, or in another browser.
#[component]
pub fn ReceiptGonePage(here: Here) -> impl IntoView {
    let lang = here.lang();
    view! {
        <Page here=here.clone() title=t::receipt_gone_title(lang) nav=Nav::Whistle unlisted=true>
            <div class="narrow stack">
                <h1>{t::receipt_gone_title(lang)}</h1>
                <Callout><p>{t::receipt_gone_text(lang)}</p></Callout>
                <div class="btns">
                    <a class="btn" href="/track">{t::nav_track(lang)}</a>
                    <a href="/">{t::receipt_home(lang)}</a>
                </div>
            </div>
        </Page>
    }
    .into_any()
}

/// The office that has it, with what reaches it.
#[component]
pub fn WhoLine(here: Here, who: WhoHasIt) -> impl IntoView {
    let lang = here.lang();
    let contact = who.contact.map(|contact| {
        let phone = (!contact.phone.is_empty()).then(|| {
            view! {
                " "
                <a href=format!("tel:{}", contact.phone.replace(' ', ""))>{contact.phone.clone()}</a>
            }
        });
        let more: Vec<String> = [contact.hours_note.get(lang), contact.address.get(lang)]
            .into_iter()
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
            .collect();
        view! {
            {phone}
            {(!more.is_empty()).then(|| view! { <br /><span class="soft small">{more.join(" · ")}</span> })}
        }
    });
    let office = who.office;
    view! { <span><b lang=tongue::of_name(lang, &office)>{office.clone()}</b>{contact}</span> }
}
