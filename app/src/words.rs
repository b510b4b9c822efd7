//! The words of the rules: states, stages, outcomes and events as a reader says them.

use casework::views::{CaseCard, ClockLine, Entry, EntryKind, StateView};
use domain::{
    case::{Outcome, StateTag},
    clock::Stage,
    lang::Lang,
    time::Timestamp,
    visibility::Visibility,
};
use leptos::prelude::*;

use crate::{format, here::Here, texts::t};

/// Where a case stands.
pub fn state(lang: Lang, view: &StateView) -> String {
    if view.waiting_for_reporter {
        return t::state_waiting_for_reporter(lang).to_owned();
    }
    if let (StateTag::Closed, Some(result)) = (view.key, view.outcome) {
        return outcome(lang, result).to_owned();
    }
    state_tag(lang, view.key).to_owned()
}

/// The state without its data, as filters name it.
pub fn state_tag(lang: Lang, tag: StateTag) -> &'static str {
    match tag {
        StateTag::Filed => t::state_filed(lang),
        StateTag::Accepted => t::state_accepted(lang),
        StateTag::Dispatched => t::state_dispatched(lang),
        StateTag::InProgress => t::state_in_progress(lang),
        StateTag::Resolved => t::state_resolved(lang),
        StateTag::Verified => t::state_verified(lang),
        StateTag::Closed => t::state_closed(lang),
        StateTag::Rejected => t::state_rejected(lang),
        StateTag::Withdrawn => t::state_withdrawn(lang),
        StateTag::Merged => t::state_merged(lang),
        StateTag::Parked => t::state_parked(lang),
        StateTag::TransferredOut => t::state_transferred_out(lang),
    }
}

/// How a case came out.
pub fn outcome(lang: Lang, outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Solved => t::outcome_solved(lang),
        Outcome::PartlySolved => t::outcome_partly_solved(lang),
        Outcome::Planned => t::outcome_planned(lang),
        Outcome::NotFound => t::outcome_not_found(lang),
        Outcome::Untrue => t::outcome_untrue(lang),
        Outcome::LawfullyRefused => t::outcome_lawfully_refused(lang),
        Outcome::NoPower => t::outcome_no_power(lang),
        Outcome::OtherProcedure => t::outcome_other_procedure(lang),
        Outcome::Duplicate => t::outcome_duplicate(lang),
        Outcome::Unreachable => t::outcome_unreachable(lang),
    }
}

/// Who may see it, as a word.
pub fn visibility(lang: Lang, visibility: Visibility) -> &'static str {
    match visibility {
        Visibility::Public => t::visibility_public(lang),
        Visibility::PublicWithoutDetail => t::visibility_without_detail(lang),
        Visibility::Private => t::visibility_private(lang),
    }
}

/// What a stage asks of its owner: the verb of "…, due …".
pub fn stage(lang: Lang, stage: Stage) -> &'static str {
    match stage {
        Stage::Respond => t::stage_respond(lang),
        Stage::Dispatch => t::stage_dispatch(lang),
        Stage::ReportIn => t::stage_report_in(lang),
        Stage::SetOut => t::stage_set_out(lang),
        Stage::Arrive => t::stage_arrive(lang),
        Stage::Resolve => t::stage_resolve(lang),
        Stage::Verify => t::stage_verify(lang),
        Stage::Release => t::stage_release(lang),
        Stage::Return => t::stage_return(lang),
        Stage::Answer => t::stage_answer(lang),
    }
}

/// One clock in a sentence. `base` is the instant whose year needs no saying.
pub fn clock(here: &Here, clock: &ClockLine, base: Timestamp) -> String {
    let lang = here.lang();
    let owner = clock.owner.as_str();
    let step = stage(lang, clock.stage);
    let time = &here.site.time;
    let due = format::moment_beside(lang, time, clock.due, base);
    match clock.stopped {
        Some(stopped) if clock.late => t::clock_stopped_late(
            lang,
            format::span(lang, stopped.since(clock.due)),
            owner,
            step,
        ),
        Some(stopped) => t::clock_stopped(
            lang,
            format::moment_beside(lang, time, stopped, base),
            owner,
            step,
        ),
        None if clock.paused => t::clock_paused(lang, owner, step),
        None if clock.late => t::clock_late(lang, due, owner, step),
        None if clock.provisional => t::clock_provisional(lang, due, owner, step),
        None => t::clock_due(lang, due, owner, step),
    }
}

/// The title of a case: its released words, or what may be said without them.
pub fn case_title(lang: Lang, card: &CaseCard) -> String {
    match (&card.headline, &card.place) {
        (Some(words), _) => words.clone(),
        (None, Some(place)) => t::case_title_place(lang, card.category.text.as_str(), place),
        (None, None) => t::case_title_plain(
            lang,
            card.category.text.as_str(),
            card.community.text.as_str(),
        ),
    }
}

/// Names in a row, as the language joins them.
pub fn list(lang: Lang, names: &[String]) -> String {
    let comma = match lang {
        Lang::En => ", ",
        Lang::ZhHans | Lang::ZhHant => "、",
    };
    names.join(comma)
}

/// User text in paragraphs; the lines stay as they were written.
pub fn paragraphs(text: &str) -> AnyView {
    text.split('\n')
        .filter(|line| !line.trim().is_empty())
        .map(|line| view! { <p dir="auto">{line.to_owned()}</p> })
        .collect::<Vec<_>>()
        .into_any()
}

/// What happened, in a few words.
pub fn entry(lang: Lang, entry: &Entry) -> &'static str {
    match entry.what {
        EntryKind::Filed => t::entry_filed(lang),
        EntryKind::Taken => t::entry_taken(lang),
        EntryKind::Accepted => t::entry_accepted(lang),
        EntryKind::RejectionProposed => t::entry_rejection_proposed(lang),
        EntryKind::Rejected => t::entry_rejected(lang),
        EntryKind::ReviewAsked => t::entry_review_asked(lang),
        EntryKind::RejectionReviewed => t::entry_rejection_reviewed(lang),
        EntryKind::Asked => t::entry_asked(lang),
        EntryKind::Answered => t::entry_answered(lang),
        EntryKind::WaitingEnded => t::entry_waiting_ended(lang),
        EntryKind::InformationAdded => t::entry_information_added(lang),
        EntryKind::Assessed => t::entry_assessed(lang),
        EntryKind::Called => t::entry_called(lang),
        EntryKind::Signed => t::entry_signed(lang),
        EntryKind::ReportedIn => t::entry_reported_in(lang),
        EntryKind::SetOut => t::entry_set_out(lang),
        EntryKind::Arrived => t::entry_arrived(lang),
        EntryKind::FedBack => t::entry_fed_back(lang),
        EntryKind::ReturnAsked => t::entry_return_asked(lang),
        EntryKind::ReturnRuled => t::entry_return_ruled(lang),
        EntryKind::Assigned => t::entry_assigned(lang),
        EntryKind::ExtensionAsked => t::entry_extension_asked(lang),
        EntryKind::ExtensionRuled => t::entry_extension_ruled(lang),
        EntryKind::Parked => t::entry_parked(lang),
        EntryKind::TransferredOut => t::entry_transferred_out(lang),
        EntryKind::Noted => t::entry_noted(lang),
        EntryKind::Updated => t::entry_updated(lang),
        EntryKind::EvidenceAdded => t::entry_evidence_added(lang),
        EntryKind::Resolved => t::entry_resolved(lang),
        EntryKind::Verified => t::entry_verified(lang),
        EntryKind::SentBack => t::entry_sent_back(lang),
        EntryKind::CalledBack => t::entry_called_back(lang),
        EntryKind::Confirmed => t::entry_confirmed(lang),
        EntryKind::Disputed => t::entry_disputed(lang),
        EntryKind::Rated => t::entry_rated(lang),
        EntryKind::Reopened => t::entry_reopened(lang),
        EntryKind::Escalated => t::entry_escalated(lang),
        EntryKind::Urged => t::entry_urged(lang),
        EntryKind::Supervised => t::entry_supervised(lang),
        EntryKind::SupervisionAnswered => t::entry_supervision_answered(lang),
        EntryKind::DirectLined => t::entry_direct_lined(lang),
        EntryKind::Reclassified => t::entry_reclassified(lang),
        EntryKind::Merged => t::entry_merged(lang),
        EntryKind::Unmerged => t::entry_unmerged(lang),
        EntryKind::Released => t::entry_released(lang),
        EntryKind::Held => t::entry_held(lang),
        EntryKind::Redacted => t::entry_redacted(lang),
        EntryKind::QuarantineProposed => t::entry_quarantine_proposed(lang),
        EntryKind::Quarantined => t::entry_quarantined(lang),
        EntryKind::VisibilityChanged => t::entry_visibility_changed(lang),
        EntryKind::HandedOver => t::entry_handed_over(lang),
        EntryKind::Withdrawn => t::entry_withdrawn(lang),
        EntryKind::Closed => t::entry_closed(lang),
        EntryKind::Joined => t::entry_joined(lang),
    }
}
