//! The words of the rules: states, stages, outcomes and events as a reader says them.

pub mod city;
pub mod staff;

use casework::views::{
    CalledUnit, CaseCard, CaseStory, ClaimView, ClockLine, Entry, PhotoOf, PhotoView, Publicly,
    StateView, Total, Who,
};
use domain::{
    case::{Filer, Ground, Outcome, StateTag},
    clock::Stage,
    decide::{REOPEN_WINDOW, Refusal},
    event::{Fact, PassedOn},
    lang::Lang,
    time::{CityTime, Millis, Timestamp},
    visibility::Visibility,
};
use leptos::prelude::*;

use crate::{format, here::Here, texts::t, tongue};

/// Where a case stands.
pub fn state(lang: Lang, view: &StateView) -> String {
    if view.waiting_for_reporter {
        return t::state_waiting_for_reporter(lang).to_owned();
    }
    if let (StateTag::Closed, Some(result)) = (view.key, view.outcome) {
        return outcome(lang, result).to_owned();
    }
    if view.joint && view.key == StateTag::InProgress {
        return t::state_joint(lang).to_owned();
    }
    state_tag(lang, view.key).to_owned()
}

/// The colour that repeats the state's word: a class of `style/parts.css`.
pub fn state_class(view: &StateView) -> &'static str {
    if view.waiting_for_reporter {
        return "tag wait";
    }
    match view.key {
        StateTag::Filed | StateTag::Parked | StateTag::TransferredOut => "tag wait",
        StateTag::Accepted | StateTag::Dispatched | StateTag::InProgress if view.joint => {
            "tag joint"
        }
        StateTag::Accepted | StateTag::Dispatched | StateTag::InProgress => "tag go",
        StateTag::Resolved | StateTag::Verified => "tag done",
        StateTag::Closed if matches!(view.outcome, Some(Outcome::Solved)) => "tag done",
        StateTag::Closed | StateTag::Rejected | StateTag::Withdrawn | StateTag::Merged => "tag",
    }
}

/// What the reporter said of the result, once there is a result to judge.
pub fn verdict(lang: Lang, view: &StateView) -> Option<&'static str> {
    let judged = matches!(
        view.key,
        StateTag::Resolved | StateTag::Verified | StateTag::Closed
    );
    (judged && view.judged_by_resident).then(|| match view.confirmed {
        Some(true) => t::verdict_fixed(lang),
        Some(false) => t::verdict_not_fixed(lang),
        None if view.key == StateTag::Closed => t::verdict_silent(lang),
        None => t::verdict_waiting(lang),
    })
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

/// How many there are, as far as they were counted.
pub fn total(total: Total) -> String {
    match total {
        Total::Exactly(n) => format::grouped(n),
        Total::MoreThan(n) => format!("{}+", format::grouped(n)),
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
    let due = format::due_beside(lang, time, clock.due, base);
    let first_due = format::due_beside(lang, time, clock.first_due, base);
    match clock.stopped {
        // What was not done is never called done, whatever ended its clock.
        None if clock.lapsed.is_some() && clock.late => {
            t::clock_missed(lang, first_due, owner, step)
        }
        None if clock.lapsed.is_some() => t::clock_not_needed(lang, first_due, owner, step),
        Some(stopped) if clock.late => t::clock_stopped_late(
            lang,
            format::span(lang, stopped.since(clock.first_due)),
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

/// Why nothing more is owed in a case that ended without a result.
pub fn why_not_needed(lang: Lang, state: StateTag) -> Option<&'static str> {
    matches!(
        state,
        StateTag::Merged | StateTag::Withdrawn | StateTag::TransferredOut | StateTag::Rejected
    )
    .then(|| state_tag(lang, state))
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

/// The title as it is shown, with the reporter's own words marked as being in their language.
/// `title` is what [`case_title`] made of the card.
pub fn shown_title(lang: Lang, card: &CaseCard, title: &str) -> AnyView {
    tongue::marked(
        lang,
        title,
        card.headline.as_deref().or(card.place.as_deref()),
    )
}

/// User text in paragraphs; the lines stay as they were written.
pub fn paragraphs(page: Lang, text: &str) -> AnyView {
    let lang = tongue::of_words(page, text);
    text.split('\n')
        .filter(|line| !line.trim().is_empty())
        .map(|line| view! { <p dir="auto" lang=lang>{line.to_owned()}</p> })
        .collect::<Vec<_>>()
        .into_any()
}

/// Who did it, as a role or an office.
pub fn who(lang: Lang, who: &Who) -> String {
    match who {
        Who::Reporter => t::who_reporter(lang).to_owned(),
        Who::MeToo => t::who_me_too(lang).to_owned(),
        Who::Office(name) | Who::Firm(name) => name.clone(),
        Who::System => t::who_system(lang).to_owned(),
    }
}

/// Why a case was not accepted.
pub fn ground(lang: Lang, ground: Ground) -> &'static str {
    match ground {
        Ground::OtherProcedure => t::ground_other_procedure(lang),
        Ground::NotActionable => t::ground_not_actionable(lang),
        Ground::OutsideCity => t::ground_outside_city(lang),
        Ground::AlreadyAnswered => t::ground_already_answered(lang),
    }
}

/// Why a resident's word was not taken, and what to do instead; nothing where only staff are
/// refused so. A new reason does not compile before somebody has decided whom it meets.
pub fn refusal(lang: Lang, refusal: Refusal) -> Option<String> {
    let plain = match refusal {
        Refusal::NotNow { state, .. } => not_now(lang, state),
        Refusal::AlreadyDone => t::refused_already_done(lang),
        Refusal::NeedsText => t::error_text(lang),
        Refusal::UnfitText => t::refused_unfit_text(lang),
        Refusal::NobodyToJudge => t::refused_nobody_to_judge(lang),
        Refusal::NotARating => t::refused_not_a_rating(lang),
        Refusal::TooLate => {
            let days = REOPEN_WINDOW.millis() / Millis::days(1).millis();
            return Some(t::refused_too_late(lang, days));
        }
        Refusal::TooEarly => t::refused_too_early(lang),
        Refusal::OnlyOnce => t::refused_only_once(lang),
        Refusal::NotOverdue => t::refused_not_overdue(lang),
        Refusal::NotWaiting => t::refused_not_waiting(lang),
        Refusal::NotThisVisibility => t::error_must_be_private(lang),
        Refusal::NotTheSame => t::refused_not_the_same(lang),
        Refusal::OthersGoOnInIt => t::refused_others_go_on(lang),
        Refusal::Unknown(_) => t::refused_unknown(lang),
        Refusal::Emergency => t::error_category_danger(lang),
        Refusal::AlwaysPrivate => t::refused_always_private(lang),
        Refusal::NoSuch(_)
        | Refusal::SecondPerson
        | Refusal::NeedsConsent
        | Refusal::OneLevel
        | Refusal::EvidenceMissing(_)
        | Refusal::PartsOpen
        | Refusal::MustTransfer
        | Refusal::OwnUnit
        | Refusal::MustPark
        | Refusal::OneLead
        | Refusal::NotLater
        | Refusal::TooLong
        | Refusal::Final
        | Refusal::NothingToRelease => return None,
    };
    Some(plain.to_owned())
}

/// What a resident does instead, by where the case stands.
fn not_now(lang: Lang, state: StateTag) -> &'static str {
    match state {
        StateTag::Filed
        | StateTag::Accepted
        | StateTag::Dispatched
        | StateTag::InProgress
        | StateTag::Parked => t::refused_not_done(lang),
        StateTag::Resolved | StateTag::Verified => t::refused_done(lang),
        StateTag::Closed => t::refused_closed(lang),
        StateTag::Rejected => t::refused_rejected(lang),
        StateTag::Withdrawn => t::refused_withdrawn(lang),
        StateTag::Merged => t::refused_merged(lang),
        StateTag::TransferredOut => t::refused_transferred(lang),
    }
}

/// Until when, where an event sets a date.
pub fn entry_due(fact: &Fact) -> Option<Timestamp> {
    let Fact::Called { clocks, .. } = fact else {
        return fact.due();
    };
    // Where all that are called have the same day.
    let limits = || clocks.iter().filter(|clock| clock.stage == Stage::Resolve);
    let last = limits().map(|clock| clock.due).max();
    last.filter(|last| limits().all(|clock| clock.due == *last))
}

/// To whom a case was transferred, by what right, and until when they must answer. `due` is that day as
/// the page says it.
pub fn passed_on(lang: Lang, on: &PassedOn, due: &str) -> AnyView {
    let whole = t::passed_on(lang, &on.basis, due, &on.to);
    let Some((before, after)) = whole.split_once(on.to.as_str()) else {
        return whole.clone().into_any();
    };
    let (before, to) = (before.to_owned(), on.to.clone());
    let after = tongue::marked(lang, after, Some(&on.basis));
    view! { {before}<span lang=tongue::of_words(lang, &to)>{to.clone()}</span>{after} }.into_any()
}

/// The next step: who takes it, and until when. Whether that is over stands beside it.
pub fn next_step(here: &Here, story: &CaseStory) -> Option<(String, bool)> {
    let clock = story.card.clock.clone();
    let mut clock = clock.filter(|clock| clock.stopped.is_none())?;
    if let Some(office) = &story.next_by {
        clock.owner.clone_from(office);
    }
    let sentence = self::clock(here, &clock, story.card.filed_at);
    Some((t::case_next(here.lang(), sentence), clock.late))
}

/// When and where somebody says that they did something, piece by piece.
pub fn claim(lang: Lang, time: &CityTime, claim: ClaimView, base: Timestamp) -> Vec<String> {
    let when = claim
        .at
        .map(|at| t::claim_when(lang, format::moment_beside(lang, time, at, base)));
    let metres = |metres: u32| format::grouped(u64::from(metres));
    let place = match (claim.away, claim.place) {
        (Some(away), _) => Some(t::claim_away(lang, metres(away))),
        (None, Some((lat, lng))) => Some(t::claim_where(lang, format!("{lat:.5}, {lng:.5}"))),
        (None, None) => None,
    };
    let exact = claim.accuracy.filter(|_| place.is_some());
    let exact = exact.map(|accuracy| t::claim_exact(lang, metres(accuracy)));
    [when, place, exact].into_iter().flatten().collect()
}

/// Departments in a row, with who leads.
fn units(lang: Lang, called: &[CalledUnit]) -> String {
    let name = |unit: &CalledUnit| {
        if unit.lead {
            t::called_lead(lang, &unit.office)
        } else {
            unit.office.clone()
        }
    };
    list(lang, &called.iter().map(name).collect::<Vec<_>>())
}

/// What is known of a photo: when in the work it was taken, and what others get of it.
pub fn photo(lang: Lang, photo: &PhotoView) -> Option<String> {
    let of = photo.of.map(|of| match of {
        PhotoOf::Report => t::photo_of_report(lang),
        PhotoOf::Before => t::photo_of_before(lang),
        PhotoOf::After => t::photo_of_after(lang),
    });
    let publicly = photo.publicly.map(|publicly| match publicly {
        Publicly::Covered => t::photo_covered(lang),
        Publicly::Withheld => t::photo_withheld(lang),
    });
    let said: Vec<&str> = of.into_iter().chain(publicly).collect();
    (!said.is_empty()).then(|| said.join(" · "))
}

/// What happened, as a headline: with the departments that are called, and a firm that comes told apart
/// from a department that does.
pub fn headline(lang: Lang, entry: &Entry) -> String {
    match (&entry.fact, &entry.who) {
        (Fact::Called { .. }, _) if !entry.called.is_empty() => {
            t::entry_called_units(lang, units(lang, &entry.called))
        }
        (Fact::Assigned { .. }, _) if !entry.called.is_empty() => {
            t::entry_assigned_unit(lang, units(lang, &entry.called))
        }
        (Fact::Arrived { .. }, Who::Firm(_)) => t::entry_arrived_firm(lang).to_owned(),
        (Fact::FedBack { .. }, Who::Firm(_)) => t::entry_fed_back_firm(lang).to_owned(),
        (fact, _) => self::entry(lang, fact),
    }
}

/// What happened, in a few words.
fn entry(lang: Lang, fact: &Fact) -> String {
    let plain = match fact {
        Fact::Rejected { ground: why, .. } => {
            return t::entry_rejected(lang, ground(lang, *why));
        }
        Fact::Resolved {
            outcome: how,
            on_the_spot: false,
            ..
        } => {
            return t::entry_resolved(lang, outcome(lang, *how));
        }
        Fact::Resolved {
            outcome: how,
            on_the_spot: true,
            ..
        } => {
            return t::entry_resolved_on_the_spot(lang, outcome(lang, *how));
        }
        Fact::Rated { stars, .. } => return t::entry_rated(lang, u64::from(*stars)),
        Fact::Called { parts, .. } => {
            return t::entry_called(lang, u64::try_from(parts.len()).unwrap_or(u64::MAX));
        }
        Fact::RejectionReviewed { upheld: true, .. } => t::entry_rejection_upheld(lang),
        Fact::RejectionReviewed { upheld: false, .. } => t::entry_rejection_overturned(lang),
        Fact::ReturnRuled { upheld: true, .. } => t::entry_return_upheld(lang),
        Fact::ReturnRuled { upheld: false, .. } => t::entry_return_refused(lang),
        Fact::ExtensionRuled { granted: true, .. } => t::entry_extension_granted(lang),
        Fact::ExtensionRuled { granted: false, .. } => t::entry_extension_refused(lang),
        Fact::CalledBack {
            holds: Some(true), ..
        } => t::entry_called_back_holds(lang),
        Fact::CalledBack {
            holds: Some(false), ..
        } => t::entry_called_back_fails(lang),
        Fact::CalledBack { reached: true, .. } => t::entry_called_back(lang),
        Fact::CalledBack { reached: false, .. } => t::entry_called_back_unreached(lang),
        Fact::Filed { filer, .. } => match filer {
            Filer::Staff => t::entry_filed_staff(lang),
            Filer::Proxy => t::entry_filed_proxy(lang),
            Filer::Resident => t::entry_filed(lang),
        },
        Fact::Taken { .. } => t::entry_taken(lang),
        Fact::Accepted { .. } => t::entry_accepted(lang),
        Fact::RejectionProposed { .. } => t::entry_rejection_proposed(lang),
        Fact::ReviewAsked { .. } => t::entry_review_asked(lang),
        Fact::Asked { .. } => t::entry_asked(lang),
        Fact::Answered { .. } => t::entry_answered(lang),
        Fact::WaitingEnded { .. } => t::entry_waiting_ended(lang),
        Fact::InformationAdded { .. } => t::entry_information_added(lang),
        Fact::Assessed { .. } => t::entry_assessed(lang),
        Fact::Signed { .. } => t::entry_signed(lang),
        Fact::ReportedIn { .. } => t::entry_reported_in(lang),
        Fact::SetOut { .. } => t::entry_set_out(lang),
        Fact::Arrived { .. } => t::entry_arrived(lang),
        Fact::FedBack { .. } => t::entry_fed_back(lang),
        Fact::Engaged { .. } => t::entry_engaged(lang),
        Fact::EngagementEnded { .. } => t::entry_engagement_ended(lang),
        Fact::ReturnAsked { .. } => t::entry_return_asked(lang),
        Fact::Assigned { .. } => t::entry_assigned(lang),
        Fact::ExtensionAsked { .. } => t::entry_extension_asked(lang),
        Fact::Parked { .. } => t::entry_parked(lang),
        Fact::TransferredOut { .. } => t::entry_transferred_out(lang),
        Fact::AnswerRelayed {} => t::entry_answer_relayed(lang),
        Fact::Noted { .. } => t::entry_noted(lang),
        Fact::Updated { .. } => t::entry_updated(lang),
        Fact::EvidenceAdded { .. } => t::entry_evidence_added(lang),
        Fact::Verified { .. } => t::entry_verified(lang),
        Fact::SentBack { .. } => t::entry_sent_back(lang),
        Fact::Confirmed { .. } => t::entry_confirmed(lang),
        Fact::Disputed { .. } => t::entry_disputed(lang),
        Fact::RatingAnswered { .. } => t::entry_rating_answered(lang),
        Fact::Reopened { .. } => t::entry_reopened(lang),
        Fact::Escalated { .. } => t::entry_escalated(lang),
        Fact::Urged { .. } => t::entry_urged(lang),
        Fact::Supervised { .. } => t::entry_supervised(lang),
        Fact::SupervisionAnswered { .. } => t::entry_supervision_answered(lang),
        Fact::DirectLined { .. } => t::entry_direct_lined(lang),
        Fact::Moved { .. } => t::entry_moved(lang),
        Fact::Reclassified { .. } => t::entry_reclassified(lang),
        Fact::Merged { .. } => t::entry_merged(lang),
        Fact::TookIn { .. } => t::entry_took_in(lang),
        Fact::GaveBack { .. } => t::entry_gave_back(lang),
        Fact::Unmerged { .. } => t::entry_unmerged(lang),
        Fact::Released { .. } => t::entry_released(lang),
        Fact::Held { .. } => t::entry_held(lang),
        Fact::Redacted { .. } => t::entry_redacted(lang),
        Fact::PhotoCovered { withheld: true, .. } => t::entry_photo_withheld(lang),
        Fact::PhotoCovered { .. } => t::entry_photo_covered(lang),
        Fact::PhotoShown { .. } => t::entry_photo_shown(lang),
        Fact::QuarantineProposed { .. } => t::entry_quarantine_proposed(lang),
        Fact::Quarantined { .. } => t::entry_quarantined(lang),
        Fact::VisibilityChanged { .. } => t::entry_visibility_changed(lang),
        Fact::HandedOver { .. } => t::entry_handed_over(lang),
        Fact::Withdrawn { .. } => t::entry_withdrawn(lang),
        Fact::Closed { .. } => t::entry_closed(lang),
        Fact::Joined { .. } => t::entry_joined(lang),
    };
    plain.to_owned()
}
