//! The rows of the desk, and of the programs that do its verbs.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use domain::time::{date_text, next_day};
use serde_json::json;

use super::{
    cases::{self, CASES, Knows, NOTHING},
    people::{
        CALLED, COMMISSION, CONTRACTOR, EDITOR, ELSEWHERE, GRID, LEFT, PEOPLE, SECRETARY, SECURITY,
        STATION, SYSTEM, is_apart, is_signed_in,
    },
    rows::{HTML, JSON, done, get, target, without_phone},
    world::{PHONE, World, mark},
};
use crate::portal::{COMMUNITY, encode};

/// Who is not signed in.
#[derive(Clone, Copy)]
enum Sent {
    /// Asked for a page: is shown the way to sign in.
    Nothing = 303,
    /// Sent a form: it is kept, and signing in goes on with it.
    Form = 401,
}

/// What the desk answers to whoever is not signed in, or may not.
fn answers(name: &str, sent: Sent, status: u16, may: bool) -> bool {
    match (is_signed_in(name), may) {
        (false, _) => status == sent as u16,
        (true, true) => status == 200,
        (true, false) => status == 403,
    }
}

pub(super) async fn page_of(world: &mut World, who: usize, path: &str, may: impl Fn(&str) -> bool) {
    let name = PEOPLE[who].0;
    for accept in [HTML, JSON] {
        let answer = get(world, who, path, accept).await;
        world.judge(
            answers(name, Sent::Nothing, answer.status, may(name)),
            || format!("{name}: {path}: {}", answer.status),
        );
        world.says_no_more(who, path, None, &answer);
    }
}

/// A demand for paper is of whoever works on the case inside; the released one has one.
pub(super) async fn demand(world: &mut World, who: usize) {
    let name = PEOPLE[who].0;
    for case in CASES {
        let target = format!("/desk/cases/{}/demands/1", world.matters[case].number);
        let answer = get(world, who, &target, HTML).await;
        let inside = cases::works(name, case) && name != CONTRACTOR;
        let may = inside && case == cases::RELEASED;
        let wanted = match (is_signed_in(name), may) {
            (false, _) => Sent::Nothing as u16,
            (true, true) => 200,
            (true, false) => 404,
        };
        world.judge(answer.status == wanted, || {
            format!("{name}: a demand of {case}: {}", answer.status)
        });
        world.says_no_more(who, &target, Some(case), &answer);
    }
}

const LISTS: [&str; 12] = [
    "mine",
    "decisions",
    "came-up",
    "checks",
    "release",
    "reporter",
    "open",
    "ended",
    "triage",
    "joint-enforcement",
    "emergency",
    "demands",
];

pub(super) async fn worklist(world: &mut World, who: usize) {
    let name = PEOPLE[who].0;
    let mut seen = String::new();
    let mut queries: Vec<String> = LISTS.iter().map(|list| format!("?list={list}")).collect();
    let part = get(world, who, "/desk?part=1", HTML).await;
    world.judge(
        part.status == if is_signed_in(name) { 200 } else { 404 },
        || format!("{name}: the parts of the list: {}", part.status),
    );
    world.says_no_more(who, "/desk?part=1", None, &part);
    queries.push("?overdue=1".to_owned());
    queries.push(String::new());
    for query in queries {
        for accept in [HTML, JSON] {
            let target = format!("/desk{query}");
            let answer = get(world, who, &target, accept).await;
            let home = is_apart(name) && !query.contains("list=");
            let right = if home {
                answer.status == 303
            } else {
                answers(name, Sent::Nothing, answer.status, true)
            };
            world.judge(right, || format!("{name}: {target}: {}", answer.status));
            world.says_no_more(who, &target, None, &answer);
            seen.push_str(&answer.text());
        }
    }
    // Whoever holds no office any more is told so, and not that there is nothing to do.
    let told = seen.contains("现在没有任职");
    world.judge(told == (name == LEFT), || {
        format!("{name}: is told that they hold no office: {told}")
    });
    for case in CASES.filter(|case| *case != NOTHING) {
        let number = world.matters[case].number.clone();
        let stands = seen.contains(&format!("/desk/cases/{number}"));
        world.judge(stands == cases::works(name, case), || {
            format!("{name}: {case} stands on their lists: {stands}")
        });
        let holds = case != cases::ERASED;
        for words in [mark(case), number.clone()] {
            let by_number = words == number;
            let target = format!("/desk?list=mine&q={}", encode(&words));
            let answer = get(world, who, &target, HTML).await;
            let found = answer.text().contains(&format!("/desk/cases/{number}"));
            // An editor has a list of what is to be released, and searches what is.
            let looks_through = holds && (name != EDITOR || case == cases::RELEASED);
            let wanted = cases::works(name, case) && (by_number || looks_through);
            world.judge(found == wanted, || {
                format!("{name}: finds {case} by {words}: {found}")
            });
        }
    }
}

pub(super) async fn together(world: &mut World, who: usize) {
    let name = PEOPLE[who].0;
    let cookie = world.papers[who].cookie.clone();
    for case in CASES {
        let matter = &world.matters[case];
        let pick = format!("{}:{}", matter.number, matter.version);
        let fields = [
            ("act", "together"),
            ("verb", "note"),
            ("text", "甲"),
            ("pick", &pick),
        ];
        let answer = world.portal.post(&cookie, "/desk", &fields).await;
        let may = cases::notes(name, case);
        done(world, who, "several", may.then_some(case), &answer).await;
        let status = match (is_signed_in(name), may) {
            (false, _) => 401,
            (true, true) => 200,
            (true, false) => 409,
        };
        world.judge(answer.status == status, || {
            format!("{name}: notes on {case} among several: {}", answer.status)
        });
        world.says_no_more(who, "POST /desk", Some(case), &answer);
        // The form of a call for several shows them: only to whoever works on them.
        let fields = [("act", "together"), ("verb", "call"), ("pick", &pick)];
        let answer = world.portal.post(&cookie, "/desk", &fields).await;
        done(world, who, "several, to be called for", None, &answer).await;
        let shown = answer.text().contains(&world.matters[case].number);
        let works = cases::works(name, case);
        // Whoever has to sign in first gets back what they sent.
        world.judge(!is_signed_in(name) || shown == works, || {
            format!("{name}: {case} stands among several to be called for: {shown}")
        });
        world.says_no_more(who, "POST /desk", Some(case), &answer);
    }
}

pub(super) async fn desk_case(world: &mut World, who: usize) {
    let name = PEOPLE[who].0;
    for accept in [HTML, JSON] {
        let nothing = target(world, "/desk/cases/{number}", NOTHING);
        let nothing = get(world, who, &nothing, accept).await.text();
        let nothing = nothing.replace(&world.matters[NOTHING].number, "");
        for case in CASES {
            let target = target(world, "/desk/cases/{number}", case);
            let answer = get(world, who, &target, accept).await;
            let works = cases::works(name, case);
            let status = match (is_signed_in(name), works) {
                (false, _) => 303,
                (true, true) => 200,
                (true, false) => 404,
            };
            world.judge(answer.status == status, || {
                format!("{name}: {case} on the desk: {}", answer.status)
            });
            let words = answer.text().contains(&mark(case));
            world.judge(words == (works && case != cases::ERASED), || {
                format!("{name}: the words of {case} on the desk: {words}")
            });
            // Not theirs is told in the very words of not there.
            let text = answer.text().replace(&world.matters[case].number, "");
            world.judge(works || text == nothing, || {
                format!("{name}: {case} is told apart from nothing")
            });
            world.says_no_more(who, &target, Some(case), &answer);
            // The parts that an open page asks for are the page's.
            let part = get(world, who, &format!("{target}?part=1"), accept).await;
            let theirs = part.text().contains(&mark(case));
            let right = theirs == words && part.status == if works { 200 } else { 404 };
            world.judge(right, || {
                format!("{name}: the parts of {case}: {} {theirs}", part.status)
            });
            world.says_no_more(who, &target, Some(case), &part);
        }
    }
}

pub(super) async fn desk_acts(world: &mut World, who: usize) {
    let name = PEOPLE[who].0;
    let cookie = world.papers[who].cookie.clone();
    for case in CASES {
        let address = target(world, "/desk/cases/{number}", case);
        let version = world.matters[case].version.to_string();
        let (works, may) = (cases::works(name, case), cases::notes(name, case));
        let fields = [("act", "note"), ("version", &version), ("text", "看过了")];
        let answer = world.portal.post(&cookie, &address, &fields).await;
        done(world, who, "a note", may.then_some(case), &answer).await;
        let status = match (is_signed_in(name), works, may) {
            (false, ..) => 401,
            (true, _, true) => 303,
            (true, true, false) => 422,
            (true, false, false) => 404,
        };
        world.judge(answer.status == status, || {
            format!("{name}: notes on {case}: {}", answer.status)
        });
        world.says_no_more(who, "a note", Some(case), &answer);

        let fields = [("act", "reveal"), ("reason", "问门牌号")];
        let answer = world.portal.post(&cookie, &address, &fields).await;
        done(world, who, "a look at the contact", None, &answer).await;
        let shown = answer.text().contains(PHONE);
        let may = cases::reaches(name, case);
        world.judge(shown == may, || {
            format!("{name}: learns the number of {case}: {shown}")
        });
        let refused = if cases::knows(name, case) == Knows::Nothing {
            404
        } else {
            403
        };
        let right = match (is_signed_in(name), may) {
            (false, _) => answer.status == 401,
            (true, true) => answer.status == 200,
            (true, false) => answer.status == refused || (answer.status == 404 && !works),
        };
        // Nothing was left to be reached by where the words are erased.
        let erased = case == cases::ERASED && works;
        world.judge(right || erased, || {
            format!("{name}: asks for the number of {case}: {}", answer.status)
        });
        world.says_no_more(who, "the contact", Some(case), &without_phone(answer));
    }
}

/// How a case would stand before the public is for who may release it, where the public may know of it.
pub(super) async fn as_public(world: &mut World, who: usize) {
    let name = PEOPLE[who].0;
    let releases = [SECRETARY, ELSEWHERE, STATION, EDITOR].contains(&name);
    for case in CASES {
        let target = format!("/desk/cases/{}/public", world.matters[case].number);
        let answer = get(world, who, &target, HTML).await;
        let inside = cases::works(name, case) && name != CONTRACTOR;
        let may = inside && releases && cases::public(case) > Knows::Nothing;
        let wanted = match (is_signed_in(name), may) {
            (false, _) => Sent::Nothing as u16,
            (true, true) => 200,
            (true, false) if inside && !releases => 403,
            (true, false) => 404,
        };
        world.judge(answer.status == wanted, || {
            format!(
                "{name}: {case} as the public sees it: {} {wanted}",
                answer.status
            )
        });
        let words = answer.text().contains(&mark(case));
        let told = may && !matches!(case, cases::ERASED | cases::WITHOUT_DETAIL);
        world.judge(words == told, || {
            format!("{name}: the words of {case} as the public sees it: {words}")
        });
        world.says_no_more(who, &target, Some(case), &answer);
    }
}

/// Who strikes words out covers photos: the community's secretary and whoever releases.
fn covers(name: &str, case: usize) -> bool {
    let may = [SECRETARY, ELSEWHERE, EDITOR].contains(&name);
    may && cases::works(name, case) && case != cases::ERASED
}

fn cover_status(name: &str, case: usize, sent: Sent, may: u16) -> u16 {
    let inside = cases::works(name, case) && name != CONTRACTOR;
    match (is_signed_in(name), covers(name, case)) {
        (false, _) => sent as u16,
        (true, true) => may,
        // Of a case that is theirs they know that it is; not of a photo that is gone.
        (true, false) if inside && ![SECRETARY, EDITOR].contains(&name) => 403,
        (true, false) => 404,
    }
}

pub(super) async fn cover_form(world: &mut World, who: usize) {
    let name = PEOPLE[who].0;
    for case in CASES {
        let target = format!("/desk/cases/{}/photos/1", world.matters[case].number);
        let answer = get(world, who, &target, HTML).await;
        let wanted = cover_status(name, case, Sent::Nothing, 200);
        world.judge(answer.status == wanted, || {
            format!(
                "{name}: covers a photo of {case}: {} {wanted}",
                answer.status
            )
        });
        world.says_no_more(who, &target, Some(case), &answer);
    }
}

pub(super) async fn cover(world: &mut World, who: usize) {
    let name = PEOPLE[who].0;
    let cookie = world.papers[who].cookie.clone();
    for case in CASES {
        let target = format!("/desk/cases/{}/photos/1", world.matters[case].number);
        // Whoever may sends a form with nothing picked, so that the photo stays for the others.
        let act = if covers(name, case) {
            "cover"
        } else {
            "withhold"
        };
        let key = format!("a-key-of-the-matrix-{who:03}-cover-{case:03}");
        let fields = [("act", act), ("key", key.as_str())];
        let answer = world.portal.post(&cookie, &target, &fields).await;
        done(world, who, "covering", None, &answer).await;
        let wanted = cover_status(name, case, Sent::Form, 422);
        world.judge(answer.status == wanted, || {
            format!(
                "{name}: withholds a photo of {case}: {} {wanted}",
                answer.status
            )
        });
        world.says_no_more(who, &target, Some(case), &answer);
    }
}

pub(super) async fn commands(world: &mut World, who: usize) {
    let name = PEOPLE[who].0;
    let bearer = format!("Authorization: Bearer {}", world.papers[who].token);
    let cookie = format!("Cookie: {}", world.papers[who].cookie);
    for case in CASES {
        let address = target(world, "/api/v1/cases/{number}/commands", case);
        let version = world.matters[case].version;
        let body = json!({ "command": "note", "version": version, "text": "看过了" });
        let (body, kind) = (body.to_string(), "Content-Type: application/json");
        let may = cases::notes(name, case);
        // A session is no token.
        let answer = world
            .portal
            .ask("POST", &address, &[kind, &cookie], body.as_bytes())
            .await;
        done(world, who, "a command without a token", None, &answer).await;
        world.judge(answer.status == 401, || {
            format!(
                "{name}: a command on {case} without a token: {}",
                answer.status
            )
        });
        let answer = world
            .portal
            .ask("POST", &address, &[kind, &bearer], body.as_bytes())
            .await;
        done(world, who, "a command", may.then_some(case), &answer).await;
        let knows = cases::knows(name, case);
        let status = match (is_signed_in(name), may, knows) {
            (false, ..) => 401,
            (true, true, _) => 200,
            (true, false, Knows::Nothing) => 404,
            (true, false, _) => 403,
        };
        // A token dies with the office it was made under.
        let right = answer.status == status || (name == LEFT && answer.status == 401);
        world.judge(right, || {
            format!("{name}: a command on {case}: {}", answer.status)
        });
        world.says_no_more(who, "a command", Some(case), &answer);
    }
}

pub(super) async fn file(world: &mut World, who: usize) {
    let name = PEOPLE[who].0;
    let cookie = world.papers[who].cookie.clone();
    let files = |community: &str| match community {
        COMMUNITY => [SECRETARY, GRID, STATION].contains(&name),
        _ => name == ELSEWHERE,
    };
    // Officers file wherever their line reaches: the whole city.
    let officer = name == CALLED || name.starts_with("officer");
    for community in [COMMUNITY, "330383198094"] {
        let key = format!("a-key-of-the-matrix-{who:03}-{community}");
        let fields = [
            ("category", "place-name"),
            ("community", community),
            ("description", "巡查时看到路牌歪了。"),
            ("place", "人民路口"),
            ("key", &key),
        ];
        let answer = world.portal.post(&cookie, "/desk/file", &fields).await;
        let may = officer || files(community);
        let status = match (is_signed_in(name), may) {
            (false, _) => 401,
            (true, true) => 303,
            (true, false) => 403,
        };
        let filed = answer.header("location").contains("done=");
        world.judge(answer.status == status && filed == may, || {
            format!("{name}: files in {community}: {} {filed}", answer.status)
        });
        done(world, who, "filing", None, &answer).await;
    }
}

/// How many offices the victim holds, and whether they may sign in.
async fn stands(world: &World) -> (usize, bool) {
    let mut reading = world.portal.desk.store.read().await.unwrap();
    let now = world.portal.desk.now();
    let held = reading.appointments_of(&world.victim).await.unwrap();
    let held = held.iter().filter(|held| held.holds(now)).count();
    let person = reading.person(&world.victim).await.unwrap().unwrap();
    (held, person.active)
}

pub(super) async fn manage(world: &mut World, who: usize) {
    let name = PEOPLE[who].0;
    let cookie = world.papers[who].cookie.clone();
    let victim = world.victim.clone();
    let login = format!("matrix.{who}");
    for (fields, who_may) in [
        (
            vec![("act", "add"), ("login", login.as_str()), ("name", "甲")],
            SYSTEM,
        ),
        (
            vec![("act", "shut-out"), ("person", victim.as_str())],
            SYSTEM,
        ),
        (vec![("act", "let-in"), ("person", victim.as_str())], SYSTEM),
        (
            vec![
                ("act", "appoint"),
                ("person", victim.as_str()),
                ("role", "secretary"),
                ("community", COMMUNITY),
            ],
            SECURITY,
        ),
    ] {
        let before = stands(world).await;
        let answer = world.portal.post(&cookie, "/desk/people", &fields).await;
        let may = name == who_may;
        world.judge(answers(name, Sent::Form, answer.status, may), || {
            format!("{name}: {fields:?}: {}", answer.status)
        });
        let after = stands(world).await;
        let made = {
            let mut reading = world.portal.desk.store.read().await.unwrap();
            reading.person_by_login(&login).await.unwrap().is_some()
        };
        let right = match fields[0].1 {
            "add" => made == may && before == after,
            "shut-out" => after == (before.0, !may),
            "let-in" => after == (before.0, true),
            _ => after == (before.0 + usize::from(may), true),
        };
        world.judge(right, || {
            format!("{name}: {fields:?}: {before:?} {after:?} {made}")
        });
        done(world, who, "looking after people", None, &answer).await;
    }
}

/// A change of the city is put down by the commission, and by nobody else.
pub(super) async fn change_city(world: &mut World, who: usize) {
    let name = PEOPLE[who].0;
    let cookie = world.papers[who].cookie.clone();
    let put_down = async |world: &World| {
        let mut reading = world.portal.desk.store.read().await.unwrap();
        reading.last_city_change().await.unwrap()
    };
    let desk = &world.portal.desk;
    let today = desk.city.time.civil(desk.now()).date;
    let tomorrow = date_text(next_day(today));
    let mut print = String::new();
    for act in ["try", "keep"] {
        let before = put_down(world).await;
        let (seen, code) = (before.to_string(), format!("330383198023-x{who}"));
        let fields = [
            ("topic", "add_area"),
            ("of", "330383198023"),
            ("within", "330383198023"),
            ("code", code.as_str()),
            ("name-zh-hans", "新网格"),
            ("name-zh-hant", "新網格"),
            ("name-en", "New grid"),
            ("pinyin", "xin wang ge"),
            ("from", tomorrow.as_str()),
            ("reason", "试"),
            ("seen", seen.as_str()),
            ("print", print.as_str()),
            ("act", act),
        ];
        let answer = world.portal.post(&cookie, "/desk/city", &fields).await;
        let page = answer.text();
        let said = page.split("name=\"print\" value=\"").nth(1);
        let said = said.and_then(|rest| rest.split('"').next());
        let may = name == COMMISSION;
        // Put down, it is shown on the list of what was put down.
        let status = if answer.status == 303 && act == "keep" && is_signed_in(name) {
            200
        } else {
            answer.status
        };
        world.judge(answers(name, Sent::Form, status, may), || {
            format!("{name}: /desk/city {act}: {}", answer.status)
        });
        let after = put_down(world).await;
        world.judge(after == before + u32::from(may && act == "keep"), || {
            format!("{name}: /desk/city {act}: {before} {after}")
        });
        print = said.unwrap_or_default().to_owned();
        done(world, who, "/desk/city", None, &answer).await;
    }
}

/// One's own page changes nothing of others: a token of another is not ended by its name.
pub(super) async fn own(world: &mut World, who: usize) {
    let name = PEOPLE[who].0;
    let cookie = world.papers[who].cookie.clone();
    let fields = [("act", "end-token"), ("name", "matrix-of-nobody")];
    let answer = world.portal.post(&cookie, "/desk/me", &fields).await;
    world.judge(answers(name, Sent::Form, answer.status, true), || {
        format!("{name}: /desk/me: {}", answer.status)
    });
    done(world, who, "/desk/me", None, &answer).await;
}
