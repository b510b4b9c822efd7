//! `/desk/file`: what somebody found on patrol, or what a resident asked them to tell.

use casework::views::{Branch, Choice};
use domain::{
    case::{Channel, Consent},
    draft::MAX_PHOTOS,
    lang::Lang,
    visibility::Visibility,
};
use leptos::prelude::*;

use super::fields::{Spot, choice, plain, radios, select};
use crate::{
    here::Here,
    pages::{StagedPhoto, Unkept, track::staged_list, unkept::Notices, whistle::PhotoInput},
    parts::{
        Callout, Check, DeskBar, ErrorSummary, Field, Hidden, Page, SubmitButton, SummaryItem,
        TextArea, position,
    },
    texts::t,
    words::{self, staff},
};

/// Whence something is handed on to staff, beside what they see or are told themselves.
pub const FROM_ELSEWHERE: [Channel; 3] = [Channel::Phone, Channel::Hotline, Channel::Police];

/// What the form shows.
#[derive(Clone, Debug, Default)]
pub struct FileForm {
    /// What was typed.
    pub fields: Vec<(String, String)>,
    /// The filing key.
    pub key: String,
    /// Photos that wait.
    pub staged: Vec<StagedPhoto>,
    /// Where one may file.
    pub communities: Vec<Choice>,
    /// What it may be.
    pub categories: Vec<Branch>,
    /// Mistakes: field and what to do.
    pub faults: Vec<(&'static str, String)>,
    /// What was just filed.
    pub done: Option<String>,
    /// Why nothing was kept.
    pub unkept: Option<Unkept>,
}

impl FileForm {
    fn value(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    fn error(&self, name: &str) -> Option<String> {
        self.faults
            .iter()
            .find(|(field, _)| *field == name)
            .map(|(_, text)| text.clone())
    }

    fn spot(&self, name: &'static str, label: &'static str) -> Spot {
        Spot {
            name,
            id: name.to_owned(),
            label: label.to_owned(),
            error: self.error(name),
        }
    }
}

/// `/desk/file`
#[component]
pub fn FilePage(here: Here, bar: DeskBar, form: FileForm) -> impl IntoView {
    let lang = here.lang();
    let items: Vec<SummaryItem> = form
        .faults
        .iter()
        .map(|(field, text)| SummaryItem {
            field: (*field).to_owned(),
            text: text.clone(),
        })
        .collect();
    let bad = u64::try_from(items.len()).unwrap_or(u64::MAX);
    let unkept = form.unkept.clone();
    let done = form.done.clone();
    let inside = if form.communities.is_empty() {
        view! { <p>{t::file_none(lang)}</p> }.into_any()
    } else {
        the_form(lang, &form)
    };
    view! {
        <Page here=here.clone() title=t::file_title(lang) desk=bar unlisted=true>
            <div class="narrow stack">
                <h1>{t::file_title(lang)}</h1>
                <p class="soft">{t::file_intro(lang)}</p>
                {done.map(|number| view! {
                    <Callout kind="done">
                        <p role="status">
                            {t::file_done(lang)}" "
                            <a href=format!("/desk/cases/{number}")>{number.clone()}</a>
                        </p>
                    </Callout>
                })}
                <Notices lang wait=None joining=false unkept />
                <ErrorSummary title=t::error_title(lang, bad) items />
                {inside}
            </div>
        </Page>
    }
    .into_any()
}

fn area(form: &FileForm, name: &'static str, label: &'static str, rows: u8) -> AnyView {
    let error = form.error(name).unwrap_or_default();
    let bad = !error.is_empty();
    let described = if bad {
        format!("{name}-error")
    } else {
        String::new()
    };
    let value = form.value(name).unwrap_or_default().to_owned();
    view! {
        <Field name=name label=label error=error>
            <TextArea name=name value=value rows=rows described_by=described invalid=bad />
        </Field>
    }
    .into_any()
}

fn the_form(lang: Lang, form: &FileForm) -> AnyView {
    let only = form
        .communities
        .first()
        .filter(|_| form.communities.len() == 1);
    let community = form
        .value("community")
        .map(str::to_owned)
        .or_else(|| only.map(|only| only.value.clone()));
    let filers = vec![
        choice("staff", t::file_staff(lang)),
        choice("proxy", t::file_proxy(lang)),
    ];
    let consents = Consent::ALL
        .iter()
        .map(|consent| choice(consent.as_str(), staff::consent(lang, *consent)))
        .collect();
    let visibilities = Visibility::ALL
        .into_iter()
        .map(|kind| choice(kind.as_str(), words::visibility(lang, kind)))
        .collect();
    let photo_error = form.error("photos");
    let described = if photo_error.is_some() {
        "photos-hint photos-error"
    } else {
        "photos-hint"
    };
    let fixed = form.value("fixed").is_some();
    let staged = form.staged.clone();
    let proxy = form.value("filer") == Some("proxy");
    // What was typed does not go out of a fold that is closed again.
    let typed = |name: &str| form.value(name).is_some_and(|text| !text.trim().is_empty());
    view! {
        <form
            method="post" action="/desk/file" enctype="multipart/form-data" class="stack" novalidate
        >
            <Hidden name="key" value=form.key.clone() />
            {select(
                form.spot("category", t::file_category(lang)), &form.categories,
                form.value("category"), Some(t::field_choose(lang)),
            )}
            {select(
                form.spot("community", t::file_community(lang)), &plain(form.communities.clone()),
                community.as_deref(), Some(t::field_choose(lang)),
            )}
            {area(form, "description", t::file_description(lang), 5)}
            <Field
                name="place" label=t::file_place(lang) value=form.value("place").unwrap_or_default()
                error=form.error("place").unwrap_or_default() maxlength=120 autocomplete="off"
            />
            {position(
                lang, ["lat", "lng", "accuracy"].map(|name| form.value(name).unwrap_or_default()),
                form.error("lat"),
            )}
            <Field
                name="photos" label=t::file_photos(lang) hint=t::field_photos_hint(lang, MAX_PHOTOS)
                error=photo_error.unwrap_or_default()
            >
                {staged_list(lang, staged)}
                <PhotoInput lang id="photos" described_by=described />
            </Field>
            <details class="fold" open=fixed || typed("fixed-text")>
                <summary>{t::file_fixed(lang)}</summary>
                <div class="body">
                    <Check
                        name="fixed" text=t::file_fixed(lang) hint=t::file_fixed_hint(lang) checked=fixed
                    />
                    <p class="hint">{t::file_last_photo(lang)}</p>
                    {area(form, "fixed-text", t::file_fixed_text(lang), 3)}
                </div>
            </details>
            <details class="fold" open=proxy || typed("visibility") || ["name", "phone", "email"].into_iter().any(typed)>
                <summary>{t::file_filer(lang)}</summary>
                <div class="body">
                    {radios(
                        form.spot("filer", t::file_filer(lang)), filers,
                        form.value("filer").or(Some("staff")),
                    )}
                    <p class="hint">{t::file_proxy_hint(lang)}</p>
                    {radios(form.spot("consent", t::file_consent(lang)), consents, form.value("consent"))}
                    <Field
                        name="name" label=t::file_resident_name(lang)
                        value=form.value("name").unwrap_or_default()
                        error=form.error("name").unwrap_or_default() maxlength=40 autocomplete="off"
                    />
                    <Field
                        name="phone" label=t::file_resident_phone(lang) kind="tel"
                        value=form.value("phone").unwrap_or_default()
                        error=form.error("phone").unwrap_or_default() maxlength=30 autocomplete="off"
                    />
                    <Field
                        name="email" label=t::file_resident_email(lang) kind="email"
                        value=form.value("email").unwrap_or_default()
                        error=form.error("email").unwrap_or_default() maxlength=254 autocomplete="off"
                    />
                    {radios(
                        form.spot("visibility", t::whistle_visibility(lang)), visibilities,
                        form.value("visibility"),
                    )}
                </div>
            </details>
            {handed_on(lang, form)}
            <div class="btns"><SubmitButton text=t::file_button(lang) act="file" /></div>
        </form>
    }
    .into_any()
}

/// From where it was handed on, with its number there.
fn handed_on(lang: Lang, form: &FileForm) -> AnyView {
    let channels = FROM_ELSEWHERE
        .map(|channel| choice(channel.as_str(), staff::channel(lang, channel)))
        .into_iter()
        .collect();
    let open = ["channel", "external"]
        .into_iter()
        .any(|name| form.value(name).is_some() || form.error(name).is_some());
    view! {
        <details class="fold" open=open>
            <summary>{t::file_handed_on(lang)}</summary>
            <div class="body">
                {radios(form.spot("channel", t::file_channel(lang)), channels, form.value("channel"))}
                <Field
                    name="external" label=t::file_external(lang) hint=t::file_external_hint(lang)
                    value=form.value("external").unwrap_or_default()
                    error=form.error("external").unwrap_or_default() maxlength=40 autocomplete="off"
                />
            </div>
        </details>
    }
    .into_any()
}
