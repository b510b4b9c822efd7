//! Letters to residents (security.md F3, G6): through a real SMTP sink and a real HTTP receiver, at
//! least once with the same id, never too many, never what a case is about; and a lost receipt code.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use app::letters::Letterbox;
use domain::time::Millis;
use serde_json::json;
use server::couriers::Couriers;
use server::settings::Settings;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::portal::{COMMUNITY, Portal, fields};
use crate::receiver::{Receiver, SECRET};

const KEY: &str = "a-key-of-the-tests-of-letters";
const PHONE: &str = "13812345678";

fn to_gateway(receiver: &Receiver) -> Couriers {
    let flags = [
        ("gateway_url", receiver.url.as_str()),
        ("gateway_secret", SECRET),
    ];
    Couriers::open(&Settings::for_tests(&flags).unwrap(), None).unwrap()
}

/// Lets the followers come to the end of the log, then brings what is due.
async fn round(portal: &Portal, couriers: &Couriers) -> usize {
    let end = portal.desk.store.log_position();
    for _ in 0..200 {
        let mut reading = portal.desk.store.read().await.unwrap();
        if reading.cursor("tell").await.unwrap() >= end {
            break;
        }
        drop(reading);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    couriers
        .round(&portal.desk, "https://city.example")
        .await
        .unwrap()
}

async fn press(portal: &Portal, who: &str, number: &str, fields: &[(&str, &str)]) {
    let version = portal.case(number).await.version.to_string();
    let fields = [fields, &[("version", version.as_str())]].concat();
    let answer = portal
        .post(who, &format!("/desk/cases/{number}"), &fields)
        .await;
    assert_eq!(answer.status, 303, "{fields:?}: {}", answer.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_left_a_number_is_told_and_nothing_of_the_case_stands_in_it() {
    let portal = Portal::open().await;
    let receiver = Receiver::start().await;
    let couriers = to_gateway(&receiver);
    let told = portal
        .file(KEY, json!({ "contact": { "phone": PHONE } }))
        .await;
    let untold = portal.file(&format!("{KEY}-2"), json!({})).await;
    let silent = json!({ "category": "family-violence", "visibility": "private", "contact": { "phone": "13900000000" } });
    let silent = portal.file(&format!("{KEY}-3"), silent).await;
    let secretary = portal.staff("secretary-xianggang").await;
    for number in [&told.number, &untold.number, &silent.number] {
        press(&portal, &secretary, number, &[("act", "accept")]).await;
    }
    assert_eq!(round(&portal, &couriers).await, 1);
    let got = receiver.got();
    assert_eq!(got.len(), 1, "{got:?}");
    let body = &got[0].1;
    assert_eq!(
        (body["to"].as_str(), body["about"].as_str()),
        (Some(PHONE), Some("accepted"))
    );
    let text = body["text"].as_str().unwrap();
    assert!(
        text.contains(&told.number) && text.contains("https://city.example/track"),
        "{text}"
    );
    assert!(
        !text.contains("摊位") && !text.contains("盲道") && !text.contains(&told.code),
        "{text}"
    );
    // Told once.
    assert_eq!(round(&portal, &couriers).await, 0);
}

/// Merging merges no people: each is told of it, and of what becomes of the case theirs goes on in.
#[tokio::test(flavor = "multi_thread")]
async fn the_people_of_a_merged_case_are_told_what_becomes_of_it() {
    let portal = Portal::open().await;
    let receiver = Receiver::start().await;
    let couriers = to_gateway(&receiver);
    let told = json!({ "category": "published-error", "contact": { "phone": PHONE } });
    let merged = portal.file(KEY, told).await.number;
    let told = json!({ "category": "published-error" });
    let into = portal.file(&format!("{KEY}-2"), told).await.number;
    let secretary = portal.staff("secretary-xianggang").await;
    let merge = [("act", "merge"), ("into", &into), ("text", "同一处")];
    press(&portal, &secretary, &merged, &merge).await;
    assert_eq!(round(&portal, &couriers).await, 1);
    press(&portal, &secretary, &into, &[("act", "take")]).await;
    let done = [
        ("act", "resolve"),
        ("outcome", "solved"),
        ("text", "改好了"),
    ];
    press(&portal, &secretary, &into, &done).await;
    round(&portal, &couriers).await;
    let got = receiver.got();
    let about: Vec<_> = got.iter().map(|(_, body)| body["about"].clone()).collect();
    // What comes together is one letter, of the last.
    assert_eq!(about, ["merged", "resolved"], "{got:?}");
    for (_, body) in &got {
        let text = body["text"].as_str().unwrap();
        assert_eq!(body["to"], PHONE);
        assert!(text.contains(&merged) && !text.contains(&into), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_gateway_did_not_take_comes_again_with_the_same_id() {
    let portal = Portal::open().await;
    let receiver = Receiver::start().await;
    let couriers = to_gateway(&receiver);
    let told = portal
        .file(KEY, json!({ "contact": { "phone": PHONE } }))
        .await;
    let secretary = portal.staff("secretary-xianggang").await;
    press(&portal, &secretary, &told.number, &[("act", "accept")]).await;
    receiver.answers.lock().unwrap().push(500);
    round(&portal, &couriers).await;
    assert_eq!(round(&portal, &couriers).await, 0, "not at once");
    portal.fresh.clock.advance(Millis::minutes(2));
    assert_eq!(round(&portal, &couriers).await, 1);
    let got = receiver.got();
    assert_eq!(got.len(), 2);
    assert_eq!(got[0].1["id"], got[1].1["id"]);
    portal.fresh.clock.advance(Millis::hours(2));
    assert_eq!(round(&portal, &couriers).await, 0);

    // A crash between sending and writing that down: it comes again, with the same id.
    press(
        &portal,
        &secretary_again(&portal).await,
        &told.number,
        &[("act", "take")],
    )
    .await;
    press(
        &portal,
        &secretary_again(&portal).await,
        &told.number,
        &[("act", "ask"), ("text", "在几楼？")],
    )
    .await;
    let before = receiver.got().len();
    wait_for_jobs(&portal).await;
    let due = casework::tell::due(&portal.desk).await.unwrap();
    assert_eq!(due.len(), 1);
    couriers
        .bring(&portal.desk, &due[0].letter, "https://city.example")
        .await
        .unwrap();
    portal.fresh.clock.advance(Millis::minutes(6));
    assert_eq!(round(&portal, &couriers).await, 1);
    let got = receiver.got();
    assert_eq!(got.len(), before + 2);
    assert_eq!(got[before].1["id"], got[before + 1].1["id"]);
}

async fn secretary_again(portal: &Portal) -> String {
    portal.staff("secretary-xianggang").await
}

async fn wait_for_jobs(portal: &Portal) {
    let end = portal.desk.store.log_position();
    for _ in 0..200 {
        let mut reading = portal.desk.store.read().await.unwrap();
        if reading.cursor("tell").await.unwrap() >= end {
            return;
        }
        drop(reading);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobodys_phone_rings_all_day() {
    let portal = Portal::open().await;
    let receiver = Receiver::start().await;
    let couriers = to_gateway(&receiver);
    let secretary = portal.staff("secretary-xianggang").await;
    for n in 0..8 {
        let told = json!({ "contact": { "phone": PHONE } });
        let filed = portal.file(&format!("{KEY}-{n}"), told).await;
        press(&portal, &secretary, &filed.number, &[("act", "accept")]).await;
        round(&portal, &couriers).await;
        portal.fresh.clock.advance(Millis::seconds(5));
    }
    assert_eq!(receiver.got().len(), 2, "two pieces of news an hour");
    portal.fresh.clock.advance(Millis::hours(1));
    round(&portal, &couriers).await;
    assert!(receiver.got().len() > 2, "the rest comes later");
}

/// A letter that comes too late would only be a riddle.
#[tokio::test(flavor = "multi_thread")]
async fn a_one_time_code_that_is_over_is_not_sent() {
    let portal = Portal::open().await;
    let receiver = Receiver::start().await;
    let couriers = to_gateway(&receiver);
    let told = json!({ "contact": { "phone": PHONE } });
    let filed = portal.file(KEY, told).await;
    for (wait, expected) in [(31, 0), (29, 1)] {
        let spaced = format!("{}-{}", &PHONE[..3], &PHONE[3..]);
        let form = [
            ("act", "ask"),
            ("number", filed.number.as_str()),
            ("address", spaced.as_str()),
        ];
        assert!(portal.post("", "/track/lost", &form).await.status < 400);
        portal.fresh.clock.advance(Millis::minutes(wait));
        couriers.round(&portal.desk, "").await.unwrap();
        assert_eq!(receiver.got().len(), expected, "after {wait} minutes");
    }
}

/// What comes together counts together.
#[tokio::test(flavor = "multi_thread")]
async fn one_round_brings_nobody_more_than_their_share() {
    let portal = Portal::open().await;
    let receiver = Receiver::start().await;
    let couriers = to_gateway(&receiver);
    let secretary = portal.staff("secretary-xianggang").await;
    for n in 0..6 {
        let told = json!({ "contact": { "phone": PHONE } });
        let filed = portal.file(&format!("{KEY}-{n}"), told).await;
        press(&portal, &secretary, &filed.number, &[("act", "accept")]).await;
    }
    round(&portal, &couriers).await;
    assert_eq!(receiver.got().len(), 2);
    for _ in 0..2 {
        portal.fresh.clock.advance(Millis::hours(1));
        round(&portal, &couriers).await;
    }
    assert_eq!(receiver.got().len(), 6, "none is lost");
}

/// "Done, is it?" does not wait behind two pieces of news; and it takes those of its own case with it,
/// which would be told after it else. Three an hour are the most there ever are.
#[tokio::test(flavor = "multi_thread")]
async fn what_asks_something_does_not_wait_behind_news() {
    let portal = Portal::open().await;
    let receiver = Receiver::start().await;
    let couriers = to_gateway(&receiver);
    let secretary = portal.staff("secretary-xianggang").await;
    let about = || -> Vec<String> {
        let got = receiver.got().into_iter();
        got.map(|(_, body)| body["about"].as_str().unwrap().to_owned())
            .collect()
    };
    let next = async || {
        round(&portal, &couriers).await;
        portal.fresh.clock.advance(Millis::seconds(5));
    };
    let mut filed = Vec::new();
    for n in 0..5 {
        let told = json!({ "category": "published-error", "contact": { "phone": PHONE } });
        let number = portal.file(&format!("{KEY}-{n}"), told).await.number;
        press(&portal, &secretary, &number, &[("act", "accept")]).await;
        next().await;
        filed.push(number);
    }
    assert_eq!(about(), ["accepted"; 2], "the news of three wait");
    let done = [
        ("act", "resolve"),
        ("outcome", "solved"),
        ("text", "改好了"),
    ];
    // The first is one of those that wait.
    for n in [3, 0, 1, 2] {
        press(&portal, &secretary, &filed[n], &[("act", "take")]).await;
        press(&portal, &secretary, &filed[n], &done).await;
        next().await;
    }
    assert_eq!(about()[2..], ["resolved"], "and the others wait");
    let text = receiver.got()[2].1["text"].as_str().unwrap().to_owned();
    assert!(text.contains(&filed[3]), "{text}");
    for _ in 0..3 {
        portal.fresh.clock.advance(Millis::hours(1));
        round(&portal, &couriers).await;
    }
    let mut later = about()[3..].to_vec();
    later.sort();
    assert_eq!(
        later,
        ["accepted", "resolved", "resolved", "resolved"],
        "of the fifth, and of the first three"
    );
}

/// A question that waits is what the letter says, whatever happened after it.
#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_not_lost_behind_what_came_after() {
    let portal = Portal::open().await;
    let receiver = Receiver::start().await;
    let couriers = to_gateway(&receiver);
    let told = json!({ "category": "published-error", "contact": { "phone": PHONE } });
    let number = portal.file(KEY, told).await.number;
    let secretary = portal.staff("secretary-xianggang").await;
    let ask = [("act", "ask"), ("text", "哪一页？")];
    let call = [
        ("act", "call"),
        ("class", "hard_problem"),
        ("lead", "office-data"),
        ("due", "policy"),
        ("text", "请协助"),
    ];
    for step in [&[("act", "accept")][..], &ask, &call] {
        press(&portal, &secretary, &number, step).await;
    }
    assert_eq!(round(&portal, &couriers).await, 1);
    assert_eq!(receiver.got()[0].1["about"], "asked");
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_goes_by_smtp_and_reaches_the_sink_whole() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let mails = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&mails);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let mail = sink(stream).await;
            kept.lock().unwrap().push(mail);
        }
    });
    let portal = Portal::open().await;
    let flags = [
        ("smtp_url", url.as_str()),
        ("mail_from", "回音 <echo@city.example>"),
    ];
    let couriers = Couriers::open(&Settings::for_tests(&flags).unwrap(), None).unwrap();
    let told = portal
        .file(KEY, json!({ "contact": { "email": "li.na@example.org" } }))
        .await;
    let secretary = portal.staff("secretary-xianggang").await;
    press(&portal, &secretary, &told.number, &[("act", "accept")]).await;
    assert_eq!(round(&portal, &couriers).await, 1);
    let mail = mails.lock().unwrap().pop().expect("a mail");
    assert!(mail.contains("RCPT TO:<li.na@example.org>"), "{mail}");
    assert!(
        mail.contains("Message-ID: <") && mail.contains("@city.example>"),
        "{mail}"
    );
    assert_eq!(round(&portal, &couriers).await, 0);
}

/// As much of SMTP (RFC 5321) as a sink needs; answers with all that was said.
async fn sink(stream: TcpStream) -> String {
    let mut stream = BufReader::new(stream);
    let mut said = String::new();
    stream.get_mut().write_all(b"220 sink\r\n").await.unwrap();
    let mut in_data = false;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
            return said;
        }
        said.push_str(&line);
        let answer: &[u8] = if in_data {
            if line != ".\r\n" {
                continue;
            }
            in_data = false;
            b"250 kept\r\n"
        } else if line.starts_with("DATA") {
            in_data = true;
            b"354 go on\r\n"
        } else if line.starts_with("QUIT") {
            b"221 bye\r\n"
        } else {
            b"250 ok\r\n"
        };
        let quit = line.starts_with("QUIT");
        stream.get_mut().write_all(answer).await.unwrap();
        if quit {
            return said;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_code_of_a_proxy_filing_goes_to_the_resident_and_to_no_screen_of_staff() {
    let portal = Portal::open().await;
    let receiver = Receiver::start().await;
    let grid = portal.staff("grid-xianggang").await;
    let mut filing = vec![
        ("category", "decoration-waste"),
        ("community", COMMUNITY),
        ("description", "楼下堆着装修垃圾，没有人清。"),
        ("filer", "proxy"),
        ("key", KEY),
    ];
    // Without consent, or without a way to the resident, nothing is filed.
    let answer = portal.post(&grid, "/desk/file", &filing).await;
    assert_eq!(answer.status, 422);
    assert!(
        answer.text().contains("写明居民是怎么同意的"),
        "{}",
        answer.text()
    );
    assert!(
        answer.text().contains("要留一个能收到查询码的"),
        "{}",
        answer.text()
    );
    filing.extend([("consent", "in_person"), ("phone", PHONE)]);
    let unreachable = portal.post(&grid, "/desk/file", &filing).await;
    assert_eq!(unreachable.status, 422, "no courier is set up");

    let mut portal = portal;
    let flags = [
        ("gateway_url", receiver.url.as_str()),
        ("gateway_secret", SECRET),
    ];
    portal.set_anew(&flags).await;
    let filed = portal.post(&grid, "/desk/file", &filing).await;
    assert_eq!(filed.status, 303, "{}", filed.text());
    let shown = portal.get_as(&grid, filed.header("location")).await.text();
    let mut got = Vec::new();
    for _ in 0..100 {
        got = receiver.got();
        if !got.is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let body = &got[0].1;
    assert_eq!(
        (body["to"].as_str(), body["about"].as_str()),
        (Some(PHONE), Some("receipt"))
    );
    let text = body["text"].as_str().unwrap();
    // In groups, as on a receipt.
    let words: Vec<&str> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .collect();
    let mut groups = words.windows(5);
    let groups = groups.find(|groups| groups.iter().map(|it| it.len()).eq([5, 5, 5, 5, 1]));
    let code = groups.expect("a receipt code").concat();
    assert!(!shown.contains(&code));
    // It opens the case for the resident, who alone may judge.
    let own = portal.track(&code).await;
    assert!(
        portal
            .get_as(&own, "/track")
            .await
            .text()
            .contains("装修垃圾")
    );
    // Kept is neither the code nor the number in clear.
    let number = filed
        .header("location")
        .split('=')
        .nth(1)
        .unwrap()
        .to_owned();
    assert!(portal.case(&number).await.judged_by_resident());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_code_is_replaced_by_a_one_time_code_to_the_address_that_was_left() {
    let mut portal = Portal::open().await;
    let told = portal
        .file(KEY, json!({ "contact": { "phone": PHONE } }))
        .await;
    let other = portal.file(&format!("{KEY}-2"), json!({})).await;
    let letterbox = Arc::new(Letterbox::default());
    let couriers = Couriers::open(
        &Settings::for_tests(&[]).unwrap(),
        Some(Arc::clone(&letterbox)),
    )
    .unwrap();
    portal
        .set_anew(&[
            ("lookups_per_minute", "1000"),
            ("lookups_per_second", "1000"),
        ])
        .await;
    let ask = async |number: &str, address: &str| {
        let fields = [("act", "ask"), ("number", number), ("address", address)];
        portal.post("", "/track/lost", &fields).await
    };
    // The same answer whether they belong together or not.
    let right = ask(&told.number, "138 1234 5678").await;
    let wrong = ask(&told.number, "13900000000").await;
    let nobody = ask(&other.number, PHONE).await;
    assert_eq!([right.status, wrong.status, nobody.status], [200; 3]);
    let same =
        |text: String, number: &str, address: &str| text.replace(number, "*").replace(address, "*");
    assert_eq!(
        same(right.text(), &told.number, "138 1234 5678"),
        same(wrong.text(), &told.number, "13900000000"),
    );
    assert_eq!(
        same(right.text(), &told.number, "138 1234 5678"),
        same(nobody.text(), &other.number, PHONE),
    );
    couriers
        .round(&portal.desk, "https://city.example")
        .await
        .unwrap();
    let letters = letterbox.look();
    assert_eq!(letters.len(), 1);
    let text = &letters[0].text;
    let code = text
        .split(|c: char| !c.is_ascii_digit())
        .find(|digits| digits.len() == 8)
        .expect("a one-time code")
        .to_owned();
    let enter = async |address: &str, code: &str| {
        let fields = [
            ("act", "use"),
            ("number", told.number.as_str()),
            ("address", address),
            ("code", code),
        ];
        portal.post("", "/track/lost", &fields).await
    };
    assert_eq!(enter("13900000000", &code).await.status, 422);
    assert_eq!(enter(PHONE, "00000000").await.status, 422);
    let done = enter(PHONE, &code).await;
    assert_eq!(
        (done.status, done.header("location")),
        (303, "/whistle/receipt")
    );
    let receipt = portal
        .get_as(&done.cookie(), "/whistle/receipt")
        .await
        .text();
    assert!(receipt.contains(&told.number), "{receipt}");
    // Once; and the lost code opens nothing any more.
    assert_eq!(enter(PHONE, &code).await.status, 422);
    let old = portal
        .post("", "/track", &[("code", told.code.as_str())])
        .await;
    assert_eq!(old.status, 422);

    // Five wrong tries end a code, and three codes an hour are enough.
    for _ in 0..4 {
        ask(&told.number, PHONE).await;
        portal.fresh.clock.advance(Millis::seconds(1));
        couriers.round(&portal.desk, "").await.unwrap();
    }
    assert_eq!(letterbox.look().len(), 3);
    let latest = letterbox.look()[0].text.clone();
    let code = latest
        .split(|c: char| !c.is_ascii_digit())
        .find(|digits| digits.len() == 8)
        .expect("a one-time code")
        .to_owned();
    for _ in 0..5 {
        assert_eq!(enter(PHONE, "11111111").await.status, 422);
    }
    assert_eq!(enter(PHONE, &code).await.status, 422, "tried too often");
    // A form that is wrong says where, and keeps what was typed.
    let bad = ask("12", "").await;
    assert_eq!(bad.status, 422);
    assert_eq!(fields(&bad.text(), "number"), ["12"]);
}
