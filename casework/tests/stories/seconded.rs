//! Whom a department sends to a community, and the six parts of a grid.

use casework::{
    Error,
    file::{StaffFiling, file_as_staff},
    people::{self, Appointing},
};
use domain::{
    access::{self, Appointment, GridRole, Terms, Viewer},
    case::Filer,
    decide::Act,
    event::Words,
    ids::AreaCode,
    lang::Lang,
    visibility::Visibility,
};
use store::testing::each_engine;

use crate::{
    matter::told,
    posts::{GRID, SECRETARY, STATION, post, staff},
    told::{by_staff, draft_for},
    town::{HUAZHONG, Town, XIANGGANG},
};

fn area(code: &str) -> AreaCode {
    AreaCode::new(code).unwrap()
}

/// How far a person reaches now: the communities of their one appointment, or nothing.
async fn reaches(town: &Town, person: &str) -> Vec<AreaCode> {
    let Viewer::Staff(staff) = people::viewer(&town.desk, person).await.unwrap() else {
        panic!("staff");
    };
    let held = staff.appointments().iter();
    let codes = held.flat_map(|held| match &held.reach {
        access::Reach::Communities(codes) => codes.clone(),
        access::Reach::City => panic!("the whole city"),
    });
    codes.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_seconded_to_a_community_that_has_not_agreed() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let person = "li.na".to_owned();
        town.appoints(&person, &[]).await;
        // Of the module's line, in 象岗, and nobody else's to see.
        let case = town.files(&draft_for(Visibility::Private)).await.case;
        let wanted = Appointing {
            role: "officer".to_owned(),
            module: town.case(case).await.line.to_string(),
            only: vec![HUAZHONG.to_owned(), XIANGGANG.to_owned()],
            ..Appointing::default()
        };
        let security = staff("security admin");
        let no = people::appoint(&town.desk, &security, &person, &wanted).await;
        let no = no.unwrap().unwrap();
        assert_eq!(reaches(&town, &person).await, [], "nobody has agreed");

        let (ours, theirs) = (staff(SECRETARY), staff("secretary of 华中"));
        let shown = people::secondments(&town.desk, &ours, Lang::ZhHans)
            .await
            .unwrap();
        assert_eq!(shown.len(), 1, "a secretary is asked for the own community");
        assert_eq!((shown[0].no, shown[0].agreed), (no, None));
        assert_eq!(shown[0].community, "象岗社区");

        // Nobody else speaks for it.
        for who in [
            &theirs,
            &staff(GRID),
            &staff(STATION),
            &security,
            &staff("commission"),
        ] {
            let said = people::agree(&town.desk, who, no, &area(XIANGGANG), true).await;
            assert!(matches!(said, Err(Error::Forbidden)), "{said:?}");
        }
        let elsewhere = people::agree(&town.desk, &theirs, no + 1, &area(HUAZHONG), true).await;
        assert!(matches!(elsewhere, Err(Error::NotFound)), "{elsewhere:?}");
        assert_eq!(reaches(&town, &person).await, []);

        // Each community lets in for itself.
        let agreed = people::agree(&town.desk, &theirs, no, &area(HUAZHONG), true).await;
        agreed.unwrap();
        assert_eq!(reaches(&town, &person).await, [area(HUAZHONG)]);
        let sees = async |town: &Town| {
            let viewer = people::viewer(&town.desk, &person).await.unwrap();
            access::sees(&viewer, &town.case(case).await)
        };
        assert!(
            !sees(&town).await,
            "a private case of a community that has not agreed"
        );
        people::agree(&town.desk, &ours, no, &area(XIANGGANG), true)
            .await
            .unwrap();
        people::agree(&town.desk, &ours, no, &area(XIANGGANG), true)
            .await
            .unwrap();
        assert!(sees(&town).await);

        // Taken back, it ends with the next request, and there alone.
        people::agree(&town.desk, &ours, no, &area(XIANGGANG), false)
            .await
            .unwrap();
        assert!(!sees(&town).await);
        assert_eq!(reaches(&town, &person).await, [area(HUAZHONG)]);

        // All of it is in the log.
        let log = people::audit(&town.desk, &staff("auditor"), None, Lang::En).await;
        let said: Vec<String> = log.unwrap().0.into_iter().map(|entry| entry.what).collect();
        let times = |what: &str| said.iter().filter(|said| *said == what).count();
        assert_eq!(times("appointment.agreed"), 2, "twice is once");
        assert_eq!(times("appointment.disagreed"), 1);
    })
    .await;
}

fn with_part(part: GridRole) -> Viewer {
    let grid = Appointment {
        terms: Terms {
            grid_role: Some(part),
            ..Terms::default()
        },
        ..post(GRID)
    };
    Viewer::Staff(vec![grid].into())
}

#[tokio::test(flavor = "multi_thread")]
async fn each_part_of_a_grid_does_its_own_and_no_more() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        for part in GridRole::ALL {
            let who = with_part(*part);
            let case = told(&town, Visibility::Public).await.case;
            let takes = matches!(
                part,
                GridRole::Head | GridRole::Officer | GridRole::Patroller
            );
            if takes {
                town.does(&who, case, Act::Take).await;
            } else {
                let denied = town.denied(&who, case, Act::Take).await;
                assert!(matches!(denied, Error::Forbidden), "{part:?}: {denied:?}");
            }
            // Every part tells what it sees; only who may put right says that it did.
            let filing = by_staff(Filer::Staff, XIANGGANG);
            let answer = file_as_staff(&town.desk, &who, &town.key(), filing.clone()).await;
            assert!(answer.is_ok(), "{part:?}: {answer:?}");
            let key = town.key();
            let proof = town.photo(&key, 40).await;
            let fixed = StaffFiling {
                fixed: Some(Words {
                    photos: vec![proof],
                    ..Words::text("已劝离")
                }),
                ..filing
            };
            let answer = file_as_staff(&town.desk, &who, &key, fixed).await;
            assert_eq!(answer.is_ok(), takes, "{part:?}: {answer:?}");
        }
    })
    .await;
}
