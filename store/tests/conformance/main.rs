//! Every behaviour, on both engines.

mod ended;
mod limits;
mod lists;
mod opening;
mod people;
mod photos;
mod reading;
mod writing;
