//! What `huiyin` can be asked to do, one file a command.

pub mod bench_desk;
pub mod bench_store;
pub mod demo;
pub mod healthcheck;
pub mod jobs;
pub mod migrate;
pub mod release;
pub mod route;
pub mod routes;
pub mod serve;
pub mod simulate;
pub mod user;
pub mod verify;
pub mod who_saw;
