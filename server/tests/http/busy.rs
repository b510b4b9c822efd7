//! When nothing can be kept: the form comes back as it was typed, whatever was pressed and whatever
//! is wrong.

use std::sync::Arc;

use casework::{Error, StoreError, file::FilingKey, stage};
use domain::ids::PhotoId;
use futures::FutureExt as _;
use serde_json::json;
use store::testing::break_with;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use crate::portal::{Answer, COMMUNITY, Portal, fields, picture};

const KEY: &str = "a-key-of-the-busy-tests";

/// What was typed: name, value, and how it stands in the page that comes back.
const TYPED: [(&str, &str, &str); 14] = [
    ("danger", "no", "value=\"no\""),
    ("category", "street-vending", "value=\"street-vending\""),
    ("category_words", "摆摊占道", "value=\"摆摊占道\""),
    ("community", COMMUNITY, "象岗社区"),
    (
        "description",
        "路口的摊位占住了盲道",
        "路口的摊位占住了盲道",
    ),
    ("place", "人民路与城南路口", "value=\"人民路与城南路口\""),
    ("lat", "27.56031", "value=\"27.56031\""),
    ("lng", "120.55342", "value=\"120.55342\""),
    ("accuracy", "17", "value=\"17\""),
    ("visibility", "public", "value=\"public\""),
    ("name", "王五", "value=\"王五\""),
    ("phone", "13800138000", "value=\"13800138000\""),
    ("email", "wang@example.test", "value=\"wang@example.test\""),
    (
        "ticket",
        "a-ticket-of-before",
        "value=\"a-ticket-of-before\"",
    ),
];

/// A city with a public case, and a form with two photos on it.
struct Scene {
    portal: Portal,
    number: String,
    staged: Vec<PhotoId>,
}

impl Scene {
    async fn new() -> Self {
        let portal = Portal::open().await;
        let filed = portal.file("a-key-of-the-first-case", json!({})).await;
        let key = FilingKey::new(KEY).expect("a key");
        let mut staged = Vec::new();
        for shade in [1, 2] {
            let photo = picture(shade, "").into();
            let id = stage::stage(&portal.desk, &key, b"home", photo).await;
            staged.push(id.expect("staged"));
        }
        Self {
            portal,
            number: filed.number,
            staged,
        }
    }

    /// Presses a button of the form; `photo` is chosen besides.
    async fn press(&self, act: &str, photo: bool) -> Answer {
        let ids: Vec<String> = self.staged.iter().map(ToString::to_string).collect();
        let mut form = vec![("key", KEY), ("act", act), ("may_call", "yes")];
        form.extend(TYPED.map(|(name, value, _)| (name, value)));
        form.extend(ids.iter().map(|id| ("staged", id.as_str())));
        if photo {
            let shot = picture(3, "");
            let new = ("c.png", shot.as_slice());
            self.portal.post_photo("", "/whistle", &form, new).await
        } else {
            self.portal.post("", "/whistle", &form).await
        }
    }

    /// Everything that writes comes back with everything typed, `status` and a sentence.
    async fn comes_back(&self, status: u16, sentence: &str) {
        self.comes_back_but(status, sentence, &[]).await;
    }

    /// The same for every button but some.
    async fn comes_back_but(&self, status: u16, sentence: &str, but: &[&str]) {
        let me_too = format!("me-too-{}", self.number);
        for (act, photo) in [
            ("file", false),
            ("file", true),
            ("add-photos", true),
            ("preview", true),
            ("find-place", true),
            ("remove-photo-1", false),
            (me_too.as_str(), false),
        ]
        .into_iter()
        .filter(|(act, _)| !but.contains(act))
        {
            let answer = self.press(act, photo).await;
            let html = answer.text();
            let told = format!("{act}, photo {photo}: {}", answer.status);
            assert_eq!(answer.status, status, "{told}: {html}");
            assert!(!answer.header("retry-after").is_empty(), "{told}");
            assert!(html.contains(sentence), "{told} does not say: {sentence}");
            self.is_whole(&html, &told);
            let lost = html.contains("这里没有显示的照片没有存上");
            assert_eq!(lost, photo, "{told}: what became of the new photo");
        }
    }

    /// Nothing of the form is lost.
    fn is_whole(&self, html: &str, told: &str) {
        for (name, value, there) in TYPED {
            assert!(html.contains(there), "{told}: {name} {value} is lost");
        }
        assert!(html.contains("name=\"may_call\""), "{told}");
        let kept: Vec<String> = self.staged.iter().map(ToString::to_string).collect();
        assert_eq!(fields(html, "staged"), kept, "{told}: photos are lost");
        assert_eq!(fields(html, "key"), [KEY], "{told}: its key");
    }

    /// When it is over the same form is filed, photos and all.
    async fn is_filed(&self) {
        let filed = self.press("file", false).await;
        assert_eq!(filed.status, 303, "{}", filed.text());
        let key = FilingKey::new(KEY).expect("a key");
        let left = stage::staged(&self.portal.desk, &key).await;
        assert!(left.expect("the store answers").is_empty(), "went along");
    }
}

/// Holds the writer, and fills its queue behind that.
async fn hold(portal: &Portal) -> (Arc<Notify>, Vec<JoinHandle<Result<(), Error>>>) {
    let (go, held) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let mut waiting = Vec::new();
    let (released, taken) = (Arc::clone(&go), Arc::clone(&held));
    let store = portal.desk.store.clone();
    waiting.push(tokio::spawn(async move {
        store
            .write(move |_| {
                let (released, taken) = (Arc::clone(&released), Arc::clone(&taken));
                async move {
                    taken.notify_one();
                    released.notified().await;
                    Ok(())
                }
                .boxed()
            })
            .await
    }));
    held.notified().await;
    loop {
        let store = portal.desk.store.clone();
        let mut work = Box::pin(async move {
            let nothing = store.write(|_| async { Ok::<_, Error>(()) }.boxed());
            nothing.await
        });
        // Asked once it is in the queue, or was turned away: then the queue is full.
        match futures::poll!(&mut work) {
            std::task::Poll::Ready(refused) => {
                assert!(refused.is_err());
                return (go, waiting);
            }
            std::task::Poll::Pending => waiting.push(tokio::spawn(work)),
        }
    }
}

const BUSY: &str = "没存上，抱歉。您写的都还在，再点一次就行。";
const CLOSED: &str = "您写的会留在这一页";

#[tokio::test(flavor = "multi_thread")]
async fn a_full_queue_gives_the_form_back() {
    let scene = Scene::new().await;
    let (go, waiting) = hold(&scene.portal).await;
    scene.comes_back(503, BUSY).await;
    go.notify_one();
    for work in waiting {
        assert!(work.await.is_ok_and(|done| done.is_ok()));
    }
    scene.is_filed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_does_not_answer_gives_the_form_back() {
    let scene = Scene::new().await;
    scene.portal.desk.store.stop().await.expect("it stops");
    scene.comes_back(503, BUSY).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_gives_the_form_back() {
    let scene = Scene::new().await;
    let desk = &scene.portal.desk;
    break_with(&desk.store, "PRAGMA max_page_count = 1")
        .await
        .expect("told");
    // What room there is in its pages is used up too.
    let mut kept = 0;
    for n in 0..200 {
        let key = FilingKey::new(&format!("fill-{n:0>17}")).expect("a key");
        let photo = picture(n, "").into();
        match stage::stage(desk, &key, &[n], photo).await {
            Ok(_) => kept += 1,
            Err(error) => {
                assert!(matches!(error, Error::Store(StoreError::Full)), "{error}");
                break;
            }
        }
    }
    assert!(kept < 199, "never full");
    let sentence = "存储满了，没有存上。您写的都还在";
    // Taking a photo away makes room, and what joining writes is small: these may find a place.
    let me_too = format!("me-too-{}", scene.number);
    let but = ["remove-photo-1", me_too.as_str()];
    scene.comes_back_but(507, sentence, &but).await;
    break_with(&desk.store, "PRAGMA max_page_count = 1000000")
        .await
        .expect("told");
    scene.is_filed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_that_only_shows_gives_the_form_back() {
    let mut scene = Scene::new().await;
    scene.portal.set_anew(&[("read_only", "on")]).await;
    // It says so before anything is typed, and what only looks goes on.
    let empty = scene.portal.get("/whistle").await;
    assert_eq!(empty.status, 200);
    assert!(empty.text().contains(CLOSED));
    let looked = scene.press("preview", false).await;
    assert_eq!(looked.status, 200);
    scene.is_whole(&looked.text(), "preview");
    scene.comes_back(503, CLOSED).await;
    scene.portal.set_anew(&[]).await;
    scene.is_filed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_that_only_shows_takes_nobody_in_elsewhere_either() {
    let mut scene = Scene::new().await;
    scene.portal.set_anew(&[("read_only", "on")]).await;
    let portal = &scene.portal;
    let before = portal.case(&scene.number).await.parties.len();
    let target = format!("/cases/{}/join", scene.number);
    let typed = [("key", KEY), ("phone", "13800138000")];
    let answer = portal.post("", &target, &typed).await;
    assert_eq!(answer.status, 503);
    assert!(!answer.header("retry-after").is_empty());
    assert!(answer.text().contains(CLOSED));
    assert_eq!(fields(&answer.text(), "phone"), ["13800138000"]);
    assert_eq!(fields(&answer.text(), "key"), [KEY]);
    assert_eq!(portal.case(&scene.number).await.parties.len(), before);

    let lines = [
        "Idempotency-Key: a-key-of-a-program-12345",
        "Content-Type: application/octet-stream",
    ];
    let upload = portal
        .ask("POST", "/api/v1/uploads", &lines, &picture(4, ""))
        .await;
    assert_eq!((upload.status, upload.header("retry-after")), (503, "60"));
    let key = FilingKey::new("a-key-of-a-program-12345").expect("a key");
    let staged = stage::staged(&portal.desk, &key).await;
    assert!(staged.expect("the store answers").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_was_sent_before_is_another_report() {
    let scene = Scene::new().await;
    let me_too = format!("me-too-{}", scene.number);
    assert_eq!(scene.press(&me_too, false).await.status, 303);
    // Back in the browser, and on with a report of one's own.
    let back = scene.press("file", false).await;
    assert_eq!(back.status, 422, "{}", back.text());
    for (name, _, there) in TYPED.iter().filter(|(name, ..)| *name != "ticket") {
        assert!(back.text().contains(there), "{name} is lost");
    }
    let key = fields(&back.text(), "key").remove(0);
    assert_ne!(key, KEY);
    let mut form = vec![("key", key.as_str()), ("act", "file")];
    form.extend(TYPED.map(|(name, value, _)| (name, value)));
    let filed = scene.portal.post("", "/whistle", &form).await;
    assert_eq!(filed.status, 303, "{}", filed.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_that_cannot_be_named_does_not_cost_the_words() {
    let scene = Scene::new().await;
    let day = scene
        .portal
        .desk
        .city
        .time
        .civil(scene.portal.desk.now())
        .date;
    let nobody = domain::reference::CaseNumber::new(day, 424_242).to_string();
    let ids: Vec<String> = scene.staged.iter().map(ToString::to_string).collect();
    let mut form = vec![("key", KEY), ("act", "file"), ("again", nobody.as_str())];
    form.extend(TYPED.map(|(name, value, _)| (name, value)));
    form.extend(ids.iter().map(|id| ("staged", id.as_str())));
    form.push(("may_call", "yes"));
    let back = scene.portal.post("", "/whistle", &form).await;
    assert_eq!(back.status, 422, "{}", back.text());
    scene.is_whole(&back.text(), "again");
    assert!(fields(&back.text(), "again").is_empty());
    scene.is_filed().await;
}
