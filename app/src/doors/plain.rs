//! The catalogue and the short pages.

use axum::{
    extract::{Path, State as Of},
    response::Response,
};
use casework::Error;
use domain::{city::Service, ids::ServiceCode, lang::Lang};

use super::{Ask, Doors, Oops, State};
use crate::{
    pages::{HelpPage, PartsPage, ServicePage, ServiceRow, ServiceView, ServicesPage, Topic},
    render,
};

async fn help(doors: State, ask: Ask, topic: Topic) -> Response {
    doors
        .public(&ask, &[], || async {
            let here = doors.here(&ask);
            Ok(render::page(
                move || leptos::view! { <HelpPage here topic /> },
            ))
        })
        .await
}

/// `GET /help/accessibility`
pub async fn accessibility(Of(doors): Of<State>, ask: Ask) -> Response {
    help(doors, ask, Topic::Accessibility).await
}

/// `GET /help/privacy`
pub async fn privacy(Of(doors): Of<State>, ask: Ask) -> Response {
    help(doors, ask, Topic::Privacy).await
}

/// `GET /help/metrics`
pub async fn metrics(Of(doors): Of<State>, ask: Ask) -> Response {
    help(doors, ask, Topic::Metrics).await
}

/// `GET /help/contact`
pub async fn contact(Of(doors): Of<State>, ask: Ask) -> Response {
    help(doors, ask, Topic::Contact).await
}

/// `GET /help/parts`: of a demonstration only.
pub async fn parts(Of(doors): Of<State>, ask: Ask) -> Response {
    doors
        .public(&ask, &[], || async {
            if !doors.site.demo {
                return Err(Oops::Case(Error::NotFound));
            }
            let here = doors.here(&ask);
            Ok(render::page(move || leptos::view! { <PartsPage here /> }))
        })
        .await
}

/// `GET /data`
pub async fn data(Of(doors): Of<State>, ask: Ask) -> Response {
    help(doors, ask, Topic::Data).await
}

/// `GET /ledger`
pub async fn ledger(Of(doors): Of<State>, ask: Ask) -> Response {
    help(doors, ask, Topic::Ledger).await
}

/// `GET /services`
pub async fn services(Of(doors): Of<State>, ask: Ask) -> Response {
    doors
        .public(&ask, &["q"], || async {
            let lang = ask.reader.lang;
            let q: String = ask
                .asked("q")
                .unwrap_or_default()
                .chars()
                .take(100)
                .collect();
            let city = &doors.desk.city;
            let rows: Vec<ServiceRow> = if q.trim().is_empty() {
                city.services
                    .iter()
                    .map(|service| row(&doors, service, lang))
                    .collect()
            } else {
                city.search_services(&q, lang)
                    .into_iter()
                    .filter_map(|hit| city.service(&hit.code))
                    .map(|service| row(&doors, service, lang))
                    .collect()
            };
            let here = doors.here(&ask);
            Ok(render::page(
                move || leptos::view! { <ServicesPage here q rows /> },
            ))
        })
        .await
}

/// `GET /services/{code}`
pub async fn service(Of(doors): Of<State>, Path(code): Path<String>, ask: Ask) -> Response {
    doors
        .public(&ask, &[], || async {
            let lang = ask.reader.lang;
            let code = ServiceCode::new(code).map_err(|_| Oops::Case(Error::NotFound))?;
            let found = doors
                .desk
                .city
                .service(&code)
                .ok_or(Oops::Case(Error::NotFound))?;
            let service = view(&doors, found, lang);
            let here = doors.here(&ask);
            Ok(render::page(
                move || leptos::view! { <ServicePage here service /> },
            ))
        })
        .await
}

fn row(doors: &Doors, service: &Service, lang: Lang) -> ServiceRow {
    let unit = doors.desk.city.unit(&service.department);
    ServiceRow {
        code: service.code.to_string(),
        name: service.names.get(lang).to_owned(),
        summary: service.summary.get(lang).to_owned(),
        department: unit.map_or_else(String::new, |unit| unit.names.get(lang).to_owned()),
    }
}

fn view(doors: &Doors, service: &Service, lang: Lang) -> ServiceView {
    ServiceView {
        row: row(doors, service, lang),
        kind: service.kind,
        documents: service
            .documents
            .iter()
            .map(|names| names.get(lang).to_owned())
            .collect(),
        basis: service.basis.clone(),
        statutory: service.statutory_days,
        promised: service.promised_days,
        fee: service.fee.as_ref().map(|fee| fee.get(lang).to_owned()),
        reach: service.reach,
        modes: service.modes.clone(),
        visits: service.visits,
    }
}
