//! `/desk/audit`: for auditors what was done to accounts and offices, for supervisors how the city
//! handles what it is told; and `/desk/bulletin`, what a week came to.

use axum::{extract::State as Of, response::Response};
use casework::{people, sign_in::SignedIn, supervision};
use domain::{
    access::{Manage, manages, supervises},
    time::{Week, parse_date},
};
use http::StatusCode;

use super::{answer, bar, trouble};
use crate::{
    doors::{Ask, Doors, Oops, State, sign_in::staff},
    pages::{AuditPage, BulletinPage, SupervisionPage},
    parts::DeskNav,
    render,
};

/// `GET /desk/audit`
pub async fn page(Of(doors): Of<State>, ask: Ask) -> Response {
    let who = match staff(&doors, &ask).await {
        Ok(who) => who,
        Err(response) => return response,
    };
    if supervises(&who.viewer) && manages(&who.viewer, Manage::Audit).is_none() {
        let page = supervision_page(&doors, &ask, &who).await;
        return page.unwrap_or_else(|oops| trouble(&doors, &ask, &who, &oops));
    }
    let before = ask.asked("before").filter(|before| !before.is_empty());
    let (desk, lang) = (&doors.desk, ask.reader.lang);
    match people::audit(desk, &who.viewer, before.as_deref(), lang).await {
        Ok((entries, next)) => {
            let (here, bar) = (doors.here(&ask), bar(&who, DeskNav::Audit));
            let html = render::page(move || leptos::view! { <AuditPage here bar entries next /> });
            answer(&doors, &ask, StatusCode::OK, html)
        }
        Err(error) => trouble(&doors, &ask, &who, &error.into()),
    }
}

/// How the whole city handles what it is told, and the sample of the last week that is over.
async fn supervision_page(doors: &Doors, ask: &Ask, who: &SignedIn) -> Result<Response, Oops> {
    let (desk, viewer, lang) = (&doors.desk, &who.viewer, ask.reader.lang);
    let overview = supervision::overview(desk, viewer, lang).await?;
    let last = supervision::this_week(desk).before();
    let sample = supervision::sample(desk, viewer, last, lang).await?;
    let (here, bar) = (doors.here(ask), bar(who, DeskNav::Supervision));
    let html = render::page(move || leptos::view! { <SupervisionPage here bar overview sample /> });
    Ok(answer(doors, ask, StatusCode::OK, html))
}

/// `GET /desk/bulletin?week=2026-11-23`: the week that day lies in; without one, the last that is over.
pub async fn bulletin(Of(doors): Of<State>, ask: Ask) -> Response {
    let who = match staff(&doors, &ask).await {
        Ok(who) => who,
        Err(response) => return response,
    };
    let (desk, viewer, lang) = (&doors.desk, &who.viewer, ask.reader.lang);
    let this = supervision::this_week(desk);
    let asked = ask.asked("week").and_then(|day| parse_date(&day).ok());
    // What has not begun came to nothing yet.
    let week = asked.map_or(this.before(), Week::of).min(this);
    let made = async {
        let bulletin = supervision::bulletin(desk, viewer, week, lang).await?;
        let sample = supervision::sample(desk, viewer, week, lang).await?;
        Ok::<_, Oops>((bulletin, sample))
    };
    match made.await {
        Ok((bulletin, sample)) => {
            let (here, bar) = (doors.here(&ask), bar(&who, DeskNav::Supervision));
            let html =
                render::page(move || leptos::view! { <BulletinPage here bar bulletin sample /> });
            answer(&doors, &ask, StatusCode::OK, html)
        }
        Err(oops) => trouble(&doors, &ask, &who, &oops),
    }
}
