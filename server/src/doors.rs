//! The doors of this server: every router that is not the foundation, put together over a desk.

use std::sync::Arc;

use anyhow::Context as _;
use app::doors::{Doors as PageDoors, OfferPage, Standing, nowhere, table};
use app::here::{IslandFiles, PhoneLine, Site};
use app::http::failure::failure_page;
use app::http::load::LoadRule;
use app::http::problem::{Problem, is_for_machines};
use app::http::table::RouteLine;
use app::http::ticket::SigningKey;
use app::letters::Letterbox;
use app::pages::Trouble;
use app::sign_on::SignOn;
use axum::response::{Html, IntoResponse as _, Response};
use casework::Desk;
use domain::city::{City, EmergencyKind, EmergencyNumber};
use futures::FutureExt as _;
use http::{HeaderMap, Method, StatusCode, Uri};

use crate::api::{self, Api};
use crate::commands::serve::Doors;
use crate::couriers::Couriers;
use crate::net::gate::Failure;
use crate::settings::Settings;
use crate::sign_on::Oidc;

/// Puts the doors together over an open desk.
///
/// # Errors
/// If the built browser files are there but their list cannot be read.
pub fn open(settings: &Settings, desk: &Desk, demo: bool) -> anyhow::Result<Doors> {
    let letterbox = demo.then(|| Arc::new(Letterbox::default()));
    let couriers = Couriers::open(settings, letterbox.clone())?;
    let site = Arc::new(site(settings, &desk.city, demo)?);
    let entropy = Arc::clone(desk.entropy());
    let load = LoadRule::new(
        settings.load_limits(),
        // The same on all nodes, as the keys are; and no other use shares these bytes.
        SigningKey::new(desk.store.keys().session.current().mac(&[b"load rule"])),
        Arc::new(move |bytes: &mut [u8]| entropy.fill(bytes)),
    );
    let standing = Standing::new(PageDoors {
        desk: desk.clone(),
        site: Arc::clone(&site),
        cache: settings.make_page_cache(),
        offer: OfferPage::default(),
        load: Arc::new(load),
        lookups: Arc::new(settings.lookup_throttle()),
        sign_ins: Arc::new(settings.sign_in_throttle()),
        sign_on: sign_on(settings, desk)?,
        reach: couriers.reach(),
        letterbox,
        streams: Arc::new(settings.streams()),
        forms: settings.form_limits(),
        https: settings.is_https(),
        read_only: settings.read_only,
    });
    couriers.start(desk, settings.base());
    let pages = table();
    let mut public = pages.public_pages();
    // Of a demonstration only, which lists nothing.
    public.retain(|path| *path != "/help/parts");
    let lines = lines();
    let city_lang = desk.city.default_lang;
    let told = Arc::new(move |headers: &HeaderMap, uri: &Uri, trouble: Trouble| {
        failure_page(&site, city_lang, headers, uri, trouble)
    });
    let wrong_way = Arc::clone(&told);
    let asked = standing.clone();
    Ok(Doors {
        router: pages.into_router().with_state(standing.clone()).merge(
            api::table()
                .into_router()
                .with_state(Api::new(standing, demo, settings.json_bytes)),
        ),
        lines,
        pages: public,
        not_found: Arc::new(move |parts| {
            let asked = asked.clone();
            async move {
                if is_for_machines(&parts.uri) {
                    Problem::not_found().into_response()
                } else {
                    nowhere(&asked.now(), &parts).await
                }
            }
            .boxed()
        }),
        wrong_way: Arc::new(move |parts| {
            method_refused(&parts.method, &parts.uri, || {
                wrong_way(&parts.headers, &parts.uri, Trouble::WrongWay)
            })
        }),
        failure: Arc::new(move |failure: Failure<'_>| {
            told(failure.headers, failure.uri, trouble_of(&failure))
        }),
    })
}

fn sign_on(settings: &Settings, desk: &Desk) -> anyhow::Result<Option<Arc<dyn SignOn>>> {
    let (clock, entropy) = (Arc::clone(desk.clock()), Arc::clone(desk.entropy()));
    let provider = Oidc::open(settings, clock, entropy)?;
    Ok(provider.map(|provider| Arc::new(provider) as Arc<dyn SignOn>))
}

/// 405, told in the way of who asks.
fn method_refused(method: &Method, uri: &Uri, page: impl FnOnce() -> String) -> Response {
    let status = StatusCode::METHOD_NOT_ALLOWED;
    if is_for_machines(uri) {
        let detail = format!("This address does not take {method}.");
        Problem::new(status, "method", detail).into_response()
    } else {
        (status, Html(page())).into_response()
    }
}

fn trouble_of(failure: &Failure<'_>) -> Trouble {
    match failure.status {
        StatusCode::BAD_REQUEST => Trouble::Unreadable,
        StatusCode::FORBIDDEN => Trouble::Forbidden,
        StatusCode::SERVICE_UNAVAILABLE => Trouble::Busy,
        _ => Trouble::Broken(failure.incident.to_owned()),
    }
}

/// The rows of all doors, without anything being opened.
pub fn lines() -> Vec<RouteLine> {
    let mut lines = table().lines();
    lines.extend(api::table().lines());
    lines
}

/// What the pages know of this installation.
///
/// # Errors
/// If the list of the built browser files cannot be read.
fn site(settings: &Settings, city: &City, demo: bool) -> anyhow::Result<Site> {
    let list = settings.site_dir.join("hashes");
    let islands = match std::fs::read_to_string(&list) {
        Ok(text) => IslandFiles::parse(&text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => {
            return Err(error).with_context(|| format!("reading {}", list.display()));
        }
    };
    let lines = |numbers: &[&EmergencyNumber]| numbers.iter().map(|n| phone_line(n)).collect();
    Ok(Site {
        city: city.names.clone(),
        base_url: settings.base_url.clone(),
        demo,
        noindex: demo,
        sponsor: settings.sponsor.clone(),
        icp: settings.icp_number.clone(),
        police_filing: settings.police_number.clone(),
        emergency: lines(&city.danger_numbers()),
        hotline: city
            .emergency
            .iter()
            .find(|number| number.kind == EmergencyKind::Hotline)
            .map(phone_line),
        time: city.time.clone(),
        islands,
    })
}

fn phone_line(number: &EmergencyNumber) -> PhoneLine {
    PhoneLine {
        number: number.number.clone(),
        names: number.names.clone(),
        by_text: number.kind == EmergencyKind::Sms,
    }
}
