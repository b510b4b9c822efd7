//! `/whistle`: one form, every act parses everything and gives everything back.
//!
//! # Fields
//! | name | what |
//! |---|---|
//! | `key` | the filing key, hidden; the same on every page of one filing |
//! | `act` | `file` (first in the document, meant when absent), `find-category`, `find-place`, `check-duplicates`, `preview`, `add-photos`, `remove-photo-N`, `me-too-NUMBER` |
//! | `by` | `officer` on the short form, else absent |
//! | `again` | number of the case this one came back from |
//! | `ticket` | the waiting ticket, in a crowd |
//! | `danger` | `no`, `yes` |
//! | `category`, `category_words` | code; words of the search |
//! | `description`, `place` | text |
//! | `community`, `community_choice` | name or code as typed; code of the chosen match, empty for "as typed" |
//! | `lat`, `lng`, `accuracy` | degrees, degrees, metres |
//! | `photos`, `staged` | files; ids of staged photos, repeated |
//! | `visibility` | `public`, `public_without_detail`, `private`, or absent |
//! | `name`, `phone`, `email`, `may_call` | contact; `may_call` is `yes` |

mod draft;
mod people;
mod photos;
mod place;
mod problem;

use casework::views::{CaseCard, Label, WhoHasIt};
use domain::{
    draft::{Draft, FAULTS},
    lang::Lang,
    text::Description,
    visibility::Visibility,
};
use leptos::prelude::*;

use self::{
    people::{ContactPart, DuplicatesPart, VisibilityPart},
    photos::PhotosPart,
    place::{CommunityPart, PlacePart},
    problem::{CategoryPart, DangerPart, WhatPart},
};
use super::unkept::{Notices, Unkept};
use crate::{
    form::Fault,
    here::{Here, PhoneLine},
    islands::{FormHelp, FormWords, HELP, OfflineDraft, SHELF, TOOLS, sent},
    parts::{Callout, ErrorSummary, Field, Hidden, Nav, Page, SubmitButton, SummaryItem},
    texts::t,
};

pub(super) use photos::{PhotoInput, StagedPicture};

/// A category one can choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryChoice {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What belongs there, in one plain sentence.
    pub plain: String,
    /// The typed word that found it.
    pub why: Option<String>,
}

/// A family of categories.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryGroup {
    /// Its name.
    pub name: String,
    /// What belongs there.
    pub plain: String,
    /// Its categories.
    pub items: Vec<CategoryChoice>,
}

/// A community one can choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommunityChoice {
    /// Its official code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its governance unit and former names, to tell it from others.
    pub about: String,
}

/// A photo that waits for the form to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StagedPhoto {
    /// Its random id, bound to the form's key.
    pub id: String,
    /// The thumbnail as a `data:` address.
    pub thumb: String,
}

/// Everything the page needs: what was typed, and what the server found for it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WhistleForm {
    /// The filing key.
    pub key: String,
    /// A waiting ticket got before, kept through every act.
    pub ticket: Option<String>,
    /// What was typed, untouched.
    pub draft: Draft,
    /// The short form: a grid officer calls and fills in the rest.
    pub by_officer: bool,
    /// Number of the case this one came back from.
    pub again: Option<String>,
    /// All categories by family.
    pub groups: Vec<CategoryGroup>,
    /// The category of what fits none of them.
    pub other: Option<CategoryChoice>,
    /// Words of the category search.
    pub category_words: String,
    /// What the search found; `None` when nobody searched.
    pub categories_found: Option<Vec<CategoryChoice>>,
    /// All communities, for the browser's own list.
    pub communities: Vec<CommunityChoice>,
    /// What the typed community may mean; `None` when nobody asked.
    pub communities_found: Option<Vec<CommunityChoice>>,
    /// The community that was understood.
    pub community: Option<Label>,
    /// The category that was understood.
    pub category: Option<Label>,
    /// What is usual for the category.
    pub usual: Option<Visibility>,
    /// The category is never public.
    pub must_be_private: bool,
    /// Lines to call for the chosen category.
    pub help_lines: Vec<PhoneLine>,
    /// The office of the chosen community.
    pub office: Option<WhoHasIt>,
    /// Photos that wait.
    pub staged: Vec<StagedPhoto>,
    /// Reports that look like the same problem; `None` when nobody asked.
    pub duplicates: Option<Vec<CaseCard>>,
    /// Shows what the public will see.
    pub preview: bool,
    /// Mistakes, in the order of the form.
    pub faults: Vec<Fault>,
    /// In a crowd: the signed ticket and the seconds to wait.
    pub wait: Option<(String, u64)>,
    /// Why nothing was kept; everything typed stays.
    pub unkept: Option<Unkept>,
}

impl WhistleForm {
    /// What is wrong with the field of this id, and what to do.
    pub fn error(&self, lang: Lang, field: &str) -> Option<String> {
        crate::form::error_of(lang, &self.faults, field)
    }

    /// Who will be able to see it, as far as it is decided.
    pub fn visibility(&self) -> Option<Visibility> {
        if self.must_be_private {
            return Some(Visibility::Private);
        }
        Visibility::parse(&self.draft.visibility).or(self.usual)
    }
}

/// All mistakes of a form, for its top.
pub fn summary_items(lang: Lang, faults: &[Fault]) -> Vec<SummaryItem> {
    faults
        .iter()
        .map(|fault| SummaryItem {
            field: fault.field().to_owned(),
            text: fault.text(lang),
        })
        .collect()
}

/// `/whistle`
#[component]
pub fn WhistlePage(here: Here, form: WhistleForm) -> impl IntoView {
    if form.by_officer {
        return officer_page(here, form).into_any();
    }
    let lang = here.lang();
    let faults = summary_items(lang, &form.faults);
    let bad = u64::try_from(faults.len()).unwrap_or(u64::MAX);
    let title = t::whistle_title(lang);
    let shown_title = if bad > 0 {
        t::whistle_title_with_errors(lang, t::error_title(lang, bad), title)
    } else {
        title.to_owned()
    };
    let contact = u64::from(!form.draft.phone.is_empty() || !form.draft.email.is_empty());
    view! {
        <Page
            here=here.clone()
            title=shown_title
            description=t::whistle_description(lang)
            nav=Nav::Whistle
        >
            <div class="narrow">
                <div class="head">
                    <h1>{title}</h1>
                    <p class="soft">{t::whistle_intro(lang)}</p>
                </div>
                {form.again.clone().map(|number| {
                    view! { <Callout><p>{t::whistle_again(lang, number)}</p></Callout> }
                })}
                {notices(lang, &form)}
                <div class="drafts" id=SHELF></div>
                <ErrorSummary title=t::error_title(lang, bad) items=faults />
                <form id="whistle-form" method="post" action="/whistle" enctype="multipart/form-data" novalidate>
                    {first_button(lang)}
                    <Hidden name="key" value=form.key.clone() />
                    {form.again.clone().map(|number| view! { <Hidden name="again" value=number /> })}
                    {ticket(&form)}
                    <DangerPart here=here.clone() form=form.clone() />
                    <WhatPart lang form=form.clone() />
                    <CategoryPart lang form=form.clone() />
                    <CommunityPart lang form=form.clone() />
                    <PlacePart lang form=form.clone() />
                    <PhotosPart lang form=form.clone() />
                    <DuplicatesPart here=here.clone() form=form.clone() />
                    <VisibilityPart here=here.clone() form=form.clone() />
                    <ContactPart lang form=form.clone() />
                    <p class="hint send-note">{t::whistle_send_note(lang, contact)}</p>
                    <div class="btns">
                        <SubmitButton text=t::whistle_send(lang) act="file" />
                    </div>
                </form>
                {help(lang)}
                <div
                    class="draft" id=TOOLS
                    data-words=draft::words(lang).sent()
                    data-anywhere=draft::anywhere(lang).sent()
                ></div>
                <OfflineDraft />
                <OtherWays here=here.clone() office=form.office.clone() />
            </div>
        </Page>
    }
    .into_any()
}

/// What helps in a browser, with everything it may have to say.
fn help(lang: Lang) -> impl IntoView {
    let sentences = FAULTS.map(|(field, error)| Fault::Draft(field, error).text(lang));
    let most = u64::try_from(FAULTS.len()).unwrap_or(u64::MAX);
    let titles: Vec<_> = (1..=most).map(|bad| t::error_title(lang, bad)).collect();
    let words = FormWords {
        because: t::form_guess_because(lang).to_owned(),
        found: t::form_guess_found(lang).to_owned(),
        none: t::form_guess_none(lang).to_owned(),
        chosen: t::form_guess_chosen(lang).to_owned(),
        danger: t::form_guess_danger(lang).to_owned(),
        count: t::form_community_count(lang).to_owned(),
        named: t::form_community_named(lang).to_owned(),
        take: t::form_community_take(lang).to_owned(),
    };
    let list = |texts: &[String]| sent(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    view! {
        <div
            id=HELP hidden
            data-words=words.sent()
            data-sentences=list(&sentences)
            data-titles=list(&titles)
        ></div>
        <FormHelp />
    }
    .into_any()
}

/// The button that Enter presses: `file` comes first in the document, whatever stands first on
/// the screen.
fn first_button(lang: Lang) -> impl IntoView {
    view! {
        <button class="unseen" type="submit" name="act" value="file" tabindex="-1" aria-hidden="true">
            {t::whistle_send(lang)}
        </button>
    }
    .into_any()
}

/// The ticket of a crowd, hidden: the one just given, or the one that came along.
fn ticket(form: &WhistleForm) -> impl IntoView + use<> {
    let given = form.wait.as_ref().map(|(ticket, _)| ticket.clone());
    given
        .or_else(|| form.ticket.clone())
        .filter(|ticket| !ticket.is_empty())
        .map(|ticket| view! { <Hidden name="ticket" value=ticket /> })
}

fn notices(lang: Lang, form: &WhistleForm) -> impl IntoView + use<> {
    let wait = form.wait.as_ref().map(|(_, seconds)| *seconds);
    // Who was about to join has those reports before them, and their button to press again.
    let joining = form.duplicates.is_some();
    view! { <Notices lang wait joining unkept=form.unkept.clone() /> }.into_any()
}

/// The ways that are not this form: a grid officer, the office, the hotline.
#[component]
fn OtherWays(here: Here, office: Option<WhoHasIt>) -> impl IntoView {
    let lang = here.lang();
    let hotline = here
        .site
        .hotline
        .as_ref()
        .map(|line| line.number.clone())
        .unwrap_or_default();
    let phone = office
        .as_ref()
        .and_then(|office| office.contact.as_ref())
        .map(|contact| contact.phone.clone())
        .filter(|phone| !phone.is_empty());
    view! {
        <section class="ask stack">
            <div>
                <h2>{t::whistle_officer_title(lang)}</h2>
                <p>{t::whistle_officer_hint(lang)}</p>
                <p class="more"><a href="/whistle?by=officer">{t::whistle_officer_button(lang)}</a></p>
            </div>
            <div>
                <h2>{t::whistle_office_title(lang)}</h2>
                {match (office, phone) {
                    (Some(office), Some(phone)) => view! {
                        <p><a href=format!("tel:{}", phone.replace(' ', ""))>
                            {t::whistle_office_line(lang, &office.office, &phone)}
                        </a></p>
                    }
                    .into_any(),
                    _ => view! {
                        <p><a href=format!("tel:{hotline}")>
                            {t::whistle_office_unknown(lang, &hotline)}
                        </a></p>
                    }
                    .into_any(),
                }}
                <p class="small soft">{t::whistle_12345(lang)}</p>
            </div>
        </section>
    }
    .into_any()
}

/// The short form: danger, community, phone; the officer asks the rest.
fn officer_page(here: Here, form: WhistleForm) -> impl IntoView {
    let lang = here.lang();
    let faults = summary_items(lang, &form.faults);
    let bad = u64::try_from(faults.len()).unwrap_or(u64::MAX);
    view! {
        <Page here=here.clone() title=t::whistle_officer_page(lang) nav=Nav::Whistle unlisted=true>
            <div class="narrow">
                <div class="head">
                    <h1>{t::whistle_officer_page(lang)}</h1>
                    <p class="soft">{t::whistle_officer_intro(lang)}</p>
                </div>
                {notices(lang, &form)}
                <ErrorSummary title=t::error_title(lang, bad) items=faults />
                <form method="post" action="/whistle" enctype="multipart/form-data" novalidate>
                    {first_button(lang)}
                    <Hidden name="key" value=form.key.clone() />
                    <Hidden name="by" value="officer" />
                    {ticket(&form)}
                    <DangerPart here=here.clone() form=form.clone() />
                    <CommunityPart lang form=form.clone() />
                    <Field
                        name="phone"
                        label=t::whistle_officer_phone(lang)
                        value=form.draft.phone.clone()
                        error=form.error(lang, "phone").unwrap_or_default()
                        hint=t::whistle_may_call_hint(lang)
                        kind="tel"
                        autocomplete="tel"
                        inputmode="tel"
                        maxlength=30
                        short=true
                    />
                    <Field
                        name="name"
                        label=t::whistle_name(lang)
                        value=form.draft.name.clone()
                        error=form.error(lang, "name").unwrap_or_default()
                        autocomplete="name"
                        maxlength=60
                    />
                    <Field
                        name="description"
                        label=t::whistle_officer_what(lang)
                        value=form.draft.description.clone()
                        error=form.error(lang, "description").unwrap_or_default()
                        maxlength=Description::MAX
                    />
                    <div class="btns">
                        <SubmitButton text=t::whistle_officer_send(lang) act="file" />
                        <a href="/whistle">{t::whistle_officer_back(lang)}</a>
                    </div>
                </form>
            </div>
        </Page>
    }
    .into_any()
}
