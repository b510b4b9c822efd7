//! `huiyin bench-store`: the filing rate of the store alone, for `make bench` to hold the filing
//! rate over HTTP against. The same use case, the same statements, the same batches; no HTTP.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use casework::file::{FilingKey, Whistle, file_whistle};
use domain::case::Channel;
use domain::draft::Draft;
use store::Role;
use tokio::time::Instant;

use crate::settings::Settings;

/// Files with `writers` at once for `seconds` and prints one line of JSON.
///
/// # Errors
/// If the store is in use or a filing is refused.
pub async fn run(settings: &Settings, writers: usize, seconds: u64) -> anyhow::Result<()> {
    let desk = settings.open_desk(Role::Maintain, true).await?;
    let filed = Arc::new(AtomicU64::new(0));
    let began = Instant::now();
    let until = began + Duration::from_secs(seconds);
    let mut tasks = Vec::new();
    for writer in 0..writers {
        let (desk, filed) = (desk.clone(), Arc::clone(&filed));
        tasks.push(tokio::spawn(async move {
            let mut n = 0_u64;
            while Instant::now() < until {
                n += 1;
                let draft = Draft {
                    danger: "no".into(),
                    category: "street-vending".into(),
                    community: "330383198001".into(),
                    description: format!("占道经营，走不过去。第 {writer}-{n} 次。"),
                    place: "人民路 100 号旁边".into(),
                    ..Draft::default()
                };
                let checked = draft
                    .check(&desk.city, desk.now())
                    .map_err(|errors| anyhow::anyhow!("{errors:?}"))?;
                let whistle = Whistle {
                    checked,
                    photos: Vec::new(),
                    channel: Channel::Api,
                    recurrence_of: None,
                };
                file_whistle(&desk, &FilingKey::draw(&desk), whistle).await?;
                filed.fetch_add(1, Ordering::Relaxed);
            }
            anyhow::Ok(())
        }));
    }
    for task in tasks {
        task.await??;
    }
    let elapsed = began.elapsed().as_secs_f64();
    desk.store.stop().await?;
    let filed = filed.load(Ordering::Relaxed);
    #[expect(clippy::cast_precision_loss, reason = "a count of seconds' work")]
    let rate = filed as f64 / elapsed;
    let told = serde_json::json!({
        "filings": filed, "seconds": elapsed, "filings_per_second": rate,
    });
    println!("{told}");
    Ok(())
}
