//! A city that changes while it is at work: who has what of a community that ends, what a running limit
//! is after its rule changed, and what is not put down.

use casework::{
    Error,
    city::{self, CityFault, Trial, When},
    file::file_as_staff,
    look, offices, people, worklist,
};
use domain::{
    access::{Appointment, Viewer},
    case::{Filer, StateTag},
    city::change::{ChangeFault, Topic, Wrong},
    clock::{Limit, Owner, Stage},
    decide::Act,
    ids::{AppointmentNo, CaseId},
    lang::Lang,
};
use store::testing::each_engine;

use crate::{
    matter::{CHECKED, SOLVED},
    posts::{SECRETARY, STATION, post, staff},
    told::{by_staff, draft, plain_draft, the_clock},
    town::{HUAZHONG, Town, XIANGGANG, at},
};

type Typed = Vec<(String, String)>;

fn typed(fields: &[(&str, &str)]) -> Typed {
    fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

/// 象岗 into 华中, from a day on.
fn merge(day: &str) -> Typed {
    typed(&[
        ("area", XIANGGANG),
        ("into", HUAZHONG),
        ("from", day),
        ("reason", "龙政发〔2026〕12号"),
    ])
}

async fn tried(town: &Town, topic: Topic, fields: &Typed) -> Result<Trial, CityFault> {
    let commission = staff("commission");
    let tried = city::try_change(&town.desk, &commission, topic, fields.as_slice(), Lang::En);
    tried.await.unwrap()
}

/// Tries a change and puts it down.
async fn put(town: &mut Town, topic: Topic, fields: &Typed) -> u32 {
    let trial = tried(town, topic, fields).await.unwrap();
    let commission = staff("commission");
    let put = city::put_down(
        &town.desk,
        &commission,
        topic,
        fields.as_slice(),
        trial.seen,
    );
    let number = put.await.unwrap().unwrap();
    town.desk = town.desk.fresh();
    number
}

/// The town on another day: with the city that is in force then.
async fn on(town: &mut Town, time: &str) {
    town.at(time);
    town.desk.renew().await.unwrap();
    town.desk = town.desk.fresh();
}

/// A person in the store who holds an appointment.
async fn person(town: &Town, name: &str) -> String {
    let appointment = post(name);
    let id = format!("person-{}", appointment.no.0);
    town.appoints(&id, &[appointment]).await;
    id
}

/// Whether a case is on somebody's own list.
async fn has(town: &Town, who: &Viewer, id: CaseId) -> bool {
    let number = town.case(id).await.number.to_string();
    let page = worklist::page(&town.desk, who, worklist::Asked::default(), Lang::En).await;
    let items = page.unwrap().items;
    items.iter().any(|line| line.card.number == number)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_community_left_open_is_with_the_one_it_was_merged_into() {
    each_engine(|fresh| async move {
        let mut town = Town::new(fresh);
        town.at("2026-11-30T15:00");
        let (theirs, ours) = (
            person(&town, SECRETARY).await,
            person(&town, "secretary of 华中").await,
        );
        let station = person(&town, STATION).await;
        let case = town.files(&plain_draft()).await.case;
        let trial = tried(&town, Topic::MergeAreas, &merge("2026-12-01"))
            .await
            .unwrap();
        assert_eq!(trial.before, []);
        assert_eq!(trial.effects.open, Some(casework::views::Total::Exactly(1)));
        let leaves: Vec<_> = trial
            .effects
            .leaves
            .iter()
            .map(|who| who.login.as_str())
            .collect();
        assert_eq!(leaves, [theirs.as_str()]);
        put(&mut town, Topic::MergeAreas, &merge("2026-12-01")).await;

        // To the last minute it is theirs and nobody else's.
        on(&mut town, "2026-11-30T23:59").await;
        let viewer = |id: &str| {
            let (desk, id) = (town.desk.clone(), id.to_owned());
            async move { people::viewer(&desk, &id).await.unwrap() }
        };
        assert!(has(&town, &viewer(&theirs).await, case).await);
        assert!(!has(&town, &viewer(&ours).await, case).await);

        // From midnight on it is ours: list, verbs, and the words to whoever is told.
        on(&mut town, "2026-12-01T00:00").await;
        let viewer = |id: &str| {
            let (desk, id) = (town.desk.clone(), id.to_owned());
            async move { people::viewer(&desk, &id).await.unwrap() }
        };
        let (left, got) = (viewer(&theirs).await, viewer(&ours).await);
        assert!(
            !has(&town, &left, case).await,
            "an office ends with its area"
        );
        let denied = town.denied(&left, case, Act::Accept).await;
        assert!(
            matches!(denied, Error::Forbidden | Error::NotFound),
            "{denied:?}"
        );
        assert!(has(&town, &got, case).await);
        let after = town.does(&got, case, Act::Accept).await;
        assert_eq!(after.state.tag(), StateTag::Accepted);
        assert_eq!(
            after.community.as_str(),
            XIANGGANG,
            "a case keeps where it was told"
        );
        // So it is with the stations above: the one of the day has it, and before its day nobody else.
        let seen = look::on_desk(&town.desk, &viewer(&station).await, after.number, Lang::En).await;
        assert!(matches!(seen, Err(Error::NotFound)), "{seen:?}");
        let above = town
            .desk
            .city
            .areas
            .ancestors(&HUAZHONG.parse().unwrap(), town.desk.now());
        let theirs = Appointment {
            no: AppointmentNo(701),
            home: Owner::Station(above[0].code.clone()),
            ..post(STATION)
        };
        let on = |time: &str| {
            let reaching = theirs.clone().in_areas(&town.desk.city.areas, at(time));
            Viewer::Staff(vec![reaching].into())
        };
        let early = on("2026-11-30T23:59");
        let early = look::on_desk(&town.desk, &early, after.number, Lang::En).await;
        assert!(matches!(early, Err(Error::NotFound)));
        let seen = look::on_desk(&town.desk, &on("2026-12-01T00:00"), after.number, Lang::En).await;
        assert!(seen.is_ok(), "{seen:?}");
        // Nothing can be told to a community that is over.
        let draft = plain_draft();
        let filing = by_staff(Filer::Staff, &draft.community);
        let answer = file_as_staff(&town.desk, &got, &town.key(), filing).await;
        assert!(answer.is_err(), "{answer:?}");
    })
    .await;
}

/// The notices of an office that ended go to the one that answers for it.
#[tokio::test(flavor = "multi_thread")]
async fn notices_go_to_the_office_that_is_there() {
    each_engine(|fresh| async move {
        let mut town = Town::new(fresh);
        town.at("2026-11-30T15:00");
        offices::begin(&town.desk.store).await.unwrap();
        offices::look_at_clocks(&town.desk).await.unwrap();
        town.files(&plain_draft()).await;
        put(&mut town, Topic::MergeAreas, &merge("2026-12-01")).await;
        on(&mut town, "2026-12-02T12:00").await;
        offices::look_at_clocks(&town.desk).await.unwrap();
        let due = offices::due(&town.desk).await.unwrap();
        let to: Vec<&str> = due.iter().map(|notice| notice.code.as_str()).collect();
        assert!(
            to.contains(&format!("community:{HUAZHONG}").as_str()),
            "{to:?}"
        );
        assert!(!to.iter().any(|code| code.contains(XIANGGANG)), "{to:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_limit_is_for_what_is_told_from_then_on() {
    each_engine(|fresh| async move {
        let mut town = Town::new(fresh);
        town.at("2026-11-30T15:00");
        let category = town
            .desk
            .city
            .category(&draft().category.parse().unwrap())
            .unwrap();
        let policy = category.policy.clone();
        let mut fields = city::starting(&town.desk, Topic::SetClocks, policy.as_str());
        fields.retain(|(name, _)| !name.starts_with("respond"));
        fields.extend(typed(&[
            ("respond", "7"),
            ("respond-unit", "minutes"),
            ("from", "2026-12-01"),
            ("reason", "龙政发〔2026〕13号"),
        ]));
        fields.retain(|(name, _)| name != "staffed-only");
        let before = town.files(&draft()).await.case;
        put(&mut town, Topic::SetClocks, &fields).await;
        let same_day = town.files(&draft()).await.case;
        let limit = |case: &domain::case::Case| the_clock(case, Stage::Respond, None).limit;
        assert_eq!(
            limit(&town.case(same_day).await),
            limit(&town.case(before).await)
        );
        let due = the_clock(&town.case(before).await, Stage::Respond, None).due;
        on(&mut town, "2026-12-01T00:00").await;
        assert_eq!(
            the_clock(&town.case(before).await, Stage::Respond, None).due,
            due
        );
        let after = town.files(&draft()).await.case;
        assert_eq!(limit(&town.case(after).await), Limit::Minutes(7));
    })
    .await;
}

/// What contradicts itself is not put down, on the screen as in the files: a report in that would be due
/// after the whole, and a second set of limits for one day.
#[tokio::test(flavor = "multi_thread")]
async fn limits_that_contradict_each_other_are_not_put_down() {
    each_engine(|fresh| async move {
        let mut town = Town::new(fresh);
        town.at("2026-11-30T15:00");
        let limits = |name: &'static str, days: &str, from: &str| {
            let mut fields = city::starting(&town.desk, Topic::SetClocks, "four-days");
            let unit = format!("{name}-unit");
            fields.retain(|(field, _)| field != name && *field != unit);
            fields.extend(typed(&[
                (name, days),
                (unit.as_str(), "working-days"),
                ("from", from),
                ("reason", "龙政发〔2026〕13号"),
            ]));
            fields
        };
        let long = limits("report_in", "9", "2026-12-01");
        let Err(CityFault::Findings(found)) = tried(&town, Topic::SetClocks, &long).await else {
            panic!("nine working days are longer than four days")
        };
        let told = found[0].to_string();
        assert!(
            told.contains("working-days 9") && told.contains("4d"),
            "{told}"
        );
        let (one, two) = (
            limits("report_in", "1", "2026-12-01"),
            limits("report_in", "2", "2026-12-01"),
        );
        put(&mut town, Topic::SetClocks, &one).await;
        let again = tried(&town, Topic::SetClocks, &two).await;
        assert!(
            matches!(again, Err(CityFault::Unmade(ChangeFault::SameDay(1)))),
            "{again:?}"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_commission_alone_changes_the_city() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        town.at("2026-11-30T15:00");
        let fields = merge("2026-12-01");
        for who in [
            SECRETARY,
            STATION,
            "supervisor",
            "system admin",
            "security admin",
            "auditor",
            "editor",
            "land officer",
            "appearance contractor",
        ] {
            let who = staff(who);
            let tried = city::try_change(
                &town.desk,
                &who,
                Topic::MergeAreas,
                fields.as_slice(),
                Lang::En,
            )
            .await;
            assert!(matches!(tried, Err(Error::Forbidden)), "{tried:?}");
            let put =
                city::put_down(&town.desk, &who, Topic::MergeAreas, fields.as_slice(), 0).await;
            assert!(matches!(put, Err(Error::Forbidden)), "{put:?}");
        }
        let nobody = city::changes(&town.desk, &Viewer::Anonymous, Lang::En).await;
        assert!(matches!(nobody, Err(Error::Forbidden)));
        let firm = city::changes(&town.desk, &staff("appearance contractor"), Lang::En).await;
        assert!(matches!(firm, Err(Error::Forbidden)));
        // Whoever works for the city sees what is coming; nothing was put down.
        let lines = city::changes(&town.desk, &staff(SECRETARY), Lang::En)
            .await
            .unwrap();
        assert_eq!(lines, []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_linter_finds_is_not_put_down_and_two_at_once_are_one() {
    each_engine(|fresh| async move {
        let mut town = Town::new(fresh);
        town.at("2026-11-30T15:00");
        let commission = staff("commission");
        let duty = town.desk.city.duties[0].code.to_string();
        let end = typed(&[("duty", &duty), ("from", "2026-12-01"), ("reason", "x")]);
        let put = city::put_down(&town.desk, &commission, Topic::EndDuty, end.as_slice(), 0);
        assert!(matches!(put.await.unwrap(), Err(CityFault::Findings(_))));
        let unsaid: Typed = end.iter().filter(|(name, _)| name != "reason").cloned().collect();
        let put = city::put_down(&town.desk, &commission, Topic::EndDuty, unsaid.as_slice(), 0);
        let Err(CityFault::Fields(fields, Some(_))) = put.await.unwrap() else {
            panic!("no decision is named")
        };
        assert_eq!(fields, []);
        let past = merge("2020-01-01");
        let put = city::put_down(&town.desk, &commission, Topic::MergeAreas, past.as_slice(), 0);
        let Err(CityFault::Fields(mistakes, None)) = put.await.unwrap() else {
            panic!("a day that is over")
        };
        assert_eq!(mistakes[0].what, Wrong::Past);
        assert_eq!(city::changes(&town.desk, &commission, Lang::En).await.unwrap(), []);

        // Both looked when nothing was there; the second has to look again.
        let first = merge("2026-12-01");
        let second = typed(&[
            ("area", XIANGGANG), ("to", "unit-01"), ("from", "2026-12-01"), ("reason", "y"),
        ]);
        tried(&town, Topic::MoveArea, &second).await.unwrap();
        put_at(&town, Topic::MergeAreas, &first, 0).await.unwrap();
        let late = put_at(&town, Topic::MoveArea, &second, 0).await;
        // On that day it is not there any more, and that is what is said.
        assert!(matches!(&late, Err(CityFault::Unmade(ChangeFault::NotThere(code))) if code == XIANGGANG), "{late:?}");
        let other = typed(&[
            ("area", HUAZHONG), ("to", "unit-01"), ("from", "2026-12-05"), ("reason", "y"),
        ]);
        let late = put_at(&town, Topic::MoveArea, &other, 0).await;
        assert_eq!(late, Err(CityFault::Moved));
        assert_eq!(put_at(&town, Topic::MoveArea, &other, 1).await, Ok(2));

        // What has not begun may be taken back, once; what holds may not.
        town.desk = town.desk.fresh();
        let back = |number: &str| typed(&[("number", number), ("reason", "z")]);
        let taken = put_at(&town, Topic::TakeBack, &back("2"), 2).await;
        assert_eq!(taken, Ok(3));
        let again = put_at(&town, Topic::TakeBack, &back("2"), 3).await;
        assert!(matches!(again, Err(CityFault::Unmade(ChangeFault::NotThere(_)))), "{again:?}");
        on(&mut town, "2026-12-01T08:00").await;
        let begun = put_at(&town, Topic::TakeBack, &back("1"), 3).await;
        assert_eq!(begun, Err(CityFault::Unmade(ChangeFault::HasBegun(1))));
        let lines = city::changes(&town.desk, &commission, Lang::ZhHans).await.unwrap();
        let stands: Vec<(u32, When)> = lines.iter().map(|line| (line.number, line.when)).collect();
        assert!(stands.contains(&(1, When::Begun)) && stands.contains(&(2, When::TakenBack)));
        // The names are those of the day before.
        let merged = lines.iter().find(|line| line.number == 1).unwrap();
        assert_eq!((merged.subject.as_str(), merged.object.as_str()), ("象岗社区", "华中社区"));
        assert_eq!(merged.reason, "龙政发〔2026〕12号");
    })
    .await;
}

async fn put_at(town: &Town, topic: Topic, fields: &Typed, seen: u32) -> Result<u32, CityFault> {
    let commission = staff("commission");
    let put = city::put_down(&town.desk, &commission, topic, fields.as_slice(), seen);
    put.await.unwrap()
}

/// After a restart, and at another process, the city is the same.
#[tokio::test(flavor = "multi_thread")]
async fn the_city_is_made_again_from_what_was_put_down() {
    each_engine(|fresh| async move {
        let mut town = Town::new(fresh);
        town.at("2026-11-30T15:00");
        let beside = town.desk.clone();
        put(&mut town, Topic::MergeAreas, &merge("2026-12-01")).await;
        let rows = town.desk.city.areas.rows().to_vec();
        assert!(!beside.is_fresh(), "all clones of a desk hear of it");
        assert_eq!(beside.fresh().city.areas.rows(), rows);
        town.restart().await;
        assert_ne!(town.desk.city.areas.rows(), rows);
        on(&mut town, "2026-11-30T15:01").await;
        assert_eq!(town.desk.city.areas.rows(), rows);
    })
    .await;
}

/// Whoever takes over an office takes over its work, and does not check it.
#[tokio::test(flavor = "multi_thread")]
async fn an_heir_does_not_check_what_the_office_did() {
    each_engine(|fresh| async move {
        let mut town = Town::new(fresh);
        town.at("2026-11-30T15:00");
        let case = town.files(&plain_draft()).await.case;
        put(&mut town, Topic::MergeAreas, &merge("2026-12-01")).await;
        on(&mut town, "2026-12-01T09:00").await;
        let heir = |no| {
            let ours = Appointment {
                no: AppointmentNo(no),
                ..post("secretary of 华中")
            };
            let reaching = ours.in_areas(&town.desk.city.areas, town.desk.now());
            Viewer::Staff(vec![reaching].into())
        };
        let ours = heir(710);
        town.does(&ours, case, Act::Take).await;
        town.does(&ours, case, SOLVED.saying("清走了")).await;
        // A colleague who never touched it is of the same office all the same.
        let denied = town.denied(&heir(711), case, CHECKED.saying("看过")).await;
        assert!(matches!(denied, Error::Forbidden), "{denied:?}");
        town.does(&staff("supervisor"), case, CHECKED.saying("看过"))
            .await;
    })
    .await;
}

/// What can be put down can be made on every day, also on those before it begins, and after the clock
/// was set back.
#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_builds_on_another_can_be_made_before_either_begins() {
    each_engine(|fresh| async move {
        let mut town = Town::new(fresh);
        town.at("2026-11-30T15:00");
        let group = town.desk.city.leaf_categories()[0].parent.clone().unwrap();
        let beside = town.desk.city.leaf_categories()[0].code.to_string();
        let mut new = city::starting(&town.desk, Topic::SetCategory, &beside);
        new.retain(|(name, _)| name != "category");
        new.extend(typed(&[
            ("category", "shared-bikes"),
            ("within", group.as_str()),
            ("duty", "shared-bikes-1"),
            ("basis", "规定"),
            ("from", "2027-06-01"),
            ("reason", "x"),
        ]));
        put(&mut town, Topic::AddCategory, &new).await;
        assert!(
            town.desk
                .city
                .open_categories()
                .all(|c| c.code.as_str() != "shared-bikes")
        );
        let lead = town.desk.city.leaf_categories()[0].lead.to_string();
        let duty = typed(&[
            ("duty", "shared-bikes-2"),
            ("replaces", "shared-bikes-1"),
            ("category", "shared-bikes"),
            ("plain-zh-hans", "夜里"),
            ("plain-zh-hant", "夜裏"),
            ("plain-en", "At night"),
            ("lead", &lead),
            ("basis", "规定"),
            ("from", "2027-07-01"),
            ("reason", "y"),
        ]);
        put(&mut town, Topic::SetDuty, &duty).await;
        for day in [
            "2026-11-29T00:00",
            "2027-06-01T00:00",
            "2027-08-01T00:00",
            "2026-11-30T16:00",
        ] {
            town.restart().await;
            on(&mut town, day).await;
            let open = town
                .desk
                .city
                .open_categories()
                .any(|c| c.code.as_str() == "shared-bikes");
            assert_eq!(open, day >= "2027-06", "{day}");
        }
        // And both can be taken back, the later one first.
        let back = |number: &str| typed(&[("number", number), ("reason", "z")]);
        let early = put_at(&town, Topic::TakeBack, &back("1"), 2).await;
        assert!(matches!(early, Err(CityFault::Blocks(2, _))), "{early:?}");
        assert_eq!(put_at(&town, Topic::TakeBack, &back("2"), 2).await, Ok(3));
        assert_eq!(put_at(&town, Topic::TakeBack, &back("1"), 3).await, Ok(4));
    })
    .await;
}

/// The clocks of an office that ended are on the list of the one that answers, under their own name.
#[tokio::test(flavor = "multi_thread")]
async fn clocks_keep_the_owner_they_were_written_down_with() {
    each_engine(|fresh| async move {
        let mut town = Town::new(fresh);
        town.at("2026-11-30T15:00");
        let case = town.files(&plain_draft()).await.case;
        put(&mut town, Topic::MergeAreas, &merge("2026-12-01")).await;
        on(&mut town, "2026-12-01T09:00").await;
        let owner = the_clock(&town.case(case).await, Stage::Respond, None)
            .owner
            .clone();
        assert_eq!(owner, Owner::Community(XIANGGANG.parse().unwrap()));
        let mut ours = post("secretary of 华中");
        ours.no = AppointmentNo(700);
        let reaching = ours.in_areas(&town.desk.city.areas, town.desk.now());
        assert!(has(&town, &Viewer::Staff(vec![reaching].into()), case).await);
    })
    .await;
}
