//! The pages, one component each. A page takes [`crate::here::Here`] and its data, nothing else.

pub mod home;

pub use home::HomePage;
