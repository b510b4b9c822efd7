//! Receipts, contacts, sessions, tickets and staff.

use domain::access::{Appointment, Line, Reach, Viewer};
use domain::clock::Owner;
use domain::event::Actor;
use domain::ids::{AppointmentNo, AreaCode, CaseId, PartyNo};
use domain::time::Millis;
use store::testing::{BEGINNING, Filing, Fresh, each_engine, file};
use store::{Contact, Error, Person, STAFF_ABSOLUTE, STAFF_IDLE, TRACKING_IDLE, Token};

use crate::reading::staff;
use crate::writing::{KEY, file_with_key};

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
            (Actor::Appointment(AppointmentNo(7)), "要问门牌号")
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
                Box::pin(async move { tx.open_staff(&token, person, false, "windows").await })
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
        // One knows which of them is one's own, and on what kind of device each was begun.
        let mut reading = store.read().await.unwrap();
        let own = reading.staff_session(&old).await.unwrap().unwrap().handle;
        let listed = reading.staff_sessions_of("wang").await.unwrap();
        drop(reading);
        assert_eq!(listed.len(), 3);
        assert!(listed.iter().all(|session| session.device == "windows"));
        assert_eq!(listed.iter().filter(|it| it.handle == own).count(), 1);
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

/// Who serves in a community is found with their name; who was shut out, with when; and the log keeps
/// what was given as it was given.
#[tokio::test]
async fn the_people_of_a_community_and_what_was_given_to_them() {
    each_engine(|fresh: Fresh| async move {
        let store = &fresh.store;
        let Viewer::Staff(officer) = staff(Line::All, Reach::City) else {
            unreachable!()
        };
        let community = AreaCode::new("330383198023").unwrap();
        let here = Appointment {
            home: Owner::Community(community.clone()),
            ..officer.appointments()[0].clone()
        };
        let elsewhere = Appointment {
            no: AppointmentNo(here.no.0 + 1),
            home: Owner::City,
            ..here.clone()
        };
        let given = (here.clone(), elsewhere.clone());
        let work = given.clone();
        store
            .write::<_, (), Error>(move |tx| {
                let (here, elsewhere) = work.clone();
                Box::pin(async move {
                    let person = Person {
                        id: "02".repeat(16),
                        login: "grid-xianggang".to_owned(),
                        name: "陈师傅".to_owned(),
                        secret: None,
                        active: true,
                        first_until: None,
                    };
                    tx.put_person(&person).await?;
                    for appointment in [&here, &elsewhere] {
                        tx.appoint(&person.id, appointment).await?;
                        tx.log_appointment(None, "appointment.given", &person.id, appointment)
                            .await?;
                    }
                    tx.log_staff(None, "person.shut_out", &person.id, "").await
                })
            })
            .await
            .unwrap();
        let mut reading = store.read().await.unwrap();
        let held = reading.held_in(&community).await.unwrap();
        let [held] = &held[..] else {
            panic!("{held:?}")
        };
        assert_eq!(held.appointment, here);
        assert_eq!((held.name.as_str(), held.active), ("陈师傅", true));
        assert_eq!(held.shut_out, Some(BEGINNING));
        assert_eq!(reading.held().await.unwrap().len(), 2);
        drop(reading);

        // Later changes of an appointment do not change what the log says was given.
        let ended = Appointment {
            until: Some(BEGINNING),
            ..here.clone()
        };
        store
            .write::<_, (), Error>(move |tx| {
                let ended = ended.clone();
                Box::pin(async move { tx.appoint(&"02".repeat(16), &ended).await })
            })
            .await
            .unwrap();
        let mut reading = store.read().await.unwrap();
        let mut log = reading.staff_log(None, 10).await.unwrap();
        log.retain(|entry| entry.what == "appointment.given");
        log.sort_by_key(|entry| entry.detail.parse::<u32>().ok());
        let said: Vec<_> = log.into_iter().map(|entry| entry.given).collect();
        assert_eq!(said, [Some(given.0), Some(given.1)]);
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
            first_until: None,
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
