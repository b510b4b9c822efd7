//! From the socket to the router: [`accept`] takes connections, [`framing`] reads where requests
//! end, [`steady`] and [`pace`] keep slow ones from holding us, [`gate`] is what every request passes.

pub mod accept;
pub mod framing;
pub mod gate;
pub mod pace;
pub mod steady;
