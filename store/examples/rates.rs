//! How fast the store alone is, on the disk it is run on:
//! `cargo run --release -p store --features testing --example rates -- [cases] [folder]`
//!
//! Prints one `name value unit` a line, so that `make bench` can put the figures beside those over
//! HTTP of the same run.

use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::access::Scope;
use domain::event::{Actor, Event, Fact};
use domain::ids::{AreaCode, CaseId, PartyNo};
use domain::time::{CityTime, Millis, MovedClock};
use store::testing::{BEGINNING, Filing, by_staff, file_in};
use store::{CaseFilter, Error, History, OpenOptions, OsEntropy, Role, Rollups, StateGroup, Store};

const WRITERS: usize = 64;
const MEASURED: Duration = Duration::from_secs(5);

fn show(name: &str, value: f64, unit: &str) {
    println!("{name:<44} {value:>12.2} {unit}");
}

/// How often a kilobyte can be put on the disk for good.
fn raw_fsyncs(folder: &Path) -> std::io::Result<f64> {
    let mut file = std::fs::File::create(folder.join("raw"))?;
    let begin = Instant::now();
    let mut n = 0_u32;
    while begin.elapsed() < Duration::from_secs(2) {
        file.write_all(&[7; 1024])?;
        file.sync_data()?;
        n += 1;
    }
    Ok(f64::from(n) / begin.elapsed().as_secs_f64())
}

async fn filings(store: &Store) -> f64 {
    let begin = Instant::now();
    let mut tasks = Vec::new();
    for writer in 0..WRITERS {
        let store = store.clone();
        tasks.push(tokio::spawn(async move {
            let mut n = 0_u32;
            while begin.elapsed() < MEASURED {
                let key = format!("rates-{writer:04}-{n:010}-{:?}", begin.elapsed());
                let filed = store.write::<_, (), Error>(move |tx| {
                    let key = key.clone();
                    Box::pin(async move {
                        if tx.filed_with(&key, b"filing").await?.is_some() {
                            return Ok(());
                        }
                        let case = file_in(tx, &Filing::default()).await?.case;
                        let code = tx.keys().receipt_code(case.id, &key);
                        tx.give_receipt(case.id, PartyNo::REPORTER, &code).await?;
                        let at = tx.now();
                        tx.remember_filing(&key, b"filing", case.id, PartyNo::REPORTER, at)
                            .await
                    })
                });
                match filed.await {
                    Ok(()) => n += 1,
                    Err(Error::Busy) => tokio::time::sleep(Duration::from_millis(1)).await,
                    Err(error) => panic!("{error}"),
                }
            }
            n
        }));
    }
    let mut filed = 0;
    for task in tasks {
        filed += task.await.expect("a writer ends");
    }
    f64::from(filed) / begin.elapsed().as_secs_f64()
}

fn history(n: u32) -> History {
    // Other days than the filings that are measured, so that no number is drawn twice.
    let at = BEGINNING
        .plus(Millis::days(30))
        .plus(Millis::seconds(i64::from(n) * 7));
    let filing = Filing {
        community: format!("330383198{:03}", n % 103),
        category: format!("category-{}", n % 50),
        ..Filing::default()
    };
    let mut random = [0; 10];
    random[..4].copy_from_slice(&n.to_be_bytes());
    let later = |minutes| at.plus(Millis::minutes(minutes));
    let mut events = vec![
        (at, filing.event(at, n)),
        (later(1), by_staff(Fact::Taken {})),
        (later(2), by_staff(Fact::Released {})),
        (later(3), by_staff(Fact::Noted {})),
    ];
    if !n.is_multiple_of(5) {
        events.push((
            later(4),
            Event::new(Actor::Party(PartyNo(1)), Fact::Withdrawn {}),
        ));
    }
    History {
        id: CaseId::new(at, random),
        events,
    }
}

async fn list_p95(store: &Store, name: &str, filter: CaseFilter) {
    let mut times = Vec::new();
    for _ in 0..200 {
        let begin = Instant::now();
        let mut reading = store.read().await.expect("a connection");
        let lines = reading
            .cases(&Scope::public(), &filter)
            .await
            .expect("a list");
        assert!(!lines.is_empty(), "{name} is empty");
        times.push(begin.elapsed());
    }
    times.sort_unstable();
    show(name, times[190].as_secs_f64() * 1_000.0, "ms (p95)");
}

#[tokio::main]
async fn main() {
    let mut args = std::env::args().skip(1);
    let cases: u32 = args
        .next()
        .map_or(20_000, |n| n.parse().expect("a number of cases"));
    let folder = args.next().map_or_else(std::env::temp_dir, Into::into);
    let folder = tempfile_in(&folder);
    show("fsync, 1 kB", raw_fsyncs(&folder).expect("a file"), "/s");
    #[expect(
        clippy::disallowed_methods,
        reason = "an example is told by its environment"
    )]
    let url = std::env::var("HUIYIN_RATES_DATABASE")
        .unwrap_or_else(|_| format!("sqlite:{}/huiyin.db", folder.display()));
    let clock = Arc::new(MovedClock::new(BEGINNING));
    let options = OpenOptions {
        role: Role::Maintain,
        demo: true,
        ..OpenOptions::new(url, &folder, clock, Arc::new(OsEntropy))
    };
    let store = Store::open(options).await.expect("the store opens");
    show("filings, empty, 64 writers", filings(&store).await, "/s");

    let begin = Instant::now();
    let mut events = 0;
    for first in (0..cases).step_by(250) {
        let last = cases.min(first + 250);
        events += store
            .write::<_, _, Error>(move |tx| {
                let histories: Vec<History> = (first..last).map(history).collect();
                let events: usize = histories.iter().map(|history| history.events.len()).sum();
                Box::pin(async move { tx.append_histories(histories).await.map(|_| events) })
            })
            .await
            .expect("a batch");
    }
    #[expect(clippy::cast_precision_loss, reason = "a rate to show")]
    let events = events as f64;
    show(
        "bulk load",
        events / begin.elapsed().as_secs_f64(),
        "events/s",
    );

    let begin = Instant::now();
    let mut rollups = Rollups::new(CityTime::china());
    store
        .catch_up(&mut rollups)
        .await
        .expect("the follower runs");
    show(
        "roll-ups follow",
        events / begin.elapsed().as_secs_f64(),
        "events/s",
    );

    let begin = Instant::now();
    let report = store.verify(|_| ()).await.expect("it can be looked at");
    assert!(report.is_good(), "{report:?}");
    show("verify", events / begin.elapsed().as_secs_f64(), "events/s");

    let community = AreaCode::new("330383198023").ok();
    let page = CaseFilter {
        limit: 20,
        ..CaseFilter::default()
    };
    list_p95(&store, "list, city", page.clone()).await;
    list_p95(
        &store,
        "list, city, open",
        CaseFilter {
            state: StateGroup::Open,
            ..page.clone()
        },
    )
    .await;
    let one = CaseFilter {
        community,
        ..page.clone()
    };
    list_p95(&store, "list, community", one.clone()).await;
    list_p95(
        &store,
        "list, community, open",
        CaseFilter {
            state: StateGroup::Open,
            ..one
        },
    )
    .await;
    let begin = Instant::now();
    let mut reading = store.read().await.expect("a connection");
    reading.city_figures(i64::MAX).await.expect("figures");
    show(
        "figures of the city",
        begin.elapsed().as_secs_f64() * 1_000.0,
        "ms",
    );
    drop(reading);
    show("filings, full, 64 writers", filings(&store).await, "/s");
    store.stop().await.expect("the store stops");
    std::fs::remove_dir_all(&folder).expect("the folder goes");
}

fn tempfile_in(folder: &Path) -> std::path::PathBuf {
    let made = folder.join(format!("huiyin-rates-{}", std::process::id()));
    std::fs::create_dir_all(&made).expect("a folder");
    made
}
