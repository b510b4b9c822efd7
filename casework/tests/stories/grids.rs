//! Who serves which grid, and where nobody does.

use casework::{
    Error, lists,
    people::{self, Appointing, GridView, PersonFault},
    staffing::Staffing,
    supervision::{self, GridStaffing},
};
use domain::{
    access::{Appointment, GridRole, Reach, Role, Terms},
    clock::Owner,
    ids::{AppointmentNo, AreaCode},
    lang::Lang,
    time::Timestamp,
};
use store::testing::each_engine;

use crate::{
    posts::{GRID, SECRETARY, post, staff},
    town::{CITY, HUAZHONG, Town, XIANGGANG, at},
};

fn grid(community: &str, no: u8) -> String {
    format!("{community}-g{no:02}")
}

async fn staffing(town: &Town) -> GridStaffing {
    let overview = supervision::overview(&town.desk, &staff("supervisor"), Lang::ZhHans).await;
    overview.unwrap().grids
}

/// The grids of 象岗 that nobody answers for, and since when.
async fn without(town: &Town) -> Vec<(String, Timestamp)> {
    let found = staffing(town).await.unstaffed.into_iter();
    let mut here = found.filter(|of| of.community == "象岗社区");
    here.next().map(|of| of.grids).unwrap_or_default()
}

async fn appoints(town: &Town, wanted: Appointing) -> Result<u32, PersonFault> {
    let wanted = Appointing {
        role: "grid_officer".to_owned(),
        community: XIANGGANG.to_owned(),
        ..wanted
    };
    let security = staff("security admin");
    let done = people::appoint(&town.desk, &security, "li.na", &wanted).await;
    done.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grid_that_nobody_answers_for_is_named_with_the_day() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        town.at("2026-11-23T09:00");
        town.appoints("li.na", &[]).await;
        let all = staffing(&town).await;
        assert_eq!((all.all, all.count()), (484, 484), "nobody was appointed");
        let before = without(&town).await;
        let since = at("2020-04-01T00:00");
        assert_eq!(before[0], ("第1网格".to_owned(), since));

        // Only grids of the community, and nothing smaller.
        let elsewhere = [
            grid(HUAZHONG, 1),
            format!("{}-m01", grid(XIANGGANG, 1)),
            XIANGGANG.to_owned(),
            "nowhere".to_owned(),
        ];
        for code in elsewhere {
            let wanted = Appointing {
                grids: vec![grid(XIANGGANG, 1), code.clone()],
                ..Appointing::default()
            };
            let refused = appoints(&town, wanted).await;
            assert_eq!(refused, Err(PersonFault::Grids), "{code}");
        }
        assert_eq!(without(&town).await, before);

        // Whoever only looks in does not answer for it.
        let wanted = Appointing {
            grid_role: "inspector".to_owned(),
            ..Appointing::default()
        };
        appoints(&town, wanted).await.unwrap();
        assert_eq!(without(&town).await, before);

        let wanted = Appointing {
            grids: vec![grid(XIANGGANG, 2), grid(XIANGGANG, 1)],
            ..Appointing::default()
        };
        appoints(&town, wanted).await.unwrap();
        assert_eq!(without(&town).await, before[2..]);
        assert_eq!(staffing(&town).await.count(), 482);

        // Shut out, nobody serves; what began there is known to the day.
        town.at("2026-11-25T10:00");
        let system = staff("system admin");
        let out = people::let_in(&town.desk, &system, "li.na", false).await;
        out.unwrap().unwrap();
        town.at("2026-11-27T09:00");
        let after = without(&town).await;
        let left = at("2026-11-25T10:00");
        assert_eq!(
            after[..2],
            [("第1网格".to_owned(), left), ("第2网格".to_owned(), left)]
        );
        assert_eq!(after[2..], before[2..]);
    })
    .await;
}

fn serving(no: u32, part: Option<GridRole>, grids: &[&str]) -> Appointment {
    let grids = grids.iter().map(|code| AreaCode::new(*code).unwrap());
    Appointment {
        no: AppointmentNo(no),
        terms: Terms {
            grid_role: part,
            grids: grids.collect(),
            ..Terms::default()
        },
        ..post(GRID)
    }
}

fn parts(grid: &GridView) -> Vec<Option<GridRole>> {
    grid.officers.iter().map(|officer| officer.part).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_knows_who_answers_for_a_grid_and_its_secretary_who_else_serves_it() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        town.at("2026-11-23T09:00");
        let first = grid(XIANGGANG, 1);
        let offices = [
            serving(31, Some(GridRole::Head), &[first.as_str()]),
            serving(32, None, &[]),
            serving(33, Some(GridRole::Liaison), &[first.as_str()]),
        ];
        town.appoints("three", &offices).await;
        let over = Appointment {
            until: Some(at("2026-11-01T00:00")),
            ..serving(34, Some(GridRole::Head), &[])
        };
        town.appoints("who left", &[over]).await;

        let shown = lists::community(&town.desk, XIANGGANG, Lang::ZhHans).await;
        let public = shown.unwrap().grids;
        assert_eq!(parts(&public[0]), [Some(GridRole::Head), None]);
        assert_eq!(parts(&public[1]), [None], "naming none is all of them");
        assert!(public.iter().all(|grid| grid.nobody_since.is_none()));
        let other = lists::community(&town.desk, HUAZHONG, Lang::ZhHans).await;
        let other = other.unwrap().grids;
        assert!(other.iter().all(|grid| grid.officers.is_empty()));
        assert!(other.iter().all(|grid| grid.nobody_since.is_some()));

        let own = async |who: &str| people::own_grids(&town.desk, &staff(who), Lang::ZhHans).await;
        let ours = own(SECRETARY).await.unwrap();
        assert_eq!(ours.len(), 1);
        assert_eq!(ours[0].0, "象岗社区");
        let all = [Some(GridRole::Head), None, Some(GridRole::Liaison)];
        assert_eq!(parts(&ours[0].1[0]), all);
        let theirs = own("secretary of 华中").await.unwrap();
        assert!(theirs[0].1.iter().all(|grid| grid.officers.is_empty()));
        for who in [GRID, "supervisor", "security admin"] {
            let refused = own(who).await;
            assert!(matches!(refused, Err(Error::Forbidden)), "{who}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_city_has_grids_without_anybody_and_most_with() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        town.at("2026-11-23T09:00");
        let from = at("2026-10-24T09:00");
        let people = Staffing::of(&CITY, from);
        // What came later stands at the end: the numbers before are in kept histories.
        let mut all = people.all().iter();
        let kept = all.rposition(|held| held.role != Role::GridOfficer);
        let (before, added) = people.all().split_at(kept.unwrap() + 1);
        assert!(added.iter().all(|held| held.role == Role::GridOfficer));
        let communities = before.iter().filter(|held| held.role == Role::GridOfficer);
        assert_eq!(communities.count(), 103, "one for each community");
        assert!(!added.is_empty());

        // In a city that was kept, somebody got the first of these numbers on the desk.
        let taken = Appointment {
            no: added[0].no,
            role: Role::Editor,
            reach: Reach::City,
            home: Owner::City,
            ..post(GRID)
        };
        town.appoints("li.na", std::slice::from_ref(&taken)).await;
        let count = people.all().len();
        for _ in 0..2 {
            people::seed(&town.desk, people.clone()).await.unwrap();
            let mut reading = town.desk.store.read().await.unwrap();
            let of = reading.appointments_of("li.na").await.unwrap();
            assert_eq!(of, std::slice::from_ref(&taken), "it stays theirs");
            assert_eq!(reading.appointments().await.unwrap().len(), count + 1);
        }

        let grids = staffing(&town).await;
        assert!((5..=20).contains(&grids.count()), "{}", grids.count());
        let mut since = grids.unstaffed.iter().flat_map(|of| &of.grids);
        let begun = at("2020-04-01T00:00");
        assert!(since.all(|(_, since)| *since == begun));
    })
    .await;
}
