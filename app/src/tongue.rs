//! In which language words are that the house did not write.
//!
//! A page has one language, and what residents wrote and what a city calls its offices may be in
//! another. A screen reader pronounces it right only if it is marked (WCAG 3.1.2), and a browser
//! picks the right glyphs. Nobody is asked for the language of a report: it is seen by the
//! characters, and what cannot be seen is left unmarked.

use domain::{
    fold::{fold_char, is_han},
    lang::Lang,
};
use leptos::prelude::*;

/// The `lang` of what a person wrote, on a page in the language `page`; nothing where the page's
/// own serves.
///
/// Chinese with a character that only traditional writing has is traditional, any other Chinese
/// simplified. What holds no Chinese character could be in any language.
pub fn of_words(page: Lang, text: &str) -> Option<&'static str> {
    if !text.chars().any(is_han) {
        return None;
    }
    let is_traditional = text.chars().any(|c| is_han(c) && fold_char(c) != c);
    let lang = if is_traditional {
        Lang::ZhHant
    } else {
        Lang::ZhHans
    };
    (lang != page).then(|| lang.tag())
}

/// The `lang` of the name of a place or an office, on a page in the language `page`: a name the
/// city has not translated stays Chinese in an English page.
pub fn of_name(page: Lang, name: &str) -> Option<&'static str> {
    (page == Lang::En).then(|| of_words(page, name)).flatten()
}

/// `whole` with the words in it that a person wrote marked.
pub fn marked(page: Lang, whole: &str, words: Option<&str>) -> AnyView {
    let found = words.and_then(|words| {
        let lang = of_words(page, words)?;
        let (before, after) = whole.split_once(words)?;
        Some((before.to_owned(), words.to_owned(), after.to_owned(), lang))
    });
    match found {
        Some((before, words, after, lang)) => {
            view! { {before}<span lang=lang>{words}</span>{after} }.into_any()
        }
        None => whole.to_owned().into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fragment;

    #[test]
    fn what_residents_wrote_is_marked_where_the_page_is_in_another_language() {
        for (page, text, lang) in [
            (Lang::ZhHans, "路灯不亮", None),
            (Lang::ZhHans, "路燈不亮", Some("zh-Hant")),
            (Lang::ZhHant, "路燈不亮", None),
            (Lang::ZhHant, "路灯不亮", Some("zh-Hans")),
            (Lang::En, "路灯不亮 (street light)", Some("zh-Hans")),
            (Lang::En, "路燈不亮", Some("zh-Hant")),
            (Lang::En, "The street light is out", None),
            (Lang::ZhHans, "The street light is out", None),
            (Lang::En, "", None),
        ] {
            assert_eq!(of_words(page, text), lang, "{text} on {page}");
        }
    }

    #[test]
    fn a_name_is_marked_where_it_was_not_translated() {
        assert_eq!(of_name(Lang::En, "象岗社区"), Some("zh-Hans"));
        assert_eq!(of_name(Lang::En, "Xianggang Community"), None);
        // The traditional name may be the simplified one, character for character.
        assert_eq!(of_name(Lang::ZhHant, "城中"), None);
    }

    #[test]
    fn only_the_words_of_the_person_are_marked() {
        let html = |words: Option<&'static str>| {
            fragment(move || marked(Lang::En, "Dumped rubbish, 人民路", words))
        };
        let some = html(Some("人民路"));
        assert!(
            some.contains(r#"Dumped rubbish, <span lang="zh-Hans">人民路</span>"#),
            "{some}"
        );
        for none in [html(None), html(Some("")), html(Some("城南路"))] {
            assert!(!none.contains("<span"), "{none}");
        }
    }
}
