//! Following: a code opens one party's view of one case, and no more.

use casework::{Error, act, file::file_whistle, look, track};
use domain::{
    access::Viewer, decide::Act, draft::Draft, ids::PartyNo, reference::ReceiptCode, time::Millis,
    verb::Verb, visibility::Visibility,
};
use store::testing::each_engine;

use crate::{
    posts::{SECRETARY, staff},
    told::{draft, draft_for, says},
    town::Town,
};

#[tokio::test(flavor = "multi_thread")]
async fn the_receipt_survives_a_restart_and_opens_its_case() {
    each_engine(|fresh| async move {
        let mut town = Town::new(fresh);
        let key = town.key();
        let told = town.whistle(&draft_for(Visibility::Private));
        let first = file_whistle(&town.desk, &key, told.clone()).await.unwrap();
        let other = town.files(&draft()).await;
        town.restart().await;
        let again = file_whistle(&town.desk, &key, told).await.unwrap();
        assert!(!again.new);
        assert_eq!(
            (again.case, again.code.digits()),
            (first.case, first.code.digits())
        );
        assert!(!format!("{again:?}").contains(&first.code.digits()[..5]));

        let reporter = town.holder(&first.code).await;
        assert_eq!(
            reporter,
            Viewer::Party {
                case: first.case,
                party: PartyNo::REPORTER
            }
        );
        let shown = town.sees(&reporter, first.number).await;
        assert!(shown.own);
        assert_eq!(shown.detail.unwrap().text, draft().description);
        // A code opens its own case and none beside it.
        let stranger = town.holder(&other.code).await;
        assert!(matches!(
            town.story(&stranger, first.number).await,
            Err(Error::NotFound)
        ));

        // One wrong digit is no code, and a code of nobody opens nothing.
        let digits = first.code.digits();
        for at in 0..digits.len() {
            let mut typed = digits.clone().into_bytes();
            typed[at] = if typed[at] == b'9' {
                b'0'
            } else {
                typed[at] + 1
            };
            let typed = String::from_utf8(typed).unwrap();
            assert!(
                typed.parse::<ReceiptCode>().is_err(),
                "digit {at} goes unseen"
            );
        }
        for mac in [[0; 32], [7; 32]] {
            let answer = track::open(&town.desk, &ReceiptCode::from_mac(&mac)).await;
            assert!(matches!(answer, Err(Error::NotFound)));
        }

        // Half an hour after the last look the session is over; it can also be ended.
        let token = track::open(&town.desk, &first.code).await.unwrap();
        for _ in 0..4 {
            town.fresh.clock.advance(Millis::minutes(20));
            let who = track::viewer(&town.desk, &token).await.unwrap();
            assert_eq!(who, reporter, "a look keeps it open");
        }
        town.fresh.clock.advance(Millis::minutes(30));
        assert_eq!(
            track::viewer(&town.desk, &token).await.unwrap(),
            Viewer::Anonymous
        );
        let token = track::open(&town.desk, &first.code).await.unwrap();
        track::close(&town.desk, &token).await.unwrap();
        assert_eq!(
            track::viewer(&town.desk, &token).await.unwrap(),
            Viewer::Anonymous
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_the_same_problem_gets_a_code_of_their_own_and_no_more() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let first = town.files(&draft()).await;
        let key = town.key();
        let (number, code) = act::join(&town.desk, &key, first.number, "").await.unwrap();
        let again = act::join(&town.desk, &key, first.number, "").await.unwrap();
        assert_eq!((number, code.digits()), (again.0, again.1.digits()));
        assert_ne!(code.digits(), first.code.digits());
        assert_eq!(
            town.case(first.case).await.parties.len(),
            2,
            "a retry is no third person"
        );

        let me_too = town.holder(&code).await;
        assert_eq!(
            me_too,
            Viewer::Party {
                case: first.case,
                party: PartyNo(2)
            }
        );
        let shown = town.sees(&me_too, first.number).await;
        assert!(shown.own);
        assert_eq!(
            shown.detail, None,
            "joining is no way to read what nobody released"
        );
        assert_eq!(shown.card.headline, None);
        for verb in [
            Verb::Withdraw,
            Verb::ChangeVisibility,
            Verb::Answer,
            Verb::Reopen,
        ] {
            assert!(!shown.actions.contains(&verb), "{verb:?} is the reporter's");
        }
        let denied = town.denied(&me_too, first.case, Act::Withdraw).await;
        assert!(matches!(denied, Error::Forbidden));
        // They read what they wrote themself; nobody else does before a release.
        town.does(
            &me_too,
            first.case,
            Act::AddInformation.saying("我家门口也是"),
        )
        .await;
        let theirs = town.sees(&me_too, first.number).await;
        assert!(says(&theirs, "我家门口也是"));
        let public = town.sees(&Viewer::Anonymous, first.number).await;
        assert!(public.timeline.iter().all(|it| it.text.is_none()));
        assert_eq!(public.card.me_too, 1);

        // Always private: nobody joins, whatever number they know.
        let mut hidden = draft();
        "family-violence".clone_into(&mut hidden.category);
        "".clone_into(&mut hidden.visibility);
        let hidden = town.files(&hidden).await;
        let answer = act::join(&town.desk, &town.key(), hidden.number, "").await;
        assert!(matches!(answer, Err(Error::NotFound)), "{answer:?}");
    })
    .await;
}

/// A number that somebody leaves who has shown nothing is their own, and takes nobody else's place (C5).
#[tokio::test(flavor = "multi_thread")]
async fn a_number_left_with_the_same_problem_is_nobody_elses() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let told = Draft {
            phone: "13812345678".to_owned(),
            ..draft()
        };
        let first = town.files(&told).await;
        let key = town.key();
        act::join(&town.desk, &key, first.number, "13900000000")
            .await
            .unwrap();
        for (party, phone) in [(1, "13812345678"), (2, "13900000000")] {
            let who = staff(SECRETARY);
            let found = look::contact(&town.desk, &who, first.case, PartyNo(party), "约时间").await;
            let found = found.unwrap().and_then(|found| found.phone);
            assert_eq!(found.as_deref(), Some(phone), "{party}");
        }
    })
    .await;
}
