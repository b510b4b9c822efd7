//! Two of the staff at one case in the same moment, many times over (security.md G2): one wins, the other
//! is told the version that stands, nothing of the winner's is lost and nothing of the loser's is kept.

use casework::{Error, act};
use domain::{
    access::{Viewer, scope},
    case::Case,
    decide::{Act, Command},
    event::Actor,
    ids::CaseId,
    time::Millis,
};
use store::testing::each_engine;

use crate::{
    matter::{CHECKED, SOLVED},
    posts::{GRID, SECRETARY, STATION, post, staff},
    told::plain_draft,
    town::Town,
};

const ROUNDS: u32 = 500;

/// Somebody, and what they do.
type Hand = (&'static str, Command);

/// Both press at once, the first of the pair a moment earlier; answers in the order of the pair.
async fn at_once(
    town: &Town,
    id: CaseId,
    seen: Option<u32>,
    hands: [&Hand; 2],
) -> [Result<Case, Error>; 2] {
    let press = async |hand: &Hand| {
        let (who, command) = (staff(hand.0), hand.1.clone());
        act::act(&town.desk, &who, id, seen, command).await
    };
    let (one, two) = tokio::join!(press(hands[0]), press(hands[1]));
    [one, two]
}

/// Of two hands on the version that both saw exactly one is taken: the case as that one left it, and
/// which of the pair it was.
async fn one_wins(town: &Town, id: CaseId, seen: u32, hands: [&Hand; 2]) -> (Case, usize) {
    let (won, winner, lost) = match at_once(town, id, Some(seen), hands).await {
        [Ok(won), Err(lost)] => (won, 0, lost),
        [Err(lost), Ok(won)] => (won, 1, lost),
        other => panic!("{hands:?}: {other:?}"),
    };
    let Error::Conflict { current } = lost else {
        panic!("{hands:?}: {lost:?}");
    };
    assert!(won.version > seen, "{hands:?}");
    assert_eq!(current, won.version, "{hands:?}");
    assert_eq!(town.case(id).await, won, "{hands:?}");
    (won, winner)
}

/// Who acted after this version, of a case without gaps.
async fn since(town: &Town, id: CaseId, seen: u32) -> Vec<Actor> {
    let mut reading = town.desk.store.read().await.unwrap();
    let all = scope(&Viewer::System);
    let case = reading.case_by_id(&all, id).await.unwrap().unwrap();
    let events = reading.events(&case).await.unwrap();
    let versions = events.iter().map(|recorded| recorded.version);
    assert!(versions.eq(1..=case.version), "each version once");
    let later = events.iter().filter(|recorded| recorded.version > seen);
    later.map(|recorded| recorded.event.actor).collect()
}

fn actor(who: &str) -> Actor {
    Actor::Appointment(post(who).no)
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_at_once_one_wins_five_hundred_times() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        town.at("2026-11-23T09:00");
        let due = town.desk.now().plus(Millis::days(2));
        let demand = |who: &'static str| (who, Act::Supervise { due }.saying("请说明"));
        let long = town.files(&plain_draft()).await.case;
        let begun = town
            .does(&staff(SECRETARY), long, Act::Accept)
            .await
            .version;
        let (mut ones, mut demands, mut wrote) = (0, 0, Vec::new());
        for round in 0..ROUNDS {
            let (id, [one, two]): (CaseId, [Hand; 2]) = match round % 20 {
                // Who takes a case that just came in.
                0 | 5 | 10 | 15 => (
                    town.files(&plain_draft()).await.case,
                    [(SECRETARY, Act::Accept.into()), (GRID, Act::Take.into())],
                ),
                // Whether what was done holds.
                1 | 14 => {
                    let id = town.files(&plain_draft()).await.case;
                    town.does(&staff(SECRETARY), id, Act::Take).await;
                    town.does(&staff(SECRETARY), id, SOLVED.saying("办完"))
                        .await;
                    let back = ("supervisor", Act::SendBack.saying("还没好"));
                    (id, [(STATION, CHECKED.into()), back])
                }
                // Each demand has a number of its own.
                2 | 7 | 11 => {
                    demands += 1;
                    (long, [demand("supervisor"), demand("commission")])
                }
                _ => (
                    long,
                    [
                        (STATION, Act::Note.saying(format!("记一笔 {round}"))),
                        (SECRETARY, Act::Update.saying(format!("进展 {round}"))),
                    ],
                ),
            };
            // Neither is always the first in line.
            let turned = round % 2 == 1;
            let hands = if turned { [&two, &one] } else { [&one, &two] };
            let seen = town.case(id).await.version;
            let (won, winner) = one_wins(&town, id, seen, hands).await;
            ones += u32::from((winner == 0) != turned);
            // Every event since is the winner's.
            let by = (seen..won.version).map(|_| actor(hands[winner].0));
            if id == long {
                wrote.extend(by);
            } else {
                assert_eq!(since(&town, id, seen).await, by.collect::<Vec<_>>());
            }
        }
        assert!((1..ROUNDS).contains(&ones), "both won: {ones}");
        assert_eq!(since(&town, long, begun).await, wrote);
        let case = town.case(long).await;
        let numbers: Vec<u32> = case.demands.iter().map(|demand| demand.no).collect();
        assert_eq!(numbers, (1..=demands).collect::<Vec<_>>());

        // Whoever does not say what they saw means it whatever happened: both stand.
        let (one, two) = (
            (STATION, Act::Note.saying("甲")),
            (SECRETARY, Act::Note.saying("乙")),
        );
        let both = at_once(&town, long, None, [&one, &two]).await;
        assert!(both.iter().all(Result::is_ok), "{both:?}");
        let actors = since(&town, long, case.version).await;
        assert_eq!(actors.len(), 2);
        assert!(
            [STATION, SECRETARY]
                .iter()
                .all(|who| actors.contains(&actor(who)))
        );
    })
    .await;
}
