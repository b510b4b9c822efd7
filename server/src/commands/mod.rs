//! What `huiyin` can be asked to do, one file a command.

pub mod demo;
pub mod healthcheck;
pub mod migrate;
pub mod routes;
pub mod serve;
