//! Covering what a photo shows too much of, or cutting it off (abuse cases A7, D1): the public never gets
//! what was covered or cut off, by any size or address, and what was covered goes with what it covered.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::io::Cursor;

use serde_json::json;

use crate::portal::{Portal, fields};

const KEY: &str = "a-key-of-the-tests-of-covering";
/// The colour that nobody may see.
const FACE: image::Rgb<u8> = image::Rgb([230, 20, 20]);

/// Grey, with a red face in the upper left quarter.
fn portrait() -> Vec<u8> {
    let picture = image::RgbImage::from_fn(480, 360, |x, y| {
        if x < 240 && y < 180 {
            FACE
        } else {
            image::Rgb([120, 120, 120])
        }
    });
    let mut bytes = Cursor::new(Vec::new());
    picture
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

/// Whether red is left anywhere in a photo as it was sent.
fn shows_face(jpeg: &[u8]) -> bool {
    let picture = image::load_from_memory(jpeg).unwrap().into_rgb8();
    picture
        .pixels()
        .any(|pixel| pixel.0[0] > 150 && pixel.0[1] < 90 && pixel.0[2] < 90)
}

/// Width and height of a photo as it was sent.
fn size(jpeg: &[u8]) -> (u32, u32) {
    let picture = image::load_from_memory(jpeg).unwrap();
    (picture.width(), picture.height())
}

/// Every field of the upper left quarter, and half a field more: JPEG smears a little.
fn quarter() -> Vec<String> {
    (1..=7)
        .flat_map(|column| (1..=5).map(move |row| format!("{column}-{row}")))
        .collect()
}

struct Told {
    portal: Portal,
    number: String,
    code: String,
    secretary: String,
}

async fn told() -> Told {
    let portal = Portal::open().await;
    let shot = portal.upload(KEY, &portrait()).await.unwrap();
    let told = json!({ "category": "published-error", "photos": [shot] });
    let filed = portal.file(KEY, told).await;
    let secretary = portal.staff("secretary-xianggang").await;
    Told {
        portal,
        number: filed.number,
        code: filed.code,
        secretary,
    }
}

impl Told {
    fn tool(&self) -> String {
        format!("/desk/cases/{}/photos/1", self.number)
    }

    async fn send(&self, act: &str, cells: &[String], version: &str) -> crate::portal::Answer {
        let page = self.portal.get_as(&self.secretary, &self.tool()).await;
        assert_eq!(page.status, 200, "{}", page.text());
        let key = fields(&page.text(), "key").remove(0);
        let mut form = vec![("act", act), ("key", &key), ("version", version)];
        form.extend(cells.iter().map(|cell| ("cell", cell.as_str())));
        self.portal.post(&self.secretary, &self.tool(), &form).await
    }

    async fn form(&self, query: &str) -> String {
        let target = format!("{}{query}", self.tool());
        self.portal.get_as(&self.secretary, &target).await.text()
    }

    async fn version(&self) -> String {
        self.portal.case(&self.number).await.version.to_string()
    }

    async fn press(&self, fields: &[(&str, &str)]) {
        let version = self.version().await;
        let fields = [fields, &[("version", version.as_str())]].concat();
        let target = format!("/desk/cases/{}", self.number);
        let answer = self.portal.post(&self.secretary, &target, &fields).await;
        assert_eq!(answer.status, 303, "{fields:?}: {}", answer.text());
    }

    async fn photo(&self, cookie: &str, query: &str) -> crate::portal::Answer {
        let target = format!("/cases/{}/photos/1{query}", self.number);
        self.portal.get_as(cookie, &target).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_covered_is_gone_for_the_public_and_stays_with_the_offices() {
    let told = told().await;
    let page = told
        .portal
        .get_as(&told.secretary, &format!("/desk/cases/{}", told.number))
        .await;
    assert!(
        page.text().contains(&told.tool()),
        "the way to it stands on the page"
    );
    let done = told.send("cover", &quarter(), &told.version().await).await;
    assert_eq!(done.status, 303, "{}", done.text());
    assert_eq!(told.photo("", "").await.status, 404, "not released yet");
    told.press(&[("act", "publish"), ("checked", "yes")]).await;
    for size in ["", "?small"] {
        let seen = told.photo("", size).await;
        assert_eq!(seen.status, 200);
        assert!(!shows_face(&seen.body), "{size}");
        // On a public page staff see what the public sees.
        let there = told.photo(&told.secretary, size).await;
        assert!(!shows_face(&there.body), "{size}");
        let whole = if size.is_empty() {
            "?whole"
        } else {
            "?whole&small"
        };
        assert!(!shows_face(&told.photo("", whole).await.body), "{size}");
        let office = told.photo(&told.secretary, whole).await;
        assert!(shows_face(&office.body), "{size}");
        assert_eq!(office.header("cache-control"), "private, no-store");
    }
    let own = told.portal.track(&told.code).await;
    assert!(
        shows_face(&told.photo(&own, "?whole").await.body),
        "whoever took it has it"
    );
    // What only the offices see is a look, though the words are everybody's.
    let looks = async || {
        let case = told.portal.case(&told.number).await;
        let mut reading = told.portal.desk.store.read().await.unwrap();
        reading.looks_at(case.id).await.unwrap().len()
    };
    let before = looks().await;
    told.photo(&told.secretary, "").await;
    assert_eq!(looks().await, before);
    told.photo(&told.secretary, "?whole").await;
    assert_eq!(looks().await, before + 1);
    // The picture it was covered with has no address of its own for others.
    let second = format!("/cases/{}/photos/2", told.number);
    assert_eq!(told.portal.get(&second).await.status, 404);
    let machine = told
        .portal
        .get(&format!("/api/v1/cases/{}", told.number))
        .await
        .text();
    assert!(!machine.contains("photos/2"), "{machine}");

    // Not at all is not at all, after the release too.
    let done = told.send("withhold", &[], &told.version().await).await;
    assert_eq!(done.status, 303, "{}", done.text());
    for size in ["", "?small"] {
        assert_eq!(told.photo("", size).await.status, 404, "{size}");
    }
    let page = told
        .portal
        .get(&format!("/cases/{}", told.number))
        .await
        .text();
    assert!(!page.contains("/photos/"), "{page}");
    assert!(shows_face(&told.photo(&told.secretary, "").await.body));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_cut_off_is_gone_for_the_public_and_stays_with_the_offices() {
    let told = told().await;
    // Two corners say which part is kept: columns 8 to 12 of 40 pixels, rows 6 to 9.
    let corners = ["8-9".to_owned(), "12-6".to_owned()];
    let done = told.send("keep", &corners, &told.version().await).await;
    assert_eq!(done.status, 303, "{}", done.text());
    assert_eq!(told.photo("", "").await.status, 404, "not released yet");
    told.press(&[("act", "publish"), ("checked", "yes")]).await;
    for query in ["", "?small", "?whole", "?whole&small"] {
        let seen = told.photo("", query).await;
        assert_eq!(seen.status, 200, "{query}");
        assert_eq!(size(&seen.body), (200, 160), "{query}");
        assert!(!shows_face(&seen.body), "{query}");
    }
    let there = told.photo(&told.secretary, "").await;
    assert_eq!(size(&there.body), (200, 160), "as the public sees it");
    let office = told.photo(&told.secretary, "?whole").await;
    assert_eq!(size(&office.body), (480, 360));
    assert!(shows_face(&office.body));
    let own = told.portal.track(&told.code).await;
    let taken = told.photo(&own, "?whole").await;
    assert!(shows_face(&taken.body), "whoever took it has it");
    // What it was cut to has no address of its own.
    let second = format!("/cases/{}/photos/2", told.number);
    assert_eq!(told.portal.get(&second).await.status, 404);

    // What is covered later comes on top: nothing of what was cut off comes back.
    let page = told.form("").await;
    assert!(page.contains("photos/2?whole"), "{page}");
    let one = ["1-1".to_owned()];
    let done = told.send("cover", &one, &told.version().await).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let seen = told.photo("", "").await;
    assert_eq!(size(&seen.body), (200, 160));
    assert!(!shows_face(&seen.body));
    // Unless one says that it begins anew.
    let page = told.form("?anew").await;
    assert!(page.contains("photos/1?whole") && page.contains("name=\"anew\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_that_keeps_nothing_all_or_too_little_is_a_mistake() {
    let told = told().await;
    for (cells, said) in [
        (&[][..], "先选要遮住的格子，或者要留下的部分"),
        (&["1-1", "12-9"], "选中的就是整张照片"),
        // 40 pixels.
        (&["3-4"], "留下的部分太小"),
    ] {
        let cells: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
        let answer = told.send("keep", &cells, &told.version().await).await;
        assert_eq!(answer.status, 422, "{cells:?}");
        let text = answer.text();
        assert!(text.contains(said), "{cells:?}: {text}");
        // What was picked is still picked.
        let checked = text.split("<input").filter(|tag| {
            let tag = tag.split('>').next().unwrap();
            tag.contains("name=\"cell\"") && tag.contains("checked")
        });
        assert_eq!(checked.count(), cells.len(), "{cells:?}");
    }
    assert_eq!(told.portal.case(&told.number).await.version, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_covers_nothing_or_comes_second_keeps_what_was_picked() {
    let told = told().await;
    let answer = told.send("cover", &[], &told.version().await).await;
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("先选要遮住的格子"));
    let strange: Vec<String> = ["0-1", "13-1", "<b>", "99999999999-1"]
        .map(str::to_owned)
        .to_vec();
    assert_eq!(
        told.send("cover", &strange, &told.version().await)
            .await
            .status,
        422
    );
    let before = told.version().await;
    told.press(&[("act", "accept")]).await;
    let answer = told.send("cover", &["3-4".to_owned()], &before).await;
    assert_eq!(answer.status, 409);
    let text = answer.text();
    let kept = text
        .split("<input")
        .find(|tag| tag.contains("value=\"3-4\""))
        .unwrap();
    assert!(
        kept.split('>').next().unwrap().contains("checked"),
        "{kept}"
    );
    assert_eq!(told.portal.case(&told.number).await.version, 2);
    // Whoever only reads the case has no tool.
    let grid = told.portal.staff("grid-xianggang").await;
    assert_eq!(told.portal.get_as(&grid, &told.tool()).await.status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_covers_a_photo_is_erased_with_it() {
    let told = told().await;
    let done = told
        .send("cover", &["1-1".to_owned()], &told.version().await)
        .await;
    assert_eq!(done.status, 303);
    let case = told.portal.case(&told.number).await;
    let store = &told.portal.desk.store;
    let cover = {
        let mut reading = store.read().await.unwrap();
        let events = reading.events(&case).await.unwrap();
        let words = events.last().unwrap().event.words.clone();
        words.unwrap().photos[0]
    };
    let there = async || {
        let found = store.blobs().get(cover, casework::PhotoSize::Full).await;
        found.unwrap().is_some()
    };
    assert!(there().await);
    assert!(store.erase_words(case.id, 1).await.unwrap());
    assert!(
        !there().await,
        "it shows all of the photo but what was covered"
    );
    let seen = told.photo(&told.secretary, "").await;
    assert_eq!(seen.status, 404);
}

/// What the review shows: what the public would get, and where the tool for it is.
#[tokio::test(flavor = "multi_thread")]
async fn a_review_shows_the_photos_as_the_public_will_get_them() {
    let told = told().await;
    let case = format!("/desk/cases/{}", told.number);
    let as_public = format!("{case}/public");
    let page = |target: String| {
        let (portal, secretary) = (&told.portal, &told.secretary);
        async move { portal.get_as(secretary, &target).await }
    };
    let shown = page(case.clone()).await.text();
    assert!(shown.contains("照片 1，公开的样子") && shown.contains(&as_public));
    let before = page(as_public.clone()).await;
    assert_eq!(before.status, 200, "{}", before.text());
    let before = before.text();
    assert!(before.contains("还没有公开") && before.contains("photos/1?whole"));
    assert!(
        before.contains(">反映时</p>"),
        "when it was taken: {before}"
    );

    let corners = ["8-9".to_owned(), "12-6".to_owned()];
    let done = told.send("keep", &corners, &told.version().await).await;
    assert_eq!(done.header("location"), format!("{case}?photo=keep"));
    let shown = page(format!("{case}?photo=keep")).await.text();
    assert!(shown.contains("照片裁好了") && !shown.contains("已记下"));
    assert!(shown.contains("公开的遮过或裁过"), "{shown}");
    let before = page(as_public.clone()).await.text();
    assert!(before.contains("photos/2?whole") && !before.contains("photos/1"));
    // What stands there opens, and is what the public will get.
    let target = format!("/cases/{}/photos/2?whole", told.number);
    assert_eq!(size(&page(target).await.body), (200, 160));

    let done = told.send("withhold", &[], &told.version().await).await;
    assert_eq!(done.header("location"), format!("{case}?photo=withhold"));
    let shown = page(case.clone()).await.text();
    assert!(!shown.contains("照片 1，公开的样子") && shown.contains(&told.tool()));
    let before = page(as_public.clone()).await.text();
    assert!(!before.contains("/photos/"), "{before}");

    // Whoever may not release has no such page, and whoever is not signed in is shown the way.
    let grid = told.portal.staff("grid-xianggang").await;
    assert_eq!(told.portal.get_as(&grid, &as_public).await.status, 403);
    assert_eq!(told.portal.get(&as_public).await.status, 303);
    assert_eq!(told.portal.case(&told.number).await.version, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_withheld_is_shown_again_as_it_was_and_no_more_of_it() {
    let told = told().await;
    let corners = ["8-9".to_owned(), "12-6".to_owned()];
    told.send("keep", &corners, &told.version().await).await;
    told.press(&[("act", "publish"), ("checked", "yes")]).await;
    let again = "重新公开这张照片";
    assert!(!told.form("").await.contains(again), "it is not withheld");
    let refused = told.send("show", &[], &told.version().await).await;
    assert_eq!(refused.status, 422);

    told.send("withhold", &[], &told.version().await).await;
    assert_eq!(told.photo("", "").await.status, 404);
    let page = told.form("").await;
    assert!(
        page.contains(again) && page.contains("photos/2?whole"),
        "{page}"
    );
    let done = told.send("show", &[], &told.version().await).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let seen = told.photo("", "").await;
    assert_eq!((seen.status, size(&seen.body)), (200, (200, 160)));

    // Withheld and then covered: what was cut off does not come back.
    told.send("withhold", &[], &told.version().await).await;
    let one = ["1-1".to_owned()];
    let done = told.send("cover", &one, &told.version().await).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let seen = told.photo("", "").await;
    assert_eq!((seen.status, size(&seen.body)), (200, (200, 160)));
    assert!(!shows_face(&seen.body));
}
