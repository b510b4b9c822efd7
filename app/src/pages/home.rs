//! The front door: search, three things to do, what happened lately, the figures so far.

use casework::views::{Figures, HomeView};
use domain::{case::Outcome, lang::Lang};
use leptos::prelude::*;

use crate::{
    format,
    here::Here,
    parts::{CaseCards, Figure, Icon, Page, SearchBox},
    texts::t,
    words,
};

/// `/`
#[component]
pub fn HomePage(here: Here, view: HomeView) -> impl IntoView {
    let lang = here.lang();
    let city = here.site.city.get(lang).to_owned();
    view! {
        <Page here=here.clone() title=t::site_name(lang) description=t::home_description(lang, &city)>
            <section class="hero">
                <h1>{t::home_title(lang)}</h1>
                <SearchBox
                    lang
                    action="/cases"
                    label=t::home_search_label(lang)
                    placeholder=t::home_search_placeholder(lang)
                />
            </section>
            <section class="acts" aria-label=t::home_acts(lang)>
                <a class="act first" href="/whistle">
                    {Icon::Whistle.draw()}
                    <b>{t::home_whistle(lang)}</b>
                    <span>{t::home_whistle_hint(lang)}</span>
                </a>
                <a class="act" href="/services">
                    {Icon::Paper.draw()}
                    <b>{t::home_services(lang)}</b>
                    <span>{t::home_services_hint(lang)}</span>
                </a>
                <a class="act" href="/track">
                    {Icon::Clock.draw()}
                    <b>{t::home_track(lang)}</b>
                    <span>{t::home_track_hint(lang)}</span>
                </a>
            </section>
            <FigureStrip here=here.clone() figures=view.figures />
            <div class="two">
                <section>
                    <h2>{t::home_latest(lang)}</h2>
                    <CaseCards
                        here=here.clone()
                        cards=view.latest
                        empty_title=t::home_empty_title(lang)
                        empty_text=t::home_empty_text(lang)
                    />
                    <p class="more"><a href="/cases">{t::home_all(lang)}</a></p>
                </section>
                <aside class="card stack">
                    <h2>{t::home_find_community(lang)}</h2>
                    <p class="soft">{t::home_find_community_hint(lang)}</p>
                    <SearchBox
                        lang action="/communities" label=t::communities_search(lang)
                        placeholder=t::communities_placeholder(lang) id="community" quiet=true
                    />
                    <p><a href="/communities">{t::communities_all(lang)}</a></p>
                </aside>
            </div>
        </Page>
    }
    .into_any()
}

/// What came of the handled ones, each result apart.
fn results(lang: Lang, figures: &Figures) -> String {
    let came = figures.results;
    let parts: Vec<String> = [
        (words::outcome(lang, Outcome::Solved), came.solved),
        (
            words::outcome(lang, Outcome::PartlySolved),
            came.partly_solved,
        ),
        (
            words::outcome(lang, Outcome::LawfullyRefused),
            came.lawfully_refused,
        ),
        (words::outcome(lang, Outcome::NotFound), came.not_found),
        (t::home_untrue(lang), came.untrue),
        (t::home_other_result(lang), came.other),
    ]
    .into_iter()
    .map(|(what, cases)| t::home_result(lang, format::grouped(cases), what))
    .collect();
    t::home_results(lang, words::list(lang, &parts))
}

/// How the time limits came out, of those that are settled, and what is overdue beside them.
fn limits(lang: Lang, figures: &Figures) -> String {
    t::home_limits(
        lang,
        format::grouped(figures.late),
        format::grouped(figures.on_time),
        format::grouped(figures.overdue),
        format::grouped(figures.on_time + figures.late),
    )
}

/// Filed, handled, late and judged: each with what it is a part of.
#[component]
pub fn FigureStrip(here: Here, figures: Figures) -> impl IntoView {
    let lang = here.lang();
    if figures.filed == 0 {
        return view! {
            <section class="figures">
                <h2>{t::home_figures(lang)}</h2>
                <p>{t::home_no_figures(lang)}</p>
            </section>
        }
        .into_any();
    }
    let filed = format::grouped(figures.filed);
    let handled = format::grouped(figures.handled);
    let said = figures.fixed + figures.not_fixed;
    let since = figures
        .since
        .map(|since| t::home_filed_since(lang, format::day(lang, &here.site.time, since)));
    let per_cent = |part, whole| format::percent(part, whole).unwrap_or_else(|| "–".to_owned());
    view! {
        <section class="figures" aria-labelledby="figures">
            <h2 id="figures">
                {t::home_figures(lang)} " · "
                <time datetime=format::machine(&here.site.time, figures.as_of)>
                    {format::moment(lang, &here.site.time, figures.as_of)}
                </time>
            </h2>
            <ul class="strip" role="list">
                <Figure value=filed.clone() label=t::home_filed(lang) missing=since.unwrap_or_default() />
                <Figure
                    value=per_cent(figures.handled, figures.filed)
                    unit="%"
                    label=t::home_handled(lang, &filed, &handled)
                    missing=t::home_open(lang, figures.open)
                />
                <Figure
                    value=per_cent(figures.linked, figures.filed)
                    unit="%"
                    label=t::home_linked(lang, &filed, format::grouped(figures.linked))
                />
                <Figure
                    value=per_cent(figures.fixed, said)
                    unit=if said == 0 { "" } else { "%" }
                    label=t::home_verdict(
                        lang,
                        format::grouped(said),
                        format::grouped(figures.fixed),
                    )
                    missing=t::home_silent(lang, figures.silent)
                />
            </ul>
            <p class="soft small">{results(lang, &figures)}</p>
            <p class="soft small">{limits(lang, &figures)}</p>
            <p class="small">
                <a href="/help/metrics">{t::home_how(lang)}</a>
            </p>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::samples;

    #[test]
    fn a_reasoned_no_stands_apart_from_what_was_solved() {
        let figures = samples::figures();
        assert_eq!(
            results(Lang::ZhHans, &figures),
            "办完的里面：办好了 7,016、办好了一部分 402、依法不能办 187、到场没有发现 121、查过不属实 64、其他结果 39。"
        );
        let came = figures.results;
        let together = came.solved
            + came.partly_solved
            + came.lawfully_refused
            + came.not_found
            + came.untrue
            + came.other;
        assert_eq!(together, figures.handled);
    }

    /// A city that never finishes anything must not look punctual.
    #[test]
    fn time_limits_have_their_own_denominator_and_name_what_is_overdue() {
        let figures = samples::figures();
        assert_ne!(figures.on_time + figures.late, figures.handled);
        assert_eq!(
            limits(Lang::ZhHans, &figures),
            "期限已了结的 7,640 件里：按时 7,112，超时 528。另有 96 件已经超时、还没办完。"
        );
        let idle = Figures {
            filed: 40,
            overdue: 40,
            ..Figures::default()
        };
        assert_eq!(
            limits(Lang::En, &idle),
            "Of 0 whose time limit is settled: in time 0, late 0. Another 40 are overdue and not done."
        );
    }
}
