//! A simulated history keeps the rules and the shares it promises.

use std::sync::Arc;

use casework::{Desk, board, city_files, simulate::simulate};

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
    let report = desk.store.verify(|_| {}).await.unwrap();
    assert!(report.is_good(), "{:?}", report.first_bad);
}
