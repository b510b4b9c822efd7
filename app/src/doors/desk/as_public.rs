//! `/desk/cases/{number}/public`

use axum::{
    extract::{Path, State as Of},
    response::Response,
};
use casework::{Error, look};
use domain::reference::CaseNumber;
use http::StatusCode;

use super::{answer, bar, trouble};
use crate::{
    doors::{Ask, Oops, State, sign_in::staff},
    pages::AsPublicPage,
    parts::DeskNav,
    render,
};

/// `GET /desk/cases/{number}/public`: what a release now would leave public.
pub async fn page(Of(doors): Of<State>, Path(number): Path<String>, ask: Ask) -> Response {
    let who = match staff(&doors, &ask).await {
        Ok(who) => who,
        Err(response) => return response,
    };
    let found = async {
        let number: CaseNumber = number.parse().map_err(|_| Oops::Case(Error::NotFound))?;
        let (desk, viewer) = (&doors.desk, &who.viewer);
        Ok::<_, Oops>(look::as_public(desk, viewer, number, ask.reader.lang).await?)
    };
    match found.await {
        Ok(shown) => {
            let (here, bar) = (doors.here(&ask), bar(&who, DeskNav::Work));
            let html = render::page(move || leptos::view! { <AsPublicPage here bar shown /> });
            answer(&doors, &ask, StatusCode::OK, html)
        }
        Err(oops) => trouble(&doors, &ask, &who, &oops),
    }
}
