//! The doors of the pages: from a request to a use case to a page, and nothing else.
//!
//! A handler reads what was asked ([`Ask`]), calls one use case of `casework`, and renders. Public
//! pages never look at who asks and are kept by the page cache; all others are `no-store`.
//! **To add a page**, write its component, a handler here, and its row in [`table`].

mod ask;
mod case;
mod contract;
mod crowd;
mod desk;
mod events;
mod listing;
mod lost;
mod offer;
mod oops;
mod photos;
mod plain;
mod receipt;
mod sealed;
mod sign_in;
mod standing;
mod track;
mod whistle;

use std::sync::Arc;

use axum::response::Response;
use casework::Desk;
use domain::time::Timestamp;

pub use ask::Ask;
pub use desk::nowhere;
pub use events::Streams;
pub use offer::OfferPage;
pub use oops::{Oops, page as oops_page};
pub use standing::Standing;

use crate::{
    here::{Here, Site},
    http::{
        body::FormLimits,
        load::LoadRule,
        page_cache::{PageCache, PageKey, Rendered},
        table::{Permission, Route, Table},
        throttle::LookupThrottle,
    },
    letters::{Letterbox, Reach},
    sign_on::SignOn,
};

/// What the doors need, made once at the start.
pub struct Doors {
    /// The use cases' desk.
    pub desk: Desk,
    /// The site's settings.
    pub site: Arc<Site>,
    /// Rendered public pages.
    pub cache: PageCache,
    /// What the form offers, for browsers.
    pub offer: OfferPage,
    /// What is asked of filings in a crowd.
    pub load: Arc<LoadRule>,
    /// How often receipts may be looked up.
    pub lookups: Arc<LookupThrottle>,
    /// How often one network may try to sign in.
    pub sign_ins: Arc<LookupThrottle>,
    /// What live streams are held to.
    pub streams: Arc<Streams>,
    /// What a form may hold.
    pub forms: FormLimits,
    /// The city's own sign-on, if it has one.
    pub sign_on: Option<Arc<dyn SignOn>>,
    /// Which addresses letters can be brought to.
    pub reach: Reach,
    /// In a demonstration: where letters to residents lie.
    pub letterbox: Option<Arc<Letterbox>>,
    /// The base URL is https: cookies are `__Host-` and Secure.
    pub https: bool,
    /// Only look: nothing new is accepted.
    pub read_only: bool,
}

/// What a handler takes of [`Standing`]; cheap to clone.
pub type State = Arc<Doors>;

impl Doors {
    /// The page of a request.
    #[must_use]
    pub fn here(&self, ask: &Ask) -> Here {
        Here::new(Arc::clone(&self.site), ask.reader, &ask.path, &ask.query)
    }

    /// What a cached page is true for: the log's position and the minute, since a clock may run
    /// out without anything being written.
    fn moment(&self) -> u64 {
        moment(self.desk.store.log_position(), self.desk.now())
    }

    /// Answers with a public page, from the cache if it is still true. `known` are the names of
    /// the query that change what the page says.
    async fn public<F>(&self, ask: &Ask, known: &[&str], render: impl FnOnce() -> F) -> Response
    where
        F: Future<Output = Result<String, Oops>>,
    {
        let reader = ask.reader;
        let look = format!("{}-{}", reader.size.word(), reader.scheme.word());
        let key = PageKey::new(&ask.path, Some(&ask.query), known, reader.lang.tag(), &look);
        let response = self
            .cache
            .answer(&ask.headers, key, self.moment(), || async {
                match render().await {
                    Ok(html) => Rendered::Public(html),
                    Err(oops) => Rendered::Other(oops_page(self, ask, &oops)),
                }
            })
            .await;
        ask.remember(response, self.https)
    }
}

/// One number that grows with the log and with every minute. A position fits 38 bits, a minute 26.
fn moment(position: u64, now: Timestamp) -> u64 {
    let minute = u64::try_from(now.millis().div_euclid(60_000)).unwrap_or(0);
    (position << 26) | (minute & ((1 << 26) - 1))
}

/// The one table of page routes.
#[must_use]
pub fn table() -> Table<Standing> {
    use Permission::{Anyone, Everyone, Party, Staff};
    Table::new(vec![
        Route::get("/", Everyone, listing::home),
        Route::get("/cases", Everyone, listing::cases),
        Route::get("/cases/{number}", Everyone, case::page),
        Route::get("/cases/{number}/photos/{photo}", Anyone, case::photo),
        Route::get("/cases/{number}/join", Anyone, case::join_form),
        Route::post("/cases/{number}/join", Anyone, case::join),
        Route::get("/contract/{number}/{token}", Anyone, contract::page),
        Route::post("/contract/{number}/{token}", Anyone, contract::post),
        Route::get(
            "/contract/{number}/{token}/photos/{photo}",
            Anyone,
            contract::photo,
        ),
        Route::get("/events", Anyone, events::stream),
        Route::get("/communities", Everyone, listing::communities),
        Route::get("/communities/{code}", Everyone, listing::community),
        Route::get("/services", Everyone, plain::services),
        Route::get("/services/{code}", Everyone, plain::service),
        Route::get("/whistle", Anyone, whistle::empty),
        Route::post("/whistle", Anyone, whistle::act),
        Route::get("/whistle/offer", Anyone, offer::offer),
        Route::get("/whistle/receipt", Party, receipt::page),
        Route::post("/whistle/receipt", Party, receipt::follow),
        Route::get("/track", Anyone, track::page),
        Route::post("/track", Anyone, track::post),
        Route::get("/track/lost", Anyone, lost::page),
        Route::post("/track/lost", Anyone, lost::post),
        Route::get("/help/letters", Anyone, lost::letterbox),
        Route::get("/sign-in", Anyone, sign_in::page),
        Route::post("/sign-in", Anyone, sign_in::post),
        Route::get("/sign-in/city", Anyone, sign_in::city_begin),
        Route::get("/sign-in/city/back", Anyone, sign_in::city_back),
        Route::post("/sign-out", Anyone, sign_in::out),
        Route::get("/desk", Staff("worklist"), desk::work),
        Route::post("/desk", Staff("worklist"), desk::work_post),
        Route::get("/desk/events", Staff("worklist"), events::desk),
        Route::get("/desk/cases/{number}", Staff("case"), desk::case),
        Route::post("/desk/cases/{number}", Staff("verbs"), desk::case_act),
        Route::get(
            "/desk/cases/{number}/public",
            Staff("publish"),
            desk::as_public,
        ),
        Route::get(
            "/desk/cases/{number}/photos/{photo}",
            Staff("redact"),
            desk::photo,
        ),
        Route::post(
            "/desk/cases/{number}/photos/{photo}",
            Staff("redact"),
            desk::photo_post,
        ),
        Route::get(
            "/desk/cases/{number}/demands/{no}",
            Staff("case"),
            desk::demand,
        ),
        Route::get("/desk/morning", Staff("worklist"), desk::morning),
        Route::get("/desk/file", Staff("file"), desk::file),
        Route::post("/desk/file", Staff("file"), desk::file_post),
        Route::get("/desk/city", Staff("city"), desk::city),
        Route::post("/desk/city", Staff("city"), desk::city_post),
        Route::get("/desk/people", Staff("people"), desk::people),
        Route::post("/desk/people", Staff("people"), desk::people_post),
        Route::get("/desk/audit", Staff("audit"), desk::audit),
        Route::get("/desk/bulletin", Staff("supervision"), desk::bulletin),
        Route::get("/desk/me", Staff("self"), desk::me),
        Route::post("/desk/me", Staff("self"), desk::me_post),
        Route::get("/help/accessibility", Everyone, plain::accessibility),
        Route::get("/help/privacy", Everyone, plain::privacy),
        Route::get("/help/metrics", Everyone, plain::metrics),
        Route::get("/help/contact", Everyone, plain::contact),
        Route::get("/help/parts", Everyone, plain::parts),
        Route::get("/data", Everyone, plain::data),
        Route::get("/ledger", Everyone, plain::ledger),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_grows_with_the_log_and_with_the_minute() {
        let at = |millis| Timestamp::from_millis(millis);
        assert_eq!(moment(1, at(0)), moment(1, at(59_999)));
        assert!(moment(1, at(60_000)) > moment(1, at(0)));
        assert!(moment(2, at(0)) > moment(1, at(4_000_000_000_000)));
    }
}
