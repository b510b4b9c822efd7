//! Whatever the rules may answer a resident with, the page has a sentence for it.

use std::{iter, sync::LazyLock};

use casework::city_files;
use domain::{
    access,
    case::{
        CallClass, Case, Channel, EvidenceKind, Filer, Ground, Kind, Level, Outcome, StateTag,
        VerifyMethod, apply,
    },
    city::City,
    decide::{self, CallDue, Called, Filing, Rules, decide, take_in},
    event::{Actor, Event, Recorded},
    ids::{AppointmentNo, AreaCode, CaseId, CategoryCode, PartyNo, PhotoId, UnitCode},
    lang::Lang,
    text::{Basis, BodyName},
    time::{CityTime, Millis, Timestamp},
};

use super::*;
use crate::{
    here::tests::at as here_at,
    pages::{ErrorPage, Trouble},
    texts::t,
    words,
};

static CITY: LazyLock<City> = LazyLock::new(|| city_files::load_embedded().unwrap());

/// The next reason: a new one does not compile before it has a place in the row.
fn after(refusal: Refusal) -> Option<Refusal> {
    use Refusal as R;
    Some(match refusal {
        R::NotNow { .. } => R::AlreadyDone,
        R::AlreadyDone => R::NoSuch("part"),
        R::NoSuch(_) => R::NeedsText,
        R::NeedsText => R::UnfitText,
        R::UnfitText => R::SecondPerson,
        R::SecondPerson => R::NeedsConsent,
        R::NeedsConsent => R::OneLevel,
        R::OneLevel => R::NobodyToJudge,
        R::NobodyToJudge => R::NotARating,
        R::NotARating => R::EvidenceMissing(EvidenceKind::PhotoAfter),
        R::EvidenceMissing(_) => R::PartsOpen,
        R::PartsOpen => R::MustTransfer,
        R::MustTransfer => R::OwnUnit,
        R::OwnUnit => R::MustPark,
        R::MustPark => R::OneLead,
        R::OneLead => R::NotLater,
        R::NotLater => R::TooLong,
        R::TooLong => R::TooLate,
        R::TooLate => R::TooEarly,
        R::TooEarly => R::OnlyOnce,
        R::OnlyOnce => R::NotOverdue,
        R::NotOverdue => R::Final,
        R::Final => R::NotWaiting,
        R::NotWaiting => R::NotThisVisibility,
        R::NotThisVisibility => R::NothingToRelease,
        R::NothingToRelease => R::NotTheSame,
        R::NotTheSame => R::OthersGoOnInIt,
        R::OthersGoOnInIt => R::Unknown("category"),
        R::Unknown(_) => R::Emergency,
        R::Emergency => R::AlwaysPrivate,
        R::AlwaysPrivate => return None,
    })
}

/// Every reason there is, "not now" once for each state.
fn every() -> Vec<Refusal> {
    let verb = Verb::Withdraw;
    let not_now = |state: &StateTag| Refusal::NotNow {
        verb,
        state: *state,
    };
    let others = iter::successors(Some(Refusal::AlreadyDone), |refusal| after(*refusal));
    StateTag::ALL.iter().map(not_now).chain(others).collect()
}

/// The same reason, whatever it is about; "not now" differs by the state.
fn same(one: Refusal, other: Refusal) -> bool {
    match (one, other) {
        (Refusal::NotNow { state: one, .. }, Refusal::NotNow { state: other, .. }) => one == other,
        _ => std::mem::discriminant(&one) == std::mem::discriminant(&other),
    }
}

fn start() -> Timestamp {
    let monday = CityTime::china().parse_rfc3339("2026-11-23T09:00:00+08:00");
    monday.unwrap()
}

fn filing(filer: Filer, category: &str) -> Filing {
    Filing {
        kind: Kind::Whistle,
        number: CaseNumber::new(CITY.time.civil(start()).date, 482_913),
        channel: Channel::Web,
        filer,
        category: CategoryCode::new(category).unwrap(),
        community: AreaCode::new("330383198023").unwrap(),
        grid: None,
        visibility: None,
        may_call: true,
        recurrence_of: None,
        external: None,
        consent: None,
        words: Words::text("错字"),
        fixed: None,
    }
}

fn staff(no: u32) -> Actor {
    Actor::Appointment(AppointmentNo(no))
}

/// A case that comes about by chance, and every answer that residents get on its way.
struct Walk {
    case: Case,
    now: Timestamp,
    chance: u64,
}

impl Walk {
    fn begin(filer: Filer, category: &str, chance: u64) -> Self {
        let filing = filing(filer, category);
        let events = decide::file(filing, staff(2), &Rules::new(&CITY), start()).unwrap();
        let id = CaseId::new(start(), [u8::try_from(chance % 200).unwrap(); 10]);
        let mut case = None;
        for (event, version) in events.into_iter().zip(1..) {
            let at = start();
            let recorded = Recorded {
                case: id,
                version,
                at,
                event,
            };
            case = Some(apply(case, &recorded).unwrap());
        }
        Self {
            case: case.unwrap(),
            now: start(),
            chance,
        }
    }

    /// The next number below `most` (a linear congruence, Knuth's MMIX).
    fn draw(&mut self, most: usize) -> usize {
        let next = self.chance.wrapping_mul(6_364_136_223_846_793_005);
        self.chance = next.wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.chance >> 33).unwrap() % most
    }

    fn append(&mut self, events: Vec<Event>) {
        for event in events {
            let recorded = Recorded {
                case: self.case.id,
                version: self.case.version + 1,
                at: self.now,
                event,
            };
            self.case = apply(Some(self.case.clone()), &recorded).unwrap();
        }
    }

    /// All that the door lets the people of the case do, with a text and without.
    fn asked(&self) -> Vec<(Viewer, Act)> {
        let forms = [
            [("stars", "0"), ("visibility", "public")],
            [("stars", "5"), ("visibility", "private")],
        ]
        .map(|fields| FormBody {
            fields: fields
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .to_vec(),
            ..FormBody::default()
        });
        let case = self.case.id;
        let people = [1, 2].map(|no| Viewer::Party {
            case,
            party: PartyNo(no),
        });
        let mut asked = vec![(Viewer::Anonymous, Act::Join)];
        for person in people {
            for form in &forms {
                let acts = Verb::ALL.iter();
                let acts = acts.filter_map(|verb| resident_act(*verb, form));
                asked.extend(acts.map(|act| (person.clone(), act)));
            }
        }
        asked
    }

    fn ask_all(&self, met: &mut Vec<Refusal>) {
        for (viewer, act) in self.asked() {
            let Ok(actor) = access::may(&viewer, act.verb(), &self.case) else {
                continue;
            };
            for text in [None, Some("话")] {
                let command = Command {
                    act: act.clone(),
                    words: text.map(Words::text),
                };
                let rules = Rules::new(&CITY);
                let answer = decide(&self.case, command, actor.clone(), &rules, self.now);
                if let Err(refusal) = answer
                    && !met.iter().any(|before| same(*before, refusal))
                {
                    met.push(refusal);
                }
            }
        }
    }

    /// Time passes, and somebody does something, or tries to.
    fn go_on(&mut self) {
        let hours = [0, 0, 1, 30, 24 * 8, 24 * 31][self.draw(6)];
        self.now = self.now.plus(Millis::hours(hours));
        if self.draw(8) == 0 {
            // Another case goes on in this one.
            let other = Self::begin(self.case.filer, self.case.category.as_str(), 1);
            if let Ok(events) = take_in(&self.case, &other.case, staff(1)) {
                self.append(events);
            }
            return;
        }
        let unit = UnitCode::new("enforcement-appearance").unwrap();
        let by_staff = [
            (1, Act::Accept),
            (1, Act::Take),
            (
                1,
                Act::Reject {
                    ground: Ground::NotActionable,
                },
            ),
            (
                2,
                Act::Reject {
                    ground: Ground::NotActionable,
                },
            ),
            (8, Act::ReviewRejection { uphold: true }),
            (1, Act::Ask),
            (
                1,
                Act::Call {
                    class: CallClass::HardProblem,
                    units: vec![Called {
                        unit: unit.clone(),
                        lead: true,
                    }],
                    due: CallDue::Policy,
                },
            ),
            (5, Act::ReportIn { part: 1 }),
            (
                1,
                Act::Park {
                    owner: unit,
                    until: self.now.plus(Millis::days(9)),
                },
            ),
            (
                8,
                Act::TransferOut {
                    destination: BodyName::new("市外某机构").unwrap(),
                    basis: Basis::new("职责清单").unwrap(),
                    due: self.now.plus(Millis::days(9)),
                },
            ),
            (8, Act::RelayAnswer),
            (
                5,
                Act::Resolve {
                    outcome: Outcome::Solved,
                    enforcement: None,
                    level: Level::Community,
                },
            ),
            (
                9,
                Act::Verify {
                    method: VerifyMethod::OnSite,
                },
            ),
            (9, Act::SendBack),
            (9, Act::Close),
            (
                1,
                Act::Merge {
                    into: CaseId::new(start(), [250; 10]),
                },
            ),
        ];
        let by_residents = self.asked();
        let (act, actor) = match self.draw(3) {
            0 => {
                let (viewer, act) = by_residents[self.draw(by_residents.len())].clone();
                let Ok(acting) = access::may(&viewer, act.verb(), &self.case) else {
                    return;
                };
                (act, acting)
            }
            _ => {
                let (no, act) = by_staff[self.draw(by_staff.len())].clone();
                (act, staff(no).into())
            }
        };
        let words = Words {
            photos: vec![PhotoId::new([7; 16])],
            ..Words::text("话")
        };
        let command = Command {
            act,
            words: Some(words),
        };
        if let Ok(events) = decide(&self.case, command, actor, &Rules::new(&CITY), self.now) {
            self.append(events);
        }
    }
}

/// What residents are answered with on many ways through a case, and at the filing.
fn met_by_residents() -> Vec<Refusal> {
    let mut met = Vec::new();
    for chance in 0..300 {
        let (filer, category) = match chance % 5 {
            0 => (Filer::Staff, "published-error"),
            1 => (Filer::Resident, "family-violence"),
            _ => (Filer::Resident, "published-error"),
        };
        let mut walk = Walk::begin(filer, category, chance);
        for _ in 0..40 {
            walk.ask_all(&mut met);
            walk.go_on();
        }
    }
    let categories = CITY.categories.iter();
    let codes = categories.map(|category| category.code.as_str());
    for code in codes.chain(["nothing-of-ours"]) {
        for visibility in Visibility::ALL {
            let filing = Filing {
                visibility: Some(visibility),
                ..filing(Filer::Resident, code)
            };
            let actor = Actor::Party(PartyNo::REPORTER);
            let answer = decide::file(filing, actor, &Rules::new(&CITY), start());
            if let Err(refusal) = answer
                && !met.iter().any(|before| same(*before, refusal))
            {
                met.push(refusal);
            }
        }
    }
    met
}

#[test]
fn every_refusal_that_meets_a_resident_says_what_to_do_instead() {
    let met = met_by_residents();
    // The walks come far enough to mean something.
    for refusal in [
        Refusal::AlreadyDone,
        Refusal::NeedsText,
        Refusal::NobodyToJudge,
        Refusal::NotARating,
        Refusal::TooLate,
        Refusal::OnlyOnce,
        Refusal::NotOverdue,
        Refusal::NotWaiting,
        Refusal::NotThisVisibility,
        Refusal::OthersGoOnInIt,
        Refusal::Unknown(""),
        Refusal::Emergency,
    ] {
        assert!(met.iter().any(|it| same(*it, refusal)), "{refusal:?}");
    }
    for state in StateTag::ALL {
        let verb = Verb::Withdraw;
        let refusal = Refusal::NotNow {
            verb,
            state: *state,
        };
        assert!(met.iter().any(|it| same(*it, refusal)), "{refusal:?}");
    }
    for lang in Lang::ALL {
        let general = [t::error_moved(lang), t::trouble_422(lang)];
        for refusal in every() {
            let on_track = told(refusal).text(lang);
            let here = here_at(lang, "/cases/1/join", "");
            let trouble = Trouble::Because(refusal);
            let page = render::page(|| leptos::view! { <ErrorPage here trouble /> });
            let Some(own) = words::refusal(lang, refusal) else {
                let meets = met.iter().any(|it| same(*it, refusal));
                assert!(!meets, "{lang:?}: {refusal:?} has no sentence");
                assert_eq!(on_track, general[0]);
                assert!(page.contains(general[1]));
                continue;
            };
            assert!(!own.is_empty() && !general.contains(&own.as_str()));
            assert_eq!(on_track, own, "{lang:?}: {refusal:?} on /track");
            assert!(page.contains(&own), "{lang:?}: {refusal:?} as a page");
        }
    }
}

/// No two reasons share a sentence, except states in which the same is to be done.
#[test]
fn each_reason_has_its_own_sentence() {
    for lang in Lang::ALL {
        let mut seen: Vec<(Refusal, String)> = Vec::new();
        for refusal in every() {
            let Some(own) = words::refusal(lang, refusal) else {
                continue;
            };
            for (before, sentence) in &seen {
                let states = std::mem::discriminant(before) == std::mem::discriminant(&refusal);
                assert!(
                    states || *sentence != own,
                    "{lang:?}: {before:?}, {refusal:?}"
                );
            }
            seen.push((refusal, own));
        }
    }
}
