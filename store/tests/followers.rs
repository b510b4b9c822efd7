//! What follows the log: figures, search, jobs.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use domain::case::{Level, Outcome};
use domain::clock::RunningClock;
use domain::event::{Actor, Event, Fact, Words};
use domain::ids::{AreaCode, PartyNo};
use domain::time::{CityTime, Clock as _, Millis};
use domain::visibility::Visibility;
use store::testing::{BEGINNING, Filing, Fresh, add, by_staff, each_engine, file};
use store::{Error, Measure, Rollups, Search, day};

async fn roll(fresh: &Fresh) -> Rollups {
    let mut rollups = Rollups::new(CityTime::china());
    fresh.store.catch_up(&mut rollups).await.unwrap();
    rollups
}

/// A result by the community, with nothing beside it.
fn resolved(outcome: Outcome) -> Event {
    by_staff(Fact::Resolved {
        outcome,
        enforcement: None,
        level: Level::Community,
        on_the_spot: false,
        photos: 0,
        clocks: Vec::new(),
    })
}

#[tokio::test]
async fn figures_are_sums_up_to_a_day() {
    each_engine(|fresh: Fresh| async move {
        let store = &fresh.store;
        let today = day(&CityTime::china(), BEGINNING);
        let first = file(store, &Filing::default()).await.unwrap().case;
        file(store, &Filing::default()).await.unwrap();
        add(store, first.id, by_staff(Fact::Taken {}))
            .await
            .unwrap();
        fresh.clock.advance(Millis::days(1));
        add(store, first.id, resolved(Outcome::Solved))
            .await
            .unwrap();
        fresh.clock.advance(Millis::days(1));
        let confirmed = Fact::Confirmed { party: PartyNo(1) };
        add(
            store,
            first.id,
            Event::new(Actor::Party(PartyNo(1)), confirmed),
        )
        .await
        .unwrap();
        fresh.logged(5).await;
        // A follower that forgets between steps counts the same.
        roll(&fresh).await;
        let mut reading = store.read().await.unwrap();
        for (as_of, filed, handled, fixed) in [
            (today - 1, 0, 0, 0),
            (today, 2, 0, 0),
            (today + 1, 2, 1, 0),
            (today + 2, 2, 1, 1),
        ] {
            let city = reading.city_figures(as_of).await.unwrap();
            let area = reading.area_figures(&first.community, as_of).await.unwrap();
            assert_eq!(city, area);
            assert_eq!(city.get(Measure::Filed), filed, "day {as_of}");
            assert_eq!(city.get(Measure::Handled), handled, "day {as_of}");
            assert_eq!(city.get(Measure::SaidFixed), fixed, "day {as_of}");
        }
        let by_area = reading.figure_by_area(Measure::Filed, today).await.unwrap();
        assert_eq!(by_area, vec![(first.community.clone(), 2)]);
        let by_day = reading
            .figure_by_day(Measure::Handled, today, today + 9)
            .await
            .unwrap();
        assert_eq!(by_day, vec![(today + 1, 1)]);
    })
    .await;
}

/// What has run out and is not done is counted while it runs, though no event says so.
#[tokio::test]
async fn what_is_overdue_is_counted_from_the_clocks() {
    each_engine(|fresh: Fresh| async move {
        let store = &fresh.store;
        let case = file(store, &Filing::default()).await.unwrap().case;
        let waits = file(store, &Filing::default()).await.unwrap().case;
        let elsewhere = AreaCode::new("330383003016").unwrap();
        let due = case.clocks[0].due;
        fresh.clock.advance(Millis::hours(1));
        add(store, waits.id, by_staff(Fact::Asked {}))
            .await
            .unwrap();
        let counted = async |area: Option<&AreaCode>| {
            let mut reading = store.read().await.unwrap();
            let now = store.clock().now();
            reading.overdue_cases(now, area).await.unwrap()
        };
        fresh.clock.set(due.plus(Millis::new(-1)));
        assert_eq!(counted(None).await, 0);
        fresh.clock.set(due);
        assert_eq!(
            counted(None).await,
            1,
            "the other one waits for its reporter"
        );
        assert_eq!(counted(Some(&case.community)).await, 1);
        assert_ne!(case.community, elsewhere);
        assert_eq!(counted(Some(&elsewhere)).await, 0);
        let longest = waits.clocks[0].pause_rule.max_each;
        fresh.clock.set(due.plus(longest));
        assert_eq!(counted(None).await, 2, "a wait is bounded");
        add(store, case.id, by_staff(Fact::Taken {})).await.unwrap();
        add(store, case.id, resolved(Outcome::Solved))
            .await
            .unwrap();
        assert_eq!(counted(None).await, 1, "late, and done");
    })
    .await;
}

/// What was late stays late when it is done again in time: the promise was one.
#[tokio::test]
async fn a_second_promise_does_not_make_the_first_timely() {
    each_engine(|fresh: Fresh| async move {
        let store = &fresh.store;
        let case = file(store, &Filing::default()).await.unwrap().case;
        let first = case.clocks[0].clone();
        let solved = || resolved(Outcome::Solved);
        add(store, case.id, by_staff(Fact::Taken {})).await.unwrap();
        let told = 3;
        let figures = async |told| {
            fresh.logged(told).await;
            roll(&fresh).await;
            let mut reading = store.read().await.unwrap();
            let today = day(&CityTime::china(), fresh.clock.now());
            let city = reading.city_figures(today).await.unwrap();
            (city.get(Measure::OnTime), city.get(Measure::Late))
        };
        fresh.clock.set(first.due);
        add(store, case.id, solved()).await.unwrap();
        assert_eq!(figures(told).await, (0, 1));
        let now = fresh.clock.now();
        let second = RunningClock {
            id: case.next_clock_id(),
            started: now,
            due: now.plus(Millis::days(4)),
            first_due: now.plus(Millis::days(4)),
            ..first
        };
        let clocks = vec![second];
        add(store, case.id, by_staff(Fact::Reopened { clocks }))
            .await
            .unwrap();
        assert_eq!(figures(told + 1).await, (0, 1), "it was late");
        fresh.clock.advance(Millis::days(1));
        add(store, case.id, solved()).await.unwrap();
        assert_eq!(figures(told + 2).await, (0, 1), "and stays it");
    })
    .await;
}

/// A reasoned no, "not found" and "untrue" are results, and none of them is a solution.
#[tokio::test]
async fn each_result_is_counted_apart() {
    each_engine(|fresh: Fresh| async move {
        let store = &fresh.store;
        let mut community = None;
        for outcome in Outcome::ALL {
            let case = file(store, &Filing::default()).await.unwrap().case;
            add(store, case.id, resolved(*outcome)).await.unwrap();
            community = Some(case.community);
        }
        fresh.logged(20).await;
        roll(&fresh).await;
        let today = day(&CityTime::china(), BEGINNING);
        let mut reading = store.read().await.unwrap();
        let city = reading.city_figures(today).await.unwrap();
        let area = community.expect("some outcome");
        assert_eq!(city, reading.area_figures(&area, today).await.unwrap());
        assert_eq!(city.get(Measure::Filed), 10);
        assert_eq!(Outcome::ALL.len(), 10);
        // Planned, and without power, are none.
        assert_eq!(city.get(Measure::Handled), 8);
        for (measure, cases) in [
            (Measure::Solved, 1),
            (Measure::PartlySolved, 1),
            (Measure::LawfullyRefused, 1),
            (Measure::NotFound, 1),
            (Measure::Untrue, 1),
            (Measure::OtherResult, 3),
        ] {
            assert_eq!(city.get(measure), cases, "{measure:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_reclassified_case_leaves_one_category_for_another() {
    each_engine(|fresh: Fresh| async move {
        let store = &fresh.store;
        let case = file(store, &Filing::default()).await.unwrap().case;
        let fact = Fact::Reclassified {
            category: domain::ids::CategoryCode::new("noise").unwrap(),
            line: case.line.clone(),
            always_private: false,
            clocks: Vec::new(),
        };
        add(store, case.id, by_staff(fact)).await.unwrap();
        fresh.logged(2).await;
        roll(&fresh).await;
        let deltas = store.read().await.unwrap().deltas().await.unwrap();
        let filed: Vec<(&str, i64)> = deltas
            .iter()
            .filter(|delta| delta.3 == "filed" && delta.2 != "*")
            .map(|delta| (delta.2.as_str(), delta.7))
            .collect();
        // On one day −1 and +1 meet: nothing stays of the old category.
        assert_eq!(filed, [("noise", 1)]);
    })
    .await;
}

#[tokio::test]
async fn two_nodes_with_one_follower_count_each_event_once() {
    each_engine(|fresh: Fresh| async move {
        let store = &fresh.store;
        for _ in 0..5 {
            file(store, &Filing::default()).await.unwrap();
        }
        fresh.logged(5).await;
        let (mut a, mut b) = (
            Rollups::new(CityTime::china()),
            Rollups::new(CityTime::china()),
        );
        let (first, second) = tokio::join!(store.catch_up(&mut a), store.catch_up(&mut b));
        let slower = [first, second].into_iter().filter(Result::is_err).count();
        assert!(slower <= 1);
        roll(&fresh).await;
        let today = day(&CityTime::china(), BEGINNING);
        let city = store
            .read()
            .await
            .unwrap()
            .city_figures(today)
            .await
            .unwrap();
        assert_eq!(city.get(Measure::Filed), 5);
    })
    .await;
}

#[tokio::test]
async fn search_finds_public_words_and_nothing_else() {
    each_engine(|fresh: Fresh| async move {
        let store = &fresh.store;
        let (search, mut indexer) = Search::open(store).await.unwrap();
        let public = file(store, &Filing::default()).await.unwrap().case;
        let waiting = file(store, &Filing::default()).await.unwrap().case;
        let private = Filing {
            visibility: Visibility::Private,
            ..Filing::default()
        };
        file(store, &private).await.unwrap();
        add(store, public.id, by_staff(Fact::Released {}))
            .await
            .unwrap();
        let note = by_staff(Fact::Noted {}).saying(Some(Words::text("内部电话")));
        add(store, public.id, note).await.unwrap();
        let update =
            by_staff(Fact::Updated { photos: 0 }).saying(Some(Words::text("已通知 3 号摊位")));
        add(store, public.id, update).await.unwrap();
        fresh.logged(6).await;
        store.catch_up(&mut indexer).await.unwrap();
        for query in [
            "占道",
            "盲道",
            "佔道經營",
            "盲",
            "3",
            "象岗路口 盲道",
            "摊位",
        ] {
            assert_eq!(search.find(query).unwrap().ids, [public.id], "{query}");
        }
        let number = public.number.to_string();
        assert_eq!(
            search.find(&number).unwrap().ids,
            [public.id],
            "by its number"
        );
        for query in ["内部", "电话", "噪声", "占道 噪声", "，", ""] {
            assert!(search.find(query).unwrap().ids.is_empty(), "{query}");
        }
        assert_eq!(search.lag(store), Millis::new(0));
        add(store, waiting.id, by_staff(Fact::Released {}))
            .await
            .unwrap();
        fresh.logged(7).await;
        fresh.clock.advance(Millis::seconds(3));
        assert_eq!(
            search.lag(store),
            Millis::seconds(3),
            "behind, and it says so"
        );
        store.catch_up(&mut indexer).await.unwrap();
        assert_eq!(search.find("占道").unwrap().ids.len(), 2);
        let held = by_staff(Fact::Held {});
        add(store, public.id, held).await.unwrap();
        fresh.logged(8).await;
        store.catch_up(&mut indexer).await.unwrap();
        assert_eq!(
            search.find("占道").unwrap().ids,
            [waiting.id],
            "held back again"
        );
        assert!(store.erase_words(waiting.id, 1).await.unwrap());
        store.catch_up(&mut indexer).await.unwrap();
        assert!(search.find("占道").unwrap().ids.is_empty(), "erased");
    })
    .await;
}

#[tokio::test]
async fn a_lost_index_is_made_again() {
    each_engine(|fresh: Fresh| async move {
        let store = &fresh.store;
        let case = file(store, &Filing::default()).await.unwrap().case;
        add(store, case.id, by_staff(Fact::Released {}))
            .await
            .unwrap();
        fresh.logged(2).await;
        {
            let (_, mut indexer) = Search::open(store).await.unwrap();
            store.catch_up(&mut indexer).await.unwrap();
        }
        {
            let (search, _indexer) = Search::open(store).await.unwrap();
            assert_eq!(
                search.find("占道").unwrap().ids,
                [case.id],
                "kept over a restart"
            );
        }
        std::fs::write(store.data_dir().join("search/1/meta.json"), "rubbish").unwrap();
        let (search, mut indexer) = Search::open(store).await.unwrap();
        store.catch_up(&mut indexer).await.unwrap();
        assert_eq!(search.find("占道").unwrap().ids, [case.id]);
    })
    .await;
}

#[tokio::test]
async fn a_followed_log_needs_no_hand() {
    each_engine(|fresh: Fresh| async move {
        let store = &fresh.store;
        store.follow(Rollups::new(CityTime::china())).await;
        let (search, indexer) = Search::open(store).await.unwrap();
        store.follow(indexer).await;
        let case = file(store, &Filing::default()).await.unwrap().case;
        add(store, case.id, by_staff(Fact::Released {}))
            .await
            .unwrap();
        let found = async {
            while search.position() < 2
                || store.read().await.unwrap().cursor("rollups").await.unwrap() < 2
            {
                tokio::time::sleep(std::time::Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(10), found)
            .await
            .unwrap();
        assert_eq!(search.find("占道").unwrap().ids, [case.id]);
        store.stop().await.unwrap();
    })
    .await;
}

/// What waits for one recipient from before is known, whether it is due, put off or taken.
#[tokio::test]
async fn jobs_of_one_recipient_from_before_are_known() {
    each_engine(|fresh: Fresh| async move {
        let before = fresh
            .store
            .write::<_, _, Error>(|tx| {
                Box::pin(async move {
                    let later = BEGINNING.plus(Millis::days(1));
                    for (position, kind, to, at) in [
                        (1, "news", "party 1", BEGINNING),
                        (2, "news", "party 1", later),
                        (3, "news", "party 1", BEGINNING),
                        (1, "news", "party 2", BEGINNING),
                        (1, "code", "party 1", BEGINNING),
                    ] {
                        tx.add_job(position, kind, to, "", at).await?;
                    }
                    let done = tx.jobs_before("news", "party 1", 2).await?;
                    tx.finish_job(&done[0]).await?;
                    let of = |jobs: Vec<String>| jobs.len();
                    Ok((
                        of(done),
                        of(tx.jobs_before("news", "party 1", 3).await?),
                        of(tx.jobs_before("news", "party 1", 4).await?),
                    ))
                })
            })
            .await
            .unwrap();
        assert_eq!(before, (1, 1, 2));
    })
    .await;
}

#[tokio::test]
async fn a_job_is_owed_once_taken_once_and_put_aside_at_last() {
    each_engine(|fresh: Fresh| async move {
        let store = &fresh.store;
        let add = || {
            store.write::<_, _, Error>(|tx| {
                Box::pin(tx.add_job(1, "mail.filed", "party 1", "{}", BEGINNING))
            })
        };
        let take = || store.write::<_, _, Error>(|tx| Box::pin(tx.take_jobs()));
        assert!(add().await.unwrap());
        assert!(
            !add().await.unwrap(),
            "unique by position, kind and recipient"
        );
        let job = take().await.unwrap().pop().unwrap();
        assert!(take().await.unwrap().is_empty(), "somebody has it");
        fresh.clock.advance(Millis::minutes(5));
        let mut job_again = take().await.unwrap().pop().unwrap();
        assert_eq!(
            (job_again.id.clone(), job_again.attempts),
            (job.id.clone(), 2)
        );
        for _ in 0..20 {
            let failed = job_again.clone();
            store
                .write::<_, (), Error>(move |tx| {
                    let failed = failed.clone();
                    Box::pin(async move { tx.fail_job(&failed, "no answer").await })
                })
                .await
                .unwrap();
            fresh.clock.advance(Millis::days(3));
            match take().await.unwrap().pop() {
                Some(next) => job_again = next,
                None => break,
            }
        }
        let dead = store.read().await.unwrap().dead_jobs().await.unwrap();
        assert_eq!((dead.len(), dead[0].attempts), (1, store::ATTEMPTS));
    })
    .await;
}

#[tokio::test]
async fn clocks_that_are_due_are_found_and_stopped_ones_are_not() {
    each_engine(|fresh: Fresh| async move {
        let store = &fresh.store;
        let running = file(store, &Filing::default()).await.unwrap().case;
        let gone = file(store, &Filing::default()).await.unwrap().case;
        let withdrawn = Event::new(Actor::Party(PartyNo(1)), Fact::Withdrawn {});
        add(store, gone.id, withdrawn).await.unwrap();
        let mut reading = store.read().await.unwrap();
        let due = BEGINNING.plus(Millis::hours(96));
        let (before, after) = (due.plus(Millis::new(-1)), due.plus(Millis::new(1)));
        for (from, to, found) in [
            (BEGINNING, before, vec![]),
            (BEGINNING, due, vec![running.id]),
            (before, due, vec![running.id]),
            // What ran out then was found then.
            (due, after, vec![]),
        ] {
            let clocks = reading.clocks_due(from, to, None).await.unwrap();
            let cases: Vec<_> = clocks.iter().map(|clock| clock.case).collect();
            assert_eq!(cases, found, "{from:?} {to:?}");
            if let Some(last) = clocks.last() {
                let rest = reading.clocks_due(from, to, Some(last)).await.unwrap();
                assert!(rest.is_empty());
            }
        }
    })
    .await;
}
