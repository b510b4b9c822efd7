//! The whole server on real sockets: what the network may do to it, and what it may not.

mod abuse_errors;
mod abuse_memory;
mod abuse_private;
mod binary;
mod busy;
mod city;
mod crowd;
mod ear;
mod events;
mod events_limits;
mod failures;
mod heads;
mod labels;
mod load;
mod merged;
mod portal;
mod preview;
mod private;
mod proxies;
mod public;
mod slow;
mod smuggling;
mod stopping;
mod track;
mod typed;
