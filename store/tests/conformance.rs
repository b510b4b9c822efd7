//! Every behaviour, on both engines.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use bytes::Bytes;
use domain::access::{Appointment, Line, Reach, Role as Post, Scope, Viewer, scope};
use domain::case::{CallClass, Kind};
use domain::event::{Actor, CalledPart, Event, Fact, Words};
use domain::ids::{AppointmentNo, AreaCode, CaseId, PartyNo, PhotoId, UnitCode};
use domain::time::Millis;
use domain::visibility::Visibility;
use store::testing::{BEGINNING, Filing, Fresh, add, by_staff, each_engine, file, file_in};
use store::{
    CaseFilter, Contact, EngineKind, Error, History, OpenOptions, Person, Role, STAFF_ABSOLUTE,
    STAFF_IDLE, STAGED_FOR, StateGroup, Store, TRACKING_IDLE, Token,
};

const KEY: &str = "0123456789abcdef0123456789abcdef";

fn staff(line: Line, reach: Reach) -> Viewer {
    let appointment = Appointment {
        no: AppointmentNo(7),
        role: Post::Officer,
        line,
        reach,
        home: domain::clock::Owner::City,
        from: BEGINNING,
        until: None,
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

#[tokio::test]
async fn whoever_changes_an_old_version_hears_of_the_new_one() {
    each_engine(|fresh: Fresh| async move {
        let case = file(&fresh.store, &Filing::default()).await.unwrap().case;
        let old = fresh
            .store
            .write::<_, _, Error>(move |tx| Box::pin(tx.load_case(case.id)))
            .await
            .unwrap();
        add(
            &fresh.store,
            case.id,
            by_staff(Fact::Accepted { clocks: Vec::new() }),
        )
        .await
        .unwrap();
        let late = fresh
            .store
            .write::<_, _, Error>(move |tx| {
                let old = old.clone();
                Box::pin(async move {
                    let at = tx.now();
                    tx.append(case.id, old, vec![by_staff(Fact::Taken {})], at)
                        .await
                })
            })
            .await;
        assert!(late.is_err(), "{late:?}");
        let mut reading = fresh.store.read().await.unwrap();
        let stands = reading
            .case_by_id(&Scope::public(), case.id)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(stands.version, 2);
        assert_eq!(reading.hashes(&stands).await.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn many_at_once_lose_nothing_and_stand_in_one_log() {
    each_engine(|fresh: Fresh| async move {
        let case = file(&fresh.store, &Filing::default()).await.unwrap().case;
        let mut tasks = Vec::new();
        for _ in 0..16 {
            let store = fresh.store.clone();
            tasks.push(tokio::spawn(async move {
                // Notes race on one case: each is re-run until it follows the one before.
                for _ in 0..3 {
                    let mut tries = 0;
                    while let Err(error) = add(&store, case.id, by_staff(Fact::Noted {})).await {
                        tries += 1;
                        assert!(tries < 200, "{error}");
                    }
                    file(&store, &Filing::default()).await.unwrap();
                }
            }));
        }
        for task in tasks {
            task.await.unwrap();
        }
        fresh.logged(1 + 2 * 48).await;
        let mut reading = fresh.store.read().await.unwrap();
        let stands = reading
            .case_by_id(&Scope::public(), case.id)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(stands.version, 49);
        let log = reading.log_after(0, 1_000).await.unwrap();
        assert_eq!(log.len(), 97);
        let versions: Vec<u32> = log
            .iter()
            .filter(|logged| logged.recorded.case == case.id)
            .map(|logged| logged.recorded.version)
            .collect();
        assert_eq!(
            versions,
            (1..=49).collect::<Vec<_>>(),
            "versions of a case stay in order"
        );
        drop(reading);
        let report = fresh.store.verify(|_| ()).await.unwrap();
        assert!(report.is_good(), "{report:?}");
    })
    .await;
}

#[tokio::test]
async fn a_retry_finds_its_filing_and_another_filing_is_told_apart() {
    each_engine(|fresh: Fresh| async move {
        let store = &fresh.store;
        let code = file_with_key(store, KEY, b"filing one").await.unwrap();
        let again = file_with_key(store, KEY, b"filing one").await.unwrap();
        assert_eq!(code.digits(), again.digits());
        let mut reading = store.read().await.unwrap();
        assert_eq!(reading.log_end().await.unwrap().0.max(1), 1, "one case");
        let other = reading
            .filed_with(KEY, b"filing two")
            .await
            .unwrap()
            .unwrap();
        assert!(!other.same_filing);
        assert!(
            reading
                .filed_with("another key of 32 characters....", b"x")
                .await
                .unwrap()
                .is_none()
        );
        let (case, party) = reading.party_by_code(&code).await.unwrap().unwrap();
        assert_eq!((case, party), (other.case, PartyNo::REPORTER));
        let derived = reading.receipt_of(case, KEY).await.unwrap().unwrap();
        assert_eq!(derived.0.digits(), code.digits());
        assert!(
            reading
                .receipt_of(case, "not the key")
                .await
                .unwrap()
                .is_none()
        );
    })
    .await;
}

/// Files with an idempotency key as casework does, and answers the receipt code.
async fn file_with_key(
    store: &Store,
    key: &'static str,
    filing: &'static [u8],
) -> store::Result<domain::reference::ReceiptCode> {
    store
        .write(move |tx| {
            Box::pin(async move {
                if let Some(filed) = tx.filed_with(key, filing).await? {
                    let receipt = tx.receipt_of(filed.case, key).await?;
                    return Ok(receipt
                        .map(|(code, _)| code)
                        .expect("the filing gave a receipt"));
                }
                let case = file_in(tx, &Filing::default()).await?.case;
                let code = tx.keys().receipt_code(case.id, key);
                tx.give_receipt(case.id, PartyNo::REPORTER, &code).await?;
                let at = tx.now();
                tx.remember_filing(key, filing, case.id, PartyNo::REPORTER, at)
                    .await?;
                Ok(code)
            })
        })
        .await
}

#[tokio::test]
async fn one_key_used_at_once_by_many_makes_one_case() {
    each_engine(|fresh: Fresh| async move {
        let mut tasks = Vec::new();
        for _ in 0..12 {
            let store = fresh.store.clone();
            tasks.push(tokio::spawn(async move {
                file_with_key(&store, KEY, b"the same filing").await
            }));
        }
        let mut codes = Vec::new();
        for task in tasks {
            codes.push(task.await.unwrap().unwrap().digits());
        }
        codes.dedup();
        assert_eq!(codes.len(), 1);
        fresh.logged(1).await;
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        assert_eq!(fresh.store.log_position(), 1, "one filing, one event");
    })
    .await;
}

#[tokio::test]
async fn a_replaced_receipt_closes_the_old_one() {
    each_engine(|fresh: Fresh| async move {
        let store = &fresh.store;
        let old = file_with_key(store, KEY, b"filing").await.unwrap();
        let (case, party) = store
            .read()
            .await
            .unwrap()
            .party_by_code(&old)
            .await
            .unwrap()
            .unwrap();
        let new = store
            .keys()
            .receipt_code(case, "a new key, drawn for the replacement");
        let code = new.clone();
        let replaced = store
            .write::<_, _, Error>(move |tx| {
                let code = code.clone();
                Box::pin(async move { tx.replace_receipt(case, party, &code).await })
            })
            .await
            .unwrap();
        assert!(replaced);
        let mut reading = store.read().await.unwrap();
        assert!(reading.party_by_code(&old).await.unwrap().is_none());
        assert_eq!(
            reading.party_by_code(&new).await.unwrap(),
            Some((case, party))
        );
    })
    .await;
}

#[tokio::test]
async fn a_contact_is_sealed_bound_to_its_party_and_every_look_is_logged() {
    each_engine(|fresh: Fresh| async move {
        let store = &fresh.store;
        let case = file(store, &Filing::default()).await.unwrap().case.id;
        let other = file(store, &Filing::default()).await.unwrap().case.id;
        let contact = Contact {
            phone: Some("13800000000".to_owned()),
            ..Contact::default()
        };
        let left = contact.clone();
        store
            .write::<_, _, Error>(move |tx| {
                let left = left.clone();
                Box::pin(async move { tx.put_contact(case, PartyNo::REPORTER, &left).await })
            })
            .await
            .unwrap();
        assert!(
            store
                .read()
                .await
                .unwrap()
                .has_contact(case, PartyNo(1))
                .await
                .unwrap()
        );
        let by = Actor::Appointment(AppointmentNo(7));
        let reveal = move |of: CaseId| {
            let store = store.clone();
            async move {
                store
                    .write::<_, _, Error>(move |tx| {
                        Box::pin(tx.reveal_contact(of, PartyNo::REPORTER, by, "要问门牌号"))
                    })
                    .await
            }
        };
        assert_eq!(reveal(case).await.unwrap(), Some(contact));
        let looks = store.read().await.unwrap().looks_at(case).await.unwrap();
        assert_eq!(looks.len(), 1);
        assert_eq!(
            (looks[0].by, looks[0].reason.as_str()),
            (Some(AppointmentNo(7)), "要问门牌号")
        );
        // The same sealed row under another case opens nothing.
        store
            .write::<_, _, Error>(move |tx| {
                Box::pin(async move {
                    tx.raw("UPDATE contact SET case_id = (SELECT MAX(id) FROM case_row)")
                        .await
                })
            })
            .await
            .unwrap();
        let moved = case.max(other);
        if moved == other {
            assert!(matches!(reveal(other).await, Err(Error::Sealed)));
        }
    })
    .await;
}

#[tokio::test]
async fn a_tracking_session_ends_half_an_hour_after_the_last_look() {
    each_engine(|fresh: Fresh| async move {
        let store = &fresh.store;
        let case = file(store, &Filing::default()).await.unwrap().case.id;
        let token = Token::new([9; 32]);
        let opened = token.clone();
        store
            .write::<_, _, Error>(move |tx| {
                let token = opened.clone();
                Box::pin(async move { tx.open_tracking(&token, case, PartyNo::REPORTER).await })
            })
            .await
            .unwrap();
        let read = || async { store.read().await.unwrap().tracking(&token).await.unwrap() };
        assert!(!read().await.unwrap().note_look);
        fresh.clock.advance(Millis::minutes(29));
        assert!(read().await.unwrap().note_look);
        let seen = token.clone();
        store
            .write::<_, _, Error>(move |tx| {
                let token = seen.clone();
                Box::pin(async move { tx.see_tracking(&token).await })
            })
            .await
            .unwrap();
        fresh.clock.advance(Millis::minutes(29));
        assert_eq!(read().await.unwrap().case, case);
        fresh.clock.advance(TRACKING_IDLE);
        assert!(read().await.is_none());
        assert!(
            store
                .read()
                .await
                .unwrap()
                .tracking(&Token::new([8; 32]))
                .await
                .unwrap()
                .is_none()
        );
        let swept = store
            .write::<_, _, Error>(|tx| Box::pin(async move { tx.sweep_tracking().await }))
            .await
            .unwrap();
        assert_eq!(swept, 1);
    })
    .await;
}

#[tokio::test]
async fn staged_photos_are_counted_bound_to_their_form_and_swept() {
    each_engine(|fresh: Fresh| async move {
        let store = &fresh.store;
        let photo = PhotoId::new([5; 16]);
        store
            .blobs()
            .put(photo, Bytes::from_static(b"f"), Bytes::from_static(b"s"))
            .await
            .unwrap();
        store
            .write::<_, _, Error>(move |tx| {
                Box::pin(async move { tx.stage_photo(photo, "form", b"10.0.0.1", 1_000).await })
            })
            .await
            .unwrap();
        let mut reading = store.read().await.unwrap();
        let staged = reading.staged("form", b"10.0.0.1").await.unwrap();
        assert_eq!(
            (staged.of_form, staged.of_address, staged.bytes),
            (1, 1, 1_000)
        );
        let elsewhere = reading.staged("another form", b"10.0.0.2").await.unwrap();
        assert_eq!((elsewhere.of_form, elsewhere.of_address), (0, 0));
        assert!(
            reading
                .staged_photos("another form")
                .await
                .unwrap()
                .is_empty()
        );
        drop(reading);
        fresh.clock.advance(STAGED_FOR);
        assert_eq!(store.sweep_staging().await.unwrap(), 1);
        assert!(!store.blobs().has(photo).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_filed_photo_belongs_to_its_case_and_outlives_the_sweep() {
    each_engine(|fresh: Fresh| async move {
        let store = &fresh.store;
        let photos: Vec<PhotoId> = (1..=6).map(|n| PhotoId::new([n; 16])).collect();
        let stray = PhotoId::new([99; 16]);
        for photo in photos.iter().chain([&stray]) {
            let (full, small) = (Bytes::from_static(b"f"), Bytes::from_static(b"s"));
            store.blobs().put(*photo, full, small).await.unwrap();
        }
        let case = file(store, &Filing::default()).await.unwrap().case;
        let more = Event::new(
            Actor::Party(PartyNo(1)),
            Fact::InformationAdded {
                photos: 6,
                clocks: Vec::new(),
            },
        );
        let more = more.saying(Some(Words {
            photos: photos.clone(),
            ..Words::default()
        }));
        add(store, case.id, more).await.unwrap();
        let mut reading = store.read().await.unwrap();
        assert_eq!(reading.photo(photos[3]).await.unwrap(), Some((case.id, 2)));
        assert_eq!(reading.photo(stray).await.unwrap(), None);
        drop(reading);
        // The clock of blobs is the disk's, so the store's is set far beyond it.
        fresh
            .clock
            .set(domain::time::Timestamp::from_millis(4_000_000_000_000));
        assert_eq!(store.sweep_blobs().await.unwrap(), 1);
        assert!(!store.blobs().has(stray).await.unwrap());
        assert!(store.blobs().has(photos[0]).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_ticket_opens_the_door_once() {
    each_engine(|fresh: Fresh| async move {
        let until = BEGINNING.plus(Millis::minutes(10));
        let used = || {
            fresh
                .store
                .write::<_, _, Error>(move |tx| Box::pin(tx.use_ticket([3; 32], until)))
        };
        assert!(used().await.unwrap());
        assert!(!used().await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn an_erased_person_leaves_a_number() {
    each_engine(|fresh: Fresh| async move {
        let person = Person {
            id: "01".repeat(16),
            login: "secretary-xianggang".to_owned(),
            name: "林书记".to_owned(),
            secret: None,
            active: true,
        };
        let Viewer::Staff(officer) = staff(Line::All, Reach::City) else {
            unreachable!()
        };
        let given = (person.clone(), officer.appointments()[0].clone());
        let store = &fresh.store;
        store
            .write::<_, _, Error>(move |tx| {
                let (person, appointment) = given.clone();
                Box::pin(async move {
                    tx.put_person(&person).await?;
                    tx.appoint(&person.id, &appointment).await
                })
            })
            .await
            .unwrap();
        let mut reading = store.read().await.unwrap();
        let found = reading
            .person_by_login("secretary-xianggang")
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            reading.appointments_of(&found.id).await.unwrap(),
            officer.appointments()
        );
        assert_eq!(
            reading.holder(AppointmentNo(7)).await.unwrap(),
            Some(person.clone())
        );
        store
            .write::<_, _, Error>(move |tx| {
                let id = person.id.clone();
                Box::pin(async move { tx.erase_person(&id).await })
            })
            .await
            .unwrap();
        assert_eq!(reading.holder(AppointmentNo(7)).await.unwrap(), None);
        assert!(
            reading
                .appointment(AppointmentNo(7))
                .await
                .unwrap()
                .is_some()
        );
    })
    .await;
}

#[tokio::test]
async fn lists_filter_and_pages_neither_skip_nor_repeat() {
    each_engine(|fresh: Fresh| async move {
        let store = &fresh.store;
        for n in 0..25 {
            let filing = Filing {
                category: if n % 2 == 0 {
                    "street-vending"
                } else {
                    "noise"
                }
                .to_owned(),
                community: if n % 5 == 0 {
                    "330383198001"
                } else {
                    "330383198023"
                }
                .to_owned(),
                ..Filing::default()
            };
            let case = file(store, &filing).await.unwrap().case;
            if n % 3 == 0 {
                let gone = Event::new(Actor::Party(PartyNo(1)), Fact::Withdrawn {});
                add(store, case.id, gone).await.unwrap();
            }
            // Some share their millisecond.
            fresh.clock.advance(Millis::new(n % 2));
        }
        let public = Scope::public();
        let mut reading = store.read().await.unwrap();
        let all = CaseFilter {
            limit: 4,
            ..CaseFilter::default()
        };
        let mut seen = Vec::new();
        let mut page = all.clone();
        loop {
            let lines = reading.cases(&public, &page).await.unwrap();
            let Some(last) = lines.last() else { break };
            page.after = Some(last.cursor());
            seen.extend(lines.iter().map(|line| (line.filed_at, line.id)));
        }
        assert_eq!(seen.len(), 25);
        assert!(
            seen.windows(2).all(|pair| pair[0] > pair[1]),
            "newest first, none twice"
        );
        let count = |filter: CaseFilter| {
            let public = public.clone();
            let store = store.clone();
            async move {
                let mut reading = store.read().await.unwrap();
                let wide = CaseFilter {
                    limit: 100,
                    ..filter.clone()
                };
                let listed = reading.cases(&public, &wide).await.unwrap().len();
                assert_eq!(
                    reading.count_cases(&public, &filter).await.unwrap() as usize,
                    listed
                );
                listed
            }
        };
        let far = AreaCode::new("330383198001").unwrap();
        let near = AreaCode::new("330383198023").unwrap();
        let noise = domain::ids::CategoryCode::new("noise").unwrap();
        let vending = domain::ids::CategoryCode::new("street-vending").unwrap();
        let base = CaseFilter::default;
        assert_eq!(count(base()).await, 25);
        assert_eq!(
            count(CaseFilter {
                community: Some(far.clone()),
                ..base()
            })
            .await,
            5
        );
        let both = Some(vec![far.clone(), near]);
        assert_eq!(
            count(CaseFilter {
                communities: both,
                ..base()
            })
            .await,
            25
        );
        assert_eq!(
            count(CaseFilter {
                communities: Some(Vec::new()),
                ..base()
            })
            .await,
            0
        );
        assert_eq!(
            count(CaseFilter {
                category_in: vec![noise.clone()],
                ..base()
            })
            .await,
            12
        );
        let two = vec![noise.clone(), vending];
        assert_eq!(
            count(CaseFilter {
                category_in: two,
                ..base()
            })
            .await,
            25
        );
        assert_eq!(
            count(CaseFilter {
                state: StateGroup::Done,
                ..base()
            })
            .await,
            9
        );
        assert_eq!(
            count(CaseFilter {
                state: StateGroup::Open,
                ..base()
            })
            .await,
            16
        );
        let narrow = CaseFilter {
            community: Some(far),
            category_in: vec![noise],
            state: StateGroup::Open,
            ..base()
        };
        assert_eq!(count(narrow).await, 1);
        let ids: Vec<CaseId> = seen.iter().take(3).map(|(_, id)| *id).collect();
        assert_eq!(
            count(CaseFilter {
                ids: Some(ids),
                ..base()
            })
            .await,
            3
        );
        assert_eq!(
            count(CaseFilter {
                ids: Some(Vec::new()),
                ..base()
            })
            .await,
            0
        );
        let from = CaseFilter {
            filed_from: Some(BEGINNING.plus(Millis::new(6))),
            ..base()
        };
        let to = CaseFilter {
            filed_to: Some(BEGINNING.plus(Millis::new(6))),
            ..base()
        };
        assert_eq!(count(from).await + count(to).await, 25);
    })
    .await;
}

#[tokio::test]
async fn what_may_be_alike_is_near_or_in_the_community() {
    each_engine(|fresh: Fresh| async move {
        let store = &fresh.store;
        let at = |lat, community: &str| Filing {
            place: Some((lat, 120.55)),
            community: community.to_owned(),
            ..Filing::default()
        };
        let near = file(store, &at(27.5600, "330383198001"))
            .await
            .unwrap()
            .case;
        let far = file(store, &at(27.5700, "330383198001"))
            .await
            .unwrap()
            .case;
        let same = file(store, &Filing::default()).await.unwrap().case;
        let waiting = file(store, &Filing::default()).await.unwrap().case;
        for case in [&near, &far, &same] {
            add(store, case.id, by_staff(Fact::Released {}))
                .await
                .unwrap();
        }
        let mut reading = store.read().await.unwrap();
        let position = domain::place::Position::from_degrees(27.5603, 120.55, None).unwrap();
        let found = reading
            .maybe_alike(&same.category, &same.community, Some(position), BEGINNING)
            .await
            .unwrap();
        let found: Vec<CaseId> = found.iter().map(|(case, _)| case.id).collect();
        assert!(found.contains(&near.id) && found.contains(&same.id));
        assert!(!found.contains(&far.id), "too far, in another community");
        assert!(!found.contains(&waiting.id), "its words are not public");
    })
    .await;
}

#[tokio::test]
async fn a_history_is_loaded_as_it_would_have_been_written() {
    each_engine(|fresh: Fresh| async move {
        let store = &fresh.store;
        let mut histories = Vec::new();
        for n in 0..40_u8 {
            let at = BEGINNING.plus(Millis::minutes(i64::from(n)));
            let filing = Filing {
                place: Some((27.56, 120.55)),
                ..Filing::default()
            };
            histories.push(History {
                id: CaseId::new(at, [n; 10]),
                events: vec![
                    (at, filing.event(at, u32::from(n))),
                    (at.plus(Millis::minutes(1)), by_staff(Fact::Taken {})),
                    (at.plus(Millis::hours(2)), by_staff(Fact::Released {})),
                ],
            });
        }
        let loaded = store
            .write::<_, _, Error>(move |tx| {
                let histories = histories.clone();
                Box::pin(async move { tx.append_histories(histories).await })
            })
            .await
            .unwrap();
        assert_eq!(loaded.len(), 40);
        fresh.logged(120).await;
        add(store, loaded[0].id, by_staff(Fact::Noted {}))
            .await
            .unwrap();
        let report = store.verify(|_| ()).await.unwrap();
        assert!(report.is_good(), "{report:?}");
        assert_eq!((report.cases, report.events >= 120), (40, true));
    })
    .await;
}

#[tokio::test]
async fn a_work_that_panics_or_fails_leaves_nothing_and_the_next_one_runs() {
    each_engine(|fresh: Fresh| async move {
        let store = &fresh.store;
        let panics = store
            .write::<_, (), Error>(|tx| {
                Box::pin(async move {
                    file_in(tx, &Filing::default()).await?;
                    panic!("on purpose");
                })
            })
            .await;
        assert!(matches!(panics, Err(Error::Panicked)), "{panics:?}");
        let fails = store
            .write::<_, (), Error>(|tx| {
                Box::pin(async move {
                    file_in(tx, &Filing::default()).await?;
                    Err(Error::Busy)
                })
            })
            .await;
        assert!(matches!(fails, Err(Error::Busy)), "{fails:?}");
        file(store, &Filing::default()).await.unwrap();
        fresh.logged(1).await;
        let report = store.verify(|_| ()).await.unwrap();
        assert!(report.is_good(), "{report:?}");
        assert_eq!((report.cases, report.events), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn a_number_that_is_taken_is_drawn_again() {
    each_engine(|fresh: Fresh| async move {
        let store = &fresh.store;
        let first = file(store, &Filing::default()).await.unwrap().case;
        let runs = Arc::new(AtomicU32::new(0));
        let counted = Arc::clone(&runs);
        let taken = first.number;
        let second = store
            .write::<_, _, Error>(move |tx| {
                let run = counted.fetch_add(1, Ordering::SeqCst);
                Box::pin(async move {
                    let at = tx.now();
                    let mut event = Filing::default().event(at, 1);
                    if let Fact::Filed { number, .. } = &mut event.fact
                        && run == 0
                    {
                        *number = taken;
                    }
                    let random = [u8::try_from(run).unwrap(); 10];
                    tx.append(CaseId::new(at, random), None, vec![event], at)
                        .await
                })
            })
            .await
            .unwrap();
        assert_ne!(second.case.number, taken);
        assert_eq!(runs.load(Ordering::SeqCst), 2);
    })
    .await;
}

#[tokio::test]
async fn a_restart_keeps_everything() {
    each_engine(|mut fresh: Fresh| async move {
        let filed = file(&fresh.store, &Filing::default()).await.unwrap();
        fresh.reopen().await;
        let mut reading = fresh.store.read().await.unwrap();
        let case = reading
            .case(&Scope::public(), &filed.case.number)
            .await
            .unwrap();
        assert_eq!(case, Some(filed.case));
        drop(reading);
        fresh.logged(1).await;
        file(&fresh.store, &Filing::default()).await.unwrap();
        fresh.logged(2).await;
        let report = fresh.store.verify(|_| ()).await.unwrap();
        assert!(report.is_good(), "{report:?}");
        assert_eq!(report.checkpoints, 1, "the stop signed one");
    })
    .await;
}

#[tokio::test]
async fn an_opened_store_knows_how_long_its_log_is() {
    each_engine(|fresh: Fresh| async move {
        for n in 1..=3 {
            file(&fresh.store, &Filing::default()).await.unwrap();
            fresh.logged(n).await;
        }
        // To look: nothing runs that would find it out later.
        let look = OpenOptions {
            role: Role::Look,
            ..Fresh::options(&fresh.url, fresh.folder.path(), &fresh.clock)
        };
        let looking = Store::open(look.clone()).await.unwrap();
        assert_eq!(looking.log_position(), 3);
        fresh.store.stop().await.unwrap();
        let serve = OpenOptions {
            role: Role::Serve,
            ..look
        };
        let store = Store::open(serve).await.unwrap();
        assert_eq!(store.log_position(), 3);
        store.stop().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_stopped_store_says_so() {
    each_engine(|fresh: Fresh| async move {
        fresh.store.stop().await.unwrap();
        let late = file(&fresh.store, &Filing::default()).await;
        assert!(matches!(late, Err(Error::Stopped)), "{late:?}");
    })
    .await;
}

#[tokio::test]
async fn a_folder_that_lost_its_keys_is_refused() {
    each_engine(|fresh: Fresh| async move {
        fresh.store.stop().await.unwrap();
        std::fs::remove_file(fresh.folder.path().join("keys/receipt")).unwrap();
        let options = Fresh::options(&fresh.url, fresh.folder.path(), &fresh.clock);
        let opened = Store::open(options).await;
        assert!(
            matches!(opened, Err(Error::File { .. } | Error::Keys(_))),
            "{:?}",
            opened.err()
        );
    })
    .await;
}

#[tokio::test]
async fn two_stores_on_one_folder_exclude_each_other() {
    each_engine(|fresh: Fresh| async move {
        let options = Fresh::options(&fresh.url, fresh.folder.path(), &fresh.clock);
        assert!(matches!(Store::open(options).await, Err(Error::Locked(_))));
    })
    .await;
}

#[tokio::test]
async fn reading_connections_cannot_write_on_sqlite() {
    let fresh = store::testing::fresh_sqlite().await;
    assert_eq!(fresh.store.engine(), EngineKind::Sqlite);
    let written = store::testing::write_with_a_reader(&fresh).await;
    assert!(written.is_err(), "a reader wrote");
}

/// A staff session ends when it is idle, when it is old, when it is closed, and with all others of
/// its person.
#[tokio::test]
async fn a_staff_session_ends_in_four_ways() {
    each_engine(|fresh: Fresh| async move {
        let store = &fresh.store;
        let [idle, old, closed, other] = [1, 2, 3, 4].map(|n| Token::new([n; 32]));
        let open = async |token: &Token, person: &'static str| {
            let token = token.clone();
            let write = store.write::<_, (), Error>(move |tx| {
                let token = token.clone();
                Box::pin(async move { tx.open_staff(&token, person).await })
            });
            write.await.unwrap();
        };
        let whose = async |token: &Token| {
            let mut reading = store.read().await.unwrap();
            let found = reading.staff_session(token).await.unwrap();
            found.map(|session| session.person)
        };
        let see = async |token: &Token| {
            let token = token.clone();
            let write = store.write::<_, (), Error>(move |tx| {
                let token = token.clone();
                Box::pin(async move { tx.see_staff(&token).await })
            });
            write.await.unwrap();
        };
        for token in [&idle, &old, &closed] {
            open(token, "wang").await;
        }
        open(&other, "li").await;
        assert_eq!(whose(&idle).await.as_deref(), Some("wang"));
        fresh.clock.advance(STAFF_IDLE - Millis::new(1));
        for token in [&old, &closed, &other] {
            see(token).await;
        }
        fresh.clock.advance(Millis::new(1));
        assert_eq!(whose(&idle).await, None, "idle");
        assert_eq!(whose(&old).await.as_deref(), Some("wang"), "seen in time");
        let end = closed.clone();
        store
            .write::<_, (), Error>(move |tx| {
                let end = end.clone();
                Box::pin(async move { tx.close_staff(&end).await })
            })
            .await
            .unwrap();
        assert_eq!(whose(&closed).await, None, "closed");
        assert_eq!(whose(&old).await.as_deref(), Some("wang"), "another device");
        let end = store.write::<_, u64, Error>(|tx| Box::pin(tx.close_staff_of("wang")));
        assert_eq!(end.await.unwrap(), 2, "the idle one is still a row");
        assert_eq!(whose(&old).await, None, "with all of this person");
        assert_eq!(whose(&other).await.as_deref(), Some("li"));
        let begun = store.clock().now();
        while store.clock().now().since(begun) < STAFF_ABSOLUTE {
            fresh.clock.advance(STAFF_IDLE - Millis::minutes(1));
            see(&other).await;
        }
        assert_eq!(whose(&other).await, None, "old, however busy");
    })
    .await;
}
