//! What each row of the route table should answer, to whom, and what it may do.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use serde_json::json;

use super::{
    cases::{self, CASES, Knows},
    desk,
    people::{
        AUDITOR, COMMISSION, CONTRACTOR, ELSEWHERE, LEFT, OTHER_CONTRACTOR, PEOPLE, SECRETARY,
        SECURITY, SUPERVISOR, SYSTEM, is_signed_in,
    },
    world::{PHONE, World, mark},
};
use crate::{
    ear::Ear,
    portal::{Answer, encode},
};

pub(super) const HTML: &str = "Accept: text/html";
pub(super) const JSON: &str = "Accept: application/json";

/// Asks one row about everything it can be asked about, as one person.
pub async fn ask(world: &mut World, who: usize, method: &str, path: &'static str) {
    world.asked.insert((method.to_owned(), path));
    match (method, path) {
        // The same for everybody, whoever asks.
        ("GET", "/" | "/communities" | "/services" | "/data" | "/ledger") => {
            public(world, who, path, &[""]).await;
        }
        ("GET", "/help/accessibility" | "/help/privacy" | "/help/metrics" | "/help/contact") => {
            public(world, who, path, &[""]).await;
        }
        ("GET", "/help/parts" | "/robots.txt" | "/sitemap.xml" | "/.well-known/security.txt") => {
            public(world, who, path, &[""]).await;
        }
        ("GET", "/pkg/{file}") => public(world, who, "/pkg/nothing.js", &[""]).await,
        ("GET", "/communities/{code}") => {
            public(world, who, "/communities/330383198023", &[""]).await;
        }
        ("GET", "/services/{code}") => public(world, who, "/services/nothing", &[""]).await,
        ("GET", "/cases" | "/api/v1/cases") => {
            let words: Vec<String> = CASES
                .flat_map(|case| [mark(case), world.matters[case].number.clone()])
                .map(|words| format!("?q={}", encode(&words)))
                .collect();
            let mut queries = vec!["", "?state=open", "?state=done", "?community=330383198023"];
            queries.extend(words.iter().map(String::as_str));
            public(world, who, path, &queries).await;
        }
        (
            "GET",
            "/api/openapi.json" | "/api/v1/categories" | "/api/v1/communities" | "/api/v1/services",
        ) => public(world, who, path, &[""]).await,
        ("GET", "/cases/{number}" | "/api/v1/cases/{number}") => {
            public_case(world, who, path).await;
        }
        // Everybody's, with what they hold.
        ("GET", "/healthz" | "/readyz" | "/whistle" | "/whistle/offer" | "/help/letters") => {
            says_no_more(world, who, path).await;
        }
        // A city without a sign-on of its own has no such door.
        ("GET", "/sign-in/city" | "/sign-in/city/back") => {
            let answer = get(world, who, path, HTML).await;
            world.judge(answer.status == 404, || {
                format!("{path}: {}", answer.status)
            });
            says_no_more(world, who, path).await;
        }
        ("GET", "/track" | "/track/lost" | "/whistle/receipt" | "/sign-in") => {
            says_no_more(world, who, path).await;
        }
        ("GET", "/cases/{number}/photos/{photo}") => photo(world, who).await,
        ("GET", "/cases/{number}/join") => join_form(world, who).await,
        ("POST", "/cases/{number}/join") => join(world, who).await,
        ("GET", "/contract/{number}/{token}") => contract(world, who).await,
        ("POST", "/contract/{number}/{token}") => contract_acts(world, who).await,
        ("GET", "/contract/{number}/{token}/photos/{photo}") => contract_photo(world, who).await,
        ("GET", "/events") => events(world, who).await,
        ("GET", "/desk/events") => desk_events(world, who).await,
        ("POST", "/whistle") => {
            post(
                world,
                who,
                path,
                &[("act", "preview"), ("description", "甲")],
            )
            .await;
        }
        ("POST", "/whistle/receipt" | "/sign-in") => post(world, who, path, &[("act", "x")]).await,
        ("POST", "/track") => {
            // A code of nobody opens nothing.
            let code = [("act", ""), ("code", "0000 0000 0000 0000 0000 0")];
            post(world, who, path, &code).await;
        }
        ("POST", "/track/lost") => lost(world, who).await,
        // Nobody is asked to leave who did not: the cookie is none of theirs.
        ("POST", "/sign-out") => {
            let answer = world.portal.post("staff=00", path, &[]).await;
            done(world, who, "POST /sign-out", None, &answer).await;
        }
        ("POST", "/api/v1/cases" | "/api/v1/uploads" | "/api/v1/track") => {
            let answer = world.portal.post_json(path, "short", &json!({})).await;
            done(world, who, path, None, &answer).await;
        }
        // The desk.
        ("GET", "/desk") => desk::worklist(world, who).await,
        ("POST", "/desk") => desk::together(world, who).await,
        ("GET", "/desk/cases/{number}") => desk::desk_case(world, who).await,
        ("POST", "/desk/cases/{number}") => desk::desk_acts(world, who).await,
        ("GET", "/desk/cases/{number}/public") => desk::as_public(world, who).await,
        ("GET", "/desk/cases/{number}/photos/{photo}") => desk::cover_form(world, who).await,
        ("POST", "/desk/cases/{number}/photos/{photo}") => desk::cover(world, who).await,
        ("POST", "/api/v1/cases/{number}/commands") => desk::commands(world, who).await,
        ("GET", "/desk/file") => desk::page_of(world, who, path, is_signed_in).await,
        ("POST", "/desk/file") => desk::file(world, who).await,
        ("GET", "/desk/people") => {
            // A secretary says there who may be seconded to the community.
            let people = [SYSTEM, SECURITY, SECRETARY, ELSEWHERE];
            desk::page_of(world, who, path, |name| people.contains(&name)).await;
        }
        ("POST", "/desk/people") => desk::manage(world, who).await,
        ("GET", "/desk/city") => {
            // Whoever works for the city reads what it is; its forms are the commission's.
            let firms = [CONTRACTOR, OTHER_CONTRACTOR, LEFT];
            let reads = |name: &str| is_signed_in(name) && !firms.contains(&name);
            for query in [
                "",
                "?part=areas",
                "?part=categories",
                "?part=clocks",
                "?part=grids",
            ] {
                desk::page_of(world, who, &format!("{path}{query}"), reads).await;
            }
            let form = format!("{path}?topic=rename_area&of=330383198023");
            desk::page_of(world, who, &form, |name| name == COMMISSION).await;
        }
        ("POST", "/desk/city") => desk::change_city(world, who).await,
        ("GET", "/desk/audit") => {
            let city = [AUDITOR, SUPERVISOR, COMMISSION];
            desk::page_of(world, who, path, |name| city.contains(&name)).await;
        }
        ("GET", "/desk/bulletin") => {
            let city = [SUPERVISOR, COMMISSION];
            for query in ["", "?week=2026-11-23", "?week=9999-12-31"] {
                let target = format!("{path}{query}");
                desk::page_of(world, who, &target, |name| city.contains(&name)).await;
            }
        }
        ("GET", "/desk/morning") => desk::page_of(world, who, path, is_signed_in).await,
        ("GET", "/desk/cases/{number}/demands/{no}") => desk::demand(world, who).await,
        ("GET", "/desk/me") => desk::page_of(world, who, path, is_signed_in).await,
        ("POST", "/desk/me") => desk::own(world, who).await,
        _ => panic!("{method} {path} is new: say here who may ask it, and for what"),
    }
}

pub(super) async fn get(world: &World, who: usize, target: &str, accept: &str) -> Answer {
    let cookie = format!("Cookie: {}", world.papers[who].cookie);
    world
        .portal
        .ask("GET", target, &[&cookie, accept], &[])
        .await
}

/// After something was sent: what changed is what was to change, and no more is said.
pub(super) async fn done(
    world: &mut World,
    who: usize,
    what: &str,
    may: Option<usize>,
    answer: &Answer,
) {
    let changed = world.look().await;
    world.judge(changed == Vec::from_iter(may), || {
        format!(
            "{}: {what} ({}) changed {changed:?}, not {may:?}",
            PEOPLE[who].0, answer.status
        )
    });
}

pub(super) fn target(world: &World, path: &str, case: usize) -> String {
    path.replace("{number}", &world.matters[case].number)
}

async fn public(world: &mut World, who: usize, path: &str, queries: &[&str]) {
    for query in queries {
        for accept in [HTML, JSON] {
            let target = format!("{path}{query}");
            let mut all = world.portal.ask("GET", &target, &[accept], &[]).await;
            let mut same = false;
            // What was just written may reach the pages between the one and the other.
            for _ in 0..5 {
                let own = get(world, who, &target, accept).await;
                same = (own.status, &own.body) == (all.status, &all.body);
                if same {
                    break;
                }
                all = world.portal.ask("GET", &target, &[accept], &[]).await;
            }
            world.judge(same, || {
                format!("{}: {target} is not what everybody gets", PEOPLE[who].0)
            });
            // Judged as for nobody: it is kept for everybody.
            let about = CASES.clone().find(|case| {
                let number = &world.matters[*case].number;
                target.contains(number.as_str()) || query.contains(&encode(&mark(*case)))
            });
            let echo = about.map_or_else(String::new, mark);
            let told = String::from_utf8_lossy(&all.body).replace(&echo, "");
            let told = Answer {
                body: told.into_bytes(),
                ..all
            };
            world.says_no_more(0, &target, about, &told);
        }
    }
}

async fn public_case(world: &mut World, who: usize, path: &str) {
    for case in CASES {
        let target = target(world, path, case);
        public(world, who, &target, &[""]).await;
        let answer = get(world, who, &target, HTML).await;
        let wanted = if cases::public(case) == Knows::Nothing {
            404
        } else {
            200
        };
        world.judge(answer.status == wanted, || {
            format!("{}: {path} of {case}: {}", PEOPLE[who].0, answer.status)
        });
        let words = answer.text().contains(&mark(case));
        world.judge(words == (cases::public(case) == Knows::Words), || {
            format!("{}: {path} of {case}: words {words}", PEOPLE[who].0)
        });
    }
}

async fn says_no_more(world: &mut World, who: usize, path: &str) {
    for accept in [HTML, JSON] {
        let answer = get(world, who, path, accept).await;
        // A reporter's own page says how they are reached.
        let own = path == "/track" && answer.status == 200;
        let answer = if own { without_phone(answer) } else { answer };
        world.says_no_more(who, path, None, &answer);
    }
}

pub(super) fn without_phone(answer: Answer) -> Answer {
    let body = answer.text().replace(PHONE, "").into_bytes();
    Answer { body, ..answer }
}

async fn photo(world: &mut World, who: usize) {
    let name = PEOPLE[who].0;
    for case in CASES {
        for size in ["", "?small"] {
            let target = format!("/cases/{}/photos/1{size}", world.matters[case].number);
            let answer = get(world, who, &target, HTML).await;
            let wanted = if cases::knows(name, case) == Knows::Words {
                200
            } else {
                404
            };
            world.judge(answer.status == wanted, || {
                format!("{name}: a photo of {case}: {}", answer.status)
            });
            let kept = answer.header("cache-control") == "no-cache";
            world.judge(!kept || case == cases::RELEASED, || {
                format!("{name}: a photo of {case} may be kept")
            });
        }
    }
}

/// The links that were given, each with the case it is shown for: its own, and every other.
fn links(world: &World) -> Vec<(usize, String, bool)> {
    let mut links = Vec::new();
    for given in CASES.filter(|case| !world.matters[*case].link.is_empty()) {
        let (_, token) = world.matters[given].link.rsplit_once('/').unwrap();
        for case in CASES {
            let link = format!("/contract/{}/{token}", world.matters[case].number);
            let opens = given == case && given != cases::QUARANTINED;
            links.push((case, link, opens));
        }
    }
    links
}

/// Whoever shows a link is asked nothing else, and gets what the link opens, whoever they are.
async fn contract(world: &mut World, who: usize) {
    let name = PEOPLE[who].0;
    for (case, link, opens) in links(world) {
        let answer = get(world, who, &link, HTML).await;
        world.judge(answer.status == if opens { 200 } else { 404 }, || {
            format!("{name}: the link of a firm for {case}: {}", answer.status)
        });
        let words = answer.text().contains(&mark(case));
        world.judge(words == (opens && case != cases::ERASED), || {
            format!("{name}: the words of {case} by a link: {words}")
        });
        let reach = answer.text().contains(PHONE);
        world.judge(!reach, || {
            format!("{name}: a link for {case} says how to reach the reporter")
        });
    }
}

async fn contract_photo(world: &mut World, who: usize) {
    let name = PEOPLE[who].0;
    for (case, link, opens) in links(world) {
        let answer = get(world, who, &format!("{link}/photos/1"), HTML).await;
        let wanted = if opens && case != cases::ERASED {
            200
        } else {
            404
        };
        world.judge(answer.status == wanted, || {
            format!("{name}: a photo of {case} by a link: {}", answer.status)
        });
    }
}

async fn contract_acts(world: &mut World, who: usize) {
    let name = PEOPLE[who].0;
    let cookie = world.papers[who].cookie.clone();
    for (case, link, opens) in links(world) {
        // What is not a firm's is refused, to whoever is signed in beside it as well.
        for (act, may) in [("note", false), ("accept", false), ("add_evidence", true)] {
            let version = world.matters[case].version.to_string();
            let fields = [
                ("act", act),
                ("version", &version),
                ("evidence", "document"),
                ("text", "看过了"),
            ];
            let answer = world.portal.post(&cookie, &link, &fields).await;
            let does = (opens && may).then_some(case);
            done(world, who, "a firm's act", does, &answer).await;
            let status = match (opens, may) {
                (false, _) => 404,
                (true, true) => 303,
                (true, false) => 422,
            };
            world.judge(answer.status == status, || {
                format!("{name}: {act} on {case} by a link: {}", answer.status)
            });
        }
    }
}

async fn join_form(world: &mut World, who: usize) {
    for case in CASES {
        let target = target(world, "/cases/{number}/join", case);
        let answer = get(world, who, &target, HTML).await;
        let wanted = if cases::takes_more_people(case) {
            200
        } else {
            404
        };
        world.judge(answer.status == wanted, || {
            format!("{}: joining {case}: {}", PEOPLE[who].0, answer.status)
        });
        // By the door of everybody, so as everybody.
        world.says_no_more(0, &target, Some(case), &answer);
    }
}

async fn join(world: &mut World, who: usize) {
    let cookie = world.papers[who].cookie.clone();
    for case in CASES {
        let target = target(world, "/cases/{number}/join", case);
        let key = format!("a-key-of-the-matrix-{who:03}-{case:03}");
        let answer = world.portal.post(&cookie, &target, &[("key", &key)]).await;
        let takes = cases::takes_more_people(case);
        done(world, who, &target, takes.then_some(case), &answer).await;
        world.judge(answer.status == if takes { 303 } else { 404 }, || {
            format!("{}: joins {case}: {}", PEOPLE[who].0, answer.status)
        });
    }
}

async fn events(world: &mut World, who: usize) {
    let name = PEOPLE[who].0;
    let cookie = format!("Cookie: {}", world.papers[who].cookie);
    for case in CASES {
        let target = format!("/events?case={}", world.matters[case].number);
        let heard = Ear::open(world.portal.addr(), &target, &[&cookie])
            .await
            .status();
        // Besides everybody's: the party's own. Staff listen through the desk.
        let own = cases::knows(name, case) > cases::public(case) && !is_signed_in(name);
        let wanted = if own || cases::public(case) > Knows::Nothing {
            200
        } else {
            404
        };
        world.judge(heard == wanted, || {
            format!("{name}: the stream of {case}: {heard}")
        });
    }
}

async fn desk_events(world: &mut World, who: usize) {
    let name = PEOPLE[who].0;
    let cookie = format!("Cookie: {}", world.papers[who].cookie);
    let addr = world.portal.addr();
    let lists = Ear::open(addr, "/desk/events", &[&cookie]).await.status();
    let wanted = if is_signed_in(name) { 200 } else { 404 };
    world.judge(lists == wanted, || {
        format!("{name}: the stream of lists: {lists}")
    });
    for case in CASES {
        let target = format!("/desk/events?case={}", world.matters[case].number);
        let heard = Ear::open(addr, &target, &[&cookie]).await.status();
        let wanted = if cases::works(name, case) { 200 } else { 404 };
        world.judge(heard == wanted, || {
            format!("{name}: the stream of {case} on the desk: {heard}")
        });
    }
}

async fn post(world: &mut World, who: usize, path: &str, fields: &[(&str, &str)]) {
    let cookie = world.papers[who].cookie.clone();
    let answer = world.portal.post(&cookie, path, fields).await;
    done(world, who, path, None, &answer).await;
    world.says_no_more(who, path, None, &answer);
}

/// Whether a number and an address belong together is told to nobody.
async fn lost(world: &mut World, who: usize) {
    let cookie = world.papers[who].cookie.clone();
    let mut told = Vec::new();
    for case in CASES {
        let number = world.matters[case].number.clone();
        for address in ["13900000000", PHONE] {
            let fields = [("number", number.as_str()), ("address", address)];
            let answer = world.portal.post(&cookie, "/track/lost", &fields).await;
            done(world, who, "/track/lost", None, &answer).await;
            let text = answer.text().replace(&number, "").replace(address, "");
            told.push((answer.status, text));
        }
    }
    let first = told[0].clone();
    for told in told {
        world.judge(told == first, || {
            format!("{}: /track/lost tells cases apart", PEOPLE[who].0)
        });
    }
}
