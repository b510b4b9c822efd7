//! "Is it the same problem?" Asked before filing; answered only with cases public to all.

use std::collections::BTreeSet;

use domain::{
    access::Viewer,
    case::{Case, State},
    draft::Draft,
    duplicate::{Candidate, place_words, similar},
    event::Words,
    ids::CategoryCode,
    lang::Lang,
    place::Place,
    text::PlaceText,
    time::{Millis, Timestamp},
};

use crate::{Desk, Result, look::FiledWords, views::CaseCard};

/// How long a closed case may still be the same problem.
const CLOSED_FOR: Millis = Millis::days(30);
/// How many are shown.
const MOST: usize = 5;

/// Public cases that may be about what a draft tells. A draft that does not yet say what and where
/// finds nothing.
///
/// # Errors
/// If the store does not answer.
pub async fn of_draft(desk: &Desk, draft: &Draft, lang: Lang) -> Result<Vec<CaseCard>> {
    let now = desk.now();
    let category = CategoryCode::new(draft.category.as_str()).ok();
    let category = category.and_then(|code| desk.city.category(&code));
    let community = draft.community_code(&desk.city, now);
    let (Some(category), Some(community)) = (category, community) else {
        return Ok(Vec::new());
    };
    // Harm to a minor and family violence are never compared with anything.
    if category.always_private {
        return Ok(Vec::new());
    }
    let position = draft.checked_position();
    let new = Candidate {
        category: category.code.clone(),
        community: community.clone(),
        closed_at: None,
        public: true,
        position,
        words: words_of(desk, &community, draft.place.trim(), now),
    };
    let since = now.plus(Millis::new(-CLOSED_FOR.millis()));
    let mut reading = desk.store.read().await?;
    let near = reading
        .maybe_alike(&category.code, &community, position, since)
        .await?;
    Ok(near
        .into_iter()
        .filter(|(case, words)| similar(&new, &candidate(desk, case, words), now).is_some())
        .take(MOST)
        .map(|(case, words)| {
            let words = FiledWords::of(&words);
            desk.card(&case, Some(&words), &Viewer::Anonymous, lang)
        })
        .collect())
}

fn words_of(
    desk: &Desk,
    community: &domain::ids::AreaCode,
    place: &str,
    at: Timestamp,
) -> BTreeSet<String> {
    let names = [
        desk.city.names.zh_hans.as_str(),
        desk.city
            .areas
            .at(community, at)
            .map_or("", |area| area.names.zh_hans.as_str()),
    ];
    place_words(place, &names)
}

fn candidate(desk: &Desk, case: &Case, words: &Words) -> Candidate {
    let place = words.place.clone().unwrap_or_else(|| Place {
        text: PlaceText::default(),
        position: None,
    });
    let closed_at = match &case.state {
        State::Closed { at, .. }
        | State::Rejected { at, .. }
        | State::Withdrawn { at }
        | State::TransferredOut { at, .. } => Some(*at),
        _ => None,
    };
    Candidate {
        category: case.category.clone(),
        community: case.community.clone(),
        closed_at,
        public: case.words_are_public() && !case.always_private,
        position: place.position,
        words: words_of(desk, &case.community, place.text.as_str(), case.filed_at),
    }
}
