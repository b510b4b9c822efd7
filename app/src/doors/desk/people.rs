//! `/desk/people`

use axum::{
    extract::{Request, State as Of},
    response::Response,
};
use casework::{
    people::{self, Appointing, PersonFault, Step},
    sign_in::SignedIn,
    views::{Branch, Choice},
};
use domain::{
    access::{Manage, Role, Viewer, manages},
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
    pages::{KeptForm, PeoplePage, PeopleView},
    parts::DeskNav,
    render,
    texts::t,
};

/// People listed at once.
const LISTED: usize = 20;

/// What became of a form.
#[derive(Default)]
struct Done {
    kept: Option<KeptForm>,
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
    let (seconded, grids) = if speaks {
        let seconded = people::secondments(&doors.desk, &who.viewer, lang).await?;
        let grids = people::own_grids(&doors.desk, &who.viewer, lang).await?;
        (Some(seconded), grids)
    } else {
        (None, Vec::new())
    };
    let (people, all) = if looks || !speaks {
        people::list(&doors.desk, &who.viewer, &wanted, LISTED, lang).await?
    } else {
        (Vec::new(), 0)
    };
    let refused = done.kept.as_ref().is_some_and(|kept| kept.fault.is_some());
    let status = if refused {
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
        grids,
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
    let kept = |of: &str, fault: PersonFault| keep(doors, lang, form, of, Some(fault));
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
        "grids" if manages(viewer, Manage::Appointments).is_some() => {
            keep(doors, lang, form, person, None)
        }
        "appoint" => match appoint(doors, viewer, form).await? {
            Ok(true) => did(t::people_did_appoint_later(lang)),
            Ok(false) => did(t::people_did_appoint(lang)),
            Err(fault) => kept(person, fault),
        },
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

/// The form comes back: with what is wrong in it, or to have grids chosen.
fn keep(doors: &Doors, lang: Lang, form: &FormBody, of: &str, fault: Option<PersonFault>) -> Done {
    Done {
        kept: Some(KeptForm {
            of: of.to_owned(),
            fields: form.fields.clone(),
            fault,
            grids: grids_of(doors, lang, form),
        }),
        ..Done::default()
    }
}

/// The grids among which to choose, where a community was chosen for a grid officer.
fn grids_of(doors: &Doors, lang: Lang, form: &FormBody) -> Option<Vec<Choice>> {
    let text = |name: &str| form.get(name).unwrap_or_default();
    if text("role") != Role::GridOfficer.as_str() {
        return None;
    }
    let community = AreaCode::new(text("community")).ok()?;
    let (city, now) = (&doors.desk.city, doors.desk.now());
    city.areas.at(&community, now)?;
    // Those of the day on which it begins, where that is a later one.
    let from = parse_date(text("from").trim()).ok();
    let from = from.map_or(now, |date| city.time.start_of_day(date).max(now));
    let inside = city.areas.grids_of(&community, from).into_iter();
    let choices = inside.map(|grid| Choice {
        value: grid.code.to_string(),
        text: grid.names.get(lang).to_owned(),
    });
    Some(choices.collect())
}

/// Appoints as typed; whether it begins on a later day.
async fn appoint(doors: &Doors, viewer: &Viewer, form: &FormBody) -> Step<bool> {
    let desk = &doors.desk;
    let text = |name: &str| form.get(name).unwrap_or_default();
    let day = |name: &str| match text(name).trim() {
        "" => Ok(None),
        date => parse_date(date).map(Some),
    };
    let Ok(from) = day("from") else {
        return Ok(Err(PersonFault::From));
    };
    let Ok(until) = day("until") else {
        return Ok(Err(PersonFault::UntilDay));
    };
    let from = from.map(|date| desk.city.time.start_of_day(date));
    let until = until.map(|date| desk.city.time.start_of_day(next_day(date)));
    let wanted = Appointing {
        role: text("role").to_owned(),
        community: text("community").to_owned(),
        area: text("area").to_owned(),
        module: text("module").to_owned(),
        grid_role: text("grid_role").to_owned(),
        grids: form.all("grids").map(str::to_owned).collect(),
        only: form.all("only").map(str::to_owned).collect(),
        from,
        until,
    };
    let given = people::appoint(desk, viewer, text("person"), &wanted).await?;
    Ok(given.map(|_| from.is_some_and(|from| from > desk.now())))
}
