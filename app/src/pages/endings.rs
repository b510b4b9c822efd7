//! How a promise ended, in the words of its page.

use casework::views::ClockLine;
use domain::{case::StateTag, clock::Stage, lang::Lang, time::Millis};
use leptos::prelude::*;

use super::{
    CasePage,
    samples::{at, clock as a_clock, clock_story, state, story},
};
use crate::{here::tests::at as here_at, render, words::clock};

/// A clock that ended without being met is told apart from one that was met.
#[test]
fn what_was_missed_is_never_called_done() {
    let line = a_clock(Stage::ReportIn);
    let base = at("2026-11-20T09:12:00+08:00");
    let ended = line.first_due.plus(Millis::days(2));
    let say = |lang, line: &ClockLine| clock(&here_at(lang, "/", ""), line, base);
    let missed = ClockLine {
        late: true,
        lapsed: Some(ended),
        ..line.clone()
    };
    assert_eq!(
        say(Lang::ZhHans, &missed),
        "综合行政执法局应在 11月24日 9:57 前报到，没有做到"
    );
    assert!(say(Lang::En, &missed).ends_with("missed, and not done"));
    let unneeded = ClockLine {
        late: false,
        ..missed
    };
    assert!(say(Lang::ZhHans, &unneeded).contains("不用再报到"));
    // Extended by a day, done two days after the first due date: two days late, not one.
    let extended = ClockLine {
        due: line.first_due.plus(Millis::days(1)),
        late: true,
        stopped: Some(ended),
        ..line
    };
    assert_eq!(
        say(Lang::ZhHans, &extended),
        "综合行政执法局负责报到：晚了 2 天做到"
    );
}

/// What became of a promise that ended without a result, and where the case goes on.
#[test]
fn an_ended_case_says_what_became_of_its_promise() {
    let page = |key: StateTag, merged_into: Option<&str>| {
        let mut story = story();
        story.card.state = state(key);
        story.card.clock = None;
        story.merged_into = merged_into.map(str::to_owned);
        let mut promise = clock_story();
        promise.line.lapsed = Some(at("2026-11-21T09:00:00+08:00"));
        story.clocks = vec![promise];
        render::page(|| {
            view! { <CasePage here=here_at(Lang::ZhHans, "/cases/1", "") story join=None /> }
        })
    };
    let merged = page(StateTag::Merged, Some("261120-777123-2"));
    assert!(
        merged.contains("href=\"/cases/261120-777123-2\""),
        "{merged}"
    );
    assert!(merged.contains("不用再办完") && merged.contains("）：并到另一件一起办"));
    assert!(!merged.contains("/whistle?again=") && !merged.contains("谁在办"));
    let unseen = page(StateTag::Merged, None);
    assert!(unseen.contains("另一件（没有公开）"));
    for (key, why) in [
        (StateTag::Withdrawn, "）：反映人撤回了"),
        (StateTag::TransferredOut, "）：已转给别的单位"),
    ] {
        let html = page(key, None);
        assert!(html.contains(why), "{why}");
        assert!(html.contains("/whistle?again="));
        assert!(
            html.contains("有疑问找") && !html.contains("谁在办"),
            "nobody has it"
        );
    }
    assert!(page(StateTag::InProgress, None).contains("谁在办"));
}
