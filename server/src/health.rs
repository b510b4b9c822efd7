//! `/healthz` says the process lives; `/readyz` asks everything it needs to serve.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::response::{IntoResponse, Response};
use domain::time::{Clock, Millis, Timestamp};
use futures::FutureExt as _;
use futures::future::{BoxFuture, join_all};
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderValue};
use serde_json::json;

/// What a check found. The text is public: no path, no address, no name of a machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// As it should be.
    Good,
    /// Serving goes on, but somebody should look.
    Warn(&'static str),
    /// Not fit to serve.
    Bad(&'static str),
}

/// Asks one thing; see [`Health::with`].
pub type Ask = Arc<dyn Fn() -> BoxFuture<'static, Finding> + Send + Sync>;

/// A check that has not answered by then is bad.
const PATIENCE: Duration = Duration::from_secs(2);

/// The checks of this server.
#[derive(Clone, Default)]
pub struct Health {
    checks: Vec<(&'static str, Ask)>,
    patience: Option<Duration>,
}

impl Health {
    /// Adds the check `name`.
    #[must_use]
    pub fn with(mut self, name: &'static str, ask: Ask) -> Self {
        self.checks.push((name, ask));
        self
    }

    /// The answer of `/readyz`: 200 or 503, and what each check found. All are asked at once; one
    /// that panics or hangs is bad and harms no other.
    pub async fn ready(&self) -> Response {
        let patience = self.patience.unwrap_or(PATIENCE);
        let found = join_all(self.checks.iter().map(|(name, ask)| async move {
            let finding = std::panic::AssertUnwindSafe(ask()).catch_unwind();
            let finding = match tokio::time::timeout(patience, finding).await {
                Ok(Ok(finding)) => finding,
                Ok(Err(_)) => Finding::Bad("failed"),
                Err(_) => Finding::Bad("no answer"),
            };
            (*name, finding)
        }))
        .await;
        let is_bad = found
            .iter()
            .any(|(_, finding)| matches!(finding, Finding::Bad(_)));
        let checks: Vec<_> = found
            .iter()
            .map(|(name, finding)| match finding {
                Finding::Good => json!({"name": name, "found": "good"}),
                Finding::Warn(why) => json!({"name": name, "found": "warn", "why": why}),
                Finding::Bad(why) => json!({"name": name, "found": "bad", "why": why}),
            })
            .collect();
        let status = if is_bad {
            StatusCode::SERVICE_UNAVAILABLE
        } else {
            StatusCode::OK
        };
        let body = json!({"ready": !is_bad, "checks": checks}).to_string();
        let mut response = (status, body).into_response();
        response
            .headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        response
    }
}

/// Bad when less than `min_percent` of the disk that holds `folder` is free for us.
pub fn disk(folder: PathBuf, min_percent: u32) -> Ask {
    Arc::new(move || {
        let folder = folder.clone();
        async move {
            let asked = tokio::task::spawn_blocking(move || fs4::statvfs(folder)).await;
            match asked {
                Ok(Ok(disk))
                    if has_room(disk.available_space(), disk.total_space(), min_percent) =>
                {
                    Finding::Good
                }
                Ok(Ok(_)) => Finding::Bad("the disk is nearly full"),
                _ => Finding::Bad("the disk does not answer"),
            }
        }
        .boxed()
    })
}

fn has_room(free: u64, whole: u64, min_percent: u32) -> bool {
    u128::from(free) * 100 >= u128::from(whole) * u128::from(min_percent)
}

/// The clock may be this far behind the last event: another node's clock, or a step of NTP.
const BEHIND: Millis = Millis::minutes(1);

/// 2026-01-01, before which no event of this system happened.
const EARLIEST: Timestamp = Timestamp::from_millis(1_767_225_600_000);

/// Bad when the clock stands before the last event, or before this system existed: clocks of cases
/// would run backwards. `last_event` gives the instant of the last event in the log, if any.
pub fn clock(
    clock: Arc<dyn Clock>,
    last_event: Arc<dyn Fn() -> BoxFuture<'static, Option<Timestamp>> + Send + Sync>,
) -> Ask {
    Arc::new(move || {
        let (clock, last_event) = (Arc::clone(&clock), Arc::clone(&last_event));
        async move { judge_clock(clock.now(), last_event().await) }.boxed()
    })
}

fn judge_clock(now: Timestamp, last_event: Option<Timestamp>) -> Finding {
    if now < EARLIEST || last_event.is_some_and(|last| now.plus(BEHIND) < last) {
        Finding::Bad("the clock is wrong")
    } else {
        Finding::Good
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(finding: Finding) -> Ask {
        Arc::new(move || {
            let finding = finding.clone();
            async move { finding }.boxed()
        })
    }

    async fn ask(health: Health) -> (u16, serde_json::Value) {
        let response = health.ready().await;
        let status = response.status().as_u16();
        let body = axum::body::to_bytes(response.into_body(), 10_000)
            .await
            .unwrap();
        (status, serde_json::from_slice(&body).unwrap())
    }

    #[tokio::test]
    async fn one_bad_check_is_enough_and_none_hides_another() {
        let good = Health::default()
            .with("store", finds(Finding::Good))
            .with("calendar", finds(Finding::Warn("ends this year")));
        assert_eq!(ask(good.clone()).await.0, 200);
        let hanging: Ask = Arc::new(|| futures::future::pending().boxed());
        let failing: Ask = Arc::new(|| async { panic!("planted") }.boxed());
        let mut bad = good.with("disk", hanging).with("schema", failing);
        bad.patience = Some(Duration::from_millis(20));
        let (status, body) = ask(bad).await;
        assert_eq!(status, 503);
        assert_eq!(body["ready"], false);
        let found: Vec<&str> = body["checks"]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| c["found"].as_str().unwrap())
            .collect();
        assert_eq!(found, ["good", "warn", "bad", "bad"]);
        assert_eq!(body["checks"][2]["why"], "no answer");
    }

    #[tokio::test]
    async fn the_disk_is_asked() {
        let here = tempfile::tempdir().unwrap();
        assert_eq!(disk(here.path().into(), 0)().await, Finding::Good);
        assert_eq!(
            disk(here.path().into(), 101)().await,
            Finding::Bad("the disk is nearly full")
        );
        let nowhere = disk("/nonexistent".into(), 0)().await;
        assert_eq!(nowhere, Finding::Bad("the disk does not answer"));
        assert!(has_room(5, 100, 5) && !has_room(4, 100, 5) && has_room(u64::MAX, u64::MAX, 100));
    }

    #[test]
    fn a_clock_before_the_last_event_is_wrong() {
        let now = EARLIEST.plus(Millis::DAY);
        let bad = Finding::Bad("the clock is wrong");
        for (last, expected) in [
            (None, Finding::Good),
            (Some(now), Finding::Good),
            (Some(now.plus(Millis::minutes(1))), Finding::Good),
            (Some(now.plus(Millis::minutes(2))), bad.clone()),
        ] {
            assert_eq!(judge_clock(now, last), expected, "{last:?}");
        }
        assert_eq!(judge_clock(Timestamp::from_millis(0), None), bad);
    }
}
