//! What an office is called in the story of a case.

use casework::{look, views::Who};
use domain::{decide::Act, event::Fact, lang::Lang};
use store::testing::each_engine;

use crate::{
    matter::{LEAD, Stand, call, called, prepare},
    posts::{SECRETARY, staff},
    town::Town,
};

const BUREAU: &str = "综合行政执法局";

/// A resident knows the bureau; where two of its modules are at work, that name would be of both.
#[tokio::test(flavor = "multi_thread")]
async fn two_modules_of_one_bureau_are_told_apart() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        for (second, lead, support) in [
            (
                "resources-land",
                BUREAU.to_owned(),
                "市资源规划局".to_owned(),
            ),
            (
                "enforcement-sanitation",
                format!("{BUREAU} · 市容模块"),
                format!("{BUREAU} · 环卫模块"),
            ),
        ] {
            let matter = prepare(&town, Stand::Accepted).await;
            let units = vec![
                called("enforcement-appearance", true),
                called(second, false),
            ];
            town.does(&staff(SECRETARY), matter.id, call(units)).await;
            town.does(&staff(LEAD), matter.id, Act::ReportIn { part: 1 })
                .await;
            let (desk, who) = (&town.desk, staff(SECRETARY));
            let case = look::on_desk(desk, &who, matter.id, Lang::ZhHans).await;
            let story = case.unwrap().story;
            let clocks = story.clocks.iter().map(|clock| &clock.line);
            for owner in [&lead, &support] {
                let theirs = clocks.clone().filter(|clock| clock.owner == *owner);
                assert!(theirs.count() > 0, "{owner} has its own clocks");
            }
            let mut timeline = story.timeline.iter();
            let came = timeline.find(|entry| matches!(entry.fact, Fact::ReportedIn { .. }));
            assert_eq!(came.unwrap().who, Who::Office(lead));
            // On a card stands who came, and each bureau once.
            let named = story.card.departments.iter();
            let named: Vec<&str> = named.map(|label| label.text.as_str()).collect();
            assert_eq!(named, [BUREAU]);
        }
    })
    .await;
}
