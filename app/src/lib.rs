//! The Leptos app of Huiyin.
//!
//! Two builds come out of this crate, and this is the only file that tells them apart:
//!
//! * `ssr`: pages, parts, forms and texts. A page is plain components over plain data, run once by
//!   [`render::page`]; it never awaits and never looks at a clock.
//! * `hydrate`: the [`islands`] alone, compiled to WASM. What an island says stands on the page.
//!
//! **To add a text**, write it in all three folders of `texts/` and call `texts::t::its_key(lang)`.
//! **To add a page**, write a component in `pages/` that takes a [`here::Here`] and its data, and
//! give it a row in the route table. **To add an island**, put it in `islands/`, let it enhance
//! markup that already works, and hand it its words.

#[cfg(all(feature = "ssr", feature = "hydrate"))]
compile_error!("one build is either the server's or the browser's: never enable both");

pub mod islands;

/// Runs something in a browser, and nothing on the server, where an island is only a place.
#[cfg(feature = "hydrate")]
pub(crate) fn in_browser(run: impl FnOnce()) {
    run();
}

/// Runs something in a browser, and nothing on the server, where an island is only a place.
#[cfg(not(feature = "hydrate"))]
pub(crate) fn in_browser(_: impl FnOnce()) {}

#[cfg(feature = "ssr")]
pub mod assets;
#[cfg(feature = "ssr")]
pub mod doors;
#[cfg(feature = "ssr")]
pub mod explain;
#[cfg(feature = "ssr")]
pub mod form;
#[cfg(feature = "ssr")]
pub mod format;
#[cfg(feature = "ssr")]
pub mod here;
#[cfg(feature = "ssr")]
pub mod http;
#[cfg(feature = "ssr")]
pub mod letters;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod parts;
#[cfg(feature = "ssr")]
pub mod reader;
#[cfg(feature = "ssr")]
pub mod render;
#[cfg(feature = "ssr")]
pub mod sign_on;
#[cfg(feature = "ssr")]
pub mod texts;
#[cfg(feature = "ssr")]
pub mod tongue;
#[cfg(feature = "ssr")]
pub mod words;
