//! A firm under contract by its link: one case, one part, until its day.

use casework::{
    Error,
    contract::{self, Contract},
    look, worklist,
};
use domain::{
    access::Viewer,
    case::{Case, EvidenceKind},
    decide::{Act, Command, Refusal},
    event::Actor,
    ids::{ContractorCode, EngagementNo},
    lang::Lang,
    time::Millis,
    verb::Verb,
};
use store::testing::each_engine;

use crate::{
    matter::{CHECKED, LEAD, Matter, SOLVED, SUPPORT, Stand, engage, prepare},
    posts::{SECRETARY, STATION, staff},
    told::who_filed,
    town::Town,
};

const FIRM: &str = "净源环卫服务（示例）";

async fn engaged(town: &Town) -> (Matter, Case) {
    let matter = prepare(town, Stand::Engaged).await;
    let case = town.case(matter.id).await;
    (matter, case)
}

/// The token of a link.
fn token(town: &Town, case: &Case, no: u32) -> String {
    let path = contract::link(&town.desk, case, EngagementNo(no)).expect("a link");
    let token = path.strip_prefix(&format!("/contract/{}/", case.number));
    token.expect("of this case").to_owned()
}

async fn opens(town: &Town, case: &Case, token: &str) -> Result<Contract, Error> {
    contract::open(&town.desk, case.number, token).await
}

async fn is_shut(town: &Town, case: &Case, token: &str) -> bool {
    matches!(opens(town, case, token).await, Err(Error::NotFound))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_opens_its_own_case_and_no_other_word_does() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let (_, case) = engaged(&town).await;
        let (_, other) = engaged(&town).await;
        let given = token(&town, &case, 1);
        let opened = opens(&town, &case, &given).await.unwrap();
        assert_eq!(opened.path(), format!("/contract/{}/{given}", case.number));
        assert_eq!(opened.engaged.part, 1);
        // Of another case, of another engagement, cut, and with any sign changed.
        assert!(is_shut(&town, &other, &given).await);
        let (_, mac) = given.split_once('-').unwrap();
        let mut wrong = vec![
            format!("2-{mac}"),
            format!("01-{mac}"),
            given[..given.len() - 2].to_owned(),
            format!("{given}0"),
            "1-".to_owned(),
            String::new(),
            "x".repeat(9_000),
        ];
        for at in 2..given.len() {
            let mut changed = given.clone().into_bytes();
            changed[at] = if changed[at] == b'0' { b'1' } else { b'0' };
            wrong.push(String::from_utf8(changed).unwrap());
        }
        for word in wrong {
            assert!(is_shut(&town, &case, &word).await, "{word:.60}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_ends_with_its_day_its_unit_and_its_case() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let lead = staff(LEAD);
        let does = async |who: &Viewer, case: &Case, command: Command| {
            town.does(who, case.id, command).await
        };

        // Its day.
        let (_, case) = engaged(&town).await;
        let given = token(&town, &case, 1);
        town.fresh
            .clock
            .advance(Millis::new(Millis::days(10).millis() - 1));
        assert!(!is_shut(&town, &case, &given).await, "the last moment");
        let late = Viewer::Contractor {
            case: case.id,
            engagement: EngagementNo(1),
        };
        town.fresh.clock.advance(Millis::new(1));
        assert!(is_shut(&town, &case, &given).await, "the first one after");
        assert_eq!(contract::link(&town.desk, &case, EngagementNo(1)), None);
        // Whoever opened the page in time and pressed after it.
        let refused = town.refused(&late, case.id, Act::Arrive { part: 1 }).await;
        assert_eq!(refused, Refusal::TooLate);

        // Taken back.
        let (_, case) = engaged(&town).await;
        let given = token(&town, &case, 1);
        let end = Act::EndEngagement {
            engagement: EngagementNo(1),
        };
        does(&lead, &case, end.clone().into()).await;
        assert!(is_shut(&town, &case, &given).await, "taken back");
        let refused = town.refused(&lead, case.id, end).await;
        assert_eq!(refused, Refusal::AlreadyDone);

        // Engaged anew: the old link ends, the new one opens; that of another firm stands.
        let (_, case) = engaged(&town).await;
        let old = token(&town, &case, 1);
        does(&lead, &case, engage(&town, 1, "city-steward").into()).await;
        let case = does(&lead, &case, engage(&town, 1, "clean-river").into()).await;
        assert!(is_shut(&town, &case, &old).await, "the old one");
        for no in [2, 3] {
            assert!(
                !is_shut(&town, &case, &token(&town, &case, no)).await,
                "{no}"
            );
        }

        // The unit is let go.
        let given = token(&town, &case, 3);
        let ask = Act::AskReturn {
            part: 1,
            duty: None,
        };
        does(&lead, &case, ask.saying("不属我方职责")).await;
        assert!(!is_shut(&town, &case, &given).await, "only asked");
        let rule = Act::RuleOnReturn {
            part: 1,
            uphold: true,
        };
        does(&staff(STATION), &case, rule.saying("同意退单")).await;
        assert!(is_shut(&town, &case, &given).await, "the unit is let go");

        // The case ends.
        let (matter, case) = engaged(&town).await;
        let given = token(&town, &case, 1);
        does(&lead, &case, SOLVED.saying("办完")).await;
        does(&staff(SECRETARY), &case, CHECKED.into()).await;
        assert!(
            !is_shut(&town, &case, &given).await,
            "something may be sent after"
        );
        does(&staff(SECRETARY), &case, Act::Close.into()).await;
        assert!(is_shut(&town, &case, &given).await, "the case has ended");
        does(&matter.reporter, &case, Act::Reopen.into()).await;
        assert!(is_shut(&town, &case, &given).await, "and stays so");

        // Two people take the case out of sight.
        let (_, case) = engaged(&town).await;
        let given = token(&town, &case, 1);
        for name in ["commission", "security admin"] {
            does(&staff(name), &case, Act::Quarantine.saying("疑似涉密")).await;
        }
        assert!(is_shut(&town, &case, &given).await, "out of sight");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_firm_of_the_department_is_engaged_and_not_before_somebody_came() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let lead = staff(LEAD);
        let called = prepare(&town, Stand::Called).await;
        let refused = town.refused(&lead, called.id, engage(&town, 1, "clean-river"));
        assert_eq!(refused.await, Refusal::PartsOpen);
        let matter = prepare(&town, Stand::Working).await;
        let wanted = |firm: &str, days: i64| Act::Engage {
            part: 1,
            contractor: ContractorCode::new(firm).unwrap(),
            until: town.desk.now().plus(Millis::days(days)),
        };
        for (firm, days, why) in [
            // Of another department, of nobody; in the past, and for ever.
            ("green-hand", 10, Refusal::Unknown("contractor")),
            ("nobody", 10, Refusal::Unknown("contractor")),
            ("clean-river", 0, Refusal::NotLater),
            ("clean-river", 61, Refusal::TooLong),
        ] {
            let refused = town.refused(&lead, matter.id, wanted(firm, days)).await;
            assert_eq!(refused, why, "{firm} {days}");
        }
        // Nobody engages for the part of another unit.
        let others = staff(SUPPORT);
        let denied = town.denied(&others, matter.id, wanted("clean-river", 10));
        assert!(matches!(denied.await, Error::Forbidden));
        town.does(&lead, matter.id, wanted("clean-river", 60)).await;
    })
    .await;
}

/// Whoever has the link does the work of the part, and nothing of another part.
#[tokio::test(flavor = "multi_thread")]
async fn a_firm_works_on_its_part_and_is_written_down_as_the_firm() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let (matter, case) = engaged(&town).await;
        let opened = opens(&town, &case, &token(&town, &case, 1)).await.unwrap();
        for act in [Act::Arrive { part: 2 }, Act::FeedBack { part: 2 }] {
            let refused = town.refused(&opened.viewer, case.id, act).await;
            assert_eq!(refused, Refusal::NoSuch("part"));
        }
        let photo = Act::AddEvidence {
            evidence: EvidenceKind::PhotoAfter,
        };
        town.does(&opened.viewer, case.id, Act::Arrive { part: 1 })
            .await;
        town.shows(&opened.viewer, case.id, photo, "清运后", 5)
            .await;
        town.shows(
            &opened.viewer,
            case.id,
            Act::FeedBack { part: 1 },
            "清完了",
            6,
        )
        .await;
        let all = domain::access::scope(&Viewer::System);
        let mut reading = town.desk.store.read().await.unwrap();
        let case = reading.case_by_id(&all, case.id).await.unwrap().unwrap();
        let events = reading.events(&case).await.unwrap();
        drop(reading);
        let by_firm = events
            .iter()
            .filter(|it| it.event.actor == Actor::Contractor(EngagementNo(1)));
        assert_eq!(by_firm.count(), 3);
        assert!(case.parts[0].arrived_at.is_some() && case.parts[0].fed_back_at.is_some());
        // 报到 was the officer's; a firm is nobody who could check, and nobody who answered.
        assert_eq!(
            case.workers.len(),
            2,
            "the two officers: {:?}",
            case.workers
        );

        // Everybody reads who did it; the photos of the work wait for a named person.
        let shown = town.sees(&Viewer::Anonymous, case.number).await;
        let told = format!("{:?}", shown.timeline);
        assert!(told.contains(FIRM), "{told}");
        assert!(shown.timeline.iter().all(|entry| entry.photos.is_empty()));
        assert!(!told.contains("清完了"), "what it says is for the offices");
        let lead = town.sees(&staff(LEAD), case.number).await;
        assert!(format!("{:?}", lead.timeline).contains("清完了"));
        drop(matter);
    })
    .await;
}

/// It reads what an account of a contractor reads: the words and the place, its own part, its own
/// words; not how to reach the reporter, nor what the offices say among themselves.
#[tokio::test(flavor = "multi_thread")]
async fn a_firm_reads_its_case_and_its_part_and_the_reporter_sees_that_it_looked() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        town.at("2026-11-23T09:00");
        let told = domain::draft::Draft {
            visibility: "private".to_owned(),
            phone: "13912345678".to_owned(),
            latitude: "27.578901".to_owned(),
            longitude: "120.553456".to_owned(),
            ..crate::told::plain_draft()
        };
        let filed = town.files_with_photo(&told, 1).await;
        let id = filed.case;
        let (secretary, lead) = (staff(SECRETARY), staff(LEAD));
        let says = async |who: &Viewer, act: Act, text: &str| {
            town.does(who, id, act.saying(text)).await;
        };
        town.does(&secretary, id, Act::Accept).await;
        town.does(&secretary, id, crate::matter::call_both()).await;
        says(&lead, Act::ReportIn { part: 1 }, "市容报到").await;
        says(&staff(SUPPORT), Act::ReportIn { part: 2 }, "内：土地报到").await;
        says(&secretary, Act::Note, "内：记录").await;
        says(&secretary, Act::DirectLine, "内：直报").await;
        says(&lead, engage(&town, 1, "clean-river"), "请清运").await;
        says(&lead, engage(&town, 1, "city-steward"), "请看守").await;
        let case = town.case(id).await;
        let opened = opens(&town, &case, &token(&town, &case, 1)).await.unwrap();
        let page = contract::case(&town.desk, &opened, Lang::ZhHans)
            .await
            .unwrap();
        assert_eq!(page.firm, FIRM);
        let detail = page.case.story.detail.as_ref().unwrap();
        assert_eq!(detail.position, Some((27.578_901, 120.553_456)));
        let all = format!("{page:?}");
        assert!(all.contains("请清运") && all.contains("市容报到"));
        assert!(
            !all.contains("内：") && !all.contains("13912345678"),
            "{all}"
        );
        let verbs: Vec<_> = page.case.offers.iter().map(|offer| offer.verb).collect();
        assert_eq!(verbs, [Verb::Arrive, Verb::FeedBack, Verb::AddEvidence]);
        assert_eq!(page.case.parts.len(), 1);
        assert!(
            page.case.engaged.iter().all(|it| it.link.is_none()),
            "no link of another"
        );
        let photo = &page.case.story.photos[0];
        assert_eq!(photo.url, format!("{}/photos/1", opened.path()));
        look::photo(
            &town.desk,
            &opened.viewer,
            case.number,
            1,
            store::PhotoSize::Small,
        )
        .await
        .unwrap();
        // No list, no search and no other case.
        let listed = worklist::page(
            &town.desk,
            &opened.viewer,
            worklist::Asked::default(),
            Lang::ZhHans,
        );
        assert!(listed.await.map_or(true, |page| page.items.is_empty()));
        let open = town.files(&crate::told::plain_draft()).await;
        let answer = town.story(&opened.viewer, open.number).await;
        assert!(
            matches!(answer, Err(Error::NotFound)),
            "a public case of others"
        );
        let contact = look::contact(
            &town.desk,
            &opened.viewer,
            id,
            domain::ids::PartyNo(1),
            "约上门时间",
        );
        assert!(matches!(contact.await, Err(Error::Forbidden)));

        // The reporter sees that the firm looked, by its name; so does whoever asks the server.
        // However often it does.
        for _ in 0..3 {
            contract::case(&town.desk, &opened, Lang::ZhHans)
                .await
                .unwrap();
        }
        let own = town.sees(&who_filed(&filed), filed.number).await;
        let offices: Vec<_> = own
            .looks
            .iter()
            .filter_map(|look| look.office.clone())
            .collect();
        let looks = offices.iter().filter(|office| *office == FIRM).count();
        assert_eq!(looks, 1, "{offices:?}");
        let saw = look::who_saw(&town.desk, filed.number).await.unwrap();
        assert!(
            saw.iter()
                .any(|look| look.office == FIRM && look.person.is_none())
        );
        // The unit that engaged sees the links; the other unit and the community do not.
        for (name, sees) in [(LEAD, 2), (SUPPORT, 0), (SECRETARY, 0)] {
            let shown = look::on_desk(&town.desk, &staff(name), id, Lang::ZhHans)
                .await
                .unwrap();
            let links = shown.engaged.iter().filter(|it| it.link.is_some()).count();
            assert_eq!((shown.engaged.len(), links), (2, sees), "{name}");
        }
    })
    .await;
}
