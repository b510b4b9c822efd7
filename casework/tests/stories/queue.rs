//! The queue of an office: emergencies first, then what runs out first.

use casework::worklist::{self, Asked};
use domain::{
    case::CallClass,
    decide::{Act, CallDue},
    ids::CaseId,
    lang::Lang,
    time::Millis,
};
use store::testing::each_engine;

use crate::{
    matter::{LEAD, call, called},
    posts::{SECRETARY, STATION, staff},
    told::plain_draft,
    town::Town,
};

fn emergency() -> Act {
    Act::Call {
        class: CallClass::Emergency,
        units: vec![called("enforcement-appearance", true)],
        due: CallDue::Policy,
    }
}

/// The whole queue, page by page.
async fn queue(town: &Town, of: &str) -> Vec<String> {
    let (mut all, mut after) = (Vec::new(), String::new());
    loop {
        let asked = Asked {
            after,
            ..Asked::default()
        };
        let page = worklist::page(&town.desk, &staff(of), asked, Lang::ZhHans)
            .await
            .unwrap();
        all.extend(page.items.into_iter().map(|line| line.card.number));
        match page.next {
            Some(next) => after = next,
            None => return all,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fresh_emergency_stands_before_what_is_late_already() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        town.at("2026-11-23T09:00");
        let secretary = staff(SECRETARY);
        let lead = vec![called("enforcement-appearance", true)];
        let mut plain = Vec::new();
        for _ in 0..3 {
            let filed = town.files(&plain_draft()).await;
            town.does(&staff(STATION), filed.case, call(lead.clone()))
                .await;
            plain.push(filed.number.to_string());
        }
        // All of these are late by now.
        town.fresh.clock.advance(Millis::days(30));
        let filed = town.files(&plain_draft()).await;
        town.does(&secretary, filed.case, emergency()).await;
        let danger = filed.number.to_string();
        let first = queue(&town, LEAD).await;
        assert_eq!(first.first(), Some(&danger));
        assert_eq!(first.len(), 4, "each once: {first:?}");
        // What is next after another case is the emergency as well.
        let other = plain[0].parse().unwrap();
        let next = worklist::next(&town.desk, &staff(LEAD), other, Lang::ZhHans).await;
        assert_eq!(next.unwrap().map(|card| card.number), Some(danger.clone()));
        let paper = worklist::for_paper(&town.desk, &staff(LEAD), Lang::ZhHans).await;
        let paper = paper.unwrap().into_iter();
        assert_eq!(paper.map(|line| line.card.number).next(), Some(danger));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_lead_over_from_the_emergencies_to_the_rest() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        town.at("2026-11-23T09:00");
        let page = worklist::PAGE as usize;
        for emergencies in [page - 1, page, page + 1] {
            let mut dangers: Vec<CaseId> = Vec::new();
            let before = queue(&town, LEAD).await.len();
            while before + dangers.len() < emergencies {
                let filed = town.files(&plain_draft()).await;
                town.does(&staff(SECRETARY), filed.case, emergency()).await;
                dangers.push(filed.case);
            }
            let all = queue(&town, LEAD).await;
            let each: std::collections::BTreeSet<_> = all.iter().collect();
            assert_eq!((all.len(), each.len()), (emergencies, emergencies));
        }
        let mut rest = Vec::new();
        for _ in 0..2 {
            let filed = town.files(&plain_draft()).await;
            let lead = vec![called("enforcement-appearance", true)];
            town.does(&staff(STATION), filed.case, call(lead)).await;
            rest.push(filed.number.to_string());
        }
        let mut all = queue(&town, LEAD).await;
        assert_eq!(all.len(), page + 3);
        // They run out at the same moment: either may be first.
        rest.sort();
        all[page + 1..].sort();
        assert_eq!(all[page + 1..], rest[..], "the rest comes last");
    })
    .await;
}
