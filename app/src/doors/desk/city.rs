//! `/desk/city`: reading the city, and changing it.

use axum::{
    extract::{Request, State as Of},
    response::{IntoResponse as _, Redirect, Response},
};
use casework::{
    city::{self, CityFault, Trial, When},
    sign_in::SignedIn,
    views::{Branch, Choice},
};
use domain::{
    access::{Manage, manages},
    area::{Area, AreaKind},
    city::{UnitKind, change::Topic},
    ids::{AreaCode, CategoryCode, DutyCode, PolicyCode, UnitCode},
    lang::Lang,
};
use http::StatusCode;

use super::{answer, bar, open_form, trouble};
use crate::{
    doors::{Ask, Doors, Oops, State, sign_in::staff},
    http::body::FormBody,
    pages::{CityChanges, CityChoices, CityForm, CityPage, CityShown, CityView, FormOf},
    parts::DeskNav,
    render,
    words::city as said,
};

/// `GET /desk/city`: `part` and `of` what, or the form for a `topic`.
pub async fn page(Of(doors): Of<State>, ask: Ask) -> Response {
    let who = match staff(&doors, &ask).await {
        Ok(who) => who,
        Err(response) => return response,
    };
    let page = async {
        let shown = match ask.asked("topic") {
            Some(topic) => empty_form(&doors, &ask, &who, &topic).await?,
            None => part(&doors, &ask, &who).await?,
        };
        Ok::<_, Oops>(show(&doors, &ask, &who, shown, StatusCode::OK))
    };
    page.await
        .unwrap_or_else(|oops| trouble(&doors, &ask, &who, &oops))
}

fn show(
    doors: &Doors,
    ask: &Ask,
    who: &SignedIn,
    shown: CityShown,
    status: StatusCode,
) -> Response {
    let view = CityView {
        may: manages(&who.viewer, Manage::City).is_some(),
        kept: ask.asked("kept").and_then(|number| number.parse().ok()),
        shown,
    };
    let (here, bar) = (doors.here(ask), bar(who, DeskNav::City));
    let html = render::page(move || leptos::view! { <CityPage here bar view /> });
    answer(doors, ask, status, html)
}

async fn part(doors: &Doors, ask: &Ask, who: &SignedIn) -> Result<CityShown, Oops> {
    let (desk, viewer, lang) = (&doors.desk, &who.viewer, ask.reader.lang);
    let of = ask.asked("of").filter(|of| !of.is_empty());
    let nowhere = || Oops::Case(casework::Error::NotFound);
    Ok(match ask.asked("part").as_deref() {
        Some("areas") => {
            let code = of.map(AreaCode::new).transpose().map_err(|_| nowhere())?;
            let area = city::area(desk, viewer, code.as_ref(), lang)?;
            let mut coming = city::changes(desk, viewer, lang).await?;
            coming.retain(|line| line.when == When::Coming && line.areas.contains(&area.code));
            coming.reverse();
            CityShown::Area(Box::new(area), coming)
        }
        Some("categories") => match of {
            None => CityShown::Categories(city::categories(desk, viewer, lang)?),
            Some(code) => {
                let code = CategoryCode::new(code).map_err(|_| nowhere())?;
                let line = city::category(desk, viewer, &code, lang)?;
                let duties = city::duties(desk, viewer, &code, lang)?;
                CityShown::Category(Box::new(line), duties)
            }
        },
        Some("clocks") => CityShown::Clocks(city::policies(desk, viewer, lang)?),
        Some("hours") => CityShown::Hours(city::hours(desk, viewer, lang)?),
        Some("grids") => CityShown::Grids(city::overlays(desk, viewer, lang).await?),
        _ => {
            let after = ask.asked("after");
            let (lines, next) = city::changes_page(desk, viewer, after.as_deref(), lang).await?;
            let today = desk.city.time.civil(desk.now()).date;
            let mut findings = desk.findings().to_vec();
            findings.extend(desk.city.lint_calendar(today));
            let called = |code: &str| desk.called(code, lang);
            let findings = findings.iter().map(|it| said::finding(lang, it, &called));
            CityShown::Changes(CityChanges {
                lines,
                findings: findings.collect(),
                follows: after.is_some(),
                next,
            })
        }
    })
}

/// What a form is about; nothing for a row that is not there.
fn form_of(
    doors: &Doors,
    topic: Topic,
    (code, category): (&str, &str),
    lang: Lang,
) -> Option<FormOf> {
    let desk = &doors.desk;
    let (areas, now) = (&desk.city.areas, desk.now());
    let part = |part: &str| format!("/desk/city?part={part}");
    let of = |part: &str, of: &str| format!("/desk/city?part={part}&of={of}");
    let of_category = |code: &CategoryCode| {
        let category = desk.city.category(code)?;
        let name = category.names.get(lang).to_owned();
        Some((name, of("categories", code.as_str())))
    };
    let (name, back) = match topic {
        Topic::RenameArea
        | Topic::MoveArea
        | Topic::SplitArea
        | Topic::MergeAreas
        | Topic::AddArea
        | Topic::SetOffice => {
            let area = areas.at(&AreaCode::new(code).ok()?, now)?;
            (area.names.get(lang).to_owned(), of("areas", code))
        }
        Topic::SetHours if code.is_empty() => (desk.city.names.get(lang).to_owned(), part("hours")),
        Topic::SetHours => {
            let area = areas.at(&AreaCode::new(code).ok()?, now)?;
            (area.names.get(lang).to_owned(), part("hours"))
        }
        Topic::SetClocks if code.is_empty() => (String::new(), part("clocks")),
        Topic::SetClocks => {
            let policy = desk.city.policy(&PolicyCode::new(code).ok()?)?;
            (policy.names.get(lang).to_owned(), part("clocks"))
        }
        Topic::SetCategory | Topic::OpenCategory => of_category(&CategoryCode::new(code).ok()?)?,
        Topic::AddCategory => {
            let (name, _) = of_category(&CategoryCode::new(code).ok()?)?;
            (name, part("categories"))
        }
        Topic::SetDuty if code.is_empty() => {
            let category = CategoryCode::new(category).ok();
            category.and_then(|category| of_category(&category))?
        }
        Topic::SetDuty | Topic::EndDuty => {
            let duty = desk.city.duty(&DutyCode::new(code).ok()?)?;
            let (name, back) = of_category(&duty.category)?;
            (format!("{name} · {}", duty.situation.get(lang)), back)
        }
        Topic::SetLineGrids if code.is_empty() => (String::new(), part("grids")),
        Topic::SetLineGrids => {
            let unit = UnitCode::new(code).ok()?;
            desk.city.unit(&unit)?;
            (desk.module_name(&unit, lang), part("grids"))
        }
        Topic::TakeBack => {
            let number: u32 = code.parse().ok()?;
            (format!("#{number}"), part("changes"))
        }
    };
    Some(FormOf {
        topic,
        code: code.to_owned(),
        name,
        back,
    })
}

/// A form as it begins: with what the row says now.
async fn empty_form(
    doors: &Doors,
    ask: &Ask,
    who: &SignedIn,
    topic: &str,
) -> Result<CityShown, Oops> {
    if manages(&who.viewer, Manage::City).is_none() {
        return Err(Oops::Case(casework::Error::Forbidden));
    }
    let lang = ask.reader.lang;
    let nowhere = || Oops::Case(casework::Error::NotFound);
    let topic: Topic = topic.parse().map_err(|_| nowhere())?;
    let code = ask.asked("of").unwrap_or_default();
    let category = ask.asked("category").unwrap_or_default();
    let mut of = form_of(doors, topic, (&code, &category), lang).ok_or_else(nowhere)?;
    name_of_taken(doors, ask, who, &mut of).await?;
    let mut typed = city::starting(&doors.desk, topic, &code);
    let subject = match topic {
        Topic::MoveArea | Topic::SplitArea | Topic::MergeAreas => Some("area"),
        Topic::AddArea | Topic::AddCategory => Some("within"),
        Topic::EndDuty => Some("duty"),
        Topic::TakeBack => Some("number"),
        _ => None,
    };
    if let Some(field) = subject {
        typed.push((field.to_owned(), code.clone()));
    }
    if topic == Topic::SetDuty && code.is_empty() {
        typed.push(("category".to_owned(), category));
    }
    Ok(filled(doors, of, typed, lang, (Ok(None), false)))
}

/// What is taken back is named by what it says; nothing is taken back that is not there.
async fn name_of_taken(
    doors: &Doors,
    ask: &Ask,
    who: &SignedIn,
    of: &mut FormOf,
) -> Result<(), Oops> {
    if of.topic != Topic::TakeBack {
        return Ok(());
    }
    let lang = ask.reader.lang;
    let lines = city::changes(&doors.desk, &who.viewer, lang).await?;
    let line = lines.iter().find(|line| line.number.to_string() == of.code);
    let line = line.ok_or(Oops::Case(casework::Error::NotFound))?;
    of.name = format!("#{} {}", line.number, said::change(lang, line));
    Ok(())
}

/// What was typed, in one word: two forms of one content have the same.
fn print_of(typed: &[(String, String)]) -> String {
    use sha2::{Digest as _, Sha256};
    let ours = ["act", "seen", "print"];
    let mut fields: Vec<_> = typed
        .iter()
        .filter(|(name, value)| !ours.contains(&name.as_str()) && !value.is_empty())
        .collect();
    fields.sort();
    hex::encode(&Sha256::digest(format!("{fields:?}"))[..16])
}

/// What would be another than it is.
fn differs(
    doors: &Doors,
    of: &FormOf,
    typed: &[(String, String)],
    lang: Lang,
) -> Vec<(String, String, String)> {
    let desk = &doors.desk;
    let before = city::starting(desk, of.topic, &of.code);
    if before.is_empty() {
        return Vec::new();
    }
    let all = |fields: &[(String, String)], name: &str| -> Vec<String> {
        let of_name = fields.iter().filter(|(field, _)| field == name);
        of_name.map(|(_, value)| value.trim().to_owned()).collect()
    };
    let read = |name: &str, values: Vec<String>| -> String {
        let called = |value: &String| desk.code_in(name, value, desk.now(), lang);
        let values = values.into_iter();
        let values: Vec<String> = values.map(|it| called(&it).unwrap_or(it)).collect();
        values.join(", ")
    };
    let mut names: Vec<&String> = before.iter().chain(typed).map(|(name, _)| name).collect();
    let mut seen = std::collections::BTreeSet::new();
    names.retain(|name| seen.insert(*name));
    let ours = [
        "act", "seen", "print", "topic", "of", "from", "reason", "replaces", "duty",
    ];
    names
        .into_iter()
        .filter(|name| !ours.contains(&name.as_str()))
        .map(|name| (name.clone(), all(&before, name), all(typed, name)))
        .filter(|(_, before, after)| before != after)
        .map(|(name, before, after)| {
            let (before, after) = (read(&name, before), read(&name, after));
            (name, before, after)
        })
        .collect()
}

/// A form with what was typed and what came of it, and whether something else was typed since it was
/// tried.
fn filled(
    doors: &Doors,
    of: FormOf,
    typed: Vec<(String, String)>,
    lang: Lang,
    (came, typed_since): (Result<Option<Trial>, CityFault>, bool),
) -> CityShown {
    let choices = choices(doors, of.topic, &of.code, lang);
    let (mut mistakes, mut findings) = (Vec::new(), Vec::new());
    if let Err(fault) = &came {
        mistakes = said::mistakes(lang, of.topic, fault, &typed);
        if let CityFault::Findings(found) = fault {
            let called = |code: &str| doors.desk.called(code, lang);
            findings = found
                .iter()
                .map(|it| said::finding(lang, it, &called))
                .collect();
            findings.dedup();
        }
        if of.topic == Topic::TakeBack {
            // Its form has no day.
            for (field, _) in &mut mistakes {
                *field = "reason";
            }
        }
    }
    let trial = came.ok().flatten().map(Box::new);
    let differs = match &trial {
        Some(_) => differs(doors, &of, &typed, lang),
        None => Vec::new(),
    };
    CityShown::Form(Box::new(CityForm {
        differs,
        print: print_of(&typed),
        typed_since,
        of,
        typed,
        mistakes,
        findings,
        trial,
        choices,
    }))
}

/// `POST /desk/city`: looks at a change, or puts it down.
pub async fn post(Of(doors): Of<State>, request: Request) -> Response {
    let (ask, form, who) = match open_form(&doors, request).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let page = async {
        if doors.read_only {
            return Err(Oops::ReadOnly);
        }
        act(&doors, &ask, &who, &form).await
    };
    page.await
        .unwrap_or_else(|oops| trouble(&doors, &ask, &who, &oops))
}

async fn act(doors: &Doors, ask: &Ask, who: &SignedIn, form: &FormBody) -> Result<Response, Oops> {
    let (desk, viewer, lang) = (&doors.desk, &who.viewer, ask.reader.lang);
    if manages(viewer, Manage::City).is_none() {
        return Err(Oops::Case(casework::Error::Forbidden));
    }
    let nowhere = || Oops::Case(casework::Error::NotFound);
    let text = |name: &str| form.get(name).unwrap_or_default();
    let topic: Topic = text("topic").parse().map_err(|_| nowhere())?;
    let about = (text("of"), text("category"));
    let mut of = form_of(doors, topic, about, lang).ok_or_else(nowhere)?;
    name_of_taken(doors, ask, who, &mut of).await?;
    // Only what was looked at is put down.
    let same = text("print") == print_of(&form.fields);
    let typed_since = text("act") == "keep" && !same;
    let came = if text("act") == "keep" && same {
        let seen = text("seen").parse().unwrap_or(u32::MAX - 1);
        match city::put_down(desk, viewer, topic, form, seen).await? {
            Ok(number) => {
                let to = format!("/desk/city?kept={number}");
                return Ok(Redirect::to(&to).into_response());
            }
            Err(fault) => Err(fault),
        }
    } else {
        let tried = city::try_change(desk, viewer, topic, form, lang).await?;
        tried.map(Some)
    };
    let status = match &came {
        Ok(_) => StatusCode::OK,
        Err(CityFault::Moved) => StatusCode::CONFLICT,
        Err(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let shown = filled(doors, of, form.fields.clone(), lang, (came, typed_since));
    Ok(show(doors, ask, who, shown, status))
}

fn choices(doors: &Doors, topic: Topic, code: &str, lang: Lang) -> CityChoices {
    let desk = &doors.desk;
    let (areas, now) = (&desk.city.areas, desk.now());
    let area = AreaCode::new(code).ok();
    let area = area.as_ref().and_then(|code| areas.at(code, now));
    let mut choices = CityChoices::default();
    match topic {
        Topic::MoveArea => {
            let above = area.and_then(|area| areas.at(area.parent.as_ref()?, now));
            if let Some(above) = above {
                choices.areas = like(doors, above, lang);
            }
        }
        Topic::MergeAreas => {
            if let Some(area) = area {
                choices.areas = like(doors, area, lang);
            }
        }
        Topic::SplitArea => {
            let inside = area.map(|area| areas.children(&area.code, now));
            let inside = inside.unwrap_or_default();
            choices.inside = inside
                .into_iter()
                .map(|child| of_area(child, lang))
                .collect();
        }
        Topic::SetCategory | Topic::AddCategory => {
            choices.modules = modules(doors, lang);
            choices.policies = desk
                .city
                .policies
                .iter()
                .map(|policy| Choice {
                    value: policy.code.to_string(),
                    text: policy.names.get(lang).to_owned(),
                })
                .collect();
        }
        Topic::SetDuty => {
            choices.modules = modules(doors, lang);
            choices.communities = of_kind(doors, AreaKind::Community, lang);
        }
        Topic::EndDuty => choices.modules = modules(doors, lang),
        Topic::SetLineGrids => choices.units = units(doors, lang),
        _ => {}
    }
    choices
}

fn of_area(area: &Area, lang: Lang) -> Choice {
    Choice {
        value: area.code.to_string(),
        text: area.names.get(lang).to_owned(),
    }
}

/// The areas of one size under what they lie in.
fn of_kind(doors: &Doors, kind: AreaKind, lang: Lang) -> Vec<Branch> {
    let (areas, now) = (&doors.desk.city.areas, doors.desk.now());
    let mut branches: Vec<Branch> = Vec::new();
    for area in areas.of_kind(kind, now) {
        let above = area.parent.as_ref().and_then(|code| areas.at(code, now));
        let name = above.map_or("", |above| above.names.get(lang)).to_owned();
        let choice = of_area(area, lang);
        match branches.iter_mut().find(|branch| branch.name == name) {
            Some(branch) => branch.choices.push(choice),
            None => branches.push(Branch {
                name,
                choices: vec![choice],
            }),
        }
    }
    branches
}

/// Areas of the same size as one, without it.
fn like(doors: &Doors, area: &Area, lang: Lang) -> Vec<Branch> {
    let mut branches = of_kind(doors, area.kind, lang);
    for branch in &mut branches {
        branch
            .choices
            .retain(|choice| choice.value != area.code.as_str());
    }
    branches.retain(|branch| !branch.choices.is_empty());
    branches
}

fn modules(doors: &Doors, lang: Lang) -> Vec<Branch> {
    let mut branches = units(doors, lang);
    for branch in &mut branches {
        let module = |choice: &Choice| {
            let unit = UnitCode::new(choice.value.as_str()).ok();
            let unit = unit.and_then(|code| doors.desk.city.unit(&code).map(|unit| unit.kind));
            unit == Some(UnitKind::Module)
        };
        branch.choices.retain(module);
    }
    branches
}

/// The departments with their modules.
fn units(doors: &Doors, lang: Lang) -> Vec<Branch> {
    let city = &doors.desk.city;
    city.departments()
        .map(|department| {
            let inside = city
                .units
                .iter()
                .filter(|unit| unit.parent.as_ref() == Some(&department.code));
            Branch {
                name: department.names.get(lang).to_owned(),
                choices: std::iter::once(department)
                    .chain(inside)
                    .map(|unit| Choice {
                        value: unit.code.to_string(),
                        text: unit.names.get(lang).to_owned(),
                    })
                    .collect(),
            }
        })
        .collect()
}
