//! How a promise ended, in the words of its page.

use casework::views::ClockLine;
use domain::{clock::Stage, lang::Lang, time::Millis};

use super::samples::{at, clock as a_clock};
use crate::{here::tests::at as here_at, words::clock};

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
        "综合行政执法局已报到，晚了 2 天"
    );
}
