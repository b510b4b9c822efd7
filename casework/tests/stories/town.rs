//! The demo city with people in it: what every story needs.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::{Arc, LazyLock};

use bytes::Bytes;
use casework::{Desk, Error, act, city_files, file::FilingKey, stage, track};
use domain::{
    access::{Appointment, Line, Reach, Role, Viewer},
    case::Case,
    city::City,
    clock::Owner,
    decide::{Command, Refusal},
    draft::Draft,
    ids::{AppointmentNo, AreaCode, CaseId, PhotoId, UnitCode},
    reference::ReceiptCode,
    time::{CityTime, Timestamp},
};
use store::testing::Fresh;

/// 象岗社区, K1 and K2.
pub const XIANGGANG: &str = "330383198023";
/// 华中社区, K3.
pub const HUAZHONG: &str = "330383198094";

/// The demo city, read once.
pub static CITY: LazyLock<Arc<City>> =
    LazyLock::new(|| Arc::new(city_files::load_embedded().expect("the demo city is whole")));

/// City time: `2021-05-08T09:23`.
pub fn at(text: &str) -> Timestamp {
    CityTime::china()
        .parse_rfc3339(&format!("{text}:00+08:00"))
        .unwrap()
}

/// Everybody's appointment as data: number, role, modules (none is every line), communities (none
/// is the whole city), and the office it belongs to.
const POSTS: &[(u32, &str, Role, &[&str], &[&str], Home)] = &[
    (
        1,
        "secretary of 象岗",
        Role::Secretary,
        &[],
        &[XIANGGANG],
        Home::Community(XIANGGANG),
    ),
    (
        2,
        "grid officer of 象岗",
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
        "dispatcher of 象岗",
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
    }
}

/// A signed-in member of staff with this appointment and no other.
pub fn staff(name: &str) -> Viewer {
    Viewer::Staff(vec![post(name)].into())
}

/// The city at work on a fresh store.
pub struct Town {
    /// Its counter.
    pub desk: Desk,
    /// Its store.
    pub fresh: Fresh,
}

impl Town {
    pub fn new(fresh: Fresh) -> Self {
        let desk = Desk::new(fresh.store.clone(), Arc::clone(&CITY));
        Self { desk, fresh }
    }

    /// Moves the clock to this city time.
    pub fn at(&self, text: &str) {
        self.fresh.clock.set(at(text));
    }

    /// Stops the store and opens it again, as after a restart.
    pub async fn restart(&mut self) {
        self.fresh.reopen().await;
        self.desk = Desk::new(self.fresh.store.clone(), Arc::clone(&CITY));
    }

    /// A new key, as a form has one.
    pub fn key(&self) -> FilingKey {
        FilingKey::draw(&self.desk)
    }

    /// Stages a picture of this shade under a key.
    pub async fn photo(&self, key: &FilingKey, shade: u8) -> PhotoId {
        stage::stage(&self.desk, key, b"192.0.2.7", picture(shade))
            .await
            .unwrap()
    }

    /// The viewer who shows this code.
    pub async fn holder(&self, code: &ReceiptCode) -> Viewer {
        let token = track::open(&self.desk, code).await.unwrap();
        track::viewer(&self.desk, &token).await.unwrap()
    }

    /// Does something that must succeed.
    pub async fn does(&self, who: &Viewer, case: CaseId, command: impl Into<Command>) -> Case {
        let command = command.into();
        let told = format!("{command:?}");
        act::act(&self.desk, who, case, None, command)
            .await
            .unwrap_or_else(|error| panic!("{told}: {error}"))
    }

    /// Tries something that the rules must refuse, and sees that the case stays as it was.
    pub async fn refused(
        &self,
        who: &Viewer,
        case: CaseId,
        command: impl Into<Command>,
    ) -> Refusal {
        match self.denied(who, case, command).await {
            Error::Refused(refusal) => refusal,
            other => panic!("refused by the rules, not by {other:?}"),
        }
    }

    /// Tries something that must not happen, and sees that the case stays as it was.
    pub async fn denied(&self, who: &Viewer, case: CaseId, command: impl Into<Command>) -> Error {
        let command = command.into();
        let told = format!("{command:?}");
        let before = self.case(case).await;
        let answer = act::act(&self.desk, who, case, None, command).await;
        assert_eq!(
            self.case(case).await,
            before,
            "{told} was refused and changed the case"
        );
        answer
            .err()
            .unwrap_or_else(|| panic!("{told} must not be possible"))
    }

    /// The case as it stands.
    pub async fn case(&self, id: CaseId) -> Case {
        let mut reading = self.desk.store.read().await.unwrap();
        let all = domain::access::scope(&Viewer::System);
        reading
            .case_by_id(&all, id)
            .await
            .unwrap()
            .expect("the case exists")
    }
}

/// A small picture, plain in one shade: two shades are two photos.
pub fn picture(shade: u8) -> Bytes {
    let picture = image::RgbImage::from_pixel(24, 16, image::Rgb([shade, 120, 90]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    Bytes::from(bytes.into_inner())
}

/// A whistle on the demo city that holds as it is.
pub fn draft() -> Draft {
    Draft {
        danger: "no".to_owned(),
        category: "street-vending".to_owned(),
        community: XIANGGANG.to_owned(),
        description: "人民路口的摊位占住了盲道，轮椅过不去".to_owned(),
        place: "人民路与城南路口东南角".to_owned(),
        visibility: "public".to_owned(),
        ..Draft::default()
    }
}
