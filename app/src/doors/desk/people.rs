//! `/desk/people`

use axum::{
    extract::{Request, State as Of},
    response::Response,
};
use casework::{
    people::{self, Appointing, PersonFault},
    sign_in::SignedIn,
    views::{Branch, Choice},
};
use domain::{
    access::{Manage, manages},
    area::AreaKind,
    city::UnitKind,
    ids::AreaCode,
    lang::Lang,
    time::{next_day, parse_date},
};
use http::StatusCode;

use super::{answer, bar, open_form, trouble};
use crate::{
    doors::{Ask, Doors, Oops, State, sign_in::staff},
    http::body::FormBody,
    pages::{PeoplePage, PeopleView},
    parts::DeskNav,
    render,
    texts::t,
};

/// People listed at once.
const LISTED: usize = 20;

/// What became of a form.
#[derive(Default)]
struct Done {
    kept: Option<(String, Vec<(String, String)>, PersonFault)>,
    password: Option<(String, String)>,
    text: Option<&'static str>,
}

/// `GET /desk/people`
pub async fn page(Of(doors): Of<State>, ask: Ask) -> Response {
    let who = match staff(&doors, &ask).await {
        Ok(who) => who,
        Err(response) => return response,
    };
    let page = show(&doors, &ask, &who, Done::default()).await;
    page.unwrap_or_else(|oops| trouble(&doors, &ask, &who, &oops))
}

async fn show(doors: &Doors, ask: &Ask, who: &SignedIn, done: Done) -> Result<Response, Oops> {
    let lang = ask.reader.lang;
    let wanted = ask.asked("q").unwrap_or_default();
    let looks = [Manage::Accounts, Manage::Appointments];
    let looks = looks
        .iter()
        .any(|what| manages(&who.viewer, *what).is_some());
    let speaks = people::is_secretary(&who.viewer);
    let seconded = if speaks {
        Some(people::secondments(&doors.desk, &who.viewer, lang).await?)
    } else {
        None
    };
    let (people, all) = if looks || !speaks {
        people::list(&doors.desk, &who.viewer, &wanted, LISTED, lang).await?
    } else {
        (Vec::new(), 0)
    };
    let status = if done.kept.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let may = |what| manages(&who.viewer, what).is_some();
    let shown = PeopleView {
        people,
        all,
        wanted,
        seconded,
        accounts: may(Manage::Accounts),
        appoints: may(Manage::Appointments),
        places: places(doors, lang),
        kept: done.kept,
        password: done.password,
        done: done.text,
    };
    let (here, bar) = (doors.here(ask), bar(who, DeskNav::People));
    let html = render::page(move || leptos::view! { <PeoplePage here bar shown /> });
    Ok(answer(doors, ask, status, html))
}

fn places(doors: &Doors, lang: Lang) -> (Vec<Choice>, Vec<Choice>, Vec<Branch>) {
    let (city, now) = (&doors.desk.city, doors.desk.now());
    let areas = |kind| {
        city.areas
            .of_kind(kind, now)
            .into_iter()
            .map(|area| Choice {
                value: area.code.to_string(),
                text: area.names.get(lang).to_owned(),
            })
            .collect()
    };
    let modules = city
        .departments()
        .map(|department| Branch {
            name: department.names.get(lang).to_owned(),
            choices: city
                .units
                .iter()
                .filter(|unit| unit.kind == UnitKind::Module)
                .filter(|unit| unit.parent.as_ref() == Some(&department.code))
                .map(|unit| Choice {
                    value: unit.code.to_string(),
                    text: unit.names.get(lang).to_owned(),
                })
                .collect(),
        })
        .collect();
    (areas(AreaKind::Community), areas(AreaKind::Unit), modules)
}

/// `POST /desk/people`
pub async fn post(Of(doors): Of<State>, request: Request) -> Response {
    let (ask, form, who) = match open_form(&doors, request).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let page = async {
        if doors.read_only {
            return Err(Oops::ReadOnly);
        }
        let done = carry_out(&doors, &ask, &who, &form).await?;
        show(&doors, &ask, &who, done).await
    };
    page.await
        .unwrap_or_else(|oops| trouble(&doors, &ask, &who, &oops))
}

async fn carry_out(
    doors: &Doors,
    ask: &Ask,
    who: &SignedIn,
    form: &FormBody,
) -> Result<Done, Oops> {
    let (desk, viewer, lang) = (&doors.desk, &who.viewer, ask.reader.lang);
    let text = |name: &str| form.get(name).unwrap_or_default();
    let person = text("person");
    let kept = |of: &str, fault| Done {
        kept: Some((of.to_owned(), form.fields.clone(), fault)),
        ..Done::default()
    };
    let did = |text| Done {
        text: Some(text),
        ..Done::default()
    };
    Ok(match text("act") {
        "add" => match people::add(desk, viewer, text("login"), text("name")).await? {
            Ok(password) => Done {
                password: Some((text("login").trim().to_owned(), password)),
                ..Done::default()
            },
            Err(fault) => kept("", fault),
        },
        "reset" => match people::reset(desk, viewer, person).await? {
            Ok(password) => Done {
                password: Some((casework::sign_in::login(desk, person).await?, password)),
                ..Done::default()
            },
            Err(fault) => kept(person, fault),
        },
        "shut-out" => match people::let_in(desk, viewer, person, false).await? {
            Ok(()) => did(t::people_did_shut_out(lang)),
            Err(fault) => kept(person, fault),
        },
        "let-in" => match people::let_in(desk, viewer, person, true).await? {
            Ok(()) => did(t::people_did_let_in(lang)),
            Err(fault) => kept(person, fault),
        },
        "appoint" => {
            let from = match text("from").trim() {
                "" => None,
                date => match parse_date(date) {
                    Ok(date) => Some(desk.city.time.start_of_day(date)),
                    Err(_) => return Ok(kept(person, PersonFault::From)),
                },
            };
            let until = match text("until").trim() {
                "" => None,
                date => match parse_date(date) {
                    Ok(date) => Some(desk.city.time.start_of_day(next_day(date))),
                    Err(_) => return Ok(kept(person, PersonFault::Until)),
                },
            };
            let wanted = Appointing {
                role: text("role").to_owned(),
                community: text("community").to_owned(),
                area: text("area").to_owned(),
                module: text("module").to_owned(),
                grid_role: text("grid_role").to_owned(),
                only: form.all("only").map(str::to_owned).collect(),
                from,
                until,
            };
            match people::appoint(desk, viewer, person, &wanted).await? {
                Ok(_) if from.is_some_and(|from| from > desk.now()) => {
                    did(t::people_did_appoint_later(lang))
                }
                Ok(_) => did(t::people_did_appoint(lang)),
                Err(fault) => kept(person, fault),
            }
        }
        "end" => match people::end(desk, viewer, text("no").parse().unwrap_or(0)).await? {
            Ok(()) => did(t::people_did_end(lang)),
            Err(fault) => kept(person, fault),
        },
        act @ ("agree" | "disagree") => {
            let nowhere = || Oops::Case(casework::Error::NotFound);
            let community = AreaCode::new(text("community")).map_err(|_| nowhere())?;
            let no = text("no").parse().unwrap_or(0);
            people::agree(desk, viewer, no, &community, act == "agree").await?;
            did(t::second_did(lang))
        }
        _ => return Err(Oops::Case(casework::Error::NotFound)),
    })
}
