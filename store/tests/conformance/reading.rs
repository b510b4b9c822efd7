//! What comes back, and to whom.

use domain::access::{Appointment, Line, Reach, Role as Post, Scope, Terms, Viewer, scope};
use domain::case::{CallClass, Kind};
use domain::event::{CalledPart, Fact, Words};
use domain::ids::{AppointmentNo, AreaCode, PartyNo, UnitCode};
use domain::visibility::Visibility;
use store::CaseFilter;
use store::testing::{BEGINNING, Filing, Fresh, add, by_staff, each_engine, file};

pub(crate) fn staff(line: Line, reach: Reach) -> Viewer {
    let appointment = Appointment {
        no: AppointmentNo(7),
        role: Post::Officer,
        line,
        reach,
        home: domain::clock::Owner::City,
        from: BEGINNING,
        until: None,
        terms: Terms::default(),
    };
    Viewer::Staff(vec![appointment].into())
}

#[tokio::test]
async fn a_filed_case_is_read_again() {
    each_engine(|fresh: Fresh| async move {
        let filed = file(&fresh.store, &Filing::default()).await.unwrap();
        let mut reading = fresh.store.read().await.unwrap();
        let case = reading
            .case(&Scope::public(), &filed.case.number)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(case, filed.case);
        assert_eq!(case.version, 1);
        let events = reading.events(&case).await.unwrap();
        assert_eq!(events.len(), 1);
        let words = events[0].event.words.as_ref().unwrap();
        assert_eq!(words.text.as_deref(), Some(Filing::default().text.as_str()));
        assert_eq!(reading.hashes(&case).await.unwrap(), filed.hashes);
        fresh.logged(1).await;
        assert_eq!(fresh.store.log_position(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_private_case_is_seen_by_its_party_and_its_line_only() {
    each_engine(|fresh: Fresh| async move {
        let private = Filing {
            visibility: Visibility::Private,
            ..Filing::default()
        };
        let case = file(&fresh.store, &private).await.unwrap().case;
        let other = file(&fresh.store, &private).await.unwrap().case;
        let mut reading = fresh.store.read().await.unwrap();
        let units = |unit| Line::Units(vec![UnitCode::new(unit).unwrap()]);
        let near = || Reach::Communities(vec![AreaCode::new("330383198023").unwrap()]);
        let far = || Reach::Communities(vec![AreaCode::new("330383198001").unwrap()]);
        let party = |id| Viewer::Party {
            case: id,
            party: PartyNo::REPORTER,
        };
        for (viewer, sees) in [
            (Viewer::Anonymous, false),
            (party(case.id), true),
            (party(other.id), false),
            (staff(units("enforcement"), near()), true),
            (staff(units("enforcement"), far()), false),
            (staff(units("housing"), near()), false),
            (staff(Line::All, Reach::City), true),
            (Viewer::Staff(Vec::new().into()), false),
            (Viewer::System, true),
        ] {
            let scope = scope(&viewer);
            let found = reading.case(&scope, &case.number).await.unwrap();
            assert_eq!(found.is_some(), sees, "by number: {viewer:?}");
            let filter = CaseFilter {
                limit: 10,
                ..CaseFilter::default()
            };
            let listed = reading.cases(&scope, &filter).await.unwrap();
            let listed = listed.iter().any(|line| line.id == case.id);
            assert_eq!(listed, sees, "in the list: {viewer:?}");
        }
    })
    .await;
}

/// Who works for a unit under contract sees what the unit is called to, not its whole line.
#[tokio::test]
async fn a_contractor_sees_the_cases_its_unit_is_called_to() {
    each_engine(|fresh: Fresh| async move {
        let private = Filing {
            visibility: Visibility::Private,
            ..Filing::default()
        };
        let filed = file(&fresh.store, &private).await.unwrap();
        let line = filed.case.line.clone();
        let contractor = |unit: &UnitCode| {
            let Viewer::Staff(officer) = staff(Line::Units(vec![unit.clone()]), Reach::City) else {
                unreachable!()
            };
            let mut appointment = officer.appointments()[0].clone();
            appointment.role = Post::Contractor;
            Viewer::Staff(vec![appointment].into())
        };
        let fire = UnitCode::new("fire").unwrap();
        let no_line = contractor(&fire);
        let seen = async |viewer: &Viewer| {
            let scope = scope(viewer);
            let mut reading = fresh.store.read().await.unwrap();
            let found = reading.case(&scope, &filed.case.number).await.unwrap();
            let filter = CaseFilter {
                limit: 10,
                ..CaseFilter::default()
            };
            let listed = reading.cases(&scope, &filter).await.unwrap();
            assert_eq!(found.is_some(), !listed.is_empty());
            let all = domain::access::scope(&Viewer::System);
            let case = reading.case_by_id(&all, filed.case.id).await.unwrap();
            let may_see = domain::access::sees(viewer, &case.unwrap());
            assert_eq!(found.is_some(), may_see);
            found.is_some()
        };
        assert!(!seen(&contractor(&line)).await, "its line is not enough");
        assert!(!seen(&no_line).await);
        let called = Fact::Called {
            class: CallClass::HardProblem,
            parts: vec![CalledPart {
                part: 1,
                unit: fire,
                lead: true,
            }],
            clocks: Vec::new(),
        };
        let accepted = Fact::Accepted { clocks: Vec::new() };
        for fact in [accepted, called] {
            add(&fresh.store, filed.case.id, by_staff(fact))
                .await
                .unwrap();
        }
        assert!(seen(&no_line).await);
        assert!(!seen(&contractor(&line)).await);
    })
    .await;
}

#[tokio::test]
async fn a_tip_is_sealed_from_whoever_sees_all_lines() {
    each_engine(|fresh: Fresh| async move {
        let tip = Filing {
            kind: Kind::Tip,
            visibility: Visibility::Private,
            ..Filing::default()
        };
        let case = file(&fresh.store, &tip).await.unwrap().case;
        let mut reading = fresh.store.read().await.unwrap();
        let all = scope(&staff(Line::All, Reach::City));
        let own = vec![UnitCode::new("enforcement").unwrap()];
        let own = scope(&staff(Line::Units(own), Reach::City));
        let filter = CaseFilter {
            limit: 10,
            ..CaseFilter::default()
        };
        assert!(reading.case(&all, &case.number).await.unwrap().is_none());
        assert!(reading.cases(&all, &filter).await.unwrap().is_empty());
        assert!(reading.case(&own, &case.number).await.unwrap().is_some());
        assert_eq!(reading.cases(&own, &filter).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn words_are_listed_once_they_are_released() {
    each_engine(|fresh: Fresh| async move {
        let case = file(&fresh.store, &Filing::default()).await.unwrap().case;
        let filter = CaseFilter {
            limit: 10,
            ..CaseFilter::default()
        };
        let public = Scope::public();
        let mut reading = fresh.store.read().await.unwrap();
        let lines = reading.cases(&public, &filter).await.unwrap();
        assert_eq!(
            (lines.len(), lines[0].words.clone()),
            (1, None),
            "waits for its release"
        );
        let own = scope(&Viewer::Party {
            case: case.id,
            party: PartyNo::REPORTER,
        });
        assert!(
            reading.cases(&own, &filter).await.unwrap()[0]
                .words
                .is_some()
        );
        add(&fresh.store, case.id, by_staff(Fact::Released {}))
            .await
            .unwrap();
        let lines = reading.cases(&public, &filter).await.unwrap();
        let text = lines[0].words.as_ref().unwrap().text.clone().unwrap();
        assert_eq!(text, Filing::default().text);
        let redacted = by_staff(Fact::Redacted { version: 1 });
        let redacted = redacted.saying(Some(Words::text("有人占道经营")));
        add(&fresh.store, case.id, redacted).await.unwrap();
        let lines = reading.cases(&public, &filter).await.unwrap();
        let text = lines[0].words.as_ref().unwrap().text.clone().unwrap();
        assert_eq!(
            text, "有人占道经营",
            "the public reads what replaced the words"
        );
    })
    .await;
}
