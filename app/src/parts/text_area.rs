//! The one place that writes a `<textarea>`.

use leptos::prelude::*;

/// A box for more than a line.
///
/// Leptos 0.8 writes a textarea's children as they are, so this part escapes them itself and hands
/// them over as finished markup. The line break put first is the one that HTML drops; without it a
/// text that begins with a line break would lose it. Attributes are as in [`super::Field`].
#[component]
pub fn TextArea(
    #[prop(into)] name: String,
    /// Where a page has several of one name; else the name.
    #[prop(optional, into)]
    id: Option<String>,
    #[prop(into)] value: String,
    #[prop(default = 6)] rows: u8,
    #[prop(optional)] maxlength: Option<usize>,
    #[prop(optional, into)] described_by: Option<String>,
    #[prop(optional)] invalid: bool,
    #[prop(optional)] required: bool,
) -> impl IntoView {
    view! {
        <textarea
            id=id.unwrap_or_else(|| name.clone())
            name=name
            rows=rows.to_string()
            maxlength=maxlength.map(|most| most.to_string())
            aria-describedby=described_by.filter(|ids| !ids.is_empty())
            aria-invalid=invalid.then_some("true")
            required=required
            inner_html=format!("\n{}", escaped(&value))
        ></textarea>
    }
    .into_any()
}

/// Text as the content of an element that knows character references.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fragment;

    fn shown(value: &'static str) -> String {
        fragment(move || view! { <TextArea name="d" value=value /> })
    }

    #[test]
    fn a_text_cannot_leave_its_box() {
        let html = shown("</textarea><script>alert(1)</script>&lt;");
        assert!(!html.contains("<script"), "{html}");
        assert_eq!(html.matches("</textarea>").count(), 1, "{html}");
        assert!(html.contains("&lt;/textarea&gt;&lt;script&gt;"), "{html}");
        assert!(html.contains("&amp;lt;"), "{html}");
    }

    #[test]
    fn a_text_comes_back_letter_for_letter() {
        assert!(shown("").contains(">\n</textarea>"), "{}", shown(""));
        assert!(shown("\n第二行").contains(">\n\n第二行</textarea>"));
    }
}
