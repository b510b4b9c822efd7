//! The pages and their states, each with data of its own.

use casework::views::*;
use domain::{
    case::{Outcome, Release, StateTag},
    clock::Stage,
    draft::FieldError,
    event::Fact,
    time::Millis,
    verb::Verb,
};
use leptos::prelude::*;

use super::super::{samples::*, *};
use crate::{
    form::{CodeFault, Fault, PhotoFault},
    here::Here,
};

pub(super) type Draw = Box<dyn Fn(Here) -> AnyView>;

/// Path, query, name of the state, and the page.
pub(super) fn pages() -> Vec<(&'static str, &'static str, Draw)> {
    fn page(
        path: &'static str,
        name: &'static str,
        draw: impl Fn(Here) -> AnyView + 'static,
    ) -> (&'static str, &'static str, Draw) {
        (path, name, Box::new(draw))
    }
    vec![
        page("/", "home", |here| {
            let view = HomeView {
                latest: cards(),
                figures: figures(),
            };
            view! { <HomePage here view /> }.into_any()
        }),
        page("/", "home-empty", |here| {
            let view = HomeView {
                latest: vec![],
                figures: Default::default(),
            };
            view! { <HomePage here view /> }.into_any()
        }),
        page("/whistle", "whistle", |here| {
            view! { <WhistlePage here form=a_form() /> }.into_any()
        }),
        page("/whistle", "whistle-errors", |here| {
            view! { <WhistlePage here form=a_bad_form() /> }.into_any()
        }),
        page("/whistle", "whistle-full", |here| {
            view! { <WhistlePage here form=a_full_form() /> }.into_any()
        }),
        page("/whistle", "whistle-officer", |here| {
            let form = WhistleForm {
                by_officer: true,
                ..a_form()
            };
            view! { <WhistlePage here form /> }.into_any()
        }),
        page("/whistle/receipt", "receipt", |here| {
            let receipt = Receipt {
                number: "261121-483920-7".into(),
                code: "48213 90756 11384 20967 3".into(),
                filed_at: at("2026-11-21T14:05:00+08:00"),
                hash: story().filing_hash,
                community: "象岗社区".into(),
                category: "乱倒垃圾".into(),
                next: Some(clock(Stage::Respond)),
                contact_left: false,
                who_has_it: who_has_it(),
            };
            view! { <ReceiptPage here receipt /> }.into_any()
        }),
        page("/whistle/receipt", "receipt-gone", |here| {
            view! { <ReceiptGonePage here /> }.into_any()
        }),
        page("/track", "track", |here| {
            let form = TrackForm {
                number: Some("261121-483920-7".into()),
                ..TrackForm::default()
            };
            view! { <TrackPage here form /> }.into_any()
        }),
        page("/track", "track-error", |here| {
            let form = TrackForm {
                code: "48213 90756 11384 20967 4".into(),
                faults: vec![Fault::Code(CodeFault::Mistyped)],
                closed: Some(Closed::Idle),
                ..TrackForm::default()
            };
            view! { <TrackPage here form /> }.into_any()
        }),
        page("/track", "track-kept", |here| {
            let form = TrackForm {
                number: Some("261121-483920-7".into()),
                closed: Some(Closed::Idle),
                kept: Some(kept(Verb::AddInformation, "今天早上又多了一堆。")),
                faults: vec![Fault::Photo(PhotoFault::NotAPhoto)],
                ..TrackForm::default()
            };
            view! { <TrackPage here form /> }.into_any()
        }),
        page("/track", "track-other-unkept", |here| {
            let form = TrackForm {
                number: Some("261121-483920-7".into()),
                closed: Some(Closed::Other),
                kept: Some(kept(Verb::Rate, "")),
                wait: Some(20),
                unkept: Some(Unkept::Busy),
                ..TrackForm::default()
            };
            view! { <TrackPage here form /> }.into_any()
        }),
        page("/track", "tracked", |here| {
            let actions = vec![
                Verb::AddInformation,
                Verb::Withdraw,
                Verb::Urge,
                Verb::ChangeVisibility,
                Verb::Confirm,
                Verb::Dispute,
                Verb::Rate,
                Verb::Reopen,
                Verb::AskReview,
            ];
            let story = CaseStory {
                actions,
                own: true,
                ..story()
            };
            let tracked = Tracked {
                done: Some(Verb::Urge),
                ..tracked(story)
            };
            view! { <TrackedPage here tracked /> }.into_any()
        }),
        page("/track", "tracked-moved", |here| {
            let story = CaseStory {
                actions: vec![Verb::AddInformation, Verb::Confirm, Verb::Dispute],
                ..story()
            };
            let news = story.timeline.last().cloned();
            let tracked = Tracked {
                news: news.into_iter().collect(),
                kept: Some(kept(Verb::AddInformation, "今天早上又多了一堆。")),
                faults: vec![Fault::Moved],
                ..tracked(story)
            };
            view! { <TrackedPage here tracked /> }.into_any()
        }),
        page("/track", "tracked-moved-button", |here| {
            let story = CaseStory {
                actions: vec![Verb::Confirm, Verb::Dispute],
                ..story()
            };
            let tracked = Tracked {
                kept: Some(kept(Verb::Dispute, "")),
                faults: vec![Fault::Moved],
                ..tracked(story)
            };
            view! { <TrackedPage here tracked /> }.into_any()
        }),
        page("/track", "tracked-stray", |here| {
            let tracked = Tracked {
                kept: Some(kept(Verb::Answer, "在路东，靠近学校那边。")),
                faults: vec![Fault::Photo(PhotoFault::Gone), Fault::Moved],
                unkept: Some(Unkept::ReadOnly),
                ..tracked(story())
            };
            view! { <TrackedPage here tracked /> }.into_any()
        }),
        page("/track", "tracked-kept", |here| {
            let story = CaseStory {
                actions: vec![Verb::Rate, Verb::Reopen, Verb::ChangeVisibility],
                ..story()
            };
            let tracked = Tracked {
                kept: Some(kept(Verb::Rate, "")),
                ..tracked(story)
            };
            view! { <TrackedPage here tracked /> }.into_any()
        }),
        page("/track", "tracked-question", |here| {
            let mut story = story();
            story.actions = vec![Verb::Answer, Verb::AddInformation];
            story.card.state.waiting_for_reporter = true;
            story.timeline.push(Entry {
                version: 5,
                at: at("2026-11-20T11:00:00+08:00"),
                fact: Fact::Asked {},
                who: Who::Office("象岗社区".into()),
                called: vec![],
                text: Some("是路东还是路西？请补一张照片。".into()),
                photos: vec![],
                claimed: None,
                passed: None,
            });
            let tracked = Tracked {
                kept: Some(kept(Verb::Answer, "")),
                faults: vec![Fault::Text(FieldError::Missing)],
                ..tracked(story)
            };
            view! { <TrackedPage here tracked /> }.into_any()
        }),
        page("/cases/261121-483920-7", "case", |here| {
            let story = CaseStory {
                actions: vec![Verb::Join],
                clocks: vec![clock_story()],
                ..story()
            };
            view! { <CasePage here story join=Some(JoinForm::default()) /> }.into_any()
        }),
        page("/cases/261121-483920-7", "case-private-words", |here| {
            let mut story = story();
            story.detail = None;
            story.card.headline = None;
            story.card.place = None;
            story.card.release = Release::Waiting;
            story.card.state = StateView {
                outcome: Some(Outcome::Solved),
                ..state(StateTag::Closed)
            };
            view! { <CasePage here story join=Some(JoinForm::default()) /> }.into_any()
        }),
        page("/cases", "cases", |here| {
            let list = CaseList {
                items: cards(),
                next: Some("2611".into()),
                total: Total::MoreThan(1000),
                search_lag: Some(Millis::minutes(3)),
            };
            let query = CasesQuery {
                q: "垃圾".into(),
                ..CasesQuery::default()
            };
            let communities = vec![label("330383003016", "象岗社区")];
            let categories = vec![label("rubbish", "垃圾和卫生")];
            view! { <CasesPage here query list communities categories /> }.into_any()
        }),
        page("/cases", "cases-none", |here| {
            let list = CaseList {
                items: vec![],
                next: None,
                total: Total::Exactly(0),
                search_lag: None,
            };
            let query = CasesQuery {
                q: "<b>&".into(),
                ..CasesQuery::default()
            };
            view! { <CasesPage here query list communities=vec![] categories=vec![] /> }.into_any()
        }),
        page("/communities", "communities", |here| {
            let rows = (1..=12)
                .map(|n| CommunityRow {
                    code: format!("3303830030{n:02}"),
                    name: format!("第{n}社区"),
                    unit: if n % 2 == 0 {
                        "华中".into()
                    } else {
                        "城中".into()
                    },
                    formerly: if n % 3 == 0 {
                        vec!["旧村".into()]
                    } else {
                        vec![]
                    },
                    pinyin: String::new(),
                })
                .collect();
            view! { <CommunitiesPage here q=String::new() rows /> }.into_any()
        }),
        page("/communities", "communities-none", |here| {
            view! { <CommunitiesPage here q="不存在".to_owned() rows=vec![] /> }.into_any()
        }),
        page("/communities/330383003016", "community", |here| {
            let view = CommunityView {
                row: CommunityRow {
                    code: "330383003016".into(),
                    name: "象岗社区".into(),
                    unit: "华中".into(),
                    formerly: vec!["象岗村".into()],
                    pinyin: "xiang gang".into(),
                },
                office: who_has_it().contact,
                station: Some(("华中联勤工作站".into(), None)),
                grids: grids(),
                latest: cards(),
                figures: Some(figures()),
            };
            view! { <CommunityPage here view /> }.into_any()
        }),
        page("/services", "services", |here| {
            view! { <ServicesPage here q=String::new() rows=vec![service().row] /> }.into_any()
        }),
        page("/services", "services-none", |here| {
            view! { <ServicesPage here q="飞船".to_owned() rows=vec![] /> }.into_any()
        }),
        page("/services/elder-allowance", "service", |here| {
            view! { <ServicePage here service=service() /> }.into_any()
        }),
        page("/x", "error-404", |here| {
            view! { <ErrorPage here trouble=Trouble::NotFound /> }.into_any()
        }),
        page("/x", "error-500", |here| {
            view! { <ErrorPage here trouble=Trouble::Broken("a1b2c3".into()) /> }.into_any()
        }),
        page("/help/parts", "parts", |here| {
            view! { <PartsPage here /> }.into_any()
        }),
        page("/x", "error-maintenance", |here| {
            view! { <ErrorPage here trouble=Trouble::Maintenance /> }.into_any()
        }),
        page("/help/contact", "help-contact", |here| {
            view! { <HelpPage here topic=Topic::Contact /> }.into_any()
        }),
        page("/help/privacy", "help-privacy", |here| {
            view! { <HelpPage here topic=Topic::Privacy /> }.into_any()
        }),
    ]
}
