//! The parts of the city as they are read.

mod area;
mod categories;
mod changes;
mod clocks;
mod grids;

use domain::{city::change::Topic, lang::Lang};
use leptos::prelude::*;

use self::{
    area::area,
    categories::{categories, category},
    changes::changes,
    clocks::{clocks, hours},
    grids::grids,
};
use super::{CityShown, CityView, form};
use crate::{here::Here, texts::t, words::city as said};

pub(super) fn shown(here: &Here, view: &CityView) -> AnyView {
    let may = view.may;
    match &view.shown {
        CityShown::Changes(page) => changes(here, page),
        CityShown::Area(of, coming) => area(here, may, of, coming),
        CityShown::Categories(groups) => categories(here, may, groups),
        CityShown::Category(line, duties) => category(here, may, line, duties),
        CityShown::Clocks(lines) => clocks(here, may, lines),
        CityShown::Hours(lines) => hours(here, may, lines),
        CityShown::Grids(lines) => grids(here, may, lines),
        CityShown::Form(of) => form::form(here, of),
    }
}

/// Where the form of a change is.
fn form_address(topic: Topic, of: &str) -> String {
    format!("/desk/city?topic={}&of={of}", topic.as_str())
}

/// What may be done with a row, folded.
fn actions(lang: Lang, may: bool, of: &str, topics: &[Topic]) -> Option<AnyView> {
    let links: Vec<_> = topics
        .iter()
        .map(|topic| {
            let href = form_address(*topic, of);
            view! { <a class="btn quiet" href=href>{said::topic(lang, *topic)}</a> }
        })
        .collect();
    (may && !topics.is_empty()).then(|| {
        view! {
            <section class="stack">
                <h2>{t::city_change(lang)}</h2>
                <div class="btns">{links}</div>
            </section>
        }
        .into_any()
    })
}

/// The hours of a week, days alike together.
fn hour_lines(lang: Lang, of: &domain::clock::ServiceHours) -> AnyView {
    let lines: Vec<_> = said::hours(lang, of)
        .into_iter()
        .map(|line| view! { <li>{line}</li> })
        .collect();
    view! { <ul class="plain">{lines}</ul> }.into_any()
}
