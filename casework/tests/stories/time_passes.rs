//! What happens because time passes: what was not done below is told above, once, whatever the server
//! went through (K7: escalation at the breach).

use casework::{offices, tick, worklist};
use domain::{
    case::{Case, Level},
    clock::{Owner, RunningClock, Stage},
    decide::Act,
    event::{Actor, Fact},
    ids::CaseId,
    lang::Lang,
    time::Millis,
};
use store::testing::each_engine;

use crate::{
    matter::{LEAD, SOLVED, Stand, more_time, prepare},
    posts::{STATION, staff},
    told::the_clock,
    town::Town,
};

/// The promise of the unit that leads.
fn promise(case: &Case) -> &RunningClock {
    the_clock(case, Stage::Resolve, Some(1))
}

async fn levels(town: &Town, id: CaseId) -> Vec<(Actor, Level)> {
    let case = town.case(id).await;
    let mut reading = town.desk.store.read().await.unwrap();
    let events = reading.events(&case).await.unwrap();
    events
        .iter()
        .filter_map(|it| match it.event.fact {
            Fact::Escalated { to } => Some((it.event.actor, to)),
            _ => None,
        })
        .collect()
}

/// Whether a case came up to somebody.
async fn came_up(town: &Town, who: &str, id: CaseId) -> bool {
    let number = town.case(id).await.number.to_string();
    let list = worklist::Asked {
        list: worklist::List::CameUp,
        ..worklist::Asked::default()
    };
    let page = worklist::page(&town.desk, &staff(who), list, Lang::En).await;
    let items = page.unwrap().items;
    items.iter().any(|line| line.card.number == number)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promise_that_ran_out_goes_up_a_level_and_later_another() {
    each_engine(|fresh| async move {
        let mut town = Town::new(fresh);
        let matter = prepare(&town, Stand::Working).await;
        tick::tick(&town.desk).await.unwrap();
        let case = town.case(matter.id).await;
        let promise = promise(&case).clone();
        let earliest = case
            .clocks
            .iter()
            .filter(|clock| clock.is_running() && clock.stage == Stage::Resolve)
            .min_by_key(|clock| clock.due)
            .unwrap()
            .clone();

        town.fresh.clock.set(earliest.due.plus(Millis::new(-1)));
        tick::tick(&town.desk).await.unwrap();
        assert_eq!(town.case(matter.id).await.level, Level::Community);
        // The server stands while it runs out; nothing is passed over, and nothing is done twice.
        town.fresh.clock.set(promise.due.plus(Millis::minutes(40)));
        town.restart().await;
        for _ in 0..3 {
            tick::tick(&town.desk).await.unwrap();
        }
        assert_eq!(
            levels(&town, matter.id).await,
            [(Actor::System, Level::Unit)]
        );
        assert!(came_up(&town, STATION, matter.id).await);
        assert!(!came_up(&town, "commission", matter.id).await);

        let city_at = earliest.goes_up_at(Level::City).unwrap();
        town.fresh.clock.set(city_at.plus(Millis::minutes(1)));
        tick::tick(&town.desk).await.unwrap();
        tick::tick(&town.desk).await.unwrap();
        assert_eq!(
            levels(&town, matter.id).await,
            [(Actor::System, Level::Unit), (Actor::System, Level::City)]
        );
        assert!(came_up(&town, "commission", matter.id).await);
        // No deadline moved by it.
        let after = town.case(matter.id).await;
        assert_eq!(
            after.clocks.iter().find(|clock| clock.id == promise.id),
            Some(&promise)
        );
        let put_aside = town
            .desk
            .store
            .read()
            .await
            .unwrap()
            .dead_jobs()
            .await
            .unwrap();
        assert!(put_aside.is_empty(), "{put_aside:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_done_or_was_given_more_time_stays_below() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let done = prepare(&town, Stand::Working).await;
        let longer = prepare(&town, Stand::Working).await;
        tick::tick(&town.desk).await.unwrap();
        let all: Vec<_> = town.case(done.id).await.clocks;
        let due = all
            .iter()
            .filter(|clock| clock.stage == Stage::Resolve)
            .map(|clock| clock.due)
            .max()
            .unwrap();
        town.does(&staff(LEAD), done.id, SOLVED.saying("办完"))
            .await;
        // More time for every promise of the other.
        loop {
            let case = town.case(longer.id).await;
            let next = case.clocks.iter().find(|clock| {
                clock.is_running() && clock.stage == Stage::Resolve && !clock.extended
            });
            let Some(clock) = next else { break };
            let who = match clock.owner {
                Owner::Community(_) => "secretary of 象岗",
                _ => LEAD,
            };
            let who = match clock.part {
                Some(2) => "land officer",
                _ => who,
            };
            town.does(&staff(who), longer.id, more_time(clock).saying("等材料"))
                .await;
            town.does(
                &staff(STATION),
                longer.id,
                Act::RuleOnExtension { grant: true },
            )
            .await;
        }
        town.fresh.clock.set(due.plus(Millis::minutes(1)));
        tick::tick(&town.desk).await.unwrap();
        for matter in [&done, &longer] {
            assert_eq!(levels(&town, matter.id).await, []);
        }
    })
    .await;
}

/// "Done" on the last day, sent back a week later, is a promise that was not kept; and a question to the
/// reporter about what is late already puts nothing off for good.
#[tokio::test(flavor = "multi_thread")]
async fn what_comes_back_too_late_goes_up_and_a_question_does_not_stop_it() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let back = prepare(&town, Stand::Working).await;
        let asked = prepare(&town, Stand::Working).await;
        tick::tick(&town.desk).await.unwrap();
        let case = town.case(back.id).await;
        let running = case
            .clocks
            .iter()
            .filter(|clock| clock.stage == Stage::Resolve);
        let first = running.clone().map(|clock| clock.due).min().unwrap();
        let last = running.map(|clock| clock.due).max().unwrap();
        town.fresh.clock.set(first.plus(Millis::minutes(-5)));
        town.does(&staff(LEAD), back.id, SOLVED.saying("办完"))
            .await;
        town.fresh.clock.set(last.plus(Millis::hours(1)));
        tick::tick(&town.desk).await.unwrap();
        assert_eq!(levels(&town, back.id).await, []);
        assert_eq!(town.case(asked.id).await.level, Level::Unit);
        town.does(
            &staff("secretary of 象岗"),
            back.id,
            Act::SendBack.saying("没有改"),
        )
        .await;
        tick::tick(&town.desk).await.unwrap();
        assert_eq!(levels(&town, back.id).await, [(Actor::System, Level::Unit)]);

        town.does(&staff(LEAD), asked.id, Act::Ask.saying("在几号门前？"))
            .await;
        town.fresh.clock.advance(Millis::minutes(1));
        town.does(&asked.reporter, asked.id, Act::Answer.saying("八号"))
            .await;
        town.fresh.clock.advance(Millis::days(15));
        tick::tick(&town.desk).await.unwrap();
        tick::tick(&town.desk).await.unwrap();
        assert_eq!(town.case(asked.id).await.level, Level::City);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_was_set_wrong_is_got_over() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let matter = prepare(&town, Stand::Working).await;
        let start = town.desk.now();
        tick::tick(&town.desk).await.unwrap();
        // A year back for a moment: what runs out then was before, and nothing is owed for it.
        town.fresh.clock.set(start.plus(Millis::days(-365)));
        tick::tick(&town.desk).await.unwrap();
        town.fresh.clock.set(start);
        tick::tick(&town.desk).await.unwrap();
        assert_eq!(levels(&town, matter.id).await, []);
        let case = town.case(matter.id).await;
        town.fresh.clock.set(promise(&case).due);
        tick::tick(&town.desk).await.unwrap();
        assert_eq!(
            levels(&town, matter.id).await,
            [(Actor::System, Level::Unit)]
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn offices_hear_of_their_own_clocks_only_and_once() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let matter = prepare(&town, Stand::Called).await;
        offices::look_at_clocks(&town.desk).await.unwrap();
        let case = town.case(matter.id).await;
        let mut running: Vec<_> = case
            .clocks
            .iter()
            .filter(|clock| clock.is_running())
            .collect();
        running.sort_by_key(|clock| clock.due);
        let last = running.last().unwrap().due;
        let mut told = Vec::new();
        while town.desk.now() < last.plus(Millis::minutes(5)) {
            town.fresh.clock.advance(Millis::minutes(5));
            offices::look_at_clocks(&town.desk).await.unwrap();
            for notice in offices::due(&town.desk).await.unwrap() {
                for (news, numbers) in &notice.news {
                    let own = numbers
                        .iter()
                        .filter(|number| **number == Some(case.number));
                    told.extend(own.map(|_| (notice.office.clone(), *news)));
                }
                offices::sent(&town.desk, &notice).await.unwrap();
            }
        }
        let mut wanted = Vec::new();
        for clock in &running {
            wanted.push((clock.owner.clone(), offices::News::Late));
            if clock.warned_before().is_some() {
                wanted.push((clock.owner.clone(), offices::News::Soon));
            }
        }
        let sorted = |mut all: Vec<(Owner, offices::News)>| {
            all.sort_by_key(|(owner, news)| (owner.clone(), news.word()));
            all
        };
        assert_eq!(sorted(told), sorted(wanted));
    })
    .await;
}

/// A notice that waited says nothing of what was done meanwhile.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_done_is_not_told_as_running_out() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let matter = prepare(&town, Stand::Working).await;
        let case = town.case(matter.id).await;
        let promise = promise(&case);
        let warned = promise.due.plus(-promise.warned_before().unwrap());
        town.fresh.clock.set(warned.plus(-Millis::minutes(10)));
        offices::look_at_clocks(&town.desk).await.unwrap();
        town.fresh.clock.set(warned.plus(Millis::minutes(10)));
        offices::look_at_clocks(&town.desk).await.unwrap();
        // What the unit that leads would hear, if its gateway answered.
        let soon = async || {
            let mut told = Vec::new();
            for notice in offices::due(&town.desk).await.unwrap() {
                offices::unsent(&town.desk, &notice, "no answer")
                    .await
                    .unwrap();
                if notice.office == promise.owner {
                    told.extend(notice.news);
                }
            }
            told
        };
        let news = (offices::News::Soon, vec![Some(case.number)]);
        assert_eq!(soon().await, [news]);
        town.does(&staff(LEAD), matter.id, SOLVED.saying("办完"))
            .await;
        town.fresh.clock.advance(Millis::minutes(5));
        assert_eq!(soon().await, []);
    })
    .await;
}
