//! Who serves in the demo city.

use casework::people;
use domain::{
    access::{Appointment, Line, Reach, Role, Terms, Viewer},
    clock::Owner,
    ids::{AppointmentNo, AreaCode, UnitCode},
};

use crate::town::{HUAZHONG, Town, XIANGGANG, at};

/// Who has most of the cases first.
pub const SECRETARY: &str = "secretary of 象岗";
/// Their grid officer.
pub const GRID: &str = "grid officer of 象岗";
/// The station of the unit that the community is in.
pub const STATION: &str = "dispatcher of 象岗";

/// Everybody's appointment as data: number, role, modules (none is every line), communities (none
/// is the whole city), and the office it belongs to.
const POSTS: &[(u32, &str, Role, &[&str], &[&str], Home)] = &[
    (
        1,
        SECRETARY,
        Role::Secretary,
        &[],
        &[XIANGGANG],
        Home::Community(XIANGGANG),
    ),
    (
        2,
        GRID,
        Role::GridOfficer,
        &[],
        &[XIANGGANG],
        Home::Community(XIANGGANG),
    ),
    (
        3,
        "secretary of 华中",
        Role::Secretary,
        &[],
        &[HUAZHONG],
        Home::Community(HUAZHONG),
    ),
    (
        4,
        STATION,
        Role::Dispatcher,
        &[],
        &[XIANGGANG],
        Home::Station("unit-06"),
    ),
    (
        5,
        "appearance officer",
        Role::Officer,
        &["enforcement-appearance"],
        &[],
        Home::Unit("enforcement-appearance"),
    ),
    (
        6,
        "land officer",
        Role::Officer,
        &["resources-land"],
        &[],
        Home::Unit("resources-land"),
    ),
    (
        7,
        "fire officer",
        Role::Officer,
        &["safety-fire"],
        &[],
        Home::Unit("safety-fire"),
    ),
    (8, "commission", Role::Commission, &[], &[], Home::City),
    (9, "supervisor", Role::Supervisor, &[], &[], Home::City),
    (10, "editor", Role::Editor, &[], &[], Home::City),
    (11, "auditor", Role::Auditor, &[], &[], Home::City),
    (12, "system admin", Role::SystemAdmin, &[], &[], Home::City),
    (
        13,
        "security admin",
        Role::SecurityAdmin,
        &[],
        &[],
        Home::City,
    ),
    (
        14,
        "seconded officer in 华中",
        Role::Officer,
        &["enforcement-sanitation"],
        &[HUAZHONG],
        Home::Unit("enforcement-sanitation"),
    ),
    (
        15,
        "second security admin",
        Role::SecurityAdmin,
        &[],
        &[],
        Home::City,
    ),
    (
        16,
        "appearance officer of 华中",
        Role::Officer,
        &["enforcement-appearance"],
        &[HUAZHONG],
        Home::Unit("enforcement-appearance"),
    ),
    (
        17,
        "appearance contractor",
        Role::Contractor,
        &["enforcement-appearance"],
        &[],
        Home::Unit("enforcement-appearance"),
    ),
    (
        18,
        "fire contractor",
        Role::Contractor,
        &["safety-fire"],
        &[],
        Home::Unit("safety-fire"),
    ),
];

/// To what an office belongs.
#[derive(Clone, Copy)]
enum Home {
    Community(&'static str),
    Station(&'static str),
    Unit(&'static str),
    City,
}

/// The appointment of a name in the list.
pub fn post(name: &str) -> Appointment {
    let (no, _, role, units, communities, home) = POSTS
        .iter()
        .find(|post| post.1 == name)
        .unwrap_or_else(|| panic!("nobody is {name}"));
    let area = |code: &str| AreaCode::new(code).unwrap();
    let unit = |code: &str| UnitCode::new(code).unwrap();
    Appointment {
        no: AppointmentNo(*no),
        role: *role,
        line: match units {
            [] => Line::All,
            units => Line::Units(units.iter().map(|code| unit(code)).collect()),
        },
        reach: match communities {
            [] => Reach::City,
            codes => Reach::Communities(codes.iter().map(|code| area(code)).collect()),
        },
        home: match home {
            Home::Community(code) => Owner::Community(area(code)),
            Home::Station(code) => Owner::Station(area(code)),
            Home::Unit(code) => Owner::Unit(unit(code)),
            Home::City => Owner::City,
        },
        from: at("2020-01-01T00:00"),
        until: None,
        terms: Terms::default(),
    }
}

/// A signed-in member of staff with this appointment and no other.
pub fn staff(name: &str) -> Viewer {
    Viewer::Staff(vec![post(name)].into())
}

/// Somebody else of the same office.
pub async fn deputy(town: &Town, name: &str) -> AppointmentNo {
    let mut other = post(name);
    other.no = AppointmentNo(100 + other.no.0);
    town.appoints(
        &format!("deputy {}", other.no),
        std::slice::from_ref(&other),
    )
    .await;
    other.no
}

/// An office that was left just now.
pub fn left(town: &Town, name: &str) -> Appointment {
    Appointment {
        until: Some(town.desk.now()),
        ..post(name)
    }
}

impl Town {
    /// Writes a person and their offices into the list of staff, and lets them sign in. Of offices
    /// they have already, those named are written anew.
    pub async fn appoints(&self, person: &str, offices: &[Appointment]) -> Viewer {
        let given = (
            store::Person {
                id: person.to_owned(),
                login: person.to_owned(),
                name: "演示人员".to_owned(),
                secret: None,
                active: true,
                first_until: None,
            },
            offices.to_vec(),
        );
        self.desk
            .store
            .write::<_, (), casework::Error>(move |tx| {
                let (person, offices) = given.clone();
                Box::pin(async move {
                    tx.put_person(&person).await?;
                    for office in &offices {
                        tx.appoint(&person.id, office).await?;
                    }
                    Ok(())
                })
            })
            .await
            .unwrap();
        people::viewer(&self.desk, person).await.unwrap()
    }
}
