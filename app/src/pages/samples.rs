//! Cases, forms and figures as the tests of the pages need them. Every word is invented.

use casework::{
    people::{GridOfficerView, GridView},
    views::*,
};
use domain::{
    area::OfficeContact,
    calendar::DayOff,
    case::{Channel, Filer, Kind, Outcome, Release, StateTag},
    city::{Mode, Reach, ServiceKind},
    clock::{Explanation, Limit, LimitUnit, SkippedDay, Stage},
    draft::{Draft, Field, FieldError},
    event::{CalledPart, Fact},
    lang::Names,
    time::{CityTime, Millis, Timestamp},
    verb::Verb,
    visibility::Visibility,
};

pub(super) use super::parts::examples::{figures, label, state};
use super::{
    CategoryChoice, CategoryGroup, CommunityChoice, Kept, ServiceRow, ServiceView, StagedPhoto,
    Tracked, WhistleForm,
};
use crate::form::Fault;

pub(super) fn at(text: &str) -> Timestamp {
    CityTime::china().parse_rfc3339(text).unwrap()
}

pub(super) fn card() -> CaseCard {
    CaseCard {
        number: "261121-483920-7".into(),
        category: label("illegal-dumping", "乱倒垃圾"),
        community: label("330383003016", "象岗社区"),
        state: state(StateTag::InProgress),
        filed_at: at("2026-11-20T09:12:00+08:00"),
        headline: Some("人民路与城南路口的空地又有人倒垃圾，晚上还停满车".into()),
        place: Some("人民路与城南路口".into()),
        release: Release::Released,
        visibility: Visibility::Public,
        clock: Some(clock(Stage::Resolve)),
        me_too: 2,
        departments: vec![label("zf", "综合行政执法局")],
    }
}

pub(super) fn clock(stage: Stage) -> ClockLine {
    ClockLine {
        stage,
        owner: "综合行政执法局".into(),
        due: at("2026-11-24T09:57:00+08:00"),
        first_due: at("2026-11-24T09:57:00+08:00"),
        late: false,
        stopped: None,
        lapsed: None,
        provisional: false,
        paused: false,
    }
}

pub(super) fn cards() -> Vec<CaseCard> {
    let mut waiting = card();
    waiting.number = "261119-102938-4".into();
    waiting.headline = None;
    waiting.release = Release::Waiting;
    waiting.place = None;
    waiting.state = StateView {
        waiting_for_reporter: true,
        ..state(StateTag::Accepted)
    };
    waiting.clock = Some(ClockLine {
        paused: true,
        owner: "象岗社区".into(),
        ..clock(Stage::Resolve)
    });
    waiting.departments = vec![];
    waiting.me_too = 0;
    let mut late = card();
    late.number = "261101-555201-9".into();
    late.headline = Some("桥头路灯不亮一个多星期了，晚上骑车看不见路，孩子放学回家都要绕远".into());
    late.state = StateView {
        late: true,
        ..state(StateTag::Dispatched)
    };
    late.clock = Some(ClockLine {
        late: true,
        owner: "市政模块".into(),
        ..clock(Stage::ReportIn)
    });
    late.category = label("street-light", "路灯");
    let mut done = card();
    done.number = "261030-777123-2".into();
    done.headline = Some("楼下烧烤店的油烟一直飘进屋里".into());
    done.state = StateView {
        outcome: Some(Outcome::Solved),
        confirmed: Some(true),
        ..state(StateTag::Closed)
    };
    done.clock = None;
    done.departments = vec![label("zf", "综合行政执法局"), label("zg", "市资源规划局")];
    vec![card(), waiting, late, done]
}

/// Five grids, of which the last has nobody.
pub(super) fn grids() -> Vec<GridView> {
    let grid = |no: u8| GridView {
        name: format!("第{no}网格"),
        officers: vec![GridOfficerView {
            name: "示例人员".into(),
            part: None,
            until: None,
        }],
        nobody_since: None,
    };
    let mut grids: Vec<_> = (1..=5).map(grid).collect();
    grids[4].officers = vec![];
    grids[4].nobody_since = Some(at("2026-11-01T00:00:00+08:00"));
    grids
}

pub(super) fn who_has_it() -> WhoHasIt {
    WhoHasIt {
        office: "象岗社区".into(),
        contact: Some(OfficeContact {
            phone: "0577-5550 1016".into(),
            address: Names::plain("象岗社区党群服务中心（示意）"),
            hours_note: Names::plain("周一到周五 8:30–17:30"),
        }),
    }
}

fn entry(time: &str, fact: Fact, who: Who, text: Option<&str>) -> Entry {
    Entry {
        version: 1,
        at: at(time),
        fact,
        who,
        called: vec![],
        text: text.map(Into::into),
        photos: vec![],
        claimed: None,
        passed: None,
    }
}

pub(super) fn timeline() -> Vec<Entry> {
    let office = |name: &str| Who::Office(name.into());
    let filed = Fact::Filed {
        number: "261121-483920-7".parse().unwrap_or_else(|_| number()),
        case_kind: Kind::Whistle,
        channel: Channel::Web,
        filer: Filer::Resident,
        category: "illegal-dumping".to_owned().try_into().unwrap(),
        community: "330383003016".to_owned().try_into().unwrap(),
        grid: None,
        line: "zf".to_owned().try_into().unwrap(),
        visibility: Visibility::Public,
        always_private: false,
        photos: 2,
        may_call: true,
        recurrence_of: None,
        external: None,
        consent: None,
        clocks: vec![],
    };
    let called = Fact::Called {
        class: domain::case::CallClass::HardProblem,
        parts: vec![CalledPart {
            part: 1,
            unit: "zf".to_owned().try_into().unwrap(),
            lead: true,
        }],
        clocks: vec![],
    };
    vec![
        entry(
            "2026-11-20T09:12:00+08:00",
            filed,
            Who::Reporter,
            Some("人民路口的空地又有人倒垃圾，晚上还停满车，走路要绕到马路上。\n已经三天了。"),
        ),
        entry(
            "2026-11-20T09:40:00+08:00",
            Fact::Accepted { clocks: vec![] },
            office("象岗社区"),
            None,
        ),
        entry(
            "2026-11-20T09:57:00+08:00",
            called,
            office("象岗社区"),
            Some("按职责清单由综合行政执法局牵头。"),
        ),
        entry(
            "2026-11-20T10:20:00+08:00",
            Fact::ReportedIn {
                part: 1,
                officer: domain::ids::AppointmentNo(7),
            },
            office("综合行政执法局"),
            None,
        ),
    ]
}

fn number() -> domain::reference::CaseNumber {
    domain::reference::CaseNumber::new(
        CityTime::china()
            .civil(at("2026-11-21T00:00:00+08:00"))
            .date,
        483_920,
    )
}

pub(super) fn story() -> CaseStory {
    CaseStory {
        card: card(),
        version: 4,
        detail: Some(Detail {
            text: "人民路口的空地又有人倒垃圾，晚上还停满车，走路要绕到马路上。\n已经三天了。"
                .into(),
            place: "人民路与城南路口".into(),
            position: Some((27.579, 120.553)),
        }),
        photos: vec![],
        timeline: timeline(),
        clocks: vec![],
        who_has_it: who_has_it(),
        next_by: None,
        passed: None,
        actions: vec![],
        recurrence_of: None,
        merged_into: None,
        looks: Vec::new(),
        filing_hash: "9f2c4e1ab87d66d0c1f5a7a2e3b4c5d69f2c4e1ab87d66d0c1f5a7a2e3b4c5d6".into(),
        own: false,
        said: Said::default(),
    }
}

pub(super) fn clock_story() -> ClockStory {
    let started = at("2026-09-30T09:57:00+08:00");
    let day = |text: &str| {
        CityTime::china()
            .civil(at(&format!("{text}T00:00:00+08:00")))
            .date
    };
    let off = |text: &str, why: DayOff| SkippedDay {
        date: day(text),
        why,
    };
    let holiday = || DayOff::Holiday("National Day".into());
    ClockStory {
        line: clock(Stage::Resolve),
        limit: Limit::WorkingDays(5),
        explanation: Explanation {
            started,
            unit: LimitUnit::WorkingDays,
            amount: Some(5),
            first_day: Some(day("2026-10-01")),
            last_day: Some(day("2026-10-12")),
            skipped: vec![
                off("2026-10-01", holiday()),
                off("2026-10-03", DayOff::Weekend),
            ],
            made_up: vec![day("2026-10-10")],
            paused: Millis::hours(26),
            extended: true,
            due: at("2026-10-13T00:00:00+08:00"),
            first_due: at("2026-10-12T00:00:00+08:00"),
            provisional: true,
            same_calendar: true,
        },
        gross: Millis::days(3),
        net: Millis::days(2),
    }
}

pub(super) fn service() -> ServiceView {
    ServiceView {
        row: ServiceRow {
            code: "elder-allowance".into(),
            name: "高龄津贴".into(),
            summary: "八十岁以上老人每月领取的津贴".into(),
            department: "民政模块".into(),
        },
        kind: ServiceKind::Benefit,
        documents: vec!["身份证".into(), "户口簿".into(), "银行卡".into()],
        basis: "《老年人权益保障法》".into(),
        statutory: Some(Limit::WorkingDays(20)),
        promised: Some(Limit::WorkingDays(5)),
        fee: None,
        reach: Reach::Community,
        modes: vec![Mode::Online, Mode::Proxy],
        visits: 1,
    }
}

pub(super) fn a_form() -> WhistleForm {
    let item = |code: &str, name: &str, plain: &str| CategoryChoice {
        code: code.into(),
        name: name.into(),
        plain: plain.into(),
        why: None,
    };
    WhistleForm {
        key: "k7Qm2sVd9XwLr4TzB1nYc6Hf".into(),
        groups: vec![
            CategoryGroup {
                name: "垃圾和卫生".into(),
                plain: "乱倒、清扫、公厕".into(),
                items: vec![
                    item(
                        "illegal-dumping",
                        "乱倒垃圾",
                        "建筑、厨余、废旧家具倒在路边空地",
                    ),
                    item("bin-problem", "垃圾桶", "满了没人收、坏了、放的地方不对"),
                ],
            },
            CategoryGroup {
                name: "街面秩序".into(),
                plain: "占道、停车、广告".into(),
                items: vec![item("street-vending", "占道摆摊", "在路上、人行道上摆摊")],
            },
        ],
        other: Some(item(
            "other-matter",
            "其他（不知道选哪个）",
            "哪一类都不合适，或者拿不准：社区看了再归类",
        )),
        communities: vec![
            CommunityChoice {
                code: "330383003016".into(),
                name: "象岗社区".into(),
                about: "华中 · 原象岗村".into(),
            },
            CommunityChoice {
                code: "330383198001".into(),
                name: "金钗河社区".into(),
                about: "城中".into(),
            },
        ],
        ..WhistleForm::default()
    }
}

pub(super) fn a_bad_form() -> WhistleForm {
    WhistleForm {
        draft: Draft {
            danger: "yes".into(),
            description: "</textarea><script>alert(1)</script>".into(),
            community: "象".into(),
            phone: "12".into(),
            ..Draft::default()
        },
        faults: vec![
            Fault::Draft(Field::Danger, FieldError::Danger),
            Fault::Draft(Field::Category, FieldError::Missing),
            Fault::Draft(Field::Community, FieldError::Ambiguous),
            Fault::Draft(Field::Phone, FieldError::NotAPhone),
        ],
        category_words: "占道".into(),
        categories_found: Some(vec![CategoryChoice {
            code: "street-vending".into(),
            name: "占道摆摊".into(),
            plain: "在路上、人行道上摆摊".into(),
            why: Some("占道".into()),
        }]),
        communities_found: Some(a_form().communities),
        wait: Some(("ticket".into(), 20)),
        ..a_form()
    }
}

pub(super) fn a_full_form() -> WhistleForm {
    let pixel = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
    let photo = |id: &str| StagedPhoto {
        id: id.into(),
        thumb: pixel.into(),
    };
    WhistleForm {
        draft: Draft {
            danger: "no".into(),
            category: "illegal-dumping".into(),
            description: "人民路口的空地又有人倒垃圾，晚上还停满车，走路要绕到马路上。".into(),
            community: "330383003016".into(),
            place: "人民路与城南路口".into(),
            visibility: "public".into(),
            ..Draft::default()
        },
        category: Some(label("illegal-dumping", "乱倒垃圾")),
        community: Some(label("330383003016", "象岗社区")),
        usual: Some(Visibility::Public),
        office: Some(who_has_it()),
        staged: vec![photo("p1"), photo("p2")],
        duplicates: Some(vec![card()]),
        preview: true,
        again: Some("261030-777123-2".into()),
        ..a_form()
    }
}

/// A tracked case on which nothing was tried.
pub(super) fn tracked(story: CaseStory) -> Tracked {
    Tracked {
        story,
        key: "0123456789abcdef0123456789abcdef".into(),
        kept: None,
        news: vec![],
        faults: vec![],
        unkept: None,
        done: None,
    }
}

/// An act that did not go through, with two photos where it takes any.
pub(super) fn kept(verb: Verb, text: &str) -> Kept {
    let photo = |id: &str| StagedPhoto {
        id: id.into(),
        thumb: "data:image/jpeg;base64,AAAA".into(),
    };
    let staged = [photo(&"1".repeat(32)), photo(&"2".repeat(32))];
    Kept {
        verb,
        number: "261121-483920-7".into(),
        version: Some(3),
        text: text.into(),
        stars: "2".into(),
        visibility: String::new(),
        key: "0123456789abcdef0123456789abcdef".into(),
        staged: staged.into_iter().filter(|_| verb.takes_photos()).collect(),
    }
}
