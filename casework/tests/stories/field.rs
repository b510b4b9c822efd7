//! What is done in the field: sent until it arrives and done once, and claimed without moving a clock.

use std::sync::Arc;

use casework::{Error, act, look};
use domain::{
    access::Viewer,
    case::{EnforcementOutcome, EvidenceKind, Level, Outcome},
    decide::{Act, Command},
    event::{Claimed, Fact, Words},
    lang::Lang,
    place::Position,
    time::{Millis, Timestamp},
};
use store::testing::each_engine;

use crate::{
    matter::{LEAD, Matter, SOLVED, SUPPORT, Stand, prepare},
    posts::{SECRETARY, STATION, staff},
    town::Town,
};

const ARRIVE: Act = Act::Arrive { part: 1 };

/// How often this happened to the case.
async fn times(town: &Town, matter: &Matter, happened: fn(&Fact) -> bool) -> usize {
    let mut reading = town.desk.store.read().await.unwrap();
    let events = reading.events(&town.case(matter.id).await).await.unwrap();
    events
        .iter()
        .filter(|recorded| happened(&recorded.event.fact))
        .count()
}

fn arrived(fact: &Fact) -> bool {
    matches!(fact, Fact::Arrived { .. })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_that_is_sent_again_is_done_once() {
    each_engine(|fresh| async move {
        let town = Arc::new(Town::new(fresh));
        let matter = prepare(&town, Stand::Working).await;
        let (lead, id) = (staff(LEAD), matter.id);
        let seen = town.case(id).await.version;
        let key = town.key();

        // Eight tries at once, of a phone that never hears an answer.
        let tries = (0..8).map(|_| {
            let (town, lead, key) = (Arc::clone(&town), lead.clone(), key.clone());
            tokio::spawn(async move {
                act::act_once(&town.desk, &lead, &key, id, Some(seen), ARRIVE).await
            })
        });
        for tried in futures::future::join_all(tries).await {
            let case = tried.unwrap().expect("each is told that it is done");
            assert_eq!(case.version, seen + 1);
        }
        assert_eq!(times(&town, &matter, arrived).await, 1);

        // Long after, when the rules would say no and the case has gone on.
        town.does(&lead, id, SOLVED.saying("清完")).await;
        town.fresh.clock.advance(Millis::days(3));
        let late = act::act_once(&town.desk, &lead, &key, id, Some(seen), ARRIVE).await;
        assert_eq!(late.unwrap().version, town.case(id).await.version);
        assert_eq!(times(&town, &matter, arrived).await, 1);

        // The key is of that act alone.
        let other = Act::FeedBack { part: 1 }.saying("也清了");
        let reused = act::act_once(&town.desk, &lead, &key, id, None, other).await;
        assert!(matches!(reused, Err(Error::KeyReused)), "{reused:?}");
        let elsewhere = act::act_once(&town.desk, &lead, &key, matter.other, None, ARRIVE).await;
        assert!(matches!(
            elsewhere,
            Err(Error::KeyReused | Error::Forbidden | Error::NotFound)
        ));
        // And what the rules refuse is no more done under a key than without.
        let refused = act::act_once(&town.desk, &lead, &town.key(), id, None, ARRIVE).await;
        assert!(matches!(refused, Err(Error::Refused(_))), "{refused:?}");
        town.desk
            .store
            .verify(|_| {})
            .await
            .expect("the book is whole");
    })
    .await;
}

/// A result sent again with another word on what enforcement did is another result.
#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_of_all_that_a_result_says() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let matter = prepare(&town, Stand::Working).await;
        let (lead, id, key) = (staff(LEAD), matter.id, town.key());
        let result = |enforcement| {
            let outcome = Outcome::Solved;
            let level = Level::Unit;
            Act::Resolve {
                outcome,
                enforcement,
                level,
            }
            .saying("办完")
        };
        let warned = result(Some(EnforcementOutcome::Warned));
        for _ in 0..2 {
            let case = act::act_once(&town.desk, &lead, &key, id, None, warned.clone()).await;
            assert_eq!(case.unwrap().enforcement, Some(EnforcementOutcome::Warned));
        }
        for other in [Some(EnforcementOutcome::Penalised), None] {
            let other = result(other);
            let reused = act::act_once(&town.desk, &lead, &key, id, None, other).await;
            assert!(matches!(reused, Err(Error::KeyReused)), "{reused:?}");
        }
        let resolved = |fact: &Fact| matches!(fact, Fact::Resolved { .. });
        assert_eq!(times(&town, &matter, resolved).await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn photos_that_are_sent_again_are_the_cases_already() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let matter = prepare(&town, Stand::Working).await;
        let (lead, id, key) = (staff(LEAD), matter.id, town.key());
        let mut versions = Vec::new();
        for _ in 0..2 {
            // Each try brings the picture again.
            let photo = town.photo(&key, 40).await;
            let command = Command {
                act: Act::AddEvidence {
                    evidence: EvidenceKind::PhotoAfter,
                },
                words: Some(Words {
                    photos: vec![photo],
                    ..Words::default()
                }),
            };
            let case = act::act_once(&town.desk, &lead, &key, id, None, command).await;
            versions.push(case.unwrap().version);
        }
        assert_eq!(versions[0], versions[1]);
        let shown = |fact: &Fact| matches!(fact, Fact::EvidenceAdded { .. });
        assert_eq!(times(&town, &matter, shown).await, 1);
    })
    .await;
}

/// A claim that is off in either direction.
fn claims(now: Timestamp) -> Words {
    let place = Position::from_degrees(27.578_901, 120.553_456, Some(12)).unwrap();
    Words {
        claimed: Some(Claimed {
            at: Some(now.plus(Millis::days(-400))),
            place: Some(place),
        }),
        ..Words::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_claimed_moves_no_clock_and_is_for_the_offices() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let (plain, told) = (
            prepare(&town, Stand::Working).await,
            prepare(&town, Stand::Working).await,
        );
        let (lead, now) = (staff(LEAD), town.desk.now());
        town.does(&lead, plain.id, ARRIVE).await;
        let claiming = Command {
            act: ARRIVE,
            words: Some(claims(now)),
        };
        town.does(&lead, told.id, claiming).await;

        let clocks = async |matter: &Matter| {
            let case = town.case(matter.id).await;
            let clocks: Vec<_> = case
                .clocks
                .iter()
                .map(|clock| {
                    (
                        clock.stage,
                        clock.due_at(now),
                        clock.gross(now),
                        clock.net(now),
                    )
                })
                .collect();
            let arrived = case.part(1).and_then(|part| part.arrived_at);
            (clocks, arrived)
        };
        assert_eq!(clocks(&plain).await, clocks(&told).await, "to the moment");

        let claimed = async |who: &Viewer| {
            let story = look::story(&town.desk, who, told.id, Lang::ZhHans).await;
            let story = story.unwrap();
            let entry = story.timeline.iter().find(|entry| arrived(&entry.fact));
            entry.expect("an arrival is told to all").claimed
        };
        for name in [SECRETARY, STATION, LEAD, SUPPORT] {
            let claim = claimed(&staff(name)).await;
            let claim = claim.unwrap_or_else(|| panic!("{name} reads it"));
            assert_eq!(claim.at, Some(now.plus(Millis::days(-400))), "{name}");
            assert_eq!(claim.accuracy, Some(12), "{name}");
        }
        for who in [
            &Viewer::Anonymous,
            &told.reporter,
            &told.me_too,
            &told.stranger,
        ] {
            assert_eq!(claimed(who).await, None, "{who:?}");
        }
    })
    .await;
}
