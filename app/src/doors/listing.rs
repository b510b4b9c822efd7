//! The front page, the list of cases, the communities.

use axum::{
    extract::{Path, State as Of},
    response::Response,
};
use casework::{
    Error,
    lists::{self, Asked},
    views::Label,
};
use domain::area::AreaKind;

use super::{Ask, Doors, State};
use crate::{
    pages::{CasesPage, CasesQuery, ComingCommunityPage, CommunitiesPage, CommunityPage, HomePage},
    render,
};

/// Longest text a query is searched for; the rest is not read.
const LONGEST: usize = 100;

/// `GET /`
pub async fn home(Of(doors): Of<State>, ask: Ask) -> Response {
    doors
        .public(&ask, &[], || async {
            let view = lists::home(&doors.desk, ask.reader.lang).await?;
            let here = doors.here(&ask);
            Ok(render::page(
                move || leptos::view! { <HomePage here view /> },
            ))
        })
        .await
}

fn asked(ask: &Ask, name: &str) -> String {
    ask.asked(name)
        .unwrap_or_default()
        .chars()
        .take(LONGEST)
        .collect()
}

/// `GET /cases`
pub async fn cases(Of(doors): Of<State>, ask: Ask) -> Response {
    let known = ["q", "state", "community", "category", "after"];
    doors
        .public(&ask, &known, || async {
            let query = CasesQuery {
                q: asked(&ask, "q"),
                state: asked(&ask, "state"),
                community: asked(&ask, "community"),
                category: asked(&ask, "category"),
                after: asked(&ask, "after"),
            };
            let wanted = Asked {
                words: query.q.clone(),
                area: query.community.clone(),
                category: query.category.clone(),
                state: query.state.clone(),
                after: query.after.clone(),
                limit: 0,
            };
            let list = lists::cases(&doors.desk, &wanted, ask.reader.lang).await?;
            let communities = communities_to_choose(&doors, &ask);
            let categories = categories_to_choose(&doors, &ask);
            let here = doors.here(&ask);
            Ok(render::page(move || {
                leptos::view! { <CasesPage here query list communities categories /> }
            }))
        })
        .await
}

fn communities_to_choose(doors: &Doors, ask: &Ask) -> Vec<Label> {
    let now = doors.desk.now();
    doors
        .desk
        .city
        .areas
        .of_kind(AreaKind::Community, now)
        .into_iter()
        .map(|area| Label {
            code: area.code.to_string(),
            text: area.names.get(ask.reader.lang).to_owned(),
        })
        .collect()
}

fn categories_to_choose(doors: &Doors, ask: &Ask) -> Vec<Label> {
    doors
        .desk
        .city
        .category_children(None)
        .into_iter()
        .map(|family| Label {
            code: family.code.to_string(),
            text: family.names.get(ask.reader.lang).to_owned(),
        })
        .collect()
}

/// `GET /communities`
pub async fn communities(Of(doors): Of<State>, ask: Ask) -> Response {
    doors
        .public(&ask, &["q"], || async {
            let q = asked(&ask, "q");
            let rows = lists::communities(&doors.desk, &q, ask.reader.lang);
            let here = doors.here(&ask);
            Ok(render::page(
                move || leptos::view! { <CommunitiesPage here q rows /> },
            ))
        })
        .await
}

/// `GET /communities/{code}`
pub async fn community(Of(doors): Of<State>, Path(code): Path<String>, ask: Ask) -> Response {
    doors
        .public(&ask, &[], || async {
            let lang = ask.reader.lang;
            let here = doors.here(&ask);
            match lists::community(&doors.desk, &code, lang).await {
                Ok(view) => Ok(render::page(
                    move || leptos::view! { <CommunityPage here view /> },
                )),
                Err(Error::NotFound) => {
                    let view = lists::coming_community(&doors.desk, &code, lang)?;
                    Ok(render::page(
                        move || leptos::view! { <ComingCommunityPage here view /> },
                    ))
                }
                Err(error) => Err(error.into()),
            }
        })
        .await
}
