//! Putting the server together from settings; the same for the binary and for tests.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use app::doors::Streams;
use app::http::body::FormLimits;
use app::http::headers::Policy;
use app::http::load::LoadLimits;
use app::http::page_cache::PageCache;
use app::http::seats::Seats;
use app::http::table::{Permission, Route, RouteLine, Table};
use app::http::throttle::LookupThrottle;
use axum::Router;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use domain::time::Millis;
use futures::FutureExt as _;
use futures::future::BoxFuture;
use http::request::Parts;
use http::{Method, Request, StatusCode};
use tower::service_fn;

use crate::files::Files;
use crate::health::Health;
use crate::net::accept::NetLimits;
use crate::net::gate::{FailurePage, GateRules};
use crate::net::pace::Allowance;
use crate::settings::Settings;
use crate::well_known::WellKnown;

/// What the foundation answers itself, without any page.
#[derive(Clone)]
pub struct Foundation {
    /// Static files.
    pub files: Files,
    /// The checks of `/readyz`.
    pub health: Health,
    /// robots.txt and its like.
    pub well_known: WellKnown,
}

/// The routes of the foundation.
pub fn foundation_table(foundation: &Foundation) -> Table<()> {
    let health = foundation.health.clone();
    let robots = foundation.well_known.clone();
    let sitemap = foundation.well_known.clone();
    let security = foundation.well_known.clone();
    Table::new(vec![
        Route::get("/healthz", Permission::Machine, || async { "ok\n" }),
        Route::get("/readyz", Permission::Machine, move || {
            let health = health.clone();
            async move { health.ready().await }
        }),
        Route::get("/robots.txt", Permission::Everyone, move || async move {
            robots.robots()
        }),
        Route::get("/sitemap.xml", Permission::Everyone, move || async move {
            sitemap.sitemap()
        }),
        Route::get(
            "/.well-known/security.txt",
            Permission::Everyone,
            move || async move { security.security() },
        ),
    ])
}

/// What `huiyin routes` prints: the rows of the foundation, its files, and the rows of `doors`.
pub fn route_lines(foundation: &Foundation, doors: Vec<RouteLine>) -> Vec<RouteLine> {
    let mut lines = foundation_table(foundation).lines();
    lines.push(RouteLine {
        path: "/pkg/{file}",
        method: Method::GET.to_string(),
        permission: Permission::Everyone.to_string(),
    });
    lines.extend(doors);
    lines.sort();
    lines
}

/// Answers what an address does not take.
pub type Refusal = Arc<dyn Fn(&Parts) -> Response + Send + Sync>;

/// Answers what no route answers; who asks may have to be looked up.
pub type Nowhere = Arc<dyn Fn(Parts) -> BoxFuture<'static, Response> + Send + Sync>;

/// The whole router: `doors` first, then the foundation, then files, then `not_found`; and
/// `wrong_way` where the address is there but not for this method.
pub fn assemble(
    doors: Router,
    foundation: Foundation,
    not_found: Nowhere,
    wrong_way: Refusal,
) -> Router {
    let files = foundation.files.clone();
    let rest = service_fn(move |request: Request<Body>| {
        let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
        let file = if is_read {
            files.answer(request.uri().path(), request.headers())
        } else {
            None
        };
        let response = match file {
            Some(file) => async move { file }.boxed(),
            None => not_found(request.into_parts().0),
        };
        response.map(Ok::<_, Infallible>)
    });
    doors
        .merge(foundation_table(&foundation).into_router())
        .fallback_service(rest)
        .method_not_allowed_fallback(move |request: Request<Body>| {
            let response = wrong_way(&request.into_parts().0);
            async move { response }
        })
}

/// 404 where nobody gave a page for it.
pub fn plain_not_found() -> Nowhere {
    Arc::new(|_| {
        let text = "没有这一页。 There is nothing here.\n";
        async move { (StatusCode::NOT_FOUND, text).into_response() }.boxed()
    })
}

/// 405 where nobody gave a page for it.
pub fn plain_wrong_way() -> Refusal {
    Arc::new(|_| StatusCode::METHOD_NOT_ALLOWED.into_response())
}

impl Settings {
    /// What connections are held to.
    pub fn net_limits(&self) -> NetLimits {
        NetLimits {
            connections: self.max_connections,
            per_network: self.max_connections_per_address,
            trusted: self.trusted_proxies.clone(),
            header_time: Duration::from_secs(self.header_seconds),
            header_bytes: self.max_header_bytes,
            write_idle: Duration::from_secs(self.write_idle_seconds),
            stop: Duration::from_secs(self.stop_seconds),
        }
    }

    /// What every request passes. `start` differs from start to start.
    pub fn gate_rules(&self, demo: bool, start: [u8; 4], failure: FailurePage) -> GateRules {
        GateRules {
            trusted: self.trusted_proxies.clone(),
            headers: Policy {
                https: self.is_https(),
                demo,
            },
            request: Duration::from_secs(self.request_seconds),
            upload: Allowance {
                first: Duration::from_secs(self.upload_seconds),
                most: Duration::from_secs(self.upload_seconds_max),
                rate: self.body_rate,
            },
            body_idle: Duration::from_secs(self.body_idle_seconds),
            start: hex::encode(start),
            failure,
        }
    }

    /// What a form may hold.
    pub fn form_limits(&self) -> FormLimits {
        FormLimits {
            parts: self.upload_parts,
            part_header: self.upload_part_header_bytes,
            whole: self.upload_bytes,
            file: self.photo_bytes,
            files: self.photos,
            text: self.form_text_bytes,
            plain: self.form_bytes,
        }
    }

    /// What is asked of whom in a crowd.
    pub fn load_limits(&self) -> LoadLimits {
        LoadLimits {
            per_network: self.filings_per_address,
            window: seconds(self.filing_window_seconds),
            per_second: self.filings_per_second,
            wait: seconds(self.filing_wait_seconds),
            bits: self.work_bits,
            bits_max: self.work_bits_max,
        }
    }

    /// The throttle of receipt look-ups.
    pub fn lookup_throttle(&self) -> LookupThrottle {
        LookupThrottle::new(self.lookups_per_minute, self.lookups_per_second)
    }

    /// The address people use; where none is set, the one that is listened on.
    pub fn base(&self) -> String {
        if self.base_url.is_empty() {
            format!("http://{}", self.addr)
        } else {
            self.base_url.clone()
        }
    }

    /// The throttle of sign-ins.
    pub fn sign_in_throttle(&self) -> LookupThrottle {
        LookupThrottle::new(self.sign_ins_per_minute, self.sign_ins_per_second)
    }

    /// What live streams are held to. However many are open, a quarter of the connections is left for
    /// pages.
    pub fn streams(&self) -> Streams {
        Streams {
            seats: Seats::new(
                self.streams.min(self.max_connections / 2),
                self.streams_per_address,
            ),
            desk_seats: Seats::new(
                self.streams.min(self.max_connections / 4),
                self.desk_streams_per_address,
            ),
            beat: Duration::from_secs(self.stream_beat_seconds),
            life: Duration::from_secs(self.stream_seconds),
        }
    }

    /// The page cache; of no bytes where it is switched off.
    pub fn make_page_cache(&self) -> PageCache {
        PageCache::new(if self.page_cache {
            self.page_cache_bytes
        } else {
            0
        })
    }
}

fn seconds(n: u64) -> Millis {
    Millis::seconds(i64::try_from(n).unwrap_or(i64::MAX))
}
