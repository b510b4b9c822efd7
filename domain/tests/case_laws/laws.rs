//! What holds after whatever was accepted.

use proptest::prelude::*;

use super::{
    tries::{actor, command, filings, tries},
    *,
};

fn fold(log: &[Recorded]) -> Case {
    let folded = log
        .iter()
        .try_fold(None, |case, recorded| apply(case, recorded).map(Some));
    folded
        .expect("what was appended folds")
        .expect("the filing at least")
}

/// What holds of a case at any time.
fn holds(case: &Case, now: Timestamp) {
    let tag = case.state.tag();
    for clock in &case.clocks {
        assert!(
            clock.gross(now) >= Millis::ZERO && clock.net(now) >= Millis::ZERO,
            "{clock:?}"
        );
        assert!(clock.net(now) <= clock.gross(now), "{clock:?}");
        assert!(
            clock.due >= clock.started && clock.first_due >= clock.started,
            "{clock:?}"
        );
        assert!(
            clock.stopped.is_none_or(|stopped| stopped >= clock.started),
            "{clock:?}"
        );
        assert!(
            clock.extended || clock.due == clock.first_due,
            "only an extension parts them: {clock:?}"
        );
        if clock.stopped.is_some() {
            assert!(
                clock.pauses.iter().all(|pause| pause.until.is_some()),
                "it stopped and still waits: {clock:?}"
            );
        }
        if clock.is_paused() {
            assert!(
                case.waiting_since.is_some(),
                "it waits for nobody: {clock:?}"
            );
        }
        // The release is owed whatever becomes of the case, and so is the answer to a low rating.
        let stays = matches!(clock.stage, Stage::Release | Stage::Answer);
        let owed = !stays && clock.is_running();
        assert!(
            !(tag.is_ended() && owed),
            "{tag:?} and still running: {clock:?}"
        );
        let checked = clock.stage == Stage::Verify && clock.is_running();
        assert!(
            !checked || tag == StateTag::Resolved,
            "{tag:?}: nothing to check: {clock:?}"
        );
    }
    let mut ids: Vec<u32> = case.clocks.iter().map(|clock| clock.id).collect();
    let clocks = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), clocks, "a clock's number names one clock");
    let acting: Vec<_> = case.parts.iter().filter(|part| !part.returned).collect();
    assert!(
        acting.iter().filter(|part| part.lead).count() <= 1,
        "one leads: {acting:?}"
    );
    let mut units: Vec<_> = acting.iter().map(|part| &part.unit).collect();
    units.sort_unstable();
    units.dedup();
    assert_eq!(units.len(), acting.len(), "no unit twice: {acting:?}");
    if case.filer == Filer::Staff {
        assert!(case.verdicts.is_empty(), "nobody judges what staff filed");
    }
    for verdict in &case.verdicts {
        assert!(
            verdict.stars.is_none_or(|stars| (1..=5).contains(&stars)),
            "{verdict:?}"
        );
    }
    if case.always_private {
        assert_eq!(case.visibility, Visibility::Private);
    }
    if case.visibility != Visibility::Public {
        assert!(!case.words_are_public());
        assert_eq!(case.release, Release::NotOffered);
    }
    assert!(!case.joint() || case.linked());
    if case.handled() {
        assert!(case.state.outcome().is_some());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_accepted_keeps_the_laws(
        (filer, what, visibility) in filings(),
        tries in tries(),
        erased in any::<u64>(),
    ) {
        let mut run = Run::file(filer, what, visibility);
        holds(&run.case, run.now);
        for attempt in &tries {
            run.now = run.now.plus(Millis::minutes(attempt.minutes));
            let before = run.case.clone();
            let known = run.log.len();
            let command = command(&before, attempt, run.now);
            let verb = command.act.verb();
            let refused = run.attempt(actor(attempt), command).is_err();
            holds(&run.case, run.now);
            if refused {
                prop_assert_eq!(&run.case, &before, "a refusal leaves all as it was");
                continue;
            }
            prop_assert!(run.log.len() > known, "what is accepted is written down");
            let (was, is) = (before.state.tag(), run.case.state.tag());
            let drawn = format!("{} --> {}: {}", was.as_str(), is.as_str(), verb.as_str());
            prop_assert!(was == is || verb == Verb::Unmerge || PICTURE.contains(&drawn), "not drawn: {drawn}");
            prop_assert_eq!(usize::try_from(run.case.version).unwrap(), run.log.len());
            let new = &run.log[known..];
            if before.state.tag() == StateTag::Closed && run.case.state.tag() != StateTag::Closed {
                let reopened = new.iter().any(|it| matches!(it.event.fact, Fact::Reopened { .. }));
                prop_assert!(reopened, "closed stays closed until it is reopened");
            }
            prop_assert!(!before.quarantined || run.case.quarantined, "no way back into sight");
            prop_assert!(run.case.handlers.starts_with(&before.handlers), "who worked on it did");
            prop_assert!(run.case.parties.starts_with(&before.parties), "people stay who they are");
            prop_assert!(run.case.clocks.len() >= before.clocks.len(), "no clock is forgotten");
            for (was, is) in before.clocks.iter().zip(&run.case.clocks) {
                prop_assert_eq!(was.id, is.id);
                prop_assert_eq!(was.started, is.started, "no clock starts twice");
                prop_assert!(is.first_due >= was.first_due, "later rules take nothing off a clock");
                prop_assert_eq!(&was.limit, &is.limit);
                let backs = matches!(verb, Verb::Unmerge | Verb::SendBack | Verb::ReviewRejection);
                let undone = backs && was.lapsed.is_some();
                prop_assert!(!was.cancelled || is.cancelled || undone);
                prop_assert!(is.lapsed.is_none() || is.cancelled || is.is_missed() && is.stopped_late());
                prop_assert!(!is.cancelled || is.stopped.is_none());
            }
        }
        for recorded in &run.log {
            let encoded = recorded.event.encode();
            let decoded = Event::decode(encoded.kind, &encoded.facts, encoded.words.as_deref());
            prop_assert_eq!(&decoded.unwrap(), &recorded.event);
            prop_assert!(!encoded.facts.contains(SPOKEN), "free text in the facts: {}", encoded.facts);
        }
        prop_assert_eq!(&fold(&run.log), &run.case, "the log is the case");
        let row = serde_json::to_string(&run.case).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Case>(&row).unwrap(), &run.case, "its row is the case");
        let mut poorer = run.log.clone();
        for (recorded, bit) in poorer.iter_mut().zip((0..64).cycle()) {
            if erased >> bit & 1 == 1 {
                recorded.event.words = None;
            }
        }
        prop_assert_eq!(&fold(&poorer), &run.case, "erased words change nothing");
    }

    /// An event read back with another kind beside it, or with more in it, is no event.
    #[test]
    fn nothing_but_the_written_bytes_is_an_event(extra in "[a-z]{1,8}", other in 0..Fact::KINDS.len()) {
        let run = Run::plain();
        let encoded = run.log[0].event.encode();
        let kind = Fact::KINDS[other];
        if kind != encoded.kind {
            prop_assert!(Event::decode(kind, &encoded.facts, None).is_err());
        }
        let more = encoded.facts.replacen('{', &format!("{{\"x{extra}\":1,"), 1);
        prop_assert!(Event::decode(encoded.kind, &more, None).is_err(), "{more}");
    }
}

/// The laws are worth what the tries reach: every verb must be accepted somewhere.
#[test]
fn the_tries_reach_every_verb() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut reached = std::collections::BTreeSet::new();
    for _ in 0..1_500 {
        let (filer, what, visibility) = filings().new_tree(&mut runner).unwrap().current();
        let tries = tries().new_tree(&mut runner).unwrap().current();
        let mut run = Run::file(filer, what, visibility);
        for attempt in &tries {
            run.now = run.now.plus(Millis::minutes(attempt.minutes));
            let command = command(&run.case, attempt, run.now);
            let verb = command.act.verb();
            if run.attempt(actor(attempt), command).is_ok() {
                reached.insert(verb);
            }
        }
    }
    let missed: Vec<_> = Verb::ALL
        .iter()
        .filter(|verb| !reached.contains(verb))
        .collect();
    assert!(missed.is_empty(), "never accepted: {missed:?}");
}
