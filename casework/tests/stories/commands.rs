//! What a command must be, whoever gives it: of the case as it stands, in words, with photos of its
//! own form.

use casework::{Error, act};
use domain::{
    access::Viewer,
    decide::{Act, CallDue, Refusal},
    time::Millis,
    verb::Verb,
    visibility::Visibility,
};
use store::testing::each_engine;

use crate::{
    matter::{LEAD, SUPPORT, Stand, prepare, told},
    posts::{SECRETARY, STATION, staff},
    told::with_photo,
    town::Town,
};

/// Who saw an old version is told so, and nothing happens.
#[tokio::test(flavor = "multi_thread")]
async fn a_command_on_an_old_version_is_a_conflict() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let matter = prepare(&town, Stand::Filed).await;
        let seen = town.case(matter.id).await.version;
        town.does(&staff(SECRETARY), matter.id, Act::Accept).await;
        let before = town.case(matter.id).await;
        let answer = act::act(
            &town.desk,
            &staff(STATION),
            matter.id,
            Some(seen),
            Act::Note.saying("记一笔"),
        )
        .await;
        assert!(
            matches!(answer, Err(Error::Conflict { current }) if current == seen + 1),
            "{answer:?}"
        );
        assert_eq!(town.case(matter.id).await, before);
        // Who may not know of the case is not told its version either.
        let private = told(&town, Visibility::Private).await.case;
        let answer = act::act(&town.desk, &Viewer::Anonymous, private, Some(99), Act::Join).await;
        assert!(matches!(answer, Err(Error::NotFound)), "{answer:?}");
    })
    .await;
}

/// Departments in the field are not in each other's way; of two of one office one comes second.
#[tokio::test(flavor = "multi_thread")]
async fn a_step_of_ones_own_stands_beside_what_others_did() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let matter = prepare(&town, Stand::Called).await;
        let seen = town.case(matter.id).await.version;
        let step = async |who: &str, version: u32, act: Act| {
            let (desk, who) = (&town.desk, staff(who));
            act::act(desk, &who, matter.id, Some(version), act).await
        };
        step(SUPPORT, seen, Act::Sign { part: 2 }).await.unwrap();
        town.does(&staff(SECRETARY), matter.id, Act::Note.saying("记一笔"))
            .await;
        step(LEAD, seen, Act::Sign { part: 1 }).await.unwrap();
        let again = step(LEAD, seen, Act::Sign { part: 1 }).await;
        assert!(matches!(again, Err(Error::Conflict { .. })), "{again:?}");
        // What changes the case itself is looked at first, and so is a version that never was.
        let seen = town.case(matter.id).await.version;
        town.does(
            &staff(SECRETARY),
            matter.id,
            Act::Assess { duty: None }.saying("先清理"),
        )
        .await;
        for version in [seen, seen + 9] {
            let late = step(LEAD, version, Act::ReportIn { part: 1 }).await;
            assert!(matches!(late, Err(Error::Conflict { .. })), "{late:?}");
        }
        // A judgement never stands beside what its writer has not seen.
        let seen = town.case(matter.id).await.version;
        step(SUPPORT, seen, Act::ReportIn { part: 2 })
            .await
            .unwrap();
        let note = act::act(
            &town.desk,
            &staff(SECRETARY),
            matter.id,
            Some(seen),
            Act::Note.saying("还没人来"),
        )
        .await;
        assert!(matches!(note, Err(Error::Conflict { .. })), "{note:?}");
    })
    .await;
}

/// A time that was typed counts, also where nobody picked that it should.
#[tokio::test(flavor = "multi_thread")]
async fn a_time_that_was_typed_is_the_time_of_a_call() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let matter = prepare(&town, Stand::Accepted).await;
        let number = town.case(matter.id).await.number;
        let read = async |more: &[(&str, &str)]| {
            let mut fields = vec![
                ("class".to_owned(), "hard_problem".to_owned()),
                ("lead".to_owned(), "enforcement-appearance".to_owned()),
            ];
            let typed = more.iter();
            fields.extend(typed.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
            let secretary = staff(SECRETARY);
            let form = fields.as_slice();
            act::read(&town.desk, &secretary, number, Verb::Call, form)
                .await
                .unwrap()
        };
        let due = async |more: &[(&str, &str)]| match read(more).await {
            Ok(Act::Call { due, .. }) => Ok(due),
            Ok(other) => panic!("{other:?}"),
            Err(amiss) => Err(amiss.first().map(|amiss| amiss.field)),
        };
        let days = [("amount", "5"), ("unit_of_time", "days")];
        let picked = [("due", "policy"), days[0], days[1]];
        for fields in [&days[..], &picked[..]] {
            assert!(matches!(due(fields).await, Ok(CallDue::Within(_))));
        }
        let day = ("until", "2026-12-20");
        for fields in [&[day][..], &[("due", "policy"), day][..]] {
            assert!(matches!(due(fields).await, Ok(CallDue::Until(_))));
        }
        // The list of units stands chosen from the start: alone it says nothing.
        assert!(matches!(due(&[days[1]]).await, Ok(CallDue::Policy)));
        assert_eq!(due(&[days[0], days[1], day]).await, Err(Some("due")));
        let said = [("due", "until"), days[0], days[1], day];
        assert!(matches!(due(&said).await, Ok(CallDue::Until(_))));
    })
    .await;
}

/// What a command says must be words: blanks and photos of nobody's form are none.
#[tokio::test(flavor = "multi_thread")]
async fn a_command_says_something_and_shows_only_its_own_photos() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let matter = prepare(&town, Stand::Filed).await;
        for blank in ["", " ", "\u{3000}\n"] {
            let refusal = town
                .refused(&staff(SECRETARY), matter.id, Act::Note.saying(blank))
                .await;
            assert_eq!(refusal, Refusal::NeedsText, "{blank:?}");
        }
        let (mine, theirs) = (town.key(), town.key());
        let photo = town.photo(&theirs, 9).await;
        let add = with_photo(Act::AddInformation, "又来了", photo);
        let denied = town.denied(&matter.reporter, matter.id, add.clone()).await;
        assert!(
            matches!(denied, Error::NotFound),
            "without a key: {denied:?}"
        );
        let answer = act::act_with_photos(
            &town.desk,
            &matter.reporter,
            &mine,
            matter.id,
            None,
            add.clone(),
        )
        .await;
        assert!(
            matches!(answer, Err(Error::NotFound)),
            "under another key: {answer:?}"
        );
        let case =
            act::act_with_photos(&town.desk, &matter.reporter, &theirs, matter.id, None, add)
                .await
                .unwrap();
        assert_eq!(case.photos, 1);
        // It is the case's now: a day later nothing sweeps it away.
        town.fresh.clock.advance(Millis::days(2));
        town.desk.store.sweep_staging().await.unwrap();
        assert!(town.desk.store.blobs().has(photo).await.unwrap());
    })
    .await;
}
