//! What stands between the network and a page: pure rules first, thin HTTP around them.
//!
//! Nothing here knows a case, a database or the global clock. Each rule takes what it judges as
//! arguments, so its table of examples stands beside it:
//!
//! * [`client`]: who is asking, when a proxy may stand in between;
//! * [`cross_site`]: may this form have been sent by another site;
//! * [`headers`]: what every answer carries;
//! * [`load`], [`pow`], [`ticket`], [`throttle`]: what is asked of somebody in a crowd;
//! * [`seats`]: how many streams may be open;
//! * [`body`], [`json`] and [`room`]: reading a body without being hurt by it;
//! * [`failure`]: the page of a request that got no other;
//! * [`page_cache`]: public pages, rendered once per change of the log;
//! * [`problem`]: errors of the API;
//! * [`table`]: the one list of routes.

pub mod body;
pub mod client;
pub mod cross_site;
pub mod failure;
pub mod headers;
pub mod json;
pub mod load;
pub mod page_cache;
pub mod pow;
pub mod problem;
pub mod room;
pub mod seats;
pub mod table;
pub mod throttle;
pub mod ticket;
