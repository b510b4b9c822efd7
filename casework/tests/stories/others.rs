//! Faults that users of another city's complaint system met (DIGIT CMS, release notes of v2): each is
//! looked for here.

use std::collections::BTreeSet;

use casework::{
    look, supervision,
    views::Total,
    worklist::{self, Asked, List},
};
use domain::{
    access::Viewer,
    decide::{Act, REOPEN_WINDOW, Refusal},
    draft::Draft,
    ids::PartyNo,
    lang::Lang,
    time::{Millis, Week, parse_date},
    verb::Verb,
};
use store::testing::each_engine;

use crate::{
    matter::{Stand, prepare},
    posts::{SECRETARY, staff},
    told::{plain_draft, who_filed},
    town::Town,
};

/// "Counts stopped at the size of a page."
#[tokio::test(flavor = "multi_thread")]
async fn a_count_goes_beyond_a_page_and_the_pages_hold_what_it_says() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        town.at("2026-11-23T09:00");
        let cases = worklist::PAGE as usize + 4;
        for _ in 0..cases {
            town.files(&plain_draft()).await;
        }
        for list in [List::Mine, List::Open] {
            let (mut seen, mut after) = (BTreeSet::new(), String::new());
            loop {
                let asked = Asked {
                    list,
                    after,
                    ..Asked::default()
                };
                let viewer = staff(SECRETARY);
                let page = worklist::page(&town.desk, &viewer, asked, Lang::ZhHans)
                    .await
                    .unwrap();
                assert_eq!(page.total, Total::Exactly(cases as u64), "{list:?}");
                let beside = page.counts.iter().find(|(of, _)| *of == list);
                assert_eq!(beside.map(|(_, total)| *total), Some(page.total));
                for line in page.items {
                    assert!(seen.insert(line.card.number), "twice");
                }
                match page.next {
                    Some(next) => after = next,
                    None => break,
                }
            }
            assert_eq!(seen.len(), cases, "{list:?}");
        }
    })
    .await;
}

/// "The page and the server disagreed on until when one may reopen."
#[tokio::test(flavor = "multi_thread")]
async fn what_the_page_offers_until_the_last_moment_the_server_does() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        for (late, open) in [(Millis::new(-1), true), (Millis::ZERO, false)] {
            let matter = prepare(&town, Stand::Closed).await;
            town.fresh.clock.advance(REOPEN_WINDOW + late);
            let reporter = &matter.reporter;
            let shown = town.sees(reporter, matter.id).await;
            let offered = shown.actions.contains(&Verb::Reopen);
            let done = if open {
                town.does(reporter, matter.id, Act::Reopen).await;
                true
            } else {
                let refused = town.refused(reporter, matter.id, Act::Reopen).await;
                assert_eq!(refused, Refusal::TooLate);
                false
            };
            assert_eq!((offered, done), (open, open), "{late:?}");
        }
    })
    .await;
}

/// "Masked values were written over the real ones."
#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_is_done_to_a_case_changes_how_to_reach_its_reporter() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        town.at("2026-11-23T09:00");
        let draft = Draft {
            phone: "13912345678".to_owned(),
            email: "li@example.com".to_owned(),
            ..plain_draft()
        };
        let filed = town.files(&draft).await;
        let secretary = staff(SECRETARY);
        let reach = async || {
            let found = look::contact(&town.desk, &secretary, filed.case, PartyNo(1), "约时间");
            let found = found.await.unwrap().unwrap();
            (found.phone, found.email)
        };
        let before = reach().await;
        assert_eq!(before.0.as_deref(), Some("13912345678"));
        // Looked at by those who are shown nothing of it, and worked on by everybody.
        for viewer in [Viewer::Anonymous, who_filed(&filed), staff("supervisor")] {
            town.sees(&viewer, filed.number).await;
        }
        let reporter = who_filed(&filed);
        town.does(
            &reporter,
            filed.case,
            Act::AddInformation.saying("还有一堆"),
        )
        .await;
        town.does(&secretary, filed.case, Act::Take).await;
        town.does(
            &secretary,
            filed.case,
            Act::Redact { version: 1 }.saying("〔已遮盖〕"),
        )
        .await;
        town.does(&secretary, filed.case, Act::Ask.saying("在几号门前？"))
            .await;
        town.does(&reporter, filed.case, Act::Answer.saying("三号"))
            .await;
        assert_eq!(reach().await, before);
    })
    .await;
}

/// "Citizens saw the complaints of others in their search."
#[tokio::test(flavor = "multi_thread")]
async fn nobody_finds_what_is_private_by_its_words() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        town.at("2026-11-23T09:00");
        let hidden = Draft {
            description: "院子里的鸡舍天天早上五点叫，叫得孩子睡不着。".to_owned(),
            visibility: "private".to_owned(),
            ..plain_draft()
        };
        town.files(&hidden).await;
        town.desk.catch_up().await.unwrap();
        assert_eq!(town.listed("鸡舍").await, [""; 0]);
    })
    .await;
}

/// "Created today" is a day of the city, and not the last 24 hours.
#[tokio::test(flavor = "multi_thread")]
async fn a_week_ends_at_midnight_of_the_city() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        // Sunday's last minute, and Monday's first: in UTC both are Sunday.
        for at in ["2026-11-29T23:59", "2026-11-30T00:00"] {
            town.at(at);
            town.files(&plain_draft()).await;
        }
        town.at("2026-12-01T09:00");
        town.fresh.logged(2).await;
        for (day, told) in [("2026-11-29", 1), ("2026-11-30", 1), ("2026-11-22", 0)] {
            let week = Week::of(parse_date(day).unwrap());
            let viewer = staff("supervisor");
            let made = supervision::bulletin(&town.desk, &viewer, week, Lang::ZhHans).await;
            assert_eq!(made.unwrap().counts.told, told, "{day}");
        }
    })
    .await;
}

/// "Employees without a department saw an empty page": whoever holds no office any more has no list, and
/// it is not the list of somebody who has nothing to do.
#[tokio::test(flavor = "multi_thread")]
async fn who_holds_no_office_sees_no_case_at_all() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        town.at("2026-11-23T09:00");
        town.files(&plain_draft()).await;
        let nobody = Viewer::Staff(Vec::new().into());
        let page = worklist::page(&town.desk, &nobody, Asked::default(), Lang::ZhHans).await;
        let page = page.unwrap();
        assert_eq!(page.items, []);
        assert!(
            page.counts
                .iter()
                .all(|(_, total)| *total == Total::Exactly(0))
        );
    })
    .await;
}
