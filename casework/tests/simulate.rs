//! A simulated history keeps the rules and the shares it promises.

use std::sync::Arc;

use casework::{Desk, board, city_files, simulate::simulate};
use domain::{access::Viewer, case::Filer};
use store::{CaseFilter, CaseLine};

#[tokio::test]
async fn a_history_has_exactly_the_shares_the_city_reports_and_verifies() {
    let fresh = store::testing::fresh_sqlite().await;
    let city = Arc::new(city_files::load_embedded().unwrap());
    let desk = Desk::new(fresh.store.clone(), city);
    let began = std::time::Instant::now();
    simulate(&desk, 8_402, 1, |_| {}).await.unwrap();
    eprintln!("simulated in {:?}", began.elapsed());
    let mut rollups = store::Rollups::new(desk.city.time.clone());
    desk.store.catch_up(&mut rollups).await.unwrap();
    let figures = board::figures(&desk, None).await.unwrap();
    eprintln!("{figures:?}");
    assert_eq!(figures.filed, 8_402);
    assert_eq!(figures.handled, 7_829, "93.18 %");
    assert_eq!(figures.linked, 1_054, "12.54 % of all");
    assert!(figures.open > 0 && figures.fixed > 0 && figures.silent > figures.fixed);
    // Most are solved, every other result is seen somewhere, and together they are all.
    let told = figures.results;
    let otherwise = [
        told.partly_solved,
        told.lawfully_refused,
        told.not_found,
        told.untrue,
        told.other,
    ];
    assert!(otherwise.iter().all(|cases| *cases > 0), "{told:?}");
    let otherwise: u64 = otherwise.iter().sum();
    assert_eq!(told.solved + otherwise, figures.handled);
    assert!(told.solved > 4 * otherwise, "{told:?}");
    assert!(figures.on_time > figures.late && figures.late > 0);
    let newest = CaseFilter {
        limit: 100,
        ..CaseFilter::default()
    };
    let all = domain::access::scope(&Viewer::System);
    let mut reading = desk.store.read().await.unwrap();
    let newest = reading.cases(&all, &newest).await.unwrap();
    drop(reading);
    let by_proxy = |case: &&CaseLine| case.filer == Filer::Proxy;
    assert!(
        newest.iter().any(|case| by_proxy(&case)),
        "now and then for a resident"
    );
    for case in newest {
        assert_eq!(case.consent.is_some(), by_proxy(&&case), "{}", case.number);
    }
    let report = desk.store.verify(|_| {}).await.unwrap();
    assert!(report.is_good(), "{:?}", report.first_bad);
}
