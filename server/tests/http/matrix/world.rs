//! The city with one of every sort of case, everybody signed in, and the judge.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{collections::BTreeSet, sync::Arc};

use casework::{Desk, Error, account, act, file::FilingKey, people, sign_in, stage, track};
use domain::{
    access::{self, Viewer},
    case::{Channel, Filer, Ground, Kind},
    decide::{self, Act, Command, Filing},
    event::{Actor, Words},
    ids::{AreaCode, CaseId, CategoryCode, PartyNo},
    place::Place,
    reference::CaseNumber,
    text::PlaceText,
    time::Millis,
};
use futures::FutureExt as _;
use serde_json::json;
use store::{Contact, testing::Fresh};

use super::{
    cases::{self, CASES, Knows, NOTHING, SEALED},
    people::{CONTRACTOR, LEFT, OTHER_CONTRACTOR, PEOPLE, SHUT_OUT, Shows},
};
use crate::portal::{Answer, COMMUNITY, Portal, picture};

const HUAZHONG: &str = "330383198094";
/// Of every contact that was left.
pub const PHONE: &str = "13912345678";

/// One case as it stands.
pub struct Matter {
    pub id: Option<CaseId>,
    pub number: String,
    pub version: u32,
    code: String,
    /// The link of the firm that is engaged for its part; empty where none was.
    pub link: String,
}

/// What somebody shows.
#[derive(Clone, Debug, Default)]
pub struct Papers {
    /// Their cookie: of a session or of tracking; may be empty.
    pub cookie: String,
    /// Their token for programs, empty where they have none.
    pub token: String,
}

/// The city.
pub struct World {
    pub portal: Portal,
    pub matters: Vec<Matter>,
    pub papers: Vec<Papers>,
    /// What was wrong, each as a sentence.
    pub wrong: Vec<String>,
    /// How much was judged.
    pub cells: usize,
    /// What was asked about.
    pub asked: BTreeSet<(String, &'static str)>,
    /// Somebody on whom the three roles try what they may.
    pub victim: String,
}

/// Words of a case that are found nowhere else.
pub fn mark(case: usize) -> String {
    format!("暗号{case}丙")
}

fn place_mark(case: usize) -> String {
    format!("密道{case}号")
}

impl World {
    pub async fn new(fresh: Fresh) -> Self {
        let wide = [
            ("sign_ins_per_minute", "100000"),
            ("sign_ins_per_second", "100000"),
            ("filings_per_address", "100000"),
            ("filings_per_second", "100000"),
            ("max_connections_per_address", "100000"),
        ];
        let portal = Portal::over(fresh, &wide, false).await;
        portal.seed().await;
        let victim = portal.person("grid-huazhong").await;
        let mut world = Self {
            portal,
            matters: Vec::new(),
            papers: Vec::new(),
            wrong: Vec::new(),
            cells: 0,
            asked: BTreeSet::new(),
            victim,
        };
        world.appoint().await;
        world.sign_in().await;
        for case in CASES {
            let matter = world.file(case).await;
            world.matters.push(matter);
        }
        for case in CASES {
            world.bring(case).await;
        }
        for (who, (_, shows)) in PEOPLE.iter().enumerate() {
            if let Shows::Code(case) = shows {
                let code = world.matters[*case].code.clone();
                world.papers[who].cookie = world.portal.track(&code).await;
            }
        }
        world.leave().await;
        world.look().await;
        // The log is a moment behind on one of the engines; the pages of the public follow it.
        let all = world.matters.iter().map(|matter| u64::from(matter.version));
        world.portal.fresh.logged(all.sum()).await;
        world
    }

    async fn viewer(&self, login: &str) -> Viewer {
        let person = self.portal.person(login).await;
        people::viewer(&self.portal.desk, &person).await.unwrap()
    }

    /// Ends the first office of somebody and gives another.
    async fn appoint(&self) {
        let security = self.viewer("security").await;
        let desk = &self.portal.desk;
        for (name, module) in [
            (CONTRACTOR, "enforcement-appearance"),
            (OTHER_CONTRACTOR, "resources-land"),
            (SHUT_OUT, ""),
        ] {
            let person = self.portal.person(login_of(name)).await;
            self.end_offices(&person).await;
            let wanted = people::Appointing {
                role: if module.is_empty() {
                    "secretary"
                } else {
                    "contractor"
                }
                .to_owned(),
                community: COMMUNITY.to_owned(),
                area: String::new(),
                from: None,
                module: module.to_owned(),
                grid_role: String::new(),
                grids: Vec::new(),
                only: Vec::new(),
                until: None,
            };
            let given = people::appoint(desk, &security, &person, &wanted).await;
            given.unwrap().unwrap();
        }
    }

    async fn end_offices(&self, person: &str) {
        let security = self.viewer("security").await;
        let held = {
            let mut reading = self.portal.desk.store.read().await.unwrap();
            reading.appointments_of(person).await.unwrap()
        };
        for held in held {
            let ended = people::end(&self.portal.desk, &security, held.no.0).await;
            ended.unwrap().unwrap();
        }
    }

    async fn sign_in(&mut self) {
        for (_, shows) in PEOPLE {
            let mut papers = Papers::default();
            if let Shows::Login(login) = shows {
                papers.cookie = self.portal.staff(login).await;
                papers.token = self.token(&papers.cookie).await;
            }
            self.papers.push(papers);
        }
    }

    async fn token(&self, cookie: &str) -> String {
        let desk = &self.portal.desk;
        let session = track::token(cookie.trim_start_matches("staff=")).unwrap();
        let who = sign_in::staff(desk, &session).await.unwrap().unwrap();
        let Viewer::Staff(staff) = &who.viewer else {
            panic!("staff");
        };
        let held = staff.appointments()[0].no.0;
        let made = account::make_token(desk, &who, "matrix", held, &account::token_verbs()).await;
        made.unwrap().expect("a token")
    }

    /// One office ends, one person is shut out: both had everything open a moment ago.
    async fn leave(&self) {
        let person = self.portal.person(login_of(LEFT)).await;
        self.end_offices(&person).await;
        let system = self.viewer("system").await;
        let person = self.portal.person(login_of(SHUT_OUT)).await;
        let shut = people::let_in(&self.portal.desk, &system, &person, false).await;
        shut.unwrap().unwrap();
    }

    async fn file(&self, case: usize) -> Matter {
        if case == NOTHING {
            return Matter {
                id: None,
                number: self.number(999_999).to_string(),
                version: 0,
                code: String::new(),
                link: String::new(),
            };
        }
        if case == SEALED {
            return self.file_sealed().await;
        }
        let elsewhere = matches!(case, cases::ELSEWHERE | cases::ELSEWHERE_PRIVATE);
        let private = matches!(
            case,
            cases::PRIVATE | cases::ELSEWHERE_PRIVATE | cases::PROPOSED | cases::QUARANTINED
        );
        let key = format!("a-key-of-the-matrix-no-{case:02}");
        let shade = u8::try_from(case).unwrap();
        let shot = self.portal.upload(&key, &picture(shade, "")).await.unwrap();
        let told = json!({
            "category": "place-name",
            "community": if elsewhere { HUAZHONG } else { COMMUNITY },
            "description": format!("路牌上的字看不清楚，{}", mark(case)),
            "place": { "address": place_mark(case) },
            "visibility": match case {
                cases::WITHOUT_DETAIL => "public_without_detail",
                _ if private => "private",
                _ => "public",
            },
            "contact": { "phone": PHONE, "may_call": true },
            "photos": [shot],
        });
        let filed = self.portal.file(&key, told).await;
        let id = self.portal.case(&filed.number).await.id;
        Matter {
            id: Some(id),
            number: filed.number,
            version: 1,
            code: filed.code,
            link: String::new(),
        }
    }

    /// A number of today that nobody draws.
    fn number(&self, no: u32) -> CaseNumber {
        let desk = &self.portal.desk;
        CaseNumber::new(desk.city.time.civil(desk.now()).date, no)
    }

    /// Files a sealed tip, as its door will.
    async fn file_sealed(&self) -> Matter {
        let desk = self.portal.desk.clone();
        let key = FilingKey::draw(&desk);
        let shot = stage::stage(&desk, &key, b"192.0.2.7", picture(5, "").into());
        let shot = shot.await.unwrap();
        let now = desk.now();
        let number = self.number(31);
        let id = CaseId::new(now, [7; 10]);
        let work: Arc<(Desk, FilingKey)> = Arc::new((desk.clone(), key));
        let filed = desk.store.write::<_, (), Error>(move |tx| {
            let work = Arc::clone(&work);
            async move {
                let (desk, key) = &*work;
                let filing = Filing {
                    kind: Kind::Tip,
                    number,
                    channel: Channel::Web,
                    filer: Filer::Resident,
                    category: CategoryCode::new("tip-environment").unwrap(),
                    community: AreaCode::new(COMMUNITY).unwrap(),
                    grid: None,
                    visibility: None,
                    may_call: false,
                    recurrence_of: None,
                    external: None,
                    consent: None,
                    words: Words {
                        place: Some(Place {
                            text: PlaceText::new(&place_mark(SEALED)).unwrap(),
                            position: None,
                        }),
                        photos: vec![shot],
                        ..Words::text(mark(SEALED))
                    },
                    fixed: None,
                };
                let party = PartyNo(1);
                let events = decide::file(filing, Actor::Party(party), &desk.rules(), now)?;
                tx.append(id, None, events, now).await?;
                let contact = Contact {
                    name: None,
                    phone: Some(PHONE.to_owned()),
                    email: None,
                };
                tx.put_contact(id, party, &contact).await?;
                tx.end_staging(key.as_str()).await?;
                Ok(())
            }
            .boxed()
        });
        filed.await.unwrap();
        Matter {
            id: Some(id),
            number: number.to_string(),
            version: 1,
            code: String::new(),
            link: String::new(),
        }
    }

    async fn does(&self, login: &str, case: usize, command: Command) {
        let viewer = self.viewer(login).await;
        let id = self.matters[case].id.unwrap();
        let what = format!("{command:?}");
        act::act(&self.portal.desk, &viewer, id, None, command)
            .await
            .unwrap_or_else(|error| panic!("{login}: {what}: {error}"));
    }

    /// Brings a case to where its sort stands.
    async fn bring(&mut self, case: usize) {
        let called = matches!(
            case,
            cases::RELEASED
                | cases::WAITING
                | cases::PRIVATE
                | cases::PROPOSED
                | cases::QUARANTINED
                | cases::ERASED
        );
        if called {
            let number = self.matters[case].number.clone();
            self.matters[case].link = self.portal.engaged(&number).await;
        }
        if matches!(case, cases::RELEASED | cases::ERASED) {
            self.does("editor", case, Act::Publish.into()).await;
        }
        if case == cases::RELEASED {
            let due = self.portal.desk.now().plus(Millis::days(2));
            let demand = Act::Supervise { due }.saying("请书面答复");
            self.does("supervisor", case, demand).await;
        }
        let away = || Act::Quarantine.saying("疑似涉密");
        match case {
            cases::PROPOSED => self.does("commission", case, away()).await,
            cases::QUARANTINED => {
                self.does("commission", case, away()).await;
                self.does("security", case, away()).await;
            }
            cases::ERASED => {
                let id = self.matters[case].id.unwrap();
                let erased = self.portal.desk.store.erase_words(id, 1).await.unwrap();
                assert!(erased);
            }
            cases::REJECTED => {
                for login in ["secretary-xianggang", "station-unit-06"] {
                    let ground = Ground::OtherProcedure;
                    let reject = Act::Reject { ground }.saying("已在诉讼中");
                    self.does(login, case, reject).await;
                }
            }
            _ => {}
        }
    }

    /// How each case stands now.
    async fn versions(&self) -> Vec<u32> {
        let all = access::scope(&Viewer::System);
        let mut reading = self.portal.desk.store.read().await.unwrap();
        let mut versions = Vec::new();
        for matter in &self.matters {
            versions.push(match matter.id {
                Some(id) => reading.case_by_id(&all, id).await.unwrap().unwrap().version,
                None => 0,
            });
        }
        versions
    }

    /// Notes how the cases stand; answers which of them changed since.
    pub async fn look(&mut self) -> Vec<usize> {
        let versions = self.versions().await;
        let mut changed = Vec::new();
        for (case, (matter, now)) in self.matters.iter_mut().zip(versions).enumerate() {
            if matter.version != now {
                changed.push(case);
            }
            matter.version = now;
        }
        changed
    }

    /// Whoever only looked changed nothing.
    pub async fn nothing_changed(&mut self, who: usize) {
        let changed = self.look().await;
        self.judge(changed.is_empty(), || {
            format!("{}: what only looks changed {changed:?}", PEOPLE[who].0)
        });
    }

    /// One cell.
    pub fn judge(&mut self, right: bool, what: impl FnOnce() -> String) {
        self.cells += 1;
        if !right {
            self.wrong.push(what());
        }
    }

    /// No answer says what its reader may not know. `about` is the case that was asked about: its
    /// number stands in the address, and so in the links to other languages.
    pub fn says_no_more(&mut self, who: usize, what: &str, about: Option<usize>, answer: &Answer) {
        let name = PEOPLE[who].0;
        let text = answer.text();
        let mut leaks = Vec::new();
        for case in CASES.filter(|case| *case != NOTHING) {
            let knows = cases::knows(name, case);
            let words = text.contains(&mark(case)) || text.contains(&place_mark(case));
            if words && knows < Knows::Words {
                leaks.push(format!("the words of {case}"));
            }
            let number = text.contains(&self.matters[case].number);
            if number && knows == Knows::Nothing && about != Some(case) {
                leaks.push(format!("the number of {case}"));
            }
        }
        if text.contains(PHONE) {
            leaks.push("how to reach somebody".to_owned());
        }
        self.judge(leaks.is_empty(), || {
            format!("{name}: {what} ({}) says {leaks:?}", answer.status)
        });
    }
}

fn login_of(name: &str) -> &'static str {
    let found = PEOPLE.iter().find(|(other, _)| *other == name);
    match found {
        Some((_, Shows::Login(login))) => login,
        other => panic!("{name}: {other:?}"),
    }
}
