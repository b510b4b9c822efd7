//! One schema in two dialects: the same tables, every statement understood by both, and what must
//! never change refused by the database itself.

use domain::city::change::{Change, Dated};
use domain::event::Fact;
use domain::ids::AppointmentNo;
use futures::FutureExt as _;
use store::testing::{
    Filing, Fresh, add, break_with, by_staff, create_role, drop_role, each_engine, file,
    fresh_postgres, fresh_sqlite, hex_name, migrate_half, prepare_all, shape,
};
use store::{EngineKind, Error, Role, SchemaError, Store};

/// Only where many write at once does the log need a waiting room.
const POSTGRES_ONLY: [&str; 2] = ["unsequenced", "sequencer"];

#[tokio::test]
async fn both_engines_have_the_same_tables_columns_and_indexes() {
    let Some(postgres) = fresh_postgres().await else {
        return;
    };
    let sqlite = fresh_sqlite().await;
    let (sqlite, sqlite_indexes) = shape(&sqlite).await.unwrap();
    let (mut postgres, postgres_indexes) = shape(&postgres).await.unwrap();
    postgres.retain(|(table, _)| !POSTGRES_ONLY.contains(&table.as_str()));
    assert_eq!(sqlite, postgres);
    assert_eq!(sqlite_indexes, postgres_indexes);
}

#[tokio::test]
async fn every_statement_is_understood() {
    each_engine(|fresh: Fresh| async move {
        let wrong = prepare_all(&fresh).await;
        assert!(wrong.is_empty(), "{wrong:#?}");
    })
    .await;
}

#[tokio::test]
async fn the_database_itself_refuses_to_change_what_happened() {
    each_engine(|fresh: Fresh| async move {
        file(&fresh.store, &Filing::default()).await.unwrap();
        fresh.logged(1).await;
        put_change(&fresh, 1).await.unwrap();
        put_change(&fresh, 2).await.unwrap();
        let mut attempts = vec![
            "UPDATE city_change SET body = '{}'",
            "DELETE FROM city_change",
            "UPDATE case_event SET facts = '{}'",
            "DELETE FROM case_event",
            "UPDATE log SET chain = chain",
            "DELETE FROM log",
        ];
        match fresh.store.engine() {
            EngineKind::Sqlite => attempts.extend([
                "REPLACE INTO case_event SELECT * FROM case_event",
                "INSERT OR REPLACE INTO log SELECT * FROM log",
                "REPLACE INTO city_change SELECT * FROM city_change",
            ]),
            EngineKind::Postgres => {
                attempts.extend([
                    "TRUNCATE case_event",
                    "TRUNCATE log",
                    "TRUNCATE city_change",
                ]);
            }
        }
        for attempt in attempts {
            let done = break_with(&fresh.store, attempt).await;
            assert!(done.is_err(), "{attempt}");
        }
        assert!(fresh.store.verify(|_| ()).await.unwrap().is_good());
    })
    .await;
}

fn change(number: u32) -> Dated {
    Dated {
        number,
        from: store::testing::BEGINNING,
        change: Change::TakeBack { number: 9 },
    }
}

async fn put_change(fresh: &Fresh, number: u32) -> Result<(), Error> {
    fresh
        .store
        .write(move |tx| {
            async move {
                tx.put_city_change(&change(number), AppointmentNo(7), "因为")
                    .await
            }
            .boxed()
        })
        .await
}

#[tokio::test]
async fn a_change_of_the_city_is_read_as_it_was_written_and_its_number_used_once() {
    each_engine(|fresh: Fresh| async move {
        put_change(&fresh, 1).await.unwrap();
        put_change(&fresh, 2).await.unwrap();
        assert!(put_change(&fresh, 2).await.is_err());
        let mut reading = fresh.store.read().await.unwrap();
        assert_eq!(reading.last_city_change().await.unwrap(), 2);
        let read = reading.city_changes().await.unwrap();
        assert_eq!(read.len(), 2);
        let first = (&read[0].dated, read[0].by, read[0].reason.as_str());
        assert_eq!(first, (&change(1), Some(AppointmentNo(7)), "因为"));
    })
    .await;
}

#[tokio::test]
async fn an_old_schema_asks_for_migration_and_a_newer_one_is_refused() {
    each_engine(|fresh: Fresh| async move {
        break_with(
            &fresh.store,
            "INSERT INTO schema_version (version, name, checksum) VALUES (9999, 'later', '')",
        )
        .await
        .unwrap();
        fresh.store.stop().await.unwrap();
        let mut options = Fresh::options(&fresh.url, fresh.folder.path(), &fresh.clock);
        options.role = Role::Serve;
        let opened = Store::open(options.clone()).await.err();
        let newer = matches!(
            opened,
            Some(Error::Schema(SchemaError::Newer { found: 9999, .. }))
        );
        assert!(newer, "{opened:?}");
        let migrated = store::migrate(&fresh.url, fresh.folder.path()).await;
        assert!(migrated.is_err(), "a newer schema is not migrated either");
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}/empty.db", folder.path().display());
    let clock = std::sync::Arc::new(domain::time::MovedClock::new(store::testing::BEGINNING));
    let mut options = Fresh::options(&url, folder.path(), &clock);
    options.role = Role::Serve;
    let opened = Store::open(options).await.err();
    assert!(
        matches!(
            opened,
            Some(Error::Schema(SchemaError::Older { found: 0, .. }))
        ),
        "{opened:?}"
    );
}

#[tokio::test]
async fn a_migration_that_fails_half_way_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}/half.db", folder.path().display());
    let (done, tables) = migrate_half(&url).await;
    assert!(done.is_err());
    assert_eq!(tables, 0);
}

#[tokio::test]
async fn serve_refuses_a_role_that_could_change_events() {
    let Some(fresh) = fresh_postgres().await else {
        return;
    };
    fresh.store.stop().await.unwrap();
    let mut options = Fresh::options(&fresh.url, fresh.folder.path(), &fresh.clock);
    options.role = Role::Serve;
    options.demo = false;
    let opened = Store::open(options).await.err();
    assert!(matches!(opened, Some(Error::Unsafe(_))), "{opened:?}");
}

#[tokio::test]
async fn a_role_that_was_granted_to_serve_can_file_and_cannot_change_events() {
    let Some(fresh) = fresh_postgres().await else {
        return;
    };
    let role = format!("r{}", hex_name());
    create_role(&fresh, &role).await;
    store::grant(&fresh.url, &role).await.unwrap();
    assert!(store::grant(&fresh.url, "x; DROP TABLE log").await.is_err());
    fresh.store.stop().await.unwrap();
    let url = fresh.url.replace("//huiyin@", &format!("//{role}@"));
    assert_ne!(url, fresh.url, "the test server's administrator is huiyin");
    let mut options = Fresh::options(&url, fresh.folder.path(), &fresh.clock);
    options.role = Role::Serve;
    options.demo = false;
    let store = Store::open(options).await.unwrap();
    let case = file(&store, &Filing::default()).await.unwrap().case;
    add(&store, case.id, by_staff(Fact::Taken {}))
        .await
        .unwrap();
    let mut log = store.watch_log();
    let logged = log.wait_for(|known| *known == 2);
    tokio::time::timeout(std::time::Duration::from_secs(10), logged)
        .await
        .unwrap()
        .unwrap();
    assert!(store.erase_words(case.id, 1).await.unwrap());
    store.checkpoint().await.unwrap();
    store.sweep_staging().await.unwrap();
    assert!(store.can_write().await);
    let at = store.read().await.unwrap().last_event_at().await.unwrap();
    assert_eq!(at, Some(store::testing::BEGINNING));
    assert!(store.verify(|_| ()).await.unwrap().is_good());
    for attempt in [
        "UPDATE case_event SET at = 0",
        "DELETE FROM log",
        "TRUNCATE log",
    ] {
        let refused = break_with(&store, attempt).await.unwrap_err().to_string();
        assert!(refused.contains("permission denied"), "{refused}");
    }
    store.stop().await.unwrap();
    drop_role(&fresh, &role).await;
}
