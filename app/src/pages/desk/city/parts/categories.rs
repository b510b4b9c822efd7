//! Categories, and who is to see to them.

use casework::city::{CategoryLine, DutyLine};
use domain::{city::change::Topic, ids::CategoryCode};
use leptos::prelude::*;

use super::{actions, form_address};
use crate::{
    format,
    here::Here,
    texts::t,
    words::{self, city as said},
};

/// The categories, by group.
pub(super) fn categories(
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

/// A category with its duties.
pub(super) fn category(
    here: &Here,
    may: bool,
    line: &CategoryLine,
    duties: &[DutyLine],
) -> AnyView {
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
                view! { <ol class="rows tall">{rows}</ol> }.into_any()
            }}
            {may.then(|| view! {
                <p><a class="btn quiet" href=new_duty>{t::city_new_duty(lang)}</a></p>
            })}
        </section>
    }
    .into_any()
}
