//! From components to bytes: one synchronous pass, nothing awaited, the same input gives the same
//! bytes.
//!
//! Leptos 0.8.23 leaves the children of `<textarea>`, `<script>`, `<style>` and `<noscript>`
//! unescaped. [`crate::parts::TextArea`] is the only place that writes a `<textarea>`,
//! [`crate::parts::Page`] the only one that writes `<title>` and `<script>`; a test below keeps
//! everybody else from it.

use std::sync::Arc;

use hydration_context::SsrSharedContext;
use leptos::prelude::*;

/// Runs the components once and returns the whole document, doctype included.
///
/// The document is a function of what `view` captured: no clock, no counter, no nonce. That is
/// what lets public pages be cached and compared by their bytes. The reactive owner is dropped
/// before this returns, so nothing of one request reaches the next.
pub fn page<V: IntoView>(view: impl FnOnce() -> V) -> String {
    format!("<!DOCTYPE html>{}", fragment(view))
}

/// Like [`page`], without the doctype: a piece of a page, for a test or a live update.
pub fn fragment<V: IntoView>(view: impl FnOnce() -> V) -> String {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let html = owner.with(|| view().into_view().to_html());
    owner.unset_with_forced_cleanup();
    html
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;

    #[test]
    fn text_and_attributes_are_escaped() {
        let evil = r#""><script>alert(1)</script>"#;
        let html = fragment(move || view! { <p title=evil>{evil}</p> });
        assert!(!html.contains("<script"), "{html}");
        assert!(
            html.contains(r#"title="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;">"#),
            "{html}"
        );
    }

    #[test]
    fn nothing_of_one_render_reaches_the_next() {
        let first = fragment(|| {
            provide_context(7_u8);
            view! { <p>{use_context::<u8>()}</p> }
        });
        let second = fragment(|| view! { <p>{use_context::<u8>()}</p> });
        assert!(first.contains('7'));
        assert!(!second.contains('7'));
    }

    /// Elements whose children the renderer does not escape, and who may write them.
    #[test]
    fn raw_text_elements_are_written_in_one_place_each() {
        let mut seen = 0;
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut open = vec![source];
        while let Some(path) = open.pop() {
            if path.is_dir() {
                open.extend(
                    fs::read_dir(&path)
                        .unwrap()
                        .map(|entry| entry.unwrap().path()),
                );
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            if path.ends_with("pages/gallery.rs") || path.ends_with("pages/samples.rs") {
                continue; // tests, like what follows the mark below: they may spell the attack out
            }
            let built = text.split("#[cfg(test)]").next().unwrap_or_default();
            for (element, owner) in [
                ("<textarea", "parts/text_area.rs"),
                ("<title", "parts/page.rs"),
                ("<script", "parts/page.rs"),
                ("<style", "nobody"),
                ("<noscript", "nobody"),
                ("inner_html", "parts/text_area.rs"),
                (" style=", "nobody"),
            ] {
                for line in built
                    .lines()
                    .filter(|line| !line.trim_start().starts_with("//"))
                {
                    if line.contains(element) {
                        seen += 1;
                        assert!(path.ends_with(owner), "{element} in {}", path.display());
                    }
                }
            }
        }
        assert!(seen >= 3, "the search itself must find the known places");
    }
}
