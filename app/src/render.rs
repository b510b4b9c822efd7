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
    tidied(&html)
}

/// What the renderer puts where nothing or the next text stands.
const MARK: &str = "<!>";

/// The same document in valid HTML. A mark is read as an empty comment, but is a mistake as it is
/// written. Waking an island counts the marks in it, so there it becomes the comment it means;
/// everywhere else nobody looks for it. Text and attributes hold no `<`, so nothing else is hit.
fn tidied(html: &str) -> String {
    const ISLAND: &str = "leptos-island";
    let mut out = String::with_capacity(html.len());
    let mut depth = 0_usize;
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        if let Some(after) = tag.strip_prefix(MARK) {
            out.push_str(if depth > 0 { "<!---->" } else { "" });
            rest = after;
            continue;
        }
        if tag[1..].starts_with(ISLAND) {
            depth += 1;
        } else if tag.starts_with("</") && tag[2..].starts_with(ISLAND) {
            depth = depth.saturating_sub(1);
        }
        out.push('<');
        rest = &tag[1..];
    }
    out.push_str(rest);
    out
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

    #[test]
    fn marks_stay_where_an_island_counts_them() {
        let island = "<leptos-island data-component=\"A\"><p>a<!>b<!></p></leptos-island>";
        assert_eq!(
            tidied(&format!("<p>x<!>y</p>{island}<!><p>z<!></p>")),
            format!("<p>xy</p>{}<p>z</p>", island.replace("<!>", "<!---->"))
        );
        let html = fragment(|| view! { <p>{"a"}{"b"}{None::<String>}</p> });
        assert_eq!(html, "<p>ab</p>");
        for whole in ["", "no tags", "a <b>c</b>", "<"] {
            assert_eq!(tidied(whole), whole);
        }
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
