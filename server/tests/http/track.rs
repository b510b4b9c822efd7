//! Following one's own case: how long a session lasts, and that nothing typed is lost on the way.

use casework::{act, people, staffing::Staffing};
use domain::{
    access::Role,
    case::Case,
    decide::{Act, Command},
    event::{Fact, Words},
    reference::{CaseNumber, ReceiptCode},
    time::Millis,
    visibility::Visibility,
};
use serde_json::json;

use crate::portal::{Answer, COMMUNITY, Portal, Receipt, fields, picture};

const KEY: &str = "a-key-of-the-tracking-tests";
const MORE: &str = "今天早上又多了一堆，在路东";
const EXPIRED: &str = "半小时没有动过";
const MOVED: &str = "这期间的变化";

/// The form with the button of this act, as the page has it.
fn form_of(page: &Answer, verb: &str) -> String {
    let html = page.text();
    let button = html.find(&format!("value=\"{verb}\""));
    let button = button.unwrap_or_else(|| panic!("no {verb} on {html}"));
    let start = html[..button]
        .rfind("<form")
        .expect("a button stands in a form");
    html[start..button].to_owned()
}

/// What the form of this act bears besides what is typed.
fn bears(page: &Answer, verb: &str) -> Vec<(String, String)> {
    let form = form_of(page, verb);
    let mut pairs = vec![("act".to_owned(), verb.to_owned())];
    for name in ["number", "version", "key", "offered", "staged"] {
        let values = fields(&form, name);
        pairs.extend(values.into_iter().map(|value| (name.to_owned(), value)));
    }
    pairs
}

/// What the form that asks for the code carries along.
fn carries(page: &Answer) -> Vec<(String, String)> {
    let names = [
        "number",
        "then",
        "key",
        "version",
        "stars",
        "visibility",
        "offered",
        "staged",
    ];
    let html = page.text();
    let mut pairs = Vec::new();
    for name in names {
        let values = fields(&html, name);
        pairs.extend(values.into_iter().map(|value| (name.to_owned(), value)));
    }
    if let Some(text) = typed_in(&html) {
        pairs.push(("text".to_owned(), text));
    }
    pairs
}

/// What stands in the text field that the page gave back.
fn typed_in(html: &str) -> Option<String> {
    let field = &html[html.find("<textarea id=\"text\"")?..];
    let field = &field[field.find('>')? + 1..];
    Some(field[..field.find("</textarea>")?].trim().to_owned())
}

/// Posts these pairs and photos.
async fn send(
    portal: &Portal,
    cookie: &str,
    pairs: &[(String, String)],
    photos: &[&[u8]],
) -> Answer {
    let mut body = Vec::new();
    for (name, value) in pairs {
        let part =
            format!("--cut\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    for photo in photos {
        let part = "--cut\r\nContent-Disposition: form-data; name=\"photos\"; filename=\"a.png\"\r\n\
                    Content-Type: image/png\r\n\r\n";
        body.extend_from_slice(part.as_bytes());
        body.extend_from_slice(photo);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--cut--\r\n");
    let cookie = format!("Cookie: {cookie}");
    let kind = "Content-Type: multipart/form-data; boundary=cut";
    portal.ask("POST", "/track", &[&cookie, kind], &body).await
}

fn with(mut pairs: Vec<(String, String)>, name: &str, value: &str) -> Vec<(String, String)> {
    pairs.retain(|(known, _)| known != name);
    pairs.push((name.to_owned(), value.to_owned()));
    pairs
}

/// Words and number of photos of what was added to a case, in order.
async fn added(portal: &Portal, number: &str) -> Vec<(String, usize)> {
    let case = portal.case(number).await;
    let mut reading = portal.desk.store.read().await.expect("a reading");
    let events = reading.events(&case).await.expect("its events");
    let told = events.iter().filter_map(|recorded| {
        let more = matches!(recorded.event.fact, Fact::InformationAdded { .. });
        let words = recorded.event.words.as_ref().filter(|_| more)?;
        Some((words.text.clone().unwrap_or_default(), words.photos.len()))
    });
    told.collect()
}

async fn open() -> (Portal, Receipt, String) {
    let portal = Portal::open().await;
    let filed = portal.file(KEY, json!({})).await;
    let own = portal.track(&filed.code).await;
    (portal, filed, own)
}

fn wait(portal: &Portal, minutes: i64) {
    portal.fresh.clock.advance(Millis::minutes(minutes));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_lasts_while_it_is_used_and_half_an_hour_more() {
    let portal = Portal::open().await;
    let filed = portal.file(KEY, json!({})).await;
    let answer = portal.post("", "/track", &[("code", &filed.code)]).await;
    let set = answer.header("set-cookie").to_owned();
    // No age of its own: the browser forgets it when it is closed, and never before.
    assert!(
        !set.contains("Max-Age") && !set.contains("Expires"),
        "{set}"
    );
    assert!(
        set.contains("HttpOnly") && set.contains("SameSite=Lax"),
        "{set}"
    );
    let own = answer.cookie();
    for _ in 0..6 {
        wait(&portal, 20);
        let page = portal.get_as(&own, "/track").await;
        assert!(page.text().contains(&filed.number), "two hours of use");
        assert!(page.header("set-cookie").is_empty(), "nothing to renew");
    }
    wait(&portal, 31);
    for (lang, sentence) in [
        ("zh-Hans", EXPIRED),
        ("zh-Hant", "半小時沒有動過"),
        ("en", "You were away for half an hour"),
    ] {
        let page = portal.get_as(&own, &format!("/track?lang={lang}")).await;
        assert_eq!(page.status, 200);
        assert!(page.text().contains(sentence), "{}", page.text());
        assert!(page.text().contains("name=\"code\""));
        assert!(!page.text().contains(&filed.number));
    }
    // Who leaves takes the cookie along, and the session is over at once.
    let again = portal.track(&filed.code).await;
    let left = portal.post(&again, "/track", &[("act", "leave")]).await;
    assert!(left.header("set-cookie").contains("Max-Age=0"));
    let page = portal.get_as(&again, "/track").await;
    assert!(!page.text().contains(&filed.number));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_when_the_time_ran_out_is_there_again_after_the_code() {
    let (portal, filed, own) = open().await;
    let page = portal.get_as(&own, "/track").await;
    let typed = with(bears(&page, "add_information"), "text", MORE);
    wait(&portal, 31);

    let (good, none) = (picture(40, ""), b"no photo at all".to_vec());
    let back = send(&portal, &own, &typed, &[&good, &none]).await;
    assert_eq!(back.status, 422);
    let html = back.text();
    assert!(html.contains(EXPIRED), "{html}");
    assert!(html.contains(&filed.number), "whose code is asked");
    assert_eq!(typed_in(&html).as_deref(), Some(MORE));
    assert_eq!(fields(&html, "staged").len(), 1, "the good photo waits");
    assert!(html.contains("这个文件读不出来"), "the other is named");
    assert!(added(&portal, &filed.number).await.is_empty());

    // A mistyped code, one that nobody has: all the same it is there.
    let mut kept = carries(&back);
    let unknown = ReceiptCode::from_mac(&[9; 32]).digits();
    for code in ["", "123", "000000000000000000000", unknown.as_str()] {
        let back = send(&portal, "", &with(kept, "code", code), &[]).await;
        assert_eq!(back.status, 422, "{code}");
        kept = carries(&back);
        let html = back.text();
        assert_eq!(typed_in(&html).as_deref(), Some(MORE), "{code}");
        assert_eq!(fields(&html, "staged").len(), 1, "{code}");
    }

    let opened = send(&portal, "", &with(kept, "code", &filed.code), &[]).await;
    assert_eq!(opened.status, 200);
    let own = opened.cookie();
    assert!(own.starts_with("track="), "{own}");
    assert_eq!(typed_in(&opened.text()).as_deref(), Some(MORE));
    assert!(opened.text().contains("还没有发出"));
    assert!(
        added(&portal, &filed.number).await.is_empty(),
        "not sent yet"
    );

    let pairs = with(bears(&opened, "add_information"), "text", MORE);
    let done = send(&portal, &own, &pairs, &[]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    assert_eq!(added(&portal, &filed.number).await, [(MORE.to_owned(), 1)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_choice_is_kept_like_words() {
    let (portal, filed, own) = open().await;
    let page = portal.get_as(&own, "/track").await;
    let private = Visibility::Private.as_str();
    let typed = with(bears(&page, "change_visibility"), "visibility", private);
    wait(&portal, 31);
    let back = send(&portal, &own, &typed, &[]).await;
    assert_eq!(back.status, 422);
    let kept = with(carries(&back), "code", &filed.code);
    let opened = send(&portal, "", &kept, &[]).await;
    let form = form_of(&opened, "change_visibility");
    let at = form.find("value=\"private\"").expect("the choice");
    let radio = &form[at..at + form[at..].find('>').expect("its end")];
    assert!(radio.contains("checked"), "{radio}");
    let case = portal.case(&filed.number).await;
    assert_eq!(case.visibility, Visibility::Public, "not sent yet");
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_codes_lose_nothing_either() {
    let flags = [("lookups_per_minute", "2")];
    let portal = Portal::set(&flags, false).await;
    let filed = portal.file(KEY, json!({})).await;
    let own = portal.track(&filed.code).await;
    let page = portal.get_as(&own, "/track").await;
    let typed = with(bears(&page, "add_information"), "text", MORE);
    wait(&portal, 31);
    let mut back = send(&portal, &own, &typed, &[&picture(41, "")]).await;
    let (mut last, unknown) = (422, ReceiptCode::from_mac(&[9; 32]).digits());
    for _ in 0..4 {
        let kept = with(carries(&back), "code", &unknown);
        back = send(&portal, "", &kept, &[]).await;
        last = back.status;
        assert_eq!(typed_in(&back.text()).as_deref(), Some(MORE), "{last}");
        assert_eq!(fields(&back.text(), "staged").len(), 1, "{last}");
    }
    assert_eq!(last, 429);
    assert!(back.header("retry-after").parse::<u32>().is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn good_photos_stay_whatever_else_is_wrong() {
    let (portal, filed, own) = open().await;
    let page = portal.get_as(&own, "/track").await;
    let (one, two, none) = (picture(1, ""), picture(2, ""), b"none".to_vec());
    let empty = with(bears(&page, "add_information"), "text", "");
    let back = send(&portal, &own, &empty, &[&one, &none, &two]).await;
    assert_eq!(back.status, 422);
    assert!(back.text().contains("这个文件读不出来"));
    let pairs = bears(&back, "add_information");
    let staged: Vec<_> = pairs.iter().filter(|(name, _)| name == "staged").collect();
    assert_eq!(staged.len(), 2, "{pairs:?}");
    assert!(added(&portal, &filed.number).await.is_empty());

    // The first is unticked, a third comes along.
    let left = staged[0].clone();
    let mut pairs = with(pairs, "text", MORE);
    pairs.retain(|pair| *pair != left);
    let done = send(&portal, &own, &pairs, &[&picture(3, "")]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    assert_eq!(added(&portal, &filed.number).await, [(MORE.to_owned(), 2)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn more_photos_than_fit_are_said_and_none_is_cut_in_silence() {
    let (portal, filed, own) = open().await;
    let page = portal.get_as(&own, "/track").await;
    let photos: Vec<Vec<u8>> = (1..=9).map(|shade| picture(shade, "")).collect();
    let all: Vec<&[u8]> = photos.iter().map(Vec::as_slice).collect();
    let typed = with(bears(&page, "add_information"), "text", MORE);
    let back = send(&portal, &own, &typed, &all[..7]).await;
    assert_eq!(back.status, 422);
    assert!(back.text().contains("最多 6 张照片"), "{}", back.text());
    let pairs = with(bears(&back, "add_information"), "text", MORE);
    assert_eq!(fields(&back.text(), "staged").len(), 6);
    let back = send(&portal, &own, &pairs, &all[7..]).await;
    assert_eq!(back.status, 422);
    assert!(back.text().contains("最多 6 张照片"));
    // One that is taken off makes room for one.
    let mut pairs = with(bears(&back, "add_information"), "text", MORE);
    let first = pairs.iter().position(|(name, _)| name == "staged");
    pairs.remove(first.expect("a photo"));
    let done = send(&portal, &own, &pairs, &all[8..]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    assert_eq!(added(&portal, &filed.number).await, [(MORE.to_owned(), 6)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_of_the_case_is_not_swept_because_its_form_was_sent_twice() {
    let (portal, filed, own) = open().await;
    let page = portal.get_as(&own, "/track").await;
    let typed = with(bears(&page, "add_information"), "text", MORE);
    let photo = picture(7, "");
    let done = send(&portal, &own, &typed, &[&photo]).await;
    assert_eq!(done.status, 303);
    let again = send(&portal, &own, &typed, &[&photo]).await;
    assert_eq!(again.status, 409, "the reporter looks first");
    portal.fresh.clock.advance(Millis::hours(25));
    portal.desk.store.sweep_staging().await.expect("a sweep");
    let own = portal.track(&filed.code).await;
    let photo = format!("/cases/{}/photos/1", filed.number);
    assert_eq!(portal.get_as(&own, &photo).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_devices_at_once_one_wins_and_the_other_sees() {
    let (portal, filed, phone) = open().await;
    let tablet = portal.track(&filed.code).await;
    let on_phone = portal.get_as(&phone, "/track").await;
    let on_tablet = portal.get_as(&tablet, "/track").await;
    let first = with(bears(&on_phone, "add_information"), "text", "已经清了一半");
    let second = with(bears(&on_tablet, "add_information"), "text", MORE);
    assert_eq!(send(&portal, &phone, &first, &[]).await.status, 303);

    let back = send(&portal, &tablet, &second, &[&picture(5, "")]).await;
    assert_eq!(back.status, 409);
    let html = back.text();
    assert!(
        html.contains(MOVED) && html.contains("已经清了一半"),
        "{html}"
    );
    assert!(html.contains("刚刚有了变化"), "{html}");
    assert_eq!(typed_in(&html).as_deref(), Some(MORE));
    assert_eq!(fields(&html, "staged").len(), 1);
    let one = ("已经清了一半".to_owned(), 0);
    let told = added(&portal, &filed.number).await;
    assert_eq!(told, std::slice::from_ref(&one));

    // Seen and pressed again, it goes through.
    let pairs = with(bears(&back, "add_information"), "text", MORE);
    assert_eq!(send(&portal, &tablet, &pairs, &[]).await.status, 303);
    let both = [one, (MORE.to_owned(), 1)];
    assert_eq!(added(&portal, &filed.number).await, both);

    // Where the act is no longer possible, the words are given back to be copied.
    let late = portal.get_as(&tablet, "/track").await;
    let late = with(bears(&late, "add_information"), "text", "还有一句");
    let withdraw = portal.get_as(&phone, "/track").await;
    let withdraw = bears(&withdraw, "withdraw");
    assert_eq!(send(&portal, &phone, &withdraw, &[]).await.status, 303);
    let back = send(&portal, &tablet, &late, &[]).await;
    assert_eq!(back.status, 409);
    assert!(back.text().contains("您写的没有发出") && back.text().contains("还有一句"));
}

/// Whoever holds the code adds nothing to a case that has ended: neither with a form from before nor with
/// one that says nothing of when it was made (A10).
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_added_to_a_case_that_has_ended() {
    let (portal, filed, own) = open().await;
    let page = portal.get_as(&own, "/track").await;
    let late = with(bears(&page, "add_information"), "text", MORE);
    let mut blind = late.clone();
    blind.retain(|(name, _)| name != "version");
    let withdraw = bears(&page, "withdraw");
    assert_eq!(send(&portal, &own, &withdraw, &[]).await.status, 303);
    let ended = portal.case(&filed.number).await.version;
    let photo = format!("/cases/{}/photos/1", filed.number);
    for (typed, status) in [(late, 409), (blind, 422)] {
        let back = send(&portal, &own, &typed, &[&picture(6, "")]).await;
        assert_eq!(back.status, status, "{}", back.text());
        assert!(added(&portal, &filed.number).await.is_empty());
        assert_eq!(portal.case(&filed.number).await.version, ended);
        assert_eq!(portal.get_as(&own, &photo).await.status, 404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_button_pressed_twice_says_it_once() {
    let (portal, filed, own) = open().await;
    let page = portal.get_as(&own, "/track").await;
    let typed = with(bears(&page, "add_information"), "text", MORE);
    for _ in 0..2 {
        assert_eq!(send(&portal, &own, &typed, &[]).await.status, 303);
    }
    assert_eq!(added(&portal, &filed.number).await, [(MORE.to_owned(), 0)]);
}

/// A note among the staff of the community.
async fn note(portal: &Portal, number: &str) {
    let desk = &portal.desk;
    let staffing = Staffing::of(&desk.city, desk.now());
    let community = COMMUNITY.parse().expect("a community");
    let secretary = staffing.in_community(Role::Secretary, &community);
    let person = format!("demo-{}", secretary.expect("a secretary").no);
    people::seed(desk, staffing).await.expect("a staff");
    let secretary = people::viewer(desk, &person).await.expect("a person");
    let number: CaseNumber = number.parse().expect("a number");
    let command = Command {
        act: Act::Note,
        words: Some(Words::text("先问问物业")),
    };
    let noted: Case = act::act(desk, &secretary, number, None, command)
        .await
        .expect("a note");
    assert!(noted.version > 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_person_is_not_told_does_not_stop_them() {
    let (portal, filed, own) = open().await;
    let page = portal.get_as(&own, "/track").await;
    let typed = with(bears(&page, "add_information"), "text", MORE);
    note(&portal, &filed.number).await;
    let join = format!("/cases/{}/join", filed.number);
    let neighbour = [("key", "a-key-of-the-neighbour-next-door"), ("phone", "")];
    assert_eq!(portal.post("", &join, &neighbour).await.status, 303);
    let before = portal.case(&filed.number).await.version;
    assert!(before >= 3, "{before}");
    let done = send(&portal, &own, &typed, &[]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    assert_eq!(added(&portal, &filed.number).await, [(MORE.to_owned(), 0)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn words_for_one_case_never_go_to_another() {
    let (portal, filed, own) = open().await;
    let other = portal.file(&format!("{KEY}-other"), json!({})).await;
    let page = portal.get_as(&own, "/track").await;
    let typed = with(bears(&page, "add_information"), "text", MORE);
    // Another window of the same browser opened the other case meanwhile.
    let theirs = portal.track(&other.code).await;
    let back = send(&portal, &theirs, &typed, &[]).await;
    assert_eq!(back.status, 422);
    let html = back.text();
    assert!(
        html.contains("打开的是另一件") && html.contains(&filed.number),
        "{html}"
    );
    assert_eq!(typed_in(&html).as_deref(), Some(MORE));
    // The other's code again: the words are shown, in no form of the other case.
    let kept = with(carries(&back), "code", &other.code);
    let opened = send(&portal, "", &kept, &[]).await;
    assert_eq!(opened.status, 200);
    assert!(opened.text().contains("您写的没有发出") && opened.text().contains(MORE));
    assert_eq!(typed_in(&opened.text()), None);
    for number in [&filed.number, &other.number] {
        assert!(added(&portal, number).await.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_portal_only_shows_everything_typed_comes_back() {
    let (mut portal, filed, own) = open().await;
    let page = portal.get_as(&own, "/track").await;
    let empty = with(bears(&page, "add_information"), "text", "");
    let back = send(&portal, &own, &empty, &[&picture(8, "")]).await;
    let typed = with(bears(&back, "add_information"), "text", MORE);
    portal.set_anew(&[("read_only", "true")]).await;
    let back = send(&portal, &own, &typed, &[&picture(9, "")]).await;
    assert_eq!(back.status, 503);
    assert!(!back.header("retry-after").is_empty());
    let html = back.text();
    assert_eq!(typed_in(&html).as_deref(), Some(MORE));
    assert_eq!(
        fields(&html, "staged").len(),
        1,
        "what waited goes on waiting"
    );
    portal.set_anew(&[]).await;
    let pairs = with(bears(&back, "add_information"), "text", MORE);
    assert_eq!(send(&portal, &own, &pairs, &[]).await.status, 303);
    assert_eq!(added(&portal, &filed.number).await, [(MORE.to_owned(), 1)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_leads_on_with_its_own_cookie_only() {
    // Of two cookies the first counts over plain http, where one may be left of a head that was cut
    // off; over https a neighbour's may be among them, and none does.
    for (base, of_two) in [("", true), ("https://city.example", false)] {
        let portal = Portal::set(&[("base_url", base)], false).await;
        let follow = async |cookie: &str| {
            let answer = portal.post(cookie, "/whistle/receipt", &[]).await;
            assert_eq!((answer.status, answer.header("location")), (303, "/track"));
            let cookie = answer.cookie();
            let page = portal.get_as(&cookie, "/track").await;
            (!cookie.is_empty()).then(|| page.text().contains(MORE))
        };
        for cookie in ["", "receipt=x", "__Secure-receipt=x"] {
            assert_eq!(follow(cookie).await, None, "{base} {cookie:?}");
        }
        let fields = [
            ("key", KEY),
            ("act", "file"),
            ("danger", "no"),
            ("category", "street-vending"),
            ("community", COMMUNITY),
            ("description", MORE),
            ("visibility", "private"),
        ];
        let filed = portal.post("", "/whistle", &fields).await;
        assert_eq!(filed.status, 303, "{}", filed.text());
        let own = filed.cookie();
        assert_eq!(follow(&own).await, Some(true), "{base}");
        let name = own.split('=').next().unwrap();
        let two = follow(&format!("{own}; {name}=x")).await;
        assert_eq!(two, of_two.then_some(true), "{base}");
    }
}
