//! `/desk`: the worklist, what runs out first first.

use casework::{
    views::{Choice, ClockLine, Total},
    worklist::{List, WorkLine, Worklist},
};
use domain::{
    lang::Lang,
    time::{Millis, Timestamp},
    verb::Verb,
};
use leptos::prelude::*;

use super::{
    fields::{Spot, plain, select},
    keys::{KeyList, KeysOf},
    live::{LiveDesk, PartsAlone},
    looked::looked_back,
};
use crate::{
    format,
    here::Here,
    islands::{NEAR, NearMe, NearWords},
    parts::{
        Breadcrumb, Callout, DeskBar, EmptyState, ErrorSummary, Hidden, Icon, Page, Pagination,
        StateTag, SubmitButton, SummaryItem, TextArea,
    },
    texts::t,
    tongue,
    words::{self, staff},
};

/// What can be done to several cases at once.
const TOGETHER: [Verb; 7] = [
    Verb::Accept,
    Verb::Take,
    Verb::Call,
    Verb::HandOver,
    Verb::Update,
    Verb::Note,
    Verb::Close,
];

/// What became of several cases that were to be done together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bulk {
    /// How many went through.
    pub done: u64,
    /// The numbers of those that did not, and why.
    pub failed: Vec<(String, String)>,
    /// What was wrong with the form.
    pub fault: Option<(&'static str, String)>,
    /// The verb as chosen.
    pub verb: Option<Verb>,
    /// The text as typed.
    pub text: String,
    /// To whom they are given, as chosen.
    pub to: String,
    /// Who can be chosen; asked once they are to be given to somebody.
    pub colleagues: Vec<Choice>,
    /// The cases as picked: number and version.
    pub picked: Vec<String>,
}

impl Bulk {
    /// Whether something is picked still, to be tried again.
    fn is_kept(&self) -> bool {
        self.fault.is_some() || !self.failed.is_empty()
    }
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct WorkView {
    /// The list.
    pub list: Worklist,
    /// The time.
    pub now: Timestamp,
    /// What was just done to one that is not here any more.
    pub done: Option<Verb>,
    /// What was just done to several.
    pub bulk: Option<Bulk>,
    /// Saved filters: name and query.
    pub saved: Vec<(String, String)>,
    /// Nobody has appointed them: an empty list would say that there is nothing to do.
    pub no_office: bool,
}

/// What is near a place.
#[derive(Clone, Debug)]
pub struct NearView {
    /// What was typed, or filled in by the device.
    pub typed: [String; 2],
    /// It is no place.
    pub fault: bool,
    /// The cases with their distance in metres, the nearest first.
    pub lines: Vec<(WorkLine, u32)>,
    /// The time.
    pub now: Timestamp,
}

/// `POST /desk` with a place: no address holds where somebody stands.
#[component]
pub fn NearPage(here: Here, bar: DeskBar, shown: NearView) -> impl IntoView {
    let lang = here.lang();
    let lines: Vec<_> = shown
        .lines
        .iter()
        .map(|(line, metres)| item(&here, line, shown.now, None, Some(*metres)))
        .collect();
    let empty = lines.is_empty() && !shown.fault;
    let items: Vec<SummaryItem> = shown
        .fault
        .then(|| SummaryItem {
            field: "lat".to_owned(),
            text: t::near_fault(lang).to_owned(),
        })
        .into_iter()
        .collect();
    let bad = u64::try_from(items.len()).unwrap_or(u64::MAX);
    let crumbs = vec![("/desk".to_owned(), t::desk_title(lang).to_owned())];
    view! {
        <Page here=here.clone() title=t::near_title(lang) desk=bar unlisted=true>
            <Breadcrumb lang links=crumbs />
            <h1>{t::near_title(lang)}</h1>
            <ErrorSummary title=t::error_title(lang, bad) items />
            {near_form(lang, &shown.typed, shown.fault)}
            {if empty {
                view! { <EmptyState title=t::desk_empty(lang)><p>{t::near_none(lang)}</p></EmptyState> }.into_any()
            } else {
                view! { <ul class="list">{lines}</ul> }.into_any()
            }}
        </Page>
    }
    .into_any()
}

/// Asks for what is near: a device fills its position in, and without scripts one types it.
fn near_form(lang: Lang, typed: &[String; 2], fault: bool) -> AnyView {
    let words = NearWords {
        ask: t::near_button(lang).to_owned(),
        asking: t::near_asking(lang).to_owned(),
        denied: t::near_denied(lang).to_owned(),
        failed: t::near_failed(lang).to_owned(),
    };
    let [lat, lng] = typed.clone();
    let class = if fault { "field bad" } else { "field" };
    view! {
        <div id=NEAR class="noprint" data-words=words.sent()></div>
        <NearMe />
        <details class="fold small-fold" open=fault>
            <summary>{t::near_by_hand(lang)}</summary>
            <form method="post" action="/desk" class="filters body" id="near-form" novalidate>
                <div class=class>
                    <label for="lat">{t::near_lat(lang)}</label>
                    {fault.then(|| view! { <p class="error" id="lat-error">{t::near_fault(lang)}</p> })}
                    <input
                        class="input short" id="lat" name="lat" type="text" inputmode="decimal" maxlength="20"
                        value=lat autocomplete="off" aria-describedby=fault.then_some("lat-error")
                        aria-invalid=fault.then_some("true")
                    />
                </div>
                <div class="field">
                    <label for="lng">{t::near_lng(lang)}</label>
                    <input
                        class="input short" id="lng" name="lng" type="text" inputmode="decimal" maxlength="20"
                        value=lng autocomplete="off"
                    />
                </div>
                <div class="btns"><SubmitButton text=t::near_search(lang) act="near" quiet=true /></div>
            </form>
        </details>
    }
    .into_any()
}

/// `/desk`
#[component]
pub fn WorkPage(here: Here, bar: DeskBar, shown: WorkView) -> impl IntoView {
    let lang = here.lang();
    let WorkView {
        list,
        now,
        done,
        bulk,
        saved,
        no_office,
    } = shown;
    let items: Vec<SummaryItem> = bulk
        .iter()
        .filter_map(|bulk| bulk.fault.clone())
        .map(|(field, text)| SummaryItem {
            field: field.to_owned(),
            text,
        })
        .collect();
    let bad = u64::try_from(items.len()).unwrap_or(u64::MAX);
    let kept = bulk.as_ref().is_some_and(Bulk::is_kept);
    view! {
        <Page here=here.clone() title=t::desk_title(lang) desk=bar unlisted=true>
            <h1 class="unseen">{t::desk_title(lang)}</h1>
            {no_office.then(|| view! { <Callout kind="wait"><p>{t::me_none(lang)}</p></Callout> })}
            <ListsPart here=here.clone() list=list.clone() />
            <LiveDesk here=here.clone() source="/desk/events" kept />
            {done.map(|verb| view! {
                <Callout kind="done">
                    <p role="status">{t::desk_did(lang, staff::verb(lang, verb))}</p>
                </Callout>
            })}
            {bulk.as_ref().map(|bulk| outcome(lang, bulk))}
            <ErrorSummary title=t::error_title(lang, bad) items />
            {search(lang, &list)}
            {saved_filters(&here, lang, &saved)}
            {near_form(lang, &Default::default(), false)}
            <p class="noprint paper"><a href="/desk/morning">{t::morning_link(lang)}</a></p>
            {looked_back(&here, &list)}
            <LinesPart here list now bulk />
            <KeyList lang of=KeysOf::List />
        </Page>
    }
    .into_any()
}

/// The parts that change by themselves, as a page that stands open fetches them.
#[component]
pub fn WorkParts(here: Here, list: Worklist, now: Timestamp) -> impl IntoView {
    view! {
        <PartsAlone here=here.clone()>
            <ListsPart here=here.clone() list=list.clone() />
            <LinesPart here list now bulk=None />
        </PartsAlone>
    }
    .into_any()
}

#[component]
fn ListsPart(here: Here, list: Worklist) -> impl IntoView {
    view! { <div id="live-lists" data-live>{lists(here.lang(), &list)}</div> }.into_any()
}

#[component]
fn LinesPart(here: Here, list: Worklist, now: Timestamp, bulk: Option<Bulk>) -> impl IntoView {
    let lang = here.lang();
    let asked = list.asked.clone();
    let next = list
        .next
        .as_ref()
        .map(|next| here.address(&[("after", next)]));
    let first = (!asked.after.is_empty()).then(|| here.address(&[("after", "")]));
    let total = match list.total {
        Total::Exactly(n) => t::desk_total(lang, n),
        Total::MoreThan(n) => t::desk_total_more(lang, n),
    };
    let together = here.address(&[]);
    let lines: Vec<_> = list
        .items
        .iter()
        .map(|line| item(&here, line, now, bulk.as_ref(), None))
        .collect();
    let empty = lines.is_empty();
    view! {
        <div id="live-work" data-live data-careful>
            <p class="soft">{total}</p>
            {if empty {
                let text = if asked.list == List::Mine && asked.words.is_empty() {
                    t::desk_empty_mine(lang)
                } else {
                    t::desk_empty_other(lang)
                };
                view! { <EmptyState title=t::desk_empty(lang)><p>{text}</p></EmptyState> }.into_any()
            } else {
                view! {
                    <form method="post" action=together class="work">
                        <ul class="list">{lines}</ul>
                        {do_together(lang, bulk.as_ref())}
                    </form>
                }
                .into_any()
            }}
            <Pagination lang first next />
        </div>
    }
    .into_any()
}

fn lists(lang: Lang, shown: &Worklist) -> AnyView {
    // A search from the first list looks in all of them.
    let everywhere = shown.asked.list == List::Mine && !shown.asked.words.trim().is_empty();
    let count = |list: List| shown.counts.iter().find(|(of, _)| *of == list);
    let links: Vec<_> = List::ALL
        .into_iter()
        // The queues of the city begin on the page of supervision.
        .filter(|list| !List::QUEUES.contains(list) || *list == shown.asked.list)
        .map(|list| {
            let current =
                (list == shown.asked.list && !shown.asked.overdue && !everywhere).then_some("page");
            let number = count(list).map(|(_, total)| words::total(*total));
            view! {
                <a href=format!("/desk?list={}", list.as_str()) aria-current=current>
                    {staff::list(lang, list)}
                    {number.map(|number| view! { " "<b>{number}</b> })}
                </a>
            }
        })
        .collect();
    let overdue = shown.overdue != Total::Exactly(0);
    let current = shown.asked.overdue.then_some("page");
    view! {
        <nav class="tabs" aria-label=t::desk_lists(lang)>
            {overdue.then(|| view! {
                <a class="late" href="/desk?overdue=1" aria-current=current>
                    {t::desk_overdue(lang)}" "<b>{words::total(shown.overdue)}</b>
                </a>
            })}
            {links}
        </nav>
    }
    .into_any()
}

fn search(lang: Lang, shown: &Worklist) -> AnyView {
    let asked = &shown.asked;
    let options = |choices: &[Choice], chosen: &str| -> Vec<AnyView> {
        choices
            .iter()
            .map(|choice| {
                let selected = choice.value == chosen;
                view! { <option value=choice.value.clone() selected=selected>{choice.text.clone()}</option> }
                    .into_any()
            })
            .collect()
    };
    let open = [&asked.words, &asked.area, &asked.category]
        .iter()
        .any(|typed| !typed.is_empty());
    view! {
        <details class="fold narrow-down" open=open>
        <summary>{t::desk_narrow(lang)}</summary>
        <form class="filters body" role="search" aria-label=t::desk_filter(lang) action="/desk" method="get">
            <Hidden name="list" value=asked.list.as_str() />
            {asked.overdue.then(|| view! { <Hidden name="overdue" value="1" /> })}
            <div class="field">
                <label for="q">{t::desk_search(lang)}</label>
                <input
                    class="input" id="q" name="q" type="search" value=asked.words.clone()
                    maxlength="100" autocomplete="off" enterkeyhint="search"
                />
            </div>
            {(!shown.areas.is_empty()).then(|| view! {
                <div class="field">
                    <label for="area">{t::desk_area(lang)}</label>
                    <select class="input" id="area" name="area">
                        <option value="">{t::desk_any_area(lang)}</option>
                        {options(&shown.areas, &asked.area)}
                    </select>
                </div>
            })}
            <div class="field">
                <label for="category">{t::desk_category(lang)}</label>
                <select class="input" id="category" name="category">
                    <option value="">{t::desk_any_category(lang)}</option>
                    {options(&shown.categories, &asked.category)}
                </select>
            </div>
            <button class="btn quiet" type="submit">{Icon::Lens.draw()}<span>{t::desk_filter(lang)}</span></button>
        </form>
        </details>
    }
    .into_any()
}

fn saved_filters(here: &Here, lang: Lang, saved: &[(String, String)]) -> AnyView {
    let links: Vec<_> = saved
        .iter()
        .map(|(name, query)| {
            let drop = t::desk_save_drop(lang, name);
            view! {
                <li>
                    <a href=format!("/desk?{query}")>{name.clone()}</a>
                    <form method="post" action="/desk">
                        <Hidden name="name" value=name.clone() />
                        <button class="link" type="submit" name="act" value="drop-filter" aria-label=drop.clone() title=drop>"×"</button>
                    </form>
                </li>
            }
        })
        .collect();
    let has = !links.is_empty();
    let filtered = ["q=", "area=", "category="].iter().any(|name| {
        here.query
            .split('&')
            .any(|pair| pair.starts_with(name) && pair.len() > name.len())
    });
    view! {
        {has.then(|| view! {
            <nav class="saved" aria-label=t::desk_saved(lang)><ul>{links}</ul></nav>
        })}
        {filtered.then(|| view! {
            <details class="fold small-fold">
                <summary>{t::desk_save(lang)}</summary>
                <div class="body">
                    <form method="post" action="/desk" class="inline-form">
                        <Hidden name="query" value=here.query.clone() />
                        <label for="filter-name">{t::desk_save_name(lang)}</label>
                        <input class="input short" id="filter-name" name="name" type="text" maxlength="30" autocomplete="off" />
                        <SubmitButton text=t::desk_save(lang) act="save-filter" quiet=true />
                    </form>
                </div>
            </details>
        })}
    }
    .into_any()
}

/// How long is left, as a tag that turns amber in the last four hours and red when it is late.
fn left(lang: Lang, clock: &ClockLine, now: Timestamp) -> (&'static str, String) {
    let step = words::stage(lang, clock.stage);
    if clock.paused {
        return ("", t::desk_paused(lang).to_owned());
    }
    let left = clock.due.since(now);
    if clock.late || left <= Millis::ZERO {
        let span = format::span(lang, now.since(clock.due).at_least_zero());
        return ("late", t::desk_late(lang, span, step));
    }
    let class = if left < Millis::hours(4) {
        "soon"
    } else {
        "ok"
    };
    (class, t::desk_left(lang, format::span(lang, left), step))
}

fn item(
    here: &Here,
    line: &WorkLine,
    now: Timestamp,
    bulk: Option<&Bulk>,
    metres: Option<u32>,
) -> AnyView {
    let lang = here.lang();
    let card = &line.card;
    let title = words::case_title(lang, card);
    let clock = line.clock.as_ref().filter(|clock| clock.stopped.is_none());
    let (class, text) = clock.map_or(("", String::new()), |clock| left(lang, clock, now));
    // A day that somebody named binds as a clock does.
    let over = line
        .date_over
        .map(|date| t::desk_date_over(lang, format::day(lang, &here.site.time, date)));
    let edge = if over.is_some() { "late" } else { class };
    // Once it is late, how late says it all.
    let due = clock
        .filter(|_| class != "late")
        .map(|clock| format::due(lang, &here.site.time, clock.due));
    let pick = format!("{}:{}", card.number, line.version);
    let picked = bulk.is_some_and(|bulk| bulk.picked.contains(&pick));
    let waits: Vec<_> = staff::awaits(lang, line.awaits)
        .into_iter()
        .map(|text| view! { " "<span class="tag wait">{text}</span> })
        .collect();
    view! {
        <li class=format!("work-item {edge}") id=format!("case-{}", card.number)>
            {metres.is_none().then(|| view! {
                <label class="pick-one">
                    <input
                        type="checkbox" name="pick" value=pick checked=picked
                        aria-label=t::desk_pick(lang, &card.number)
                    />
                </label>
            })}
            <div>
                <p class="case-head">
                    <a href=format!("/desk/cases/{}", card.number)>{words::shown_title(lang, card, &title)}</a>
                    " "
                    <StateTag lang state=card.state.clone() />
                    {waits}
                </p>
                {over.map(|text| view! { <p class="left"><b>{text}</b></p> })}
                {(!text.is_empty()).then(|| view! {
                    <p class="left"><b>{text}</b>{due.map(|due| view! { <span class="soft">" "{due}</span> })}</p>
                })}
                <p class="meta">
                    {metres.map(|metres| view! { <span><b>{t::near_metres(lang, format::grouped(u64::from(metres)))}</b></span> })}
                    <span lang=tongue::of_name(lang, &card.community.text)>{card.community.text.clone()}</span>
                    <span>{card.category.text.clone()}</span>
                    {card.place.clone().map(|place| view! {
                        <span lang=tongue::of_words(lang, &place)>{place.clone()}</span>
                    })}
                    <span translate="no">{card.number.clone()}</span>
                </p>
            </div>
        </li>
    }
    .into_any()
}

fn do_together(lang: Lang, bulk: Option<&Bulk>) -> AnyView {
    let chosen = bulk.and_then(|bulk| bulk.verb);
    let text = bulk.map(|bulk| bulk.text.clone()).unwrap_or_default();
    let options: Vec<_> = TOGETHER
        .into_iter()
        .map(|verb| {
            let selected = Some(verb) == chosen;
            view! { <option value=verb.as_str() selected=selected>{staff::verb(lang, verb)}</option> }
        })
        .collect();
    let open = bulk.is_some_and(Bulk::is_kept);
    let to = bulk
        .filter(|bulk| bulk.verb == Some(Verb::HandOver))
        .map(|bulk| {
            let spot = Spot {
                name: "to",
                id: "bulk-to".to_owned(),
                label: t::field_to(lang).to_owned(),
                error: bulk
                    .fault
                    .clone()
                    .filter(|(field, _)| *field == "bulk-to")
                    .map(|it| it.1),
            };
            let chosen = Some(bulk.to.as_str());
            select(
                spot,
                &plain(bulk.colleagues.clone()),
                chosen,
                Some(t::field_choose(lang)),
            )
        });
    view! {
        <details class="fold together noprint" open=open>
            <summary>{t::desk_bulk(lang)}</summary>
            <div class="body">
                <div class="field">
                    <label for="bulk-verb">{t::desk_bulk_verb(lang)}</label>
                    <select class="input" id="bulk-verb" name="verb">
                        <option value="">{t::field_choose(lang)}</option>
                        {options}
                    </select>
                </div>
                {to}
                <div class="field">
                    <label for="bulk-text">{t::desk_bulk_text(lang)}</label>
                    <TextArea name="text" id="bulk-text" value=text rows=2 />
                </div>
                <div class="btns"><SubmitButton text=t::desk_bulk_button(lang) act="together" /></div>
            </div>
        </details>
    }
    .into_any()
}

fn outcome(lang: Lang, bulk: &Bulk) -> AnyView {
    let failed: Vec<_> = bulk
        .failed
        .iter()
        .map(|(number, why)| {
            view! {
                <li>
                    <a href=format!("/desk/cases/{number}") translate="no">{number.clone()}</a>
                    " · "{why.clone()}
                </li>
            }
        })
        .collect();
    let missed = u64::try_from(failed.len()).unwrap_or(u64::MAX);
    let done = bulk.done;
    view! {
        {(done > 0).then(|| view! {
            <Callout kind="done"><p role="status">{t::desk_bulk_done(lang, done)}</p></Callout>
        })}
        {(missed > 0).then(|| view! {
            <Callout kind="wait" title=t::desk_bulk_failed(lang, missed)><ul class="each">{failed}</ul></Callout>
        })}
    }
    .into_any()
}

/// What may be done to several at once.
impl Bulk {
    /// Whether a verb is among them.
    pub fn takes(verb: Verb) -> bool {
        TOGETHER.contains(&verb)
    }
}
