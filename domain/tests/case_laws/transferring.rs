//! To a body outside, and what is heard from there.

use domain::event::PassedOn;

use super::*;

fn named(destination: &str, due: Timestamp) -> Act {
    Act::TransferOut {
        destination: BodyName::new(destination).unwrap(),
        basis: Basis::new("职责清单第三条").unwrap(),
        due,
    }
}

/// Who must answer, and by what right, is typed: it goes with the words, which may be erased, and never
/// into the facts. What is said besides need not be said.
#[test]
fn where_a_case_went_is_said_apart_and_is_no_fact() {
    let mut run = Run::plain();
    let due = run.now.plus(Millis::days(15));
    run.does(staff(4), named("市外某机构", due).saying("请直接联系"));
    let last = run.log.last().unwrap();
    assert_eq!(last.event.fact, Fact::TransferredOut { due });
    let words = last.event.words.as_ref().unwrap();
    assert_eq!(words.text.as_deref(), Some("请直接联系"));
    let on = PassedOn {
        to: "市外某机构".to_owned(),
        basis: "职责清单第三条".to_owned(),
    };
    assert_eq!(words.passed, Some(on));
    let encoded = last.event.encode();
    assert!(!encoded.facts.contains("某机构") && !encoded.facts.contains("清单"));

    // Nothing else that is done says where it went, whatever comes along with the command.
    let mut run = Run::plain();
    let stray = Words {
        passed: words.passed.clone(),
        ..Words::text("记一笔")
    };
    let command = Command {
        act: Act::Note,
        words: Some(stray),
    };
    run.does(staff(1), command);
    let noted = run.log.last().unwrap().event.words.clone().unwrap();
    assert_eq!(noted.passed, None);
}

/// A transfer ends every clock: a department of the city's own would be rid of them by it.
#[test]
fn a_unit_of_the_citys_own_is_not_transferred_to() {
    let unit = UnitCode::new("enforcement-appearance").unwrap();
    let names = CITY.unit(&unit).unwrap().names.clone();
    let mut run = Run::plain();
    let due = run.now.plus(Millis::days(15));
    for lang in domain::lang::Lang::ALL {
        let own = named(&format!(" {} ", names.get(lang)), due);
        assert_eq!(run.refused(staff(4), own), Refusal::OwnUnit, "{lang:?}");
    }
    let (city, own) = (&CITY.names.zh_hans, &names.zh_hans);
    let spaced = own.chars().map(String::from).collect::<Vec<_>>().join(" ");
    for other in [
        format!("{city}{own}"),
        format!("{own}（龙港）"),
        format!("“{spaced}”"),
    ] {
        assert_eq!(
            run.refused(staff(4), named(&other, due)),
            Refusal::OwnUnit,
            "{other}"
        );
    }
    assert_eq!(
        run.refused(staff(4), named("市外某机构", run.now)),
        Refusal::NotLater
    );
    run.does(staff(4), named("市外某机构", due));
}

/// The day of the answer stands over the case until the answer has come, which is told once and makes
/// no result.
#[test]
fn an_answer_from_there_ends_the_waiting_and_is_no_result() {
    let mut run = Run::plain();
    assert!(
        matches!(
            run.refused(staff(4), Act::RelayAnswer.saying("已答复")),
            Refusal::NotNow { .. }
        ),
        "nobody owes one"
    );
    let due = run.now.plus(Millis::days(15));
    run.does(staff(4), named("市外某机构", due));
    let row = serde_json::to_string(&run.case).unwrap();
    assert!(
        !row.contains("answered_at"),
        "written as it always was: {row}"
    );
    assert_eq!(run.case.answer_due(), Some(due));
    run.now = due.plus(Millis::hours(1));
    assert_eq!(run.case.date_over(run.now), Some(due));
    assert_eq!(
        run.refused(staff(4), Act::RelayAnswer),
        Refusal::NeedsText,
        "what they said is what it is about"
    );
    run.does(staff(4), Act::RelayAnswer.saying("对方已受理"));
    assert_eq!(run.case.answer_due(), None);
    assert_eq!(run.case.date_over(run.now), None);
    assert_eq!(run.case.state.tag(), StateTag::TransferredOut);
    assert!(!run.case.handled() && run.case.state.outcome().is_none());
    assert_eq!(
        run.refused(staff(4), Act::RelayAnswer.saying("又答复")),
        Refusal::AlreadyDone
    );
}
