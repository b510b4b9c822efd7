//! `/desk`: the worklist and what it leads to. Every handler asks first who is signed in, as they
//! stand now; what they may see and do is decided again by the use case.

mod as_public;
mod audit;
mod case;
mod city;
mod file;
mod me;
mod paper;
mod people;
mod photo;
mod several;

use std::sync::Arc;

use axum::{
    extract::{Request, State as Of},
    response::{Html, IntoResponse, Redirect, Response},
};
use casework::{
    Error, account, act, people as staffed,
    sign_in::SignedIn,
    worklist::{
        self, Asked, List,
        several::{MOST, Pick},
    },
};
use domain::{
    access::{Manage, Role, Viewer, manages, reads_city, supervises},
    decide::typed::Typed,
    place::Position,
    reference::CaseNumber,
    verb::Verb,
};
use http::{StatusCode, request::Parts};

pub use as_public::page as as_public;
pub use audit::{bulletin, page as audit};
pub(super) use case::{carry_out, verb_of};
pub use case::{page as case, post as case_act};
pub use city::{page as city, post as city_post};
pub use file::{page as file, post as file_post};
pub use me::{page as me, post as me_post};
pub use paper::{demand, morning};
pub use people::{page as people, post as people_post};
pub use photo::{page as photo, post as photo_post};

use super::{
    Doors, Oops, State,
    ask::{self, Ask},
    oops, oops_page,
    sign_in::{signed_in, staff, staff_of_page, staff_or_keep},
};
use crate::{
    here::Here,
    http::body::{FormBody, read_form},
    pages::{Bulk, NearPage, NearView, PART, UnsavedFilter, WorkPage, WorkParts, WorkView},
    parts::{DeskBar, DeskNav},
    render,
    texts::t,
    words::staff as said,
};

impl Typed for FormBody {
    fn values<'t>(&'t self, name: &'t str) -> Box<dyn Iterator<Item = &'t str> + 't> {
        Box::new(self.all(name))
    }
}

/// The head of a page of the desk.
fn bar(who: &SignedIn, current: DeskNav) -> DeskBar {
    let files = match &who.viewer {
        Viewer::Staff(staff) => staff.appointments().iter().any(|held| {
            matches!(
                held.role,
                Role::Secretary | Role::GridOfficer | Role::Dispatcher | Role::Officer
            )
        }),
        _ => false,
    };
    let may = |what| manages(&who.viewer, what).is_some();
    DeskBar {
        name: who.name.clone(),
        current,
        works: match home_of(who) {
            None => Some("/desk"),
            Some(_) if may(Manage::Appointments) => Some("/desk?list=decisions"),
            Some(_) => None,
        },
        files,
        manages: may(Manage::Accounts)
            || may(Manage::Appointments)
            || staffed::is_secretary(&who.viewer),
        audits: may(Manage::Audit),
        supervises: supervises(&who.viewer),
        reads_city: reads_city(&who.viewer),
        phone_of: who.own_phone.then(|| who.person.clone()),
    }
}

/// A page of the desk: of one person, never kept, never compressed.
fn answer(doors: &Doors, ask: &Ask, status: StatusCode, html: String) -> Response {
    ask.remember((status, Html(html)).into_response(), doors.https)
}

/// What went wrong, told to who is signed in.
fn trouble(doors: &Doors, ask: &Ask, who: &SignedIn, what: &Oops) -> Response {
    oops::page_at_desk(doors, ask, bar(who, DeskNav::None), what)
}

/// An address that no route knows. Only who is signed in is told so by the desk; to everybody else what
/// is not there and what is not for them look alike.
pub async fn nowhere(doors: &State, parts: &Parts) -> Response {
    let ask = Ask::read(parts, doors);
    let nothing = Oops::Case(Error::NotFound);
    let who = if ask.path.starts_with("/desk/") {
        signed_in(doors, &ask).await
    } else {
        Ok(None)
    };
    match who {
        Ok(Some(who)) => trouble(doors, &ask, &who, &nothing),
        Ok(None) => oops_page(doors, &ask, &nothing),
        Err(error) => oops_page(doors, &ask, &error.into()),
    }
}

/// Reads a form of the desk and who sends it.
async fn open_form(doors: &State, request: Request) -> Result<(Ask, FormBody, SignedIn), Response> {
    let (ask, body) = ask::open(request, doors);
    let form = match read_form(&ask.headers, body, &doors.forms).await {
        Ok(form) => form,
        Err(error) => return Err(oops_page(doors, &ask, &Oops::Form(error))),
    };
    let who = staff_or_keep(doors, &ask, &form).await?;
    Ok((ask, form, who))
}

/// `GET /desk`
pub async fn work(Of(doors): Of<State>, ask: Ask) -> Response {
    if ask.asked(PART).is_some() {
        let part = work_parts(&doors, &ask).await;
        return part.unwrap_or_else(|oops| oops_page(&doors, &ask, &oops));
    }
    let who = match staff(&doors, &ask).await {
        Ok(who) => who,
        Err(response) => return response,
    };
    // One of the two who take a case out of sight comes here for what waits for them.
    if let Some(home) = home_of(&who).filter(|_| ask.asked("list").is_none()) {
        return ask.remember(Redirect::to(home).into_response(), doors.https);
    }
    show(&doors, &ask, &who, Became::default(), StatusCode::OK)
        .await
        .unwrap_or_else(|oops| trouble(&doors, &ask, &who, &oops))
}

/// The list as it is now, for a page that stands open.
async fn work_parts(doors: &Doors, ask: &Ask) -> Result<Response, Oops> {
    let who = match staff_of_page(doors, ask).await {
        Ok(who) => who,
        Err(response) => return Ok(response),
    };
    let desk = &doors.desk;
    let list = worklist::page(desk, &who.viewer, asked(ask), ask.reader.lang).await?;
    let (here, now) = (here_of_parts(doors, ask), desk.now());
    let html = render::fragment(move || leptos::view! { <WorkParts here list now /> });
    Ok(answer(doors, ask, StatusCode::OK, html))
}

/// The page whose parts are asked for: its links are those of the page.
fn here_of_parts(doors: &Doors, ask: &Ask) -> Here {
    let pairs = form_urlencoded::parse(ask.query.as_bytes());
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(pairs.filter(|(name, _)| name != PART));
    Here::new(
        Arc::clone(&doors.site),
        ask.reader,
        &ask.path,
        &query.finish(),
    )
}

/// Whoever looks after people and into no case begins where their work is.
fn home_of(who: &SignedIn) -> Option<&'static str> {
    let Viewer::Staff(staff) = &who.viewer else {
        return None;
    };
    let held = staff.appointments();
    let apart = |role| {
        matches!(
            role,
            Role::SystemAdmin | Role::SecurityAdmin | Role::Auditor
        )
    };
    if held.is_empty() || !held.iter().all(|held| apart(held.role)) {
        return None;
    }
    Some(if manages(&who.viewer, Manage::Audit).is_some() {
        "/desk/audit"
    } else {
        "/desk/people"
    })
}

fn asked(ask: &Ask) -> Asked {
    let text = |name: &str| ask.asked(name).unwrap_or_default();
    let overdue = ask.asked("overdue").is_some();
    Asked {
        list: if overdue {
            List::Mine
        } else {
            List::of(&text("list")).unwrap_or_default()
        },
        overdue,
        words: text("q"),
        area: text("area"),
        category: text("category"),
        after: text("after"),
        back: text("back"),
    }
}

/// What became of a form of the list.
#[derive(Default)]
struct Became {
    bulk: Option<Bulk>,
    unsaved: Option<UnsavedFilter>,
}

impl From<Bulk> for Became {
    fn from(bulk: Bulk) -> Self {
        Self {
            bulk: Some(bulk),
            unsaved: None,
        }
    }
}

async fn show(
    doors: &Doors,
    ask: &Ask,
    who: &SignedIn,
    became: Became,
    status: StatusCode,
) -> Result<Response, Oops> {
    let desk = &doors.desk;
    let list = worklist::page(desk, &who.viewer, asked(ask), ask.reader.lang).await?;
    let shown = WorkView {
        done: ask.asked("done").and_then(|verb| verb.parse().ok()),
        list,
        now: desk.now(),
        bulk: became.bulk,
        unsaved: became.unsaved,
        saved: account::filters(desk, who).await?,
        no_office: match &who.viewer {
            Viewer::Staff(staff) => staff.appointments().is_empty(),
            _ => true,
        },
    };
    let (here, bar) = (doors.here(ask), bar(who, DeskNav::Work));
    let html = render::page(move || leptos::view! { <WorkPage here bar shown /> });
    Ok(answer(doors, ask, status, html))
}

/// `POST /desk`: several cases at once, and saved filters.
pub async fn work_post(Of(doors): Of<State>, request: Request) -> Response {
    let (ask, form, who) = match open_form(&doors, request).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let done = match form.get("act") {
        Some("save-filter") => save_filter(&doors, &ask, &form, &who).await,
        Some("call-together") => several::call(&doors, &ask, &form, &who).await,
        Some("near") => near(&doors, &ask, &form, &who).await,
        Some("drop-filter") => drop_filter(&doors, &form, &who).await,
        _ => together(&doors, &ask, &form, &who).await,
    };
    done.unwrap_or_else(|oops| trouble(&doors, &ask, &who, &oops))
}

/// What is open near a place. Where somebody stands comes in a form and is in no address.
async fn near(doors: &Doors, ask: &Ask, form: &FormBody, who: &SignedIn) -> Result<Response, Oops> {
    let typed = ["lat", "lng"].map(|name| form.get(name).unwrap_or_default().trim().to_owned());
    let desk = &doors.desk;
    let at = Position::parse(&typed[0], &typed[1], None).ok();
    let (lines, status) = match at {
        Some(at) => {
            let lines = worklist::near(desk, &who.viewer, at, ask.reader.lang).await?;
            (lines, StatusCode::OK)
        }
        None => (Vec::new(), StatusCode::UNPROCESSABLE_ENTITY),
    };
    let shown = NearView {
        typed,
        fault: at.is_none(),
        lines,
        now: desk.now(),
    };
    let (here, bar) = (doors.here(ask), bar(who, DeskNav::Work));
    let html = render::page(move || leptos::view! { <NearPage here bar shown /> });
    Ok(answer(doors, ask, status, html))
}

async fn save_filter(
    doors: &Doors,
    ask: &Ask,
    form: &FormBody,
    who: &SignedIn,
) -> Result<Response, Oops> {
    let (name, query) = (form.get("name"), form.get("query"));
    let (name, query) = (name.unwrap_or_default(), query.unwrap_or_default());
    if let Err(why) = account::save_filter(&doors.desk, who, name, query).await? {
        let name = name.to_owned();
        let became = Became {
            unsaved: Some(UnsavedFilter { name, why }),
            ..Became::default()
        };
        return show(doors, ask, who, became, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let plain = query.bytes().all(|byte| byte.is_ascii_graphic());
    let to = if plain {
        format!("/desk?{query}")
    } else {
        "/desk".to_owned()
    };
    Ok(Redirect::to(&to).into_response())
}

async fn drop_filter(doors: &Doors, form: &FormBody, who: &SignedIn) -> Result<Response, Oops> {
    account::drop_filter(&doors.desk, who, form.get("name").unwrap_or_default()).await?;
    Ok(Redirect::to("/desk").into_response())
}

/// Each case by itself: one that somebody has just changed, or that is no longer theirs, does not
/// stop the others.
async fn together(
    doors: &Doors,
    ask: &Ask,
    form: &FormBody,
    who: &SignedIn,
) -> Result<Response, Oops> {
    let lang = ask.reader.lang;
    let verb = form.get("verb").and_then(|verb| verb.parse::<Verb>().ok());
    let picked: Vec<String> = form.all("pick").take(MOST).map(str::to_owned).collect();
    let mut bulk = Bulk {
        verb: verb.filter(|verb| Bulk::takes(*verb)),
        text: form.get("text").unwrap_or_default().to_owned(),
        to: form.get("to").unwrap_or_default().to_owned(),
        picked,
        ..Bulk::default()
    };
    if bulk.verb == Some(Verb::HandOver) {
        bulk.colleagues = staffed::deputies(&doors.desk, &who.viewer).await?;
    }
    let chosen = |bulk: &Bulk| bulk.colleagues.iter().any(|other| other.value == bulk.to);
    bulk.fault = match bulk.verb {
        _ if bulk.picked.is_empty() => Some(("bulk-verb", t::desk_bulk_none(lang).to_owned())),
        None => Some(("bulk-verb", t::desk_bulk_verb_missing(lang).to_owned())),
        Some(verb) if verb.needs_text() && bulk.text.trim().is_empty() => {
            Some(("bulk-text", t::wrong_text(lang).to_owned()))
        }
        Some(Verb::HandOver) if bulk.colleagues.is_empty() => {
            Some(("bulk-verb", t::desk_bulk_alone(lang).to_owned()))
        }
        Some(Verb::HandOver) if !chosen(&bulk) => {
            Some(("bulk-to", t::desk_bulk_to_missing(lang).to_owned()))
        }
        Some(_) => None,
    };
    let verb = match bulk.verb {
        Some(verb) if bulk.fault.is_none() => verb,
        _ => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return show(doors, ask, who, bulk.into(), status).await;
        }
    };
    if verb == Verb::Call {
        return several::begin(doors, ask, form, who).await;
    }
    if doors.read_only {
        return Err(Oops::ReadOnly);
    }
    for pick in std::mem::take(&mut bulk.picked) {
        let Ok(Pick { number, version }) = pick.parse() else {
            continue;
        };
        match one_of_several(doors, who, number, version, verb, &bulk).await {
            Ok(()) => bulk.done += 1,
            Err(error) => {
                let why = match &error {
                    Error::Conflict { .. } => t::desk_bulk_changed(lang).to_owned(),
                    Error::Refused(refusal) => said::refusal(lang, *refusal),
                    Error::NotFound | Error::Forbidden => t::desk_bulk_not_yours(lang).to_owned(),
                    _ => return Err(error.into()),
                };
                bulk.picked.push(pick.clone());
                bulk.failed.push((number.to_string(), why));
            }
        }
    }
    if bulk.failed.is_empty() {
        (bulk.verb, bulk.text, bulk.to) = (None, String::new(), String::new());
    }
    let status = if bulk.failed.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::CONFLICT
    };
    show(doors, ask, who, bulk.into(), status).await
}

async fn one_of_several(
    doors: &Doors,
    who: &SignedIn,
    number: CaseNumber,
    version: u32,
    verb: Verb,
    bulk: &Bulk,
) -> Result<(), Error> {
    let desk = &doors.desk;
    let fields: &[(String, String)] = &[("to".to_owned(), bulk.to.clone())];
    let Ok(wanted) = act::read(desk, &who.viewer, number, verb, fields).await? else {
        return Err(Error::Forbidden);
    };
    let text = &bulk.text;
    let command = if text.trim().is_empty() {
        wanted.into()
    } else {
        wanted.saying(text.trim())
    };
    act::act(desk, &who.viewer, number, Some(version), command).await?;
    Ok(())
}
