//! The words of the desk: verbs as buttons, what their texts are for, and why the rules say no.

use casework::{people::HeldView, sign_in::DeviceKind, worklist::List};
use domain::{
    access::{GridRole, Role},
    case::{Awaits, CallClass, Channel, Consent, EnforcementOutcome, Filer, Level, VerifyMethod},
    city::EvidenceKind,
    decide::{
        Refusal,
        typed::{CLAIM_REACHES, Wrong},
    },
    lang::Lang,
    verb::Verb,
};

use crate::{texts::t, words};

/// A role.
pub fn role(lang: Lang, role: Role) -> &'static str {
    match role {
        Role::Secretary => t::role_secretary(lang),
        Role::GridOfficer => t::role_grid_officer(lang),
        Role::Dispatcher => t::role_dispatcher(lang),
        Role::Officer => t::role_officer(lang),
        Role::Commission => t::role_commission(lang),
        Role::Supervisor => t::role_supervisor(lang),
        Role::Contractor => t::role_contractor(lang),
        Role::Editor => t::role_editor(lang),
        Role::Auditor => t::role_auditor(lang),
        Role::SecurityAdmin => t::role_security_admin(lang),
        Role::SystemAdmin => t::role_system_admin(lang),
    }
}

/// A list of the desk.
pub fn list(lang: Lang, list: List) -> &'static str {
    match list {
        List::Mine => t::desk_mine(lang),
        List::Decisions => t::desk_decisions(lang),
        List::CameUp => t::desk_came_up(lang),
        List::Checks => t::desk_checks(lang),
        List::Release => t::desk_release(lang),
        List::Reporter => t::desk_reporter(lang),
        List::Elsewhere => t::desk_elsewhere(lang),
        List::Open => t::desk_open(lang),
        List::Ended => t::desk_ended(lang),
        List::Triage => t::queue_triage(lang),
        List::JointEnforcement => t::queue_joint(lang),
        List::Emergency => t::queue_emergency(lang),
        List::Demands => t::queue_demands(lang),
    }
}

/// What a case waits for beside its clocks, each in a few words.
pub fn awaits(lang: Lang, awaits: Awaits) -> Vec<&'static str> {
    [
        (Awaits::SECOND_FOR_REJECTION, t::awaits_second(lang)),
        (Awaits::REVIEW, t::awaits_review(lang)),
        (Awaits::RULING_ON_RETURN, t::awaits_return(lang)),
        (Awaits::RULING_ON_EXTENSION, t::awaits_extension(lang)),
        (Awaits::LEAD, t::awaits_lead(lang)),
        (Awaits::ANSWER_TO_DEMAND, t::awaits_demand(lang)),
        (Awaits::SECOND_FOR_QUARANTINE, t::awaits_quarantine(lang)),
        (Awaits::OUT_OF_SIGHT, t::awaits_out_of_sight(lang)),
        (Awaits::CITY_LEVEL, t::awaits_city_level(lang)),
        (Awaits::UNIT_LEVEL, t::awaits_unit_level(lang)),
        (Awaits::VERIFICATION, t::awaits_verification(lang)),
        (Awaits::CLOSING, t::awaits_closing(lang)),
        (Awaits::RELEASE, t::awaits_release(lang)),
        (Awaits::REPORTER, t::awaits_reporter(lang)),
    ]
    .into_iter()
    .filter(|(one, _)| awaits.meets(*one))
    .map(|(_, text)| text)
    .collect()
}

/// How far up a case went.
pub fn level(lang: Lang, level: Level) -> &'static str {
    match level {
        Level::Grid => t::level_grid(lang),
        Level::Community => t::level_community(lang),
        Level::Unit => t::level_unit(lang),
        Level::City => t::level_city(lang),
    }
}

/// Who filed.
pub fn filer(lang: Lang, filer: Filer) -> &'static str {
    match filer {
        Filer::Resident => t::filer_resident(lang),
        Filer::Proxy => t::filer_proxy(lang),
        Filer::Staff => t::filer_staff(lang),
    }
}

/// Whence it came.
pub fn channel(lang: Lang, channel: Channel) -> &'static str {
    match channel {
        Channel::Web | Channel::Api => t::channel_portal(lang),
        Channel::Staff => t::channel_staff(lang),
        Channel::Phone => t::channel_phone(lang),
        Channel::Hotline => t::channel_hotline(lang),
        Channel::Police => t::channel_police(lang),
        Channel::Import => t::channel_import(lang),
    }
}

/// How a resident agreed.
pub fn consent(lang: Lang, consent: Consent) -> &'static str {
    match consent {
        Consent::InPerson => t::consent_in_person(lang),
        Consent::Phone => t::consent_by_phone(lang),
        Consent::Writing => t::consent_in_writing(lang),
    }
}

/// Why departments are called.
pub fn class(lang: Lang, class: CallClass) -> &'static str {
    match class {
        CallClass::HardProblem => t::class_hard_problem(lang),
        CallClass::JointEnforcement => t::class_joint_enforcement(lang),
        CallClass::Emergency => t::class_emergency(lang),
    }
}

/// A kind of evidence.
pub fn evidence(lang: Lang, kind: EvidenceKind) -> &'static str {
    match kind {
        EvidenceKind::PhotoBefore => t::evidence_photo_before(lang),
        EvidenceKind::PhotoAfter => t::evidence_photo_after(lang),
        EvidenceKind::Document => t::evidence_document(lang),
    }
}

/// What enforcement did.
pub fn enforcement(lang: Lang, outcome: EnforcementOutcome) -> &'static str {
    match outcome {
        EnforcementOutcome::Warned => t::enforcement_warned(lang),
        EnforcementOutcome::Ordered => t::enforcement_ordered(lang),
        EnforcementOutcome::CaseOpened => t::enforcement_case_opened(lang),
        EnforcementOutcome::Penalised => t::enforcement_penalised(lang),
        EnforcementOutcome::NotIdentified => t::enforcement_not_identified(lang),
    }
}

/// How a result was checked.
pub fn method(lang: Lang, method: VerifyMethod) -> &'static str {
    match method {
        VerifyMethod::OnSite => t::method_on_site(lang),
        VerifyMethod::OnEvidence => t::method_on_evidence(lang),
    }
}

/// A verb as a button says it. What only residents do has no button here.
pub fn verb(lang: Lang, verb: Verb) -> &'static str {
    match verb {
        Verb::Accept => t::verb_accept(lang),
        Verb::Take => t::verb_take(lang),
        Verb::Reject => t::verb_reject(lang),
        Verb::ReviewRejection => t::verb_review_rejection(lang),
        Verb::Ask => t::verb_ask(lang),
        Verb::Assess => t::verb_assess(lang),
        Verb::Call => t::verb_call(lang),
        Verb::Sign => t::verb_sign(lang),
        Verb::ReportIn => t::verb_report_in(lang),
        Verb::SetOut => t::verb_set_out(lang),
        Verb::Arrive => t::verb_arrive(lang),
        Verb::FeedBack => t::verb_feed_back(lang),
        Verb::Engage => t::verb_engage(lang),
        Verb::EndEngagement => t::verb_end_engagement(lang),
        Verb::AskReturn => t::verb_ask_return(lang),
        Verb::RuleOnReturn => t::verb_rule_on_return(lang),
        Verb::Assign => t::verb_assign(lang),
        Verb::AskExtension => t::verb_ask_extension(lang),
        Verb::RuleOnExtension => t::verb_rule_on_extension(lang),
        Verb::Park => t::verb_park(lang),
        Verb::TransferOut => t::verb_transfer_out(lang),
        Verb::RelayAnswer => t::verb_relay_answer(lang),
        Verb::Note => t::verb_note(lang),
        Verb::Update => t::verb_update(lang),
        Verb::AddEvidence => t::verb_add_evidence(lang),
        Verb::Resolve => t::verb_resolve(lang),
        Verb::Verify => t::verb_verify(lang),
        Verb::SendBack => t::verb_send_back(lang),
        Verb::CallBack => t::verb_call_back(lang),
        Verb::AnswerRating => t::verb_answer_rating(lang),
        Verb::Reopen => t::verb_reopen(lang),
        Verb::Escalate => t::verb_escalate(lang),
        Verb::Supervise => t::verb_supervise(lang),
        Verb::AnswerSupervision => t::verb_answer_supervision(lang),
        Verb::DirectLine => t::verb_direct_line(lang),
        Verb::Move => t::verb_move(lang),
        Verb::Reclassify => t::verb_reclassify(lang),
        Verb::Merge => t::verb_merge(lang),
        Verb::Unmerge => t::verb_unmerge(lang),
        Verb::Publish => t::verb_publish(lang),
        Verb::Hold => t::verb_hold(lang),
        Verb::Redact => t::verb_redact(lang),
        Verb::Quarantine => t::verb_quarantine(lang),
        Verb::ChangeVisibility => t::verb_change_visibility(lang),
        Verb::HandOver => t::verb_hand_over(lang),
        Verb::Close => t::verb_close(lang),
        Verb::AskReview
        | Verb::Answer
        | Verb::EndWaiting
        | Verb::AddInformation
        | Verb::Join
        | Verb::Confirm
        | Verb::Dispute
        | Verb::Rate
        | Verb::Urge
        | Verb::Withdraw => "",
    }
}

/// What the text of a verb is for, and who reads it; nothing where a text would go nowhere.
pub fn say(lang: Lang, verb: Verb) -> Option<&'static str> {
    Some(match verb {
        Verb::Reject => t::say_reject(lang),
        Verb::ReviewRejection => t::say_review(lang),
        Verb::Ask => t::say_ask(lang),
        Verb::Assess => t::say_assess(lang),
        Verb::Call => t::say_call(lang),
        Verb::Engage => t::say_engage(lang),
        Verb::AskReturn => t::say_return(lang),
        Verb::RuleOnReturn => t::say_ruling(lang),
        Verb::AskExtension => t::say_extension(lang),
        Verb::Park => t::say_park(lang),
        Verb::TransferOut => t::say_transfer(lang),
        Verb::RelayAnswer => t::say_relay_answer(lang),
        Verb::Note => t::say_note(lang),
        Verb::Update => t::say_update(lang),
        Verb::FeedBack => t::say_feed_back(lang),
        Verb::Resolve => t::say_resolve(lang),
        Verb::SendBack => t::say_send_back(lang),
        Verb::CallBack => t::say_call_back(lang),
        Verb::Merge => t::say_merge(lang),
        Verb::Supervise => t::say_supervise(lang),
        Verb::AnswerSupervision => t::say_answer(lang),
        Verb::AnswerRating => t::say_answer_rating(lang),
        Verb::DirectLine => t::say_direct_line(lang),
        Verb::Hold => t::say_hold(lang),
        Verb::Redact => t::say_redact(lang),
        Verb::Move => t::say_move(lang),
        Verb::Quarantine => t::say_quarantine(lang),
        Verb::ChangeVisibility => t::say_visibility(lang),
        Verb::AddEvidence
        | Verb::Verify
        | Verb::Assign
        | Verb::RuleOnExtension
        | Verb::Escalate
        | Verb::Reopen
        | Verb::Reclassify
        | Verb::HandOver
        | Verb::Unmerge => t::say_anything(lang),
        _ => return None,
    })
}

/// A part in a grid, as people say it.
pub fn grid_role(lang: Lang, role: GridRole) -> &'static str {
    match role {
        GridRole::Head => t::grid_role_head(lang),
        GridRole::Officer => t::grid_role_officer(lang),
        GridRole::Inspector => t::grid_role_inspector(lang),
        GridRole::Informant => t::grid_role_informant(lang),
        GridRole::Liaison => t::grid_role_liaison(lang),
        GridRole::Patroller => t::grid_role_patroller(lang),
    }
}

/// An appointment: its office, the role or the part in the grid, and the grids where some are named.
pub fn held(lang: Lang, held: &HeldView) -> String {
    let role = match held.grid_role {
        Some(part) => grid_role(lang, part),
        None => role(lang, held.role),
    };
    let text = format!("{} · {role}", held.office);
    if held.grids.is_empty() {
        text
    } else {
        format!("{text} · {}", words::list(lang, &held.grids))
    }
}

/// To which communities somebody is seconded, and which of them have not agreed.
pub fn seconded(lang: Lang, held: &HeldView) -> Option<String> {
    let places = held.seconded.iter().map(|(community, agreed)| {
        if *agreed {
            community.clone()
        } else {
            t::people_seconded_waits(lang, community)
        }
    });
    let places: Vec<String> = places.collect();
    (!places.is_empty()).then(|| t::people_seconded(lang, words::list(lang, &places)))
}

/// A kind of device.
pub fn device(lang: Lang, kind: DeviceKind) -> &'static str {
    match kind {
        DeviceKind::AndroidPhone => t::device_android_phone(lang),
        DeviceKind::AndroidTablet => t::device_android_tablet(lang),
        DeviceKind::Harmony => t::device_harmony(lang),
        DeviceKind::Iphone => t::device_iphone(lang),
        DeviceKind::Ipad => t::device_ipad(lang),
        DeviceKind::Windows => t::device_windows(lang),
        DeviceKind::Mac => t::device_mac(lang),
        DeviceKind::Linux => t::device_linux(lang),
        DeviceKind::Other => t::device_other(lang),
    }
}

/// What to do about a field.
pub fn wrong(lang: Lang, field: &str, what: Wrong) -> String {
    let plain = match what {
        Wrong::Unknown if field == "into" => t::wrong_into(lang),
        Wrong::Missing if field == "checked" => t::desk_publish_unchecked(lang),
        Wrong::Missing => t::wrong_missing(lang),
        Wrong::Unknown => t::wrong_unknown(lang),
        Wrong::NotADate => t::wrong_date(lang),
        Wrong::TooFar => t::wrong_far(lang),
        Wrong::NotANumber => t::wrong_number(lang),
        Wrong::NotATime => t::wrong_time(lang),
        Wrong::ToCome => t::wrong_to_come(lang),
        Wrong::LongAgo => return t::wrong_long_ago(lang, u64::from(CLAIM_REACHES)),
        Wrong::NotAPlace => t::wrong_position(lang),
        Wrong::TooLong(most) => return t::error_too_long(lang, most),
        Wrong::Control => t::error_control(lang),
    };
    plain.to_owned()
}

/// What a field of an act is called; nothing where its text is the act's only one.
pub fn field(lang: Lang, field: &str) -> Option<&'static str> {
    Some(match field {
        "ground" => t::field_ground(lang),
        "class" => t::field_class(lang),
        "lead" => t::field_lead(lang),
        "due" => t::field_due(lang),
        "amount" => t::field_amount(lang),
        "unit_of_time" => t::field_unit_of_time(lang),
        "until" => t::field_until(lang),
        "uphold" | "grant" => t::field_ruling(lang),
        "duty" => t::field_duty(lang),
        "support" => t::field_support(lang),
        "unit" => t::field_unit(lang),
        "leads" => t::field_leads(lang),
        "owner" => t::field_owner(lang),
        "destination" => t::field_destination(lang),
        "basis" => t::field_basis(lang),
        "evidence" => t::field_evidence(lang),
        "outcome" => t::field_outcome(lang),
        "method" => t::field_method(lang),
        "reached" => t::field_reached(lang),
        "holds" => t::field_holds(lang),
        "category" => t::field_category(lang),
        "community" => t::field_community(lang),
        "into" => t::field_into(lang),
        "to" => t::field_to(lang),
        "clock" => t::field_clock(lang),
        "contractor" => t::field_contractor(lang),
        "claimed_at" | "claimed_ago" => t::claim_at(lang),
        "claimed_lat" => t::claim_place(lang),
        _ => return None,
    })
}

/// A step that a called unit has taken.
pub fn step(lang: Lang, verb: Verb) -> &'static str {
    match verb {
        Verb::Sign => t::step_sign(lang),
        Verb::ReportIn => t::step_report_in(lang),
        Verb::SetOut => t::step_set_out(lang),
        Verb::Arrive => t::step_arrive(lang),
        Verb::FeedBack => t::step_feed_back(lang),
        other => self::verb(lang, other),
    }
}

/// Why the rules say no to a member of staff, and what to do instead.
pub fn refusal(lang: Lang, refusal: Refusal) -> String {
    let plain = match refusal {
        Refusal::NotNow { .. } => t::staff_not_now(lang),
        Refusal::AlreadyDone => t::staff_already(lang),
        Refusal::NoSuch(_) => t::staff_no_such(lang),
        Refusal::NeedsText => t::wrong_text(lang),
        Refusal::UnfitText => t::refused_unfit_text(lang),
        Refusal::SecondPerson => t::staff_second(lang),
        Refusal::NeedsConsent => t::staff_consent(lang),
        Refusal::OneLevel => t::staff_one_level(lang),
        Refusal::NobodyToJudge => t::staff_nobody(lang),
        Refusal::EvidenceMissing(kind) => return t::staff_evidence(lang, evidence(lang, kind)),
        Refusal::PartsOpen => t::staff_parts_open(lang),
        Refusal::MustTransfer => t::staff_transfer(lang),
        Refusal::OwnUnit => t::staff_own_unit(lang),
        Refusal::MustPark => t::staff_park(lang),
        Refusal::OneLead => t::staff_one_lead(lang),
        Refusal::NotLater => t::staff_not_later(lang),
        Refusal::TooLong => t::staff_too_long(lang),
        Refusal::TooLate => t::staff_too_late(lang),
        Refusal::TooEarly => t::staff_too_early(lang),
        Refusal::OnlyOnce => t::staff_once(lang),
        Refusal::Final => t::staff_final(lang),
        Refusal::NotWaiting => t::staff_not_waiting(lang),
        Refusal::NotThisVisibility => t::staff_visibility(lang),
        Refusal::NothingToRelease => t::staff_nothing(lang),
        Refusal::NotTheSame => t::staff_not_same(lang),
        Refusal::OthersGoOnInIt => t::staff_others(lang),
        Refusal::Unknown(_) => t::staff_unknown(lang),
        Refusal::Emergency => t::staff_emergency(lang),
        Refusal::AlwaysPrivate => t::staff_private(lang),
        // Only a reporter is refused so.
        Refusal::NotARating | Refusal::NotOverdue => t::staff_not_now(lang),
    };
    plain.to_owned()
}
