//! The kind of problem, guessed from what is written, with the word that says so.

use domain::{
    city::{Ground as _, Matched, Offer, Standing},
    ids::CategoryCode,
    lang::Lang,
};
use leptos::{
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{Event, HtmlInputElement, HtmlTextAreaElement},
};

use super::offer;
use crate::islands::{
    dom,
    thin::{effect, flag, part, press, text},
    words::words,
};

/// How many kinds are proposed at once.
const MOST: usize = 3;

words! {
    /// What [`CategoryGuess`] says; `#` is the word or the name.
    pub struct GuessWords {
        /// Because `#` was written.
        pub because: String,
        /// What was searched for fits these.
        pub found: String,
        /// Nothing fits what was searched for.
        pub none: String,
        /// `#` is chosen.
        pub chosen: String,
        /// What was written sounds like a danger happening now.
        pub danger: String,
    }
}

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
#[island]
pub fn CategoryGuess(
    /// The reader's language.
    lang: Lang,
    /// What it says.
    words: GuessWords,
) -> impl IntoView {
    let said = RwSignal::new(Said::default());
    let said_words = StoredValue::new(words);
    // A new value at every stroke; the guess follows when the offer comes, too.
    let strokes = RwSignal::new(0_u32);
    effect(move || {
        offer::when_touched();
        dom::listen("input", move |event| {
            if field_name(event).is_some_and(|n| n == "description" || n == "category_words") {
                strokes.update(|n| *n = n.wrapping_add(1));
            }
        });
        dom::listen("change", move |event| {
            if field_name(event).is_some_and(|name| name == "category") {
                strokes.update(|n| *n = n.wrapping_add(1));
            }
        });
    });
    effect(move || {
        if strokes.get() > 0
            && let Some(offer) = offer::offer()
        {
            said.set(said_words.with_value(|words| guess(&offer, lang, words)));
        }
    });
    let choose = move |code: &CategoryCode| {
        let radio = format!("input[name=category][value=\"{code}\"]");
        if let Some(radio) = dom::first::<HtmlInputElement>(&radio) {
            radio.set_checked(true);
            dom::tell(&radio, "change");
        }
    };
    let text = text(move || match said.get() {
        Said::Nothing => String::new(),
        Said::None(text) | Said::Chosen(text) | Said::Proposed(text, _) => text,
        Said::Danger => said_words.with_value(|words| words.danger.clone()),
    });
    let buttons = part(move || {
        let Said::Proposed(_, proposals) = said.get() else {
            return ().into_any();
        };
        let buttons: Vec<_> = proposals
            .into_iter()
            .map(|Proposal { code, name }| {
                let choose = press(move || choose(&code));
                view! { <button class="btn quiet" type="button" on:click=choose>{name}</button> }
            })
            .collect();
        view! { <div class="btns">{buttons}</div> }.into_any()
    });
    view! {
        <div class="guess" role="status">
            <p class:error=flag(move || said.get() == Said::Danger)>{text}</p>
            {buttons}
        </div>
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

fn guess(offer: &Offer, lang: Lang, words: &GuessWords) -> Said {
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
