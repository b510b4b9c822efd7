//! What the log of the staff says was given, and what is no time for an office.

use casework::people::{self, Appointing, PersonFault, StaffEntryView};
use domain::{
    access::{GridRole, Role},
    lang::Lang,
    time::{Millis, Timestamp},
};
use store::testing::each_engine;

use crate::{
    posts::staff,
    town::{Town, XIANGGANG, at},
};

async fn log(town: &Town, what: &str) -> Vec<StaffEntryView> {
    let log = people::audit(&town.desk, &staff("auditor"), None, Lang::ZhHans).await;
    let mut entries = log.unwrap().0;
    entries.retain(|entry| entry.what == what);
    entries
}

fn secretary(from: Option<Timestamp>, until: Option<Timestamp>) -> Appointing {
    Appointing {
        role: "secretary".to_owned(),
        community: XIANGGANG.to_owned(),
        from,
        until,
        ..Appointing::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_says_what_was_given_then_and_not_what_stands_now() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        town.at("2026-11-23T09:00");
        town.appoints("li.na", &[]).await;
        let security = staff("security admin");
        let (from, until) = (at("2026-12-01T00:00"), at("2027-01-01T00:00"));
        let wanted = secretary(Some(from), Some(until));
        let no = people::appoint(&town.desk, &security, "li.na", &wanted).await;
        let no = no.unwrap().unwrap();
        town.at("2026-12-05T15:00");
        let ended = people::end(&town.desk, &security, no).await;
        ended.unwrap().unwrap();

        let given = log(&town, "appointment.given").await;
        let held = given[0].held.as_ref().unwrap();
        assert!(given[0].whole);
        assert_eq!(
            (held.role, held.office.as_str()),
            (Role::Secretary, "象岗社区")
        );
        assert_eq!((held.from, held.until), (from, Some(until)));
        let ended = log(&town, "appointment.ended").await;
        let held = ended[0].held.as_ref().unwrap();
        assert_eq!((held.from, held.until), (from, Some(town.desk.now())));

        // The part in the grid and the grids stand there too.
        let wanted = Appointing {
            role: "grid_officer".to_owned(),
            grid_role: "head".to_owned(),
            grids: vec![format!("{XIANGGANG}-g02")],
            ..secretary(None, None)
        };
        let done = people::appoint(&town.desk, &security, "li.na", &wanted).await;
        done.unwrap().unwrap();
        let given = log(&town, "appointment.given").await;
        let held = given[0].held.as_ref().unwrap();
        assert_eq!(held.grid_role, Some(GridRole::Head));
        assert_eq!(held.grids, ["第2网格"]);
    })
    .await;
}

/// Entries of before the log kept what was given: an end that came later is not said to be of then.
#[tokio::test(flavor = "multi_thread")]
async fn of_an_old_entry_only_what_is_sure_is_told() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        town.at("2026-11-23T09:00");
        let office = crate::posts::left(&town, crate::posts::SECRETARY);
        town.appoints("she", std::slice::from_ref(&office)).await;
        let no = office.no.to_string();
        town.desk
            .store
            .write::<_, (), casework::Error>(move |tx| {
                let no = no.clone();
                Box::pin(async move {
                    tx.log_staff(None, "appointment.given", "she", &no).await?;
                    tx.log_staff(None, "appointment.ended", "she", &no).await?;
                    Ok(())
                })
            })
            .await
            .unwrap();
        let given = log(&town, "appointment.given").await;
        let held = given[0].held.as_ref().unwrap();
        assert!(!given[0].whole);
        assert_eq!((held.from, held.until), (office.from, None));
        let ended = log(&town, "appointment.ended").await;
        let held = ended[0].held.as_ref().unwrap();
        assert_eq!(held.until, Some(ended[0].at));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_impossible_time_is_told_apart() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        town.at("2026-11-23T09:00");
        town.appoints("li.na", &[]).await;
        let security = staff("security admin");
        let day = |text: &str| Some(at(&format!("{text}T00:00")));
        // Ends are exclusive: the day after the last.
        for (from, until, fault) in [
            (day("2026-12-05"), day("2026-12-05"), PersonFault::Until),
            (day("2026-12-05"), day("2026-12-01"), PersonFault::Until),
            (None, day("2026-11-23"), PersonFault::UntilPast),
            (day("2026-11-01"), day("2026-11-10"), PersonFault::UntilPast),
        ] {
            let wanted = secretary(from, until);
            let refused = people::appoint(&town.desk, &security, "li.na", &wanted).await;
            assert_eq!(refused.unwrap(), Err(fault), "{from:?} to {until:?}");
        }
        let wanted = secretary(day("2026-12-05"), day("2026-12-06"));
        let no = people::appoint(&town.desk, &security, "li.na", &wanted).await;
        let no = no.unwrap().expect("one day is a time");
        let end = async || people::end(&town.desk, &security, no).await.unwrap();
        assert_eq!(end().await, Ok(()));
        town.fresh.clock.advance(Millis::minutes(1));
        assert_eq!(end().await, Err(PersonFault::Ended));
    })
    .await;
}
