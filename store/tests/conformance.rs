//! Every behaviour, on both engines.

use domain::access::{Scope, Viewer, scope};
use domain::case::StateTag;
use domain::event::{Actor, Fact};
use domain::ids::{AppointmentNo, PartyNo};
use domain::time::Millis;
use domain::visibility::Visibility;
use store::testing::{Filing, Fresh, add, by_staff, each_engine, file};
use store::{Contact, Error, Token};

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
