//! `/desk/bulletin`: what a week came to, as a document to be printed. 周报

use casework::supervision::{
    Bulletin, CommunityRow, Counts, OfficeRow, Promises, ReturnRow, Sample,
};
use domain::{
    lang::Lang,
    time::{Week, date_text},
};
use leptos::prelude::*;

use super::supervision::{sample_part, week_name};
use crate::{
    format,
    here::Here,
    parts::{Breadcrumb, DeskBar, Page},
    texts::t,
    words,
};

/// Communities in the table; the others had less put on them.
const COMMUNITIES: usize = 30;

/// `/desk/bulletin`
#[component]
pub fn BulletinPage(here: Here, bar: DeskBar, bulletin: Bulletin, sample: Sample) -> impl IntoView {
    let lang = here.lang();
    let title = week_name(lang, bulletin.week);
    let made = format::moment(lang, &here.site.time, bulletin.at);
    let crumbs = vec![(
        "/desk/audit".to_owned(),
        t::supervision_title(lang).to_owned(),
    )];
    let before = week_link(t::bulletin_before(lang), bulletin.week.before());
    // After the week that is under way there is none yet.
    let after =
        (!bulletin.under_way).then(|| week_link(t::bulletin_after(lang), bulletin.week.after()));
    let came = |row: &OfficeRow| row.report_in.due() > 0;
    let absent: Vec<OfficeRow> = bulletin
        .offices
        .iter()
        .filter(|row| came(row))
        .cloned()
        .collect();
    view! {
        <Page here=here.clone() title=t::bulletin_title(lang) desk=bar unlisted=true>
            <Breadcrumb lang links=crumbs />
            <article class="stack document">
                <header>
                    <p class="soft">{here.site.city.get(lang).to_owned()}</p>
                    <h1>{t::bulletin_title(lang)}</h1>
                    <p><b>{title}</b></p>
                    <p class="small soft">{t::bulletin_made(lang, made)}</p>
                    {bulletin.under_way.then(|| view! { <p class="small">{t::bulletin_not_over(lang)}</p> })}
                </header>
                {happened(lang, &bulletin.counts)}
                {stages(lang, &bulletin)}
                {offices(lang, t::bulletin_came(lang), t::bulletin_came_note(lang), &absent, |row| row.report_in)}
                {offices(lang, t::bulletin_offices(lang), t::bulletin_offices_note(lang), &bulletin.offices, |row| row.promises)}
                {returns(lang, &bulletin.returns)}
                {communities(lang, &bulletin.communities)}
                {sample_part(lang, &sample)}
                <p class="small soft">{t::bulletin_words(lang)}</p>
            </article>
            <p class="noprint after">{before}{after}</p>
        </Page>
    }
    .into_any()
}

fn week_link(text: &'static str, week: Week) -> AnyView {
    let href = format!("/desk/bulletin?week={}", date_text(week.monday()));
    view! { <a href=href>{text}</a> }.into_any()
}

/// What happened, each step as a count.
fn happened(lang: Lang, counts: &Counts) -> AnyView {
    let rated: u64 = counts.stars.iter().sum();
    let content: u64 = counts.stars[3..].iter().sum();
    let rejected: u64 = counts.rejected.iter().map(|(_, n)| n).sum();
    let mut lines = vec![
        t::bulletin_told(lang, counts.found, counts.tasks, counts.told),
        t::bulletin_calls(lang, counts.called, counts.calls, counts.reported_in),
        t::bulletin_returns(
            lang,
            counts.returns_asked,
            counts.assigned,
            counts.returns_refused,
            counts.returns_upheld,
        ),
        t::bulletin_results(lang, counts.sent_back, counts.resolved),
        t::bulletin_said(lang, counts.fixed, counts.not_fixed),
        t::bulletin_rated(lang, content, rated),
        t::bulletin_urged(lang, counts.gone_up, counts.urged),
        t::bulletin_demands(lang, counts.answered, counts.demands),
        t::bulletin_more_time(lang, counts.extensions_asked, counts.extensions_granted),
        t::bulletin_elsewhere(lang, counts.parked, counts.transferred),
    ];
    if rejected > 0 {
        let grounds: Vec<String> = counts
            .rejected
            .iter()
            .map(|(ground, n)| format!("{} {n}", words::ground(lang, *ground)))
            .collect();
        lines.push(t::bulletin_rejected(
            lang,
            words::list(lang, &grounds),
            rejected,
        ));
    }
    let lines: Vec<_> = lines
        .into_iter()
        .map(|line| view! { <li>{line}</li> })
        .collect();
    view! {
        <section>
            <h2>{t::bulletin_happened(lang)}</h2>
            <ul>{lines}</ul>
        </section>
    }
    .into_any()
}

/// The cells of promises: due, kept, late, missed, and the share kept.
fn cells(promises: Promises) -> AnyView {
    let share = format::percent(promises.kept, promises.due());
    let share = share.map_or_else(|| "–".to_owned(), |share| format!("{share}%"));
    let number = |n: u64| view! { <td class="number">{format::grouped(n)}</td> };
    view! {
        {number(promises.due())}
        {number(promises.kept)}
        {number(promises.late)}
        {number(promises.missed)}
        <td class="number">{share}</td>
    }
    .into_any()
}

fn heads(lang: Lang) -> AnyView {
    let heads = [
        t::bulletin_due(lang),
        t::bulletin_kept(lang),
        t::bulletin_late(lang),
        t::bulletin_missed(lang),
        t::bulletin_share(lang),
    ]
    .map(|head| view! { <th scope="col" class="number">{head}</th> });
    heads.to_vec().into_any()
}

/// A table with a name, which scrolls by itself where it is wider than the page.
fn table(title: &'static str, note: String, head: AnyView, rows: Vec<AnyView>) -> AnyView {
    view! {
        <section>
            <h2>{title}</h2>
            <p class="small soft">{note}</p>
            <div class="table" tabindex="0" role="region" aria-label=title>
                <table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>
            </div>
        </section>
    }
    .into_any()
}

fn stages(lang: Lang, bulletin: &Bulletin) -> AnyView {
    let rows: Vec<_> = bulletin
        .stages
        .iter()
        .map(|(stage, promises)| {
            view! { <tr><th scope="row">{words::stage(lang, *stage)}</th>{cells(*promises)}</tr> }
                .into_any()
        })
        .collect();
    let head = view! { <th scope="col">{t::bulletin_stage(lang)}</th>{heads(lang)} }.into_any();
    table(
        t::bulletin_promises(lang),
        t::bulletin_promises_note(lang).to_owned(),
        head,
        rows,
    )
}

fn offices(
    lang: Lang,
    title: &'static str,
    note: &'static str,
    rows: &[OfficeRow],
    of: impl Fn(&OfficeRow) -> Promises,
) -> Option<AnyView> {
    if rows.is_empty() {
        return None;
    }
    let rows: Vec<_> = rows
        .iter()
        .map(|row| {
            view! { <tr><th scope="row">{row.office.clone()}</th>{cells(of(row))}</tr> }.into_any()
        })
        .collect();
    let head = view! { <th scope="col">{t::bulletin_office(lang)}</th>{heads(lang)} }.into_any();
    Some(table(title, note.to_owned(), head, rows))
}

/// Whose calls went to units whose work it was not.
fn returns(lang: Lang, all: &[ReturnRow]) -> Option<AnyView> {
    if all.is_empty() {
        return None;
    }
    let rows: Vec<_> = all
        .iter()
        .map(|row| {
            let number = |n: u64| view! { <td class="number">{format::grouped(n)}</td> };
            view! {
                <tr>
                    <th scope="row">{row.office.clone()}</th>
                    {number(row.returns.asked)}
                    {number(row.returns.upheld)}
                    {number(row.returns.refused)}
                </tr>
            }
            .into_any()
        })
        .collect();
    let head = view! {
        <th scope="col">{t::bulletin_caller(lang)}</th>
        <th scope="col" class="number">{t::bulletin_return_asked(lang)}</th>
        <th scope="col" class="number">{t::bulletin_return_upheld(lang)}</th>
        <th scope="col" class="number">{t::bulletin_return_refused(lang)}</th>
    }
    .into_any();
    let note = t::bulletin_returned_note(lang).to_owned();
    Some(table(t::bulletin_returned(lang), note, head, rows))
}

fn communities(lang: Lang, all: &[CommunityRow]) -> Option<AnyView> {
    if all.is_empty() {
        return None;
    }
    let rows: Vec<_> = all
        .iter()
        .take(COMMUNITIES)
        .map(|row| {
            let number = |n: u64| view! { <td class="number">{format::grouped(n)}</td> };
            view! {
                <tr>
                    <th scope="row">{row.community.clone()}</th>
                    {number(row.filed)}
                    {number(row.from_above)}
                    {number(row.called)}
                    {cells(row.promises)}
                </tr>
            }
            .into_any()
        })
        .collect();
    let shown = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    let count = u64::try_from(all.len()).unwrap_or(u64::MAX);
    let head = view! {
        <th scope="col">{t::bulletin_community(lang)}</th>
        <th scope="col" class="number">{t::bulletin_filed(lang)}</th>
        <th scope="col" class="number">{t::bulletin_from_above(lang)}</th>
        <th scope="col" class="number">{t::bulletin_called(lang)}</th>
        {heads(lang)}
    }
    .into_any();
    let order = if all.iter().any(|row| row.from_above > 0) {
        t::bulletin_burden_note(lang)
    } else {
        t::bulletin_burden_none(lang)
    };
    let first = (shown < count).then(|| t::bulletin_burden_first(lang, count, shown));
    let note = first.map_or_else(|| order.to_owned(), |first| format!("{first} {order}"));
    Some(table(t::bulletin_burden(lang), note, head, rows))
}
