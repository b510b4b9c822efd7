//! 互评: community and department say what they think of each other, and nobody reads who said it.

use casework::{
    Error, lists, look,
    scores::{self, Toward},
};
use domain::{
    access::Viewer,
    case::Case,
    clock::Owner,
    decide::{Act, Refusal},
    ids::AreaCode,
    lang::Lang,
};
use futures::FutureExt as _;
use store::testing::each_engine;

use crate::{
    matter::{FIRM, LEAD, SUPPORT, Stand, prepare},
    posts::{GRID, SECRETARY, STATION, staff},
    town::Town,
};

async fn gives(
    town: &Town,
    who: &Viewer,
    case: &Case,
    of: (u32, Toward),
    points: u8,
) -> Result<(), Error> {
    scores::give(&town.desk, who, case.number, of, points).await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_handled_a_case_together_scores_each_other_once_after_its_end() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let early = prepare(&town, Stand::Verified).await;
        let early = town.case(early.id).await;
        let secretary = staff(SECRETARY);
        let refused = gives(&town, &secretary, &early, (1, Toward::Unit), 5).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");

        let matter = prepare(&town, Stand::Closed).await;
        let case = town.case(matter.id).await;
        let offered = async |name: &str| {
            let shown = look::on_desk(&town.desk, &staff(name), case.number, Lang::ZhHans).await;
            let shown = shown.unwrap().to_score.into_iter();
            shown.map(|it| (it.part, it.toward)).collect::<Vec<_>>()
        };
        assert_eq!(
            offered(SECRETARY).await,
            [(1, Toward::Unit), (2, Toward::Unit)]
        );
        assert_eq!(offered(LEAD).await, [(1, Toward::Community)]);
        assert_eq!(offered(SUPPORT).await, [(2, Toward::Community)]);
        for name in [GRID, STATION, "supervisor", "commission"] {
            assert_eq!(offered(name).await, [], "{name}");
        }
        // Not for another unit, not for oneself, not for a part that is not there, and nobody else.
        let tries = [
            (LEAD, (2, Toward::Community)),
            (LEAD, (1, Toward::Unit)),
            (SECRETARY, (1, Toward::Community)),
            (SECRETARY, (3, Toward::Unit)),
            (GRID, (1, Toward::Unit)),
            ("secretary of 华中", (1, Toward::Unit)),
            ("appearance contractor", (1, Toward::Community)),
        ];
        for (name, of) in tries {
            let refused = gives(&town, &staff(name), &case, of, 1).await;
            assert!(
                matches!(refused, Err(Error::NotFound)),
                "{name} {of:?}: {refused:?}"
            );
        }
        for viewer in [
            Viewer::Anonymous,
            Viewer::System,
            matter.viewer(FIRM),
            matter.viewer("reporter"),
        ] {
            let refused = gives(&town, &viewer, &case, (1, Toward::Unit), 1).await;
            assert!(
                matches!(refused, Err(Error::NotFound)),
                "{viewer:?}: {refused:?}"
            );
        }
        for points in [0, 6, 255] {
            let refused = gives(&town, &secretary, &case, (1, Toward::Unit), points).await;
            assert!(matches!(refused, Err(Error::Refused(Refusal::NotARating))));
        }
        gives(&town, &secretary, &case, (1, Toward::Unit), 4)
            .await
            .unwrap();
        let twice = gives(&town, &secretary, &case, (1, Toward::Unit), 1).await;
        assert!(
            matches!(twice, Err(Error::Refused(Refusal::OnlyOnce))),
            "{twice:?}"
        );
        assert_eq!(offered(SECRETARY).await, [(2, Toward::Unit)]);
        let after = town.case(case.id).await;
        assert_eq!(after, case, "nothing of it stands in the case");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scores_are_read_in_sums_over_five_offices_and_whole_months() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let supervisor = staff("supervisor");
        let read = async || {
            scores::all(&town.desk, &supervisor, Lang::ZhHans)
                .await
                .unwrap()
        };
        let mut last = None;
        for points in [5, 4, 4, 3, 5] {
            let matter = prepare(&town, Stand::Closed).await;
            let case = town.case(matter.id).await;
            gives(&town, &staff(SECRETARY), &case, (1, Toward::Unit), points)
                .await
                .unwrap();
            last = Some(case);
        }
        let case = last.unwrap();
        town.at("2027-02-01T09:00");
        assert_eq!(read().await, [], "five scores, and all of one community");

        // Three more communities: four have spoken.
        let said_by = async |part: u32, code: &str, points: u8| {
            let rater = Owner::Community(AreaCode::new(code).unwrap());
            let rated = Owner::Unit(case.parts[0].unit.clone());
            let (id, time) = (case.id, town.desk.city.time.clone());
            let written = town
                .desk
                .store
                .write::<_, bool, casework::Error>(move |tx| {
                    let (rater, rated, time) = (rater.clone(), rated.clone(), time.clone());
                    async move {
                        let day = store::day(&time, tx.now());
                        let which = (id, part, Toward::Unit);
                        Ok(tx.score(which, (&rater, &rated), points, day).await?)
                    }
                    .boxed()
                });
            assert!(written.await.unwrap());
        };
        let others = lists::communities(&town.desk, "", Lang::ZhHans).into_iter();
        let others = others.map(|row| row.code);
        let others = others.filter(|code| *code != case.community.to_string());
        let others: Vec<String> = others.take(4).collect();
        for (part, code) in (11..14).zip(&others) {
            said_by(part, code, 5).await;
        }
        town.at("2027-03-01T09:00");
        assert_eq!(read().await, [], "four communities");
        said_by(14, &others[3], 1).await;
        assert_eq!(read().await, [], "of a month that is not over");
        town.at("2027-04-01T09:00");
        let lines = read().await;
        assert_eq!(lines.len(), 1);
        assert!(lines[0].office.contains("市容"), "{lines:?}");
        assert_eq!((lines[0].count, lines[0].tenths), (9, 41));
        for name in [SECRETARY, STATION, LEAD, "editor", "auditor"] {
            let refused = scores::all(&town.desk, &staff(name), Lang::ZhHans).await;
            assert!(matches!(refused, Err(Error::Forbidden)), "{name}");
        }
    })
    .await;
}

/// 差评: whoever is not content is owed an answer, in a set time, whatever else becomes of the case.
#[tokio::test(flavor = "multi_thread")]
async fn a_low_rating_is_owed_an_answer() {
    each_engine(|fresh| async move {
        use domain::clock::Stage;
        let town = Town::new(fresh);
        let secretary = staff(SECRETARY);
        for stars in [3, 5] {
            let matter = prepare(&town, Stand::Resolved).await;
            let case = town
                .does(&matter.reporter, matter.id, Act::Rate { stars })
                .await;
            assert!(!case.owes_answer(), "{stars}");
            let refused = town
                .refused(&secretary, matter.id, Act::AnswerRating.saying("谢谢"))
                .await;
            assert_eq!(refused, Refusal::NoSuch("rating"));
        }
        let matter = prepare(&town, Stand::Resolved).await;
        town.does(&staff("editor"), matter.id, Act::Publish).await;
        let case = town
            .does(
                &matter.reporter,
                matter.id,
                Act::Rate { stars: 1 }.saying("拖了太久"),
            )
            .await;
        let clock = |case: &Case| {
            let mut clocks = case
                .clocks
                .iter()
                .filter(|clock| clock.stage == Stage::Answer);
            let clock = clocks.next().cloned().expect("a clock");
            assert_eq!(clocks.next(), None, "one answer at a time");
            clock
        };
        let owed = clock(&case);
        assert_eq!(owed.owner, Owner::Community(case.community.clone()));
        // Somebody else is not content either: the same answer is for both.
        let case = town
            .does(&matter.me_too, matter.id, Act::Rate { stars: 2 })
            .await;
        assert_eq!(clock(&case), owed);
        // It is checked and closed: the answer is owed all the same.
        town.does(&staff(STATION), matter.id, crate::matter::CHECKED)
            .await;
        let case = town.does(&Viewer::System, matter.id, Act::Close).await;
        assert!(case.owes_answer());
        let line = casework::worklist::page(
            &town.desk,
            &secretary,
            casework::worklist::Asked::default(),
            Lang::ZhHans,
        );
        let line = line.await.unwrap().items;
        let mine = line
            .iter()
            .find(|line| line.card.number == case.number.to_string());
        let mine = mine
            .and_then(|line| line.clock.clone())
            .expect("on her list");
        assert_eq!(mine.stage, Stage::Answer);
        let said = "请您见谅，路灯的备件到晚了，已经补装。";
        let case = town
            .does(&secretary, matter.id, Act::AnswerRating.saying(said))
            .await;
        assert!(!case.owes_answer() && clock(&case).stopped.is_some());
        for viewer in [
            matter.reporter.clone(),
            matter.me_too.clone(),
            secretary.clone(),
        ] {
            let shown = town.sees(&viewer, case.number).await;
            assert!(crate::told::says(&shown, said), "{viewer:?}");
        }
        let twice = town
            .refused(&secretary, matter.id, Act::AnswerRating.saying("再说一次"))
            .await;
        assert_eq!(twice, Refusal::NoSuch("rating"));
    })
    .await;
}
