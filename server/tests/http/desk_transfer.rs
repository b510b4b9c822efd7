//! A case that goes to a body outside the city: to whom, by what right and until when, each in a field of
//! its own, and each where the case is read.

use domain::time::{Millis, date_text};
use serde_json::json;

use crate::desk::{done, press};
use crate::desk_api::{send, token};
use crate::portal::Portal;

const KEY: &str = "a-key-of-the-tests-of-transfers";
const PAYLOAD: &str = "<svg onload=window.__x=1>";

/// A day so many days from now, as a form has it.
fn day(portal: &Portal, days: i64) -> String {
    let at = portal.desk.now().plus(Millis::days(days));
    date_text(portal.desk.city.time.civil(at).date)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transfer_names_body_basis_and_day_and_all_of_it_is_read_where_the_case_is() {
    let portal = Portal::open().await;
    let filed = portal.file(KEY, json!({})).await;
    let number = filed.number;
    let station = portal.staff("station-unit-06").await;
    done(&portal, &station, &number, &[("act", "accept")]).await;

    // What is wrong stands beside its own field, and nothing that was typed is lost.
    let long = "某".repeat(61);
    let wrong = [
        ("act", "transfer_out"),
        ("destination", long.as_str()),
        ("basis", ""),
        ("until", "2026-13-01"),
        ("text", "请直接联系他们"),
    ];
    let answer = press(&portal, &station, &number, &wrong).await;
    assert_eq!(answer.status, 422);
    let page = answer.text();
    for field in ["destination", "basis", "until"] {
        let error = format!("id=\"do-transfer_out-{field}-error\"");
        assert!(page.contains(&error), "{field}: {page}");
    }
    assert!(page.contains(&format!("value=\"{long}\"")) && page.contains("value=\"2026-13-01\""));
    assert!(page.contains("请直接联系他们</textarea>"));
    // A department of the city's own is called: beside the field as well.
    let limit = day(&portal, 15);
    let own = [
        ("act", "transfer_out"),
        ("destination", "综合行政执法局"),
        ("basis", "职责清单"),
        ("until", limit.as_str()),
    ];
    let answer = press(&portal, &station, &number, &own).await;
    assert_eq!(answer.status, 422);
    assert!(
        answer.text().contains("这是本市自己的单位"),
        "{}",
        answer.text()
    );
    assert_eq!(portal.case(&number).await.version, 2);

    let body = format!("外单位{PAYLOAD}");
    let fields = [
        ("act", "transfer_out"),
        ("destination", body.as_str()),
        ("basis", "职责清单第三条"),
        ("until", limit.as_str()),
    ];
    done(&portal, &station, &number, &fields).await;
    let escaped = "外单位&lt;svg onload=window.__x=1&gt;";
    let sentence = "办理，依据职责清单第三条，最迟 ";
    let case = format!("/cases/{number}");
    let public = portal.get(&case).await.text();
    assert!(
        !public.contains("外单位"),
        "its words wait for their release"
    );
    assert!(public.contains("最迟答复"), "until when, everybody knows");
    portal.release(&number).await;
    let own = portal.track(&filed.code).await;
    let desk = format!("/desk{case}");
    for (who, target) in [
        ("", case.as_str()),
        (own.as_str(), "/track"),
        (station.as_str(), desk.as_str()),
    ] {
        let page = portal.get_as(who, target).await.text();
        assert!(
            page.contains(escaped) && page.contains(sentence),
            "{target}: {page}"
        );
        assert!(!page.contains("<svg onload"), "{target}");
    }
    // On the list of what waits, with body and day, and on nobody's of another community.
    let list = "/desk?list=elsewhere";
    let page = portal.get_as(&station, list).await.text();
    assert!(page.contains(&number) && page.contains(escaped), "{page}");
    assert!(page.contains("转出待答复") && !page.contains("<svg onload"));
    let elsewhere = portal.staff("secretary-huazhong").await;
    assert!(
        !portal
            .get_as(&elsewhere, list)
            .await
            .text()
            .contains(&number)
    );

    let answer = [("act", "relay_answer"), ("text", "对方已受理")];
    done(&portal, &station, &number, &answer).await;
    assert!(!portal.get_as(&station, list).await.text().contains(&number));
    let page = portal.get(&case).await.text();
    assert!(
        page.contains("对方已受理") && page.contains("已答复（最迟"),
        "{page}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_transfers_with_the_same_fields_and_reads_them_again() {
    let portal = Portal::open().await;
    let number = portal.file(KEY, json!({})).await.number;
    let station = token(
        &portal,
        "station-unit-06",
        &casework::account::token_verbs(),
    )
    .await;
    let bare = json!({ "command": "transfer_out", "version": 1, "text": "转给别人" });
    let answer = send(&portal, &station, &number, &bare).await;
    assert_eq!(answer.status, 422);
    let fields = answer.json()["fields"].clone();
    let wanted =
        ["destination", "basis", "until"].map(|it| json!({ "field": it, "error": "Missing" }));
    assert_eq!(fields, json!(wanted));
    let limit = day(&portal, 15);
    let whole = json!({
        "command": "transfer_out", "version": 1,
        "destination": "市外某机构", "basis": "职责清单第三条", "until": limit,
    });
    let answer = send(&portal, &station, &number, &whole).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let story = answer.json();
    let last = story["events"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        last["passed_on"],
        json!({ "to": "市外某机构", "basis": "职责清单第三条" })
    );
    assert!(last["due"].as_str().unwrap().contains('T'), "{last}");
    // Everybody reads of it what is released, and no more.
    let public = portal.get(&format!("/api/v1/cases/{number}")).await.json();
    let last = public["events"].as_array().unwrap().last().unwrap().clone();
    assert!(
        last["passed_on"].is_null() && last["due"].is_string(),
        "{last}"
    );
    let answer = json!({ "command": "relay_answer", "version": 2, "text": "对方已受理" });
    assert_eq!(send(&portal, &station, &number, &answer).await.status, 200);
}

/// Before a call is sent the form says until when the case itself is promised, and more plainly once a
/// later day was typed; it is taken all the same, and the case says so from then on.
#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_ends_after_the_case_is_warned_of_and_taken() {
    let portal = Portal::open().await;
    let number = portal.file(KEY, json!({})).await.number;
    let station = portal.staff("station-unit-06").await;
    done(&portal, &station, &number, &[("act", "accept")]).await;
    let desk = format!("/desk/cases/{number}");
    let plain = "给部门的时间可以更长，这个时限不跟着变";
    let warned = "选的日子比这一件的时限";
    let afterwards = "比这一件的时限（";
    let page = portal.get_as(&station, &desk).await.text();
    assert!(page.contains(plain) && !page.contains(warned), "{page}");
    let late = day(&portal, 90);
    let call = [
        ("act", "call"),
        ("class", "hard_problem"),
        ("lead", "enforcement-appearance"),
        ("due", "until"),
        ("until", late.as_str()),
        ("text", "清理"),
    ];
    // Shown back for another mistake, it says so.
    let answer = press(&portal, &station, &number, &call[..4]).await;
    assert!(answer.text().contains(plain), "{}", answer.text());
    let mut unpicked = call;
    unpicked[1] = ("class", "");
    let answer = press(&portal, &station, &number, &unpicked).await;
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains(warned), "{}", answer.text());
    done(&portal, &station, &number, &call).await;
    let page = portal.get_as(&station, &desk).await.text();
    assert!(page.contains(afterwards), "{page}");
    // While the department that leads works on it, the next step is its own.
    let officer = portal.staff("officer-enforcement-appearance").await;
    done(
        &portal,
        &officer,
        &number,
        &[("act", "report_in"), ("part", "1")],
    )
    .await;
    let page = portal.get(&format!("/cases/{number}")).await.text();
    assert!(page.contains("下一步：综合行政执法局"), "{page}");
}
