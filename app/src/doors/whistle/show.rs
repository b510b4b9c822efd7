//! The form as it goes back: what was typed, and what the server knows about it.

use axum::response::{Html, IntoResponse as _, Response};
use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use casework::{
    duplicates as likely, stage,
    views::{CaseCard, Label},
};
use domain::ids::CategoryCode;
use http::{HeaderValue, StatusCode, header::RETRY_AFTER};

use super::{Act, Ask, Doors, Posted, choices};
use crate::{
    pages::{StagedPhoto, WhistleForm, WhistlePage},
    render,
};

/// What an act found out.
#[derive(Default)]
pub(super) struct Shown {
    /// What was asked for.
    pub act: Option<Act>,
    /// Reports of the same problem, where somebody asked.
    pub duplicates: Option<Vec<CaseCard>>,
}

/// Reports that look the same, where somebody asked for them or wants to join one.
pub(super) async fn duplicates(
    doors: &Doors,
    ask: &Ask,
    posted: &Posted,
) -> casework::Result<Option<Vec<CaseCard>>> {
    if !matches!(posted.act, Act::CheckDuplicates | Act::MeToo(_)) {
        return Ok(None);
    }
    let found = likely::of_draft(&doors.desk, &posted.draft, ask.reader.lang).await?;
    Ok(Some(found))
}

/// The page; `wait` says in how many seconds it may help to press again.
pub(super) fn page(
    doors: &Doors,
    ask: &Ask,
    form: WhistleForm,
    status: StatusCode,
    wait: Option<u64>,
) -> Response {
    let here = doors.here(ask);
    let html = render::page(move || leptos::view! { <WhistlePage here form /> });
    let mut response = (status, Html(html)).into_response();
    if let Some(seconds) = wait {
        let seconds = HeaderValue::from(seconds);
        response.headers_mut().insert(RETRY_AFTER, seconds);
    }
    ask.remember(response, doors.https)
}

/// The photos that wait, in the order of the form. Where the store does not answer they have no
/// picture, but they stay: what was typed and chosen is never lost for that.
async fn staged(doors: &Doors, posted: &Posted) -> Vec<StagedPhoto> {
    let Ok(waiting) = stage::staged(&doors.desk, &posted.key).await else {
        let without_picture = posted.staged.iter().map(|id| StagedPhoto {
            id: id.to_string(),
            thumb: String::new(),
        });
        return without_picture.collect();
    };
    waiting
        .into_iter()
        .filter(|(id, _)| posted.staged.contains(id))
        .map(|(id, bytes)| StagedPhoto {
            id: id.to_string(),
            thumb: format!("data:image/jpeg;base64,{}", BASE64.encode(&bytes)),
        })
        .collect()
}

/// What to look for among the categories: the words of the search, or what was told.
fn words_of(posted: &Posted) -> &str {
    let words = posted.category_words.trim();
    if words.is_empty() {
        &posted.draft.description
    } else {
        words
    }
}

/// Everything the page needs.
pub(super) async fn form_of(
    doors: &Doors,
    ask: &Ask,
    posted: &Posted,
    shown: Shown,
) -> WhistleForm {
    let lang = ask.reader.lang;
    let city = &doors.desk.city;
    let now = doors.desk.now();
    let Shown { act, duplicates } = shown;
    let category = CategoryCode::new(posted.draft.category.as_str())
        .ok()
        .and_then(|code| city.category(&code));
    let community = posted.draft.community_code(city, now);
    let faults = &posted.faults;
    WhistleForm {
        key: posted.key.as_str().to_owned(),
        ticket: posted.ticket.clone(),
        draft: posted.draft.clone(),
        by_officer: posted.by_officer,
        again: posted.again.clone(),
        groups: choices::groups(doors, lang),
        other: choices::other(doors, lang),
        category_words: posted.category_words.clone(),
        categories_found: (act == Some(Act::FindCategory))
            .then(|| choices::find_categories(doors, words_of(posted), lang)),
        communities: choices::communities(doors, lang),
        communities_found: choices::find_communities(doors, posted, act.as_ref(), faults, lang),
        community: community.as_ref().map(|code| Label {
            code: code.to_string(),
            text: city
                .areas
                .at(code, now)
                .map_or_else(String::new, |area| area.names.get(lang).to_owned()),
        }),
        category: category.map(|category| Label {
            code: category.code.to_string(),
            text: category.names.get(lang).to_owned(),
        }),
        usual: category.map(|category| category.visibility),
        must_be_private: category.is_some_and(|category| category.always_private),
        help_lines: category
            .map(|category| choices::help_lines(doors, category))
            .unwrap_or_default(),
        office: community.map(|code| doors.desk.community_office(&code, now, lang)),
        staged: staged(doors, posted).await,
        duplicates,
        preview: act == Some(Act::Preview),
        faults: posted.faults.clone(),
        wait: None,
        unkept: None,
    }
}
