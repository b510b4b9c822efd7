//! Every behaviour, on both engines.

mod limits;
mod lists;
mod opening;
mod people;
mod photos;
mod reading;
mod writing;
