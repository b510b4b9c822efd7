//! Photos that wait for a form, and photos of a case.

use bytes::Bytes;
use domain::event::{Actor, Event, Fact, Words};
use domain::ids::{PartyNo, PhotoId};
use store::testing::{Filing, Fresh, add, each_engine, file};
use store::{Error, STAGED_FOR};

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
                Box::pin(async move {
                    tx.stage_photo((photo, [5; 16]), "form", b"10.0.0.1", 1_000)
                        .await
                })
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
