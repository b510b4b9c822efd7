//! `/desk/me`: one's own account.

use casework::{account::OwnAccount, passwords::SHORTEST};
use domain::verb::Verb;
use leptos::prelude::*;

use crate::{
    format,
    here::Here,
    pages::{RecoveryCodes, SignInFault},
    parts::{
        Callout, DeskBar, ErrorSummary, Field, Hidden, Page, SubmitButton, SummaryItem, qr_code,
    },
    texts::t,
    words::staff,
};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct MeView {
    /// The account.
    pub account: OwnAccount,
    /// What was wrong, and in which field.
    pub fault: Option<(&'static str, SignInFault)>,
    /// The name of a token will not do.
    pub token_fault: bool,
    /// An authenticator that is being set up: its secret as text, its address, and the sealed
    /// secret that the form brings back.
    pub factor: Option<(String, String, String)>,
    /// Verbs that a token may be for, and those that were chosen.
    pub verbs: (Vec<Verb>, Vec<String>),
    /// Fresh recovery codes, this once.
    pub codes: Option<Vec<String>>,
    /// A fresh token, this once.
    pub token: Option<String>,
    /// What was just done.
    pub done: Option<&'static str>,
}

/// `/desk/me`
#[component]
pub fn MePage(here: Here, bar: DeskBar, shown: MeView) -> impl IntoView {
    let lang = here.lang();
    let time = here.site.time.clone();
    let MeView {
        account,
        fault,
        token_fault,
        factor,
        verbs: (verbs, chosen),
        codes,
        token,
        done,
    } = shown;
    let mut items: Vec<SummaryItem> = fault
        .iter()
        .map(|(field, fault)| SummaryItem {
            field: (*field).to_owned(),
            text: fault.text(lang),
        })
        .collect();
    if token_fault {
        items.push(SummaryItem {
            field: "token-name".to_owned(),
            text: t::me_token_fault(lang).to_owned(),
        });
    }
    let error = move |name: &str| {
        let of_name = fault.filter(|(field, _)| *field == name);
        of_name
            .map(|(_, fault)| fault.text(lang))
            .unwrap_or_default()
    };
    let bad = u64::try_from(items.len()).unwrap_or(u64::MAX);
    let held: Vec<_> = account
        .held
        .iter()
        .map(|held| view! { <li>{staff::held(lang, held)}</li> })
        .collect();
    let offices: Vec<_> = account
        .held
        .iter()
        .map(|held| {
            view! { <option value=held.no.to_string()>{staff::held(lang, held)}</option> }
        })
        .collect();
    let sessions: Vec<_> = account
        .sessions
        .iter()
        .map(|session| {
            let from = format::moment(lang, &time, session.opened_at);
            let seen = format::moment(lang, &time, session.seen_at);
            let device = staff::device(lang, session.device);
            view! {
                <li>
                    <span><b>{device}</b>" "{t::me_session(lang, from, seen)}</span>
                    {session.this.then(|| view! { " "<span class="tag go">{t::me_session_this(lang)}</span> })}
                    {session.own_phone.then(|| view! { " "<span class="tag">{t::me_session_own(lang)}</span> })}
                    <form method="post" action="/desk/me">
                        <Hidden name="handle" value=session.handle.clone() />
                        <SubmitButton text=t::me_session_end(lang) act="end-session" quiet=true />
                    </form>
                </li>
            }
        })
        .collect();
    let tokens: Vec<_> = account
        .tokens
        .iter()
        .map(|token| {
            let until = format::day(lang, &time, token.until);
            view! {
                <li>
                    <span>{t::me_token_line(lang, &token.name, until)}</span>
                    <form method="post" action="/desk/me">
                        <Hidden name="name" value=token.name.clone() />
                        <SubmitButton text=t::me_token_end(lang) act="end-token" quiet=true />
                    </form>
                </li>
            }
        })
        .collect();
    let no_office = held.is_empty();
    let verbs: Vec<_> = verbs
        .into_iter()
        .map(|verb| {
            let checked = chosen.iter().any(|word| word == verb.as_str());
            view! {
                <label class="tick">
                    <input type="checkbox" name="verbs" value=verb.as_str() checked=checked />
                    <span>{staff::verb(lang, verb)}</span>
                </label>
            }
        })
        .collect();
    let opened = token_fault || !chosen.is_empty();
    view! {
        <Page here=here.clone() title=t::me_title(lang) desk=bar unlisted=true>
            <div class="narrow stack">
                <h1>{t::me_title(lang)}</h1>
                {done.map(|text| view! { <Callout kind="done"><p role="status">{text}</p></Callout> })}
                <ErrorSummary title=t::error_title(lang, bad) items />
                <p><b>{account.name.clone()}</b>" · "<span translate="no">{account.login.clone()}</span></p>
                <section>
                    <h2>{t::me_offices(lang)}</h2>
                    {if no_office {
                        view! { <p>{t::me_none(lang)}</p> }.into_any()
                    } else {
                        view! { <ul class="plain">{held}</ul> }.into_any()
                    }}
                </section>
                <section class="more">
                    <h2>{t::me_sessions(lang)}</h2>
                    <ul class="rows">{sessions}</ul>
                </section>
                <section class="more">
                    <h2>{t::me_password(lang)}</h2>
                    <p class="soft">{t::me_password_hint(lang)}</p>
                    <form method="post" action="/desk/me" class="stack" novalidate>
                        <Field
                            name="old" label=t::me_old(lang) kind="password" error=error("old")
                            autocomplete="current-password" maxlength=200
                        />
                        <Field
                            name="new" label=t::sign_in_own_label(lang) kind="password" error=error("new")
                            autocomplete="new-password" maxlength=200
                            hint=t::me_new_hint(lang, SHORTEST)
                        />
                        <div class="btns"><SubmitButton text=t::sign_in_own_button(lang) act="password" /></div>
                    </form>
                </section>
                <section class="more">
                    <h2>{t::me_codes(lang)}</h2>
                    <p>{t::sign_in_left(lang, account.codes_left)}</p>
                    {match codes {
                        Some(codes) => view! {
                            <p>{t::sign_in_codes_text(lang)}</p>
                            <RecoveryCodes codes />
                        }
                        .into_any(),
                        None => view! {
                            <p class="soft">{t::me_codes_text(lang)}</p>
                            <form method="post" action="/desk/me" class="stack" novalidate>
                                <Field
                                    name="codes-password" label=t::me_old(lang) kind="password"
                                    error=error("codes-password") autocomplete="current-password" maxlength=200
                                />
                                <div class="btns"><SubmitButton text=t::me_codes_button(lang) act="codes" quiet=true /></div>
                            </form>
                        }
                        .into_any(),
                    }}
                </section>
                <section class="more">
                    <h2>{t::me_factor(lang)}</h2>
                    {match factor {
                        Some((key, address, sealed)) => view! {
                            <p>{t::me_factor_next(lang)}</p>
                            {qr_code(t::sign_in_enrol_alt(lang), &address)}
                            <p class="code-line">
                                <span class="soft">{t::sign_in_enrol_key(lang)}</span>" "
                                <code translate="no">{key}</code>
                            </p>
                            <form method="post" action="/desk/me" class="stack" novalidate>
                                <Hidden name="factor" value=sealed />
                                <Field
                                    name="new-code" label=t::sign_in_code_label(lang) error=error("new-code")
                                    autocomplete="one-time-code" inputmode="numeric" maxlength=30 short=true
                                />
                                <div class="btns"><SubmitButton text=t::me_factor_button(lang) act="factor-code" /></div>
                            </form>
                        }
                        .into_any(),
                        None => view! {
                            <p class="soft">{t::me_factor_text(lang)}</p>
                            <form method="post" action="/desk/me" class="stack" novalidate>
                                <Field
                                    name="factor-password" label=t::me_old(lang) kind="password"
                                    error=error("factor-password") autocomplete="current-password" maxlength=200
                                />
                                <Field
                                    name="old-code" label=t::sign_in_code_label(lang) hint=t::sign_in_code_hint(lang)
                                    error=error("old-code") autocomplete="one-time-code" maxlength=30 short=true
                                />
                                <div class="btns"><SubmitButton text=t::me_factor_button(lang) act="factor" quiet=true /></div>
                            </form>
                        }
                        .into_any(),
                    }}
                </section>
                {(!no_office).then(|| view! {
                    <section class="more">
                        <h2>{t::me_tokens(lang)}</h2>
                        <p class="soft">{t::me_tokens_text(lang)}</p>
                        {token.map(|token| view! {
                            <Callout kind="done">
                                <p>{t::me_token_made(lang)}</p>
                                <p class="hash" translate="no">{token}</p>
                            </Callout>
                        })}
                        <ul class="rows">{tokens}</ul>
                        <form method="post" action="/desk/me" class="stack" novalidate>
                            <Field
                                name="token-name" label=t::me_token_name(lang) maxlength=40
                                error=if token_fault { t::me_token_fault(lang) } else { "" } autocomplete="off"
                            />
                            <div class="field">
                                <label for="held">{t::me_token_held(lang)}</label>
                                <select class="input" id="held" name="held">{offices}</select>
                            </div>
                            <details class="fold" open=opened>
                                <summary>{t::me_token_verbs(lang)}</summary>
                                <fieldset class="ticks">
                                    <legend class="unseen">{t::me_token_verbs(lang)}</legend>
                                    {verbs}
                                </fieldset>
                            </details>
                            <Field
                                name="token-password" label=t::me_old(lang) kind="password"
                                error=error("token-password") autocomplete="current-password" maxlength=200
                            />
                            <div class="btns"><SubmitButton text=t::me_token_button(lang) act="token" quiet=true /></div>
                        </form>
                    </section>
                })}
            </div>
        </Page>
    }
    .into_any()
}
