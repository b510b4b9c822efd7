//! What the parts page shows in its parts: invented cases of an invented community. The tests of
//! the pages show some of them too.

use casework::views::{
    CaseCard, ClockLine, Entry, Figures, Label, LookLine, PhotoOf, PhotoView, Results, Saw,
    StateView, Who, WhoHasIt,
};
use domain::{
    area::OfficeContact,
    case::{Outcome, Release, StateTag},
    clock::Stage,
    event::Fact,
    lang::{Lang, Names},
    time::{Millis, Timestamp},
    visibility::Visibility,
};

use crate::texts::t;

/// 2026-11-20 09:12 in China.
pub(super) const FILED: Timestamp = Timestamp::from_millis(1_795_137_120_000);

/// No case has it: its check digit is wrong.
pub(super) const NUMBER: &str = "261120-000000-0";

/// Nobody's: its check digit is wrong.
pub(super) const CODE: &str = "00000 00000 00000 00000 1";

pub(super) const HASH: &str = "9f2c4e1ab87d66d0c1f5a7a2e3b4c5d69f2c4e1ab87d66d0c1f5a7a2e3b4c5d6";

fn later(days: i64, hours: i64) -> Timestamp {
    FILED.plus(Millis::days(days)).plus(Millis::hours(hours))
}

pub(in crate::pages) fn state(key: StateTag) -> StateView {
    StateView {
        key,
        outcome: None,
        waiting_for_reporter: false,
        joint: false,
        late: false,
        confirmed: None,
        judged_by_resident: true,
    }
}

/// Every state a case can be in, as its tag tells it.
pub(super) fn states() -> Vec<StateView> {
    let mut all: Vec<StateView> = [
        StateTag::Filed,
        StateTag::Accepted,
        StateTag::Dispatched,
        StateTag::InProgress,
        StateTag::Resolved,
        StateTag::Verified,
        StateTag::Closed,
        StateTag::Rejected,
        StateTag::Withdrawn,
        StateTag::Merged,
        StateTag::Parked,
        StateTag::TransferredOut,
    ]
    .into_iter()
    .map(state)
    .collect();
    all.push(StateView {
        waiting_for_reporter: true,
        ..state(StateTag::Accepted)
    });
    all.push(StateView {
        joint: true,
        ..state(StateTag::InProgress)
    });
    for outcome in [Outcome::Solved, Outcome::LawfullyRefused] {
        all.push(StateView {
            outcome: Some(outcome),
            ..state(StateTag::Closed)
        });
    }
    all
}

fn clock(lang: Lang) -> ClockLine {
    ClockLine {
        stage: Stage::Resolve,
        owner: t::parts_department(lang).to_owned(),
        due: later(4, 0),
        first_due: later(4, 0),
        late: false,
        stopped: None,
        lapsed: None,
        provisional: false,
        paused: false,
    }
}

/// Every way a clock can stand: running, provisional, paused, overdue, met, met late, no longer
/// needed, missed.
pub(super) fn clocks(lang: Lang) -> Vec<ClockLine> {
    let late = || ClockLine {
        late: true,
        ..clock(lang)
    };
    vec![
        clock(lang),
        ClockLine {
            provisional: true,
            ..clock(lang)
        },
        ClockLine {
            paused: true,
            ..clock(lang)
        },
        late(),
        ClockLine {
            stopped: Some(later(2, 3)),
            ..clock(lang)
        },
        ClockLine {
            stopped: Some(later(5, 3)),
            ..late()
        },
        ClockLine {
            lapsed: Some(later(2, 0)),
            ..clock(lang)
        },
        ClockLine {
            lapsed: Some(later(5, 0)),
            ..late()
        },
    ]
}

pub(in crate::pages) fn label(code: &str, text: &str) -> Label {
    Label {
        code: code.to_owned(),
        text: text.to_owned(),
    }
}

fn card(lang: Lang) -> CaseCard {
    CaseCard {
        number: NUMBER.to_owned(),
        category: label("street-light", t::parts_category(lang)),
        community: label("1", t::parts_community(lang)),
        state: StateView {
            joint: true,
            ..state(StateTag::InProgress)
        },
        filed_at: FILED,
        headline: Some(t::parts_headline(lang).to_owned()),
        place: Some(t::parts_place(lang).to_owned()),
        release: Release::Released,
        visibility: Visibility::Public,
        clock: Some(clock(lang)),
        me_too: 2,
        departments: vec![label("a", t::parts_department(lang))],
    }
}

/// A case with all there is to show, one that is late, and one whose words are not out.
pub(super) fn cards(lang: Lang) -> Vec<CaseCard> {
    let late = CaseCard {
        number: "261120-000000-1".to_owned(),
        headline: None,
        state: StateView {
            late: true,
            ..state(StateTag::Dispatched)
        },
        clock: Some(ClockLine {
            late: true,
            ..clock(lang)
        }),
        me_too: 0,
        ..card(lang)
    };
    let plain = CaseCard {
        number: "261120-000000-2".to_owned(),
        headline: None,
        place: None,
        state: state(StateTag::Filed),
        release: Release::Waiting,
        clock: None,
        me_too: 0,
        departments: vec![],
        ..card(lang)
    };
    vec![card(lang), late, plain]
}

/// A short story with words and photos in it.
pub(super) fn entries(lang: Lang) -> Vec<Entry> {
    let community = || Who::Office(t::parts_community(lang).to_owned());
    let entry = |version, at, fact, who, text: Option<&str>| Entry {
        version,
        at,
        fact,
        who,
        called: vec![],
        text: text.map(str::to_owned),
        photos: vec![],
        claimed: None,
        passed: None,
    };
    let accepted = Fact::Accepted { clocks: vec![] };
    let added = Fact::InformationAdded {
        photos: 2,
        clocks: vec![],
    };
    let question = Some(t::parts_question(lang));
    let answer = Some(t::parts_headline(lang));
    vec![
        entry(1, later(0, 1), accepted, community(), None),
        entry(2, later(0, 2), Fact::Asked {}, community(), question),
        Entry {
            photos: photos(),
            ..entry(3, later(0, 5), added, Who::Reporter, answer)
        },
        entry(4, later(5, 0), Fact::WaitingEnded {}, Who::System, None),
    ]
}

/// Two pictures that are surely there.
pub(super) fn photos() -> Vec<PhotoView> {
    [(1, PhotoOf::Before), (2, PhotoOf::After)]
        .into_iter()
        .map(|(number, of)| PhotoView {
            url: "/share-demo.png".to_owned(),
            thumb_url: "/share-demo.png".to_owned(),
            number,
            of: Some(of),
            publicly: None,
        })
        .collect()
}

/// Every kind of look; the last by a post that is gone.
pub(super) fn looks(lang: Lang) -> Vec<LookLine> {
    Saw::ALL
        .into_iter()
        .zip((1..=8).rev())
        .map(|(saw, hours)| LookLine {
            at: later(0, hours),
            office: (hours > 1).then(|| t::parts_department(lang).to_owned()),
            saw: vec![(saw, if saw == Saw::Photo { 3 } else { 1 })],
            to: (saw == Saw::Passed).then(|| t::parts_department(lang).to_owned()),
        })
        .collect()
}

/// An office with all that reaches it.
pub(super) fn who(lang: Lang) -> WhoHasIt {
    WhoHasIt {
        office: t::parts_department(lang).to_owned(),
        contact: Some(OfficeContact {
            phone: "0577-0000 0000".to_owned(),
            address: Names::plain(t::parts_place(lang)),
            hours_note: Names::plain("8:30–17:30"),
        }),
    }
}

/// Figures that add up.
pub(in crate::pages) fn figures() -> Figures {
    Figures {
        filed: 8402,
        handled: 7829,
        results: Results {
            solved: 7016,
            partly_solved: 402,
            lawfully_refused: 187,
            not_found: 121,
            untrue: 64,
            other: 39,
        },
        on_time: 7112,
        late: 528,
        overdue: 96,
        linked: 1054,
        open: 573,
        fixed: 2118,
        not_fixed: 217,
        silent: 5494,
        as_of: later(1, 0),
        since: Some(later(-300, 0)),
    }
}
