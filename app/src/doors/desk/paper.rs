//! What the desk puts on paper: `/desk/cases/{number}/demands/{no}` and `/desk/morning`.

use axum::{
    extract::{Path, State as Of},
    response::Response,
};
use casework::{Error, look, worklist};
use domain::reference::CaseNumber;
use http::StatusCode;

use super::{answer, bar, trouble};
use crate::{
    doors::{Ask, Oops, State, sign_in::staff},
    pages::{DemandPage, MorningPage},
    parts::DeskNav,
    render,
};

/// `GET /desk/cases/{number}/demands/{no}`
pub async fn demand(
    Of(doors): Of<State>,
    Path((number, no)): Path<(String, String)>,
    ask: Ask,
) -> Response {
    let who = match staff(&doors, &ask).await {
        Ok(who) => who,
        Err(response) => return response,
    };
    let found = async {
        let number: CaseNumber = number.parse().map_err(|_| Oops::Case(Error::NotFound))?;
        let (desk, viewer) = (&doors.desk, &who.viewer);
        let case = look::for_paper(desk, viewer, number, ask.reader.lang).await?;
        let mut demands = case.demands.iter();
        let demand = demands.find(|it| it.no.to_string() == no).cloned();
        let demand = demand.ok_or(Oops::Case(Error::NotFound))?;
        Ok::<_, Oops>((case.story, demand))
    };
    match found.await {
        Ok((story, demand)) => {
            let (here, bar) = (doors.here(&ask), bar(&who, DeskNav::Work));
            let html = render::page(move || leptos::view! { <DemandPage here bar story demand /> });
            answer(&doors, &ask, StatusCode::OK, html)
        }
        Err(oops) => trouble(&doors, &ask, &who, &oops),
    }
}

/// `GET /desk/morning`
pub async fn morning(Of(doors): Of<State>, ask: Ask) -> Response {
    let who = match staff(&doors, &ask).await {
        Ok(who) => who,
        Err(response) => return response,
    };
    match worklist::for_paper(&doors.desk, &who.viewer, ask.reader.lang).await {
        Ok(lines) => {
            let now = doors.desk.now();
            let (here, bar) = (doors.here(&ask), bar(&who, DeskNav::Work));
            let html = render::page(move || leptos::view! { <MorningPage here bar lines now /> });
            answer(&doors, &ask, StatusCode::OK, html)
        }
        Err(error) => trouble(&doors, &ask, &who, &error.into()),
    }
}
