//! Commands that somebody might try, sensible or not.

use domain::ids::{ContractorCode, EngagementNo};
use proptest::prelude::*;

use super::*;

/// One try: which verb, by whom, with which details, and how long after the last.
#[derive(Clone, Debug)]
pub struct Try {
    choice: u16,
    actor: u8,
    detail: u8,
    photos: u8,
    silent: bool,
    pub minutes: i64,
}

pub fn tries() -> impl Strategy<Value = Vec<Try>> {
    let one = (
        any::<u16>(),
        any::<u8>(),
        any::<u8>(),
        0..3_u8,
        prop::bool::weighted(0.1),
        prop_oneof![3 => -30..200_i64, 1 => 0..9_000_i64],
    )
        .prop_map(|(choice, actor, detail, photos, silent, minutes)| Try {
            choice,
            actor,
            detail,
            photos,
            silent,
            minutes,
        });
    prop::collection::vec(one, 1..60)
}

pub fn filings() -> impl Strategy<Value = (Filer, &'static str, Option<Visibility>)> {
    let filer = prop::sample::select(Filer::ALL);
    let what = prop::sample::select(
        &[
            "published-error",
            "street-vending",
            "illegal-dumping",
            "vacant-land",
        ][..],
    );
    let visibility = prop::sample::select(&Visibility::ALL[..]);
    let own = (filer.clone(), what, prop::option::of(visibility));
    // Staff file nothing more public than its category.
    let own = own.prop_map(|(filer, what, asked)| {
        let usual = CITY.category(&category(what)).unwrap().visibility;
        let fits = filer == Filer::Resident || asked.is_none_or(|asked| asked >= usual);
        (filer, what, asked.filter(|_| fits))
    });
    prop_oneof![
        9 => own,
        1 => (filer, Just("family-violence"), Just(None)),
    ]
}

/// The try as a command. Nine times in ten it is a verb for a case in this state.
pub fn command(case: &Case, attempt: &Try, now: Timestamp) -> Command {
    let tag = case.state.tag();
    let mut fitting: Vec<Verb> = Verb::ALL
        .iter()
        .copied()
        .filter(|verb| attempt.choice.is_multiple_of(10) || row_of(*verb).from.contains(&tag))
        .collect();
    if attempt.choice.is_multiple_of(3) && !case.parts.is_empty() {
        // A called unit's way is long: without a push few tries come to its end.
        let steps = [
            Verb::ReportIn,
            Verb::SetOut,
            Verb::Arrive,
            Verb::FeedBack,
            Verb::Resolve,
            Verb::AskReturn,
            Verb::RuleOnReturn,
            // Whoever is engaged is seldom let go before the case ends.
            match case.engagements.last() {
                Some(engaged) if engaged.ended.is_none() => Verb::EndEngagement,
                _ => Verb::Engage,
            },
        ];
        fitting = steps.to_vec();
    }
    if attempt.choice % 3 == 1 && (case.rejection_proposed.is_some() || tag == StateTag::Rejected) {
        fitting = vec![Verb::Reject, Verb::AskReview, Verb::ReviewRejection];
    }
    if attempt.choice % 3 == 2 && case.owes_answer() {
        fitting = vec![Verb::AnswerRating, Verb::Reopen];
    }
    let verb = fitting[usize::from(attempt.choice / 10) % fitting.len()];
    let n = u32::from(attempt.detail);
    let pick = |len: usize| usize::from(attempt.detail) % len;
    let part = case
        .parts
        .get(pick(case.parts.len() + 1))
        .map_or(99, |part| part.no);
    let soon = now.plus(Millis::hours(i64::from(attempt.detail) - 20));
    let units = [
        "enforcement-appearance",
        "resources-land",
        "safety-fire",
        "nowhere",
    ];
    let unit = UnitCode::new(units[pick(4)]).unwrap();
    let act = match verb {
        Verb::Accept => Act::Accept,
        Verb::Take => Act::Take,
        Verb::Reject => Act::Reject {
            ground: Ground::ALL[pick(2)],
        },
        Verb::AskReview => Act::AskReview,
        Verb::ReviewRejection => Act::ReviewRejection { uphold: n % 2 == 0 },
        Verb::Ask => Act::Ask,
        Verb::Answer => Act::Answer,
        Verb::EndWaiting => Act::EndWaiting,
        Verb::AddInformation => Act::AddInformation,
        Verb::Join => Act::Join,
        Verb::Assess => Act::Assess { duty: None },
        Verb::Call => {
            let due = match n % 3 {
                0 => CallDue::Policy,
                1 => CallDue::Within(Limit::Days(4)),
                _ => CallDue::Until(soon),
            };
            let mut units = vec![Called {
                unit,
                lead: n % 5 != 0,
            }];
            if n % 2 == 0 {
                let unit = UnitCode::new("police-order").unwrap();
                units.push(Called {
                    unit,
                    lead: n % 5 == 0,
                });
            }
            Act::Call {
                class: CallClass::ALL[pick(3)],
                units,
                due,
            }
        }
        Verb::Sign => Act::Sign { part },
        Verb::ReportIn => Act::ReportIn { part },
        Verb::SetOut => Act::SetOut { part },
        Verb::Arrive => Act::Arrive { part },
        Verb::FeedBack => Act::FeedBack { part },
        Verb::Engage => Act::Engage {
            part,
            contractor: {
                let unit = case.part(part).map(|part| part.unit.as_str());
                let firm = match unit {
                    Some("enforcement-appearance") => "clean-river",
                    Some("resources-land") => "green-hand",
                    _ => "nobody",
                };
                ContractorCode::new(firm).unwrap()
            },
            until: soon,
        },
        Verb::EndEngagement => Act::EndEngagement {
            engagement: case
                .engagements
                .last()
                .map_or(EngagementNo(n), |engaged| engaged.no),
        },
        Verb::AskReturn => Act::AskReturn { part, duty: None },
        Verb::RuleOnReturn => {
            let asked = case.parts.iter().find(|part| part.return_asked);
            Act::RuleOnReturn {
                part: asked.map_or(part, |part| part.no),
                uphold: n % 2 == 0,
            }
        }
        Verb::Assign => Act::Assign {
            unit,
            lead: n % 2 == 0,
        },
        Verb::AskExtension => {
            let clocks = case.clocks.len();
            let clock = case.clocks.get(pick(clocks.max(1)));
            let until = clock.map_or(soon, |clock| {
                clock.due.plus(Millis::hours(i64::from(n) - 2))
            });
            Act::AskExtension {
                clock: clock.map_or(99, |clock| clock.id),
                until,
            }
        }
        Verb::RuleOnExtension => Act::RuleOnExtension { grant: n % 3 != 0 },
        Verb::Park => Act::Park {
            owner: unit,
            until: soon,
        },
        Verb::TransferOut => transfer(soon),
        Verb::RelayAnswer => Act::RelayAnswer,
        Verb::Note => Act::Note,
        Verb::Update => Act::Update,
        Verb::AddEvidence => {
            let kinds = [
                EvidenceKind::PhotoBefore,
                EvidenceKind::PhotoAfter,
                EvidenceKind::Document,
            ];
            Act::AddEvidence {
                evidence: kinds[pick(3)],
            }
        }
        Verb::Resolve => Act::Resolve {
            outcome: Outcome::ALL[pick(Outcome::ALL.len())],
            enforcement: (n % 4 == 0).then_some(EnforcementOutcome::Warned),
            level: Level::ALL[pick(4)],
        },
        Verb::Verify => Act::Verify {
            method: VerifyMethod::OnSite,
        },
        Verb::SendBack => Act::SendBack,
        Verb::CallBack => Act::CallBack {
            reached: n % 2 == 0,
            holds: [None, Some(true), Some(false)][pick(3)],
        },
        Verb::Confirm => Act::Confirm,
        Verb::Dispute => Act::Dispute,
        Verb::Rate => Act::Rate {
            stars: attempt.detail % 8,
        },
        Verb::AnswerRating => Act::AnswerRating,
        Verb::Reopen => Act::Reopen,
        Verb::Escalate => Act::Escalate {
            to: Level::ALL[pick(4)],
        },
        Verb::Urge => Act::Urge,
        Verb::Supervise => Act::Supervise { due: soon },
        Verb::AnswerSupervision => Act::AnswerSupervision { demand: n % 3 },
        Verb::DirectLine => Act::DirectLine,
        Verb::Move => {
            let to = [
                "330383198023",
                "330383198094",
                "330383198001",
                "unit-06",
                "9",
            ];
            Act::Move {
                community: area(to[pick(to.len())]),
            }
        }
        Verb::Reclassify => {
            let to = [
                "vacant-land",
                "published-error",
                "minor-harm",
                "tip-official",
                "rubbish",
                "nothing",
            ];
            Act::Reclassify {
                category: category(to[pick(to.len())]),
            }
        }
        Verb::Merge => Act::Merge {
            into: CaseId::from_bytes([attempt.detail; 16]),
        },
        Verb::Unmerge => Act::Unmerge,
        Verb::Publish => Act::Publish,
        Verb::Hold => Act::Hold,
        Verb::Redact => Act::Redact { version: n % 6 },
        Verb::Quarantine => Act::Quarantine,
        Verb::ChangeVisibility => Act::ChangeVisibility {
            to: Visibility::ALL[pick(3)],
        },
        Verb::HandOver => Act::HandOver {
            to: AppointmentNo(n % 5),
        },
        Verb::Withdraw => Act::Withdraw,
        Verb::Close => Act::Close,
    };
    let photos = (0..attempt.photos)
        .map(|no| PhotoId::new([no; 16]))
        .collect();
    let text = (!attempt.silent).then(|| SPOKEN.to_owned());
    Command {
        act,
        words: Some(Words {
            text,
            photos,
            ..Words::default()
        }),
    }
}

pub fn actor(attempt: &Try) -> Actor {
    match attempt.actor % 6 {
        0 => REPORTER,
        1 => NEIGHBOUR,
        2 => Actor::System,
        n => staff(u32::from(n)),
    }
}
