//! `/desk/audit`

use axum::{extract::State as Of, response::Response};
use casework::people;
use http::StatusCode;

use super::{answer, bar};
use crate::{
    doors::{Ask, State, oops_page, sign_in::staff},
    pages::AuditPage,
    parts::DeskNav,
    render,
};

/// `GET /desk/audit`
pub async fn page(Of(doors): Of<State>, ask: Ask) -> Response {
    let who = match staff(&doors, &ask).await {
        Ok(who) => who,
        Err(response) => return response,
    };
    match people::audit(&doors.desk, &who.viewer).await {
        Ok(entries) => {
            let (here, bar) = (doors.here(&ask), bar(&who, DeskNav::Audit));
            let html = render::page(move || leptos::view! { <AuditPage here bar entries /> });
            answer(&doors, &ask, StatusCode::OK, html)
        }
        Err(error) => oops_page(&doors, &ask, &error.into()),
    }
}
