//! A clock's arithmetic in sentences.

use casework::views::ClockStory;
use domain::{
    calendar::DayOff,
    clock::{Limit, SkippedDay},
    lang::Lang,
};

use crate::{format, here::Here, texts::t, words};

/// A limit as people say it: `4 天`, `5 个工作日`.
pub fn limit(lang: Lang, limit: Limit) -> String {
    match limit {
        Limit::Minutes(n) => t::span_minutes(lang, u64::from(n)),
        Limit::Hours(n) => t::span_hours(lang, u64::from(n)),
        Limit::Days(n) => t::limit_days(lang, u64::from(n)),
        Limit::ServiceMinutes(n) if n > 0 && n.is_multiple_of(60) => {
            t::limit_service_hours(lang, u64::from(n / 60))
        }
        Limit::ServiceMinutes(n) => t::limit_service(lang, u64::from(n)),
        Limit::CalendarDays(n) => t::limit_calendar_days(lang, u64::from(n)),
        Limit::WorkingDays(n) => t::limit_working_days(lang, u64::from(n)),
        Limit::CalendarDaysToClose(n) => t::limit_calendar_days_close(lang, u64::from(n)),
        Limit::WorkingDaysToClose(n) => t::limit_working_days_close(lang, u64::from(n)),
        Limit::Date => t::limit_date(lang).to_owned(),
    }
}

/// How the due instant came about, one step a sentence.
pub fn sentences(here: &Here, story: &ClockStory) -> Vec<String> {
    let lang = here.lang();
    let time = &here.site.time;
    let why = &story.explanation;
    let base = why.started;
    let end = |at| format::due_beside(lang, time, at, base);
    let mut steps = vec![t::explain_start(
        lang,
        limit(lang, story.limit),
        format::moment(lang, time, why.started),
    )];
    if let Some(first) = why.first_day {
        steps.push(t::explain_first_day(lang, format::date(lang, first)));
    }
    if !why.skipped.is_empty() {
        let days: Vec<String> = why.skipped.iter().map(|day| skipped(lang, day)).collect();
        steps.push(t::explain_skipped(lang, words::list(lang, &days)));
    }
    if !why.made_up.is_empty() {
        let days: Vec<String> = why
            .made_up
            .iter()
            .map(|day| format::date(lang, *day))
            .collect();
        steps.push(t::explain_made_up(lang, words::list(lang, &days)));
    }
    if let Some(last) = why.last_day {
        let last = format::date(lang, last);
        steps.push(if why.ends_at_close(time) {
            t::explain_last_day_close(lang, last)
        } else {
            t::explain_last_day(lang, last)
        });
    }
    if why.paused.millis() > 0 {
        steps.push(t::explain_paused(lang, format::span(lang, why.paused)));
    }
    if why.extended {
        steps.push(t::explain_extended(lang, end(why.first_due)));
    }
    steps.push(t::explain_due(lang, end(why.due)));
    if why.provisional {
        steps.push(t::explain_provisional(lang).to_owned());
    }
    if story.line.stopped.is_some() {
        let gross = format::span(lang, story.gross);
        steps.push(if story.gross == story.net {
            t::explain_took(lang, gross)
        } else {
            t::explain_took_net(lang, gross, format::span(lang, story.net))
        });
    }
    steps
}

fn skipped(lang: Lang, day: &SkippedDay) -> String {
    let date = format::date(lang, day.date);
    let why = match &day.why {
        DayOff::Weekend => t::day_weekend(lang),
        DayOff::Holiday(name) => match name.as_str() {
            "New Year's Day" => t::day_new_year(lang),
            "Spring Festival" => t::day_spring_festival(lang),
            "Tomb-sweeping Day" => t::day_tomb_sweeping(lang),
            "Labour Day" => t::day_labour(lang),
            "Dragon Boat Festival" => t::day_dragon_boat(lang),
            "Mid-autumn Festival" => t::day_mid_autumn(lang),
            "National Day" => t::day_national(lang),
            _ => t::day_holiday(lang),
        },
    };
    t::explain_day(lang, date, why)
}
