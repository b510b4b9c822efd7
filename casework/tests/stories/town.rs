//! The demo city at work: its clock, its restarts, and what anybody does in it.

use std::sync::{Arc, LazyLock};

use bytes::Bytes;
use casework::{Desk, Error, act, city_files, file::FilingKey, stage, track};
use domain::{
    access::Viewer,
    case::Case,
    city::City,
    decide::{Command, Refusal},
    ids::{CaseId, PhotoId},
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
        let Err(error) = act::act(&self.desk, who, case, None, command).await else {
            panic!("{told} must not be possible");
        };
        assert_eq!(
            self.case(case).await,
            before,
            "{told} was refused and changed the case"
        );
        error
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
