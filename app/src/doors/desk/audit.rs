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
    let before = ask.asked("before").filter(|before| !before.is_empty());
    let (desk, lang) = (&doors.desk, ask.reader.lang);
    match people::audit(desk, &who.viewer, before.as_deref(), lang).await {
        Ok((entries, next)) => {
            let (here, bar) = (doors.here(&ask), bar(&who, DeskNav::Audit));
            let html = render::page(move || leptos::view! { <AuditPage here bar entries next /> });
            answer(&doors, &ask, StatusCode::OK, html)
        }
        Err(error) => oops_page(&doors, &ask, &error.into()),
    }
}
