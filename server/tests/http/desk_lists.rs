//! The lists of the desk: what is found in them, by whom, and filters one comes back to.

use casework::act;
use domain::{access::Viewer, decide::Act, ids::PartyNo};
use serde_json::json;

use crate::portal::{Portal, encode};

const KEY: &str = "a-key-of-the-tests-of-the-lists";

#[tokio::test(flavor = "multi_thread")]
async fn filters_are_saved_for_oneself() {
    let portal = Portal::open().await;
    let (own, other) = (
        portal.staff("secretary-xianggang").await,
        portal.staff("station-unit-06").await,
    );
    let save = [
        ("act", "save-filter"),
        ("name", "\"><b>桥头"),
        ("query", "list=open&q=%E6%A1%A5%E5%A4%B4"),
    ];
    let answer = portal.post(&own, "/desk", &save).await;
    assert_eq!(answer.status, 303);
    let page = portal.get_as(&own, "/desk").await.text();
    assert!(
        page.contains("/desk?list=open&amp;q=%E6%A1%A5%E5%A4%B4"),
        "{page}"
    );
    assert!(!page.contains("<b>桥头"));
    assert!(!portal.get_as(&other, "/desk").await.text().contains("桥头"));
    portal
        .post(
            &own,
            "/desk",
            &[("act", "drop-filter"), ("name", "\"><b>桥头")],
        )
        .await;
    assert!(!portal.get_as(&own, "/desk").await.text().contains("桥头"));
}

/// What a secretary looks for is mostly not released yet; nobody finds by words they may not read.
#[tokio::test(flavor = "multi_thread")]
async fn open_cases_are_found_by_their_words_in_ones_own_scope_only() {
    let portal = Portal::open().await;
    let draft = json!({
        "description": "楼道里停了一辆婴儿车挡路",
        "place": { "address": "站前路8号" },
        "visibility": "public_without_detail",
    });
    let filed = portal.file(KEY, draft).await;
    let middle = filed.number.split('-').nth(1).unwrap().to_owned();
    let wanted = [
        "婴儿车",
        "站前路8号",
        middle.as_str(),
        filed.number.as_str(),
    ];
    let listed = async |who: &str, words: &str| {
        let target = format!("/desk?q={}", encode(words));
        let page = portal.get_as(who, &target).await.text();
        page.contains(&format!("/desk/cases/{}", filed.number))
    };
    let secretary = portal.staff("secretary-xianggang").await;
    for words in wanted {
        assert!(listed(&secretary, words).await, "{words}");
    }
    for no in ["婴儿床", "%", "_", "车", "\\"] {
        assert!(!listed(&secretary, no).await, "{no}");
    }
    for login in ["secretary-huazhong", "editor"] {
        let other = portal.staff(login).await;
        for words in &wanted[..2] {
            assert!(!listed(&other, words).await, "{login}: {words}");
        }
    }
}

/// What has ended is found too, and a further look back says where it began.
#[tokio::test(flavor = "multi_thread")]
async fn a_search_goes_back_through_what_has_ended() {
    let portal = Portal::open().await;
    let draft = json!({ "description": "桥洞下的旧沙发没人收", "visibility": "private" });
    let filed = portal.file(KEY, draft).await;
    let case = portal.case(&filed.number).await.id;
    let party = PartyNo::REPORTER;
    let reporter = Viewer::Party { case, party };
    act::act(&portal.desk, &reporter, case, None, Act::Withdraw)
        .await
        .unwrap();
    let (secretary, other) = (
        portal.staff("secretary-xianggang").await,
        portal.staff("secretary-huazhong").await,
    );
    let address = format!("/desk/cases/{}", filed.number);
    let target = format!("/desk?q={}", encode("旧沙发"));
    let page = portal.get_as(&secretary, &target).await.text();
    assert!(page.contains(&address), "{page}");
    assert!(!page.contains("id=\"looked\""), "all of it in one look");
    let page = portal.get_as(&other, &target).await.text();
    assert!(!page.contains(&address) && !page.contains("id=\"looked\""));
    // Before that day there is nothing, and the page says that it looked no later.
    let further = format!("{target}&back=2020-01-01");
    let page = portal.get_as(&secretary, &further).await.text();
    assert!(!page.contains(&address), "{page}");
    assert!(page.contains("再往前没有了"), "{page}");
    for odd in ["0000-00-00", "9999-12-31", "%22%3E%3Cb%3E", "x"] {
        let answer = portal
            .get_as(&secretary, &format!("{target}&back={odd}"))
            .await;
        assert_eq!(answer.status, 200, "{odd}");
    }
}

/// A list turns red for whoever can do something about it: a grid officer releases nothing.
#[tokio::test(flavor = "multi_thread")]
async fn what_waits_for_a_release_is_not_late_for_whoever_releases_nothing() {
    let portal = Portal::open().await;
    let told = json!({ "category": "published-error" });
    let number = portal.file(KEY, told).await.number;
    let (secretary, grid) = (
        portal.staff("secretary-xianggang").await,
        portal.staff("grid-xianggang").await,
    );
    let listed = async |who: &str| {
        let page = portal.get_as(who, "/desk").await.text();
        page.contains(&format!("/desk/cases/{number}"))
    };
    assert!(listed(&secretary).await && listed(&grid).await);
    // Done and checked: what is left is the release of its words.
    let press = async |who: &str, fields: &[(&str, &str)]| {
        let version = portal.case(&number).await.version.to_string();
        let fields = [fields, &[("version", version.as_str())]].concat();
        let target = format!("/desk/cases/{number}");
        let answer = portal.post(who, &target, &fields).await;
        assert_eq!(answer.status, 303, "{fields:?}: {}", answer.text());
    };
    let station = portal.staff("station-unit-06").await;
    press(&secretary, &[("act", "take")]).await;
    let done = [
        ("act", "resolve"),
        ("outcome", "solved"),
        ("text", "已改好"),
    ];
    press(&secretary, &done).await;
    press(&station, &[("act", "verify"), ("method", "on_evidence")]).await;
    press(&station, &[("act", "close")]).await;
    let case = portal.case(&number).await;
    let running = case.clocks.iter().filter(|clock| clock.is_running());
    let running: Vec<_> = running.map(|clock| clock.stage.as_str()).collect();
    assert_eq!(running, ["release"]);
    assert!(listed(&secretary).await);
    assert!(!listed(&grid).await);
}

/// A search is marked among the lists, and what narrows one down is taken away by one link.
#[tokio::test(flavor = "multi_thread")]
async fn a_search_is_marked_and_can_be_cleared() {
    let portal = Portal::open().await;
    portal.file(KEY, json!({})).await;
    let secretary = portal.staff("secretary-xianggang").await;
    let marked = async |target: &str| {
        let page = portal.get_as(&secretary, target).await.text();
        let tabs = page.split("class=\"tabs\">").nth(1).unwrap();
        let tabs = tabs.split("</nav>").next().unwrap();
        let mark = "aria-current=\"page\">";
        assert_eq!(tabs.matches(mark).count(), 1, "{target}: {tabs}");
        let name = tabs.split(mark).nth(1).unwrap().split('<').next().unwrap();
        let clear = page.split("\" class=\"clear\"").next();
        let clear = clear.filter(|before| before.len() < page.len());
        let clear = clear.map(|before| before.rsplit('"').next().unwrap().to_owned());
        (name.trim().to_owned(), clear)
    };
    let words = encode("盲道");
    let all = |clear: &str| Some(clear.to_owned());
    for (target, name, clear) in [
        ("/desk".to_owned(), "我的待办", None),
        (format!("/desk?q={words}"), "找到的", all("/desk?list=mine")),
        (
            format!("/desk?list=open&q={words}"),
            "全部在办",
            all("/desk?list=open"),
        ),
        (
            "/desk?category=street-order&list=mine".to_owned(),
            "我的待办",
            all("/desk?list=mine"),
        ),
    ] {
        assert_eq!(marked(&target).await, (name.to_owned(), clear), "{target}");
    }
    // Lists that hold nothing take no room.
    let page = portal.get_as(&secretary, "/desk").await.text();
    assert!(!page.contains("href=\"/desk?list=checks\""), "{page}");
    let page = portal.get_as(&secretary, "/desk?list=checks").await.text();
    assert!(page.contains("href=\"/desk?list=checks\""), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filter_that_cannot_be_saved_says_why_beside_its_name() {
    let portal = Portal::open().await;
    let own = portal.staff("secretary-xianggang").await;
    let query = "list=open&q=%E6%A1%A5%E5%A4%B4";
    let target = format!("/desk?{query}");
    let save = async |name: &str| {
        let fields = [("act", "save-filter"), ("name", name), ("query", query)];
        portal.post(&own, &target, &fields).await
    };
    let told = save("  ").await;
    let text = told.text();
    assert_eq!(told.status, 422);
    assert!(
        text.contains("<p id=\"filter-name-error\" class=\"error\">先起个名字</p>"),
        "{text}"
    );
    // The list that was narrowed down is there still, and so is the form.
    assert!(text.contains("value=\"桥头\"") && text.contains("href=\"#filter-name\""));
    for no in 0..20 {
        assert_eq!(save(&format!("第{no}个")).await.status, 303);
    }
    let told = save("再来一个").await;
    assert_eq!(told.status, 422);
    let text = told.text();
    assert!(text.contains("最多存 20 个") && text.contains("value=\"再来一个\""));
    // One of the same name takes the place of the other.
    assert_eq!(save("第3个").await.status, 303);
    let page = portal.get_as(&own, "/desk").await.text();
    assert_eq!(page.matches("value=\"drop-filter\"").count(), 20);
}
