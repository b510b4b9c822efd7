//! From the socket to the router: [`accept`] takes connections, [`framing`] reads where requests
//! end, [`steady`] and [`pace`] keep slow ones from holding us, [`gate`] is what every request passes, and
//! `label` is what a demonstration says of itself; `client` is the way out.

pub mod accept;
pub(crate) mod client;
pub mod framing;
pub mod gate;
mod label;
pub mod pace;
pub mod steady;
