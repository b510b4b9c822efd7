//! The kind of problem, guessed from what is written, with the word that says so.

use domain::{
    city::{Ground as _, Matched, Offer, Standing},
    ids::CategoryCode,
    lang::Lang,
};
use leptos::{
    ev,
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{HtmlInputElement, HtmlTextAreaElement},
};

use super::offer;
use crate::islands::{dom, words::words};

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
    Effect::new(move |_| {
        offer::when_touched();
        let typed = window_event_listener(ev::input, move |event| {
            if field_name(&event).is_some_and(|n| n == "description" || n == "category_words") {
                strokes.update(|n| *n = n.wrapping_add(1));
            }
        });
        on_cleanup(move || typed.remove());
        let chosen = window_event_listener(ev::change, move |event| {
            if field_name(&event).is_some_and(|name| name == "category") {
                strokes.update(|n| *n = n.wrapping_add(1));
            }
        });
        on_cleanup(move || chosen.remove());
    });
    Effect::new(move |_| {
        strokes.track();
        if strokes.get_untracked() == 0 {
            return;
        }
        if let Some(offer) = offer::offer() {
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
    view! {
        <div class="guess" role="status">
            {move || match said.get() {
                Said::Nothing => ().into_any(),
                Said::None(text) | Said::Chosen(text) => view! { <p>{text}</p> }.into_any(),
                Said::Danger => view! {
                    <p class="error">
                        <a href="#danger">{said_words.with_value(|words| words.danger.clone())}</a>
                    </p>
                }
                .into_any(),
                Said::Proposed(text, proposals) => {
                    let buttons: Vec<_> = proposals
                        .into_iter()
                        .map(|proposal| view! {
                            <button
                                class="btn quiet" type="button"
                                on:click=move |_| choose(&proposal.code)
                            >
                                {proposal.name}
                            </button>
                        })
                        .collect();
                    view! { <p>{text}</p> <div class="btns">{buttons}</div> }.into_any()
                }
            }}
        </div>
    }
}

/// The name of the field an event is about.
fn field_name(event: &ev::Event) -> Option<String> {
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
