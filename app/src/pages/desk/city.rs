//! `/desk/city`: what the city is, what is coming, and the forms by which it changes.

mod form;
mod parts;

use casework::{
    city::{
        AreaView, CategoryLine, ChangeLine, DutyLine, HoursLine, OverlayView, PolicyLine, Trial,
    },
    views::{Branch, Choice},
};
use domain::{city::change::Topic, ids::CategoryCode};
use leptos::prelude::*;

use crate::{
    here::Here,
    parts::{Callout, DeskBar, ErrorSummary, Page, SummaryItem},
    texts::t,
    words,
};

/// What a page of the city shows.
#[derive(Clone, Debug)]
pub struct CityView {
    /// The viewer may change it.
    pub may: bool,
    /// A change that was just put down.
    pub kept: Option<u32>,
    /// The part.
    pub shown: CityShown,
}

/// The parts of the city.
#[derive(Clone, Debug)]
pub enum CityShown {
    /// What was put down.
    Changes(CityChanges),
    /// An area with what lies in it, and what is coming for it.
    Area(Box<AreaView>, Vec<ChangeLine>),
    /// The categories, by group.
    Categories(Vec<(CategoryCode, String, Vec<CategoryLine>)>),
    /// A category with its duties.
    Category(Box<CategoryLine>, Vec<DutyLine>),
    /// The clock presets.
    Clocks(Vec<PolicyLine>),
    /// Opening hours.
    Hours(Vec<HoursLine>),
    /// The grids of departments.
    Grids(Vec<OverlayView>),
    /// A form.
    Form(Box<CityForm>),
}

/// A page of what was put down.
#[derive(Clone, Debug)]
pub struct CityChanges {
    /// What is coming, then what has begun or was taken back.
    pub lines: Vec<ChangeLine>,
    /// What the linter says of the city as it is.
    pub findings: Vec<String>,
    /// There is a page before this one.
    pub follows: bool,
    /// Where the next page starts.
    pub next: Option<String>,
}

/// A form for one change.
#[derive(Clone, Debug)]
pub struct CityForm {
    /// What is to be changed, and of what.
    pub of: FormOf,
    /// What was typed, or what the row says now.
    pub typed: Vec<(String, String)>,
    /// What is wrong, by field.
    pub mistakes: Vec<(&'static str, String)>,
    /// What the linter would find.
    pub findings: Vec<String>,
    /// What it would do, if it was tried and can be taken.
    pub trial: Option<Box<Trial>>,
    /// What would be another than it is: field, as it is, as it would be.
    pub differs: Vec<(String, String, String)>,
    /// What was typed when it was tried: only that is put down.
    pub print: String,
    /// Something else was typed since it was tried.
    pub typed_since: bool,
    /// What may be chosen.
    pub choices: CityChoices,
}

/// What a form is about.
#[derive(Clone, Debug)]
pub struct FormOf {
    /// What is to be changed.
    pub topic: Topic,
    /// The code of the row it is about; empty for a new one.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The page it belongs to.
    pub back: String,
}

/// What may be chosen in a form; only what the form needs is filled.
#[derive(Clone, Debug, Default)]
pub struct CityChoices {
    /// Areas to move or merge into.
    pub areas: Vec<Branch>,
    /// What lies in the area.
    pub inside: Vec<Choice>,
    /// Communities by governance unit.
    pub communities: Vec<Branch>,
    /// Modules by department.
    pub modules: Vec<Branch>,
    /// Departments and modules.
    pub units: Vec<Branch>,
    /// Clock presets.
    pub policies: Vec<Choice>,
}

impl CityShown {
    const fn tab(&self) -> &'static str {
        match self {
            Self::Changes(_) => "changes",
            Self::Area(..) => "areas",
            Self::Categories(_) | Self::Category(..) => "categories",
            Self::Clocks(_) => "clocks",
            Self::Hours(_) => "hours",
            Self::Grids(_) => "grids",
            Self::Form(form) => match form.of.topic {
                Topic::RenameArea
                | Topic::MoveArea
                | Topic::SplitArea
                | Topic::MergeAreas
                | Topic::AddArea
                | Topic::SetOffice => "areas",
                Topic::SetHours => "hours",
                Topic::SetClocks => "clocks",
                Topic::SetCategory
                | Topic::AddCategory
                | Topic::OpenCategory
                | Topic::SetDuty
                | Topic::EndDuty => "categories",
                Topic::SetLineGrids => "grids",
                Topic::TakeBack => "changes",
            },
        }
    }
}

/// `/desk/city`
#[component]
pub fn CityPage(here: Here, bar: DeskBar, view: CityView) -> impl IntoView {
    let lang = here.lang();
    let current = view.shown.tab();
    let tabs: Vec<_> = [
        ("changes", t::city_tab_changes(lang)),
        ("areas", t::city_tab_areas(lang)),
        ("categories", t::city_tab_categories(lang)),
        ("clocks", t::city_tab_clocks(lang)),
        ("hours", t::city_tab_hours(lang)),
        ("grids", t::city_tab_grids(lang)),
    ]
    .into_iter()
    .map(|(part, text)| {
        let href = format!("/desk/city?part={part}");
        view! { <a href=href aria-current=(part == current).then_some("page")>{text}</a> }
    })
    .collect();
    let items: Vec<SummaryItem> = match &view.shown {
        CityShown::Form(form) => form
            .mistakes
            .iter()
            .map(|(field, text)| SummaryItem {
                field: (*field).to_owned(),
                text: t::city_named(lang, words::city::field(lang, field), text),
            })
            .collect(),
        _ => Vec::new(),
    };
    let bad = u64::try_from(items.len()).unwrap_or(u64::MAX);
    let (title, heading) = match &view.shown {
        CityShown::Form(form) => {
            let what = match form.of.topic {
                Topic::SetDuty if form.of.code.is_empty() => t::city_new_duty(lang),
                Topic::SetDuty => t::city_replace_duty(lang),
                Topic::SetClocks if form.of.code.is_empty() => t::city_new_policy(lang),
                topic => words::city::topic(lang, topic),
            };
            let whole = if form.of.name.is_empty() {
                what.to_owned()
            } else {
                format!("{what} · {}", form.of.name)
            };
            (whole.clone(), whole)
        }
        CityShown::Area(area, _) => (
            format!("{} · {}", area.name, t::city_title(lang)),
            t::city_title(lang).to_owned(),
        ),
        _ => (
            t::city_title(lang).to_owned(),
            t::city_title(lang).to_owned(),
        ),
    };
    let shown = parts::shown(&here, &view);
    view! {
        <Page here=here.clone() title=title desk=bar unlisted=true>
            <div class="stack">
                <h1>{heading}</h1>
                <nav class="tabs" aria-label=t::city_tabs(lang)>{tabs}</nav>
                {view.kept.map(|number| view! {
                    <Callout kind="done">
                        <p role="status">{t::city_kept(lang, u64::from(number))}</p>
                    </Callout>
                })}
                <ErrorSummary title=t::error_title(lang, bad) items />
                {shown}
            </div>
        </Page>
    }
    .into_any()
}
