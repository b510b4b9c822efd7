//! Pages for what failed before a door was reached, or behind one.

use std::sync::Arc;

use domain::lang::Lang;
use http::header::{ACCEPT_LANGUAGE, COOKIE};
use http::{HeaderMap, Uri};

use crate::here::{Here, Site};
use crate::pages::{ErrorPage, Trouble};
use crate::reader::Reader;
use crate::render;

/// The page that tells `trouble`, in the language of who asked for `uri` with these headers.
pub fn failure_page(
    site: &Arc<Site>,
    city: Lang,
    headers: &HeaderMap,
    uri: &Uri,
    trouble: Trouble,
) -> String {
    let text = |name| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or("")
    };
    let query = uri.query().unwrap_or_default();
    let (reader, _) = Reader::decide(query, text(COOKIE), text(ACCEPT_LANGUAGE), city);
    let here = Here::new(Arc::clone(site), reader, uri.path(), query);
    render::page(move || leptos::view! { <ErrorPage here trouble /> })
}
