//! The grids of departments, laid over those of the city.

use casework::city::OverlayView;
use domain::{city::change::Topic, lang::Lang};
use leptos::prelude::*;

use super::form_address;
use crate::{here::Here, texts::t, words::city as said};

/// Lines of a long list that are shown.
const LINES: usize = 60;

/// The grids of departments.
pub(super) fn grids(here: &Here, may: bool, lines: &[OverlayView]) -> AnyView {
    let lang = here.lang();
    let rows: Vec<_> = lines.iter().map(|line| overlay(lang, may, line)).collect();
    let none = rows.is_empty();
    let import = form_address(Topic::SetLineGrids, "");
    view! {
        <p class="soft">{t::city_grids_intro(lang)}</p>
        {none.then(|| view! { <p>{t::city_no_grids(lang)}</p> })}
        {may.then(|| view! {
            <p><a class="btn quiet" href=import>{t::city_import_grids(lang)}</a></p>
        })}
        <div class="stack">{rows}</div>
    }
    .into_any()
}

/// The first lines of a list, and how many there are beside.
fn first_lines(lang: Lang, lines: Vec<String>) -> AnyView {
    let rest = u64::try_from(lines.len().saturating_sub(LINES)).unwrap_or(u64::MAX);
    let shown: Vec<_> = lines
        .into_iter()
        .take(LINES)
        .map(|line| view! { <li>{line}</li> })
        .collect();
    view! {
        <ul class="plain">{shown}</ul>
        {(rest > 0).then(|| view! { <p class="soft">{t::city_more(lang, rest)}</p> })}
    }
    .into_any()
}

fn overlay(lang: Lang, may: bool, line: &OverlayView) -> AnyView {
    let n = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    let (pieces, covered) = line.pieces;
    let gaps = if line.gaps.is_empty() {
        view! { <p>{t::city_no_gaps(lang)}</p> }.into_any()
    } else {
        view! {
            <h3>{t::city_gaps(lang, n(line.gaps.len()))}</h3>
            {first_lines(lang, line.gaps.clone())}
        }
        .into_any()
    };
    let overlaps: Vec<String> = line
        .overlaps
        .iter()
        .map(|overlap| t::city_overlap(lang, &overlap.name, &overlap.grids))
        .collect();
    let overlaps = if overlaps.is_empty() {
        view! { <p>{t::city_no_overlaps(lang)}</p> }.into_any()
    } else {
        view! {
            <h3>{t::city_overlaps(lang, n(overlaps.len()))}</h3>
            {first_lines(lang, overlaps)}
        }
        .into_any()
    };
    let astride = (!line.astride.is_empty())
        .then(|| t::city_astride(lang, line.astride.join(", "), n(line.astride.len())));
    let gone = (!line.gone.is_empty()).then(|| t::city_gone(lang, line.gone.join(", ")));
    let change = form_address(Topic::SetLineGrids, line.unit.as_str());
    view! {
        <section class="stack">
            <h2>{line.name.clone()}</h2>
            <p>{t::city_grids_count(lang, n(covered), n(line.grids), n(pieces))}</p>
            {gaps}
            {overlaps}
            {astride.map(|text| view! { <p>{text}</p> })}
            {gone.map(|text| view! { <p class="error">{text}</p> })}
            {may.then(|| view! {
                <p><a class="btn quiet" href=change>{said::topic(lang, Topic::SetLineGrids)}</a></p>
            })}
        </section>
    }
    .into_any()
}
