//! The kind of problem, guessed from what is written, with the word that says so.

use std::{cell::RefCell, rc::Rc};

use domain::{
    city::{Ground as _, Matched, Offer, Standing},
    ids::CategoryCode,
    lang::Lang,
};
use leptos::{
    wasm_bindgen::JsCast,
    web_sys::{Element, Event, HtmlInputElement, HtmlTextAreaElement},
};

use super::{FormWords, offer};
use crate::islands::dom;

/// How many kinds are proposed at once.
const MOST: usize = 3;

/// A proposed kind.
#[derive(Clone, Debug, PartialEq)]
struct Proposal {
    code: CategoryCode,
    name: String,
}

/// What is said at the moment.
#[derive(Clone, Debug, Default, PartialEq)]
enum Said {
    #[default]
    Nothing,
    Proposed(String, Vec<Proposal>),
    None(String),
    Chosen(String),
    Danger,
}

/// Proposes up to three kinds from the text box `description`, or from the search field
/// `category_words` once something stands there; pressing one ticks its radio button.
pub fn wake(lang: Lang, words: &Rc<FormWords>) {
    let words = Rc::clone(words);
    let shown = RefCell::new(Said::default());
    let look = Rc::new(move || {
        let Some(offer) = offer::offer() else { return };
        let said = guess(&offer, lang, &words);
        // What is said already is not said again: it would be read out at every stroke.
        if *shown.borrow() != said {
            show(&said, &words);
            *shown.borrow_mut() = said;
        }
    });
    for (event, fields) in [
        ("input", &["description", "category_words"][..]),
        ("change", &["category"][..]),
    ] {
        let look = Rc::clone(&look);
        dom::listen(event, move |event| {
            if field_name(event).is_some_and(|name| fields.contains(&name.as_str())) {
                look();
            }
        });
    }
    offer::when_there(move || look());
}

fn show(said: &Said, words: &FormWords) {
    let Some(place) = dom::by_id::<Element>("guess") else {
        return;
    };
    // Whoever pressed a button that goes stands on what is said then.
    let stood_here = dom::has_focus(&place);
    place.set_text_content(None);
    let (class, text) = match said {
        Said::Nothing => return,
        Said::None(text) | Said::Chosen(text) | Said::Proposed(text, _) => ("", text),
        Said::Danger => ("error", &words.danger),
    };
    let line = dom::make("p", class, text);
    dom::put(&place, line.clone());
    if let Some(line) = line.filter(|_| stood_here) {
        dom::set(&line, "tabindex", Some("-1"));
        dom::set(&line, "id", Some("guess-said"));
        dom::focus("guess-said");
    }
    if let Said::Proposed(_, proposals) = said
        && let Some(row) = dom::make("div", "btns", "")
    {
        for proposal in proposals {
            let code = proposal.code.clone();
            dom::put(&row, dom::button(&proposal.name, move || choose(&code)));
        }
        dom::put(&place, Some(row));
    }
}

fn choose(code: &CategoryCode) {
    let radio = format!("input[name=category][value=\"{code}\"]");
    if let Some(radio) = dom::first::<HtmlInputElement>(&radio) {
        radio.set_checked(true);
        dom::tell(&radio, "change");
    }
}

/// The name of the field an event is about.
fn field_name(event: &Event) -> Option<String> {
    let target = event.target()?;
    match target.dyn_ref::<HtmlInputElement>() {
        Some(input) => Some(input.name()),
        None => target
            .dyn_ref::<HtmlTextAreaElement>()
            .map(HtmlTextAreaElement::name),
    }
}

fn guess(offer: &Offer, lang: Lang, words: &FormWords) -> Said {
    let chosen = dom::first::<HtmlInputElement>("input[name=category]:checked")
        .and_then(|radio| CategoryCode::new(radio.value()).ok())
        .and_then(|code| offer.category(&code));
    let asked = dom::by_id::<HtmlInputElement>("category_words").map(|field| field.value());
    let asked = asked.filter(|asked| !asked.trim().is_empty());
    let text = match &asked {
        Some(asked) => asked.clone(),
        None => match chosen {
            // Who has chosen is not asked again for every word that follows.
            Some(chosen) => return Said::Chosen(words.chosen.replace('#', chosen.names.get(lang))),
            None => dom::by_id::<HtmlTextAreaElement>("description")
                .map(|area| area.value())
                .unwrap_or_default(),
        },
    };
    let hits = offer.search_categories(&text, lang);
    let Some(best) = hits.first() else {
        return match asked {
            Some(asked) => Said::None(words.none.replace('#', &asked)),
            None => Said::Nothing,
        };
    };
    if asked.is_none()
        && !matches!(
            best.why,
            Matched::InText(_) | Matched::Name(_) | Matched::Synonym(_)
        )
    {
        // Of a few letters nothing is guessed; of a search for them it is.
        return Said::Nothing;
    }
    if offer.standing(&best.code) == Some(Standing::Danger) {
        return Said::Danger;
    }
    let because = if asked.is_some() {
        words.found.clone()
    } else {
        words.because.replace('#', best.why.words())
    };
    let proposals = hits
        .iter()
        .filter_map(|hit| offer.category(&hit.code))
        .filter(|category| !category.danger)
        .take(MOST)
        .map(|category| Proposal {
            code: category.code.clone(),
            name: category.names.get(lang).to_owned(),
        })
        .collect();
    Said::Proposed(because, proposals)
}
