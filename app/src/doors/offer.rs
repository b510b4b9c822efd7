//! `/whistle/offer`: what the form offers, for a browser that runs the form's checks itself.

use std::sync::{Arc, PoisonError, RwLock};

use axum::{
    extract::{Request, State as Of},
    response::Response,
};
use bytes::Bytes;
use domain::{city::OfferRows, time::Timestamp};
use http::HeaderValue;
use serde::Serialize;

use super::State;
use crate::http::page_cache::Page;

/// How long an offer is answered before the city is asked again, in milliseconds. It changes when
/// a community is split or renamed, which holds from a date on.
const KEPT: i64 = 60_000;

/// The offer as it was last written.
#[derive(Debug, Default)]
pub struct OfferPage(RwLock<Option<(Timestamp, Arc<Page>)>>);

/// The offer on its way. A demonstration says so in every answer to a program.
#[derive(Serialize)]
struct Told {
    #[serde(skip_serializing_if = "Option::is_none")]
    demo: Option<bool>,
    #[serde(flatten)]
    rows: OfferRows,
}

/// `GET /whistle/offer`
pub async fn offer(Of(doors): Of<State>, request: Request) -> Response {
    let now = doors.desk.now();
    let fresh = |(at, _): &(Timestamp, _)| now.millis().abs_diff(at.millis()) < KEPT.unsigned_abs();
    // A value is replaced in one piece, so a panic elsewhere does not spoil it.
    let kept = doors.offer.0.read();
    let kept = kept.unwrap_or_else(PoisonError::into_inner);
    if let Some((_, page)) = kept.as_ref().filter(|kept| fresh(kept)) {
        return page.answer(request.headers());
    }
    drop(kept);
    let told = Told {
        demo: doors.site.demo.then_some(true),
        rows: doors.desk.city.offer(now),
    };
    let json = serde_json::to_vec(&told).expect("codes, names and words are JSON");
    let page = Arc::new(Page::new(
        Bytes::from(json),
        HeaderValue::from_static("application/json"),
    ));
    let mut kept = doors
        .offer
        .0
        .write()
        .unwrap_or_else(PoisonError::into_inner);
    *kept = Some((now, Arc::clone(&page)));
    drop(kept);
    page.answer(request.headers())
}
