//! `/desk/audit` for those who look after the whole city: how things stand, what is late and whose it
//! is, the sample that is looked at again, and the bulletins of the weeks.

use casework::{
    scores::{FEWEST, ScoreLine},
    supervision::{GridStaffing, LateStage, Overview, Sample, Unstaffed},
    views::Total,
    worklist::List,
};
use domain::{
    access::Role,
    lang::Lang,
    share::Share,
    time::{Week, date_text},
};
use leptos::prelude::*;

use crate::{
    format,
    here::Here,
    parts::{DeskBar, Page},
    texts::t,
    words::{self, staff},
};

/// Offices of one stage that are named; the rest is a number.
const NAMED: usize = 12;

/// `/desk/audit`
#[component]
pub fn SupervisionPage(
    here: Here,
    bar: DeskBar,
    overview: Overview,
    sample: Sample,
) -> impl IntoView {
    let lang = here.lang();
    let queues: Vec<_> = overview
        .queues
        .iter()
        .map(|(list, total)| {
            let count = words::total(*total);
            view! {
                <li>
                    <a class="queue" href=format!("/desk?list={}", list.as_str())>
                        <b>{count}</b><span>{staff::list(lang, *list)}</span>
                    </a>
                </li>
            }
        })
        .collect();
    let late: Vec<_> = overview
        .late
        .iter()
        .map(|stage| late_stage(lang, stage))
        .collect();
    let nothing_late = late.is_empty();
    let weeks: Vec<_> = overview
        .weeks
        .iter()
        .enumerate()
        .map(|(at, week)| {
            let href = format!("/desk/bulletin?week={}", date_text(week.monday()));
            let name = week_name(lang, *week);
            let tag = (at == 0)
                .then(|| view! { " "<span class="tag">{t::bulletin_under_way(lang)}</span> });
            view! { <li><a href=href>{name}</a>{tag}</li> }
        })
        .collect();
    view! {
        <Page here=here.clone() title=t::supervision_title(lang) desk=bar unlisted=true>
            <div class="stack">
                <h1>{t::supervision_title(lang)}</h1>
                <ul class="queues" aria-label=t::supervision_queues(lang)>{queues}</ul>
                {elsewhere(lang, overview.elsewhere)}
                <section class="more">
                    <h2>{t::supervision_late(lang)}</h2>
                    <p class="soft">{t::supervision_late_note(lang)}</p>
                    {nothing_late.then(|| view! { <p>{t::supervision_nothing_late(lang)}</p> })}
                    {late}
                </section>
                {sample_part(lang, &sample)}
                <section class="more">
                    <h2>{t::supervision_bulletins(lang)}</h2>
                    <ul class="plain">{weeks}</ul>
                </section>
                {scores(lang, &overview.scores)}
                {unstaffed(&here, &overview.unstaffed, &overview.grids)}
            </div>
        </Page>
    }
    .into_any()
}

/// A week by its number and its days.
pub(super) fn week_name(lang: Lang, week: Week) -> String {
    let (year, number) = week.number();
    t::bulletin_week(
        lang,
        format::date(lang, week.monday()),
        u64::from(number),
        format::date(lang, week.sunday()),
        year.to_string(),
    )
}

/// What waits for another body, with the way to its list.
fn elsewhere(lang: Lang, (waiting, over): (Total, Total)) -> Option<AnyView> {
    let some = |total: Total| total != Total::Exactly(0);
    let over = some(over).then(|| t::supervision_elsewhere_late(lang, words::total(over)));
    some(waiting).then(|| {
        view! {
            <p>
                <a href=format!("/desk?list={}", List::Elsewhere.as_str())>
                    {staff::list(lang, List::Elsewhere)}" "<b>{words::total(waiting)}</b>
                </a>
                " "{over}
            </p>
        }
        .into_any()
    })
}

fn late_stage(lang: Lang, stage: &LateStage) -> AnyView {
    let named = stage.offices.iter().take(NAMED);
    let offices: Vec<_> = named
        .map(|(office, clocks)| view! { <li>{office.clone()}" "<b>{format::grouped(*clocks)}</b></li> })
        .collect();
    let rest: u64 = stage.offices.iter().skip(NAMED).map(|(_, n)| n).sum();
    let head = t::supervision_late_stage(
        lang,
        format::grouped(stage.clocks),
        words::stage(lang, stage.stage),
    );
    view! {
        <details class="fold">
            <summary>{head}</summary>
            <div class="body">
                <ul>
                    {offices}
                    {(rest > 0).then(|| view! { <li class="soft">{t::supervision_rest(lang, format::grouped(rest))}</li> })}
                </ul>
            </div>
        </details>
    }
    .into_any()
}

/// The second look: how it was drawn, what it found, and what is left to look at.
pub(super) fn sample_part(lang: Lang, sample: &Sample) -> Option<AnyView> {
    let (at, seed) = sample.seed.as_ref()?;
    let rows: Vec<_> = sample
        .cases
        .iter()
        .map(|case| {
            let found = match case.recheck {
                None => ("tag wait", t::sample_open(lang)),
                Some(look) => match look.holds {
                    Some(true) => ("tag go", t::sample_holds(lang)),
                    Some(false) => ("tag late", t::sample_fails(lang)),
                    None if look.reached => ("tag", t::sample_unsaid(lang)),
                    None => ("tag", t::sample_unreached(lang)),
                },
            };
            view! {
                <li>
                    <a href=format!("/desk/cases/{}", case.number) translate="no">{case.number.clone()}</a>
                    " "{case.category.clone()}" · "{case.community.clone()}" "
                    <span class=found.0>{found.1}</span>
                </li>
            }
        })
        .collect();
    let drawn = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    let holds = sample.holds();
    if sample.of == 0 {
        let title = t::sample_title(lang, week_name(lang, sample.week));
        return Some(
            view! { <section class="more"><h2>{title}</h2><p>{t::sample_none(lang)}</p></section> }
                .into_any(),
        );
    }
    Some(
        view! {
            <section class="more">
                <h2>{t::sample_title(lang, week_name(lang, sample.week))}</h2>
                <p>{t::sample_drawn(lang, drawn, sample.of)}</p>
                {(holds.all > 0).then(|| view! { <p><b>{holds_text(lang, holds)}</b></p> })}
                {(drawn > 0).then(|| view! {
                    <p class="soft noprint">{t::sample_how(lang)}</p>
                    <ul class="plain noprint">{rows}</ul>
                })}
                <p class="small soft">
                    {t::sample_seed(lang, *at)}" "<span class="hash" translate="no">{seed.clone()}</span>
                </p>
            </section>
        }
        .into_any(),
    )
}

/// A share of a sample, with where that of all of them lies.
fn holds_text(lang: Lang, holds: Share) -> String {
    let (low, high) = holds.interval().unwrap_or_default();
    t::sample_share(lang, holds.all, percent_of(high), percent_of(low), holds.of)
}

fn percent_of(permille: u64) -> String {
    format!("{}.{}", permille / 10, permille % 10)
}

/// What offices say of each other.
fn scores(lang: Lang, lines: &[ScoreLine]) -> AnyView {
    let rows: Vec<_> = lines
        .iter()
        .map(|line| {
            let mean = format!("{}.{}", line.tenths / 10, line.tenths % 10);
            view! { <li>{t::score_line(lang, line.count, mean, &line.office)}</li> }
        })
        .collect();
    view! {
        <section class="more">
            <h2>{t::score_title(lang)}</h2>
            <p class="soft">{t::score_note(lang, u64::from(FEWEST))}</p>
            {if rows.is_empty() {
                view! { <p>{t::score_none(lang)}</p> }.into_any()
            } else {
                view! { <ul>{rows}</ul> }.into_any()
            }}
        </section>
    }
    .into_any()
}

/// Grids without a head and an officer, by community, each with the day since which.
fn unstaffed_grids(here: &Here, grids: &GridStaffing) -> Option<AnyView> {
    let lang = here.lang();
    let count = grids.count();
    if count == 0 {
        return None;
    }
    let rows: Vec<_> = grids
        .unstaffed
        .iter()
        .map(|of| {
            let names: Vec<String> = of
                .grids
                .iter()
                .map(|(name, since)| {
                    let day = format::day(lang, &here.site.time, *since);
                    t::supervision_grid(lang, day, name)
                })
                .collect();
            view! { <li><b>{of.community.clone()}</b>" "{words::list(lang, &names)}</li> }
        })
        .collect();
    let head = t::supervision_grids(lang, format::grouped(grids.all), count);
    Some(
        view! {
            <details class="fold">
                <summary>{head}</summary>
                <div class="body"><ul class="plain">{rows}</ul></div>
            </details>
        }
        .into_any(),
    )
}

/// Where nobody is appointed.
fn unstaffed(here: &Here, missing: &[Unstaffed], grids: &GridStaffing) -> AnyView {
    let lang = here.lang();
    let nowhere = missing.is_empty() && grids.count() == 0;
    let of = |role: Role| {
        let offices: Vec<String> = missing
            .iter()
            .filter(|it| it.role == role)
            .map(|it| it.office.clone())
            .collect();
        (!offices.is_empty()).then(|| {
            let count = u64::try_from(offices.len()).unwrap_or(u64::MAX);
            let head = t::supervision_missing(lang, count, staff::role(lang, role));
            view! {
                <details class="fold">
                    <summary>{head}</summary>
                    <div class="body"><p>{words::list(lang, &offices)}</p></div>
                </details>
            }
        })
    };
    let roles = [
        Role::Secretary,
        Role::GridOfficer,
        Role::Dispatcher,
        Role::Officer,
    ];
    let folds: Vec<_> = roles.into_iter().map(of).collect();
    view! {
        <section class="more">
            <h2>{t::supervision_unstaffed(lang)}</h2>
            {nowhere.then(|| view! { <p>{t::supervision_all_staffed(lang)}</p> })}
            {folds}
            {unstaffed_grids(here, grids)}
        </section>
    }
    .into_any()
}
