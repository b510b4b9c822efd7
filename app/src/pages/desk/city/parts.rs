//! The parts of the city as they are read.

use casework::city::{
    AreaView, CategoryLine, ChangeLine, DutyLine, HoursLine, OverlayView, PolicyLine, When,
};
use domain::{area::AreaKind, city::change::Topic, ids::CategoryCode, lang::Lang};
use leptos::prelude::*;

use super::{CityShown, CityView, form};
use crate::{
    explain, format,
    here::Here,
    parts::Callout,
    texts::t,
    words::{self, city as said},
};

/// Lines of a long list that are shown.
const LINES: usize = 60;

pub(super) fn shown(here: &Here, view: &CityView) -> AnyView {
    let may = view.may;
    match &view.shown {
        CityShown::Changes(lines, findings) => changes(here, lines, findings),
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

fn changes(here: &Here, lines: &[ChangeLine], findings: &[String]) -> AnyView {
    let lang = here.lang();
    let n = u64::try_from(findings.len()).unwrap_or(u64::MAX);
    let found: Vec<_> = findings
        .iter()
        .map(|finding| view! { <li>{finding.clone()}</li> })
        .collect();
    let state = if found.is_empty() {
        view! { <p class="soft">{t::city_sound(lang)}</p> }.into_any()
    } else {
        view! {
            <Callout kind="late" title=t::city_unsound(lang, n)><ul class="each">{found}</ul></Callout>
        }
        .into_any()
    };
    let of = |when: When| -> Vec<AnyView> {
        let wanted = lines.iter().filter(|line| line.when == when);
        wanted.map(|line| change(here, line)).collect()
    };
    let section = |title: &'static str, lines: Vec<AnyView>| {
        (!lines.is_empty()).then(|| {
            view! {
                <section>
                    <h2>{title}</h2>
                    <ol class="rows changes">{lines}</ol>
                </section>
            }
        })
    };
    let mut coming = of(When::Coming);
    // What comes next stands first.
    coming.reverse();
    let none = lines.is_empty();
    view! {
        <p class="soft">{t::city_intro(lang)}</p>
        {state}
        {none.then(|| view! { <p>{t::city_no_changes(lang)}</p> })}
        {section(t::city_coming(lang), coming)}
        {section(t::city_begun(lang), of(When::Begun))}
        {section(t::city_taken_back(lang), of(When::TakenBack))}
    }
    .into_any()
}

fn change(here: &Here, line: &ChangeLine) -> AnyView {
    let (lang, time) = (here.lang(), &here.site.time);
    let by = line.by.clone();
    let by = by.unwrap_or_else(|| t::city_somebody(lang).to_owned());
    let note = t::city_by(lang, by, &line.reason, format::moment(lang, time, line.at));
    let back = form_address(Topic::TakeBack, &line.number.to_string());
    let fields: Vec<_> = line
        .fields
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(field, value)| view! { <li>{t::city_named(lang, said::field(lang, field), value)}</li> })
        .collect();
    let sentence = said::change(lang, line);
    let take_back = t::city_named(lang, t::city_take_back(lang), sentence.as_str());
    view! {
        <li>
            <p>
                <span class="tag">{t::city_from(lang, format::day(lang, time, line.from))}</span>" "
                <b>{sentence}</b>
            </p>
            <p class="soft">{format!("#{} · {note}", line.number)}</p>
            {(!fields.is_empty()).then(|| view! {
                <details class="fold small-fold">
                    <summary>{t::city_content(lang)}</summary>
                    <ul class="body plain">{fields}</ul>
                </details>
            })}
            {line.may_take_back.then(|| view! {
                <p><a class="btn quiet" href=back aria-label=take_back>{t::city_take_back(lang)}</a></p>
            })}
        </li>
    }
    .into_any()
}

fn area(here: &Here, may: bool, area: &AreaView, coming: &[ChangeLine]) -> AnyView {
    let (lang, time) = (here.lang(), &here.site.time);
    let above: Vec<_> = area
        .above
        .iter()
        .map(|(code, name)| {
            let href = format!("/desk/city?part=areas&of={code}");
            view! { <a href=href>{name.clone()}</a>" › " }
        })
        .collect();
    let inside: Vec<_> = area
        .inside
        .iter()
        .map(|(code, name, count)| {
            let href = format!("/desk/city?part=areas&of={code}");
            let count = u64::try_from(*count).unwrap_or(u64::MAX);
            view! {
                <li>
                    <a href=href>{name.clone()}</a>
                    {(count > 0).then(|| view! {
                        " "<span class="soft">{t::city_inside(lang, count)}</span>
                    })}
                </li>
            }
        })
        .collect();
    let none = inside.is_empty();
    let topics: &[Topic] = match area.kind {
        AreaKind::City => &[Topic::AddArea],
        AreaKind::Unit => &[
            Topic::RenameArea,
            Topic::SplitArea,
            Topic::MergeAreas,
            Topic::AddArea,
            Topic::SetOffice,
            Topic::SetHours,
        ],
        AreaKind::Community => &[
            Topic::RenameArea,
            Topic::MoveArea,
            Topic::SplitArea,
            Topic::MergeAreas,
            Topic::AddArea,
            Topic::SetOffice,
            Topic::SetHours,
        ],
        AreaKind::Grid => &[
            Topic::RenameArea,
            Topic::MoveArea,
            Topic::SplitArea,
            Topic::MergeAreas,
            Topic::AddArea,
        ],
        AreaKind::MicroGrid => &[Topic::RenameArea, Topic::MoveArea, Topic::MergeAreas],
    };
    let ends = area.ends.as_ref().map(|(end, heir)| {
        let heir = heir.clone().unwrap_or_default();
        t::city_ends(lang, format::day(lang, time, *end), heir)
    });
    let office = area.contact.as_ref().map(|contact| {
        let lines = [
            contact.phone.clone(),
            contact.address.get(lang).to_owned(),
            contact.hours_note.get(lang).to_owned(),
        ];
        let lines = lines.map(|line| view! { <li>{line}</li> });
        view! { <h3>{t::city_office(lang)}</h3><ul class="plain">{lines.to_vec()}</ul> }
    });
    let week = hour_lines(lang, &area.hours);
    let whose = match area.kind {
        AreaKind::City => "",
        _ if area.own_hours => t::city_hours_own(lang),
        _ => t::city_hours_above(lang),
    };
    view! {
        <section class="stack">
            <p class="soft">{above}</p>
            <h2>{area.name.clone()}</h2>
            <p class="soft">
                {t::city_code(lang, area.code.as_str())}" · "
                {t::city_since(lang, format::day(lang, time, area.since))}
                {(!area.formerly.is_empty()).then(|| {
                    format!(" · {}", t::city_formerly(lang, area.formerly.join("、")))
                })}
            </p>
            {ends.map(|text| view! { <Callout kind="wait"><p>{text}</p></Callout> })}
            {office}
            <h3>{t::city_hours(lang)}" "<span class="soft">{whose}</span></h3>
            {week}
        </section>
        {(!coming.is_empty()).then(|| {
            let lines: Vec<_> = coming.iter().map(|line| change(here, line)).collect();
            view! {
                <section>
                    <h2>{t::city_coming(lang)}</h2>
                    <ol class="rows changes">{lines}</ol>
                </section>
            }
        })}
        {actions(lang, may, area.code.as_str(), topics)}
        <section>
            <h2>{t::city_tab_areas(lang)}</h2>
            {if none {
                view! { <p class="soft">{t::city_nothing_inside(lang)}</p> }.into_any()
            } else {
                view! { <ul class="rows">{inside}</ul> }.into_any()
            }}
        </section>
    }
    .into_any()
}

fn hour_lines(lang: Lang, of: &domain::clock::ServiceHours) -> AnyView {
    let lines: Vec<_> = said::hours(lang, of)
        .into_iter()
        .map(|line| view! { <li>{line}</li> })
        .collect();
    view! { <ul class="plain">{lines}</ul> }.into_any()
}

fn categories(
    here: &Here,
    may: bool,
    groups: &[(CategoryCode, String, Vec<CategoryLine>)],
) -> AnyView {
    let lang = here.lang();
    let groups: Vec<_> = groups
        .iter()
        .map(|(code, name, lines)| {
            let rows: Vec<_> = lines
                .iter()
                .map(|line| {
                    let href = format!("/desk/city?part=categories&of={}", line.code);
                    view! {
                        <li>
                            <a href=href>{line.name.clone()}</a>
                            {line.closed.then(|| view! {
                                " "<span class="tag wait">{t::city_closed(lang)}</span>
                            })}
                            <span class="soft">
                                {t::city_lead(lang, &line.lead)}" · "
                                {t::city_clocks_of(lang, &line.policy)}
                            </span>
                        </li>
                    }
                })
                .collect();
            let add = form_address(Topic::AddCategory, code.as_str());
            view! {
                <details class="fold">
                    <summary>
                        <span>{name.clone()}" "<span class="soft">{lines.len()}</span></span>
                    </summary>
                    <div class="body">
                        <ul class="rows">{rows}</ul>
                        {may.then(|| view! {
                            <p><a class="btn quiet" href=add>{t::city_new_category(lang)}</a></p>
                        })}
                    </div>
                </details>
            }
        })
        .collect();
    view! { <div class="stack">{groups}</div> }.into_any()
}

fn category(here: &Here, may: bool, line: &CategoryLine, duties: &[DutyLine]) -> AnyView {
    let (lang, time) = (here.lang(), &here.site.time);
    let day = |at| format::day(lang, time, at);
    let rows: Vec<_> = duties
        .iter()
        .map(|duty| {
            let when = match duty.until {
                Some(until) => t::city_duty_until(lang, day(duty.from), day(until)),
                None => t::city_duty_from(lang, day(duty.from)),
            };
            let supports = duty.supports.join("、");
            let areas = duty.areas.join("、");
            let replace = form_address(Topic::SetDuty, duty.code.as_str());
            let end = form_address(Topic::EndDuty, duty.code.as_str());
            view! {
                <li>
                    <p><b>{duty.situation.clone()}</b></p>
                    <p>
                        {t::city_lead(lang, &duty.lead)}
                        {(!supports.is_empty()).then(|| {
                            format!(" · {}", t::city_supports(lang, supports))
                        })}
                    </p>
                    <p class="soft">
                        {t::city_code(lang, duty.code.as_str())}" · "{when}" · "
                        {t::city_basis(lang, &duty.basis)}
                        {(!areas.is_empty()).then(|| {
                            format!(" · {}", t::city_only_in(lang, areas))
                        })}
                    </p>
                    {(may && duty.until.is_none()).then(|| view! {
                        <p class="btns">
                            <a class="btn quiet" href=replace>{t::city_replace_duty(lang)}</a>
                            <a class="btn quiet" href=end>{said::topic(lang, Topic::EndDuty)}</a>
                        </p>
                    })}
                </li>
            }
        })
        .collect();
    let none = rows.is_empty();
    let new_duty = format!(
        "{}&category={}",
        form_address(Topic::SetDuty, ""),
        line.code
    );
    view! {
        <section class="stack">
            <h2>
                {line.name.clone()}
                {line.closed.then(|| view! { " "<span class="tag wait">{t::city_closed(lang)}</span> })}
            </h2>
            <p>{line.plain.clone()}</p>
            <p class="soft">
                {t::city_code(lang, line.code.as_str())}" · "{t::city_lead(lang, &line.lead)}" · "
                {t::city_clocks_of(lang, &line.policy)}" · "
                {words::visibility(lang, line.visibility)}
            </p>
        </section>
        {actions(lang, may, line.code.as_str(), &[Topic::SetCategory, Topic::OpenCategory])}
        <section class="stack">
            <h2>{t::city_duties(lang)}</h2>
            {if none {
                view! { <p>{t::city_no_duties(lang)}</p> }.into_any()
            } else {
                view! { <ol class="rows">{rows}</ol> }.into_any()
            }}
            {may.then(|| view! {
                <p><a class="btn quiet" href=new_duty>{t::city_new_duty(lang)}</a></p>
            })}
        </section>
    }
    .into_any()
}

fn clocks(here: &Here, may: bool, lines: &[PolicyLine]) -> AnyView {
    let lang = here.lang();
    let rows: Vec<_> = lines
        .iter()
        .map(|line| {
            let limits: Vec<_> = line
                .limits
                .iter()
                .map(|(stage, limit)| {
                    view! {
                        <li>
                            {words::stage(lang, *stage)}" "<b>{explain::limit(lang, *limit)}</b>
                        </li>
                    }
                })
                .collect();
            let used = u64::try_from(line.used).unwrap_or(u64::MAX);
            let href = form_address(Topic::SetClocks, line.code.as_str());
            view! {
                <details class="fold">
                    <summary>
                        <span>
                            {line.name.clone()}" "
                            <span class="soft">{t::city_used(lang, used)}</span>
                        </span>
                    </summary>
                    <div class="body stack">
                        <ul class="plain">{limits}</ul>
                        {line.staffed_only.then(|| view! { <p>{t::city_staffed(lang)}</p> })}
                        <p class="soft">
                            {t::city_code(lang, line.code.as_str())}" · "
                            {t::city_basis(lang, &line.basis)}
                        </p>
                        {may.then(|| view! {
                            <p><a class="btn quiet" href=href>{said::topic(lang, Topic::SetClocks)}</a></p>
                        })}
                    </div>
                </details>
            }
        })
        .collect();
    let new_policy = form_address(Topic::SetClocks, "");
    view! {
        <div class="stack">{rows}</div>
        {may.then(|| view! {
            <p><a class="btn quiet" href=new_policy>{t::city_new_policy(lang)}</a></p>
        })}
    }
    .into_any()
}

fn hours(here: &Here, may: bool, lines: &[HoursLine]) -> AnyView {
    let lang = here.lang();
    let rows: Vec<_> = lines
        .iter()
        .map(|line| {
            let of = line.area.as_ref().map_or("", AsRef::as_ref);
            let href = form_address(Topic::SetHours, of);
            view! {
                <section class="stack">
                    <h2>{line.name.clone()}</h2>
                    {hour_lines(lang, &line.hours)}
                    {may.then(|| view! {
                        <p><a class="btn quiet" href=href>{said::topic(lang, Topic::SetHours)}</a></p>
                    })}
                </section>
            }
        })
        .collect();
    view! { <div class="stack">{rows}</div> }.into_any()
}

fn grids(here: &Here, may: bool, lines: &[OverlayView]) -> AnyView {
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
