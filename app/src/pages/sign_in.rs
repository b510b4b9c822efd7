//! `/sign-in`: login and password, then whatever is still missing, one step a page.
//!
//! Every step posts `/sign-in` with `act` (`password`, `code`, `enrol`, `noted`, `own`, `again`).
//! `next` is where to go on, `kept` a form that was about to be sent when the session ended, sealed.

use casework::{
    passwords::{LONGEST, SHORTEST, Weak},
    people::{DEMO_PASSWORD, DemoSignIn},
    sign_in::Fault,
};
use domain::lang::Lang;
use leptos::prelude::*;

use crate::{
    here::Here,
    parts::{
        Callout, Check, ErrorSummary, Field, Hidden, Page, SubmitButton, SummaryItem, qr_code,
    },
    texts::t,
    words,
};

/// Which step the page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SignInStep {
    /// Login and password.
    #[default]
    Password,
    /// A code of the authenticator; a demonstration shows it.
    Code {
        /// The code, in a demonstration.
        demo: Option<String>,
    },
    /// An authenticator to be set up.
    Enrol {
        /// Its secret, to be typed.
        secret: String,
        /// The address that the picture holds.
        address: String,
    },
    /// The recovery codes, this once.
    Codes(Vec<String>),
    /// A password of one's own.
    Own,
    /// Signed in; a form that was about to be sent waits for its button.
    Kept {
        /// Where it was going.
        path: String,
        /// Its fields.
        fields: Vec<(String, String)>,
    },
}

/// What the page shows.
#[derive(Clone, Debug, Default)]
pub struct SignInForm {
    /// The step.
    pub step: SignInStep,
    /// The login as typed.
    pub login: String,
    /// "This is my own phone", as ticked.
    pub own_phone: bool,
    /// Where to go on.
    pub next: String,
    /// A form that waits, sealed.
    pub kept: Option<String>,
    /// What was wrong.
    pub fault: Option<SignInFault>,
    /// A session ended.
    pub expired: bool,
    /// The name of the city's own sign-on, if it has one.
    pub city: Option<String>,
    /// Logins of a demonstration.
    pub demo: Vec<DemoSignIn>,
}

/// What was wrong with a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInFault {
    /// The rules say why.
    Step(Fault),
    /// Nothing was typed.
    Empty,
    /// Too many at once.
    Busy,
    /// The city's own sign-on does not answer.
    CityAway,
    /// What it answered does not hold, or somebody turned back there.
    CityRefused,
}

impl SignInFault {
    /// What to do about it.
    pub fn text(self, lang: Lang) -> String {
        match self {
            Self::Empty => t::sign_in_empty(lang).to_owned(),
            Self::Busy => t::sign_in_busy(lang).to_owned(),
            Self::CityAway => t::sign_in_city_away(lang).to_owned(),
            Self::CityRefused => t::sign_in_city_refused(lang).to_owned(),
            Self::Step(fault) => match fault {
                Fault::WrongPassword => t::sign_in_wrong(lang).to_owned(),
                Fault::WrongCode => t::sign_in_wrong_code(lang).to_owned(),
                Fault::Wait(wait) => {
                    let seconds = wait.millis().max(0).unsigned_abs().div_ceil(1_000).max(1);
                    t::sign_in_wait(lang, seconds)
                }
                Fault::FirstPasswordOver => t::sign_in_over(lang).to_owned(),
                Fault::Weak(Weak::Short) => t::sign_in_short(lang, SHORTEST),
                Fault::Weak(Weak::Long) => t::sign_in_long(lang, LONGEST),
                Fault::Weak(Weak::Guessable) => t::sign_in_guessable(lang).to_owned(),
                Fault::SamePassword => t::sign_in_same(lang).to_owned(),
                Fault::Over => t::sign_in_begin_again(lang).to_owned(),
                Fault::NotVouched => t::sign_in_not_vouched(lang).to_owned(),
            },
        }
    }
}

/// `/sign-in`
#[component]
pub fn SignInPage(here: Here, form: SignInForm) -> impl IntoView {
    let lang = here.lang();
    let title = match form.step {
        SignInStep::Password => t::sign_in_title(lang),
        SignInStep::Code { .. } => t::sign_in_code_title(lang),
        SignInStep::Enrol { .. } => t::sign_in_enrol_title(lang),
        SignInStep::Codes(_) => t::sign_in_codes_title(lang),
        SignInStep::Own => t::sign_in_own_title(lang),
        SignInStep::Kept { .. } => t::sign_in_kept_title(lang),
    };
    let field = match form.step {
        SignInStep::Password => "login",
        SignInStep::Own => "password",
        _ => "code",
    };
    let error = form.fault.map(|fault| fault.text(lang)).unwrap_or_default();
    let items: Vec<SummaryItem> = form
        .fault
        .map(|fault| SummaryItem {
            field: field.to_owned(),
            text: fault.text(lang),
        })
        .into_iter()
        .collect();
    let bad = u64::try_from(items.len()).unwrap_or(u64::MAX);
    let expired = form.expired && form.step == SignInStep::Password;
    let waits = form.kept.is_some() && form.step == SignInStep::Password;
    let first = form.step == SignInStep::Password;
    let ending = matches!(form.step, SignInStep::Kept { .. });
    view! {
        <Page here=here.clone() title=title unlisted=true>
            <div class="narrow stack">
                <h1>{title}</h1>
                {expired.then(|| view! { <Callout kind="wait"><p>{t::sign_in_expired(lang)}</p></Callout> })}
                {waits.then(|| view! { <Callout><p>{t::sign_in_kept(lang)}</p></Callout> })}
                <ErrorSummary title=t::error_title(lang, bad) items />
                {first.then(|| city(lang, &form))}
                {step(lang, &form, &error)}
                {(!first && !ending).then(|| view! {
                    <form method="post" action="/sign-in" class="noprint">
                        <SubmitButton text=t::sign_in_again(lang) act="again" quiet=true />
                    </form>
                })}
                {(first && !form.demo.is_empty()).then(|| demo(lang, &form.demo))}
            </div>
        </Page>
    }
    .into_any()
}

/// The way by the city's own sign-on, before the one by password.
fn city(lang: Lang, form: &SignInForm) -> Option<AnyView> {
    let name = form.city.clone()?;
    let next: String = form_urlencoded::byte_serialize(form.next.as_bytes()).collect();
    let way = |own_phone: &str| format!("/sign-in/city?next={next}{own_phone}");
    // Whoever comes from their own phone stays there.
    let own = if form.own_phone { "&own-phone=1" } else { "" };
    Some(
        view! {
            <section class="card stack">
                <p><a class="btn" href=way(own)>{t::sign_in_city(lang, &name)}</a></p>
                <p class="small"><a href=way("&own-phone=1")>{t::sign_in_city_own(lang, name)}</a></p>
            </section>
            <h2>{t::sign_in_or(lang)}</h2>
        }
        .into_any(),
    )
}

/// What every step carries on.
fn carried(form: &SignInForm) -> AnyView {
    let kept = form.kept.clone();
    view! {
        {(!form.next.is_empty()).then(|| view! { <Hidden name="next" value=form.next.clone() /> })}
        {kept.map(|kept| view! { <Hidden name="kept" value=kept /> })}
    }
    .into_any()
}

fn step(lang: Lang, form: &SignInForm, error: &str) -> AnyView {
    match &form.step {
        SignInStep::Password => view! {
            <p class="soft">{t::sign_in_intro(lang)}</p>
            <form method="post" action="/sign-in" class="stack" novalidate>
                <Field
                    name="login" label=t::sign_in_login(lang) value=form.login.clone() error=error
                    autocomplete="username" maxlength=80
                />
                <Field
                    name="password" label=t::sign_in_password(lang) kind="password"
                    autocomplete="current-password" maxlength=200
                />
                <Check
                    name="own-phone" text=t::sign_in_own_phone(lang)
                    hint=t::sign_in_own_phone_hint(lang) checked=form.own_phone
                />
                {carried(form)}
                <div class="btns"><SubmitButton text=t::sign_in_button(lang) act="password" /></div>
            </form>
        }
        .into_any(),
        SignInStep::Code { demo } => view! {
            {demo.clone().map(|code| view! {
                <Callout><p translate="no">{t::sign_in_demo_code(lang, code)}</p></Callout>
            })}
            <form method="post" action="/sign-in" class="stack" novalidate>
                {code_field(lang, error)}
                {carried(form)}
                <div class="btns"><SubmitButton text=t::sign_in_button(lang) act="code" /></div>
            </form>
        }
        .into_any(),
        SignInStep::Enrol { secret, address } => {
            let groups: Vec<String> = secret
                .as_bytes()
                .chunks(4)
                .map(|group| String::from_utf8_lossy(group).into_owned())
                .collect();
            view! {
                <p>{t::sign_in_enrol_text(lang)}</p>
                {qr_code(t::sign_in_enrol_alt(lang), address)}
                <p class="code-line">
                    <span class="soft">{t::sign_in_enrol_key(lang)}</span>" "
                    <code translate="no">{groups.join(" ")}</code>
                </p>
                <form method="post" action="/sign-in" class="stack" novalidate>
                    {code_field(lang, error)}
                    {carried(form)}
                    <div class="btns"><SubmitButton text=t::sign_in_next(lang) act="enrol" /></div>
                </form>
            }
            .into_any()
        }
        SignInStep::Codes(codes) => view! {
            <p>{t::sign_in_codes_text(lang)}</p>
            <RecoveryCodes codes=codes.clone() />
            <form method="post" action="/sign-in" class="noprint">
                {carried(form)}
                <div class="btns"><SubmitButton text=t::sign_in_codes_done(lang) act="noted" /></div>
            </form>
        }
        .into_any(),
        SignInStep::Own => view! {
            <p>{t::sign_in_own_text(lang, SHORTEST)}</p>
            <form method="post" action="/sign-in" class="stack" novalidate>
                <Field
                    name="password" label=t::sign_in_own_label(lang) kind="password" error=error
                    autocomplete="new-password" maxlength=200
                />
                {carried(form)}
                <div class="btns"><SubmitButton text=t::sign_in_own_button(lang) act="own" /></div>
            </form>
        }
        .into_any(),
        SignInStep::Kept { path, fields } => {
            let words: Vec<_> = fields
                .iter()
                .filter(|(name, value)| name == "text" && !value.trim().is_empty())
                .map(|(_, value)| view! { <div class="words">{words::paragraphs(lang, value)}</div> })
                .collect();
            let hidden: Vec<_> = fields
                .iter()
                .map(|(name, value)| {
                    view! { <Hidden name=name.clone() value=value.clone() /> }
                })
                .collect();
            view! {
                {words}
                <form method="post" action=path.clone()>
                    {hidden}
                    <div class="btns">
                        <SubmitButton text=t::sign_in_kept_send(lang) />
                        <a class="btn quiet" href="/desk">{t::sign_in_kept_drop(lang)}</a>
                    </div>
                </form>
            }
            .into_any()
        }
    }
}

fn code_field(lang: Lang, error: &str) -> AnyView {
    view! {
        <Field
            name="code" label=t::sign_in_code_label(lang) hint=t::sign_in_code_hint(lang) error=error
            autocomplete="one-time-code" inputmode="text" maxlength=30 short=true
        />
    }
    .into_any()
}

/// Codes to be copied from the screen or printed.
#[component]
pub fn RecoveryCodes(codes: Vec<String>) -> impl IntoView {
    let codes: Vec<_> = codes
        .into_iter()
        .map(|code| view! { <li><code translate="no">{code}</code></li> })
        .collect();
    view! { <ol class="codes">{codes}</ol> }.into_any()
}

/// Whom one can sign in as in a demonstration: a few, and the other departments folded away.
fn demo(lang: Lang, people: &[DemoSignIn]) -> AnyView {
    let (first, others): (Vec<_>, Vec<_>) = people.iter().partition(|person| person.is_first);
    let count = u64::try_from(others.len()).unwrap_or(u64::MAX);
    view! {
        <section class="card stack">
            <h2>{t::sign_in_demo_title(lang)}</h2>
            <p>{t::sign_in_demo_text(lang, DEMO_PASSWORD)}</p>
            {logins(lang, &first)}
            {(count > 0).then(|| view! {
                <details class="fold">
                    <summary>{t::sign_in_demo_others(lang, count)}</summary>
                    <div class="body">{logins(lang, &others)}</div>
                </details>
            })}
        </section>
    }
    .into_any()
}

fn logins(lang: Lang, people: &[&DemoSignIn]) -> AnyView {
    let rows: Vec<_> = people
        .iter()
        .map(|person| {
            view! {
                <li>
                    <code translate="no">{person.login.clone()}</code>
                    <span class="soft">{format!(" {} · {}", person.office, words::staff::role(lang, person.role))}</span>
                </li>
            }
        })
        .collect();
    view! { <ul class="plain">{rows}</ul> }.into_any()
}
