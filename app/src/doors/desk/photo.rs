//! `/desk/cases/{number}/photos/{photo}`

use std::collections::BTreeSet;

use axum::{
    extract::{Path, Request, State as Of},
    response::{IntoResponse, Redirect, Response},
};
use casework::{
    Error,
    cover::{self, COLUMNS, Cell, Cover, ROWS},
    file::FilingKey,
    look,
    photos::PhotoError,
    sign_in::SignedIn,
    stage,
};
use domain::reference::CaseNumber;
use http::StatusCode;

use super::{answer, bar, open_form, trouble};
use crate::{
    doors::{Ask, Doors, Oops, State, sign_in::staff},
    http::body::FormBody,
    pages::{CoverFault, CoverPage, CoverView, PhotoDone},
    parts::DeskNav,
    render,
};

/// `GET /desk/cases/{number}/photos/{photo}`
pub async fn page(
    Of(doors): Of<State>,
    Path((number, photo)): Path<(String, String)>,
    ask: Ask,
) -> Response {
    let who = match staff(&doors, &ask).await {
        Ok(who) => who,
        Err(response) => return response,
    };
    let anew = ask.asks_for("anew");
    let picked = (BTreeSet::new(), anew);
    let page = show(&doors, &ask, &who, &number, &photo, picked, None).await;
    page.unwrap_or_else(|oops| trouble(&doors, &ask, &who, &oops))
}

fn read(number: &str, photo: &str) -> Result<(CaseNumber, u32), Oops> {
    match (number.parse(), photo.parse()) {
        (Ok(number), Ok(photo)) => Ok((number, photo)),
        _ => Err(Oops::Case(Error::NotFound)),
    }
}

async fn show(
    doors: &Doors,
    ask: &Ask,
    who: &SignedIn,
    number: &str,
    photo: &str,
    (cells, anew): (BTreeSet<Cell>, bool),
    fault: Option<CoverFault>,
) -> Result<Response, Oops> {
    let (number, photo) = read(number, photo)?;
    let (desk, viewer) = (&doors.desk, &who.viewer);
    let found = cover::find(desk, viewer, number, photo).await?;
    // Opening it is looking at the case.
    let case = look::on_desk(desk, viewer, number, ask.reader.lang).await?;
    let shown = CoverView {
        number: number.to_string(),
        version: case.story.version,
        photo,
        key: FilingKey::draw(desk).as_str().to_owned(),
        instead: found.shown_instead(),
        withheld: found.is_withheld(),
        anew,
        cells,
        fault,
    };
    let status = match fault {
        None => StatusCode::OK,
        Some(CoverFault::Nothing | CoverFault::All | CoverFault::Small) => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Some(CoverFault::Moved) => StatusCode::CONFLICT,
        Some(CoverFault::Busy) => StatusCode::SERVICE_UNAVAILABLE,
    };
    let (here, bar) = (doors.here(ask), bar(who, DeskNav::Work));
    let html = render::page(move || leptos::view! { <CoverPage here bar shown /> });
    Ok(answer(doors, ask, status, html))
}

/// A field as the form writes it; nothing for what is none.
fn cell(word: &str) -> Option<Cell> {
    let (column, row) = word.split_once('-')?;
    let from_one = |text: &str, most| {
        let at = text.parse::<u32>().ok()?.checked_sub(1)?;
        (at < most).then_some(at)
    };
    Some((from_one(column, COLUMNS)?, from_one(row, ROWS)?))
}

/// `POST /desk/cases/{number}/photos/{photo}`
pub async fn post(
    Of(doors): Of<State>,
    Path((number, photo)): Path<(String, String)>,
    request: Request,
) -> Response {
    let (ask, form, who) = match open_form(&doors, request).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let done = take(&doors, &ask, &who, (&number, &photo), &form).await;
    done.unwrap_or_else(|oops| trouble(&doors, &ask, &who, &oops))
}

/// What is wrong with what was picked, before the photo is looked at.
fn amiss(wanted: &Cover) -> Option<CoverFault> {
    match wanted {
        Cover::Withheld | Cover::Shown => None,
        Cover::Cells(cells) | Cover::Keep(cells) if cells.is_empty() => Some(CoverFault::Nothing),
        Cover::Keep(cells) if cover::is_all(cells) => Some(CoverFault::All),
        Cover::Cells(_) | Cover::Keep(_) => None,
    }
}

async fn take(
    doors: &Doors,
    ask: &Ask,
    who: &SignedIn,
    (number, photo): (&str, &str),
    form: &FormBody,
) -> Result<Response, Oops> {
    let (case, no) = read(number, photo)?;
    let cells: BTreeSet<Cell> = form.all("cell").filter_map(cell).collect();
    let wanted = match form.get("act") {
        Some("withhold") => Cover::Withheld,
        Some("show") => Cover::Shown,
        Some("keep") => Cover::Keep(cells.clone()),
        _ => Cover::Cells(cells.clone()),
    };
    let did = PhotoDone::of(&wanted);
    let anew = form.get("anew").is_some();
    if let Some(fault) = amiss(&wanted) {
        return show(doors, ask, who, number, photo, (cells, anew), Some(fault)).await;
    }
    if doors.read_only {
        return Err(Oops::ReadOnly);
    }
    let key = FilingKey::new(form.get("key").unwrap_or_default())?;
    let address = ask.network.to_bytes();
    let version = form.get("version").and_then(|version| version.parse().ok());
    // What makes more public goes by what its reviewer saw.
    if version.is_none() && matches!(wanted, Cover::Shown) {
        let moved = Some(CoverFault::Moved);
        return show(doors, ask, who, number, photo, (cells, anew), moved).await;
    }
    let (desk, viewer) = (&doors.desk, &who.viewer);
    let form_of = (&key, address.as_slice());
    let fault = match cover::cover(desk, viewer, form_of, case, no, version, (wanted, anew)).await {
        Ok(_) => {
            let to = format!("/desk/cases/{case}?photo={}", did.as_str());
            return Ok(Redirect::to(&to).into_response());
        }
        Err(Error::Conflict { .. }) => CoverFault::Moved,
        Err(Error::Photo(PhotoError::TooSmall)) => CoverFault::Small,
        Err(error) if stage::photo_error(&error).is_some() => CoverFault::Busy,
        Err(error) => return Err(error.into()),
    };
    show(doors, ask, who, number, photo, (cells, anew), Some(fault)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_one_of_the_grid_or_none() {
        assert_eq!(cell("1-1"), Some((0, 0)));
        assert_eq!(cell("12-9"), Some((11, 8)));
        for none in ["0-1", "13-1", "1-10", "1", "-", "a-b", "1-1-1", "-1-2"] {
            assert_eq!(cell(none), None, "{none}");
        }
    }
}
