//! How things look on the wire. Codes for programs, names for people, instants in RFC 3339 with the
//! city's offset.

use casework::{
    Desk,
    views::{CaseCard, CaseStory, ClockLine, Who},
};
use domain::{
    city::{Category, City, Service},
    lang::Names,
};
use serde_json::{Value, json};

/// A name in three languages.
pub(super) fn names(names: &Names) -> Value {
    json!({ "zh-Hans": names.zh_hans, "zh-Hant": names.zh_hant, "en": names.en })
}

/// A category with those below it.
pub(super) fn category(city: &City, of: &Category) -> Value {
    let children: Vec<Value> = city
        .category_children(Some(&of.code))
        .into_iter()
        .filter(|child| !child.closed)
        .map(|child| category(city, child))
        .collect();
    json!({
        "code": of.code,
        "name": of.names.zh_hans,
        "names": names(&of.names),
        "visibility": of.visibility.as_str(),
        "children": children,
    })
}

/// A service in a list, with the words that found it.
pub(super) fn service(of: &Service, why: &str) -> Value {
    json!({
        "code": of.code,
        "name": of.names.zh_hans,
        "names": names(&of.names),
        "summary": of.summary.zh_hans,
        "department": of.department,
        "matched": why,
    })
}

fn clock(desk: &Desk, line: &ClockLine) -> Value {
    let time = &desk.city.time;
    json!({
        "stage": line.stage.as_str(),
        "owner": line.owner,
        "due": time.rfc3339(line.due),
        "late": line.late,
        "stopped": line.stopped.map(|at| time.rfc3339(at)),
        "no_longer_needed": line.lapsed.map(|at| time.rfc3339(at)),
        "provisional": line.provisional,
        "paused": line.paused,
    })
}

/// A case as everybody may know it.
pub(super) fn card(desk: &Desk, card: &CaseCard) -> Value {
    json!({
        "number": card.number,
        "category": { "code": card.category.code, "name": card.category.text },
        "community": { "code": card.community.code, "name": card.community.text },
        "state": card.state.key.as_str(),
        "outcome": card.state.outcome.map(domain::case::Outcome::as_str),
        "late": card.state.late,
        "filed_at": desk.city.time.rfc3339(card.filed_at),
        "description": card.headline,
        "place": card.place,
        "clock": card.clock.as_ref().map(|line| clock(desk, line)),
        "me_too": card.me_too,
        "departments": card.departments.iter().map(|unit| json!({ "code": unit.code, "name": unit.text })).collect::<Vec<_>>(),
    })
}

/// A case with what happened, as this viewer may know it.
pub(super) fn story(desk: &Desk, story: &CaseStory) -> Value {
    let time = &desk.city.time;
    let mut body = card(desk, &story.card);
    let events: Vec<Value> = story
        .timeline
        .iter()
        .map(|entry| {
            let who = match &entry.who {
                Who::Reporter => "reporter".to_owned(),
                Who::MeToo => "me_too".to_owned(),
                Who::Office(name) | Who::Firm(name) => name.clone(),
                Who::System => "system".to_owned(),
            };
            json!({
                "at": time.rfc3339(entry.at),
                "kind": entry.fact.kind(),
                "who": who,
                "text": entry.text,
                "passed_on": entry.passed.as_ref().map(|on| json!({ "to": on.to, "basis": on.basis })),
                "due": entry.fact.due().map(|at| time.rfc3339(at)),
                "photos": entry.photos.iter().map(|photo| &photo.url).collect::<Vec<_>>(),
            })
        })
        .collect();
    if let Some(object) = body.as_object_mut() {
        let detail = story.detail.as_ref();
        object.insert(
            "description".into(),
            json!(detail.map(|detail| &detail.text)),
        );
        object.insert("place".into(), json!(detail.map(|detail| &detail.place)));
        object.insert(
            "position".into(),
            json!(detail.and_then(|detail| detail.position)),
        );
        object.insert(
            "photos".into(),
            json!(
                story
                    .photos
                    .iter()
                    .map(|photo| &photo.url)
                    .collect::<Vec<_>>()
            ),
        );
        object.insert("merged_into".into(), json!(story.merged_into));
        object.insert("visibility".into(), json!(story.card.visibility.as_str()));
        object.insert("version".into(), json!(story.version));
        object.insert("filing_hash".into(), json!(story.filing_hash));
        object.insert("events".into(), json!(events));
        object.insert(
            "clocks".into(),
            json!(
                story
                    .clocks
                    .iter()
                    .map(|clocked| clock(desk, &clocked.line))
                    .collect::<Vec<_>>()
            ),
        );
    }
    body
}
