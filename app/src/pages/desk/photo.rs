//! `/desk/cases/{number}/photos/{photo}`: covering what a photo shows too much of, or cutting it
//! off, with a grid of fields over it. It needs no script: a field is a checkbox.

use std::collections::BTreeSet;

use casework::cover::{COLUMNS, Cell, Cover, ROWS};
use domain::lang::Lang;
use leptos::prelude::*;

use crate::{
    here::Here,
    parts::{Breadcrumb, Callout, DeskBar, ErrorSummary, Hidden, Page, SubmitButton, SummaryItem},
    texts::t,
};

/// Why a form came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoverFault {
    /// No field was picked.
    Nothing,
    /// What is to be kept is all of the photo.
    All,
    /// What is to be kept is too small to be seen.
    Small,
    /// Somebody else changed the case meanwhile.
    Moved,
    /// The picture cannot be drawn now.
    Busy,
}

/// What was just done to a photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoDone {
    /// A part of it was covered.
    Covered,
    /// It was cut.
    Cut,
    /// It is kept from the public.
    Withheld,
    /// It is shown to the public again.
    Shown,
}

impl PhotoDone {
    /// What this makes of a photo.
    #[must_use]
    pub const fn of(cover: &Cover) -> Self {
        match cover {
            Cover::Cells(_) => Self::Covered,
            Cover::Keep(_) => Self::Cut,
            Cover::Withheld => Self::Withheld,
            Cover::Shown => Self::Shown,
        }
    }

    /// Its word in the address of the case: that of the button.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Covered => "cover",
            Self::Cut => "keep",
            Self::Withheld => "withhold",
            Self::Shown => "show",
        }
    }

    /// What a word of the address means.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        let mut all = [Self::Covered, Self::Cut, Self::Withheld, Self::Shown].into_iter();
        all.find(|done| done.as_str() == word)
    }

    /// How the page of the case says so.
    pub(super) fn said(self, lang: Lang) -> &'static str {
        match self {
            Self::Covered => t::cover_did_cover(lang),
            Self::Cut => t::cover_did_keep(lang),
            Self::Withheld => t::cover_did_withhold(lang),
            Self::Shown => t::cover_did_show(lang),
        }
    }
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct PhotoView {
    /// The case.
    pub number: String,
    /// The case as it was seen.
    pub version: u32,
    /// The photo's number in the case.
    pub photo: u32,
    /// The number of the picture that is shown in its place, if it was covered or cut before.
    pub instead: Option<u32>,
    /// The public does not get it at all.
    pub withheld: bool,
    /// It is begun anew with the photo as it was taken.
    pub anew: bool,
    /// The form's key.
    pub key: String,
    /// The fields picked.
    pub cells: BTreeSet<Cell>,
    /// Why the form came back.
    pub fault: Option<CoverFault>,
}

/// The name of a field in the form: `3-7`, column and row from 1.
#[must_use]
pub fn cell_word((column, row): Cell) -> String {
    format!("{}-{}", column + 1, row + 1)
}

/// `/desk/cases/{number}/photos/{photo}`
#[component]
pub fn CoverPage(here: Here, bar: DeskBar, shown: PhotoView) -> impl IntoView {
    let lang = here.lang();
    let title = t::cover_title(lang, shown.photo);
    let case = format!("/desk/cases/{}", shown.number);
    let crumbs = vec![
        ("/desk".to_owned(), t::desk_title(lang).to_owned()),
        (case.clone(), shown.number.clone()),
    ];
    let mistake = match shown.fault {
        Some(CoverFault::Nothing) => Some(t::cover_nothing(lang)),
        Some(CoverFault::All) => Some(t::cover_all(lang)),
        Some(CoverFault::Small) => Some(t::cover_small(lang)),
        _ => None,
    };
    let items: Vec<SummaryItem> = mistake
        .map(|text| SummaryItem {
            field: "cell".to_owned(),
            text: text.to_owned(),
        })
        .into_iter()
        .collect();
    let bad = u64::try_from(items.len()).unwrap_or(u64::MAX);
    let notice = match shown.fault {
        Some(CoverFault::Moved) => Some(t::cover_moved(lang)),
        Some(CoverFault::Busy) => Some(t::cover_busy(lang)),
        _ => None,
    };
    let cells: Vec<_> = (0..ROWS)
        .flat_map(|row| (0..COLUMNS).map(move |column| (column, row)))
        .enumerate()
        .map(|(at, cell)| {
            let (column, row) = cell;
            let id = (at == 0).then_some("cell");
            let checked = shown.cells.contains(&cell);
            view! {
                <input
                    type="checkbox" id=id name="cell" value=cell_word(cell) checked=checked
                    aria-label=t::cover_cell(lang, column + 1, row + 1)
                />
            }
        })
        .collect();
    let action = format!("{case}/photos/{}", shown.photo);
    // What was covered or cut before is what one goes on with, unless one begins anew.
    let instead = shown.instead.filter(|_| !shown.anew);
    let picture = instead.unwrap_or(shown.photo);
    let source = format!("/cases/{}/photos/{picture}?whole", shown.number);
    let begin_anew = format!("{action}?anew");
    // Begun anew, it is not what it was before that would be shown again.
    let shows = shown.withheld && !shown.anew;
    let stands = if shown.withheld {
        Some(t::cover_withheld(lang))
    } else {
        shown.instead.map(|_| t::cover_goes_on(lang))
    };
    view! {
        <Page here=here.clone() title=title.clone() desk=bar unlisted=true>
            <Breadcrumb lang links=crumbs />
            <div class="narrow stack">
                {notice.map(|text| view! { <Callout kind="wait"><p>{text}</p></Callout> })}
                <ErrorSummary title=t::error_title(lang, bad) items />
                <h1>{title}</h1>
                {stands.map(|stands| view! {
                    <Callout kind="wait">
                        {if shown.anew {
                            view! { <p>{t::cover_anew(lang)}</p> }.into_any()
                        } else {
                            let anew = shown.instead.map(|_| view! {
                                " "<a href=begin_anew>{t::cover_begin_anew(lang)}</a>
                            });
                            view! { <p>{stands}{anew}</p> }.into_any()
                        }}
                    </Callout>
                })}
                <p>{t::cover_intro(lang)}</p>
                <p>{t::cover_keep_intro(lang)}</p>
                <form method="post" action=action novalidate>
                    <Hidden name="key" value=shown.key.clone() />
                    <Hidden name="version" value=shown.version.to_string() />
                    {shown.anew.then(|| view! { <Hidden name="anew" value="yes" /> })}
                    <div class="cover" role="group" aria-labelledby="cover-fields">
                        <p id="cover-fields"><b>{t::cover_fields(lang)}</b></p>
                        <div>
                            <img src=source alt=t::cover_alt(lang, shown.photo) />
                            <div class="cells">{cells}</div>
                            <div class="frame" aria-hidden="true"></div>
                        </div>
                    </div>
                    <div class="btns">
                        <SubmitButton text=t::cover_button(lang) act="cover" />
                        <SubmitButton text=t::cover_keep(lang) act="keep" quiet=true />
                        {shows.then(|| view! {
                            <SubmitButton text=t::cover_show(lang) act="show" quiet=true />
                        })}
                        {(!shown.withheld).then(|| view! {
                            <SubmitButton text=t::cover_withhold(lang) act="withhold" quiet=true />
                        })}
                    </div>
                </form>
                <p class="soft">{t::cover_note(lang)}</p>
            </div>
        </Page>
    }
    .into_any()
}
